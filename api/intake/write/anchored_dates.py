"""Resolves relative dates again when their article's day of publication changes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import Ref, find_article
from api.intake.forms.codecs import format_when
from api.intake.forms.kinds import MAIN_TABLES, PART_TABLES
from api.intake.rows import Row, fetch_among, select, table_of, update_rows
from api.intake.write.revision import DOSSIER, RECORD
from api.intake.write.upsert import Writer
from api.model.kinds import Basis, ChangeAction, RecordKind
from api.text.anchors import resolve_anchor
from api.text.dates import VagueDate, parse_edtf

ARTICLE = table_of(m.Article)
ANCHORED = "_anchored"


def _list_dates() -> Iterator[tuple[sa.Table, str, str]]:
    """Yield the dates that can be relative: table, column of the record's id, column prefix."""
    mains = {table: "id" for tables in MAIN_TABLES.values() for table in tables}
    parts = {table: owner for tables in PART_TABLES.values() for table, owner in tables.items()}
    for table, owner in (mains | parts).items():
        for column in table.c:
            if column.name.endswith(ANCHORED) and table is not ARTICLE:
                yield table, owner, column.name.removesuffix(ANCHORED)


DATES = [*_list_dates()]


def resolve_dates(writer: Writer) -> None:
    """Resolve again the dates relative to days of publication that this revision changed.

    Records imported with their article are resolved already. The rows of the others are
    updated, and the records are marked as updated.
    """
    published = dict(_find_published(writer))
    if not published:
        return
    for table, owner, prefix in DATES:
        changes: dict[int, Row] = {}
        records = set()
        for row in _find_anchored(writer, table, owner, prefix, published):
            if wanted := _resolve(row, prefix, published[row["home"]]):
                changes[row["id"]] = wanted
                records.add(row[owner])
        writer.record_changes(writer.load_by_id(records).values(), ChangeAction.UPDATED)
        update_rows(writer.connection, table, changes)
        for key, wanted in changes.items():
            writer.affected.updated[table].setdefault(key, {}).update(wanted)


def _find_published(writer: Writer) -> Iterator[tuple[str, VagueDate]]:
    """Yield the changed days of publication: the home dossier and the new day."""
    updated = writer.affected.updated[ARTICLE]
    changed = [key for key, row in updated.items() if "published_edtf" in row]
    query = select(ARTICLE.c.key, ARTICLE.c.published_edtf)
    for key, edtf in fetch_among(writer.connection, query, ARTICLE.c.id, changed):
        yield str(Ref(RecordKind.ARTICLE, key)), parse_edtf(edtf) if edtf else VagueDate()


def _find_anchored(
    writer: Writer, table: sa.Table, owner: str, prefix: str, homes: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    query = _select_anchored(table, owner, prefix)
    for row in fetch_among(writer.connection, query, DOSSIER.c.name, homes):
        yield row._asdict()
    if "added_by_id" in table.c:
        articles = {find_article(home): home for home in homes}
        for row in fetch_among(
            writer.connection, _select_added(table, prefix), ARTICLE.c.key, articles
        ):
            yield row._asdict() | {"home": articles[row.home]}


@cache
def _select_anchored(table: sa.Table, owner: str, prefix: str) -> sa.Select[Any]:
    """Build the query of the dates that records' own dossiers give."""
    query = (
        sa.select(table, DOSSIER.c.name.label("home"))
        .join(RECORD, RECORD.c.id == table.c[owner])
        .join(DOSSIER, DOSSIER.c.id == RECORD.c.dossier_id)
        .where(table.c[prefix + ANCHORED].is_not(None))
    )
    return query.where(table.c.added_by_id.is_(None)) if "added_by_id" in table.c else query


@cache
def _select_added(table: sa.Table, prefix: str) -> sa.Select[Any]:
    """Build the query of the dates that articles add to records of other dossiers."""
    query = sa.select(table, ARTICLE.c.key.label("home"))
    query = query.join(ARTICLE, ARTICLE.c.id == table.c.added_by_id)
    return query.where(table.c[prefix + ANCHORED].is_not(None))


def _resolve(row: Mapping[str, Any], prefix: str, published: VagueDate) -> Row:
    """Return the changed columns of a date."""
    when = resolve_anchor(row[f"{prefix}_anchored"], published)
    basis = row[f"{prefix}_basis"]
    if when.known:
        basis = str(Basis.RESOLVED)
    elif row[f"{prefix}_earliest"]:
        basis = str(Basis.STATED)
    wanted = format_when(prefix, when, basis, ordered=f"{prefix}_asc" in row)
    return {name: value for name, value in wanted.items() if row[name] != value}
