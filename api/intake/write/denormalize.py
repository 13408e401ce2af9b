"""Denormalized columns: copies of other rows' columns, so that a sorted list is an index scan."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.rows import Row, cut, fetch_among, is_among, table_of
from api.model.columns import LAST


@dataclass(frozen=True, slots=True)
class Copy:
    """A table's denormalized columns: their foreign key, what is copied, and the defaults."""

    table: sa.Table
    key: str
    source: sa.Table
    columns: Mapping[str, tuple[str, str]]


COPIES = (
    Copy(
        table_of(m.Event),
        "place_id",
        table_of(m.Place),
        {"place_asc": ("name_sort", LAST), "place_desc": ("name_sort", "")},
    ),
    Copy(
        table_of(m.Article),
        "publisher_id",
        table_of(m.Actor),
        {"publisher_asc": ("name_sort", LAST), "publisher_desc": ("name_sort", "")},
    ),
    Copy(
        table_of(m.Provision),
        "agreement_id",
        table_of(m.Event),
        {"agreement_date_asc": ("date_asc", "~"), "agreement_date_desc": ("date_desc", "")},
    ),
)


def copy_columns(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Fill the denormalized columns of rows that are about to be inserted."""
    for copy in COPIES:
        if copy.table is table:
            _fill(connection, copy, rows)


def _fill(connection: sa.Connection, copy: Copy, rows: Sequence[Row]) -> None:
    keys = {row[copy.key] for row in rows} - {None}
    names = dict.fromkeys(name for name, _ in copy.columns.values())
    query = sa.select(copy.source.c.id, *(copy.source.c[name] for name in names))
    sources = fetch_among(connection, query, copy.source.c.id, keys)
    found = {row.id: row._mapping for row in sources}  # noqa: SLF001 — its public name
    for row in rows:
        source: Mapping[str, Any] = found.get(row[copy.key], {})
        for column, (name, without) in copy.columns.items():
            row[column] = source.get(name, without)


def refresh_copies(
    connection: sa.Connection, updated: Mapping[sa.Table, Mapping[int, Collection[str]]]
) -> None:
    """Update denormalized columns whose foreign key or source row changed."""
    for copy in COPIES:
        turned = [key for key, names in updated[copy.table].items() if copy.key in names]
        _refresh(connection, copy, copy.table.c.id, turned)
        repeated = {name for name, _ in copy.columns.values()}
        renamed = [key for key, names in updated[copy.source].items() if repeated & set(names)]
        _refresh(connection, copy, copy.table.c[copy.key], renamed)


def recopy(connection: sa.Connection) -> None:
    """Update the denormalized columns of all rows."""
    for copy in COPIES:
        for update in _updates(copy):
            connection.execute(update)


def _refresh(connection: sa.Connection, copy: Copy, column: Any, keys: list[int]) -> None:
    for update in _updates(copy):
        among = update.where(is_among(connection.dialect, column))
        for chunk in cut(keys):
            connection.execute(among, {"keys": chunk})


def _updates(copy: Copy) -> Iterator[sa.Update]:
    """Build one UPDATE statement for each denormalized column, of rows where it differs."""
    for name, (source, without) in copy.columns.items():
        named = copy.source.c.id == copy.table.c[copy.key]
        value = sa.select(copy.source.c[source]).where(named).scalar_subquery()
        wanted = sa.func.coalesce(value, without)
        yield sa.update(copy.table).values({name: wanted}).where(copy.table.c[name] != wanted)
