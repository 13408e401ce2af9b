"""Selections of several types as one: each type keeps its order, and shares what it can."""

from graphql import FieldNode, NameNode
from graphql.execution.collect_fields import FieldDetails
from hypothesis import given
from hypothesis import strategies as st

from api.plan.selection import Selected, merge

FIELDS = {
    key: [FieldDetails(FieldNode(name=NameNode(value=key)), None)]
    for key in ("id", "title", "date", "place", "claims")
}
ORDERS = st.lists(st.sampled_from(sorted(FIELDS)), unique=True, min_size=1)


def select(keys: list[str]) -> Selected:
    return {key: FIELDS[key] for key in keys}


@given(st.dictionaries(st.sampled_from("ABCD"), ORDERS))
def test_each_type_keeps_its_order(selections: dict[str, list[str]]) -> None:
    entries = merge({name: select(keys) for name, keys in selections.items()})
    for name, keys in selections.items():
        assert [entry.key for entry in entries if name in entry.types] == keys


@given(
    st.dictionaries(st.sampled_from("ABCD"), st.sets(st.sampled_from(sorted(FIELDS)), min_size=1))
)
def test_what_types_ask_in_one_order_is_planned_once(asked: dict[str, set[str]]) -> None:
    entries = merge({name: select(sorted(keys)) for name, keys in asked.items()})
    assert len(entries) == len(set().union(*asked.values()))
    for entry in entries:
        assert set(entry.types) == {name for name, keys in asked.items() if entry.key in keys}
