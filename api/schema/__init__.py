"""The GraphQL schema that clients query, bound to the tables."""

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.types.base import StrawberryObjectDefinition, StrawberryType

from api.model.kinds import EventKind, RecordKind
from api.schema.entities import ENTITIES, check_kinds
from api.schema.events import Event
from api.schema.mutation import Mutation
from api.schema.query import Query
from api.schema.scalars import SCALARS
from api.schema.subscription import Subscription

check_kinds(RecordKind, ENTITIES)
check_kinds(EventKind, Event.__subclasses__())


class Names(NameConverter):
    """Names the connection and edges of `SearchHit` SearchConnection and SearchEdge."""

    def from_generic(
        self, generic_type: StrawberryObjectDefinition, types: list[StrawberryType | type]
    ) -> str:
        """Name a connection or edge after its nodes."""
        return super().from_generic(generic_type, types).replace("SearchHit", "Search")


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=Event.__subclasses__(),
    config=StrawberryConfig(name_converter=Names(), scalar_map=SCALARS),
)
