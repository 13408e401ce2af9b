"""Binds a plan's parameters to a request's values; the last step that can refuse a request."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from api.plan.execution_input import ExecutionInput
from api.plan.nodes import Plan
from api.plan.parameter_sources import (
    Introspection,
    Languages,
    Parameter,
    ParameterSource,
    Position,
    RecordKey,
    Resumption,
    Search,
    Signature,
    Type,
)
from api.plan.source_readers import Reader, build_reader
from api.settings import Limits

# Types that need no conversion for any driver.
NATIVE_TYPES = (Type.TEXT, Type.INTEGER, Type.LONG, Type.BOOLEAN)


class Placeholders(Protocol):
    """A statement's placeholders: which parameter each stands for, and the values of some."""

    order: tuple[str, ...]
    constants: dict[str, Any]


class Binder:
    """Binds a plan's parameters; those without variables are read once, when it is built."""

    def __init__(
        self,
        plan: Plan,
        statement: Placeholders,
        adapt: Callable[[Any], Any],
        limits: Limits,
    ) -> None:
        """Read the constants of a plan, and map its parameters to the statement's placeholders.

        Raises:
            OperationError: a constant is out of range, or is not a valid cursor or id.
        """
        named = frozenset(statement.order)
        sources = [used for source in plan.sources if (used := _used(source, named))]
        early = [source for source in sources if _is_constant(source)]
        late = [source for source in sources if not _is_constant(source)]
        self.constants = [adapt(value) for value in statement.constants.values()]
        self.given = ExecutionInput({}, ())  # what the document itself gives
        for source in early:
            self.constants += _adapted_reader(source, adapt, limits)(self.given)
        self.readers = [_adapted_reader(source, adapt, limits) for source in late]
        parameters = (item for source in early + late for item in _parameters_of(source))
        names = [*statement.constants, *(parameter.name for parameter in parameters)]
        places = {name: place for place, name in enumerate(names)}
        self.order = [places[name] for name in statement.order]

    def bind(self, inputs: ExecutionInput) -> list[Any]:
        """Return the values of the statement's placeholders.

        Raises:
            OperationError: a value is out of range, or is not a valid cursor or id.
        """
        if self.given.revision:
            inputs.read_after(self.given.revision, self.given.path)
        values = self.constants.copy()
        for read in self.readers:
            values += read(inputs)
        return [values[place] for place in self.order]


def _parameters_of(source: ParameterSource) -> tuple[Parameter, ...]:
    match source:
        case Search() | Position() | Languages() | RecordKey():
            return source.parameters
        case _:
            return (source.parameter,)


def _used(source: ParameterSource, names: frozenset[str]) -> ParameterSource | None:
    """Drop the parameters that a statement does not use, such as a search's patterns."""
    match source:
        case Signature() if source.parameter.name not in names:
            return None
        case Search():
            used = tuple(item for item in source.parameters if item.name in names)
            return replace(source, parameters=used)
        case _:
            return source


def _adapted_reader(source: ParameterSource, adapt: Callable[[Any], Any], limits: Limits) -> Reader:
    """Return a function that reads a source's values and converts them for the database."""
    read = build_reader(source, limits)
    if all(parameter.type in NATIVE_TYPES for parameter in _parameters_of(source)):
        return read
    return lambda inputs: [adapt(value) for value in read(inputs)]


def _is_constant(source: ParameterSource) -> bool:
    match source:
        case Introspection():
            return True
        case Signature(arguments=arguments):
            return all(argument.node is None for argument in arguments)
        case Resumption():
            return False
        case Position(argument=argument, signature=signature):
            return argument.node is None and _is_constant(signature)
        case Languages(argument=argument):
            return argument is not None and argument.node is None
        case _:
            return source.argument.node is None
