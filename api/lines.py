"""Puts records' lines into answers, in the place of the references that statements give.

A current line is stored nowhere: Python reads it from the tables. The line of a record at the end
of a revision never changes, so that this second reading gives what the statement would have given.
"""

import asyncio
import re
from functools import partial

import orjson
import sqlalchemy as sa

from api.database import Database
from api.database.failures import unavailable
from api.database.transactions import read
from api.errors import DatabaseError
from api.intake.drafts import Ref
from api.intake.history import Moment, read_versions
from api.model.kinds import RecordKind
from api.plan.nodes import LINE_MARK

REFERENCE = re.compile(rb'"%b([a-z]+):([^"@]+)@([0-9]+)"' % re.escape(LINE_MARK.encode()))


async def fetch_lines(data: bytes, database: Database) -> bytes:
    """Replace the references in an answer's JSON with the lines of their records, or null.

    Raises:
        DatabaseUnavailable: the lines could not be read.
    """
    if LINE_MARK.encode() not in data:
        return data
    newest = max((int(match[3]) for match in REFERENCE.finditer(data)), default=0)
    try:
        return await asyncio.to_thread(read, database.find(newest), partial(insert_lines, data))
    except DatabaseError as error:
        raise unavailable(error) from None


def insert_lines(data: bytes, connection: sa.Connection) -> bytes:
    """Replace the references in an answer's JSON with the lines of their records, or null."""
    moments = {match[0]: _parse(match) for match in REFERENCE.finditer(data)}
    lines = read_versions(connection, set(moments.values()))
    return REFERENCE.sub(lambda match: _format(lines[moments[match[0]]]), data)


def _parse(match: re.Match[bytes]) -> Moment:
    kind, key, revision = match.groups()
    return Ref(RecordKind(kind.decode().upper()), key.decode()), int(revision)


def _format(line: bytes | None) -> bytes:
    return b"null" if line is None else orjson.dumps(line.decode().removesuffix("\n"))
