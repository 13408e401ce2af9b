"""Plans mutations: their arguments, and the parts of their payloads that are selected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, get_named_type
from graphql.execution.values import get_argument_values

from api.errors import OperationError
from api.plan.catalog import Catalog
from api.plan.selection import Entry, Selector
from api.schema.bindings import Outcome
from api.settings import Limits

# Points of cost of a record that is written or deleted.
RECORD_COST = 10


@dataclass(frozen=True, slots=True)
class OutcomeField:
    """A response key of a payload: a part of the outcome, or a constant such as its type's name.

    `below` are the fields selected on each of its items, where these are objects.
    """

    key: str
    name: str
    constant: str | None = None
    below: tuple["OutcomeField", ...] = ()

    def read(self, outcome: Mapping[str, Any]) -> Any:
        """Return the selected value of an outcome."""
        if self.constant is not None:
            return self.constant
        value = outcome[self.name]
        if not self.below:
            return value
        return [{field.key: field.read(item) for field in self.below} for item in value]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A root field of a mutation: its place, response key, name, arguments and selected payload."""

    place: int
    key: str
    name: str
    arguments: Mapping[str, Any]
    payload: tuple[OutcomeField, ...]

    @property
    def records(self) -> int:
        """The number of records that it writes or deletes."""
        arguments = self.arguments
        if (dossier := arguments.get("dossier")) is not None:
            return 1 + sum(len(item) for item in dossier.values() if isinstance(item, list))
        return len(arguments.get("records") or arguments.get("ids") or ())

    @property
    def dry_run(self) -> bool:
        """Whether nothing is written."""
        return bool(self.arguments["dryRun"])


def plan_mutations(
    catalog: Catalog, selector: Selector, limits: Limits
) -> list[Mutation | OutcomeField]:
    """Plan the root fields of a mutation, in their order.

    Raises:
        OperationError: an argument is not valid, or a field writes too many records.
    """
    return [
        _plan_root_field(catalog, selector, place, entry, limits)
        for place, entry in enumerate(selector.root())
    ]


def _plan_root_field(
    catalog: Catalog, selector: Selector, place: int, entry: Entry, limits: Limits
) -> Mutation | OutcomeField:
    name = entry.node.name.value
    if name == "__typename":
        return OutcomeField(entry.key, name, constant="Mutation")
    root: Any = catalog.schema.mutation_type
    field = root.fields[name]
    try:
        arguments = get_argument_values(field, entry.node, selector.variables)
    except GraphQLError as error:
        raise OperationError("BAD_USER_INPUT", error.message, (entry.key,)) from None
    payload = _plan_outcome(catalog, selector, entry, get_named_type(field.type).name)
    planned = Mutation(place, entry.key, name, arguments, payload)
    if planned.records > limits.max_records:
        message = (
            f"`{name}` has {planned.records:,} records, and may have {limits.max_records:,}: send "
            "several requests."
        )
        raise OperationError("TOO_MANY_RECORDS", message, (entry.key,))
    return planned


def _plan_outcome(
    catalog: Catalog, selector: Selector, entry: Entry, type_: str
) -> tuple[OutcomeField, ...]:
    fields = []
    for item in selector.below(entry.details, [type_]):
        name = item.node.name.value
        if name == "__typename":
            fields.append(OutcomeField(item.key, name, constant=type_))
            continue
        binding = catalog.bindings[type_, name]
        assert isinstance(binding, Outcome)
        below: tuple[OutcomeField, ...] = ()
        if item.node.selection_set is not None:
            parent: Any = catalog.schema.type_map[type_]
            target = get_named_type(parent.fields[name].type).name
            below = _plan_outcome(catalog, selector, item, target)
        fields.append(OutcomeField(item.key, binding.name, below=below))
    return tuple(fields)
