"""Converts dates of the Islamic and Persian calendars to the Gregorian calendar.

`islamic-umalqura` is Saudi Arabia's calendar (1343 to 1500) by the package `hijridate`, `persian`
is Iran's by `persiantools`; `islamic-civil` is the tabular calendar with leap years 2, 5, 7, 10,
13, 16, 18, 21, 24, 26 and 29 of thirty, counted from 16 July 622 of the Julian calendar.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from api.text.dates import OPEN, UNKNOWN, DatePrecision, VagueDate, parse_edtf
from api.text.folding import fold

Calendar = Literal["gregorian", "islamic-umalqura", "islamic-civil", "persian"]
Convert = Callable[[int, int, int], date]
FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
EPOCH = date(622, 7, 19).toordinal()  # 16 July 622 of the Julian calendar, in ours
LATEST_FOREIGN = 1700  # years before that, beside a foreign month's name, are not ours
# Months as Arabic, English, Turkish and Persian write them: a space is any gap or none, and a star
# any letters.
MONTHS = """
    محرم|صفر|ربيع الأول|ربيع الثاني|ربيع الآخر|رجب|شعبان|رمضان|شوال|ذيقعده|ذيحجه
    جمادى الأولى|جمادى الأول|جمادى الثانية|جمادى الثاني|جمادى الآخرة|جمادى الآخر
    ذو القعدة|ذي القعدة|ذو الحجة|ذي الحجة
    muharram|safar|rabi i|rabi ii|rabi al*|rabi ul*|rabi u*|jumada*|jumadi*|rajab|sha ban|sha aban
    ramadan|ramadhan|shawwal|dhu al*|dhu l*|zul hij*|zul qa*
    muharrem|safer|rebi*|cemazi*|recep|şaban|ramazan|şevval|zi l ka*|zi l hic*
    فروردین|اردیبهشت|خرداد|تیر|مرداد|امرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند
    farvardin|ordibehesht|khordad|tir|mordad|amordad|shahrivar|mehr|aban|azar|dey|bahman|esfand
    ferverdin|ordibeheşt|hordad|murdad|şehriver|mihr|azer|behmen|isfend
"""
GAP = "[\\W\u02bc\u02be\u02bf]*"  # a transliterated ayn or hamza is no word's end
NAMES = "|".join(
    GAP.join(map(fold, name.removesuffix("*").split())) + r"\w*" * name.endswith("*")
    for name in MONTHS.replace("\n", "|").split("|")
    if name.strip()
)
NAMED = re.compile(rf"(?<!\w)[وفبكل]?((?:{NAMES}))(?!\w)")


def parse_calendar(text: str, calendar: Calendar) -> VagueDate:
    """Parse a date of a calendar: YYYY, YYYY-MM or YYYY-MM-DD, or an interval of two of these.

    Returns the Gregorian day or interval of days in EDTF; marks (`~`, `?`, `%`) are kept.

    Raises:
        ValueError: it is none, or no such day exists.
    """
    if calendar == "gregorian":
        return parse_edtf(text)
    start, slash, end = text.partition("/")
    earliest, _ = _find_bounds(start, calendar)
    _, latest = _find_bounds(end if slash else start, calendar)
    single = earliest == latest and not slash
    return parse_edtf(earliest if single else f"{earliest}/{latest}")


def _find_bounds(text: str, calendar: Calendar) -> tuple[str, str]:
    """Find the first and the last day of a date; an end without a day is both."""
    if text in (OPEN, UNKNOWN):
        return text, text
    match = FORM.fullmatch(text)
    if match is None:
        message = f'"{text}" is no date of a calendar: write YYYY, YYYY-MM or YYYY-MM-DD'
        raise ValueError(message)
    year, month, day = (int(part or 0) for part in match.groups()[:3])
    convert = CALENDARS[calendar]
    try:
        first = convert(year, month if match[2] else 1, day if match[3] else 1)
        last = first if match[3] else _find_last(convert, year, month if match[2] else 12)
    except (ValueError, OverflowError) as error:
        message = f'"{text}" is no date of the calendar {calendar}: {error}'
        raise ValueError(message) from None
    return f"{first.isoformat()}{match[4]}", f"{last.isoformat()}{match[4]}"


def _find_last(convert: Convert, year: int, month: int) -> date:
    """Find the last day of a month."""
    for day in (31, 30):
        try:
            return convert(year, month, day)
        except ValueError:
            continue
    return convert(year, month, 29)


def find_greatest_year(calendar: Calendar, day: date) -> int:
    """Return the year of a calendar that contains a Gregorian day, or the next year."""
    match calendar:
        case "gregorian":
            return day.year
        case "persian":
            return day.year - 621
        case _:
            return (day.year - 621) * 33 // 32 + 1  # 33 of its years are 32 of ours


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


CALENDARS: dict[str, Convert] = {
    "islamic-umalqura": _convert_umalqura,
    "islamic-civil": _convert_civil,
    "persian": _convert_persian,
}


def find_foreign_month(text: str, words: str) -> str | None:
    """Return the Islamic or Persian month named in the words of a date given as Gregorian.

    Returns None if there is no such month, or if the date's year is certainly Gregorian.
    """
    when = parse_edtf(text)
    bound = when.earliest or when.latest
    doubtful = bound.year < LATEST_FOREIGN if bound else when.precision is DatePrecision.PARTIAL
    found = NAMED.search(fold(words)) if doubtful else None
    return found and found[1]
