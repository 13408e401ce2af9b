"""Variables read at a glance: the same values, and the same errors, as graphql-core reads."""

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    OperationDefinitionNode,
    parse,
    type_from_ast,
)
from graphql.execution.values import get_variable_values
from graphql.language import parse_type
from hypothesis import given
from hypothesis import strategies as st

from api.plan.catalog import build_catalog
from api.plan.coercion import FALLBACK, build_coercer
from api.plan.document_errors import DocumentErrors, list_errors
from api.plan.document_size import measure_document
from api.plan.operations import Operation
from api.schema import SCHEMA
from api.settings import Limits

# Those of values are tests of their own.
LIMITS = Limits.model_construct(max_filter_depth=1_000, max_values=1_000_000)
CORE = build_catalog(SCHEMA).schema
TYPES = sorted(
    name
    for name, type_ in CORE.type_map.items()
    if isinstance(type_, GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType)
)
WRAPPED = [
    form.format(name) for name in TYPES for form in ("{}", "{}!", "[{}!]", "[{}]!", "[[{}!]!]")
]
DATES = [
    "2025-08-13",
    "2024-02-29",
    "2025-02-29",
    "0000-01-01",
    "2025-21-01",
    "20250813",
    "٢٠٢٥-01-01",
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, 1, -(2**31), 2**31 - 1, 2**31, 2**53, 10**400]),
    st.floats(),
    st.sampled_from([1.0, -0.0, 5.5, 1e300]),
    st.text(max_size=5),
    st.sampled_from(
        [*DATES, "ar", "ZH-hans", "no tag", "ASC", "DATE", "MEETING", "\ud800", "\x00"]
    ),
)
JSON = st.recursive(
    ODD,
    lambda items: st.one_of(
        st.lists(items, max_size=3),
        st.dictionaries(st.sampled_from(["eq", "in", "and", "date", "field", "x"]), items),
    ),
    max_leaves=8,
)


def values_of(type_: Any, depth: int = 4) -> st.SearchStrategy[Any]:
    """Draw values that are mostly of a type, and odd ones among them."""
    match type_:
        case GraphQLNonNull():
            return values_of(type_.of_type, depth)
        case GraphQLList():
            items = values_of(type_.of_type, depth - 1)
            return st.one_of(st.lists(items, max_size=3), items, ODD)
        case GraphQLInputObjectType() if depth > 0:
            fields = {name: values_of(item.type, depth - 1) for name, item in type_.fields.items()}
            some = st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True)
            return st.one_of(
                some.flatmap(lambda names: st.fixed_dictionaries({n: fields[n] for n in names})),
                JSON,
            )
        case GraphQLEnumType():
            return st.one_of(st.sampled_from(sorted(type_.values)), ODD)
        case _:
            return JSON


VARIABLES = st.sampled_from(WRAPPED).flatmap(
    lambda text: st.tuples(st.just(text), st.deferred(lambda: values_of(named(text))))
)


def named(text: str) -> Any:
    """Find a type as a document writes it."""
    return type_from_ast(CORE, parse_type(text))


def read_both(declared: str, values: dict[str, Any]) -> tuple[Any, Any]:
    """Read variables as a request does, and as graphql-core does."""
    document = parse(f"query ({declared}) {{ __typename }}")
    node = document.definitions[0]
    assert isinstance(node, OperationDefinitionNode)
    definitions = node.variable_definitions or ()
    expected = get_variable_values(CORE, definitions, values, LIMITS.max_errors)
    right = (
        [item.formatted for item in list_errors(expected, LIMITS.max_errors)]
        if isinstance(expected, list)
        else expected.coerced
    )
    try:
        operation = Operation(CORE, node, document, measure_document(document, LIMITS))
        found: Any = dict(operation.read(values)[0])
    except DocumentErrors as refused:
        found = [item.formatted for item in refused.errors]
    return found, right


def spell(value: Any) -> Any:
    """Spell a value out, so that True is no 1 and the order of keys is no difference."""
    match value:
        case dict():
            return {name: spell(value[name]) for name in sorted(value)}
        case list():
            return [spell(item) for item in value]
        case _:
            return f"{type(value)} {value!r}"


@given(VARIABLES)
def test_a_variable_is_read_as_graphql_core_reads_it(variable: tuple[str, Any]) -> None:
    type_, value = variable
    found, right = read_both(f"$a: {type_}", {"a": value})
    assert spell(found) == spell(right)


@given(st.sampled_from(["Int = 5", "Int! = 5", "Int", "Int!", '[Date!] = "2025-08-13"']), JSON)
def test_a_variable_that_is_not_given_has_its_default(type_: str, other: Any) -> None:
    for values in ({}, {"a": None}, {"b": other}, {"a": other}):
        found, right = read_both(f"$a: {type_}, $c: Date", values)
        assert spell(found) == spell(right)


DEEP = 300


@pytest.mark.parametrize("depth", [1, 7, 8, 9, 99, 100, 101, DEEP])
def test_filters_within_filters_are_read_alike_however_deep(depth: int) -> None:
    value: dict[str, Any] = {"title": {"eq": "x"}}
    for _ in range(depth):
        value = {"and": [value]}
    found, right = read_both("$a: MeetingFilter", {"a": value})
    assert found == right


PLACE = {"key": "a", "names": [{"language": "en", "text": "A"}]}
PLAIN: list[tuple[str, Any]] = [
    ("Int!", 5),
    ("Int", None),
    ("String!", "x"),
    ("ID", "a:b"),
    ("Boolean!", False),
    ("Date!", "2025-08-13"),
    ("[Language!]", ["ar", "zh-hans"]),
    ("[RecordKind!]", ["ARTICLE"]),
    ("[EventOrder!]", [{"field": "DATE"}]),
    ("MeetingFilter", {"date": {"within": {"from": "2025-08-13"}}, "and": [{"not": {}}]}),
    ("[RecordInput!]!", [{"place": PLACE}]),
]


@pytest.mark.parametrize(("type_", "value"), PLAIN)
def test_what_is_plain_needs_no_closer_look(type_: str, value: Any) -> None:
    build_coercer(named(type_))(value)


@pytest.mark.parametrize("value", [True, 5.0, "5", 2**31, [5]])
def test_what_is_not_plain_is_doubtful(value: Any) -> None:
    with pytest.raises(FALLBACK):
        build_coercer(named("Int!"))(value)


@pytest.mark.parametrize("value", [{}, {"place": None}, {"place": PLACE, "topic": PLACE}])
def test_a_choice_of_none_or_several_is_doubtful(value: Any) -> None:
    found, right = read_both("$a: RecordInput!", {"a": value})
    assert found == right
    with pytest.raises(FALLBACK):
        build_coercer(named("RecordInput!"))(value)
