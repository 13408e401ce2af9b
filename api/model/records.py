"""The register of records, the dossiers that define them, and the revisions that wrote them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from api.model.columns import (
    BY_CODE_POINT,
    Row,
    added_by,
    identity,
    index_added,
    key_column,
    localized,
    moment,
    one_of,
    sortable,
    text_column,
    to,
)
from api.model.kinds import ChangeAction, RecordKind, SourceKind, TextDirection

# PostgreSQL notifies this channel when a revision is committed.
REVISION_CHANNEL = "mithaq_revision"


class Revision(Row, table=True):
    """One write transaction."""

    __tablename__ = "revision"
    id: int = identity()
    at: datetime = moment()
    by: str = text_column()
    why: str = text_column()


class Dossier(Row, table=True):
    """A home of records, which it defines: an article or dataset, a file, or the API.

    Its name is the id of the article or dataset, which the `source` columns have in parts, or the
    path of the file.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        one_of("source_kind", SourceKind),
        UniqueConstraint("name"),
        Index(None, "source_key", "source_kind"),
    )
    id: int = identity()
    name: str = text_column()
    source_kind: str | None = text_column(null=True)
    source_key: str | None = Field(default=None, nullable=True, sa_type=BY_CODE_POINT)


class Record(Row, table=True):
    """The register of all records; the API's id of a record is `<kind in lower case>:<key>`.

    `source_row` names the row of the table of the dataset that defines the record. `digest` is that
    of the line that the record is stored as (`api/intake/digests.py`), where it is known.

    The row of an article, actor or event has the same id, and a copy of the key next to its sort
    columns. Only this table has the CHECK of valid kinds; other tables copy kinds from it.
    """

    __tablename__ = "record"
    __table_args__ = (
        one_of("kind", RecordKind),
        UniqueConstraint("kind", "key"),
        Index(None, "dossier_id"),
        Index(None, "revision_id"),
    )
    id: int = identity()
    kind: str = text_column()
    key: str = key_column()
    dossier_id: int = to("dossier")
    revision_id: int = to("revision")
    source_row: str | None = text_column(null=True)
    digest: int | None = Field(default=None, nullable=True, sa_type=BigInteger)


class Identifier(Row, table=True):
    """An identifier that a record has in an external scheme.

    No two records of a kind are defined with the same one; an article may add one to a record that
    another record of the kind has. An actor's Wikidata item is one too.
    """

    __tablename__ = "identifier"
    __table_args__ = (
        UniqueConstraint("value", "scheme", "record_kind", "record_id"),
        Index(None, "record_id", "scheme", "value"),
        index_added(),
    )
    id: int = identity()
    record_id: int = to("record", owned=True)
    record_kind: str = sortable()
    record_key: str = sortable()
    scheme: str = key_column()
    scheme_fold: str = sortable()
    value: str = key_column()
    value_fold: str = sortable()
    added_by_id: int | None = added_by()


class Addition(Row, table=True):
    """What an article's dossier adds to a record, as the line that an export writes of it.

    The rows made of it have the article in `added_by_id`, unless the record's own dossier, or that
    of an article with a lesser key, gives the same.
    """

    __tablename__ = "addition"
    __table_args__ = (Index(None, "article_id"),)
    record_id: int = Field(primary_key=True, foreign_key="record.id", ondelete="CASCADE")
    article_id: int = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    line: str = text_column()


class Change(Row, table=True):
    """A revision's change of a record, by kind and key, since the record may be deleted later."""

    __tablename__ = "change"
    __table_args__ = (
        one_of("action", ChangeAction),
        Index(None, "kind", "key"),
    )
    revision_id: int = Field(primary_key=True, foreign_key="revision.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True, sa_type=BY_CODE_POINT)
    key: str = Field(primary_key=True, sa_type=BY_CODE_POINT)
    action: str = text_column()


class RecordVersion(Row, table=True):
    """A record's line as it was from one revision until another updated or deleted the record.

    The line is what an export wrote of the record. `aliases` are the lines of the names that other
    dossiers gave an actor, and of what else they added to the record. Current lines, which most
    records only have, are read from the tables.
    """

    __tablename__ = "version"
    __table_args__ = (Index(None, "until"),)
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=BY_CODE_POINT)
    until: int = Field(primary_key=True, foreign_key="revision.id")
    since: int = Field(foreign_key="revision.id")
    line: str = text_column()
    aliases: str = text_column()


class Release(Row, table=True):
    """A named, immutable copy of the database as it was at the end of a revision.

    `at` is when it was made, `records` the number of its records, and `sha256` the hash of its
    export, in hexadecimal. The copy itself is a file, whose hash is `file_sha256`; releases that
    were made before migration 0037 have none.
    """

    __tablename__ = "release"
    name: str = Field(primary_key=True, sa_type=BY_CODE_POINT)
    revision_id: int = to("revision")
    at: datetime = moment()
    records: int
    sha256: str = text_column()
    note: str | None = text_column(null=True)
    file_sha256: str | None = text_column(null=True)


class RecordCount(Row, table=True):
    """The change of a kind's number of records by a revision; the sum is the number of records.

    Each revision inserts its own rows, so that concurrent writers do not wait for one row.
    """

    __tablename__ = "record_count"
    kind: str = Field(primary_key=True)
    revision_id: int = Field(primary_key=True, foreign_key="revision.id", ondelete="CASCADE")
    delta: int


class Bookmark(Row, table=True):
    """The progress of a JSON Lines file that is not imported to its end.

    `digest` is the hash of the first `offset` bytes: if it differs, the file has changed.
    """

    __tablename__ = "bookmark"
    path: str = Field(primary_key=True)
    line: int
    offset: int = Field(sa_type=BigInteger)
    digest: str = text_column()


class Followed(Row, table=True):
    """Another Mithaq that is followed, and the cursor of its last change that was applied here.

    `number` and `at` are those of the change's revision, by which the other is known again; they
    are not known of changes that were applied before migration 0038.
    """

    __tablename__ = "followed"
    url: str = Field(primary_key=True)
    cursor: str = text_column()
    number: int | None
    at: datetime | None = moment(null=True)


class Language(Row, table=True):
    """A language that some text is in, and the direction it is written in."""

    __tablename__ = "language"
    __table_args__ = (one_of("direction", TextDirection),)
    tag: str = Field(primary_key=True)
    direction: str = text_column()


class Country(Row, table=True):
    """A country by its ISO 3166-1 alpha-2 code, or a former one by its ISO 3166-3 code.

    Only former countries have the years in which ISO 3166-1 got and withdrew their codes.
    """

    __tablename__ = "country"
    code: str = Field(primary_key=True)
    name: str = localized()
    since: int | None = None
    until: int | None = None
