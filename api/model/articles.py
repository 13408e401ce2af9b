"""The tables of articles, of datasets, of claims that quote articles, and of events they report."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from api.model.columns import (
    Row,
    identity,
    key_column,
    localized,
    moment,
    one_of,
    sortable,
    text_column,
    to,
    vague_date,
    vague_date_checks,
)
from api.model.kinds import Basis, Stance


class Article(vague_date("published", ordered=True), Row, table=True):  # type: ignore[misc]
    """A document; `body` is its text without the site's navigation and never changes.

    It is empty if only the document's address is known.
    """

    __tablename__ = "article"
    __table_args__ = (
        *vague_date_checks("published"),
        UniqueConstraint("key"),
        Index(None, "published_desc", "key"),
        Index(None, "published_asc", "key"),
        Index(None, "title_sort", "key"),
        Index(None, "publisher_desc", "key"),
        Index(None, "publisher_asc", "key"),
        Index(None, "recorded_at", "key"),
        Index(None, "publisher_id", "published_desc", "key"),
        Index(None, "sha256"),
        Index(None, "url", "key"),
        Index(None, "url_normalized"),
    )
    id: int = identity("record")
    key: str = key_column()
    title: str = text_column()
    title_sort: str = sortable()
    language: str = Field(foreign_key="language.tag", ondelete="RESTRICT")
    publisher_id: int | None = to("actor", null=True)
    publisher_asc: str = sortable()
    publisher_desc: str = sortable()
    url: str | None = text_column(null=True)
    url_fold: str | None = text_column(null=True)
    url_normalized: str | None = text_column(null=True)
    licence: str | None = text_column(null=True)
    body: str = text_column()
    sha256: str = text_column()
    recorded_at: datetime = moment()


class Dataset(vague_date("retrieved"), Row, table=True):  # type: ignore[misc]
    """A published dataset, in one of its versions."""

    __tablename__ = "dataset"
    __table_args__ = (
        *vague_date_checks("retrieved"),
        UniqueConstraint("key"),
        Index(None, "title_sort", "key"),
        Index(None, "publisher_id"),
    )
    id: int = identity("record")
    key: str = key_column()
    title: str = localized()
    title_sort: str = sortable()
    title_fold: str = sortable()
    version: str | None = text_column(null=True)
    licence: str | None = text_column(null=True)
    url: str | None = text_column(null=True)
    url_fold: str | None = text_column(null=True)
    citation: str | None = text_column(null=True)
    publisher_id: int | None = to("actor", null=True)


class Claim(Row, table=True):
    """A statement that a property of a record has a value, with the words that support it."""

    __tablename__ = "claim"
    __table_args__ = (
        one_of("stance", Stance),
        one_of("basis", Basis),
        CheckConstraint("0 <= quote_start AND quote_start < quote_end", name="quote"),
        UniqueConstraint("key"),
        Index(None, "subject_id", "article_key", "quote_start", "key"),
        Index(None, "article_key", "quote_start", "key"),
        Index(None, "article_id", "quote_start", "key"),
        Index(None, "property"),
    )
    id: int = identity("record")
    key: str = key_column()
    subject_id: int = to("record", owned=True)
    property: str = text_column()
    value: str | None = text_column(null=True)
    value_fold: str | None = text_column(null=True)
    stance: str = text_column()
    basis: str = text_column()
    article_id: int = to("article", owned=True)
    article_key: str = sortable()
    quote_text: str = text_column()
    quote_start: int
    quote_end: int
    quote_prefix: str = text_column()
    quote_suffix: str = text_column()


class Attribution(Row, table=True):
    """One link of the chain from the publisher (ordinal 0) to the origin of a claim."""

    __tablename__ = "attribution"
    __table_args__ = (Index(None, "actor_id"),)
    claim_id: int = Field(primary_key=True, foreign_key="claim.id", ondelete="CASCADE")
    ordinal: int = Field(primary_key=True)
    actor_id: int = to("actor")
    via: str | None = text_column(null=True)


class Report(Row, table=True):
    """An article reports an event: its dossier defines the event, or it has a claim on it."""

    __tablename__ = "report"
    __table_args__ = (Index(None, "event_id", "article_id"),)
    article_id: int = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
