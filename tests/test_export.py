"""What is exported is imported as it was: the same bytes, the same answers, on both databases."""

import json
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from api.answer import Answerer
from api.database import open_database
from api.errors import ExportError
from api.intake import import_paths
from api.intake.export import export_lines
from api.intake.forms.kinds import LINES
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import AT, ROOT, NewDatabase
from tests.generated import World
from tests.importing import run
from tests.test_cases import FILES, format_answer
from tests.transactions import read, write

EXPORTED = ROOT / "tests" / "export.jsonl"
CASES = [path for path in FILES if path.parent.name != "errors"]


@pytest.fixture(scope="module")
def filled(new_migrated: NewDatabase) -> Settings:
    """A database that an export of the seed and the example was imported into."""
    settings = new_migrated()
    import_paths([EXPORTED], lambda work: write(settings, work), AT)
    return settings


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def imported(filled: Settings) -> AsyncIterator[Answerer]:
    database = await open_database(filled)
    yield Answerer(build_catalog(SCHEMA), database)
    await database.close()


def export(settings: Settings, path: Path, *names: str) -> bytes:
    export_lines(lambda work: read(settings, work), names, path)
    return path.read_bytes()


def test_the_export_is_that_recorded(seeded: Settings, tmp_path: Path, *, accept: bool) -> None:
    exported = export(seeded, tmp_path / "all.jsonl")
    if accept:
        EXPORTED.write_bytes(exported)
    assert exported == EXPORTED.read_bytes(), "where that is meant, run pytest --accept"
    names = [json.loads(line)["record"] for line in exported.splitlines()]
    assert names == sorted(names, key=list(LINES).index)


def test_what_is_exported_is_imported_as_it_was(filled: Settings, tmp_path: Path) -> None:
    assert export(filled, tmp_path / "again.jsonl") == EXPORTED.read_bytes()


@pytest.mark.parametrize("name", LINES)
def test_one_kind_is_exported_alone(seeded: Settings, tmp_path: Path, name: str) -> None:
    lines = [
        line for line in EXPORTED.read_bytes().splitlines() if json.loads(line)["record"] == name
    ]
    assert export(seeded, tmp_path / "some.jsonl", name).splitlines() == lines


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_every_answer_is_the_same(imported: Answerer, path: Path) -> None:
    answer = await imported.answer(GraphQLRequest(path.read_text(encoding="utf-8")))
    assert format_answer(answer.json) == path.with_suffix(".json").read_text(encoding="utf-8")


ARTICLE = {
    "record": "article",
    "language": "ar",
    "text": "قال\u00a0إن اللقاء كان الثلاثاء الماضي. اللقاء",
}
RECORDS: list[dict[str, Any]] = [
    ARTICLE | {"key": "one", "title": "Z", "publisher": "p", "published": {"edtf": "2025-08-13"}},
    ARTICLE | {"key": "two", "title": "A", "url": "https://a.example/"},
    {"record": "dataset", "key": "d", "title": {"en": "D"}, "version": "24.1"},
    {"record": "place", "key": "inner", "names": {"ar": "أ", "en": "I"}, "part_of": "outer"},
    {"record": "place", "key": "outer", "names": {"en": "O"}, "latitude": "1.5", "longitude": "-2"},
    {"record": "topic", "scheme": "s", "code": "b", "labels": {"en": "B"}, "broader": "a"},
    {"record": "topic", "scheme": "s", "code": "a", "labels": {"tr": "A"}},
    {"record": "actor", "key": "p", "kind": "MEDIA", "names": {"fr": "P", "en": "P"}},
    {
        "record": "actor",
        "article": "one",
        "key": "u",
        "kind": "UNRESOLVED",
        "names": {"ar": "م"},
        "candidates": ["p", "h"],
        "aliases": [
            {"text": "اللقاء", "language": "ar"},
            {"text": "اللقاء", "language": "ar", "observed": True},
        ],
    },
    {
        "record": "actor",
        "key": "h",
        "kind": "PERSON",
        "names": {"en": "H"},
        "offices": [
            {"key": "b", "title": {"en": "B"}, "since": "2020-21", "until": {"edtf": "../2024"}},
            {"key": "a", "title": {"en": "A"}, "organization": "p"},
        ],
    },
    {
        "record": "meeting",
        "article": "one",
        "key": "m",
        "format": "TALKS",
        "title": {"en": "M", "ar": "م"},
        "date": {"relative": "last tuesday", "text": "الثلاثاء الماضي", "anchor": "published"},
        "place": "inner",
        "topics": ["s:b", "s:a"],
        "participants": [{"role": "HOST", "actor": "h", "office": "a", "on_behalf_of": "p"}],
        "codes": [
            {"scheme": "Z", "code": "1", "basis": "STATED"},
            {"scheme": "CAMEO", "code": "040"},
        ],
    },
    {
        "record": "agreement",
        "article": "two",
        "key": "g",
        "type": "TREATY",
        "status": "SIGNED",
        "title": {"en": "G"},
        "date": {"edtf": "XXXX-07", "anchor": "published"},
        "links": [{"relation": "FOLLOWS", "event": "meeting:m"}],
        "aims": [{"en": "peace"}, {"ar": "سلام"}],
        "participants": [{"role": "SIGNATORY", "actor": "p", "signed_on": "2025?"}],
        "provisions": [
            {"key": "z", "ordinal": 2, "text": {"en": "Z"}, "topics": ["s:b"]},
            {"key": "y", "ordinal": 1, "text": {"en": "Y"}, "heading": {"en": "H"}},
        ],
    },
    {
        "record": "claim",
        "article": "two",
        "subject": "meeting:m",
        "quote": "إن اللقاء",
        "stance": "DENIES",
    },
    {
        "record": "claim",
        "article": "one",
        "subject": "provision:g.z",
        "property": "text",
        "quote": "اللقاء",
        "nth": 2,
        "attribution": [{"actor": "p"}, {"actor": "u", "via": "X"}],
    },
    {
        "record": "statement",
        "article": "one",
        "key": "s",
        "title": {"en": "S"},
        "text": {"ar": "قال", "en": "said"},
        "channel": "X",
    },
    {
        "record": "appeal",
        "dataset": "d",
        "row": "7",
        "key": "w",
        "title": {"en": "W"},
        "purpose": {"en": "peace"},
    },
    {
        "record": "action",
        "article": "two",
        "key": "t",
        "type": "AID",
        "title": {"en": "T"},
        "participants": [{"role": "AGENT", "actor": "u"}, {"role": "TARGET", "actor": "h"}],
        "links": [{"relation": "IMPLEMENTS", "event": "agreement:g"}],
    },
    {"record": "alias", "article": "two", "actor": "u", "text": "N", "language": "en"},
    {
        "record": "add",
        "article": "one",
        "to": "action:t",
        "participants": [{"role": "AGENT", "actor": "h"}, {"role": "AGENT", "actor": "u"}],
        "claims": [{"quote": "الثلاثاء", "nth": 1}],
    },
    {
        "record": "alias",
        "article": "one",
        "actor": "h",
        "text": "الثلاثاء",
        "language": "ar",
        "observed": True,
    },
]


def test_records_of_every_kind_come_back(
    settings: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    assert {record["record"] for record in RECORDS} == LINES.keys()
    path = tmp_path / "made.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)), encoding="utf-8")
    import_paths([path], lambda work: write(settings, work), AT)
    once = export(settings, tmp_path / "once.jsonl")
    other = new_migrated()
    import_paths([tmp_path / "once.jsonl"], lambda work: write(other, work), AT)
    assert export(other, tmp_path / "twice.jsonl") == once
    lines = {(line["record"], line.get("key")): line for line in map(json.loads, once.splitlines())}
    for record in RECORDS:
        if "key" in record and record["record"] != "article":
            line = lines[record["record"], record["key"]]
            assert {**line, **record}.keys() == line.keys()
    assert lines["meeting", "m"]["date"] == RECORDS[10]["date"]
    assert lines["claim", None]["nth"] == 2


@pytest.mark.parametrize("seed", range(4))
def test_generated_records_of_every_kind_come_back_across_databases(
    new_sqlite: NewDatabase, new_postgres: NewDatabase, tmp_path: Path, seed: int
) -> None:
    made = World(seed).lines()
    assert {line["record"] for line in made} == LINES.keys()
    path = tmp_path / "made.jsonl"
    path.write_text("\n".join(map(json.dumps, made)), encoding="utf-8")

    def bring_in(make: NewDatabase) -> bytes:
        settings = make()
        run(settings, path)
        assert run(settings, path).startswith("0 created, 0 updated")
        return export(settings, tmp_path / "exported.jsonl")

    exported = bring_in(new_sqlite)
    assert bring_in(new_postgres) == exported
    path.write_bytes(exported)
    for make in (new_sqlite, new_postgres):
        assert bring_in(make) == exported
    lines = [json.loads(line) for line in exported.splitlines()]
    held = {(line["record"], find_key(line)): line for line in lines}
    for line in made:
        if line["record"] not in ("claim", "alias", "add"):
            found = held[line["record"], find_key(line)]
            for name, value in line.items():
                if isinstance(value, str) or (isinstance(value, dict) and "en" in value):
                    assert found[name] == value, line


def test_memory_does_not_grow_with_the_number_of_records(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.forms.read_back.CHUNK", 50)
    path = tmp_path / "made.jsonl"
    summary = {"en": "They spoke about water. " * 80}

    def measure(size: int) -> int:
        """Return the bytes that exporting this many records allocates at most."""
        meetings = [
            {"record": "meeting", "key": f"{number:04}", "format": "TALKS", "title": {"en": "M"}}
            for number in range(size)
        ]
        path.write_text("\n".join(json.dumps({**m, "summary": summary}) for m in meetings))
        import_paths([path], lambda work: write(settings, work), AT)
        tracemalloc.start()
        try:
            export_lines(lambda work: read(settings, work), ["meeting"], Path(os.devnull))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    measure(50)  # fills SQLAlchemy's caches
    few = measure(200)
    assert measure(1_000) < 1.5 * few


def find_key(line: dict[str, Any]) -> str:
    return str(line.get("key") or line.get("code"))


@pytest.mark.parametrize(
    ("date", "again"),
    [
        ({"edtf": "[1904,1906]"}, None),
        ({"relative": "next september", "anchor": "published"}, None),
        ({"calendar": "islamic-civil", "edtf": "XXXX-09", "anchor": "published"}, None),
        ({"calendar": "gregorian", "edtf": "1436", "text": "رجب"}, None),
        ({"calendar": "persian", "edtf": "1404-05-22", "basis": "CURATED"}, "2025-08-13"),
        ({"calendar": "islamic-civil", "edtf": "0839-07-06", "text": "رجب"}, "1436-02-03"),
    ],
)
def test_dates_come_back_as_far_as_they_are_kept(
    settings: Settings, tmp_path: Path, date: dict[str, str], again: str | None
) -> None:
    meeting = {"record": "meeting", "key": "m", "format": "TALKS", "title": {"en": "M"}}
    article = ARTICLE | {"key": "a", "title": "A", "text": "في رجب", "published": "2025-08-13"}
    path = tmp_path / "made.jsonl"
    lines = [article, meeting | {"article": "a", "date": date}]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    import_paths([path], lambda work: write(settings, work), AT)
    exported = export(settings, path, "meeting")
    kept = json.loads(exported)["date"]
    assert kept == date if again is None else kept["edtf"] == again
    assert import_paths([path], lambda work: write(settings, work), AT).unchanged == 1


def test_a_kind_that_does_not_exist_is_told(seeded: Settings, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no records of the kind meetings: name article, dataset"):
        export(seeded, tmp_path / "x.jsonl", "meetings")
    assert list(tmp_path.iterdir()) == []
