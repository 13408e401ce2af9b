"""All keys that there are, as one SELECT."""

from typing import Any

import sqlalchemy as sa

from api.model import ApiKey
from api.sql import json

KEYS: sa.Table = ApiKey.__table__  # type: ignore[attr-defined]


def build_keys() -> sa.Select[Any]:
    """Build the statement that gives every key: its id, digest, scopes and expiry."""
    # Produces: SELECT '[' || group_concat('[' || json_quote(id) || ',' || …, ',') || ']' FROM …
    columns = [json.quoted(KEYS.c[name]) for name in ("id", "digest", "scopes")]
    expiry = json.token(json.instant(KEYS.c.expires_at))
    key = json.concatenate("[", columns[0], ",", columns[1], ",", columns[2], ",", expiry, "]")
    return sa.select(json.encoded(json.listed(key))).select_from(KEYS)
