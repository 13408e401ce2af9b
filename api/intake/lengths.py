"""Texts that are too long for an index: found before they are written, on either database."""

from collections.abc import Iterator

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Draft

# PostgreSQL's B-trees take 2,704 bytes an entry, and an entry may have a key or two besides.
MAX_BYTES = 2_000
# No character takes more bytes: what has so few needs no closer look.
SHORT = MAX_BYTES // 4
DERIVED = ("_sort", "_fold", "_asc", "_desc")


def _list_indexed(table: sa.Table) -> list[str]:
    """List the columns of text that are in an index."""
    uniques = (item for item in table.constraints if isinstance(item, sa.UniqueConstraint))
    columns = {column for unique in uniques for column in unique.columns}
    columns |= {column for index in table.indexes for column in index.columns}
    return [column.name for column in table.c if column in columns and _is_text(column)]


def _is_text(column: sa.Column[str]) -> bool:
    return isinstance(column.type, sa.String)


INDEXED = {table: _list_indexed(table) for table in m.METADATA.tables.values()}


def find_too_long(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the field of each text of a draft that is too long to be indexed, and what is wrong."""
    for table, rows in draft.rows.items():
        names = INDEXED[table]
        for row in rows:
            for name in names:
                text = row.get(name)
                if (
                    type(text) is str
                    and len(text) > SHORT
                    and (size := len(text.encode())) > MAX_BYTES
                ):
                    field = name
                    for ending in DERIVED:
                        field = field.removesuffix(ending)
                    yield field, f"`{field}` takes {size:,} bytes to look up: {MAX_BYTES:,} at most"
