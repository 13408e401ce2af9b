"""The table of API keys: add, list and revoke keys, and write their last-used times."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from api.access.keys import Token
from api.access.scopes import KeyScope
from api.errors import ApiKeyError
from api.model import ApiKey

KEYS: sa.Table = ApiKey.__table__  # type: ignore[attr-defined]
MAX_NAME = 100


class Entry(NamedTuple):
    """A key as `mithaq key list` shows it."""

    name: str
    scopes: str
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


def add_key(
    connection: sa.Connection,
    name: str,
    scopes: Iterable[KeyScope],
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """Add a key, and return its token, which is stored nowhere.

    Raises:
        ApiKeyError: the name is taken or not valid, or the expiry is in the past.
    """
    if not (name.isprintable() and name.strip() == name and 0 < len(name) <= MAX_NAME):
        message = f"A key's name should have 1 to {MAX_NAME} printable characters."
        raise ApiKeyError(message)
    if expires_at is not None and expires_at <= now:
        raise ApiKeyError(f"The expiry is in the past: {expires_at:%Y-%m-%d %H:%M} UTC.")
    if connection.scalar(sa.select(KEYS.c.id).where(KEYS.c.name == name)) is not None:
        message = f"A key named {name!r} exists already: choose another name, or revoke it first."
        raise ApiKeyError(message)
    token = Token.make()
    values = {
        "id": token.id,
        "name": name,
        "digest": token.digest(),
        "scopes": " ".join(sorted(set(scopes))),
        "created_at": now.replace(microsecond=0),
        "expires_at": expires_at,
    }
    connection.execute(sa.insert(KEYS).values(values))
    return token.format()


def parse_expiry(text: str, now: datetime) -> datetime:
    """Parse an expiry: a number of days, `90d`, or the end of a day in UTC.

    Raises:
        ApiKeyError: the text is neither.
    """
    try:
        if match := re.fullmatch(r"([0-9]+)d", text):
            return now.replace(microsecond=0) + timedelta(days=int(match[1]))
        return datetime.combine(date.fromisoformat(text), time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        message = (
            f"{text!r} is not an expiry: write a number of days, `90d`, or a day, `2030-12-31`."
        )
        raise ApiKeyError(message) from None


def list_keys(connection: sa.Connection) -> list[Entry]:
    """List the keys by their names."""
    columns = [KEYS.c[name] for name in Entry._fields]
    rows = connection.execute(sa.select(*columns).order_by(KEYS.c.name))
    return [Entry(*row) for row in rows]


def revoke_key(connection: sa.Connection, name: str) -> None:
    """Revoke a key by deleting its row; its name can be used again.

    Raises:
        ApiKeyError: no key has this name.
    """
    if not connection.execute(sa.delete(KEYS).where(KEYS.c.name == name)).rowcount:
        raise ApiKeyError(
            f"No key is named {name!r}: `mithaq key list` lists the names of all keys."
        )


def write_last_used(connection: sa.Connection, uses: Mapping[str, datetime]) -> None:
    """Write the keys' last-used times by id; a later time in the database stays.

    Rows are written in the order of their ids, so that two servers cannot deadlock.
    """
    later = sa.or_(KEYS.c.used_at.is_(None), KEYS.c.used_at < sa.bindparam("at"))
    where = sa.and_(KEYS.c.id == sa.bindparam("key"), later)
    statement = sa.update(KEYS).where(where).values(used_at=sa.bindparam("at"))
    connection.execute(statement, [{"key": key, "at": uses[key]} for key in sorted(uses)])
