"""The tables of actors with their names and offices, of places and of topics."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from api.model.columns import (
    BY_CODE_POINT,
    Row,
    added_by,
    identity,
    index_added,
    key_column,
    localized,
    one_of,
    sortable,
    text_column,
    to,
    vague_date,
    vague_date_checks,
)
from api.model.kinds import ActorKind, Basis


class Actor(Row, table=True):
    """A participant of events: a person, state, agency, delegation, or somebody unidentified.

    `name` is denormalized from the preferred names in `actor_name`: reading it needs no join.
    """

    __tablename__ = "actor"
    __table_args__ = (
        one_of("kind", ActorKind),
        UniqueConstraint("key"),
        UniqueConstraint("wikidata_id"),
        Index(None, "name_sort", "key"),
        Index(None, "country_asc", "key"),
        Index(None, "country_desc", "key"),
        Index(None, "event_count", "key"),
        Index(None, "country_code"),
    )
    id: int = identity("record")
    key: str = key_column()
    kind: str = text_column()
    name: str = localized()
    name_sort: str = sortable()
    country_code: str | None = Field(default=None, foreign_key="country.code", ondelete="RESTRICT")
    country_asc: str = sortable()
    country_desc: str = sortable()
    wikidata_id: str | None = text_column(null=True)
    event_count: int = Field(default=0)  # derived at the end of each import


class ActorName(Row, table=True):
    """A name or spelling of an actor, added by the dossier `dossier_id`."""

    __tablename__ = "actor_name"
    __table_args__ = (
        one_of("basis", Basis),
        UniqueConstraint("actor_id", "text", "language", "observed", "dossier_id"),
        Index(None, "text_fold"),
        Index(None, "dossier_id"),
    )
    id: int = identity()
    actor_id: int = to("actor", owned=True)
    dossier_id: int = to("dossier", owned=True)
    text: str = key_column()
    text_fold: str = sortable()
    language: str = Field(foreign_key="language.tag", ondelete="RESTRICT")
    preferred: bool
    observed: bool
    basis: str = text_column()


class ActorCandidate(Row, table=True):
    """An actor that an unidentified actor may be."""

    __tablename__ = "actor_candidate"
    __table_args__ = (UniqueConstraint("actor_id", "ordinal"), Index(None, "candidate_id"))
    actor_id: int = Field(primary_key=True, foreign_key="actor.id", ondelete="CASCADE")
    candidate_id: int = Field(primary_key=True, foreign_key="actor.id", ondelete="RESTRICT")
    ordinal: int


class Merged(Row, table=True):
    """The key of an actor that was merged into another actor, to which it leads."""

    __tablename__ = "merged"
    __table_args__ = (Index(None, "into_id"),)
    key: str = Field(primary_key=True, sa_type=BY_CODE_POINT)
    into_id: int = to("actor", owned=True)
    into_key: str = key_column()


class Office(vague_date("since", ordered=True), vague_date("until"), Row, table=True):  # type: ignore[misc]
    """One holder's tenure of an office; its key is `<holder key>.<key>`."""

    __tablename__ = "office"
    __table_args__ = (
        *vague_date_checks("since"),
        *vague_date_checks("until"),
        UniqueConstraint("key"),
        Index(None, "holder_id", "since_asc", "key"),
        Index(None, "since_asc", "key"),
        Index(None, "since_desc", "key"),
        Index(None, "organization_id"),
        index_added(),
    )
    id: int = identity("record")
    key: str = key_column()
    holder_id: int = to("actor", owned=True)
    title: str = localized()
    organization_id: int | None = to("actor", null=True)
    added_by_id: int | None = added_by()
    contested: bool = Field(default=False)  # derived when articles add to its holder


class Membership(vague_date("since"), vague_date("until"), Row, table=True):  # type: ignore[misc]
    """An actor's membership of an organization, with its role there and its time."""

    __tablename__ = "membership"
    __table_args__ = (
        *vague_date_checks("since"),
        *vague_date_checks("until"),
        UniqueConstraint("actor_id", "ordinal"),
        Index(None, "organization_id", "actor_key", "ordinal"),
    )
    id: int = identity()
    actor_id: int = to("actor", owned=True)
    actor_key: str = sortable()
    ordinal: int
    organization_id: int = to("actor")
    role: str | None = text_column(null=True)


class Place(Row, table=True):
    """A place of events; it may be part of another place."""

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("part_of_id <> id", name="part_of"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position"),
        Index(None, "name_sort", "key"),
        Index(None, "country_code"),
        Index(None, "part_of_id"),
    )
    id: int = identity("record")
    key: str = key_column()
    name: str = localized()
    name_sort: str = sortable()
    country_code: str | None = Field(default=None, foreign_key="country.code", ondelete="RESTRICT")
    # The country of the place or, if it has none, of the nearest place that contains it.
    country_within: str | None = text_column(null=True)
    part_of_id: int | None = to("place", null=True)
    # WGS 84 degrees as canonical decimal text: the databases print floats differently.
    latitude: str | None = text_column(null=True)
    longitude: str | None = text_column(null=True)


class PlaceName(Row, table=True):
    """A name or spelling of a place; the preferred ones are those of `place.name`."""

    __tablename__ = "place_name"
    __table_args__ = (
        one_of("basis", Basis),
        UniqueConstraint("place_id", "text", "language", "observed"),
        Index(None, "text_fold"),
        index_added(),
    )
    id: int = identity()
    place_id: int = to("place", owned=True)
    text: str = key_column()
    text_fold: str = sortable()
    language: str = Field(foreign_key="language.tag", ondelete="RESTRICT")
    preferred: bool
    observed: bool
    basis: str = text_column()
    added_by_id: int | None = added_by()


class PlaceWithin(Row, table=True):
    """The closure table of `place.part_of_id`: each place with itself and all that contain it.

    An event of several places is in it like a place that is part of all of them.
    """

    __tablename__ = "place_within"
    __table_args__ = (Index(None, "outer_id", "inner_id"),)
    inner_id: int = Field(primary_key=True, foreign_key="record.id", ondelete="CASCADE")
    outer_id: int = Field(primary_key=True, foreign_key="place.id", ondelete="CASCADE")


class Topic(Row, table=True):
    """A subject in a scheme of subjects; its key is `<scheme>.<code>`."""

    __tablename__ = "topic"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("scheme", "code"),
        CheckConstraint("broader_id <> id", name="broader"),
        Index(None, "broader_id"),
    )
    id: int = identity("record")
    key: str = key_column()
    scheme: str = key_column()
    code: str = key_column()
    label: str = localized()
    broader_id: int | None = to("topic", null=True)


class TopicWithin(Row, table=True):
    """The closure table of `topic.broader_id`: each topic with itself and all broader ones."""

    __tablename__ = "topic_within"
    __table_args__ = (Index(None, "outer_id", "topic_id"),)
    topic_id: int = Field(primary_key=True, foreign_key="topic.id", ondelete="CASCADE")
    outer_id: int = Field(primary_key=True, foreign_key="topic.id", ondelete="CASCADE")
