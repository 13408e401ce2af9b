"""Pairs of actors that are probably one: how many of the judged pairs are found, and how surely."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.intake.duplicate_actors import Candidate, find_pairs
from api.settings import Settings
from api.text.name_matching import parse_name
from tests.importing import run, write_lines

JUDGED = Path(__file__).parent / "judged" / "actors.txt"


def read_actor(key: str, kind: str, text: str) -> Candidate:
    """Read an actor: `EG en=Anwar Sadat; ar=أنور السادات @ President 1970`."""
    country, _, rest = text.strip().partition(" ")
    names, _, office = rest.partition(" @ ")
    actor = Candidate(key, kind, None if country == "-" else country)
    for item in names.split(";"):
        language, _, name = item.strip().partition("=")
        actor.names[name] = parse_name(name, language, titled=kind == "PERSON")
    title, _, year = office.partition(" 1")
    actor.offices = {(title, None)} if title else set()
    actor.years = {int(f"1{year}")} if year else set()
    return actor


def read_pairs() -> list[tuple[bool, Candidate, Candidate]]:
    """Read the judged pairs, each with whether the two are one."""
    pairs = []
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            verdict, kind, one, two = (part.strip() for part in line.split("|"))
            assert verdict in ("same", "other")
            pairs.append(
                (verdict == "same", read_actor("a", kind, one), read_actor("b", kind, two))
            )
    return pairs


PAIRS = read_pairs()


def test_few_of_the_pairs_found_are_not_one() -> None:
    found = [(same, one, two) for same, one, two in PAIRS if find_pairs([one, two])]
    right = sum(same for same, _, _ in found)
    precision, recall = right / len(found), right / sum(same for same, _, _ in PAIRS)
    wrong = [(*one.names, *two.names) for same, one, two in found if not same]
    missed = [
        (*one.names, *two.names) for same, one, two in PAIRS if same and not find_pairs([one, two])
    ]
    assert len(PAIRS) >= 150
    assert precision >= 0.98, wrong
    assert recall >= 0.9, missed


ALIASED = {"names": {name: parse_name(name, "en") for name in ("Türkiye", "Republic of Türkiye")}}


@pytest.mark.parametrize(
    ("known", "other"),
    [({"wikidata": {"Q43"}}, {"events": 900}), ({"events": 1}, ALIASED), (ALIASED, {})],
)
def test_the_better_known_actor_survives(known: dict[str, Any], other: dict[str, Any]) -> None:
    state = read_actor("", "STATE", "TR en=Türkiye")
    for one, two in (("a", "b"), ("b", "a")):
        pairs = find_pairs([replace(state, key=one, **known), replace(state, key=two, **other)])
        assert [(pair.merged.key, pair.into.key) for pair in pairs] == [(two, one)]


def test_the_command_writes_lines_that_merging_takes(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person: dict[str, Any] = {"record": "actor", "kind": "PERSON"}
    office = {"key": "president", "title": {"en": "President"}, "since": "1970"}
    lines = [
        person | {"key": "sadat", "names": {"en": "Anwar Sadat"}, "offices": [office]},
        person | {"key": "another", "names": {"ar": "أنور السادات"}, "country": "EG"},
        person | {"key": "carter", "names": {"en": "Jimmy Carter"}},
        {
            "record": "meeting",
            "key": "m",
            "title": {"en": "M"},
            "format": "TALKS",
            "participants": [{"role": "HOST", "actor": "sadat"}],
        },
    ]
    run(settings, write_lines(tmp_path, *lines))
    monkeypatch.setenv("MITHAQ_DATABASE_URL", settings.database_url)
    result = CliRunner().invoke(app, ["actors", "duplicates"], catch_exceptions=False)
    (pair,) = map(json.loads, result.stdout.splitlines())
    assert pair == {
        "from": "actor:another",
        "into": "actor:sadat",
        "score": 0.94,
        "reasons": ["names that are spelled differently"],
        "names": ["أنور السادات", "Anwar Sadat"],
    }
    sure = CliRunner().invoke(app, ["actors", "duplicates", "--threshold", "0.95"])
    assert sure.stdout == ""
    assert CliRunner().invoke(app, ["merge", pair["from"], pair["into"]]).exit_code == 0
    parted = CliRunner().invoke(app, ["unmerge", pair["from"]], catch_exceptions=False)
    assert parted.stdout == "actor:another is there again\n"
