"""The schema: everything in it is described, and everything promised to clients is in it."""

from enum import auto

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
)

from api import model as m
from api.enums import DescribedEnum
from api.intake.forms.part import Part
from api.intake.forms.records import DossierRecord
from api.intake.read.lines import MODELS
from api.model.kinds import RecordKind
from api.schema import SCHEMA
from api.schema.connections import Events
from api.schema.entities import ENTITIES, Root, check_kinds, described
from api.schema.events import event
from api.schema.query import list_roots

TYPES = [
    type_
    for name, type_ in SCHEMA._schema.type_map.items()  # noqa: SLF001 — Strawberry has no other door
    if not name.startswith("__")
]
BUILT_IN = {"Boolean", "Float", "ID", "Int", "String"}


def test_nothing_is_undescribed() -> None:
    missing = []
    for type_ in TYPES:
        if type_.name not in BUILT_IN and not type_.description:
            missing.append(type_.name)
        if isinstance(type_, GraphQLEnumType):
            missing += [f"{type_.name}.{k}" for k, v in type_.values.items() if not v.description]
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in type_.fields.items():
                if not field.description:
                    missing.append(f"{type_.name}.{name}")
                for argument, value in getattr(field, "args", {}).items():
                    if not value.description:
                        missing.append(f"{type_.name}.{name}({argument})")
    assert missing == []


def test_a_member_of_an_enumeration_without_description_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match=r"Forgotten\.ACTION has no description"):

        class Forgotten(DescribedEnum):
            """An enumeration."""

            MEETING = auto(), "People met."
            ACTION = auto()


def test_a_kind_without_a_type_is_an_error_that_names_it() -> None:
    check_kinds([*RecordKind], ENTITIES)
    with pytest.raises(TypeError, match="kinds without a type in api/schema: SANCTION, TREATY"):
        check_kinds([*RecordKind, "SANCTION", "TREATY"], ENTITIES)


def test_an_event_of_a_kind_that_is_not_declared_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="'PLACE' is not a valid EventKind"):
        event(m.Place, "places")


def test_an_entity_without_filter_is_an_error_that_names_it() -> None:
    class Sanction:
        """Something done."""

    with pytest.raises(TypeError, match="Sanction has no SanctionFilter"):
        list_roots({Sanction: Root("sanctions", "newest first", Events)})


def test_a_type_without_docstring_is_an_error_that_names_it() -> None:
    class Sanction:
        pass

    with pytest.raises(TypeError, match="Sanction has no docstring"):
        described(strawberry.type)(Sanction)


def test_every_field_says_where_it_is_read_from() -> None:
    from api.plan.catalog import build_catalog

    catalog = build_catalog(SCHEMA)
    made_by_pages = (
        "Connection",
        "Edge",
        "PageInfo",
        "Group",
        "GroupKey",
        "LocalizedText",
        "Highlight",
    )
    unbound = [
        f"{type_.name}.{name}"
        for type_ in TYPES
        if isinstance(type_, GraphQLObjectType) and not type_.name.endswith(made_by_pages)
        for name in type_.fields
        if (type_.name, name) not in catalog.bindings
    ]
    assert unbound == []


def test_every_connection_says_how_long_a_page_is() -> None:
    connections = [
        (f"{type_.name}.{name}", field)
        for type_ in TYPES
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in type_.fields.items()
        if get_named_type(field.type).name.endswith("Connection")
    ]
    assert len(connections) > 30
    silent = [name for name, field in connections if "A page has 50 " not in field.description]
    assert silent == []


@pytest.mark.parametrize("model", [DossierRecord, *MODELS.values()])
def test_every_property_of_a_file_is_described(model: type[Part]) -> None:
    schema = model.model_json_schema()
    parts = {model.__name__: schema} | schema.get("$defs", {})
    properties = [
        (name, field, asked)
        for name, part in parts.items()
        for field, asked in part.get("properties", {}).items()
    ]
    assert properties
    assert [(name, field) for name, field, asked in properties if "description" not in asked] == []
