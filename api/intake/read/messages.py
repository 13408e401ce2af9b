"""Error messages about fields, for curators: what is wrong and what is valid."""

import json
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

ALONE = "this has no value: within braces a comma ends a text, so put a text that has one in quotes"
LONGEST = 60  # characters of a value in a message
# A text that YAML reads as itself, without quotes.
PLAIN = re.compile(r"""[^\s,:\[\]{}"'#&*!|>%@`?-][^,:\[\]{}"#\n]{0,39}""")


def explain(fault: ErrorDetails, root: type[BaseModel]) -> str:
    """Return the message for a validation error of a field: what is wrong and what is valid."""
    names = tuple(part for part in fault["loc"] if isinstance(part, str))
    model, field = find_field(root, names)
    given, about = fault["input"], _lower(field.description) if field else ""
    match fault["type"]:
        case "missing":
            text = f"this is required: {about}"
        case "extra_forbidden":
            text = f"there is no such field here: {_guess_field(fault['loc'][-1], model)}"
        case "dict_type":
            text = f"this should be texts by language: {{en: {_show(given)}}}"
        case "model_type" | "model_attributes_type":
            text = f"this should be an object of fields: {_show_object(model)}"
        case "list_type":
            text = f"this should be a list: [{_show(given)}]"
        case "string_type":
            text = f"this should be text, not {_name_type(given)}"
        case "string_pattern_mismatch":
            text = f"{_quote(given)} is not valid: {about}"
        case "enum" | "literal_error":
            text = _guess_member(given, re.findall("'([^']*)'", fault["ctx"]["expected"]))
        case "bool_type" | "bool_parsing":
            text = f"{_quote(given)} should be true or false"
        case _:
            text = _lower(fault["msg"].removeprefix("Value error, "))
    return text


@lru_cache(1024)
def find_field(
    root: type[BaseModel], names: tuple[str, ...]
) -> tuple[type[BaseModel], FieldInfo | None]:
    """Return the innermost model on a path of fields, and the last field of that model."""
    model, field = root, None
    for name in names:
        found = {item.alias or key: item for key, item in model.model_fields.items()}.get(name)
        field = found or field
        model = (_find_model(found.annotation) if found else None) or model
    return model, field


def _find_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_find_model, get_args(annotation))), None)


def is_in_mapping(location: Sequence[str | int], root: type[BaseModel]) -> bool:
    """Return whether the last part of a path is a key of a mapping, and no field of a model."""
    *above, _ = location or (0,)
    if not above or not isinstance(above[-1], str):
        return False
    names = tuple(part for part in above if isinstance(part, str))
    _, field = find_field(root, names)
    return field is not None and _is_mapping(field.annotation)


def _is_mapping(annotation: Any) -> bool:
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return any(map(_is_mapping, get_args(annotation)))
    return get_origin(annotation) is dict


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
    names = names or [item.alias or key for key, item in fields][:2]
    return f"{{{', '.join(f'{name}: …' for name in names)}}}"


def _name_type(given: Any) -> str:
    return {dict: "an object", list: "a list", type(None): "null"}.get(type(given), "this")


def _quote(given: Any) -> str:
    """Return a value in quotes, shortened if it is long."""
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return f'"{text[:LONGEST]}{"…" if text[LONGEST:] else ""}"'


def _lower(text: str | None) -> str:
    """Lowercase a sentence's first letter, unless it begins with an abbreviation."""
    text = text or ""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
