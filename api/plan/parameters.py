"""Plans a field's arguments: creates parameters and records their sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import GraphQLInt, VariableNode, get_named_type
from sqlalchemy import Boolean, DateTime, Integer

from api.errors import OperationError
from api.plan.arguments import FieldSelection, value_of
from api.plan.catalog import Catalog
from api.plan.conditions import Compared, Comparison, Condition
from api.plan.cursor import sign_order
from api.plan.filters import plan_condition, prune
from api.plan.limits import ConditionCounter
from api.plan.nodes import Hits
from api.plan.parameter_sources import (
    Argument,
    Languages,
    Operand,
    PageSize,
    Parameter,
    ParameterSource,
    Position,
    Reading,
    RecordIds,
    RecordKey,
    Resumption,
    Search,
    Signature,
    Type,
)
from api.plan.selection import Selector
from api.schema.bindings import Column, Order, Term
from api.schema.dimensions import Dimension
from api.schema.fields import PAGE_SIZE
from api.settings import Limits
from api.text.language import lookup_chain

MAX_DIMENSIONS = 3
# The changes that a subscription reads at once.
STREAM_PAGE = 100
LANGUAGE_SLOTS = (0, 1, 2, 4, 8, 16)


def slots_for(count: int) -> int:
    """Round a number of languages up, so that few plans serve all requests."""
    return next((slots for slots in LANGUAGE_SLOTS if count <= slots), LANGUAGE_SLOTS[-1])


def count_languages(argument: Argument, tags: Sequence[str]) -> int:
    """Return the number of languages to look up, as far as the variables' shape determines it.

    Of variables within a list, each has its own: the next request's may repeat none of them.
    """
    if argument.node is None or isinstance(argument.node, VariableNode):
        return len(lookup_chain(tags))
    return sum(slots_for(len(lookup_chain([tag]))) for tag in tags)


@dataclass(slots=True)
class Parameters:
    """The parameters of one operation, and where their values come from."""

    catalog: Catalog
    selector: Selector
    languages: int
    limits: Limits
    sources: list[ParameterSource] = field(default_factory=list)
    preferred: tuple[Parameter, ...] | None = None
    named: int = 0
    conditions: ConditionCounter = field(init=False)

    def __post_init__(self) -> None:
        """Count conditions from here on."""
        self.conditions = ConditionCounter(self.limits)

    def parameter(self, stem: str, type_: Type = Type.TEXT) -> Parameter:
        """Create the next parameter."""
        self.named += 1
        return Parameter(f"{stem}_{self.named}", type_)

    def _value(self, argument: Argument) -> Any:
        return value_of(argument, self.selector.variables.coerced)

    def _is_given(self, asked: FieldSelection, name: str) -> bool:
        return name in asked.field.args and self._value(asked.argument(name)) is not None

    def plan_equal(
        self,
        asked: FieldSelection,
        arguments: tuple[tuple[str, Column], ...],
    ) -> tuple[tuple[Column, Parameter], ...]:
        """Plan equality of columns with the given arguments."""
        given = []
        for name, column in arguments:
            argument = asked.argument(name)
            if self._value(argument) is not None:
                parameter = self.parameter(name, _type_of(column))
                number = parameter.type is Type.INTEGER
                reading = Reading.NUMBER if number else Reading.TEXT
                self.sources.append(Operand(parameter, argument, reading=reading))
                given.append((column, parameter))
        return tuple(given)

    def plan_ids(self, asked: FieldSelection, *, many: bool, name: str = "") -> Parameter:
        """Plan the ids of an argument, `ids` or `id` if it has no other name."""
        argument = asked.argument(name or ("ids" if many else "id"))
        self._value(argument)  # raises an error if a variable is null where null is not allowed
        ids = self.parameter("ids")
        self.sources.append(RecordIds(ids, argument, many))
        return ids

    def plan_filter(self, asked: FieldSelection, order: Order) -> Condition | None:
        """Plan a filter on rows in an order; return None if it has no condition."""
        if "filter" not in asked.field.args:
            return None
        argument = asked.argument("filter")
        given = self._value(argument)
        self.conditions.add(given, asked.path)
        value = prune(given, argument.type)
        if not value:
            return None
        condition, sources = plan_condition(self.catalog, argument, value, self.parameter, order)
        self.sources += sources
        return condition

    def plan_order(self, asked: FieldSelection, identity: tuple[Column, ...]) -> Order:
        """Plan the requested order; ties are broken in the direction of its last term."""
        if "orderBy" not in asked.field.args:
            return ()
        argument = asked.argument("orderBy")
        wanted = self._value(argument)
        if not wanted:
            return ()
        orders = self.catalog.orders[get_named_type(argument.type).name]
        terms: dict[Column, Term] = {}
        for item in wanted:
            descending = item["direction"] == "DESC"
            column = orders[item["field"]][descending]
            terms.setdefault(column, Term(column, descending))
        for column in identity:
            terms.setdefault(column, Term(column, descending))
        return tuple(terms.values())

    def plan_size(self, asked: FieldSelection) -> tuple[Parameter, bool]:
        """Plan a page's size, and whether it is counted from the end."""
        first = asked.argument("first")
        backward = self._is_given(asked, "last")
        if backward and self._value(first) is not None:
            message = "`first` and `last` are both given: give one, the direction of the page."
            raise OperationError("FIRST_AND_LAST", message, asked.path)
        argument = asked.argument("last") if backward else first
        if self._value(argument) is None:
            size = min(PAGE_SIZE, self.limits.max_page)
            argument = replace(argument, node=None, constant=size)
        parameter = self.parameter("last" if backward else "first", Type.INTEGER)
        self.sources.append(PageSize(parameter, argument))
        return parameter, backward

    def plan_groups(self, asked: FieldSelection) -> tuple[Parameter, str]:
        """Plan the number of groups, and what they are ordered by."""
        first, order = asked.argument("first"), self._value(asked.argument("orderBy")) or "COUNT"
        if self._value(first) is None:
            default = min(asked.field.args["first"].default_value, self.limits.max_page)
            first = replace(first, node=None, constant=default)
        size = self.parameter("first", Type.INTEGER)
        self.sources.append(PageSize(size, first))
        return size, order

    def plan_dimensions(
        self, asked: FieldSelection
    ) -> tuple[tuple[str, ...], tuple[Dimension, ...]]:
        """Plan the dimensions by which a list is grouped."""
        by = asked.argument("by")
        names = tuple(str(name) for name in self._value(by))
        if not 1 <= len(names) <= MAX_DIMENSIONS:
            message = f"`by` has {len(names)} dimensions: list 1 to {MAX_DIMENSIONS}."
            raise OperationError("BAD_USER_INPUT", message, asked.path)
        if len(set(names)) < len(names):
            message = "`by` lists a dimension twice: list each once."
            raise OperationError("BAD_USER_INPUT", message, asked.path)
        dimensions = self.catalog.dimensions[get_named_type(by.type).name]
        return names, tuple(dimensions[name] for name in names)

    def plan_sum(self, asked: FieldSelection) -> tuple[Parameter, Parameter | None]:
        """Plan the measure of a sum, and its unit; None if the figures have no unit."""
        names = ("measure", "unit") if self._is_given(asked, "unit") else ("measure",)
        given = []
        for name in names:
            given.append(self.parameter(name))
            self._value(asked.argument(name))
            self.sources.append(Operand(given[-1], asked.argument(name)))
        return given[0], given[1] if len(given) > 1 else None

    def plan_search(self, asked: FieldSelection) -> tuple[Hits, Parameter]:
        """Plan a search: its records, and the patterns in their fields."""
        text = asked.argument("text")
        words = self.parameter("words", Type.WORDS)
        phrases = self.parameter("phrases", Type.TEXTS)
        patterns = self.parameter("patterns", Type.TEXTS)
        self.sources.append(Search((words, phrases, patterns), text))
        return Hits(words, phrases, self._plan_kinds(asked)), patterns

    def _plan_kinds(self, asked: FieldSelection) -> Parameter | None:
        """Plan the list of kinds of records; return None if it is not given."""
        if not self._is_given(asked, "kinds"):
            return None
        wanted = self.parameter("kinds", Type.TEXTS)
        self.sources.append(Operand(wanted, asked.argument("kinds"), reading=Reading.LIST))
        return wanted

    def plan_kinds(self, asked: FieldSelection, column: Column) -> Condition | None:
        """Plan that a column has one of the given kinds; return None if none are given."""
        wanted = self._plan_kinds(asked)
        return None if wanted is None else Compared(column, Comparison.ONE_OF, wanted)

    def plan_record(
        self, asked: FieldSelection, kind: Column, key: Column
    ) -> tuple[tuple[Column, Parameter], ...]:
        """Plan equality of two columns with the kind and key of the given id."""
        if not self._is_given(asked, "record"):
            return ()
        parameters = self.parameter("kind"), self.parameter("key")
        self.sources.append(RecordKey(parameters, asked.argument("record")))
        return (kind, parameters[0]), (key, parameters[1])

    def plan_signature(self, asked: FieldSelection, order: Order) -> Signature:
        """Plan the signature of a list's cursors."""
        names = [name for name in ("filter", "text", "kinds", "record") if name in asked.field.args]
        arguments = (asked.argument(name) for name in names)
        deciding = tuple(item for item in arguments if prune(self._value(item), item.type))
        parameter = self.parameter("signature")
        signature = Signature(parameter, order, sign_order(order), deciding)
        self.sources.append(signature)
        return signature

    def plan_position(
        self, asked: FieldSelection, name: str, signature: Signature
    ) -> tuple[Parameter, ...]:
        """Plan a cursor's position: a parameter for each column of the order."""
        if not self._is_given(asked, name):
            return ()
        parameters = self._position(name, signature)
        self.sources.append(Position(parameters, asked.argument(name), signature))
        return parameters

    def plan_stream(
        self, asked: FieldSelection, order: Order
    ) -> tuple[Parameter, tuple[Parameter, ...], Parameter]:
        """Plan the size of a subscription's pages, their position, and the cursors' signature."""
        size = self.parameter("first", Type.INTEGER)
        most = min(STREAM_PAGE, self.limits.max_page)
        self.sources.append(PageSize(size, Argument(asked.path, "first", GraphQLInt, None, most)))
        signature = self.plan_signature(asked, order)
        position = self._position("after", signature)
        self.sources.append(Resumption(position, asked.argument("after"), signature))
        return size, position, signature.parameter

    def _position(self, name: str, signature: Signature) -> tuple[Parameter, ...]:
        return tuple(
            self.parameter(f"{name}_{place}", _type_of(term.column))
            for place, term in enumerate(signature.order, 1)
        )

    def plan_languages(self, asked: FieldSelection) -> tuple[Parameter, ...]:
        """Plan the preferred languages: the argument's, then the request's."""
        argument = asked.argument("lang")
        given = self._slots(argument, count_languages(argument, self._value(argument) or ()))
        if self.preferred is None:
            self.preferred = self._slots(None, self.languages)
        return given + self.preferred

    def _slots(self, argument: Argument | None, count: int) -> tuple[Parameter, ...]:
        parameters = tuple(
            self.parameter(f"language_{place}") for place in range(1, slots_for(count) + 1)
        )
        if not parameters:
            return ()
        self.sources.append(Languages(parameters, argument))
        return parameters


def _type_of(column: Column) -> Type:
    match column.type:
        case Boolean():
            return Type.BOOLEAN
        case Integer():
            return Type.INTEGER
        case DateTime():
            return Type.MOMENT
        case _:
            return Type.TEXT
