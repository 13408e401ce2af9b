"""The contexts that codecs work in: of writing a record into rows, and of reading it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from api.intake.drafts import Draft, Ref
from api.intake.read.files import Location
from api.intake.rows import Row

if TYPE_CHECKING:
    from api.intake.draft.dossier import Dossier


class WriteContext(NamedTuple):
    """The record or part being written, its path in the file, its draft and its dossier."""

    dossier: "Dossier"
    draft: Draft
    record: Any
    location: Location


@dataclass(slots=True)
class StoredRows:
    """The stored rows of a batch of records, by table and record id."""

    # Id → reference, of these records and of those that their rows refer to.
    refs: Mapping[int, Ref] = field(default_factory=dict)
    rows: dict[sa.Table, Mapping[int, list[Row]]] = field(default_factory=dict)
    # Child table → owner's id → ids of its children.
    children: dict[sa.Table, Mapping[int, list[int]]] = field(default_factory=dict)
    # Record id → id of the dossier that defines the record.
    homes: Mapping[int, int] = field(default_factory=dict)
    # Record id → the row of the dataset's table that the record was made of, if it says one.
    source_rows: Mapping[int, str | None] = field(default_factory=dict)
    # Article id → text, of the articles that claims quote.
    bodies: Mapping[int, str] = field(default_factory=dict)


class ReadContext(NamedTuple):
    """The record being read, and the stored rows of its batch."""

    stored: StoredRows
    ref: Ref
    id: int
