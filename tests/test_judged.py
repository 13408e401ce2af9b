"""The judged queries find what a reader would want, and little else, on both databases."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.answer import Answerer
from api.database import open_database
from api.intake import import_paths
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import AT, ROOT, NewDatabase
from tests.oracle import World, answer
from tests.searching import list_fields
from tests.test_oracle import normalize
from tests.transactions import write

JUDGED = Path(__file__).parent / "judged"
QUERIES = yaml.safe_load((JUDGED / "queries.yaml").read_text("utf-8"))
FOLDERS = [ROOT / "seeds", JUDGED / "dossiers"]
KINDS = [
    "ARTICLE",
    "ACTOR",
    "PLACE",
    "TOPIC",
    "MEETING",
    "AGREEMENT",
    "PROVISION",
    "STATEMENT",
    "APPEAL",
]
WORLD = World(FOLDERS)
TEXTS = [text for thing in WORLD.records.values() for *_, text in list_fields(thing)]
DOCUMENT = """query ($text: String!, $kinds: [RecordKind!], $first: Int) {
  search(text: $text, kinds: $kinds, first: $first) {
    totalCount
    nodes { node { id } field snippet highlights { start end } }
  }
}"""


@pytest.fixture(scope="session")
def judged(new_migrated: NewDatabase) -> Settings:
    filled = new_migrated()
    import_paths(FOLDERS, lambda work: write(filled, work), AT)
    return filled


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge(judged: Settings) -> AsyncIterator[Answerer]:
    database = await open_database(judged)
    yield Answerer(build_catalog(SCHEMA), database)
    await database.close()


async def search(judge: Answerer, **variables: Any) -> dict[str, Any]:
    given = await judge.answer(GraphQLRequest(DOCUMENT, variables=variables))
    assert given.code is None, given.json
    data: dict[str, Any] = json.loads(given.json)["data"]
    return data


def test_ids_exist() -> None:
    judged = {id_ for entry in QUERIES for id_ in entry["relevant"]}
    assert judged - WORLD.records.keys() == set()


@pytest.mark.parametrize("entry", QUERIES, ids=[entry["query"] for entry in QUERIES])
async def test_query(judge: Answerer, entry: dict[str, Any]) -> None:
    kinds = entry.get("kinds", KINDS)
    found = await search(judge, text=entry["query"], kinds=kinds, first=500)
    hits = {hit["node"]["id"] for hit in found["search"]["nodes"]}
    relevant = set(entry["relevant"])
    message = f"missed {relevant - hits}, beside the point {hits - relevant}"
    assert len(hits & relevant) >= entry.get("recall", 1) * len(relevant), message
    assert len(hits & relevant) >= entry.get("precision", 1) * len(hits), message


@st.composite
def queries(draw: Any) -> str:
    """Write a few words of some text, perhaps as a phrase, perhaps cut short."""
    words = draw(st.sampled_from(TEXTS)).split()
    start = draw(st.integers(0, len(words) - 1))
    text = " ".join(words[start : start + draw(st.integers(1, 4))])
    form = draw(st.sampled_from(["{}", "{}", "«{}»", "{}*", "«{}» {}"]))
    return str(form.format(text, words[0]) if form.count("{}") > 1 else form.format(text))


@settings(
    max_examples=75,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=queries(), kinds=st.none() | st.lists(st.sampled_from(KINDS), max_size=3))
async def test_random_words_are_found_and_shown_as_the_oracle_does(
    judge: Answerer, text: str, kinds: list[str] | None
) -> None:
    variables = {"text": text, "kinds": kinds, "first": 9}
    found = await search(judge, **variables)
    assert found == normalize(answer(WORLD, DOCUMENT, variables)), text
    for hit in found["search"]["nodes"]:
        assert hit["snippet"] in "\n".join(TEXTS)
