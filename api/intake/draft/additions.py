"""Drafts of what an article's dossier adds to records that other dossiers define."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from api.intake.draft.claims import parse_subject
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Draft, Ref
from api.intake.forms import records as r
from api.intake.forms.context import WriteContext
from api.intake.forms.kinds import FORMS
from api.intake.forms.list_codecs import Children
from api.intake.read.files import Location
from api.model.kinds import EventKind

EVENTS = EventKind.__members__
# The fields whose items a dossier can add; each kind of record has some of them.
PARTS = tuple(name for name in r.AddRecord.model_fields if name not in {"to", "claims"})


@dataclass(slots=True)
class Addition:
    """What the dossier of one article adds to one record."""

    dossier: Dossier
    article: Ref
    draft: Draft  # of the added rows alone
    # The records that it adds, such as offices.
    children: list[Draft] = field(default_factory=list)
    # Field → the items added, as JSON.
    fields: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        """The record that it adds to."""
        return self.draft.ref

    def format(self) -> str:
        """Return the line that an export writes of it, without the end."""
        fields = {name: self.fields[name] for name in PARTS if name in self.fields}
        line = {"record": "add", "article": self.article.key, "to": str(self.ref), **fields}
        return orjson.dumps(line).decode()

    def write(self, name: str, record: r.AddRecord, location: Location) -> None:
        """Draft the items of one field, which may be given in several places of the dossier."""
        items = getattr(record, name)
        codec = FORMS[self.ref.kind].codec_of(name)
        if isinstance(codec, Children):
            for number, child in enumerate(items):
                below = (*location, name, number)
                drafts = list(codec.child.draft(self.dossier, child, below, (self.ref, codec)))
                drafts[0].rows[codec.table][0]["added_by_id"] = self.article
                self.children += drafts
        elif "added_by_id" in codec.table.c:
            codec.write(items, {}, WriteContext(self.dossier, self.draft, record, location))
        else:
            return  # `api.intake.write.names` writes the names of actors
        held = self.fields.setdefault(name, [])
        for item in items:
            dumped = item.model_dump(
                mode="json", by_alias=True, exclude_defaults=True, exclude={"claims"}
            )
            if dumped not in held:
                held.append(dumped)


def draft_additions(dossier: Dossier) -> list[Addition]:
    """Draft what a dossier adds, by the records that it adds to.

    An event may be given nothing, which says that the article reports it, as claims do.
    """
    found: dict[Ref, Addition] = {}
    reported: set[Ref] = set()
    for number, record in enumerate(dossier.record.adds):
        location = ("adds", number)
        ref = _parse_target(dossier, record.to, (*location, "to"))
        if dossier.article is None:
            text = "an article adds to records: this file has none, so name its `article`"
            dossier.report(location, text)
        elif ref is not None:
            addition = found.setdefault(
                ref, Addition(dossier, dossier.article, Draft(ref, location))
            )
            if ref.kind in EVENTS and not record.claims:
                reported.add(ref)
            for name in _list_given(dossier, ref, record, location):
                addition.write(name, record, location)
    return [item for item in found.values() if item.fields or item.ref in reported]


def _parse_target(dossier: Dossier, target: str, location: Location) -> Ref | None:
    """Return the record that is added to; an identifier is one that names no event."""
    if ":" not in target or Ref.parse(target):
        return parse_subject(dossier, target, location)
    text = (
        f'"{target}" is neither the id of a record, such as meeting:camp-david-talks, nor the '
        "identifier of one event, such as GLOBALEVENTID:1234"
    )
    dossier.problems.append(dossier.document.problem(location, text, "NOT_FOUND"))
    return None


def _list_given(
    dossier: Dossier, ref: Ref, record: r.AddRecord, location: Location
) -> Iterator[str]:
    """Yield the fields that are given; report those that the kind of record does not have."""
    fields = FORMS[ref.kind].model.model_fields
    for name in PARTS:
        if not getattr(record, name):
            continue
        if name in fields:
            yield name
        else:
            has = ", ".join(f"`{part}`" for part in PARTS if part in fields)
            text = f"the {ref.kind.lower()} has no `{name}`: an article can add {has} to it"
            dossier.report((*location, name), text)
