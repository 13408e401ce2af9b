"""Runs a mutation: its root fields in their order, each in a transaction of its own."""

import asyncio
from functools import partial
from typing import Any

import orjson

from api.database import Database
from api.database.idempotency import IdempotentRequest, hash_request
from api.database.writer import WriteThread
from api.errors import DatabaseUnavailable, OperationError
from api.mutations import Client, PreparedMutation, prepare_mutation, run_mutation
from api.plan.catalog import Catalog
from api.plan.execution_input import ExecutionInput
from api.plan.mutations import Mutation, OutcomeField, plan_mutations
from api.plan.operations import Operation
from api.plan.parameters import slots_for
from api.request import GraphQLRequest
from api.response import Answer, format_cost, write_interruption
from api.revision_watch import RevisionWatch
from api.settings import Limits

NO_KEY = (
    "Mutations need a key with the scope `write`: send it in a header, "
    "`Authorization: Bearer mithaq_…`."
)


class MutationRunner:
    """Runs the mutations of one database; without a writer, all are refused."""

    def __init__(
        self,
        catalog: Catalog,
        database: Database,
        limits: Limits,
        writer: WriteThread | None,
        watch: RevisionWatch,
    ) -> None:
        """Write by the thread of `writer`, and announce each new revision to `watch`."""
        self.catalog, self.database, self.limits = catalog, database, limits
        self.writer, self.watch = writer, watch

    async def run(self, operation: Operation, request: GraphQLRequest) -> Answer:
        """Run the root fields of a mutation in their order.

        Raises:
            DocumentErrors: variables are not of their types.
            OperationError: the client may not write, or asks for too much.
            DatabaseUnavailable: too few points are left in the client's rate limit.
        """
        writer, client = self._check_may_write(request)
        plan = partial(self._plan, operation, request)
        large = operation.is_large(request.variables or {})
        planned = await asyncio.to_thread(plan) if large else plan()
        cost = sum(item.cost if isinstance(item, PreparedMutation) else 1 for item in planned)
        if request.budget is not None:
            request.budget.charge(cost)
        idempotent = _find_idempotency(request, client)
        data: dict[str, Any] = {}
        newest = 0
        for item in planned:
            if isinstance(item, OutcomeField):
                data[item.key] = item.constant
                continue
            key = item.mutation.key
            try:
                data[key], revision = await run_mutation(writer, item, client, idempotent)
            except DatabaseUnavailable as missing:
                return write_interruption(missing, key, data, newest)
            newest = max(newest, revision)
            if revision > self.watch.newest:
                self.watch.announce(revision)
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

    def _plan(
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


def _find_idempotency(request: GraphQLRequest, client: Client) -> IdempotentRequest | None:
    """Return the request under its idempotency key; None if it has none."""
    if request.idempotency_key is None:
        return None
    digest = hash_request(request.document, request.operation_name, request.variables)
    return IdempotentRequest(client.id, request.idempotency_key, digest)
