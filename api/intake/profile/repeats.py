"""Tells of which rows a rule has made its records before."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from api.intake.profile.steps import Row

REMEMBERED = 20_000  # rows whose cells are compared with those of others


class Repeats:
    """Tells whether a rule has made its records of the same cells before.

    Most rows name actors and places that others name; of events, no two rows are alike.
    """

    def __init__(self, slots: Sequence[int]) -> None:
        """Compare these slots of rows."""
        self.pick: Callable[[Row], Any] = itemgetter(*slots) if slots else lambda _: None
        self.seen: set[int] = set()  # hashes of cells, of 64 bits
        self.rows = self.hits = 0

    @property
    def pays(self) -> bool:
        """Whether rows repeat often enough."""
        return self.hits * 4 > self.rows

    def __call__(self, row: Row) -> bool:
        """Return whether a row's cells were seen, and remember them."""
        self.rows += 1
        cells = hash(self.pick(row))
        if cells in self.seen:
            self.hits += 1
            return True
        if len(self.seen) >= REMEMBERED:
            self.seen.clear()
        self.seen.add(cells)
        return False
