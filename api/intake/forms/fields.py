"""The field types of records: each validates a value and describes the valid form in its error."""

import json
import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from api.model import kinds
from api.text.anchors import RELATIVES, check_relative
from api.text.countries import check_country
from api.text.decimals import format_decimal, parse_decimal
from api.text.folding import fold
from api.text.language import parse_language

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE = re.compile(r"[A-Za-z0-9._-]+")
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
NUMBER = re.compile(r"-?\d{1,3}(?:\.\d+)?", re.ASCII)
DIGITS = re.compile(r"[0-9]{1,10}")
MAX_KEY = 200  # characters of a key, code or scheme: several of them share an index entry
MAX_BYTES = 2_000  # of a text that is indexed, which has a key or two beside it in the entry
SURELY_SHORT = MAX_BYTES // 33  # no letter takes more bytes, folded, than ﷺ
MAX_INTEGER = 2**31 - 1  # the maximum of PostgreSQL's integer and GraphQL's Int


def check_slug(text: str) -> str:
    """Return the key; raise ValueError if it is not a valid slug."""
    if not SLUG.fullmatch(text):
        message = (
            f'"{text}" is not a valid key: write lower-case ASCII letters and digits, with single '
            "hyphens between them, such as camp-david"
        )
        raise ValueError(message)
    return check_length(text)


def check_length(text: str) -> str:
    """Return the text; raise ValueError if it is too long for a part of a key."""
    if len(text) > MAX_KEY:
        message = f"this has {len(text):,} characters; the maximum is {MAX_KEY}"
        raise ValueError(message)
    return text


def check_code(text: str) -> str:
    """Return the topic code or scheme; raise ValueError if it is not valid."""
    if not CODE.fullmatch(text):
        message = f'"{text}" is not a valid code: write ASCII letters, digits and . _ - only'
        raise ValueError(message)
    return check_length(text)


def check_words(text: str) -> str:
    """Return the text; raise ValueError if it is empty or a database cannot store it."""
    if not text.strip():
        message = "this is empty: write a text, or leave the field out"
        raise ValueError(message)
    if match := UNWRITABLE.search(text):
        where = f"U+{ord(match[0]):04X} at code point {match.start()} (counted from 0)"
        message = f"this has {where}, which cannot be stored: remove it"
        raise ValueError(message)
    return text


def check_name(text: str) -> str:
    """Return the name; raise ValueError if it or its folded form is too long for an index."""
    if len(text) <= SURELY_SHORT:
        return text
    size = max(len(text.encode()), len(fold(text).encode()))
    if size > MAX_BYTES:
        message = f"this takes {size:,} bytes in an index; the maximum is {MAX_BYTES:,}"
        raise ValueError(message)
    return text


def check_degrees(limit: int) -> Any:
    """Return a validator of a latitude or longitude: degrees with at most six decimals."""

    def check(text: str) -> str:
        if not NUMBER.fullmatch(text) or abs(float(text)) > limit:
            message = f'"{text}" is not a number of degrees from -{limit} to {limit}'
            raise ValueError(message)
        whole, point, fraction = text.partition(".")
        if len(fraction) > 6:  # noqa: PLR2004 — a millionth of a degree is 11 cm
            message = f'"{text}" has more than six decimals: round it'
            raise ValueError(message)
        number = (
            f"{int(whole)}{point}{fraction}".rstrip("0").rstrip(".") if point else str(int(whole))
        )
        return (
            f"-{number.lstrip('-')}" if text.startswith("-") and float(text) else number.lstrip("-")
        )

    return check


def check_tags(texts: Any, check: ValidatorFunctionWrapHandler) -> dict[str, str]:
    """Return the texts by language tag; raise ValueError if two tags are equal when normalized."""
    checked: dict[str, str] = check(texts)
    if len(checked) < len(texts):
        first: dict[str, str] = {}
        for tag in texts:
            if (other := first.setdefault(parse_language(tag), tag)) != tag:
                message = f'"{other}" and "{tag}" are the same language: keep one of the two texts'
                raise ValueError(message)
    return checked


def check_ordinal(value: Any) -> int:
    """Return the ordinal; raise ValueError if it is not a positive 32-bit integer."""
    text = value if isinstance(value, str) else json.dumps(value)
    if not DIGITS.fullmatch(text) or not 1 <= int(text) <= MAX_INTEGER:
        message = f"{text[:20]} is not a position: write a number from 1 to {MAX_INTEGER:,}"
        raise ValueError(message)
    return int(text)


def check_decimal(text: str) -> str:
    """Return the number in its shortest form; raise ValueError if it is not valid."""
    return format_decimal(parse_decimal(text))


def check_localized(texts: dict[str, str]) -> dict[str, str]:
    """Return the localized text; raise ValueError if it has no language."""
    if not texts:
        message = "this has no text: write one by its language, such as {en: Damascus}"
        raise ValueError(message)
    return texts


def as_object(name: str) -> BeforeValidator:
    """Return a validator that reads a bare text as an object with only this field."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, str) else value)


Words = Annotated[str, AfterValidator(check_words)]
Slug = Annotated[str, AfterValidator(check_slug)]
Code = Annotated[str, AfterValidator(check_code)]
Tag = Annotated[str, AfterValidator(parse_language), AfterValidator(check_length)]
Country = Annotated[str, AfterValidator(check_country)]
Localized = Annotated[dict[Tag, Words], WrapValidator(check_tags), AfterValidator(check_localized)]
Name = Annotated[Words, AfterValidator(check_name)]
Names = Annotated[dict[Tag, Name], WrapValidator(check_tags), AfterValidator(check_localized)]
TopicRef = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+:[A-Za-z0-9._-]+$")]
EVENT_KINDS = "|".join(kind.lower() for kind in kinds.EventKind)
EventRef = Annotated[str, Field(pattern=rf"^({EVENT_KINDS}):[a-z0-9-]+$")]
Ordinal = Annotated[int, BeforeValidator(check_ordinal), Field(ge=1, le=MAX_INTEGER)]
Decimal = Annotated[str, AfterValidator(check_decimal)]
Digits = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Wikidata = Annotated[str, Field(pattern=r"^Q[1-9][0-9]{0,15}$")]
CodeWords = Annotated[Words, AfterValidator(check_length)]
Relative = Annotated[
    str, AfterValidator(check_relative), Field(json_schema_extra={"enum": [*RELATIVES]})
]
