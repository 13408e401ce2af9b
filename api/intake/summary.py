"""The summary of an import: the numbers of created, updated, unchanged and deleted records."""

from dataclasses import astuple, dataclass
from operator import add


@dataclass(frozen=True, slots=True)
class Summary:
    """How many records an import created, updated, found unchanged and deleted.

    For JSON Lines also the lines skipped by a bookmark, and the lines put in quarantine.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    skipped: int = 0
    quarantined: int = 0
    # Warnings about possible duplicates.
    warnings: tuple[str, ...] = ()

    def __add__(self, other: "Summary") -> "Summary":
        """Return the summary of two imports."""
        return Summary(*map(add, astuple(self), astuple(other)))

    def __str__(self) -> str:
        """Return the summary line that an import prints at its end."""
        counts = f"{self.created} created, {self.updated} updated, {self.unchanged} unchanged"
        deleted = f", {self.deleted} deleted" if self.deleted else ""
        skipped = f"; {self.skipped} lines were imported before" if self.skipped else ""
        quarantined = (
            f"; {_count(self.quarantined, 'line')} quarantined" if self.quarantined else ""
        )
        warnings = f"; {_count(len(self.warnings), 'warning')}" if self.warnings else ""
        return counts + deleted + skipped + quarantined + warnings


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
