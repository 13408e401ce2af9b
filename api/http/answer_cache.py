"""A cache of answers, each of which is sent only while the database is as it was.

An answer is kept with the database's version that was read before it. It is sent to a request only
if a check that began after the request arrived finds the same version: what has been acknowledged
to a writer is in every later answer, of every worker process.

An answer is admitted when its question is asked a second time, while the first is remembered. A
question that is asked once, as those of crawlers and paging clients are, evicts nothing; the least
recently used answer is evicted first.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count

from api.answer import Answerer
from api.http.disconnect import DisconnectWatcher
from api.http.event_stream import EventStream
from api.http.metrics import Sample
from api.http.negotiation import EVENT_STREAM
from api.http.requests import HTTPRequest
from api.http.responses import Response
from api.request import GraphQLRequest
from api.sql.revisions import read_number

# Questions that are remembered by their hash, in two sets: when one is full, the older is dropped,
# which costs less than forgetting one question for each new one.
MAX_SEEN = 10_000
# Bytes of an entry beside its body and its question.
OVERHEAD = 1_000
# Headers of requests whose response no other request gets.
OWN = frozenset({b"mithaq-cost", b"idempotency-key"})
PERSISTED = b"persistedQuery"
Version = Hashable


class SharedCheck:
    """Runs a check that concurrent callers share; it begins after each of them has arrived."""

    def __init__(self, check: Callable[[], Awaitable[bytes]]) -> None:
        """Run no check yet."""
        self.check = check
        self.waiting: list[asyncio.Future[bytes]] = []  # for the next check
        self.running: asyncio.Task[None] | None = None

    def request(self) -> asyncio.Future[bytes]:
        """Return the future result of a check that has not begun yet."""
        waiter: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.waiting.append(waiter)
        if self.running is None:
            self.running = asyncio.create_task(self._run_while_wanted())
        return waiter

    async def _run_while_wanted(self) -> None:
        while self.waiting:
            waiting, self.waiting = self.waiting, []
            result, failure = b"", None
            try:
                result = await self.check()
            except Exception as error:  # noqa: BLE001 — all callers raise it
                failure = error
            for waiter in waiting:
                if waiter.done():  # its caller has left
                    continue
                if failure is None:
                    waiter.set_result(result)
                else:
                    waiter.set_exception(failure)
        self.running = None


@dataclass(slots=True)
class Entry:
    """A kept response, the version of the database that it was answered at, and its weight."""

    response: Response
    version: Version
    weight: int


class AnswerStore:
    """The kept answers of a worker process, bounded in bytes."""

    def __init__(self, max_bytes: int) -> None:
        """Keep answers of at most `max_bytes` in total; 0 keeps none."""
        self.max_bytes = max_bytes
        self.bytes = 0
        self.entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self.seen: set[int] = set()
        self.seen_before: set[int] = set()
        self.hits = self.misses = 0

    def is_first(self, key: Hashable) -> bool:
        """Return whether a question is asked for the first time, and remember it."""
        digest = hash(key)
        if digest in self.seen or digest in self.seen_before:
            return False
        self.seen.add(digest)
        if len(self.seen) >= MAX_SEEN:
            self.seen, self.seen_before = set(), self.seen
        return True

    def keep(self, key: Hashable, response: Response, version: Version, asked: int) -> None:
        """Keep a response to a question of `asked` bytes; evict others beyond the bound.

        A body counts twice: its compressed forms, which are kept too, are smaller than it.
        """
        weight = 2 * len(response.body) + asked + OVERHEAD
        if 2 * weight > self.max_bytes:
            return
        self._evict(key)
        response.compressed = {}
        self.entries[key] = Entry(response, version, weight)
        self.bytes += weight
        while self.bytes > self.max_bytes:
            self._evict(next(iter(self.entries)))

    def _evict(self, key: Hashable) -> None:
        if (entry := self.entries.pop(key, None)) is not None:
            self.bytes -= entry.weight

    def sample(self) -> Iterator[Sample]:
        """Yield the metrics of the cache."""
        yield 'mithaq_answers_total{from="cache"}', self.hits
        yield 'mithaq_answers_total{from="database"}', self.misses
        yield 'mithaq_cache_entries{cache="answers"}', len(self.entries)
        yield "mithaq_cache_bytes", self.bytes


@dataclass(slots=True)
class Run:
    """A request that is being answered, for others with the same question to share its response.

    `version` was the database's before the run began. The future exists once another request waits.
    """

    version: Version
    response: asyncio.Future[Response | None] | None = None


class AnswerCache:
    """Answers the requests of one database from a store, or by running them."""

    numbers = count()

    def __init__(
        self, store: AnswerStore, answerer: Answerer, disconnects: DisconnectWatcher
    ) -> None:
        """Use a store, which other databases may share."""
        self.store = store
        self.disconnects = disconnects
        self.database = answerer.database
        self.number = next(self.numbers)
        # Used only where the database does not know its version without a round trip.
        self.check = SharedCheck(partial(answerer.fetch_mark, ""))
        self.known: Version = None  # the version when it was last checked
        self.runs: dict[Hashable, Run] = {}

    def make_key(self, request: HTTPRequest, asked: bytes) -> Hashable:
        """Return all that the response to a request's body or query depends on but the database.

        Returns None if the response is the request's alone: it has the client's points, it is a
        stream, or it registers a document or an idempotency key.
        """
        headers = request.headers
        if request.media_type == EVENT_STREAM or not headers.keys().isdisjoint(OWN):
            return None
        if PERSISTED in asked and b"query" in asked.replace(PERSISTED, b""):
            return None
        get, is_post = headers.get, request.method == "POST"
        return (
            self.number,
            asked,
            request.media_type,
            get(b"accept-language"),
            get(b"content-type") if is_post else (get(b"accept"), get(b"accept-encoding")),
            is_post,
            request.budget is None,
        )

    def may_have(self, key: Hashable) -> bool:
        """Return whether a question's response is kept or under way, be it current or not."""
        return key in self.store.entries or key in self.runs

    async def find(self, key: Hashable, request: HTTPRequest) -> Response | None:
        """Return a question's response, kept or of a run that another request began.

        It is called where `may_have` is true, since reading the database's version takes time.
        Returns None if the request has to be run: an error or a mutation's payload is not shared.

        Raises:
            DatabaseUnavailable: the database's version could not be read.
            ClientDisconnect: the client disconnected while it waited for a run.
        """
        store = self.store
        version: Version = self.database.read_version()
        if version is None:
            version = mark = await self.check.request()
            if request.revision > read_number(mark):  # it is a replica's that is behind
                return None
        self.known = version
        entry = store.entries.get(key)
        if entry is not None and entry.version == version:
            store.entries.move_to_end(key)
            store.hits += 1
            return entry.response
        run = self.runs.get(key)
        if run is None or run.version != version:
            return None
        run.response = run.response or asyncio.get_running_loop().create_future()
        response = await self.disconnects.wait(asyncio.shield(run.response), request.receive)
        store.hits += response is not None
        return response

    async def run(
        self,
        key: Hashable,
        asked: int,
        request: GraphQLRequest,
        answer: Callable[[], Awaitable[Response | EventStream]],
    ) -> Response | EventStream:
        """Answer a request, share the response with those that wait for it, and keep it.

        `known` may be older than the database is, which costs another run later, never a wrong
        answer: the answer contains its revision.
        """
        store = self.store
        if not (first := store.is_first(key)):
            self.known = self.database.read_version() or self.known
        if isinstance(self.known, bytes):
            number = read_number(self.known)
            if self.database.reaches(number):
                request.revision = max(request.revision, number)
            else:  # of a primary that was lost
                self.known = None
        run = self.runs[key] = Run(self.known)
        shared = None
        try:
            response = await answer()
            if request.cacheable and isinstance(response, Response) and is_answer(response):
                shared = response
        finally:
            if self.runs.get(key) is run:
                del self.runs[key]
            if run.response is not None and not run.response.done():
                run.response.set_result(shared)
        if shared is not None:
            store.misses += 1
            if not first:
                store.keep(key, shared, run.version, asked)
        return response


def is_answer(response: Response) -> bool:
    """Return whether others may have a response: not if its client had left, or knew the answer."""
    return response.status == 200 and response.code is None  # noqa: PLR2004
