"""Search beyond the judged queries: words of any length, and an index that follows the code."""

import asyncio
from pathlib import Path
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from api.answer import Answerer
from api.database import open_database
from api.database.migrations import check_at_head, migrate
from api.errors import DatabaseError
from api.intake import import_paths
from api.intake.folded_columns import FOLDED
from api.intake.write.rebuild import RECORD
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import AT, DOSSIERS, NewDatabase
from tests.test_migrations import dump, run_alembic
from tests.transactions import write

SEARCH = """query ($text: String!) {
  search(text: $text) { nodes { node { id } snippet highlights { start end } } }
}"""


def import_files(settings: Settings, folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    paths = [folder / name for name in files if name.endswith(".yaml")]
    import_paths(paths, lambda work: write(settings, work), AT)


async def ask(settings: Settings, text: str, document: str = SEARCH) -> dict[str, Any]:
    database = await open_database(settings)
    answerer = Answerer(build_catalog(SCHEMA), database)
    answer = await answerer.answer(GraphQLRequest(document, variables={"text": text}))
    await database.close()
    assert answer.code is None, answer.json
    data: dict[str, Any] = orjson.loads(answer.json)["data"]
    return data


def search(settings: Settings, text: str) -> dict[str, list[str]]:
    """Search; give the marked words of each record that was found."""
    nodes = asyncio.run(ask(settings, text))["search"]["nodes"]
    return {
        hit["node"]["id"]: [
            hit["snippet"][item["start"] : item["end"]] for item in hit["highlights"]
        ]
        for hit in nodes
    }


@pytest.mark.parametrize(
    "long",
    ["a1" * 500, "0f" * 4000, "كت" + "ـ" * 1500 + "اب", "ـ" * 999, "ﬁ" * 1200, "\U00020000" * 3000],
    ids=["1000 digits", "8000 digits", "tatweel within", "tatweel", "ligatures", "astral letters"],
)
def test_words_after_a_long_one_are_marked(
    new_migrated: NewDatabase, tmp_path: Path, long: str
) -> None:
    settings = new_migrated()
    dossier = "article: {key: long, file: long.txt, title: Key, language: en}"
    body = f"Their {long} precedes the accord; {long} and ended it."
    import_files(settings, tmp_path, {"long.txt": body, "long.yaml": dossier})
    assert search(settings, "accord ended") == {"article:long": ["accord", "ended"]}


def test_a_long_word_is_marked_whole(new_migrated: NewDatabase, tmp_path: Path) -> None:
    settings = new_migrated()
    dossier = "article: {key: long, file: long.txt, title: Key, language: en}"
    stretched, key = "كتـ" + "ـ" * 2000 + "اب", "f0" * 2000
    import_files(settings, tmp_path, {"long.txt": f"{stretched} {key}", "long.yaml": dossier})
    assert search(settings, "كتاب") == {"article:long": [stretched]}
    assert search(settings, key) == {"article:long": [key]}


def test_more_words_than_an_index_entry_takes(new_migrated: NewDatabase, tmp_path: Path) -> None:
    settings = new_migrated()
    dossier = "article: {key: long, file: long.txt, title: Key, language: en}"
    body = "Accord. " + " ".join(f"{number:x}{'ﻻ' * 30}" for number in range(0x10000, 0x13000))
    import_files(settings, tmp_path, {"long.txt": body, "long.yaml": dossier})
    assert search(settings, "accord key") == {"article:long": ["Key"]}


def test_a_phrase_is_marked_where_it_stands(new_migrated: NewDatabase, tmp_path: Path) -> None:
    settings = new_migrated()
    dossier = "article: {key: a, file: a.txt, title: Text, language: en}"
    body = (
        "Aid came first. First aid, first-aid and FIRST first aid: aid at first, to first aid aid."
    )
    import_files(settings, tmp_path, {"a.txt": body, "a.yaml": dossier})
    phrase = ["First", "aid", "first", "aid", "first", "aid", "first", "aid"]
    assert search(settings, '"first aid"') == {"article:a": phrase}
    [marked] = search(settings, '"first aid" came at').values()
    assert sorted(marked) == sorted([*phrase, "came", "at"])
    [marked] = search(settings, '"first aid" aid').values()
    assert marked.count("aid") == 6
    overlapping = '"first aid first aid" "aid first aid"'
    assert search(settings, overlapping) == {"article:a": phrase[:4]}
    assert search(settings, '"first aid came"') == {}


def test_a_phrase_longer_than_a_snippet_is_marked_as_far_as_it_is_shown(
    new_migrated: NewDatabase, tmp_path: Path
) -> None:
    settings = new_migrated()
    dossier = "article: {key: a, file: a.txt, title: Text, language: en}"
    words = [f"word{number}" for number in range(45)]
    body = f"{words[3]} of the {' '.join(words)} of {words[4]}"
    import_files(settings, tmp_path, {"a.txt": body, "a.yaml": dossier})
    [marked] = search(settings, f'"{" ".join(words)}"').values()
    assert marked == words[: len(marked)]
    assert len(marked) > 10


def test_actors_of_more_events_come_first(new_migrated: NewDatabase, tmp_path: Path) -> None:
    settings = new_migrated()
    actors = [
        {"key": key, "kind": "PERSON", "names": {"en": "Cameron"}} for key in ("a", "b", "c", "d")
    ]
    import_files(settings, tmp_path, {"actors.yaml": orjson.dumps({"actors": actors}).decode()})
    assert list(search(settings, "cameron")) == ["actor:a", "actor:b", "actor:c", "actor:d"]
    for number, keys in enumerate(["c", "cb", "cbd"]):
        meeting = {
            "key": f"meeting-{number}",
            "title": {"en": "Talks"},
            "format": "TALKS",
            "participants": [{"role": "HOST", "actor": key} for key in keys],
        }
        text = orjson.dumps({"meetings": [meeting]}).decode()
        import_files(settings, tmp_path, {f"{number}.yaml": text})
    assert list(search(settings, "cameron")) == ["actor:c", "actor:b", "actor:d", "actor:a"]
    held = dump(settings)
    write(settings, spoil)
    migrate(settings)
    assert dump(settings) == held


# One word, two spellings: in filters as in searches.

NAMES = {
    "abu-qasra": "مرهف أبوقصرة",
    "abdullah": "عبد الله المسئول",
    "vienna": "جمعية ڤيينا",
    "aid": "U.S. Aid for 12,345 Families",
    "half": "½ Foundation",
    "guterres": "أنطونيو گوتيريش",
    "gorbachev": "ميخائيل جورباتشوف",
    "gaza": "غزة",
}
CONTAINS = """query ($text: String!) {
  actors(filter: {name: {contains: $text}}) { nodes { key } }
}"""


@pytest.fixture(scope="session")
def named(new_migrated: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = new_migrated()
    actors = [{"key": key, "kind": "COMPANY", "names": {"en": name}} for key, name in NAMES.items()]
    text = orjson.dumps({"actors": actors}).decode()
    import_files(settings, tmp_path_factory.mktemp("named"), {"actors.yaml": text})
    return settings


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("أبو قصرة", "abu-qasra"),
        ("أبا قصرة", "abu-qasra"),
        ("أبوق", "abu-qasra"),
        ("عبدالله", "abdullah"),
        ("عبد ا", "abdullah"),
        ("الله", "abdullah"),
        ("مسؤول", "abdullah"),
        ("فيينا", "vienna"),
        ("US aid", "aid"),
        ("u.s.", "aid"),
        ("12345", "aid"),
        ("١٢٬٣٤٥", "aid"),
        ("½", "half"),
        ("1/2", "half"),
        ("12 ", "aid"),
        ("انطونيو غوتيريش", "guterres"),
        ("جوتيريش", "guterres"),
        ("كوتير", "guterres"),
        ("گوتيريش", "guterres"),
        ("گورباچ", "gorbachev"),
        ("ل گورباچوف", "gorbachev"),
        ("غزة", "gaza"),
        ("گزة", "gaza"),
    ],
)
def test_names_contain_a_text_in_any_spelling(named: Settings, text: str, key: str) -> None:
    nodes = asyncio.run(ask(named, text, CONTAINS))["actors"]["nodes"]
    assert nodes == [{"key": key}]


def test_names_of_other_letters_are_other_names(named: Settings) -> None:
    for text in ("جزة", "غورباتشوف", "كورباتشوف", "تشوتيريش"):
        assert asyncio.run(ask(named, text, CONTAINS)) == {"actors": {"nodes": []}}


def test_a_name_of_more_spellings_than_an_index_takes_has_the_first(
    new_migrated: NewDatabase, tmp_path: Path
) -> None:
    settings, name = new_migrated(), "گچژ" * 100
    actor = {"key": "long", "kind": "OTHER", "names": {"fa": name}}
    import_files(settings, tmp_path, {"actors.yaml": orjson.dumps({"actors": [actor]}).decode()})
    assert asyncio.run(ask(settings, name, CONTAINS))["actors"]["nodes"] == [{"key": "long"}]
    assert search(settings, name.replace("گ", "ك").replace("چ", "تش").replace("ژ", "ج"))


def test_a_word_is_marked_in_whatever_spelling_it_stands(
    new_migrated: NewDatabase, tmp_path: Path
) -> None:
    settings = new_migrated()
    dossier = "article: {key: a, file: a.txt, title: Text, language: ar}"
    body = "نداء چاد إلى أنطونيو گوتيريش الأمين، وجوتيريش وغوتيريش وكوتيريش في جاد وتشاد"
    import_files(settings, tmp_path, {"a.txt": body, "a.yaml": dossier})
    for text, marked in {
        "گوتيريش": ["گوتيريش", "وجوتيريش", "وغوتيريش", "وكوتيريش"],
        "جاد انطونيو": ["أنطونيو", "جاد"],  # as one spelling of the text has them
        "چاد": ["چاد", "جاد", "وتشاد"],
        "جاد غوتير*": ["گوتيريش", "وغوتيريش", "جاد"],
        '"أنطونيو كوتيريش الأمين"': ["أنطونيو", "گوتيريش", "الأمين"],
        '"جاد الي انطونيو گوتيريش"': ["چاد", "إلى", "أنطونيو", "گوتيريش"],
        '"گوتيريش في چاد"': ["وكوتيريش", "في", "جاد"],
    }.items():
        assert search(settings, text) == {"article:a": marked}, text
    for text in ('"جوتيريش في جاد"', "كاد", '"گوتيريش الثاني"', "زاد"):
        assert search(settings, text) == {}, text


# The index follows the code.


def spoil(connection: sa.Connection) -> None:
    """Leave what older code would have: other tokens, other forms, and no version."""
    connection.execute(sa.text("UPDATE search_field SET tokens = ' old ', width = 3"))
    connection.execute(sa.text("DELETE FROM search_version"))
    for table, columns in FOLDED.items():
        connection.execute(sa.update(table).values(dict.fromkeys(columns, "old")))
    connection.execute(sa.text("UPDATE event SET place_asc = 'old', place_desc = 'old'"))
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("DROP TRIGGER search_record_delete"))


@pytest.fixture
def imported(new_migrated: NewDatabase) -> Settings:
    settings = new_migrated()
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)
    return settings


def test_tokens_of_another_version_are_made_anew(imported: Settings) -> None:
    held = dump(imported)
    write(imported, spoil)
    with pytest.raises(DatabaseError, match="mithaq migrate"):
        check_at_head(imported)
    migrate(imported)
    check_at_head(imported)
    assert dump(imported) == held
    migrate(imported)
    assert dump(imported) == held


def test_alembic_makes_them_anew_too(imported: Settings) -> None:
    held = dump(imported)
    write(imported, spoil)
    run_alembic(imported, "upgrade", "head")
    assert dump(imported) == held


def test_a_rebuilt_index_finds_and_forgets(imported: Settings) -> None:
    found = search(imported, "التدريب")
    write(imported, spoil)
    migrate(imported)
    assert search(imported, "التدريب") == found
    claims = sa.delete(RECORD).where(RECORD.c.kind == "CLAIM")
    write(imported, lambda connection: connection.execute(claims))
    left = {key: words for key, words in found.items() if not key.startswith("claim:")}
    assert 0 < len(left) < len(found)
    assert search(imported, "التدريب") == left


def test_many_records_are_read_in_batches(new_migrated: NewDatabase, tmp_path: Path) -> None:
    settings = new_migrated()
    topics = ", ".join(f"{{scheme: s, code: c{n}, labels: {{en: Topic {n}}}}}" for n in range(2100))
    import_files(settings, tmp_path, {"topics.yaml": f"topics: [{topics}]"})
    held: Any = dump(settings)
    write(settings, spoil)
    migrate(settings)
    assert dump(settings) == held
