"""What a client may ask: the GraphQL schema, bound to the tables."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.schema.query import Query
from api.schema.scalars import SCALARS
from api.schema.types import Agreement, Appeal, Meeting, Statement

SCHEMA = strawberry.Schema(
    query=Query,
    types=[Meeting, Agreement, Statement, Appeal],
    config=StrawberryConfig(auto_camel_case=True, scalar_map=SCALARS),
)
