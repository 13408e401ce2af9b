"""Costs: computed before the database is asked, never less than what connections then give."""

import asyncio
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import (
    FieldNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    get_named_type,
    parse,
    validate,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.access.bucket import Buckets, Budget
from api.answer import Answerer
from api.database import CompiledQuery, Database, open_database
from api.errors import OperationError
from api.intake import import_paths
from api.plan.cost import Cost
from api.plan.execution_input import ExecutionInput
from api.plan.operations import read_operation
from api.plan.planner import plan_operation
from api.request import GraphQLRequest
from api.settings import Limits, Settings
from tests.conftest import AT, ROOT
from tests.operations import operations
from tests.oracle import DOCUMENT, World
from tests.test_oracle import ANSWERED, WORLD
from tests.transactions import write
from tests.wrapping import Wrapped

BENCHMARKS = sorted((Path(__file__).parents[1] / "benchmarks" / "queries").glob("*.graphql"))
VARIABLES = {
    "first": 50, "key": "x", "text": "x", "country": "SY",
    "from": "2020-01-01", "to": "2021-01-01",
}  # fmt: skip


def prepare(answerer: Answerer, document: str, **variables: Any) -> tuple[Cost, ExecutionInput]:
    operation = read_operation(answerer.catalog.schema, document, None, Limits())
    values, _ = operation.read(variables)
    plan = plan_operation(answerer.catalog, operation.select(values), 0, Limits())
    return Cost(plan), ExecutionInput(values, ())


def count_pages(answerer: Answerer, document: str, **variables: Any) -> int:
    """Compute a cost in a database of any size, where page sizes alone decide."""
    cost, request = prepare(answerer, document, **variables)
    return cost.of_pages(request)


async def price(answerer: Answerer, document: str, **variables: Any) -> dict[str, Any]:
    answer = await answerer.answer(GraphQLRequest(document, variables=variables, with_cost=True))
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
    assert count_pages(answerer, document) == cost
    told = await price(answerer, document)
    assert 1 <= told["actualQueryCost"] <= told["requestedQueryCost"] <= cost
    assert told["throttleStatus"] is None


MEETINGS, ACTORS, TOPICS = (len(WORLD.of(name)) for name in ("Meeting", "Actor", "Topic"))
PROVISIONS, CLAIMS = len(WORLD.of("Provision")), len(WORLD.claims)


@pytest.mark.parametrize(
    ("document", "cost"),
    [
        ("{ meetings { nodes { key } } }", 1 + MEETINGS),
        ("{ meetings { nodes { key } edges { cursor } } }", 1 + 2 * MEETINGS),
        ("{ meetings(first: 1) { nodes { key } } }", 2),
        ("{ topics { code } }", 1 + min(10, TOPICS)),
        (
            "{ meetings { nodes { participants(first: 20) { nodes { actor { key } } } } } }",
            1 + MEETINGS * (1 + 20),
        ),
        (
            "{ provisions { nodes { claims(first: 500) { nodes { id } } } } }",
            1 + PROVISIONS * (1 + CLAIMS),
        ),
        (
            '{ search(text: "x", kinds: [MEETING, ACTOR], first: 500) { nodes { field } } }',
            1 + MEETINGS + ACTORS,
        ),
        ('{ search(text: "x", first: 500) { nodes { field } } }', 1 + len(WORLD.records)),
        ('{ nodes(ids: ["meeting:x", "meeting:x", "meeting:x", "meeting:x"]) { id } }', 5),
    ],
)
async def test_no_list_costs_more_records_than_there_are_of_its_kinds(
    answerer: Answerer, document: str, cost: int
) -> None:
    told = await price(answerer, document)
    assert told["requestedQueryCost"] == cost


NATURAL = [
    """{ agreements { nodes { provisions { nodes { text claims { nodes {
      quote { text } attribution { actor { name names { text } } } } } } } } } }""",
    """{ meetings { nodes { participants { nodes { actor { events { nodes {
      participants { nodes { role } } } } } } } } } }""",
]


@pytest.mark.parametrize("document", NATURAL)
async def test_natural_questions_are_answered_in_a_small_database(
    answerer: Answerer, document: str
) -> None:
    assert count_pages(answerer, document) > Limits().max_cost
    answer = await answerer.answer(GraphQLRequest(document))
    assert answer.code is None, answer.json


async def test_page_sizes_may_be_variables(answerer: Answerer) -> None:
    document = """query ($n: Int, $m: Int) { meetings(first: $n) { nodes {
      participants(first: $m) { nodes { actor { events(first: 2) { nodes { key } } } } } } } }"""
    for many, few in ((3, 4), (1, 0), (500, 300)):
        assert count_pages(answerer, document, n=many, m=few) == 1 + many * (1 + few * (1 + 2))
        told = await price(answerer, document, n=many, m=few)
        assert told["requestedQueryCost"] == 1 + min(many, MEETINGS) * (1 + few * (1 + 2))
    answer = await answerer.answer(GraphQLRequest(document, variables={"n": 500, "m": 500, "o": 1}))
    assert answer.code is None
    cost, request = prepare(answerer, document, n=50, m=20)
    with pytest.raises(
        OperationError, match=r"could return 3,051 records; the limit is 1,000\. `meetings\."
    ) as it:
        cost.check(request, 1_000)
    path = ("meetings", "nodes", "participants", "nodes", "actor", "events")
    assert (it.value.code, it.value.path) == ("COST_TOO_HIGH", path)


async def test_page_sizes_of_several_variables_add_up(answerer: Answerer) -> None:
    document = """query ($a: Int, $b: Int, $c: Int) {
      a: meetings(first: $a) { nodes { key } }
      b: actors(first: $b) { nodes { key } }
      c: places(first: $c) { nodes { key } edges { cursor } }
      d: claims(first: 100) { nodes { id } } }"""
    assert count_pages(answerer, document, a=1, b=20, c=300) == 4 + 1 + 20 + 2 * 300 + 100


async def test_of_kinds_that_exclude_each_other_the_dearest_counts(answerer: Answerer) -> None:
    document = """query ($n: Int, $m: Int) { node(id: "meeting:x") {
      ... on Meeting { claims(first: $n) { nodes { id } } }
      ... on Article { claims(first: $m) { nodes { id } } }
      ... on Actor { claims(first: 5) { nodes { id } } } } }"""
    for many, few in ((30, 4), (4, 30), (1, 2)):
        told = await price(answerer, document, n=many, m=few)
        assert told["requestedQueryCost"] == 1 + max(many, few, 5)


async def test_ids_may_be_a_variable(answerer: Answerer) -> None:
    told = await price(answerer, "query ($i: [ID!]!) { nodes(ids: $i) { id } }", i=["actor:x"] * 9)
    assert told == {"requestedQueryCost": 10, "actualQueryCost": 1, "throttleStatus": None}


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
async def test_the_usual_pages_cost_far_less_than_the_ceiling(
    answerer: Answerer, path: Path
) -> None:
    first = await answerer.answer(
        GraphQLRequest("{ meetings(first: 1) { pageInfo { endCursor } } }")
    )
    cursor = json.loads(first.json)["data"]["meetings"]["pageInfo"]["endCursor"]
    told = await price(answerer, path.read_text(encoding="utf-8"), **VARIABLES, after=cursor)
    assert told["requestedQueryCost"] <= 10_000


@pytest.mark.parametrize("path", ANSWERED, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_the_examples_cost_less_than_they_may(answerer: Answerer, path: Path) -> None:
    told = await price(answerer, path.read_text(encoding="utf-8"))
    assert told["actualQueryCost"] <= told["requestedQueryCost"] <= 200_000


def merge(type_: Any, selections: Iterable[SelectionNode], fields: dict[str, Any]) -> None:
    """Collect fields by key: whether each gives records, its type, and its selections."""
    for node in selections:
        if isinstance(node, InlineFragmentNode):
            below: Any = DOCUMENT.type_map[node.type_condition.name.value]  # type: ignore[union-attr]
            merge(below, node.selection_set.selections, fields)
        elif isinstance(node, FieldNode) and node.selection_set is not None:
            name = node.name.value
            gives = type_.name.endswith("Connection") and name in ("nodes", "edges")
            new: Any = gives, get_named_type(type_.fields[name].type), []
            merged = fields.setdefault((node.alias or node.name).value, new)
            merged[2].extend(node.selection_set.selections)


def count_records(type_: Any, selections: Iterable[SelectionNode], data: Any) -> int:
    """Count the records that connections gave, by the document and the schema alone."""
    fields: dict[str, Any] = {}
    merge(type_, selections, fields)
    count = 0
    for key, (gives, below, asked) in fields.items():
        found = data.get(key)
        items = [item for item in (found if isinstance(found, list) else [found]) if item]
        count += len(items) * gives
        count += sum(count_records(below, asked, item) for item in items)
    return count


@settings(
    max_examples=25,
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
    answer = await answerer.answer(GraphQLRequest(document, with_cost=True))
    assert answer.code is None, (document, answer.json)
    answered = orjson.loads(answer.json)
    told = answered["extensions"]["cost"]
    (operation,) = parsed.definitions
    assert isinstance(operation, OperationDefinitionNode)
    given_ = count_records(
        DOCUMENT.query_type, operation.selection_set.selections, answered["data"]
    )
    assert given_ <= told["actualQueryCost"] <= told["requestedQueryCost"], document


# An import may change the counts between their reading and the answer.


class Importing(Wrapped):
    """A database into which a dossier is imported before each of some statements is answered."""

    def __init__(self, database: Database, dossiers: Iterable[Path]) -> None:
        super().__init__(database)
        self.dossiers = list(dossiers)
        self.asked: list[str] = []

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        self.asked.append(statement.sql)
        if self.dossiers and "record_count" not in statement.sql:
            await asyncio.to_thread(self.import_, self.dossiers.pop(0))
        return await super().fetch(statement, values, revision)

    def import_(self, dossier: Path) -> None:
        import_paths([dossier], lambda work: write(self.settings, work), AT)


GROWING = "{ events { nodes { key claims(first: 500) { nodes { id } } } } }"


async def test_a_cost_holds_for_what_is_imported_before_the_answer(
    answerer: Answerer, settings: Settings, folder: Path
) -> None:
    database = Importing(await open_database(settings), [ROOT / "seeds", folder])
    growing = Answerer(answerer.catalog, database)
    told = await price(growing, GROWING)
    assert told == (await price(growing, GROWING)) | {"throttleStatus": None}
    claims = len(World([ROOT / "seeds", folder]).claims)
    assert told["requestedQueryCost"] == 1 + 12 * (1 + claims)
    assert told["actualQueryCost"] > 50
    await database.close()


async def test_counts_are_read_once_for_each_revision(
    answerer: Answerer, settings: Settings, folder: Path
) -> None:
    database = Importing(await open_database(settings), [])
    growing = Answerer(answerer.catalog, database)
    for _ in range(3):
        await asyncio.gather(*(price(growing, GROWING) for _ in range(5)))
    assert len(database.asked) == 1 + 3 * 5
    await asyncio.to_thread(database.import_, folder)
    database.asked.clear()
    for _ in range(3):
        await price(growing, GROWING)
    assert len(database.asked) == 2 + 3
    await database.close()


async def test_what_became_too_much_before_the_answer_is_refused(
    answerer: Answerer, settings: Settings, folder: Path
) -> None:
    database = Importing(await open_database(settings), [folder])
    growing = Answerer(answerer.catalog, database, Limits(max_cost=30))
    answer = await growing.answer(GraphQLRequest(GROWING))
    assert answer.code == "COST_TOO_HIGH", answer.json
    assert len(database.asked) == 3
    await database.close()


async def test_pages_decide_while_imports_follow_one_another(
    answerer: Answerer, settings: Settings, folder: Path
) -> None:
    document = "{ meetings(first: 9) { nodes { key } } }"
    endless = Importing(await open_database(settings), [])
    endless.dossiers = [ROOT / "seeds", folder, copy_of(folder)]
    told = await price(Answerer(answerer.catalog, endless), document)
    assert told["requestedQueryCost"] == 10
    assert endless.dossiers == []
    await endless.close()


def copy_of(folder: Path) -> Path:
    """Make a dossier that says something else than it did."""
    copied = folder.parent / "copied"
    shutil.copytree(folder, copied)
    dossier = copied / "dossier.yaml"
    text = dossier.read_text(encoding="utf-8")
    dossier.write_text(text.replace("{en: Talks at Camp David}", "{en: The talks}"), "utf-8")
    assert dossier.read_text(encoding="utf-8") != text
    return copied


# Budgets.


@pytest.fixture
def buckets() -> Buckets:
    """Buckets of 100 points, of which one is restored per second; the clock stands still."""
    return Buckets(100, 1, clock=lambda: 0)


async def test_a_budget_is_charged_before_the_statement_runs(
    answerer: Answerer, buckets: Buckets
) -> None:
    document = '{ topics(scheme: "x") { code } claims(first: 48) { nodes { id } } }'
    first, second = (
        GraphQLRequest(document, with_cost=True, budget=Budget(buckets, "client")) for _ in range(2)
    )
    answer = await answerer.answer(first)
    status = json.loads(answer.json)["extensions"]["cost"]["throttleStatus"]
    assert status == {"maximumAvailable": 100, "currentlyAvailable": 40, "restoreRate": 1}
    answer = await answerer.answer(second)
    assert (answer.code, answer.retry_after) == ("THROTTLED", 20)
    assert buckets.available("client") == 40


async def test_a_request_that_is_repeated_is_charged_the_difference(buckets: Buckets) -> None:
    budget = Budget(buckets, "client")
    for cost, left in (30, 70), (20, 70), (45, 55):
        budget.charge(cost)
        assert buckets.available("client") == left


async def test_a_refused_request_is_not_charged(answerer: Answerer, buckets: Buckets) -> None:
    for document in ("{ nope }", "{ meetings(first: 501) { totalCount } }"):
        request = GraphQLRequest(document, budget=Budget(buckets, "client"))
        assert (await answerer.answer(request)).code is not None
    assert buckets.available("client") == 100
