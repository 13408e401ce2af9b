"""Reads dates in stated formats, and writes them as EDTF with the precision that they have."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from api.text.digits import as_ascii_digits

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
# A format's fields, longest first, and the characters that each takes.
FIELDS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MMMM": f"(?P<name>{'|'.join(MONTHS)})",
    "MMM": f"(?P<name>{'|'.join(month[:3] for month in MONTHS)})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
    "*": ".*",
}
TOKEN = re.compile("|".join(map(re.escape, FIELDS)))
# Two digits of a year: 69 is 1969, 68 is 2068, as POSIX has it.
PIVOT = 69
PRECISIONS = ("day", "about", "range", "month", "year")


class Day(NamedTuple):
    """A date to the day, month or year."""

    year: int
    month: int | None
    day: int | None

    def __str__(self) -> str:
        """Return the date in EDTF."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in self[1:] if part is not None)]
        return "-".join(parts)


def compile_format(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a date format.

    Raises:
        ValueError: the format has no year, or a field twice.
    """
    parts = []
    end = 0
    for token in TOKEN.finditer(pattern):
        parts += [re.escape(pattern[end : token.start()]), FIELDS[token[0]]]
        end = token.end()
    parts.append(re.escape(pattern[end:]))
    try:
        compiled = re.compile("".join(parts), re.ASCII | re.IGNORECASE | re.DOTALL)
    except re.error:
        message = f'"{pattern}" has a field twice: write a date format such as DD/MM/YYYY'
        raise ValueError(message) from None
    names = compiled.groupindex
    if not ({"year", "short"} & names.keys()) or (
        "day" in names and not {"month", "name"} & names.keys()
    ):
        message = f'"{pattern}" is no date format: write one with YYYY, MM, DD, such as DD/MM/YYYY'
        raise ValueError(message)
    return compiled


def parse_day(text: str, formats: Sequence[re.Pattern[str]]) -> Day | None:
    """Return a date by the first format that fits; None if none does, or there is no such day.

    Digits may be of any script.
    """
    text = as_ascii_digits(text)
    for pattern in formats:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            day = Day(_read_year(found), _read_month(found), _read_number(found.get("day")))
            return day if _exists(day) else None
    return None


def _read_number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _read_year(found: dict[str, str]) -> int:
    if "year" in found:
        return int(found["year"])
    short = int(found["short"])
    return short + (1900 if short >= PIVOT else 2000)


def _read_month(found: dict[str, str]) -> int | None:
    if name := found.get("name"):
        return next(
            number for number, month in enumerate(MONTHS, 1) if month[:3] == name[:3].lower()
        )
    return _read_number(found.get("month"))


def _exists(day: Day) -> bool:
    try:
        date(day.year, day.month or 1, day.day or 1)
    except ValueError:
        return False
    return True


def write_edtf(first: Day, last: Day | None, precision: str | None) -> str:
    """Return the EDTF of a date, which may have a last day, at a precision that a column tells.

    Without a precision, two days are an interval, which lasts from the first to the last. With
    `range`, `month` and `year` they are bounds: it was one of these days, of which a whole month
    or year is written as such.
    """
    if last is None or last == first:
        return _narrow(first, precision)
    if precision is None or precision == "day":
        return f"{first}/{last}"
    if precision == "about":
        return f"{first}~/{last}~"
    for whole in (first._replace(day=None), Day(first.year, None, None)):
        if _bound(first, last) == _bound(whole, whole):
            return str(whole)
    return f"[{first}..{last}]"


def _bound(first: Day, last: Day) -> tuple[date, date]:
    """Return the first day of one date and the last day of another."""
    month = last.month or 12
    day = last.day or monthrange(last.year, month)[1]
    return date(first.year, first.month or 1, first.day or 1), date(last.year, month, day)


def _narrow(day: Day, precision: str | None) -> str:
    """Return the EDTF of one day, at no more than a precision."""
    if precision == "year":
        return str(Day(day.year, None, None))
    if precision == "month":
        return str(Day(day.year, day.month, None))
    return f"{day}~" if precision == "about" else str(day)
