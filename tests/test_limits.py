"""Limits: what is beyond one is refused with its code, and what is inside takes bounded work."""

import asyncio
import json
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from graphql import get_introspection_query
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from api.answer import Answerer
from api.database import CompiledQuery
from api.errors import DatabaseUnavailable, OperationError
from api.plan.binding import Binder
from api.plan.catalog import build_catalog
from api.plan.cost import Cost
from api.plan.document_errors import DocumentErrors
from api.plan.execution_input import ExecutionInput
from api.plan.operations import read_operation
from api.plan.planner import plan_operation
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import ChosenLimits, Limits
from api.single_flight import MAX_LONG_JOBS, SingleFlight
from api.sql.builder import build_statement
from benchmarks.attacks import ATTACKS, Attack
from tests.documentation import MANUAL
from tests.hostile import ACTORS_EVENTS, LARGEST, SHAPES, nested, spread

CATALOG = build_catalog(SCHEMA)
FILTER = "query ($f: MeetingFilter) { meetings(filter: $f) { totalCount } }"


def prepare(document: str, limits: Limits, **variables: Any) -> tuple[str | None, int]:
    """Plan an operation; return the code of its refusal, if any, and how many fields were read."""
    planned = 0
    try:
        operation = read_operation(CATALOG.schema, document, None, limits)
        values, _ = operation.read(variables)
        selector = operation.select(values)
        plan = plan_operation(CATALOG, selector, 0, limits)
        planned = selector.collected
        statement = CompiledQuery(build_statement(plan), sqlite.dialect())
        request = ExecutionInput(values, ())
        Binder(plan, statement, lambda value: value, limits).bind(request)
        Cost(plan).check(request, limits.max_cost)
    except (DocumentErrors, OperationError) as refused:
        return refused.code, planned
    return None, planned


def refusal(document: str, limits: Limits, **variables: Any) -> str | None:
    return prepare(document, limits, **variables)[0]


# A limit, and a document of one more than it; the size of an introspection grows with the schema.
BEYOND = [
    ("max_tokens", 100, SHAPES["aliases"](33), "TOO_MANY_TOKENS"),
    ("max_tokens", 100, SHAPES["comments"](98), "TOO_MANY_TOKENS"),
    ("max_definitions", 5, SHAPES["chained_fragments"](4), "TOO_MANY_DEFINITIONS"),
    ("max_depth", 4, "{ meetings { edges { node { place { id } } } } }", "TOO_DEEP"),
    ("max_depth", 2, "{ ...F } fragment F on Query { topics { broader { id } } }", "TOO_DEEP"),
    ("max_fields", 9, SHAPES["aliases"](10), "TOO_MANY_FIELDS"),
    (
        "max_fields",
        3,
        '{ node(id: "claim:x") { ... on Claim { id a: id b: id } } }',
        "TOO_MANY_FIELDS",
    ),
    # Three fields of each of nine tables, and `node`.
    ("max_fields", 27, '{ node(id: "claim:x") { id a: id b: id } }', "TOO_MANY_FIELDS"),
    ("max_root_fields", 9, SHAPES["aliases"](10), "TOO_MANY_ROOT_FIELDS"),
    ("max_aliases", 9, SHAPES["aliases"](10), "TOO_MANY_ALIASES"),
    ("max_directives", 9, SHAPES["skipped_fields"](10), "TOO_MANY_DIRECTIVES"),
    ("max_variables", 9, SHAPES["variables"](10), "TOO_MANY_VARIABLES"),
    ("max_lists", 9, SHAPES["aliased_pages"](9), "TOO_MANY_LISTS"),
    ("max_list_depth", 4, SHAPES["circular_nesting"](2), "LISTS_TOO_DEEP"),
    ("max_page", 9, "{ meetings(last: 10) { totalCount } }", "PAGE_TOO_LARGE"),
    ("max_page", 9, SHAPES["ids"](10), "PAGE_TOO_LARGE"),
    ("max_filter_depth", 9, SHAPES["nested_filter"](8), "FILTER_TOO_DEEP"),
    ("max_conditions", 9, SHAPES["conditions"](10), "FILTER_TOO_LARGE"),
    ("max_conditions", 9, SHAPES["aliased_filters"](10), "FILTER_TOO_LARGE"),
    ("max_items", 9, SHAPES["values"](10), "LIST_TOO_LONG"),
    ("max_text", 9, SHAPES["long_word"](10), "TEXT_TOO_LONG"),
    ("max_words", 9, SHAPES["words"](10), "TOO_MANY_WORDS"),
    ("max_introspection", 99, "{ __schema { types { name } } }", "INTROSPECTION_TOO_LARGE"),
    ("max_introspection", 150, SHAPES["introspections"](2), "INTROSPECTION_TOO_LARGE"),
    ("introspection", False, '{ __type(name: "Actor") { name } }', "INTROSPECTION_DISABLED"),
    ("introspection", False, "{ __typename topics { __typename } }", None),
    ("max_cost", 9, "{ meetings(first: 9) { nodes { id } } }", "COST_TOO_HIGH"),
]


@pytest.mark.parametrize(
    ("setting", "most", "document", "code"), BEYOND, ids=lambda value: str(value)[:20]
)
def test_what_is_beyond_a_limit_is_refused_with_its_code(
    setting: str, most: Any, document: str, code: str | None
) -> None:
    assert refusal(document, Limits()) is None
    assert refusal(document, Limits(**{setting: most})) == code
    if "introspection" not in setting:
        assert refusal(document, Limits(**{setting: most + 1})) is None
    if code:
        name = f"`MITHAQ_{setting.upper()}`" if setting in ChosenLimits.model_fields else code
        (row,) = (line for line in MANUAL.splitlines() if name in line and code in line)
        assert row.startswith("| ")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"or": [{}] * 5_001}, "VARIABLES_TOO_LARGE"),
        (json.loads('{"not":' * 400 + "{}" + "}" * 400), "VARIABLES_TOO_LARGE"),
        (json.loads('{"not":' * 45 + "{}" + "}" * 45), "FILTER_TOO_DEEP"),
        ({"or": [{"key": {"eq": "x"}}] * 501}, "FILTER_TOO_LARGE"),
        ({"key": {"in": ["x"] * 1_001}}, "LIST_TOO_LONG"),
        ({"key": {"contains": "x" * 20_001}}, "TEXT_TOO_LONG"),
        ({"or": [{"key": {"contains": "x" * 101}}] * 200}, "TEXT_TOO_LONG"),
        ({"or": [{"key": {"eq": "x"}}] * 500}, None),
    ],
)
def test_variables_are_bounded_as_documents_are(given: Any, code: str | None) -> None:
    assert refusal(FILTER, Limits(), f=given) == code


def test_pairs_of_the_same_key_are_compared_up_to_25_000() -> None:
    assert refusal(SHAPES["same_field"](224), Limits()) is None
    assert refusal(SHAPES["same_field"](225), Limits()) == "DOCUMENT_TOO_COMPLEX"


@pytest.mark.parametrize(("negations", "code"), [(4, None), (5, "FILTER_TOO_LARGE")])
def test_what_conditions_stand_in_counts_as_well(negations: int, code: str | None) -> None:
    condition = json.loads('{"not":' * negations + '{"key":{"eq":"x"}}' + "}" * negations)
    assert refusal(FILTER, Limits(max_conditions=9), f={"or": [condition] * 9}) == code


@pytest.mark.parametrize(
    ("setting", "selection", "code"),
    [
        ("max_aliases", "a: __typename b: __typename", "TOO_MANY_ALIASES"),
        ("max_directives", "__typename @skip(if: true) @include(if: true)", "TOO_MANY_DIRECTIVES"),
        ("max_depth", "meetings { nodes { key } }", "TOO_DEEP"),
    ],
)
def test_a_fragment_that_nothing_uses_is_measured(setting: str, selection: str, code: str) -> None:
    most: Any = {setting: 1}
    document = f"{{ __typename }} fragment F on Query {{ {selection} }}"
    assert refusal(document, Limits(**most)) == code
    assert refusal(document, Limits()) == "GRAPHQL_VALIDATION_FAILED"


def test_a_page_of_ids_is_as_long_as_the_limit() -> None:
    assert refusal(SHAPES["ids"](500), Limits()) is None
    assert refusal(SHAPES["ids"](501), Limits()) == "PAGE_TOO_LARGE"


def test_a_variable_manymany_times_counts_each_time() -> None:
    many = " ".join(["$f"] * 200)
    filter_ = f"{{or: [{many}]}}"
    document = f"query ($f: MeetingFilter!) {{ meetings(filter: {filter_}) {{ totalCount }} }}"
    given = {"or": [{"key": {"eq": "x"}}] * 400}
    assert refusal(document, Limits(), f=given) == "FILTER_TOO_LARGE"


def test_the_commonest_introspection_is_inside() -> None:
    assert refusal(get_introspection_query(), Limits()) is None


async def test_each_error_is_listed_once_and_twenty_of_them(answerer: Answerer) -> None:
    unknown = "nope " * 20 + spread(f"labl{number}" for number in range(30))
    answer = await answerer.answer(GraphQLRequest(f"{{ topics {{ {unknown} }} }}"))
    messages = [error["message"] for error in json.loads(answer.json)["errors"]]
    assert len(messages) == len(set(messages)) == 20
    assert messages[0] == "Cannot query field 'nope' on type 'Topic'. Did you mean 'code'?"


@pytest.mark.parametrize(("size", "suggested"), [(0, True), (20_000, False)])
async def test_names_are_suggested_where_the_document_is_short(
    answerer: Answerer, size: int, *, suggested: bool
) -> None:
    answer = await answerer.answer(GraphQLRequest("{ topics { cod } }" + " " * size))
    assert (b"Did you mean 'code'" in answer.json) is suggested


async def test_half_of_a_surrogate_pair_is_told_as_a_question_mark(answerer: Answerer) -> None:
    answer = await answerer.answer(GraphQLRequest("{ __typename }", "\ud800"))
    (error,) = json.loads(answer.json)["errors"]
    assert "?" in error["message"]


@pytest.mark.parametrize("text", ["a\ud800", "a\x00"])
async def test_text_that_no_database_can_hold_is_refused(answerer: Answerer, text: str) -> None:
    document = "query ($t: String!) { meetings(filter: {key: {eq: $t}}) { totalCount } }"
    answer = await answerer.answer(GraphQLRequest(document, variables={"t": text}))
    assert answer.code == "BAD_USER_INPUT"


async def test_a_message_is_no_longer_than_a_person_reads(answerer: Answerer) -> None:
    answer = await answerer.answer(GraphQLRequest("{ " + "x" * 100_000 + " }"))
    assert len(answer.json) < 2_000


# What is just inside the limits is answered, on both databases.


@pytest.mark.parametrize("name", LARGEST)
async def test_the_largest_documents_are_answered(answerer: Answerer, name: str) -> None:
    size, _ = LARGEST[name]
    answer = await answerer.answer(GraphQLRequest(SHAPES[name](size)))
    assert answer.code is None, answer.json[:500]


@pytest.mark.parametrize("name", LARGEST)
def test_larger_documents_are_refused(name: str) -> None:
    size, code = LARGEST[name]
    assert refusal(SHAPES[name](size + 1), Limits()) == code


CHAIN = nested(
    ACTORS_EVENTS, 9, "} } } } }", "participants(first: 1) { nodes { role } }"
)  # two lists each
GREATEST = {
    "max_depth": "{ meetings { nodes { place {" + nested(" partOf {", 56) + "} } } }",
    "max_list_depth": f"{{ meetings(first: 1) {{ nodes {{ {CHAIN} }} }} }}",
    "max_filter_depth": SHAPES["nested_filter"](48),
    "max_conditions": SHAPES["conditions"](800),
}


@pytest.mark.parametrize("setting", GREATEST)
async def test_the_greatest_limits_can_be_reached(answerer: Answerer, setting: str) -> None:
    greatest: dict[str, Any] = {"max_depth": 60, "max_list_depth": 20, "max_filter_depth": 50}
    greatest |= {"max_conditions": 800, "max_tokens": 99_999}
    limits = Limits(**greatest)
    asked = Answerer(answerer.catalog, answerer.database, limits)
    answer = await asked.answer(GraphQLRequest(GREATEST[setting]))
    assert answer.code is None, answer.json[:500]
    fewer = Limits(**(greatest | {setting: greatest[setting] - 1}))
    assert refusal(GREATEST[setting], fewer) is not None


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_refused_by_the_limit_that_it_is_meant_for(attack: Attack) -> None:
    assert refusal(attack.document, Limits()) == attack.code


# Work is counted in calls, which are the same on every machine.


def count_calls(work: Callable[[], Any]) -> int:
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        del frame, event, argument
        calls += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


# What is allowed whatever the document's length: to begin with, to compare pairs, to introspect.
ANYWAY = {"same_field": 1_500_000, "same_page": 1_500_000, "overlapping_fragments": 1_500_000}
ANYWAY |= {"introspection": 3_500_000, "introspections": 3_500_000}


@settings(max_examples=15, deadline=None, derandomize=True)
@drawn(
    name=st.sampled_from(sorted(SHAPES)),
    size=st.one_of(st.integers(1, 40), st.integers(40, 500), st.integers(500, 4_000)),
)
def test_work_is_linear_in_the_document_and_in_what_is_planned(name: str, size: int) -> None:
    document = SHAPES[name](min(size, 200) if name == "operations_by_fragments" else size)
    result: list[tuple[str | None, int]] = []
    calls = count_calls(lambda: result.append(prepare(document, Limits())))
    _, planned = result[0]
    most = 20_000 + ANYWAY.get(name, 0) + 300 * len(document) + 1_500 * planned
    assert calls <= most, (name, size, calls, planned, result[0])


async def test_what_takes_long_is_done_aside_while_the_rest_is_answered(
    answerer: Answerer,
) -> None:
    single_flight, started, ended = SingleFlight(), threading.Event(), threading.Event()

    def work() -> str:
        started.set()
        ended.wait()
        return "done"

    long = asyncio.create_task(single_flight.run("key", work, long=True))
    await asyncio.to_thread(started.wait)
    answer = await answerer.answer(GraphQLRequest("{ __typename }"))
    assert answer.json == b'{"data":{"__typename":"Query"}}'
    assert await single_flight.run("other", lambda: "at once", long=False) == "at once"
    ended.set()
    assert await long == "done"


async def test_what_is_known_is_answered_between_what_is_new(answerer: Answerer) -> None:
    known = "{ __typename }"
    await answerer.answer(GraphQLRequest(known))
    answered = []

    async def ask(document: str) -> None:
        await answerer.answer(GraphQLRequest(document))
        answered.append(document)

    new = [f"{{ __typename }} # {number}" for number in range(9)]
    await asyncio.gather(*map(ask, [*new, known]))
    assert answered[0] == known
    assert sorted(answered[1:]) == new


async def test_what_several_want_is_read_and_planned_once(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, made = Answerer(answerer.catalog, answerer.database), []

    def note(work: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any) -> Any:
            made.append(work)
            return work(*given)

        return noted

    for name in ("_read", "_prepare"):
        monkeypatch.setattr(asked.operations, name, note(getattr(asked.operations, name)))
    request = GraphQLRequest("{ meetings(first: 1) { nodes { key } } }")
    answers = await asyncio.gather(*(asked.answer(request) for _ in range(9)))
    assert len({answer.json for answer in answers}) == 1
    assert len(made) == 2


async def test_what_several_want_is_done_once() -> None:
    single_flight, ended, done = SingleFlight(), threading.Event(), []

    def work() -> None:
        ended.wait()
        done.append(1)

    several = [asyncio.create_task(single_flight.run("key", work, long=True)) for _ in range(99)]
    await asyncio.sleep(0)
    several.pop().cancel()
    ended.set()
    await asyncio.gather(*several)
    assert (done, single_flight.jobs) == ([1], {})


async def test_a_crowd_is_sent_away_and_who_leaves_makes_room() -> None:
    single_flight, ended = SingleFlight(), threading.Event()
    crowd = [
        asyncio.create_task(single_flight.run(number, ended.wait, long=True))
        for number in range(MAX_LONG_JOBS)
    ]
    await asyncio.sleep(0)
    with pytest.raises(DatabaseUnavailable) as refused:
        await single_flight.run("one more", lambda: True, long=True)
    assert (refused.value.code, refused.value.retry_after) == ("OVERLOADED", 1)
    for task in crowd:
        task.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)
    ended.set()
    assert await single_flight.run("one more", lambda: True, long=True)


@pytest.mark.parametrize(("length", "suggested"), [(20_000, True), (20_001, False)])
def test_names_are_suggested_in_documents_of_a_length(length: int, *, suggested: bool) -> None:
    document = "{ meetingz { totalCount } }"
    with pytest.raises(DocumentErrors) as refused:
        read_operation(CATALOG.schema, document.ljust(length), None, Limits())
    (error,) = refused.value.errors
    assert error.message.startswith("Cannot query field 'meetingz'")
    assert ("Did you mean 'meetings'" in error.message) == suggested
