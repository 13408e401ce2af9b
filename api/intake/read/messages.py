"""Error messages about fields, for curators: what is wrong and what is valid."""

import json
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

ALONE = "this has no value: within braces a comma ends a text, so put a text that has one in quotes"
LONGEST = 60  # characters of a value in a message
# Parts of a fault's path that are of no value: the key of a mapping, and the tags of `Source`.
MARKS = {"[key]", "[text]", "[value]"}
# A text that YAML reads as itself, without quotes.
PLAIN = re.compile(r"""[^\s,:\[\]{}"'#&*!|>%@`?-][^,:\[\]{}"#\n]{0,39}""")


def list_parts(fault: ErrorDetails) -> tuple[str | int, ...]:
    """Return the path of a fault: its keys and indexes, without the marks that Pydantic adds."""
    return tuple(part for part in fault["loc"] if part not in MARKS)


def explain(fault: ErrorDetails, root: type[BaseModel]) -> str:
    """Return the message for a validation error of a field: what is wrong and what is valid."""
    place = find_place(root, list_parts(fault))
    given, about = fault["input"], describe_field(place.field)
    match fault["type"]:
        case "missing":
            text = f"this is required: {about}"
        case "extra_forbidden":
            text = f"there is no such field here: {_guess_field(fault['loc'][-1], place.model)}"
        case "string_pattern_mismatch":
            text = f"{_quote(given)} is not valid: {about}"
        case "enum" | "literal_error":
            text = _guess_member(given, re.findall("'([^']*)'", fault["ctx"]["expected"]))
        case type_:
            text = _explain_type(type_, given, place)
    return text or _lower(fault["msg"].removeprefix("Value error, "))


def _explain_type(type_: str, given: Any, place: "Place") -> str:
    """Return the message for a value of a wrong type; empty for other errors."""
    text = ""
    match type_:
        case "dict_type":
            text = _explain_mapping(given, place)
        case "model_type" | "model_attributes_type":
            text = f"this should be an object of fields: {_show_object(place.model)}"
        case "list_type":
            text = f"this should be a list: [{_show(given)}]"
        case "string_type":
            text = f"this should be text, not {_name_type(given)}"
        case "union_tag_not_found":
            text = 'this should be a text, or an object with one, such as {from: "{name}"}'
        case "int_type" | "int_parsing" | "int_from_float":
            text = f"{_quote(given)} should be a whole number"
        case "bool_type" | "bool_parsing":
            text = f"{_quote(given)} should be true or false"
    return text


def _explain_mapping(given: Any, place: "Place") -> str:
    keys = {get_args(option)[0] for option in place.options if get_origin(option) is dict}
    if keys != {str}:
        return f"this should be texts by language: {{en: {_show(given)}}}"
    return f"this should be a mapping, such as {{a: b}}: {describe_field(place.field)}"


class Place(NamedTuple):
    """Where a path leads: the innermost model on it, the last field, and the types it takes."""

    model: type[BaseModel]
    field: FieldInfo | None
    options: tuple[Any, ...]
    in_mapping: bool = False  # whether the last part of the path is a key of a mapping


def find_place(root: type[BaseModel], location: Sequence[str | int]) -> Place:
    """Return where a path of fields, keys of mappings and items of lists leads in a model."""
    return _find_place(root, tuple(0 if isinstance(part, int) else part for part in location))


@lru_cache(1024)
def _find_place(root: type[BaseModel], location: tuple[str | int, ...]) -> Place:
    place = Place(root, None, (root,))
    for part in location:
        place = _step(place, part)
    return place


def _step(place: Place, part: str | int) -> Place:
    """Return where a part of a path leads; an unknown part leads nowhere else."""
    for option in place.options:
        origin = get_origin(option)
        if origin in (list, dict) and isinstance(part, int) == (origin is list):
            options = _list_options(get_args(option)[-1])
            model = next(filter(_is_model, options), place.model)
            return Place(model, place.field, options, origin is dict)
        fields = option.model_fields.items() if _is_model(option) else ()
        if found := {item.alias or key: item for key, item in fields}.get(part):
            options = _list_options(found.annotation)
            return Place(next(filter(_is_model, options), option), found, options)
    return place._replace(in_mapping=False)


def _list_options(annotation: Any) -> tuple[Any, ...]:
    """Return the types that an annotation allows."""
    if get_origin(annotation) is Annotated:
        return _list_options(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(chain.from_iterable(map(_list_options, get_args(annotation))))
    return (annotation,)


def _is_model(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, BaseModel)


def _guess_field(name: str | int, model: type[BaseModel]) -> str:
    fields = [item.alias or key for key, item in model.model_fields.items()]
    written = re.sub(r"[\s-]+|(?<=[a-z])(?=[A-Z])", "_", str(name)).lower()
    close = get_close_matches(written, fields, n=1)
    return f"did you mean `{close[0]}`?" if close else f"write one of {', '.join(fields)}"


def _guess_member(given: Any, members: list[str]) -> str:
    return f"{_quote(given)} is not one of {', '.join(members)}{suggest(given, members)}"


def suggest(given: Any, members: Iterable[str]) -> str:
    """Return a "did you mean" suggestion of the closest member; empty if none is close."""
    forms = {member.upper().replace(" ", "_"): member for member in members}
    written = str(given).upper().replace("-", "_").replace(" ", "_")
    close = get_close_matches(written, forms, n=1, cutoff=0.7)
    return f": did you mean {forms[close[0]]}?" if close else ""


def _show(given: Any) -> str:
    """Return a text as YAML within braces; `…` for any other value."""
    if not isinstance(given, str):
        return "…"
    return given if PLAIN.fullmatch(given) else _quote(given)


def _show_object(model: type[BaseModel]) -> str:
    fields = model.model_fields.items()
    names = [item.alias or key for key, item in fields if item.is_required()]
    own = [item.alias or key for key, item in fields if key in model.__annotations__]
    names = names or own[:2] or [item.alias or key for key, item in fields][:2]
    return f"{{{', '.join(f'{name}: …' for name in names)}}}"


def _name_type(given: Any) -> str:
    return {dict: "an object", list: "a list", type(None): "null"}.get(type(given), "this")


def _quote(given: Any) -> str:
    """Return a value in quotes, shortened if it is long."""
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return f'"{text[:LONGEST]}{"…" if text[LONGEST:] else ""}"'


def describe_field(field: FieldInfo | None) -> str:
    """Return a field's description as a part of a sentence; empty if it has none."""
    return _lower(" ".join((field.description or "").split())) if field else ""


def _lower(text: str) -> str:
    """Lowercase a sentence's first letter, unless it begins with an abbreviation."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
