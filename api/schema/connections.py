"""Relay connections, extended by `nodes`, `totalCount`, `groups` and `groupCount`."""

from typing import Any, Generic, TypeVar

import strawberry

from api.schema.dimensions import EventDimension, GroupOrder, ProvisionDimension
from api.schema.entities import described
from api.schema.fields import LANG, argument, asking

N = TypeVar("N")


@described(strawberry.type)
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = strawberry.field(description="Whether more follows this page.")
    has_previous_page: bool = strawberry.field(description="Whether more precedes this page.")
    start_cursor: str | None = strawberry.field(
        description="The cursor of the page's first edge; null where it has none."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of the page's last edge; null where it has none."
    )


@described(strawberry.type)
class Edge(Generic[N]):
    """One record of a page, and its place in the list."""

    node: N = strawberry.field(description="The record.")
    cursor: str = strawberry.field(
        description="The record's place in the list, for `after` and `before`."
    )


@described(strawberry.type)
class Connection(Generic[N]):
    """A page of a list of records."""

    edges: list[Edge[N]] = strawberry.field(description="The page's records, with cursors.")
    nodes: list[N] = strawberry.field(description="The page's records.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
    total_count: int = strawberry.field(
        description="How many records the whole list has; counted only where it is asked for."
    )


@described(strawberry.type)
class GroupKey:
    """What the records of a group share in one dimension."""

    dimension: str = strawberry.field(description="The dimension.")
    value: str | None = strawberry.field(description="The value: null where it is unknown.")
    label: str | None = asking(
        "What the value is called; null where it has no name but itself: a year, a kind.", LANG
    )


@described(strawberry.type)
class Group:
    """Records of a list that share a value in each dimension."""

    keys: list[GroupKey] = strawberry.field(description="What they share, by dimension as asked.")
    count: int = strawberry.field(description="How many they are, each counted once.")


def groups(dimensions: Any) -> Any:
    """Declare the field `groups` of a connection."""
    return asking(
        "How many records of the whole list share each value: most frequent first, then by keys. "
        "Records of which nothing is known, or only something vaguer, share the value null. "
        "`groupCount` tells how many groups there are.",
        argument("by", list[dimensions], "One to three dimensions."),
        argument("first", int | None, "How many groups to give; 500 at most.", default=100),
        argument("orderBy", GroupOrder | None, "What comes first: COUNT where it is not given."),
    )


def group_count(dimensions: Any) -> Any:
    """Declare the field `groupCount` of a connection."""
    return asking(
        "How many groups `groups` would give by these dimensions, were there no limit.",
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
