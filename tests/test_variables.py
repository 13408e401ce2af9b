"""What variables may be, and that the next request's may be others."""

import gc
import json
from copy import copy
from typing import Any

import pytest
from graphql import Token
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.answer import Answerer
from api.plan.operations import read_operation
from api.prepared import PreparedOperations
from api.request import GraphQLRequest
from api.settings import Limits
from tests.conftest import DOSSIERS
from tests.operations import QUERY, root_field_with_variables
from tests.oracle import World

WORLD = World(DOSSIERS)
NULL = '{"message":"A variable in `%s` is null or missing, but null is not allowed there."'


def forgetful(answerer: Answerer, parsed: Answerer | None = None) -> Answerer:
    """Return the answerer without what it has prepared; only documents are those of `parsed`."""
    fresh = copy(answerer)
    fresh.operations = PreparedOperations(answerer.catalog, answerer.database, answerer.limits)
    if parsed is not None:
        fresh.operations.documents = parsed.operations.documents
    return fresh


async def ask(answerer: Answerer, document: str, **variables: Any) -> Any:
    answer = await answerer.answer(GraphQLRequest(document, None, variables))
    assert answer.code is None, answer.json
    return json.loads(answer.json)["data"]


@pytest.mark.parametrize(
    ("document", "argument"),
    [
        ('query ($x: ID = "actor:un") { node(id: $x) { id } }', "id"),
        ('query ($x: ID = "actor:un") { nodes(ids: [$x]) { id } }', "ids"),
        ('query ($x: [ID!] = ["actor:un"]) { nodes(ids: $x) { id } }', "ids"),
        ('query ($x: String = "peace") { search(text: $x) { totalCount } }', "text"),
        (
            'query ($x: RecordKind = MEETING) { search(text: "x", kinds: [$x]) { totalCount } }',
            "kinds",
        ),
        (
            "query ($x: Direction) {actors(orderBy: {field: NAME, direction: $x}) {__typename}}",
            "orderBy",
        ),
    ],
)
async def test_a_variable_with_a_default_may_not_be_null_everywhere(
    answerer: Answerer, document: str, argument: str
) -> None:
    answer = await answerer.answer(GraphQLRequest(document, None, {"x": None}))
    assert answer.code == "BAD_USER_INPUT", answer.json
    assert (NULL % argument).encode() in answer.json


@pytest.mark.parametrize("order", [({}, {"x": None}), ({"x": None}, {})])
async def test_a_missing_variable_has_another_plan_than_a_null_one(
    answerer: Answerer, order: tuple[dict[str, Any], ...]
) -> None:
    document = "query ($x: Direction) {actors(orderBy: {field: NAME, direction: $x}) {__typename}}"
    keeping = forgetful(answerer)
    for variables in order:
        answer = await keeping.answer(GraphQLRequest(document, None, variables))
        assert answer.code == ("BAD_USER_INPUT" if variables else None), answer.json


async def test_what_includes_a_field_may_not_be_null(answerer: Answerer) -> None:
    document = "query ($x: Boolean = true) { actors @include(if: $x) { totalCount } }"
    answer = await answerer.answer(GraphQLRequest(document, None, {"x": None}))
    assert answer.code == "BAD_USER_INPUT"


@pytest.mark.parametrize("length", [0, 5_000])
async def test_a_wrong_variable_is_told_where_it_stands(answerer: Answerer, length: int) -> None:
    document = "query ($x: Int!) { meetings(first: $x) { __typename } }" + "\n#" * length
    for _ in range(2):
        answer = await answerer.answer(GraphQLRequest(document, None, {"x": "many"}))
        (error,) = json.loads(answer.json)["errors"]
        assert error["locations"] == [{"line": 1, "column": 8}]


async def test_a_document_that_is_remembered_keeps_none_of_its_tokens(answerer: Answerer) -> None:
    operation = read_operation(answerer.catalog.schema, "{ __typename }", None, Limits())
    location = operation.document.loc
    assert location is not None
    assert (location.start, location.end) == (0, 14)
    assert not any(isinstance(item, Token) for item in gc.get_referents(location.start_token))


async def test_an_id_may_be_a_number_of_any_length(answerer: Answerer) -> None:
    answer = await answerer.answer(GraphQLRequest("{ node(id: %s) { id } }" % ("7" * 5_000)))
    assert answer.code == "BAD_ID"
    assert len(answer.json) < 2_000


async def test_an_error_in_a_group_s_keys_has_their_path(answerer: Answerer) -> None:
    document = """query ($x: [Language!]) {
      a: meetings { b: groups(by: [YEAR]) { c: keys { d: label(lang: $x) } } } }"""
    tags = [f"x{chr(97 + number)}" for number in range(17)]
    answer = await answerer.answer(GraphQLRequest(document, None, {"x": tags}))
    (error,) = json.loads(answer.json)["errors"]
    assert error["message"] == "`lang` has too many languages: list at most 16, fallbacks included."
    assert error["path"] == ["a", "b", "c", "d"]


async def test_lists_of_as_many_languages_rounded_up_share_a_plan(answerer: Answerer) -> None:
    document = "query ($x: [Language!]) { meetings { nodes { title(lang: $x) } } }"
    fresh = forgetful(answerer)
    plans = []
    for tags in (["ar"], ["en-GB"], ["ar-SY", "tr"], ["ar-SY", "tr-TR"], ["zh-Hans-CN", "en"]):
        literal = f"{{ meetings {{ nodes {{ title(lang: {json.dumps(tags)}) }} }} }}"
        assert await ask(fresh, document, x=tags) == await ask(answerer, literal)
        plans.append(len(fresh.operations.plans.values))
    assert plans == [1, 2, 3, 3, 3]


@pytest.mark.parametrize("lists", [([], ["en"], []), (["en"], [], ["en"])])
async def test_a_list_without_languages_is_another_plan(
    answerer: Answerer, lists: tuple[list[str], ...]
) -> None:
    document = "query ($x: [Language!]) { meetings { nodes { title(lang: $x) } } }"
    fresh = forgetful(answerer)
    for tags in lists:
        literal = document.replace("query ($x: [Language!]) ", "").replace("$x", json.dumps(tags))
        assert await ask(fresh, document, x=tags) == await ask(fresh, literal)


async def test_languages_of_several_variables_may_differ_later(answerer: Answerer) -> None:
    document = (
        "query ($x: Language!, $y: Language!) { meetings { nodes { title(lang: [$x, $y]) } } }"
    )
    fresh = forgetful(answerer)
    for x, y in (("ar", "ar"), ("tr", "en"), ("tr-TR", "en"), ("en-GB", "en-US"), ("fr-FR", "ar")):
        literal = f'{{ meetings {{ nodes {{ title(lang: ["{x}", "{y}"]) }} }} }}'
        assert await ask(fresh, document, x=x, y=y) == await ask(fresh, literal)


# What a plan is kept for: the same document, asked with other values by one server.

ORDER = """query ($d: Direction) {
  actors(first: 2, orderBy: [{field: NAME, direction: $d}]) { nodes { key } } }"""
WIDE = """query ($include: Boolean!, $null: Boolean, $filter: MeetingFilter, $texts: [String!]) {
  meetings(filter: $filter) { totalCount nodes { key @include(if: $include) } }
  missing: meetings(filter: {place: {key: {isNull: $null, in: $texts}}}) { totalCount }
}"""
GIVEN: list[tuple[str, list[dict[str, Any]]]] = [
    (ORDER, [{}, {"d": None}, {"d": "ASC"}, {"d": "DESC"}]),
    (
        WIDE,
        [
            {"include": True},
            {"include": False, "null": True},
            {"include": True, "null": False, "filter": None},
            {"include": False, "null": None, "filter": {}},
            {"include": True, "filter": {"key": {"isNull": True}}},
            {"include": True, "filter": {"key": {"isNull": False}}},
            {"include": True, "filter": {"or": []}},
            {"include": True, "filter": {"or": [{}]}},
            {"include": True, "filter": {"place": {}}},
            {"include": True, "filter": {"place": None}},
            {"include": True, "filter": {"claims": {"none": {}}}},
            {"include": True, "filter": {"claims": {"none": None}}},
            {"include": True, "filter": {"claims": {"none": {"article": {}}}}},
            {"include": True, "texts": []},
            {"include": True, "texts": None},
            {"include": True, "texts": ["camp-david"]},
        ],
    ),
    (
        """query ($by: [EventDimension!]!, $order: GroupOrder) { events {
          groupCount(by: $by) groups(by: $by, orderBy: $order) { count keys { value } } } }""",
        [
            {"by": ["DYAD"]},
            {"by": ["CODE", "DYAD"], "order": None},
            {"by": ["DYAD"], "order": "KEY"},
            {"by": ["DYAD"], "order": "KEY_DESC"},
            {"by": ["DYAD"], "order": "COUNT"},
        ],
    ),
    (
        "query ($s: String) { topics(scheme: $s) { code } }",
        [{}, {"s": None}, {"s": "mithaq"}, {"s": ""}],
    ),
]


@pytest.mark.parametrize(("document", "values"), GIVEN)
async def test_an_answer_does_not_depend_on_what_was_asked_before(
    answerer: Answerer, document: str, values: list[dict[str, Any]]
) -> None:
    requests = [GraphQLRequest(document, None, given) for given in values]
    expected = [(await forgetful(answerer).answer(request)).json for request in requests]
    for first in requests:  # whose plan all of its shape are answered by
        keeping = forgetful(answerer)
        await keeping.answer(first)
        found = [(await keeping.answer(request)).json for request in requests]
        assert found == expected, first


async def test_a_range_that_ends_before_it_starts_matches_nothing(answerer: Answerer) -> None:
    document = """query ($from: Date!, $to: Date!) {
      overlapping: events(filter: {date: {overlaps: {from: $from, to: $to}}}) { totalCount }
      within: events(filter: {date: {within: {from: $from, to: $to}}}) { totalCount }
      others: events(filter: {not: {date: {overlaps: {from: $from, to: $to}}}}) { totalCount }
      events { totalCount } }"""
    data = await ask(answerer, document, **{"from": "1978-09-17", "to": "1978-09-16"})
    counts = {name: item["totalCount"] for name, item in data.items()}
    assert counts == {
        "overlapping": 0,
        "within": 0,
        "others": counts["events"],
        "events": counts["events"],
    }
    data = await ask(answerer, document, **{"from": "1978-09-17", "to": "1978-09-17"})
    assert data["overlapping"]["totalCount"] > 0


@pytest.mark.parametrize(
    ("start", "end", "within", "overlapping"),
    [
        ("1978-09-01", "1978-09-30", True, True),
        ("1978-09-02", "1978-09-30", False, True),
        ("1978-09-01", "1978-09-15", False, True),
        ("1978-10-01", "1978-12-31", False, False),
    ],
)
async def test_a_date_wider_than_a_range_is_not_within_it(
    answerer: Answerer, start: str, end: str, *, within: bool, overlapping: bool
) -> None:
    document = """query ($days: DateRange!) {
      within: meetings(filter: {date: {within: $days}}) { nodes { key } }
      overlapping: meetings(filter: {date: {overlaps: $days}}) { nodes { key } } }"""
    data = await ask(answerer, document, days={"from": start, "to": end})
    talks = {"key": "camp-david-talks"}  # of September 1978
    assert (talks in data["within"]["nodes"]) is within
    assert (talks in data["overlapping"]["nodes"]) is overlapping


@pytest.mark.parametrize("name", [name for name, field in QUERY.fields.items() if field.args])
@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_a_kept_plan_answers_as_a_new_one(
    answerer: Answerer, name: str, data: st.DataObject
) -> None:
    document, requests = data.draw(root_field_with_variables(WORLD, name))
    keeping, parsed = forgetful(answerer), forgetful(answerer)
    for asked in requests:
        request = GraphQLRequest(document, None, asked.variables, asked.languages)
        once = forgetful(answerer, parsed)
        assert await keeping.answer(request) == await once.answer(request), request
    assert await keeping.answer(request) == await forgetful(answerer).answer(request), request


async def test_a_type_asked_for_by_a_variable_is_that_type(answerer: Answerer) -> None:
    document = "query ($n: String!) { __type(name: $n) { name } }"
    for name in ("Meeting", "Actor"):
        assert await ask(answerer, document, n=name) == {"__type": {"name": name}}
