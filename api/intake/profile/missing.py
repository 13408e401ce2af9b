"""Tells why a row lacks the key, or a field, that a record needs."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.part import Part
from api.intake.forms.records import EventRecord
from api.intake.profile.data_rows import Column, MissingKeyError
from api.intake.profile.steps import ITEM, VALUES, Row

# The sections of events: a row makes one, while rows share actors, places and topics.
EVENT_SECTIONS = {section for section, model in SECTIONS.items() if issubclass(model, EventRecord)}

Used = Mapping[Column, int]  # the columns that a profile reads, and their slots in a row


def explain_missing_key(
    record: str, model: type[Part], columns: Sequence[str], key_slots: AbstractSet[int], used: Used
) -> Callable[[Row, Mapping[str, Any], Sequence[int]], MissingKeyError | None]:
    """Return what tells whether a row without a key lacks it, or has no such record at all.

    `columns` and `key_slots` are what the key is made of; the slots given with a row are those that
    the whole record is made of.
    """
    event = LINES[record] in EVENT_SECTIONS
    needed = set(_list_needed(model, model.key_fields))

    def explain(
        row: Row, fields: Mapping[str, Any], slots: Sequence[int]
    ) -> MissingKeyError | None:
        certain = needed <= fields.keys()
        filled = any(row[slot] for slot in slots if slot >= VALUES and slot not in key_slots)
        if not filled or not (certain or event):
            return None
        empty = [name for name in columns if not row[used.get(Column(name), ITEM)]]
        reason = "this is empty, so that" if empty else "of this,"
        text = (
            f"{reason} no key of the {record} can be made, while its other columns have texts. "
            "If such rows need none, say so by `when` or `unless` in the template"
        )
        error = MissingKeyError(empty or columns, text)
        error.certain = certain
        return error

    return explain


def find_missing_fields(
    model: type[Part], columns: Mapping[str, Sequence[str]], used: Used
) -> Callable[[Row, Mapping[str, Any]], dict[str, list[str]]]:
    """Return what finds the empty columns of each needed field that a record lacks.

    `columns` are, by the path of a field, those that it is made of.
    """
    needed: dict[str, dict[str, int]] = {name: {} for name in _list_needed(model)}
    for path, names in columns.items():
        slots = needed.get(path.partition(".")[0], {})
        slots.update((column.name, slot) for column, slot in used.items() if column.name in names)

    def find(row: Row, made: Mapping[str, Any]) -> dict[str, list[str]]:
        if needed.keys() <= made.keys():
            return {}
        return {
            name: empty
            for name, slots in needed.items()
            if name not in made
            and (empty := [column for column, slot in slots.items() if not row[slot]])
        }

    return find


def _list_needed(model: type[Part], but: Sequence[str] = ()) -> list[str]:
    """Return the fields that a record or part needs, as lines name them, without some."""
    return [
        info.alias or name
        for name, info in model.model_fields.items()
        if info.is_required() and name not in but
    ]
