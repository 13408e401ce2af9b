"""Arguments made of variables: read along the way found once, as graphql-core reads them whole."""

from collections.abc import Iterator
from functools import reduce
from operator import getitem
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
    parse_value,
    value_from_ast,
)
from hypothesis import given
from hypothesis import strategies as st

from api.errors import OperationError
from api.plan.arguments import reader_of, value_of
from api.plan.catalog import build_catalog
from api.plan.filters import prune
from api.plan.parameter_sources import Argument, ArgumentPath
from api.schema import SCHEMA

TYPES = build_catalog(SCHEMA).schema.type_map
FILTERS = [TYPES[name] for name in ("MeetingFilter", "ArticleFilter", "ClaimFilter")]
SCALARS = {
    "Language": '"ar"',
    "Date": '"2025-08-13"',
    "Boolean": "true",
    "Int": "7",
    "Decimal": '"1.5"',
}
Variables = dict[str, Any]


class Written:
    """Writes values of a type, parts of them as variables that have values besides."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.variables: Variables = {}

    def value(self, wanted: Any, depth: int = 4) -> str:
        """Write a value: a literal, or a variable worth what such a literal is."""
        type_ = get_nullable_type(wanted)
        if self.draw(st.integers(0, 3)):
            return self.literal(type_, depth)
        plain = Plain(self.draw)
        text = plain.literal(type_, depth) if self.draw(st.integers(0, 5)) else "null"
        name = f"v{len(self.variables)}"
        self.variables[name] = value_from_ast(parse_value(text), type_)
        return f"${name}"

    def literal(self, type_: Any, depth: int) -> str:
        match type_:
            case GraphQLList():
                items = [
                    self.value(type_.of_type, depth - 1)
                    for _ in range(self.draw(st.integers(0, 2)))
                ]
                return items[0] if len(items) == 1 else f"[{' '.join(items)}]"
            case GraphQLInputObjectType():
                return self.object(type_, depth)
            case GraphQLEnumType():
                return str(self.draw(st.sampled_from(sorted(type_.values))))
            case _:
                return SCALARS.get(str(type_), '"x"')

    def object(self, type_: GraphQLInputObjectType, depth: int) -> str:
        names = st.lists(st.sampled_from(sorted(type_.fields)), max_size=3, unique=True)
        fields = [
            f"{name}: {self.value(type_.fields[name].type, depth - 1)}"
            for name in (self.draw(names) if depth > 0 else ())
        ]
        return f"{{{' '.join(fields)}}}"


class Plain(Written):
    """Writes literals alone."""

    def value(self, wanted: Any, depth: int = 4) -> str:
        return self.literal(get_nullable_type(wanted), depth)


@st.composite
def written(draw: st.DrawFn) -> tuple[Argument, Variables]:
    type_: Any = draw(st.sampled_from(FILTERS))
    writing = Written(draw)
    node = parse_value(writing.literal(type_, 5))
    return Argument((), "filter", type_, node), writing.variables


def paths(value: Any, at: ArgumentPath = ()) -> Iterator[ArgumentPath]:
    """List the ways to all that is within a value."""
    yield at
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for step, item in items:
        yield from paths(item, (*at, step))


def type_at(type_: Any, at: ArgumentPath) -> Any:
    """Find the type of what is at this place within a value."""
    for step in at:
        if isinstance(step, str):
            named: Any = get_named_type(type_)
            type_ = named.fields[step].type
    return type_


@given(written())
def test_a_reader_reads_what_graphql_core_makes_of_an_argument(
    drawn: tuple[Argument, Variables],
) -> None:
    argument, variables = drawn
    try:
        whole = prune(value_of(argument, variables), argument.type)
    except OperationError:
        return  # a null where none may be: such an argument is not read
    for at in paths(whole):
        read = reader_of(argument, at)
        below = type_at(argument.type, at)
        assert prune(read(variables), below) == reduce(getitem, at, whole)
