"""The base of enumerations whose members each carry a description for clients."""

from enum import StrEnum
from typing import Self


class DescribedEnum(StrEnum):
    """An enumeration of text: each member is declared as `NAME = auto(), "Its description."`.

    A member's value is its name. A member without a description is a TypeError that names it.
    """

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Build a member of its value and description."""
        if not description:
            raise TypeError(f"{cls.__name__}.{value} has no description")
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    @staticmethod
    def _generate_next_value_(name: str, *_: object) -> str:
        return name
