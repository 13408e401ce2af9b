"""Commands that import and delete records."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from api.cli.settings import settings_at_head
from api.terminal import show_bytes, show_progress


def check_encoding(name: str | None) -> str | None:
    """Return the name of an encoding.

    Raises:
        BadParameter: there is no such encoding.
    """
    from api.intake.profile.encodings import check_encoding as check

    try:
        return name and check(name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def import_(  # noqa: PLR0913 — its options
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Dossiers, JSON Lines, or folders of them: *.yaml, *.yml, *.json, *.jsonl; with "
            "--profile, data."
        ),
    ] = None,
    quarantine: Annotated[
        Path | None,
        typer.Option(help="Add bad lines or rows to this file, with the reason, and go on."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(help="Import data by this profile: a file, or the name of one built in."),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            help="Import the reference data of this name: countries (states, their capitals, and "
            "intergovernmental organizations with their members)."
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            callback=check_encoding, help="The encoding of data, if it is not the profile's."
        ),
    ] = None,
    *,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="Delete what the dataset has and the data has not."),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print what a profile makes of data, and import nothing."),
    ] = False,
) -> None:
    """Import dossiers, all or nothing; then JSON Lines in batches, going on where it stopped."""
    from api.database.transactions import writing
    from api.intake import ProgressCallbacks, import_paths

    if profile is None and (complete or dry_run or encoding):
        message = "--complete, --dry-run and --encoding need --profile"
        raise typer.BadParameter(message)
    check_sources(paths, profile, reference)
    listed = paths or []
    if profile is not None and dry_run:
        show_dry_run(profile, listed, encoding, complete=complete)
        return
    with writing(settings_at_head()) as write, show_bytes() as gauge:
        watching = ProgressCallbacks(show_progress, gauge)
        if reference is not None:
            from api.intake.reference.importing import import_reference

            summary = import_reference(reference, write, watch=gauge)
        elif profile is None:
            summary = import_paths(listed, write, watching=watching, quarantine=quarantine)
        else:
            from api.intake.profile.importing import ProfileImport

            summary = ProfileImport(
                profile, listed, write, None, watching, quarantine, complete, encoding
            ).run()
    for warning in summary.warnings:
        typer.echo(f"Warning: {warning}", err=True)
    typer.echo(str(summary))


def check_sources(paths: list[Path] | None, profile: str | None, reference: str | None) -> None:
    """Raise an error unless an import has files, or reference data alone.

    Raises:
        BadParameter: it has both or neither, or there is no such reference data.
    """
    from api.intake.reference.importing import REFERENCES

    if reference is None:
        if not paths:
            raise typer.BadParameter("name the files to import, or --reference countries")
    elif reference not in REFERENCES:
        raise typer.BadParameter(f"--reference is one of: {', '.join(REFERENCES)}")
    elif paths or profile is not None:
        raise typer.BadParameter("--reference takes no files and no --profile")


def show_dry_run(
    profile: str, paths: Iterable[Path], encoding: str | None, *, complete: bool
) -> None:
    """Print the first records that a profile makes, and what became of each column.

    If the data is `complete`, print which records it lacks.
    """
    from api.database.transactions import read
    from api.intake.profile.importing import try_profile
    from api.settings import read_settings

    settings = settings_at_head() if complete else read_settings()
    with show_bytes() as gauge:
        reading = partial(read, settings) if complete else None
        report = try_profile(profile, paths, gauge, reading, encoding)
    for line in report.describe():
        typer.echo(line)
    if report.problems.first:
        raise report.problems.refuse()


def sketch(
    data: Annotated[Path, typer.Argument(help="A table, or objects in JSON Lines.")],
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
    encoding: Annotated[
        str, typer.Option(callback=check_encoding, help="The encoding of the data.")
    ] = "utf-8",
) -> None:
    """Print a first profile for data, from its columns and rows, for a person to finish."""
    from api.errors import OutputError
    from api.intake.profile.sketching import sketch_profile
    from api.output import replacing
    from api.settings import read_settings

    read_settings()
    if output is not None and output.is_file():
        message = f"{output} exists, and may be finished: name another file, or delete it."
        raise OutputError(message)
    written = sketch_profile(data, encoding)
    with replacing(output) as append:
        append(written.encode())


def delete(
    ids: Annotated[list[str], typer.Argument(help='Records\' ids, such as "meeting:talks".')],
) -> None:
    """Delete records by their ids, unless other records refer to them."""
    from api.database.transactions import write
    from api.intake.deletion import delete_records

    settings = settings_at_head()
    summary = delete_records(ids, lambda work: write(settings, work))
    typer.echo(f"{summary.deleted} deleted")
