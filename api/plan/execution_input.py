"""What a plan is executed with: a request's variables and languages, a subscription's cursor."""

from collections.abc import Mapping
from typing import Any


class ExecutionInput:
    """What a request gives its plan: variables and languages.

    `text_length` counts the characters of its filters' and searches' texts while they are bound;
    their sum has a limit. `revision` is the latest that a cursor in the list of all changes is of,
    and `path` where the cursor was given.
    """

    __slots__ = ("languages", "path", "revision", "text_length", "variables")

    def __init__(self, variables: Mapping[str, Any], languages: tuple[str, ...]) -> None:
        """Store the request's variables and languages."""
        self.variables = variables
        self.languages = languages
        self.text_length = 0
        self.revision = 0
        self.path: tuple[str, ...] = ()

    def read_after(self, revision: int, path: tuple[str, ...]) -> None:
        """Keep the revision of a cursor after which changes are read, if it is the latest."""
        if revision > self.revision:
            self.revision, self.path = revision, path


class StreamInput(ExecutionInput):
    """The inputs of a subscription: `cursor` is the place up to which it has read.

    If that is None, binding sets it to the argument `after`, or without one to `start`.
    """

    __slots__ = ("cursor", "start")

    def __init__(
        self, variables: Mapping[str, Any], languages: tuple[str, ...], start: str
    ) -> None:
        """Store the request's variables and languages, and where to begin."""
        super().__init__(variables, languages)
        self.start = start
        self.cursor: str | None = None
