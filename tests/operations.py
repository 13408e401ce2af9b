"""Random operations over the whole schema: every field, argument and input value reachable."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_non_null_type,
    parse_value,
    value_from_ast_untyped,
)
from hypothesis import strategies as st

from tests.oracle import DOCUMENT, World

Draw = Any
QUERY: Any = DOCUMENT.query_type
# Cursors belong to the list that made them: walks are tested by themselves.
LEFT_OUT = {"after", "before"}
WORDS = [
    "x",
    "",
    "S",
    "ال",
    "Carter",
    "أبو قصرة",
    "SY",
    "TR",
    "participants.host",
    "date",
    "1978-09",
]
QUERIES = [
    "التدريب",
    "وزير الدفاع",
    "«وزير الدفاع» السوري",
    "Camp David",
    "sign*",
    "ترك* سور*",
    "framework peace",
    "…",
    "nowhere",
]
DAYS = ["1978-09-01", "1978-09-17", "1978-09-30", "1978-12-31", "2025-01-01"]
NUMBERS = ["0", "0.002", "250", "4000", "5000.5", "999999999999999.999"]
LANGUAGES = ["ar", "en", "tr", "fr", "ar-SY", "zh-Hans"]
PREFERRED = [(), ("en",), ("tr", "ar")]
# What is meant where a country is compared with a whole text, which has to be a code.
COUNTRY, EXACT = "country code", {"eq", "ne", "in", "notIn"}
# Arguments of which one is given, and that is not null.
CHOSEN = {"key", "url", "wikidataId"}
CONDITION = GraphQLNonNull(GraphQLBoolean)
# Fields of inputs that have a default: their variable may be nullable, and is refused when null.
DEFAULTED = {
    name
    for type_ in DOCUMENT.type_map.values()
    if isinstance(type_, GraphQLInputObjectType)
    for name, field in type_.fields.items()
    if field.default is not None
}


@st.composite
def operations(draw: Draw, world: World) -> str:
    """Write an operation of a few root fields."""
    return Writer(draw, world).selection(QUERY, draw(st.integers(1, 5)))


@st.composite
def filtered_lists(draw: Draw, world: World) -> str:
    """Write a few lists, each with a filter and, where there are orders, an order."""
    return Writer(draw, world).lists(3)


@dataclass
class Request:
    """The values of a document's variables, and the languages that are preferred."""

    variables: dict[str, Any]
    languages: tuple[str, ...]
    lacks_a_value: bool = False  # whether null is where it cannot be


@st.composite
def with_variables(draw: Draw, world: World) -> tuple[str, list[Request]]:
    """Write an operation with variables, and two requests with different values."""
    writer = VariableWriter(draw, world, 2)
    lists = draw(st.booleans())
    return writer.write(writer.lists(1) if lists else writer.selection(QUERY, 3)), writer.requests


@st.composite
def root_field_with_variables(draw: Draw, world: World, name: str) -> tuple[str, list[Request]]:
    """Write an operation of this root field with variables, and requests with different values."""
    writer = VariableWriter(draw, world, 6)
    field = writer.field((name, QUERY.fields[name]), draw(st.integers(1, 2)))
    return writer.write(f"{{ {field} }}"), [*writer.requests, *writer.without_a_value()]


class Writer:
    """Writes selections, numbering its aliases."""

    def __init__(self, draw: Draw, world: World) -> None:
        self.draw = draw
        self.world = world
        self.aliases = 0

    def pick(self, items: Any) -> Any:
        return self.draw(st.sampled_from(list(items)))

    def selection(self, type_: Any, depth: int) -> str:
        """Write a selection on a type, so many levels deep."""
        fields = [
            field
            for field in getattr(type_, "fields", {}).items()  # a union has none
            if depth > 0 or not is_composite_type(get_named_type(field[1].type))
        ]
        count = self.draw(st.integers(1, 4)) if fields else 0
        parts = [self.field(self.pick(fields), depth) for _ in range(count)] or ["__typename"]
        if is_abstract_type(type_) and depth > 0:
            parts.append(self.fragment(type_, depth))
        return "{ " + " ".join(parts) + " }"

    def fragment(self, type_: Any, depth: int) -> str:
        below = self.pick([type_, *DOCUMENT.get_possible_types(type_)])
        return f"... on {below.name}{self.directive()} {self.selection(below, depth - 1)}"

    def directive(self) -> str:
        """Write a directive that leaves its field out or not, or none."""
        name = self.pick([None, "include", "skip"])
        return f" @{name}(if: {self.value(CONDITION, 'if')})" if name else ""

    def field(self, item: tuple[str, Any], depth: int) -> str:
        """Write a field with some of its arguments."""
        name, field = item
        arguments = self.arguments(name, field)
        self.aliases += 1
        alias = self.pick(["", f"a{self.aliases}: "]) if not arguments else f"a{self.aliases}: "
        named = get_named_type(field.type)
        below = " " + self.selection(named, depth - 1) if is_composite_type(named) else ""
        written = f"({', '.join(arguments)})" if arguments else ""
        return f"{alias}{name}{written}{self.directive()}{below}"

    def lists(self, count: int) -> str:
        """Write a selection of so many lists, each with a filter."""
        fields = [item for item in QUERY.fields.items() if "filter" in item[1].args]
        return "{ " + " ".join(self.filtered(self.pick(fields)) for _ in range(count)) + " }"

    def filtered(self, item: tuple[str, Any]) -> str:
        """Write a list of a filter's choosing."""
        name, field = item
        self.aliases += 1
        wanted = [key for key in ("filter", "orderBy") if key in field.args]
        arguments = ", ".join(f"{key}: {self.value(field.args[key].type, key)}" for key in wanted)
        count = self.pick(["first", "last"])
        size = self.value(field.args[count].type, count)
        node: Any = get_named_type(get_named_type(field.type).fields["nodes"].type)
        selected = "{ __typename id }" if "id" in node.fields else self.selection(node, 1)
        return (
            f"a{self.aliases}: {name}({count}: {size}, {arguments})"
            f" {{ totalCount nodes {selected} pageInfo {{ hasNextPage }}"
            f"{self.groups(field)} }}"
        )

    def groups(self, field: Any) -> str:
        """Write the groups of a list that has them."""
        grouped = get_named_type(field.type).fields.get("groups")
        if grouped is None:
            return ""
        by = self.value(grouped.args["by"].type, "by")
        order = self.pick(["", ", orderBy: COUNT", ", orderBy: KEY", ", orderBy: KEY_DESC"])
        keys = 'keys { dimension value label(lang: "ar") }'
        return f" groupCount(by: {by}) groups(by: {by}{order}) {{ count {keys} }}"

    def arguments(self, name: str, field: Any) -> list[str]:
        if name in ("article", "actor") and len(field.args) > 1:
            chosen = [self.pick(field.args)]
        else:
            chosen = [
                key
                for key, argument in field.args.items()
                if key not in LEFT_OUT
                and (isinstance(argument.type, GraphQLNonNull) or self.draw(st.booleans()))
            ]
            # One revision changed every record: its pages within one another would grow too large.
            chosen += ["first"] if name == "changes" and "first" not in chosen else []
        if {"first", "last"} <= set(chosen):
            chosen.remove("last")
        return [f"{key}: {self.value(field.args[key].type, key)}" for key in chosen]

    def value(self, type_: Any, name: str, depth: int = 4) -> str:
        """Write a value of an input type; `name` tells what it is for."""
        return self.literal(get_nullable_type(type_), name, depth)

    def literal(self, type_: Any, name: str, depth: int) -> str:
        """Write a value that is not null."""
        match type_:
            case GraphQLList():
                if name == "by":
                    return self.dimensions(get_named_type(type_))
                count = self.draw(st.integers(0, 3))
                items = (self.value(type_.of_type, name, depth) for _ in range(count))
                return f"[{', '.join(items)}]"
            case GraphQLEnumType():
                return str(self.pick(type_.values))
            case GraphQLInputObjectType():
                return self.input_object(type_, name, depth)
            case _:
                return self.scalar(type_.name, name)

    def dimensions(self, type_: Any) -> str:
        """Write one to three dimensions, each once."""
        names = st.lists(st.sampled_from(list(type_.values)), min_size=1, max_size=3, unique=True)
        return f"[{', '.join(self.draw(names))}]"

    def input_object(self, type_: Any, of: str, depth: int) -> str:
        names = [
            name
            for name, field in type_.fields.items()
            if depth > 0 or not isinstance(get_named_type(field.type), GraphQLInputObjectType)
        ]
        if not names:
            return "{}"
        required = [n for n in names if isinstance(type_.fields[n].type, GraphQLNonNull)]
        chosen = {*required, *(self.pick(names) for _ in range(self.draw(st.integers(0, 3))))}
        items = (
            f"{name}: {self.item(type_.fields[name].type, meaning, depth)}"
            for name in sorted(chosen)
            for meaning in [COUNTRY if of == "country" and name in EXACT else name]
        )
        return "{" + ", ".join(items) + "}"

    def item(self, type_: Any, name: str, depth: int) -> str:
        """Write what a field of an input object is; null, now and then, where it may be."""
        if not isinstance(type_, GraphQLNonNull) and self.draw(st.integers(0, 19)) == 0:
            return "null"
        return self.value(type_, name, depth - 1)

    def scalar(self, type_: str, name: str) -> str:
        match type_:
            case "Int":
                return str(self.draw(st.integers(0, 6)))
            case "Boolean":
                return str(self.draw(st.booleans())).lower()
            case "Language":
                return f'"{self.pick(LANGUAGES)}"'
            case "Date" | "Decimal":
                return f'"{self.pick(DAYS if type_ == "Date" else NUMBERS)}"'
            case "ID":
                return f'"{self.pick([*self.world.records, "meeting:nowhere", "actor:x.y"])}"'
            case _:
                return f'"{self.pick(self.words(name))}"'

    def words(self, name: str) -> list[str]:
        """List texts that the argument may meet, and one that it cannot."""
        kinds = ("Article", "Actor", "Meeting", "Agreement", "Place")
        keys = [thing.key for thing in self.world.of(*kinds)]
        if name in ("text", "matches"):
            return QUERIES
        if name in ("startsWith", "contains"):
            return [key[: self.draw(st.integers(0, 9))] for key in keys] + WORDS
        return {
            "scheme": ["mithaq", "none", "WIKIDATA", "GEONAMES"],
            "id": ["Q858", "361061"],
            "measure": ["money", "troops"],
            "unit": ["USD", "EGP"],
            "wikidataId": ["Q858", "Q1"],
            COUNTRY: ["SY", "TR", "LB", "US", "FR"],
        }.get(name, [*keys, *WORDS])


class VariableWriter(Writer):
    """Writes variables in place of some values, and draws their values for several requests."""

    def __init__(self, draw: Draw, world: World, requests: int) -> None:
        super().__init__(draw, world)
        self.definitions: list[str] = []
        self.nullable: list[str] = []  # the variables that may be null
        self.requests = [Request({}, self.pick(PREFERRED)) for _ in range(requests)]
        self.within_a_value = False

    def write(self, selection: str) -> str:
        """Write an operation of a selection, with the definitions of its variables."""
        definitions = f"({', '.join(self.definitions)})" if self.definitions else ""
        return f"query {definitions} {selection}"

    def value(self, type_: Any, name: str, depth: int = 4) -> str:
        if self.within_a_value or self.draw(st.booleans()):
            return super().value(type_, name, depth)
        self.within_a_value = True
        variable = self.define(type_, name, depth)
        self.within_a_value = False
        return f"${variable}"

    def define(self, type_: Any, name: str, depth: int) -> str:
        """Define a variable for a place of some type, with or without a default."""
        variable = f"v{len(self.definitions)}"
        default = self.draw(st.booleans())
        required = is_non_null_type(type_) or name in CHOSEN
        type_ = get_nullable_type(type_) if default or name in DEFAULTED else type_
        written = f" = {super().value(type_, name, depth)}" if default else ""
        self.definitions.append(f"${variable}: {type_}{written}")
        if not is_non_null_type(type_):
            self.nullable.append(variable)
        value = self.given(type_, name, depth)
        for request in self.requests:
            if value is not Undefined:
                request.variables[variable] = value
            request.lacks_a_value |= required and value in (None, Undefined)
            if self.draw(st.booleans()):
                value = self.given(type_, name, depth)
        return variable

    def without_a_value(self) -> list[Request]:
        """Return two requests in which a variable is missing, then null; none if none may be."""
        if not self.nullable:
            return []
        variable, last = self.pick(self.nullable), self.requests[-1]
        others = {name: value for name, value in last.variables.items() if name != variable}
        return [Request(values, last.languages) for values in (others, {**others, variable: None})]

    def given(self, type_: Any, name: str, depth: int) -> Any:
        """Draw the value of a variable: null or Undefined now and then, where that may be."""
        choice = self.pick(["value", "value", "value", None, Undefined])
        return self.json(type_, name, depth) if is_non_null_type(type_) or choice else choice

    def json(self, type_: Any, name: str, depth: int) -> Any:
        """Draw a value as JSON has it; a list of one may be given as its item."""
        value = value_from_ast_untyped(parse_value(super().value(type_, name, depth)))
        alone = isinstance(value, list) and len(value) == 1 and self.draw(st.booleans())
        return value[0] if alone else value
