"""Plans filters: converts a filter argument's value into a condition on rows.

The condition depends only on the value's structure; the operands become parameters.
`api.sql.conditions` builds its SQL.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, singledispatchmethod
from typing import Any

from graphql import get_named_type

from api.plan.catalog import Catalog
from api.plan.conditions import (
    And,
    Compared,
    Comparison,
    Condition,
    Exists,
    HasBounds,
    IsNotNull,
    JoinedRow,
    MatchesSearch,
    Or,
    all_of,
    negate,
)
from api.plan.parameter_sources import (
    Argument,
    ArgumentPath,
    Operand,
    Parameter,
    ParameterSource,
    Reading,
    RecordIds,
    Search,
)
from api.plan.parameter_sources import Type as ParameterType
from api.schema import filter_bindings as b
from api.schema.bindings import Column, Order

Value = dict[str, Any]
Parts = tuple[list[Condition], list[Condition]]  # the conditions that a field asserts and negates
# By operator and end of a range of days: the comparisons with that day, `{operator: {end: …}}`.
RangeComparisons = dict[str, dict[str, list[tuple[Column, Comparison]]]]
NewParameter = Callable[[str, ParameterType], Parameter]
# By operator of a StringFilter: its comparison with a plain text, and with a localized text.
OPERATORS = {
    "eq": (Comparison.EQUALS, Comparison.ANY_TRANSLATION_EQUALS),
    "ne": (Comparison.EQUALS, Comparison.ANY_TRANSLATION_EQUALS),
    "in": (Comparison.ONE_OF, Comparison.ANY_TRANSLATION_ONE_OF),
    "notIn": (Comparison.ONE_OF, Comparison.ANY_TRANSLATION_ONE_OF),
    "startsWith": (Comparison.STARTS_WITH, Comparison.CONTAINS),
    "contains": (Comparison.CONTAINS, Comparison.CONTAINS),
}
NEGATED = ("ne", "notIn")
FOLDED = {
    "startsWith": (Reading.FOLDED, Reading.FOLDED_START),
    "contains": (Reading.SPELLED, Reading.SPELLED),
}


def plan_condition(
    catalog: Catalog,
    argument: Argument,
    value: Value,
    parameter: NewParameter,
    order: Order = (),
) -> tuple[Condition, list[ParameterSource]]:
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
        if item is not None and (item != {} or _requires_record(name, below.name))
    }


def _requires_record(name: str, type_: str) -> bool:
    """Return whether `{}` under a field of this name and type requires a related record."""
    conditions = type_.endswith(("StringFilter", "DateFilter", "ListFilter", "Range"))
    return not conditions and name not in ("not", "every")


@dataclass(slots=True)
class FilterPlanner:
    """Plans one filter."""

    catalog: Catalog
    argument: Argument
    parameter: NewParameter
    ordered: set[Column]
    sources: list[ParameterSource]

    def plan_root(self, name: str, value: Value) -> Condition:
        """Plan a whole filter; on a hierarchy, a row also matches by its ancestors."""
        target = self.catalog.filters[name]
        if not target.chain:
            return self.plan_object(name, value, ())
        itself = b.Related(
            b.RelatedRows(target.table.c.id, target.table.c.id), b.Quantifier.IMPLICIT
        )
        return self._plan_whole(partial(self._some, itself, name), name, value, ())

    def plan_object(self, name: str, value: Value, at: ArgumentPath) -> Condition:
        """Plan an object of conditions on one row."""
        asserted, negated, combined = self._parts(name, value, at, self.plan_object)
        return all_of([*asserted, *map(negate, negated), *combined])

    def _plan_whole(
        self, some: Callable[[Condition], Condition], name: str, value: Value, at: ArgumentPath
    ) -> Condition:
        """Plan an object of conditions on related rows, or on ancestors.

        One row has to meet all asserted conditions, and no row may meet a negated one; `{}` only
        requires a row.
        """
        again = partial(self._plan_whole, some)
        asserted, negated, combined = self._parts(name, value, at, again)
        met = [some(all_of(asserted))] if asserted or not value else []
        return all_of([*met, *(negate(some(item)) for item in negated), *combined])

    def _parts(
        self, name: str, value: Value, at: ArgumentPath, again: Callable[..., Condition]
    ) -> tuple[list[Condition], list[Condition], list[Condition]]:
        asserted: list[Condition] = []
        negated: list[Condition] = []
        combined: list[Condition] = []
        for key, item in value.items():
            path = (*at, key)
            match key:
                case "and" | "or":
                    below = [again(name, part, (*path, place)) for place, part in enumerate(item)]
                    combined.append(all_of(below) if key == "and" else Or(tuple(below)))
                case "not":
                    combined.append(negate(again(name, item, path)))
                case _:
                    binding = self.catalog.filter_bindings[name, key]
                    yes, no = self._plan(binding, self._type(name, key), item, path)
                    asserted += yes
                    negated += no
        return asserted, negated, combined

    def _type(self, name: str, key: str) -> str:
        parent: Any = self.catalog.schema.type_map[name]
        return str(get_named_type(parent.fields[key].type).name)

    # One method for each kind of binding.

    @singledispatchmethod
    def _plan(self, binding: Any, name: str, value: Any, at: ArgumentPath) -> Parts:
        raise TypeError(binding, name, value, at)

    @_plan.register
    def _(self, binding: b.Texts, name: str, value: Value, at: ArgumentPath) -> Parts:
        del name
        asserted: list[Condition] = []
        negated: list[Condition] = []
        for operator, operand in value.items():
            if operator == "isNull":
                given = self._in_rows(binding, IsNotNull(binding.column))
                (negated if operand else asserted).append(given)
                continue
            compared = self._in_rows(binding, self._compare(binding, operator, at))
            (negated if operator in NEGATED else asserted).append(compared)
        return asserted, negated

    def _in_rows(self, binding: b.Texts, compared: Condition) -> Condition:
        rows = binding.rows
        if rows is None:
            return compared
        return Exists(binding.column.table, rows.on, rows.of, rows.through, compared)

    def _compare(self, texts: b.Texts, operator: str, at: ArgumentPath) -> Condition:
        localized = texts.kind is b.TextKind.LOCALIZED
        comparison = OPERATORS[operator][localized]
        reading = Reading.LIST if operator in ("in", "notIn") else Reading.TEXT
        if operator in FOLDED:
            reading = FOLDED[operator][localized]
        column = texts.folded if operator in FOLDED else texts.column
        compared = self._compared(column, comparison, reading, (*at, operator), texts.canonical)
        lowered = operator in FOLDED and texts.kind is b.TextKind.ASCII
        return replace(compared, lowered=lowered)

    def _compared(
        self,
        column: Column,
        comparison: Comparison,
        reading: Reading,
        at: ArgumentPath,
        canonical: Callable[[str], str] = str,
    ) -> Compared:
        listed = ParameterType.TEXTS if reading is Reading.LIST else ParameterType.TEXT
        value = self.parameter("value", listed)
        self.sources.append(Operand(value, self.argument, at, reading, canonical))
        return Compared(column, comparison, value)

    @_plan.register
    def _(self, binding: b.OneOf, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        return [self._compared(binding.column, Comparison.ONE_OF, Reading.LIST, at)], []

    @_plan.register
    def _(self, binding: b.Flag, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        flag = self.parameter("value", ParameterType.BOOLEAN)
        self.sources.append(Operand(flag, self.argument, at, Reading.FLAG))
        comparison = Comparison.FILLED if binding.filled else Comparison.EQUALS
        return [Compared(binding.column, comparison, flag)], []

    @_plan.register
    def _(self, binding: b.DateKeys, name: str, value: Value, at: ArgumentPath) -> Parts:
        del name
        ascending = binding.ascending in self.ordered
        key = binding.ascending if ascending else binding.descending
        starts, ends = Comparison.KEY_STARTS_BY, Comparison.KEY_ENDS_BY
        comparisons: RangeComparisons = {
            "overlaps": {"from": [(key, Comparison.KEY_ENDS_FROM)], "to": [(key, starts)]},
            # `to` is compared with the start, too: an index on the keys serves a range of starts.
            "within": {
                "from": [(key, Comparison.KEY_STARTS_FROM)],
                "to": [(key, starts), (key, ends)],
            },
        }
        return self._date(HasBounds(key, ascending), binding.precision, comparisons, value, at)

    @_plan.register
    def _(self, binding: b.DateBounds, name: str, value: Value, at: ArgumentPath) -> Parts:
        del name
        earliest, latest = binding.earliest, binding.latest
        comparisons: RangeComparisons = {
            "overlaps": {
                "from": [(latest, Comparison.DAY_FROM_OR_NULL)],
                "to": [(earliest, Comparison.DAY_BY_OR_NULL)],
            },
            "within": {
                "from": [(earliest, Comparison.DAY_FROM)],
                "to": [(latest, Comparison.DAY_BY)],
            },
        }
        known = Or((IsNotNull(earliest), IsNotNull(latest)))
        return self._date(known, binding.precision, comparisons, value, at)

    def _date(
        self,
        known: Condition,
        precision: Column,
        comparisons: RangeComparisons,
        value: Value,
        at: ArgumentPath,
    ) -> Parts:
        """Plan a DateFilter on a date that has bounds if it is `known`."""
        asserted: list[Condition] = []
        negated: list[Condition] = []
        for operator, operand in value.items():
            path = (*at, operator)
            match operator:
                case "known":
                    (asserted if operand else negated).append(known)
                case "precision":
                    one_of = Comparison.ONE_OF
                    asserted.append(self._compared(precision, one_of, Reading.LIST, path))
                case _:
                    days = self._range(comparisons[operator], operand, path)
                    asserted.append(all_of([known, *days]))
        return asserted, negated

    def _range(
        self,
        comparisons: dict[str, list[tuple[Column, Comparison]]],
        ends: Value,
        at: ArgumentPath,
    ) -> list[Condition]:
        """Plan a range of days: a date is possibly (`overlaps`) or certainly (`within`) in it."""
        conditions: list[Condition] = []
        for end in [end for end in ("from", "to") if end in ends]:
            # The first day of a range that ends before it starts is replaced, so that it is empty.
            whole = end == "from" and "to" in ends
            reading, path = (Reading.RANGE_START, at) if whole else (Reading.TEXT, (*at, end))
            conditions += [
                self._compared(column, comparison, reading, path)
                for column, comparison in comparisons[end]
            ]
        return conditions

    @_plan.register
    def _(self, binding: b.DecimalRange, name: str, value: Value, at: ArgumentPath) -> Parts:
        del name
        conditions: list[Condition] = []
        for end, comparison in (("from", Comparison.AT_LEAST), ("to", Comparison.AT_MOST)):
            if end in value:
                number = self.parameter("number", ParameterType.LONG)
                operand = Operand(number, self.argument, (*at, end), Reading.DECIMAL)
                self.sources.append(operand)
                conditions.append(Compared(binding.column, comparison, number))
        return conditions, []

    @_plan.register
    def _(self, binding: b.RefersToOneOf, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        return [self._identified(binding.column, Comparison.REFERS_TO_ONE_OF, at)], []

    @_plan.register
    def _(self, binding: b.DefinedByOneOf, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        return [self._identified(binding.column, Comparison.DEFINED_BY_ONE_OF, at)], []

    def _identified(self, column: Column, comparison: Comparison, at: ArgumentPath) -> Compared:
        ids = self.parameter("ids", ParameterType.TEXT)
        self.sources.append(RecordIds(ids, self.argument, many=True, at=at))
        return Compared(column, comparison, ids)

    @_plan.register
    def _(self, binding: b.FullText, name: str, value: Any, at: ArgumentPath) -> Parts:
        del name, value
        words = self.parameter("words", ParameterType.WORDS)
        phrases = self.parameter("phrases", ParameterType.TEXTS)
        self.sources.append(Search((words, phrases), self.argument, at))
        return [MatchesSearch(binding.record, words, phrases)], []

    @_plan.register
    def _(self, binding: b.Related, name: str, value: Value, at: ArgumentPath) -> Parts:
        if binding.quantifier is b.Quantifier.EXPLICIT:
            return self._each(binding, name, value, at), []
        some = partial(self._some, binding, name)
        if binding.quantifier is b.Quantifier.IMPLICIT and not self._is_one(binding, name):
            return [self._plan_whole(some, name, value, at)], []
        return [some(self.plan_object(name, value, at))], []

    def _each(
        self, binding: b.Related, name: str, value: Value, at: ArgumentPath
    ) -> list[Condition]:
        asserted = []
        for quantifier, item in value.items():
            below = self._type(name, quantifier)
            met = self.plan_object(below, item, (*at, quantifier))
            if quantifier == "some":
                asserted.append(self._some(binding, below, met))
            else:
                other = met if quantifier == "none" else negate(met)
                asserted.append(negate(self._some(binding, below, other)))
        return asserted

    def _is_one(self, binding: b.Related, name: str) -> bool:
        """Return whether exactly one related row exists, whichever row the filter is on."""
        return binding.rows.is_one and not self.catalog.filters[name].chain

    def _some(self, binding: b.Related, name: str, met: Condition) -> Condition:
        target, rows = self.catalog.filters[name], binding.rows
        if met == And() and rows.on.primary_key and not rows.through:
            return IsNotNull(rows.of)
        if self._is_one(binding, name):
            return JoinedRow(rows.of, target.table, met)
        through = target.chain + rows.through
        return Exists(target.table, rows.on, rows.of, through, met)
