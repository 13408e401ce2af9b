"""Reference data: what its tables say, and imports of it beside dossiers; second definitions."""

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.errors import ImportFailure
from api.intake.forms.read_back import read_lines
from api.intake.reference.countries import build_lines
from api.intake.reference.importing import import_reference
from api.resources import SEEDS
from api.settings import Settings
from tests.conftest import AT
from tests.importing import run
from tests.test_derived import check
from tests.transactions import read, write

Line = dict[str, Any]
SIZES = {
    "un": 193,
    "eu": 27,
    "nato": 32,
    "arab-league": 22,
    "oic": 57,
    "african-union": 55,
    "asean": 11,
    "gcc": 6,
    "council-of-europe": 46,
    "osce": 57,
    "g20": 21,
    "commonwealth": 56,
    "iaea": 181,
}


def bring(settings: Settings) -> str:
    return str(import_reference("countries", lambda work: write(settings, work), AT))


def export(settings: Settings) -> dict[tuple[str, str], Line]:
    lines = map(orjson.loads, read(settings, lambda connection: list(read_lines(connection))))
    return {(line["record"], line.get("key", "")): line for line in lines}


def list_names(line: Line) -> set[str]:
    return {*line["names"].values(), *(name["text"] for name in line.get("aliases", ()))}


def test_organizations_have_their_members() -> None:
    counts: Counter[str] = Counter()
    keys = [(line["record"], line["key"]) for line in build_lines()]
    assert len(set(keys)) == len(keys)
    for line in build_lines():
        for item in line.get("memberships", ()):
            assert ("actor", item["organization"]) in keys
            counts[item["organization"]] += "role" not in item and "until" not in item
    assert {key: counts[key] for key in SIZES} == SIZES


def test_reference_data_and_dossiers_define_the_same_states(settings: Settings) -> None:
    size = len(list(build_lines()))
    run(settings, SEEDS)
    assert bring(settings) == f"{size - 4} created, 2 updated, 2 unchanged"
    assert bring(settings) == f"0 created, 0 updated, {size} unchanged"
    assert " 0 updated" in run(settings, SEEDS)
    actor = export(settings)["actor", "syria"]
    assert {"سوريا", "Suriye", "Syrian Arab Republic"} <= list_names(actor)
    assert {"un", "arab-league", "oic", "iaea"} == {
        item["organization"] for item in actor["memberships"]
    }
    write(settings, check)


def test_a_dossier_takes_over_what_it_defines_otherwise(settings: Settings, tmp_path: Path) -> None:
    size = len(list(build_lines()))
    bring(settings)
    path = tmp_path / "egypt.yaml"
    path.write_text(
        "places: [{key: cairo, names: {en: Cairo the Great}, country: EG}]\n"
        "actors:\n"
        "  - {key: egypt, kind: STATE, names: {en: Arab Republic of Egypt}}\n"
        "  - {key: chad, kind: STATE, names: {en: Chad}, country: TD, candidates: []}\n"
        "  - {key: nato, kind: ORGANIZATION, names: {en: NATO}}\n"
    )
    assert run(settings, path) == "0 created, 3 updated, 1 unchanged"
    lines = export(settings)
    assert {"Egypt", "Arab Republic of Egypt"} <= list_names(lines["actor", "egypt"])
    assert lines["actor", "egypt"]["memberships"]
    assert lines["actor", "nato"]["kind"] == "ORGANIZATION"
    assert {"Cairo", "Cairo the Great"} <= list_names(lines["place", "cairo"])
    assert lines["place", "cairo"]["dataset"]
    assert bring(settings) == f"0 created, 0 updated, {size} unchanged"


@pytest.mark.parametrize("first", [True, False])
def test_an_actor_of_a_dossier_has_the_memberships_of_the_reference_data(
    settings: Settings, tmp_path: Path, *, first: bool
) -> None:
    def list_memberships() -> list[str]:
        memberships = export(settings)["actor", "turkiye"].get("memberships", ())
        return [item["organization"] for item in memberships]

    path = tmp_path / "turkiye.yaml"
    text = "actors: [{key: %s, kind: STATE, wikidata: Q43, country: %s, names: {en: %s}%s}]\n"
    path.write_text(text % ("turkiye", "TR", "Türkiye", ""))
    run(settings, path)
    if first:
        bring(settings)  # which takes it over
    path.write_text(text % ("turkiye", "CY", "Türkiye", ""))
    run(settings, path)
    bring(settings)
    given = list_memberships()
    assert {"un", "nato", "oic"} <= {*given}
    path.write_text(text % ("turkiye", "GR", "Turkey", ""))
    assert run(settings, path) == "0 created, 1 updated, 0 unchanged"
    assert list_memberships() == given
    assert run(settings, path) == "0 created, 0 updated, 1 unchanged"
    write(settings, check)
    path.write_text(text % ("turkiye", "GR", "Turkey", ", memberships: [{organization: nato}]"))
    run(settings, path)
    bring(settings)
    assert list_memberships() == ["nato"]


def test_actors_are_those_of_the_same_wikidata_item(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "turkiye.yaml"
    path.write_text("actors: [{key: turkiye, kind: STATE, wikidata: Q43, names: {en: TR}}]\n")
    run(settings, path)
    bring(settings)
    lines = export(settings)
    assert ("actor", "turkey") not in lines
    assert "nato" in {item["organization"] for item in lines["actor", "turkiye"]["memberships"]}


ONE, OTHER = "[{key: a%s, country: EG, names: {en: A}}]\n", "[{key: a%s, names: {en: B, tr: C}}]\n"


@pytest.mark.parametrize(
    ("record", "section", "kind"),
    [("actor", "actors: ", ", kind: STATE"), ("place", "places: ", "")],
)
def test_another_dossier_s_names_are_aliases(
    settings: Settings, tmp_path: Path, record: str, section: str, kind: str
) -> None:
    one, other = tmp_path / "1.yaml", tmp_path / "2.yaml"
    one.write_text(section + ONE % kind)
    other.write_text(section + OTHER % kind)
    assert run(settings, one, other) == "1 created, 0 updated, 0 unchanged"
    assert run(settings, other) == "0 created, 0 updated, 1 unchanged"
    assert run(settings, one, other) == "0 created, 0 updated, 1 unchanged"
    line = export(settings)[record, "a"]
    assert (line["names"], list_names(line)) == ({"en": "A"}, {"A", "B", "C"})
    assert run(settings, one) == "0 created, 1 updated, 0 unchanged"
    assert list_names(export(settings)[record, "a"]) == {"A"}
    assert run(settings, other) == "0 created, 1 updated, 0 unchanged"
    assert list_names(export(settings)[record, "a"]) == {"A", "B", "C"}
    write(settings, check)
    other.write_text(other.read_text().replace("names", "country: TR, names"))
    with pytest.raises(ImportFailure, match="already defined"):
        run(settings, other)


PLACE = """
article: {key: %s, title: T, language: en, url: "https://example.org/%s"}
places: [{key: p, names: {en: %s}%s}]
"""


def test_an_article_s_names_of_a_place_are_aliases(settings: Settings, tmp_path: Path) -> None:
    one, other = tmp_path / "1.yaml", tmp_path / "2.yaml"
    one.write_text(PLACE % ("one", 1, "P", ", country: EG"))
    other.write_text(PLACE % ("other", 2, "Q", ""))
    assert run(settings, one, other) == "3 created, 0 updated, 0 unchanged"
    assert run(settings, other).startswith("0 created, 0 updated")
    assert run(settings, one).startswith("0 created, 0 updated")
    lines = export(settings)
    assert lines["place", "p"]["names"] == {"en": "P"}
    assert lines["add", ""]["aliases"] == [{"text": "Q", "language": "en"}]
    write(settings, check)
    other.write_text(PLACE % ("other", 2, "Q", ", country: TR"))
    with pytest.raises(ImportFailure, match="already defined"):
        run(settings, other)
    other.write_text(PLACE.replace("places", "#") % ("other", 2, "Q", ""))
    assert run(settings, other) == "0 created, 1 updated, 1 unchanged"
    assert ("add", "") not in export(settings)
