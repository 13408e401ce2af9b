"""A localized text in the first available of the preferred languages, else the original."""

import sqlalchemy as sa

from api.plan.parameter_sources import Parameter
from api.sql import dialects
from api.sql.dialects import SQL
from api.sql.parameters import build_parameter


def build_words(column: SQL, languages: tuple[Parameter, ...], *, nullable: bool) -> SQL:
    """Build the text of a column."""
    # Produces: coalesce(title -> 'en', …, title -> (title ->> '*'), 'null')
    wanted = [dialects.member(column, build_parameter(item)) for item in languages]
    found: list[SQL] = [*wanted, dialects.original(column)]
    if nullable:
        found.append(dialects.text("null"))
    return sa.func.coalesce(*found) if found[1:] else found[0]
