"""Supplies a plan's parameters with a request's values; the last point at which one is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

import orjson
from graphql import FieldNode

from api.errors import Refusal
from api.model.kinds import RecordKind
from api.plan.arguments import reader_of
from api.plan.cursor import decode_cursor, list_parsers, sign_values
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
    Parameter,
    Position,
    Reading,
    RecordIds,
    Search,
    Signature,
    Source,
    Type,
)
from api.text.folding import SEPARATOR, fold
from api.text.language import lookup_chain
from api.text.words import Query, format_patterns, format_phrases, parse_query


class Introspects(Protocol):
    """What answers questions about the schema itself."""

    def introspect(self, nodes: tuple[FieldNode, ...], given: Mapping[str, Any]) -> str:
        """Answer the question that these fields ask under these variables."""


class Placeholders(Protocol):
    """A statement's placeholders: which parameter each stands for, and the values of some."""

    order: tuple[str, ...]
    constants: dict[str, Any]


class Request:
    """What a request adds to its operation: variables, as read and as given, and languages."""

    __slots__ = ("given", "languages", "operation", "variables")

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


# Gives the values of a source's parameters.
Reader = Callable[[Request], Sequence[Any]]


class Binder:
    """Supplies one plan's parameters; what no variable decides is read once, beforehand."""

    def __init__(self, plan: Plan, statement: Placeholders, adapt: Callable[[Any], Any]) -> None:
        """Read the constants of a plan, and find where each value stands in its statement.

        Raises:
            Refusal: one is out of range, or no cursor or id that could be.
        """
        sources = [used for source in plan.sources if (used := _used(source, statement.order))]
        early = [source for source in sources if _is_constant(source)]
        late = [source for source in sources if not _is_constant(source)]
        self.constants = [adapt(value) for value in statement.constants.values()]
        for source in early:
            self.constants += _adapted_reader(source, adapt)(Request({}, ()))
        self.readers = [_adapted_reader(source, adapt) for source in late]
        parameters = (item for source in early + late for item in _parameters_of(source))
        names = [*statement.constants, *(parameter.name for parameter in parameters)]
        places = {name: place for place, name in enumerate(names)}
        self.order = [places[name] for name in statement.order]

    def bind(self, request: Request) -> list[Any]:
        """Read the values that the statement's placeholders stand for.

        Raises:
            Refusal: a value is out of range, or no cursor or id that could be.
        """
        values = self.constants.copy()
        for read in self.readers:
            values += read(request)
        return [values[place] for place in self.order]


def _parameters_of(source: Source) -> tuple[Parameter, ...]:
    match source:
        case Search() | Position() | Languages():
            return source.parameters
        case _:
            return (source.parameter,)


def _used(source: Source, names: Sequence[str]) -> Source | None:
    """Leave out what a statement does not name: the mark of cursors, the patterns of a search."""
    match source:
        case Signature() if source.parameter.name not in names:
            return None
        case Search():
            used = tuple(item for item in source.parameters if item.name in names)
            return replace(source, parameters=used)
        case _:
            return source


def _adapted_reader(source: Source, adapt: Callable[[Any], Any]) -> Reader:
    """Build what reads the values of a source, as the database takes them."""
    read = _reader(source)
    if all(parameter.type in TAKEN for parameter in _parameters_of(source)):
        return read
    return lambda request: [adapt(value) for value in read(request)]


# What every database takes as it is.
TAKEN = (Type.TEXT, Type.INTEGER, Type.BOOLEAN)


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


def _reader(source: Source) -> Reader:  # noqa: PLR0911 — one for each kind of source
    """Build what reads the values of a source."""
    match source:
        case Operand():
            return _read_operand(source)
        case PageSize():
            return _read_size(source)
        case Search():
            return _read_search(source)
        case Signature():
            sign = _signer(source)
            return lambda request: (sign(request),)
        case Position():
            return _read_position(source)
        case Languages():
            return _read_languages(source)
        case RecordIds():
            return _read_ids(source)
        case Introspection(_, nodes):
            return lambda request: (_introspect(nodes, request),)


def _introspect(nodes: tuple[FieldNode, ...], request: Request) -> str:
    assert request.operation is not None
    return request.operation.introspect(nodes, request.given)


# How an operand is read for the database.
READINGS: dict[Reading, Callable[[Any], Any]] = {
    Reading.TEXT: str,
    Reading.LIST: lambda items: [str(item) for item in items],
    Reading.FLAG: bool,
    Reading.FOLDED: fold,
    Reading.FOLDED_START: lambda text: SEPARATOR + fold(text),
}


def _read_operand(source: Operand) -> Reader:
    argument, at = source.argument, source.at
    value_in, convert = reader_of(argument, at), READINGS[source.reading]

    def read(request: Request) -> tuple[Any]:
        operand = value_in(request.variables)
        for text in operand if isinstance(operand, list) else (operand,):
            _check_text(argument, at, text)
        return (convert(operand),)

    return read


def _check_text(argument: Argument, at: At, text: Any) -> None:
    """Let through what a database can hold: no NUL, no half of a surrogate pair."""
    if not isinstance(text, str) or text.isprintable():
        return
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        where = ".".join([argument.name, *map(str, at)])
        message = f"`{where}` has a character that no text can have."
        raise Refusal("BAD_USER_INPUT", message, argument.path)


def _read_size(source: PageSize) -> Reader:
    argument = source.argument
    value_in = reader_of(argument)

    def read(request: Request) -> tuple[int]:
        size = value_in(request.variables)
        if not 0 <= size <= MAX_PAGE:
            raise _refuse_size(argument, size)
        return (size,)

    return read


def _refuse_size(argument: Argument, size: int) -> Refusal:
    if size < 0:
        message = f"`{argument.name}` is {size}: give a number from 0 to {MAX_PAGE}."
        return Refusal("BAD_USER_INPUT", message, argument.path)
    message = (
        f"`{argument.name}` is {size}: a page has {MAX_PAGE} records at most; "
        "walk on with `after` or `before`."
    )
    return Refusal("PAGE_TOO_LARGE", message, argument.path)


# What a search looks for, in the order of its parameters.
LOOKED_FOR: tuple[Callable[[Query], Any], ...] = (
    lambda query: query,
    format_phrases,
    format_patterns,
)


def _read_search(source: Search) -> Reader:
    argument, at = source.argument, source.at
    value_in, forms = reader_of(argument, at), LOOKED_FOR[: len(source.parameters)]

    def read(request: Request) -> list[Any]:
        text = value_in(request.variables)
        _check_text(argument, at, text)
        query = parse_query(text)
        return [form(query) for form in forms]

    return read


def _signer(source: Signature) -> Callable[[Request], str]:
    base, values_in = source.base, [reader_of(argument) for argument in source.arguments]
    if not values_in:
        return lambda _: base
    return lambda request: sign_values(
        base, [prune(value_in(request.variables)) for value_in in values_in]
    )


def _read_position(source: Position) -> Reader:
    argument, parsers = source.argument, list_parsers(source.signature.order)
    value_in, sign = reader_of(argument), _signer(source.signature)

    def read(request: Request) -> Sequence[Any]:
        cursor = value_in(request.variables)
        try:
            return decode_cursor(cursor, sign(request), parsers)
        except ValueError as error:
            message = f"`{argument.name}`: {error}"
            raise Refusal("BAD_CURSOR", message, argument.path) from None

    return read


def _read_languages(source: Languages) -> Reader:
    argument, slots = source.argument, len(source.parameters)
    if argument is None:
        return lambda request: _pad(request.languages, slots)
    value_in = reader_of(argument)

    def read(request: Request) -> Sequence[str]:
        tags = lookup_chain(value_in(request.variables))
        if len(tags) > slots:
            message = f"`lang` lists more languages than {slots}: list the likeliest first."
            raise Refusal("BAD_USER_INPUT", message, argument.path)
        return _pad(tags, slots)

    return read


def _pad(tags: tuple[str, ...], slots: int) -> tuple[str, ...]:
    return tags + tags[-1:] * (slots - len(tags))


def _read_ids(source: RecordIds) -> Reader:
    argument, many = source.argument, source.many
    value_in = reader_of(argument, source.at)

    def read(request: Request) -> tuple[str]:
        value = value_in(request.variables)
        ids: Sequence[str] = value if many else [value]
        if len(ids) > MAX_PAGE:
            message = f"`ids` lists {len(ids)}: {MAX_PAGE} at most; ask in several requests."
            raise Refusal("PAGE_TOO_LARGE", message, argument.path)
        pairs = {f"{place:03}": _parse_id(argument, text) for place, text in enumerate(ids)}
        return (orjson.dumps(pairs).decode(),)

    return read


def _parse_id(argument: Argument, text: str) -> tuple[str, str]:
    _check_text(argument, (), text)
    kind, _, key = text.partition(":")
    if kind.upper() not in RecordKind.__members__ or kind != kind.lower() or not key:
        kinds = ", ".join(item.lower() for item in RecordKind)
        message = f'"{text}" is no id: ids are "<kind>:<key>", the kind one of {kinds}.'
        raise Refusal("BAD_ID", message, argument.path)
    return kind.upper(), key
