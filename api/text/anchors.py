"""Dates that hang on the day of publication: months without a year, «last Tuesday», «today»."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, get_args

from api.text.dates import DatePrecision, VagueDate, parse_edtf

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# What may be said of publication; weeks are those of ISO 8601, from Monday to Sunday.
Relative = Literal[
    "today",
    "yesterday",
    "tomorrow",
    "last week",
    "this week",
    "next week",
    "last month",
    "this month",
    "next month",
    "last year",
    "this year",
    "next year",
    "last monday",
    "last tuesday",
    "last wednesday",
    "last thursday",
    "last friday",
    "last saturday",
    "last sunday",
    "this monday",
    "this tuesday",
    "this wednesday",
    "this thursday",
    "this friday",
    "this saturday",
    "this sunday",
    "next monday",
    "next tuesday",
    "next wednesday",
    "next thursday",
    "next friday",
    "next saturday",
    "next sunday",
]
RELATIVES: tuple[str, ...] = get_args(Relative)
STEPS = {"yesterday": -1, "today": 0, "tomorrow": 1, "last": -1, "this": 0, "next": 1}


def resolve_anchor(anchored: str, published: VagueDate) -> VagueDate:
    """Resolve what hangs on publication: one of RELATIVES, or EDTF of an unknown year.

    A month or day of an unknown year is the latest such one that lies wholly before the day of
    publication. It is resolved if it is the same for every day that publication can be; otherwise a
    relative date has no bounds and no EDTF, and EDTF stays as it is.
    """
    resolve: Callable[[str, date], VagueDate | None]
    resolve, unresolved = (
        (_resolve_relative, VagueDate())
        if anchored in RELATIVES
        else (_find_latest_before, parse_edtf(anchored))
    )
    if published.earliest is None or published.latest is None:
        return unresolved
    first = resolve(anchored, published.earliest)
    last = resolve(anchored, published.latest)
    return unresolved if first is None or first != last else first


def _find_latest_before(partial: str, day: date) -> VagueDate | None:
    for year in range(day.year, max(day.year - 9, 0), -1):
        try:
            candidate = parse_edtf(f"{year:04}{partial[4:]}")
        except ValueError:
            continue  # no 29 February in this year
        if candidate.latest is not None and candidate.latest < day:
            return candidate
    return None


def _resolve_relative(relative: str, day: date) -> VagueDate | None:
    way, _, unit = relative.partition(" ")
    step = STEPS[way]
    try:
        match unit:
            case "":
                return parse_edtf((day + timedelta(step)).isoformat())
            case "week":
                monday = day + timedelta(7 * step - day.weekday())
                return parse_edtf(f"{monday.isoformat()}/{monday + timedelta(6)}")
            case "month":
                months = day.year * 12 + day.month - 1 + step
                return parse_edtf(f"{months // 12:04}-{months % 12 + 1:02}")
            case "year":
                return parse_edtf(f"{day.year + step:04}")
            case _:
                return parse_edtf(_find_weekday(day, DAYS.index(unit), step).isoformat())
    except (ValueError, OverflowError):
        return None  # beyond the years that there are


def _find_weekday(day: date, weekday: int, step: int) -> date:
    """Find the nearest such weekday before a day, or after it, or the one of its own week."""
    apart = weekday - day.weekday()
    if step < 0 <= apart or step > 0 >= apart:
        apart += 7 * step
    return day + timedelta(apart)


def is_partial(text: str) -> bool:
    """Return whether EDTF is a month or day of an unknown year."""
    return parse_edtf(text).precision is DatePrecision.PARTIAL
