"""Fast path for variable coercion; on any doubt graphql-core's coercion runs and reports.

A doubtful value need not be wrong: graphql-core coerces it, and reports errors if there are any.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    Undefined,
)

Coercer = Callable[[Any], Any]
# The exceptions by which the fast path gives up.
FALLBACK = (ValueError, KeyError, TypeError, GraphQLError)
LARGEST = 2**31 - 1
# Depth of nested objects and lists, below which the fast path gives up.
DEEPEST = 16


class Fields(dict[str, Coercer]):
    """The coercers of an input object's fields, built on demand since types may be recursive."""

    def __init__(
        self,
        types: Mapping[str, GraphQLInputType],
        defaults: Mapping[str, Any],
        depth: int = DEEPEST,
    ) -> None:
        """Read the fields once; their coercers are built on first use."""
        super().__init__()
        self.types = types
        self.defaults = defaults
        self.depth = depth
        strict = {name for name, type_ in types.items() if isinstance(type_, GraphQLNonNull)}
        self.required = tuple(name for name in types if name in strict and name not in defaults)
        self.optional = tuple(name for name in types if name not in self.required)

    def __missing__(self, name: str) -> Coercer:
        """Build a field's coercer."""
        self[name] = coercer = build_coercer(self.types[name], self.depth)
        return coercer

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Read the fields that are given, and the defaults of those that are not."""
        values = {name: self[name](given[name]) for name in self.required}
        for name in self.optional:
            if name in given:
                values[name] = self[name](given[name])
            elif name in self.defaults:
                values[name] = self.defaults[name]
        return values


def build_coercer(type_: GraphQLInputType, depth: int = DEEPEST) -> Coercer:
    """Return a coercer that accepts plain values and raises one of FALLBACK on any doubt."""
    if isinstance(type_, GraphQLNonNull):
        return _build_strict(type_.of_type, depth)
    strict = _build_strict(type_, depth)
    return lambda value: None if value is None else strict(value)


def _build_strict(type_: Any, depth: int) -> Coercer:
    if not depth:
        return _doubt
    match type_:
        case GraphQLList():
            return _build_list(build_coercer(type_.of_type, depth - 1))
        case GraphQLInputObjectType() if not type_.is_one_of:
            return _build_object(type_, depth - 1)
        case GraphQLEnumType():
            return {name: type_.coerce_input_value(name) for name in type_.values}.__getitem__
        case GraphQLScalarType():
            return FAST_SCALARS.get(type_.name) or _build_scalar(type_.coerce_input_value)
        case _:
            return _doubt


def _doubt(value: Any) -> Any:
    raise ValueError(value)


def _build_list(coerce: Coercer) -> Coercer:
    def read(value: Any) -> list[Any]:
        if type(value) is not list:
            raise ValueError(value)
        return [coerce(item) for item in value]

    return read


def _build_object(type_: GraphQLInputObjectType, depth: int) -> Coercer:
    types = {name: item.type for name, item in type_.fields.items()}
    defaults = {
        name: item.default_value
        for name, item in type_.fields.items()
        if item.default_value is not Undefined
    }
    fields = Fields(types, defaults, depth)

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict or not types.keys() >= value.keys():
            raise ValueError(value)
        return fields.read(value)

    if type_.out_type is GraphQLInputObjectType.out_type:
        return read
    return lambda value: type_.out_type(read(value))  # by which Strawberry checks a @oneOf


def _build_scalar(coerce: Coercer) -> Coercer:
    def read(value: Any) -> Any:
        return coerce(_read_text(value))

    return read


def _read_text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError(value)
    return value


def _read_number(value: Any) -> int:
    if type(value) is not int or not -LARGEST <= value <= LARGEST:
        raise ValueError(value)
    return value


def _read_flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError(value)
    return value


FAST_SCALARS: dict[str, Coercer] = {
    "Int": _read_number,
    "String": _read_text,
    "ID": _read_text,
    "Boolean": _read_flag,
}
