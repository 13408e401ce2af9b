"""Merging an actor moves all that is its own to another; unmerging restores it exactly."""

import json
from asyncio import to_thread
from pathlib import Path
from random import Random
from typing import Any

import pytest

from api.answer import Answerer
from api.check import check_database
from api.database import open_database
from api.errors import ImportFailure
from api.intake import import_paths
from api.intake.deletion import delete_records
from api.intake.forms.read_back import read_lines
from api.intake.merging import run_merge
from api.intake.reference.importing import import_reference
from api.intake.unmerging import run_unmerge
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import DOSSIERS, NewDatabase
from tests.importing import run, write_lines, write_yaml
from tests.test_derived import check
from tests.transactions import read, write

ACTORS = [
    json.loads(line)["key"]
    for line in (Path(__file__).parent / "export.jsonl").read_text("utf-8").splitlines()
    if '"record":"actor"' in line
]


def export(settings: Settings) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in read(settings, lambda connection: list(read_lines(connection)))
    ]


def merge(settings: Settings, old: str, new: str) -> int:
    return run_merge(old, new, lambda work: write(settings, work))


def unmerge(settings: Settings, key: str) -> list[str]:
    return list(map(str, run_unmerge(key, lambda work: write(settings, work))))


def test_each_actor_is_merged_and_unmerged(
    settings: Settings, engine: str, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    """SQLite, which takes a third of the time, merges most of those that are chosen."""
    run(settings, *DOSSIERS)
    before = export(settings)
    pairs = zip(ACTORS, [*ACTORS[1:], ACTORS[0]], strict=True)
    share = {"sqlite": (1, 3), "postgresql": (0,)}[engine]
    chosen = [pair for n, pair in enumerate(pairs) if n % 6 in share]
    for old, new in chosen:
        assert merge(settings, old, new) > 1
        merged = export(settings)
        assert [line["key"] for line in merged if line.get("merged") == [old]] == [new]
        others = [line | {"merged": None} for line in merged if line["record"] != "topic"]
        assert f'"{old}"' not in json.dumps(others)
        write(settings, check)
        assert unmerge(settings, old) == []
        assert export(settings) == before, (old, new)
    path = tmp_path / "all.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in merged))
    other = new_migrated()
    import_paths([path], lambda work: write(other, work))
    assert export(other) == merged


PEOPLE = [
    {"record": "actor", "key": key, "kind": "PERSON", "names": {"en": key.upper()}} for key in "abc"
]
MEETING: dict[str, Any] = {
    "record": "meeting",
    "key": "m",
    "format": "TALKS",
    "title": {"en": "M"},
    "participants": [{"role": "HOST", "actor": "a"}, {"role": "GUEST", "actor": "b"}],
}


def lines(settings: Settings, kind: str) -> list[dict[str, Any]]:
    return [line for line in export(settings) if line["record"] == kind]


def test_what_was_changed_since_is_left_and_told(settings: Settings, tmp_path: Path) -> None:
    other = MEETING | {"key": "n"}
    run(settings, write_lines(tmp_path, *PEOPLE, MEETING, other))
    merge(settings, "a", "b")
    (meeting, _) = lines(settings, "meeting")
    run(settings, write_lines(tmp_path, meeting | {"title": {"en": "Changed"}}))
    assert unmerge(settings, "a") == ["meeting:m"]
    changed, restored = lines(settings, "meeting")
    assert changed["title"] == {"en": "Changed"}
    assert [item["actor"] for item in changed["participants"]] == ["b", "b"]
    assert restored == other
    assert lines(settings, "actor") == PEOPLE


def test_what_an_article_added_since_stays_and_hinders_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    holder = PEOPLE[0] | {"offices": [{"key": "o", "title": {"en": "O"}}]}
    run(settings, write_lines(tmp_path, holder, *PEOPLE[1:]))
    merge(settings, "a", "b")
    spelled = {"record": "alias", "article": "t", "text": "Bee", "language": "en", "actor": "b"}
    run(settings, write_lines(tmp_path, FILE[0], spelled))
    assert unmerge(settings, "a") == []
    assert lines(settings, "actor") == [holder, *PEOPLE[1:]]
    assert lines(settings, "alias") == [spelled]


def test_what_an_article_took_back_since_does_not_come_back(
    settings: Settings, tmp_path: Path
) -> None:
    said = [{"text": text, "language": "en", "actor": "a"} for text in ("Ay", "Eh")]
    kept, lost = ({"record": "alias", "article": "t", **alias} for alias in said)
    run(settings, write_lines(tmp_path, *PEOPLE, FILE[0], kept, lost))
    merge(settings, "a", "b")
    (tmp_path / "t.txt").write_text("Ay and Eh")
    article = {"key": "t", "title": "T", "language": "en", "file": "t.txt"}
    dossier = {"article": article, "aliases": [said[0] | {"actor": "b"}]}
    run(settings, write_yaml(tmp_path, json.dumps(dossier)))
    assert unmerge(settings, "a") == []
    assert lines(settings, "actor") == PEOPLE
    assert lines(settings, "alias") == [kept]


def test_an_actor_with_an_office_in_itself_is_merged(settings: Settings, tmp_path: Path) -> None:
    office = {"key": "o", "title": {"en": "O"}, "organization": "a"}
    added = {"record": "add", "article": "t", "to": "actor:a", "offices": [office | {"key": "p"}]}
    run(
        settings,
        write_lines(tmp_path, PEOPLE[0] | {"offices": [office]}, *PEOPLE[1:], FILE[0], added),
    )
    before = export(settings)
    merge(settings, "a", "b")
    write(settings, check)
    assert unmerge(settings, "a") == []
    assert export(settings) == before


def test_a_date_in_the_words_of_an_article_hinders_merging_and_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    since = {"edtf": "2020", "text": "Ay"}
    office = {"key": "o", "title": {"en": "O"}, "since": since}
    recorded = PEOPLE[0] | {"article": "t", "offices": [office]}
    run(settings, write_lines(tmp_path, FILE[0] | {"text": "Ay"}, recorded, *PEOPLE[1:]))
    before = export(settings)
    with pytest.raises(ImportFailure, match="actor:a cannot be merged into actor:b: `text`"):
        merge(settings, "a", "b")
    assert export(settings) == before


def test_an_office_that_is_used_since_stays(settings: Settings, tmp_path: Path) -> None:
    first, *others = PEOPLE
    holder = first | {"offices": [{"key": "o", "title": {"en": "O"}}]}
    run(settings, write_lines(tmp_path, holder, *others, MEETING))
    merge(settings, "a", "b")
    held = [{"role": "HOST", "actor": "b", "office": "o"}]
    run(settings, write_lines(tmp_path, MEETING | {"key": "n", "participants": held}))
    assert unmerge(settings, "a") == ["actor:b"]
    restored, kept, _ = lines(settings, "actor")
    assert restored == holder
    assert kept["offices"] == holder["offices"]
    assert lines(settings, "meeting")[0] == MEETING


def test_an_unresolved_actor_is_merged_into_the_one_that_it_is(
    settings: Settings, tmp_path: Path
) -> None:
    unresolved = {
        "record": "actor",
        "key": "u",
        "kind": "UNRESOLVED",
        "names": {"en": "U"},
        "candidates": ["a", "b"],
    }
    run(settings, write_lines(tmp_path, *PEOPLE, unresolved, MEETING))
    merge(settings, "u", "a")
    aliases = [{"text": "U", "language": "en"}]
    assert lines(settings, "actor")[0] == PEOPLE[0] | {"aliases": aliases, "merged": ["u"]}


def test_memberships_and_candidates_become_the_others(settings: Settings, tmp_path: Path) -> None:
    un = {"organization": "un", "since": {"edtf": "1945"}}
    nato = {"organization": "nato", "role": "observer"}
    bodies = [{**PEOPLE[0], "key": key, "kind": "ORGANIZATION"} for key in ("nato", "un")]
    first = PEOPLE[0] | {"memberships": [un, nato, {"organization": "b"}]}
    second = PEOPLE[1] | {"memberships": [un]}
    third = PEOPLE[2] | {"memberships": [{"organization": "b"}, {"organization": "a"}]}
    unknown = [
        PEOPLE[0] | {"key": key, "kind": "UNRESOLVED", "candidates": candidates}
        for key, candidates in (("u", ["c", "a"]), ("v", ["b", "u"]))
    ]
    path = write_lines(tmp_path, *bodies, first, second, third, *unknown)
    run(settings, path)
    before = export(settings)
    merge(settings, "a", "b")
    merge(settings, "u", "v")
    merged = export(settings)
    assert find_line(settings, "b")["memberships"] == [un, nato]
    assert find_line(settings, "c")["memberships"] == [{"organization": "b"}]
    assert find_line(settings, "v")["candidates"] == ["b", "c"]
    assert unmerge(settings, "u") == unmerge(settings, "a") == []
    assert export(settings) == before
    merge(settings, "a", "b")
    merge(settings, "u", "v")
    run(settings, path)
    assert export(settings) == merged
    run(
        settings,
        write_lines(tmp_path, second | {"memberships": [un | {"since": {"edtf": "1946"}}]}),
    )
    assert find_line(settings, "b")["memberships"] == [un | {"since": {"edtf": "1946"}}, nato]


def test_nobody_acts_on_behalf_of_itself(settings: Settings, tmp_path: Path) -> None:
    """Of two actors of one part that become one, the one that may be left out is."""
    office = {"key": "o", "title": {"en": "O"}, "organization": "b"}
    host = {"role": "HOST", "actor": "a", "on_behalf_of": "b"}
    owed = [{"debtor": "a", "creditor": "b"}, {"debtor": "c", "creditor": "a"}]
    provision = {"key": "1", "ordinal": 1, "text": {"en": "P"}, "obligations": owed}
    records = (
        FILE[0],
        PEOPLE[0] | {"offices": [office]},
        PEOPLE[1] | {"offices": [office | {"key": "p", "organization": "a"}]},
        PEOPLE[2],
        MEETING | {"participants": [host, host | {"actor": "c"}, {"role": "HOST", "actor": "b"}]},
        MEETING | {"key": "n", "participants": [host | {"on_behalf_of": "a"}]},
        {"record": "agreement", "key": "g", "title": {"en": "G"}, "type": "TREATY"}
        | {"status": "SIGNED", "provisions": [provision]},
        {"record": "statement", "key": "s", "title": {"en": "S"}, "text": {"en": "S"}}
        | {"participants": [host | {"role": "SPEAKER"}]},
        {"record": "add", "article": "t", "to": "meeting:n"}
        | {"participants": [{"role": "GUEST", "actor": "b", "on_behalf_of": "a"}]},
        {"record": "add", "article": "t", "to": "actor:a", "offices": [office | {"key": "q"}]},
    )
    path = write_lines(tmp_path, *records)
    run(settings, path)
    before = export(settings)
    for old, new in (("a", "b"), ("b", "a")):
        merge(settings, old, new)
        merged = export(settings)
        itself = {"role": "HOST", "actor": new}
        acted = [itself, {"role": "HOST", "actor": "c", "on_behalf_of": new}]
        meeting, other = lines(settings, "meeting")
        assert meeting["participants"] == acted
        assert other["participants"] == [itself | {"on_behalf_of": new}]
        (agreement,) = lines(settings, "agreement")
        assert agreement["provisions"][0]["obligations"] == [
            {"debtor": new},
            {"debtor": "c", "creditor": new},
        ]
        (statement,) = lines(settings, "statement")
        assert statement["participants"] == [{"role": "SPEAKER", "actor": new}]
        added = [item for line in lines(settings, "add") for item in line.get("participants", ())]
        assert added == [{"role": "GUEST", "actor": new}]
        offices = [
            item
            for record in ("actor", "add")
            for line in lines(settings, record)
            for item in line.get("offices", ())
        ]
        assert [item.get("organization") for item in offices] == [None] * 3
        assert check_database(settings, print) > 0
        assert run(settings, path).startswith("0 created, ")
        assert export(settings) == merged
        assert unmerge(settings, old) == []
        assert export(settings) == before


def test_merges_follow_one_another(settings: Settings, tmp_path: Path) -> None:
    run(settings, write_lines(tmp_path, *PEOPLE, MEETING))
    before = export(settings)
    merge(settings, "a", "b")
    merge(settings, "b", "c")
    (last,) = lines(settings, "actor")
    assert last["merged"] == ["a", "b"]
    assert {name["text"] for name in last["aliases"]} == {"A", "B"}
    assert unmerge(settings, "b") == []
    assert [line["key"] for line in lines(settings, "actor")] == ["b", "c"]
    assert [line.get("merged") for line in lines(settings, "actor")] == [["a"], None]
    assert unmerge(settings, "a") == []
    assert export(settings) == before


def test_the_first_of_two_merges_is_taken_back_first(settings: Settings, tmp_path: Path) -> None:
    run(settings, write_lines(tmp_path, *PEOPLE, MEETING))
    before = export(settings)
    merge(settings, "a", "b")
    merge(settings, "b", "c")
    assert unmerge(settings, "a") == []
    assert [line.get("merged") for line in lines(settings, "actor")] == [None, ["b"]]
    assert "A" not in json.dumps(find_line(settings, "c"))
    assert unmerge(settings, "b") == []
    assert export(settings) == before


def test_an_edit_between_two_merges_is_left_and_told(settings: Settings, tmp_path: Path) -> None:
    run(settings, write_lines(tmp_path, *PEOPLE, MEETING))
    merge(settings, "a", "b")
    merge(settings, "b", "c")
    (meeting,) = lines(settings, "meeting")
    run(settings, write_lines(tmp_path, meeting | {"title": {"en": "Changed"}}))
    assert unmerge(settings, "a") == ["actor:b", "meeting:m"]
    assert unmerge(settings, "b") == ["meeting:m"]
    assert not any("merged" in line for line in lines(settings, "actor"))
    assert [line["key"] for line in lines(settings, "actor")] == ["a", "b", "c"]
    assert lines(settings, "meeting")[0]["title"] == {"en": "Changed"}


def test_what_a_deleted_article_said_does_not_come_back(settings: Settings, tmp_path: Path) -> None:
    known = {"record": "actor", "article": "t", "key": "g", "kind": "PERSON", "names": {"en": "G"}}
    path = write_lines(tmp_path, *FILE, *FEUD, known)

    def delete(*ids: str) -> None:
        delete_records(["article:t", "meeting:n", *ids], lambda work: write(settings, work))

    run(settings, path)
    delete("actor:g")
    without = export(settings)
    run(settings, path)
    for old, new in (("a", "b"), ("b", "d"), ("g", "c")):
        merge(settings, old, new)
    delete()
    assert unmerge(settings, "b") == unmerge(settings, "a") == []
    with pytest.raises(
        ImportFailure, match="the source of actor:g was deleted since it was merged"
    ):
        unmerge(settings, "g")
    left = [line for line in export(settings) if line["key"] != "c"]  # into which g was merged
    assert left == [line for line in without if line["key"] != "c"]
    article = next(line for line in FILE if line["record"] == "article")
    run(settings, write_lines(tmp_path, article))
    assert unmerge(settings, "g") == []
    assert known in lines(settings, "actor")


def test_why_an_actor_cannot_be_as_it_was_is_told(settings: Settings, tmp_path: Path) -> None:
    unknown = PEOPLE[0] | {"kind": "UNRESOLVED", "candidates": ["b", "c"]}
    run(settings, write_lines(tmp_path, unknown, *PEOPLE[1:]))
    merge(settings, "a", "b")
    delete_records(["actor:c"], lambda work: write(settings, work))
    with pytest.raises(ImportFailure, match="id: actor:a cannot be as it was: there is no actor:c"):
        unmerge(settings, "a")


def test_merges_are_taken_back_in_any_order(settings: Settings, tmp_path: Path) -> None:
    """Actors are merged at random, also again, and at last all are there as they were."""
    run(settings, write_lines(tmp_path, *FILE, *FEUD))
    before = export(settings)
    random = Random(settings.sqlite_path is None)
    merged: list[str] = []
    for _ in range(16):
        left = sorted({"a", "b", "c", "d", "e"} - {*merged})
        if len(left) > 1 and random.random() < 0.6:
            old, new = random.sample(left, 2)
            merge(settings, old, new)
            merged.append(old)
        elif merged:
            key = merged.pop(random.randrange(len(merged)))
            assert unmerge(settings, key) == []
    random.shuffle(merged)
    assert check_database(settings, print) > 0
    for key in merged:
        assert unmerge(settings, key) == []
    assert export(settings) == before


def test_merged_keys_are_imported_and_stay(
    settings: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    run(settings, write_lines(tmp_path, *PEOPLE, MEETING))
    merge(settings, "a", "b")
    merged, other = export(settings), new_migrated()
    run(other, write_lines(tmp_path, *merged))
    assert export(other) == merged
    with pytest.raises(ImportFailure, match="actor:a was merged elsewhere: what its own records"):
        unmerge(other, "a")
    run(other, write_lines(tmp_path, PEOPLE[1]))
    assert lines(other, "actor")[0]["merged"] == ["a"]
    merge(other, "b", "c")
    assert lines(other, "actor")[0]["merged"] == ["a", "b"]
    assert unmerge(other, "b") == []
    assert lines(other, "actor") == lines(settings, "actor")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            PEOPLE[1] | {"merged": ["c"]},
            "actor:c is a record of its own: merge it by `mithaq merge`",
        ),
        (PEOPLE[2] | {"merged": ["a"]}, "actor:a was merged into actor:b: unmerge it first"),
        (PEOPLE[0] | {"key": "d", "merged": ["d"]}, "actor:d was merged into actor:d"),
    ],
)
def test_a_key_leads_to_one_actor(
    settings: Settings, tmp_path: Path, record: dict[str, Any], message: str
) -> None:
    run(settings, write_lines(tmp_path, *PEOPLE))
    merge(settings, "a", "b")
    with pytest.raises(ImportFailure, match=message):
        run(settings, write_lines(tmp_path, record))


def test_with_an_actor_go_the_keys_that_lead_to_it(settings: Settings, tmp_path: Path) -> None:
    run(settings, write_lines(tmp_path, *PEOPLE))
    merge(settings, "a", "b")
    delete_records(["actor:b"], lambda work: write(settings, work))
    run(settings, write_lines(tmp_path, PEOPLE[0]))
    assert lines(settings, "actor") == [PEOPLE[0], PEOPLE[2]]


def test_an_actor_that_got_another_has_the_wikidata_item_of_its_line(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, write_lines(tmp_path, PEOPLE[0], PEOPLE[1] | {"wikidata": "Q1"}))
    merge(settings, "a", "b")
    run(settings, write_lines(tmp_path, PEOPLE[1] | {"wikidata": "Q2"}))
    assert lines(settings, "actor")[0]["wikidata"] == "Q2"
    write(settings, check)
    assert check_database(settings, print) == 1


def test_a_dossier_does_not_define_a_merged_actor_anew(settings: Settings, tmp_path: Path) -> None:
    run(settings, write_lines(tmp_path, *PEOPLE))
    merge(settings, "a", "b")
    dossier = write_yaml(tmp_path, "actors:\n  - {key: a, kind: PERSON, names: {en: A}}\n")
    with pytest.raises(ImportFailure, match="actor:a was merged into actor:b: write that instead"):
        run(settings, dossier)


def test_a_dossier_leaves_what_an_actor_got(settings: Settings, tmp_path: Path) -> None:
    dossier = "actors:\n  - {key: b, kind: PERSON, names: {en: B}}\n"
    paths = write_lines(tmp_path, PEOPLE[0]), write_yaml(tmp_path, dossier)
    run(settings, *paths)
    merge(settings, "a", "b")
    (merged,) = export(settings)
    assert run(settings, *paths).startswith("0 created, 0 updated")
    renamed = dossier.replace("B}", "New}")
    assert run(settings, write_yaml(tmp_path, renamed)).startswith("0 created, 1 updated")
    assert export(settings) == [merged | {"names": {"en": "New"}}]


TEXT = "A and B met. A said so."
FILE: list[dict[str, Any]] = [
    {"record": "article", "key": "t", "title": "T", "language": "en", "text": TEXT},
    PEOPLE[0]
    | {
        "offices": [{"key": "o", "title": {"en": "O"}}],
        "wikidata": "Q1",
        "identifiers": [{"scheme": "ISNI", "id": "1"}],
    },
    *PEOPLE[1:],
    {"record": "actor", "key": "d", "kind": "PERSON", "names": {"en": "D"}}
    | {"offices": [{"key": "p", "title": {"en": "P"}, "organization": "a"}]},
    MEETING | {"figures": [{"measure": "deaths", "best": "1.50"}]},
    {"record": "meeting", "article": "t", "key": "n", "format": "TALKS", "title": {"en": "N"}}
    | {
        "date": "2020-05",
        "participants": [{"role": "HOST", "actor": "a"}],
        "identifiers": [{"scheme": "S", "id": "1"}],
        "claims": [
            {"property": "participants.host", "value": "a", "quote": "met", "attribution": ["a"]},
        ],
    },
    {"record": "claim", "article": "t", "subject": "office:a.o", "quote": "A said"},
    {"record": "alias", "article": "t", "actor": "a", "text": "A and", "language": "en"},
    {"record": "add", "article": "t", "to": "meeting:m"}
    | {"participants": [{"role": "MEDIATOR", "actor": "a"}]},
]


# Records that name several actors of the file.
FEUD: list[dict[str, Any]] = [
    PEOPLE[0] | {"key": "e", "offices": [{"key": "q", "title": {"en": "Q"}, "organization": "d"}]},
    MEETING
    | {
        "key": "several",
        "participants": [
            {"role": "HOST", "actor": "a", "on_behalf_of": "b"},
            {"role": "GUEST", "actor": "d", "office": "p", "on_behalf_of": "c"},
            {"role": "GUEST", "actor": "e", "office": "q"},
        ],
    },
    {"record": "claim", "article": "t", "subject": "actor:b", "quote": "B met", "property": "name"}
    | {"value": "B", "attribution": ["a", "c"]},
    {"record": "claim", "article": "t", "subject": "meeting:several", "quote": "A and B"}
    | {"property": "participants.host", "value": "a", "attribution": ["d"]},
    {"record": "alias", "article": "t", "actor": "d", "text": "A said", "language": "en"},
]


def test_lines_that_name_a_merged_actor_mean_the_other(settings: Settings, tmp_path: Path) -> None:
    """What a file defines stays merged when it is imported again, and comes back by unmerging."""
    path = write_lines(tmp_path, *FILE)
    run(settings, path)
    before = export(settings)
    again = run(settings, path)
    assert again.startswith("0 created, 0 updated")
    merge(settings, "a", "b")
    merged = export(settings)
    assert run(settings, path) == again
    assert export(settings) == merged
    later = MEETING | {"key": "later", "participants": [{"role": "HOST", "actor": "a"}]}
    path = write_lines(tmp_path, *FILE, later, later | {"key": "named", "format": 1})
    with pytest.raises(ImportFailure, match="format"):
        run(settings, path)
    path = write_lines(tmp_path, *FILE, later)
    assert run(settings, path).startswith("1 created, 0 updated")
    assert find_line(settings, "later")["participants"] == [{"role": "HOST", "actor": "b"}]
    assert unmerge(settings, "a") == []
    assert [line for line in export(settings) if line.get("key") != "later"] == before
    assert run(settings, path).startswith("0 created, 2 updated")  # and has taken over its actor
    assert find_line(settings, "later")["participants"] == [{"role": "HOST", "actor": "a"}]


def test_reference_data_are_imported_again_after_merging(
    settings: Settings, tmp_path: Path
) -> None:
    state = {"record": "actor", "key": "x", "kind": "STATE", "names": {"en": "X"}, "country": "TR"}
    run(settings, write_lines(tmp_path, state))

    def import_countries() -> str:
        return str(import_reference("countries", lambda work: write(settings, work)))

    import_countries()
    before = export(settings)
    for old, new in (("x", "turkey"), ("turkey", "x")):
        merge(settings, old, new)
        merged = export(settings)
        assert find_line(settings, new)["wikidata"] == "Q43"
        assert import_countries().startswith("0 created, 0 updated")
        assert export(settings) == merged
        assert unmerge(settings, old) == []
        assert export(settings) == before


def find_line(settings: Settings, key: str) -> dict[str, Any]:
    (line,) = (line for line in export(settings) if line.get("key") == key)
    return line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("x", "b", "there is no actor:x"),
        ("a", "x", "there is no actor:x"),
        ("a", "a", "not merged into itself"),
        ("c", "b", "both have an office with the key o"),
    ],
)
def test_what_cannot_be_merged_is_refused(
    settings: Settings, tmp_path: Path, old: str, new: str, message: str
) -> None:
    offices = {"offices": [{"key": "o", "title": {"en": "O"}}]}
    first, second, third = PEOPLE
    run(settings, write_lines(tmp_path, first, second | offices, third | offices))
    before = export(settings)
    with pytest.raises(ImportFailure, match=message):
        merge(settings, old, new)
    with pytest.raises(ImportFailure, match="no actor:a was merged into another"):
        unmerge(settings, "a")
    assert export(settings) == before


async def test_the_old_id_leads_to_the_survivor(settings: Settings, tmp_path: Path) -> None:
    await to_thread(run, settings, write_lines(tmp_path, *PEOPLE, MEETING))
    await to_thread(merge, settings, "a", "b")
    database = await open_database(settings)
    answerer = Answerer(build_catalog(SCHEMA), database)
    answer = await answerer.answer(
        GraphQLRequest(
            '{ node(id: "actor:a") { id } nodes(ids: ["actor:c", "actor:a"]) { id }'
            ' actor(key: "a") { id history { nodes { action } } }'
            ' changes(record: "actor:a") { nodes { action node { id } } } }'
        )
    )
    await database.close()
    assert json.loads(answer.json)["data"] == {
        "node": {"id": "actor:b"},
        "nodes": [{"id": "actor:c"}, {"id": "actor:b"}],
        "actor": {
            "id": "actor:b",
            "history": {"nodes": [{"action": "UPDATED"}, {"action": "CREATED"}]},
        },
        "changes": {
            "nodes": [
                {"action": "CREATED", "node": None},
                {"action": "DELETED", "node": None},
            ]
        },
    }
