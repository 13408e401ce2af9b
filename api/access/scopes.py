"""What a key lets its holder do."""

from enum import StrEnum


class KeyScope(StrEnum):
    """One thing that takes a key where access is closed."""

    READ = "read"
    METRICS = "metrics"
