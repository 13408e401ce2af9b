"""Answers that the document and the schema decide: `{ __typename }`, introspection."""

from collections.abc import Mapping
from typing import Any

from api.plan.nodes import Constant, External, Plan


def is_known(plan: Plan) -> bool:
    """Tell whether a plan asks nothing of the database."""
    return all(isinstance(field.value, Constant | External) for field in plan.fields)


def format_known(plan: Plan, values: Mapping[str, Any]) -> bytes:
    """Write the answer of a plan that asks nothing of the database, under these values."""
    parts = []
    for field in plan.fields:
        assert isinstance(field.value, Constant | External)
        json = field.value.json
        parts.append(f'"{field.key}":{json if isinstance(json, str) else values[json.name]}')
    return f"{{{','.join(parts)}}}".encode()
