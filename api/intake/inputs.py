"""Writes records that clients send: whole dossiers, or single records by their keys."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.errors import ImportFailure, Problem
from api.intake.deletion import find_deleted
from api.intake.draft.dossier import Dossier
from api.intake.draft.sources import fetch_sources, missing_source
from api.intake.drafts import Mode, Ref, find_article
from api.intake.forms.form import form_of
from api.intake.forms.inputs import INPUTS, InlineDossierRecord
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.origins import ORIGIN_FIELDS
from api.intake.importing import API, Import
from api.intake.progress import no_steps
from api.intake.read.files import Location
from api.intake.read.inputs import InputDocument, InputPath, InputReader, new_document
from api.intake.read.lines import find_home, read_origin
from api.intake.read.recovery import validate
from api.intake.read.validation import add_source, describe, read_dossier
from api.intake.rows import fetch_among, table_of
from api.intake.summary import Summary
from api.intake.write.consistency import find_added_to, find_removed
from api.intake.write.delete import delete
from api.intake.write.derive import derive
from api.intake.write.upsert import Writer
from api.intake.write.versions import Stored
from api.model.kinds import RecordKind

CHANGE = table_of(m.Change)
DOSSIER, RECORDS, IDS = "dossier", "records", "ids"  # the arguments, which input paths begin with


def import_dossier(writer: Writer, given: Mapping[str, Any], since: int | None = None) -> Summary:
    """Import a dossier; stored records that it no longer has are deleted.

    If a record was changed after the revision `since`, nothing is written.

    Raises:
        ImportFailure: something is wrong; each problem has its input path and a code.
    """
    reader, document = InputReader(), new_document((DOSSIER,))
    tree = reader.read(InlineDossierRecord, given, (), (DOSSIER,))
    document.paths.update(reader.paths)
    dossier = read_dossier(
        InputDocument(document.path, tree, paths=document.paths), InlineDossierRecord
    )
    for location, text in (*reader.repeats, *_find_other_homes(given)):
        dossier.report(location, text)
    running = Import(writer, no_steps)
    running.add([dossier])
    running.problems += _find_conflicts(running, since)
    return running.run()


def _find_other_homes(given: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the records of a dossier that name another source than the dossier's article."""
    key = given["article"]["key"]
    for section in SECTIONS:
        records = given.get(section)
        for number, record in enumerate(records if isinstance(records, list) else ()):
            for name in ORIGIN_FIELDS:
                if record.get(name) not in (None, key if name == "article" else None):
                    text = f"`{name}`: leave this out: the dossier's article is {key}"
                    yield (section, number), text


def write_records(
    writer: Writer, given: Sequence[Mapping[str, Any]], since: int | None = None
) -> Summary:
    """Add records, or replace those that have their keys.

    A record moves to the article or dataset that it names; without one it stays where it is.
    If a record was changed after the revision `since`, nothing is written.

    Raises:
        ImportFailure: something is wrong; each problem has its input path and a code.
    """
    running = Import(writer, no_steps, mode=Mode.REPLACE)
    items = [item for item in _read_items(given, running.problems) if item is not None]
    writer.load(ref for item in items if (ref := item.ref))
    homes: dict[str, Home] = {}
    for item in items:
        name = item.find_home(writer)
        homes.setdefault(name, Home(name)).add(item, item.find_row(writer))
    running.add(_build_dossiers(homes.values(), running))
    running.problems += _find_conflicts(running, since)
    return running.run()


@dataclass(frozen=True, slots=True)
class Item:
    """A record of an input: its kind, its source, and the paths of its values."""

    kind: str
    record: Any
    source: Ref | None
    row: str | None
    paths: Mapping[tuple[str | int, ...], InputPath]
    wrong: Sequence[tuple[str | int, ...]]

    @property
    def ref(self) -> Ref | None:
        """The record's reference; None of aliases and claims, whose home is their article."""
        form = form_of(type(self.record))
        if form.kind in (None, RecordKind.CLAIM):
            return None
        return form.ref(self.record, None)

    def find_home(self, writer: Writer) -> str:
        """Return the name of the dossier that the record belongs to."""
        home = find_home(self.kind, self.record, self.source)
        stored = self._find_stored(writer)
        return str(home or (stored.home if stored else API))

    def find_row(self, writer: Writer) -> str | None:
        """Return the row of its dataset: the stored one, if the record names no source."""
        stored = self._find_stored(writer)
        return self.row if self.source or stored is None else stored.row

    def _find_stored(self, writer: Writer) -> Stored | None:
        return writer.ids.get(self.ref) if self.ref else None


def _read_items(
    given: Iterable[Mapping[str, Any]], problems: list[Problem]
) -> Iterator[Item | None]:
    for number, one in enumerate(given):
        ((kind, fields),) = one.items()
        path = (RECORDS, str(number), kind)
        reader, document = InputReader(), new_document(path)
        tree = reader.read(INPUTS[kind], fields, (), path)
        document.paths.update(reader.paths)
        document.paths.update({(name,): (*path, name) for name in ORIGIN_FIELDS})
        record, faults = validate(INPUTS[kind], tree)
        problems += describe(document, faults, INPUTS[kind])
        problems += (document.problem(*repeat) for repeat in reader.repeats)
        named = {name: fields.get(name) for name in ORIGIN_FIELDS}
        (source, row), mistaken = read_origin(kind, named, document)
        problems += mistaken
        wrong = [fault["loc"] for fault in faults]
        yield None if record is None else Item(kind, record, source, row, document.paths, wrong)


@dataclass(slots=True)
class Home:
    """The records of an input with the same home."""

    name: str
    document: InputDocument = field(default_factory=lambda: new_document((RECORDS,)))
    sections: dict[str, Any] = field(default_factory=lambda: defaultdict(list))
    wrong: list[Location] = field(default_factory=list)
    # The rows of a dataset that records were made of, and the references to the dataset.
    rows: dict[Location, str] = field(default_factory=dict)
    references: list[tuple[Ref, Location]] = field(default_factory=list)

    def add(self, item: Item, row: str | None) -> None:
        """Add a record to its section, with the row of the dataset that it was made of."""
        section = LINES[item.kind]
        above: Location = (section,)
        if item.kind == "article":
            self.sections[section] = item.record
        else:
            above = (section, len(self.sections[section]))
            self.sections[section].append(item.record)
        self.document.paths.update({(*above, *below): path for below, path in item.paths.items()})
        self.wrong += [(*above, *below) for below in item.wrong]
        if row is not None:
            self.rows[above] = row
        if item.source and item.source.kind is not RecordKind.ARTICLE:
            self.references.append((item.source, (*above, item.source.kind.lower())))


def _build_dossiers(homes: Iterable[Home], running: Import) -> list[Dossier]:
    """Build the partial dossiers of the homes, whose articles are given or stored."""
    listed = list(homes)
    keys = {home.name: key for home in listed if (key := find_article(home.name))}
    stored = fetch_sources(running.writer.connection, keys.values())
    running.writer.load(Ref(RecordKind.ARTICLE, key) for key in stored)
    dossiers = []
    for home in listed:
        record = EMPTY.model_copy(update=dict(home.sections))
        dossier = Dossier(
            home.document,
            record,
            home.name,
            whole=False,
            rows=home.rows,
            references=home.references,
            wrong=home.wrong,
        )
        if record.article:
            dossier = add_source(dossier, record.article)
        elif (key := keys.get(home.name)) is not None:
            dossier.source = stored.get(key)
            if dossier.source is None:
                dossier.source = missing_source(key)
                running.problems += _report_missing_article(home, key)
        dossiers.append(dossier)
    return dossiers


NOTHING: dict[str, Any] = {name: [] for name in SECTIONS} | {"article": None}
EMPTY = InlineDossierRecord.model_construct(**NOTHING)


def _report_missing_article(home: Home, key: str) -> Iterator[Problem]:
    text = f"there is no article:{key}: write it in the same request, or before"
    for section, records in home.sections.items():
        for number in range(len(records)):
            yield home.document.problem((section, number, "article"), text, "NOT_FOUND")


def _find_conflicts(running: Import, since: int | None) -> Iterator[Problem]:
    """Yield a problem for each record of an import that was changed after a revision."""
    if since is None:
        return
    writer = running.writer
    removed = find_removed(running.drafts, running.dossiers, writer)
    removed |= find_added_to(running.dossiers, writer)
    written = dict(running.list_written())
    for ref, revision in find_changed(writer.connection, [*written, *removed], since).items():
        text = _describe_conflict(ref, revision, since)
        if ref in written:
            dossier, location = written[ref]
            yield dossier.document.problem(location, text, "CONFLICT")
        else:
            yield removed[ref].document.whole_problem(text, "CONFLICT")


def find_changed(connection: sa.Connection, refs: Iterable[Ref], since: int) -> dict[Ref, int]:
    """Return the records that were changed or deleted after a revision: by which, the latest."""
    keys: dict[RecordKind, list[str]] = defaultdict(list)
    for ref in refs:
        keys[ref.kind].append(ref.key)
    found = {}
    for kind, wanted in keys.items():
        for key, revision in fetch_among(connection, _select_latest(kind), CHANGE.c.key, wanted):
            if revision > since:
                found[Ref(kind, key)] = revision
    return found


@cache
def _select_latest(kind: RecordKind) -> sa.Select[Any]:
    query = sa.select(CHANGE.c.key, sa.func.max(CHANGE.c.revision_id)).group_by(CHANGE.c.key)
    return query.where(CHANGE.c.kind == str(kind))


def _describe_conflict(ref: Ref, revision: int, since: int) -> str:
    return f"{ref} was changed by revision {revision}, after revision {since}: read it again"


def delete_by_ids(
    writer: Writer, ids: Sequence[str], since: int | None = None, *, cascade: bool = False
) -> list[str]:
    """Delete records by their ids, with their parts; with `cascade` also those that refer to them.

    If one of them was changed after the revision `since`, nothing is deleted. Return the ids of
    all records that were deleted.

    Raises:
        ImportFailure: something is wrong; each problem has its input path and a code. What
            `find_deleted` took back is to be undone by the caller.
    """
    places = {id_: f"{IDS}.{number}" for number, id_ in enumerate(ids)}
    try:
        refs, gone = find_deleted([*places], writer, cascade=cascade)
    except ImportFailure as refused:
        problems = [(item.path, item.text, item.code) for item in refused.problems]
    else:
        changed = {} if since is None else find_changed(writer.connection, gone, since)
        problems = [
            (str(ref), _describe_conflict(ref, revision, since or 0), "CONFLICT")
            for ref, revision in changed.items()
        ]
    if problems:
        raise ImportFailure(
            [Problem(places.get(id_, IDS), 0, text, code) for id_, text, code in problems]
        )
    delete(refs, writer)
    derive(writer)
    writer.close()
    return sorted(map(str, gone))
