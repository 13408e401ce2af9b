"""Dates in words: known, imprecise, or with parts that are not said."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from babel.dates import format_date, format_datetime, format_skeleton, get_month_names

from api.pages.languages import Language
from api.text.digits import as_ascii_digits

# The parts of a date which its words depend on.
DateParts = tuple[str | None, str, str | None, str | None]
read_parts: Callable[[Mapping[str, Any]], DateParts] = itemgetter(
    "edtf", "precision", "earliest", "latest"
)
PERIOD = re.compile(r"(\d{4})(?:[-./](\d{1,2}))?(?:[-./](\d{1,2}))?", re.ASCII)
PRECISIONS = {4: "YEAR", 7: "MONTH", 10: "DAY"}  # of a period, by its length
PARTIAL = re.compile(r"(?P<year>[\dX]{4})-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?", re.ASCII)


def tell_date(found: Mapping[str, Any], language: Language) -> str:
    """Return a `FuzzyDate` in words: in a June; the year is not said."""
    return tell_parts(read_parts(found), language)


@lru_cache(10_000)
def tell_parts(parts: DateParts, language: Language) -> str:
    """Return a date of these parts in words."""
    edtf, precision, earliest, latest = parts
    translate = language.messages.gettext
    first = date.fromisoformat(earliest) if earliest else None
    last = date.fromisoformat(latest) if latest else None
    match precision:
        case "DAY" if first:
            words = format_date(first, "long", language.locale)
        case "MONTH" if first:
            words = str(format_skeleton("yMMMM", _at_noon(first), locale=language.locale))
        case "YEAR" if first:
            words = f"{first.year}"
        case "RANGE" if first or last:
            words = _tell_range(first, last, language)
        case "PARTIAL" if edtf:
            words = _tell_partial(edtf, language)
        case _:
            words = edtf or translate("date not stated")
    if edtf and edtf[-1] in "?~%":
        return translate("%(date)s, not certain") % {"date": words}
    return words


def _tell_range(first: date | None, last: date | None, language: Language) -> str:
    translate = language.messages.gettext
    start, end = (day and format_date(day, "long", language.locale) for day in (first, last))
    if start and end:
        return translate("between %(first)s and %(last)s") % {"first": start, "last": end}
    if start:
        return translate("on or after %(first)s") % {"first": start}
    return translate("on or before %(last)s") % {"last": end}


def _tell_partial(edtf: str, language: Language) -> str:
    translate = language.messages.gettext
    match = PARTIAL.match(edtf)
    month = match["month"] if match else "XX"
    if match is None or month not in {f"{number:02}" for number in range(1, 13)}:
        return edtf
    name = get_month_names("wide", "stand-alone", language.locale)[int(month)]
    day = match["day"]
    if day and day != "XX":
        words = f"{int(day)} {name}"
        return translate("on a %(day)s; the year is not stated") % {"day": words}
    return translate("in a %(month)s; the year is not stated") % {"month": name}


def tell_time(text: str, language: Language) -> str:
    """Return a time of the server in words. Its zone is named: it is not the reader's."""
    time = format_datetime(datetime.fromisoformat(text), "medium", locale=language.locale)
    return f"{time} UTC"


def read_period(text: str) -> str | None:
    """Return a year, a month or a day as ISO 8601 writes it: 1979, 1979-03; None if it is none."""
    match = PERIOD.fullmatch(as_ascii_digits(text.strip()))
    if match is None:
        return None
    year, month, day = (part and int(part) for part in match.groups())
    try:
        date(int(year or 0), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return f"{year:04}" + "".join(f"-{part:02}" for part in (month, day) if part is not None)


def tell_period(value: str, language: Language) -> str:
    """Return a year, a month or a day in words."""
    found = {"edtf": None, "earliest": find_first_day(value), "latest": None}
    return tell_date(found | {"precision": PRECISIONS[len(value)]}, language)


def find_first_day(value: str) -> str:
    """Return the first day of a year (1979), a month (1979-03) or a day."""
    return value + "-01-01"[len(value) - 4 :]


def find_last_day(value: str) -> str:
    """Return the last day of a year (1979), a month (1979-03) or a day."""
    if PRECISIONS[len(value)] == "MONTH":
        year, month = map(int, value.split("-"))
        return f"{value}-{monthrange(year, month)[1]}"
    return value + "-12-31"[len(value) - 4 :]


def _at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 — shown, never compared
