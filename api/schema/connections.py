"""Connections as the Relay specification has them, with `nodes` and `totalCount` besides."""

from typing import Generic, TypeVar

import strawberry

N = TypeVar("N")


@strawberry.type(description="Where a page stands in its list.")
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


@strawberry.type(description="One record of a page, and its place in the list.")
class Edge(Generic[N]):
    """One record of a page."""

    node: N = strawberry.field(description="The record.")
    cursor: str = strawberry.field(
        description="The record's place in the list, for `after` and `before`."
    )


@strawberry.type(description="A page of a list of records.")
class Connection(Generic[N]):
    """A page of a list."""

    edges: list[Edge[N]] = strawberry.field(description="The page's records, with cursors.")
    nodes: list[N] = strawberry.field(description="The page's records.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
    total_count: int = strawberry.field(
        description="How many records the whole list has; counted only where it is asked for."
    )
