"""What the tables themselves refuse, on both databases, whatever writes to them."""

import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from api import model as m
from api.model import METADATA
from api.settings import Settings
from tests.transactions import write

CHECKED = [
    (table.name, constraint)
    for table in METADATA.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, sa.CheckConstraint)
]
MEMBERS = re.compile(r"(\w+) = '\w+'(?: OR \1 = '\w+')*")
ENUMERATED = sorted(
    (name, match[1]) for name, c in CHECKED if (match := MEMBERS.fullmatch(str(c.sqltext)))
)


def change(settings: Settings, model: Any, **values: Any) -> None:
    """Set columns of every row."""
    statement = sa.update(model.__table__).values(values)
    write(settings, lambda connection: connection.execute(statement).rowcount)


@pytest.mark.parametrize(("table", "column"), ENUMERATED)
def test_no_value_outside_an_enumeration(seeded: Settings, table: str, column: str) -> None:
    statement = sa.update(METADATA.tables[table]).values({column: "NONSENSE"})
    with pytest.raises(sa.exc.IntegrityError, match=f"ck_{table}_{column}"):
        write(seeded, lambda connection: connection.execute(statement))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_sqlite_makes_no_table_of_a_list_to_check_a_row(seeded: Settings) -> None:
    def check(connection: sa.Connection) -> None:
        for table in METADATA.sorted_tables:
            explained = connection.execute(sa.text(f"EXPLAIN INSERT INTO {table} DEFAULT VALUES"))
            assert not [row.opcode for row in explained if row.opcode == "OpenEphemeral"], table

    write(seeded, check)


@pytest.mark.parametrize(
    ("model", "values", "name"),
    [
        (m.Claim, {"quote_start": -1}, "ck_claim_quote"),
        (m.Claim, {"quote_end": 0}, "ck_claim_quote"),
        (
            m.Event,
            {"date_earliest": date(2001, 1, 2), "date_latest": date(2001, 1, 1)},
            "ck_event_date_bounds",
        ),
        (m.Place, {"latitude": "1", "longitude": None}, "ck_place_position"),
        (m.Place, {"part_of_id": m.Place.__table__.c.id}, "ck_place_part_of"),  # type: ignore[attr-defined]
        (m.Participation, {"signed_on_edtf": "2001"}, "ck_participation_signed_on_signatory"),
    ],
)
def test_no_row_against_an_invariant(
    seeded: Settings, model: Any, values: dict[str, Any], name: str
) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=name):
        change(seeded, model, **values)


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (m.Actor, {"key": "same"}),
        (m.Provision, {"ordinal": 1, "agreement_id": 1}),
        (m.Participation, {"ordinal": 1}),
    ],
)
def test_no_two_alike(seeded: Settings, model: Any, values: dict[str, Any]) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        change(seeded, model, **values)


@pytest.mark.parametrize("model", [m.Actor, m.Place, m.Topic, m.Language, m.Country])
def test_nothing_referred_to_can_go(seeded: Settings, model: Any) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        write(seeded, lambda connection: connection.execute(sa.delete(model.__table__)))
