"""Relay connections, extended by `nodes`, `totalCount`, `groups` and `groupCount`."""

from typing import Any, Generic, TypeVar

import strawberry

from api.schema.dimensions import EventDimension, GroupOrder, ProvisionDimension
from api.schema.entities import described
from api.schema.fields import LANG, argument, asking
from api.schema.scalars import Decimal

N = TypeVar("N")


@described(strawberry.type)
class PageInfo:
    """The position of a page in its list."""

    has_next_page: bool = strawberry.field(description="Whether there are records after this page.")
    has_previous_page: bool = strawberry.field(
        description="Whether there are records before this page."
    )
    start_cursor: str | None = strawberry.field(
        description="The cursor of the page's first edge; null if the page is empty."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of the page's last edge; null if the page is empty."
    )


@described(strawberry.type)
class Edge(Generic[N]):
    """A record of a page with its cursor."""

    node: N = strawberry.field(description="The record.")
    cursor: str = strawberry.field(
        description="The record's position in the list, for `after` and `before`."
    )


@described(strawberry.type)
class Connection(Generic[N]):
    """A page of a list of records."""

    edges: list[Edge[N]] = strawberry.field(description="The page's records, with cursors.")
    nodes: list[N] = strawberry.field(description="The page's records.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    total_count: int = strawberry.field(
        description="The number of records of the whole list; counted only if it is selected."
    )


@described(strawberry.type)
class GroupKey:
    """The value of one dimension that the records of a group have in common."""

    dimension: str = strawberry.field(description="The dimension.")
    value: str | None = strawberry.field(description="The value; null if it is unknown.")
    label: str | None = asking(
        "The value's name; null for values without a name, such as a year or a kind.", LANG
    )


@described(strawberry.type)
class Group:
    """The records of a list that have the same value in each dimension."""

    keys: list[GroupKey] = strawberry.field(description="The common values, in the order of `by`.")
    count: int = strawberry.field(description="The number of records, each counted once.")
    sum: Decimal | None = asking(
        "The sum of the best numbers of the events' figures with this measure and unit, each event "
        "added once. Null if no event has one, and in lists that are not of events.",
        argument("measure", str, "What is counted or measured: deaths."),
        argument("unit", str | None, "The unit: USD. Left out, figures without a unit are added."),
    )


def groups(dimensions: Any) -> Any:
    """Declare the field `groups` of a connection."""
    return asking(
        "The number of records of the whole list by value, most frequent first, then by keys. "
        "Records whose value is unknown or less precise than the dimension are grouped under null. "
        "`groupCount` is the number of groups.",
        argument("by", list[dimensions], "One to three dimensions."),
        argument("first", int | None, "The number of groups to return; 500 at most.", default=100),
        argument("orderBy", GroupOrder | None, "The order of groups; COUNT by default."),
    )


def group_count(dimensions: Any) -> Any:
    """Declare the field `groupCount` of a connection."""
    return asking(
        "The number of groups by these dimensions, without the limit of `groups`.",
        argument("by", list[dimensions], "One to three dimensions."),
    )


@described(strawberry.type, name="Connection")
class Events(Connection[N], Generic[N]):
    """A page of a list of events."""

    groups: list[Group] = groups(EventDimension)
    group_count: int = group_count(EventDimension)


@described(strawberry.type, name="Connection")
class Provisions(Connection[N], Generic[N]):
    """A page of a list of provisions."""

    groups: list[Group] = groups(ProvisionDimension)
    group_count: int = group_count(ProvisionDimension)
