"""Supplies a plan's parameters with a request's values; the last point at which one is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import FieldNode

from api.errors import Refusal
from api.model.kinds import RecordKind
from api.plan.arguments import value_of
from api.plan.cursor import decode_cursor
from api.plan.nodes import Plan
from api.plan.sources import (
    Argument,
    Given,
    Introspection,
    Languages,
    PageSize,
    Position,
    RecordIds,
    Source,
)
from api.text.language import lookup_chain

MAX_PAGE = 500
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What a request adds to its document: variables, languages, and a way to introspect."""

    variables: Mapping[str, Any]
    languages: tuple[str, ...]
    introspect: Callable[[tuple[FieldNode, ...]], str]


def bind(plan: Plan, request: Request) -> Values:
    """Read the value of each of the plan's parameters.

    Raises:
        Refusal: a value is out of range, or no cursor or id that could be.
    """
    values: Values = {}
    for source in plan.sources:
        values.update(_read(source, request))
    return values


def _read(source: Source, request: Request) -> Values:
    match source:
        case Given(parameter, argument):
            return {parameter.name: _text(argument, value_of(argument, request.variables))}
        case PageSize(parameter, argument):
            return {parameter.name: _page_size(argument, request)}
        case Position():
            return _position(source, request)
        case Languages():
            return _languages(source, request)
        case RecordIds(parameter, argument, many):
            ids = value_of(argument, request.variables)
            return {parameter.name: _record_ids(argument, ids if many else [ids])}
        case Introspection(parameter, nodes):
            return {parameter.name: request.introspect(nodes)}


def _text(argument: Argument, text: str) -> str:
    """Let through what a database can hold: no NUL, no half of a surrogate pair."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        message = f"`{argument.name}` has a character that no text can have."
        raise Refusal("BAD_USER_INPUT", message, argument.path)
    return text


def _page_size(argument: Argument, request: Request) -> int:
    size = int(value_of(argument, request.variables))
    if size < 0:
        message = f"`{argument.name}` is {size}: give a number from 0 to {MAX_PAGE}."
        raise Refusal("BAD_USER_INPUT", message, argument.path)
    if size > MAX_PAGE:
        message = (
            f"`{argument.name}` is {size}: a page has {MAX_PAGE} records at most; "
            "walk on with `after` or `before`."
        )
        raise Refusal("PAGE_TOO_LARGE", message, argument.path)
    return size


def _position(source: Position, request: Request) -> Values:
    cursor = value_of(source.argument, request.variables)
    try:
        values = decode_cursor(cursor, source.signature, source.order)
    except ValueError as error:
        raise Refusal(
            "BAD_CURSOR", f"`{source.argument.name}`: {error}", source.argument.path
        ) from None
    return {item.name: value for item, value in zip(source.parameters, values, strict=True)}


def _languages(source: Languages, request: Request) -> Values:
    slots = len(source.parameters)
    if source.argument is None:
        tags: Sequence[str] = request.languages
    else:
        tags = lookup_chain(value_of(source.argument, request.variables))
        if len(tags) > slots:
            message = f"`lang` lists more languages than {slots}: list the likeliest first."
            raise Refusal("BAD_USER_INPUT", message, source.argument.path)
    padded = [*tags, *[tags[-1]] * (slots - len(tags))]
    return {item.name: tag for item, tag in zip(source.parameters, padded, strict=True)}


def _record_ids(argument: Argument, ids: Sequence[str]) -> str:
    if len(ids) > MAX_PAGE:
        message = f"`ids` lists {len(ids)}: {MAX_PAGE} at most; ask in several requests."
        raise Refusal("PAGE_TOO_LARGE", message, argument.path)
    pairs = {f"{place:03}": _parse_id(argument, text) for place, text in enumerate(ids)}
    return orjson.dumps(pairs).decode()


def _parse_id(argument: Argument, text: str) -> tuple[str, str]:
    kind, _, key = _text(argument, text).partition(":")
    if kind.upper() not in RecordKind.__members__ or kind != kind.lower() or not key:
        kinds = ", ".join(item.lower() for item in RecordKind)
        message = f'"{text}" is no id: ids are "<kind>:<key>", the kind one of {kinds}.'
        raise Refusal("BAD_ID", message, argument.path)
    return kind.upper(), key
