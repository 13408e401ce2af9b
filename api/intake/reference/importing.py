"""Imports reference data, in the same way as JSON Lines."""

import getpass
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from api import model as m
from api.intake.batches import LinesImport, analyze_after
from api.intake.progress import ByteProgress, RunTransaction, no_bytes
from api.intake.reference import countries
from api.intake.rows import fetch_among, select, table_of
from api.intake.summary import Summary
from api.output import working_folder

ACTOR, MERGED = table_of(m.Actor), table_of(m.Merged)
Line = dict[str, Any]
# The name of each set of reference data, and a function that returns its lines.
REFERENCES: dict[str, Callable[[], Iterable[Line]]] = {"countries": countries.build_lines}


def import_reference(
    name: str,
    write: RunTransaction,
    at: datetime | None = None,
    watch: ByteProgress = no_bytes,
) -> Summary:
    """Import the reference data of this name; `write` runs work in one transaction.

    Raises:
        ImportFailure: a record contradicts a stored one; its problems name lines.
    """
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    lines = list(REFERENCES[name]())
    _rename(lines, write)
    path = Path(__file__).with_name(f"{name}.jsonl")  # what the revision names
    with working_folder() as folder:
        made = folder / path.name
        made.write_bytes(b"\n".join(map(orjson.dumps, lines)))
        running = LinesImport(path, write, moment, getpass.getuser(), watch, None, lines=made)
        summary = running.run()
    analyze_after(summary, write)
    return summary


def _rename(lines: Iterable[Line], write: RunTransaction) -> None:
    """Rename stored actors of other keys, with the same Wikidata items, to the keys of these lines.

    Those that were merged into others keep theirs, by which the import knows them.
    """
    items = {line["wikidata"]: line["key"] for line in lines if "wikidata" in line}

    def find(connection: sa.Connection) -> dict[str, str]:
        query = select(ACTOR.c.wikidata_id, ACTOR.c.key)
        rows = fetch_among(connection, query, ACTOR.c.wikidata_id, items)
        found = {items[row.wikidata_id]: row.key for row in rows}
        merged = fetch_among(connection, select(MERGED.c.key), MERGED.c.key, found)
        return {key: found[key] for key in found.keys() - {row.key for row in merged}}

    keys = write(find)
    for line in lines:
        if line["record"] == "actor":
            line["key"] = keys.get(line["key"], line["key"])
            for membership in line["memberships"]:
                organization = membership["organization"]
                membership["organization"] = keys.get(organization, organization)
