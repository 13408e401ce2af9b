"""Supplies a plan's parameters with a request's values; the last point at which one is refused."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol

import orjson
from graphql import FieldNode

from api.errors import Refusal
from api.model.kinds import RecordKind
from api.plan.arguments import value_of
from api.plan.cursor import decode_cursor, sign_values
from api.plan.filters import prune
from api.plan.nodes import Plan
from api.plan.sources import (
    MAX_PAGE,
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
from api.text.words import format_patterns, format_phrases, parse_query

Values = dict[str, Any]


class Introspects(Protocol):
    """What answers questions about the schema itself."""

    def introspect(self, nodes: tuple[FieldNode, ...], given: Mapping[str, Any]) -> str:
        """Answer the question that these fields ask under these variables."""


class Request:
    """What a request adds to its operation: variables, as read and as given, and languages."""

    __slots__ = ("given", "languages", "operation", "values", "variables")

    def __init__(
        self,
        variables: Mapping[str, Any],
        languages: tuple[str, ...],
        operation: Introspects | None = None,
        given: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Hold what the request says."""
        self.variables = variables
        self.languages = languages
        self.operation = operation
        self.given = given
        self.values: dict[int, Any] = {}

    def introspect(self, nodes: tuple[FieldNode, ...]) -> str:
        """Answer a question about the schema itself."""
        assert self.operation is not None
        return self.operation.introspect(nodes, self.given)

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


Reader = Callable[[Request], Values]


class Binder:
    """Supplies one plan's parameters; what no variable decides is read once, beforehand."""

    def __init__(self, plan: Plan) -> None:
        """Read the constants of a plan.

        Raises:
            Refusal: one is out of range, or no cursor or id that could be.
        """
        nothing = Request({}, ())
        self.constants: Values = {}
        self.readers: list[Reader] = []
        for source in plan.sources:
            if _is_constant(source):
                self.constants |= _reader(source)(nothing)
            else:
                self.readers.append(_reader(source))

    def bind(self, request: Request) -> Values:
        """Read the value of each parameter.

        Raises:
            Refusal: a value is out of range, or no cursor or id that could be.
        """
        values = self.constants.copy()
        for read in self.readers:
            values.update(read(request))
        return values


def _is_constant(source: Source) -> bool:
    match source:
        case Introspection():
            return False
        case Signature(arguments=arguments):
            return all(argument.node is None for argument in arguments)
        case Position(argument=argument, signature=signature):
            return argument.node is None and _is_constant(signature)
        case Languages(argument=argument):
            return argument is not None and argument.node is None
        case _:
            return source.argument.node is None


def _reader(source: Source) -> Reader:
    """Build what reads a source's values."""
    match source:
        case Position():
            return partial(_position, source)
        case Languages():
            return partial(_languages, source)
        case _:
            name, read = source.parameter.name, _reader_of_one(source)
            return lambda request: {name: read(request)}


def _reader_of_one(source: Single) -> Callable[[Request], Any]:
    match source:
        case Operand():
            return partial(_operand, source)
        case PageSize(_, argument):
            return partial(_page_size, argument)
        case Signature():
            return partial(_signature, source)
        case RecordIds():
            return partial(_record_ids, source)
        case Introspection(_, nodes):
            return lambda request: request.introspect(nodes)


def _operand(source: Operand, request: Request) -> Any:
    operand = request.value(source.argument, source.at)
    for text in operand if isinstance(operand, list) else (operand,):
        _check_text(source.argument, source.at, text)
    return READINGS[source.reading](operand)


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
    Reading.WORDS: parse_query,
    Reading.PHRASES: lambda text: format_phrases(parse_query(text)),
    Reading.PATTERNS: lambda text: format_patterns(parse_query(text)),
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


def _record_ids(source: RecordIds, request: Request) -> str:
    argument = source.argument
    value = request.value(argument, source.at)
    ids: Sequence[str] = value if source.many else [value]
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
