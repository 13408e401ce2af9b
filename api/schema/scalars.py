"""The custom scalars and the parsers of their input values."""

from typing import Any, NewType

import strawberry

from api.text.dates import parse_day
from api.text.decimals import format_decimal, parse_decimal
from api.text.language import parse_language

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
Decimal = NewType("Decimal", str)
Language = NewType("Language", str)


def _parse_decimal(text: Any) -> str:
    return format_decimal(parse_decimal(str(text)))


SCALARS: dict[object, Any] = {
    Date: strawberry.scalar(
        name="Date",
        description="A calendar date in ISO 8601: 2025-08-13.",
        parse_value=parse_day,
    ),
    DateTime: strawberry.scalar(
        name="DateTime", description="An instant in RFC 3339, always in UTC: 2025-08-13T09:30:00Z."
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description=(
            'A number of at least 0 as text, exact: "1200.5". An input has at most 15 digits '
            "before the point and 3 after it."
        ),
        parse_value=_parse_decimal,
    ),
    Language: strawberry.scalar(
        name="Language",
        description=(
            "A language as a BCP 47 tag: ar, en, tr, zh-Hans. An invalid tag is an error. "
            'A single language is accepted as a list of one: lang: "ar".'
        ),
        parse_value=parse_language,
    ),
}
