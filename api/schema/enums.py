"""Registration of enumerations as GraphQL enums; those of the data model are registered here."""

from enum import auto
from typing import Any, TypeVar

import strawberry

from api.enums import DescribedEnum
from api.model import kinds  # noqa: F401 — declares the enumerations that are registered below

E = TypeVar("E", bound=type[DescribedEnum])


def graphql_enum(members: E) -> E:
    """Register an enumeration as a GraphQL enum, described by its docstring and members."""
    enum: Any = strawberry.enum(members, description=members.__doc__)
    for item in enum.__strawberry_definition__.values:
        item.description = members[item.name].description
    return members


def make_enum(name: str, description: str, members: dict[str, str]) -> Any:
    """Build a GraphQL enum from its members' names and descriptions."""
    build: Any = DescribedEnum  # mypy does not know that a dictionary declares members
    enum = build(name, {key: (key, words) for key, words in members.items()})
    enum.__doc__ = description
    return graphql_enum(enum)


for enumeration in DescribedEnum.__subclasses__():
    graphql_enum(enumeration)


@graphql_enum
class Direction(DescribedEnum):
    """The direction of an order."""

    ASC = auto(), "Ascending: smallest first."
    DESC = auto(), "Descending: greatest first."
