"""The input types of `orderBy`: for each order field, its description and columns."""

from typing import Any

import strawberry

from api import model as m
from api.schema.bindings import Column
from api.schema.entities import make_class
from api.schema.enums import Direction, make_enum
from api.schema.fields import column

ORDERS = "__mithaq_orders__"
# From an order field to its columns: for ascending order, for descending order.
Orders = dict[str, tuple[Column, Column]]


def order_type(name: str, plural: str, **fields: tuple[Any, ...]) -> Any:
    """Build the input type of an order and the enum of its fields.

    Each field is a description and its column. A field that some records have no value for has two
    columns, for ascending and for descending order, so that these records come last in both.
    """
    words = {key: description for key, (description, *_) in fields.items()}
    members = make_enum(f"{name}Field", f"What {plural} can be ordered by.", words)
    direction = strawberry.field(
        description="The direction; records without a value come last in both.",
        default=Direction.ASC,
    )
    made = make_class(
        name,
        __name__,
        {
            "field": (members, strawberry.field(description="What to order by.")),
            "direction": (Direction, direction),
        },
    )
    orders: Orders = {
        key: (column(columns[0]), column(columns[-1])) for key, (_, *columns) in fields.items()
    }
    setattr(made, ORDERS, orders)
    return strawberry.input(made, name=name, description=f"An order of {plural}; ties break on id.")


EventOrder = order_type(
    "EventOrder",
    "events",
    DATE=(
        "By the earliest possible day, then the latest; records without a date come last.",
        m.Event.date_asc,
        m.Event.date_desc,
    ),
    TITLE=("By the folded original title.", m.Event.title_sort),
    PLACE=(
        "By the place's folded original name; records without a place come last.",
        m.Event.place_asc,
        m.Event.place_desc,
    ),
    RECORDED_AT=("By when it first entered the database.", m.Event.recorded_at),
)
ArticleOrder = order_type(
    "ArticleOrder",
    "articles",
    PUBLISHED=(
        "By the earliest possible day of publication, then the latest; without a date last.",
        m.Article.published_asc,
        m.Article.published_desc,
    ),
    TITLE=("By the folded title.", m.Article.title_sort),
    PUBLISHER=(
        "By the publisher's folded name; records without a publisher come last.",
        m.Article.publisher_asc,
        m.Article.publisher_desc,
    ),
    RECORDED_AT=("By when it first entered the database.", m.Article.recorded_at),
)
ActorOrder = order_type(
    "ActorOrder",
    "actors",
    NAME=(
        "By the folded preferred name in English, else in its original language.",
        m.Actor.name_sort,
    ),
    COUNTRY=(
        "By the country's code; records without a country come last.",
        m.Actor.country_asc,
        m.Actor.country_desc,
    ),
    EVENT_COUNT=("By the number of events that it takes part in.", m.Actor.event_count),
)
OfficeOrder = order_type(
    "OfficeOrder",
    "tenures of offices",
    SINCE=(
        "By the earliest day that the tenure may have begun, then the latest; without a date last.",
        m.Office.since_asc,
        m.Office.since_desc,
    ),
)
ProvisionOrder = order_type(
    "ProvisionOrder",
    "provisions",
    ORDINAL=("By its position in the agreement.", m.Provision.ordinal),
    AGREEMENT_DATE=(
        "By the agreement's date; records without a date come last.",
        m.Provision.agreement_date_asc,
        m.Provision.agreement_date_desc,
    ),
)
