"""The steps that make a text of a row: functions of a row, and of a text."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from pydantic import AfterValidator

from api.intake.forms.fields import EventRef, TopicRef, check_code, check_slug
from api.intake.forms.special_codecs import ToRecord
from api.intake.profile.data_rows import CellError, as_text
from api.intake.profile.templates import FieldType, Value
from api.text.digits import as_ascii_digits
from api.text.slugs import clean_code, slugify

# A row as templates see it: the item and the cell of `each`, the row's number, the profile's
# values by their order, and the columns that templates name.
Row = list[Any]
ITEM, CELL, NUMBER, VALUES = 0, 1, 2, 3
Evaluate = Callable[[Row], Any]
Step = Callable[[str, Row], str | None]


def guard(read: Evaluate, otherwise: Evaluate | None, fits: Evaluate | None) -> Evaluate:
    """Return a function that reads where a condition fits, and gives another text for None."""

    def evaluate(row: Row) -> Any:
        if fits and not fits(row):
            return None
        made = read(row)
        if made is None and otherwise:
            return otherwise(row) or None
        return made

    return evaluate


def then(read: Evaluate, final: Callable[[str], str | None]) -> Evaluate:
    """Return a function that changes the text that another gives."""
    return lambda row: final(text) if (text := read(row)) else None


def run_steps(steps: Sequence[Step], text: str, row: Row) -> str | None:
    """Return what the steps make of a text; None as soon as one gives None."""
    for step in steps:
        made = step(text, row)
        if made is None:
            return None
        text = made
    return text


def splitter(separators: Sequence[str]) -> Callable[[str], list[str]]:
    """Return a function that cuts a text at these separators into the pieces that are not empty."""
    # Of those that begin alike, the longest counts.
    longest = sorted(separators, key=len, reverse=True)
    cut = re.compile("|".join(map(re.escape, longest))).split
    return lambda text: [piece for part in cut(text) if (piece := part.strip())]


def capitalize_words(text: str) -> str:
    """Return a text with capitals at the beginnings of words."""
    return " ".join(map(str.capitalize, text.split(" ")))


MAX_DIGITS = 100  # of a number, before or after its point


def _compile_number(point: str, groups: str) -> re.Pattern[str]:
    """Return the pattern of numbers with this point, and one of the others between their groups.

    Groups have three digits or, as in India, two before the last three.
    """
    three = rf"(?!0)\d{{1,3}}(?P<of3>[{groups}])(?:\d{{3}}(?P=of3))*\d{{3}}"
    two = rf"(?!0)\d{{1,2}}(?P<of2>[{groups}])(?:\d{{2}}(?P=of2))+\d{{3}}"
    decimals = rf"(?:[{point}٫](?P<decimals>\d*))?(?P<power>[eE][+-]?\d{{1,2}})?"
    return re.compile(rf"(?P<sign>[+\u2212-]?)(?P<whole>{three}|{two}|\d*){decimals}", re.ASCII)


NUMBERS = {
    "": _compile_number(".", "٬"),
    ".": _compile_number(".", ",٬'\u2019 \u2009\u00a0\u202f"),
    ",": _compile_number(",", ".٬'\u2019 \u2009\u00a0\u202f"),
}


def parse_number(text: str, point: str) -> Decimal | None:
    """Return a number with this before its decimals; None if the text is none, or it is not sure.

    Without a point, that is a full stop, and only the Arabic separator stands between groups.
    """
    if point != "," and (number := _parse_plain_number(text)) is not None:
        return number
    if (match := NUMBERS[point].fullmatch(as_ascii_digits(text))) is None:
        return None
    whole, decimals = re.sub(r"\D", "", match["whole"]), match["decimals"] or ""
    if not whole and not decimals:
        return None
    sign = "-" if match["sign"] in {"-", "\u2212"} else ""
    return Decimal(f"{sign}{whole or 0}.{decimals or 0}{match['power'] or ''}")


def _parse_plain_number(text: str) -> Decimal | None:
    """Return a number with digits and a point alone, which takes less time than the pattern."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    # Decimal also reads NaN, Infinity, 1_000 and 1e999999.
    valid = abs(number.adjusted()) < MAX_DIGITS and "_" not in text and number.is_finite()
    return number if valid else None


def write_number(text: str, point: str, decimals: int | None) -> str | None:
    """Return a number with digits and a point alone; None if the text is no such number.

    With `decimals`, it is rounded to at most that number.
    """
    number = parse_number(text, point)
    if number is None:
        return None
    if decimals is not None:
        try:
            number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
        except InvalidOperation:
            return None
    whole = f"{number:f}"
    whole = whole.rstrip("0").rstrip(".") if "." in whole else whole
    return "0" if whole in {"-0", ""} else whole


def explain_number(point: str) -> str:
    """Return what is wrong with a text that is no number with this before its decimals."""
    if point:
        return f'is no number that has "{point}" before its decimals'
    return (
        "is no number with digits and a point alone: say by `point` what stands before the "
        'decimals, such as `point: ","` if 1.234,5 is one thousand and more'
    )


def finder(texts: Mapping[str, str]) -> Callable[[str], str | None]:
    """Return a function that finds a text, or else the longest beginning of it that ends in `*`."""
    exact = {key: found for key, found in texts.items() if not key.endswith("*")}
    begun = {key[:-1]: found for key, found in texts.items() if key.endswith("*")}
    if not begun:
        return exact.get
    longest = max(map(len, begun))

    def find(text: str) -> str | None:
        if (found := exact.get(text)) is not None:
            return found
        for size in range(min(longest, len(text)), -1, -1):
            if (found := begun.get(text[:size])) is not None:
                return found
        return None

    return find


def check_cell(read: Evaluate, texts: Sequence[str]) -> Evaluate:
    """Return a function that tells whether a cell is one of these texts; `01*` is a beginning."""
    exact = frozenset(text for text in texts if not text.endswith("*"))
    begun = tuple(text[:-1] for text in texts if text.endswith("*"))
    if not begun:
        return lambda row: (read(row) or "") in exact

    def check(row: Row) -> bool:
        cell = read(row) or ""
        return cell in exact or (cell != "" and cell.startswith(begun))

    return check


def read_value(slot: int) -> Evaluate:
    """Return a function that reads one of the profile's values, and raises the fault of it."""

    def read(row: Row) -> Any:
        value = row[slot]
        if value.__class__ is CellError:
            raise value
        return value

    return read


def read_item(path: Sequence[str]) -> Evaluate:
    """Return a function that reads the item, or a field of an item that is a JSON object."""
    read = read_items(path)
    return lambda row: as_text(read(row))


def read_items(path: Sequence[str]) -> Evaluate:
    """Return a function that reads the item, or a field of it, as JSON has it."""

    def read(row: Row) -> Any:
        found = row[ITEM]
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    return read


def quote(text: str) -> str:
    """Return a text in quotes, shortened if it is long."""
    shown = text[:60].encode(errors="backslashreplace").decode()  # bytes of another encoding
    return f'"{shown}{"…" if text[60:] else ""}"'


def explain_format(value: Value) -> str:
    """Return what is wrong with a text that is no date of a value's formats."""
    codes = f", with a precision of {', '.join(value.precision.codes)}" if value.precision else ""
    return f"is no date of the format {' or '.join(value.format)}{codes}"


def explain_failure(steps: Sequence[tuple[Step, str]], text: str, row: Row) -> str:
    """Return what is wrong with a text that steps cannot use; empty if that is no error."""
    for step, complaint in steps:
        made = step(text, row)
        if made is None:
            return complaint
        text = made
    return ""


def final_step(target: FieldType | None) -> Callable[[str], str | None] | None:
    """Return what makes a key, a code or a reference of a text; None for other fields."""
    if target is None:
        return None
    checks = {mark.func for mark in target.marks if isinstance(mark, AfterValidator)}
    if check_slug in checks:
        return lambda text: slugify(text) or None
    if check_code in checks:
        return lambda text: clean_code(text) or None
    if target.marks == FieldType(TopicRef).marks:
        return lambda text: _refer(text, clean_code)
    if target.marks == FieldType(EventRef).marks or any(
        isinstance(mark, ToRecord) for mark in target.marks
    ):
        return lambda text: _refer(text, _slugify_parts)
    return None


def _refer(text: str, clean: Callable[[str], str]) -> str:
    kind, _, key = text.partition(":")
    return f"{kind}:{clean(key)}"


def _slugify_parts(key: str) -> str:
    """Return a record's key, which may have its owner's before a point."""
    return ".".join(map(slugify, key.split(".")))


def drop_repeats(items: Sequence[Any]) -> list[Any]:
    """Return the items without those that are equal to an earlier one."""
    kept: list[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
