"""Updates what derives from a revision's changes: ancestry, reports, disputes, the search index."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.drafts import find_article
from api.intake.forms.kinds import PARENT_COLUMNS, SINGLE_VALUED
from api.intake.rows import fetch_among, replace_pairs, select, table_of, update_rows
from api.intake.write.anchored_dates import resolve_dates
from api.intake.write.denormalize import refresh_denormalized
from api.intake.write.revision import HOME
from api.intake.write.search_index import index
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction, EventKind, Stance
from api.statements import run_each
from api.text.dates import parse_edtf

ACTOR, ARTICLE, CLAIM = table_of(m.Actor), table_of(m.Article), table_of(m.Claim)
ADDITION, PARTICIPATION = table_of(m.Addition), table_of(m.Participation)
EVENT, EVENT_PLACE, PLACE = table_of(m.Event), table_of(m.EventPlace), table_of(m.Place)
RECORD, REPORT, TOPIC = table_of(m.Record), table_of(m.Report), table_of(m.Topic)
PLACE_WITHIN, TOPIC_WITHIN = table_of(m.PlaceWithin), table_of(m.TopicWithin)

MORE_EVENTS = (
    sa.update(ACTOR)
    .where(ACTOR.c.id == sa.bindparam("row_id"))
    .values(event_count=ACTOR.c.event_count + sa.bindparam("more", type_=sa.Integer))
)
ADDED = sa.select(ADDITION.c.article_id, ADDITION.c.record_id)
# Events in which an article gives an actor another role or position than another source does.
OTHERS = PARTICIPATION.alias()
DISPUTED = (
    sa.select(PARTICIPATION.c.event_id)
    .join(
        OTHERS,
        (OTHERS.c.event_id == PARTICIPATION.c.event_id)
        & (OTHERS.c.actor_id == PARTICIPATION.c.actor_id),
    )
    .where(
        PARTICIPATION.c.added_by_id.is_not(None),
        OTHERS.c.added_by_id.is_distinct_from(PARTICIPATION.c.added_by_id),
        (OTHERS.c.role != PARTICIPATION.c.role) | (OTHERS.c.position != PARTICIPATION.c.position),
    )
)
CLAIMED = sa.select(CLAIM.c.article_id, CLAIM.c.subject_id).distinct()
CLAIMED_PLACES = sa.select(CLAIM.c.subject_id).where(CLAIM.c.property == "place")
OUTER = PLACE.alias()
PLACES_ABOVE = (
    sa.select(PLACE.c.key, OUTER.c.key)
    .join(PLACE_WITHIN, PLACE_WITHIN.c.inner_id == PLACE.c.id)
    .join(OUTER, OUTER.c.id == PLACE_WITHIN.c.outer_id)
)
# Events of several places, and all places that they are within.
SEVERAL = sa.select(EVENT.c.id).join(PLACE_WITHIN, PLACE_WITHIN.c.inner_id == EVENT.c.id)
WITHIN_SEVERAL = (
    sa.select(EVENT.c.id, PLACE_WITHIN.c.outer_id)
    .join(EVENT_PLACE, EVENT_PLACE.c.event_id == EVENT.c.id)
    .join(PLACE_WITHIN, PLACE_WITHIN.c.inner_id == EVENT_PLACE.c.place_id)
    .where(EVENT.c.area_id == EVENT.c.id)
)


def derive(writer: Writer) -> None:
    """Update the derived columns and rows, and the search index, after a revision's changes."""
    resolve_dates(writer)
    refresh_denormalized(writer.connection, writer.affected.updated)
    _derive_event_counts(writer)
    _derive_closure(writer, TOPIC, TOPIC_WITHIN, "topic_id")
    moved = _derive_closure(writer, PLACE, PLACE_WITHIN, "inner_id")
    _derive_countries(writer, moved)
    _derive_areas(writer, moved)
    _derive_reports(writer)
    _derive_contested(writer, moved)
    index(writer)


def _derive_event_counts(writer: Writer) -> None:
    counts = writer.affected.event_counts.items()
    rows = [{"row_id": key, "more": more} for key, more in counts if more]
    run_each(writer.connection, MORE_EVENTS, rows)


# Closure tables: the ancestors of places and topics.


def _derive_closure(writer: Writer, table: sa.Table, closure: sa.Table, inner: str) -> set[int]:
    """Update the closure tables of places and topics; return the ids whose ancestors changed."""
    parent = PARENT_COLUMNS[table]
    updated = writer.affected.updated[table]
    changed = {key for key, names in updated.items() if parent in names}
    changed.update(writer.affected.created[table])
    if not changed:
        return set()
    found = _find_descendants(writer, closure, inner, changed)
    above = _read_ancestors(writer, table, found)
    below = found & above.keys()  # without the events of several places
    pairs = {(key, outer) for key in below for outer in _ancestors(key, above, parent)}
    replace_pairs(writer.connection, closure, inner, below, pairs)
    return below


def _find_descendants(
    writer: Writer, closure: sa.Table, inner: str, outer: Collection[int]
) -> set[int]:
    query = select(closure.c[inner])
    rows = fetch_among(writer.connection, query, closure.c.outer_id, outer)
    return {row[0] for row in rows} | set(outer)


def _read_ancestors(writer: Writer, table: sa.Table, keys: Iterable[int]) -> dict[int, Any]:
    """Read rows and all their ancestors."""
    found: dict[int, Any] = {}
    wanted = set(keys)
    while wanted:
        rows = fetch_among(writer.connection, select(table), table.c.id, wanted)
        level = {row.id: row for row in rows}
        found |= level
        parents = {getattr(row, PARENT_COLUMNS[table]) for row in level.values()}
        wanted = parents - {None} - found.keys()
    return found


def _ancestors(key: int, above: Mapping[int, Any], parent: str) -> Iterator[int]:
    here: int | None = key
    while here is not None:
        yield here
        here = getattr(above[here], parent)


def _derive_countries(writer: Writer, moved: set[int]) -> None:
    """Update countries: a place without one has the country of its nearest ancestor with one."""
    updated = writer.affected.updated[PLACE]
    changed = {key for key, names in updated.items() if "country_code" in names}
    places = moved | _find_descendants(writer, PLACE_WITHIN, "inner_id", changed)
    above = _read_ancestors(writer, PLACE, places)
    changes = {}
    for key in places & above.keys():
        codes = (above[outer].country_code for outer in _ancestors(key, above, "part_of_id"))
        code = next(filter(None, codes), None)
        if code != above[key].country_within:
            changes[key] = {"country_within": code}
    update_rows(writer.connection, PLACE, changes)


def _derive_areas(writer: Writer, moved: set[int]) -> None:
    """Update, in the closure table of places, the events of several places."""
    connection = writer.connection
    old = moved.difference(writer.affected.created[PLACE])
    around = fetch_among(connection, SEVERAL, PLACE_WITHIN.c.outer_id, old)
    events = writer.affected.relocated | {row.id for row in around}
    pairs = {tuple(row) for row in fetch_among(connection, WITHIN_SEVERAL, EVENT.c.id, events)}
    replace_pairs(connection, PLACE_WITHIN, "inner_id", events, pairs)


# Reports: which articles are about which events.


def _derive_reports(writer: Writer) -> None:
    """Update reports: an article reports the events of its dossier, and what it claims or adds."""
    events = _find_reported(writer)
    pairs = set(_find_holding(writer.connection, events))
    rows = fetch_among(writer.connection, CLAIMED, CLAIM.c.subject_id, events)
    pairs.update((row[0], row[1]) for row in rows)
    rows = fetch_among(writer.connection, ADDED, ADDITION.c.record_id, events)
    pairs.update((row[0], row[1]) for row in rows)
    replace_pairs(writer.connection, REPORT, "event_id", events, pairs)


def _find_holding(connection: sa.Connection, events: set[int]) -> Iterator[tuple[int, int]]:
    """Find the articles whose dossiers define these events."""
    rows = fetch_among(connection, select(RECORD.c.id, HOME), RECORD.c.id, events)
    homes = {event: key for event, name in rows if (key := find_article(name))}
    query = select(ARTICLE.c.key, ARTICLE.c.id)
    keys = dict.fromkeys(homes.values())
    articles = dict(map(tuple, fetch_among(connection, query, ARTICLE.c.key, keys)))
    return ((articles[name], key) for key, name in homes.items() if name in articles)


def _find_reported(writer: Writer) -> set[int]:
    """Return the events that are new, have moved, or whose claims were written or deleted."""
    new = {
        writer.ids[ref].id
        for ref, action in writer.changes.items()
        if action is ChangeAction.CREATED
        and ref.kind in EventKind.__members__
        and find_article(writer.ids[ref].home)
    }
    known = fetch_among(
        writer.connection,
        select(EVENT.c.id),
        EVENT.c.id,
        writer.affected.moved | writer.affected.claim_subjects,
    )
    return new | {row.id for row in known}


# Disputes: contradicting claims.


def _derive_contested(writer: Writer, moved: set[int]) -> None:
    connection = writer.connection
    subjects = writer.affected.claim_subjects | _find_placed(writer, moved)
    if not subjects:
        return
    query = select(EVENT.c.id, EVENT.c.contested)
    events = {row.id: row.contested for row in fetch_among(connection, query, EVENT.c.id, subjects)}
    claims: dict[int, list[Any]] = defaultdict(list)
    for claim in fetch_among(connection, select(CLAIM), CLAIM.c.subject_id, events):
        claims[claim.subject_id].append(claim)
    within = _read_within(connection, (claim for said in claims.values() for claim in said))
    disputed = {row.event_id for row in _find_disputed(connection, events)}
    found = {key: key in disputed or is_contested(claims[key], within) for key in events}
    changes = {
        key: {"contested": contested}
        for key, contested in found.items()
        if contested != events[key]
    }
    update_rows(connection, EVENT, changes)


def _find_disputed(connection: sa.Connection, events: Iterable[int]) -> Iterator[Any]:
    """Find the events to which an article adds an actor otherwise than another source has it."""
    return fetch_among(connection, DISPUTED, PARTICIPATION.c.event_id, events)


def _find_placed(writer: Writer, moved: set[int]) -> set[int]:
    """Find the events that claims locate in places whose ancestry changed."""
    old = moved.difference(writer.affected.created[PLACE])
    if not old:
        return set()
    rows = fetch_among(writer.connection, select(PLACE.c.key), PLACE.c.id, old)
    keys = [row.key for row in rows]
    found = fetch_among(writer.connection, CLAIMED_PLACES, CLAIM.c.value, keys)
    return {row.subject_id for row in found}


def is_contested(claims: Iterable[Any], within: Mapping[str, set[str]]) -> bool:
    """Return whether claims on one event contradict each other.

    Either a single-valued property is asserted with two values that cannot both be, or some value
    is both asserted and denied. `within` has, for each place, it and the places it lies in.
    """
    asserted: dict[str, set[str | None]] = defaultdict(set)
    denied: dict[str, set[str | None]] = defaultdict(set)
    for claim in claims:
        stances = asserted if claim.stance == Stance.ASSERTS else denied
        stances[claim.property].add(claim.value)
    if any(values & denied[name] for name, values in asserted.items()):
        return True
    return any(
        _exclude(name, within)(first, second)
        for name in SINGLE_VALUED
        for first, second in combinations(sorted(filter(None, asserted[name])), 2)
    )


def _exclude(name: str, within: Mapping[str, set[str]]) -> Callable[[str, str], bool]:
    match name:
        case "date":
            return lambda first, second: parse_edtf(first).excludes(parse_edtf(second))
        case "place":
            return lambda first, second: (
                second not in within.get(first, set()) and first not in within.get(second, set())
            )
        case _:
            return lambda first, second: first != second


def _read_within(connection: sa.Connection, claims: Iterable[Any]) -> dict[str, set[str]]:
    named = {claim.value for claim in claims if claim.property == "place" and claim.value}
    within: dict[str, set[str]] = defaultdict(set)
    for place, above in fetch_among(connection, PLACES_ABOVE, PLACE.c.key, named):
        within[place].add(above)
    return within
