"""Supplies a plan's parameters with a request's values; the last point at which one is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import FieldNode

from api.errors import Refusal
from api.model.kinds import RecordKind
from api.plan.arguments import value_of
from api.plan.cursor import decode_cursor, sign_values
from api.plan.filters import prune
from api.plan.nodes import Plan
from api.plan.sources import (
    Argument,
    At,
    Introspection,
    Languages,
    Operand,
    PageSize,
    Position,
    Reading,
    RecordIds,
    Signature,
    Single,
    Source,
)
from api.text.folding import SEPARATOR, fold
from api.text.language import lookup_chain

MAX_PAGE = 500
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What a request adds to its document: variables, languages, and a way to introspect."""

    variables: Mapping[str, Any]
    languages: tuple[str, ...]
    introspect: Callable[[tuple[FieldNode, ...]], str]
    values: dict[int, Any] = field(default_factory=dict)

    def value(self, argument: Argument, at: At = ()) -> Any:
        """Read an argument's value, or one within it; each argument is read once."""
        if argument.node is None:
            value = argument.constant
        else:
            key = id(argument.node)
            if key not in self.values:
                self.values[key] = value_of(argument, self.variables)
            value = self.values[key]
        for step in at:
            value = value[step]
        return value


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
        case Position():
            return _position(source, request)
        case Languages():
            return _languages(source, request)
        case _:
            return {source.parameter.name: _read_one(source, request)}


def _read_one(source: Single, request: Request) -> Any:
    match source:
        case Operand(_, argument, at, reading):
            operand = request.value(argument, at)
            for text in operand if isinstance(operand, list) else [operand]:
                _check_text(argument, at, text)
            return READINGS[reading](operand)
        case PageSize(_, argument):
            return _page_size(argument, request)
        case Signature():
            return _signature(source, request)
        case RecordIds(_, argument, many, at):
            ids = request.value(argument, at)
            return _record_ids(argument, ids if many else [ids])
        case Introspection(_, nodes):
            return request.introspect(nodes)


def _check_text(argument: Argument, at: At, text: Any) -> None:
    """Let through what a database can hold: no NUL, no half of a surrogate pair."""
    if not isinstance(text, str) or (text.isascii() and "\x00" not in text):
        return
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        where = ".".join([argument.name, *map(str, at)])
        message = f"`{where}` has a character that no text can have."
        raise Refusal("BAD_USER_INPUT", message, argument.path)


# How an operand is read for the database.
READINGS: dict[Reading, Callable[[Any], Any]] = {
    Reading.TEXT: str,
    Reading.LIST: lambda items: [str(item) for item in items],
    Reading.FLAG: bool,
    Reading.FOLDED: fold,
    Reading.FOLDED_START: lambda text: SEPARATOR + fold(text),
}


def _page_size(argument: Argument, request: Request) -> int:
    size = int(request.value(argument))
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


def _signature(source: Signature, request: Request) -> str:
    if not source.arguments:
        return source.base
    return sign_values(source.base, [prune(request.value(item)) for item in source.arguments])


def _position(source: Position, request: Request) -> Values:
    cursor = request.value(source.argument)
    signature = _signature(source.signature, request)
    try:
        values = decode_cursor(cursor, signature, source.signature.order)
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
        tags = lookup_chain(request.value(source.argument))
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
    _check_text(argument, (), text)
    kind, _, key = text.partition(":")
    if kind.upper() not in RecordKind.__members__ or kind != kind.lower() or not key:
        kinds = ", ".join(item.lower() for item in RecordKind)
        message = f'"{text}" is no id: ids are "<kind>:<key>", the kind one of {kinds}.'
        raise Refusal("BAD_ID", message, argument.path)
    return kind.upper(), key
