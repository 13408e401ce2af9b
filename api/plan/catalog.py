"""The catalog of a schema: maps GraphQL names to bindings and entities."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graphql import GraphQLSchema
from sqlalchemy import Table
from strawberry import Schema
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.enum import StrawberryEnumDefinition

from api.schema.bindings import Binding, Column, Entity, Identity
from api.schema.dimensions import DIMENSIONS, Dimensions
from api.schema.entities import ENTITY
from api.schema.fields import BINDING
from api.schema.filter_bindings import FILTER, FILTER_BINDING, FilterBinding, FilterTarget
from api.schema.orders import ORDERS, Orders


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """The declarations of a schema by GraphQL names.

    `bindings` and `filter_bindings` have the key (type, field); the others have a type's name:
    `entities` of object types, `filters` and `orders` of input types, `dimensions` of enumerations.
    """

    schema: GraphQLSchema
    bindings: dict[tuple[str, str], Binding] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    filter_bindings: dict[tuple[str, str], FilterBinding] = field(default_factory=dict)
    filters: dict[str, FilterTarget] = field(default_factory=dict)
    orders: dict[str, Orders] = field(default_factory=dict)
    dimensions: dict[str, Dimensions] = field(default_factory=dict)

    def identity_of(self, type_: str) -> tuple[Column, ...]:
        """Return the columns that sort a type's records like their ids."""
        identity = self.bindings.get((type_, "id"))
        if not isinstance(identity, Identity):
            return ()
        if isinstance(identity.kind, str) or self.entities[type_].kind is not None:
            return (identity.key,)
        return (identity.kind, identity.key)

    def types_by_table(self, abstract: str) -> dict[Table, list[str]]:
        """Return an interface's types, grouped by the table that they share."""
        types: dict[Table, list[str]] = {}
        interface = self.schema.type_map[abstract]
        for implementation in self.schema.get_possible_types(interface):  # type: ignore[arg-type]
            name = implementation.name
            types.setdefault(self.entities[name].table, []).append(name)
        return types


@cache
def build_catalog(schema: Schema) -> Catalog:
    """Read every type's declarations once, at start-up."""
    catalog = Catalog(schema._schema)  # noqa: SLF001 — Strawberry has no public access
    for name, concrete in schema.schema_converter.type_map.items():
        definition = concrete.definition
        if isinstance(definition, StrawberryEnumDefinition):
            declared = vars(definition.wrapped_cls)
            _add(catalog.dimensions, name, declared.get(DIMENSIONS))
        if not isinstance(definition, StrawberryObjectDefinition):
            continue
        for item in definition.fields:
            key = name, schema.config.name_converter.from_field(item)
            _add(catalog.bindings, key, item.metadata.get(BINDING))
            _add(catalog.filter_bindings, key, item.metadata.get(FILTER_BINDING))
        declared = vars(definition.origin)
        _add(catalog.entities, name, declared.get(ENTITY))
        _add(catalog.filters, name, declared.get(FILTER))
        _add(catalog.orders, name, declared.get(ORDERS))
    return catalog


def _add(found: dict[Any, Any], key: Any, value: Any) -> None:
    if value is not None:
        found[key] = value
