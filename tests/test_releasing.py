"""A release is what an import of its revision's lines gives, and has nothing else in it."""

from asyncio import run
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from api import model as m
from api.access.register import add_key
from api.answer import Answerer
from api.check import read_rows
from api.database import open_database
from api.intake import import_paths
from api.intake.deletion import delete_records
from api.intake.forms.read_back import read_lines
from api.intake.history import find_newest, read_lines_at
from api.intake.rows import table_of
from api.plan.catalog import build_catalog
from api.prepared import PreparedOperations
from api.releases import at_file, find_file
from api.releasing import LEFT_OUT, create_release
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import AT, DOSSIERS, NewDatabase
from tests.importing import write_lines
from tests.test_cases import FILES
from tests.test_following import revise
from tests.test_forms import INFRASTRUCTURE
from tests.transactions import read, write

STEPS = 12
# The folders of operations on records, which are the same in every database that has these.
CASES = [path.read_text("utf-8") for path in FILES if path.parent.name not in {"change", "errors"}]
CATALOG = build_catalog(SCHEMA)
EVENT = table_of(m.Event)


@pytest.fixture
def settings(new_migrated: NewDatabase, tmp_path: Path) -> Settings:
    return new_migrated().model_copy(update={"releases": tmp_path / "releases"})


def export(connection: sa.Connection, revision: int) -> bytes:
    return b"".join(read_lines_at(connection, revision))


def read_times(connection: sa.Connection) -> list[tuple[Any, ...]]:
    query = sa.select(EVENT.c.kind, EVENT.c.key, EVENT.c.recorded_at)
    return sorted((*row[:2], row[2].replace(tzinfo=UTC)) for row in connection.execute(query))


def list_rows(settings: Settings) -> list[str]:
    return sorted(read(settings, lambda connection: list(read_rows(connection))))


async def answer_all(
    settings: Settings, operations: Iterable[str], prepared: list[PreparedOperations]
) -> list[bytes]:
    """Answer operations; the first call leaves its caches, which SQLite databases may share."""
    database = await open_database(settings)
    answerer = Answerer(CATALOG, database)
    if prepared:
        (answerer.operations,) = prepared
    prepared[:] = [answerer.operations]
    answers = [(await answerer.answer(GraphQLRequest(text))).json for text in operations]
    await database.close()
    return answers


def test_a_release_is_what_an_import_of_its_lines_gives(
    settings: Settings, new_sqlite: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.releasing.CHUNK", 5)  # changes that are undone together
    source = Random(2)
    times = {}
    prepared: list[PreparedOperations] = []
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)
    for _ in range(STEPS):
        revise(settings, tmp_path, source)
        times[read(settings, find_newest)] = read(settings, read_times)
    for revision in [*times][:: STEPS // 2]:
        release = create_release(settings, f"at-{revision}", str(revision))
        made = at_file(settings, find_file(settings, release.name))
        lines = tmp_path / "lines.jsonl"
        lines.write_bytes(read(settings, partial(export, revision=revision)))
        slow = new_sqlite()
        import_paths([lines], partial(write, slow), AT)
        assert (
            b"".join(read(made, lambda connection: [*read_lines(connection)])) == lines.read_bytes()
        )
        assert list_rows(made) == list_rows(slow)
        assert read(made, read_times) == times[revision]
        operations = [text for text in CASES if "RECORDED_AT" not in text]
        found, expected = (run(answer_all(item, operations, prepared)) for item in (made, slow))
        assert found == expected


def test_a_release_has_no_rows_of_other_tables(settings: Settings, tmp_path: Path) -> None:
    place: dict[str, Any] = {"record": "place", "key": "p"}
    for name in ("Formerly", "Now"):
        lines = write_lines(tmp_path, place | {"names": {"en": name}})
        import_paths([lines], lambda work: write(settings, work), AT)
    add = partial(add_key, name="confidential", scopes=[], now=AT)
    write(settings, add)
    create_release(settings, "first")
    file = find_file(settings, create_release(settings, "second").name)
    content = file.read_bytes()
    assert b"Now" in content
    for text in (b"Formerly", b"confidential", str(tmp_path).encode()):
        assert text not in content
    kept = {"change", "compatibility", "report", "revision", "search_version"}
    assert {table_of(model).name for model in LEFT_OUT} == INFRASTRUCTURE - kept


def test_recorded_at_is_when_a_record_entered_the_database(
    settings: Settings, tmp_path: Path
) -> None:
    meeting = {"record": "meeting", "key": "m", "format": "TALKS", "title": {"en": "M"}}
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 4)]
    path = write_lines(tmp_path, meeting)
    import_paths([path], lambda work: write(settings, work), days[0])
    delete_records(["meeting:m"], lambda work: write(settings, work), days[1])
    import_paths([path], lambda work: write(settings, work), days[2])
    for revision, day in ((1, days[0]), (3, days[2])):
        release = create_release(settings, f"at-{revision}", str(revision))
        made = at_file(settings, find_file(settings, release.name))
        assert read(made, read_times) == [("MEETING", "m", day)]
