"""Renames actors in lines: what names a merged actor names the actor that it leads to."""

from collections.abc import Mapping
from typing import Any

from api.intake.drafts import Ref
from api.intake.forms.codecs import To
from api.intake.forms.form import Form, form_of
from api.intake.forms.kinds import FORMS, LINES, SECTIONS
from api.intake.forms.list_codecs import Children, Rows
from api.intake.forms.read_back import ADD, ALIAS
from api.model.kinds import RecordKind

Fields = dict[str, Any]
# The kinds whose keys begin with an actor's; a kind that has the fields of all events.
OWN, ANY_EVENT = {"actor", "office"}, RecordKind.MEETING


class Renaming:
    """Replaces the keys of merged actors in lines by those of the actors that they lead to."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        """Replace each of these keys by the one that it leads to."""
        self.keys = keys

    def rename_line(self, record: Fields) -> Fields:
        """Return a line's object that names these actors by their new keys."""
        if record["record"] == ALIAS:
            return record | {"actor": self._rename_key(record["actor"])}
        if record["record"] == ADD:
            ref = Ref.parse(record["to"])
            kind = ref.kind if ref else ANY_EVENT  # which an identifier names
            return self._rename(FORMS[kind], record) | {"to": self._rename_id(record["to"])}
        form = form_of(SECTIONS[LINES[record["record"]]])
        if form.kind is RecordKind.CLAIM:
            kind = RecordKind(record["subject"].partition(":")[0].upper())
            subject = self._rename_id(record["subject"])
            return self._rename_claim(kind, record) | {"subject": subject}
        return self._rename(form, record)

    def _rename_key(self, key: str) -> str:
        return self.keys.get(key, key)

    def _rename_id(self, id_: str) -> str:
        kind, _, key = id_.partition(":")
        first, point, rest = key.partition(".")
        return f"{kind}:{self._rename_key(first)}{point}{rest}" if kind in OWN else id_

    def _rename_claim(self, kind: RecordKind, claim: Fields) -> Fields:
        """Rename in a claim on a record of a kind, whose value may be the key of an actor."""
        renamed = self._rename(FORMS[RecordKind.CLAIM], claim)
        name = claim.get("property", "").partition(".")[0]
        if "value" in claim and FORMS[kind].kind_named(name) is RecordKind.ACTOR:
            renamed["value"] = self._rename_key(claim["value"])
        return renamed

    def _rename(self, form: Form, fields: Fields) -> Fields:
        renamed = dict(fields)
        own = fields.get("key") if form.kind is RecordKind.ACTOR else None
        for item in form.fields:
            if (value := fields.get(item.name)) is None:
                continue
            codec = item.codec
            if isinstance(codec, To) and codec.kind is RecordKind.ACTOR:
                renamed[item.name] = self._rename_key(value)
            elif isinstance(codec, Children):
                renamed[item.name] = [self._rename(codec.child, child) for child in value]
            elif isinstance(codec, Rows):
                renamed[item.name] = self._rename_rows(codec, value, own)
        if form.kind and (claims := fields.get("claims")):
            renamed["claims"] = [self._rename_claim(form.kind, claim) for claim in claims]
        return renamed

    def _rename_rows(self, codec: Rows, items: list[Any], own: str | None) -> list[Any]:
        """Rename the items of a list, and keep one of those that have become equal.

        Those of an actor with the key `own` that have come to name itself are left out.
        """
        if isinstance(codec.item, Form):
            renamed: list[Any] = []
            for item in items:
                made = self._rename(codec.item, item)
                if all(value != own or item[name] == own for name, value in made.items()):
                    renamed.append(made)
        elif codec.names is RecordKind.ACTOR:
            keys = ((item, self._rename_key(item)) for item in items)
            renamed = [key for item, key in keys if key != own or item == own]
        else:
            return items
        return [item for number, item in enumerate(renamed) if item not in renamed[:number]]
