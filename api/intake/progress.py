"""Progress callbacks of an import: one per step, one per chunk of bytes read."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import sqlalchemy as sa

T = TypeVar("T")


class RunTransaction(Protocol):
    """Runs work in a transaction of its own."""

    def __call__(self, work: Callable[[sa.Connection], T], /) -> T:
        """Run the work in a transaction, and return its result."""


class StepProgress(Protocol):
    """A callback that yields the items of a step, and reports how many are done."""

    def __call__(self, items: Sequence[T], doing: str) -> Iterable[T]:
        """Yield the items; `doing` names the step."""


# Called with the number of bytes read from a file and the file's size.
ByteProgress = Callable[[Path, int, int], None]


def no_steps(items: Sequence[T], doing: str) -> Iterable[T]:
    """Yield the items without reporting."""
    del doing
    return items


def no_bytes(path: Path, done: int, size: int) -> None:
    """Report nothing."""
    del path, done, size


class ProgressCallbacks(NamedTuple):
    """The progress callbacks of an import, for steps and for bytes of a file."""

    steps: StepProgress = no_steps
    bytes: ByteProgress = no_bytes
