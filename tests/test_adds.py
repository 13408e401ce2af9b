"""What articles add to records of other dossiers: names, offices, identifiers, participants."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api.check import check_database
from api.database.migrations import migrate
from api.errors import ImportFailure
from api.intake import import_paths
from api.intake.deletion import delete_records
from api.intake.duplicate_actors import find_duplicate_actors
from api.intake.forms.read_back import read_lines
from api.intake.history import read_lines_at
from api.intake.inputs import write_records
from api.intake.merging import run_merge
from api.intake.unmerging import run_unmerge
from api.intake.write.upsert import Writer
from api.settings import Settings
from tests.conftest import AT, NewDatabase
from tests.importing import run, write_lines
from tests.test_migrations import run_alembic
from tests.transactions import read, write

HOME = """
article: {key: home, file: text.txt, title: Home, language: en}
actors:
  - key: x
    kind: PERSON
    names: {en: X}
    identifiers: [{scheme: OWN, id: "1"}]
    offices: [{key: minister, title: {en: Minister}, since: "2001"}]
  - {key: y, kind: STATE, names: {en: Y}}
places: [{key: p, names: {en: P}}]
meetings:
  - key: m
    title: {en: M}
    format: TALKS
    participants: [{role: HOST, actor: y}]
"""
ADDER = """
article: {key: %s, file: text.txt, title: Adder, language: en, published: "2020-05-04"}
adds:
  - to: actor:x
    aliases: [{text: Mister X, language: en, observed: true}]
    identifiers: [{scheme: OWN, id: "1"}, {scheme: WIKIDATA, id: Q1}]
    offices:
      - {key: minister, title: {en: Premier}, since: "2002"}
      - key: mayor
        title: {en: Mayor}
        organization: y
        claims: [{quote: the mayor}]
  - {to: place:p, aliases: [{text: Pee, language: en}]}
  - to: meeting:m
    participants:
      - {role: HOST, actor: y}
      - {role: GUEST, actor: x, office: mayor}
    claims: [{property: participants.guest, value: x, quote: met}]
"""


def save(folder: Path, **dossiers: str) -> list[Path]:
    """Write dossiers, each with its document."""
    (folder / "text.txt").write_text("Mister X, the mayor, met Y.")
    paths = []
    for name, text in dossiers.items():
        paths.append(folder / f"{name}.yaml")
        paths[-1].write_text(text)
    return paths


def export(settings: Settings) -> list[dict[str, Any]]:
    return read(settings, lambda connection: [*map(json.loads, read_lines(connection))])


def find(settings: Settings, name: str, key: str) -> dict[str, Any]:
    """Return a record's own line."""
    (line,) = (
        item for item in export(settings) if (item["record"], item.get("key")) == (name, key)
    )
    return line


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    return write(settings, lambda connection: [*map(tuple, connection.execute(sa.text(sql)))])


OFFICES = "SELECT key, added_by_id IS NULL FROM office ORDER BY key"
PARTICIPANTS = (
    "SELECT role, actor.key, office.key FROM participation JOIN actor ON actor.id = actor_id "
    "LEFT JOIN office ON office.id = office_id ORDER BY ordinal"
)
IDENTIFIERS = "SELECT scheme, value FROM identifier ORDER BY scheme, value"


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Settings:
    run(settings, *save(tmp_path, home=HOME))
    return settings


@pytest.fixture
def added(home: Settings, tmp_path: Path) -> Iterator[Settings]:
    before = export(home)
    run(home, *save(tmp_path, adder=ADDER % "adder"))
    yield home
    delete_records(["article:adder"], lambda work: write(home, work), AT)
    assert export(home) == before


def test_an_article_adds_what_the_record_does_not_have(added: Settings) -> None:
    assert ask(added, IDENTIFIERS) == [("OWN", "1"), ("WIKIDATA", "Q1")]
    assert [(key, bool(own)) for key, own in ask(added, OFFICES)] == [
        ("x.mayor", False),
        ("x.minister", True),
    ]
    assert find(added, "actor", "x")["offices"][0]["title"] == {"en": "Minister"}
    assert ask(added, PARTICIPANTS) == [("HOST", "y", None), ("GUEST", "x", "x.mayor")]
    assert [row[0] for row in ask(added, "SELECT text FROM place_name ORDER BY text")] == [
        "P",
        "Pee",
    ]
    names = [row[0] for row in ask(added, "SELECT text FROM actor_name ORDER BY text")]
    assert names == ["Mister X", "X", "Y"]
    assert ask(added, "SELECT count(*) FROM report") == [(2,)]


def test_lines_give_the_same(added: Settings, new_migrated: NewDatabase, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(read(added, lambda connection: b"".join(read_lines(connection))))
    other = new_migrated()
    run(other, path)
    assert export(other) == export(added)
    assert run(other, path).startswith("0 created, 0 updated")
    check_database(added, print)


def test_what_several_lines_add_is_written_in_the_order_of_fields(
    home: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    article = {"record": "article", "key": "a", "title": "A", "language": "en", "text": "A"}
    add = {"record": "add", "article": "a", "to": "actor:x"}
    office = {"key": "mayor", "title": {"en": "Mayor"}}
    identifier = {"scheme": "OWN", "id": "2"}
    run(home, write_lines(tmp_path, article, add | {"offices": [office]}))
    run(
        home,
        write_lines(tmp_path, add | {"offices": [office]}, add | {"identifiers": [identifier]}),
    )
    exported = export(home)
    assert exported[-1] == add | {"identifiers": [identifier], "offices": [office]}
    assert list(exported[-1])[-1] == "offices"
    again = new_migrated()
    run(again, write_lines(tmp_path, *exported))
    assert [*map(list, export(again))] == [*map(list, exported)]


def test_the_order_of_imports_does_not_matter(
    home: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    second = ADDER.replace("Mayor", "Governor").replace("GUEST", "MEDIATOR")
    paths = save(tmp_path, home=HOME, adder=ADDER % "b", second=second % "c")
    run(home, paths[2])
    run(home, paths[1])
    run(home, paths[0])
    other = new_migrated()
    run(other, *paths)
    assert export(home) == export(other)
    assert ask(home, "SELECT title FROM office WHERE key = 'x.mayor'") == ask(
        other, "SELECT title FROM office WHERE key = 'x.mayor'"
    )
    assert [row[0] for row in ask(home, PARTICIPANTS)] == ["HOST", "GUEST", "MEDIATOR"]
    assert ask(home, "SELECT count(*) FROM event WHERE contested") == [(1,)]
    run(home, *save(tmp_path, adder="article: {key: b, file: text.txt, title: B, language: en}"))
    assert [row[0] for row in ask(home, PARTICIPANTS)] == ["HOST", "MEDIATOR"]
    assert ask(home, "SELECT count(*) FROM event WHERE contested") == [(0,)]
    assert "Governor" in str(ask(home, "SELECT title FROM office WHERE key = 'x.mayor'"))
    check_database(home, print)
    without = export(home)
    run(home, *save(tmp_path, adder=ADDER % "b"))
    delete_records(["article:b"], lambda work: write(home, work), AT)
    assert export(home) == [line for line in without if line.get("key") != "b"]
    check_database(home, print)


def test_what_the_own_dossier_drops_stays_as_added(added: Settings, tmp_path: Path) -> None:
    dropped = HOME.replace("participants: [{role: HOST, actor: y}]", "").replace(
        'offices: [{key: minister, title: {en: Minister}, since: "2001"}]', ""
    )
    run(added, *save(tmp_path, home=dropped))
    assert [row[0] for row in ask(added, PARTICIPANTS)] == ["HOST", "GUEST"]
    assert "Premier" in str(ask(added, "SELECT title FROM office WHERE key = 'x.minister'"))
    assert "participants" not in find(added, "meeting", "m")
    run(added, *save(tmp_path, home=HOME))
    assert "Minister" in str(ask(added, "SELECT title FROM office WHERE key = 'x.minister'"))


def test_a_client_replaces_what_an_article_adds(home: Settings) -> None:
    def send(**fields: Any) -> None:
        record = {"add": {"article": "home", "to": "meeting:m", **fields}}
        write(home, lambda connection: write_records(Writer(connection, AT, "", ""), [record]))

    exports = [export(home)]
    send(participants=[{"role": "GUEST", "actor": "x"}], identifiers=[{"scheme": "S", "id": "1"}])
    exports.append(export(home))
    send(participants=[{"role": "MEDIATOR", "actor": "x", "position": "FOR"}])
    exports.append(export(home))
    assert [row[0] for row in ask(home, PARTICIPANTS)] == ["HOST", "MEDIATOR"]
    assert ask(home, IDENTIFIERS) == [("OWN", "1")]
    for number, expected in enumerate(exports, 1):
        lines = read(home, partial(_list_at, number))
        assert [*map(json.loads, lines)] == expected


def _list_at(revision: int, connection: sa.Connection) -> list[bytes]:
    return list(read_lines_at(connection, revision))


def test_an_article_names_an_event_by_its_identifier(home: Settings, tmp_path: Path) -> None:
    text = """article: {key: c, file: text.txt, title: C, language: en}
statements:
  - {key: s, title: {en: S}, text: {en: S}, identifiers: [{scheme: S, id: "1"}]}
  - {key: t, title: {en: T}, text: {en: T}, identifiers: [{scheme: S, id: "2"}]}
"""
    report = """article: {key: d, file: text.txt, title: D, language: en}
adds:
  - to: S:1
    participants: [{role: SPEAKER, actor: x}]
    claims: [{quote: met}]
  - {to: "S:2"}
"""
    run(home, *save(tmp_path, c=text, d=report))  # in one import
    lines = [line["to"] for line in export(home) if line["record"] == "add"]
    assert lines == ["statement:s", "statement:t"]
    assert run(home, *save(tmp_path, d=report)).startswith("0 created, 0 updated")
    assert ask(home, "SELECT count(*) FROM report") == [(5,)]
    shared = text.replace("key: c,", "key: e,").replace("statements", "appeals")
    run(home, *save(tmp_path, e=shared.replace("text: {", "purpose: {")))
    with pytest.raises(ImportFailure, match="nor the identifier of one event"):
        run(home, *save(tmp_path, d=report))


def test_merging_moves_what_is_added(added: Settings) -> None:
    before = export(added)
    run_merge("x", "y", lambda work: write(added, work), AT)
    assert [row[:2] for row in ask(added, PARTICIPANTS)] == [("HOST", "y"), ("GUEST", "y")]
    lines = [line for line in export(added) if line["record"] == "add"]
    assert [line["to"] for line in lines] == ["actor:y", "meeting:m", "place:p"]
    run_unmerge("x", lambda work: write(added, work), AT)
    assert export(added) == before


def list_contested(settings: Settings) -> list[str]:
    return [row[0] for row in ask(settings, "SELECT key FROM office WHERE contested ORDER BY key")]


def test_an_office_that_sources_give_at_other_times_is_contested(
    home: Settings, tmp_path: Path
) -> None:
    head = "article: {key: %s, file: text.txt, title: T, language: en}\n"
    office = "adds: [{to: actor:x, offices: [{key: %s, title: {en: %s}, %s}]}]\n"

    def add(name: str, key: str, title: str, rest: str) -> None:
        run(home, *save(tmp_path, **{name: head % name + office % (key, title, rest)}))

    add("b", "minister", "Minister", "since: '2001-05'")  # more exact
    assert list_contested(home) == []
    add("b", "minister", "Minister", "since: '2002'")
    assert list_contested(home) == ["x.minister"]
    assert find(home, "actor", "x")["offices"][0]["since"] == {"edtf": "2001"}
    add("c", "mayor", "Mayor", "since: '2003', until: '2005', organization: y")
    add("d", "again", "mayor", "since: '2006', organization: y")  # a later term
    assert list_contested(home) == ["x.minister"]
    add("d", "again", "mayor", "since: '2004', organization: y")
    check_database(home, print)
    assert list_contested(home) == ["x.again", "x.mayor", "x.minister"]
    add("d", "mayor", "Mayor", "since: '2003', organization: x")
    assert list_contested(home) == ["x.mayor", "x.minister"]
    delete_records(["article:b", "article:d"], lambda work: write(home, work), AT)
    assert list_contested(home) == []


def test_offices_that_were_stored_before_are_contested_after_a_migration(added: Settings) -> None:
    assert list_contested(added) == ["x.minister"]
    run_alembic(added, "downgrade", "0033")
    migrate(added)
    assert list_contested(added) == ["x.minister"]


@pytest.mark.parametrize("adds", [True, False], ids=["of what is added", "of its own"])
def test_an_office_is_contested_once_its_relative_date_is_another(
    home: Settings, tmp_path: Path, *, adds: bool
) -> None:
    exact, relative = 'since: "2001"', "since: {edtf: XXXX-05, anchor: published}"
    head = "article: {key: %s, file: text.txt, title: T, language: en, published: 2001-06-01}\n"
    office = "adds: [{to: actor:x, offices: [{key: minister, title: {en: M}, %s}]}]\n"
    own = head % "home" + HOME.partition("\n")[2].partition("\n")[2]
    own = own.replace(exact, exact if adds else relative)
    added = head % "b" + office % (relative if adds else exact)
    run(home, *save(tmp_path, home=own, b=added))
    assert list_contested(home) == []
    line = find(home, "article", "b" if adds else "home")
    path = tmp_path / "article.jsonl"
    for year, contested in (("2003", ["x.minister"]), ("2001", [])):
        path.write_text(json.dumps(line | {"published": {"edtf": f"{year}-06-01"}}))
        run(home, path)
        assert list_contested(home) == contested
        check_database(home, print)


def test_an_identifier_may_be_added_that_another_record_has(
    home: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    head = "article: {key: c, file: text.txt, title: C, language: en}\n"
    add = "adds: [{to: actor:y, identifiers: [{scheme: WIKIDATA, id: Q1}]}]\n"
    states = HOME.replace("kind: PERSON", "kind: STATE")
    paths = save(tmp_path, home=states, c=head + add)
    run(home, *paths)
    save(tmp_path, home=states.replace("names: {en: X}", "names: {en: X}\n    wikidata: Q1"))
    for database in (home, new_migrated()):
        *_, warning = import_paths(paths, partial(write, database), AT).warnings
        assert warning.startswith("actor:x and actor:y both have the identifier WIKIDATA Q1: if")
        shared = [("OWN", "1"), ("WIKIDATA", "Q1"), ("WIKIDATA", "Q1")]
        assert ask(database, IDENTIFIERS) == shared
        check_database(database, print)
        found = read(database, find_duplicate_actors)
        assert [pair.describe()["reasons"] for pair in found] == [("the same Wikidata item",)]
    run_merge("y", "x", lambda work: write(home, work), AT)
    assert ask(home, IDENTIFIERS) == [("OWN", "1"), ("WIKIDATA", "Q1")]
    check_database(home, print)


@pytest.mark.parametrize(
    ("adds", "problem"),
    [
        ("{to: x}", '6: "x" is not an id: write "<kind>:<key>", such as meeting:camp-david-talks'),
        ("{to: 'S:z'}", '6: "S:z" is neither the id of a record, such as meeting:camp-david-talks'),
        ("{to: actor:z}", "6: there is no actor:z: define it here, or import the file that"),
        (
            "{to: actor:x, participants: [{role: HOST, actor: y}]}",
            "6: the actor has no `participants`: an article can add `identifiers`, `aliases`",
        ),
    ],
)
def test_problems_of_what_is_added(home: Settings, tmp_path: Path, adds: str, problem: str) -> None:
    text = "article:\n  key: c\n  file: text.txt\n  title: C\n  language: en\nadds: [%s]\n"
    (path,) = save(tmp_path, c=text % adds)
    with pytest.raises(ImportFailure) as refused:
        run(home, path)
    assert refused.value.problems[0].removeprefix(f"{path}:").startswith(problem)
