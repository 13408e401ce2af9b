"""Binds a plan's parameters to a request's values; the last step that can refuse a request."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import orjson

from api.errors import OperationError
from api.model.kinds import RecordKind
from api.plan.arguments import reader_of
from api.plan.cursor import (
    decode_cursor,
    is_in_commit_order,
    list_parsers,
    parse_place,
    sign_values,
)
from api.plan.filters import prune
from api.plan.nodes import Plan
from api.plan.parameter_sources import (
    Argument,
    ArgumentPath,
    Introspection,
    Languages,
    Operand,
    PageSize,
    Parameter,
    ParameterSource,
    Position,
    Reading,
    RecordIds,
    RecordKey,
    Resumption,
    Search,
    Signature,
    Type,
)
from api.settings import Limits
from api.text.decimals import parse_decimal
from api.text.folding import SEPARATOR, fold, fold_sought
from api.text.language import lookup_chain
from api.text.words import Query, count_words, format_patterns, format_phrases, parse_query


class Placeholders(Protocol):
    """A statement's placeholders: which parameter each stands for, and the values of some."""

    order: tuple[str, ...]
    constants: dict[str, Any]


class ExecutionInput:
    """What a request gives its plan: variables and languages.

    `text_length` counts the characters of its filters' and searches' texts while they are bound;
    their sum has a limit.
    """

    __slots__ = ("languages", "text_length", "variables")

    def __init__(self, variables: Mapping[str, Any], languages: tuple[str, ...]) -> None:
        """Store the request's variables and languages."""
        self.variables = variables
        self.languages = languages
        self.text_length = 0


class StreamInput(ExecutionInput):
    """The inputs of a subscription: `cursor` is the place up to which it has read.

    If that is None, binding sets it to the argument `after`, or without one to `start`. `revision`
    is that of the change after which it reads.
    """

    __slots__ = ("cursor", "revision", "start")

    def __init__(
        self, variables: Mapping[str, Any], languages: tuple[str, ...], start: str
    ) -> None:
        """Store the request's variables and languages, and where to begin."""
        super().__init__(variables, languages)
        self.start = start
        self.cursor: str | None = None
        self.revision = 0


# A function that returns the values of a source's parameters.
Reader = Callable[[ExecutionInput], Sequence[Any]]


class Binder:
    """Binds a plan's parameters; those without variables are read once, when it is built."""

    def __init__(
        self,
        plan: Plan,
        statement: Placeholders,
        adapt: Callable[[Any], Any],
        limits: Limits,
    ) -> None:
        """Read the constants of a plan, and map its parameters to the statement's placeholders.

        Raises:
            OperationError: a constant is out of range, or is not a valid cursor or id.
        """
        named = frozenset(statement.order)
        sources = [used for source in plan.sources if (used := _used(source, named))]
        early = [source for source in sources if _is_constant(source)]
        late = [source for source in sources if not _is_constant(source)]
        self.constants = [adapt(value) for value in statement.constants.values()]
        for source in early:
            self.constants += _adapted_reader(source, adapt, limits)(ExecutionInput({}, ()))
        self.readers = [_adapted_reader(source, adapt, limits) for source in late]
        parameters = (item for source in early + late for item in _parameters_of(source))
        names = [*statement.constants, *(parameter.name for parameter in parameters)]
        places = {name: place for place, name in enumerate(names)}
        self.order = [places[name] for name in statement.order]

    def bind(self, request: ExecutionInput) -> list[Any]:
        """Return the values of the statement's placeholders.

        Raises:
            OperationError: a value is out of range, or is not a valid cursor or id.
        """
        values = self.constants.copy()
        for read in self.readers:
            values += read(request)
        return [values[place] for place in self.order]


def _parameters_of(source: ParameterSource) -> tuple[Parameter, ...]:
    match source:
        case Search() | Position() | Languages() | RecordKey():
            return source.parameters
        case _:
            return (source.parameter,)


def _used(source: ParameterSource, names: frozenset[str]) -> ParameterSource | None:
    """Drop the parameters that a statement does not use, such as a search's patterns."""
    match source:
        case Signature() if source.parameter.name not in names:
            return None
        case Search():
            used = tuple(item for item in source.parameters if item.name in names)
            return replace(source, parameters=used)
        case _:
            return source


def _adapted_reader(source: ParameterSource, adapt: Callable[[Any], Any], limits: Limits) -> Reader:
    """Return a function that reads a source's values and converts them for the database."""
    read = _reader(source, limits)
    if all(parameter.type in NATIVE_TYPES for parameter in _parameters_of(source)):
        return read
    return lambda request: [adapt(value) for value in read(request)]


# Types that need no conversion for any driver.
NATIVE_TYPES = (Type.TEXT, Type.INTEGER, Type.LONG, Type.BOOLEAN)


def _is_constant(source: ParameterSource) -> bool:
    match source:
        case Introspection():
            return True
        case Signature(arguments=arguments):
            return all(argument.node is None for argument in arguments)
        case Resumption():
            return False
        case Position(argument=argument, signature=signature):
            return argument.node is None and _is_constant(signature)
        case Languages(argument=argument):
            return argument is not None and argument.node is None
        case _:
            return source.argument.node is None


def _reader(source: ParameterSource, limits: Limits) -> Reader:  # noqa: PLR0911 — one for each kind of source
    """Return a function that reads a source's values."""
    match source:
        case Operand():
            return _read_operand(source, limits)
        case PageSize():
            return _read_size(source, limits.max_page)
        case Search():
            return _read_search(source, limits)
        case Signature():
            sign = _signer(source)
            return lambda request: (sign(request),)
        case Position():
            return _read_position(source)
        case Languages():
            return _read_languages(source)
        case RecordIds():
            return _read_ids(source, limits.max_page)
        case RecordKey(argument=argument):
            id_in = reader_of(argument)
            return lambda request: _parse_id(argument, id_in(request.variables))
        case Introspection(_, json):
            return lambda _: (json,)


# Greater than every sort key of a date, including the key of an unknown date.
AFTER_ALL_DAYS = "~~"
# Readings that fold a text, in time that grows with its length.
FOLDED = (Reading.FOLDED, Reading.FOLDED_START, Reading.SPELLED)
# How an operand that is neither a list nor an exact text is converted for the database.
READINGS: dict[Reading, Callable[[Any], Any]] = {
    Reading.FLAG: bool,
    Reading.NUMBER: int,
    Reading.DECIMAL: parse_decimal,
    Reading.FOLDED: fold,
    Reading.SPELLED: fold_sought,
    Reading.FOLDED_START: lambda text: SEPARATOR + fold(text),
}


def _read_operand(source: Operand, limits: Limits) -> Reader:
    argument, at = source.argument, source.at
    if source.reading is Reading.LIST:
        return _read_list(source, limits.max_items)
    if source.reading is Reading.RANGE_START:
        return _read_range_start(source)
    value_in, convert = reader_of(argument, at), READINGS.get(source.reading, source.canonical)
    folded, most = source.reading in FOLDED, limits.max_text

    def read(request: ExecutionInput) -> tuple[Any]:
        operand = value_in(request.variables)
        if folded:
            request.text_length += len(operand)
            if request.text_length > most:
                raise _too_much_text(argument, most)
        _check_text(argument, at, operand)
        return (convert(operand),)

    return read


def _read_range_start(source: Operand) -> Reader:
    value_in = reader_of(source.argument, source.at)

    def read(request: ExecutionInput) -> tuple[str]:
        days = value_in(request.variables)
        return (days["from"] if days["from"] <= days["to"] else AFTER_ALL_DAYS,)

    return read


def _read_list(source: Operand, most: int) -> Reader:
    argument, at, canonical = source.argument, source.at, source.canonical
    value_in = reader_of(argument, at)

    def read(request: ExecutionInput) -> tuple[list[str]]:
        items = value_in(request.variables)
        if len(items) > most:
            message = f"`{_where(argument, at)}` has more than {most:,} values: list fewer."
            raise OperationError("LIST_TOO_LONG", message, argument.path)
        for text in items:
            _check_text(argument, at, text)
        return ([canonical(item) for item in items],)

    return read


def _too_much_text(argument: Argument, most: int) -> OperationError:
    message = f"The operation's filters and searches have more than {most:,} characters: use fewer."
    return OperationError("TEXT_TOO_LONG", message, argument.path)


def _where(argument: Argument, at: ArgumentPath) -> str:
    return ".".join([argument.name, *map(str, at)])


def _check_text(argument: Argument, at: ArgumentPath, text: Any) -> None:
    """Raise an error for a text that databases cannot store: with NUL or a lone surrogate."""
    if not isinstance(text, str) or text.isprintable():
        return
    if "\x00" in text or not _is_encodable(text):
        message = f"`{_where(argument, at)}` has a NUL or half a surrogate pair: remove it."
        raise OperationError("BAD_USER_INPUT", message, argument.path)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_size(source: PageSize, most: int) -> Reader:
    argument = source.argument
    value_in = reader_of(argument)

    def read(request: ExecutionInput) -> tuple[int]:
        size = value_in(request.variables)
        if not 0 <= size <= most:
            raise _refuse_size(argument, size, most)
        return (size,)

    return read


def _refuse_size(argument: Argument, size: int, most: int) -> OperationError:
    if size < 0:
        message = f"`{argument.name}` is {size}: give a number from 0 to {most}."
        return OperationError("BAD_USER_INPUT", message, argument.path)
    message = (
        f"`{argument.name}` is {size}: a page has at most {most} records; "
        "get the next with `after` or `before`."
    )
    return OperationError("PAGE_TOO_LARGE", message, argument.path)


# The values of a search, in the order of its parameters.
SEARCH_FORMS: tuple[Callable[[Query], Any], ...] = (
    lambda query: query,
    format_phrases,
    format_patterns,
)


def _read_search(source: Search, limits: Limits) -> Reader:
    argument, at = source.argument, source.at
    value_in, forms = reader_of(argument, at), SEARCH_FORMS[: len(source.parameters)]

    def read(request: ExecutionInput) -> list[Any]:
        text = value_in(request.variables)
        request.text_length += len(text)
        if request.text_length > limits.max_text:
            raise _too_much_text(argument, limits.max_text)
        if count_words(text) > limits.max_words:
            message = (
                f"`{_where(argument, at)}` has more than {limits.max_words:,} words: use fewer."
            )
            raise OperationError("TOO_MANY_WORDS", message, argument.path)
        _check_text(argument, at, text)
        query = parse_query(text)
        return [form(query) for form in forms]

    return read


def _signer(source: Signature) -> Callable[[ExecutionInput], str]:
    base = source.base
    values = [(reader_of(argument), argument.type) for argument in source.arguments]
    if not values:
        return lambda _: base
    return lambda request: sign_values(
        base, [prune(value_in(request.variables), type_) for value_in, type_ in values]
    )


def _read_position(source: Position) -> Reader:
    argument, parsers = source.argument, list_parsers(source.signature.order)
    value_in, sign = reader_of(argument), _signer(source.signature)
    places = is_in_commit_order(source.signature.order)

    def decode(cursor: str, request: ExecutionInput) -> Sequence[Any]:
        try:
            if places and (place := parse_place(cursor)) is not None:
                return place
            return decode_cursor(cursor, sign(request), parsers)
        except ValueError as error:
            message = f"`{argument.name}`: {error}"
            raise OperationError("BAD_CURSOR", message, argument.path) from None

    def read(request: ExecutionInput) -> Sequence[Any]:
        return decode(value_in(request.variables), request)

    def resume(request: ExecutionInput) -> Sequence[Any]:
        assert isinstance(request, StreamInput)
        if request.cursor is None:
            after = value_in(request.variables)
            request.cursor = request.start if after is None else after
        place = decode(request.cursor, request)
        request.revision = place[0]
        return place

    return resume if isinstance(source, Resumption) else read


def _read_languages(source: Languages) -> Reader:
    argument, slots = source.argument, len(source.parameters)
    if argument is None:
        return lambda request: _pad(request.languages, slots)
    value_in = reader_of(argument)

    def read(request: ExecutionInput) -> Sequence[str]:
        tags = lookup_chain(value_in(request.variables))
        if len(tags) > slots:
            message = f"`lang` has too many languages: list at most {slots}, fallbacks included."
            raise OperationError("BAD_USER_INPUT", message, argument.path)
        return _pad(tags, slots)

    return read


def _pad(tags: tuple[str, ...], slots: int) -> tuple[str, ...]:
    return tags + tags[-1:] * (slots - len(tags))


def _read_ids(source: RecordIds, most: int) -> Reader:
    argument, many = source.argument, source.many
    value_in = reader_of(argument, source.at)

    def read(request: ExecutionInput) -> tuple[str]:
        value = value_in(request.variables)
        ids: Sequence[str] = value if many else [value]
        if len(ids) > most:
            message = (
                f"`ids` has {len(ids)} ids: list at most {most}, in several requests if need be."
            )
            raise OperationError("PAGE_TOO_LARGE", message, argument.path)
        pairs = {f"{place:03}": _parse_id(argument, text) for place, text in enumerate(ids)}
        return (orjson.dumps(pairs).decode(),)

    return read


def _parse_id(argument: Argument, text: str) -> tuple[str, str]:
    _check_text(argument, (), text)
    kind, _, key = text.partition(":")
    if kind.upper() not in RecordKind.__members__ or kind != kind.lower() or not key:
        kinds = ", ".join(item.lower() for item in RecordKind)
        message = f'"{text}" is not an id: write "<kind>:<key>"; the kinds are {kinds}.'
        raise OperationError("BAD_ID", message, argument.path)
    return kind.upper(), key
