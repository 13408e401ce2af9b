"""Records as they were: kept lines, differences between revisions, and how revisions are named."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api import model as m
from api.errors import HistoryError
from api.intake import import_paths
from api.intake.deletion import delete_records
from api.intake.drafts import Ref
from api.intake.history import (
    find_newest,
    find_revision,
    read_lines_at,
    read_versions,
    write_differences,
)
from api.intake.rows import table_of
from api.model.kinds import RecordKind
from api.settings import Settings
from tests.conftest import NewDatabase
from tests.transactions import read, write

FIRST_DAY = datetime(2026, 1, 30, 12, tzinfo=UTC)
ACTOR, PLACE = Ref(RecordKind.ACTOR, "a"), Ref(RecordKind.PLACE, "p")
ARTICLE = {"record": "article", "key": "x", "title": "T", "language": "en", "text": "Amr met Amr."}
PERSON = {"record": "actor", "key": "a", "kind": "PERSON", "names": {"en": "A"}}


@pytest.fixture
def settings(new_migrated: NewDatabase) -> Settings:
    return new_migrated()


class History:
    """A database, revised once a day."""

    def __init__(self, settings: Settings, path: Path) -> None:
        """Begin before the first revision."""
        self.settings, self.path, self.day = settings, path, FIRST_DAY

    def write(self, *records: dict[str, Any]) -> None:
        """Import records, a day after the last revision."""
        self.path.write_text("".join(json.dumps(record) + "\n" for record in records))
        import_paths([self.path], lambda work: write(self.settings, work), self.day)
        self.day += timedelta(days=1)

    def delete(self, *ids: str) -> None:
        """Delete records, a day after the last revision."""
        delete_records(ids, lambda work: write(self.settings, work), self.day)
        self.day += timedelta(days=1)

    def diff(self, after: str, until: str | None = None) -> list[str]:
        """Return the lines that `mithaq diff` prints."""
        output = BytesIO()
        read(self.settings, lambda connection: write_differences(connection, after, until, output))
        return output.getvalue().decode().splitlines()


def list_lines(connection: sa.Connection, revision: int) -> list[bytes]:
    return list(read_lines_at(connection, revision))


def line(sign: str, record: dict[str, Any]) -> str:
    return sign + json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def test_differences_are_lines_that_went_and_came(settings: Settings, tmp_path: Path) -> None:
    history = History(settings, tmp_path / "x.jsonl")
    place = {"record": "place", "key": "p", "names": {"en": "P"}}
    history.write(PERSON | {"wikidata": "Q1"}, place)
    renamed = PERSON | {"names": {"en": "B"}}
    history.write(renamed)
    history.delete("place:p")
    assert history.diff("0", "1") == [line("+", PERSON | {"wikidata": "Q1"}), line("+", place)]
    assert history.diff("1", "2") == [line("-", PERSON | {"wikidata": "Q1"}), line("+", renamed)]
    assert history.diff("2026-01-31") == [line("-", place)]
    assert history.diff("3", "2") == [line("+", place)]
    assert history.diff("3") == history.diff("2", "2") == []


def test_an_office_is_in_its_holders_line(settings: Settings, tmp_path: Path) -> None:
    history = History(settings, tmp_path / "x.jsonl")
    office = {"key": "o", "title": {"en": "O"}}
    history.write(PERSON)
    history.write(PERSON | {"offices": [office]})
    history.write(PERSON)
    moments = [(Ref(RecordKind.OFFICE, "a.o"), 2), (ACTOR, 2), (ACTOR, 3), (ACTOR, 0)]
    lines = read(settings, lambda connection: read_versions(connection, moments))
    assert lines[moments[0]] == lines[moments[1]]
    assert json.loads(lines[moments[1]] or b"")["offices"] == [office]
    assert "offices" not in json.loads(lines[moments[2]] or b"")
    assert lines[moments[3]] is None


def test_a_claim_is_kept_with_the_text_that_it_was_found_in(
    settings: Settings, tmp_path: Path
) -> None:
    history = History(settings, tmp_path / "x.jsonl")
    claim = {"record": "claim", "article": "x", "subject": "actor:a", "quote": "Amr"}
    history.write(ARTICLE, PERSON, claim | {"nth": 2})
    history.write(ARTICLE | {"text": "So Amr met Amr."}, PERSON, claim | {"nth": 2})
    before, after = (read(settings, partial(list_lines, revision=at)) for at in (1, 2))
    assert [json.loads(line).get("nth") for line in before if b'"claim"' in line] == [2]
    assert b'"Amr met Amr."' in before[0]
    assert b'"So Amr met Amr."' in after[0]


def test_revisions_are_named_by_number_and_date(settings: Settings, tmp_path: Path) -> None:
    history = History(settings, tmp_path / "x.jsonl")
    for name in ("A", "B", "C"):
        history.write(PERSON | {"names": {"en": name}})

    def find(named: str | None) -> int:
        return read(settings, lambda connection: find_revision(connection, named))

    assert [find(name) for name in ("0", "2", "2026-01-29", "2026-01-31", None)] == [0, 2, 0, 2, 3]
    assert find("2026-01-31T11:59:59+00:00") == 1
    assert find("2026-01-31T13:00:00+01:00") == 2
    with pytest.raises(HistoryError, match="There is no revision 4: the newest is 3"):
        find("4")
    with pytest.raises(HistoryError, match='"yesterday" names no revision: give its number'):
        find("yesterday")


def test_what_was_not_kept_is_not_made_up(settings: Settings, tmp_path: Path) -> None:
    history = History(settings, tmp_path / "x.jsonl")
    for name in ("A", "B", "C"):
        history.write(PERSON | {"names": {"en": name}})
    version = table_of(m.RecordVersion)
    write(settings, lambda connection: connection.execute(sa.delete(version)))
    assert read(settings, find_newest) == 3
    with pytest.raises(HistoryError, match="History is known from revision 3 on: 2 is before it"):
        history.diff("2")
    assert history.diff("3") == []
    history.write(PERSON)
    assert len(history.diff("3")) == 2
