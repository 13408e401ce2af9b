"""What every record has: an id, the dossier that defines it, the revision that last wrote it."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from api.model.columns import Row, identity, key_column, localized, moment, one_of, text_column, to
from api.model.kinds import ChangeAction, RecordKind, TextDirection


class Revision(Row, table=True):
    """One write transaction."""

    __tablename__ = "revision"
    id: int = identity()
    at: datetime = moment()
    by: str = text_column()
    why: str = text_column()


class Dossier(Row, table=True):
    """One source of definitions: `article:<key>`, or the path of a file of reference data."""

    __tablename__ = "dossier"
    __table_args__ = (UniqueConstraint("name"),)
    id: int = identity()
    name: str = text_column()


class Record(Row, table=True):
    """The register of everything that has an id; `<kind in lower case>:<key>` on the wire.

    The row of an article, actor or event shares its id, and repeats the key beside what it orders.
    This table alone has the CHECK of which kinds there are; others repeat what it holds.
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


class Change(Row, table=True):
    """What a revision did to one record; kept after the record is gone, hence by kind and key."""

    __tablename__ = "change"
    __table_args__ = (
        one_of("action", ChangeAction),
        Index(None, "kind", "key"),
    )
    revision_id: int = Field(primary_key=True, foreign_key="revision.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    action: str = text_column()


class RecordCount(Row, table=True):
    """By how much a revision changed the number of records of a kind; the sum is the number.

    Each revision adds rows of its own, so no row is one that all writers wait for.
    """

    __tablename__ = "record_count"
    kind: str = Field(primary_key=True)
    revision_id: int = Field(primary_key=True, foreign_key="revision.id", ondelete="CASCADE")
    delta: int


class Bookmark(Row, table=True):
    """How far a file of JSON Lines is imported, while it is not imported to its end.

    `digest` is the hash of its first `offset` bytes: a file that begins otherwise is another.
    """

    __tablename__ = "bookmark"
    path: str = Field(primary_key=True)
    line: int
    offset: int = Field(sa_type=BigInteger)
    digest: str = text_column()


class Language(Row, table=True):
    """A language that some text is in, and the direction it is written in."""

    __tablename__ = "language"
    __table_args__ = (one_of("direction", TextDirection),)
    tag: str = Field(primary_key=True)
    direction: str = text_column()


class Country(Row, table=True):
    """A country by its ISO 3166-1 alpha-2 code, with names from CLDR."""

    __tablename__ = "country"
    code: str = Field(primary_key=True)
    name: str = localized()
