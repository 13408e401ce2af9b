"""Denormalized columns: copies of other rows' columns, so that a sorted list is an index scan."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.rows import Row, chunked, fetch_among, is_among, select, table_of
from api.model.columns import LAST
from api.statements import run_each


@dataclass(frozen=True, slots=True, eq=False)
class Denormalization:
    """The denormalized columns of a table that come by one foreign key from a source table."""

    table: sa.Table
    foreign_key: str
    source: sa.Table
    # Denormalized column → source column, and the value if the foreign key is null.
    columns: Mapping[str, tuple[str, str]]


DENORMALIZED = (
    Denormalization(
        table_of(m.Event),
        "place_id",
        table_of(m.Place),
        {"place_asc": ("name_sort", LAST), "place_desc": ("name_sort", "")},
    ),
    Denormalization(
        table_of(m.Article),
        "publisher_id",
        table_of(m.Actor),
        {"publisher_asc": ("name_sort", LAST), "publisher_desc": ("name_sort", "")},
    ),
    Denormalization(
        table_of(m.Provision),
        "agreement_id",
        table_of(m.Event),
        {"agreement_date_asc": ("date_asc", "~"), "agreement_date_desc": ("date_desc", "")},
    ),
)


def fill_denormalized(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Fill the denormalized columns of rows that are about to be inserted."""
    for item in DENORMALIZED:
        if item.table is table:
            _fill(connection, item, rows)


def _fill(connection: sa.Connection, item: Denormalization, rows: Sequence[Row]) -> None:
    keys = {row[item.foreign_key] for row in rows} - {None}
    names = dict.fromkeys(name for name, _ in item.columns.values())
    query = select(item.source.c.id, *(item.source.c[name] for name in names))
    sources = fetch_among(connection, query, item.source.c.id, keys)
    found = {row.id: row._asdict() for row in sources}
    for row in rows:
        source: Mapping[str, Any] = found.get(row[item.foreign_key], {})
        for column, (name, default) in item.columns.items():
            row[column] = source.get(name, default)


def refresh_denormalized(
    connection: sa.Connection, updated: Mapping[sa.Table, Mapping[int, Collection[str]]]
) -> None:
    """Update denormalized columns whose foreign key or source row changed."""
    for item in DENORMALIZED:
        changed = [key for key, names in updated[item.table].items() if item.foreign_key in names]
        _refresh(connection, item, item.table.c.id, changed)
        copied = {name for name, _ in item.columns.values()}
        sources = [key for key, names in updated[item.source].items() if copied & set(names)]
        _refresh(connection, item, item.table.c[item.foreign_key], sources)


def rebuild_denormalized(connection: sa.Connection) -> None:
    """Update the denormalized columns of all rows."""
    for item in DENORMALIZED:
        for update in _updates(item):
            run_each(connection, update, [{}])


def _refresh(
    connection: sa.Connection, item: Denormalization, column: Any, keys: list[int]
) -> None:
    for chunk in chunked(keys):
        for update in _updates_among(connection.dialect.name, item, column):
            run_each(connection, update, [{"keys": chunk}])


@cache
def _updates_among(dialect: str, item: Denormalization, column: Any) -> list[sa.Update]:
    return [update.where(is_among(dialect, column)) for update in _updates(item)]


@cache
def _updates(item: Denormalization) -> list[sa.Update]:
    """Build one UPDATE statement for each denormalized column, of rows where it differs."""
    return list(_build_updates(item))


def _build_updates(item: Denormalization) -> Iterator[sa.Update]:
    for name, (source, default) in item.columns.items():
        named = item.source.c.id == item.table.c[item.foreign_key]
        value = sa.select(item.source.c[source]).where(named).scalar_subquery()
        wanted = sa.func.coalesce(value, default)
        yield sa.update(item.table).values({name: wanted}).where(item.table.c[name] != wanted)
