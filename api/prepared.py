"""Operations that are ready to run: parsed, planned and compiled once, then kept in caches."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from api.database import CompiledQuery, Database
from api.plan.binding import Binder
from api.plan.catalog import Catalog
from api.plan.cost import Cost
from api.plan.document_errors import DocumentErrors
from api.plan.nodes import Plan
from api.plan.operations import Operation, Shape, read_operation
from api.plan.parameter_sources import Position
from api.plan.parameters import slots_for
from api.plan.planner import plan_operation
from api.plan.static_answer import format_static_answer
from api.response import Answer, write_errors
from api.settings import Limits
from api.single_flight import Cache, SingleFlight
from api.sql.builder import build_statement
from api.sql.revisions import build_mark, build_number

# The bounds of each cache: its entries, and the Python objects (estimated) that they consist of.
# A full garbage collection scans these objects: it takes some 60 ms if all caches are full.
MAX_ENTRIES, MAX_OBJECTS = 1_000, 80_000
# The estimate: objects per token of a parsed document, and characters of SQL or text per object.
OBJECTS_PER_TOKEN, CHARACTERS_PER_OBJECT = 2, 20
# Longer documents are parsed in a thread, since parsing them takes more than a few milliseconds.
MAX_SHORT_DOCUMENT = 1_500


@dataclass(slots=True)
class Prepared:
    """All that is cached of a planned operation.

    If a query `follows` the list of all changes, its statement returns None unless the database has
    the revision of the cursor, which is a last parameter.

    `guarded` is the statement that returns None unless the database is at the revision that its
    last parameter names; built on first use.
    """

    plan: Plan
    binder: Binder
    cost: Cost
    statement: CompiledQuery
    static: bytes | None  # the answer, if it needs no database
    follows: bool
    guarded: CompiledQuery | None = None


class PreparedOperations:
    """The operations of one schema, prepared for one database.

    `documents` are parsed and validated, by text; one that is refused is kept as its errors.
    `plans` are statements with all that binds them, by operation and shape of the variables.
    """

    def __init__(self, catalog: Catalog, database: Database, limits: Limits) -> None:
        """Start with empty caches."""
        self.catalog = catalog
        self.database = database
        self.limits = limits
        self.mark, self.number = (
            str(built.compile(dialect=database.dialect)) for built in (build_mark(), build_number())
        )
        self.documents: Cache[Operation | Answer] = Cache(MAX_ENTRIES, MAX_OBJECTS)
        self.plans: Cache[Prepared] = Cache(MAX_ENTRIES, MAX_OBJECTS)
        self.statements: Cache[CompiledQuery] = Cache(MAX_ENTRIES, MAX_OBJECTS)
        self.single_flight = SingleFlight()

    async def read(self, document: str, name: str | None) -> Operation | Answer:
        """Return a document's operation of this name, or the answer that refuses the document."""
        key = document, name
        operation = self.documents.find(key)
        if operation is None:
            long = len(document) > MAX_SHORT_DOCUMENT
            operation = await self.single_flight.run(key, partial(self._read, *key), long=long)
            self.documents.keep(key, operation, weigh(document, operation))
        return operation

    def _read(self, document: str, name: str | None) -> Operation | Answer:
        try:
            return read_operation(self.catalog.schema, document, name, self.limits)
        except DocumentErrors as refused:
            return write_errors(refused.errors, refused.code)

    async def prepare(
        self, operation: Operation, variables: Mapping[str, Any], shape: Shape, languages: int
    ) -> Prepared:
        """Return the plan and statement of an operation under variables of this shape.

        Raises:
            OperationError: an argument is not valid, or the operation exceeds a limit.
            DatabaseUnavailable: too many large operations are being planned (OVERLOADED).
        """
        slots = slots_for(languages)
        key = operation, slots, shape
        prepared = self.plans.find(key)
        if prepared is None:
            work = partial(self._prepare, operation, variables, slots)
            prepared = await self.single_flight.run(key, work, long=operation.is_large(variables))
            self._reuse_timing(prepared.statement)
            self.plans.keep(key, prepared, weigh(prepared.statement.sql, operation))
        return prepared

    def _prepare(self, operation: Operation, variables: Mapping[str, Any], slots: int) -> Prepared:
        plan = plan_operation(self.catalog, operation.select(variables), slots, self.limits)
        statement = CompiledQuery(build_statement(plan), self.database.dialect)
        binder = Binder(plan, statement, self.database.adapt, self.limits)
        follows = any(type(item) is Position and item.follows for item in plan.sources)
        if follows:
            statement = statement.only_where(f"{self.number} >=", self.database.dialect)
        return Prepared(plan, binder, Cost(plan), statement, format_static_answer(plan), follows)

    def guard(self, prepared: Prepared) -> CompiledQuery:
        """Return a statement that yields None unless the database is at the given revision."""
        if prepared.guarded is None:
            guarded = prepared.statement.only_where(f"{self.mark} =", self.database.dialect)
            self._reuse_timing(guarded)
            prepared.guarded = guarded
        return prepared.guarded

    def _reuse_timing(self, statement: CompiledQuery) -> None:
        """Reuse the timing of an identical SQL text that was planned for another document."""
        if (seen := self.statements.find(statement.sql)) is not None:
            statement.seconds = seen.seconds
        self.statements.keep(statement.sql, statement, weigh(statement.sql))


def weigh(text: str, operation: Operation | Answer | None = None) -> int:
    """Return about how many Python objects are cached with a text and its operation."""
    tokens = operation.document.token_count if isinstance(operation, Operation) else 0
    return OBJECTS_PER_TOKEN * tokens + len(text) // CHARACTERS_PER_OBJECT
