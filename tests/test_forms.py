"""Forms: a field, a searched text or a table that nothing keeps is an error that names it."""

from pathlib import Path
from typing import Annotated

import pytest
import sqlalchemy as sa

from api import model as m
from api.intake.forms.codecs import Searched
from api.intake.forms.dates import Date
from api.intake.forms.kinds import FORMS
from api.intake.forms.part import Part
from tests.conftest import NewDatabase
from tests.generated import World
from tests.importing import run, write_lines
from tests.transactions import read

# Tables that no record is written to: rows derived from records, and the database's own state.
DERIVED = {
    "addition",
    "country",
    "dossier",
    "language",
    "place_within",
    "record",
    "record_count",
    "search_field",
    "search_record",
    "topic_within",
}
# Columns that `tests.generated` leaves empty.
NOT_GENERATED = {"article.published_text", "participation.office_id"}
INFRASTRUCTURE = {
    "api_key",
    "bookmark",
    "change",
    "compatibility",
    "followed",
    "idempotency",
    "release",
    "report",
    "revision",
    "search_version",
    "version",
}


def test_a_field_without_a_column_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match=r"^Forgotten\.weather is not stored: meeting has no"):

        class Forgotten(Part, tables=(m.Meeting,)):
            weather: str


def test_a_searched_field_without_a_text_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match=r"^date cannot be searched: When has no text column"):

        class Forgotten(Part, tables=(m.Event,)):
            date: Annotated[Date | None, Searched()]


def test_every_table_is_of_a_record_or_listed() -> None:
    written = {
        table.name
        for form in FORMS.values()
        for table in (*form.tables, *(field.codec.table for field in form.fields))
    }
    tables = set(m.METADATA.tables)
    assert tables - written - DERIVED - INFRASTRUCTURE == set()
    assert (DERIVED | INFRASTRUCTURE) - (tables - written) == set()


def test_every_column_of_a_record_s_tables_is_written(
    new_sqlite: NewDatabase, tmp_path: Path
) -> None:
    tables = {
        table
        for form in FORMS.values()
        for table in (*form.tables, *(field.codec.table for field in form.fields))
    }
    empty = {f"{table.name}.{column.name}" for table in tables for column in table.c}
    for seed in range(9):
        settings = new_sqlite()
        run(settings, write_lines(tmp_path, *World(seed, left_out=0).lines()))

        def find_empty(connection: sa.Connection) -> set[str]:
            return {
                f"{table.name}.{column.name}"
                for table in tables
                for column in table.c
                if not connection.scalar(sa.select(sa.func.count(column)))
            }

        empty &= read(settings, find_empty)
    assert {name for name in empty if not name.endswith("_anchored")} <= NOT_GENERATED
