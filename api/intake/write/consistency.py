"""Checks of uniqueness, references and cycles across files and stored records, before writing.

Each check takes the drafts and the writer, which reads the tables, and returns the problems.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.errors import Problem
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Draft, Ref
from api.intake.forms.kinds import CHILDREN, PARENT_FIELDS, REFERRING, UNIQUE, Unique, owner_of
from api.intake.forms.special_codecs import WIKIDATA
from api.intake.rows import fetch_among, select, table_of
from api.intake.write.upsert import Writer
from api.model.kinds import RecordKind, SourceKind
from api.statements import fetch

RECORD, DOSSIER, ARTICLE = table_of(m.Record), table_of(m.Dossier), table_of(m.Article)
NAME, CLAIM = table_of(m.ActorName), table_of(m.Claim)
ADDITION, IDENTIFIER = table_of(m.Addition), table_of(m.Identifier)
IDENTIFYING = ("value", "scheme", "record_kind")
DEFINED_IN = sa.select(RECORD.c.kind, RECORD.c.key).where(
    RECORD.c.dossier_id == sa.bindparam("dossier")
)
# Actors, each with the articles that give it aliases although other dossiers define it.
SPELLED = (
    sa.select(NAME.c.actor_id, ARTICLE.c.id)
    .join(RECORD, RECORD.c.id == NAME.c.actor_id)
    .join(DOSSIER, DOSSIER.c.id == NAME.c.dossier_id)
    .join(ARTICLE, ARTICLE.c.key == DOSSIER.c.source_key)
    .where(RECORD.c.dossier_id != NAME.c.dossier_id)
    .where(DOSSIER.c.source_kind == sa.literal(str(SourceKind.ARTICLE)))
)
# Identifiers that records themselves define.
OWN = select(IDENTIFIER.c.record_key, *(IDENTIFIER.c[name] for name in IDENTIFYING)).where(
    IDENTIFIER.c.added_by_id.is_(None)
)
# Records, each with the articles that add to it.
ADDED = sa.select(ADDITION.c.record_id, ADDITION.c.article_id)
# Articles and datasets, each with the records that it defines, without their children.
SOURCE = RECORD.alias("source")
OF_SOURCE = (DOSSIER.c.source_kind == SOURCE.c.kind) & (DOSSIER.c.source_key == SOURCE.c.key)
HOMED = (
    sa.select(SOURCE.c.id, RECORD.c.id)
    .join(DOSSIER, OF_SOURCE)
    .join(RECORD, RECORD.c.dossier_id == DOSSIER.c.id)
    .where(RECORD.c.id != SOURCE.c.id, RECORD.c.kind.not_in(map(sa.literal, map(str, CHILDREN))))
)
Drafts = Mapping[Ref, tuple[Dossier, Draft]]
Parents = dict[Ref, Ref | None]


def find_unique_violations(
    drafts: Drafts, dropped: Iterable[Ref], writer: Writer
) -> Iterator[Problem]:
    """Yield a problem for each unique value that two records would share."""
    rewritten = drafts.keys() | set(dropped)
    for kind, unique in UNIQUE.items():
        values = {
            ref: value
            for ref, (_, draft) in drafts.items()
            if ref.kind is kind and None not in (value := _read_value(draft, unique))
        }
        owners = _read_owners(kind, unique, values, writer)
        owners = {value: ref for value, ref in owners.items() if ref not in rewritten}
        for ref, value in values.items():
            if (owner := owners.setdefault(value, ref)) != ref:
                dossier, draft = drafts[ref]
                text = (
                    f"`{unique.field}` {value[-1]} is already that of {owner}: it has to be unique"
                )
                yield dossier.document.problem((*draft.location, unique.field), text, "TAKEN")


def find_taken_identifiers(
    drafts: Drafts, dropped: Iterable[Ref], writer: Writer
) -> Iterator[Problem]:
    """Yield a problem for each identifier with which two records of a kind would be defined."""
    given = [
        (dossier, draft, tuple(row[name] for name in IDENTIFYING))
        for dossier, draft in drafts.values()
        for row in draft.rows.get(IDENTIFIER, ())
    ]
    values = {value for *_, (value, *_) in given}
    rewritten = drafts.keys() | set(dropped)
    owners: dict[tuple[str, ...], Ref] = {}
    for key, *item in fetch_among(writer.connection, OWN, IDENTIFIER.c.value, values):
        ref = Ref(RecordKind(item[-1]), key)
        gone = {ref, owner_of(ref) if ref.kind in CHILDREN else ref} & rewritten
        if not gone:
            owners[tuple(item)] = ref
    for dossier, draft, item in given:
        owner = owners.setdefault(item, draft.ref)
        is_field = draft.ref.kind is RecordKind.ACTOR and item[1] == WIKIDATA  # `wikidata`
        if owner != draft.ref and not is_field:
            text = f"{item[1]} {item[0]} is already an identifier of {owner}: it has to be unique"
            yield dossier.document.problem((*draft.location, "identifiers"), text, "TAKEN")


def _read_value(draft: Draft, unique: Unique) -> tuple[Any, ...]:
    row = draft.rows[unique.table][0]
    return tuple(row[column] for column in unique.columns)


def _read_owners(
    kind: RecordKind, unique: Unique, values: Mapping[Ref, tuple[Any, ...]], writer: Writer
) -> dict[tuple[Any, ...], Ref]:
    """Read the records that have these values, or values with the same prefix."""
    columns = [unique.table.c[name] for name in unique.columns]
    query = select(unique.table.c.key, *columns)
    firsts = {value[0] for value in values.values()}
    rows = fetch_among(writer.connection, query, columns[0], firsts)
    return {tuple(row[1:]): Ref(kind, row[0]) for row in rows}


def find_cycles(drafts: Drafts, writer: Writer) -> Iterator[Problem]:
    """Yield a problem for each place or topic that would be its own ancestor."""
    for kind, (name, table, column) in PARENT_FIELDS.items():
        defined = {ref: pair for ref, pair in drafts.items() if ref.kind is kind}
        if not defined:
            continue
        parents: Parents = {
            ref: draft.rows[table][0][column] for ref, (_, draft) in defined.items()
        }
        _read_parents(kind, parents, writer)
        for ref, (dossier, draft) in defined.items():
            if ref in (chain := _chain(ref, parents)):
                path = " → ".join(item.key for item in (ref, *chain))
                text = f"`{name}` makes a cycle ({path}): remove one of these references"
                yield dossier.document.problem((*draft.location, name), text)


def _read_parents(kind: RecordKind, parents: Parents, writer: Writer) -> None:
    """Read all ancestors of the parents."""
    _, table, column = PARENT_FIELDS[kind]
    query = _select_parents(table, column)
    while wanted := {ref.key for ref in parents.values() if ref and ref not in parents}:
        parents |= {Ref(kind, key): None for key in wanted}
        for key, parent in fetch_among(writer.connection, query, table.c.key, wanted):
            parents[Ref(kind, key)] = Ref(kind, parent) if parent else None


@cache
def _select_parents(table: sa.Table, column: str) -> sa.Select[Any]:
    above = table.alias()
    return sa.select(table.c.key, above.c.key).outerjoin(above, above.c.id == table.c[column])


def _chain(ref: Ref, parents: Mapping[Ref, Ref | None]) -> list[Ref]:
    chain: dict[Ref, None] = {}
    here = parents.get(ref)
    while here is not None and here not in chain:
        chain[here] = None
        here = parents.get(here)
    return list(chain)


def find_dangling_references(
    dropped: Mapping[Ref, Dossier],
    drafts: Drafts,
    writer: Writer,
    redrafted: Container[Ref] = (),
    *,
    spelled: bool = True,
) -> Iterator[Problem]:
    """Yield a problem for each record that dossiers dropped and another record refers to.

    What articles add to `redrafted` records is drafted again. With `spelled`, articles that add to
    a record refer to it too.
    """
    rewritten = drafts.keys() | dropped.keys()
    for lost, ref in find_referrers(list(dropped), writer, redrafted, spelled=spelled):
        if ref not in rewritten:
            document = dropped[lost].document
            owner = drafts.get(owner_of(lost)) if lost.kind in CHILDREN else None
            home = document.name_home(writer.ids[ref].home)
            text = (
                f"{lost} is no longer defined here, but {ref}, defined in {home}, refers to it: "
                f"keep {lost}, or first remove the reference from {ref}"
            )
            if owner:
                yield document.problem(owner[1].location, text, "REFERENCED")
            else:
                yield document.whole_problem(text, "REFERENCED")


def find_referrers(
    refs: list[Ref], writer: Writer, redrafted: Container[Ref] = (), *, spelled: bool = True
) -> Iterator[tuple[Ref, Ref]]:
    """Yield pairs: one of these records, and a record that refers to it.

    A reference that one of these articles adds does not count, nor one added to a `redrafted`
    record.
    The records that an article or a dataset defines refer to it. With `spelled`, articles that give
    aliases to an actor, or add to a record, refer to it too.
    """
    if not refs:
        return
    names = {writer.ids[ref].id: ref for ref in refs}
    pairs = set(_find_spelled(names, writer) if spelled else ())
    pairs.update(_find_homed(names, writer))
    added = set()
    for table, owner, column in REFERRING:
        query = _select_referring(table, owner, column)
        for needed, by, article in fetch_among(writer.connection, query, table.c[column], names):
            if article is None:
                pairs.add((needed, by))
            elif article not in names:
                added.add((needed, by))
    owners = writer.load_by_id({by for _, by in pairs | added})
    pairs.update(pair for pair in added if owners[pair[1]] not in redrafted)
    for needed, by in sorted(pairs):
        yield names[needed], owners[by]


@cache
def _select_referring(table: sa.Table, owner: str, column: str) -> sa.Select[Any]:
    article = table.c.added_by_id if "added_by_id" in table.c else sa.null()
    query = sa.select(table.c[column], table.c[owner], article)
    return query.where(table.c.inverse.is_(False)) if table is table_of(m.EventLink) else query


def _find_spelled(records: Collection[int], writer: Writer) -> Iterator[tuple[int, int]]:
    """Find the articles that give aliases to these actors, or add to these records."""
    yield from fetch_among(writer.connection, SPELLED, NAME.c.actor_id, records)
    yield from fetch_among(writer.connection, ADDED, ADDITION.c.record_id, records)


def _find_homed(sources: Iterable[int], writer: Writer) -> Iterator[tuple[int, int]]:
    """Find the records that these articles and datasets define, without children."""
    yield from fetch_among(writer.connection, HOMED, SOURCE.c.id, sources)


def find_changed_quotes(
    dossiers: list[Dossier], drafts: Drafts, writer: Writer
) -> Iterator[Problem]:
    """Yield a problem for each stored claim whose quote the article's new text moves or lacks."""
    changed = {
        item.source.key: item
        for item in dossiers
        if item.source and item.record.article and not item.whole
    }
    for row in fetch_among(writer.connection, select(CLAIM), CLAIM.c.article_key, changed):
        dossier = changed[row.article_key]
        if not dossier.is_readable or Ref(RecordKind.CLAIM, row.key) in drafts:
            continue
        if dossier.body[row.quote_start : row.quote_end] != row.quote_text:
            quoted = f'"{row.quote_text}" at code point {row.quote_start}'
            text = f"claim:{row.key} quotes {quoted}, where the new text differs: keep the text"
            yield dossier.document.problem(("article", "text"), text)


def find_removed(drafts: Drafts, dossiers: list[Dossier], writer: Writer) -> dict[Ref, Dossier]:
    """Find removed records: of complete dossiers, and offices and provisions of imported records.

    Each is returned with the dossier that no longer has it.
    """
    homes = {item.name: item for item in dossiers if item.whole and not item.wrong}
    writer.load_dossiers(homes)
    names = {writer.dossiers[name]: name for name in homes if name in writer.dossiers}
    # One query per dossier: for a list, SQLite would scan all records if there are few dossiers.
    held = {
        Ref(RecordKind(kind), key): homes[name]
        for id_, name in names.items()
        for kind, key in fetch(writer.connection, DEFINED_IN, dossier=id_)
    }
    held |= _find_parts(drafts, writer)
    dropped = {ref: dossier for ref, dossier in held.items() if ref not in drafts}
    writer.load(dropped)
    return dropped


def find_added_to(dossiers: Iterable[Dossier], writer: Writer) -> dict[Ref, Dossier]:
    """Find the records to which the articles of complete dossiers add, as stored.

    Each is returned with the dossier, which may no longer add to it.
    """
    articles = {
        writer.ids[item.article].id: item
        for item in dossiers
        if item.whole and item.article in writer.ids
    }
    rows = [*fetch_among(writer.connection, ADDED, ADDITION.c.article_id, articles)]
    refs = writer.load_by_id({record for record, _ in rows})
    return {refs[record]: articles[article] for record, article in rows}


def _find_parts(drafts: Drafts, writer: Writer) -> dict[Ref, Dossier]:
    """Find the stored offices and provisions of drafted records."""
    owners: dict[RecordKind, dict[int, Dossier]] = defaultdict(dict)
    for ref, (dossier, draft) in drafts.items():
        if ref in writer.ids and not dossier.is_wrong(draft.location):
            owners[ref.kind][writer.ids[ref].id] = dossier
    held: dict[Ref, Dossier] = {}
    for kind, (owner, codec) in CHILDREN.items():
        table, column = codec.table, codec.table.c[codec.owner]
        query = select(table.c.key, column)
        for key, id_ in fetch_among(writer.connection, query, column, owners[owner]):
            held[Ref(kind, key)] = owners[owner][id_]
    return held
