"""HTML pages beside the questions that they ask: what a request takes, without sockets.

Prints a table: `make bench-pages`. The application is called in this process, on SQLite with the
seed data; no answer is kept, and nothing is compressed. A request's time is the median of many.
"""

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import orjson
import uvloop

from api.answer import Answerer
from api.app import Application
from api.request import GraphQLRequest
from api.response import Answer
from api.settings import Settings
from benchmarks.databases import COMMAND

ROUNDS, REQUESTS, WARMING = 3, 150, 20
PATHS = (
    "/", "/events", "/claims", "/article/syria-turkey-memorandum",
    "/agreement/training-and-advice-memorandum", "/meeting/ankara-reception", "/actor/turkey",
    "/place/ankara",
)  # fmt: skip
Headers = list[tuple[bytes, bytes]]
JSON: Headers = [(b"content-type", b"application/json"), (b"accept-language", b"en")]


class Recorder:
    """Answers requests as the pages' answerer does, and records what they ask."""

    def __init__(self, answerer: Answerer) -> None:
        """Answer by an answerer."""
        self.answerer = answerer
        self.asked: list[GraphQLRequest] = []

    async def answer(self, request: GraphQLRequest) -> Answer:
        """Answer a request."""
        self.asked.append(request)
        return await self.answerer.answer(request)

    def __getattr__(self, name: str) -> Any:
        """Return what the answerer has."""
        return getattr(self.answerer, name)


async def call(app: Application, path: str, headers: Headers, body: bytes | None = None) -> None:
    """Send one request: POST if it has a body.

    Raises:
        RuntimeError: the response is not 200, or has errors.
    """
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET" if body is None else "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"lang=en" if body is None else b"",
        "headers": [(b"host", b"mithaq"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    messages = [{"type": "http.request", "body": body or b"", "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop() if messages else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    if sent[0]["status"] != 200 or sent[1]["body"].startswith(b'{"errors"'):  # noqa: PLR2004
        raise RuntimeError(sent)


async def measure(ask: Callable[[], Awaitable[None]]) -> float:
    """Return the milliseconds of a request."""
    times = []
    for _ in range(WARMING + REQUESTS):
        began = perf_counter()
        await ask()
        times.append(perf_counter() - began)
    return median(times[WARMING:]) * 1000


async def compare(app: Application, path: str) -> tuple[float, float]:
    """Return the milliseconds of a page's question over GraphQL, and of the page."""
    assert app.pages is not None
    recorder: Any = Recorder(answerer := app.pages.answerer)  # type: ignore[arg-type]
    app.pages.answerer = recorder
    await call(app, path, [(b"accept", b"text/html")])
    app.pages.answerer = answerer
    asked = recorder.asked[0]
    body = orjson.dumps({"query": asked.document, "variables": asked.variables})
    rounds = [
        (
            await measure(lambda: call(app, "/graphql", JSON, body)),
            await measure(lambda: call(app, path, [(b"accept", b"text/html")])),
        )
        for _ in range(ROUNDS)
    ]
    questions, pages = zip(*rounds, strict=True)
    return median(questions), median(pages)


async def report(settings: Settings) -> None:
    """Print the table."""
    app = Application(settings)
    async with app.lifespan():
        print("| page | its question, ms | allowed | page, ms |\n| --- | ---: | ---: | ---: |")  # noqa: T201
        for path in PATHS:
            question, page = await compare(app, path)
            print(f"| `{path}` | {question:.2f} | {1.5 * question + 1:.2f} | {page:.2f} |")  # noqa: T201


def main() -> None:
    """Make a database of the seeds, and measure its pages."""
    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{Path(folder, 'mithaq.db')}", cache=0)
        variables = os.environ | {"MITHAQ_DATABASE_URL": settings.database_url}
        subprocess.run([*COMMAND, "init"], env=variables, check=True, capture_output=True)  # noqa: S603
        uvloop.run(report(settings))


if __name__ == "__main__":
    main()
