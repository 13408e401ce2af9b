"""Plans filters: converts a filter's value into a condition.

The condition depends only on the value's structure; the operands become parameters.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, singledispatchmethod
from typing import Any

from graphql import get_named_type

from api.plan.catalog import Catalog
from api.plan.conditions import (
    Compared,
    Comparison,
    Condition,
    Every,
    Exists,
    HasBounds,
    IsNotNull,
    JoinedRow,
    MatchesSearch,
    Some,
    every,
    negate,
)
from api.plan.parameter_sources import (
    Argument,
    ArgumentPath,
    Operand,
    Parameter,
    Reading,
    RecordIds,
    Search,
    Source,
)
from api.plan.parameter_sources import Type as ParameterType
from api.schema import conditions as c
from api.schema.bindings import Column, Order

Value = dict[str, Any]
Parts = tuple[list[Condition], list[Condition]]  # what a field asserts, and what it denies
DateRange = Callable[[str, Value, ArgumentPath], list[Condition]]  # plans `overlaps` or `within`
NewParameter = Callable[[str, ParameterType], Parameter]
# By the operators of a StringFilter: what each compares, on a plain text and on a localized one.
OPERATORS = {
    "eq": (Comparison.EQUALS, Comparison.SPEAKS_EQUALLY),
    "ne": (Comparison.EQUALS, Comparison.SPEAKS_EQUALLY),
    "in": (Comparison.ONE_OF, Comparison.SPEAKS_ONE_OF),
    "notIn": (Comparison.ONE_OF, Comparison.SPEAKS_ONE_OF),
    "startsWith": (Comparison.BEGINS, Comparison.CONTAINS),
    "contains": (Comparison.CONTAINS, Comparison.CONTAINS),
}
DENIED = ("ne", "notIn")
FOLDED = {
    "startsWith": (Reading.FOLDED, Reading.FOLDED_START),
    "contains": (Reading.SPELLED, Reading.SPELLED),
}


def plan_filter(
    catalog: Catalog,
    argument: Argument,
    value: Value,
    parameter: NewParameter,
    order: Order = (),
) -> tuple[Condition, list[Source]]:
    """Return the condition of a filter argument, and the sources of its parameters.

    A range of days compares the column that sorts the rows, so that one index serves both.
    """
    planner = FilterPlanner(catalog, argument, parameter, {term.column for term in order}, [])
    name = get_named_type(argument.type).name
    return planner.plan_root(name, prune(value, argument.type)), planner.sources


def prune(value: Any, type_: Any) -> Any:
    """Drop null and empty conditions from a filter, recursively.

    A filter of related records that is `{}` is kept: it requires a related record. Lists keep their
    length.
    """
    if isinstance(value, list):
        return [prune(item, type_) for item in value]
    if not isinstance(value, dict):
        return value
    fields = get_named_type(type_).fields
    types = ((name, get_named_type(fields[name].type)) for name in value)
    pruned = [(name, below, prune(value[name], below)) for name, below in types]
    return {
        name: item
        for name, below, item in pruned
        if item is not None and (item != {} or _asks_for_one(name, below.name))
    }


def _asks_for_one(name: str, type_: str) -> bool:
    """Return whether `{}` under a field of this name and type asks that there is a record."""
    conditions = type_.endswith(("StringFilter", "DateFilter", "ListFilter", "DateRange"))
    return not conditions and name not in ("not", "every")


@dataclass(slots=True)
class FilterPlanner:
    """Plans one filter."""

    catalog: Catalog
    argument: Argument
    parameter: NewParameter
    ordered: set[Column]
    sources: list[Source]

    def plan_root(self, name: str, value: Value) -> Condition:
        """Plan a whole filter; on a hierarchy, a row also matches by its ancestors."""
        target = self.catalog.filters[name]
        if not target.chain:
            return self.plan_object(name, value, ())
        itself = c.Related(
            c.RelatedRows(target.table.c.id, target.table.c.id), c.Quantifier.IMPLICIT
        )
        return self._plan_whole(partial(self._some, itself, name), name, value, ())

    def plan_object(self, name: str, value: Value, at: ArgumentPath) -> Condition:
        """Plan an object of conditions on one row."""
        asserted, denied, combined = self._parts(name, value, at, self.plan_object)
        return every([*asserted, *map(negate, denied), *combined])

    def _plan_whole(
        self, some: Callable[[Condition], Condition], name: str, value: Value, at: ArgumentPath
    ) -> Condition:
        """Plan an object of conditions on related rows, or on ancestors.

        One row has to meet all asserted conditions, and no row a denied one; `{}` accepts any row.
        """
        again = partial(self._plan_whole, some)
        asserted, denied, combined = self._parts(name, value, at, again)
        met = [some(every(asserted))] if asserted or not value else []
        return every([*met, *(negate(some(item)) for item in denied), *combined])

    def _parts(
        self, name: str, value: Value, at: ArgumentPath, again: Callable[..., Condition]
    ) -> tuple[list[Condition], list[Condition], list[Condition]]:
        asserted: list[Condition] = []
        denied: list[Condition] = []
        combined: list[Condition] = []
        for key, item in value.items():
            here = (*at, key)
            match key:
                case "and" | "or":
                    below = [again(name, part, (*here, place)) for place, part in enumerate(item)]
                    combined.append(every(below) if key == "and" else Some(tuple(below)))
                case "not":
                    combined.append(negate(again(name, item, here)))
                case _:
                    condition = self.catalog.conditions[name, key]
                    yes, no = self._plan(condition, self._type(name, key), item, here)
                    asserted += yes
                    denied += no
        return asserted, denied, combined

    def _type(self, name: str, key: str) -> str:
        parent: Any = self.catalog.schema.type_map[name]
        return str(get_named_type(parent.fields[key].type).name)

    # One method for each kind of condition.

    @singledispatchmethod
    def _plan(self, condition: Any, name: str, value: Any, at: ArgumentPath) -> Parts:
        raise TypeError(condition, name, value, at)

    @_plan.register
    def _(self, condition: c.Texts, name: str, value: Value, at: ArgumentPath) -> Parts:
        del name
        asserted: list[Condition] = []
        denied: list[Condition] = []
        for operator, operand in value.items():
            if operator == "isNull":
                given = self._of_any(condition, IsNotNull(condition.column))
                (denied if operand else asserted).append(given)
                continue
            compared = self._of_any(condition, self._compare(condition, operator, at))
            (denied if operator in DENIED else asserted).append(compared)
        return asserted, denied

    def _of_any(self, condition: c.Texts, compared: Condition) -> Condition:
        rows = condition.rows
        if rows is None:
            return compared
        return Exists(condition.column.table, rows.on, rows.of, rows.through, compared)

    def _compare(self, texts: c.Texts, operator: str, at: ArgumentPath) -> Condition:
        localized = texts.kind is c.TextKind.LOCALIZED
        comparison = OPERATORS[operator][localized]
        reading = Reading.LIST if operator in ("in", "notIn") else Reading.TEXT
        if operator in FOLDED:
            reading = FOLDED[operator][localized]
        column = texts.folded if operator in FOLDED else texts.column
        compared = self._compared(column, comparison, reading, (*at, operator))
        lowered = operator in FOLDED and texts.kind is c.TextKind.ASCII
        return replace(compared, lowered=lowered)

    def _compared(
        self, column: Column, comparison: Comparison, reading: Reading, at: ArgumentPath
    ) -> Compared:
        listed = ParameterType.TEXTS if reading is Reading.LIST else ParameterType.TEXT
        value = self.parameter("value", listed)
        self.sources.append(Operand(value, self.argument, at, reading))
        return Compared(column, comparison, value)

    @_plan.register
    def _(self, condition: c.OneOf, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        return [self._compared(condition.column, Comparison.ONE_OF, Reading.LIST, at)], []

    @_plan.register
    def _(self, condition: c.Flag, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        flag = self.parameter("value", ParameterType.BOOLEAN)
        self.sources.append(Operand(flag, self.argument, at, Reading.FLAG))
        return [Compared(condition.column, Comparison.EQUALS, flag)], []

    @_plan.register
    def _(self, condition: c.DateKeys, name: str, value: Value, at: ArgumentPath) -> Parts:
        del name
        ascending = condition.ascending in self.ordered
        known = HasBounds(condition.ascending if ascending else condition.descending, ascending)
        return self._date(known, condition.precision, partial(self._range, known), value, at)

    @_plan.register
    def _(self, condition: c.DateBounds, name: str, value: Value, at: ArgumentPath) -> Parts:
        del name
        known = Some((IsNotNull(condition.earliest), IsNotNull(condition.latest)))
        days = partial(self._days, condition)
        return self._date(known, condition.precision, days, value, at)

    def _date(
        self, known: Condition, precision: Column, range_: DateRange, value: Value, at: ArgumentPath
    ) -> Parts:
        """Plan a DateFilter on a date that has bounds if it is `known`."""
        asserted: list[Condition] = []
        denied: list[Condition] = []
        for operator, operand in value.items():
            here = (*at, operator)
            match operator:
                case "known":
                    (asserted if operand else denied).append(known)
                case "precision":
                    one_of = Comparison.ONE_OF
                    asserted.append(self._compared(precision, one_of, Reading.LIST, here))
                case _:
                    asserted.append(every([known, *range_(operator, operand, here)]))
        return asserted, denied

    def _range(
        self, known: HasBounds, operator: str, ends: Value, at: ArgumentPath
    ) -> list[Condition]:
        """Plan a range of days: a date possibly (`overlaps`) or certainly (`within`) in it."""
        from_, to = (*at, "from"), (*at, "to")
        key = known.column
        conditions: list[Condition] = []
        if "from" in ends:
            overlapping = operator == "overlaps"
            how = Comparison.ENDS_FROM if overlapping else Comparison.ABOVE
            reading, start = (Reading.RANGE_START, at) if "to" in ends else (Reading.TEXT, from_)
            conditions.append(self._compared(key, how, reading, start))
        if "to" in ends:
            conditions.append(self._compared(key, Comparison.BELOW, Reading.TEXT, to))
            if operator == "within":
                conditions.append(self._compared(key, Comparison.ENDS_BY, Reading.TEXT, to))
        return conditions

    def _days(
        self, date: c.DateBounds, operator: str, ends: Value, at: ArgumentPath
    ) -> list[Condition]:
        """Plan a range of days like `_range`, on the columns of a date's bounds."""
        conditions: list[Condition] = []
        overlapping = operator == "overlaps"
        if "from" in ends:
            column = date.latest if overlapping else date.earliest
            how = Comparison.REACHES if overlapping else Comparison.NOT_BEFORE
            both = "to" in ends
            reading = Reading.RANGE_START if both else Reading.TEXT
            conditions.append(self._compared(column, how, reading, at if both else (*at, "from")))
        if "to" in ends:
            column = date.earliest if overlapping else date.latest
            how = Comparison.STARTS_BY if overlapping else Comparison.NOT_AFTER
            conditions.append(self._compared(column, how, Reading.TEXT, (*at, "to")))
        return conditions

    @_plan.register
    def _(self, condition: c.Subjects, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        ids = self.parameter("ids", ParameterType.TEXT)
        self.sources.append(RecordIds(ids, self.argument, many=True, at=at))
        return [Compared(condition.column, Comparison.IDENTIFIED, ids)], []

    @_plan.register
    def _(self, condition: c.Matches, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        words = self.parameter("words", ParameterType.WORDS)
        phrases = self.parameter("phrases", ParameterType.TEXTS)
        self.sources.append(Search((words, phrases), self.argument, at))
        return [MatchesSearch(condition.record, words, phrases)], []

    @_plan.register
    def _(self, condition: c.Related, name: str, value: Value, at: ArgumentPath) -> Parts:
        if condition.quantifier is c.Quantifier.EXPLICIT:
            return self._each(condition, name, value, at), []
        some = partial(self._some, condition, name)
        if condition.quantifier is c.Quantifier.IMPLICIT and not self._is_one(condition, name):
            return [self._plan_whole(some, name, value, at)], []
        return [some(self.plan_object(name, value, at))], []

    def _each(
        self, condition: c.Related, name: str, value: Value, at: ArgumentPath
    ) -> list[Condition]:
        asserted = []
        for quantifier, item in value.items():
            below = self._type(name, quantifier)
            met = self.plan_object(below, item, (*at, quantifier))
            if quantifier == "some":
                asserted.append(self._some(condition, below, met))
            else:
                other = met if quantifier == "none" else negate(met)
                asserted.append(negate(self._some(condition, below, other)))
        return asserted

    def _is_one(self, condition: c.Related, name: str) -> bool:
        """Return whether exactly one related row exists, whichever row the filter is on."""
        return condition.rows.is_one and not self.catalog.filters[name].chain

    def _some(self, condition: c.Related, name: str, met: Condition) -> Condition:
        target, rows = self.catalog.filters[name], condition.rows
        if met == Every() and rows.on.primary_key and not rows.through:
            return IsNotNull(rows.of)
        if self._is_one(condition, name):
            return JoinedRow(rows.of, target.table, met)
        return Exists(target.table, rows.on, rows.of, target.chain + rows.through, met)
