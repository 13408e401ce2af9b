"""Cursors of keyset pagination, opaque to clients; SQL writes them, this module reads them.

A cursor is the signature of its order and, in hex, the row's values of the order's columns,
each ended by a unit separator. Folded texts and keys cannot contain that character.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import blake2s
from typing import Any

import orjson
from sqlalchemy import Boolean, DateTime, Integer

from api import model as m
from api.schema.bindings import Column, Order

SEPARATOR = "\x1f"
SIGNATURE_LENGTH = 8
NUMBER = re.compile(r"[0-9]{1,10}", re.ASCII)
MAX_INTEGER = 2**31 - 1
FLAGS = {"0": False, "1": True}
# Places in the list of all changes that clients may write themselves.
PLACE = re.compile(r"revision:([0-9]{1,10})|change:([0-9]{1,10}):([a-z]+):([^\x00]+)", re.ASCII)
CHANGE_KEY = tuple(m.Change.__table__.primary_key.columns)  # type: ignore[attr-defined]
DAMAGED = "The cursor is damaged: pass one unchanged, as this list returned it."


def sign_order(order: Order) -> str:
    """Return the signature of an order, which its cursors contain."""
    text = ",".join(f"{term.column}{'-' if term.descending else '+'}" for term in order)
    return _digest(text.encode())


def sign_values(signature: str, values: Sequence[Any]) -> str:
    """Return the signature of a list with the values of its filters."""
    return _digest(signature.encode() + orjson.dumps(values, option=orjson.OPT_SORT_KEYS))


def _digest(content: bytes) -> str:
    return blake2s(content, digest_size=SIGNATURE_LENGTH // 2).hexdigest().upper()


def encode_cursor(signature: str, values: tuple[str, ...]) -> str:
    """Return the cursor of a row, equal to the one that the SQL of `api.sql.pages` writes."""
    text = "".join(value + SEPARATOR for value in values)
    return signature + text.encode().hex().upper()


Parser = Callable[[str], str | int | datetime]


def list_parsers(order: Order) -> tuple[Parser, ...]:
    """Return the parsers of an order's cursor values, one a column."""
    return tuple(_parser_of(term.column) for term in order)


def decode_cursor(
    cursor: str, signature: str, parsers: Sequence[Parser]
) -> list[str | int | datetime]:
    """Parse a cursor into the values of its order's columns.

    Raises:
        ValueError: the cursor is damaged, or belongs to another list, order or filter.
    """
    try:
        *values, end = bytes.fromhex(cursor[SIGNATURE_LENGTH:]).decode().split(SEPARATOR)
    except ValueError:
        raise ValueError(DAMAGED) from None
    if cursor[:SIGNATURE_LENGTH] != signature:
        message = (
            "The cursor belongs to another list, order or filter: pass one that this list returned."
        )
        raise ValueError(message)
    if end or len(values) != len(parsers):
        raise ValueError(DAMAGED)
    return [parse(value) for parse, value in zip(parsers, values, strict=True)]


def is_in_commit_order(order: Order) -> bool:
    """Return whether an order is that of the list of all changes."""
    return tuple(term.column for term in order) == CHANGE_KEY


def parse_place(text: str) -> list[str | int] | None:
    """Parse the id of a change, or `revision:<number>`, into a change's key; None for a cursor."""
    found = PLACE.fullmatch(text)
    if found is None:
        return None
    whole, number, kind, key = found.groups()
    if int(whole or number) >= MAX_INTEGER:
        raise ValueError(DAMAGED)
    return [int(whole) + 1, "", ""] if whole else [int(number), kind.upper(), key]


def find_revision(place: Sequence[Any]) -> int:
    """Return the revision at whose end, or at whose change, a place in the list of changes is."""
    number, kind, _ = place
    return int(number if kind else number - 1)


def _parser_of(column: Column) -> Parser:
    match column.type:
        case DateTime():
            return _parse_moment
        case Boolean():
            return _parse_flag
        case Integer():
            return _parse_number
        case _:
            return _parse_text


def _parse_text(value: str) -> str:
    if "\x00" in value:
        raise ValueError(DAMAGED)
    return value


def _parse_flag(value: str) -> bool:
    if value not in FLAGS:
        raise ValueError(DAMAGED)
    return FLAGS[value]


def _parse_number(value: str) -> int:
    if not NUMBER.fullmatch(value) or int(value) > MAX_INTEGER:
        raise ValueError(DAMAGED)
    return int(value)


def _parse_moment(value: str) -> datetime:
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(DAMAGED) from None
