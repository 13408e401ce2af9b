"""Reads and writes rows in bulk, many to a statement."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from api.statements import fetch, get_driver, insert_later, run_each, run_many, share

Row = dict[str, Any]
T = TypeVar("T")
CHUNK = 1000
FEW = 20  # rows that PostgreSQL inserts sooner by INSERT than by COPY, which first asks for types


def table_of(model: Any) -> sa.Table:
    """Return a model's table."""
    table: sa.Table = model.__table__
    return table


def chunked(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Split an iterable into lists, each small enough for one statement."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def fetch_among(
    connection: sa.Connection, query: sa.Select[Any], column: Any, keys: Iterable[Any]
) -> Iterator[Any]:
    """Fetch the rows of a query whose column has one of the keys, in any order.

    The query has to be built once, since its compiled form is kept by its identity.
    """
    wanted = list(keys)
    if not wanted:
        return iter(())
    found = _filter_among(connection.dialect.name, query, column)
    chunks = (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))
    return chain.from_iterable(fetch(connection, found, keys=chunk) for chunk in chunks)


@lru_cache(1024)
def _filter_among(dialect: str, query: sa.Select[Any], column: Any) -> sa.Select[Any]:
    return query.where(is_among(dialect, column))


@lru_cache(1024)
def select(*columns: Any) -> sa.Select[Any]:
    """Build the query of these columns, or of all columns of a table; equal ones are built once."""
    return sa.select(*columns)


@lru_cache(1024)
def is_among(dialect: str, column: Any) -> sa.ColumnElement[bool]:
    """Build the condition that a column is in the list parameter `keys`; its SQL is constant.

    On SQLite: column IN (SELECT value FROM json_each(?)), which uses the index. With a long list of
    parameters SQLite may scan the table instead, if its statistics date from a time when the table
    was small.
    """
    if dialect == "postgresql":
        among: sa.ColumnElement[bool] = column == sa.any_(
            sa.bindparam("keys", type_=ARRAY(column.type))
        )
        return among
    given = sa.func.json_each(sa.bindparam("keys", type_=sa.JSON))
    return column.in_(sa.select(given.table_valued("value").c.value))  # type: ignore[no-any-return]


def read_batches(
    connection: sa.Connection, query: sa.Select[Any], key: Any, size: int = CHUNK
) -> Iterator[Sequence[sa.RowMapping]]:
    """Yield the rows of a query in batches, in the order of a positive integer key."""
    batch = query.where(key > sa.bindparam("last")).order_by(key).limit(size)
    last = 0
    while rows := connection.execute(batch, {"last": last}).mappings().all():
        yield rows
        last = rows[-1][key.name]


def fetch_each(
    connection: sa.Connection, query: sa.Select[Any], column: Any, keys: Iterable[str]
) -> Iterator[Any]:
    """Fetch the one row of a query that has each key.

    On PostgreSQL: SELECT … FROM unnest($1) AS wanted(key) JOIN LATERAL (query … LIMIT 1) ON true.
    This looks each key up in the index; with a list PostgreSQL may scan all rows of the query, as
    long as the table has no statistics.
    """
    if connection.dialect.name != "postgresql":
        yield from fetch_among(connection, query, column, keys)
        return
    for chunk in chunked(keys):
        yield from fetch(connection, _join_each(query, column), keys=chunk)


@lru_cache(256)
def _join_each(query: sa.Select[Any], column: Any) -> sa.Select[Any]:
    given = sa.func.unnest(sa.bindparam("keys", type_=ARRAY(sa.Text)))
    wanted = given.table_valued("key").render_derived(name="wanted")
    found = query.where(column == wanted.c.key).limit(1).lateral()
    return sa.select(found).select_from(wanted.join(found, sa.true()))


def fetch_pairs(
    connection: sa.Connection,
    query: sa.Select[Any],
    columns: tuple[Any, Any],
    pairs: Iterable[tuple[str, str]],
) -> Iterator[Any]:
    """Fetch the one row of a query that has each pair of texts in two columns, as `fetch_each`."""
    for chunk in chunked(pairs):
        found = _join_pairs(connection.dialect.name, query, *columns)
        firsts, seconds = zip(*chunk, strict=True)
        yield from fetch(connection, found, pairs=chunk, firsts=firsts, seconds=seconds)


@lru_cache(256)
def _join_pairs(dialect: str, query: sa.Select[Any], first: Any, second: Any) -> sa.Select[Any]:
    if dialect != "postgresql":
        given = sa.func.json_each(sa.bindparam("pairs", type_=sa.JSON)).table_valued("value")
        items = (given.c.value.op("->>")(sa.literal_column(place)) for place in ("0", "1"))
        return query.where(sa.tuple_(first, second).in_(sa.select(*items)))
    lists = (sa.bindparam(name, type_=ARRAY(sa.Text)) for name in ("firsts", "seconds"))
    wanted = sa.func.unnest(*lists).table_valued("first", "second").render_derived(name="wanted")
    met = (first == wanted.c.first, second == wanted.c.second)
    found = query.where(*met).limit(1).lateral()
    return sa.select(found).select_from(wanted.join(found, sa.true()))


def fetch_grouped(
    connection: sa.Connection, table: sa.Table, column: str, keys: Collection[int]
) -> dict[int, list[Row]]:
    """Fetch whole rows, grouped by the value of a column, which is one of the keys."""
    grouped: dict[int, list[Row]] = defaultdict(list)
    if not keys:
        return grouped
    for row in fetch_among(connection, select(table), table.c[column], keys):
        found = row._asdict()
        grouped[found[column]].append(found)
    return grouped


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows with the same columns, by the driver's fastest method."""
    if not rows:
        return
    insertion = _prepare_insertion(share(connection.dialect), table, tuple(rows[0]))
    values = insertion.list_values(rows)
    if connection.dialect.name == "postgresql" and len(values) > FEW:
        _copy(connection, table, insertion.names, values)
    elif not insert_later(connection, table, insertion.names, values):
        run_many(connection, insertion.sql, values)


class Insertion(NamedTuple):
    """How rows with certain columns are inserted: the columns in the table's order, the SQL.

    `encoders` convert values for the driver, by the place of the column; most need no conversion.
    """

    names: tuple[str, ...]
    sql: str
    pick: Callable[[Row], tuple[Any, ...]]
    encoders: Mapping[int, Callable[[Any], Any]]

    def list_values(self, rows: Iterable[Row]) -> list[list[Any]]:
        """Return the values of rows in the order of the columns, converted for the driver."""
        values = list(map(list, map(self.pick, rows)))
        for place, encode in self.encoders.items():
            for row in values:
                row[place] = encode(row[place])
        return values


@lru_cache(512)
def _prepare_insertion(dialect: sa.Dialect, table: sa.Table, given: tuple[str, ...]) -> Insertion:
    names = tuple(column.name for column in table.c if column.name in given)
    pick = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    found = (table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
    encoders = {  # dates repeat often
        place: lru_cache(4096)(encode) for place, encode in enumerate(found) if encode
    }
    return Insertion(names, insert_statement(dialect, table, names), pick, encoders)


def _copy(
    connection: sa.Connection, table: sa.Table, names: tuple[str, ...], values: list[Any]
) -> None:
    get_driver(connection).run_async(
        lambda driver: driver.copy_records_to_table(table.name, columns=names, records=values)
    )


@lru_cache(256)
def insert_statement(dialect: sa.Dialect, table: sa.Table, names: tuple[str, ...]) -> str:
    """Write the statement that inserts a row with these columns."""
    return str(sa.insert(table).values(dict.fromkeys(names)).compile(dialect=dialect))


def update_rows(
    connection: sa.Connection, table: sa.Table, changes: Mapping[int, Mapping[str, Any]]
) -> None:
    """Update rows by id; rows that change the same columns share a statement."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for key, values in changes.items():
        row = {f"new_{name}": value for name, value in values.items()} | {"row_id": key}
        alike[tuple(values)].append(row)
    for names, rows in alike.items():
        run_each(connection, _update_statement(table, names), rows)


@lru_cache(256)
def _update_statement(table: sa.Table, names: tuple[str, ...]) -> sa.Update:
    to: Row = {name: sa.bindparam(f"new_{name}") for name in names}
    return sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(to)


def delete_among(connection: sa.Connection, column: Any, keys: Collection[Any]) -> None:
    """Delete the rows whose column is among the keys."""
    for chunk in chunked(keys):
        delete = _delete_statement(connection.dialect.name, column)
        run_each(connection, delete, [{"keys": chunk}])


@lru_cache(256)
def _delete_statement(dialect: str, column: Any) -> sa.Delete:
    return sa.delete(column.table).where(is_among(dialect, column))


def replace_pairs(
    connection: sa.Connection,
    table: sa.Table,
    column: str,
    keys: Collection[int],
    wanted: set[tuple[int, int]],
) -> None:
    """Replace the pairs of these keys with those given; equal pairs are not rewritten."""
    held = {tuple(row) for row in fetch_among(connection, select(table), table.c[column], keys)}
    first, second = table.c
    for pair in held - wanted:
        connection.execute(sa.delete(table).where(first == pair[0], second == pair[1]))
    added = [dict(zip((first.name, second.name), pair, strict=True)) for pair in wanted - held]
    insert_rows(connection, table, added)
