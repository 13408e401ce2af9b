"""Every deliberate error.

MithaqError                 somebody has to be told
├── Refusal                 a request cannot be answered; its code is stable
├── Unanswered              the database gave no answer, in time or at all; its code is stable
├── SettingsError           a setting is wrong
├── DatabaseError           the database is missing, too old or not at head
├── KeyRefused              a key cannot be made or revoked as asked
├── DocumentsRefused        a file of operations is wrong
└── ImportRefused           a file is wrong; nothing of it, or of its batch, was written
"""

from collections.abc import Sequence
from typing import Self


class MithaqError(Exception):
    """Somebody has to be told; the message says what was wrong and what would be right."""


class Refusal(MithaqError):
    """A request that cannot be answered, refused before any SQL is built."""

    def __init__(self, code: str, message: str, path: Sequence[str | int] = ()) -> None:
        """Refuse with a stable code, at the field that this path of response keys leads to."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = tuple(path)


class Unanswered(MithaqError):
    """A request that the database gave no answer to, in time or at all."""

    def __init__(self, code: str, message: str, retry_after: int | None = None) -> None:
        """Say so with a stable code, and after how many seconds to try again, if that may help."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry_after = retry_after


class SettingsError(MithaqError):
    """A setting is wrong."""


class DatabaseError(MithaqError):
    """The database is missing, too old or not at head."""


class KeyRefused(MithaqError):
    """A key cannot be made or revoked as asked."""


class Problem(str):
    """A line that says what is wrong in a file, and what would be right."""

    __slots__ = ("line", "path")

    def __new__(cls, path: object, line: int, text: str) -> Self:
        """Write the line; 0 stands for the whole file."""
        where = f"{path}:{line}" if line else str(path)
        problem = super().__new__(cls, f"{where}: {text}")
        problem.path, problem.line = str(path), line
        return problem

    path: str
    line: int


class DocumentsRefused(MithaqError):
    """Something is wrong with files of operations."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Hold a line for each problem."""
        super().__init__("\n".join(problems))


class ImportRefused(MithaqError):
    """Something is wrong with what was to be imported."""

    def __init__(self, problems: Sequence[Problem], written: str = "") -> None:
        """Hold a line for each problem, in order, and what was written before they were found."""
        self.problems = sorted(set(problems), key=lambda item: (item.path, item.line, item))
        super().__init__("\n".join([*self.problems, written] if written else self.problems))
