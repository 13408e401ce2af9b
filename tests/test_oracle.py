"""Whatever can be asked is answered as the oracle answers it, on both databases."""

import json
import re
from typing import Any

import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.answer import Answerer
from api.request import GraphQLRequest
from api.schema import SCHEMA
from tests.conftest import DOSSIERS
from tests.operations import Request, filtered_lists, operations, with_variables
from tests.oracle import World, answer
from tests.test_cases import CASES, FILES

CURSOR = re.compile("[0-9A-F]{12,}")
ANSWERED = [path for path in FILES if path.parent.name != "errors"]
WORLD = World(DOSSIERS)


def normalize(value: Any) -> Any:
    """Put one word in the place of every cursor."""
    if isinstance(value, dict):
        return {key: normalize(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normalize(item) for item in value]
    return "CURSOR" if isinstance(value, str) and CURSOR.fullmatch(value) else value


async def check(answerer: Answerer, document: str) -> None:
    given = await answerer.answer(GraphQLRequest(document))
    assert given.code is None, (document, given.json)
    expected = {"data": answer(WORLD, document)}
    assert format_(normalize(json.loads(given.json))) == format_(expected), document


def format_(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("path", ANSWERED, ids=lambda path: str(path.relative_to(CASES)))
async def test_cases_are_answered_as_the_oracle_does(answerer: Answerer, path: Any) -> None:
    document = path.read_text(encoding="utf-8")
    if "__schema" not in document:
        await check(answerer, document)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_random_operations_are_answered_as_the_oracle_does(
    answerer: Answerer, data: st.DataObject
) -> None:
    document = data.draw(operations(WORLD))
    if not validate(SCHEMA._schema, parse(document)):  # noqa: SLF001 — as in the catalog
        await check(answerer, document)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_random_filters_and_orders_keep_what_the_oracle_keeps(
    answerer: Answerer, data: st.DataObject
) -> None:
    await check(answerer, data.draw(filtered_lists(WORLD)))


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_a_document_with_other_variables_is_answered_as_the_oracle_does(
    answerer: Answerer, data: st.DataObject
) -> None:
    document, requests = data.draw(with_variables(WORLD))
    if not validate(SCHEMA._schema, parse(document)):  # noqa: SLF001 — as in the catalog
        for request in requests:
            await check_request(answerer, document, request)


async def check_request(answerer: Answerer, document: str, request: Request) -> None:
    asked = GraphQLRequest(document, None, request.variables, request.languages)
    given = await answerer.answer(asked)
    if given.code is not None and request.lacks_a_value:
        assert given.code == "BAD_USER_INPUT", (document, request)
        fresh = await Answerer(answerer.catalog, answerer.database).answer(asked)
        assert given.json == fresh.json, (document, request)
        return
    assert given.code is None, (document, request, given.json)
    expected = answer(WORLD, document, request.variables, request.languages)
    found = normalize(json.loads(given.json))
    assert format_(found) == format_({"data": expected}), (document, request)


LISTS = ("events", "claims", "actors", "provisions", "places")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", [1, 3, 7])
@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
async def test_a_walk_sees_every_record_once(
    answerer: Answerer, name: str, size: int, *, backward: bool
) -> None:
    keys: list[str] = []
    count, bound = ("last", "before") if backward else ("first", "after")
    cursor: str | None = None
    document = f"""query ($cursor: String) {{ page: {name}({count}: {size}, {bound}: $cursor) {{
      edges {{ cursor node {{ id }} }}
      pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
    while True:
        given = await answerer.answer(GraphQLRequest(document, variables={"cursor": cursor}))
        page = json.loads(given.json)["data"]["page"]
        found = [edge["node"]["id"] for edge in page["edges"]]
        keys = found + keys if backward else keys + found
        info = page["pageInfo"]
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert info["endCursor"] == page["edges"][-1]["cursor"]
        behind, ahead = ("hasNextPage", "hasPreviousPage")[:: 1 if backward else -1]
        assert info[behind] == (cursor is not None)
        cursor = info["startCursor" if backward else "endCursor"]
        if not info[ahead]:
            break
    assert keys == [thing.id for thing in getattr(WORLD.query(), name)]
