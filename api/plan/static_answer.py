"""Answers that the document and the schema decide: `{ __typename }`, introspection."""

from api.plan.nodes import Constant, External, Plan
from api.plan.parameter_sources import Introspection


def format_known(plan: Plan) -> bytes | None:
    """Write the answer of a plan that asks nothing of the database; None of any other."""
    told = {item.parameter: item.json for item in plan.sources if isinstance(item, Introspection)}
    parts = []
    for field in plan.fields:
        match field.value:
            case Constant(json):
                parts.append(f'"{field.key}":{json}')
            case External(parameter):
                parts.append(f'"{field.key}":{told[parameter]}')
            case _:
                return None
    return f"{{{','.join(parts)}}}".encode()
