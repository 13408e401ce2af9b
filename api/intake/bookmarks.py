"""Bookmarks: the position in a JSON Lines file from which a stopped import resumes."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from api import model as m
from api.intake.read.lines import Line
from api.intake.rows import insert_rows, table_of

BOOKMARK = table_of(m.Bookmark)
STEP = 1 << 20


def _new_hash() -> Any:
    return hashlib.blake2b(digest_size=20)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The position up to which a file is imported, and the hash of the bytes before it."""

    line: int = 0
    offset: int = 0
    hash: Any = field(default_factory=_new_hash)

    def after(self, lines: list[Line]) -> "Bookmark":
        """Return the bookmark after further lines."""
        digest = self.hash.copy()
        for line in lines:
            digest.update(line.text)
        last = lines[-1]
        return Bookmark(last.number, last.offset + len(last.text), digest)


def find_bookmark(connection: sa.Connection, path: Path, file: BinaryIO) -> Bookmark:
    """Return where to resume; a file whose imported part has changed is read from its start."""
    named = BOOKMARK.c.path == str(path.resolve())
    row = connection.execute(sa.select(BOOKMARK).where(named)).first()
    if row is None:
        return Bookmark()
    digest, left = _new_hash(), row.offset
    while left and (text := file.read(min(STEP, left))):
        digest.update(text)
        left -= len(text)
    if left or digest.hexdigest() != row.digest:
        return Bookmark()
    return Bookmark(row.line, row.offset, digest)


def write_bookmark(connection: sa.Connection, path: Path, mark: Bookmark | None) -> None:
    """Store the bookmark of a file; delete it if the file is imported completely."""
    name = str(path.resolve())
    connection.execute(sa.delete(BOOKMARK).where(BOOKMARK.c.path == name))
    if mark:
        row = {"path": name, "line": mark.line, "offset": mark.offset}
        insert_rows(connection, BOOKMARK, [row | {"digest": mark.hash.hexdigest()}])
