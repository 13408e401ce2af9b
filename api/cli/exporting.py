"""Commands that export records, as lines and as tables."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.settings import settings_at_head
from api.terminal import show_lines


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
    first: Annotated[int | None, typer.Option(min=1, help="The maximum number of rows.")] = None,
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
