"""Plans mutations: their arguments, and the parts of their payloads that are selected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, GraphQLField, get_named_type, is_non_null_type
from graphql.execution.values import get_argument_values

from api.errors import OperationError
from api.plan import nodes
from api.plan.catalog import Catalog
from api.plan.planner import plan_payload
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

    def read(self, outcome: Mapping[str, Any], stored: Mapping[str, Any]) -> Any:
        """Return the selected value of an outcome."""
        if self.constant is not None:
            return self.constant
        value = outcome[self.name]
        if not self.below:
            return value
        return [{field.key: field.read(item, stored) for field in self.below} for item in value]


@dataclass(frozen=True, slots=True)
class StoredField:
    """A response key of a payload that is read from the revision; `empty` if there is none."""

    key: str
    empty: list[Any] | None

    def read(self, outcome: Mapping[str, Any], stored: Mapping[str, Any]) -> Any:
        """Return the value that was read from the database."""
        del outcome
        return stored.get(self.key, self.empty)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A root field of a mutation: its place, response key, name, arguments and selected payload.

    `plan` is that of the payload's fields that are read from the revision, if any are selected.
    """

    place: int
    key: str
    name: str
    arguments: Mapping[str, Any]
    payload: tuple[OutcomeField | StoredField, ...]
    plan: nodes.Plan | None = None

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
        return bool(self.arguments.get("dryRun"))


def plan_mutations(
    catalog: Catalog, selector: Selector, languages: int, limits: Limits
) -> list[Mutation | OutcomeField]:
    """Plan the root fields of a mutation, in their order.

    Raises:
        OperationError: an argument is not valid, or a limit is exceeded.
    """
    planner = MutationPlanner(catalog, selector, languages, limits)
    return [planner.plan(place, entry) for place, entry in enumerate(selector.root())]


@dataclass(slots=True)
class MutationPlanner:
    """Plans the root fields of a mutation."""

    catalog: Catalog
    selector: Selector
    languages: int
    limits: Limits

    def plan(self, place: int, entry: Entry) -> Mutation | OutcomeField:
        """Plan one root field."""
        name = entry.name
        if name == "__typename":
            return OutcomeField(entry.key, name, constant="Mutation")
        root: Any = self.catalog.schema.mutation_type
        field = root.fields[name]
        try:
            arguments = get_argument_values(field, entry.node, self.selector.variables)
        except GraphQLError as error:
            raise OperationError("BAD_USER_INPUT", error.message, (entry.key,)) from None
        planned = Mutation(place, entry.key, name, arguments, *self._plan_payload(entry, field))
        if planned.records > self.limits.max_records:
            message = (
                f"`{name}` has {planned.records:,} records, and may have "
                f"{self.limits.max_records:,}: send several requests."
            )
            raise OperationError("TOO_MANY_RECORDS", message, (entry.key,))
        return planned

    def _plan_payload(
        self, root: Entry, field: GraphQLField
    ) -> tuple[tuple[OutcomeField | StoredField, ...], nodes.Plan | None]:
        type_ = get_named_type(field.type).name
        entries = self.selector.below(root.details, [type_])
        payload = tuple(self._plan_field(item, type_) for item in entries)
        keys = {item.key for item in payload if isinstance(item, StoredField)}
        stored = [item for item in entries if item.key in keys]
        if not stored:
            return payload, None
        plan = plan_payload(self.catalog, self.selector, root, stored, self.languages, self.limits)
        return payload, plan

    def _plan_field(self, item: Entry, type_: str) -> OutcomeField | StoredField:
        parent: Any = self.catalog.schema.type_map[type_]
        name = item.name
        if name == "__typename" or isinstance(self.catalog.bindings[type_, name], Outcome):
            return self._plan_outcome(item, type_)
        return StoredField(item.key, [] if is_non_null_type(parent.fields[name].type) else None)

    def _plan_outcome(self, item: Entry, type_: str) -> OutcomeField:
        name = item.name
        if name == "__typename":
            return OutcomeField(item.key, name, constant=type_)
        binding = self.catalog.bindings[type_, name]
        assert isinstance(binding, Outcome)
        below: tuple[OutcomeField, ...] = ()
        if item.node.selection_set is not None:
            parent: Any = self.catalog.schema.type_map[type_]
            target = get_named_type(parent.fields[name].type).name
            entries = self.selector.below(item.details, [target])
            below = tuple(self._plan_outcome(one, target) for one in entries)
        return OutcomeField(item.key, binding.name, below=below)
