"""Records as clients send them, made from lines of an export."""

import json
from typing import Any

from api.intake.forms.inputs import INPUTS, InputType, ListOf, Shape, list_fields
from api.intake.forms.kinds import LINES
from api.intake.forms.origins import ORIGIN_FIELDS
from api.intake.forms.part import Part


def to_input(model: type[Part], tree: dict[str, Any]) -> dict[str, Any]:
    """Write a record's tree as an input of its class."""
    fields = list_fields(model).values()
    return {
        field.wire: write_value(field.type, tree[field.name])
        for field in fields
        if field.name in tree
    }


def write_value(type_: InputType, value: Any) -> Any:
    if isinstance(type_, ListOf):
        return [write_value(type_.item, item) for item in value]
    if type_ is Shape.TEXTS:
        return [{"language": language, "text": text} for language, text in value.items()]
    if isinstance(type_, type) and issubclass(type_, Part):
        return to_input(type_, value)
    return value


def read_records(lines: str) -> list[dict[str, Any]]:
    """Write lines of an export as the records of `writeRecords`."""
    records = []
    for line in lines.splitlines():
        tree = json.loads(line)
        kind = tree.pop("record")
        origin = {name: tree.pop(name) for name in ORIGIN_FIELDS & tree.keys()}
        records.append({kind: to_input(INPUTS[kind], tree) | origin})
    return records


def read_dossier(lines: str, key: str) -> dict[str, Any]:
    """Write the lines of an article's dossier as that of `importDossier`."""
    dossier: dict[str, Any] = {}
    for record in read_records(lines):
        ((kind, fields),) = record.items()
        if kind == "article" and fields["key"] == key:
            dossier["article"] = fields
        elif fields.get("article") == key:
            dossier.setdefault(LINES[kind], []).append(fields)
    return dossier
