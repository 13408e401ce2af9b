"""Derives what rows say about other rows: orders, counts, reports, disputes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.model.columns import LAST
from api.model.kinds import Stance
from api.text.dates import VagueDate, parse_edtf

SINGLE_VALUED = ("type", "status", "format", "date", "place")


def table(model: Any) -> sa.Table:
    """Give a model's table."""
    found: sa.Table = model.__table__
    return found


ACTOR, ARTICLE, CLAIM = table(m.Actor), table(m.Article), table(m.Claim)
DOSSIER, EVENT, PARTICIPATION = table(m.Dossier), table(m.Event), table(m.Participation)
PLACE, PROVISION, RECORD = table(m.Place), table(m.Provision), table(m.Record)
PLACE_WITHIN, TOPIC_WITHIN = table(m.PlaceWithin), table(m.TopicWithin)
REPORT, TOPIC = table(m.Report), table(m.Topic)


def derive(connection: sa.Connection) -> None:
    """Bring every derived column and row up to date, writing only what differs."""
    for target, column, source in _orders():
        connection.execute(
            sa.update(target).values({column: source}).where(target.c[column] != source)
        )
    _derive_chains(connection, PLACE, PLACE_WITHIN, "part_of_id", "place_id")
    _derive_chains(connection, TOPIC, TOPIC_WITHIN, "broader_id", "topic_id")
    _derive_countries(connection)
    _derive_reports(connection)
    _derive_contested(connection)


def _orders() -> Iterable[tuple[sa.Table, str, Any]]:
    place = sa.select(PLACE.c.name_sort).where(PLACE.c.id == EVENT.c.place_id).scalar_subquery()
    yield EVENT, "place_asc", sa.func.coalesce(place, LAST)
    yield EVENT, "place_desc", sa.func.coalesce(place, "")
    publisher = (
        sa.select(ACTOR.c.name_sort).where(ACTOR.c.id == ARTICLE.c.publisher_id).scalar_subquery()
    )
    yield ARTICLE, "publisher_asc", sa.func.coalesce(publisher, LAST)
    yield ARTICLE, "publisher_desc", sa.func.coalesce(publisher, "")
    for way in ("asc", "desc"):
        date = EVENT.c[f"date_{way}"]
        agreed = sa.select(date).where(EVENT.c.id == PROVISION.c.agreement_id).scalar_subquery()
        yield PROVISION, f"agreement_date_{way}", agreed
    events = (
        sa.select(sa.func.count(PARTICIPATION.c.event_id.distinct()))
        .where(PARTICIPATION.c.actor_id == ACTOR.c.id)
        .scalar_subquery()
    )
    yield ACTOR, "event_count", events


def _derive_chains(
    connection: sa.Connection, within: sa.Table, closure: sa.Table, up: str, inner: str
) -> None:
    """Each place lies in itself and in all above it; so do topics."""
    above = {row[0]: row[1] for row in connection.execute(sa.select(within.c.id, within.c[up]))}
    rows = [{inner: item, "outer_id": outer} for item in above for outer in _chain(item, above)]
    _replace(connection, closure, rows)


def _chain(item: int, above: Mapping[int, int | None]) -> Iterator[int]:
    here: int | None = item
    while here is not None:
        yield here
        here = above[here]


def _derive_countries(connection: sa.Connection) -> None:
    """A place without a country is in that of the nearest place above it that has one."""
    places = {row.id: row for row in connection.execute(sa.select(PLACE))}
    above = {key: place.part_of_id for key, place in places.items()}
    for place in places.values():
        codes = (places[key].country_code for key in _chain(place.id, above))
        code = next(filter(None, codes), None)
        if code != place.country_within:
            update = sa.update(PLACE).where(PLACE.c.id == place.id)
            connection.execute(update.values(country_within=code))


def _replace(connection: sa.Connection, target: sa.Table, rows: list[dict[str, int]]) -> None:
    """Make a table of pairs exactly these rows."""
    names = [column.name for column in target.c]
    wanted = {tuple(row[name] for name in names) for row in rows}
    found = {tuple(row) for row in connection.execute(sa.select(target))}
    for gone in found - wanted:
        pairs = zip(target.c, gone, strict=True)
        connection.execute(sa.delete(target).where(*(column == value for column, value in pairs)))
    if added := [dict(zip(names, row, strict=True)) for row in wanted - found]:
        connection.execute(sa.insert(target), added)


def _derive_reports(connection: sa.Connection) -> None:
    """An article reports the events that its dossier holds or that it has a claim on."""
    held = (
        sa.select(ARTICLE.c.id, EVENT.c.id)
        .select_from(ARTICLE)
        .join(DOSSIER, DOSSIER.c.name == sa.literal("article:") + ARTICLE.c.key)
        .join(RECORD, RECORD.c.dossier_id == DOSSIER.c.id)
        .join(EVENT, EVENT.c.id == RECORD.c.id)
    )
    claimed = sa.select(CLAIM.c.article_id, CLAIM.c.subject_id).join(
        EVENT, EVENT.c.id == CLAIM.c.subject_id
    )
    rows = connection.execute(sa.union(held, claimed))
    pairs = [{"article_id": article, "event_id": event} for article, event in rows]
    _replace(connection, REPORT, pairs)


def _derive_contested(connection: sa.Connection) -> None:
    claims: dict[int, list[Any]] = defaultdict(list)
    query = sa.select(CLAIM).join(EVENT, EVENT.c.id == CLAIM.c.subject_id)
    for claim in connection.execute(query):
        claims[claim.subject_id].append(claim)
    within = _read_places(connection)
    for event in connection.execute(sa.select(EVENT.c.id, EVENT.c.contested)):
        contested = is_contested(claims[event.id], within)
        if contested != event.contested:
            connection.execute(
                sa.update(EVENT).where(EVENT.c.id == event.id).values(contested=contested)
            )


def is_contested(claims: Iterable[Any], within: dict[str, set[str]]) -> bool:
    """Tell whether claims on one event exclude each other.

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


def _exclude(name: str, within: dict[str, set[str]]) -> Callable[[str, str], bool]:
    match name:
        case "date":
            return lambda first, second: _parse(first).excludes(_parse(second))
        case "place":
            return lambda first, second: (
                second not in within.get(first, set()) and first not in within.get(second, set())
            )
        case _:
            return lambda first, second: first != second


def _parse(edtf: str) -> VagueDate:
    return parse_edtf(edtf)


def _read_places(connection: sa.Connection) -> dict[str, set[str]]:
    outer = PLACE.alias()
    query = (
        sa.select(PLACE.c.key, outer.c.key)
        .join(PLACE_WITHIN, PLACE_WITHIN.c.place_id == PLACE.c.id)
        .join(outer, outer.c.id == PLACE_WITHIN.c.outer_id)
    )
    within: dict[str, set[str]] = defaultdict(set)
    for place, above in connection.execute(query):
        within[place].add(above)
    return within
