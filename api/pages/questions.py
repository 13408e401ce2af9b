"""The pages' GraphQL queries, read from `*.graphql` files, and which page shows which record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from graphql import (
    DocumentNode,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    coerce_input_value,
    get_named_type,
    get_nullable_type,
    parse,
    print_ast,
    separate_operations,
    type_from_ast,
    value_from_ast_untyped,
)

FOLDER = Path(__file__).parent
FRAGMENTS = "fragments"  # the file of the fragments that all queries may spread
LIST = "list"  # the file of the query that all lists are made of
MAX_FIELDS = 64  # of an address's query
MAX_DIGITS = 15  # of a number in an address; GraphQL's have 10 at most
NUL = "\0"
SEARCHED = ("text", "kinds")  # the fields of the form of the search


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A variable of a page's query: a field of the page's address and of its form."""

    name: str
    type: GraphQLInputType
    default: Any = None
    kind: str | None = None  # of the records that it asks for
    place: str = ""  # in the form: first, further or last; elsewhere it is not shown

    @property
    def label(self) -> str:
        """What the form calls the field, as a message of its context."""
        return self.name

    @property
    def named_type(self) -> GraphQLNamedType:
        """The type without lists and non-null."""
        return get_named_type(self.type)

    @property
    def listed(self) -> bool:
        """Whether the field has a list of values."""
        return isinstance(get_nullable_type(self.type), GraphQLList)

    @property
    def every(self) -> bool:
        """Whether a record meets all of several values, instead of one of them."""
        return False

    def read(self, values: list[str]) -> Any:
        """Return the variable's value; text that is not of its type is left to the coercion."""
        read = [self._read_one(value) for value in values]
        return read if self.listed else read[-1]

    def accepts(self, value: Any) -> bool:
        """Return whether one value that was read is one of the field's type."""
        return coerce_input_value([value] if self.listed else value, self.type) is not Undefined

    def list_refused(self, read: Any) -> list[Any]:
        """Return those of the values that were read which the field does not accept.

        Nothing that is recorded has a NUL.
        """
        values = read if self.listed else [read]
        return [value for value in values if NUL in str(value) or not self.accepts(value)]

    def _read_one(self, text: str) -> Any:
        match self.named_type.name:
            case "Int":
                is_number = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
                return int(text) if is_number else text
            case "Boolean":
                return {"true": True, "false": False}.get(text, text)
        return text


@dataclass(frozen=True, slots=True)
class Question:
    """A page's query with the fragments that it spreads, and its variables."""

    name: str
    operation: str
    document: str
    fields: tuple[Field, ...]

    def read_fields(self, query: str) -> dict[str, Any]:
        """Return the fields that the query of an address gives; empty fields give none.

        Raises:
            ValueError: the query is not UTF-8, or has too many fields.
        """
        given = parse_qs(query, errors="strict", max_num_fields=MAX_FIELDS)
        return {
            field.name: field.read(given[field.name])
            for field in self.fields
            if field.name in given
        }

    def write_variables(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the query's variables: the fields that an address gives."""
        return dict(given)


@cache
def read_questions(schema: GraphQLSchema) -> dict[str, Question]:
    """Read the query of each page by the page's name, which is that of its file."""
    names = sorted(path.stem for path in FOLDER.glob("*.graphql"))
    return {name: _read_question(name, schema) for name in names if name not in (FRAGMENTS, LIST)}


def parse_file(name: str) -> DocumentNode:
    """Parse a page's query with the fragments that all queries may spread."""
    texts = ((FOLDER / f"{file}.graphql").read_text(encoding="utf-8") for file in (name, FRAGMENTS))
    return parse("\n".join(texts))


def _read_question(name: str, schema: GraphQLSchema) -> Question:
    ((operation, document),) = separate_operations(parse_file(name)).items()
    (definition,) = (
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    )
    fields = tuple(
        Field(
            variable.variable.name.value,
            type_from_ast(schema, variable.type),  # type: ignore[arg-type]
            variable.default_value and value_from_ast_untyped(variable.default_value),
            place="first" if variable.variable.name.value in SEARCHED else "",
        )
        for variable in definition.variable_definitions or ()
    )
    return Question(name, operation, print_ast(document), fields)


def assign_pages(schema: GraphQLSchema, names: Iterable[str]) -> dict[str, str]:
    """Return for each kind of record the page that shows it.

    That is the page named as its type, or else as the first of the type's interfaces that has one:
    a meeting is shown by `meeting`, `event` or `node`.
    """
    known = set(names)
    pages = {}
    for type_ in schema.get_possible_types(schema.type_map["Node"]):  # type: ignore[arg-type]
        assert isinstance(type_, GraphQLObjectType)
        declared = [type_.name, *(interface.name for interface in type_.interfaces)]
        pages[type_.name.lower()] = next(name.lower() for name in declared if name.lower() in known)
    return pages
