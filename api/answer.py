"""The request, top to bottom: document → plan → statement → answer.

parse and validate   an operation is read once, then remembered
plan and build       once for each shape of its variables, then remembered
bind                 the last point at which a request is refused
fetch                one statement, whose bytes are the answer, if there is one in time; none where
                     the document alone decides
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson
from graphql import GraphQLError

from api.database import Database, Statement
from api.errors import Refusal, Unanswered
from api.plan.binding import Binder, Request
from api.plan.catalog import Catalog
from api.plan.known import format_known, is_known
from api.plan.nodes import Plan
from api.plan.operations import Operation, Refused, Shape, read_operation
from api.plan.parameters import slots_for
from api.plan.planner import plan_operation
from api.settings import Limits
from api.sql.builder import build_statement

MAX_DOCUMENTS = 1_000
MAX_PLANS = 2_000
T = TypeVar("T")


@dataclass(slots=True)
class Question:
    """What a client sends: a document, its variables, and the languages it prefers."""

    document: str
    operation: str | None = None
    variables: Mapping[str, Any] | None = None
    languages: tuple[str, ...] = ()


@dataclass(slots=True)
class Answer:
    """The response's JSON, and the code of why it holds no data, if it holds none."""

    json: bytes
    code: str | None = None
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, its parameters and its statement, if it asks anything of the database."""

    plan: Plan
    binder: Binder
    statement: Statement | None


class Cache(Generic[T]):
    """Remembers so many values, and forgets the one longest unused."""

    def __init__(self, size: int) -> None:
        """Remember `size` values at most."""
        self.size = size
        self.values: OrderedDict[Any, T] = OrderedDict()

    def find(self, key: Any) -> T | None:
        """Give the value of a key, if it is known."""
        value = self.values.get(key)
        if value is not None:
            self.values.move_to_end(key)
        return value

    def keep(self, key: Any, value: T) -> T:
        """Remember a value."""
        self.values[key] = value
        if len(self.values) > self.size:
            self.values.popitem(last=False)
        return value


class Answerer:
    """Answers questions about one schema from one database."""

    def __init__(self, catalog: Catalog, database: Database, limits: Limits | None = None) -> None:
        """Start with nothing remembered."""
        self.catalog = catalog
        self.database = database
        self.limits = limits or Limits()
        self.operations: Cache[Operation | Refused] = Cache(MAX_DOCUMENTS)
        self.prepared: Cache[Prepared] = Cache(MAX_PLANS)

    async def answer(self, question: Question) -> Answer:
        """Answer a question, or say what is wrong with it."""
        try:
            operation = self._read(question)
            given = question.variables or {}
            variables, shape = operation.read(given)
            prepared = self._prepare(operation, variables, shape, len(question.languages))
            values = prepared.binder.bind(Request(variables, question.languages, operation, given))
        except Refused as refused:
            return refuse(refused.errors, refused.code)
        except Refusal as refusal:
            return refuse([GraphQLError(refusal.message, path=list(refusal.path))], refusal.code)
        if prepared.statement is None:
            return Answer(b'{"data":%b}' % format_known(prepared.plan, values))
        try:
            data = await self.database.fetch(prepared.statement, values)
        except Unanswered as missing:
            return refuse([GraphQLError(missing.message)], missing.code, missing.retry_after)
        return Answer(b'{"data":%b}' % data)

    def _read(self, question: Question) -> Operation:
        key = question.document, question.operation
        operation = self.operations.find(key)
        if operation is None:
            operation = self.operations.keep(key, self._read_anew(*key))
        if isinstance(operation, Refused):
            raise operation
        return operation

    def _read_anew(self, document: str, name: str | None) -> "Operation | Refused":
        try:
            return read_operation(self.catalog.schema, document, name, self.limits)
        except Refused as refused:
            return refused

    def _prepare(
        self, operation: Operation, variables: Mapping[str, Any], shape: Shape, languages: int
    ) -> Prepared:
        slots = slots_for(languages) if languages else 0
        key = operation, slots, shape
        prepared = self.prepared.find(key)
        if prepared is None:
            plan = plan_operation(self.catalog, operation.select(variables), slots)
            prepared = self.prepared.keep(key, Prepared(plan, Binder(plan), self._build(plan)))
        return prepared

    def _build(self, plan: Plan) -> Statement | None:
        return None if is_known(plan) else Statement(build_statement(plan), self.database.dialect)


def refuse(errors: list[GraphQLError], code: str, retry_after: int | None = None) -> Answer:
    """Write the errors, each with a code."""
    written = []
    for error in errors:
        item: dict[str, Any] = {**error.formatted}
        item["extensions"] = {"code": code} | (error.extensions or {})
        written.append(item)
    return Answer(orjson.dumps({"errors": written}), code, retry_after)
