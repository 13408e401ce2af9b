"""The request, top to bottom: document → plan → statement → answer.

parse and validate   an operation is read once, then remembered
plan and build       once for each shape of its variables, then remembered
bind and price       the last point at which a request is refused
fetch                one statement, whose bytes are the answer, if there is one in time; none where
                     the document alone decides
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import orjson
from graphql import GraphQLError

from api.counts import RecordCounts
from api.database import CompiledQuery, Database
from api.errors import DatabaseUnavailable, OperationError
from api.plan.binding import Binder, ExecutionInput
from api.plan.catalog import Catalog
from api.plan.cost import Cost, count_given
from api.plan.limits import DocumentErrors
from api.plan.nodes import Plan
from api.plan.operations import Operation, Shape, read_operation
from api.plan.parameters import slots_for
from api.plan.planner import plan_operation
from api.plan.static_answer import format_known
from api.settings import Limits
from api.single_flight import Cache, SingleFlight
from api.sql.builder import build_statement
from api.sql.revisions import build_mark, build_revision

# What is remembered of each kind: so many, of so many objects together. While the garbage collector
# looks at them nobody is answered: some 60 milliseconds, where both are full.
MOST, MOST_OBJECTS = 1_000, 80_000
# About what documents and plans become: so many objects for a token, and one for so much text.
OBJECTS_OF_A_TOKEN, CHARACTERS_OF_AN_OBJECT = 2, 20
# Documents of so many characters are read within milliseconds; others do not wait for longer ones.
SHORT = 1_500
LONGEST_MESSAGE = 500
# How often an answer is asked for while imports change the database under it.
ATTEMPTS = 3


class Budget(Protocol):
    """The rate limit of one client."""

    def take(self, cost: int) -> None:
        """Take an operation's cost, or raise DatabaseUnavailable `THROTTLED`."""

    def status(self) -> Mapping[str, float]:
        """Return `maximumAvailable`, `currentlyAvailable` and `restoreRate` per second."""


class Paid:
    """The points that an operation has taken from its client's budget, if it has one."""

    def __init__(self, budget: Budget | None) -> None:
        """Start with nothing taken from the budget."""
        self.budget, self.cost = budget, 0

    def raise_to(self, cost: int) -> None:
        """Take the difference to a cost; nothing if more was taken already."""
        if self.budget is not None and cost > self.cost:
            self.budget.take(cost - self.cost)
            self.cost = cost


@dataclass(slots=True)
class GraphQLRequest:
    """A GraphQL request: a document, its variables, and the client's languages."""

    document: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None
    languages: tuple[str, ...] = ()
    with_cost: bool = False  # whether the answer's extensions include its cost
    budget: Budget | None = None


@dataclass(slots=True)
class Answer:
    """The response's JSON, and the code of why it holds no data, if it holds none."""

    json: bytes
    code: str | None = None
    retry_after: int | None = None
    cost: int | None = None


@dataclass(slots=True)
class Prepared:
    """A plan, its parameters, its cost and its statement, or the answer that takes none.

    `guarded` is the statement that gives None at another revision; built when it is needed.
    """

    plan: Plan
    binder: Binder
    cost: Cost
    statement: CompiledQuery
    known: bytes | None  # the answer, if it needs no database
    guarded: CompiledQuery | None = None


class Answerer:
    """Answers GraphQL requests to one schema from one database."""

    def __init__(self, catalog: Catalog, database: Database, limits: Limits | None = None) -> None:
        """Start with empty caches."""
        self.catalog = catalog
        self.database = database
        self.limits = limits or Limits()
        self.revision = CompiledQuery(build_revision(), database.dialect)
        self.mark = str(build_mark().compile(dialect=database.dialect))
        self.counts = RecordCounts(database)
        self.operations: Cache[Operation | Answer] = Cache(MOST, MOST_OBJECTS)
        self.prepared: Cache[Prepared] = Cache(MOST, MOST_OBJECTS)
        self.statements: Cache[CompiledQuery] = Cache(MOST, MOST_OBJECTS)
        self.single_flight = SingleFlight()

    async def answer(self, request: GraphQLRequest) -> Answer:
        """Return a GraphQL request's answer: data or errors."""
        try:
            operation = await self._read(request)
            if isinstance(operation, Answer):
                return operation
            variables, shape = operation.read(request.variables or {})
            prepared = await self._prepare(operation, variables, shape, len(request.languages))
            inputs = ExecutionInput(variables, request.languages)
            values = prepared.binder.bind(inputs)
            cost = prepared.cost.of_pages(inputs)
            if cost > self.limits.max_cost or request.with_cost or request.budget is not None:
                data, cost = await self._fetch_counted(prepared, inputs, values, request)
            else:
                data = prepared.known or await self.database.fetch(prepared.statement, values)
        except DocumentErrors as refused:
            return refuse(refused.errors, refused.code)
        except OperationError as refusal:
            return refuse([GraphQLError(refusal.message, path=list(refusal.path))], refusal.code)
        except GraphQLError as error:  # @skip or @include, if a variable that is null
            return refuse([error], "BAD_USER_INPUT")
        except DatabaseUnavailable as missing:
            return refuse([GraphQLError(missing.message)], missing.code, missing.retry_after)
        told = tell_cost(prepared.plan, data, cost, request.budget) if request.with_cost else b""
        return Answer(b'{"data":%b%b}' % (data, told), cost=cost)

    async def _fetch_counted(
        self, prepared: Prepared, inputs: ExecutionInput, values: list[Any], request: GraphQLRequest
    ) -> tuple[bytes, int]:
        """Fetch an answer and its cost, which is never less than the records of the answer.

        The cost by page sizes always holds, and is all that is asked for where nobody relies on
        less. A cost by the counts of a revision is relied on only if the statement sees that
        revision: after some imports in a row the page sizes decide again.
        """
        cost, most, paid = prepared.cost, self.limits.max_cost, Paid(request.budget)
        pages = cost.of_pages(inputs)
        if cost.lists:
            counted = self.counts.known or await self.counts.read_again(None)
            for _ in range(ATTEMPTS):
                fewer = cost.compute(inputs, counted.counts)
                if fewer == pages:
                    break
                if fewer <= most or not counted.is_old():
                    paid.raise_to(cost.check(inputs, most, counted.counts))
                    data = await self.database.fetch(self._guard(prepared), [*values, counted.mark])
                    if data is not None:
                        return data, fewer
                counted = await self.counts.read_again(counted)
        paid.raise_to(cost.check(inputs, most))
        return prepared.known or await self.database.fetch(prepared.statement, values), pages

    def _guard(self, prepared: Prepared) -> CompiledQuery:
        """Return a statement that yields None unless the database is at the given revision."""
        if prepared.guarded is None:
            guarded = prepared.statement.only_where(self.mark, self.database.dialect)
            self._remember(guarded)
            prepared.guarded = guarded
        return prepared.guarded

    async def fetch_revision(self) -> bytes:
        """Fetch the newest revision's mark; later answers are at least as new.

        Raises:
            DatabaseUnavailable: the database did not say.
        """
        return await self.database.fetch(self.revision, self.revision.alone())

    async def _read(self, request: GraphQLRequest) -> Operation | Answer:
        key = request.document, request.operation_name
        operation = self.operations.find(key)
        if operation is None:
            long = len(request.document) > SHORT
            operation = await self.single_flight.run(key, partial(self._read_anew, *key), long=long)
            self.operations.keep(key, operation, weigh(request.document, operation))
        return operation

    def _read_anew(self, document: str, name: str | None) -> Operation | Answer:
        try:
            return read_operation(self.catalog.schema, document, name, self.limits)
        except DocumentErrors as refused:
            return refuse(refused.errors, refused.code)

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
        return Prepared(plan, binder, Cost(plan), statement, format_known(plan))


def weigh(text: str, operation: Operation | Answer | None = None) -> int:
    """Return about how many Python objects are cached with a text and its operation."""
    tokens = operation.document.token_count if isinstance(operation, Operation) else 0
    return OBJECTS_OF_A_TOKEN * tokens + len(text) // CHARACTERS_OF_AN_OBJECT


def tell_cost(plan: Plan, data: bytes, cost: int, budget: Budget | None) -> bytes:
    """Return the `extensions` member with the requested and the actual cost of an answer."""
    told = {
        "requestedQueryCost": cost,
        "actualQueryCost": count_given(plan, orjson.loads(data)),
        "throttleStatus": None if budget is None else budget.status(),
    }
    return b',"extensions":{"cost":%b}' % orjson.dumps(told)


def refuse(errors: list[GraphQLError], code: str, retry_after: int | None = None) -> Answer:
    """Return the answer with these errors, each with a code."""
    written = []
    for error in errors:
        item: dict[str, Any] = {**error.formatted, "message": shorten(error.message)}
        item["extensions"] = {"code": code} | (error.extensions or {})
        written.append(item)
    return Answer(orjson.dumps({"errors": written}), code, retry_after)


def shorten(message: str) -> str:
    """Truncate a long message, and replace lone surrogates, which UTF-8 cannot encode."""
    cut = message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"
    return cut.encode(errors="replace").decode()
