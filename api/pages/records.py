"""The records in an answer, which are found by the fields that lead to them in its question."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

ID = "id"
Tree = dict[str, Any]  # the fields of an object by response key, with those of their objects
# The fields of an object that have records, whether directly, and the fields of these.
Paths = tuple[tuple[str, bool, "Paths"], ...]


@lru_cache(100)
def find_paths(document: str) -> Paths:
    """Return the fields that lead to objects with ids in the answers to a query."""
    definitions = parse(document, no_location=True).definitions
    fragments = {
        one.name.value: one.selection_set
        for one in definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    tree: Tree = {}
    for one in definitions:
        if isinstance(one, OperationDefinitionNode):
            _read_fields(one.selection_set, fragments, tree)
    return _prune(tree)


def _read_fields(
    selected: SelectionSetNode, fragments: Mapping[str, SelectionSetNode], tree: Tree
) -> None:
    for one in selected.selections:
        if isinstance(one, FieldNode):
            below = tree.setdefault((one.alias or one.name).value, {})
            if one.selection_set is not None:
                _read_fields(one.selection_set, fragments, below)
        elif isinstance(one, FragmentSpreadNode):
            _read_fields(fragments[one.name.value], fragments, tree)
        else:
            _read_fields(one.selection_set, fragments, tree)  # type: ignore[attr-defined]


def _prune(tree: Tree) -> Paths:
    found = ((name, ID in fields, _prune(fields)) for name, fields in tree.items())
    return tuple((name, direct, below) for name, direct, below in found if direct or below)


def list_records(answer: Mapping[str, Any], paths: Paths) -> list[Mapping[str, Any]]:
    """Return the records in an answer, each as often as it is there."""
    records: list[Mapping[str, Any]] = []
    _collect([answer], paths, records)
    return records


def _collect(
    objects: list[Mapping[str, Any]], paths: Paths, records: list[Mapping[str, Any]]
) -> None:
    for name, direct, below in paths:
        found: list[Mapping[str, Any]] = []
        for item in filter(None, [one.get(name) for one in objects]):
            if type(item) is list:
                found += filter(None, item)  # records by their ids may be null
            else:
                found.append(item)
        if direct:
            records += [one for one in found if ID in one]
        if below and found:
            _collect(found, below, records)
