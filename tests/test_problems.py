"""What is wrong with files is told in one pass: every cause, once, and nothing that follows."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from api import model as m
from api.errors import ImportFailure, Problem
from api.intake import import_paths
from api.intake.forms.read_back import read_lines
from api.intake.read.recovery import PLACEHOLDER
from api.settings import Settings
from tests.importing import count, edit, run
from tests.test_bulk import article, meeting, place, save
from tests.test_search import ask
from tests.transactions import write


def refuse(settings: Settings, *paths: Path) -> list[str]:
    """Import files that are wrong, and return what is said of them without their folder."""
    with pytest.raises(ImportFailure) as refused:
        run(settings, *paths)
    assert count(settings, m.Revision) == 0
    assert PLACEHOLDER not in str(refused.value)
    return [problem.removeprefix(f"{paths[0].parent}/") for problem in refused.value.problems]


def test_all_is_told_in_one_pass(settings: Settings, folder: Path) -> None:
    edit(folder, "format: SUMMIT", "format: PARTY")
    edit(folder, "place: camp-david\n", "place: camp-daniel\n")
    edit(folder, 'quote: "earlier in September"', 'quote: "earlier in Septembre"')
    edit(folder, '"1978-09-17", text: On 17', '"1978-09-31", text: On 17')
    edit(folder, "ordinal: 2,", "ordinal: 1,")
    edit(folder, "country: EG                     #", "country: XX                     #")
    (problems := refuse(settings, folder)).sort()
    wanted = [
        '"XX" is not an ISO 3166-1 alpha-2 country code',
        "there is no place:camp-daniel",
        "`format`",
        "earlier in Septembre",
        '"1978-09-31" is no date',
        "`ordinal` 1 is already that of",
    ]
    assert len(problems) == len(wanted)
    for text in wanted:
        assert any(text in problem for problem in problems)


# Faults of a record whose key is right, by the fields that have them.
FAULTS: list[dict[str, Any]] = [
    {"kind": "KING"},
    {"kind": None},
    {"names": "A"},
    {"names": {}},
    {"names": {"q!": "A"}},
    {"nmaes": {"en": "A"}},
    {"country": "XX"},
    {"wikidata": "1"},
    {"aliases": "A"},
    {"aliases": ["A"]},
    {"aliases": [{"text": "", "language": "en"}]},
    {"offices": [{"key": "o", "title": "O", "since": "2020-13"}]},
    {"candidates": ["A!"]},
    {"claims": [{"quote": ""}]},
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize("form", ["dossier", "lines"])
def test_who_refers_to_a_faulty_record_is_not_blamed(
    settings: Settings, tmp_path: Path, fault: dict[str, Any], form: str
) -> None:
    actor = {"key": "a", "kind": "PERSON", "names": {"en": "A"}, "offices": []} | fault
    office = "o" if actor["offices"] else None
    guest = {"role": "GUEST", "actor": "a", "office": office}
    meetings = [meeting(f"m{number}", participants=[guest]) for number in range(3)]
    lines = [{"record": "actor", **actor}, *meetings]
    if form == "lines":
        paths = [save(tmp_path / "all.jsonl", lines)]
    else:
        paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
        events = [{key: item[key] for key in item if key != "record"} for item in meetings]
        paths[0].write_text(yaml.safe_dump({"actors": [actor]}), encoding="utf-8")
        paths[1].write_text(yaml.safe_dump({"meetings": events}), encoding="utf-8")
    name = paths[0].name
    assert all(problem.startswith(f"{name}:") for problem in refuse(settings, *paths))


def test_what_is_wrong_beside_a_fault_is_told(settings: Settings, tmp_path: Path) -> None:
    claims = [{"quote": "They parted."}, {"quote": "They stayed."}]
    bad = meeting("m", article="text", format="PARTY", place="nowhere", claims=claims)
    path = save(tmp_path / "all.jsonl", [article("text"), bad, place("p", latitude="3", country=1)])
    problems = refuse(settings, path)
    assert [problem.split(":")[1] for problem in problems] == ["2", "2", "2", "3", "3"]
    for text in ("`format`", "no place:nowhere", "They stayed", "`country`", "belong together"):
        assert any(text in problem for problem in problems)


def test_what_an_unreadable_article_says_is_not_asked(settings: Settings, tmp_path: Path) -> None:
    lines = [
        article("gone", text=None, file="gone.txt"),
        meeting("m", article="gone", claims=[{"quote": "They met"}]),
        meeting("n", links=[{"relation": "FOLLOWS", "event": "meeting:m"}]),
        meeting("o", article="none", date={"edtf": "2020", "text": "in 2020"}),
        meeting("p", article="No key", claims=[{"quote": "They met"}]),
        meeting("q", links=[{"relation": "FOLLOWS", "event": "meeting:p"}]),
    ]
    problems = refuse(settings, save(tmp_path / "all.jsonl", lines))
    assert [problem.split(":")[1] for problem in problems] == ["1", "4", "5"]
    assert "`gone.txt` does not exist" in problems[0]
    assert "there is no article:none" in problems[1]


def test_a_fault_takes_nothing_from_other_files(settings: Settings, tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("places: [{key: p, names: {en: P}}, {key: q, names: {en: Q}}]")
    second.write_text("places: [{key: r, names: {en: R}, part_of: p}]")
    run(settings, first, second)
    first.write_text("places: [{key: P, names: {en: P}}, {key: q, names: {en: Q}}]")
    with pytest.raises(ImportFailure) as refused:
        run(settings, first)
    (problem,) = refused.value.problems
    assert '"P" is not a valid key' in problem


def test_equal_problems_are_told_once(settings: Settings, tmp_path: Path) -> None:
    lines = [place(f"p{number}", part_of="nowhere") for number in range(1200)]
    path = save(tmp_path / "all.jsonl", [*lines, place("q", country="XX")])
    with pytest.raises(ImportFailure) as refused:
        run(settings, path)
    one, many = str(refused.value).splitlines()
    assert one.startswith(f"{path}:1201: `country`: ")
    assert many == (
        f"{path}:1: there is no place:nowhere: define it here, or import the file that defines it "
        "(so in 1,200 places; the next: 2, 3, 4, 5, …)"
    )
    assert len(refused.value.problems) == 1201


def test_few_equal_problems_stand_line_by_line() -> None:
    problems = [Problem("a", line, text) for line, text in ((1, "x"), (2, "y"), (3, "x"))]
    assert str(ImportFailure(problems)) == "a:1: x\na:2: y\na:3: x"
    many = ImportFailure([Problem(f"f{number}", number, "x") for number in range(6)])
    assert str(many) == "f0: x (so in 6 places; the next: f1:1, f2:2, f3:3, f4:4, …)"


def test_a_reference_to_a_quarantined_line_names_it(settings: Settings, tmp_path: Path) -> None:
    lines = [place("a"), place("b", country="XX", part_of="nowhere"), place("c", part_of="b")]
    path, bad = save(tmp_path / "all.jsonl", lines), tmp_path / "bad.jsonl"
    summary = import_paths([path], make_write(settings), quarantine=bad)
    assert str(summary) == "1 created, 0 updated, 0 unchanged; 2 lines quarantined"
    reasons = [json.loads(line)["reason"] for line in bad.read_text("utf-8").splitlines()]
    assert "`country`" in reasons[0]
    assert "there is no place:nowhere" in reasons[0]
    assert reasons[1] == "this refers to place:b, which was quarantined with line 2"


def make_write(settings: Settings) -> Callable[..., Any]:
    return lambda work: write(settings, work)


# Records of two files.

ALIKE = "actors: [{key: a, kind: PERSON, names: {en: A}, aliases: [{text: B, language: en}]}]\n"


def test_a_second_file_that_says_the_same_changes_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(ALIKE)
    second.write_text(ALIKE)
    assert run(settings, first) == "1 created, 0 updated, 0 unchanged"
    assert run(settings, second) == "0 created, 0 updated, 1 unchanged"
    assert run(settings, second, first) == "0 created, 0 updated, 1 unchanged"
    assert count(settings, m.ActorName) == 2
    second.write_text("actors: []")
    assert run(settings, second) == "0 created, 0 updated, 0 unchanged"
    second.write_text(ALIKE.replace("PERSON", "OTHER"))
    with pytest.raises(ImportFailure, match=r"already defined differently in .*a\.yaml"):
        run(settings, second)


def test_a_record_moves_to_the_file_that_still_has_it(settings: Settings, tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(ALIKE)
    second.write_text(ALIKE)
    run(settings, first)
    first.write_text("actors: []")
    assert run(settings, first, second) == "0 created, 1 updated, 0 unchanged"
    assert count(settings, m.ActorName) == 2
    assert run(settings, first) == "0 created, 0 updated, 0 unchanged"
    first.write_text(ALIKE)
    second.unlink()
    assert run(settings, first) == "0 created, 1 updated, 0 unchanged"
    assert count(settings, m.ActorName) == 2


def test_an_actor_that_moves_takes_no_names_of_its_old_home_along(
    settings: Settings, tmp_path: Path
) -> None:
    actor = {"record": "actor", "key": "x", "kind": "PERSON", "names": {"en": "X"}}
    old = actor | {"aliases": [{"text": "Old", "language": "en"}]}
    run(settings, save(tmp_path / "all.jsonl", [old, actor | {"key": "stays"}]))
    moved = actor | {"article": "a", "aliases": [{"text": "New", "language": "en"}]}
    stays = actor | {"key": "stays", "country": "SY"}
    run(settings, save(tmp_path / "all.jsonl", [article("a"), moved, stays]))
    lines = write(settings, lambda connection: [*map(json.loads, read_lines(connection))])
    assert [line for line in lines if line.get("key") == "x"] == [moved]
    assert not [line for line in lines if line["record"] == "alias"]


# What is no error, but may be a mistake.


def test_doubles_are_warned_of(settings: Settings, tmp_path: Path) -> None:
    actor: dict[str, Any] = {
        "record": "actor",
        "kind": "PERSON",
        "names": {"en": "José Á"},
        "country": "SY",
    }
    lines = [
        actor | {"key": "a"},
        actor | {"key": "b", "names": {"en": "JOSE A", "ar": "خوسيه"}},
        actor | {"key": "c", "country": "TR"},
        actor | {"key": "d", "kind": "OTHER"},
        actor | {"key": "e", "country": None},
        article("x"),
        article("y"),
        article("z", text="Another text."),
    ]
    path = save(tmp_path / "all.jsonl", lines)
    summary = import_paths([path], make_write(settings))
    actors, articles = summary.warnings
    assert str(summary) == "8 created, 0 updated, 0 unchanged; 2 warnings"
    assert actors.startswith("actor:a and actor:b have the same name, kind and country")
    assert articles.startswith("article:x and article:y have the same SHA-256")
    assert import_paths([path], make_write(settings)).warnings == ()
    more = save(tmp_path / "more.jsonl", [actor | {"key": "f", "country": "TR"}])
    (warning,) = import_paths([more], make_write(settings)).warnings
    assert warning.startswith("actor:c and actor:f")


URLS = [
    ("a", "https://www.Sana.example/en/1/"),
    ("b", "http://sana.example/en/1#top"),
    ("c", "https://sana.example/en/1?page=2"),
    ("d", "https://sana.example/EN/1"),
    ("e", "https://sana.example/en/1?page=2"),
    ("f", "www.sana.example/en/12"),
]


def test_articles_of_one_url_are_warned_of(settings: Settings, tmp_path: Path) -> None:
    lines = [article(key, text=f"Text {key}.") | {"url": url} for key, url in reversed(URLS)]
    summary = import_paths([save(tmp_path / "all.jsonl", lines)], make_write(settings))
    assert [warning.partition(" have the same URL")[0] for warning in summary.warnings] == [
        "article:a and article:b",
        "article:c and article:e",
    ]
    assert str(summary) == "6 created, 0 updated, 0 unchanged; 2 warnings"
    found = asyncio.run(ask(settings, URLS[2][1], BY_URL))
    assert found == {"article": {"key": "c"}}


BY_URL = "query ($text: String!) { article(url: $text) { key } }"


def test_an_observed_spelling_stands_in_the_article(settings: Settings, folder: Path) -> None:
    edit(folder, "text: President Anwar Sadat, language", "text: President Anvar Sadat, language")
    edit(folder, "text: President Jimmy Carter, language", "text: Prezident Carter, language")
    problems = refuse(settings, folder)
    assert len(problems) == 2
    assert 'the article does not have "President Anvar Sadat": copy its letters' in problems[0]


def test_an_observed_spelling_needs_an_article(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(ALIKE.replace("language: en}]", "language: en, observed: true}]"))
    (problem,) = refuse(settings, path)
    assert 'no article is here that has "B"' in problem
