"""SQL parameters, whose values a request supplies."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from api.plan.parameter_sources import Parameter, Type
from api.sql import dialects
from api.sql.dialects import SQL

TYPES: dict[Type, Any] = {
    Type.TEXT: sa.Text(),
    Type.INTEGER: sa.Integer(),
    Type.LONG: sa.BigInteger(),
    Type.BOOLEAN: sa.Boolean(),
    Type.MOMENT: sa.DateTime(timezone=True),
    Type.TEXTS: sa.Text().with_variant(ARRAY(sa.Text()), "postgresql"),
    Type.WORDS: sa.Text(),
}


def build_parameter(parameter: Parameter) -> SQL:
    """Return the SQL parameter of a plan's parameter."""
    return dialects.parameter(parameter.name, type_=TYPES[parameter.type])
