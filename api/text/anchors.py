"""Dates relative to the day of publication: months without a year, «last Tuesday», «today»."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from api.text.calendars import Calendar, find_greatest_year, parse_calendar
from api.text.dates import DatePrecision, VagueDate, parse_edtf

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
APART = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
STEPS = {"last": -1, "this": 0, "next": 1}
UNITS = ("week", "month", "year", *WEEKDAYS, *MONTHS)
# The relative dates; weeks are those of ISO 8601, from Monday to Sunday.
RELATIVES = (*APART, *(f"{way} {unit}" for way in STEPS for unit in UNITS))


def check_relative(text: str) -> str:
    """Return the text if it is one of RELATIVES.

    Raises:
        ValueError: it is none of them.
    """
    if text not in RELATIVES:
        message = (
            f'"{text}" is none of {", ".join(APART)}, nor last, this or next before week, month, '
            "year, a weekday or a month, as in `last tuesday`"
        )
        raise ValueError(message)
    return text


def resolve_anchor(anchored: str, published: VagueDate) -> VagueDate:
    """Resolve an expression that depends on the day of publication.

    That is one of RELATIVES; EDTF of an unknown year, `XXXX-07`; or such a date of another calendar
    after its name, `islamic-umalqura XXXX-09`. A part of an unknown year is the latest such one
    that lies wholly before the day of publication. It is resolved if it is the same for every day
    that publication can be; otherwise it has no bounds, and no EDTF but its own.
    """
    resolve = _resolve_relative if anchored in RELATIVES else _find_latest_before
    unresolved = VagueDate() if " " in anchored or anchored in APART else parse_edtf(anchored)
    if published.earliest is None or published.latest is None:
        return unresolved
    first, last = resolve(anchored, published.earliest), resolve(anchored, published.latest)
    return unresolved if first is None or first != last else first


def _find_latest_before(anchored: str, day: date) -> VagueDate | None:
    name, _, partial = anchored.rpartition(" ")
    calendar = cast("Calendar", name or "gregorian")
    greatest = find_greatest_year(calendar, day)
    for year in range(greatest, max(greatest - 10, 0), -1):
        try:
            candidate = parse_calendar(partial.replace("XXXX", f"{year:04}", 1), calendar)
        except ValueError:
            continue  # no 29 February in this year
        if candidate.latest is not None and candidate.latest < day:
            return candidate
    return None


def _resolve_relative(relative: str, day: date) -> VagueDate | None:
    try:
        return parse_edtf(_write_relative(relative, day))
    except (ValueError, OverflowError):
        return None  # beyond the years that there are


def _write_relative(relative: str, day: date) -> str:
    if relative in APART:
        return (day + timedelta(APART[relative])).isoformat()
    way, _, unit = relative.partition(" ")
    step = STEPS[way]
    match unit:
        case "week":
            monday = day + timedelta(7 * step - day.weekday())
            return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
        case "month":
            year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
            return f"{year:04}-{month + 1:02}"
        case "year":
            return f"{day.year + step:04}"
        case _ if unit in WEEKDAYS:
            apart, weeks = _count(WEEKDAYS, unit, day.weekday(), step)
            return (day + timedelta(apart + 7 * weeks)).isoformat()
        case _:
            apart, years = _count(MONTHS, unit, day.month - 1, step)
            return f"{day.year + years:04}-{day.month + apart:02}"


def _count(names: Sequence[str], name: str, here: int, step: int) -> tuple[int, int]:
    """Return the distance from the current name to a name, and the cycles to add to it.

    The last one is the nearest before, the next one the nearest after, this one of the same round.
    """
    apart = names.index(name) - here
    return apart, step if step < 0 <= apart or step > 0 >= apart else 0


def check_partial(text: str, calendar: Calendar) -> None:
    """Check a month or day of an unknown year of another calendar.

    Raises:
        ValueError: no year of this age has it.
    """
    years = range(1400, 1433)
    problems = []
    for year in years:
        try:
            parse_calendar(text.replace("XXXX", f"{year}", 1), calendar)
        except ValueError as error:
            problems.append(str(error).replace(f"{year}", "XXXX", 1))
    if len(problems) == len(years) or "-" not in text:
        message = problems[0] if problems else f'"{text}" has no year and no month: leave it out'
        raise ValueError(message)


def is_partial(text: str) -> bool:
    """Return whether EDTF is a part of an unknown year."""
    return parse_edtf(text).precision is DatePrecision.PARTIAL
