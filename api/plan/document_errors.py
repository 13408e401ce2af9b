"""The errors of a document or of its variables, in graphql-core's form."""

import re
from collections.abc import Iterable

from graphql import (
    GraphQLError,
    Node,
)

# Inputs that are plain values in a file, where GraphQL has no union of them, and what to write.
OBJECTS = {"DateInput": '{edtf: "2025-07-26"}', "LocalizedTextInput": '{language: "en", text: "…"}'}
OBJECT = re.compile(rf"(?<=type ')({'|'.join(OBJECTS)})' to be an object")


class DocumentErrors(Exception):
    """A document or operation is invalid; holds all its errors."""

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        """Store the errors, which share a code."""
        super().__init__(code)
        self.code = code
        self.errors = errors


def document_error(code: str, message: str, node: Node | None = None) -> DocumentErrors:
    """Return a DocumentErrors with one error at a place in the document."""
    return DocumentErrors(code, [GraphQLError(message, node)])


def list_errors(errors: Iterable[GraphQLError], most: int) -> list[GraphQLError]:
    """Return the first distinct errors, up to a number; they say what an object looks like."""
    found: dict[str, GraphQLError] = {}
    for error in errors:
        error.message = OBJECT.sub(
            lambda named: f"{named[0]} such as {OBJECTS[named[1]]}", error.message
        )
        found.setdefault(error.message, error)
    return list(found.values())[:most]
