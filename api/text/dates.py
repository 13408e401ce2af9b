"""Vague dates: a subset of EDTF (ISO 8601-2) in, its bounds and sort keys out.

The forms: YYYY, YYYY-MM, YYYY-MM-DD; decades (197X); seasons (2020-21 spring to 2020-24 winter:
three months from March, June, September, December); each with `~`, `?` or `%` after it, which
leaves the bounds alone; intervals of two of these, open on one side at most (2020/..); and a month
or day of an unknown year (XXXX-07, XXXX-07-14).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

FORMS = "YYYY, YYYY-MM, YYYY-MM-DD, 197X, 2020-21 (a season), 2019/2020-05, 2020/.., or XXXX-07"
LEAP_YEAR = 2000
SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}
SINGLE = re.compile(r"(\d{3}X|\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
PARTIAL = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?[~?%]?", re.ASCII)


class DatePrecision(StrEnum):
    """How precisely a date is known."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"
    RANGE = "RANGE"
    PARTIAL = "PARTIAL"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class VagueDate:
    """EDTF and its bounds; a known date with one bound missing is open, and unbounded there."""

    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN

    @property
    def known(self) -> bool:
        """Whether it has any bound."""
        return self.earliest is not None or self.latest is not None

    def excludes(self, other: "VagueDate") -> bool:
        """Tell whether no day is in both; a date without bounds excludes nothing."""
        if not (self.known and other.known):
            return False
        return _ends_before(self, other) or _ends_before(other, self)


def _ends_before(first: VagueDate, second: VagueDate) -> bool:
    return (
        first.latest is not None and second.earliest is not None and first.latest < second.earliest
    )


def parse_day(text: str) -> str:
    """Check a calendar date of ISO 8601: `2025-08-13`.

    Raises:
        ValueError: it is none, or no such day exists.
    """
    if not isinstance(text, str) or not DAY.fullmatch(text):
        message = f"{text!r} is no calendar date: write one as ISO 8601 has it, such as 2025-08-13."
        raise ValueError(message)
    try:
        date.fromisoformat(text)
    except ValueError:
        _parse_single(text, text)  # which says what is wrong
    return text


@lru_cache(16384)
def parse_edtf(text: str) -> VagueDate:
    """Read a date.

    Raises:
        ValueError: it is none of the forms, or no such day exists.
    """
    if match := PARTIAL.fullmatch(text):
        month, day = int(match[1]), int(match[2] or 1)
        _check_day(LEAP_YEAR, month, day, text)
        return VagueDate(text, precision=DatePrecision.PARTIAL)
    start, slash, end = text.partition("/")
    if not slash:
        earliest, latest, precision = _parse_single(start, text)
        return VagueDate(text, earliest, latest, precision)
    return _parse_interval(start, end, text)


def _parse_interval(start: str, end: str, text: str) -> VagueDate:
    if start == end == "..":
        message = f'"{text}" is open on both sides: leave the date out if nothing is known.'
        raise ValueError(message)
    earliest = None if start == ".." else _parse_single(start, text)[0]
    latest = None if end == ".." else _parse_single(end, text)[1]
    if earliest and latest and earliest > latest:
        message = f'"{text}" ends before it starts: write the earlier date first.'
        raise ValueError(message)
    return VagueDate(text, earliest, latest, DatePrecision.RANGE)


def _parse_single(text: str, whole: str) -> tuple[date, date, DatePrecision]:
    match = SINGLE.fullmatch(text)
    if match is None or (match[1].endswith("X") and match[2]):
        message = f'"{whole}" is no date: write {FORMS}.'
        raise ValueError(message)
    if match[1].endswith("X"):
        first = _check_year(int(match[1][:3]) * 10 or 1, whole)
        return date(first, 1, 1), date(first // 10 * 10 + 9, 12, 31), DatePrecision.RANGE
    year = _check_year(int(match[1]), whole)
    if match[2] is None:
        return date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR
    month = int(match[2])
    if month in SEASON_STARTS and match[3] is None:
        return *_season(year, SEASON_STARTS[month], whole), DatePrecision.RANGE
    if match[3] is None:
        _check_day(year, month, 1, whole)
        last = monthrange(year, month)[1]
        return date(year, month, 1), date(year, month, last), DatePrecision.MONTH
    _check_day(year, month, int(match[3]), whole)
    return (day := date(year, month, int(match[3]))), day, DatePrecision.DAY


def _season(year: int, month: int, whole: str) -> tuple[date, date]:
    last_month = (month + 1) % 12 + 1
    last_year = _check_year(year + (month + 2 > 12), whole)  # noqa: PLR2004 — months in a year
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _check_year(year: int, whole: str) -> int:
    if not 1 <= year <= 9999:  # noqa: PLR2004 — what calendars here can hold
        message = f'"{whole}" is out of range: years go from 0001 to 9999.'
        raise ValueError(message)
    return year


def _check_day(year: int, month: int, day: int, whole: str) -> None:
    if not 1 <= month <= 12:  # noqa: PLR2004 — months in a year
        message = f'"{whole}" is no date: months go from 01 to 12, seasons from 21 to 24.'
        raise ValueError(message)
    if not 1 <= day <= (last := monthrange(year, month)[1]):
        message = f'"{whole}" is no date: that month has {last} days.'
        raise ValueError(message)


def resolve_anchor(partial: VagueDate, published: VagueDate) -> VagueDate:
    """Give a month or day of an unknown year the year that publication says.

    That is the latest such month or day lying wholly before the day of publication, if it is the
    same for every day that publication can be; otherwise the date stays as it is.
    """
    if partial.edtf is None or partial.precision is not DatePrecision.PARTIAL:
        return partial
    if published.earliest is None or published.latest is None:
        return partial
    first = _latest_before(partial.edtf, published.earliest)
    last = _latest_before(partial.edtf, published.latest)
    return partial if first is None or first != last else first


def _latest_before(partial: str, day: date) -> VagueDate | None:
    for year in range(day.year, max(day.year - 9, 0), -1):
        try:
            candidate = parse_edtf(f"{year:04}{partial[4:]}")
        except ValueError:
            continue  # no 29 February in this year
        if candidate.latest is not None and candidate.latest < day:
            return candidate
    return None


@lru_cache(16384)
def sort_keys(when: VagueDate) -> tuple[str, str]:
    """Write the texts by which dates sort: ascending, and descending.

    By code point they compare as earliest, then latest; an open side is before or after every
    date. What has no bounds comes last both ways: after everything in the ascending key, before
    everything (and so last of a descending walk) in the other.
    """
    if not when.known:
        return "~", ""
    start = when.earliest.isoformat() if when.earliest else "-"
    end = when.latest.isoformat() if when.latest else "~"
    return (key := f"{start}/{end}"), key
