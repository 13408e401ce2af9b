"""Builds the functions that read and check a parameter's values, by the kind of its source."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from api.errors import OperationError
from api.intake.drafts import Ref
from api.model.kinds import RecordKind
from api.plan.arguments import reader_of
from api.plan.cursor import (
    decode_cursor,
    find_revision,
    is_in_commit_order,
    list_parsers,
    parse_place,
    sign_values,
)
from api.plan.execution_input import ExecutionInput, StreamInput
from api.plan.filters import prune
from api.plan.parameter_sources import (
    Argument,
    ArgumentPath,
    Introspection,
    Languages,
    Operand,
    PageSize,
    ParameterSource,
    Position,
    Reading,
    RecordIds,
    RecordKey,
    Resumption,
    Search,
    Signature,
)
from api.settings import Limits
from api.text.decimals import parse_decimal
from api.text.folding import SEPARATOR, fold, fold_sought
from api.text.language import lookup_chain
from api.text.words import Query, count_words, format_patterns, format_phrases, parse_query

# A function that returns the values of a source's parameters.
Reader = Callable[[ExecutionInput], Sequence[Any]]


def build_reader(source: ParameterSource, limits: Limits) -> Reader:  # noqa: PLR0911 — one for each kind of source
    """Return a function that reads a source's values.

    The function raises an OperationError for a value that is out of range, or is not a valid cursor
    or id.
    """
    match source:
        case Operand():
            return _operand_reader(source, limits)
        case PageSize():
            return _size_reader(source, limits.max_page)
        case Search():
            return _search_reader(source, limits)
        case Signature():
            sign = _signer(source)
            return lambda inputs: (sign(inputs),)
        case Position():
            return _position_reader(source)
        case Languages():
            return _languages_reader(source)
        case RecordIds():
            return _ids_reader(source, limits.max_page)
        case RecordKey(argument=argument):
            id_in = reader_of(argument)
            return lambda inputs: _parse_id(argument, id_in(inputs.variables))
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


def _operand_reader(source: Operand, limits: Limits) -> Reader:
    argument, at = source.argument, source.at
    if source.reading is Reading.LIST:
        return _list_reader(source, limits.max_items)
    if source.reading is Reading.RANGE_START:
        return _range_start_reader(source)
    value_in, convert = reader_of(argument, at), READINGS.get(source.reading, source.canonical)
    folded, most = source.reading in FOLDED, limits.max_text

    def read(inputs: ExecutionInput) -> tuple[Any]:
        operand = value_in(inputs.variables)
        if folded:
            inputs.text_length += len(operand)
            if inputs.text_length > most:
                raise _too_much_text(argument, most)
        _check_text(argument, at, operand)
        try:
            return (convert(operand),)
        except ValueError as error:
            raise _refuse_operand(argument, at, error) from None

    return read


def _range_start_reader(source: Operand) -> Reader:
    value_in = reader_of(source.argument, source.at)

    def read(inputs: ExecutionInput) -> tuple[str]:
        days = value_in(inputs.variables)
        return (days["from"] if days["from"] <= days["to"] else AFTER_ALL_DAYS,)

    return read


def _list_reader(source: Operand, most: int) -> Reader:
    argument, at, canonical = source.argument, source.at, source.canonical
    value_in = reader_of(argument, at)

    def read(inputs: ExecutionInput) -> tuple[list[str]]:
        items = value_in(inputs.variables)
        if len(items) > most:
            message = f"`{_where(argument, at)}` has more than {most:,} values: list fewer."
            raise OperationError("LIST_TOO_LONG", message, argument.path)
        for text in items:
            _check_text(argument, at, text)
        try:
            return ([canonical(item) for item in items],)
        except ValueError as error:
            raise _refuse_operand(argument, at, error) from None

    return read


def _refuse_operand(argument: Argument, at: ArgumentPath, error: ValueError) -> OperationError:
    message = f"`{_where(argument, at)}`: {error}."
    return OperationError("BAD_USER_INPUT", message, argument.path)


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


def _size_reader(source: PageSize, most: int) -> Reader:
    argument = source.argument
    value_in = reader_of(argument)

    def read(inputs: ExecutionInput) -> tuple[int]:
        size = value_in(inputs.variables)
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


def _search_reader(source: Search, limits: Limits) -> Reader:
    argument, at = source.argument, source.at
    value_in, forms = reader_of(argument, at), SEARCH_FORMS[: len(source.parameters)]

    def read(inputs: ExecutionInput) -> list[Any]:
        text = value_in(inputs.variables)
        inputs.text_length += len(text)
        if inputs.text_length > limits.max_text:
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
    return lambda inputs: sign_values(
        base, [prune(value_in(inputs.variables), type_) for value_in, type_ in values]
    )


def _position_reader(source: Position) -> Reader:
    argument, parsers = source.argument, list_parsers(source.signature.order)
    value_in, sign = reader_of(argument), _signer(source.signature)
    places = is_in_commit_order(source.signature.order)

    def decode(cursor: str, inputs: ExecutionInput) -> Sequence[Any]:
        try:
            if places and (place := parse_place(cursor)) is not None:
                return place
            return decode_cursor(cursor, sign(inputs), parsers)
        except ValueError as error:
            message = f"`{argument.name}`: {error}"
            raise OperationError("BAD_CURSOR", message, argument.path) from None

    def read(inputs: ExecutionInput) -> Sequence[Any]:
        return decode(value_in(inputs.variables), inputs)

    def read_after(inputs: ExecutionInput) -> Sequence[Any]:
        place = read(inputs)
        inputs.read_after(find_revision(place), argument.path)
        return place

    def resume(inputs: ExecutionInput) -> Sequence[Any]:
        assert isinstance(inputs, StreamInput)
        if inputs.cursor is None:
            after = value_in(inputs.variables)
            inputs.cursor = inputs.start if after is None else after
        place = decode(inputs.cursor, inputs)
        inputs.read_after(find_revision(place), argument.path)
        return place

    if isinstance(source, Resumption):
        return resume
    return read_after if source.follows else read


def _languages_reader(source: Languages) -> Reader:
    argument, slots = source.argument, len(source.parameters)
    if argument is None:
        return lambda inputs: _pad(inputs.languages, slots)
    value_in = reader_of(argument)

    def read(inputs: ExecutionInput) -> Sequence[str]:
        tags = lookup_chain(value_in(inputs.variables))
        if len(tags) > slots:
            message = f"`lang` has too many languages: list at most {slots}, fallbacks included."
            raise OperationError("BAD_USER_INPUT", message, argument.path)
        return _pad(tags, slots)

    return read


def _pad(tags: tuple[str, ...], slots: int) -> tuple[str, ...]:
    return tags + tags[-1:] * (slots - len(tags))


def _ids_reader(source: RecordIds, most: int) -> Reader:
    argument, many = source.argument, source.many
    value_in = reader_of(argument, source.at)

    def read(inputs: ExecutionInput) -> tuple[str]:
        value = value_in(inputs.variables)
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
    ref = Ref.parse(text)
    if ref is None:
        kinds = ", ".join(item.lower() for item in RecordKind)
        message = f'"{text}" is not an id: write "<kind>:<key>"; the kinds are {kinds}.'
        raise OperationError("BAD_ID", message, argument.path)
    return ref.kind.value, ref.key
