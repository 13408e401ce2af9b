"""Lines whose records are as they wrote them are skipped, which changes nothing but the time."""

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.check import read_rows
from api.errors import ImportFailure
from api.intake import digests, import_paths
from api.intake.deletion import delete_records
from api.intake.inputs import write_records
from api.intake.merging import run_merge
from api.intake.unmerging import run_unmerge
from api.intake.write.upsert import Writer
from api.settings import Settings
from tests.conftest import AT, NewDatabase
from tests.importing import run
from tests.test_bulk import article, meeting, place, save
from tests.transactions import read, write

Lines = list[dict[str, Any]]
SOME = ("first", "second", "third")
Step = tuple[str, int, int]


def actor(key: str, **fields: Any) -> dict[str, Any]:
    return {"record": "actor", "key": key, "kind": "PERSON", "names": {"en": key}, **fields}


def build_lines() -> Lines:
    """Build lines of records that refer to one another, of a file, a dataset and an article."""
    people = [{"role": "HOST", "actor": "a", "office": "o"}, {"role": "GUEST", "actor": "b"}]
    quoted = {"article": "x", "date": {"relative": "last week", "anchor": "published"}}
    return [
        {"record": "dataset", "key": "d", "title": {"en": "D"}},
        article("x", published="2020-05-04"),
        place("inner", part_of="outer", aliases=[{"text": "Inside", "language": "en"}]),
        place("outer"),
        actor("a", offices=[{"key": "o", "title": {"en": "O"}, "since": "2001"}]),
        actor("b", identifiers=[{"scheme": "S", "id": "0"}]),
        actor("c", dataset="d", row="1"),
        meeting("m", place="inner", date="2019", participants=people),
        meeting("n", dataset="d", row="2", participants=people[1:]),
        meeting("q", **quoted, claims=[{"property": "date", "value": "2020", "quote": "met"}]),
        {"record": "topic", "scheme": "own", "code": "t", "labels": {"en": "T"}},
    ]


def edit(lines: Lines, name: str, place: int, choice: int) -> None:
    """Edit a file's lines; what does not suit the line at this place makes it invalid."""
    place %= len(lines)
    line = lines[place]
    if name == "drop":
        del lines[place]
    elif name == "repeat":
        lines.append(json.loads(json.dumps(line)))
    elif name == "first":
        lines.insert(0, lines.pop(place))
    elif name == "home":
        for field in ("article", "dataset", "row"):
            line.pop(field, None)
        line |= ({}, {"dataset": "d"}, {"article": "x"})[choice]
    elif name in VALUES:
        line[name] = VALUES[name][choice]


TEXTS = [{"en": text} for text in SOME]
VALUES: dict[str, list[Any]] = {
    "names": TEXTS,
    "title": TEXTS,
    "identifiers": [[{"scheme": "S", "id": text}] for text in "012"],
    "participants": [[{"role": "HOST", "actor": key}] for key in "abz"],
    "offices": [[{"key": key, "title": {"en": "O"}}] for key in "opq"],
    "published": ["2020-05-04", "2021-05-04", "2022"],
}
EDITS = ["drop", "repeat", "first", "home", "none", *VALUES]
ADDER = """
article: {key: adder, file: text.txt, title: T, language: en}
adds:
  - to: actor:%s
    aliases: [{text: Other, language: en}]
    offices: [{key: o, title: {en: O}, since: "200%d"}]
  - {to: meeting:m, participants: [{role: GUEST, actor: c}]}
"""


def act(database: Settings, folder: Path, name: str, number: int, choice: int) -> None:
    """Change the database otherwise than by the file."""
    working = partial(write, database)
    match name:
        case "add":
            (folder / "adder.yaml").write_text(ADDER % ("abc"[number % 3], choice))
            run(database, folder / "adder.yaml")
        case "another":
            other = [actor("abc"[number % 3], names={"en": SOME[choice]}), place("outer")]
            run(database, save(folder / "other.jsonl", other[choice % 2 :]))
        case "mutate":
            title = [{"language": "en", "text": SOME[choice]}]
            record = {"meeting": {"key": "m", "title": title, "format": "TALKS"}}
            working(lambda connection: write_records(Writer(connection, AT, "", ""), [record]))
        case "delete":
            ids = ("meeting:m", "meeting:n", "article:x", "actor:c", "place:outer", "article:adder")
            delete_records([ids[number % len(ids)]], working, AT)
        case "merge":
            run_merge("b", "c", working, AT)
        case "unmerge":
            run_unmerge("b", working, AT)


ACTS = ["add", "another", "mutate", "delete", "merge", "unmerge"]
STEPS = st.lists(
    st.tuples(st.sampled_from([*EDITS, *ACTS]), st.integers(0, 11), st.integers(0, 2)),
    min_size=4,
    max_size=8,
)


def attempt(work: Any) -> str:
    """Return the summary of some work, or that it was refused.

    Of a record that is skipped, the offices that articles add are not counted as unchanged.
    """
    try:
        return re.sub(r"\d+ unchanged", "", str(work() or ""))
    except ImportFailure:
        return "refused"


def forget(database: Settings) -> None:
    write(database, lambda connection: connection.execute(sa.text("UPDATE record SET digest = 0")))


def read_all(database: Settings) -> list[str]:
    return read(database, lambda connection: sorted(read_rows(connection)))


@settings(
    max_examples=3,
    derandomize=True,
    phases=[Phase.generate],  # an example takes long: shrinking one would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_imports_with_and_without_digests_give_the_same_database(
    new_migrated: NewDatabase, tmp_path: Path, steps: list[Step]
) -> None:
    """After any edits of a file, and changes by others, between its imports."""
    (tmp_path / "text.txt").write_text("They met.", encoding="utf-8")
    skipping, comparing = new_migrated(), new_migrated()
    lines = build_lines()
    path = tmp_path / "lines.jsonl"
    for step in [("none", 0, 0), *steps]:
        name, number, choice = step
        if name in EDITS and lines:
            edit(lines, name, number, choice)
            save(path, lines)
        bad = tmp_path / "bad.jsonl" if choice else None
        found = []
        for database in (skipping, comparing):
            done = name in ACTS and attempt(partial(act, database, tmp_path, *step))
            if database is comparing:
                forget(database)
            importing = partial(import_paths, [path], partial(write, database), AT)
            found.append((done, attempt(partial(importing, quarantine=bad))))
        assert found[0] == found[1], step
        assert read_all(skipping) == read_all(comparing), step


def test_a_line_is_skipped_until_its_record_or_the_code_changes(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage() -> None:
        """Change what only an import that compares the record would notice, and mend."""
        sql = "UPDATE meeting SET format = 'SUMMIT'"
        write(settings, lambda connection: connection.execute(sa.text(sql)))

    path = save(tmp_path / "lines.jsonl", [meeting("m")])
    assert run(settings, path) == "1 created, 0 updated, 0 unchanged"
    damage()
    assert run(settings, path) == "0 created, 0 updated, 1 unchanged"
    act(settings, tmp_path, "mutate", 0, 0)
    assert run(settings, path) == "0 created, 1 updated, 0 unchanged"
    damage()
    (tmp_path / "code.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(digests, "CODE", [tmp_path])
    digests.hash_code.cache_clear()
    assert run(settings, path) == "0 created, 1 updated, 0 unchanged"
    digests.hash_code.cache_clear()
