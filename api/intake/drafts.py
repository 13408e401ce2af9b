"""What a dossier wants the tables to hold: records and their rows, with ids still to come."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from api import model as m
from api.errors import Problem
from api.intake import records as r
from api.intake.documents import Document, Place
from api.intake.quotes import Span, find_quote
from api.intake.rows import Row
from api.model.kinds import Basis, ParticipantRole, RecordKind
from api.text.dates import VagueDate, parse_edtf, resolve_anchor, sort_keys
from api.text.folding import fold, fold_all
from api.text.localized import format_localized

UNKNOWN = VagueDate()


class Ref(NamedTuple):
    """A record by its kind and key: the id on the wire, before there is one in the tables.

    Every event has one kind here, EVENT being found under whichever kind it has.
    """

    kind: RecordKind
    key: str

    def __str__(self) -> str:
        """Write the id on the wire."""
        return f"{self.kind.lower()}:{self.key}"


@dataclass(slots=True)
class Draft:
    """A record as a dossier defines it: rows by table, references in place of ids."""

    ref: Ref
    place: Place
    rows: dict[sa.Table, list[Row]] = field(default_factory=dict)

    def add(self, model: Any, **row: Any) -> None:
        """Add a row of a table."""
        self.rows.setdefault(model.__table__, []).append(row)

    def own(self, *models: Any) -> None:
        """Say that these tables' rows are the record's, even where there are none."""
        for model in models:
            self.rows.setdefault(model.__table__, [])


@dataclass(frozen=True, slots=True)
class Source:
    """What an article settles for the records whose home it is."""

    key: str
    language: str
    publisher: str | None = None
    published: VagueDate = UNKNOWN
    body: str = ""


@dataclass(slots=True)
class Dossier:
    """A valid dossier, on its way to drafts; one that is not whole has only some of its records."""

    document: Document
    record: r.DossierRecord
    name: str
    source: Source | None = None
    sha256: str = ""
    whole: bool = True
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[Ref, Place]] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)

    @property
    def article(self) -> Ref | None:
        """The article that the dossier is about."""
        return Ref(RecordKind.ARTICLE, self.source.key) if self.source else None

    @property
    def body(self) -> str:
        """The article's text."""
        return self.source.body if self.source else ""

    @property
    def published(self) -> VagueDate:
        """When the article was published."""
        return self.source.published if self.source else UNKNOWN

    def report(self, place: Place, text: str) -> None:
        """Remember a problem."""
        self.problems.append(self.document.problem(place, text))

    # Values, as the columns hold them.

    def localized(self, texts: dict[str, str] | None) -> str | None:
        """Write a localized text; the entry in the article's language is the original."""
        if texts is None:
            return None
        self.languages.update(texts)
        return format_localized(texts, self.original(texts))

    def original(self, texts: dict[str, str]) -> str:
        """Tell which of a text's languages is the original."""
        if self.source and self.source.language in texts:
            return self.source.language
        return next(iter(texts))

    def folded(self, texts: dict[str, str]) -> str:
        """Fold a text's original, for its order."""
        return fold(texts[self.original(texts)])

    def refer(self, kind: RecordKind, key: str | None, place: Place) -> Ref | None:
        """Refer to a record that has to be somewhere."""
        if key is None:
            return None
        ref = Ref(kind, key)
        self.references.append((ref, place))
        return ref

    def date(self, prefix: str, date: r.DateRecord | None, *, ordered: bool = False) -> Row:
        """Write the columns of a vague date."""
        if date is None:
            return _format_no_date(prefix, ordered=ordered)
        when, basis = self._resolve(date)
        return _format_date(prefix, when, date.text, basis, ordered=ordered)

    def _resolve(self, date: r.DateRecord) -> tuple[VagueDate, str | None]:
        if date.edtf is None and date.text is None:
            return UNKNOWN, None
        when = parse_edtf(date.edtf) if date.edtf else VagueDate()
        basis = date.basis or Basis.STATED
        if date.anchor:
            resolved = resolve_anchor(when, self.published)
            if resolved is not when:
                return resolved, str(Basis.RESOLVED)
        return when, str(basis)


@lru_cache(16)
def _format_no_date(prefix: str, *, ordered: bool) -> Row:
    return _format_date(prefix, UNKNOWN, None, None, ordered=ordered)


def _format_date(
    prefix: str, when: VagueDate, text: str | None, basis: str | None, *, ordered: bool
) -> Row:
    columns = {
        "edtf": when.edtf,
        "earliest": when.earliest,
        "latest": when.latest,
        "precision": str(when.precision),
        "text": text,
        "basis": basis,
    }
    if ordered:
        columns["asc"], columns["desc"] = sort_keys(when)
    return {f"{prefix}_{name}": value for name, value in columns.items()}


def draft_records(dossier: Dossier) -> Iterator[Draft]:
    """Draft every record that a dossier defines, its claims last."""
    yield from _draft_article(dossier)
    for number, actor in enumerate(dossier.record.actors):
        yield from _draft_actor(dossier, actor, ("actors", number))
    for number, place in enumerate(dossier.record.places):
        yield _draft_place(dossier, place, ("places", number))
    for number, topic in enumerate(dossier.record.topics):
        yield _draft_topic(dossier, topic, ("topics", number))
    yield from _draft_events(dossier)
    yield from _draft_claims(dossier)


def _draft_article(dossier: Dossier) -> Iterator[Draft]:
    article = dossier.record.article
    if article is None:
        return
    place = ("article",)
    draft = Draft(Ref(RecordKind.ARTICLE, article.key), place)
    dossier.languages.add(article.language)
    draft.add(
        m.Article,
        key=article.key,
        title=article.title,
        title_sort=fold(article.title),
        language=article.language,
        publisher_id=dossier.refer(RecordKind.ACTOR, article.publisher, (*place, "publisher")),
        url=article.url,
        url_fold=None if article.url is None else fold(article.url),
        body=dossier.body,
        sha256=dossier.sha256,
        **dossier.date("published", article.published, ordered=True),
    )
    yield draft


def _draft_actor(dossier: Dossier, actor: r.ActorRecord, place: Place) -> Iterator[Draft]:
    draft = Draft(Ref(RecordKind.ACTOR, actor.key), place)
    names = actor.names
    draft.add(
        m.Actor,
        key=actor.key,
        kind=str(actor.kind),
        name=dossier.localized(names),
        name_sort=fold(names.get("en") or next(iter(names.values()))),
        country_code=actor.country,
        country_asc=actor.country or "~",
        country_desc=actor.country or "",
        wikidata_id=actor.wikidata,
    )
    draft.own(m.ActorName, m.ActorCandidate)
    for language, text in names.items():
        _add_name(dossier, draft, r.NameRecord(text=text, language=language), preferred=True)
    for alias in actor.aliases:
        _add_name(dossier, draft, alias, preferred=False)
    for ordinal, candidate in enumerate(dict.fromkeys(actor.candidates)):
        ref = dossier.refer(RecordKind.ACTOR, candidate, (*place, "candidates", ordinal))
        draft.add(m.ActorCandidate, candidate_id=ref, ordinal=ordinal)
    yield draft
    for number, office in enumerate(actor.offices):
        yield _draft_office(dossier, actor, office, (*place, "offices", number))


def _add_name(dossier: Dossier, draft: Draft, name: r.NameRecord, *, preferred: bool) -> None:
    dossier.languages.add(name.language)
    row = {
        "text": name.text,
        "text_fold": fold(name.text),
        "language": name.language,
        "preferred": preferred,
        "observed": name.observed,
        "basis": str(Basis.STATED if name.observed else Basis.CURATED),
    }
    if row not in draft.rows[m.ActorName.__table__]:  # type: ignore[attr-defined]
        draft.add(m.ActorName, **row)


def _draft_office(
    dossier: Dossier, actor: r.ActorRecord, office: r.OfficeRecord, place: Place
) -> Draft:
    key = f"{actor.key}.{office.key}"
    draft = Draft(Ref(RecordKind.OFFICE, key), place)
    draft.add(
        m.Office,
        key=key,
        holder_id=Ref(RecordKind.ACTOR, actor.key),
        title=dossier.localized(office.title),
        organization_id=dossier.refer(
            RecordKind.ACTOR, office.organization, (*place, "organization")
        ),
        **dossier.date("since", office.since, ordered=True),
        **dossier.date("until", office.until),
    )
    return draft


def _draft_place(dossier: Dossier, item: r.PlaceRecord, place: Place) -> Draft:
    draft = Draft(Ref(RecordKind.PLACE, item.key), place)
    draft.add(
        m.Place,
        key=item.key,
        name=dossier.localized(item.names),
        name_sort=dossier.folded(item.names),
        name_fold=fold_all(item.names.values()),
        country_code=item.country,
        part_of_id=dossier.refer(RecordKind.PLACE, item.part_of, (*place, "part_of")),
        latitude=item.latitude,
        longitude=item.longitude,
    )
    return draft


def _draft_topic(dossier: Dossier, topic: r.TopicRecord, place: Place) -> Draft:
    key = f"{topic.scheme}.{topic.code}"
    draft = Draft(Ref(RecordKind.TOPIC, key), place)
    broader = f"{topic.scheme}.{topic.broader}" if topic.broader else None
    draft.add(
        m.Topic,
        key=key,
        scheme=topic.scheme,
        code=topic.code,
        label=dossier.localized(topic.labels),
        broader_id=dossier.refer(RecordKind.TOPIC, broader, (*place, "broader")),
    )
    return draft


def _draft_events(dossier: Dossier) -> Iterator[Draft]:
    record = dossier.record
    for number, meeting in enumerate(record.meetings):
        draft = _draft_event(dossier, RecordKind.MEETING, meeting, ("meetings", number))
        draft.add(m.Meeting, format=str(meeting.format))
        yield draft
    for number, agreement in enumerate(record.agreements):
        yield from _draft_agreement(dossier, agreement, ("agreements", number))
    for number, statement in enumerate(record.statements):
        draft = _draft_event(dossier, RecordKind.STATEMENT, statement, ("statements", number))
        text = dossier.localized(statement.text)
        draft.add(m.Statement, text=text, channel=statement.channel)
        yield draft
    for number, appeal in enumerate(record.appeals):
        draft = _draft_event(dossier, RecordKind.APPEAL, appeal, ("appeals", number))
        draft.add(m.Appeal, purpose=dossier.localized(appeal.purpose))
        yield draft


def _draft_agreement(
    dossier: Dossier, agreement: r.AgreementRecord, place: Place
) -> Iterator[Draft]:
    draft = _draft_event(dossier, RecordKind.AGREEMENT, agreement, place)
    draft.add(m.Agreement, type=str(agreement.type), status=str(agreement.status))
    draft.own(m.AgreementAim)
    for ordinal, aim in enumerate(agreement.aims):
        draft.add(m.AgreementAim, ordinal=ordinal, text=dossier.localized(aim))
    yield draft
    for number, provision in enumerate(agreement.provisions):
        below = (*place, "provisions", number)
        yield _draft_provision(dossier, agreement.key, provision, below)


def _draft_provision(
    dossier: Dossier, agreement: str, provision: r.ProvisionRecord, place: Place
) -> Draft:
    key = f"{agreement}.{provision.key}"
    draft = Draft(Ref(RecordKind.PROVISION, key), place)
    draft.add(
        m.Provision,
        key=key,
        slug=provision.key,
        agreement_id=Ref(RecordKind.AGREEMENT, agreement),
        agreement_key=agreement,
        ordinal=provision.ordinal,
        heading=dossier.localized(provision.heading),
        text=dossier.localized(provision.text),
    )
    _add_topics(dossier, draft, m.ProvisionTopic, provision.topics)
    return draft


def _add_topics(dossier: Dossier, draft: Draft, model: Any, topics: Iterable[str]) -> None:
    draft.own(model)
    for number, topic in enumerate(dict.fromkeys(topics)):
        key = topic.replace(":", ".", 1)
        place = (*draft.place, "topics", number)
        draft.add(model, topic_id=dossier.refer(RecordKind.TOPIC, key, place))


def _draft_event(dossier: Dossier, kind: RecordKind, event: r.EventRecord, place: Place) -> Draft:
    draft = Draft(Ref(kind, event.key), place)
    draft.add(
        m.Event,
        kind=str(kind),
        key=event.key,
        title=dossier.localized(event.title),
        title_sort=dossier.folded(event.title),
        title_fold=fold_all(event.title.values()),
        summary=dossier.localized(event.summary),
        place_id=dossier.refer(RecordKind.PLACE, event.place, (*place, "place")),
        **dossier.date("date", event.date, ordered=True),
    )
    draft.own(m.Participation, m.EventLink, m.EventCode)
    _add_topics(dossier, draft, m.EventTopic, event.topics)
    for ordinal, participant in enumerate(event.participants):
        _add_participant(dossier, draft, participant, ordinal)
    for number, link in enumerate(event.links):
        _add_link(dossier, draft, link, (*place, "links", number))
    for code in event.codes:
        draft.add(
            m.EventCode,
            scheme=code.scheme,
            scheme_fold=fold(code.scheme),
            version=code.version,
            code=code.code,
            code_fold=fold(code.code),
            label=dossier.localized(code.label),
            basis=str(code.basis),
        )
    return draft


def _add_participant(
    dossier: Dossier, draft: Draft, participant: r.ParticipantRecord, ordinal: int
) -> None:
    place = (*draft.place, "participants", ordinal)
    office = f"{participant.actor}.{participant.office}" if participant.office else None
    draft.add(
        m.Participation,
        event_kind=str(draft.ref.kind),
        event_key=draft.ref.key,
        ordinal=ordinal,
        role=str(participant.role),
        actor_id=dossier.refer(RecordKind.ACTOR, participant.actor, (*place, "actor")),
        office_id=dossier.refer(RecordKind.OFFICE, office, (*place, "office")),
        on_behalf_of_id=dossier.refer(
            RecordKind.ACTOR, participant.on_behalf_of, (*place, "on_behalf_of")
        ),
        **dossier.date("signed_on", participant.signed_on),
    )


def _add_link(dossier: Dossier, draft: Draft, link: r.LinkRecord, place: Place) -> None:
    kind, _, key = link.event.partition(":")
    other = dossier.refer(RecordKind(kind.upper()), key, (*place, "event"))
    assert other is not None
    if other == draft.ref:
        text = "an event cannot be linked to itself"
        dossier.report((*place, "event"), text)
    for near, far, inverse in ((draft.ref, other, False), (other, draft.ref, True)):
        row = {
            "event_id": near,
            "relation": str(link.relation),
            "inverse": inverse,
            "other_id": far,
            "other_kind": str(far.kind),
            "other_key": far.key,
        }
        if row not in draft.rows[m.EventLink.__table__]:  # type: ignore[attr-defined]
            draft.add(m.EventLink, **row)


# Claims.


def _draft_claims(dossier: Dossier) -> Iterator[Draft]:
    seen: dict[str, Place] = {}
    for subject, claim, place in _list_claims(dossier):
        draft = _draft_claim(dossier, subject, claim, place)
        if draft is None:
            continue
        if draft.ref.key in seen:
            text = "this claim is made twice: keep one"
            dossier.report(place, text)
        seen[draft.ref.key] = place
        yield draft


def _list_claims(dossier: Dossier) -> Iterator[tuple[Ref, r.ClaimRecord, Place]]:
    record = dossier.record
    for number, actor in enumerate(record.actors):
        place = ("actors", number)
        yield from _claims_of(Ref(RecordKind.ACTOR, actor.key), actor.claims, place)
        for position, office in enumerate(actor.offices):
            ref = Ref(RecordKind.OFFICE, f"{actor.key}.{office.key}")
            yield from _claims_of(ref, office.claims, (*place, "offices", position))
    for number, item in enumerate(record.places):
        yield from _claims_of(Ref(RecordKind.PLACE, item.key), item.claims, ("places", number))
    for number, topic in enumerate(record.topics):
        ref = Ref(RecordKind.TOPIC, f"{topic.scheme}.{topic.code}")
        yield from _claims_of(ref, topic.claims, ("topics", number))
    for section in ("meetings", "agreements", "statements", "appeals"):
        kind = RecordKind(section[:-1].upper())
        for number, event in enumerate(getattr(record, section)):
            yield from _claims_of(Ref(kind, event.key), event.claims, (section, number))
            for position, provision in enumerate(getattr(event, "provisions", ())):
                ref = Ref(RecordKind.PROVISION, f"{event.key}.{provision.key}")
                below = (section, number, "provisions", position)
                yield from _claims_of(ref, provision.claims, below)
    for number, claim in enumerate(record.claims):
        place = ("claims", number)
        if (subject := _parse_subject(dossier, claim.subject, (*place, "subject"))) is not None:
            yield subject, claim, place


def _claims_of(
    ref: Ref, claims: list[r.ClaimRecord], place: Place
) -> Iterator[tuple[Ref, r.ClaimRecord, Place]]:
    for number, claim in enumerate(claims):
        yield ref, claim, (*place, "claims", number)


def _parse_subject(dossier: Dossier, subject: str, place: Place) -> Ref | None:
    kind, _, key = subject.partition(":")
    if kind.upper() not in RecordKind.__members__ or not key or kind != kind.lower():
        text = f'"{subject}" is no id: write "<kind>:<key>", such as meeting:camp-david-talks'
        dossier.report(place, text)
        return None
    return dossier.refer(RecordKind(kind.upper()), key, place)


PROPERTIES: dict[RecordKind, type[r.Part]] = {
    RecordKind.ARTICLE: r.ArticleRecord,
    RecordKind.ACTOR: r.ActorRecord,
    RecordKind.OFFICE: r.OfficeRecord,
    RecordKind.MEETING: r.MeetingRecord,
    RecordKind.AGREEMENT: r.AgreementRecord,
    RecordKind.PROVISION: r.ProvisionRecord,
    RecordKind.STATEMENT: r.StatementRecord,
    RecordKind.APPEAL: r.AppealRecord,
    RecordKind.PLACE: r.PlaceRecord,
    RecordKind.TOPIC: r.TopicRecord,
}
# What a claim without a property speaks of: that there is such a record at all.
EXISTS = "exists"


def _draft_claim(
    dossier: Dossier, subject: Ref, claim: r.ClaimRecord, place: Place
) -> Draft | None:
    article = dossier.article
    if article is None:
        text = "a claim quotes an article, and this file has none: name its `article`"
        dossier.report(place, text)
        return None
    try:
        _check_claim(subject, claim)
        span = find_quote(dossier.body, claim.quote, claim.nth)
    except ValueError as error:
        dossier.report((*place, "quote"), str(error))
        return None
    _refer_to_value(dossier, subject, claim, place)
    chain = _attribution(dossier, claim)
    draft = Draft(Ref(RecordKind.CLAIM, hash_claim(subject, claim, article, span, chain)), place)
    draft.add(
        m.Claim,
        key=draft.ref.key,
        subject_id=subject,
        property=claim.property or EXISTS,
        value=claim.value,
        value_fold=None if claim.value is None else fold(claim.value),
        stance=str(claim.stance),
        basis=str(claim.basis),
        article_id=article,
        article_key=article.key,
        quote_text=claim.quote,
        quote_start=span.start,
        quote_end=span.end,
        quote_prefix=span.prefix,
        quote_suffix=span.suffix,
    )
    draft.own(m.Attribution)
    for ordinal, link in enumerate(chain):
        below = (*place, "attribution", ordinal, "actor")
        actor = dossier.refer(RecordKind.ACTOR, link.actor, below)
        draft.add(m.Attribution, ordinal=ordinal, actor_id=actor, via=link.via)
    return draft


def _attribution(dossier: Dossier, claim: r.ClaimRecord) -> list[r.AttributionRecord]:
    if claim.attribution is not None:
        return claim.attribution
    publisher = dossier.source.publisher if dossier.source else None
    return [r.AttributionRecord(actor=publisher)] if publisher else []


def _check_claim(subject: Ref, claim: r.ClaimRecord) -> None:
    if claim.property is None:
        if claim.value is not None:
            message = "a claim that has a `value` needs the `property` that has it"
            raise ValueError(message)
        return
    name, _, below = claim.property.partition(".")
    fields = [*PROPERTIES[subject.kind].model_fields, "name", "exists"]
    if name not in fields:
        message = f'a {subject.kind.lower()} has no property "{name}": it has {", ".join(fields)}'
        raise ValueError(message)
    if name == "participants" and below.upper() not in ParticipantRole.__members__:
        roles = ", ".join(role.lower() for role in ParticipantRole)
        message = f'"{claim.property}" names no role: write participants.<role>, one of {roles}'
        raise ValueError(message)
    _check_value(subject, name, claim.value)


def _check_value(subject: Ref, name: str, value: str | None) -> None:
    if value is None:
        return
    if name in {"date", "published", "since", "until"}:
        parse_edtf(value)
    annotation: Any = PROPERTIES[subject.kind].model_fields.get(name)
    members = getattr(getattr(annotation, "annotation", None), "__members__", None)
    if members and value not in members:
        message = f'"{value}" is no {name}: write one of {", ".join(members)}'
        raise ValueError(message)


def _refer_to_value(dossier: Dossier, subject: Ref, claim: r.ClaimRecord, place: Place) -> None:
    """Refer to the record that a claim's value names."""
    name = (claim.property or "").partition(".")[0]
    if claim.value is None:
        return
    below = (*place, "value")
    if name == "participants" or (name == "publisher" and subject.kind is RecordKind.ARTICLE):
        dossier.refer(RecordKind.ACTOR, claim.value, below)
    elif name == "place" and subject.kind is not RecordKind.PLACE:
        dossier.refer(RecordKind.PLACE, claim.value, below)
    elif name == "links":
        _parse_subject(dossier, claim.value, below)


def hash_claim(
    subject: Ref,
    claim: r.ClaimRecord,
    article: Ref,
    span: Span,
    chain: list[r.AttributionRecord],
) -> str:
    """Hash what makes a claim itself, so that its id outlives a change of offsets or basis."""
    content = [
        str(subject),
        claim.property or EXISTS,
        claim.value,
        str(claim.stance),
        article.key,
        claim.quote,
        span.nth,
        [[link.actor, link.via] for link in chain],
    ]
    return hashlib.sha256(orjson.dumps(content)).hexdigest()[:24]
