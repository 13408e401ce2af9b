"""The floor: a bare ASGI application that sends Mithaq's very bytes, each from one statement.

The statements are written by hand, as fast as we know how. Nothing is planned, checked or refused:
what Mithaq costs above this is the price of GraphQL.
"""

import asyncio
import gc
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, Self

import asyncpg
import orjson
import uvicorn
from starlette.types import Receive, Scope, Send

from api.database.postgres import format_query
from api.database.sqlite import format_match, load_driver
from api.text.words import parse_query

FOLDER = Path(__file__).parent / "sql"
PARAMETER = re.compile(r'(?<![:\w"]):([a-z]+)\b')
# Text that needs no escaping: dates, for instance.
TOKEN = "coalesce('\"' || {} || '\"', 'null')".format
# What the statements call by one name and the engines spell differently, or do faster another way.
SPELLINGS: dict[str, dict[str, Callable[..., str]]] = {
    "sqlite": {
        "separator": lambda: "char(31)",
        "hexed": "hex({})".format,
        "quote": "json_quote({})".format,
        "token": TOKEN,
        "words": "({0} -> ({0} ->> '*'))".format,
        "collect": "coalesce(group_concat({}, ','), '')".format,
        "day": "{}".format,
    },
    "postgresql": {
        "concat": lambda *texts: f"({' || '.join(texts)})",
        "separator": lambda: "chr(31)",
        "hexed": "upper(encode(convert_to({}, 'UTF8'), 'hex'))".format,
        "quote": "coalesce(to_json({})::text, 'null')".format,
        "token": TOKEN,
        "words": "({0} -> ({0} ->> '*'))::text".format,
        "collect": "coalesce(string_agg({}, ','), '')".format,
        "day": "CAST({}::text AS date)".format,
    },
}


# Kept plans do not know how few rows a LIMIT lets through: they would join whole tables.
OPTIONS = {"jit": "off", "plan_cache_mode": "force_generic_plan"}
OPTIONS |= {"enable_hashjoin": "off", "enable_mergejoin": "off"}
# A text in, an engine's search for its words out: found once, as if clients sent the words.
SEARCHES: dict[str, Callable[[str], str]] = {
    "sqlite": cache(lambda text: format_match(parse_query(text))),
    "postgresql": cache(lambda text: format_query(parse_query(text))),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in an engine's own SQL, and the names of its parameters in order."""

    sql: str
    parameters: tuple[str, ...]
    search: Callable[[str], str]

    def arguments(self, variables: Mapping[str, Any]) -> list[Any]:
        """Put a request's values in order; a cursor is three of them, a text its words."""
        values = dict(variables)
        if "text" in values:
            values["words"] = self.search(values["text"])
        if "after" in values:
            values["signature"] = values["after"][:8]
            place = bytes.fromhex(values["after"][8:]).decode()
            values["date"], values["key"], _ = place.split("\x1f")
        return [values[name] for name in self.parameters]


def read_statements(engine: str) -> dict[str, Statement]:
    """Read the statements by their operations' names; one of the engine's own goes before."""
    shared = [path for path in FOLDER.glob("*.sql") if path.name.count(".") == 1]
    own = FOLDER.glob(f"*.{engine}.sql")
    return {
        path.name.partition(".")[0][3:].capitalize(): spell_statement(path.read_text(), engine)
        for path in (*shared, *own)
    }


def spell_statement(sql: str, engine: str) -> Statement:
    """Write a statement as an engine has it."""
    names = tuple(dict.fromkeys(PARAMETER.findall(sql)))
    mark = "+?" if engine == "sqlite" else "$"  # the sign: else it prepares anew each time
    sql = PARAMETER.sub(lambda match: f"{mark}{names.index(match[1]) + 1}", sql)
    if engine == "postgresql":  # the driver would decode a text
        sql = f"SELECT convert_to(({sql}), 'UTF8')"
    return Statement(_spell(sql, SPELLINGS[engine]), names, SEARCHES[engine])


def _spell(sql: str, spellings: Mapping[str, Callable[..., str]]) -> str:
    pattern = re.compile(rf"\b({'|'.join(spellings)})\(")
    done = ""
    while match := pattern.search(sql):
        arguments, end = _read_arguments(sql, match.end())
        spelled = (_spell(argument, spellings) for argument in arguments)
        done += sql[: match.start()] + spellings[match[1]](*spelled)
        sql = sql[end:]
    return done + sql


def _read_arguments(sql: str, start: int) -> tuple[list[str], int]:
    """Read a call's arguments from after its parenthesis, and where it ends."""
    arguments, depth, begin, quoted = list[str](), 0, start, False
    for place in range(start, len(sql)):
        letter = sql[place]
        quoted ^= letter == "'"
        if quoted:
            continue
        if depth == 0 and letter in ",)":
            arguments.append(sql[begin:place].strip())
            begin = place + 1
        if depth == 0 and letter == ")":
            return [item for item in arguments if item], place + 1
        depth += (letter == "(") - (letter == ")")
    message = f"A parenthesis is not closed: {sql[start:]}"
    raise ValueError(message)


class Engine(Protocol):
    """Answers statements that select one JSON text."""

    async def fetch(self, statement: Statement, arguments: list[Any]) -> bytes:
        """Fetch the answer."""


class SQLite:
    """One connection, read in the event loop."""

    def __init__(self, path: str) -> None:
        """Open the file."""
        self.connection = load_driver().connect(
            f"file:{path}?mode=ro", uri=True, cached_statements=512
        )
        self.connection.text_factory = bytes
        for pragma in ("mmap_size=2147483648", "cache_size=-65536"):
            self.connection.execute(f"PRAGMA {pragma}")

    async def fetch(self, statement: Statement, arguments: list[Any]) -> bytes:
        """Fetch the answer."""
        answer: bytes = self.connection.execute(statement.sql, arguments).fetchone()[0]
        return answer


class Postgres:
    """Ten connections, without a pool."""

    def __init__(self) -> None:
        """Begin with none."""
        self.free: asyncio.LifoQueue[asyncpg.Connection] = asyncio.LifoQueue()

    async def connect(self, url: str) -> Self:
        """Open them."""
        for _ in range(10):
            self.free.put_nowait(await asyncpg.connect(url, server_settings=OPTIONS))
        return self

    async def fetch(self, statement: Statement, arguments: list[Any]) -> bytes:
        """Fetch the answer."""
        connection = await self.free.get()
        answer: bytes = await connection.fetchval(statement.sql, *arguments)
        self.free.put_nowait(connection)
        return answer


class Floor:
    """The application."""

    def __init__(self, url: str) -> None:
        """Serve a database; it is opened when the server starts."""
        self.url = url
        self.statements = read_statements("sqlite" if url.startswith("sqlite") else "postgresql")
        self.engine: Engine | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, knowing that it is a good one."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message["body"]
            more = message["more_body"]
        question = orjson.loads(body)
        statement = self.statements[question["operationName"]]
        assert self.engine is not None
        data = await self.engine.fetch(statement, statement.arguments(question["variables"]))
        answer = b'{"data":%b}' % data
        headers = [
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", str(len(answer)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        if self.url.startswith("sqlite"):
            self.engine = SQLite(self.url.removeprefix("sqlite:///"))
        else:
            self.engine = await Postgres().connect(self.url)
        gc.collect()
        gc.freeze()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


def main(url: str, port: str) -> None:
    """Serve a database."""
    uvicorn.run(
        Floor(url), port=int(port), log_level="warning", access_log=False, server_header=False
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
