"""The `mithaq` command. Subcommands import their code when they run, so that `--help` is fast."""

import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.access.scopes import KeyScope
from api.errors import ImportFailure, MithaqError, OperationFileError, Problem, describe
from api.terminal import print_table, show_bytes, show_lines, show_progress

if TYPE_CHECKING:
    from api.following import Revision
    from api.settings import Settings

INTERRUPTED = 130  # the exit code that Typer gives a command that Ctrl-C ends

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # usage errors are plain sentences
)
keys = typer.Typer(help="Create, list and revoke API keys.")
releases = typer.Typer(help="Create, list, verify and delete releases.")
app.add_typer(releases, name="release", no_args_is_help=True)
actors = typer.Typer(help="List actors that are probably one.")
app.add_typer(actors, name="actors", no_args_is_help=True)
app.add_typer(keys, name="key", no_args_is_help=True)


def show_version(wanted: bool) -> None:  # noqa: FBT001 — Typer passes the value by position
    """Print the version and exit if `--version` is given."""
    from importlib.metadata import version

    if wanted:
        typer.echo(f"mithaq {version('mithaq')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Mithaq: import documents into a database of diplomatic events and serve it over GraphQL."""
    del version  # its callback has printed it


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="The number of worker processes.")] = 1,
) -> None:
    """Serve the database over GraphQL at /graphql, with a playground for browsers."""
    gc.disable()  # looking for garbage among what is being imported is a seventh of the start
    from api.app import create_app
    from api.database.migrations import check_at_head
    from api.server.process import Server, configure, listen
    from api.server.workers import serve as run
    from api.settings import read_settings

    gc.enable()
    settings = read_settings()
    check_at_head(settings)
    application = create_app(workers)
    config = configure(application, settings, host, port, application.access_log)
    listening = listen(config, settings)  # port 0 means any free port, known only now
    address = f"http://{host}:{listening.getsockname()[1]}/graphql"

    def announce() -> None:
        typer.echo(f"Mithaq is at {address} — open it in a browser for the playground.")

    server = Server(config, application.lifespan, announce, application.stop)
    run(server, listening, application.meter, workers)


@app.command()
def migrate() -> None:
    """Create the tables of the database, or migrate them to the newest revision."""
    from api.database.migrations import migrate as run
    from api.settings import read_settings

    before, after = run(read_settings())
    typer.echo(
        f"The database is already at revision {after}."
        if before == after
        else f"The database is now at revision {after}; it was at {before or 'none'}."
    )


@app.command()
def init() -> None:
    """Create the database, and import the seed data: an article and the facts that it reports."""
    from api.resources import SEEDS

    migrate()
    import_([SEEDS])


@app.command("import")
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

    if profile is None and (complete or dry_run):
        message = "--complete and --dry-run need --profile"
        raise typer.BadParameter(message)
    check_sources(paths, profile, reference)
    listed = paths or []
    if profile is not None and dry_run:
        show_dry_run(profile, listed)
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
                profile, listed, write, None, watching, quarantine, complete
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


def show_dry_run(profile: str, paths: Iterable[Path]) -> None:
    """Print the first records that a profile makes, and what became of each column."""
    from api.intake.profile.importing import try_profile
    from api.settings import read_settings

    read_settings()
    with show_bytes() as gauge:
        report = try_profile(profile, paths, gauge)
    for line in report.describe():
        typer.echo(line)
    if report.problems:
        raise ImportFailure(report.problems)


@app.command("profile")
def sketch(
    data: Annotated[Path, typer.Argument(help="A table, or objects in JSON Lines.")],
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Print a first profile for data, from its columns and rows, for a person to finish."""
    from api.intake.profile.sketching import sketch_profile
    from api.output import replacing
    from api.settings import read_settings

    read_settings()
    written = sketch_profile(data)
    with replacing(output) as append:
        append(written.encode())


@app.command()
def delete(
    ids: Annotated[list[str], typer.Argument(help='Records\' ids, such as "meeting:talks".')],
) -> None:
    """Delete records by their ids, unless other records refer to them."""
    from api.database.transactions import write
    from api.intake.deletion import delete_records

    settings = settings_at_head()
    summary = delete_records(ids, lambda work: write(settings, work))
    typer.echo(f"{summary.deleted} deleted")


@app.command()
def follow(
    url: Annotated[
        str, typer.Argument(help="The other's endpoint: https://mithaq.example/graphql.")
    ],
    key: Annotated[
        str | None,
        typer.Option(envvar="FOLLOW_KEY", help="An API key, if the other asks for one."),
    ] = None,
    once: Annotated[  # noqa: FBT002 — Typer passes options by name
        bool, typer.Option("--once", help="Stop when all that is there has been applied.")
    ] = False,
) -> None:
    """Mirror another Mithaq: apply its changes to this database, and go on as they come."""
    from api.database.transactions import writing
    from api.following import Origin, follow

    with writing(settings_at_head()) as write:
        follow(Origin(url, key), write, show_revision, once=once)


def show_revision(revision: "Revision") -> None:
    """Print that a revision of the other was applied."""
    count = len(revision.lines)
    typer.echo(f"revision {revision.number}: {count} record{'' if count == 1 else 's'}")


@app.command()
def diff(
    after: Annotated[
        str,
        typer.Argument(
            help="A revision's number, a release, or a date: 2026-01-31 is that day's last."
        ),
    ],
    until: Annotated[str | None, typer.Argument(help="The same; the newest if left out.")] = None,
) -> None:
    """Print what changed between two revisions: lines that went with -, lines that came with +."""
    from api.database.transactions import read
    from api.intake.history import write_differences

    settings = settings_at_head()
    read(
        settings, lambda connection: write_differences(connection, after, until, sys.stdout.buffer)
    )


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, which should not exist.")],
) -> None:
    """Write all tables to a SQLite file, also while others read and write the database."""
    from api.backup import back_up

    back_up(settings_at_head(), file)
    typer.echo(f"{file} has all that the database has; releases are files of their own.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Create the tables of an empty database, and fill them from a backup."""
    from api.backup import restore as run
    from api.settings import read_settings

    typer.echo(f"{run(read_settings(), file):,} records are restored.")


@app.command()
def check() -> None:
    """Check that everything derived is what a new import of all records gives."""
    from api.check import check_database

    records = check_database(settings_at_head(), typer.echo)
    typer.echo(f"{records:,} records were checked: all that derives from them is as it should be.")


@app.command()
def merge(
    merged: Annotated[str, typer.Argument(metavar="FROM", help="The key of the actor to merge.")],
    into: Annotated[str, typer.Argument(help="The key of the actor that it is merged into.")],
) -> None:
    """Merge an actor into another: its names, offices, participations and claims."""
    from api.database.transactions import write
    from api.intake.merging import run_merge

    settings = settings_at_head()
    count = run_merge(merged, into, lambda work: write(settings, work))
    typer.echo(f"{count} records changed")


@app.command()
def unmerge(
    key: Annotated[str, typer.Argument(help="The key of the actor that was merged.")],
) -> None:
    """Take back the merging of an actor, except for records changed since."""
    from api.database.transactions import write
    from api.intake.merging import run_unmerge

    settings = settings_at_head()
    left = run_unmerge(key, lambda work: write(settings, work))
    for ref in left:
        typer.echo(f"{ref} was changed since, and is left as it is", err=True)
    typer.echo(f"actor:{key} is there again")


@app.command()
def export(
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Export only records of this kind, such as meeting; may be repeated."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
    package: Annotated[
        Path | None,
        typer.Option(help="Write all tables to this folder, as a Frictionless data package."),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="The format of the package's tables: csv or parquet.")
    ] = "csv",
    licence: Annotated[
        str | None,
        typer.Option(
            metavar="SPDX", help="The package's licence, which those of its sources have to allow."
        ),
    ] = None,
) -> None:
    """Export the database as JSON Lines, which `mithaq import` restores in an empty database.

    With `--package`, export it as tables for spreadsheets and statistics.
    """
    from api.database.transactions import read
    from api.intake.export import export_lines, unwatched

    settings = settings_at_head()
    if package is not None:
        from api.tables.files import write_package

        rows = write_package(settings, package, format_, licence)
        typer.echo(f"{package} has {rows:,} rows; datapackage.json describes its tables.")
        return
    watch = show_lines if output or not sys.stdout.isatty() else unwatched
    export_lines(lambda work: read(settings, work), kind or [], output, watch)


@app.command()
def table(  # noqa: PLR0913 — a command's options
    name: Annotated[str, typer.Argument(help="The table: meetings, actors, claims …")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(help="Write to this file instead of standard output."),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            help="csv, jsonl or parquet; by default the ending of the file's name, or csv.",
        ),
    ] = "",
    argument: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="NAME=VALUE",
            help="An argument of the list in GraphQL, in JSON: filter={…} or orderBy=[…].",
        ),
    ] = None,
    columns: Annotated[str, typer.Option(help="Only these columns, separated by commas.")] = "",
    lang: Annotated[
        str, typer.Option(help="Languages of texts, the preferred first: ar, en.")
    ] = "",
    first: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    excel: Annotated[bool, typer.Option(help="Write CSV that spreadsheets open safely.")] = False,
) -> None:
    """Export a list of records as a flat table: CSV, JSON Lines or Parquet."""
    from api.tables.export import Asked
    from api.tables.files import export_table, find_format, find_table
    from api.text.language import lookup_chain, parse_accept_language

    settings, wanted = settings_at_head(), find_table(name)
    if columns:
        wanted = wanted.select(item.strip() for item in columns.split(","))
    pairs = [item.partition("=") for item in argument or []]
    arguments = {key: wanted.read_argument(key, value) for key, _, value in pairs}
    languages = lookup_chain(parse_accept_language(lang)) if lang else ()
    ending = format_ or ("csv" if output is None else output.suffix.removeprefix("."))
    asked = Asked(arguments, languages, first, excel)
    export_table(settings, wanted, asked, output, find_format(ending))


@app.command()
def schema(
    *,
    dossier: Annotated[
        bool, typer.Option("--dossier", help="Print the JSON Schema of dossiers instead.")
    ] = False,
    profile: Annotated[
        bool, typer.Option("--profile", help="Print the JSON Schema of profiles instead.")
    ] = False,
) -> None:
    """Print the GraphQL schema in SDL."""
    from api.settings import read_settings

    read_settings()
    if dossier or profile:
        import json

        from api.intake.forms.records import DossierRecord
        from api.intake.profile.templates import Profile

        model = Profile if profile else DossierRecord
        typer.echo(json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False))
        return
    from api.schema import SCHEMA

    typer.echo(SCHEMA.as_str())


@app.command()
def documents(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files of operations and fragments, or folders of them: *.graphql."),
    ],
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Validate operations and write them by their hashes, as the file of MITHAQ_DOCUMENTS."""
    import json

    from api.http.persisted import hash_document
    from api.output import replacing
    from api.plan.catalog import build_catalog
    from api.plan.operation_files import build_documents
    from api.schema import SCHEMA
    from api.settings import read_settings

    read_settings()
    texts = build_documents(build_catalog(SCHEMA).schema, dict(read_files(paths)))
    written = json.dumps({hash_document(text): text for text in texts}, indent=2)
    with replacing(output) as append:
        append(f"{written}\n".encode())


def read_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the path and text of each *.graphql file; folders are searched.

    Raises:
        OperationFileError: a path has no *.graphql file, or a file is not UTF-8.
    """
    from api.intake.read.files import list_files

    for path in paths:
        found = list_files(path, (".graphql",))
        if not found:
            raise OperationFileError([Problem(path, 0, "no *.graphql file is here.")])
        for file in found:
            try:
                yield file, file.read_text("utf-8")
            except UnicodeDecodeError as error:
                message = f"the file is not UTF-8: {error.reason}."
                raise OperationFileError([Problem(file, 1, message)]) from None


@actors.command("duplicates")
def list_duplicates(
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="The least score of a pair that is listed.")
    ] = 0.9,
) -> None:
    """List pairs of actors that are probably one as lines of JSON, most certain first.

    Each line has the arguments of mergeActors. Nothing is merged.
    """
    import orjson

    from api.database.transactions import read
    from api.intake.duplicate_actors import find_duplicate_actors

    settings = settings_at_head()
    for pair in read(settings, lambda work: find_duplicate_actors(work, threshold)):
        typer.echo(orjson.dumps(pair.describe()).decode())


@keys.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="The name of its user or its purpose.")],
    scope: Annotated[
        list[KeyScope] | None,
        typer.Option(help="A permission of the key; `read` by default; may be repeated."),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(
            help="When it expires: after days (90d), or at the end of a day (2030-12-31)."
        ),
    ] = None,
) -> None:
    """Create a key and print it; it cannot be printed again, since only its digest is stored."""
    from datetime import UTC, datetime

    from api.access.register import add_key, parse_expiry
    from api.database.transactions import write_aside

    now = datetime.now(UTC)
    end = None if expires is None else parse_expiry(expires, now)
    scopes = scope or [KeyScope.READ]
    typer.echo(write_aside(settings_at_head(), lambda c: add_key(c, name, scopes, now, end)))


@keys.command("list")
def list_keys() -> None:
    """List the keys with their scopes and their times of creation, expiry and last use."""
    from api.access.register import list_keys as run
    from api.database.transactions import read

    rows = [
        (name, scopes, *(f"{at:%Y-%m-%d %H:%M}" if at else "never" for at in moments))
        for name, scopes, *moments in read(settings_at_head(), run)
    ]
    print_table(("name", "scopes", "created", "expires", "last used"), rows)


@keys.command("revoke")
def revoke_key(name: Annotated[str, typer.Argument(help="The name of the key.")]) -> None:
    """Revoke a key; running servers refuse it after five seconds at the latest."""
    from api.access.register import revoke_key as run
    from api.database.transactions import write_aside

    write_aside(settings_at_head(), lambda connection: run(connection, name))
    typer.echo(f"{name} is revoked.")


@releases.command("create")
def create_release(
    name: Annotated[str, typer.Argument(help="Its name, such as 2026.1.")],
    at: Annotated[
        str | None,
        typer.Option(help="A revision's number, or a date; the newest revision if left out."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="A note on it.")] = None,
) -> None:
    """Create an immutable copy of the database as it was at the end of a revision."""
    from api.releasing import create_release as run

    release = run(settings_at_head(), name, at, note)
    typer.echo(f"{release.name}: revision {release.revision_id}, {release.records:,} records")
    typer.echo(f"SHA-256 of its export: {release.sha256}")


@releases.command("list")
def list_releases() -> None:
    """List the releases with their revisions, times, numbers of records, and hashes."""
    from api.database.transactions import read
    from api.releases import list_releases as run

    rows = [
        (name, str(revision), f"{at:%Y-%m-%d %H:%M}", f"{records:,}", sha256, note or "")
        for name, revision, at, records, sha256, note in read(settings_at_head(), run)
    ]
    print_table(("name", "revision", "created", "records", "SHA-256", "note"), rows)


@releases.command("verify")
def verify_release(name: Annotated[str, typer.Argument(help="The name of the release.")]) -> None:
    """Check that a release's file has the export that was hashed when it was made."""
    from api.releases import verify_release as run

    release = run(settings_at_head(), name)
    typer.echo(f"{name} is as it was made: {release.records:,} records.")


@releases.command("delete")
def delete_release(name: Annotated[str, typer.Argument(help="The name of the release.")]) -> None:
    """Delete a release and its file."""
    from api.releases import delete_release as run

    run(settings_at_head(), name)
    typer.echo(f"{name} is deleted.")


def settings_at_head() -> "Settings":
    """Return the settings, after checking that their database is at the newest revision."""
    from api.database.migrations import check_at_head
    from api.settings import read_settings

    settings = read_settings()
    check_at_head(settings)
    return settings


def main() -> None:
    """Run a command; an error is one sentence on standard error, with exit code 1."""
    try:
        app()
    except SystemExit as stopped:
        if stopped.code == INTERRUPTED:
            typer.echo("Interrupted: uncommitted changes are rolled back.", err=True)
        raise
    except Exception as error:  # noqa: BLE001 — the last resort
        cause = error.__cause__ if isinstance(error, MithaqError) else error
        if isinstance(cause, OSError):
            _drop_output()
        if not isinstance(error.__cause__, BrokenPipeError):  # `mithaq export | head` is no error
            typer.echo(describe(error), err=True)
        sys.exit(1)


def _drop_output() -> None:
    """Discard the buffer of standard output, since flushing it at exit would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]
