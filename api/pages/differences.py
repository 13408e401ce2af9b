"""What a revision changed in a record."""

from collections.abc import Mapping
from typing import Any

import orjson

from api.pages.claims import NAMES, NAMING

IDENTITY = {"record", "key"}  # the fields that never change


def compare_lines(
    before: str | None, after: str | None
) -> list[tuple[str, str | None, str | None]]:
    """Return the fields of a record that differ between two lines of JSON Lines, in words."""
    old, new = (orjson.loads((line or "{}").split("\n")[0]) for line in (before, after))
    return [
        (name, _write_field(old, name), _write_field(new, name))
        for name in dict.fromkeys([*old, *new])
        if name not in IDENTITY and old.get(name) != new.get(name)
    ]


def name_line(id_: str, line: str | None, tag: str) -> str | None:
    """Return what a record was called by its line of JSON Lines, in a language if it has one.

    Returns None if the line has no name, or is that of the record which this one belongs to.
    """
    found = orjson.loads((line or "{}").split("\n")[0])
    kind, key = (
        found.get("record"),
        found.get("key") or f"{found.get('scheme')}.{found.get('code')}",
    )
    if id_ != f"{kind}:{key}":
        return None
    for field in (*NAMING, *NAMES):
        match found.get(field):
            case str(name):
                return name
            case {**names} if names:
                return str(names.get(tag) or next(iter(names.values())))
    return None


def _write_field(line: Mapping[str, Any], name: str) -> str | None:
    return _write_value(line[name]) if name in line else None


def _write_value(value: Any, between: tuple[str, str] = ("\n", "\n")) -> str:
    """Return a value in words; its items are in lines, and those of items are in one line."""
    match value:
        case str():
            return value
        case dict():
            pairs = (f"{name}: {_write_value(item, (', ', '; '))}" for name, item in value.items())
            return between[0].join(pairs)
        case list():
            return between[1].join(_write_value(item, (", ", "; ")) for item in value)
    return orjson.dumps(value).decode()
