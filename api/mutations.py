"""Runs mutations: each root field is one transaction, and its payload says what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from api.database.idempotency import IdempotentRequest
from api.database.writer import WriteThread
from api.errors import ImportFailure, Problem
from api.intake.forms.inputs import camelize_names
from api.intake.inputs import delete_by_ids, import_dossier, write_records
from api.intake.summary import Summary
from api.intake.write.upsert import Writer
from api.plan.mutations import Mutation

Arguments = Mapping[str, Any]
# What a mutation did: the values of its payload's fields by name.
Outcome = dict[str, Any]
NOTHING: Outcome = {"created": 0, "updated": 0, "unchanged": 0, "deleted": []}
MAX_WHY = 500


@dataclass(frozen=True, slots=True)
class Client:
    """The API key that a request was sent with."""

    id: str
    name: str
    may_write: bool


async def run_mutation(
    thread: WriteThread, mutation: Mutation, client: Client, request: IdempotentRequest | None
) -> dict[str, Any]:
    """Run one root field in a transaction of its own, and return its selected payload.

    A field of a `request` that was run before is not run again.

    Raises:
        OperationError: the idempotency key is that of another request.
        DatabaseUnavailable: the database could not be written; nothing was.
    """
    return await thread.run(partial(_run_once, mutation, client, request))


def _run_once(
    mutation: Mutation,
    client: Client,
    request: IdempotentRequest | None,
    connection: sa.Connection,
) -> dict[str, Any]:
    now = datetime.now(UTC).replace(microsecond=0)
    if request is None:
        return _run(mutation, client, connection, now)
    payload: dict[str, Any] | None = request.find(connection, mutation.place, now)
    if payload is None:
        payload = _run(mutation, client, connection, now)
        request.store(connection, mutation.place, now, payload)
    return payload


def _run(
    mutation: Mutation, client: Client, connection: sa.Connection, now: datetime
) -> dict[str, Any]:
    writer = Writer(connection, now, client.name, _explain(mutation.name, mutation.arguments))
    attempt = connection.begin_nested()
    try:
        outcome = NOTHING | ACTIONS[mutation.name](writer, mutation.arguments) | {"userErrors": []}
    except ImportFailure as refused:
        attempt.rollback()
        outcome = NOTHING | {"userErrors": [_write_error(item) for item in refused.problems]}
    else:
        if mutation.dry_run:
            attempt.rollback()
        else:
            attempt.commit()
    return {field.key: field.read(outcome) for field in mutation.payload}


def _explain(name: str, arguments: Arguments) -> str:
    """Return what a revision is written for: the mutation, and the records that it names."""
    if name == "importDossier":
        what = f"article:{arguments['dossier']['article']['key']}"
    elif name == "deleteRecords":
        what = " ".join(arguments["ids"])
    else:
        what = f"{len(arguments['records'])} records"
    return f"{name} {what}"[:MAX_WHY]


def _import(writer: Writer, arguments: Arguments) -> Outcome:
    return _count(import_dossier(writer, arguments["dossier"], arguments.get("ifRevision")))


def _write(writer: Writer, arguments: Arguments) -> Outcome:
    return _count(write_records(writer, arguments["records"], arguments.get("ifRevision")))


def _delete(writer: Writer, arguments: Arguments) -> Outcome:
    since, cascade = arguments.get("ifRevision"), arguments["cascade"]
    return {"deleted": delete_by_ids(writer, arguments["ids"], since, cascade=cascade)}


ACTIONS: dict[str, Callable[[Writer, Arguments], Outcome]] = {
    "importDossier": _import,
    "writeRecords": _write,
    "deleteRecords": _delete,
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
