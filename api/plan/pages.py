"""Plans the pages of connections: their nodes, edges, cursors and counts.

`api.sql.pages` builds their SQL.
"""

from collections.abc import Callable
from dataclasses import dataclass

from api.plan import nodes
from api.plan.field_context import FieldContext, plan_name, plan_type_name
from api.plan.groups import GroupPlanner
from api.plan.parameters import Parameters
from api.plan.selection import Entry, Selector

PlanTarget = Callable[[FieldContext], nodes.Object]


@dataclass(frozen=True, slots=True)
class PagePlanner:
    """Plans the pages of one operation; `plan_target` plans the object that a field returns."""

    selector: Selector
    parameters: Parameters
    groups: GroupPlanner
    plan_target: PlanTarget

    def plan(self, context: FieldContext, rows: nodes.Rows, connection: str) -> nodes.Page:
        """Plan a page of these rows, with the fields selected on the connection."""
        asked = context.selection
        size, backward = self.parameters.plan_size(asked)
        signature = self.parameters.plan_signature(asked, rows.order)
        entries = self.selector.below(context.entry.details, [connection])
        fields = tuple((item.key, self._plan_field(context.enter(item), rows)) for item in entries)
        if not any(nodes.gives_cursors(field) for _, field in fields):
            self.parameters.sources.remove(signature)
        return nodes.Page(
            rows,
            fields,
            size,
            backward,
            self.parameters.plan_position(asked, "after", signature),
            self.parameters.plan_position(asked, "before", signature),
            signature.parameter,
        )

    def _plan_field(self, context: FieldContext, rows: nodes.Rows) -> nodes.PageField:
        match context.entry.name:
            case "__typename":
                return plan_type_name(context.entry)
            case "totalCount":
                return nodes.TotalCount(_whole_kinds(rows))
            case "pageInfo":
                entries = self.selector.below(context.entry.details, ["PageInfo"])
                return nodes.PageInfo(tuple((item.key, plan_name(item)) for item in entries))
            case "groups" | "groupCount":
                return self.groups.plan(context, rows)
            case "nodes":
                return nodes.Nodes(self.plan_target(context))
            case _:
                entries = self.selector.below(context.entry.details, [context.target])
                return nodes.Edges(
                    tuple((item.key, self._plan_edge_field(context, item)) for item in entries)
                )

    def _plan_edge_field(
        self, context: FieldContext, entry: Entry
    ) -> nodes.Object | nodes.Cursor | nodes.Constant:
        match entry.name:
            case "__typename":
                return plan_type_name(entry)
            case "cursor":
                return nodes.Cursor()
            case _:
                return self.plan_target(context.enter(entry))


def _whole_kinds(rows: nodes.Rows) -> tuple[str, ...]:
    """Return the kinds of which a list has all records; empty if it has only some."""
    own = () if rows.entity.kind is None else ((rows.entity.table.c.kind, rows.entity.kind),)
    if rows.where != own or rows.on is not None or rows.condition or rows.hits:
        return ()
    return rows.kinds
