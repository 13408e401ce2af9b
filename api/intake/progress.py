"""Steps in, the same steps out, with somebody told how far they are."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import sqlalchemy as sa

T = TypeVar("T")


class RunTransaction(Protocol):
    """Runs work in a transaction of its own."""

    def __call__(self, work: Callable[[sa.Connection], T], /) -> T:
        """Run work, and give what it gives."""


class StepProgress(Protocol):
    """Gives the items of a sequence, and tells somebody how many are done."""

    def __call__(self, items: Sequence[T], doing: str) -> Iterable[T]:
        """Give the items; `doing` is what is done with each."""


# Is told how many bytes of a file are done, and how many it has.
ByteProgress = Callable[[Path, int, int], None]


def no_steps(items: Sequence[T], doing: str) -> Iterable[T]:
    """Give the items, and tell nobody."""
    del doing
    return items


def no_bytes(path: Path, done: int, size: int) -> None:
    """Tell nobody."""
    del path, done, size


class ProgressCallbacks(NamedTuple):
    """Who is told how far an import is: by its steps, and by the bytes of a file."""

    steps: StepProgress = no_steps
    bytes: ByteProgress = no_bytes
