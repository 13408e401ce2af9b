"""Cursors: read as they were written, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import model as m
from api.plan.cursor import decode_cursor, encode_cursor, list_parsers, sign_order
from api.schema.fields import ascending, descending
from api.text.folding import fold

ORDER = (*descending(m.Event.date_desc), *ascending(m.Event.key, m.Event.id))
SIGNATURE = sign_order(ORDER)
PARSERS = list_parsers(ORDER)
NUMBERS = st.integers(0, 999_999_999)


@given(st.text().map(fold), st.text().map(fold), NUMBERS)
def test_a_cursor_is_read_as_it_was_written(date: str, key: str, number: int) -> None:
    cursor = encode_cursor(SIGNATURE, (date, key, str(number)))
    assert decode_cursor(cursor, SIGNATURE, PARSERS) == [date, key, number]


@given(st.text())
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        decode_cursor(text, SIGNATURE, PARSERS)


@given(st.text().map(fold), st.integers(0, 60), st.sampled_from("0123456789ABCDEFx"))
def test_a_changed_cursor_is_refused_or_another_place(key: str, place: int, letter: str) -> None:
    cursor = encode_cursor(SIGNATURE, ("2020", key, "7"))
    changed = cursor[:place] + letter + cursor[place + 1 :]
    try:
        assert len(decode_cursor(changed, SIGNATURE, PARSERS)) == len(ORDER)
    except ValueError as error:
        assert "cursor" in str(error)  # noqa: PT017 — either is right


def test_a_cursor_of_another_order_is_refused() -> None:
    other = sign_order(tuple(reversed(ORDER)))
    with pytest.raises(ValueError, match="another list, order or filter"):
        decode_cursor(encode_cursor(other, ("1", "2", "3")), SIGNATURE, PARSERS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020\x1fkey\x1f7",
        "2020\x1fkey\x1f7\x1fmore",
        "2020\x1fkey\x1f7\x1fmore\x1f",
        "2020\x1fkey\x1f",
        "2020\x1fk\x00y\x1f7\x1f",
        "2020\x1fkey\x1f-7\x1f",
        "2020\x1fkey\x1f٧\x1f",
        "2020\x1fkey\x1f2147483648\x1f",
    ],
)
def test_a_forged_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        decode_cursor(SIGNATURE + text.encode().hex().upper(), SIGNATURE, PARSERS)


@pytest.mark.parametrize("text", ["2", "", "00", "true"])
def test_a_flag_is_zero_or_one(text: str) -> None:
    order = ascending(m.EventLink.inverse)
    signature, parsers = sign_order(order), list_parsers(order)
    for flag in (False, True):
        cursor = encode_cursor(signature, (str(int(flag)),))
        assert decode_cursor(cursor, signature, parsers) == [flag]
    with pytest.raises(ValueError, match="damaged"):
        decode_cursor(encode_cursor(signature, (text,)), signature, parsers)
