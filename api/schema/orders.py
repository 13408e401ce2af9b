"""The orders: which columns each names, one for each direction where some records have no value."""

from enum import StrEnum
from typing import Any

import strawberry

from api import model as m
from api.schema.bindings import Column
from api.schema.enums import Direction, described
from api.schema.fields import column

ORDERS = "__mithaq_orders__"
# By an order's field, its columns ascending and descending.
Orders = dict[str, tuple[Column, Column]]


class EventOrderField(StrEnum):
    """What events can be ordered by."""

    DATE = "DATE"
    TITLE = "TITLE"
    PLACE = "PLACE"
    RECORDED_AT = "RECORDED_AT"


class ArticleOrderField(StrEnum):
    """What articles can be ordered by."""

    PUBLISHED = "PUBLISHED"
    TITLE = "TITLE"
    PUBLISHER = "PUBLISHER"
    RECORDED_AT = "RECORDED_AT"


class ActorOrderField(StrEnum):
    """What actors can be ordered by."""

    NAME = "NAME"
    COUNTRY = "COUNTRY"
    EVENT_COUNT = "EVENT_COUNT"


class ProvisionOrderField(StrEnum):
    """What provisions can be ordered by."""

    ORDINAL = "ORDINAL"
    AGREEMENT_DATE = "AGREEMENT_DATE"


described(
    EventOrderField,
    "What events can be ordered by.",
    DATE="By the earliest day it can be, then the latest; without a date last.",
    TITLE="By the folded original title.",
    PLACE="By the place's folded original name; without a place last.",
    RECORDED_AT="By when it first entered the database.",
)
described(
    ArticleOrderField,
    "What articles can be ordered by.",
    PUBLISHED="By the earliest day of publication, then the latest; without a date last.",
    TITLE="By the folded title.",
    PUBLISHER="By the publisher's folded name; without one last.",
    RECORDED_AT="By when it first entered the database.",
)
described(
    ActorOrderField,
    "What actors can be ordered by.",
    NAME="By the folded preferred name in English, else in its original language.",
    COUNTRY="By the country's code; without one last.",
    EVENT_COUNT="By how many events it takes part in.",
)
described(
    ProvisionOrderField,
    "What provisions can be ordered by.",
    ORDINAL="By its place in its agreement.",
    AGREEMENT_DATE="By the agreement's date; without one last.",
)


def order_type(fields: Any, name: str, description: str, **columns: Any) -> Any:
    """Make the input type of an order: for each field its column, or two by direction."""
    made = type(
        name,
        (),
        {
            "__annotations__": {"field": fields, "direction": Direction},
            "__module__": __name__,
            "field": strawberry.field(description="What to order by."),
            "direction": strawberry.field(
                description="Which way; what has no value comes last in both.",
                default=Direction.ASC,
            ),
        },
    )
    both: Orders = {}
    for key, item in columns.items():
        pair = item if isinstance(item, tuple) else (item, item)
        both[key] = column(pair[0]), column(pair[1])
    setattr(made, ORDERS, both)
    return strawberry.input(made, name=name, description=description)


EventOrder = order_type(
    EventOrderField,
    "EventOrder",
    "An order of events; ties break on id.",
    DATE=(m.Event.date_asc, m.Event.date_desc),
    TITLE=m.Event.title_sort,
    PLACE=(m.Event.place_asc, m.Event.place_desc),
    RECORDED_AT=m.Event.recorded_at,
)
ArticleOrder = order_type(
    ArticleOrderField,
    "ArticleOrder",
    "An order of articles; ties break on id.",
    PUBLISHED=(m.Article.published_asc, m.Article.published_desc),
    TITLE=m.Article.title_sort,
    PUBLISHER=(m.Article.publisher_asc, m.Article.publisher_desc),
    RECORDED_AT=m.Article.recorded_at,
)
ActorOrder = order_type(
    ActorOrderField,
    "ActorOrder",
    "An order of actors; ties break on id.",
    NAME=m.Actor.name_sort,
    COUNTRY=(m.Actor.country_asc, m.Actor.country_desc),
    EVENT_COUNT=m.Actor.event_count,
)
ProvisionOrder = order_type(
    ProvisionOrderField,
    "ProvisionOrder",
    "An order of provisions; ties break on id.",
    ORDINAL=m.Provision.ordinal,
    AGREEMENT_DATE=(m.Provision.agreement_date_asc, m.Provision.agreement_date_desc),
)
