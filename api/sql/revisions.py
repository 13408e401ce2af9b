"""The SELECTs of the newest revision and of the counts of records."""

from typing import Any

import sqlalchemy as sa

from api.model import RecordCount, Release, Revision
from api.sql import dialects
from api.sql.dialects import SQL
from api.sql.json import build_list, concatenate

REVISION: sa.Table = Revision.__table__  # type: ignore[attr-defined]
RELEASE: sa.Table = Release.__table__  # type: ignore[attr-defined]
COUNT: sa.Table = RecordCount.__table__  # type: ignore[attr-defined]


def build_mark() -> SQL:
    """Build the newest revision's mark: its number and time.

    The time is needed since a database restored from a backup repeats revision numbers.
    """
    # Produces: coalesce((SELECT CAST(id AS text) || ' ' || … WHERE id = (SELECT max(id) …)), '')
    number, at = (sa.cast(column, sa.Text) for column in (REVISION.c.id, REVISION.c.at))
    mark = number + dialects.text(" ") + at
    newest = REVISION.alias("newest")
    last = sa.select(sa.func.max(newest.c.id)).scalar_subquery()
    found = sa.select(mark).where(REVISION.c.id == last).scalar_subquery()
    written: SQL = sa.func.coalesce(found, dialects.text(""))
    return written


def read_number(mark: bytes) -> int:
    """Return the number of the revision of a mark; 0 if there is no revision."""
    number, _, _ = mark.partition(b" ")
    return int(number) if number.isdigit() else 0


def build_revision() -> sa.Select[Any]:
    """Build the statement that selects the newest revision's mark."""
    return sa.select(dialects.encoded(build_mark()))


def build_releases() -> sa.Select[Any]:
    """Build the statement that selects the newest revision's mark and all releases."""
    columns = (
        RELEASE.c.name,
        RELEASE.c.at,
        RELEASE.c.sha256,
        sa.func.coalesce(RELEASE.c.note, dialects.text("")),
    )
    item = concatenate(*(dialects.as_text(column) for column in columns)).label("item")
    releases = build_list(sa.select(item).order_by(RELEASE.c.name), "release_1")
    return sa.select(dialects.encoded(concatenate(build_mark(), releases)))


def build_number() -> SQL:
    """Build the newest revision's number; 0 if there is none."""
    newest = sa.select(sa.func.max(REVISION.c.id)).scalar_subquery()
    number: SQL = sa.func.coalesce(newest, sa.literal_column("0"))
    return number


def build_newest() -> sa.Select[Any]:
    """Build the statement that selects the newest revision's number; 0 if there is none."""
    return sa.select(dialects.encoded(sa.cast(build_number(), sa.Text)))


def build_counts() -> sa.Select[Any]:
    """Build the statement that selects the newest revision's mark and the counts of each kind."""
    # Produces: SELECT '{"mark":"7 2026-…","counts":[["ACTOR",34],…]}'
    number = sa.func.sum(COUNT.c.delta)
    item = concatenate('["', COUNT.c.kind, '",', dialects.as_text(number), "]").label("item")
    counts = build_list(sa.select(item).group_by(COUNT.c.kind), "count_1")
    return sa.select(
        dialects.encoded(concatenate('{"mark":"', build_mark(), '","counts":', counts, "}"))
    )
