"""The table of events, one table per kind of event with its own columns, and their parts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlmodel import Field

from api.model.columns import (
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
    thousandths,
    to,
    vague_date,
    vague_date_checks,
)
from api.model.kinds import (
    ActionType,
    AgreementStatus,
    AgreementType,
    Basis,
    EventOccurrence,
    EventRelation,
    MeetingFormat,
    MilestoneType,
    ParticipantRole,
    VotePosition,
)

ORDERS = ("date_desc", "date_asc", "title_sort", "place_desc", "place_asc", "recorded_at")


class Event(vague_date("date", ordered=True), Row, table=True):  # type: ignore[misc]
    """The columns that all kinds of events share; a timeline is one index scan of this table.

    Each order has two indexes: one over all events, one per kind.
    """

    __tablename__ = "event"
    __table_args__ = (
        *vague_date_checks("date"),
        one_of("occurrence", EventOccurrence),
        UniqueConstraint("kind", "key"),
        *(Index(None, order, "kind", "key") for order in ORDERS),
        *(Index(None, "kind", order, "key") for order in ORDERS),
        *(Index(None, place, "date_desc", "kind", "key") for place in ("place_id", "area_id")),
    )
    id: int = identity("record")
    kind: str = sortable()
    key: str = key_column()
    title: str = localized()
    title_sort: str = sortable()
    title_fold: str = sortable()
    summary: str | None = localized(null=True)
    place_id: int | None = to("place", null=True)
    # By what `place_within` has its places: the one place or, if there are several, the event.
    area_id: int | None = Field(
        default=None, sa_type=Integer, sa_column_args=[ForeignKey("record.id", ondelete="SET NULL")]
    )
    place_asc: str = sortable()
    place_desc: str = sortable()
    occurrence: str = text_column()
    contested: bool = Field(default=False)  # derived at the end of each import
    recorded_at: datetime = moment()


class Meeting(Row, table=True):
    """An event at which people met."""

    __tablename__ = "meeting"
    __table_args__ = (one_of("format", MeetingFormat),)
    id: int = identity("event")
    format: str = text_column()


class Agreement(Row, table=True):
    """An event by which parties bind themselves."""

    __tablename__ = "agreement"
    __table_args__ = (one_of("type", AgreementType), one_of("status", AgreementStatus))
    id: int = identity("event")
    type: str = text_column()
    status: str = text_column()


class Milestone(vague_date("date"), Row, table=True):  # type: ignore[misc]
    """What happened to an agreement: to all of it, or of one party."""

    __tablename__ = "milestone"
    __table_args__ = (
        one_of("type", MilestoneType),
        *vague_date_checks("date"),
        UniqueConstraint("agreement_id", "ordinal"),
        Index(None, "party_id"),
        Index(None, "place_id"),
    )
    id: int = identity()
    agreement_id: int = to("agreement", owned=True)
    ordinal: int
    type: str = text_column()
    party_id: int | None = to("actor", null=True)
    place_id: int | None = to("place", null=True)


class AgreementAim(Row, table=True):
    """A stated aim of an agreement."""

    __tablename__ = "agreement_aim"
    agreement_id: int = Field(primary_key=True, foreign_key="agreement.id", ondelete="CASCADE")
    ordinal: int = Field(primary_key=True)
    text: str = localized()


class Statement(Row, table=True):
    """An event at which something was said."""

    __tablename__ = "statement"
    id: int = identity("event")
    text: str = localized()
    channel: str | None = text_column(null=True)


class Appeal(Row, table=True):
    """An event at which somebody asked for something."""

    __tablename__ = "appeal"
    id: int = identity("event")
    purpose: str = localized()


class Action(Row, table=True):
    """An event at which something was done that is no other kind of event."""

    __tablename__ = "action"
    __table_args__ = (one_of("type", ActionType),)
    id: int = identity("event")
    type: str = text_column()


class Provision(Row, table=True):
    """One provision of an agreement; its key is `<agreement key>.<slug>`."""

    __tablename__ = "provision"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("agreement_id", "ordinal"),
        Index(None, "agreement_key", "ordinal", "key"),
        Index(None, "ordinal", "key"),
        Index(None, "agreement_date_asc", "key"),
        Index(None, "agreement_date_desc", "key"),
    )
    id: int = identity("record")
    key: str = key_column()
    slug: str = key_column()
    agreement_id: int = to("agreement", owned=True)
    agreement_key: str = sortable()
    agreement_date_asc: str = sortable()
    agreement_date_desc: str = sortable()
    ordinal: int
    heading: str | None = localized(null=True)
    text: str = localized()


class Obligation(vague_date("deadline"), Row, table=True):  # type: ignore[misc]
    """What a provision says that an actor owes, to whom, by when and how much."""

    __tablename__ = "obligation"
    __table_args__ = (
        *vague_date_checks("deadline"),
        CheckConstraint("coalesce(figure_low, figure_best, figure_high) >= 0", name="figure"),
        UniqueConstraint("provision_id", "ordinal"),
        Index(None, "debtor_id"),
        Index(None, "creditor_id"),
    )
    id: int = identity()
    provision_id: int = to("provision", owned=True)
    ordinal: int
    debtor_id: int = to("actor")
    creditor_id: int | None = to("actor", null=True)
    figure_measure: str | None = text_column(null=True)
    figure_label: str | None = localized(null=True)
    figure_low: int | None = thousandths()
    figure_best: int | None = thousandths()
    figure_high: int | None = thousandths()
    figure_unit: str | None = text_column(null=True)


class Participation(vague_date("signed_on"), Row, table=True):  # type: ignore[misc]
    """An actor's part in an event: its role, its office and whom it represents."""

    __tablename__ = "participation"
    __table_args__ = (
        one_of("role", ParticipantRole),
        one_of("position", VotePosition),
        *vague_date_checks("signed_on"),
        UniqueConstraint("event_id", "ordinal"),
        Index(None, "actor_id", "event_kind", "event_key", "ordinal"),
        Index(None, "event_kind", "event_key", "ordinal"),
        Index(None, "office_id"),
        Index(None, "on_behalf_of_id"),
        index_added(),
        CheckConstraint(
            "role = 'SIGNATORY' OR signed_on_edtf IS NULL AND signed_on_text IS NULL",
            name="signed_on_signatory",
        ),
    )
    id: int = identity()
    event_id: int = to("event", owned=True)
    event_kind: str = sortable()
    event_key: str = sortable()
    ordinal: int
    role: str = text_column()
    actor_id: int = to("actor")
    office_id: int | None = to("office", null=True)
    on_behalf_of_id: int | None = to("actor", null=True)
    position: str | None = text_column(null=True)
    added_by_id: int | None = added_by()


class EventLink(Row, table=True):
    """A relation between two events; each is stored twice, once from either end."""

    __tablename__ = "event_link"
    __table_args__ = (
        one_of("relation", EventRelation),
        UniqueConstraint("event_id", "relation", "other_kind", "other_key", "inverse"),
        Index(None, "other_id"),
    )
    id: int = identity()
    event_id: int = to("event", owned=True)
    relation: str = sortable()
    inverse: bool
    other_id: int = to("event", owned=True)
    other_kind: str = sortable()
    other_key: str = sortable()


class EventCode(Row, table=True):
    """A code of an event in an event-data scheme, CAMEO or PLOVER for instance."""

    __tablename__ = "event_code"
    __table_args__ = (
        one_of("basis", Basis),
        Index(None, "event_id", "scheme", "code"),
        Index(None, "scheme", "code", "event_id"),
    )
    id: int = identity()
    event_id: int = to("event", owned=True)
    scheme: str = key_column()
    scheme_fold: str = sortable()
    version: str | None = text_column(null=True)
    code: str = key_column()
    code_fold: str = sortable()
    label: str | None = localized(null=True)
    basis: str = text_column()


class Figure(Row, table=True):
    """A number that an event is reported with: the dead, the money, the troops."""

    __tablename__ = "figure"
    __table_args__ = (
        UniqueConstraint("event_id", "ordinal"),
        CheckConstraint("coalesce(low, best, high) >= 0", name="value"),
        Index(None, "measure", "best", "event_id"),
    )
    id: int = identity()
    event_id: int = to("event", owned=True)
    ordinal: int
    measure: str = key_column()
    label: str | None = localized(null=True)
    low: int | None = thousandths()
    best: int | None = thousandths()
    high: int | None = thousandths()
    unit: str | None = text_column(null=True)


class EventPlace(Row, table=True):
    """A place of an event; the first is `event.place_id` as well."""

    __tablename__ = "event_place"
    __table_args__ = (UniqueConstraint("event_id", "ordinal"), Index(None, "place_id", "event_id"))
    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    place_id: int = Field(primary_key=True, foreign_key="place.id", ondelete="RESTRICT")
    ordinal: int


class EventTopic(Row, table=True):
    """A topic of an event."""

    __tablename__ = "event_topic"
    __table_args__ = (Index(None, "topic_id", "event_id"),)
    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    topic_id: int = Field(primary_key=True, foreign_key="topic.id", ondelete="RESTRICT")


class ProvisionTopic(Row, table=True):
    """A topic of a provision."""

    __tablename__ = "provision_topic"
    __table_args__ = (Index(None, "topic_id", "provision_id"),)
    provision_id: int = Field(primary_key=True, foreign_key="provision.id", ondelete="CASCADE")
    topic_id: int = Field(primary_key=True, foreign_key="topic.id", ondelete="RESTRICT")
