"""The dictionary of a schema: GraphQL names in, bindings and entities out."""

from dataclasses import dataclass

from graphql import GraphQLSchema
from sqlalchemy import Table
from strawberry import Schema
from strawberry.types.base import StrawberryObjectDefinition

from api.schema.bindings import Binding, Entity
from api.schema.fields import BINDING, ENTITY


@dataclass(frozen=True, slots=True)
class Catalog:
    """What each field of each type is bound to, and each type's tables."""

    schema: GraphQLSchema
    bindings: dict[tuple[str, str], Binding]
    entities: dict[str, Entity]

    def types_by_table(self, abstract: str) -> dict[Table, list[str]]:
        """List the types that implement an interface by the table that they share."""
        types: dict[Table, list[str]] = {}
        interface = self.schema.type_map[abstract]
        for implementation in self.schema.get_possible_types(interface):  # type: ignore[arg-type]
            name = implementation.name
            types.setdefault(self.entities[name].table, []).append(name)
        return types


def build_catalog(schema: Schema) -> Catalog:
    """Read every type's declarations once, at start-up."""
    bindings: dict[tuple[str, str], Binding] = {}
    entities: dict[str, Entity] = {}
    for name, concrete in schema.schema_converter.type_map.items():
        definition = concrete.definition
        if not isinstance(definition, StrawberryObjectDefinition):
            continue
        for field in definition.fields:
            binding = field.metadata.get(BINDING)
            if binding is not None:
                bindings[name, schema.config.name_converter.from_field(field)] = binding
        entity = vars(definition.origin).get(ENTITY)
        if entity is not None:
            entities[name] = entity
    return Catalog(schema._schema, bindings, entities)  # noqa: SLF001 — Strawberry has no other door
