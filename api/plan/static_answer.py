"""Answers that need no database: `{ __typename }` and introspection."""

from api.plan.nodes import Constant, External, Plan
from api.plan.parameter_sources import Introspection


def format_static_answer(plan: Plan) -> bytes | None:
    """Return the answer of a plan that needs no database; None for any other plan."""
    answers = {
        item.parameter: item.json for item in plan.sources if isinstance(item, Introspection)
    }
    parts = []
    for field in plan.fields:
        match field.value:
            case Constant(json):
                parts.append(f'"{field.key}":{json}')
            case External(parameter):
                parts.append(f'"{field.key}":{answers[parameter]}')
            case _:
                return None
    return f"{{{','.join(parts)}}}".encode()
