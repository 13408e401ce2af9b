"""Input shapes: the fields of the records as a client sends them, derived from their declarations.

A shape differs from the record's own form in three ways: names are in camel case, a localized text
is a list of languages with their texts, and an article's text is given inline.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from api import model as m
from api.intake.forms.fields import Tag, Words
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.part import Part
from api.intake.forms.records import DossierRecord, LineArticleRecord
from api.intake.forms.special_codecs import Body
from api.model.kinds import RecordKind


class InlineArticleRecord(LineArticleRecord, kind=RecordKind.ARTICLE, tables=(m.Article,)):
    """The document that records are taken from, with its text."""

    text: Annotated[Words | None, Body()] = None
    """The document's text, as received; left out, only the article's `url` is known."""


class InlineDossierRecord(DossierRecord):
    """An article and every record that it supports."""

    article: InlineArticleRecord
    """The document that the dossier is about."""


# The fields of a file's location, which no input has.
OMITTED = frozenset({"file", "body"})
# The record class of each kind of input, by its name in a line of JSON Lines.
INPUTS: dict[str, type[Part]] = {
    name: InlineArticleRecord if name == "article" else SECTIONS[section]
    for name, section in LINES.items()
}


# A name of several words between backticks.
NAMED = re.compile(r"(?<=`)[a-z]+(?:_[a-z]+)+(?=`)")


class Shape(Enum):
    """A field's type that is no class of its own."""

    TEXTS = auto()  # a localized text
    LANGUAGE = auto()


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one type."""

    item: "InputType"


# A part's class, an enumeration, `str`, `int` or `bool`; or one of the above.
InputType = type | Shape | ListOf


@dataclass(frozen=True, slots=True)
class InputField:
    """A field of an input: the record's name for it, the client's, its type and description."""

    name: str
    wire: str
    type: InputType
    required: bool
    description: str


@cache
def list_fields(model: type[Part]) -> Mapping[str, InputField]:
    """Return the fields of a record or part by the names that clients use."""
    hints = get_type_hints(model, include_extras=True)
    fields = (
        InputField(
            name, camelize(name), _read_type(hints[name]), info.is_required(), _describe(info)
        )
        for name, info in model.model_fields.items()
        if name not in OMITTED or not issubclass(model, LineArticleRecord)
    )
    return {field.wire: field for field in fields}


def camelize(name: str) -> str:
    """Return a name in camel case: `part_of` is `partOf`."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def camelize_names(text: str) -> str:
    """Return a text in which the names of fields between backticks are in camel case."""
    return NAMED.sub(lambda match: camelize(match[0]), text)


def _describe(info: Any) -> str:
    return camelize_names(" ".join((info.description or "").split()))


def _read_type(annotation: Any) -> InputType:
    """Return the input type of an annotation, which may be optional."""
    if get_origin(annotation) is Annotated:
        annotation, *marks = get_args(annotation)
        if get_args(Tag)[1] in marks:
            return Shape.LANGUAGE
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return ListOf(_read_type(arguments[0]))
    if origin is dict:
        return Shape.TEXTS
    if origin is Literal:
        return str
    if origin in (Union, UnionType):
        return _read_type(next(item for item in arguments if item is not type(None)))
    assert isinstance(annotation, type)
    return annotation
