"""A GraphQL request, apart from the transport that carries it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from api.mutations import Client


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
