"""Costs: computed before the database is asked, never less than what connections then give."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import (
    FieldNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    parse,
    validate,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.answer import Answerer, Question
from api.errors import Unanswered
from api.settings import Limits
from tests.operations import operations
from tests.oracle import DOCUMENT
from tests.test_oracle import ANSWERED, WORLD

BENCHMARKS = sorted((Path(__file__).parents[1] / "benchmarks" / "queries").glob("*.graphql"))
VARIABLES = {
    "first": 50, "key": "x", "text": "x", "country": "SY",
    "from": "2020-01-01", "to": "2021-01-01",
}  # fmt: skip


async def price(answerer: Answerer, document: str, **variables: Any) -> dict[str, Any]:
    answer = await answerer.answer(Question(document, variables=variables, priced=True))
    assert answer.code is None, answer.json
    told: dict[str, Any] = json.loads(answer.json)["extensions"]["cost"]
    return told


@pytest.mark.parametrize(
    ("document", "cost"),
    [
        ("{ __typename }", 1),
        ("{ a: __typename b: topics { code } }", 12),
        ("{ meetings { totalCount } }", 1),
        ("{ meetings(first: 20) { nodes { key } } }", 21),
        ("{ meetings(last: 20) { nodes { key } edges { node { key } } } }", 41),
        ("{ meetings { nodes { key } } }", 51),
        (
            "{ meetings(first: 3) { edges { node { claims(first: 4) { nodes { id } } } } } }",
            16,
        ),
        ("{ meetings(first: 3) { nodes { titles { text } date { edtf } place { key } } } }", 4),
        ("{ agreements(first: 2) { nodes { signatures { role } } } }", 23),
        (
            """{ agreements(first: 2) { nodes {
              signatures { actor { events(first: 5) { nodes { key } } } } } } }""",
            123,
        ),
        ('{ article(key: "x") { claims(first: 7) { nodes { id } } } }', 8),
        ('{ nodes(ids: ["meeting:x", "actor:y", "actor:z"]) { id } }', 4),
        (
            """{ node(id: "meeting:x") {
              ... on Meeting { claims(first: 7) { nodes { id } } }
              ... on Article { claims(first: 9) { nodes { id } } } } }""",
            10,
        ),
        ("{ events { groups(by: [YEAR], first: 30) { count } } }", 31),
        ('{ search(text: "x", first: 9) { nodes { snippet } } }', 10),
    ],
)
async def test_a_cost_is_the_records_that_connections_could_hold(
    answerer: Answerer, document: str, cost: int
) -> None:
    told = await price(answerer, document)
    assert told["requestedQueryCost"] == cost
    assert 1 <= told["actualQueryCost"] <= cost
    assert told["throttleStatus"] is None


async def test_page_sizes_may_be_variables(answerer: Answerer) -> None:
    document = """query ($n: Int, $m: Int) { meetings(first: $n) { nodes {
      participants(first: $m) { nodes { actor { events(first: 2) { nodes { key } } } } } } } }"""
    for many, few in ((3, 4), (1, 0), (500, 300)):
        told = await price(answerer, document, n=many, m=few)
        assert told["requestedQueryCost"] == 1 + many * (1 + few * (1 + 2))
    answer = await answerer.answer(Question(document, variables={"n": 500, "m": 500, "o": 1}))
    assert answer.code is None
    refused = Answerer(answerer.catalog, answerer.database, Limits(max_cost=1_000))
    answer = await refused.answer(Question(document, variables={"n": 50, "m": 20}))
    assert answer.code == "COST_TOO_HIGH"
    (error,) = json.loads(answer.json)["errors"]
    assert error["path"] == ["meetings", "nodes", "participants", "nodes", "actor", "events"]
    assert error["message"].startswith("This could give 3,051 records, more than 1,000. `meetings.")


async def test_ids_may_be_a_variable(answerer: Answerer) -> None:
    told = await price(answerer, "query ($i: [ID!]!) { nodes(ids: $i) { id } }", i=["actor:x"] * 9)
    assert told == {"requestedQueryCost": 10, "actualQueryCost": 1, "throttleStatus": None}


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
async def test_the_usual_pages_cost_far_less_than_the_ceiling(
    answerer: Answerer, path: Path
) -> None:
    first = await answerer.answer(Question("{ meetings(first: 1) { pageInfo { endCursor } } }"))
    cursor = json.loads(first.json)["data"]["meetings"]["pageInfo"]["endCursor"]
    told = await price(answerer, path.read_text(encoding="utf-8"), **VARIABLES, after=cursor)
    assert told["requestedQueryCost"] <= 10_000


@pytest.mark.parametrize("path", ANSWERED, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_the_examples_cost_less_than_they_may(answerer: Answerer, path: Path) -> None:
    told = await price(answerer, path.read_text(encoding="utf-8"))
    assert told["actualQueryCost"] <= told["requestedQueryCost"] <= 200_000


def count_records(type_: Any, selections: SelectionSetNode, data: Any) -> int:
    """Count the records that connections gave, by the document and the schema alone."""
    count = 0
    for node in selections.selections:
        if isinstance(node, InlineFragmentNode):
            below: Any = DOCUMENT.type_map[node.type_condition.name.value]  # type: ignore[union-attr]
            count += count_records(below, node.selection_set, data)
        elif isinstance(node, FieldNode) and node.selection_set is not None:
            key = (node.alias or node.name).value
            field = getattr(type_, "fields", {}).get(node.name.value)
            if field is None or data.get(key) is None:
                continue
            items = data[key] if isinstance(data[key], list) else [data[key]]
            connection = type_.name.endswith("Connection")
            count += len(items) * (connection and node.name.value in ("nodes", "edges"))
            named = get_named_type(field.type)
            count += sum(count_records(named, node.selection_set, item) for item in items if item)
    return count


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_a_cost_is_never_less_than_the_records_that_connections_gave(
    answerer: Answerer, data: st.DataObject
) -> None:
    document = data.draw(operations(WORLD))
    parsed = parse(document)
    if validate(DOCUMENT, parsed):
        return
    answer = await answerer.answer(Question(document, priced=True))
    assert answer.code is None, (document, answer.json)
    answered = orjson.loads(answer.json)
    told = answered["extensions"]["cost"]
    (operation,) = parsed.definitions
    assert isinstance(operation, OperationDefinitionNode)
    given_ = count_records(DOCUMENT.query_type, operation.selection_set, answered["data"])
    assert given_ <= told["actualQueryCost"] <= told["requestedQueryCost"], document


# Budgets.


@dataclass
class Purse:
    """A budget of so much, which is not filled again."""

    left: int

    def take(self, cost: int) -> None:
        if cost > self.left:
            raise Unanswered("THROTTLED", "Nothing is left.", retry_after=7)
        self.left -= cost

    def status(self) -> Mapping[str, float]:
        return {"maximumAvailable": 100, "currentlyAvailable": self.left, "restoreRate": 0}


async def test_a_budget_is_spent_before_the_database_is_asked(answerer: Answerer) -> None:
    purse = Purse(100)
    question = Question("{ meetings(first: 59) { nodes { key } } }", priced=True, budget=purse)
    answer = await answerer.answer(question)
    status = json.loads(answer.json)["extensions"]["cost"]["throttleStatus"]
    assert status == {"maximumAvailable": 100, "currentlyAvailable": 40, "restoreRate": 0}
    answer = await answerer.answer(question)
    assert (answer.code, answer.retry_after, purse.left) == ("THROTTLED", 7, 40)


async def test_what_is_refused_costs_nothing(answerer: Answerer) -> None:
    purse = Purse(100)
    for document in ("{ nope }", "{ meetings(first: 501) { totalCount } }"):
        answer = await answerer.answer(Question(document, budget=purse))
        assert answer.code is not None
    assert purse.left == 100
