"""Rate limits by token buckets: requests take points, which are refilled at a constant rate."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from time import monotonic_ns

from api.errors import DatabaseUnavailable, OperationError

MOST = 100_000
LOOKED_AT = 8
NANO = 1_000_000_000


class Buckets:
    """The clients' token buckets: `size` points at most, refilled by `rate` per second.

    A bucket is one number: the time at which it is full again. Times are counted in units in
    which 1e-9 points are refilled, so that all arithmetic is on integers
    and `Retry-After` is exact.
    """

    def __init__(
        self, size: int, rate: int, clock: Callable[[], int] = monotonic_ns, most: int = MOST
    ) -> None:
        """Start with full buckets; the clock counts nanoseconds."""
        self.size = size
        self.rate = rate
        self.clock = clock
        self.most = most
        self.full_at: OrderedDict[str, int] = OrderedDict()

    def take(self, client: str, cost: int) -> None:
        """Take points from a client's bucket; take none if it holds too few.

        Raises:
            OperationError: no bucket holds so many.
            DatabaseUnavailable: this one will, in so many seconds.
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
            self._forget_one()

    def available(self, client: str) -> int:
        """Return the points in a client's bucket."""
        now = self.clock() * self.rate
        return self.size - -(-max(0, self.full_at.get(client, now) - now) // NANO)

    def _forget_one(self) -> None:
        """Evict the least recently used full bucket, which loses no state."""
        oldest = islice(self.full_at, LOOKED_AT)
        del self.full_at[min(oldest, key=self.full_at.__getitem__)]

    def _too_much(self, cost: int) -> str:
        return (
            f"This costs {cost:,}, and nobody has more than {self.size:,} points at once: ask for "
            "fewer records, with `first` or `last`, or in several requests."
        )

    def _too_soon(self, cost: int, seconds: int) -> str:
        return (
            f"This costs {cost:,} points, and so many are not left: ask again in {seconds} "
            f"{'second' if seconds == 1 else 'seconds'}, {self.rate:,} points come back in each."
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """The rate limit of one client: a token bucket of cost points."""

    buckets: Buckets
    client: str

    def take(self, cost: int) -> None:
        """Take the cost of an operation from the bucket, all or nothing.

        Raises:
            OperationError: it is more than anybody has.
            DatabaseUnavailable: it is more than is left now, `THROTTLED`.
        """
        self.buckets.take(self.client, cost)

    def status(self) -> dict[str, int]:
        """Return the bucket's size, its current points and its refill rate per second."""
        return {
            "maximumAvailable": self.buckets.size,
            "currentlyAvailable": self.buckets.available(self.client),
            "restoreRate": self.buckets.rate,
        }
