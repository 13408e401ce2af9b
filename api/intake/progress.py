"""Steps in, the same steps out, with somebody told how far they are."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import sqlalchemy as sa

T = TypeVar("T")


class Write(Protocol):
    """Runs work in a transaction of its own."""

    def __call__(self, work: Callable[[sa.Connection], T], /) -> T:
        """Run work, and give what it gives."""


class Watch(Protocol):
    """Gives the items of a sequence, and tells somebody how many are done."""

    def __call__(self, items: Sequence[T], doing: str) -> Iterable[T]:
        """Give the items; `doing` is what is done with each."""


# Is told how many bytes of a file are done, and how many it has.
Gauge = Callable[[Path, int, int], None]


def unwatched(items: Sequence[T], doing: str) -> Iterable[T]:
    """Give the items, and tell nobody."""
    del doing
    return items


def ungauged(path: Path, done: int, size: int) -> None:
    """Tell nobody."""
    del path, done, size


class Watching(NamedTuple):
    """Who is told how far an import is: by its steps, and by the bytes of a file."""

    steps: Watch = unwatched
    bytes: Gauge = ungauged
