"""The steps from a GraphQL request to its answer: document → plan → statement → answer.

1. Parse and validate the document; cached by its text.
2. Plan the operation and build its SQL statement; cached by the shape of its variables.
3. Bind the values of this request, and compute its cost: the last step that can refuse it.
4. Fetch the answer, which is the result of the statement. An operation whose answer follows from
   the document alone, such as introspection, skips the database.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import orjson
from graphql import GraphQLError, OperationType

from api.counts import RecordCounts
from api.database import NEWEST, CompiledQuery, Database
from api.database.idempotency import IdempotentRequest, hash_request
from api.database.writer import WriteThread
from api.errors import DatabaseUnavailable, OperationError
from api.lines import fetch_lines
from api.mutations import Client, PreparedMutation, prepare_mutation, run_mutation
from api.plan.binding import Binder, ExecutionInput, StreamInput
from api.plan.catalog import Catalog
from api.plan.cost import UNKNOWN, Cost, Counts, count_records
from api.plan.limits import DocumentErrors
from api.plan.mutations import Mutation, OutcomeField, plan_mutations
from api.plan.nodes import Plan
from api.plan.operations import Operation, Shape, read_operation
from api.plan.parameters import STREAM_PAGE, slots_for
from api.plan.planner import plan_operation
from api.plan.static_answer import format_static_answer
from api.plan.stream import split_events
from api.revision_watch import RevisionWatch
from api.settings import Limits
from api.single_flight import Cache, SingleFlight
from api.sql.builder import build_statement
from api.sql.revisions import build_mark, build_releases, build_revision, read_number

# The bounds of each cache: its entries, and the Python objects (estimated) that they consist of.
# A full garbage collection scans these objects: it takes some 60 ms if all caches are full.
MAX_ENTRIES, MAX_OBJECTS = 1_000, 80_000
# The estimate: objects per token of a parsed document, and characters of SQL or text per object.
OBJECTS_PER_TOKEN, CHARACTERS_PER_OBJECT = 2, 20
# Longer documents are parsed in a thread, since parsing them takes more than a few milliseconds.
MAX_SHORT_DOCUMENT = 1_500
MAX_MESSAGE = 500
# In every document that asks for releases, which are made and deleted without a revision.
RELEASES = "release"
NO_KEY = (
    "Mutations need a key with the scope `write`: send it in a header, "
    "`Authorization: Bearer mithaq_…`."
)
NO_STREAM = (
    "Subscriptions need a transport that carries several answers: a WebSocket with the protocol "
    "`graphql-transport-ws`, or `Accept: text/event-stream`."
)
# How often a statement is repeated because an import changed the database meanwhile.
MAX_ATTEMPTS = 3


class Budget(Protocol):
    """The budget of one request: the points left in its client's rate limit."""

    def charge(self, cost: int) -> None:
        """Charge the request's cost; a second call charges only what the new cost adds.

        Raises:
            OperationError: the cost exceeds the size of the rate limit (COST_TOO_HIGH).
            DatabaseUnavailable: too few points are left at present (THROTTLED).
        """

    def status(self) -> Mapping[str, float]:
        """Return `maximumAvailable`, `currentlyAvailable` and `restoreRate` per second."""


@dataclass(slots=True)
class GraphQLRequest:
    """A GraphQL request: a document, its variables, and the client's languages."""

    document: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None
    languages: tuple[str, ...] = ()
    with_cost: bool = False  # whether the answer's extensions include its cost
    budget: Budget | None = None
    client: Client | None = None
    read_only: bool = False  # as requests by GET are
    idempotency_key: str | None = None
    revision: int = 0  # that the answer contains at least
    last_event_id: str | None = None  # of an event stream: "" at first, later a cursor to go on at
    lasts: bool = False  # whether it is a subscription, which is known once its answers begin
    cacheable: bool = False  # whether its answer is the same until a commit, known once it is read


@dataclass(slots=True)
class Answer:
    """The response's JSON: its data, or errors with the `code` of why there is no data."""

    json: bytes
    code: str | None = None
    retry_after: int | None = None
    cost: int | None = None
    revision: int = 0  # of a mutation: an answer that contains it contains what was written
    cursor: str | None = None  # of an event: a subscription that starts after it misses none


@dataclass(slots=True)
class Prepared:
    """All that is cached of a planned operation.

    `guarded` is the statement that returns None unless the database is at the revision that its
    last parameter names; built on first use.
    """

    plan: Plan
    binder: Binder
    cost: Cost
    statement: CompiledQuery
    static: bytes | None  # the answer, if it needs no database
    guarded: CompiledQuery | None = None


class Answerer:
    """Answers GraphQL requests to one schema from one database."""

    def __init__(
        self,
        catalog: Catalog,
        database: Database,
        limits: Limits | None = None,
        writer: WriteThread | None = None,
    ) -> None:
        """Start with empty caches; without a writer, mutations are refused."""
        self.catalog = catalog
        self.writer = writer
        self.database = database
        self.limits = limits or Limits()
        self.revision = CompiledQuery(build_revision(), database.dialect)
        self.releases = CompiledQuery(build_releases(), database.dialect)
        self.mark = str(build_mark().compile(dialect=database.dialect))
        self.counts = RecordCounts(database)
        self.watch = RevisionWatch(database)
        self.operations: Cache[Operation | Answer] = Cache(MAX_ENTRIES, MAX_OBJECTS)
        self.prepared: Cache[Prepared] = Cache(MAX_ENTRIES, MAX_OBJECTS)
        self.statements: Cache[CompiledQuery] = Cache(MAX_ENTRIES, MAX_OBJECTS)
        self.single_flight = SingleFlight()

    async def answer(self, request: GraphQLRequest) -> Answer:
        """Return a GraphQL request's answer: data or errors."""
        try:
            operation = await self._read(request)
            if isinstance(operation, Answer):
                return operation
            if operation.type is not OperationType.QUERY:
                return await self._mutate(operation, request)
            request.cacheable = RELEASES not in request.document
            if not request.cacheable:
                request.revision = NEWEST
            variables, shape = operation.read(request.variables or {})
            prepared = await self._prepare(operation, variables, shape, len(request.languages))
            inputs = ExecutionInput(variables, request.languages)
            values = prepared.binder.bind(inputs)
            cost = prepared.cost.of_pages(inputs)
            if cost > self.limits.max_cost or request.with_cost or request.budget is not None:
                data, cost = await self._fetch_charged(prepared, inputs, values, request)
            else:
                data = prepared.static or await self.database.fetch(
                    prepared.statement, values, request.revision
                )
            if prepared.plan.lines:
                data = await fetch_lines(data, self.database)
        except REFUSALS as refused:
            return write_refusal(refused)
        extensions = (
            format_cost(cost, count_records(prepared.plan, orjson.loads(data)), request.budget)
            if request.with_cost
            else b""
        )
        return Answer(b'{"data":%b%b}' % (data, extensions), cost=cost)

    async def stream(self, request: GraphQLRequest) -> AsyncGenerator[Answer, None]:
        """Yield all answers to a request: a subscription's events, else the one answer.

        An error is the last answer. Events do not end otherwise. An event stream's first answer to
        a subscription has no JSON: it is the cursor at which the events begin.
        """
        try:
            operation = await self._read(request)
            if isinstance(operation, Answer) or operation.type is not OperationType.SUBSCRIPTION:
                yield await self.answer(request)
                return
            request.lasts = True
            async with aclosing(self._follow(operation, request)) as answers:
                async for answer in answers:
                    yield answer
        except REFUSALS as refused:
            yield write_refusal(refused)

    async def _follow(
        self, operation: Operation, request: GraphQLRequest
    ) -> AsyncGenerator[Answer, None]:
        """Yield the events of a subscription, read page by page, again after each new revision.

        The newest revision is read before the page, so that no later one is waited for in vain.
        """
        variables, shape = operation.read(request.variables or {})
        prepared = await self._prepare(operation, variables, shape, len(request.languages))
        newest = await self.watch.fetch_newest()
        inputs = StreamInput(variables, request.languages, f"revision:{newest}")
        inputs.cursor = request.last_event_id or None
        values = prepared.binder.bind(inputs)
        self._charge(prepared.cost, inputs, request.budget)
        if request.last_event_id is not None:
            yield Answer(b"", cursor=inputs.cursor)
        while True:
            data = await self.database.fetch(
                prepared.statement, values, max(newest, request.revision)
            )
            if prepared.plan.lines:
                data = await fetch_lines(data, self.database)
            events = split_events(data)
            for inputs.cursor, event in events:
                yield Answer(b'{"data":%b}' % event, cursor=inputs.cursor)
            if not events and inputs.revision <= newest:  # passes over changes of other kinds
                inputs.cursor = f"revision:{newest}"
            values = prepared.binder.bind(inputs)
            if len(events) < min(STREAM_PAGE, self.limits.max_page):
                newest = await self.watch.wait_beyond(newest)

    async def _mutate(self, operation: Operation, request: GraphQLRequest) -> Answer:
        """Run the root fields of a mutation in their order.

        Raises:
            DocumentErrors: variables are not of their types.
            OperationError: it is a subscription; or the client may not write, or asks for too much.
            DatabaseUnavailable: the database could not be written.
        """
        if operation.type is OperationType.SUBSCRIPTION:
            raise OperationError("OPERATION_NOT_SUPPORTED", NO_STREAM)
        writer, client = self._check_may_write(request)
        plan = partial(self._plan_mutations, operation, request)
        large = operation.is_large(request.variables or {})
        planned = await asyncio.to_thread(plan) if large else plan()
        cost = sum(item.cost if isinstance(item, PreparedMutation) else 1 for item in planned)
        if request.budget is not None:
            request.budget.charge(cost)
        idempotent = None
        if request.idempotency_key is not None:
            digest = hash_request(request.document, request.operation_name, request.variables)
            idempotent = IdempotentRequest(client.id, request.idempotency_key, digest)
        data: dict[str, Any] = {}
        newest = 0
        for item in planned:
            if isinstance(item, PreparedMutation):
                key = item.mutation.key
                try:
                    data[key], revision = await run_mutation(writer, item, client, idempotent)
                except DatabaseUnavailable as missing:
                    interruption = write_interruption(missing, key, data)
                    interruption.revision = newest
                    return interruption
                newest = max(newest, revision)
                if revision > self.watch.newest:
                    self.watch.announce(revision)
            else:
                data[item.key] = item.constant
        extensions = format_cost(cost, cost, request.budget) if request.with_cost else b""
        body = b'{"data":%b%b}' % (orjson.dumps(data), extensions)
        return Answer(body, cost=cost, revision=newest)

    def _check_may_write(self, request: GraphQLRequest) -> tuple[WriteThread, Client]:
        if request.read_only:
            raise OperationError("OPERATION_NOT_SUPPORTED", "Mutations are sent by POST.")
        if request.client is None:
            raise OperationError("UNAUTHENTICATED", NO_KEY)
        if not request.client.may_write:
            message = "The key lacks the scope `write`, which mutations need."
            raise OperationError("FORBIDDEN", message)
        if self.writer is None:
            raise OperationError("OPERATION_NOT_SUPPORTED", "This server cannot be written to.")
        return self.writer, request.client

    def _plan_mutations(
        self, operation: Operation, request: GraphQLRequest
    ) -> list[PreparedMutation | OutcomeField]:
        selector = operation.select_mutation(request.variables or {})
        inputs = ExecutionInput(selector.variables.coerced, request.languages)
        slots = slots_for(len(request.languages))
        return [
            prepare_mutation(item, inputs, self.database, self.limits)
            if isinstance(item, Mutation)
            else item
            for item in plan_mutations(self.catalog, selector, slots, self.limits)
        ]

    async def _fetch_charged(
        self,
        prepared: Prepared,
        inputs: ExecutionInput,
        values: list[Any],
        request: GraphQLRequest,
    ) -> tuple[bytes, int]:
        """Charge a request's cost and fetch its answer; return both.

        If the counts of records lower the cost, it holds at their revision only, which the
        guarded statement checks. After several imports in a row, the page sizes decide.
        """
        counted, budget, revision = None, request.budget, request.revision
        for _ in range(MAX_ATTEMPTS):
            most = self.limits.max_cost
            counted = await self.counts.find_useful(prepared.cost, inputs, most, counted)
            if counted is None:
                break
            cost = self._charge(prepared.cost, inputs, budget, counted.counts)
            at = read_number(counted.mark.encode())
            least = max(revision, at) if self.database.reaches(at) else revision
            data = await self.database.fetch(self._guard(prepared), [*values, counted.mark], least)
            if data is not None:
                return data, cost
        cost = self._charge(prepared.cost, inputs, budget)
        data = prepared.static or await self.database.fetch(prepared.statement, values, revision)
        return data, cost

    def _charge(
        self, cost: Cost, inputs: ExecutionInput, budget: Budget | None, counts: Counts = UNKNOWN
    ) -> int:
        """Check a request's cost against the limit, charge it to the budget, and return it."""
        points = cost.check(inputs, self.limits.max_cost, counts)
        if budget is not None:
            budget.charge(points)
        return points

    def _guard(self, prepared: Prepared) -> CompiledQuery:
        """Return a statement that yields None unless the database is at the given revision."""
        if prepared.guarded is None:
            guarded = prepared.statement.only_where(self.mark, self.database.dialect)
            self._remember(guarded)
            prepared.guarded = guarded
        return prepared.guarded

    async def fetch_mark(self, document: str, revision: int = 0) -> bytes:
        """Fetch what changes if the answers to a document may.

        That is the mark of the newest revision of a server that has the given one. Answers that
        contain the revision of the mark (`read_number`) are at least as new. Releases are made and
        deleted without a revision: a document that may ask for them has them in its mark.

        Raises:
            DatabaseUnavailable: the database did not say.
        """
        if RELEASES in document:
            return await self.database.fetch(self.releases, self.releases.alone(), NEWEST)
        return await self.database.fetch(self.revision, self.revision.alone(), revision)

    async def _read(self, request: GraphQLRequest) -> Operation | Answer:
        key = request.document, request.operation_name
        operation = self.operations.find(key)
        if operation is None:
            long = len(request.document) > MAX_SHORT_DOCUMENT
            operation = await self.single_flight.run(key, partial(self._read_anew, *key), long=long)
            self.operations.keep(key, operation, weigh(request.document, operation))
        return operation

    def _read_anew(self, document: str, name: str | None) -> Operation | Answer:
        try:
            return read_operation(self.catalog.schema, document, name, self.limits)
        except DocumentErrors as refused:
            return write_errors(refused.errors, refused.code)

    async def _prepare(
        self, operation: Operation, variables: Mapping[str, Any], shape: Shape, languages: int
    ) -> Prepared:
        slots = slots_for(languages)
        key = operation, slots, shape
        prepared = self.prepared.find(key)
        if prepared is None:
            work = partial(self._prepare_anew, operation, variables, slots)
            prepared = await self.single_flight.run(key, work, long=operation.is_large(variables))
            self._remember(prepared.statement)
            self.prepared.keep(key, prepared, weigh(prepared.statement.sql, operation))
        return prepared

    def _remember(self, statement: CompiledQuery) -> None:
        """Reuse the timing of an identical SQL text that was planned for another document."""
        if (seen := self.statements.find(statement.sql)) is not None:
            statement.seconds = seen.seconds
        self.statements.keep(statement.sql, statement, weigh(statement.sql))

    def _prepare_anew(
        self, operation: Operation, variables: Mapping[str, Any], slots: int
    ) -> Prepared:
        plan = plan_operation(self.catalog, operation.select(variables), slots, self.limits)
        statement = CompiledQuery(build_statement(plan), self.database.dialect)
        binder = Binder(plan, statement, self.database.adapt, self.limits)
        return Prepared(plan, binder, Cost(plan), statement, format_static_answer(plan))


def weigh(text: str, operation: Operation | Answer | None = None) -> int:
    """Return about how many Python objects are cached with a text and its operation."""
    tokens = operation.document.token_count if isinstance(operation, Operation) else 0
    return OBJECTS_PER_TOKEN * tokens + len(text) // CHARACTERS_PER_OBJECT


def format_cost(requested: int, actual: int, budget: Budget | None) -> bytes:
    """Return the `extensions` member with the requested and the actual cost of an answer."""
    members = {
        "requestedQueryCost": requested,
        "actualQueryCost": actual,
        "throttleStatus": None if budget is None else budget.status(),
    }
    return b',"extensions":{"cost":%b}' % orjson.dumps(members)


# The errors by which a request is refused; all others are faults of the server.
REFUSALS = (DocumentErrors, OperationError, GraphQLError, DatabaseUnavailable)


def write_refusal(error: Exception) -> Answer:
    """Return the answer to a request that was refused by an error."""
    match error:
        case DocumentErrors():
            return write_errors(error.errors, error.code)
        case OperationError():
            return write_errors([GraphQLError(error.message, path=list(error.path))], error.code)
        case DatabaseUnavailable():
            return write_errors([GraphQLError(error.message)], error.code, error.retry_after)
        case GraphQLError():  # the variable of an @skip or @include is null
            return write_errors([error], "BAD_USER_INPUT")
    raise error


def write_errors(
    errors: list[GraphQLError], code: str, retry_after: int | None = None, **members: None
) -> Answer:
    """Return the answer with these errors, each with a code, and further members."""
    written = []
    for error in errors:
        item: dict[str, Any] = {**error.formatted, "message": shorten(error.message)}
        item["extensions"] = {"code": code} | (error.extensions or {})
        written.append(item)
    return Answer(orjson.dumps({"errors": written} | members), code, retry_after)


def write_interruption(error: DatabaseUnavailable, key: str, written: dict[str, Any]) -> Answer:
    """Return the answer to a mutation of which the root field `key` could not be written.

    Root fields are not nullable, so that `data` is null. The payloads of the fields before it,
    which are written, are in the error's extensions.
    """
    failed = GraphQLError(error.message, path=[key], extensions={"written": written})
    return write_errors([failed], error.code, error.retry_after, data=None)


def shorten(message: str) -> str:
    """Truncate a long message, and replace lone surrogates, which UTF-8 cannot encode."""
    cut = message if len(message) <= MAX_MESSAGE else message[: MAX_MESSAGE - 1] + "…"
    return cut.encode(errors="replace").decode()
