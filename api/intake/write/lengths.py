"""Checks that indexed texts fit an index entry, before they are written, on either database."""

from collections.abc import Iterator
from itertools import chain

import sqlalchemy as sa
from sqlmodel import AutoString

from api import model as m
from api.intake.drafts import Draft
from api.intake.forms.fields import MAX_BYTES

# The most bytes of a character: a text this short needs no exact measurement.
SHORT = MAX_BYTES // 4


def list_indexes(table: sa.Table) -> list[list[str]]:
    """Return the text columns of each index and key of a table."""
    kinds = sa.UniqueConstraint | sa.PrimaryKeyConstraint
    keys = [item.columns for item in table.constraints if isinstance(item, kinds)]
    indexes = [*keys, *(index.columns for index in table.indexes)]
    return [[column.name for column in columns if _is_text(column)] for columns in indexes]


def _may_be_long(name: str) -> bool:
    """Return whether a text column is not one of a kind or a key, whose lengths are limited."""
    return not name.endswith(("kind", "key"))


def _is_text(column: sa.Column[str]) -> bool:
    return isinstance(column.type, (sa.String, AutoString))


INDEXED = {
    table: sorted(filter(_may_be_long, set(chain.from_iterable(list_indexes(table)))))
    for table in m.METADATA.tables.values()
}


def find_overlong_texts(draft: Draft) -> Iterator[str]:
    """Yield an error message for each indexed text of a draft that is too long."""
    for table, rows in draft.rows.items():
        names = INDEXED[table]
        for row in rows:
            for name in names:
                text = row.get(name)
                if type(text) is not str or len(text) <= SHORT:
                    continue
                if (size := len(text.encode())) > MAX_BYTES:
                    yield f"`{name}` takes {size:,} bytes in an index; the maximum is {MAX_BYTES:,}"
