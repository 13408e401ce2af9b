"""Drafts the records of a dossier, section by section, its claims last."""

from collections.abc import Iterator

from api.intake.draft.claims import draft_claims
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Draft
from api.intake.forms.kinds import SECTIONS, list_records
from api.model.kinds import RecordKind


def draft_records(dossier: Dossier) -> Iterator[Draft]:
    """Yield a draft of every record of a dossier, each before its children."""
    for section in SECTIONS:
        for record, location in list_records(dossier.record, section):
            form = type(record).form
            if form.kind and form.kind is not RecordKind.CLAIM:
                for draft in form.draft(dossier, record, location):
                    draft.source_row = dossier.rows.get(draft.location)
                    yield draft
    yield from draft_claims(dossier)
