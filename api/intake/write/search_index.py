"""Updates the full-text search index after a revision.

The database's full-text index has the distinct tokens of each record; the table `search_field` has
all tokens of each field in order, for phrases and snippets.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.forms.codecs import Searched
from api.intake.forms.kinds import DATED, SEARCHED
from api.intake.rows import (
    Row,
    chunked,
    delete_among,
    fetch_among,
    insert_rows,
    select,
    table_of,
)
from api.intake.write.upsert import Writer
from api.model.columns import JSON_TEXT
from api.model.kinds import ChangeAction, RecordKind
from api.statements import run_each
from api.text.localized import parse_localized
from api.text.spellings import list_spellings
from api.text.words import locate_words

RECORD, FIELD = table_of(m.SearchRecord), table_of(m.SearchField)
ACTOR, OFFICE = table_of(m.Actor), table_of(m.Office)
# An actor's event count as a rank key, which sorts before any date: a space and ten digits.
NUMBER = sa.literal_column("10000000000", sa.BigInteger) + ACTOR.c.event_count
RANK = sa.literal_column("' '", sa.Text) + sa.func.substr(
    sa.cast(NUMBER, sa.Text), sa.literal_column("2")
)
RANK_AGAIN = (
    sa.update(RECORD)
    .where(RECORD.c.id == sa.bindparam("row_id"))
    .values(date_desc=sa.select(RANK).where(ACTOR.c.id == RECORD.c.id).scalar_subquery())
)
RANKS = sa.select(ACTOR.c.id, RANK)
# A tsvector of PostgreSQL has at most 1,048,575 bytes: the distinct tokens of about 10 MB of prose.
MAX_BYTES = 1_000_000
BYTES_OF_LETTER = 4


def _find_own() -> dict[Any, dict[Any, list[RecordKind]]]:
    """Find what is read of records' own rows: id column → column that is searched or dated → kinds.

    All columns of a row are read at once.
    """
    found: dict[Any, dict[Any, list[RecordKind]]] = defaultdict(dict)
    for kinds, _, (column, owner, order) in SEARCHED:
        if owner.primary_key and not order:
            found[owner][column] = kinds
    for column, kinds in DATED.items():
        found[column.table.c.id][column] = kinds
    return dict(found)


# Id column → the columns that are read, and the kinds of records that have them.
OWN = {owner: (columns, set().union(*columns.values())) for owner, columns in _find_own().items()}
Own = Mapping[Any, Mapping[int, Any]]


def index(writer: Writer) -> None:
    """Index records that a revision created or updated; deleted records left the index before."""
    changed = {
        writer.ids[ref].id: ref
        for ref, action in writer.changes.items()
        if action is not ChangeAction.DELETED
    }
    changed |= writer.load_by_id(_find_holders(writer, changed))
    old = [key for key, ref in changed.items() if not writer.is_new(ref)]
    delete_among(writer.connection, RECORD.c.id, old)
    _update_counts(writer, changed)
    index_records(writer.connection, changed)


def _update_counts(writer: Writer, indexed: Container[int]) -> None:
    """Update the rank of actors whose event count changed, if they were not indexed again."""
    changed = [key for key, more in writer.affected.event_counts.items() if more]
    rows = [{"row_id": key} for key in changed if key not in indexed]
    run_each(writer.connection, RANK_AGAIN, rows)


def _find_holders(writer: Writer, changed: dict[int, Ref]) -> set[int]:
    """Return the holders of changed or deleted offices: actors are searched by their offices."""
    offices = [key for key, ref in changed.items() if ref.kind is RecordKind.OFFICE]
    rows = fetch_among(writer.connection, select(OFFICE.c.holder_id), OFFICE.c.id, offices)
    return {row.holder_id for row in rows} | writer.affected.former_holders


def index_records(connection: sa.Connection, records: dict[int, Ref]) -> None:
    """Index records that are not yet in the index, in batches that bound memory."""
    for some in chunked(records.items()):
        _index_some(connection, dict(some))


def clear_index(connection: sa.Connection) -> None:
    """Empty the index, whether or not the database enforces foreign keys."""
    if connection.dialect.name == "sqlite":
        # A contentless FTS5 table can otherwise only be deleted from row by row.
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    else:
        connection.execute(sa.delete(m.SEARCH_INDEX))
    for table in (FIELD, RECORD):
        connection.execute(sa.delete(table))


def _index_some(connection: sa.Connection, records: dict[int, Ref]) -> None:
    by_kind: dict[RecordKind, list[int]] = defaultdict(list)
    for key, ref in records.items():
        by_kind[ref.kind].append(key)
    own = _read_own(connection, by_kind)
    fields = _read_fields(connection, by_kind, own)
    dates = _read_dates(connection, records, own)
    rows, indexed, texts = [], [], []
    for key, ref in records.items():
        names: dict[str, None] = {}
        words: dict[str, None] = {}
        spelled = [
            (mark, text, spelling)
            for mark, text in fields[key]
            for spelling in list_spellings(text)
        ]
        for ordinal, (mark, text, spelling) in enumerate(spelled):
            tokens, row = _write_field(mark, text, spelling)
            texts.append({"record_id": key, "ordinal": ordinal, **row})
            words |= tokens
            if row["named"]:
                names |= tokens
        date = dates.get(key, "")
        rows.append({"id": key, "kind": str(ref.kind), "key": ref.key, "date_desc": date})
        indexed.append({"rowid": key, "names": _join(names), "words": _join(words)})
    insert_rows(connection, RECORD, rows)
    insert_rows(connection, m.SEARCH_INDEX, indexed)
    insert_rows(connection, FIELD, texts)


def _read_own(connection: sa.Connection, records: Mapping[RecordKind, list[int]]) -> Own:
    """Read the columns of records' own rows: column → id of the record → value."""
    found: dict[Any, dict[int, Any]] = defaultdict(dict)
    for owner, (columns, kinds) in OWN.items():
        keys = [key for kind in records.keys() & kinds for key in records[kind]]
        if not keys:
            continue
        for key, *values in fetch_among(connection, select(owner, *columns), owner, keys):
            for column, value in zip(columns, values, strict=True):
                if value is not None:
                    found[column][key] = value
    return found


def _read_fields(
    connection: sa.Connection, records: Mapping[RecordKind, list[int]], own: Own
) -> dict[int, list[tuple[Searched, str]]]:
    """Read the searchable texts of records: names first, each field's original language first."""
    fields: dict[int, list[tuple[Searched, str]]] = defaultdict(list)
    for of_kinds, mark, (column, owner, order) in SEARCHED:
        keys = [key for kind in of_kinds if kind in records for key in records[kind]]
        if not keys:
            continue
        texts = _list_texts if column.type is JSON_TEXT else _list_text
        for key, *_, value in (
            ((key, own[column][key]) for key in keys if key in own[column])
            if owner in OWN and column in OWN[owner][0]
            else sorted(_fetch_texts(connection, (owner, *order, column), keys))
        ):
            fields[key] += [(mark, text) for text in texts(value)]
    return fields


def _fetch_texts(
    connection: sa.Connection, columns: tuple[Any, ...], keys: Iterable[int]
) -> Iterator[tuple[Any, ...]]:
    """Fetch the texts of other rows of records: the record's id, what they sort by, the text."""
    return map(tuple, fetch_among(connection, _select_texts(*columns), columns[0], keys))


@cache
def _select_texts(*columns: Any) -> sa.Select[Any]:
    return sa.select(*columns).where(columns[-1].is_not(None))


def _list_texts(value: str) -> list[str]:
    """Return the texts of a localized value, the original first."""
    texts, original = parse_localized(value)
    return [texts.pop(original), *texts.values()]


def _list_text(value: str) -> list[str]:
    return [value]


def _read_dates(connection: sa.Connection, records: Mapping[int, Ref], own: Own) -> dict[int, str]:
    dates = {key: date for column in DATED for key, date in own[column].items()}
    actors = [key for key, ref in records.items() if ref.kind is RecordKind.ACTOR]
    return dates | _read_counts(connection, actors)


def _read_counts(connection: sa.Connection, records: Iterable[int]) -> dict[int, str]:
    """Return actors' event counts as rank keys."""
    return dict(map(tuple, fetch_among(connection, RANKS, ACTOR.c.id, records)))


def _join(tokens: Iterable[str]) -> str:
    """Join tokens with spaces, cut to what the index can hold."""
    joined = " ".join(tokens)
    if len(joined) * BYTES_OF_LETTER <= MAX_BYTES:
        return joined
    shortened = f"{joined} ".encode()[:MAX_BYTES].decode(errors="ignore")
    return shortened.rpartition(" ")[0]


def _write_field(mark: Searched, text: str, spelling: str) -> tuple[dict[str, None], Row]:
    """Write a field's row in one spelling; return its distinct tokens."""
    tokens, edges = locate_words(spelling)
    width = len(str(len(text)))
    return dict.fromkeys(tokens), {
        "field": mark.field,
        "named": mark.named,
        "text": text if mark.kept else None,
        "tokens": f" {' '.join(tokens)} ",
        "width": width,
        "places": f"%0{width}d" * len(edges) % tuple(edges),
    }
