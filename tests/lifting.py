"""Random operations whose values are variables, and random values for these."""

import json
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
    is_nullable_type,
)
from hypothesis import strategies as st

from tests.operations import LEFT_OUT, Draw, Writer
from tests.oracle import DOCUMENT, World

QUERY: Any = DOCUMENT.query_type
ROOT_FIELDS = [name for name, field in QUERY.fields.items() if field.args]
# What has a default may be given by a variable that may be null, and whose null is refused later.
DEFAULTED = {
    name
    for type_ in DOCUMENT.type_map.values()
    if isinstance(type_, GraphQLInputObjectType)
    for name, field in type_.fields.items()
    if field.default is not None
}


@dataclass(frozen=True)
class Asked:
    """A document, and what it is asked with, time after time."""

    document: str
    variables: list[dict[str, Any]]


@st.composite
def asked_often(draw: Draw, world: World, name: str, times: int = 8) -> Asked:
    """Draw a root field's operation with variables, and values for some or all of them."""
    writer = Lifter(draw, world)
    field = writer.field((name, QUERY.fields[name]), draw(st.integers(1, 2)))
    declared = " ".join(f"${name}: {type_}" for name, (type_, _) in writer.variables.items())
    head = f"query ({declared}) " if declared else ""
    return Asked(f"{head}{{ {field} }}", writer.values(times))


class Lifter(Writer):
    """Writes variables in the place of values, wherever a value may stand."""

    def __init__(self, draw: Draw, world: World) -> None:
        super().__init__(draw, world)
        self.variables: dict[str, tuple[Any, str]] = {}

    def lift(self, type_: Any, name: str) -> str:
        """Declare a variable for a place of this type, and write it."""
        if name in DEFAULTED:
            type_ = get_nullable_type(type_)
        variable = f"v{len(self.variables)}"
        self.variables[variable] = type_, name
        return f"${variable}"

    def value(self, type_: Any, name: str, depth: int = 4) -> str:
        if self.draw(st.booleans()):
            return self.lift(type_, name)
        return super().value(type_, name, depth)

    def arguments(self, _: str, field: Any) -> list[str]:
        """Write all arguments that go together."""
        chosen = [key for key in field.args if key not in LEFT_OUT]
        for either in ({"first", "last"}, {"key", "url"}, {"key", "wikidataId"}):
            if either <= set(chosen):
                chosen.remove(self.pick(sorted(either)))
        return [f"{key}: {self.value(field.args[key].type, key)}" for key in chosen]

    def values(self, times: int) -> list[dict[str, Any]]:
        """Draw values of the variables, so many times; one of them changes from time to time."""
        series = [dict(pair for name in self.variables for pair in self.chosen(name))]
        for _ in range(times - 1 if self.variables else 0):
            name = self.pick(self.variables)
            others = {key: value for key, value in series[-1].items() if key != name}
            series.append(others | dict(self.chosen(name)))
        optional = [name for name, (type_, _) in self.variables.items() if is_nullable_type(type_)]
        if optional:  # what is not given may mean something else than what is null
            name = self.pick(optional)
            others = {key: value for key, value in series[-1].items() if key != name}
            series += [others, others | {name: None}]
        return series

    def chosen(self, name: str) -> list[tuple[str, Any]]:
        """Draw a variable's value; one that need not be given sometimes is not."""
        type_, use = self.variables[name]
        if isinstance(type_, GraphQLNonNull) or self.draw(st.integers(0, 2)):
            return [(name, self.given(type_, use))]
        return []

    def given(self, type_: Any, name: str, depth: int = 3) -> Any:
        """Draw a value as a client sends it; what may be null sometimes is."""
        if isinstance(type_, GraphQLNonNull):
            return self.not_null(type_.of_type, name, depth)
        return self.not_null(type_, name, depth) if self.draw(st.integers(0, 3)) else None

    def not_null(self, type_: Any, name: str, depth: int) -> Any:
        match type_:
            case GraphQLList():
                count = self.draw(st.integers(0, 3))
                return [self.given(type_.of_type, name, depth) for _ in range(count)]
            case GraphQLEnumType():
                return self.pick(type_.values)
            case GraphQLInputObjectType():
                return self.object(type_, depth)
            case _:
                return json.loads(self.scalar(type_.name, name))

    def object(self, type_: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        fields = {
            name: field.type
            for name, field in type_.fields.items()
            if depth > 0 or not isinstance(get_named_type(field.type), GraphQLInputObjectType)
        }
        chosen = {name for name, field in fields.items() if isinstance(field, GraphQLNonNull)}
        if fields:
            chosen |= {self.pick(fields) for _ in range(self.draw(st.integers(0, 3)))}
        return {name: self.given(fields[name], name, depth - 1) for name in sorted(chosen)}
