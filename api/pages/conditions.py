"""The fields of a list's form that set conditions of its filter, and what they write."""

import re
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLID

from api.errors import OperationError
from api.intake.drafts import Ref
from api.pages.dates import find_first_day, find_last_day, read_period
from api.pages.questions import Field
from api.text.countries import check_country

ID = re.compile("[a-z]+:.+", re.DOTALL)
RANGE, SOME = "range", "some"
OVERLAPS, WITHIN = "overlaps", "within"  # the range has some or all days of a date


def select_record(id_: str) -> dict[str, Any]:
    """Return the filter that only the record with an id meets."""
    kind, _, key = id_.partition(":")
    scheme, _, code = key.partition(".")
    if kind == "topic":
        return {"scheme": {"eq": scheme}, "code": {"eq": code}}
    return {"key": {"eq": key}}


@dataclass(frozen=True, slots=True, eq=False)
class Condition(Field):
    """A field that sets a condition of the filter."""

    path: tuple[str, ...] = ()

    def accepts(self, value: Any) -> bool:
        """Return whether one value that was read is of the field's type, and an id a record's."""
        if self.named_type is GraphQLID:
            return Ref.parse(value) is not None
        return super(Condition, self).accepts(value)

    def write(self, value: Any, bounds: str) -> dict[str, Any]:
        """Return the filter of a value; `bounds` tells how a date is in a range."""
        written = value
        for name in reversed(self.path):
            written = {bounds if name == RANGE else name: written}
        return written  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, eq=False)
class PeriodCondition(Condition):
    """A field for an end of a range of days: a year, a month or a day, each with all its days."""

    def accepts(self, value: Any) -> bool:
        """Return whether a value is a year, a month or a day."""
        return read_period(value) is not None

    def write(self, value: Any, bounds: str) -> dict[str, Any]:
        """Return the filter of the first or last day; text that is none is left to the coercion."""
        if self.accepts(value):
            value = find_first_day(value) if self.path[-1] == "from" else find_last_day(value)
        return super(PeriodCondition, self).write(value, bounds)

    def _read_one(self, text: str) -> Any:
        return read_period(text) or text


@dataclass(frozen=True, slots=True, eq=False)
class CountryCondition(Condition):
    """A field for the codes of countries, which the form offers as a choice."""

    @property
    def label(self) -> str:
        """The field's name, or that of the country of an event's place: parties have others."""
        return "placeCountry" if "place" in self.path else self.name

    @property
    def listed(self) -> bool:
        """True: several countries may be chosen."""
        return True

    def accepts(self, value: Any) -> bool:
        """Return whether a value is the code of a country."""
        try:
            check_country(value)
        except ValueError:
            return False
        return True

    def write(self, value: Any, bounds: str) -> dict[str, Any]:
        """Return the filter of countries."""
        operand = {"eq": value[0]} if len(value) == 1 else {"in": value}
        return super(CountryCondition, self).write(operand, bounds)


@dataclass(frozen=True, slots=True, eq=False)
class Negation(Condition):
    """A field that asks for the records which do not meet a condition of true or false."""

    def write(self, value: Any, bounds: str) -> dict[str, Any]:
        """Return the filter of the opposite value; text that is neither is left to the coercion."""
        opposite = not value if isinstance(value, bool) else value
        return super(Negation, self).write(opposite, bounds)


@dataclass(frozen=True, slots=True, eq=False)
class RecordCondition(Condition):
    """A field for a record: its id, or words of its name.

    Several values ask for several related records, such as participants, each with the other
    conditions on them.
    """

    words: tuple[str, ...] = ()  # the path to the condition on its words

    @property
    def listed(self) -> bool:
        """Whether the filter is that of one of several related records."""
        return SOME in self.path

    @property
    def every(self) -> bool:
        """True: there is a related record of each value."""
        return True

    def accepts(self, value: Any) -> bool:
        """Return whether a value is words, or the id of a record of the field's kind."""
        ref = Ref.parse(value)
        return not ID.fullmatch(value) or (ref is not None and ref.kind == self.kind)

    def write(self, value: Any, bounds: str) -> dict[str, Any]:
        """Return the filter of a record with this id or these words.

        Raises:
            OperationError: the id is not that of a record of the field's kind.
        """
        if not self.accepts(value):
            kind = str(self.kind).lower()
            wanted = f'write words of the name, or "{kind}:<key>"'
            raise OperationError("BAD_ID", f'"{value}" is not an id for {self.name}: {wanted}.')
        written: Any = value
        if ID.fullmatch(value):
            written = select_record(value)
        else:
            for name in reversed(self.words):
                written = {name: written}
        return super(RecordCondition, self).write(written, bounds)
