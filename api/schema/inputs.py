"""The input types of mutations, made from the declarations of the records."""

from functools import cache
from typing import Any, Optional

import strawberry

from api.intake.forms.inputs import (
    INPUTS,
    InlineDossierRecord,
    InputField,
    InputType,
    ListOf,
    Shape,
    list_fields,
)
from api.intake.forms.origins import ORIGINS
from api.intake.forms.part import Part
from api.schema.entities import described, make_class
from api.schema.scalars import Language

# Sentences that are appended to the descriptions of an origin's fields.
OF_DOSSIER = " In a dossier, it is the dossier's article and can be left out."
KEPT = " Without article, dataset and row, the record keeps those that it has."


@described(strawberry.input)
class LocalizedTextInput:
    """A text in one language."""

    language: Language = strawberry.field(description="The text's language.")
    text: str = strawberry.field(description="The text.")


@cache
def make_input(model: type[Part]) -> Any:
    """Build the input type of a record or part, with its fields and their descriptions."""
    fields = {wire: _declare(field) for wire, field in list_fields(model).items()}
    if model in ORIGIN_OF:
        fields |= _declare_origin(ORIGIN_OF[model])
    name = _name(model)
    made = make_class(name, __name__, fields)
    return strawberry.input(made, name=name, description=" ".join((model.__doc__ or "").split()))


# Record class → the class of its origin.
ORIGIN_OF = {INPUTS[name]: origin for name, origin in ORIGINS.items()}


def _declare_origin(model: type[Part]) -> dict[str, tuple[Any, Any]]:
    """Declare the fields of a record's origin, all of which can be left out in a dossier."""
    return {
        wire: _optional(
            _read_type(field.type), field.description + (OF_DOSSIER if field.required else KEPT)
        )
        for wire, field in list_fields(model).items()
    }


def _name(model: type[Part]) -> str:
    """Return the name of a class's input type: `ArticleInput` of `InlineArticleRecord`."""
    return f"{model.__name__.removeprefix('Inline').removesuffix('Record')}Input"


def _declare(field: InputField) -> tuple[Any, Any]:
    type_ = _read_type(field.type)
    if field.required:
        return type_, strawberry.field(description=field.description)
    return _optional(type_, field.description)


def _optional(type_: Any, description: str) -> tuple[Any, Any]:
    return Optional[type_], strawberry.field(description=description, default=strawberry.UNSET)


def _read_type(type_: InputType) -> Any:
    if isinstance(type_, ListOf):
        return list[_read_type(type_.item)]  # type: ignore[misc]
    if type_ is Shape.TEXTS:
        return list[LocalizedTextInput]
    if type_ is Shape.LANGUAGE:
        return Language
    return make_input(type_) if isinstance(type_, type) and issubclass(type_, Part) else type_


DossierInput = make_input(InlineDossierRecord)
RecordInput = strawberry.input(
    make_class(
        "RecordInput",
        __name__,
        {
            name: _optional(make_input(model), f"Write this {name}.")
            for name, model in INPUTS.items()
        },
    ),
    description="One record to write: exactly one of these.",
    one_of=True,
)
