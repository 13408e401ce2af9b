"""The scopes of a key: the operations that it permits."""

from enum import StrEnum


class KeyScope(StrEnum):
    """One thing that takes a key where access is closed."""

    READ = "read"
    METRICS = "metrics"
