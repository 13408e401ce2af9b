"""Rate limits by token buckets: requests take points, which are refilled at a constant rate."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from time import monotonic_ns

from api.errors import DatabaseUnavailable, OperationError

MAX_CLIENTS = 100_000
EVICTION_CANDIDATES = 8
NANO = 1_000_000_000


class Buckets:
    """The clients' token buckets: `size` points at most, refilled by `rate` per second.

    A bucket is stored as one number: the time at which it is full again. The unit of time is
    1 / `rate` nanoseconds, in which 1e-9 points are refilled: all arithmetic is on integers, and
    `Retry-After` is exact.
    """

    def __init__(
        self, size: int, rate: int, clock: Callable[[], int] = monotonic_ns, most: int = MAX_CLIENTS
    ) -> None:
        """Start with full buckets, `most` clients at most; the clock counts nanoseconds."""
        self.size = size
        self.rate = rate
        self.clock = clock
        self.most = most
        self.full_at: OrderedDict[str, int] = OrderedDict()

    def take(self, client: str, cost: int) -> None:
        """Take points from a client's bucket; take none if it holds too few.

        Raises:
            OperationError: a full bucket has fewer points (COST_TOO_HIGH).
            DatabaseUnavailable: the bucket has fewer points now; `retry_after` is the seconds
                until it has enough (THROTTLED).
        """
        if cost > self.size:
            raise OperationError("COST_TOO_HIGH", self._too_much(cost))
        now = self.clock() * self.rate
        full_at = max(self.full_at.get(client, now), now) + cost * NANO
        missing = full_at - now - self.size * NANO
        if missing > 0:
            seconds = -(-missing // (self.rate * NANO))
            raise DatabaseUnavailable("THROTTLED", self._too_soon(cost, seconds), seconds)
        self.full_at[client] = full_at
        self.full_at.move_to_end(client)
        if len(self.full_at) > self.most:
            self._evict_one()

    def available(self, client: str) -> int:
        """Return the points in a client's bucket."""
        now = self.clock() * self.rate
        return self.size - -(-max(0, self.full_at.get(client, now) - now) // NANO)

    def _evict_one(self) -> None:
        """Evict the least recently used full bucket, which loses no state."""
        oldest = islice(self.full_at, EVICTION_CANDIDATES)
        del self.full_at[min(oldest, key=self.full_at.__getitem__)]

    def _too_much(self, cost: int) -> str:
        return (
            f"The operation costs {cost:,} points; the rate limit allows {self.size:,} points at "
            "once: ask for fewer records, with `first` or `last`, or in several requests."
        )

    def _too_soon(self, cost: int, seconds: int) -> str:
        return (
            f"The operation costs {cost:,} points, more than the rate limit has left: retry in "
            f"{seconds} {'second' if seconds == 1 else 'seconds'}. "
            f"{self.rate:,} points are restored per second."
        )


@dataclass(slots=True)
class Budget:
    """The budget of one request: its client's token bucket, and the points it has taken."""

    buckets: Buckets
    client: str
    charged: int = 0

    def charge(self, cost: int) -> None:
        """Take the cost of the request from the bucket, less the points charged before.

        Raises:
            OperationError: the cost exceeds the size of a bucket (COST_TOO_HIGH).
            DatabaseUnavailable: the bucket has too few points at present (THROTTLED).
        """
        if cost > self.charged:
            self.buckets.take(self.client, cost - self.charged)
            self.charged = cost

    def status(self) -> dict[str, int]:
        """Return the bucket's size, its current points and its refill rate per second."""
        return {
            "maximumAvailable": self.buckets.size,
            "currentlyAvailable": self.buckets.available(self.client),
            "restoreRate": self.buckets.rate,
        }
