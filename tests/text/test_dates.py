"""Vague dates: their forms, bounds, order, and what hangs on publication."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from api.text.dates import VagueDate, parse_edtf, resolve_anchor, sort_keys

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
    *("../..", "/2020", "2020/", "XXXX", "XXXX-13", "XXXX-02-30", "197X-01", "2024~~", "2020-25"),
    *("xxxx-07", "٢٠٢٤", "2024-05-01T00:00", "XXXX-07/2020", "9999-24", " 2024", "2024\n"),
]
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
OPEN_DATES = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
    lambda pair: VagueDate("x", *(sorted(pair) if None not in pair else pair))  # type: ignore[type-var]
)


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), BOUNDS)
def test_bounds(text: str, earliest: str | None, latest: str | None, precision: str) -> None:
    when = parse_edtf(text)
    assert when.edtf == text
    assert (when.earliest and when.earliest.isoformat()) == earliest
    assert (when.latest and when.latest.isoformat()) == latest
    assert when.precision == precision


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        parse_edtf(text)


@given(OPEN_DATES, OPEN_DATES)
def test_keys_sort_as_bounds_do(one: VagueDate, other: VagueDate) -> None:
    def bounds(when: VagueDate) -> tuple[date, date]:
        """Give the bounds, an open one being before or after every other."""
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
    when = resolve_anchor(parse_edtf(f"XXXX-{month:02}"), published)
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
        ("2024", "2025-01-01", "2024"),
    ],
)
def test_anchors(partial: str, published: str, resolved: str) -> None:
    assert resolve_anchor(parse_edtf(partial), parse_edtf(published)).edtf == resolved


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
