"""The summary of an import: the numbers of created, updated, unchanged and deleted records."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """How many records an import created, updated, found unchanged and deleted.

    For JSON Lines also the lines skipped by a bookmark, and the lines put in quarantine.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    aside: int = 0
    deleted: int = 0
    # Warnings about possible duplicates.
    warnings: tuple[str, ...] = ()

    def __add__(self, other: "Summary") -> "Summary":
        """Add up two imports."""
        return Summary(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.skipped + other.skipped,
            self.aside + other.aside,
            self.deleted + other.deleted,
            (*self.warnings, *other.warnings),
        )

    def __str__(self) -> str:
        """Return the summary line that an import prints at its end."""
        counts = f"{self.created} created, {self.updated} updated, {self.unchanged} unchanged"
        deleted = f", {self.deleted} deleted" if self.deleted else ""
        skipped = f"; {self.skipped} lines were imported before" if self.skipped else ""
        aside = f"; {self.aside} lines are set aside" if self.aside else ""
        number = len(self.warnings)
        warnings = f"; {number} warning{'s' if number > 1 else ''}" if number else ""
        return counts + deleted + skipped + aside + warnings
