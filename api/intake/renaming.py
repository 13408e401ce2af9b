"""Renames actors in lines: what names a merged actor names the actor that it leads to."""

from collections.abc import Mapping
from typing import Any

from api.intake.drafts import Ref
from api.intake.forms.codecs import Codec, To
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
            own = ref.key if ref and ref.kind is RecordKind.ACTOR else None
            return self._rename(FORMS[kind], record, own) | {"to": self._rename_id(record["to"])}
        form = form_of(SECTIONS[LINES[record["record"]]])
        if form.kind is RecordKind.CLAIM:
            kind = RecordKind(record["subject"].partition(":")[0].upper())
            subject = self._rename_id(record["subject"])
            return self._rename_claim(kind, record) | {"subject": subject}
        own = record["key"] if form.kind is RecordKind.ACTOR else None
        return self._rename(form, record, own)

    def _rename_key(self, key: str) -> str:
        return self.keys.get(key, key)

    def _are_merged(self, key: str | None, other: str | None) -> bool:
        """Return whether two keys are those of different actors that have become one."""
        same = key and other and self._rename_key(key) == self._rename_key(other)
        return bool(same) and key != other

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

    def _rename(self, form: Form, fields: Fields, own: str | None = None) -> Fields:
        """Rename in the fields of a record or part, of an actor with the key `own` if it has one.

        Of two actors in it that have become one, the one that may be left out is left out: nobody
        acts on behalf of itself.
        """
        renamed = dict(fields)
        subject = own or _find_actor(form, fields)
        for item in form.fields:
            if (value := fields.get(item.name)) is None:
                continue
            codec = item.codec
            if _names_actor(codec):
                if item.default is None and self._are_merged(value, subject):
                    del renamed[item.name]
                else:
                    renamed[item.name] = self._rename_key(value)
            elif isinstance(codec, Children):
                renamed[item.name] = [self._rename(codec.child, child, own) for child in value]
            elif isinstance(codec, Rows):
                renamed[item.name] = self._rename_rows(codec, value, own)
        if form.kind and (claims := fields.get("claims")):
            renamed["claims"] = [self._rename_claim(form.kind, claim) for claim in claims]
        return renamed

    def _rename_rows(self, codec: Rows, items: list[Any], own: str | None) -> list[Any]:
        """Rename the items of a list, and keep one of those that have become equal.

        Those of an actor with the key `own` that have come to name itself are left out.
        """
        form = codec.item
        if isinstance(form, Form):
            others = (item for item in items if not self._are_merged(_find_actor(form, item), own))
            renamed: list[Any] = [self._rename(form, item) for item in others]
        elif codec.names is RecordKind.ACTOR:
            renamed = [self._rename_key(key) for key in items if not self._are_merged(key, own)]
        else:
            return items
        return [item for number, item in enumerate(renamed) if item not in renamed[:number]]


def _names_actor(codec: Codec) -> bool:
    return isinstance(codec, To) and codec.kind is RecordKind.ACTOR


def _find_actor(form: Form, fields: Fields) -> str | None:
    """Return the key of the actor that a part cannot be without; None if there is none."""
    needed = (item for item in form.fields if item.default is not None)
    return next((fields[item.name] for item in needed if _names_actor(item.codec)), None)
