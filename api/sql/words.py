"""A localized text in one language: the first of those wanted that it has, else the original."""

import sqlalchemy as sa

from api.plan.sources import Parameter
from api.sql import json
from api.sql.json import SQL
from api.sql.parameters import build_parameter


def build_words(column: SQL, languages: tuple[Parameter, ...]) -> SQL:
    """Write the text of a column."""
    # Produces: coalesce(title -> 'en', …, title -> (title ->> '*'), 'null')
    wanted = [json.member(column, build_parameter(item)) for item in languages]
    return sa.func.coalesce(*wanted, json.original(column), json.text("null"))
