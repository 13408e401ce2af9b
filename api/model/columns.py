"""Builders of columns: keys, enumerations, localized texts, vague dates, foreign keys.

Model files do not use `from __future__ import annotations`, since SQLModel reads the annotations.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import create_model
from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Text,
    cast,
    text,
)
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.types import BigInteger, Date, DateTime, Integer, String, UserDefinedType
from sqlmodel import Field, SQLModel

from api.model.kinds import Basis
from api.text.dates import DatePrecision

# Constraint names are the same in every database, so that migrations can name what they change.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMING)


# Sorts after every text; stands for a missing text in ascending order.
LAST = "\U0010ffff"


class Row(SQLModel):
    """The base of every table."""

    metadata = METADATA


class RawJSON(UserDefinedType[str]):
    """PostgreSQL's `json`, written and read as text."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the type's name in DDL."""
        return "JSON"

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Cast to text when reading, since drivers parse `json`."""
        return cast(column, Text)

    def literal_processor(self, dialect: Dialect) -> Callable[[str], str]:
        """Quote the text as an SQL literal."""
        del dialect
        return lambda text: "'" + text.replace("'", "''") + "'"


# A JSON document stored byte for byte as it was written, so that `->` returns the same bytes on
# every database: text on SQLite; json, not jsonb (which reorders and rewrites), on PostgreSQL.
JSON_TEXT = Text().with_variant(RawJSON(), "postgresql")
# Text that is compared by code point, whatever the database's own collation.
BY_CODE_POINT = Text().with_variant(TEXT(collation="C"), "postgresql")


def identity(target: str | None = None) -> Any:
    """Build the integer primary key; with a target, it is that table's key as well."""
    if target is None:
        return Field(primary_key=True, sa_type=Integer, sa_column_kwargs={"autoincrement": False})
    return Field(
        primary_key=True,
        sa_type=Integer,
        sa_column_args=[ForeignKey(f"{target}.id", ondelete="CASCADE")],
        sa_column_kwargs={"autoincrement": False},
    )


def key_column() -> Any:
    """Build the column of a record's key: the second half of its id."""
    return Field(sa_type=BY_CODE_POINT)


def to(target: str, *, owned: bool = False, null: bool = False) -> Any:
    """Build a foreign key: ON DELETE CASCADE if `owned`, else the target cannot be deleted."""
    deletion = "CASCADE" if owned else "RESTRICT"
    return Field(
        default=None if null else ...,
        nullable=null,
        sa_type=Integer,
        sa_column_args=[ForeignKey(f"{target}.id", ondelete=deletion)],
    )


def added_by() -> Any:
    """Build the foreign key to the article whose dossier adds the row to a record of another.

    It is null in the rows that the record's own dossier defines.
    """
    return to("article", owned=True, null=True)


def index_added() -> Index:
    """Build the index of the few rows that other dossiers add."""
    added = text("added_by_id IS NOT NULL")
    return Index(None, "added_by_id", sqlite_where=added, postgresql_where=added)


def text_column(*, null: bool = False) -> Any:
    """Build a column of plain text."""
    return Field(default=None if null else ..., nullable=null, sa_type=Text)


def thousandths() -> Any:
    """Build a column of a decimal number in thousandths: both databases add it up exactly."""
    return Field(default=None, nullable=True, sa_type=BigInteger)


def sortable() -> Any:
    """Build a column to sort by: folded text, compared by code point."""
    return Field(sa_type=BY_CODE_POINT)


def localized(*, null: bool = False) -> Any:
    """Build a column of localized text: `{"*": original language, language: text, …}`."""
    return Field(default=None if null else ..., nullable=null, sa_type=JSON_TEXT)


def one_of(column: str, members: type[StrEnum]) -> CheckConstraint:
    """Build the CHECK that a column's value is of an enumeration.

    SQLite would make a table of a list, for every row that it checks.
    """
    values = " OR ".join(f"{column} = '{member}'" for member in members)
    return CheckConstraint(values, name=column)


VAGUE_DATE: dict[str, Any] = {
    "edtf": (str | None, Field(default=None, sa_type=String)),
    "earliest": (date | None, Field(default=None, sa_type=Date)),
    "latest": (date | None, Field(default=None, sa_type=Date)),
    "precision": (str, Field(sa_type=String)),
    "text": (str | None, Field(default=None, sa_type=String)),
    "basis": (str | None, Field(default=None, sa_type=String)),
    # A date relative to the day of publication: "last tuesday", or EDTF of an unknown year.
    "anchored": (str | None, Field(default=None, sa_type=String)),
}


def vague_date(prefix: str, *, ordered: bool = False) -> Any:
    """Build the columns of a vague date; an ordered one also has its two sort keys.

    Dates sort ascending by `<prefix>_asc` and descending by `<prefix>_desc`: missing dates
    come last in both (see `api.text.dates.sort_keys`).
    """
    columns = {f"{prefix}_{name}": column for name, column in VAGUE_DATE.items()}
    if ordered:
        columns |= {f"{prefix}_{way}": (str, sortable()) for way in ("asc", "desc")}
    return create_model(f"Vague_{prefix}", __base__=SQLModel, **columns)


def vague_date_checks(prefix: str) -> tuple[CheckConstraint, ...]:
    """Build the CHECKs that a vague date's columns need."""
    return (
        one_of(f"{prefix}_precision", DatePrecision),
        one_of(f"{prefix}_basis", Basis),
        CheckConstraint(f"{prefix}_earliest <= {prefix}_latest", name=f"{prefix}_bounds"),
    )


def moment(*, null: bool = False) -> Any:
    """Build a column for an instant: UTC, whole seconds."""
    default = None if null else ...
    return Field(default=default, nullable=null, sa_type=DateTime(timezone=True))
