"""Writes a quarantine of rows: what is wrong with them, and what they were."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

import orjson

from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.profile.converting import EVENTS, RANKS, Conversion, name_record, write_json
from api.intake.quarantine import Quarantine, as_it_was
from api.intake.read.lines import Line
from api.output import naming

FIELD = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class RowQuarantine(Quarantine):
    """A quarantine whose entries have the file, row and columns that a bad line was made of."""

    conversion: Conversion

    def describe(self, file: str, line: Line, reasons: list[str]) -> Iterator[bytes]:
        """Yield an entry for each row that a bad line was made of."""
        del file
        conversion, origin = self.conversion, self.conversion.origin(line.number)
        found = [find_columns(conversion, line.number, text) for text in reasons]
        columns = {name for names, _ in found for name in names}
        rows, id_ = self._find_rows(line)
        ids = [id_] if id_ else []
        made = as_it_was(line.text)
        reason = "; ".join(reasons)
        yield write_entry(self._describe_row(origin[:2], columns, reason, ids) | made)
        for place in rows:
            if place != origin[:2]:
                reason = f"{id_} is made of row {origin.row}, too"
                yield write_entry(self._describe_row(place, (), reason, ids))

    def write_rows(self) -> int:
        """Append the rows of which records could not be made; return their number.

        Rows that are right are among them if other rows of a record are not: it is made of all.
        """
        fragments = self.conversion.fragments
        with naming(self.path), self.path.open("ab") as out:
            for place, group in groupby(fragments.list_problems(), attrgetter("file", "row")):
                bad = list(group)
                columns = {name for item in bad for name in item.columns}
                ids = [item.id for item in bad if item.id]
                reason = "; ".join(dict.fromkeys(item.text for item in bad))
                out.write(write_entry(self._describe_row(place, columns, reason, ids)))
            for file, row, id_ in self._list_others():
                reason = f"{id_} is made of other rows, too, of which some are wrong"
                out.write(write_entry(self._describe_row((file, row), (), reason, [id_])))
        return fragments.count_wrong()

    def _describe_row(
        self, place: tuple[int, int], columns: Iterable[str], reason: str, ids: list[str]
    ) -> dict[str, object]:
        """Return the entry of a row, which has the row itself unless an earlier entry has it."""
        head = self.conversion.find_head(*place)
        return {
            "file": head.file,
            "row": head.row,
            "sourceRow": head.name,
            "columns": sorted(columns),
            "reason": reason,
            "records": ids,
            **self._take_source(*place),
        }

    def _find_rows(self, line: Line) -> tuple[list[tuple[int, int]], str | None]:
        """Return the rows that make a line's record, by file and number, and the record's id."""
        made, origin = orjson.loads(line.text), self.conversion.origin(line.number)
        names = SECTIONS[LINES[made["record"]]].key_fields
        key = ".".join(made.get(name, "") for name in names).strip(".")
        rank = RANKS[made["record"]]
        if (id_ := name_record(rank, key)) is None:
            return [origin[:2]], None
        return self.conversion.fragments.find_rows(rank, key), id_

    def _list_others(self) -> Iterator[tuple[int, int, str]]:
        """Yield the good rows of records of which other rows are wrong, with the record's id."""
        found = self.conversion.fragments.list_others()
        return ((file, row, name_record(rank, key) or "") for file, row, rank, key in found)

    def _take_source(self, file: int, row: int) -> dict[str, Any]:
        """Return a row as it was, once: a quarantine has each row once to be mended."""
        fragments, heads = self.conversion.fragments, self.conversion.heads.get(file)
        kept = fragments.take_source(file, row)
        if kept is None:
            return {}
        ids = {
            id_
            for rank, key in fragments.find_made(file, row)
            if rank in EVENTS
            and not fragments.stays(rank, key, taken=True)
            and (id_ := name_record(rank, key))
        }
        makes = ids | (heads[row].makes if heads else set())
        source: dict[str, Any] = json.loads(kept)
        return source | {"makes": sorted(makes)}


def write_entry(entry: dict[str, object]) -> bytes:
    """Return an entry as a line."""
    return write_json(entry) + b"\n"


def find_columns(conversion: Conversion, line: int, text: str) -> tuple[list[str], bool]:
    """Return the columns of the field that a problem of a line names, and whether they are empty.

    If the field is missing since some of them are empty, these alone are returned.
    """
    if (match := FIELD.match(text)) is None:
        return [], False
    name, origin = match[1], conversion.origin(line)
    if empty := conversion.fragments.find_gaps(origin).get(name):
        return empty, True
    columns = conversion.rules[origin.rule].columns.items()
    found = {column for path, names in columns if f".{name}." in f".{path}." for column in names}
    return sorted(found), False
