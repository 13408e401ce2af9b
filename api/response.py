"""The answer to a GraphQL request, as the JSON that every transport sends: data, or errors."""

from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError

from api.errors import DatabaseUnavailable, OperationError
from api.plan.document_errors import DocumentErrors
from api.request import Budget

MAX_MESSAGE = 500
# The errors by which a request is refused; all others are faults of the server.
REFUSALS = (DocumentErrors, OperationError, GraphQLError, DatabaseUnavailable)


@dataclass(slots=True)
class Answer:
    """The response's JSON: its data, or errors with the `code` of why there is no data."""

    json: bytes
    code: str | None = None
    retry_after: int | None = None
    cost: int | None = None
    revision: int = 0  # of a mutation: an answer that contains it contains what was written
    cursor: str | None = None  # of an event: a subscription that starts after it misses none


def format_cost(requested: int, actual: int, budget: Budget | None) -> bytes:
    """Return the `extensions` member with the requested and the actual cost of an answer."""
    members = {
        "requestedQueryCost": requested,
        "actualQueryCost": actual,
        "throttleStatus": None if budget is None else budget.status(),
    }
    return b',"extensions":{"cost":%b}' % orjson.dumps(members)


def write_refusal(error: Exception) -> Answer:
    """Return the answer to a request that was refused by an error."""
    match error:
        case DocumentErrors():
            return write_errors(error.errors, error.code)
        case OperationError():
            return write_errors([GraphQLError(error.message, path=list(error.path))], error.code)
        case DatabaseUnavailable():
            return write_errors([GraphQLError(error.message)], error.code, error.retry_after)
        case GraphQLError():  # the variable of an @skip or @include is null
            return write_errors([error], "BAD_USER_INPUT")
    raise error


def write_interruption(
    error: DatabaseUnavailable, key: str, written: dict[str, Any], revision: int
) -> Answer:
    """Return the answer to a mutation of which the root field `key` could not be written.

    Root fields are not nullable, so that `data` is null. The payloads of the fields before it,
    which are written up to the `revision`, are in the error's extensions.
    """
    failed = GraphQLError(error.message, path=[key], extensions={"written": written})
    answer = write_errors([failed], error.code, error.retry_after, data=None)
    answer.revision = revision
    return answer


def write_errors(
    errors: list[GraphQLError], code: str, retry_after: int | None = None, **members: None
) -> Answer:
    """Return the answer with these errors, each with a code, and further members."""
    written = []
    for error in errors:
        item: dict[str, Any] = {**error.formatted, "message": shorten(error.message)}
        item["extensions"] = {"code": code} | (error.extensions or {})
        written.append(item)
    return Answer(orjson.dumps({"errors": written} | members), code, retry_after)


def shorten(message: str) -> str:
    """Truncate a long message, and replace lone surrogates, which UTF-8 cannot encode."""
    cut = message if len(message) <= MAX_MESSAGE else message[: MAX_MESSAGE - 1] + "…"
    return cut.encode(errors="replace").decode()
