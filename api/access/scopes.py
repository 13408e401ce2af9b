"""The scopes of a key: the operations that it permits."""

from enum import StrEnum


class KeyScope(StrEnum):
    """A permission of an API key."""

    READ = "read"
    WRITE = "write"  # which permits reading too
    METRICS = "metrics"
