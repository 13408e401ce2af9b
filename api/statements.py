"""Runs statements of SQLAlchemy by the driver itself, compiled once for each dialect.

A revision of one record runs some 25 small statements. By SQLAlchemy each of them takes six times
as long as SQLite needs for it.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple, TypeVar

import orjson
import sqlalchemy as sa

Convert = Callable[[Any], Any]
Result = TypeVar("Result")
# Where `connection.info` has the inserts that wait, and how many of their rows may wait.
WAITING, MAX_WAITING = "waiting", 100
DIALECTS: dict[str, sa.Dialect] = {}


class Waiting(NamedTuple):
    """Rows to insert, by table and columns, and calls of functions, which are sent with them."""

    inserts: list[tuple[str, tuple[str, ...], Sequence[Sequence[Any]]]]
    calls: list[str]


class Compiled:
    """A statement in a database's own SQL, and what converts its values and its rows."""

    __slots__ = ("decoders", "encoders", "names", "row", "sql", "values")

    def __init__(self, statement: sa.Executable, dialect: sa.Dialect) -> None:
        """Compile a statement; a list of values in it has to be one of SQL literals."""
        compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self.sql = str(compiled)
        self.names: tuple[str, ...] = tuple(compiled.positiontup or ())
        self.values = {  # those that the statement itself has
            name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required
        }
        types = (compiled.binds[name].type for name in self.names)
        self.encoders = [_find_encoder(dialect, type_) for type_ in types]
        columns = list(getattr(statement, "selected_columns", ()))
        decoders = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        ]
        self.decoders = [(place, decode) for place, decode in enumerate(decoders) if decode]
        self.row = _make_row([column.key for column in columns])

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the values of the parameters in the order of the placeholders."""
        given = {**self.values, **values}
        return [
            encode(given[name]) if encode else given[name]
            for name, encode in zip(self.names, self.encoders, strict=True)
        ]

    def read(self, row: Sequence[Any]) -> Any:
        """Return a row of the driver as a named tuple of the columns' types."""
        if not self.decoders:
            return self.row._make(row)
        values = list(row)
        for place, decode in self.decoders:
            values[place] = decode(values[place])
        return self.row._make(values)


def _make_row(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)  # noqa: PYI024


def _find_encoder(dialect: sa.Dialect, type_: Any) -> Convert | None:
    if isinstance(type_, sa.JSON):  # a tenth of the time that SQLAlchemy's takes
        return lambda value: orjson.dumps(value).decode()
    encode: Convert | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return encode


def share(dialect: sa.Dialect) -> sa.Dialect:
    """Return the first dialect of a database's name, by which all connections to it may compile.

    Each engine has a dialect of its own, for which everything would be compiled again.
    """
    return DIALECTS.setdefault(dialect.name, dialect)


@lru_cache(2048)
def compile_once(statement: sa.Executable, dialect: sa.Dialect) -> Compiled:
    """Compile a statement; statements are compared by identity, so each has to be built once."""
    return Compiled(statement, dialect)


def run_together(work: Callable[[sa.Connection], Result], connection: sa.Connection) -> Result:
    """Run work on PostgreSQL whose inserts are sent together, since each takes a round trip.

    They wait until another statement runs, or the work has ended.
    """
    info = connection.info  # which a connection that was lost has no more
    info[WAITING] = Waiting([], [])
    try:
        result = work(connection)
        send_waiting(connection)
    finally:
        info.pop(WAITING, None)
    return result


def insert_later(
    connection: sa.Connection,
    table: sa.Table,
    names: tuple[str, ...],
    rows: Sequence[Sequence[Any]],
) -> bool:
    """Have rows wait to be inserted; return whether they do, which needs `run_together`."""
    info = connection.info
    if WAITING not in info:
        return False
    if sum(len(more) for *_, more in info[WAITING].inserts) > MAX_WAITING:
        send_waiting(connection)
    info[WAITING].inserts.append((table.name, names, rows))
    return True


def call_later(connection: sa.Connection, call: str) -> None:
    """Call a function of PostgreSQL, in SQL, with the inserts that wait, of which there is one."""
    connection.info[WAITING].calls.append(call)


def send_waiting(connection: sa.Connection) -> None:
    """Insert the rows that wait, in one statement; foreign keys are checked at its end."""
    waiting = connection.info.get(WAITING)
    if waiting is None or not waiting.inserts:
        return
    connection.info[WAITING] = Waiting([], [])
    shape = tuple((table, names, len(rows)) for table, names, rows in waiting.inserts)
    sql = _join_inserts(shape, tuple(waiting.calls))
    values = [value for *_, rows in waiting.inserts for row in rows for value in row]
    driver: Any = connection.connection.dbapi_connection
    driver.run_async(lambda asyncpg: asyncpg.fetch(sql, *values))


@lru_cache(512)
def _join_inserts(
    inserts: tuple[tuple[str, tuple[str, ...], int], ...], calls: tuple[str, ...]
) -> str:
    """Write one statement that inserts rows of these columns into each of the tables."""
    # Produces: WITH part_0 AS (INSERT INTO record ("id", …) VALUES ($1, …)), … SELECT pg_notify(…)
    numbers = count(1)
    parts = []
    for place, (table, names, rows) in enumerate(inserts):
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(
            f"({', '.join(f'${next(numbers)}' for _ in names)})" for _ in range(rows)
        )
        parts.append(f"part_{place} AS (INSERT INTO {table} ({columns}) VALUES {values})")  # noqa: S608
    return f"WITH {', '.join(parts)} SELECT {', '.join(calls)}"


def get_driver(connection: sa.Connection) -> Any:
    """Return the driver's connection, once the inserts that wait are sent."""
    opened = connection.connection
    if WAITING in opened.info:
        send_waiting(connection)
    return opened.dbapi_connection


def fetch(connection: sa.Connection, statement: sa.Executable, **values: Any) -> list[Any]:
    """Fetch all rows of a statement, as named tuples."""
    compiled = compile_once(statement, share(connection.dialect))
    bound = compiled.bind(values)
    driver = get_driver(connection)
    if connection.dialect.name == "postgresql":
        rows = driver.run_async(lambda asyncpg: asyncpg.fetch(compiled.sql, *bound))
    else:
        rows = driver.execute(compiled.sql, bound).fetchall()
    return [compiled.read(row) for row in rows]


def fetch_one(connection: sa.Connection, statement: sa.Executable, **values: Any) -> Any:
    """Fetch the first column of a statement's first row; None without rows."""
    rows = fetch(connection, statement, **values)
    return rows[0][0] if rows else None


def run_each(
    connection: sa.Connection, statement: sa.Executable, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Run a statement that returns no rows once for each of the mappings of its parameters."""
    compiled = compile_once(statement, share(connection.dialect))
    run_many(connection, compiled.sql, [compiled.bind(row) for row in rows])


def run_many(connection: sa.Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run SQL of the database's own once for each of the lists of values."""
    driver = get_driver(connection)
    if connection.dialect.name == "postgresql":
        driver.run_async(lambda asyncpg: asyncpg.executemany(sql, rows))
    else:
        driver.executemany(sql, rows)


def run_sql(connection: sa.Connection, sql: str) -> None:
    """Run SQL of the database's own that has no parameters and returns no rows."""
    driver = get_driver(connection)
    if connection.dialect.name == "postgresql":
        driver.run_async(lambda asyncpg: asyncpg.execute(sql))
    else:
        driver.execute(sql)


def stream(
    connection: sa.Connection, sql: str, values: Sequence[Any], size: int, first: int = 0
) -> Iterator[list[Any]]:
    """Yield the rows of SQL of the database's own as it finds them, `size` at a time.

    The `first` ones come alone, if there are to be any.
    """
    driver = get_driver(connection)
    if connection.dialect.name == "postgresql":

        async def declare(asyncpg: Any) -> Any:
            return await asyncpg.cursor(sql, *values)

        cursor = driver.run_async(declare)

        def fetch(size: int) -> Any:
            return driver.run_async(lambda _: cursor.fetch(size))

    else:
        fetch = driver.execute(sql, values).fetchmany

    rows = fetch(first or size)
    while rows:
        yield rows
        rows = fetch(size)
