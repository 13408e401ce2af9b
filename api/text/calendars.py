"""Dates of the Islamic and Persian calendars, as the days of ours that they are.

`islamic-umalqura` is Saudi Arabia's calendar (1343 to 1500) by the package `hijridate`, `persian`
is Iran's by `persiantools`; `islamic-civil` is the tabular calendar with leap years 2, 5, 7, 10,
13, 16, 18, 21, 24, 26 and 29 of thirty, counted from 16 July 622 of the Julian calendar.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from api.text.dates import VagueDate, parse_edtf
from api.text.folding import fold

Calendar = Literal["islamic-umalqura", "islamic-civil", "persian"]
FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
EPOCH = date(622, 7, 19).toordinal()  # 16 July 622 of the Julian calendar, in ours
LATEST_FOREIGN = 1700  # years before that, beside a foreign month's name, are not ours
MONTHS = """
    محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|ذو القعدة|ذي القعدة|ذو الحجة|ذي الحجة
    muharram|safar|rabi|jumada|rajab|shaban|sha'ban|ramadan|ramadhan|shawwal|dhu al|dhul|dhu'l
    muharrem|safer|rebiülevvel|rebiülahir|cemaziyelevvel|cemaziyelahir|recep|şaban|ramazan|şevval
    zilkade|zilhicce
    فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند
    farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand
"""
NAMES = "|".join(
    re.escape(fold(name)) for name in MONTHS.replace("\n", "|").split("|") if fold(name)
)
NAMED = re.compile(rf"(?<!\w)(?:{NAMES})(?!\w)")


def parse_calendar(text: str, calendar: Calendar) -> VagueDate:
    """Parse a year, month or day of a calendar: YYYY, YYYY-MM or YYYY-MM-DD.

    Returns our day, or the interval of our days.

    Raises:
        ValueError: it is none, or no such day exists.
    """
    match = FORM.fullmatch(text)
    if match is None:
        message = f'"{text}" is no date of a calendar: write YYYY, YYYY-MM or YYYY-MM-DD'
        raise ValueError(message)
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    convert = CALENDARS[calendar]
    try:
        first = convert(year, 1 if month is None else month, 1 if day is None else day)
        last = first if day else _begin_next(convert, year, month) - timedelta(1)
    except (ValueError, OverflowError) as error:
        message = f'"{text}" is no date of the calendar {calendar}: {error}'
        raise ValueError(message) from None
    return parse_edtf(first.isoformat() if day else f"{first.isoformat()}/{last.isoformat()}")


def _begin_next(convert: Callable[[int, int, int], date], year: int, month: int | None) -> date:
    """Find the first day after a month, or after a year."""
    if month in (None, 12):
        return convert(year + 1, 1, 1)
    return convert(year, (month or 0) + 1, 1)


def _convert_umalqura(year: int, month: int, day: int) -> date:
    from hijridate import Hijri

    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


def _convert_persian(year: int, month: int, day: int) -> date:
    from persiantools.jdatetime import JalaliDate

    found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return found


def _convert_civil(year: int, month: int, day: int) -> date:
    leap = (11 * year + 14) % 30 < 11  # noqa: PLR2004 — eleven leap years in thirty
    length = 30 if month % 2 or (month == 12 and leap) else 29  # noqa: PLR2004 — the last month
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= length):  # noqa: PLR2004
        message = f"a month from 1 to 12, and a day from 1 to {length}, are what it has"
        raise ValueError(message)
    before = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(EPOCH + before + day - 1)


CALENDARS: dict[str, Callable[[int, int, int], date]] = {
    "islamic-umalqura": _convert_umalqura,
    "islamic-civil": _convert_civil,
    "persian": _convert_persian,
}


def check_ours(text: str, words: str) -> None:
    """Check that a date is of our calendar, as far as the words beside it tell.

    Raises:
        ValueError: its year is long ago, and the words name a month of another calendar.
    """
    when = parse_edtf(text)
    if (
        when.earliest
        and when.earliest.year < LATEST_FOREIGN
        and (found := NAMED.search(fold(words)))
    ):
        message = (
            f'"{text}" is of our calendar, and "{found[0]}" is a month of another: '
            f"write which by `calendar`, one of {', '.join(CALENDARS)}"
        )
        raise ValueError(message)
