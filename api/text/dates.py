"""Vague dates: parses EDTF (ISO 8601-2:2019, the Library of Congress's profile) into bounds.

Supported: Level 0 and Level 1 with years from 0001 to 9999; of Level 2, seasons of a hemisphere (25
to 32), quarters, quadrimesters and halves (33 to 41), sets, qualification of parts, and unspecified
digits at any place. Not supported: times of day, and significant digits (1950S2).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import auto
from functools import lru_cache
from itertools import product

from api.enums import DescribedEnum

FORMS = (
    "YYYY, YYYY-MM, YYYY-MM-DD; X for a digit that is not known (197X, 1985-XX, XXXX-07); "
    "2020-21 (a season: 21 to 24), 2025-33 (a quarter: 33 to 36); "
    "2019/2020-05, 2020/.., 2020/ (an interval); [1904,1906], {1904,1906} (one, all of a set)"
)
YEARS = "years go from 0001 to 9999"
# By codes that take the place of a month (seasons, quarters …): first month, number of months.
SEASONS = {21 + number: (3 + 3 * number, 3) for number in range(4)}
NORTHERN = {25 + number: (3 + 3 * number, 3) for number in range(4)}
SOUTHERN = {29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)}
QUARTERS = {33 + number: (1 + 3 * number, 3) for number in range(4)}
QUADRIMESTERS = {37 + number: (1 + 4 * number, 4) for number in range(3)}
HALVES = {40: (1, 6), 41: (7, 6)}
SPANS = SEASONS | NORTHERN | SOUTHERN | QUARTERS | QUADRIMESTERS | HALVES
MARK = "[~?%]?"  # approximate (~), uncertain (?) or both (%)
SINGLE = re.compile(
    rf"{MARK}([\dX]{{4}}){MARK}(?:-{MARK}([\dX]{{2}}){MARK}(?:-{MARK}([\dX]{{2}}){MARK})?)?",
    re.ASCII,
)
TWICE = re.compile(r"[~?%][\dX]+[~?%]")  # an error: a part has a mark both before and after it
# EDTF that is not supported, with what is wrong.
UNREAD = (
    (re.compile(r"-\d{4}.*|Y-?\d+.*"), f"is out of range: {YEARS}."),
    (
        re.compile(r"\d{4}-\d\d-\d\dT.*"),
        "has a time of day, which no date here has: write the day.",
    ),
    (re.compile(r"\d{4}S\d"), "has significant digits: write X for what is not known, as in 19XX."),
)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
SETS = {"[": "]", "{": "}"}
OPEN, UNKNOWN = "..", ""  # an end of an interval


class DatePrecision(DescribedEnum):
    """The precision of a date."""

    DAY = auto(), "A day."
    MONTH = auto(), "A month."
    YEAR = auto(), "A year."
    RANGE = auto(), "A season, quarter, half, decade, century, interval or set."
    PARTIAL = auto(), "A month, a day of a month, or a season, of an unknown year: XXXX-07."
    UNKNOWN = auto(), "The date is unknown."


@dataclass(frozen=True, slots=True)
class VagueDate:
    """EDTF and its bounds; a known date with one bound missing is unbounded there."""

    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN

    @property
    def known(self) -> bool:
        """Whether the date has a bound."""
        return self.earliest is not None or self.latest is not None

    def excludes(self, other: "VagueDate") -> bool:
        """Return whether no day is in both dates; a date without bounds excludes nothing."""
        if not (self.known and other.known):
            return False
        return self.ends_before(other) or other.ends_before(self)

    def ends_before(self, other: "VagueDate") -> bool:
        """Return whether the last possible day is before the other's first; both are known."""
        if self.latest is None or other.earliest is None:
            return False
        return self.latest < other.earliest


Bounds = tuple[date | None, date | None]


def parse_day(text: str) -> str:
    """Parse a calendar date of ISO 8601: `2025-08-13`.

    Raises:
        ValueError: the text is not a date of this form, or no such day exists.
    """
    if not isinstance(text, str) or not DAY.fullmatch(text):
        message = f"{text!r} is no calendar date: write one as ISO 8601 has it, such as 2025-08-13."
        raise ValueError(message)
    if _read_day(text) is None:
        _parse_single(text, text)  # raises the error of this part
    return text


@lru_cache(16384)
def parse_edtf(text: str) -> VagueDate:
    """Parse an EDTF date.

    Raises:
        ValueError: the text is not a supported EDTF date, or no such day exists.
    """
    if (day := _read_day(text)) is not None:
        return VagueDate(text, day, day, DatePrecision.DAY)
    if text[:1] in SETS and text[-1] == SETS[text[0]]:
        return VagueDate(text, *_parse_set(text), DatePrecision.RANGE)
    start, slash, end = text.partition("/")
    if slash:
        return VagueDate(text, *_parse_interval(start, end, text), DatePrecision.RANGE)
    return _parse_single(text, text)


def _read_day(text: str) -> date | None:
    """Return a day of the calendar, as most dates are, sooner than by the parts of any date."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _parse_interval(start: str, end: str, text: str) -> Bounds:
    """Parse an interval; an open end (`..`) or an unknown end (empty) gives no bound."""
    ends = (OPEN, UNKNOWN)
    if start in ends and end in ends:
        message = f'"{text}" has no end that is known: leave the date out if nothing is known.'
        raise ValueError(message)
    earliest = None if start in ends else _parse_known(start, text).earliest
    latest = None if end in ends else _parse_known(end, text).latest
    if earliest and latest and earliest > latest:
        message = f'"{text}" ends before it starts: write the earlier date first.'
        raise ValueError(message)
    return earliest, latest


def _parse_set(text: str) -> Bounds:
    """Parse a set: its bounds are the earliest day and the latest day of its members."""
    members = [_parse_member(member, text) for member in text[1:-1].split(",")]
    earliest, latest = zip(*members, strict=True)
    return (
        None if None in earliest else min(filter(None, earliest)),
        None if None in latest else max(filter(None, latest)),
    )


def _parse_member(member: str, text: str) -> Bounds:
    start, dots, end = member.partition(OPEN)
    if dots:
        return _parse_interval(start, end, text)
    when = _parse_known(member, text)
    return when.earliest, when.latest


def _parse_known(text: str, whole: str) -> VagueDate:
    """Parse a date that has bounds."""
    when = _parse_single(text, whole)
    if not when.known:
        message = f'"{whole}" is no date: an end of it has no year.'
        raise ValueError(message)
    return when


def _parse_single(text: str, whole: str) -> VagueDate:
    match = SINGLE.fullmatch(text)
    if match is None or TWICE.search(text):
        found = (reason for form, reason in UNREAD if form.fullmatch(text))
        message = f'"{whole}" {next(found, f"is no date: write {FORMS}.")}'
        raise ValueError(message)
    year, month, day = match.groups()
    span = SPANS.get(int(month)) if month and "X" not in month and day is None else None
    if year == "XXXX":
        return _parse_partial(month, day, text, whole, known=span is not None)
    if span:
        return VagueDate(text, *_bound_span(year, *span, whole), DatePrecision.RANGE)
    first, last = (_find_day(year, month, day, whole, last=last) for last in (False, True))
    return VagueDate(text, first, last, _measure(year, month, day))


def _parse_partial(
    month: str | None, day: str | None, text: str, whole: str, *, known: bool
) -> VagueDate:
    """Parse a season, month or day of an unknown year; February has 29 days."""
    if month is None or "X" in month:
        message = f'"{whole}" has no year and no month: leave the date out if nothing is known.'
        raise ValueError(message)
    if not known:
        _find_day("2000", month, day, whole, last=False)
    return VagueDate(text, precision=DatePrecision.PARTIAL)


def _bound_span(year: str, month: int, months: int, whole: str) -> tuple[date, date]:
    """Return the bounds of a number of months; winter ends in the next year."""
    first, last = (_list_years(year, whole, last=last)[0] for last in (False, True))
    years, ending = divmod(month + months - 2, 12)
    last_year = _check_year(last + years, whole)
    return date(first, month, 1), date(last_year, ending + 1, monthrange(last_year, ending + 1)[1])


def _find_day(year: str, month: str | None, day: str | None, whole: str, *, last: bool) -> date:
    """Return the first or last day that matches digits, some of which are unspecified."""
    for each in _list_years(year, whole, last=last):
        for number in _fit(month or "XX", 12, last=last):
            for found in _fit(day or "XX", monthrange(each, number)[1], last=last):
                return date(each, number, found)
    if month and not _fit(month, 12, last=last):
        message = (
            f'"{whole}" is no date: months go from 01 to 12, seasons and others from 21 to 41.'
        )
        raise ValueError(message)
    message = f'"{whole}" is no date: that month has no such day.'
    raise ValueError(message)


def _list_years(year: str, whole: str, *, last: bool) -> list[int]:
    years = _fit(year, 9999, last=last)
    _check_year(years[0] if years else 0, whole)
    return years


def _fit(digits: str, most: int, *, last: bool) -> list[int]:
    """List the numbers from 1 that digits fit, from the first or from the last."""
    places = ("0123456789" if digit == "X" else digit for digit in digits)
    numbers = map(int, map("".join, product(*places)))
    fitting = [number for number in numbers if 1 <= number <= most]
    return fitting[::-1] if last else fitting


def _measure(year: str, month: str | None, day: str | None) -> DatePrecision:
    """Return the precision of digits: `1985-04-XX` has the precision of `1985-04`."""
    parts = [part for part in (year, month, day) if part]
    while parts[-1] == "XX":
        parts.pop()
    if any("X" in part for part in parts):
        return DatePrecision.RANGE
    return (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(parts) - 1]


def _check_year(year: int, whole: str) -> int:
    if not 1 <= year <= 9999:  # noqa: PLR2004 — the years that `datetime.date` supports
        message = f'"{whole}" is out of range: {YEARS}.'
        raise ValueError(message)
    return year


@lru_cache(16384)
def sort_keys(when: VagueDate) -> tuple[str, str]:
    """Return the texts by which dates sort: ascending, and descending.

    Compared by code point, they sort by the earliest day, then by the latest; an open side sorts
    before or after every day. Dates without bounds come last in both directions: their ascending
    key sorts after all others, their descending key before all others.
    """
    if not when.known:
        return "~", ""
    start = when.earliest.isoformat() if when.earliest else "-"
    end = when.latest.isoformat() if when.latest else "~"
    return (key := f"{start}/{end}"), key
