"""Large operations, still one statement: deep ones, wide ones, many at once."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from api.answer import Answerer
from api.request import GraphQLRequest
from tests.test_cases import Recorder

CHAIN = ("participants", "actor", "events", "articles")
MEETING = "meeting:ankara-reception"


async def ask(answerer: Answerer, document: str) -> dict[str, Any]:
    answer = await answerer.answer(GraphQLRequest(document))
    assert answer.code is None, answer.json
    data: dict[str, Any] = orjson.loads(answer.json)["data"]
    return data


def nest(levels: int) -> str:
    """Write a selection that goes so many relations down, from an event."""
    relations = [
        "participants(first: 1) { edges { node { %s } } }",
        "actor { %s }",
        "events(first: 1) { edges { node { %s } } }",
    ]
    selection = "__typename"
    for level in reversed(range(levels)):
        selection = relations[level % 3] % selection
    return selection


@pytest.mark.parametrize("levels", [12])
async def test_twelve_levels_of_relations(answerer: Answerer, levels: int) -> None:
    document = f"{{ meetings(first: 1) {{ edges {{ node {{ {nest(levels)} }} }} }} }}"
    here: Any = (await ask(answerer, document))["meetings"]
    depth = 0
    while isinstance(here, dict):
        if "edges" in here:
            (edge,) = here["edges"]
            here = edge["node"]
        else:
            (here,) = here.values()
        depth += 1
    assert depth > levels


async def test_three_hundred_aliased_fields(answerer: Answerer) -> None:
    fields = " ".join(f'a{number}: title(lang: "en")' for number in range(300))
    data = await ask(answerer, f"{{ meetings(first: 2) {{ nodes {{ {fields} }} }} }}")
    for node in data["meetings"]["nodes"]:
        assert len(node) == 300
        assert len(set(node.values())) == 1


async def test_one_relation_under_many_aliases(answerer: Answerer) -> None:
    fields = " ".join(
        f"a{number}: participants(first: {number}) {{ nodes {{ role }} }}" for number in range(100)
    )
    data = await ask(answerer, f"{{ agreements(first: 1) {{ nodes {{ {fields} }} }} }}")
    (node,) = data["agreements"]["nodes"]
    lengths = [len(node[f"a{number}"]["nodes"]) for number in range(100)]
    assert lengths == [min(number, lengths[-1]) for number in range(100)]


ANKARA = 'filter: { key: { eq: "ankara-reception" } }'
DEEP = "place {" + " key country { name } sourceRow partOf {" * 38 + " key" + "}" * 39


async def test_more_to_one_relations_than_sqlite_joins(answerer: Answerer) -> None:
    recorder = Recorder(answerer.database)
    request = GraphQLRequest(f"{{ meetings({ANKARA}) {{ nodes {{ {DEEP} }} }} }}")
    answer = await Answerer(answerer.catalog, recorder).answer(request)
    (statement,) = recorder.statements
    joins = statement.count(" JOIN ")
    assert joins == 110, "three for each place: what it lies in, its country, and its record"
    (node,) = orjson.loads(answer.json)["data"]["meetings"]["nodes"]
    (inner, outer, *further) = list_places(node["place"])
    assert inner["key"] == "turkish-defence-ministry-headquarters"
    assert outer["key"] == "ankara"
    assert inner["country"] == outer["country"] == {"name": "Türkiye"}
    assert further == []


def list_places(place: Any) -> Iterator[Any]:
    """List a place, what it lies in, and so on."""
    while place is not None:
        yield place
        place = place["partOf"]


async def test_hundreds_of_root_fields(answerer: Answerer) -> None:
    fields = " ".join(f"a{number}: meetings(first: 1) {{ totalCount }}" for number in range(300))
    assert len(await ask(answerer, f"{{ {fields} }}")) == 300
