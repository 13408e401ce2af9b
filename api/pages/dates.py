"""Dates in words: known, imprecise, or with parts that are not said."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_datetime, format_skeleton, get_month_names

from api.pages.languages import Language

PARTS = ("edtf", "precision", "earliest", "latest")  # of a date, which its words depend on
PARTIAL = re.compile(r"(?P<year>[\dX]{4})-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?", re.ASCII)


def tell_date(found: Mapping[str, Any], language: Language) -> str:
    """Return a `FuzzyDate` in words: in a June; the year is not said."""
    return _tell_date(*(found[part] for part in PARTS), language)


@lru_cache(10_000)
def _tell_date(
    edtf: str | None, precision: str, earliest: str | None, latest: str | None, language: Language
) -> str:
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


def find_first_day(value: str) -> str:
    """Return the first day of a year (1979) or a month (1979-03)."""
    return f"{value}-01" if "-" in value else f"{value}-01-01"


def find_last_day(value: str) -> str:
    """Return the last day of a year (1979) or a month (1979-03)."""
    if "-" not in value:
        return f"{value}-12-31"
    year, month = map(int, value.split("-"))
    return f"{value}-{monthrange(year, month)[1]}"


def _at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 — shown, never compared
