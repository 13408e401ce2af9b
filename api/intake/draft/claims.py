"""Drafts of a dossier's claims, each with its quote located in the article."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import orjson

from api import model as m
from api.enums import DescribedEnum
from api.intake.draft.dossier import Dossier
from api.intake.draft.quotes import Span, find_quote
from api.intake.drafts import Draft, Ref
from api.intake.forms import records as r
from api.intake.forms.context import WriteContext
from api.intake.forms.kinds import (
    FORMS,
    SECTIONS,
    Placed,
    list_added_children,
    list_properties,
    list_records,
    list_with_children,
)
from api.intake.forms.special_codecs import EXISTS
from api.intake.read.files import Location
from api.intake.rows import table_of
from api.model.kinds import EventRelation, ParticipantRole, RecordKind
from api.text.calendars import find_foreign_month
from api.text.dates import parse_edtf
from api.text.folding import fold

IDENTIFIERS = FORMS[RecordKind.CLAIM].codec_of("identifiers")
# Characters that are searched, in all, for the passages nearest to a dossier's wrong quotes.
EXPLAINED = 20_000_000


def draft_claims(dossier: Dossier) -> Iterator[Draft]:
    """Yield a draft of each claim of a dossier, with its quote located in the article."""
    seen: dict[str, Location] = {}
    for subject, claim, location in _list_claims(dossier):
        draft = _draft_claim(dossier, subject, claim, location)
        if draft is None:
            continue
        if draft.ref.key in seen and not dossier.is_wrong(location):
            text = "this claim is made twice: keep one"
            dossier.report(location, text)
        seen[draft.ref.key] = location
        yield draft


def _list_claims(dossier: Dossier) -> Iterator[tuple[Ref, r.ClaimRecord, Location]]:
    """Yield each claim with its subject and path: within records, and of the section `claims`."""
    for section in SECTIONS:
        for record, location in list_records(dossier.record, section):
            if isinstance(record, r.SubjectClaimRecord):
                below = (*location, "subject")
                if (subject := parse_subject(dossier, record.subject, below)) is not None:
                    yield subject, record, location
            elif isinstance(record, r.AddRecord):
                if (subject := Ref.parse(record.to)) is not None:
                    yield from _list_below([(subject, record, location)])
                    yield from _list_below(list_added_children(record, location))
            elif type(record).form.kind:
                yield from _list_below(list_with_children(record, location))


def _list_below(placed: Iterable[Placed]) -> Iterator[tuple[Ref, r.ClaimRecord, Location]]:
    for ref, item, where in placed:
        for number, claim in enumerate(getattr(item, "claims", ())):
            yield ref, claim, (*where, "claims", number)


def parse_subject(dossier: Dossier, subject: str, location: Location) -> Ref | None:
    """Return the reference that an id names, and register it; report a text that is no id."""
    ref = Ref.parse(subject)
    if ref is None:
        text = f'"{subject}" is not an id: write "<kind>:<key>", such as meeting:camp-david-talks'
        dossier.report(location, text)
        return None
    return dossier.refer(*ref, location)


def _draft_claim(
    dossier: Dossier, subject: Ref, claim: r.ClaimRecord, location: Location
) -> Draft | None:
    article = dossier.article
    if article is None:
        text = "a claim quotes an article: this file has none, so name its `article`"
        dossier.report(location, text)
        return None
    _refer_to_value(dossier, subject, claim, location)
    chain = _attribution(dossier, claim)
    links = [
        dossier.refer(RecordKind.ACTOR, link.actor, (*location, "attribution", ordinal, "actor"))
        for ordinal, link in enumerate(chain)
    ]
    try:
        _check_claim(subject, claim)
    except ValueError as error:
        dossier.report((*location, "property"), str(error))
    span = _find_span(dossier, claim, location)
    if span is None:
        return None
    draft = Draft(Ref(RecordKind.CLAIM, hash_claim(subject, claim, article, span, chain)), location)
    draft.add(
        m.Claim,
        key=draft.ref.key,
        subject_id=subject,
        property=claim.property or EXISTS,
        value=claim.value,
        stance=str(claim.stance),
        basis=str(claim.basis),
        article_id=article,
        article_key=article.key,
        quote_text=span.text,
        quote_start=span.start,
        quote_end=span.end,
        quote_prefix=span.prefix,
        quote_suffix=span.suffix,
    )
    IDENTIFIERS.write(claim.identifiers, {}, WriteContext(dossier, draft, claim, location))
    draft.own(IDENTIFIERS.table, table_of(m.Attribution))
    for ordinal, (actor, link) in enumerate(zip(links, chain, strict=True)):
        draft.add(m.Attribution, ordinal=ordinal, actor_id=actor, via=link.via)
    return draft


def _find_span(dossier: Dossier, claim: r.ClaimRecord, location: Location) -> Span | None:
    """Return the span of a claim's quote; None if it is not found or the text is unknown."""
    if not dossier.is_readable:
        return None
    if not dossier.body:
        text = "only the `url` of the article is known: give its text"
        dossier.report((*location, "quote"), text)
        return None
    try:
        explained = len(dossier.problems) * len(dossier.body) <= EXPLAINED
        return find_quote(dossier.body, claim.quote, claim.nth, explained=explained)
    except ValueError as error:
        dossier.report((*location, "quote"), str(error))
        return None


def _attribution(dossier: Dossier, claim: r.ClaimRecord) -> list[r.AttributionRecord]:
    if claim.attribution is not None:
        return claim.attribution
    publisher = dossier.source.publisher if dossier.source else None
    return [r.AttributionRecord(actor=publisher)] if publisher else []


def _check_claim(subject: Ref, claim: r.ClaimRecord) -> None:
    if claim.property is None:
        if claim.value is not None:
            message = "a claim with a `value` needs the `property` that has it"
            raise ValueError(message)
        return
    name, _, below = claim.property.partition(".")
    fields = list_properties(subject.kind)
    if name not in fields:
        message = f'a {subject.kind.lower()} has no property "{name}": it has {", ".join(fields)}'
        raise ValueError(message)
    _check_below(claim.property, name, below)
    _check_value(subject, name, claim.value)
    if name in DATES and claim.value:
        _check_calendar(claim.value, claim.quote)


# Properties that are dates.
DATES = ("date", "published", "since", "until")
# Property → the kind of name that follows it after a point.
BELOW: dict[str, type[DescribedEnum]] = {"participants": ParticipantRole, "links": EventRelation}


def _check_below(whole: str, name: str, below: str) -> None:
    if name in BELOW:
        names = [member.lower() for member in BELOW[name]]
        if below not in names:
            message = f'"{whole}" has to be {name}.<what>, with one of {", ".join(names)}'
            raise ValueError(message)
    elif "." in whole:
        message = f'"{whole}" is not a property: write "{name}" alone'
        raise ValueError(message)


def _check_value(subject: Ref, name: str, value: str | None) -> None:
    if value is None:
        return
    if name in DATES:
        parse_edtf(value)
    field: Any = FORMS[subject.kind].model.model_fields.get(name)
    annotation = getattr(field, "annotation", None)
    types = (annotation, *get_args(annotation))
    members = next((type_.__members__ for type_ in types if hasattr(type_, "__members__")), None)
    if members and value not in members:
        message = f'"{value}" is not a valid {name}: write one of {", ".join(members)}'
        raise ValueError(message)


def _check_calendar(value: str, quote: str) -> None:
    """Raise ValueError if the quote suggests that the year is of another calendar."""
    year = value[:4].lstrip("0")
    month = find_foreign_month(value, quote)
    if month and (year.startswith("X") or year in fold(quote)):
        message = f'`value`: "{value}" is a Gregorian date, and "{month}" is a month of another: '
        raise ValueError(message + "convert it to the Gregorian calendar")


def _refer_to_value(
    dossier: Dossier, subject: Ref, claim: r.ClaimRecord, location: Location
) -> None:
    """Refer to the record that a claim's value names."""
    name = (claim.property or "").partition(".")[0]
    below = (*location, "value")
    if claim.value is None:
        return
    if name == "links":
        parse_subject(dossier, claim.value, below)
    elif (kind := FORMS[subject.kind].kind_named(name)) is not None:
        dossier.refer(kind, claim.value, below)


def hash_claim(
    subject: Ref,
    claim: r.ClaimRecord,
    article: Ref,
    span: Span,
    chain: list[r.AttributionRecord],
) -> str:
    """Return a claim's key: a hash that does not depend on offsets and basis."""
    content = [
        str(subject),
        claim.property or EXISTS,
        claim.value,
        str(claim.stance),
        article.key,
        span.text,
        span.nth,
        [[link.actor, link.via] for link in chain],
    ]
    return hashlib.sha256(orjson.dumps(content)).hexdigest()[:24]
