"""The floor: a bare ASGI application that sends Mithaq's very bytes, each from one statement.

The statements are written by hand, as fast as we know how. Nothing is planned, checked or refused:
what Mithaq costs above this is the price of GraphQL.
"""

import gc
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import orjson
import uvicorn
from starlette.types import Receive, Scope, Send

from api.database.postgres import Connection
from api.database.sqlite import load_driver

FOLDER = Path(__file__).parent / "sql"
PARAMETER = re.compile(r'(?<![:\w"]):([a-z]+)\b')
ARGUMENTS = r"\(((?:[^()]|\([^()]*\))*)\)"
# What the statements call by one name and the engines spell differently.
SPELLINGS: dict[str, dict[str, str]] = {
    "sqlite": {
        "separator": "char(31)",
        "hexed": "hex({0})",
        "quote": "json_quote({0})",
        "words": "({0} -> ({0} ->> '*'))",
        "collect": "coalesce(group_concat({0}, ','), '')",
        "day": "{0}",
        "month": "CASE WHEN substr({0}, 1, 7) = substr({1}, 1, 7) THEN substr({0}, 1, 7) END",
    },
    "postgresql": {
        "separator": "chr(31)",
        "hexed": "upper(encode(convert_to({0}, 'UTF8'), 'hex'))",
        "quote": "coalesce(to_json({0})::text, 'null')",
        "words": "({0} -> ({0} ->> '*'))::text",
        "collect": "coalesce(string_agg({0}, ','), '')",
        "day": "CAST({0}::text AS date)",
        "month": "CASE WHEN date_trunc('month', {0}) = date_trunc('month', {1}) "
        "THEN to_char({0}, 'YYYY-MM') END",
    },
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in an engine's own SQL, and the names of its parameters in order."""

    sql: str
    parameters: tuple[str, ...]

    def arguments(self, variables: Mapping[str, Any]) -> list[Any]:
        """Put a request's values in order; a cursor is three of them."""
        values = dict(variables)
        if "after" in values:
            values["signature"] = values["after"][:8]
            place = bytes.fromhex(values["after"][8:]).decode().split("\x1f")
            values["date"], values["key"] = place[0], place[2]
        return [values[name] for name in self.parameters]


def read_statements(engine: str) -> dict[str, Statement]:
    """Read the statements, by the name of the operation that each answers."""
    return {
        path.name.split(".")[0][3:].capitalize(): spell_statement(path.read_text(), engine)
        for path in sorted(FOLDER.glob("*.sql"))
        if path.name.split(".")[1] in (engine, "sql")
    }


def spell_statement(sql: str, engine: str) -> Statement:
    """Write a statement as an engine has it."""
    names = tuple(dict.fromkeys(PARAMETER.findall(sql)))
    mark = "?" if engine == "sqlite" else "$"
    sql = PARAMETER.sub(lambda match: f"{mark}{names.index(match[1]) + 1}", sql)
    for name, spelling in SPELLINGS[engine].items():
        sql = re.sub(rf"\b{name}{ARGUMENTS}", _spell(spelling), sql)
    return Statement(sql, names)


def _spell(spelling: str) -> Callable[[re.Match[str]], str]:
    return lambda match: spelling.format(
        *(match[1].split(", ") if "{1}" in spelling else match.groups())
    )


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
    """A pool of ten connections that are not reset between reads."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        """Wrap an open pool."""
        self.pool = pool

    async def fetch(self, statement: Statement, arguments: list[Any]) -> bytes:
        """Fetch the answer."""
        answer: str = await self.pool.fetchval(statement.sql, *arguments)
        return answer.encode()


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
            self.engine = Postgres(
                await asyncpg.create_pool(
                    self.url, min_size=10, max_size=10, connection_class=Connection
                )
            )
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
