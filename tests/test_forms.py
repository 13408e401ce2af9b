"""Forms: a field, a searched text or a table that nothing keeps is an error that names it."""

from typing import Annotated

import pytest

from api import model as m
from api.intake.forms.codecs import Searched
from api.intake.forms.kinds import FORMS
from api.intake.forms.records import Date, Part

# Tables that no record is written to: rows derived from records, and the database's own state.
DERIVED = {
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
INFRASTRUCTURE = {"api_key", "bookmark", "change", "report", "revision", "search_version"}


def test_a_field_without_a_column_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match=r"^Forgotten\.weather is kept nowhere: meeting has no"):

        class Forgotten(Part, tables=(m.Meeting,)):
            weather: str


def test_a_searched_field_without_a_text_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match=r"^date cannot be searched: When keeps no text"):

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
