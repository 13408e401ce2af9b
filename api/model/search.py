"""What a search looks through: the words of each record, field by field."""

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
    """A record that can be found, with what hits are sorted by.

    `date_desc` of an actor, which has no date, is the number of its events: after every date.
    """

    __tablename__ = "search_record"
    __table_args__ = (Index(None, "kind"),)
    id: int = identity("record")
    kind: str = text_column()
    key: str = key_column()
    date_desc: str = sortable()


class SearchVersion(Row, table=True):
    """The version of the forms that folded columns and tokens have (see `api.text.version`)."""

    __tablename__ = "search_version"
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


# The index over the tokens of each record, and over those of its names alone, between spaces: of
# FTS5 on SQLite, of GIN on PostgreSQL. Migrations alone know how each database spells it.
SEARCH_INDEX = Table(
    "search_index",
    MetaData(),
    Column("rowid", Integer, primary_key=True),
    Column("names", Text, nullable=False),
    Column("words", Text, nullable=False),
)


class SearchField(Row, table=True):
    """A text of a record as its tokens in order, names first.

    `tokens` begins and ends with a space, as each token does; `places` has two numbers of `width`
    digits for each token: the code points of the text at which its word starts and ends. The text
    is left out where it is an article's body.
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


# What a search makes of the records that it finds; no table, but the rows of a subquery.
HIT = Table(
    "hit",
    MetaData(),
    Column("id", Integer, ForeignKey(SearchRecord.__table__.c.id), nullable=False),  # type: ignore[attr-defined]
    Column("named", Integer, nullable=False),
    Column("date_desc", BY_CODE_POINT, nullable=False),
    Column("kind", BY_CODE_POINT, nullable=False),
    Column("key", BY_CODE_POINT, nullable=False),
)
