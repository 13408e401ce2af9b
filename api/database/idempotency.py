"""Idempotency keys: a mutation that is sent again is answered as before, and not run again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson
import sqlalchemy as sa

from api.errors import OperationError
from api.model import Idempotency

STORED: sa.Table = Idempotency.__table__  # type: ignore[attr-defined]
KEPT = timedelta(days=1)
REUSED = "The header `Idempotency-Key` is that of another request of yours: send a new one."


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """A request by its client's idempotency key, with a hash of its content.

    Payloads are stored in the transaction of each root field, so that a request that was stopped
    halfway continues where it stopped.
    """

    client: str
    key: str
    digest: str

    def find(self, connection: sa.Connection, field: int, now: datetime) -> Any:
        """Return the stored payload of a root field; None if the field has not been run.

        Raises:
            OperationError: the key was sent with another request (IDEMPOTENCY_KEY_REUSED).
        """
        columns = sa.select(STORED.c.field, STORED.c.digest, STORED.c.payload)
        mine = (STORED.c.client == self.client) & (STORED.c.key == self.key)
        rows = connection.execute(columns.where(mine, STORED.c.at >= now - KEPT)).all()
        if any(row.digest != self.digest for row in rows):
            raise OperationError("IDEMPOTENCY_KEY_REUSED", REUSED)
        return next((orjson.loads(row.payload) for row in rows if row.field == field), None)

    def store(self, connection: sa.Connection, field: int, now: datetime, payload: Any) -> None:
        """Store the payload of a root field for a day, and delete those that are older."""
        connection.execute(sa.delete(STORED).where(STORED.c.at < now - KEPT))
        values = {"client": self.client, "key": self.key, "field": field, "digest": self.digest}
        values |= {"payload": orjson.dumps(payload).decode(), "at": now}
        connection.execute(sa.insert(STORED).values(values))


def hash_request(*parts: Any) -> str:
    """Return a hash of a request's parts; the order of fields in objects does not count."""
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()
