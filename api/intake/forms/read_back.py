"""Reads stored records back as JSON Lines, from which an import restores the same rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref
from api.intake.forms.context import StoredRows
from api.intake.forms.form import Form, form_of
from api.intake.forms.kinds import FOREIGN_KEYS, LINES, SECTIONS
from api.intake.forms.special_codecs import NAME, list_foreign_names
from api.intake.rows import CHUNK, Row, fetch_among, fetch_grouped, select, table_of
from api.model.kinds import RecordKind

RECORD, DOSSIER, ARTICLE = table_of(m.Record), table_of(m.Dossier), table_of(m.Article)
ADDITION = table_of(m.Addition)
# The names of lines that say other dossiers' names of actors, and what else articles add.
ALIAS, ADD = (name for name, section in LINES.items() if form_of(SECTIONS[section]).kind is None)
Lines = dict[Ref, list[bytes]]
ADDITIONS = sa.select(ADDITION.c.record_id, ARTICLE.c.key, ADDITION.c.line).join(
    ARTICLE, ARTICLE.c.id == ADDITION.c.article_id
)
# Foreign keys to tables that have no records.
NOT_RECORDS = {"dossier_id", "country_code", "language"}


def read_lines(connection: sa.Connection, names: Collection[str] = LINES) -> Iterator[bytes]:
    """Yield the records of these kinds as JSON Lines, sorted by kind and key.

    A record may come before the records it refers to. Memory does not grow with the database.
    """
    for name in LINES:
        if name in names:
            for kind in list_kinds(name):
                for refs in _list_refs(connection, kind, added=name == ADD):
                    for lines in read_named(connection, name, refs).values():
                        yield from lines


def list_kinds(name: str) -> Iterable[RecordKind]:
    """Return the kinds of the records that lines of a name are about."""
    kind = form_of(SECTIONS[LINES[name]]).kind
    return RecordKind if name == ADD else [kind or RecordKind.ACTOR]


def read_named(connection: sa.Connection, name: str, refs: Mapping[int, Ref]) -> Lines:
    """Return, by record, the lines of a name that are about stored records of one kind."""
    if name in FOREIGN:
        return FOREIGN[name](connection, refs)
    return {ref: [line] for ref, line in read_records(connection, name, refs).items()}


def read_records(connection: sa.Connection, name: str, refs: Mapping[int, Ref]) -> dict[Ref, bytes]:
    """Return the lines of stored records of one kind, by the name that lines give the kind."""
    form = form_of(SECTIONS[LINES[name]])
    stored = read_stored(connection, form, refs)
    sources = _read_sources(connection, stored)
    lines = {}
    for id_, ref in refs.items():
        home = {} if form.kind is RecordKind.ARTICLE else sources.get(stored.homes[id_], {})
        row = stored.source_rows[id_]
        origin = home if row is None else home | {"row": row}
        lines[ref] = _format_line(name, origin, form.read_record(stored, ref, id_))
    return lines


def read_aliases(connection: sa.Connection, refs: Mapping[int, Ref]) -> Lines:
    """Return, by actor, the lines of the names that articles of other dossiers give it."""
    stored = StoredRows(refs, {NAME: fetch_grouped(connection, NAME, "actor_id", refs)})
    _read_homes(connection, refs, stored)
    sources = _read_sources(connection, stored)
    form = form_of(SECTIONS[LINES[ALIAS]])
    return {
        ref: [
            _format_line(ALIAS, source, fields)
            for source, fields in list_foreign_names(stored, ref, id_, form, sources)
        ]
        for id_, ref in refs.items()
    }


def read_additions(connection: sa.Connection, refs: Mapping[int, Ref]) -> Lines:
    """Return, by record, the lines of what articles add to it, by the articles' keys."""
    rows = sorted(fetch_among(connection, ADDITIONS, ADDITION.c.record_id, refs))
    lines: Lines = {ref: [] for ref in refs.values()}
    for record, _, line in rows:
        lines[refs[record]].append(line.encode() + b"\n")
    return lines


# The lines about records that articles other than the records' own say.
FOREIGN = {ALIAS: read_aliases, ADD: read_additions}


def read_foreign(connection: sa.Connection, kind: RecordKind, refs: Mapping[int, Ref]) -> Lines:
    """Return, by record of one kind, the lines that articles other than its own say about it."""
    found: Lines = defaultdict(list)
    for name, read in FOREIGN.items():
        if kind in list_kinds(name):
            for ref, lines in read(connection, refs).items():
                found[ref] += lines
    return found


def _format_line(name: str, origin: Mapping[str, str], fields: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"record": name, **origin, **fields}, option=orjson.OPT_APPEND_NEWLINE)


def _list_refs(
    connection: sa.Connection, kind: RecordKind, *, added: bool
) -> Iterator[dict[int, Ref]]:
    """Yield the records of a kind, or those to which articles add, in batches, sorted by key."""
    query = sa.select(RECORD.c.id, RECORD.c.key).where(RECORD.c.kind == str(kind))
    if added:
        query = query.where(RECORD.c.id.in_(sa.select(ADDITION.c.record_id)))
    query = query.order_by(RECORD.c.key).limit(CHUNK)
    last = ""
    while rows := connection.execute(query.where(RECORD.c.key > last)).all():
        yield {row.id: Ref(kind, row.key) for row in rows}
        last = rows[-1].key


def read_stored(connection: sa.Connection, form: Form, refs: Mapping[int, Ref]) -> StoredRows:
    """Read all stored rows of records of one kind, and the references in them."""
    stored = StoredRows()
    _load(connection, form, refs, stored)
    named = {key for table in stored.rows for key in _list_ids(table, stored.rows[table])}
    stored.refs = {**_read_refs(connection, named - refs.keys()), **refs}
    _read_homes(connection, refs, stored)
    if form.kind is RecordKind.CLAIM:
        articles = {row["article_id"] for (row,) in stored.rows[form.tables[0]].values()}
        query = select(ARTICLE.c.id, ARTICLE.c.body)
        stored.bodies = dict(map(tuple, fetch_among(connection, query, ARTICLE.c.id, articles)))
    return stored


def _load(connection: sa.Connection, form: Form, ids: Collection[int], stored: StoredRows) -> None:
    for table in form.tables:
        stored.rows[table] = fetch_grouped(connection, table, "id", ids)
    for table, owner in form.owners.items():
        held = stored.rows.get(table, {})  # of the owner, if these are its children
        rows = fetch_grouped(connection, table, owner, ids)
        stored.rows[table] = {**held, **{id_: select_own(table, rows[id_]) for id_ in rows}}
    for _, codec in form.children:
        query = _select_own_children(codec.table, codec.owner)
        children: dict[int, list[int]] = defaultdict(list)
        for owner, child in fetch_among(connection, query, codec.table.c[codec.owner], ids):
            children[owner].append(child)
        stored.children[codec.table] = children
        _load(connection, codec.child, [id_ for each in children.values() for id_ in each], stored)


def select_own(table: sa.Table, rows: list[Row]) -> list[Row]:
    """Return the rows of a record that its own dossier defines."""
    if "added_by_id" not in table.c:
        return rows
    return [row for row in rows if row["added_by_id"] is None]


@cache
def _select_own_children(table: sa.Table, owner: str) -> sa.Select[Any]:
    query = sa.select(table.c[owner], table.c.id)
    return query.where(table.c.added_by_id.is_(None)) if "added_by_id" in table.c else query


def _list_ids(table: sa.Table, rows: Mapping[int, Iterable[Row]]) -> Iterator[int]:
    """Yield the ids of the rows' records and of the records they refer to."""
    names = [
        name for name in ("id", *FOREIGN_KEYS[table]) if name not in NOT_RECORDS and name in table.c
    ]
    for some in rows.values():
        for row in some:
            yield from (row[name] for name in names if row[name] is not None)


def _read_refs(connection: sa.Connection, ids: Iterable[int]) -> dict[int, Ref]:
    query = select(RECORD.c.id, RECORD.c.kind, RECORD.c.key)
    rows = fetch_among(connection, query, RECORD.c.id, ids)
    return {id_: Ref(RecordKind(kind), key) for id_, kind, key in rows}


def _read_homes(connection: sa.Connection, ids: Iterable[int], stored: StoredRows) -> None:
    query = select(RECORD.c.id, RECORD.c.dossier_id, RECORD.c.source_row)
    rows = [*fetch_among(connection, query, RECORD.c.id, ids)]
    stored.homes = {id_: home for id_, home, _ in rows}
    stored.source_rows = {id_: row for id_, _, row in rows}


def _read_sources(connection: sa.Connection, stored: StoredRows) -> dict[int, dict[str, str]]:
    """Return dossier id → its source as lines name it, of dossiers that have one."""
    dossiers = {*stored.homes.values()}
    dossiers.update(
        row["dossier_id"] for rows in stored.rows.get(NAME, {}).values() for row in rows
    )
    query = select(DOSSIER.c.id, DOSSIER.c.source_kind, DOSSIER.c.source_key)
    rows = fetch_among(connection, query, DOSSIER.c.id, dossiers)
    return {id_: {kind.lower(): key} for id_, kind, key in rows if kind}
