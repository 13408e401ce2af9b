"""Every deliberate error.

MithaqError                 somebody has to be told
├── Refusal                 a request cannot be answered; its code is stable
├── SettingsError           a setting is wrong
├── DatabaseError           the database is missing, too old or not at head
└── ImportRefused           a dossier is wrong; nothing was written
"""

from collections.abc import Sequence


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


class SettingsError(MithaqError):
    """A setting is wrong."""


class DatabaseError(MithaqError):
    """The database is missing, too old or not at head."""


class ImportRefused(MithaqError):
    """Something is wrong with what was to be imported; nothing was written."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Hold one line for each problem: `file:line: what, and what would be right`."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
