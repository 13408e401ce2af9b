"""The judged queries find what a reader would want, and little else."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.oracle import World
from tests.searching import Field, find_hits, list_fields

JUDGED = Path(__file__).parent / "judged"
QUERIES = yaml.safe_load((JUDGED / "queries.yaml").read_text("utf-8"))
KINDS = {
    "ARTICLE",
    "ACTOR",
    "PLACE",
    "TOPIC",
    "MEETING",
    "AGREEMENT",
    "PROVISION",
    "STATEMENT",
    "APPEAL",
}


@pytest.fixture(scope="module")
def records() -> dict[str, list[Field]]:
    world = World([ROOT / "seeds", JUDGED / "dossiers"])
    return {id_: list_fields(thing) for id_, thing in world.records.items()}


def test_ids_exist(records: dict[str, list[Field]]) -> None:
    judged = {id_ for entry in QUERIES for id_ in entry["relevant"]}
    assert judged - records.keys() == set()


@pytest.mark.parametrize("entry", QUERIES, ids=[entry["query"] for entry in QUERIES])
def test_query(records: dict[str, list[Field]], entry: dict[str, Any]) -> None:
    kinds = entry.get("kinds", KINDS)
    hits = {
        id_ for id_ in find_hits(records, entry["query"]) if id_.partition(":")[0].upper() in kinds
    }
    relevant = set(entry["relevant"])
    found = hits & relevant
    message = f"missed {relevant - hits}, beside the point {hits - relevant}"
    assert len(found) >= entry.get("recall", 1) * len(relevant), message
    assert len(found) >= entry.get("precision", 1) * len(hits), message
