"""The sitemap: an index of parts, which have the addresses of pages, and of records by list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from math import ceil
from typing import Any

import orjson
import sqlalchemy as sa

from api.answer import Answerer
from api.database.transactions import limit_time, read
from api.pages.questions import Question
from api.tables.columns import Table, list_tables
from api.tables.export import Asked, Export, prepare_export

SIZE = 50_000  # addresses of a part, the most that a sitemap may have
PAGES = "pages.xml"  # the part of the pages that show no single record
TOPICS = "topics"  # a list of the schema without pages, whose records are counted by their ids


def make_question(lists: Iterable[str]) -> Question:
    """Return the question of the index: the number of records of each list."""
    counts = " ".join(f"{name} {{ totalCount }}" for name in lists)
    document = f"query Sitemap {{ {counts} {TOPICS} {{ id }} }}"
    return Question("sitemap", "Sitemap", document, ())


def list_parts(data: Mapping[str, Any], size: int = SIZE) -> list[str]:
    """Return the file names of all parts, by the number of records of each list."""
    counts = {
        name: len(found) if name == TOPICS else found["totalCount"] for name, found in data.items()
    }
    records = [
        f"{name}-{number}.xml"
        for name, count in counts.items()
        for number in range(1, ceil(count / size) + 1)
    ]
    return [PAGES, *records]


@dataclass(frozen=True, slots=True)
class Part:
    """The records from one number of a list to another."""

    table: Table
    number: int
    size: int

    def prepare(self, answerer: Answerer) -> Export:
        """Compile the statement that reads the ids of the records."""
        last = self.number * self.size
        return prepare_export(
            answerer.catalog, answerer.database, answerer.limits, self.table, Asked({}, first=last)
        )

    def read_ids(self, answerer: Answerer, export: Export, revision: int) -> list[str]:
        """Return the ids, by one statement; those of earlier parts are read and left out.

        They are of a state that contains the revision.

        Raises:
            DatabaseError: the database could not be read.
            DatabaseUnavailable: it took longer than a statement may.
        """
        settings = answerer.database.find(revision)
        return read(settings, partial(self._read, export, settings.timeout), mapped=True)

    def _read(self, export: Export, timeout: float, connection: sa.Connection) -> list[str]:
        with limit_time(connection, timeout):
            rows = (row for batch in export.read(connection) for row in batch)
            return [orjson.loads(row) for row in islice(rows, (self.number - 1) * self.size, None)]


def find_part(answerer: Answerer, file: str, size: int = SIZE) -> Part:
    """Return the part with a file name, which the index has."""
    name, _, number = file.removesuffix(".xml").partition("-")
    return Part(list_tables(answerer.catalog)[name].select(["id"]), int(number), size)
