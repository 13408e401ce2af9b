"""Drawings of data, as positions in an SVG: bars, terms of office, who was met."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin
from typing import Any

OPEN = 0.08  # of the whole time, by which a term without an end goes on after the last known day
MAX_NAME = 22  # characters of a name in a drawing
WIDTH, HEIGHT = 440, 300  # of the drawing of who was met


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: a group of events, and the address that shows or leaves it."""

    label: str
    count: int
    share: int  # of the largest, in percent
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office, in percent of the time from the first day of all to the last."""

    office: Mapping[str, Any]
    start: float
    width: float


def draw_terms(offices: Iterable[Mapping[str, Any]]) -> list[Term]:
    """Return the terms whose beginning or end is known; the other end may be open."""
    known = [
        (office, _read_day(office["since"], "earliest"), _read_day(office["until"], "latest"))
        for office in offices
    ]
    known = [(office, start, end) for office, start, end in known if start or end]
    days = [day for _, start, end in known for day in (start, end) if day]
    if not days:
        return []
    margin = max(1.0, OPEN * (max(days) - min(days)))
    first, last = min(days) - margin, max(days) + margin
    terms = []
    for office, start, end in known:
        begin, until = (start or first) - first, (end or last) - first
        whole = last - first
        share = max(until - begin, whole / 100)
        terms.append(Term(office, round(100 * begin / whole, 1), round(100 * share / whole, 1)))
    return terms


def _read_day(found: Mapping[str, Any], bound: str) -> int | None:
    return date.fromisoformat(found[bound]).toordinal() if found[bound] else None


@dataclass(frozen=True, slots=True)
class Spoke:
    """A line from an actor in the middle to another, with the width and the other's name."""

    x: int
    y: int
    width: float
    name: str
    id: str


def count_partners(actor: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], int]]:
    """Return the other participants of an actor's events, each with their number of events."""
    others: dict[str, Mapping[str, Any]] = {}
    met: Counter[str] = Counter()
    for event in actor["events"]["nodes"]:
        there = {one["actor"]["id"]: one["actor"] for one in event["participants"]["nodes"]}
        others |= there
        met.update(there.keys() - {actor["id"]})
    ranked = sorted(met.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(others[id_], number) for id_, number in ranked]


def draw_partners(partners: list[tuple[Mapping[str, Any], int]]) -> list[Spoke]:
    """Return the actors who were met, around the middle; the wider the line, the more often."""
    most = max((number for _, number in partners), default=1)
    spokes = []
    for place, (actor, number) in enumerate(partners):
        angle = 2 * pi * place / len(partners) - pi / 2
        x, y = WIDTH / 2 * (1 + 0.72 * cos(angle)), HEIGHT / 2 * (1 + 0.78 * sin(angle))
        name = actor["name"] if len(actor["name"]) <= MAX_NAME else actor["name"][:MAX_NAME] + "…"
        width = round(1 + 5 * number / most, 1)
        spokes.append(Spoke(round(x), round(y), width, name, actor["id"]))
    return spokes
