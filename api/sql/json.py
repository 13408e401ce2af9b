"""JSON as SQL expressions: values, objects and lists.

It is written by concatenating text, since the databases' own JSON functions parse the text of each
nested level again.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from api.schema.bindings import Form
from api.sql import dialects
from api.sql.dialects import SQL, join


def concatenate(*items: SQL | str) -> SQL:
    """Build a flat concatenation; neighbouring constants are merged."""
    parts: list[SQL | str] = []
    for item in items:
        for part in item.parts if isinstance(item, join) else (item,):
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
    return join(parts)


def braces(parts: list[tuple[str, SQL]]) -> SQL:
    """Build a JSON object of keys and values."""
    items: list[SQL | str] = ["{"]
    for place, (key, value) in enumerate(parts):
        items += ["," + key if place else key, value]
    return concatenate(*items, "}")


def listed(item: SQL) -> SQL:
    """Build a JSON list of the rows' `item`."""
    return concatenate("[", dialects.joined(item), "]")


def build_list(items: sa.Select[Any], alias: str) -> SQL:
    """Build a JSON list of the `item` of an ordered query's rows."""
    # Produces: (SELECT '[' || coalesce(group_concat(list_1.item, ','), '') || ']' FROM (…) list_1)
    item = sa.literal_column(f"{alias}.item", sa.Text())
    return sa.select(listed(item)).select_from(items.subquery(alias)).scalar_subquery()


FORMS: dict[Form, Callable[[Any], SQL]] = {
    Form.TEXT: dialects.quoted,
    Form.TOKEN: dialects.token,
    Form.INTEGER: dialects.number,
    Form.BOOLEAN: dialects.boolean,
    Form.DATE: dialects.day,
    Form.DECIMAL: dialects.number,
    Form.THOUSANDTHS: lambda value: dialects.token(dialects.decimal(value)),
    Form.MOMENT: lambda value: concatenate('"', dialects.instant(value), '"'),
    Form.FILLED: lambda value: dialects.boolean(value != dialects.text("")),
}
# The same of columns that are never null.
FORMS_OF_VALUES = FORMS | {
    Form.TEXT: dialects.quoted_value,
    Form.TOKEN: lambda value: concatenate('"', value, '"'),
    Form.INTEGER: dialects.as_text,
    Form.DATE: lambda value: concatenate('"', dialects.as_text(value), '"'),
    Form.DECIMAL: dialects.as_text,
    Form.THOUSANDTHS: lambda value: concatenate('"', dialects.decimal(value), '"'),
}


def build_scalar(column: SQL, form: Form, *, nullable: bool) -> SQL:
    """Build the JSON of a column's value."""
    return (FORMS if nullable else FORMS_OF_VALUES)[form](column)
