"""The errors that Mithaq raises on purpose; each message names the fault and its remedy.

MithaqError
├── OperationError          a GraphQL operation is refused before it runs; `code` is stable
├── RequestError            an HTTP request is refused (api.http.errors)
├── DatabaseUnavailable     the database gave no answer, or not in time; `code` is stable
├── SettingsError           a setting is wrong
├── DatabaseError           the database is missing, too old or not at head, or cannot be written
├── StartError              a worker process cannot start
├── ApiKeyError             a key cannot be made or revoked as asked
├── OperationFileError      a file of persisted operations is wrong
├── ExportError             the export cannot be written
├── OutputError             a file cannot be written
├── FollowError             another Mithaq cannot be followed
├── ReleaseError            a release cannot be made, or is not as it was made
├── BackupError             a backup cannot be made or restored
├── CheckError              the database is not what its records give
├── HistoryError            there is no such revision, or what it held is not known
└── ImportFailure           a file is wrong; nothing of it, or of its batch, was written

`api.plan.document_errors.DocumentErrors` holds all errors of a document, in graphql-core's form.
"""

import traceback
from collections.abc import Sequence
from tempfile import NamedTemporaryFile
from typing import Self

# How what only some need is installed: `pip` is not in the environment that `make` creates.
INSTALL = "pip install {0} or, in a checkout, python3 -m pip --python .venv/bin/python install {0}"
MAX_PLACES = 4  # further places that the line of a repeated problem names


class MithaqError(Exception):
    """The base of errors whose message is for a person: the fault, and its remedy."""


class OperationError(MithaqError):
    """A GraphQL operation that is refused before it runs."""

    def __init__(self, code: str, message: str, path: Sequence[str | int] = ()) -> None:
        """Set a stable code, and the path of response keys to the field that is wrong."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = tuple(path)


class DatabaseUnavailable(MithaqError):
    """The database gave no answer, or not in time."""

    def __init__(self, code: str, message: str, retry_after: int | None = None) -> None:
        """Set a stable code and, if a retry may help, the seconds to wait before it."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry_after = retry_after


class SettingsError(MithaqError):
    """A setting is wrong."""


class DatabaseError(MithaqError):
    """The database is missing, too old or not at head, or cannot be read or written."""

    def __init__(self, message: str, reason: str = "") -> None:
        """Set the message and, where a write may succeed later, the reason as clients are told."""
        super().__init__(message)
        self.reason = reason


class StartError(MithaqError):
    """A worker process cannot start."""


class ApiKeyError(MithaqError):
    """A key cannot be made or revoked as asked."""


class Problem(str):
    """A line that describes one fault in a file or an input, and its remedy.

    `path` is the file's, or leads to the fault within an input: `records.0.meeting.title`.
    """

    __slots__ = ("code", "line", "path", "text")

    def __new__(cls, path: object, line: int, text: str, code: str = "INVALID") -> Self:
        """Write the line; 0 stands for the whole file."""
        where = f"{path}:{line}" if line else str(path)
        problem = super().__new__(cls, f"{where}: {text}")
        problem.path, problem.line, problem.text, problem.code = str(path), line, text, code
        return problem

    path: str
    line: int
    text: str
    code: str


class OperationFileError(MithaqError):
    """Files of operations have errors."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Join the problems, one a line."""
        super().__init__("\n".join(problems))


class ExportError(MithaqError):
    """The export cannot be written."""


class OutputError(MithaqError):
    """A file cannot be written."""


class FollowError(MithaqError):
    """Another Mithaq cannot be followed: it refuses, is not there, or is something else."""


class ReleaseError(MithaqError):
    """A release cannot be made, does not exist, or is not as it was made."""


class BackupError(MithaqError):
    """A backup cannot be made or restored."""


class CheckError(MithaqError):
    """The database is damaged, or differs from what its records give."""


class HistoryError(MithaqError):
    """There is no such revision, or what the database held at its end is not known."""


class ImportFailure(MithaqError):
    """An import is refused because of faults in its files."""

    def __init__(self, problems: Sequence[Problem], more: str = "") -> None:
        """Sort the problems, and say `more`: which part was written before they were found."""
        self.problems = sorted(set(problems), key=lambda item: (item.path, item.line, item))
        lines = group_problems(self.problems)
        super().__init__("\n".join([*lines, more] if more else lines))


def group_problems(problems: Sequence[Problem]) -> list[str]:
    """Return a line per problem; many problems of equal text share one line.

    data.jsonl:4: `kind`: write one of … (so in 8,981 places; the next: 5, 6, 9, …)
    """
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(problem.text, []).append(problem)
    many = {text: found for text, found in alike.items() if len(found) > MAX_PLACES + 1}
    lines = [problem for problem in problems if problem.text not in many]
    return [*lines, *(_join_alike(*found) for found in many.values())]


def _join_alike(first: Problem, *others: Problem) -> str:
    named = [
        str(item.line) if item.path == first.path else item.removesuffix(f": {item.text}")
        for item in others[:MAX_PLACES]
    ]
    count = f"{len(others) + 1:,}"
    return f"{first} (so in {count} places; the next: {', '.join(named)}, …)"


def describe(error: Exception) -> str:
    """Return a sentence about an error; an unexpected one's traceback is written to a file."""
    if isinstance(error, MithaqError):
        return str(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}."
    return f"Mithaq failed with an unexpected error ({error!r}); {_keep_traceback(error)}"


def _keep_traceback(error: Exception) -> str:
    """Write an error's traceback to a temporary file; return a clause that names the file."""
    try:
        with NamedTemporaryFile("w", prefix="mithaq-", suffix=".log", delete=False) as file:
            traceback.print_exception(error, file=file)
    except OSError:
        return "its traceback could not be written to a file."
    return f"its traceback is in {file.name}."
