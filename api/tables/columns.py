"""The tables that can be exported, and their columns, which follow from the GraphQL schema.

A table is a root field that lists records; a column is a path of fields below its records, and is
named by it: `place_name` is `place { name }`. Of another record a table has the id and the name; of
a list within a record, one column for each field of its items. Lists of other records that refer
to this one (claims, for instance) are tables of their own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import cache
from typing import Any

import orjson
from graphql import GraphQLArgument as Argument
from graphql import (
    GraphQLField,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_union_type,
)

from api.errors import ExportError
from api.plan.catalog import Catalog
from api.schema import bindings as b

# The field that names a record: the first of these that its type has.
NAMES = ("name", "title", "label", "heading", "key")
PAGING = frozenset({"first", "after", "last", "before"})
CAPITAL = re.compile(r"(?=[A-Z])")
LISTS = (b.All, b.Changes)
NODES = "nodes"  # the field of a connection that has its objects


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the path of fields to its values, and their GraphQL type."""

    path: tuple[str, ...]
    type: str
    nullable: bool
    listed: bool  # whether it has a list of values in each row
    description: str
    values: tuple[str, ...] = ()  # of an enumeration
    record: str | None = None  # the type of the record whose id it is

    @property
    def name(self) -> str:
        """The column's name: the fields of its path in snake case."""
        return "_".join(CAPITAL.sub("_", name).lower() for name in self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """A root field that lists records, with the columns that an export of it has."""

    name: str
    type: str  # of its records
    description: str
    columns: tuple[Column, ...]
    arguments: dict[str, Argument]  # without those of pages
    # The GraphQL between a path and its fields: `nodes` of a page, `... on Node` of a union.
    openings: Mapping[tuple[str, ...], str]

    def select(self, names: Iterable[str]) -> "Table":
        """Return the table with only the columns of these names, in their order.

        Raises:
            ExportError: there is no such column, or it is named twice.
        """
        named = {column.name: column for column in self.columns}
        wanted = list(names)
        if repeated := [name for name in named if wanted.count(name) > 1]:
            raise ExportError(f"`columns` names {repeated[0]} twice: name it once.")
        if unknown := [name for name in wanted if name not in named]:
            column = unknown[0] or "column without a name"
            message = f"`columns`: {self.name} has no {column}: it has {', '.join(named)}."
            raise ExportError(message)
        return replace(self, columns=tuple(named[name] for name in wanted))

    def read_argument(self, name: str, text: str) -> Any:
        """Read an argument: a word, or JSON if its type is an input object or a list.

        Raises:
            ExportError: there is no such argument, or it is not JSON.
        """
        if name not in self.arguments:
            message = (
                f"`{name}` is no argument of {self.name}, which has {', '.join(self.arguments)}."
            )
            raise ExportError(message)
        type_: Any = self.arguments[name].type
        if is_leaf_type(get_named_type(type_)) and not is_list_type(get_nullable_type(type_)):
            return text
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError as error:
            message = f"`{name}` should be JSON, of the type {type_}: {error}."
            raise ExportError(message) from None

    def write_document(self) -> str:
        """Return the GraphQL document that asks for the table's columns.

        Its variables are the table's arguments.
        """
        fields = self._write_selection(self._build_tree(), ())
        arguments = self.arguments.items()
        variables = ", ".join(f"${name}: {argument.type}" for name, argument in arguments)
        given = ", ".join(f"{name}: ${name}" for name in self.arguments)
        opening = f"query ({variables})" if variables else "query"
        closing = f"({given})" if given else ""
        return f"{opening} {{ {self.name}{closing} {fields} }}"

    def find_order(self) -> list[int] | None:
        """Return the place of each column among the fields of the document; None if it is its own.

        The fields of an object are next to each other there.
        """
        paths = list(_list_leaves(self._build_tree()))
        places = [paths.index(column.path) for column in self.columns]
        return None if places == list(range(len(paths))) else places

    def _build_tree(self) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for column in self.columns:
            below = tree
            for name in column.path:
                below = below.setdefault(name, {})
        return tree

    def _write_selection(self, tree: dict[str, Any], path: tuple[str, ...]) -> str:
        fields = " ".join(
            f"{name} {self._write_selection(below, (*path, name))}" if below else name
            for name, below in tree.items()
        )
        opening = self.openings.get(path)
        return f"{{ {opening} {{ {fields} }} }}" if opening else f"{{ {fields} }}"


def _list_leaves(tree: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, below in tree.items():
        if below:
            yield from _list_leaves(below, (*path, name))
        else:
            yield (*path, name)


@cache
def list_tables(catalog: Catalog) -> dict[str, Table]:
    """Return the tables of a schema by name."""
    return {table.name: table for table in _find_tables(catalog)}


def _find_tables(catalog: Catalog) -> Iterator[Table]:
    query: Any = catalog.schema.query_type
    for name, field in query.fields.items():
        if isinstance(catalog.bindings.get(("Query", name)), LISTS):
            item = _find_item(field)
            found = _Columns(catalog)
            if not is_list_type(get_nullable_type(field.type)):
                found.openings[()] = NODES
            columns = tuple(found.list(item, Place()))
            arguments = {key: value for key, value in field.args.items() if key not in PAGING}
            description = item.description or ""
            yield Table(name, item.name, description, columns, arguments, found.openings)


def _find_item(field: GraphQLField) -> Any:
    """Return the type of a field's objects, of the nodes of a connection."""
    named: Any = get_named_type(field.type)
    if named.name.endswith("Connection"):
        return get_named_type(named.fields["nodes"].type)
    return named


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object is below a record: the path to it, and what lies on it."""

    path: tuple[str, ...] = ()
    binding: Any = None  # of the field that has the object
    listed: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    """Lists the columns of a type's fields."""

    catalog: Catalog
    openings: dict[tuple[str, ...], str] = dataclass_field(default_factory=dict)

    def list(self, type_: Any, place: Place) -> Iterator[Column]:
        """Yield the columns of an object at a place."""
        for name, field, binding in self._choose(type_, place):
            path = (*place.path, name)
            nullable = place.nullable or get_nullable_type(field.type) is field.type
            listed = place.listed or isinstance(binding, b.Many)
            named: Any = get_named_type(field.type)
            if is_leaf_type(named):
                values = tuple(getattr(named, "values", ()))
                record = type_.name if name == "id" else None
                description = field.description or ""
                yield Column(path, named.name, nullable, listed, description, values, record)
                continue
            if named.name.endswith("Connection"):
                self.openings[path] = NODES
            below, item = Place(path, binding, listed, nullable), _find_item(field)
            if is_union_type(item):
                item = self._find_shared(item)
                self.openings[path] = f"... on {item.name}"
            yield from self.list(item, below)

    def _find_shared(self, union: Any) -> Any:
        """Return the interface that all types of a union have."""
        first, *others = self.catalog.schema.get_possible_types(union)
        return next(
            item for item in first.interfaces if all(item in other.interfaces for other in others)
        )

    def _choose(self, type_: Any, place: Place) -> Iterator[tuple[str, GraphQLField, Any]]:
        """Yield the fields of an object that a table has, each with its binding."""
        fields = [
            (name, field, self._find_binding(type_, name))
            for name, field in type_.fields.items()
            if not any(map(is_required_argument, field.args.values()))
        ]
        if place.path and "id" in type_.fields:  # another record
            called = next((name for name in NAMES if name in type_.fields), None)
            yield from (item for item in fields if item[0] in ("id", called))
        elif isinstance(place.binding, b.Embedded):
            leaves = [item for item in fields if isinstance(item[2], b.Part | b.Value)]
            yield from leaves[:1] if place.listed else leaves
        else:
            yield from (item for item in fields if self._belongs(item[1], item[2], place))

    def _belongs(self, field: GraphQLField, binding: Any, place: Place) -> bool:
        """Return whether a field is of the record itself, and not a list of others about it."""
        if isinstance(binding, b.Line | b.Translations | b.History):
            return False
        if isinstance(binding, b.Many):
            owned = any(key.ondelete == "CASCADE" for key in binding.on.foreign_keys)
            item = _find_item(field)
            connected = get_named_type(field.type) is not item
            return not place.listed and (not connected or (owned and "id" not in item.fields))
        # Not back from the item of a list to the record that has it.
        return not (isinstance(place.binding, b.Many) and binding == b.One(place.binding.on))

    def _find_binding(self, type_: Any, name: str) -> Any:
        if is_abstract_type(type_):
            type_ = self.catalog.schema.get_possible_types(type_)[0]
        return self.catalog.bindings.get((type_.name, name))
