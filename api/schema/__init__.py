"""What a client may ask: the GraphQL schema, bound to the tables."""

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.types.base import StrawberryObjectDefinition, StrawberryType

from api.schema.events import Agreement, Appeal, Meeting, Statement
from api.schema.query import Query
from api.schema.scalars import SCALARS


class Names(NameConverter):
    """Names types as the contract does: what a search gives are SearchEdges of SearchHits."""

    def from_generic(
        self, generic_type: StrawberryObjectDefinition, types: list[StrawberryType | type]
    ) -> str:
        """Name a connection or edge after its nodes."""
        return super().from_generic(generic_type, types).replace("SearchHit", "Search")


SCHEMA = strawberry.Schema(
    query=Query,
    types=[Meeting, Agreement, Statement, Appeal],
    config=StrawberryConfig(name_converter=Names(), scalar_map=SCALARS),
)
