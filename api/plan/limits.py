"""Limits on what an operation asks under given variables: their values, conditions, lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.errors import OperationError
from api.plan.document_errors import document_error
from api.settings import Limits

NESTED = (dict, list)
# A level of a filter's depth has two levels of values: a list, and an object in it.
MAX_LEVELS = 2
# A filter may have at most this many fields per condition, on average: fields nest conditions.
FIELDS_PER_CONDITION = 8


def check_values(given: Mapping[str, Any], limits: Limits, most: int) -> int:
    """Check the number and depth of the variables' values before coercion; return the number.

    Raises:
        DocumentErrors: there are too many values, or they are nested too deep.
    """
    count = len(given)
    waiting = [(value, 0) for value in given.values() if isinstance(value, NESTED)]
    while waiting:
        value, depth = waiting.pop()
        count += len(value)
        if count > most:
            message = f"The variables have more than {most:,} values: send fewer."
            raise document_error("VARIABLES_TOO_LARGE", message)
        if depth > MAX_LEVELS * limits.max_filter_depth:
            levels = MAX_LEVELS * limits.max_filter_depth
            message = f"The variables are nested more than {levels} levels deep: nest fewer."
            raise document_error("VARIABLES_TOO_LARGE", message)
        items = value.values() if isinstance(value, dict) else value
        waiting += [(item, depth + 1) for item in items if isinstance(item, NESTED)]
    return count


@dataclass(slots=True)
class ConditionCounter:
    """Counts the conditions of an operation's filters."""

    limits: Limits
    count: int = 0
    fields: int = 0

    def add(self, value: Any, path: tuple[str, ...]) -> None:
        """Count a filter's conditions; it is walked no further than the limits allow.

        Raises:
            OperationError: there are too many conditions, or objects are nested too deep.
        """
        waiting: list[tuple[Any, int]] = [(value, 0)]
        while waiting:
            item, depth = waiting.pop()
            if isinstance(item, dict):
                self._check(len(item), depth + 1, path)
                waiting += [(below, depth + 1) for below in item.values()]
            elif isinstance(item, list) and item and isinstance(item[0], dict):
                self._check(len(item), depth, path)
                waiting += [(below, depth) for below in item]
            else:
                self.count += item is not None
        self._check(0, 0, path)

    def _check(self, fields: int, depth: int, path: tuple[str, ...]) -> None:
        self.fields += fields
        most = self.limits.max_conditions
        if self.count > most or self.fields > FIELDS_PER_CONDITION * most:
            message = f"The operation's filters have more than {most:,} conditions: use fewer."
            raise OperationError("FILTER_TOO_LARGE", message, path)
        if depth > self.limits.max_filter_depth:
            message = (
                f"The filter's objects are nested more than {self.limits.max_filter_depth} levels "
                "deep: nest fewer."
            )
            raise OperationError("FILTER_TOO_DEEP", message, path)


@dataclass(slots=True)
class ListCounter:
    """Counts the lists and connections of an operation."""

    limits: Limits
    count: int = 0

    def add(self, depth: int, path: tuple[str, ...]) -> None:
        """Count a field at a depth.

        Raises:
            OperationError: the operation has too many lists, or they are nested too deep.
        """
        self.count += 1
        if self.count > self.limits.max_lists:
            message = (
                f"The operation selects more than {self.limits.max_lists:,} lists: select fewer."
            )
            raise OperationError("TOO_MANY_LISTS", message, path)
        if depth > self.limits.max_list_depth:
            message = (
                f"Lists are nested more than {self.limits.max_list_depth} levels deep: request the "
                "deeper records by their ids."
            )
            raise OperationError("LISTS_TOO_DEEP", message, path)
