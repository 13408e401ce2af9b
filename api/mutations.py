"""Runs mutations: each root field is one transaction, and its payload says what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from api.database import CompiledQuery, Database
from api.database.idempotency import IdempotentRequest
from api.database.writer import WriteThread
from api.errors import ImportFailure, Problem
from api.intake.drafts import Ref
from api.intake.forms.inputs import camelize_names
from api.intake.history import find_newest
from api.intake.inputs import delete_by_ids, import_dossier, write_records
from api.intake.merging import merge_actors
from api.intake.summary import Summary
from api.intake.unmerging import unmerge_actors
from api.intake.write.upsert import Writer
from api.lines import insert_lines
from api.model.kinds import RecordKind
from api.plan.binding import Binder
from api.plan.cost import Cost
from api.plan.execution_input import ExecutionInput
from api.plan.mutations import RECORD_COST, Mutation
from api.plan.nodes import Field, Plan
from api.settings import Limits
from api.sql.builder import build_statement
from api.statements import run_sql

Arguments = Mapping[str, Any]
# The values of a payload's fields, by name.
Outcome = dict[str, Any]
NOTHING: Outcome = {"created": 0, "updated": 0, "unchanged": 0, "deleted": [], "userErrors": []}
MAX_WHY = 500
MAX_STATEMENTS = 200
# A deletion takes back what articles add to others before it is known whether others refer to it,
# and unmerging may take several merges back.
WRITE_BEFORE_CHECKS = {"deleteRecords", "unmergeActors"}


@dataclass(frozen=True, slots=True)
class Client:
    """The API key that a request was sent with."""

    id: str
    name: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class PreparedMutation:
    """A root field to run, with the statement that reads its payload from the revision."""

    mutation: Mutation
    statement: CompiledQuery | None = None
    values: tuple[Any, ...] = ()
    cost: int = 0

    def read_payload(self, connection: sa.Connection) -> dict[str, Any]:
        """Read the selected fields of the newest revision, which the transaction has written.

        A dry run has changes, but no revision: the field is left out.
        """
        if self.statement is None:
            return {}
        data = connection.exec_driver_sql(self.statement.sql, self.values).scalar_one()
        data = insert_lines(data.encode() if isinstance(data, str) else data, connection)
        found: dict[str, Any] = orjson.loads(data)[self.mutation.key]
        if self.mutation.dry_run:
            return {key: value for key, value in found.items() if isinstance(value, list)}
        return found


def prepare_mutation(
    mutation: Mutation, inputs: ExecutionInput, database: Database, limits: Limits
) -> PreparedMutation:
    """Compile the statement of a mutation's payload, and compute the cost.

    Raises:
        OperationError: the payload costs more than the limit, or an argument is not valid.
    """
    cost = 1 + RECORD_COST * mutation.records
    if mutation.plan is None:
        return PreparedMutation(mutation, cost=cost)
    statement = compile_payload(mutation.plan.fields, database.dialect)
    values = Binder(mutation.plan, statement, database.adapt, limits).bind(inputs)
    cost += Cost(mutation.plan).check(inputs, limits.max_cost)
    return PreparedMutation(mutation, statement, tuple(values), cost)


@lru_cache(MAX_STATEMENTS)
def compile_payload(fields: tuple[Field, ...], dialect: sa.Dialect) -> CompiledQuery:
    """Compile the statement that reads the fields of a payload.

    Payloads are planned for each request; equal ones are compiled once, which takes milliseconds.
    """
    return CompiledQuery(build_statement(Plan(fields, ())), dialect)


class Written(NamedTuple):
    """The selected payload of a root field, and a revision that contains all that it wrote.

    That is its own revision; the newest if the field has none, or was run before.
    """

    payload: dict[str, Any]
    revision: int


async def run_mutation(
    thread: WriteThread,
    prepared: PreparedMutation,
    client: Client,
    request: IdempotentRequest | None,
) -> Written:
    """Run one root field in a transaction of its own.

    A field of a `request` that was run before is not run again.

    Raises:
        OperationError: the idempotency key is that of another request.
        DatabaseUnavailable: the database could not be written.
    """
    return await thread.run(partial(_run_once, prepared, client, request))


def _run_once(
    prepared: PreparedMutation,
    client: Client,
    request: IdempotentRequest | None,
    connection: sa.Connection,
) -> Written:
    now = datetime.now(UTC).replace(microsecond=0)
    if request is None:
        return _run(prepared, client, connection, now)
    place = prepared.mutation.place
    payload = request.find(connection, place, now)
    if payload is not None:
        return Written(payload, find_newest(connection))
    written = _run(prepared, client, connection, now)
    request.store(connection, place, now, written.payload)
    return written


def _run(
    prepared: PreparedMutation, client: Client, connection: sa.Connection, now: datetime
) -> Written:
    revision, stored = 0, {}
    mutation = prepared.mutation
    writer = Writer(connection, now, client.name, _explain(mutation.name, mutation.arguments))
    undoable = mutation.dry_run or mutation.name in WRITE_BEFORE_CHECKS
    if undoable:
        run_sql(connection, "SAVEPOINT mutation")
    try:
        outcome = NOTHING | ACTIONS[mutation.name](writer, mutation.arguments)
    except ImportFailure as refused:  # before anything was written, if it is not undoable
        outcome = NOTHING | {"userErrors": [_write_error(item) for item in refused.problems]}
    else:
        if writer.changes:
            stored = prepared.read_payload(connection)
        if not mutation.dry_run:
            revision = writer.revision
    if undoable:
        if not revision:
            run_sql(connection, "ROLLBACK TO SAVEPOINT mutation")
        run_sql(connection, "RELEASE SAVEPOINT mutation")
    payload = {field.key: field.read(outcome, stored) for field in mutation.payload}
    return Written(payload, revision or find_newest(connection))


def _explain(name: str, arguments: Arguments) -> str:
    """Return what a revision is written for: the mutation, and the records that it names."""
    if name == "importDossier":
        what = f"article:{arguments['dossier']['article']['key']}"
    elif name in {"mergeActors", "unmergeActors"}:
        what = " into ".join(arguments.values())
    elif name == "deleteRecords":
        what = " ".join(arguments["ids"])
    else:
        count = len(arguments["records"])
        what = f"{count} record{'' if count == 1 else 's'}"
    return f"{name} {what}"[:MAX_WHY]


def _import(writer: Writer, arguments: Arguments) -> Outcome:
    return _count(import_dossier(writer, arguments["dossier"], arguments.get("ifRevision")))


def _write(writer: Writer, arguments: Arguments) -> Outcome:
    return _count(write_records(writer, arguments["records"], arguments.get("ifRevision")))


def _delete(writer: Writer, arguments: Arguments) -> Outcome:
    since, cascade = arguments.get("ifRevision"), arguments["cascade"]
    return {"deleted": delete_by_ids(writer, arguments["ids"], since, cascade=cascade)}


def _merge(writer: Writer, arguments: Arguments) -> Outcome:
    merged, into = (_read_actor(arguments, name) for name in ("from", "into"))
    merge_actors(writer, merged, into)
    return {}


def _unmerge(writer: Writer, arguments: Arguments) -> Outcome:
    left = unmerge_actors(writer, _read_actor(arguments, "id"))
    text = "it was changed since the actors were merged, and is left as it is"
    errors = [Problem("id", 0, f"{ref}: {text}", "CHANGED_SINCE") for ref in left]
    return {"userErrors": [_write_error(error) for error in errors]}


def _read_actor(arguments: Arguments, name: str) -> str:
    """Return the key in an actor's id.

    Raises:
        ImportFailure: it is another id.
    """
    ref = Ref.parse(str(arguments[name]))
    if ref is None or ref.kind is not RecordKind.ACTOR:
        raise ImportFailure([Problem(name, 0, "this should be an actor's id: actor:<key>")])
    return ref.key


ACTIONS: dict[str, Callable[[Writer, Arguments], Outcome]] = {
    "importDossier": _import,
    "writeRecords": _write,
    "deleteRecords": _delete,
    "mergeActors": _merge,
    "unmergeActors": _unmerge,
}


def _count(summary: Summary) -> Outcome:
    names = ("created", "updated", "unchanged")
    return {name: getattr(summary, name) for name in names}


def _write_error(problem: Problem) -> dict[str, Any]:
    """Return a problem as a UserError; field names in its text are the client's."""
    return {
        "code": problem.code,
        "message": camelize_names(problem.text),
        "field": problem.path.split("."),
    }
