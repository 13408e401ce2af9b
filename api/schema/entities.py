"""Declarations of entities: types bound to tables, with their root field and description."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import strawberry

from api.schema.bindings import Entity, Identity, Order
from api.schema.fields import BINDING

ENTITY = "__mithaq_entity__"


@dataclass(frozen=True, slots=True)
class Root:
    """The root field that lists an entity's records: name, order in words, connection type."""

    name: str
    sorting: str
    connection: Any


ENTITIES: list[Any] = []
"""The types that are bound to tables, in the order of their declarations."""
ROOTS: dict[Any, Root] = {}
"""By entity, its root field."""


def described(make: Any, **options: Any) -> Any:
    """Decorate a class by `make`, a decorator of Strawberry, with its docstring as description."""

    def decorate(cls: Any) -> Any:
        words = vars(cls).get("__doc__")
        if not words:
            raise TypeError(f"{cls.__name__} has no docstring, which is its description")
        return make(cls, description=" ".join(words.split()), **options)

    return decorate


def entity(
    *models: Any,
    order: Order = (),
    kind: str | None = None,
    root: Root | None = None,
    interface: bool = False,
) -> Any:
    """Declare a type whose rows are in these tables; the first has the columns of orders.

    A type with a `root` is listed by that root field and needs a filter (see `list_roots`).
    """

    def decorate(cls: Any) -> Any:
        tables = tuple(getattr(model, "__table__", model) for model in models)
        setattr(cls, ENTITY, Entity(tables, order, kind))
        ENTITIES.append(cls)
        if root is not None:
            ROOTS[cls] = root
        return described(strawberry.interface if interface else strawberry.type)(cls)

    return decorate


def make_class(name: str, module: str, fields: dict[str, tuple[Any, Any]]) -> Any:
    """Build a class for Strawberry from its fields' types and declarations."""
    annotations = {key: type_ for key, (type_, _) in fields.items()}
    values = {key: field for key, (_, field) in fields.items()}
    return type(name, (), {"__annotations__": annotations, "__module__": module, **values})


def check_kinds(kinds: Iterable[str], entities: Iterable[Any]) -> None:
    """Raise a TypeError that names the kinds of records that no entity is the type of."""
    declared = {kind for entity_ in entities if (kind := _kind_of(entity_))}
    missing = [kind for kind in kinds if kind not in declared]
    if missing:
        raise TypeError(f"kinds without a type in api/schema: {', '.join(missing)}")


def _kind_of(cls: Any) -> str | None:
    """Return the kind that all records of a type have; None if they differ or have none."""
    bound: Entity = getattr(cls, ENTITY)
    id_ = cls.__strawberry_definition__.get_field("id")
    identity = id_ and id_.metadata.get(BINDING)
    if bound.kind is None and isinstance(identity, Identity) and isinstance(identity.kind, str):
        return identity.kind.upper()
    return bound.kind
