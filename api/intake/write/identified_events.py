"""Finds the events that articles name by an identifier, such as GLOBALEVENTID:1234, and add to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from api import model as m
from api.intake.draft.dossier import Dossier
from api.intake.drafts import Ref
from api.intake.forms.form import form_of
from api.intake.forms.kinds import SECTIONS
from api.intake.rows import fetch_among, select, table_of
from api.intake.write.consistency import Drafts
from api.intake.write.upsert import Writer
from api.model.kinds import EventKind, RecordKind

IDENTIFIER = table_of(m.Identifier)
COLUMNS = (IDENTIFIER.c.scheme, IDENTIFIER.c.value, IDENTIFIER.c.record_kind)
EVENTS = [
    section for section, model in SECTIONS.items() if form_of(model).kind in EventKind.__members__
]
Name = tuple[str, str]  # scheme, identifier


def name_events(dossiers: list[Dossier], drafts: Drafts, writer: Writer) -> None:
    """Replace the identifiers of events in `adds` by the events' ids.

    The events are stored, drafted, or defined in these dossiers. An identifier that no event has,
    or several have, is left as it is.
    """
    asked = [
        (adds, number, _split(record.to))
        for adds in (dossier.record.adds for dossier in dossiers)
        for number, record in enumerate(adds)
        if Ref.parse(record.to) is None
    ]
    if not asked:
        return
    found: dict[Name, set[Ref]] = defaultdict(set)
    for name, ref in _list_known(dossiers, drafts, {name for *_, name in asked}, writer):
        found[name].add(ref)
    for adds, number, name in asked:
        if len(refs := found[name]) == 1:
            (ref,) = refs
            adds[number] = adds[number].model_copy(update={"to": str(ref)})


def _split(text: str) -> Name:
    scheme, _, identifier = text.partition(":")
    return scheme, identifier


def _list_known(
    dossiers: Iterable[Dossier], drafts: Drafts, names: set[Name], writer: Writer
) -> Iterator[tuple[Name, Ref]]:
    for dossier in dossiers:
        for section in EVENTS:
            for record in getattr(dossier.record, section):
                for item in record.identifiers:
                    yield (item.scheme, item.id), form_of(type(record)).ref(record, None)
    for ref, (_, draft) in drafts.items():
        for row in draft.rows.get(IDENTIFIER, ()) if ref.kind in EventKind.__members__ else ():
            yield (row["scheme"], row["value"]), ref
    query = select(IDENTIFIER.c.record_key, *COLUMNS)
    values = {identifier for _, identifier in names}
    for key, scheme, value, kind in fetch_among(writer.connection, query, COLUMNS[1], values):
        if kind in EventKind.__members__:
            yield (scheme, value), Ref(RecordKind(kind), key)
