"""Vague dates: their forms, bounds, order, and what hangs on publication."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from api.text.anchors import RELATIVES, check_partial, resolve_anchor
from api.text.calendars import CALENDARS, find_foreign_month, parse_calendar
from api.text.dates import VagueDate, parse_edtf, sort_keys

BOUNDS = [
    ("2024", "2024-01-01", "2024-12-31", "YEAR"),
    ("2024-02", "2024-02-01", "2024-02-29", "MONTH"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "DAY"),
    ("2024-02~", "2024-02-01", "2024-02-29", "MONTH"),
    ("2024?", "2024-01-01", "2024-12-31", "YEAR"),
    ("2024-05-01%", "2024-05-01", "2024-05-01", "DAY"),
    ("197X", "1970-01-01", "1979-12-31", "RANGE"),
    ("000X", "0001-01-01", "0009-12-31", "RANGE"),
    ("2020-21", "2020-03-01", "2020-05-31", "RANGE"),
    ("2020-24", "2020-12-01", "2021-02-28", "RANGE"),
    ("2019-05/2020", "2019-05-01", "2020-12-31", "RANGE"),
    ("2019~/2020-21?", "2019-01-01", "2020-05-31", "RANGE"),
    ("2020/..", "2020-01-01", None, "RANGE"),
    ("../2020", None, "2020-12-31", "RANGE"),
    ("XXXX-07", None, None, "PARTIAL"),
    ("XXXX-02-29", None, None, "PARTIAL"),
]
# The examples of the Library of Congress's specification (2019-02-04), level by level.
LEVEL_0 = [
    ("1985-04-12", "1985-04-12", "1985-04-12", "DAY"),
    ("1985-04", "1985-04-01", "1985-04-30", "MONTH"),
    ("1985", "1985-01-01", "1985-12-31", "YEAR"),
    ("1964/2008", "1964-01-01", "2008-12-31", "RANGE"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31", "RANGE"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", "RANGE"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", "RANGE"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31", "RANGE"),
    ("2005/2006-02", "2005-01-01", "2006-02-28", "RANGE"),
]
LEVEL_1 = [
    ("2001-21", "2001-03-01", "2001-05-31", "RANGE"),
    ("1984?", "1984-01-01", "1984-12-31", "YEAR"),
    ("2004-06~", "2004-06-01", "2004-06-30", "MONTH"),
    ("2004-06-11%", "2004-06-11", "2004-06-11", "DAY"),
    ("201X", "2010-01-01", "2019-12-31", "RANGE"),
    ("20XX", "2000-01-01", "2099-12-31", "RANGE"),
    ("2004-XX", "2004-01-01", "2004-12-31", "YEAR"),
    ("1985-04-XX", "1985-04-01", "1985-04-30", "MONTH"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", "YEAR"),
    ("1985-04-12/..", "1985-04-12", None, "RANGE"),
    ("1985-04/..", "1985-04-01", None, "RANGE"),
    ("1985/..", "1985-01-01", None, "RANGE"),
    ("../1985-04-12", None, "1985-04-12", "RANGE"),
    ("../1985-04", None, "1985-04-30", "RANGE"),
    ("../1985", None, "1985-12-31", "RANGE"),
    ("1985-04-12/", "1985-04-12", None, "RANGE"),
    ("1985-04/", "1985-04-01", None, "RANGE"),
    ("1985/", "1985-01-01", None, "RANGE"),
    ("/1985-04-12", None, "1985-04-12", "RANGE"),
    ("/1985-04", None, "1985-04-30", "RANGE"),
    ("/1985", None, "1985-12-31", "RANGE"),
    ("1984~/2004-06", "1984-01-01", "2004-06-30", "RANGE"),
    ("1984/2004-06~", "1984-01-01", "2004-06-30", "RANGE"),
    ("1984?/2004%", "1984-01-01", "2004-12-31", "RANGE"),
]
LEVEL_2 = [
    ("2001-34", "2001-04-01", "2001-06-30", "RANGE"),
    ("2001-25", "2001-03-01", "2001-05-31", "RANGE"),
    ("2001-28", "2001-12-01", "2002-02-28", "RANGE"),
    ("2001-29", "2001-09-01", "2001-11-30", "RANGE"),
    ("2001-30", "2001-12-01", "2002-02-28", "RANGE"),
    ("2001-32", "2001-06-01", "2001-08-31", "RANGE"),
    ("2025-33", "2025-01-01", "2025-03-31", "RANGE"),
    ("2025-36", "2025-10-01", "2025-12-31", "RANGE"),
    ("2025-37", "2025-01-01", "2025-04-30", "RANGE"),
    ("2025-39", "2025-09-01", "2025-12-31", "RANGE"),
    ("2025-40", "2025-01-01", "2025-06-30", "RANGE"),
    ("2025-41", "2025-07-01", "2025-12-31", "RANGE"),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "RANGE"),
    ("[..1760-12-03]", None, "1760-12-03", "RANGE"),
    ("[1760-12..]", "1760-12-01", None, "RANGE"),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01", None, "RANGE"),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31", "RANGE"),
    ("[..1984]", None, "1984-12-31", "RANGE"),
    ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", "RANGE"),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31", "RANGE"),
    ("{..1984}", None, "1984-12-31", "RANGE"),
    ("[1906,1904]", "1904-01-01", "1906-12-31", "RANGE"),
    ("2004-06-11%", "2004-06-11", "2004-06-11", "DAY"),
    ("2004-06~-11", "2004-06-11", "2004-06-11", "DAY"),
    ("2004?-06-11", "2004-06-11", "2004-06-11", "DAY"),
    ("?2004-06-~11", "2004-06-11", "2004-06-11", "DAY"),
    ("2004-%06-11", "2004-06-11", "2004-06-11", "DAY"),
    ("?2004-06", "2004-06-01", "2004-06-30", "MONTH"),
    ("156X-12-25", "1560-12-25", "1569-12-25", "RANGE"),
    ("15XX-12-25", "1500-12-25", "1599-12-25", "RANGE"),
    ("XXXX-12-XX", None, None, "PARTIAL"),
    ("1XXX-XX", "1000-01-01", "1999-12-31", "RANGE"),
    ("1XXX-12", "1000-12-01", "1999-12-31", "RANGE"),
    ("1984-1X", "1984-10-01", "1984-12-31", "RANGE"),
    ("1X6X-02-29", "1060-02-29", "1968-02-29", "RANGE"),
    ("197X-22", "1970-06-01", "1979-08-31", "RANGE"),
    ("XXXX-22", None, None, "PARTIAL"),
    ("?XXXX-07", None, None, "PARTIAL"),
    ("156X-02-29", "1560-02-29", "1568-02-29", "RANGE"),
    ("2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20", "RANGE"),
    ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", "RANGE"),
]
# Of the same, what is no day from 0001 to 9999, and what no news says.
BEYOND = [
    *("Y170000002", "Y-170000002", "Y-17000", "-1985", "-0044", "-0044-03", "Y-17E7", "Y17E8"),
]
UNREAD = [
    *(
        ("1985-04-12T23:20:30", "has a time of day"),
        ("1985-04-12T23:20:30Z", "has a time of day"),
        ("1985-04-12T23:20:30-04", "has a time of day"),
        ("1985-04-12T23:20:30+04:30", "has a time of day"),
        ("1950S2", "has significant digits"),
        ("Y171010000S3", "years go from 0001 to 9999"),
        ("Y3388E2S3", "years go from 0001 to 9999"),
    ),
]
REFUSED = [
    *(
        "",
        "x",
        "24",
        "2024-13",
        "2024-00",
        "2024-1",
        "2024-02-30",
        "2023-02-29",
        "0000",
        "2020/2019",
    ),
    *("../..", "/", "../", "/..", "XXXX", "XXXX-13", "XXXX-02-30", "2024~~", "2020-42"),
    *("XXXX-XX", "XXXX-XX-25", "1985-2X", "1985-02-3X", "1985-00-XX", "1XXX-13"),
    *("[]", "{}", "[1904", "1904]", "[1904,]", "[..]", "[1904}", "{XXXX-07}", "[1906..1904]"),
    *("?2004?", "2004-~06~-01", "XXXX-13", "..", "1904..1906"),
    *("xxxx-07", "٢٠٢٤", "2024-05-01T00:00", "XXXX-07/2020", "9999-24", " 2024", "2024\n"),
]
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
OPEN_DATES = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
    lambda pair: VagueDate("x", *(sorted(pair) if None not in pair else pair))  # type: ignore[type-var]
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"), [*BOUNDS, *LEVEL_0, *LEVEL_1, *LEVEL_2]
)
def test_bounds(text: str, earliest: str | None, latest: str | None, precision: str) -> None:
    when = parse_edtf(text)
    assert when.edtf == text
    assert (when.earliest and when.earliest.isoformat()) == earliest
    assert (when.latest and when.latest.isoformat()) == latest
    assert when.precision == precision


@pytest.mark.parametrize("text", BEYOND)
def test_years_beyond_the_calendar_are_refused_as_such(text: str) -> None:
    with pytest.raises(ValueError, match="is out of range: years go from 0001 to 9999"):
        parse_edtf(text)


@pytest.mark.parametrize(("text", "reason"), UNREAD)
def test_what_is_edtf_and_not_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_edtf(text)


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        parse_edtf(text)


@given(OPEN_DATES, OPEN_DATES)
def test_keys_sort_as_bounds_do(one: VagueDate, other: VagueDate) -> None:
    def bounds(when: VagueDate) -> tuple[date, date]:
        """Return the bounds, an open one being before or after every other."""
        return when.earliest or date.min, when.latest or date.max

    assume(one.known and other.known)
    edges = {date.min, date.max}
    assume(edges.isdisjoint({one.earliest, one.latest, other.earliest, other.latest}))
    assert (sort_keys(one)[0] < sort_keys(other)[0]) == (bounds(one) < bounds(other))
    assert sort_keys(one)[0] == sort_keys(one)[1]


@given(OPEN_DATES)
def test_what_has_no_bounds_comes_last_both_ways(when: VagueDate) -> None:
    ascending, descending = sort_keys(VagueDate())
    if when.known:
        assert sort_keys(when)[0] < ascending
        assert sort_keys(when)[1] > descending


@given(DAYS, st.integers(1, 12))
def test_an_anchored_month_is_the_latest_before_publication(day: date, month: int) -> None:
    assume(day.year > 2)
    published = VagueDate("x", day, day)
    when = resolve_anchor(f"XXXX-{month:02}", published)
    assert when.earliest is not None
    assert when.latest is not None
    assert when.earliest.month == month
    assert when.latest < day
    if when.latest.year < 9999:
        next_one = parse_edtf(f"{when.latest.year + 1:04}-{month:02}")
        assert next_one.latest is not None
        assert next_one.latest >= day


@pytest.mark.parametrize(
    ("partial", "published", "resolved"),
    [
        ("XXXX-07", "2025-08-13", "2025-07"),
        ("XXXX-07", "2025-07-31", "2024-07"),
        ("XXXX-07", "2025-08", "2025-07"),
        ("XXXX-07", "2025", "XXXX-07"),
        ("XXXX-12", "2025-01/2025-03", "2024-12"),
        ("XXXX-07", "2025/..", "XXXX-07"),
        ("XXXX-02-29", "2025-01-01", "2024-02-29"),
        ("XXXX-07-14", "2025-07-14", "2024-07-14"),
        ("XXXX-12-XX", "2025-01-01", "2024-12-XX"),
        ("?XXXX-07", "2025-08-13", "?2025-07"),
        ("XXXX-22", "2025-08-13", "2024-22"),
        ("islamic-umalqura XXXX-09", "2025-08-13", "2025-03-01/2025-03-29"),
        ("islamic-umalqura XXXX-09-01", "2025-02-01", "2024-03-11"),
        ("islamic-umalqura XXXX-09", "2025", None),
        ("persian XXXX-05", "2025-08-13", "2024-07-22/2024-08-21"),
        # Wednesday 13 August 2025.
        ("today", "2025-08-13", "2025-08-13"),
        ("yesterday", "2025-08-13", "2025-08-12"),
        ("tomorrow", "2025-08-31", "2025-09-01"),
        ("last week", "2025-08-13", "2025-08-04/2025-08-10"),
        ("this week", "2025-08-17", "2025-08-11/2025-08-17"),
        ("next week", "2025-08-11", "2025-08-18/2025-08-24"),
        ("this week", "2025-08-11/2025-08-17", "2025-08-11/2025-08-17"),
        ("last month", "2025-01-31", "2024-12"),
        ("this month", "2025-08", "2025-08"),
        ("next month", "2025-12-01", "2026-01"),
        ("last year", "2025", "2024"),
        ("next year", "2025-08-13", "2026"),
        ("last tuesday", "2025-08-13", "2025-08-12"),
        ("last wednesday", "2025-08-13", "2025-08-06"),
        ("last thursday", "2025-08-13", "2025-08-07"),
        ("this tuesday", "2025-08-13", "2025-08-12"),
        ("this sunday", "2025-08-13", "2025-08-17"),
        ("next tuesday", "2025-08-13", "2025-08-19"),
        ("next wednesday", "2025-08-13", "2025-08-20"),
        ("next thursday", "2025-08-13", "2025-08-14"),
        ("day before yesterday", "2025-08-01", "2025-07-30"),
        ("day after tomorrow", "2025-08-30", "2025-09-01"),
        ("last july", "2025-08-13", "2025-07"),
        ("last august", "2025-08-13", "2024-08"),
        ("this august", "2025-08-13", "2025-08"),
        ("this december", "2025-08-13", "2025-12"),
        ("next august", "2025-08-13", "2026-08"),
        ("next september", "2025-08-13", "2025-09"),
        ("today", "2025-08", None),
        ("last year", "2025/2026", None),
        ("yesterday", "0001-01-01", None),
    ],
)
def test_anchors(partial: str, published: str, resolved: str | None) -> None:
    assert resolve_anchor(partial, parse_edtf(published)).edtf == resolved


@given(DAYS, st.sampled_from(RELATIVES))
def test_what_is_last_is_before_what_is_next(day: date, relative: str) -> None:
    assume(2 < day.year < 9998)
    when = resolve_anchor(relative, VagueDate("x", day, day))
    assert when.earliest is not None
    assert when.latest is not None
    assert not relative.startswith("last") or when.latest < day
    assert not relative.startswith("next") or when.earliest > day


# Other calendars, against dates published beside each other.


@pytest.mark.parametrize(
    ("text", "calendar", "edtf"),
    [
        ("1447-03-12", "islamic-umalqura", "2025-09-04"),
        ("1445-09-01", "islamic-umalqura", "2024-03-11"),
        ("1447-03", "islamic-umalqura", "2025-08-24/2025-09-22"),
        ("0001-01-01", "islamic-civil", "0622-07-19"),
        ("1416-10-05", "islamic-civil", "1996-02-25"),  # Calendrical Calculations' sample days
        ("1360-10-08", "islamic-civil", "1941-10-29"),
        ("0839-07-06", "islamic-civil", "1436-02-03"),
        ("1447", "islamic-civil", "2025-06-27/2026-06-16"),
        ("1404-05-22", "persian", "2025-08-13"),
        ("1374-12-06", "persian", "1996-02-25"),
        ("1500-12", "islamic-umalqura", "2077-10-18/2077-11-16"),  # the last of its table
        ("1447-03-12~", "islamic-umalqura", "2025-09-04~"),
        ("1447-03/1447-04", "islamic-umalqura", "2025-08-24/2025-10-22"),
        ("1447-03-12/..", "islamic-umalqura", "2025-09-04/.."),
        ("/1404-05-22", "persian", "/2025-08-13"),
        ("2025-09-04", "gregorian", "2025-09-04"),
        ("1403", "persian", "2024-03-20/2025-03-20"),
    ],
)
def test_a_date_of_another_calendar_is_our_days(text: str, calendar: str, edtf: str) -> None:
    assert parse_calendar(text, calendar).edtf == edtf  # type: ignore[arg-type]


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize(
    "text", ["1447-13", "1447-02-31", "1447-00", "47", "1447-3X", "9999", "0000"]
)
def test_what_another_calendar_does_not_have_is_refused(text: str, calendar: str) -> None:
    if (text, calendar) in {("9999", "islamic-civil"), ("1447-02-31", "persian")}:
        return
    with pytest.raises(ValueError, match=r"no date of"):
        parse_calendar(text, calendar)  # type: ignore[arg-type]


def test_the_last_month_of_a_civil_year_has_a_30th_day_in_leap_years() -> None:
    for year in range(1441, 1471):  # a cycle of thirty
        day = f"{year}-12-30"
        if year % 30 in {2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}:
            assert parse_calendar(day, "islamic-civil").earliest is not None
        else:
            with pytest.raises(ValueError, match=r"a day from 1 to 29"):
                parse_calendar(day, "islamic-civil")


@given(st.integers(1, 9000), st.integers(1, 12), st.integers(1, 30))
def test_civil_days_follow_each_other(year: int, month: int, day: int) -> None:
    try:
        here = parse_calendar(f"{year:04}-{month:02}-{day:02}", "islamic-civil").earliest
        after = parse_calendar(f"{year:04}-{month:02}-{day + 1:02}", "islamic-civil").earliest
    except ValueError:
        return
    assert here is not None
    assert after is not None
    assert after.toordinal() == here.toordinal() + 1


def test_a_partial_date_of_another_calendar_is_of_some_year() -> None:
    check_partial("XXXX-12-30", "islamic-civil")
    for text in ("XXXX", "XXXX-13", "XXXX-02-30", "XXXX-12-31"):
        with pytest.raises(ValueError, match="XXXX"):
            check_partial(text, "islamic-civil")


MONTHS_OF_OTHERS = """
    12 ربيع الأول 1447|في شهر رمضان|وربيع الآخر|جمادى الأولى|لمحرم|ذي الحجة|ذو القعدة
    ربیع‌الاول|جمادی‌الثانی|ذیحجه|رمضان|۲۲ مرداد ۱۴۰۴|۱۵ دی|اردیبهشت|شهریور
    Muharram|Safar|Rabi' al-awwal|Rabīʿ II|Jumada al-Akhira|Jumādā I|Rajab|Shaʿbān|Shaaban
    3 Ramadan 1447|Shawwal|Dhu al-Qa'dah|Dhū l-Ḥijja|Dhul-Hijjah|Zul Hijjah
    Farvardin|22 Mordad 1404|Esfand
    Muharrem|Safer|Rebiülevvel|Rebîülâhir|Cemaziyelevvel|Recep|Şaban|Ramazan'da|Şevval 1340|Zilkade
    Zi'l-hicce|Ferverdin|Hordad
"""
OURS = "12 March 1447|ربيع عام 1447|12 آذار|نيسان|Mart 1447|spring|في دير الزور|mehrere"


@pytest.mark.parametrize("words", re.split(r"\|\s*|\n\s*", MONTHS_OF_OTHERS.strip()))
def test_a_month_of_another_calendar_beside_an_old_or_unknown_year_is_found(words: str) -> None:
    for text in ("1447-03-12", "1447", "../1447", "XXXX-09"):
        assert find_foreign_month(text, words)
    assert find_foreign_month("2025-09-04", words) is None


@pytest.mark.parametrize("words", OURS.split("|"))
def test_other_words_name_no_month_of_another_calendar(words: str) -> None:
    assert find_foreign_month("1447-03-12", words) is None


@pytest.mark.parametrize(
    ("one", "other", "exclude"),
    [
        ("2024", "2025", True),
        ("2024", "2024-05", False),
        ("../2023", "2024/..", True),
        ("XXXX-07", "2024-05", False),
        ("2020/..", "2024", False),
    ],
)
def test_dates_that_exclude_each_other(one: str, other: str, *, exclude: bool) -> None:
    assert parse_edtf(one).excludes(parse_edtf(other)) is exclude
    assert parse_edtf(other).excludes(parse_edtf(one)) is exclude
