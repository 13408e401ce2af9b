"""The steps from a GraphQL request to its answer: document → plan → statement → answer.

1. Parse and validate the document; cached by its text (`api.prepared`).
2. Plan the operation and build its SQL statement; cached by the shape of its variables.
3. Bind the values of this request, and compute its cost: the last step that can refuse it.
4. Fetch the answer, which is the result of the statement. An operation whose answer follows from
   the document alone, such as introspection, skips the database.

Mutations leave after the first step, for `api.mutation_runner`.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import orjson
from graphql import OperationType

from api.counts import RecordCounts
from api.database import NEWEST, CompiledQuery, Database
from api.database.writer import WriteThread
from api.errors import OperationError
from api.lines import fetch_lines
from api.mutation_runner import MutationRunner
from api.plan.catalog import Catalog
from api.plan.cost import UNKNOWN, Cost, Counts, count_records
from api.plan.execution_input import ExecutionInput, StreamInput
from api.plan.operations import Operation
from api.plan.parameters import STREAM_PAGE
from api.plan.stream import split_events
from api.prepared import Prepared, PreparedOperations
from api.request import Budget, GraphQLRequest
from api.response import REFUSALS, Answer, format_cost, write_refusal
from api.revision_watch import RevisionWatch
from api.settings import Limits
from api.sql.revisions import build_releases, build_revision, read_number

# In every document that asks for releases, which are made and deleted without a revision.
RELEASES = "release"
NO_STREAM = (
    "Subscriptions need a transport that carries several answers: a WebSocket with the protocol "
    "`graphql-transport-ws`, or `Accept: text/event-stream`."
)
# How often a statement is repeated because an import changed the database meanwhile.
MAX_ATTEMPTS = 3


class Answerer:
    """Answers GraphQL requests to one schema from one database."""

    def __init__(
        self,
        catalog: Catalog,
        database: Database,
        limits: Limits | None = None,
        writer: WriteThread | None = None,
        operations: PreparedOperations | None = None,
    ) -> None:
        """Start with empty caches; without a writer, mutations are refused."""
        self.catalog = catalog
        self.writer = writer
        self.database = database
        self.limits = limits or Limits()
        self.revision = CompiledQuery(build_revision(), database.dialect)
        self.releases = CompiledQuery(build_releases(), database.dialect)
        self.counts = RecordCounts(database)
        self.watch = RevisionWatch(database)
        self.operations = operations or PreparedOperations(catalog, database, self.limits)
        self.mutations = MutationRunner(catalog, database, self.limits, writer, self.watch)

    async def answer(self, request: GraphQLRequest) -> Answer:
        """Return a GraphQL request's answer: data or errors."""
        try:
            operation = await self.operations.read(request.document, request.operation_name)
            if isinstance(operation, Answer):
                return operation
            if operation.type is OperationType.QUERY:
                return await self._answer_query(operation, request)
            if operation.type is OperationType.MUTATION:
                return await self.mutations.run(operation, request)
            raise OperationError("OPERATION_NOT_SUPPORTED", NO_STREAM)
        except REFUSALS as refused:
            return write_refusal(refused)

    async def _answer_query(self, operation: Operation, request: GraphQLRequest) -> Answer:
        request.cacheable = RELEASES not in request.document
        if not request.cacheable:
            request.revision = NEWEST
        variables, shape = operation.read(request.variables or {})
        prepared = await self.operations.prepare(
            operation, variables, shape, len(request.languages)
        )
        inputs = ExecutionInput(variables, request.languages)
        values = prepared.binder.bind(inputs)
        if prepared.follows:
            values.append(inputs.revision)
            request.revision = max(request.revision, inputs.revision)
        cost = prepared.cost.of_pages(inputs)
        if cost > self.limits.max_cost or request.with_cost or request.budget is not None:
            data, cost = await self._fetch_charged(prepared, inputs, values, request)
        else:
            data = prepared.static or await self.database.fetch(
                prepared.statement, values, request.revision
            )
        if data is None:
            raise lacks_revision(inputs)
        if prepared.plan.lines:
            data = await fetch_lines(data, self.database)
        extensions = b""
        if request.with_cost:
            actual = count_records(prepared.plan, orjson.loads(data))
            extensions = format_cost(cost, actual, request.budget)
        return Answer(b'{"data":%b%b}' % (data, extensions), cost=cost)

    async def stream(self, request: GraphQLRequest) -> AsyncGenerator[Answer, None]:
        """Yield all answers to a request: a subscription's events, else the one answer.

        An error is the last answer. Events do not end otherwise. An event stream's first answer to
        a subscription has no JSON: it is the cursor at which the events begin.
        """
        try:
            operation = await self.operations.read(request.document, request.operation_name)
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
        prepared = await self.operations.prepare(
            operation, variables, shape, len(request.languages)
        )
        newest = await self.watch.fetch_newest()
        inputs = StreamInput(variables, request.languages, f"revision:{newest}")
        inputs.cursor = request.last_event_id or None
        values = prepared.binder.bind(inputs)
        if inputs.revision > newest:  # which a replica said
            newest = await self.watch.fetch_newest(inputs.revision)
            if inputs.revision > newest:
                raise lacks_revision(inputs)
        self._charge(prepared.cost, inputs, request.budget)
        if request.last_event_id is not None:
            yield Answer(b"", cursor=inputs.cursor)
        while True:
            events = await self._fetch_events(prepared, values, max(newest, request.revision))
            for inputs.cursor, event in events:
                yield Answer(b'{"data":%b}' % event, cursor=inputs.cursor)
            if not events and inputs.revision <= newest:  # passes over changes of other kinds
                inputs.cursor = f"revision:{newest}"
            values = prepared.binder.bind(inputs)
            if len(events) < min(STREAM_PAGE, self.limits.max_page):
                newest = await self.watch.wait_beyond(newest)
                if inputs.revision > newest:  # the database was restored from a backup
                    raise lacks_revision(inputs)

    async def _fetch_events(
        self, prepared: Prepared, values: list[Any], revision: int
    ) -> list[tuple[str, bytes]]:
        """Fetch a page of a subscription's events, each with its cursor."""
        data = await self.database.fetch(prepared.statement, values, revision)
        if prepared.plan.lines:
            data = await fetch_lines(data, self.database)
        return split_events(data)

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
            guarded = self.operations.guard(prepared)
            least = max(revision, at) if self.database.reaches(at) else revision
            data = await self.database.fetch(guarded, [*values, counted.mark], least)
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


def lacks_revision(inputs: ExecutionInput) -> OperationError:
    """Return the error of a cursor after which there can be no changes yet."""
    message = (
        f"`after`: the database does not have revision {inputs.revision:,}, which this cursor is "
        "of. It is a cursor of another database, or of this one before it was restored from a "
        "backup: begin without it."
    )
    return OperationError("BAD_CURSOR", message, inputs.path)
