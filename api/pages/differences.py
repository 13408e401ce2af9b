"""What a revision changed in a record."""

from collections.abc import Mapping
from typing import Any

import orjson


def compare_lines(
    before: str | None, after: str | None
) -> list[tuple[str, str | None, str | None]]:
    """Return the fields of a record that differ between two lines of JSON Lines."""
    old, new = (orjson.loads((line or "{}").split("\n")[0]) for line in (before, after))
    names = dict.fromkeys([*old, *new])
    return [
        (name, _write_field(old, name), _write_field(new, name))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _write_field(line: Mapping[str, Any], name: str) -> str | None:
    value = line.get(name)
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()
