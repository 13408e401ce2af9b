"""Validates trees: every fault of a record, and the record with stand-ins where it has faults.

So what refers to a record with a fault finds it, and all else in the record is checked as well.
"""

import re
from collections import Counter
from copy import deepcopy
from secrets import token_hex
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.intake.forms.fields import MAX_INTEGER
from api.intake.forms.records import Part
from api.intake.read.files import Location

R = TypeVar("R", bound=Part)

# A text that no file has. A problem that names it is of a stand-in, and is not reported.
PLACEHOLDER = f"unknown-{token_hex(8)}"
LEFT_OUT = object()
# What a field may take, the first that fits; before these it is left out.
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
# With more faults than these, what they hide is not looked for: it would take longer than it helps.
MAX_FAULTS = 1_000


class Validated(NamedTuple):
    """A record, None where no stand-ins fit, and all that is wrong with it."""

    record: Any
    faults: list[ErrorDetails]


def validate(model: type[R], tree: Any) -> Validated:
    """Validate a tree; find all its faults, and a record that has none."""
    try:
        return Validated(model.model_validate(tree), [])
    except ValidationError as error:
        return Recovery(deepcopy(tree)).run(model, error)


class Recovery:
    """Replaces faulty values in a tree by placeholders until the model accepts it."""

    def __init__(self, tree: Any) -> None:
        """Take over a tree, which is modified."""
        self.tree = tree
        self.tried: Counter[Location] = Counter()
        self.number = MAX_INTEGER

    def run(self, model: type[Part], error: ValidationError) -> Validated:
        """Replace faulty values round by round; collect the faults that others hid."""
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
        """Return whether it is the file's fault that fields do not go together."""
        names = _list_named(fault)
        location = fault["loc"]
        touched = (*((*location, name) for name in names), location)
        return bool(names) and not any(place in self.tried for place in touched)

    def _replace(self, location: Location, fault: ErrorDetails) -> None:
        """Replace the innermost value at a location by the next that was not tried there."""
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
        """Return the next replacement: nothing, an expected member, or a placeholder."""
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
        """Return the values on the way to a location, as far as there are any."""
        values = [self.tree]
        for part in location:
            try:
                values.append(values[-1][part])
            except (KeyError, IndexError, TypeError):
                return [*values, None] if isinstance(values[-1], dict) else values
        return values

    def _drop_fields(self, record: dict[str, Any], names: list[str], location: Location) -> None:
        """Drop the fields that do not go together; without any, write the first of them."""
        if not any(record.pop(name, None) is not None for name in names):
            record[names[0]] = PLACEHOLDER
        self.tried.update((*location, name) for name in names)


def _list_named(fault: ErrorDetails) -> list[str]:
    """List the fields that a record's own check names: those of a record do not go together."""
    if fault["type"] != "value_error" or not isinstance(fault.get("input"), dict | Part):
        return []
    return re.findall(r"`(\w+)`", fault["msg"])
