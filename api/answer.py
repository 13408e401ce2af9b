"""The request, top to bottom: document → plan → statement → answer.

parse and validate   an operation is read once, then remembered
plan and build       once for each shape of its variables, then remembered
bind                 the last point at which a request is refused
fetch                one statement, whose bytes are the answer, if there is one in time; none where
                     the document alone decides
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError

from api.caches import Cache, Desk
from api.database import Database, Statement
from api.errors import Refusal, Unanswered
from api.plan.binding import Binder, Request
from api.plan.catalog import Catalog
from api.plan.known import format_known, is_known
from api.plan.nodes import Plan
from api.plan.operations import Operation, Refused, Shape, read_operation
from api.plan.parameters import slots_for
from api.plan.planner import plan_operation
from api.plan.selection import Selector
from api.settings import Limits
from api.sql.builder import build_statement

MAX_DOCUMENTS = 1_000
MAX_PLANS = 2_000
# Documents of more characters than this are read at a desk where short ones need not wait.
LARGE = 2_000
PlanKey = tuple[Operation, int, Shape]  # the operation, how many languages, its variables' shape


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


class Answerer:
    """Answers questions about one schema from one database."""

    def __init__(self, catalog: Catalog, database: Database, limits: Limits | None = None) -> None:
        """Start with nothing remembered."""
        self.catalog = catalog
        self.database = database
        self.limits = limits or Limits()
        self.operations: Cache[Operation | Refused] = Cache(MAX_DOCUMENTS)
        self.prepared: Cache[Prepared] = Cache(MAX_PLANS)
        self.desk, self.desk_for_large_ones = Desk(large=False), Desk(large=True)

    async def answer(self, question: Question) -> Answer:
        """Answer a question, or say what is wrong with it."""
        try:
            asked = question.document, question.operation
            operation = self.operations.find(asked) or await self._read(question)
            if isinstance(operation, Refused):
                raise operation
            given = question.variables or {}
            variables, shape = operation.read(given)
            slots = slots_for(len(question.languages)) if question.languages else 0
            key = operation, slots, shape
            prepared = self.prepared.find(key) or await self._prepare(question, key, variables)
            values = prepared.binder.bind(Request(variables, question.languages, operation, given))
            if prepared.statement is None:
                return Answer(b'{"data":%b}' % format_known(prepared.plan, values))
            return Answer(b'{"data":%b}' % await self.database.fetch(prepared.statement, values))
        except Refused as refused:
            return refuse(refused.errors, refused.code)
        except Refusal as refusal:
            return refuse([GraphQLError(refusal.message, path=list(refusal.path))], refusal.code)
        except Unanswered as missing:
            return refuse([GraphQLError(missing.message)], missing.code, missing.retry_after)

    async def _read(self, question: Question) -> Operation | Refused:
        key = question.document, question.operation
        return await self.operations.make(self._desk_for(question), key, self._read_anew, *key)

    def _read_anew(self, document: str, name: str | None) -> Operation | Refused:
        try:
            return read_operation(self.catalog.schema, document, name, self.limits)
        except Refused as refused:
            return refused

    async def _prepare(
        self, question: Question, key: PlanKey, variables: Mapping[str, Any]
    ) -> Prepared:
        operation, slots, _ = key
        work = self._prepare_anew, operation.select(variables), slots
        return await self.prepared.make(self._desk_for(question), key, *work)

    def _prepare_anew(self, selector: Selector, slots: int) -> Prepared:
        plan = plan_operation(self.catalog, selector, slots)
        known = is_known(plan)
        statement = None if known else Statement(build_statement(plan), self.database.dialect)
        return Prepared(plan, Binder(plan), statement)

    def _desk_for(self, question: Question) -> Desk:
        return self.desk_for_large_ones if len(question.document) > LARGE else self.desk


def refuse(errors: list[GraphQLError], code: str, retry_after: int | None = None) -> Answer:
    """Write the errors, each with a code."""
    written = []
    for error in errors:
        item: dict[str, Any] = {**error.formatted}
        item["extensions"] = {"code": code} | (error.extensions or {})
        written.append(item)
    return Answer(orjson.dumps({"errors": written}), code, retry_after)
