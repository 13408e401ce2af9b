"""Requests for pages: what they ask, and the responses with a page's text."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from starlette.types import Receive, Scope

from api.http.errors import RequestError
from api.http.negotiation import ATOM, HTML, choose_page_type
from api.http.requests import MAX_HEADER, Headers
from api.http.responses import Header, Response
from api.pages.addresses import Address
from api.pages.conditions import select_record
from api.pages.languages import LOCALES
from api.pages.links import Asked
from api.pages.questions import NUL, Question

POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    b"img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: tuple[Header, ...] = (
    (b"content-security-policy", POLICY),
    (b"referrer-policy", b"same-origin"),
)
ALLOW: Header = (b"allow", b"GET, HEAD")
WRONG_METHOD = "Pages are read by GET; /graphql answers queries by POST."
MAX_UNKNOWN, MAX_NAME = 8, 40  # unknown fields that are told, and characters that are compared
SIMILAR = 0.8  # as `difflib` measures it: `contry` is like `country`, `utm_source` unlike `source`
NOT_FOUND = "There is no such record."
NOT_UTF8 = "The address's query should be UTF-8 with few fields."


@dataclass(slots=True)
class PageRequest:
    """An HTTP request for a page, and what it asks."""

    scope: Scope
    receive: Receive
    headers: Headers
    asked: Asked
    mark: bytes = b""  # of the newest revision

    @property
    def media_type(self) -> str:
        """What the client wants: HTML, which stands for a page's own type, JSON or JSON-LD."""
        return choose_page_type(self.headers.get(b"accept", b"")[:MAX_HEADER])

    @property
    def by_browser(self) -> bool:
        """Whether errors are shown as pages: only programs do not name HTML."""
        return HTML.encode() in self.headers.get(b"accept", b"") and self.media_type == HTML


def check_method(request: PageRequest) -> None:
    """Check that a page is asked for by GET.

    Raises:
        RequestError: it is not (405).
    """
    if request.scope["method"] not in ("GET", "HEAD"):
        raise RequestError(405, "METHOD_NOT_ALLOWED", WRONG_METHOD, [ALLOW])


def name_record(scope: Scope, page: Address) -> None:
    """Replace the parts of a path that are a record's key by the record's id and its filter.

    Raises:
        RequestError: no record can have the key (404).
    """
    if page.kind is not None:
        key = ".".join(str(scope["path_params"][name]) for name in page.key)
        if NUL in key:
            raise RequestError(404, "NOT_FOUND", NOT_FOUND)
        id_ = f"{page.kind}:{key}"
        scope["path_params"] = {"id": id_, "this": select_record(id_)}


def read_fields(request: PageRequest, question: Question) -> dict[str, Any]:
    """Return the fields that a page's address gives in its path and its query.

    Raises:
        RequestError: the query is not UTF-8 (400).
    """
    try:
        given = question.read_fields(request.asked.query)
    except ValueError:
        raise RequestError(400, "BAD_REQUEST", NOT_UTF8) from None
    named = request.scope.get("path_params", {})
    return given | {
        field.name: field.read([named[field.name]])
        for field in question.fields
        if field.name in named
    }


def check_names(request: PageRequest, question: Question, media_type: str) -> None:
    """Find the fields, languages and repeated values in an address that the page does not use.

    Of a field that takes one value, all values but the last are not used. A page for people names
    what it did not use.

    Raises:
        RequestError: something is not used, and the response is for a program or a feed (400),
            which would take a mistyped filter for one that every record meets.
    """
    asked, named = request.asked, request.scope.get("path_params", {})
    known = {field.name for field in question.fields} - named.keys() | {"lang"}
    if question.name == "releases":
        known.add("page")
    is_told = request.media_type == HTML and media_type != ATOM
    given = asked.list_fields()
    asked.unknown = find_unknown(given, known)
    if asked.unknown and not is_told:
        unknown, fields = ", ".join(map(repr, asked.unknown)), ", ".join(sorted(known))
        message = (
            f"The address has fields that its page does not have: {unknown}; it has: {fields}."
        )
        raise RequestError(400, "UNKNOWN_FIELD", message)
    repeated = {name for name, values in given.items() if len(set(values)) > 1}
    for field in question.fields if repeated else ():
        if field.name in repeated and not field.listed:
            if not is_told:
                message = f"`{field.name}` has several values, of which one is used: give one."
                raise RequestError(400, "BAD_USER_INPUT", message)
            asked.unknown |= dict.fromkeys(f"{field.name}={one}" for one in given[field.name][:-1])
    if "lang" in given and not asked.chosen:
        tag = given["lang"][-1]
        asked.unknown[f"lang={tag}"] = None
        if not is_told:
            message = (
                f'"{tag}" is not a language of the pages: `lang` is one of {", ".join(LOCALES)}.'
            )
            raise RequestError(400, "BAD_USER_INPUT", message)


def find_unknown(names: Iterable[str], known: Collection[str]) -> dict[str, str | None]:
    """Return the names that are not known, each with the known one that it resembles, if any."""
    unknown = [name for name in names if name not in known][:MAX_UNKNOWN]
    return {
        name: next(iter(get_close_matches(name[:MAX_NAME], known, 1, SIMILAR)), None)
        for name in unknown
    }


def write_page(
    status: int, body: bytes, asked: Asked, headers: Sequence[Header], media_type: str = HTML
) -> Response:
    """Return the response with a page's text."""
    language = (b"content-language", asked.language.tag.encode())
    return Response(status, body, media_type, (*HEADERS, language, *headers))
