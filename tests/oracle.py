"""The oracle: the same questions answered from the dossiers by lists and loops, with no database.

graphql-core's own executor runs over plain Python objects; slow, and obviously right.
"""

import getpass
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, permutations
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
from graphql import GraphQLError, build_schema, execute_sync, get_named_type, parse

from api.intake.progress import no_steps
from api.intake.read.validation import read_dossiers
from api.model.kinds import RecordKind
from api.schema import SCHEMA
from api.text.anchors import resolve_anchor
from api.text.countries import build_countries
from api.text.dates import VagueDate, parse_edtf
from api.text.folding import fold
from api.text.language import direction, lookup_chain, parse_language
from api.text.words import parse_query
from tests.conftest import AT
from tests.filtering import above, arrange, group, keep, span
from tests.searching import cut_snippet, find_best, find_hits, list_fields, rank

EXPORTED = Path(__file__).with_name("export.jsonl")

DOCUMENT = build_schema(SCHEMA.as_str())
EVENTS = {
    "meetings": "Meeting",
    "agreements": "Agreement",
    "statements": "Statement",
    "appeals": "Appeal",
    "actions": "Action",
}


class Thing(SimpleNamespace):
    """An object of some type, with the fields of the schema as attributes."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__  # type: ignore[assignment]  # a thing is itself alone

    def __init__(self, typename: str, **values: Any) -> None:
        super().__init__(typename=typename, **values)

    def __repr__(self) -> str:
        return f"{self.typename}({getattr(self, 'id', '')!r})"  # not all that it leads to


class Localized:
    """A text in some languages."""

    def __init__(self, texts: dict[str, str], original: str | None = None) -> None:
        self.texts = texts
        self.original = original if original in texts else next(iter(texts))

    def pick(self, wanted: Iterable[str]) -> str:
        return next((self.texts[tag] for tag in wanted if tag in self.texts), self.first())

    def first(self) -> str:
        return self.texts[self.original]

    def all(self) -> list[Thing]:
        order = sorted(self.texts, key=lambda tag: (tag != self.original, tag))
        return [
            Thing(
                "LocalizedText",
                language=tag,
                text=self.texts[tag],
                direction=direction(tag),
                original=tag == self.original,
            )
            for tag in order
        ]


# Reading: a thing for each record, references still by key.


class World:
    """Everything that the dossiers of some folders say."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.records: dict[str, Thing] = {}
        self.claims: list[Thing] = []
        self.reports: set[tuple[str, str]] = set()
        self.countries = {
            code: Thing("Country", code=code, name=Localized(names, "en"), since=None, until=None)
            for code, names in build_countries().items()
        }
        dossiers, problems = read_dossiers(paths, no_steps)
        assert problems == []
        for read in (self.read, self.read_claims):
            for dossier in dossiers:
                self.home = dossier.article and str(dossier.article)
                read(dossier)
        self.link()
        for thing in self.records.values():
            thing.source = self.records.get(thing.source)
        why = "import " + " ".join(path.name for path in paths)
        at = f"{AT:%Y-%m-%dT%H:%M:%SZ}"
        self.revision = Thing("Revision", number=1, at=at, by=getpass.getuser(), why=why)
        lines = self.read_lines()
        self.revision.changes = [self.read_change(thing, lines) for thing in self.by_id()]

    def add(self, typename: str, key: str, **values: Any) -> Thing:
        thing = Thing(typename, id=f"{typename.lower()}:{key}", key=key, claims=[], **values)
        thing.source, thing.source_row = self.home, None
        return self.records.setdefault(thing.id, thing)

    def identify(self, thing: Thing, record: Any) -> None:
        """Set the identifiers of a record, an actor's Wikidata item among them."""
        pairs = [(item.scheme, item.id) for item in record.identifiers]
        item = getattr(record, "wikidata", None)
        pairs += [("WIKIDATA", item)] if item else []
        thing.identifiers = [
            Thing("Identifier", scheme=scheme, id=value) for scheme, value in sorted(pairs)
        ]

    def of(self, *typenames: str) -> list[Thing]:
        return [thing for thing in self.records.values() if thing.typename in typenames]

    def by_id(self) -> list[Thing]:
        return sorted(self.records.values(), key=lambda thing: (thing.typename.upper(), thing.key))

    def read_lines(self) -> dict[str, str]:
        """Read the lines of the records of seed and example, as an export wrote them."""
        lines: dict[str, str] = {}
        claims = iter(sorted(thing.id for thing in self.of("Claim")))
        for line in EXPORTED.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            match record["record"]:
                case "claim":
                    lines[next(claims, "")] = line
                case "alias":
                    lines[f"actor:{record['actor']}"] += f"\n{line}"
                case "topic":
                    lines[f"topic:{record['scheme']}.{record['code']}"] = line
                case name:
                    lines[f"{name}:{record['key']}"] = line
        return lines

    def read_change(self, thing: Thing, lines: Mapping[str, str]) -> Thing:
        """Read the one change of a record: the import created it."""
        owners = {"Office": "actor", "Provision": "agreement"}
        owner = f"{owners.get(thing.typename)}:{thing.key.partition('.')[0]}"
        change = Thing(
            "Change",
            id=f"change:1:{thing.id}",
            kind=thing.typename.upper(),
            record=thing.id,
            action="CREATED",
            revision=self.revision,
            node=thing,
            before=None,
            after=lines.get(owner if thing.typename in owners else thing.id),
        )
        thing.history = [change]
        return change

    def read(self, dossier: Any) -> None:
        record, home = dossier.record, dossier.record.article
        if home:
            self.read_article(dossier, home)
        for actor in record.actors:
            self.read_actor(dossier, actor)
        for dataset in record.datasets:
            self.read_dataset(dossier, dataset)
        for place in record.places:
            thing = self.add(
                "Place",
                place.key,
                name=localized(dossier, place.names),
                names=localized(dossier, place.names).all(),
                aliases=[
                    Thing(
                        "PlaceName",
                        text=item.text,
                        language=item.language,
                        observed=item.observed,
                        basis="STATED" if item.observed else "CURATED",
                    )
                    for item in sorted(place.aliases, key=attrgetter("language", "text"))
                ],
                country=self.countries.get(place.country),
                part_of=place.part_of,
                latitude=place.latitude and float(place.latitude),
                longitude=place.longitude and float(place.longitude),
            )
            self.identify(thing, place)
        for topic in record.topics:
            thing = self.add(
                "Topic",
                f"{topic.scheme}.{topic.code}",
                scheme=topic.scheme,
                code=topic.code,
                label=localized(dossier, topic.labels),
                labels=localized(dossier, topic.labels).all(),
                broader=topic.broader and f"{topic.scheme}.{topic.broader}",
            )
            self.identify(thing, topic)
        for section, typename in EVENTS.items():
            for event in getattr(record, section):
                self.read_event(dossier, typename, event)

    def read_article(self, dossier: Any, article: Any) -> None:
        path = dossier.document.path.parent / article.file
        received = path.read_bytes() if article.file else b""
        thing = self.add(
            "Article",
            article.key,
            title=article.title,
            language=article.language,
            direction=direction(article.language),
            publisher=article.publisher,
            url=article.url,
            licence=article.licence,
            has_text=dossier.body != "",
            published=read_date(article.published, dossier.published),
            body=dossier.body,
            sha256=hashlib.sha256(received).hexdigest(),
        )
        self.identify(thing, article)

    def read_dataset(self, dossier: Any, dataset: Any) -> None:
        title = localized(dossier, dataset.title)
        thing = self.add(
            "Dataset",
            dataset.key,
            title=title,
            titles=title.all(),
            version=dataset.version,
            licence=dataset.licence,
            url=dataset.url,
            citation=dataset.citation,
            publisher=dataset.publisher,
            retrieved=read_date(dataset.retrieved, dossier.published),
        )
        self.identify(thing, dataset)

    def read_actor(self, dossier: Any, actor: Any) -> None:
        thing = self.add(
            "Actor",
            actor.key,
            kind=str(actor.kind),
            name=localized(dossier, actor.names),
            names=list_names(actor),
            sort_name=actor.names.get("en") or localized(dossier, actor.names).first(),
            country=self.countries.get(actor.country),
            wikidata_id=actor.wikidata,
            candidates=actor.candidates,
            memberships=[
                Thing(
                    "Membership",
                    actor=actor.key,
                    organization=item.organization,
                    role=item.role,
                    since=read_date(item.since, dossier.published),
                    until=read_date(item.until, dossier.published),
                )
                for item in actor.memberships
            ],
        )
        self.identify(thing, actor)
        for office in actor.offices:
            thing = self.add(
                "Office",
                f"{actor.key}.{office.key}",
                title=localized(dossier, office.title),
                titles=localized(dossier, office.title).all(),
                holder=actor.key,
                organization=office.organization,
                since=read_date(office.since, dossier.published),
                until=read_date(office.until, dossier.published),
            )
            self.identify(thing, office)

    def read_event(self, dossier: Any, typename: str, event: Any) -> None:
        thing = self.add(
            typename,
            event.key,
            kind=typename.upper(),
            title=localized(dossier, event.title),
            titles=localized(dossier, event.title).all(),
            summary=event.summary and localized(dossier, event.summary),
            date=read_date(event.date, dossier.published),
            occurrence=str(event.occurrence),
            place=event.place,
            places=[event.place, *event.places] if event.place else [],
            topics=event.topics,
            links=[],
            recorded_at=f"{AT:%Y-%m-%dT%H:%M:%SZ}",
            said=[(str(link.relation), link.event) for link in event.links],
        )
        self.identify(thing, event)
        if dossier.record.article:
            self.reports.add((dossier.record.article.key, thing.id))
        thing.codes = [
            Thing(
                "EventCode",
                scheme=code.scheme,
                version=code.version,
                code=code.code,
                label=code.label and localized(dossier, code.label),
                basis=str(code.basis),
            )
            for code in sorted(event.codes, key=attrgetter("scheme", "code"))
        ]
        thing.figures = [read_figure(dossier, item) for item in event.figures]
        thing.participants = [
            Thing(
                "Participation",
                role=str(item.role),
                actor=item.actor,
                office=item.office and f"{item.actor}.{item.office}",
                on_behalf_of=item.on_behalf_of,
                signed_on=read_date(item.signed_on, dossier.published)
                if item.role == "SIGNATORY"
                else None,
                position=item.position and str(item.position),
                event=thing,
                ordinal=ordinal,
            )
            for ordinal, item in enumerate(event.participants)
        ]
        match typename:
            case "Meeting":
                thing.format = str(event.format)
            case "Statement":
                thing.text = localized(dossier, event.text)
                thing.texts = thing.text.all()
                thing.channel = event.channel
            case "Appeal":
                thing.purpose = localized(dossier, event.purpose)
                thing.purposes = thing.purpose.all()
            case "Action":
                thing.type = str(event.type)
            case "Agreement":
                self.read_agreement(dossier, thing, event)

    def read_agreement(self, dossier: Any, thing: Thing, agreement: Any) -> None:
        thing.type, thing.status = str(agreement.type), str(agreement.status)
        thing.aims = [localized(dossier, aim) for aim in agreement.aims]
        thing.milestones = [
            Thing(
                "Milestone",
                type=str(item.type),
                party=item.party,
                date=read_date(item.date, dossier.published),
                place=item.place,
            )
            for item in agreement.milestones
        ]
        thing.signatures = [item for item in thing.participants if item.role == "SIGNATORY"]
        thing.provisions = [
            self.add(
                "Provision",
                f"{agreement.key}.{item.key}",
                slug=item.key,
                agreement=thing,
                ordinal=item.ordinal,
                heading=item.heading and localized(dossier, item.heading),
                headings=localized(dossier, item.heading).all() if item.heading else [],
                text=localized(dossier, item.text),
                texts=localized(dossier, item.text).all(),
                topics=item.topics,
                obligations=[self.read_obligation(dossier, below) for below in item.obligations],
            )
            for item in sorted(agreement.provisions, key=attrgetter("ordinal"))
        ]
        for item in agreement.provisions:
            self.identify(self.records[f"provision:{agreement.key}.{item.key}"], item)

    def read_obligation(self, dossier: Any, item: Any) -> Thing:
        return Thing(
            "Obligation",
            debtor=item.debtor,
            creditor=item.creditor,
            deadline=read_date(item.deadline, dossier.published),
            figure=item.figure and read_figure(dossier, item.figure),
        )

    def read_claims(self, dossier: Any) -> None:
        record = dossier.record
        for alias in record.aliases:
            names = self.records[f"actor:{alias.actor}"].names
            name = make_name(alias.text, alias.language, alias.observed)
            if all(vars(other) != vars(name) for other in names):
                names.append(name)
        for subject, claim in list_claims(record):
            self.read_claim(dossier, subject, claim)

    def read_claim(self, dossier: Any, subject: str, claim: Any) -> None:
        article = self.records[f"article:{dossier.record.article.key}"]
        places = [
            start
            for start in range(len(article.body))
            if article.body.startswith(claim.quote, start)
        ]
        nth = claim.nth or 1
        start, end = places[nth - 1], places[nth - 1] + len(claim.quote)
        publisher = dossier.record.article.publisher
        chain = [(link.actor, link.via) for link in claim.attribution or ()]
        if claim.attribution is None and publisher:
            chain = [(publisher, None)]
        key = hash_claim(subject, claim, article.key, nth, chain)
        thing = self.add(
            "Claim",
            key,
            subject=self.records[subject],
            property=claim.property or "exists",
            value=claim.value,
            stance=str(claim.stance),
            basis=str(claim.basis),
            article=article,
            quote=Thing(
                "Quote",
                article=article,
                text=claim.quote,
                start=start,
                end=end,
                prefix=article.body[max(0, start - 32) : start],
                suffix=article.body[end : end + 32],
            ),
            attribution=[Thing("Attribution", actor=actor, via=via) for actor, via in chain],
        )
        self.identify(thing, claim)
        self.claims.append(thing)
        if thing.subject.typename in EVENTS.values():
            self.reports.add((article.key, subject))

    # Linking: things in place of keys, and every list in its order.

    def link(self) -> None:
        self.link_actors()
        self.link_topics()
        self.claims.sort(key=as_claimed)
        for claim in self.claims:
            claim.subject.claims.append(claim)
            for link in claim.attribution:
                link.actor = self.find("Actor", link.actor)
        for event in self.of(*EVENTS.values()):
            self.link_event(event)
        for event in self.of(*EVENTS.values()):
            event.links.sort(key=lambda link: (link.relation, link.event.id, link.inverse))
        self.link_reports()

    def find(self, typename: str, key: str | None) -> Thing | None:
        """Find the record of a key; None where there is no key."""
        return None if key is None else self.records[f"{typename.lower()}:{key}"]

    def link_actors(self) -> None:
        for office in self.of("Office"):
            office.holder = self.find("Actor", office.holder)
            office.organization = self.find("Actor", office.organization)
            office.contested = False  # its dossiers add no offices to the actors of others
        for actor in self.of("Actor"):
            keys = dict.fromkeys(actor.candidates)
            actor.candidates = [self.find("Actor", key) for key in keys]
            actor.names.sort(key=lambda name: (not name.preferred, name.language, name.text))
            actor.offices = [office for office in self.of("Office") if office.holder is actor]
            actor.members = []
            for item in actor.memberships:
                item.actor = actor
                item.organization = self.find("Actor", item.organization)
            actor.offices.sort(key=as_held)
        for actor in sorted(self.of("Actor"), key=attrgetter("key")):
            for item in actor.memberships:
                item.organization.members.append(item)
        for dataset in self.of("Dataset"):
            dataset.publisher = self.find("Actor", dataset.publisher)
        for place in self.of("Place"):
            place.part_of = self.find("Place", place.part_of)
            place.parts = []
        for place in sorted(self.of("Place"), key=by_name):
            if place.part_of is not None:
                place.part_of.parts.append(place)

    def link_topics(self) -> None:
        for topic in self.of("Topic"):
            topic.broader = self.find("Topic", topic.broader)
        for thing in self.of("Provision", *EVENTS.values()):
            keys = {topic.replace(":", ".", 1) for topic in thing.topics}
            topics = [self.records[f"topic:{key}"] for key in keys]
            thing.topics = sorted(topics, key=scheme_and_code)

    def link_event(self, event: Thing) -> None:
        event.place = self.find("Place", event.place)
        event.places = [self.find("Place", key) for key in event.places]
        for item in getattr(event, "milestones", ()):
            item.party = self.find("Actor", item.party)
            item.place = self.find("Place", item.place)
        for provision in getattr(event, "provisions", ()):
            for item in provision.obligations:
                item.debtor = self.find("Actor", item.debtor)
                item.creditor = self.find("Actor", item.creditor)
        event.contested = is_contested(event.claims, self)
        for item in event.participants:
            item.actor = self.find("Actor", item.actor)
            item.office = self.find("Office", item.office)
            item.on_behalf_of = self.find("Actor", item.on_behalf_of)
        for relation, key in event.said:
            other = self.records[key]
            for here, there, inverse in ((event, other, False), (other, event, True)):
                link = Thing("EventLink", relation=relation, inverse=inverse, event=there)
                here.links.append(link)

    def link_reports(self) -> None:
        events, articles = self.of(*EVENTS.values()), self.of("Article")
        for article in articles:
            article.publisher = self.find("Actor", article.publisher)
            article.claims = [claim for claim in self.claims if claim.quote.article is article]
            reported = (event for event in events if (article.key, event.id) in self.reports)
            article.events = newest(reported)
        for event in events:
            event.articles = newest(article for article in articles if event in article.events)
        for actor in self.of("Actor"):
            items = [item for event in events for item in event.participants]
            actor.participations = sorted(
                (item for item in items if item.actor is actor),
                key=lambda item: (item.event.id, item.ordinal),
            )
            actor.events = newest({item.event for item in actor.participations})
            actor.articles = newest({a for event in actor.events for a in event.articles})

    def query(self) -> Thing:
        """Return the object that root fields are read from."""
        lists = {section: newest(self.of(name)) for section, name in EVENTS.items()}
        return Thing(
            "Query",
            **lists,
            events=newest(self.of(*EVENTS.values())),
            articles=newest(self.of("Article")),
            actors=sorted(self.of("Actor"), key=lambda item: (fold(item.sort_name), item.key)),
            provisions=sorted(
                self.of("Provision"), key=lambda item: (item.agreement.key, item.ordinal)
            ),
            offices=sorted(self.of("Office"), key=as_held),
            participations=sorted(
                (item for event in self.of(*EVENTS.values()) for item in event.participants),
                key=lambda item: (item.event.id, item.ordinal),
            ),
            claims=self.claims,
            datasets=sorted(
                self.of("Dataset"), key=lambda item: (fold(item.title.first()), item.key)
            ),
            places=sorted(self.of("Place"), key=by_name),
            topics=sorted(self.of("Topic"), key=scheme_and_code),
        )


def localized(dossier: Any, texts: dict[str, str]) -> Localized:
    home = dossier.record.article
    return Localized(texts, home.language if home else None)


def read_figure(dossier: Any, item: Any) -> Thing:
    return Thing(
        "Figure",
        measure=item.measure,
        label=item.label and localized(dossier, item.label),
        low=item.low,
        best=item.best,
        high=item.high,
        unit=item.unit,
    )


def read_date(date: Any, published: VagueDate) -> Thing:
    """Write a vague date, resolved on publication where it hangs on that."""
    when, basis = (date.parse() if date else VagueDate()), None
    if date and (date.edtf or date.text or date.relative):
        basis = str(date.basis or ("RESOLVED" if date.converted else "STATED"))
        if date.anchored:
            when = resolve_anchor(date.anchored, published)
            basis = "RESOLVED" if when.known else basis
    return Thing(
        "FuzzyDate",
        edtf=when.edtf,
        earliest=when.earliest and when.earliest.isoformat(),
        latest=when.latest and when.latest.isoformat(),
        precision=str(when.precision),
        text=date.text if date else None,
        basis=basis,
        anchored=date.anchored if date else None,
    )


def make_name(text: str, language: str, observed: bool, *, preferred: bool = False) -> Thing:  # noqa: FBT001
    return Thing(
        "ActorName",
        text=text,
        language=language,
        preferred=preferred,
        observed=observed,
        basis="STATED" if observed else "CURATED",
    )


def list_names(actor: Any) -> list[Thing]:
    names = [
        make_name(text, language, observed=False, preferred=True)
        for language, text in actor.names.items()
    ]
    return names + [make_name(item.text, item.language, item.observed) for item in actor.aliases]


def list_claims(record: Any) -> Iterable[tuple[str, Any]]:
    """List every claim of a dossier with the id of what it is about."""
    for actor in record.actors:
        yield from ((f"actor:{actor.key}", claim) for claim in actor.claims)
        for office in actor.offices:
            yield from ((f"office:{actor.key}.{office.key}", claim) for claim in office.claims)
    for dataset in record.datasets:
        yield from ((f"dataset:{dataset.key}", claim) for claim in dataset.claims)
    for place in record.places:
        yield from ((f"place:{place.key}", claim) for claim in place.claims)
    for topic in record.topics:
        yield from ((f"topic:{topic.scheme}.{topic.code}", claim) for claim in topic.claims)
    for section, typename in EVENTS.items():
        for event in getattr(record, section):
            yield from ((f"{typename.lower()}:{event.key}", claim) for claim in event.claims)
            for provision in getattr(event, "provisions", ()):
                key = f"provision:{event.key}.{provision.key}"
                yield from ((key, claim) for claim in provision.claims)
    yield from ((claim.subject, claim) for claim in record.claims)


def hash_claim(subject: str, claim: Any, article: str, nth: int, chain: list[Any]) -> str:
    """Hash what the contract says a claim's id is made of."""
    content = [
        subject,
        claim.property or "exists",
        claim.value,
        str(claim.stance),
        article,
        claim.quote,
        nth,
        chain,
    ]
    return hashlib.sha256(orjson.dumps(content)).hexdigest()[:24]


def is_contested(claims: list[Thing], world: World) -> bool:
    asserted = [(c.property, c.value) for c in claims if c.stance == "ASSERTS"]
    denied = {(c.property, c.value) for c in claims if c.stance == "DENIES"}
    if denied & set(asserted):
        return True
    pairs = combinations([pair for pair in asserted if pair[1] is not None], 2)
    return any(one[0] == two[0] and exclude(*one, two[1], world) for one, two in pairs)


def exclude(name: str, one: str, two: str, world: World) -> bool:
    match name:
        case "date":
            spans = [span(parse_edtf(text)) for text in (one, two)]
            return None not in spans and max(spans)[0] > min(spans)[1]  # type: ignore[index,type-var]
        case "place":
            places = world.records[f"place:{one}"], world.records[f"place:{two}"]
            return not any(
                place in above(other, "part_of") for place, other in permutations(places)
            )
        case "type" | "status" | "format" | "occurrence":
            return one != two
        case _:
            return False


# Orders.


def newest(things: Iterable[Thing]) -> list[Thing]:
    """Sort events or articles by date, newest first, those without a date last."""

    def when(thing: Thing) -> tuple[bool, Any, str]:
        date = span(thing.published if thing.typename == "Article" else thing.date)
        return date is not None, date or (), thing.id

    return sorted(things, key=when, reverse=True)


def scheme_and_code(topic: Thing) -> tuple[str, str]:
    return topic.scheme, topic.code


def by_name(place: Thing) -> tuple[str, str]:
    return fold(place.name.first()), place.key


def as_held(office: Thing) -> tuple[Any, str]:
    return span(office.since) or ("~",), office.key


def as_claimed(claim: Thing) -> tuple[str, int, str]:
    return claim.quote.article.key, claim.quote.start, claim.key


# Answering.


def answer(
    world: World, document: str, variables: dict[str, Any] | None = None, languages: Any = ()
) -> dict[str, Any]:
    """Answer a question; every cursor is the word CURSOR.

    Raises:
        GraphQLError: a variable has a value that it cannot have.
    """

    def resolve(source: Any, info: Any, **arguments: Any) -> Any:
        if info.parent_type.name == "Query" and info.field_name in ROOT:
            return ROOT[info.field_name](world, **arguments)
        if info.field_name in COMPUTED:
            return COMPUTED[info.field_name](source, **arguments)
        name = (
            "slug"
            if (info.field_name == "key" and source.typename == "Provision")
            else info.field_name
        )
        value = getattr(source, re.sub("[A-Z]", lambda match: "_" + match[0].lower(), name))
        if get_named_type(info.return_type).name.endswith("Connection"):
            filters = info.parent_type.fields[info.field_name].args.get("filter")
            wanted = arguments.pop("filter", None)
            kept = keep(filters.type.name, wanted, value) if filters else value
            wanted = arguments.pop("orderBy", None)
            return paginate(arrange(wanted, kept) if wanted else kept, **arguments)
        wanted = arguments.get("lang") or []
        tags = [parse_language(tag) for tag in ([wanted] if isinstance(wanted, str) else wanted)]
        chain = (*lookup_chain(tags), *languages)
        if isinstance(value, list):
            return [item.pick(chain) if isinstance(item, Localized) else item for item in value]
        return value.pick(chain) if isinstance(value, Localized) else value

    result = execute_sync(
        DOCUMENT,
        parse(document),
        world.query(),
        variable_values=variables,
        field_resolver=resolve,
        type_resolver=lambda value, *_: value.typename,
    )
    if result.errors:
        raise result.errors[0].original_error or result.errors[0]
    assert result.data is not None
    return result.data


def paginate(
    things: list[Thing], first: int | None = None, last: int | None = None, **_: Any
) -> Thing:
    """Cut a page off a list's start or end."""
    size = (50 if last is None else last) if first is None else first
    more = len(things) > size
    page = things[:size] if last is None else things[max(0, len(things) - size) :]
    cursor = "CURSOR" if page else None
    return Thing(
        "Connection",
        nodes=page,
        edges=[Thing("Edge", node=node, cursor="CURSOR") for node in page],
        total_count=len(things),
        things=things,
        page_info=Thing(
            "PageInfo",
            has_next_page=more and last is None,
            has_previous_page=more and last is not None,
            start_cursor=cursor,
            end_cursor=cursor,
        ),
    )


def groups(things: list[Thing], by: list[str], first: int | None, **arguments: Any) -> list[Thing]:
    """Group the records of a list."""
    found = group(things, by, arguments.get("orderBy"))
    return [
        Thing(
            "Group",
            count=len(members),
            members=members,
            keys=[
                Thing(
                    "GroupKey",
                    dimension=name,
                    value=value and value[0],
                    label=value and value[1],
                )
                for name, value in zip(by, values, strict=True)
            ],
        )
        for values, members in found[: 100 if first is None else first]
    ]


def add_up(events: list[Thing], measure: str, unit: str | None = None) -> str | None:
    """Add up the figures of events with a measure and a unit."""
    figures = (figure for event in events for figure in getattr(event, "figures", ()))
    found = [
        Decimal(figure.best)
        for figure in figures
        if (figure.measure, figure.unit) == (measure, unit) and figure.best is not None
    ]
    return f"{sum(found, Decimal()).normalize():f}" if found else None


COMPUTED: dict[str, Any] = {
    "groups": lambda page, **given: groups(page.things, **given),
    "groupCount": lambda page, by: len(group(page.things, by, None)),
    "sum": lambda made, **given: add_up(made.members, **given),
}


def find(world: World, key: str) -> Thing | None:
    assert key.partition(":")[0].upper() in RecordKind.__members__
    return world.records.get(key)


def find_identified(world: World, scheme: str, id: str) -> list[Thing]:  # noqa: A002
    """List the records that have an identifier."""
    return [
        thing
        for thing in world.by_id()
        if any((item.scheme, item.id) == (scheme, id) for item in thing.identifiers)
    ]


def search(
    world: World, text: str, kinds: list[str] | None = None, first: int | None = None
) -> Thing:
    """Find records by their words, and show where these stand."""
    query = parse_query(text)
    fields = {
        key: list_fields(thing)
        for key, thing in world.records.items()
        if kinds is None or thing.typename.upper() in kinds
    }
    hits = [make_hit(world.records[key], fields[key], query) for key in find_hits(fields, text)]
    hits.sort(key=lambda hit: hit.kind_and_key)
    hits.sort(key=lambda hit: hit.rank_and_date, reverse=True)
    return paginate(hits, first)


def make_hit(thing: Thing, fields: list[Any], query: Any) -> Thing:
    (field, _, text), spelling = find_best(fields, query)
    snippet, places = cut_snippet(text, spelling, query)
    date = thing.published if thing.typename == "Article" else getattr(thing, "date", None)
    bounds = date and span(date)
    count = (len(thing.events),) if thing.typename == "Actor" else ()
    return Thing(
        "SearchHit",
        node=thing,
        field=field,
        snippet=snippet,
        highlights=[Thing("Highlight", start=start, end=end) for start, end in places],
        kind_and_key=(thing.typename, thing.key),
        rank_and_date=(rank(fields, query), bounds is not None, bounds or count),
    )


def list_changes(
    world: World, kinds: list[str] | None = None, record: str | None = None, **page: Any
) -> Thing:
    """List the changes of records of some kinds, or of one record."""
    kept = [
        change
        for change in world.revision.changes
        if (kinds is None or change.kind in kinds) and record in (None, change.record)
    ]
    return paginate(kept, **page)


def find_by(typename: str, world: World, **given: str) -> Thing | None:
    ((name, value),) = given.items()
    if value is None:
        raise GraphQLError("Exactly one argument is wanted.")
    name = "wikidata_id" if name == "wikidataId" else name
    found = (item for item in world.of(typename) if getattr(item, name) == value)
    return min(found, key=lambda item: item.key, default=None)


ROOT: dict[str, Any] = {
    "node": lambda world, **given: find(world, given["id"]),
    "nodes": lambda world, ids: [find(world, key) for key in ids],
    "byIdentifier": find_identified,
    "article": lambda world, **given: find_by("Article", world, **given),
    "actor": lambda world, **given: find_by("Actor", world, **given),
    "search": search,
    "changes": list_changes,
    "releases": lambda world: [],  # noqa: ARG005 — the example has none
    "release": lambda world, name: None,  # noqa: ARG005
    "revision": lambda world, number: world.revision if number == 1 else None,
    "topics": lambda world, scheme=None: [
        topic
        for topic in sorted(world.of("Topic"), key=scheme_and_code)
        if scheme in (None, topic.scheme)
    ],
}
