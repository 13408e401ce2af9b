"""The endpoints of table exports, `/export/meetings.csv`: a list as a file, whatever its length."""

import asyncio
import logging
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import sqlalchemy as sa
from starlette.types import Receive, Scope, Send

from api.access.bucket import Budget
from api.answer import Answerer
from api.database.failures import unavailable
from api.database.transactions import limit_time, read
from api.errors import DatabaseError, DatabaseUnavailable, ExportError
from api.fair_semaphore import FairSemaphore
from api.http.access import Access, admit, take_cookie
from api.http.access_log import OUTCOME
from api.http.caching import is_known, make_etag
from api.http.errors import RequestError
from api.http.graphql import read_headers
from api.http.negotiation import choose_coding
from api.http.requests import (
    MAX_HEADER,
    Headers,
    parse_query,
    parse_revision,
    read_languages,
)
from api.http.responses import (
    DEFAULT_HEADERS,
    REVALIDATED,
    Header,
    send_response,
    write_error,
    write_unchanged,
)
from api.intake.history import find_newest
from api.plan.document_errors import DocumentErrors
from api.schema.fields import PAGE_SIZE
from api.settings import Settings
from api.sql.revisions import read_number
from api.tables.columns import Table, list_tables
from api.tables.export import Asked, Export, prepare_export
from api.tables.formats import FORMATS, Format

LOG = logging.getLogger(__name__)
OPTIONS = ("columns", "lang", "first", "excel")
ALLOW = (b"allow", b"GET, HEAD, OPTIONS")
STALLED = 60.0  # seconds that a client may take nothing: a snapshot of the database waits for it
AHEAD = 2  # batches that wait until the client has taken those before
Chunk = bytes | int | Exception | None


@dataclass(frozen=True, slots=True)
class Download:
    """What a request to an export asks for."""

    table: Table
    format: Format
    asked: Asked


class ExportEndpoint:
    """Answers `GET /export/{table}.{format}` with the rows of a list, at one revision."""

    def __init__(
        self,
        answerer: Answerer,
        access: Access | None,
        slots: FairSemaphore,
        cacheable: Header = REVALIDATED,
    ) -> None:
        """Export from the database of an answerer, as many tables at once as there are slots."""
        self.answerer, self.access, self.slots = answerer, access, slots
        self.cacheable = cacheable
        self.tables = list_tables(answerer.catalog)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = read_headers(scope["headers"])
        take_cookie(headers)
        started = False

        async def start(message: Any) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._respond(scope, receive, start, headers)
        except Exception as error:
            if started:  # the connection is closed, so that the client sees that rows are missing
                raise
            await send_response(send, write_error(error), scope["method"])

    async def _respond(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        if scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": [ALLOW]})
            await send({"type": "http.response.body"})
            return
        if scope["method"] not in ("GET", "HEAD"):
            message = "Exports are read by GET."
            raise RequestError(405, "METHOD_NOT_ALLOWED", message, [ALLOW])
        budget, _ = await admit(self.access, scope, headers)
        download = self._parse(scope, headers)
        revision = parse_revision(headers.get(b"mithaq-revision"))
        mark = await self.answerer.fetch_mark(download.table.write_document(), revision)
        etag = make_etag(mark, _name(scope), headers)
        if is_known(etag, headers.get(b"if-none-match", b"")):
            unchanged = write_unchanged(etag, download.table.name, self.cacheable)
            await send_response(send, unchanged, scope["method"])
            return
        export = await asyncio.to_thread(self._prepare, download)
        settings = self.answerer.database.find(max(revision, read_number(mark)))
        sending = Sending(settings, download, export, budget, headers)
        await self.slots.acquire()
        try:
            await sending.send(scope, receive, send, (etag, self.cacheable))
        finally:
            self.slots.release()

    def _prepare(self, download: Download) -> Export:
        database, limits = self.answerer.database, self.answerer.limits
        try:
            return prepare_export(
                self.answerer.catalog, database, limits, download.table, download.asked
            )
        except DocumentErrors as refused:
            message = "; ".join(error.message for error in refused.errors)
            raise RequestError(400, refused.code, message) from None

    def _parse(self, scope: Scope, headers: Headers) -> Download:
        """Read the table, its format and the arguments of a URL.

        Raises:
            RequestError: there is no such table or format (404), or an argument is not valid (400).
        """
        name, _, ending = scope["path_params"]["file"].rpartition(".")
        table, format_ = self.tables.get(name), FORMATS.get(ending)
        if table is None or format_ is None:
            message = (
                f"There is no such export: write /export/TABLE.FORMAT with a table of "
                f"{', '.join(self.tables)} and a format of {', '.join(FORMATS)}."
            )
            raise RequestError(404, "NOT_FOUND", message)
        try:
            format_.check()
        except ExportError as refused:
            raise RequestError(404, "NOT_FOUND", str(refused)) from None
        given = parse_query(scope["query_string"], with_blank=True)
        known = (*table.arguments, *OPTIONS)
        if unknown := [key for key in given if key not in known]:
            raise _refuse(f"`{unknown[0]}` is no parameter of {name}: write {', '.join(known)}.")
        try:
            if "columns" in given:
                table = table.select(column.strip() for column in given["columns"].split(","))
            variables = {
                key: table.read_argument(key, value)
                for key, value in given.items()
                if key not in OPTIONS
            }
        except ExportError as refused:
            raise _refuse(str(refused)) from None
        accepted = given.get("lang", "").encode() or headers.get(b"accept-language", b"")
        languages = read_languages(accepted[:MAX_HEADER]) if accepted else ()
        first, excel = _read_first(given.get("first")), _read_excel(given.get("excel", "0"))
        return Download(table, format_, Asked(variables, languages, first, excel, format_.joined))


def _name(scope: Scope) -> bytes:
    return scope["path"].encode() + b"?" + scope["query_string"]  # type: ignore[no-any-return]


def _refuse(message: str) -> RequestError:
    return RequestError(400, "BAD_USER_INPUT", message)


def _read_excel(text: str) -> bool:
    if text not in {"1", "true", "0", "false"}:
        raise _refuse("`excel` should be 1, for a file that spreadsheets open safely, or 0.")
    return text in {"1", "true"}


def _read_first(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not int(text[:18]):
        raise _refuse("`first` should be a number of rows, at least 1.")
    return int(text[:18])


class Left(Exception):
    """The client has left."""


class Sending:
    """One export that is being sent: a thread reads the rows, the event loop sends them."""

    def __init__(
        self,
        settings: Settings,
        download: Download,
        export: Export,
        budget: Budget | None,
        headers: Mapping[bytes, bytes],
    ) -> None:
        """Read from the database of the settings; every page of rows is charged to the budget."""
        self.settings, self.download, self.export = settings, download, export
        self.budget = budget
        coding = choose_coding(headers.get(b"accept-encoding", b"")[:MAX_HEADER])
        compresses = coding == "gzip" and not download.format.compressed
        self.compressor = zlib.compressobj(wbits=31, level=6) if compresses else None
        self.chunks: asyncio.Queue[Chunk] = asyncio.Queue(AHEAD)
        self.loop = asyncio.get_running_loop()
        self.left = False
        self.interrupting = Lock()
        self.interrupt: Callable[[], object] | None = None
        self.rows = self.pages = 0  # that were read, and that were charged

    async def send(
        self, scope: Scope, receive: Receive, send: Send, caching: tuple[bytes, Header]
    ) -> None:
        """Send the response until all rows are sent or the client leaves.

        Raises:
            DatabaseUnavailable: the database could not be read.
        """
        self._charge_page()
        watch = asyncio.create_task(self._watch(receive))
        reading = asyncio.create_task(asyncio.to_thread(self._read))
        try:
            await self._send(scope["method"], send, caching)
        finally:
            watch.cancel()
            await self._stop(reading)

    async def _watch(self, receive: Receive) -> None:
        """Wait for the client to disconnect, then end the response."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self._leave()

    def _leave(self) -> None:
        self.left = True
        with self.interrupting:
            if self.interrupt is not None:
                self.interrupt()
        if self.chunks.empty():
            self.chunks.put_nowait(None)

    async def _send(self, method: str, send: Send, caching: tuple[bytes, Header]) -> None:
        revision = await self._take()
        etag, cacheable = caching
        headers = [
            *DEFAULT_HEADERS,
            (b"content-type", self.download.format.media_type.encode()),
            (b"mithaq-revision", str(revision).encode()),
            (b"etag", etag),
            cacheable,
        ]
        if self.compressor is not None:
            headers.append((b"content-encoding", b"gzip"))
        outcome = None, self.export.cost, self.download.table.name
        start = {"type": "http.response.start", "status": 200, "headers": headers}
        await send({**start, OUTCOME: outcome})
        if method != "HEAD":
            while not self.left and (chunk := await self._take()) is not None:
                try:
                    async with asyncio.timeout(STALLED):
                        await send({"type": "http.response.body", "body": chunk, "more_body": True})
                except TimeoutError:
                    LOG.warning("An export was cut off: its client read nothing for %g s.", STALLED)
                    return
                await self._charge_read()
        await send({"type": "http.response.body", "body": b""})

    async def _take(self) -> Any:
        chunk = await self.chunks.get()
        if isinstance(chunk, DatabaseError):
            raise unavailable(chunk) from None
        if isinstance(chunk, Exception):
            raise chunk
        return chunk

    def _charge_page(self) -> None:
        if self.budget is not None:
            self.budget.charge(self.export.cost * (self.pages + 1))
        self.pages += 1

    async def _charge_read(self) -> None:
        """Charge the pages read so far; wait while the client's bucket has too few points."""
        while self.pages * PAGE_SIZE < self.rows:
            try:
                self._charge_page()
            except DatabaseUnavailable as throttled:
                await asyncio.sleep(throttled.retry_after or 1)

    async def _stop(self, reading: "asyncio.Task[None]") -> None:
        if not reading.done():
            self._leave()
        while not reading.done():  # it may wait until there is room for a chunk
            taking = asyncio.create_task(self.chunks.get())
            await asyncio.wait([reading, taking], return_when=asyncio.FIRST_COMPLETED)
            taking.cancel()

    # In the thread.

    def _read(self) -> None:
        try:
            read(self.settings, self._write, mapped=True)
            self._put(None)
        except Left:
            return
        except Exception as error:  # noqa: BLE001 — raised on the event loop
            if not self.left:
                self._put(error)

    def _write(self, connection: sa.Connection) -> None:
        with limit_time(connection, self.settings.timeout, whole=False) as interrupt:
            self.interrupt = interrupt
            try:
                self._write_rows(connection)
            finally:
                with self.interrupting:
                    self.interrupt = None

    def _write_rows(self, connection: sa.Connection) -> None:
        self._put(find_newest(connection))
        batches = self._count(self.export.read(connection))
        write = self.download.format.write
        for chunk in write(self.export.table.columns, batches, self.export.excel):
            if sent := self.compressor.compress(chunk) if self.compressor else chunk:
                self._put(sent)
        if self.compressor is not None:
            self._put(self.compressor.flush())

    def _count(self, batches: Iterator[list[Any]]) -> Iterator[list[Any]]:
        for batch in batches:
            self.rows += len(batch)
            yield batch

    def _put(self, chunk: Chunk) -> None:
        if self.left:
            raise Left
        asyncio.run_coroutine_threadsafe(self.chunks.put(chunk), self.loop).result()
