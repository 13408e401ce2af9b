"""Finds pairs of actors that are probably one, with the reasons; nothing is merged by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import sqlalchemy as sa

from api import model as m
from api.intake.folded_columns import fold_original
from api.intake.forms.special_codecs import WIKIDATA
from api.intake.rows import table_of
from api.model.kinds import ActorKind, RecordKind
from api.text.name_matching import Name, compare_names, parse_name

ACTOR, NAME, OFFICE = map(table_of, (m.Actor, m.ActorName, m.Office))
IDENTIFIER = table_of(m.Identifier)
ITEMS = sa.select(IDENTIFIER.c.record_id, IDENTIFIER.c.value).where(
    IDENTIFIER.c.record_kind == str(RecordKind.ACTOR), IDENTIFIER.c.scheme == WIKIDATA
)
THRESHOLD = 0.9
# Kinds of which two states have one each of the same name: without their countries, none is known.
OF_STATES = {
    ActorKind.GOVERNMENT,
    ActorKind.GOVERNMENT_BODY,
    ActorKind.LEGISLATURE,
    ActorKind.COURT,
    ActorKind.ARMED_FORCE,
    ActorKind.INTELLIGENCE_SERVICE,
}
# Kinds of which sources name many by one word, such as a school or a community.
NAMED_BY_WORDS = {ActorKind.ORGANIZATION, ActorKind.CIVIL_SOCIETY, ActorKind.OTHER}
# Kinds whose actors are who or what one source means, and nobody else.
UNNAMED = {ActorKind.UNRESOLVED, ActorKind.DELEGATION}
SAME_COUNTRY, SAME_OFFICE, OTHER_COUNTRY = 0.03, 0.13, 0.5
GENERATION = 60  # years after which a holder of an office is another person
LARGEST_BLOCK = 500  # actors that are compared with each other


@dataclass(slots=True)
class Candidate:
    """What is compared of an actor; `offices` are pairs of title and organization."""

    key: str
    kind: str
    country: str | None = None
    events: int = 0
    names: dict[str, Name] = field(default_factory=dict)  # by the name as it is written
    offices: set[tuple[str, int | None]] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    wikidata: set[str] = field(default_factory=set)  # of which articles may have added several


class Duplicate(NamedTuple):
    """Two actors that are probably one: `merged` is the one that less is known of."""

    merged: Candidate
    into: Candidate
    score: float
    reasons: tuple[str, ...]

    def describe(self) -> dict[str, Any]:
        """Return the arguments of `mergeActors`, with the score and the reasons."""
        return {
            "from": f"actor:{self.merged.key}",
            "into": f"actor:{self.into.key}",
            "score": self.score,
            "reasons": self.reasons,
            "names": [next(iter(actor.names), "") for actor in (self.merged, self.into)],
        }


def find_duplicate_actors(
    connection: sa.Connection, threshold: float = THRESHOLD
) -> list[Duplicate]:
    """Return the pairs of actors whose score is at least the threshold, best first."""
    return find_pairs(_read_candidates(connection), threshold)


def find_pairs(candidates: Iterable[Candidate], threshold: float = THRESHOLD) -> list[Duplicate]:
    """Return the pairs of candidates whose score is at least the threshold, best first."""
    found = []
    for one, two in _list_pairs(candidates):
        score, reasons = score_pair(one, two)
        if score >= threshold:
            merged, into = sorted((one, two), key=_rank)
            found.append(Duplicate(merged, into, score, reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.merged.key, pair.into.key))


def _rank(actor: Candidate) -> tuple[bool, int, int, str]:
    """Return how much is known of an actor: the item first, which all reference data has."""
    return bool(actor.wikidata), actor.events, len(actor.names), actor.key


def _read_candidates(connection: sa.Connection) -> Iterable[Candidate]:
    columns = (ACTOR.c.key, ACTOR.c.kind, ACTOR.c.country_code)
    query = sa.select(ACTOR.c.id, *columns, ACTOR.c.event_count)
    query = query.where(ACTOR.c.kind.not_in(map(str, UNNAMED)))
    actors = {row[0]: Candidate(*row[1:]) for row in connection.execute(query)}
    named = sa.select(NAME.c.actor_id, NAME.c.text, NAME.c.language)
    for bearer, text, language in connection.execute(named):
        if actor := actors.get(bearer):
            titled = actor.kind == ActorKind.PERSON
            actor.names[text] = parse_name(text, language, titled=titled)
    held_columns = (OFFICE.c.holder_id, OFFICE.c.title, OFFICE.c.organization_id)
    held = sa.select(*held_columns, OFFICE.c.since_earliest)
    for holder, title, organization, since in map(tuple, connection.execute(held)):
        if actor := actors.get(holder):
            actor.offices.add((fold_original(title), organization))
            actor.years.update([since.year] if since else [])
    for bearer, item in map(tuple, connection.execute(ITEMS)):
        if actor := actors.get(bearer):
            actor.wikidata.add(item)
    return actors.values()


def _list_pairs(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield the pairs that may be one: of a kind, with names or an item alike, or an office."""
    blocks: dict[Any, dict[str, Candidate]] = defaultdict(dict)
    for actor in candidates:
        for item in (*actor.offices, *actor.wikidata):
            blocks[item][actor.key] = actor
        for name in actor.names.values():
            if name.sounds:
                ends = [name.ends] if actor.kind == ActorKind.PERSON else []
                for alike in (name.block, name.whole, tuple(sorted(name.words)), *ends):
                    blocks[actor.kind, alike][actor.key] = actor
    seen = set()
    for block in blocks.values():
        for one, two in combinations([*block.values()][:LARGEST_BLOCK], 2):
            if (pair := frozenset((one.key, two.key))) not in seen:
                seen.add(pair)
                yield one, two


def score_pair(one: Candidate, two: Candidate) -> tuple[float, tuple[str, ...]]:
    """Return how surely two actors are one, from 0 to 1, and the reasons."""
    if one.kind != two.kind or one.kind in UNNAMED:
        return 0, ()
    if one.wikidata & two.wikidata:
        return 1, ("the same Wikidata item",)
    if one.wikidata and two.wikidata:
        return 0, ()
    personal = one.kind == ActorKind.PERSON
    score, reason = max(
        compare_names(first, second, personal=personal)
        for first in one.names.values()
        for second in two.names.values()
    )
    if not score or _are_far_apart(one, two):
        return 0, ()
    reasons = [reason]
    if one.country and two.country:
        if one.country != two.country:
            return score * OTHER_COUNTRY, (reason,)
        score += SAME_COUNTRY
        reasons.append("the same country")
    elif one.kind in OF_STATES or _are_words(one, two):
        score *= OTHER_COUNTRY
    if one.offices & two.offices:
        score += SAME_OFFICE
        reasons.append("the same office")
    return min(1, round(score, 2)), tuple(reasons)


def _are_words(one: Candidate, two: Candidate) -> bool:
    """Return whether two actors have no more of a name than a word that may mean many."""
    names = (*one.names.values(), *two.names.values())
    return one.kind in NAMED_BY_WORDS and all(len(name.words) == 1 for name in names)


def _are_far_apart(one: Candidate, two: Candidate) -> bool:
    """Return whether all offices of one are generations before or after those of the other."""
    return bool(one.years and two.years) and (
        min(one.years) - max(two.years) > GENERATION or min(two.years) - max(one.years) > GENERATION
    )
