"""Merges the lines that several rows make of one record."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from api.intake.forms.kinds import LINES, SECTIONS

ALIASED = {
    record for record, section in LINES.items() if "aliases" in SECTIONS[section].model_fields
}


def merge_lines(record: str, lines: Iterator[bytes | None]) -> tuple[bytes, set[str]] | None:
    """Return a record's lines as one, and the paths of the fields of which they differ.

    Of these, the first line's text is kept. Return None if there is None among the lines. They are
    read one after the other: a record may be made of all rows of the data.
    """
    differing: set[str] = set()
    first = last = next(lines)
    if first is None:
        return None
    merged = None
    for line in lines:
        if line is None:
            return None
        if line in (first, last):
            continue
        last = line
        merged = merged or orjson.loads(first)
        other = orjson.loads(line)
        if record in ALIASED:
            _add_aliases(merged, other)
        _merge_fields(merged, other, record, differing)
    return orjson.dumps(merged) if merged else first, differing


def _merge_fields(
    merged: dict[str, Any], other: dict[str, Any], path: str, differing: set[str]
) -> None:
    """Add the fields and items of another definition of a record; what differs stays."""
    for name, value in other.items():
        here = merged.setdefault(name, value)
        if here is value or here == value:
            continue
        if isinstance(here, list) and isinstance(value, list):
            _merge_items(here, value, f"{path}.{name}", differing)
        elif isinstance(here, dict) and isinstance(value, dict):
            _merge_fields(here, value, f"{path}.{name}", differing)
        else:
            differing.add(f"{path}.{name}")


def _merge_items(here: list[Any], items: Iterable[Any], path: str, differing: set[str]) -> None:
    """Add items that a list has not; those of an equal key are merged."""
    keyed = {item["key"]: item for item in here if isinstance(item, dict) and "key" in item}
    for item in items:
        if isinstance(item, dict) and item.get("key") in keyed:
            _merge_fields(keyed[item["key"]], item, path, differing)
        elif item not in here:
            here.append(item)


def _add_aliases(merged: dict[str, Any], other: dict[str, Any]) -> None:
    """Move the names that another definition of a record has in the same languages to aliases."""
    names = merged.get("names", {})
    differing = {
        language: text
        for language, text in other.get("names", {}).items()
        if names.get(language, text) != text
    }
    for language, text in differing.items():
        alias = {"text": text, "language": language}
        aliases = merged.setdefault("aliases", [])
        if alias not in aliases:
            aliases.append(alias)
        del other["names"][language]
