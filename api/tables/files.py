"""Exports tables to files: one table, or all of them as a Frictionless data package."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from api import model as m
from api.database import open_database
from api.database.transactions import read
from api.errors import ExportError, OperationError
from api.intake.rows import table_of
from api.output import Write, hash_file, naming, replacing
from api.plan.catalog import build_catalog
from api.plan.document_errors import DocumentErrors
from api.schema import SCHEMA
from api.settings import Settings
from api.tables.columns import Column, Table, list_tables
from api.tables.export import Asked, Export, prepare_export
from api.tables.formats import FORMATS, Format
from api.tables.sources import (
    COLUMNS,
    Source,
    check_licence,
    cite_source,
    collect_sources,
    describe_source,
)

# GraphQL type → type of a Frictionless field; all others are strings.
TYPES = {
    "Int": "integer",
    "Float": "number",
    "Boolean": "boolean",
    "Date": "date",
    "DateTime": "datetime",
}
REVISION = table_of(m.Revision)
README = """# Tables of a Mithaq database at revision {revision}

This is a Frictionless data package: `datapackage.json` describes the columns of each table, and has
the SHA-256 of each file. A column of a list has one value for each item{joined}. Dates are
EDTF (ISO 8601-2), with the first and the last day that they may be.

Cite it as: Mithaq database, revision {revision} of {at}.
{licence}
Its sources are:

{sources}
"""


def find_table(name: str) -> Table:
    """Return a table by its name.

    Raises:
        ExportError: there is no such table.
    """
    tables = list_tables(build_catalog(SCHEMA))
    if name not in tables:
        raise ExportError(f"There is no table {name}: name {', '.join(tables)}.")
    return tables[name]


def find_format(ending: str) -> Format:
    """Return a file format by its name, which is the ending of its files' names.

    Raises:
        ExportError: there is no such format, or what writes it is not installed.
    """
    if ending not in FORMATS:
        message = f"There is no format {ending or 'without a name'}: name {', '.join(FORMATS)}."
        raise ExportError(message)
    FORMATS[ending].check()
    return FORMATS[ending]


def export_table(
    settings: Settings, table: Table, asked: Asked, output: Path | None, format_: Format
) -> None:
    """Write a table to a file, which is replaced once all rows are written, or to standard output.

    Raises:
        ExportError: an argument is not valid.
        OutputError: the file cannot be written.
    """
    (export,) = prepare_exports(settings, [table], asked._replace(joined=format_.joined))
    with replacing(output) as append:
        read(settings, lambda found: _write(export, found, format_, append), mapped=True)


def write_package(settings: Settings, folder: Path, ending: str, licence: str | None = None) -> int:
    """Write all tables, at one revision, and their description; return the number of rows.

    Raises:
        ExportError: the folder is not empty, or a source does not allow the licence.
        OutputError: a file cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ExportError(f"{folder} is not empty: name a new folder.")
    format_ = find_format(ending)
    if licence is not None:
        check_licence(licence)
    tables = list_tables(build_catalog(SCHEMA))
    exports = prepare_exports(settings, tables.values(), Asked({}, joined=format_.joined))
    naming_sources = prepare_exports(
        settings, (tables[name].select(columns) for name, columns in COLUMNS.items()), Asked({})
    )

    def work(connection: sa.Connection) -> int:
        rows_of_sources = (row for export in naming_sources for row in _parse(export, connection))
        sources = collect_sources(rows_of_sources, licence)
        folder.mkdir(parents=True, exist_ok=True)
        resources = []
        for export in exports:
            path = folder / f"{export.table.name}.{ending}"
            with replacing(path) as append:
                rows = _write(export, connection, format_, append)
            resources.append(_describe(export.table, path, rows, list(tables.values()), format_))
        newest = sa.select(REVISION.c.id, REVISION.c.at).order_by(REVISION.c.id.desc()).limit(1)
        revision, at = connection.execute(newest).one_or_none() or (0, None)
        described = _describe_package(resources, revision, licence, sources)
        with replacing(folder / "datapackage.json") as append:
            append(orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        about = README.format(
            revision=revision,
            at=at and f"{at:%Y-%m-%d}",
            joined=", joined by `; `" if format_.joined else "",
            licence=f"\nIts licence is {licence}.\n" if licence else "",
            sources="\n".join(map(cite_source, sources)) or "- none",
        )
        with replacing(folder / "README.md") as append:
            append(about.encode())
        return sum(resource["rows"] for resource in resources)

    with naming(folder):
        return read(settings, work, mapped=True)


def prepare_exports(settings: Settings, tables: Iterable[Table], asked: Asked) -> list[Export]:
    """Compile the statements of tables' exports.

    Raises:
        ExportError: an argument is not valid.
    """

    async def prepare() -> list[Export]:
        database = await open_database(settings)
        try:
            catalog, limits = build_catalog(SCHEMA), settings.limits
            return [prepare_export(catalog, database, limits, table, asked) for table in tables]
        finally:
            await database.close()

    try:
        return asyncio.run(prepare())
    except DocumentErrors as refused:
        raise ExportError("\n".join(error.message for error in refused.errors)) from None
    except OperationError as refused:
        raise ExportError(refused.message) from None


def _write(export: Export, connection: sa.Connection, format_: Format, append: Write) -> int:
    rows = 0

    def count() -> Iterator[list[Any]]:
        nonlocal rows
        for batch in export.read(connection):
            rows += len(batch)
            yield batch

    for chunk in format_.write(export.table.columns, count(), export.excel):
        append(chunk)
    return rows


def _parse(export: Export, connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Yield the rows of an export by the names of their columns."""
    names = [column.name for column in export.table.columns]
    for batch in export.read(connection):
        for row in batch:
            yield dict(zip(names, map(orjson.loads, row[1:].split("\n")), strict=True))


# The description of a package.


def _describe_package(
    resources: list[dict[str, Any]],
    revision: int,
    licence: str | None,
    sources: Iterable[Source],
) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "mithaq",
        "title": f"Tables of a Mithaq database at revision {revision}",
        "version": str(revision),
        **({"licenses": [{"name": licence}]} if licence else {}),
        "sources": [describe_source(source) for source in sources],
        "resources": resources,
    }


def _describe(
    table: Table, path: Path, rows: int, tables: list[Table], format_: Format
) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": path.name,
        "profile": "tabular-data-resource",
        "description": table.description,
        # frictionless-py counts the bytes of texts only.
        **({} if format_.compressed else {"encoding": "utf-8", "bytes": path.stat().st_size}),
        # It would be guessed otherwise, and wrongly where texts have many semicolons.
        **({"dialect": {"delimiter": ","}} if format_.joined else {}),
        "hash": f"sha256:{hash_file(path)}",
        "rows": rows,
        "schema": _describe_columns(table, tables, format_),
    }


def _describe_columns(table: Table, tables: list[Table], format_: Format) -> dict[str, Any]:
    named = {other.type: other.name for other in tables}
    schema: dict[str, Any] = {
        "fields": [_describe_column(column, format_) for column in table.columns],
        "foreignKeys": [
            {
                "fields": column.name,
                "reference": {"resource": named[column.record], "fields": "id"},
            }
            for column in table.columns
            if column.record in named and len(column.path) > 1 and not column.listed
        ],
    }
    if table.columns[0].name == "id":
        schema["primaryKey"] = "id"
    return schema


def _describe_column(column: Column, format_: Format) -> dict[str, Any]:
    # In CSV an empty text, as the body of an article of which only the URL is known, is no value.
    may_be_empty = column.nullable or column.listed or column.type == "String"
    constraints: dict[str, Any] = {} if may_be_empty else {"required": True}
    if column.values and not column.listed:
        constraints["enum"] = list(column.values)
    described = {
        "name": column.name,
        "type": format_.lists if column.listed else TYPES.get(column.type, "string"),
        "description": column.description,
        "constraints": constraints,
    }
    return {name: value for name, value in described.items() if value != {}}
