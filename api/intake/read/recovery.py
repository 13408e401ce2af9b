"""Validates a record and reports all its errors; invalid values are replaced by placeholders.

References to an invalid record are thereby resolved, and its other fields are checked as well.
"""

import re
from collections import Counter
from copy import deepcopy
from secrets import token_hex
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.intake.forms.fields import MAX_INTEGER
from api.intake.forms.part import Part
from api.intake.read.files import Location

R = TypeVar("R", bound=Part)

# A random text, which no file contains. Problems that quote it are not reported.
PLACEHOLDER = f"unknown-{token_hex(8)}"
LEFT_OUT = object()
# The values that are tried for an invalid field, after leaving the field out.
PLACEHOLDERS: tuple[Any, ...] = (
    PLACEHOLDER,
    {"en": PLACEHOLDER},
    "und",
    f"meeting:{PLACEHOLDER}",
    f"{PLACEHOLDER}:{PLACEHOLDER}",
    {},
    [],
)
MAX_ROUNDS = 40
# With more errors than this, hidden errors are not searched for: that takes several passes.
MAX_FAULTS = 1_000


class Validated(NamedTuple):
    """The record, or None if no placeholders fit, and all its errors."""

    record: Any
    faults: list[ErrorDetails]


def validate(model: type[R], tree: Any) -> Validated:
    """Validate a tree; return all its errors, and a valid record with placeholders."""
    try:
        return Validated(model.model_validate(tree), [])
    except ValidationError as error:
        return Recovery(deepcopy(tree)).run(model, error)


class Recovery:
    """Replaces invalid values in a tree, round by round, until the model accepts it."""

    def __init__(self, tree: Any) -> None:
        """Store the tree, which `run` changes in place."""
        self.tree = tree
        self.tried: Counter[Location] = Counter()
        self.number = MAX_INTEGER

    def run(self, model: type[Part], error: ValidationError) -> Validated:
        """Replace invalid values; also find the errors that other errors hid."""
        faults = error.errors()
        found = faults
        for _ in range(MAX_ROUNDS if len(faults) <= MAX_FAULTS else 0):
            for fault in found:
                self._replace(fault["loc"], fault)
            try:
                return Validated(model.model_validate(self.tree), faults)
            except ValidationError as again:
                found = again.errors()
                faults += filter(self._is_fault, found)
        return Validated(None, faults)

    def _is_fault(self, fault: ErrorDetails) -> bool:
        """Return whether an error is of contradicting fields that have no placeholders."""
        names = _list_named(fault)
        location = fault["loc"]
        touched = (*((*location, name) for name in names), location)
        return bool(names) and not any(place in self.tried for place in touched)

    def _replace(self, location: Location, fault: ErrorDetails) -> None:
        """Replace the innermost value at a location with the next untried placeholder."""
        *above, here = self._walk(location)
        if isinstance(here, dict) and (names := _list_named(fault)):
            self._drop_fields(here, names, location[: len(above)])
        elif above:
            place = location[: len(above)]
            choice = self._choose(above[-1], place, fault)
            if choice is None:
                self._replace(place[:-1], fault)
            elif choice is LEFT_OUT:
                above[-1].pop(place[-1], None)
            else:
                above[-1][place[-1]] = deepcopy(choice)

    def _choose(self, parent: Any, place: Location, fault: ErrorDetails) -> Any:
        """Return the placeholder for a location: no value, an expected word, or a dummy text."""
        tried = self.tried[place]
        self.tried[place] += 1
        if isinstance(parent, dict) and not tried:
            return LEFT_OUT
        if expected := re.findall(r"'([^']+)'", str(fault.get("ctx", {}).get("expected", ""))):
            return expected[0]
        self.number -= 1
        choices = [LEFT_OUT, *PLACEHOLDERS, self.number]
        return next(iter(choices[max(tried, 1) :]), None)

    def _walk(self, location: Location) -> list[Any]:
        """Return the values along a path, as far as the path exists."""
        values = [self.tree]
        for part in location:
            try:
                values.append(values[-1][part])
            except (KeyError, IndexError, TypeError):
                return [*values, None] if isinstance(values[-1], dict) else values
        return values

    def _drop_fields(self, record: dict[str, Any], names: list[str], location: Location) -> None:
        """Drop the fields that contradict each other; if none is present, add the first."""
        if not any(record.pop(name, None) is not None for name in names):
            record[names[0]] = PLACEHOLDER
        self.tried.update((*location, name) for name in names)


def _list_named(fault: ErrorDetails) -> list[str]:
    """Return the fields named by a model validator's error: fields that contradict each other."""
    if fault["type"] != "value_error" or not isinstance(fault.get("input"), dict | Part):
        return []
    return re.findall(r"`(\w+)`", fault["msg"])
