"""The tables of full-text search: the tokens of each record, field by field."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlmodel import Field

from api.model.columns import (
    BY_CODE_POINT,
    Row,
    identity,
    key_column,
    sortable,
    text_column,
)


class SearchRecord(Row, table=True):
    """A searchable record with the columns that hits are sorted by.

    An actor has no date: its `date_desc` is its number of events, which sorts after every date.
    """

    __tablename__ = "search_record"
    __table_args__ = (Index(None, "kind"),)
    id: int = identity("record")
    kind: str = text_column()
    key: str = key_column()
    date_desc: str = sortable()


class SearchVersion(Row, table=True):
    """The version of folding and tokenization that the data has (see `api.text.version`)."""

    __tablename__ = "search_version"
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class Compatibility(Row, table=True):
    """The oldest migration whose servers can read the database, in one row.

    Migrations that only add tables, columns and indexes leave it as it is.
    """

    __tablename__ = "compatibility"
    oldest_reader: str = Field(primary_key=True)


# The full-text index over each record's tokens, and over those of its names: FTS5 on SQLite, GIN
# on PostgreSQL. Its DDL is in the migrations.
SEARCH_INDEX = Table(
    "search_index",
    MetaData(),
    Column("rowid", Integer, primary_key=True),
    Column("names", Text, nullable=False),
    Column("words", Text, nullable=False),
)


class SearchField(Row, table=True):
    """A text of a record as its tokens in order; names come first.

    `tokens` begins and ends with a space, as each token does; `places` has two numbers of `width`
    digits for each token: the code points of the text at which its word starts and ends. The text
    of an article's body is not repeated here.
    """

    __tablename__ = "search_field"
    record_id: int = Field(primary_key=True, foreign_key="search_record.id", ondelete="CASCADE")
    ordinal: int = Field(primary_key=True)
    field: str = text_column()
    named: bool
    text: str | None = text_column(null=True)
    tokens: str = text_column()
    width: int
    places: str = text_column()


# The columns of the subquery that ranks the records found; no table of the database.
HIT = Table(
    "hit",
    MetaData(),
    Column("id", Integer, ForeignKey(SearchRecord.__table__.c.id), nullable=False),  # type: ignore[attr-defined]
    Column("named", Integer, nullable=False),
    Column("date_desc", BY_CODE_POINT, nullable=False),
    Column("kind", BY_CODE_POINT, nullable=False),
    Column("key", BY_CODE_POINT, nullable=False),
)
