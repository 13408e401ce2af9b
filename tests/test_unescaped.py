"""What answers hold as numbers, or as texts without escaping, is checked to be of its form."""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

import api
from api import model as m
from api.intake.forms import fields
from api.intake.forms import records as r
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.schema.bindings import Embedded, Form, Identity, Part, Value
from api.text.countries import check_country
from api.text.dates import parse_edtf
from api.text.language import parse_language

PLAIN = re.compile(r"[A-Za-z0-9_.:+/~?%{},\[\]-]+", re.ASCII)
TOKENS = [
    fields.check_slug,
    fields.check_code,
    check_country,
    parse_language,
    lambda text: parse_edtf(text).edtf,
]
# By the last word of its name, what checks a column that is no enumeration.
CHECKS = {
    "key": fields.check_slug,
    "measure": fields.check_code,
    "slug": fields.check_slug,
    "code": fields.check_code,
    "scheme": fields.check_code,
    "language": parse_language,
    "edtf": lambda text: parse_edtf(text).edtf,
    "latitude": fields.check_degrees(90),
    "longitude": fields.check_degrees(180),
    "sha256": lambda text: hashlib.sha256(text.encode()).hexdigest(),
}
DIGITS = st.text(st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩۳۳३-.XQſKıarEN~/"), max_size=12)


def list_written() -> Iterator[tuple[Form, sa.Column[Any]]]:
    """List the columns that answers hold as numbers, or between quotes without escaping."""
    catalog = build_catalog(SCHEMA)
    for binding in catalog.bindings.values():
        if isinstance(binding, Value):
            yield binding.form, binding.column
        if isinstance(binding, Identity):
            yield Form.TOKEN, binding.key
    prefixes = {item.prefix for item in catalog.bindings.values() if isinstance(item, Embedded)}
    parts = {item.suffix: item.form for item in catalog.bindings.values() if isinstance(item, Part)}
    for table in m.METADATA.tables.values():
        for prefix, (suffix, form) in product(prefixes, parts.items()):
            if (name := f"{prefix}{suffix}") in table.c:
                yield form, table.c[name]


def test_what_is_written_without_escaping_is_checked() -> None:
    unchecked = []
    for form, column in list_written():
        # The kind of an event or a change is that of a record, whose table has the CHECK.
        of_record = str(column) in {"event.kind", "change.kind"}
        table = m.METADATA.tables["record"] if of_record else column.table
        kept = f"ck_{table.name}_{column.name}" in {item.name for item in table.constraints}
        name = column.name.rpartition("_")[2] if form is Form.TOKEN else column.name
        typed = isinstance(column.type, (sa.Integer, sa.Boolean, sa.Date, sa.DateTime))
        if form not in {Form.TEXT, Form.FILLED} and not (kept or typed or name in CHECKS):
            unchecked.append(str(column))
    assert unchecked == []


@pytest.mark.parametrize("check", TOKENS)
@given(text=st.one_of(st.text(max_size=12), DIGITS))
@example("٢٠٢٥")
@example("ſr")
@example("KK")
def test_tokens_need_no_escaping(check: Any, text: str) -> None:
    try:
        accepted = check(text)
    except ValueError:
        return
    assert PLAIN.fullmatch(accepted)


@given(text=DIGITS)
@example("٣٣.٥")
@example("-0.0")
def test_degrees_are_numbers_of_json(text: str) -> None:
    try:
        accepted = fields.check_degrees(180)(text)
    except ValueError:
        return
    assert re.fullmatch(r"-?(0|[1-9]\d{0,2})(\.\d{0,5}[1-9])?", accepted, re.ASCII)
    assert json.loads(accepted) == float(text)


def test_no_pattern_takes_digits_of_every_script() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith(api.__name__)]
    patterns = {
        (module.__name__, name): value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and not module.__name__.startswith("api.text.")
    }
    loose = [
        where
        for where, pattern in patterns.items()
        if isinstance(pattern.pattern, str)
        and not pattern.flags & re.ASCII
        and (r"\d" in pattern.pattern or r"\w" in pattern.pattern or pattern.flags & re.IGNORECASE)
    ]
    assert loose == []
    assert r"\d" not in json.dumps(r.DossierRecord.model_json_schema())
