"""Records in memory: imported by the path of files, with problems at their input paths."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api.errors import ImportFailure
from api.intake.export import export_lines
from api.intake.forms.origins import ORIGIN_FIELDS
from api.intake.forms.read_back import read_lines
from api.intake.inputs import delete_by_ids, import_dossier, write_records
from api.intake.summary import Summary
from api.intake.write.upsert import Writer
from api.settings import Settings
from tests.conftest import AT, ROOT, NewDatabase
from tests.generated import World
from tests.importing import run
from tests.inputs import read_dossier, read_records
from tests.transactions import read, write

EXPORTED = (ROOT / "tests" / "export.jsonl").read_text("utf-8")
KEY = "camp-david-1978"
Work = Callable[[Writer], Any]


def run_input(settings: Settings, work: Work) -> Any:
    """Run work with a writer, in one transaction."""
    return write(settings, lambda connection: work(Writer(connection, AT, "me", "test")))


def send(settings: Settings, *records: dict[str, Any], since: int | None = None) -> Summary:
    summary: Summary = run_input(settings, lambda writer: write_records(writer, records, since))
    return summary


def export(settings: Settings, path: Path) -> str:
    export_lines(lambda work: read(settings, work), [], path)
    return path.read_text("utf-8")


@contextmanager
def refusing() -> Iterator[list[tuple[str, str, str]]]:
    """Collect the problems by which an input is refused: path, code and text."""
    found: list[tuple[str, str, str]] = []
    with pytest.raises(ImportFailure) as refused:
        yield found
    found += [(item.path, item.code, item.text) for item in refused.value.problems]


def actor(key: str, **fields: Any) -> dict[str, Any]:
    names = [{"language": "en", "text": key.title()}]
    return {"actor": {"key": key, "kind": "STATE", "names": names} | fields}


def meeting(key: str, **fields: Any) -> dict[str, Any]:
    title = [{"language": "en", "text": key.title()}]
    return {"meeting": {"key": key, "format": "TALKS", "title": title} | fields}


def article(key: str, text: str) -> dict[str, Any]:
    return {"article": {"key": key, "title": key, "language": "en", "text": text}}


def list_homes(settings: Settings) -> dict[str, str]:
    query = sa.text(
        "SELECT record.key, dossier.name FROM record JOIN dossier ON dossier.id = dossier_id"
    )
    return write(settings, lambda connection: dict(map(tuple, connection.execute(query))))


def test_what_is_exported_is_written_as_it_was(settings: Settings, tmp_path: Path) -> None:
    assert send(settings, *read_records(EXPORTED)).created > 170
    assert export(settings, tmp_path / "all.jsonl") == EXPORTED
    again = send(settings, *read_records(EXPORTED))
    assert (again.created, again.updated) == (0, 0)


@pytest.mark.parametrize("seed", range(2))
def test_generated_records_are_written_as_they_are_imported(
    new_migrated: NewDatabase, tmp_path: Path, seed: int
) -> None:
    imported, written = new_migrated(), new_migrated()
    lines = "\n".join(map(json.dumps, World(seed).lines()))
    file = tmp_path / "made.jsonl"
    file.write_text(lines, "utf-8")
    run(imported, file)
    assert send(written, *read_records(lines)).updated == 0
    assert export(written, tmp_path / "written") == export(imported, tmp_path / "imported")


def test_a_dossier_is_imported_as_its_file_is(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    run(settings, folder)
    before = export(settings, tmp_path / "before.jsonl")
    dossier = read_dossier(before, KEY)
    again = run_input(settings, lambda writer: import_dossier(writer, dossier))
    assert (again.created, again.updated, again.deleted) == (0, 0, 0)
    dossier["claims"].pop()
    assert run_input(settings, lambda writer: import_dossier(writer, dossier)).deleted == 1


def test_every_problem_has_its_input_path(settings: Settings) -> None:
    records = [
        actor("Syria", country="XX"),
        meeting("talks", participants=[{"role": "HOST", "actor": "nobody"}], place="nowhere"),
        {"claim": {"subject": "meeting:talks", "quote": "x"}},
        meeting("other", title=[{"language": "en", "text": text} for text in ("A", "B")]),
        meeting("third", article="none"),
        {"topic": {"scheme": "a", "code": "b", "labels": []}},
    ]
    with refusing() as problems:
        send(settings, *records)
    assert [(path, code) for path, code, _ in problems] == [
        ("records.0.actor.country", "INVALID"),
        ("records.0.actor.key", "INVALID"),
        ("records.1.meeting.participants.0.actor", "NOT_FOUND"),
        ("records.1.meeting.place", "NOT_FOUND"),
        ("records.2.claim.article", "INVALID"),
        ("records.3.meeting.title.1", "INVALID"),
        ("records.4.meeting.article", "NOT_FOUND"),
        ("records.5.topic.labels", "INVALID"),
    ]
    assert list_homes(settings) == {}


def test_a_record_moves_to_the_article_that_it_names(settings: Settings) -> None:
    send(settings, meeting("talks"))
    assert list_homes(settings) == {"talks": "api"}
    send(settings, article("daily", "They met."), meeting("talks", article="daily"))
    assert list_homes(settings)["talks"] == "article:daily"
    claims = [{"quote": "They met"}]
    send(settings, meeting("talks", claims=claims))
    assert list_homes(settings)["talks"] == "article:daily"
    send(settings, article("other", "They met."), meeting("talks", article="other"))
    assert list_homes(settings)["talks"] == "article:other"


def test_a_record_moves_between_an_article_and_the_rows_of_a_dataset(settings: Settings) -> None:
    def move(**origin: str) -> dict[str, str]:
        """Write a meeting, and return the origin that its line then has."""
        send(settings, meeting("talks", **origin))
        (line,) = read(settings, lambda connection: [*read_lines(connection, ["meeting"])])
        return {name: text for name, text in json.loads(line).items() if name in ORIGIN_FIELDS}

    assert move() == {}
    dataset = {"dataset": {"key": "visits", "title": [{"language": "en", "text": "Visits"}]}}
    send(settings, dataset, article("daily", "They met."))
    for origin in (
        {"dataset": "visits", "row": "1"},
        {"dataset": "visits", "row": "2"},
        {"dataset": "visits"},
        {"article": "daily"},
        {"dataset": "visits", "row": "1"},
    ):
        assert move(**origin) == origin
        assert move() == origin
    with refusing() as problems:
        run_input(settings, lambda writer: delete_by_ids(writer, ["dataset:visits"]))
    assert [text.partition(" ")[0] for _, _, text in problems] == ["meeting:talks"]
    with refusing() as problems:
        send(settings, meeting("talks", dataset="none", row="1"), meeting("more", row="1"))
    assert [(path, code) for path, code, _ in problems] == [
        ("records.0.meeting.dataset", "NOT_FOUND"),
        ("records.1.meeting", "INVALID"),
    ]


def test_an_actor_that_is_replaced_loses_the_names_it_had(settings: Settings) -> None:
    spellings = [{"text": "Amr", "language": "en"}]
    send(settings, article("daily", "They met."), actor("amr", aliases=spellings))
    send(settings, {"alias": {"article": "daily", "actor": "amr", **spellings[0]}})
    send(settings, actor("amr"))
    lines = read(settings, lambda connection: [*read_lines(connection, ["actor", "alias"])])
    actor_line, alias = map(json.loads, lines)
    assert "aliases" not in actor_line
    assert (alias["article"], alias["text"]) == ("daily", "Amr")


def test_a_file_takes_over_what_a_client_wrote(settings: Settings, tmp_path: Path) -> None:
    send(settings, actor("jordan"))
    file = tmp_path / "actors.yaml"
    file.write_text("actors:\n  - {key: jordan, kind: STATE, names: {en: The Jordan}}\n")
    assert run(settings, file) == "0 created, 1 updated, 0 unchanged"
    send(settings, actor("jordan", country="JO"))
    assert list_homes(settings) == {"jordan": str(file.resolve())}


def test_a_record_that_changed_since_a_revision_is_a_conflict(settings: Settings) -> None:
    send(settings, actor("jordan"), actor("egypt"))
    send(settings, actor("jordan", country="JO"))
    assert send(settings, actor("egypt", country="EG"), since=1).updated == 1
    with refusing() as problems:
        send(settings, actor("jordan"), actor("israel"), since=1)
    text = "actor:jordan was changed by revision 2, after revision 1: read it again"
    assert problems == [("records.0.actor", "CONFLICT", text)]
    run_input(settings, lambda writer: delete_by_ids(writer, ["actor:egypt"], 3))
    with refusing() as problems:
        send(settings, actor("egypt"), since=3)
    assert [code for _, code, _ in problems] == ["CONFLICT"]
    with refusing() as problems:
        run_input(settings, lambda writer: delete_by_ids(writer, ["actor:jordan"], 1))
    assert problems == [("ids.0", "CONFLICT", text)]


def test_what_others_refer_to_is_deleted_with_them_or_not_at_all(settings: Settings) -> None:
    host = [{"role": "HOST", "actor": "egypt"}]
    send(settings, actor("egypt"), meeting("talks", participants=host))
    send(settings, article("daily", "Misr met."))
    send(
        settings,
        {"alias": {"article": "daily", "actor": "egypt", "text": "Misr", "language": "en"}},
    )
    with refusing() as problems:
        run_input(settings, lambda writer: delete_by_ids(writer, ["actor:none", "actor:egypt"]))
    assert problems == [("ids.0", "NOT_FOUND", "there is no such record")]
    with refusing() as problems:
        run_input(settings, lambda writer: delete_by_ids(writer, ["actor:egypt"]))
    assert sorted(text.partition(" ")[0] for _, _, text in problems) == [
        "article:daily",
        "meeting:talks",
    ]
    assert {(path, code) for path, code, _ in problems} == {("ids.0", "REFERENCED")}
    gone = run_input(settings, lambda writer: delete_by_ids(writer, ["actor:egypt"], cascade=True))
    assert gone == ["actor:egypt", "meeting:talks"]
    assert list_homes(settings) == {"daily": "article:daily"}


def test_a_record_of_a_dossier_names_no_other_article(settings: Settings) -> None:
    dossier = article("daily", "They met.") | {
        "meetings": [meeting("talks", article="other")["meeting"]]
    }
    with refusing() as problems:
        run_input(settings, lambda writer: import_dossier(writer, dossier))
    assert [(path, code) for path, code, _ in problems] == [("dossier.meetings.0", "INVALID")]


def test_an_article_is_deleted_with_its_dossier_and_the_names_that_it_gives(
    settings: Settings, tmp_path: Path
) -> None:
    alias = {"article": "daily", "actor": "egypt", "text": "Misr", "language": "en"}
    send(settings, actor("egypt"))
    before = export(settings, tmp_path / "before.jsonl")
    send(settings, article("daily", "Misr met."), meeting("talks", article="daily"))
    send(settings, {"alias": alias})
    assert "Misr" in export(settings, tmp_path / "between.jsonl")
    with refusing() as problems:
        run_input(settings, lambda writer: delete_by_ids(writer, ["article:daily"]))
    text = "meeting:talks refers to it: delete that too, or change it first"
    assert problems == [("ids.0", "REFERENCED", text)]
    gone = run_input(
        settings, lambda writer: delete_by_ids(writer, ["article:daily"], cascade=True)
    )
    assert gone == ["article:daily", "meeting:talks"]
    assert export(settings, tmp_path / "after.jsonl") == before
    changed = sa.text("SELECT kind, action FROM change WHERE revision_id = 4 ORDER BY kind")
    rows = write(settings, lambda connection: connection.execute(changed).all())
    assert [tuple(row) for row in rows] == [
        ("ACTOR", "UPDATED"),
        ("ARTICLE", "DELETED"),
        ("MEETING", "DELETED"),
    ]


def test_a_record_of_a_file_is_named_without_the_path(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "actors.yaml"
    file.write_text("actors:\n  - {key: jordan, kind: GOVERNMENT, names: {en: The Jordan}}\n")
    run(settings, file)
    dossier = article("daily", "They met.") | {"actors": [actor("jordan")["actor"]]}
    with refusing() as problems:
        run_input(settings, lambda writer: import_dossier(writer, dossier))
    ((path, _, text),) = problems
    assert path == "dossier.actors.0"
    assert "already defined differently in actors.yaml:" in text
