"""Drafts: records as rows for the tables, with references in place of ids."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple

import sqlalchemy as sa

from api.intake.folded_columns import fold_columns
from api.intake.read.files import Location
from api.intake.rows import Row
from api.model.kinds import RecordKind, SourceKind


class Ref(NamedTuple):
    """A reference to a record by its kind and key, which is valid before the record has an id."""

    kind: RecordKind
    key: str

    def __str__(self) -> str:
        """Return the GraphQL id: `kind:key`."""
        return f"{self.kind.lower()}:{self.key}"

    @classmethod
    def parse(cls, id_: str) -> "Ref | None":
        """Return the reference that an id `kind:key` names; None if it is no id."""
        kind, _, key = id_.partition(":")
        if kind.upper() not in RecordKind.__members__ or not key or kind != kind.lower():
            return None
        return cls(RecordKind(kind.upper()), key)


# The dataset of reference data, which other homes may take records over from.
REFERENCE = Ref(RecordKind.DATASET, "reference-countries")
# The kinds of sources by the first part of their ids, which lines name them by.
SOURCES = {kind.lower(): RecordKind(kind) for kind in SourceKind}


def find_source(home: str) -> Ref | None:
    """Return the article or dataset that a home is; None if it is a file or the API.

    A home is the name of the dossier that defines a record: the id of an article or a dataset, the
    path of a file, or `API`.
    """
    ref = Ref.parse(home)
    return ref if ref is not None and ref.kind in SOURCES.values() else None


def find_article(home: str) -> str | None:
    """Return the key of the article that a home is; None if it is none."""
    source = find_source(home)
    return source.key if source and source.kind is RecordKind.ARTICLE else None


@dataclass(slots=True)
class Draft:
    """A record as a dossier defines it: rows by table, references in place of ids."""

    ref: Ref
    location: Location
    rows: dict[sa.Table, list[Row]] = field(default_factory=dict)
    # The row of its dataset's table that it was made of.
    source_row: str | None = None
    # The rows that the dossiers of articles add to those.
    added: dict[sa.Table, list[Row]] = field(default_factory=dict)

    def add(self, model: Any, **row: Any) -> None:
        """Add a row to a table, with its folded columns."""
        rows = self.rows.setdefault(model.__table__, [])
        rows.append(row | fold_columns(model.__table__, row))

    def add_once(self, model: Any, **row: Any) -> None:
        """Add a row to a table, unless the draft has an equal row."""
        self.add(model, **row)
        *others, last = rows = self.rows[model.__table__]
        if last in others:
            rows.pop()

    def own(self, *tables: sa.Table) -> None:
        """Declare that the draft replaces the record's rows of these tables, even with none."""
        for table in tables:
            self.rows.setdefault(table, [])


class Mode(Enum):
    """How a partial dossier, which has some records of a home, changes stored ones."""

    ADD = auto()  # a record stays in its home, and keeps the names that its home gave it
    REPLACE = auto()  # it moves to the dossier that defines it, and has the names given there
    EXACT = auto()  # so, and it has no other names of other dossiers than those given
