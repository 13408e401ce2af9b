"""The SELECT of all API keys."""

from typing import Any

import sqlalchemy as sa

from api.model import ApiKey
from api.sql import dialects
from api.sql.json import concatenate, listed

KEYS: sa.Table = ApiKey.__table__  # type: ignore[attr-defined]


def build_keys() -> sa.Select[Any]:
    """Build the statement that selects every key's id, name, digest, scopes and expiry."""
    # Produces: SELECT '[' || group_concat('[' || json_quote(id) || ',' || …, ',') || ']' FROM …
    names = ("id", "name", "digest", "scopes")
    texts = [part for name in names for part in (dialects.quoted(KEYS.c[name]), ",")]
    expiry = dialects.token(dialects.instant(KEYS.c.expires_at))
    key = concatenate("[", *texts, expiry, "]")
    return sa.select(dialects.encoded(listed(key))).select_from(KEYS)
