"""Introspection: executed by graphql-core, with a limit on the size of the answer."""

from collections.abc import Callable
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
)

from api.errors import OperationError
from api.plan.document_errors import DocumentErrors
from api.plan.selection import Selector
from api.settings import Limits

DISABLED = "Introspection is disabled on this server: use a copy of its schema."


class SizeExceeded(BaseException):
    """Stops graphql-core's execution, which catches every Exception, at the size limit."""


class Introspector:
    """Answers the introspection fields of one operation."""

    def __init__(self, selector: Selector, limits: Limits) -> None:
        """Start with a count of zero."""
        self.selector = selector
        self.limits = limits
        self.values = 0

    def answer(self, nodes: tuple[FieldNode, ...], path: tuple[str, ...]) -> str:
        """Return the JSON of an introspection root field.

        Raises:
            OperationError: introspection is disabled, or its fields so far return too many values.
        """
        if not self.limits.introspection:
            raise OperationError("INTROSPECTION_DISABLED", DISABLED, path)
        try:
            result = self._execute(nodes)
        except SizeExceeded:
            message = (
                f"The introspection returns more than {self.limits.max_introspection:,} values: "
                "select less of the schema at once."
            )
            raise OperationError("INTROSPECTION_TOO_LARGE", message, path) from None
        if result.errors:
            raise DocumentErrors("BAD_USER_INPUT", result.errors)
        return orjson.dumps(next(iter((result.data or {}).values()))).decode()

    def _execute(self, nodes: tuple[FieldNode, ...]) -> ExecutionResult:
        selector = self.selector
        alone = OperationDefinitionNode(
            operation=OperationType.QUERY,
            variable_definitions=selector.operation.variable_definitions,
            selection_set=SelectionSetNode(selections=nodes),
        )
        fragments = (item.definition for item in selector.fragments.values())
        result = execute_sync(
            selector.schema,
            DocumentNode(definitions=(alone, *fragments)),
            variable_values=dict(selector.variables.coerced),
            middleware=[self],
        )
        assert isinstance(result, ExecutionResult)
        return result

    def resolve(self, resolve: Callable[..., Any], *place: Any, **arguments: Any) -> Any:
        """graphql-core middleware: count a value of the answer, and resolve it."""
        self.values += 1
        if self.values > self.limits.max_introspection:
            raise SizeExceeded
        return resolve(*place, **arguments)
