"""Drafts the records of a dossier, kind by kind."""

from collections.abc import Iterable, Iterator
from typing import Any

from api import model as m
from api.intake import records as r
from api.intake.claims import draft_claims
from api.intake.documents import Place
from api.intake.drafts import Dossier, Draft, Ref
from api.model.kinds import Basis, RecordKind


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
    yield from draft_claims(dossier)


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
        language=article.language,
        publisher_id=dossier.refer(RecordKind.ACTOR, article.publisher, (*place, "publisher")),
        url=article.url,
        body=dossier.body,
        sha256=dossier.sha256,
        **dossier.date("published", article.published, place, ordered=True),
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
    draft.add_once(
        m.ActorName,
        text=name.text,
        language=name.language,
        preferred=preferred,
        observed=name.observed,
        basis=str(Basis.STATED if name.observed else Basis.CURATED),
    )


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
        **dossier.date("since", office.since, place, ordered=True),
        **dossier.date("until", office.until, place),
    )
    return draft


def _draft_place(dossier: Dossier, item: r.PlaceRecord, place: Place) -> Draft:
    draft = Draft(Ref(RecordKind.PLACE, item.key), place)
    draft.add(
        m.Place,
        key=item.key,
        name=dossier.localized(item.names),
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
        summary=dossier.localized(event.summary),
        place_id=dossier.refer(RecordKind.PLACE, event.place, (*place, "place")),
        **dossier.date("date", event.date, place, ordered=True),
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
            version=code.version,
            code=code.code,
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
        **dossier.date("signed_on", participant.signed_on, place),
    )


def _add_link(dossier: Dossier, draft: Draft, link: r.LinkRecord, place: Place) -> None:
    kind, _, key = link.event.partition(":")
    other = dossier.refer(RecordKind(kind.upper()), key, (*place, "event"))
    assert other is not None
    if other == draft.ref:
        text = "an event cannot be linked to itself"
        dossier.report((*place, "event"), text)
    for near, far, inverse in ((draft.ref, other, False), (other, draft.ref, True)):
        draft.add_once(
            m.EventLink,
            event_id=near,
            relation=str(link.relation),
            inverse=inverse,
            other_id=far,
            other_kind=str(far.kind),
            other_key=far.key,
        )
