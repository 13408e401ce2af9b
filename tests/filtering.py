"""Filters and orders over plain objects, as the contract's comments state them: lists and loops."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cmp_to_key
from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

from api.model.kinds import RecordKind
from api.text.folding import fold
from api.text.spellings import list_spellings
from tests.searching import find_hits, list_fields

Check = Callable[[Any, Any], bool]
EVER, NEVER = "0000-00-00", "9999-99-99"


# Under these, {} asks that there is a record.
ONE = {
    "some",
    "none",
    "place",
    "publisher",
    "topic",
    "code",
    "attributedTo",
    "figure",
    "memberOf",
    "party",
    "debtor",
    "creditor",
}
ONE |= {"actor", "event", "agreement", "article", "office", "onBehalfOf", "holder", "organization"}
ONE |= {"identifier"}


def prune(value: Any) -> Any:
    """Drop what is no condition: null, and {} where it does not ask for a record."""
    if isinstance(value, list):
        return [prune(item) for item in value]
    if isinstance(value, dict):
        items = {name: prune(item) for name, item in value.items()}
        return {
            name: item
            for name, item in items.items()
            if item is not None and (item != {} or name in ONE)
        }
    return value


def span(date: Any) -> tuple[str, str] | None:
    """Return a date's bounds, an open one before or after everything; None where it has none."""
    if date.earliest is None and date.latest is None:
        return None
    return str(date.earliest or EVER), str(date.latest or NEVER)


def above(thing: Any, name: str) -> list[Any]:
    """List a thing and what it lies in."""
    chain = []
    while thing is not None:
        chain.append(thing)
        thing = getattr(thing, name)
    return chain


# Leaves.


def meets_text(asked: dict[str, Any], texts: list[str]) -> bool:
    """Whether some of the texts, which are one value's spellings, meets each operator."""
    folded = [fold(text) for text in texts]
    checks = {
        "eq": lambda operand: operand in texts,
        "ne": lambda operand: operand not in texts,
        "in": lambda operand: any(text in operand for text in texts),
        "notIn": lambda operand: all(text not in operand for text in texts),
        "startsWith": lambda operand: any(text.startswith(fold(operand)) for text in folded),
        "contains": lambda operand: any(
            fold(sought) in fold(text)
            for sought in list_spellings(operand)
            for value in texts
            for text in list_spellings(value)
        ),
        "isNull": lambda operand: operand is (not texts),
    }
    return all(checks[name](operand) for name, operand in asked.items())


def meets_date(asked: dict[str, Any], date: Any) -> bool:
    known = span(date)

    def is_in(operand: dict[str, str], *, certainly: bool) -> bool:
        if known is None:
            return False
        from_, to = operand.get("from", EVER), operand.get("to", NEVER)
        if certainly:
            return from_ <= known[0] and known[1] <= to
        return from_ <= to and known[0] <= to and known[1] >= from_

    checks = {
        "overlaps": lambda operand: is_in(operand, certainly=False),
        "within": lambda operand: is_in(operand, certainly=True),
        "precision": lambda operand: date.precision in operand,
        "known": lambda operand: operand is (known is not None),
    }
    return all(checks[name](operand) for name, operand in asked.items())


def text(read: Callable[[Any], Any]) -> Check:
    def check(asked: Any, thing: Any) -> bool:
        found = read(thing)
        if found is None:
            return meets_text(asked, [])
        return meets_text(asked, found if isinstance(found, list) else [found])

    return check


def one_of(read: Callable[[Any], str]) -> Check:
    return lambda asked, thing: read(thing) in asked


def date(read: Callable[[Any], Any]) -> Check:
    return lambda asked, thing: meets_date(asked, read(thing))


def number(read: Callable[[Any], str | None]) -> Check:
    def check(asked: Any, thing: Any) -> bool:
        found = read(thing)
        if found is None:
            return False
        from_, to = asked.get("from", "0"), asked.get("to", "1e99")
        return Decimal(from_) <= Decimal(found) <= Decimal(to)

    return check


def is_(read: Callable[[Any], bool]) -> Check:
    return lambda asked, thing: read(thing) is asked


# Relations.


def each(name: str, read: Callable[[Any], list[Any]]) -> Check:
    """A list filter."""

    def check(asked: Any, thing: Any) -> bool:
        counts = {
            "some": any,
            "none": lambda met: not any(met),
            "every": all,
        }
        return all(
            counts[quantifier]([meets(name, below, item) for item in read(thing)])
            for quantifier, below in asked.items()
        )

    return check


def some(name: str, read: Callable[[Any], list[Any]]) -> Check:
    return lambda asked, thing: any(meets(name, asked, item) for item in read(thing))


def whole(name: str, read: Callable[[Any], Iterable[Any]]) -> Check:
    """One member meets all that is asserted; what is denied, none does."""

    def check(asked: Any, thing: Any) -> bool:
        combined = {
            "and": lambda operand: all(check(item, thing) for item in operand),
            "or": lambda operand: any(check(item, thing) for item in operand),
            "not": lambda operand: not check(operand, thing),
        }
        parts = {key: split(operand) for key, operand in asked.items() if key not in combined}
        asserted = {key: kept for key, (denied, kept) in parts.items() if kept != {} or not denied}
        refused = [{key: item} for key, (denied, _) in parts.items() for item in denied]
        members = list(read(thing))
        if not (asserted or refused or combined.keys() & asked.keys()):
            return bool(members)
        return (
            all(combined[key](asked[key]) for key in combined.keys() & asked.keys())
            and not any(meets(name, item, member) for item in refused for member in members)
            and (not asserted or any(meets(name, asserted, member) for member in members))
        )

    return check


def split(operand: Any) -> tuple[list[Any], Any]:
    """Part what a field denies, turned round, from what it asserts."""
    if not isinstance(operand, dict):
        return [], operand
    turned = {"ne": "eq", "notIn": "in"}
    denied = [{turned[name]: item} for name, item in operand.items() if name in turned]
    kept = {name: item for name, item in operand.items() if name not in turned}
    for name, absent in (("isNull", True), ("known", False)):
        if kept.get(name) is absent:
            denied.append({name: not kept.pop(name)})
    return denied, kept


def places(event: Any) -> list[Any]:
    return [outer for place in event.places for outer in above(place, "part_of")]


def topics(thing: Any) -> list[Any]:
    return [member for topic in thing.topics for member in above(topic, "broader")]


def present(thing: Any) -> list[Any]:
    return [] if thing is None else [thing]


def said(localized: Any) -> list[str]:
    return list(localized.texts.values())


NO_DATE = SimpleNamespace(earliest=None, latest=None, precision="UNKNOWN")
EVENT: dict[str, Check] = {
    "key": text(lambda event: event.key),
    "kind": one_of(lambda event: event.kind),
    "title": text(lambda event: said(event.title)),
    "date": date(lambda event: event.date),
    "place": whole("PlaceFilter", places),
    "occurrence": one_of(lambda event: event.occurrence),
    "participants": each("ParticipationFilter", lambda event: event.participants),
    "articles": each("ArticleFilter", lambda event: event.articles),
    "claims": each("ClaimFilter", lambda event: event.claims),
    "links": each("EventLinkFilter", lambda event: event.links),
    "topic": whole("TopicFilter", topics),
    "code": whole("EventCodeFilter", lambda event: event.codes),
    "figure": whole("FigureFilter", lambda event: event.figures),
    "contested": is_(lambda event: event.contested),
    "format": one_of(lambda event: event.format),
    "type": one_of(lambda event: event.type),
    "status": one_of(lambda event: event.status),
    "milestones": each("MilestoneFilter", lambda event: event.milestones),
    "provisions": each("ProvisionFilter", lambda event: event.provisions),
}
KINDS = ("Meeting", "Agreement", "Statement", "Appeal", "Action")
FIELDS: dict[str, dict[str, Check]] = {
    **dict.fromkeys(
        [f"{kind}Filter" for kind in ("Event", *KINDS)],
        EVENT,
    ),
    "ArticleFilter": {
        "key": text(lambda article: article.key),
        "url": text(lambda article: article.url),
        "title": text(lambda article: article.title),
        "licence": one_of(lambda article: article.licence),
        "hasText": is_(lambda article: article.has_text),
        "language": one_of(lambda article: article.language),
        "published": date(lambda article: article.published),
        "publisher": whole("ActorFilter", lambda article: present(article.publisher)),
        "events": each("EventFilter", lambda article: article.events),
    },
    "DatasetFilter": {
        "key": text(lambda dataset: dataset.key),
        "title": text(lambda dataset: said(dataset.title)),
        "url": text(lambda dataset: dataset.url),
        "publisher": whole("ActorFilter", lambda dataset: present(dataset.publisher)),
        "licence": one_of(lambda dataset: dataset.licence),
        "retrieved": date(lambda dataset: dataset.retrieved),
    },
    "ActorFilter": {
        "key": text(lambda actor: actor.key),
        "kind": one_of(lambda actor: actor.kind),
        "name": text(lambda actor: [name.text for name in actor.names]),
        "country": text(lambda actor: actor.country and actor.country.code),
        "wikidataId": text(lambda actor: actor.wikidata_id),
        "participations": each("ParticipationFilter", lambda actor: actor.participations),
        "memberships": each("MembershipFilter", lambda actor: actor.memberships),
        "memberOf": whole(
            "ActorFilter", lambda actor: [item.organization for item in actor.memberships]
        ),
        "candidates": each("ActorFilter", lambda actor: actor.candidates),
    },
    "MembershipFilter": {
        "actor": some("ActorFilter", lambda item: [item.actor]),
        "organization": some("ActorFilter", lambda item: [item.organization]),
        "since": date(lambda item: item.since),
        "until": date(lambda item: item.until),
    },
    "MilestoneFilter": {
        "type": one_of(lambda item: item.type),
        "party": whole("ActorFilter", lambda item: present(item.party)),
        "date": date(lambda item: item.date),
    },
    "ObligationFilter": {
        "debtor": some("ActorFilter", lambda item: [item.debtor]),
        "creditor": whole("ActorFilter", lambda item: present(item.creditor)),
        "deadline": date(lambda item: item.deadline),
    },
    "OfficeFilter": {
        "key": text(lambda office: office.key),
        "holder": some("ActorFilter", lambda office: [office.holder]),
        "organization": whole("ActorFilter", lambda office: present(office.organization)),
        "since": date(lambda office: office.since),
        "until": date(lambda office: office.until),
        "contested": is_(lambda office: office.contested),
    },
    "ProvisionFilter": {
        "key": text(lambda provision: provision.slug),
        "agreement": some("AgreementFilter", lambda provision: [provision.agreement]),
        "topic": whole("TopicFilter", topics),
        "obligations": each("ObligationFilter", lambda provision: provision.obligations),
        "claims": each("ClaimFilter", lambda provision: provision.claims),
    },
    "ParticipationFilter": {
        "role": one_of(lambda item: item.role),
        "actor": some("ActorFilter", lambda item: [item.actor]),
        "event": some("EventFilter", lambda item: [item.event]),
        "office": whole("OfficeFilter", lambda item: present(item.office)),
        "onBehalfOf": whole("ActorFilter", lambda item: present(item.on_behalf_of)),
        "signedOn": date(lambda item: item.signed_on or NO_DATE),
        "position": one_of(lambda item: item.position),
    },
    "ClaimFilter": {
        "subject": one_of(lambda claim: claim.subject.id),
        "property": text(lambda claim: claim.property),
        "value": text(lambda claim: claim.value),
        "stance": one_of(lambda claim: claim.stance),
        "basis": one_of(lambda claim: claim.basis),
        "article": some("ArticleFilter", lambda claim: [claim.quote.article]),
        "attributedTo": some(
            "ActorFilter", lambda claim: [link.actor for link in claim.attribution]
        ),
    },
    "PlaceFilter": {
        "key": text(lambda place: place.key),
        "name": text(lambda place: said(place.name) + [alias.text for alias in place.aliases]),
        "country": text(lambda place: place.country and place.country.code),
    },
    "TopicFilter": {
        "scheme": text(lambda topic: topic.scheme),
        "code": text(lambda topic: topic.code),
    },
    "EventCodeFilter": {
        "scheme": text(lambda code: code.scheme),
        "code": text(lambda code: code.code),
    },
    "FigureFilter": {
        "measure": text(lambda figure: figure.measure),
        "unit": one_of(lambda figure: figure.unit),
        "low": number(lambda figure: figure.low),
        "best": number(lambda figure: figure.best),
        "high": number(lambda figure: figure.high),
    },
    "EventLinkFilter": {
        "relation": one_of(lambda link: link.relation),
        "inverse": is_(lambda link: link.inverse),
        "event": some("EventFilter", lambda link: [link.event]),
    },
}
for name in ("Event", *(kind.title() for kind in RecordKind)):
    FIELDS[f"{name}Filter"]["identifier"] = whole(
        "IdentifierFilter", lambda thing: thing.identifiers
    )
    FIELDS[f"{name}Filter"]["source"] = one_of(lambda thing: thing.source and thing.source.id)
FIELDS["IdentifierFilter"] = {
    "scheme": text(lambda item: item.scheme),
    "id": text(lambda item: item.id),
}
# Where a filter is asked at the root, what it lies in counts too.
ROOTS = {"PlaceFilter": whole("PlaceFilter", lambda place: above(place, "part_of"))}


def meets(name: str, asked: dict[str, Any], thing: Any) -> bool:
    """Return whether a thing meets a pruned filter of this type."""
    for key, operand in asked.items():
        match key:
            case "and":
                met = all(meets(name, item, thing) for item in operand)
            case "or":
                met = any(meets(name, item, thing) for item in operand)
            case "not":
                met = not meets(name, operand, thing)
            case "matches":
                met = bool(find_hits({thing.id: list_fields(thing)}, operand))
            case _:
                met = FIELDS[name][key](operand, thing)
        if not met:
            return False
    return True


def keep(name: str, asked: Any, things: list[Any]) -> list[Any]:
    """Return the things that meet a filter."""
    pruned = prune(asked or {})
    check = ROOTS.get(name, lambda asked, thing: meets(name, asked, thing))
    return [thing for thing in things if not pruned or check(pruned, thing)]


# Orders.


ORDERS: dict[str, Callable[[Any], Any]] = {
    "DATE": lambda event: span(event.date),
    "TITLE": lambda thing: fold(getattr(thing.title, "first", lambda: thing.title)()),
    "PLACE": lambda event: event.place and fold(event.place.name.first()),
    "RECORDED_AT": lambda _: "always the same",
    "PUBLISHED": lambda article: span(article.published),
    "PUBLISHER": lambda article: article.publisher and fold(article.publisher.sort_name),
    "NAME": lambda actor: fold(actor.sort_name),
    "COUNTRY": lambda actor: actor.country and actor.country.code,
    "EVENT_COUNT": lambda actor: len(actor.events),
    "SINCE": lambda office: span(office.since),
    "ORDINAL": lambda provision: provision.ordinal,
    "AGREEMENT_DATE": lambda provision: span(provision.agreement.date),
}


def arrange(wanted: list[dict[str, str]], things: list[Any]) -> list[Any]:
    """Sort things by orders, ties on their ids as the last order runs."""
    last = wanted[-1]["direction"]

    def compare(one: Any, two: Any) -> int:
        for order in wanted:
            values = [ORDERS[order["field"]](thing) for thing in (one, two)]
            if values[0] == values[1]:
                continue
            if None in values:
                return 1 if values[0] is None else -1
            return _ways(values[0], values[1], order["direction"])
        return _ways(one.id, two.id, last)

    return sorted(things, key=cmp_to_key(compare))


def _ways(one: Any, two: Any, direction: str) -> int:
    sign: int = (one > two) - (one < two)
    return -sign if direction == "DESC" else sign


# Groups.


def period(date: Any, length: int) -> str | None:
    """Return the year or month that all of a date lies in."""
    known = span(date)
    if known is None or known[0][:length] != known[1][:length]:
        return None
    return known[0][:length]


def named(thing: Any, localized: str) -> tuple[str, Any] | None:
    return (thing.id, getattr(thing, localized)) if thing else None


def nation(thing: Any) -> tuple[str, Any] | None:
    country = thing and thing.country
    return (country.code, country.name) if country else None


def country_of(place: Any) -> tuple[str, Any] | None:
    return next(filter(None, map(nation, above(place, "part_of"))), None)


def plain(value: str | None) -> tuple[str, Any] | None:
    return None if value is None else (value, None)


# Each gives a list of what one record is grouped by: values with labels, None where unknown.
# What speaks of one participation stands together.
PARTICIPATION: dict[str, Callable[[Any], Any]] = {
    "ACTOR": lambda item: named(item.actor, "name"),
    "ACTOR_COUNTRY": lambda item: nation(item.actor),
    "ROLE": lambda item: plain(item.role),
    "POSITION": lambda item: plain(item.position),
}
DIMENSIONS: dict[str, Callable[[Any], list[Any]]] = {
    "KIND": lambda event: [plain(event.kind)],
    "YEAR": lambda thing: [plain(period(dated(thing), 4))],
    "MONTH": lambda event: [plain(period(event.date, 7))],
    "COUNTRY": lambda event: [country_of(event.place)],
    "OCCURRENCE": lambda event: [plain(event.occurrence)],
    "PLACE": lambda event: [named(event.place, "name")],
    "TOPIC": lambda thing: [named(topic, "label") for topic in thing.topics],
    "PUBLISHER": lambda event: [named(item.publisher, "name") for item in event.articles],
    "CODE": lambda event: [plain(f"{code.scheme}:{code.code}") for code in event.codes],
    "MEASURE": lambda event: [plain(figure.measure) for figure in event.figures],
    "TYPE": lambda event: [plain(event.type if event.typename == "Agreement" else None)],
    "ACTION_TYPE": lambda event: [plain(event.type if event.typename == "Action" else None)],
    "STATUS": lambda event: [plain(getattr(event, "status", None))],
    "FORMAT": lambda event: [plain(getattr(event, "format", None))],
    "DYAD": lambda event: [plain("-".join(pair)) for pair in combinations(nations(event), 2)],
    "AGREEMENT_TYPE": lambda provision: [plain(provision.agreement.type)],
    "PARTY_COUNTRY": lambda provision: [
        nation(item.actor) for item in provision.agreement.participants if item.role == "PARTY"
    ],
}


def nations(event: Any) -> list[str]:
    """List the countries of an event's participants, each once, in order."""
    found = (nation(item.actor) for item in event.participants)
    return sorted({country[0] for country in found if country})


def dated(thing: Any) -> Any:
    return thing.agreement.date if thing.typename == "Provision" else thing.date


def values_of(thing: Any, by: list[str]) -> set[tuple[Any, ...]]:
    """List the groups that a record is in."""
    shared = getattr(thing, "participants", None) or [None]
    groups = set()
    for item in shared:
        parts = []
        for name in by:
            if name in PARTICIPATION:
                parts.append([item and PARTICIPATION[name](item)])
            else:
                parts.append(DIMENSIONS[name](thing) or [None])
        groups |= set(product(*parts))
    return groups


def group(things: list[Any], by: list[str], order_by: str | None) -> list[tuple[Any, list[Any]]]:
    """List the records of each group, most frequent first, or by keys alone, unknown last."""
    counts: dict[Any, list[Any]] = defaultdict(list)
    for thing in things:
        for values in values_of(thing, by):
            counts[values].append(thing)

    def order(item: tuple[Any, list[Any]]) -> Any:
        count = -len(item[1]) if order_by in (None, "COUNT") else 0
        texts = [value and value[0] for value in item[0]]
        if order_by == "KEY_DESC":  # what another text begins with comes after it
            texts = [text and [*(-ord(char) for char in text), 1] for text in texts]
        return count, [(text is None, text) for text in texts]

    return sorted(counts.items(), key=order)
