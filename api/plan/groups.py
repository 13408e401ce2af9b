"""Plans the groups of a connection; `api.sql.groups` builds their SQL."""

from dataclasses import dataclass

from api.plan import nodes
from api.plan.field_context import FieldContext, plan_name, plan_type_name
from api.plan.parameters import Parameters
from api.plan.selection import Entry, Selector
from api.schema.dimensions import FIGURES


@dataclass(frozen=True, slots=True)
class GroupPlanner:
    """Plans the groups of one operation."""

    selector: Selector
    parameters: Parameters

    def plan(self, context: FieldContext, rows: nodes.Rows) -> nodes.Groups | nodes.GroupTotal:
        """Plan the groups of these rows, or the number of groups."""
        names, dimensions = self.parameters.plan_dimensions(context.selection)
        if context.entry.name == "groupCount":
            return nodes.GroupTotal(rows, dimensions)
        size, order = self.parameters.plan_groups(context.selection)
        entries = self.selector.below(context.entry.details, ["Group"])
        fields = tuple((item.key, self._plan_field(context, item, rows)) for item in entries)
        return nodes.Groups(rows, names, dimensions, size, fields, order)

    def _plan_field(
        self, context: FieldContext, entry: Entry, rows: nodes.Rows
    ) -> nodes.GroupField:
        below = context.enter(entry)
        match entry.name:
            case "__typename":
                return plan_type_name(entry)
            case "count":
                return nodes.GroupCount()
            case "sum":
                measure, unit = self.parameters.plan_sum(below.selection)
                if rows.entity.table is not FIGURES.table:
                    return nodes.Constant("null")
                return nodes.GroupSum(FIGURES, measure, unit)
            case _:
                entries = self.selector.below(entry.details, ["GroupKey"])
                return nodes.GroupKeys(
                    tuple((item.key, self._plan_key_field(below, item)) for item in entries)
                )

    def _plan_key_field(self, context: FieldContext, entry: Entry) -> nodes.KeyField:
        if entry.name == "label":
            asked = context.enter(entry).selection
            return nodes.Label(self.parameters.plan_languages(asked))
        return plan_name(entry)
