"""`mithaq check`: nothing is found in a sound database, and each kind of damage in another."""

import json
from functools import partial

import pytest
import sqlalchemy as sa

from api.check import check_database
from api.errors import CheckError
from api.intake import import_paths
from api.settings import Settings
from tests.conftest import AT, DOSSIERS
from tests.transactions import read, write


def test_a_sound_database_has_no_differences(seeded: Settings) -> None:
    shown: list[str] = []
    query = sa.text("SELECT count(*) FROM record")
    assert check_database(seeded, shown.append) == read(seeded, lambda c: c.scalar(query))
    assert shown == []


DAMAGES = {
    "event": """UPDATE event SET contested = NOT contested
                WHERE "key" = (SELECT min("key") FROM event)""",
    "actor": "UPDATE actor SET event_count = 99 WHERE id = (SELECT min(id) FROM actor)",
    "report": "DELETE FROM report WHERE event_id = (SELECT min(event_id) FROM report)",
    "place_within": "DELETE FROM place_within WHERE inner_id = outer_id",
    "place": "UPDATE place SET name_sort = '' WHERE id = (SELECT min(id) FROM place)",
    "record_count": "UPDATE record_count SET delta = delta + 1 WHERE kind = 'MEETING'",
    "search_field": "UPDATE search_field SET places = '' WHERE ordinal = 0",
    "search_index": "DELETE FROM search_index WHERE rowid = (SELECT min(id) FROM actor)",
}


def test_each_damage_is_found(settings: Settings) -> None:
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)
    for damage in DAMAGES.values():
        write(settings, partial(sa.Connection.execute, statement=sa.text(damage)))
    shown: list[str] = []
    with pytest.raises(CheckError, match=r"rows differ from what the records give: - is stored"):
        check_database(settings, shown.append)
    assert {json.loads(line[1:])["table"] for line in shown} == DAMAGES.keys()
    assert any(line.startswith("+") and '"table": "report"' in line for line in shown)
