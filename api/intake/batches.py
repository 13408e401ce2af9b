"""Imports JSON Lines in batches, each one revision; an import resumes where it stopped."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeVar

import sqlalchemy as sa

from api import model as m
from api.errors import ImportFailure, Problem
from api.intake.bookmarks import Bookmark, find_bookmark, write_bookmark
from api.intake.digests import count_records, digest_line, find_ref, name_home
from api.intake.draft.dossier import Dossier
from api.intake.draft.sources import fetch_sources, missing_source
from api.intake.drafts import Ref
from api.intake.importing import Import
from api.intake.progress import ByteProgress, RunTransaction, no_steps
from api.intake.quarantine import Quarantine, QuarantinedRecords
from api.intake.read.lines import (
    Item,
    Line,
    Parsed,
    build_dossier,
    build_homes,
    parse_line,
    read_lines,
    validate_line,
)
from api.intake.read.lookahead import Lookahead
from api.intake.renaming import Renaming
from api.intake.rows import select, table_of
from api.intake.summary import Summary
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction, RecordKind

Read = TypeVar("Read")
MERGED = table_of(m.Merged)
# The highest id, which is about the number of records, and takes no counting.
LAST = sa.select(sa.func.max(table_of(m.Record).c.id))
FEW = 100  # records, for which no statistics are needed
SURVIVORS = select(MERGED.c.key, MERGED.c.into_key)


@dataclass(slots=True)
class LinesImport:
    """The import of one file of JSON Lines, with its state from batch to batch."""

    path: Path
    write: RunTransaction
    at: datetime
    by: str
    watch: ByteProgress
    quarantine: Quarantine | None
    # The file that has the lines, if a profile made them of `path`.
    lines: Path | None = None
    bookmark: Bookmark = field(default_factory=Bookmark)
    # The revisions of this file's batches so far.
    revisions: set[int] = field(default_factory=set)
    # Other lines' references to these records are reported as such.
    quarantined: QuarantinedRecords = field(default_factory=QuarantinedRecords)

    def run(self) -> Summary:
        """Import the batches that are not yet imported.

        Raises:
            ImportFailure: lines are wrong; the batches before theirs stay.
        """
        lines = self.lines or self.path
        with (
            lines.open("rb") as file,
            closing(Lookahead(lines)) as ahead,
            closing(self.quarantined),
        ):
            return self._run(file, ahead, lines.stat().st_size)

    def _run(self, file: BinaryIO, ahead: Lookahead, size: int) -> Summary:
        self.bookmark = self.write(lambda connection: find_bookmark(connection, self.path, file))
        summary = Summary(skipped=self.bookmark.line)
        file.seek(self.bookmark.offset)
        while lines := read_lines(file, self.bookmark.line):
            self.watch(self.path, self.bookmark.offset, size)
            summary += self._import(lines, ahead, last=file.tell() >= size)
        self.watch(self.path, size, size)
        return summary

    def _import(self, lines: list[Line], ahead: Lookahead, *, last: bool) -> Summary:
        bookmark = self.bookmark.after(lines)
        gc.disable()  # a batch makes many objects and hardly a cycle
        batch = Batch(self, ahead, bookmark)
        before = self.bookmark.line

        def work(connection: sa.Connection) -> Summary:
            earlier = len(self.revisions)
            summary = batch.run(connection, ahead.drop_taken(lines))
            write_bookmark(connection, self.path, None if last else bookmark)
            written = len(self.revisions)
            if written > earlier and written.bit_count() == 1 and not last:
                # After 1, 2, 4, 8 … batches that wrote: by older statistics SQLite scans the tables
                # that it takes for small, so that a batch would cost more the more is imported.
                analyze(connection)
            return summary

        try:
            summary = self.write(work)
        except ImportFailure as refused:
            written = f"Lines 1 to {before} are imported; the next import continues after them."
            raise ImportFailure(refused.problems, written if before else "") from None
        finally:
            gc.enable()
        self.bookmark = bookmark
        return summary


def analyze(connection: sa.Connection) -> None:
    """Update the statistics that the database chooses its query plans by."""
    connection.execute(sa.text("ANALYZE"))


def analyze_after(summary: Summary, write: RunTransaction) -> None:
    """Update the statistics after an import that wrote a considerable part of the database.

    All of the database is read for them, which would take longer than a small import.
    """
    written = summary.created + summary.updated

    def work(connection: sa.Connection) -> None:
        if written * 100 >= (connection.scalar(LAST) or 0):
            analyze(connection)

    if written >= FEW:
        write(work)


@dataclass(slots=True)
class Batch:
    """One batch of a file's lines, and the later lines that they need."""

    file: LinesImport
    ahead: Lookahead
    bookmark: Bookmark
    items: dict[int, Item] = field(default_factory=dict)
    # The digests of lines by their numbers, and the lines by which nothing would change.
    digests: dict[int, int] = field(default_factory=dict)
    unchanged: dict[Ref, Parsed] = field(default_factory=dict)
    merged: int = 0  # records of merged actors, which lines define
    problems: list[Problem] = field(default_factory=list)
    quarantined: int = 0

    def run(self, connection: sa.Connection, lines: list[Line]) -> Summary:
        """Import the lines as one revision.

        Raises:
            ImportFailure: lines are invalid, and the import has no quarantine.
        """
        writer = Writer(connection, self.file.at, self.file.by, f"import {self.file.path.name}")
        self._read(lines, writer)
        while True:
            running = Import(
                writer, no_steps, quarantined=self.file.quarantined.find, digests=self.digests
            )
            try:
                self._gather(running)
                summary = running.run()
            except ImportFailure as refused:
                if self.file.quarantine is None:
                    raise
                self._quarantine(refused.problems, [item.line for item in self.items.values()])
                self._remember_quarantined(running)
                continue
            if writer.revision:
                self.file.revisions.add(writer.revision)
            unchanged = self.merged + sum(map(count_records, self.unchanged.values()))
            return summary + Summary(unchanged=unchanged, quarantined=self.quarantined)

    def _read(self, lines: Iterable[Line], writer: Writer) -> list[Item]:
        """Read lines; return those that hold a record which may change something."""
        path = self.file.path
        read = (self._try(line, partial(parse_line, path, line)) for line in lines)
        changing = self._drop_unchanged([*filter(None, read)], writer)
        survivors = {row.key: row.into_key for row in writer.connection.execute(SURVIVORS)}
        make = partial(self._validate, renaming=Renaming(survivors))
        made = (self._try(item.line, partial(make, item)) for item in changing)
        items = [*filter(None, made)]
        self.items |= {item.line.number: item for item in items}
        return items

    def _validate(self, parsed: Parsed, renaming: Renaming) -> Item | None:
        """Make a record of a line, which names the survivors of merged actors.

        Return None if it defines a merged actor: what was merged stays as it is.
        """
        item = validate_line(self.file.path, parsed)
        if not renaming.keys or item.problems:
            return item
        if item.kind == "actor" and item.record.key in renaming.keys:
            self.merged += count_records(parsed)
            return None
        given = {"record": item.kind} | item.record.model_dump(exclude_unset=True)
        renamed = renaming.rename_line(given)
        if renamed == given:
            return item
        self.digests.pop(item.line.number, None)  # the line is not as the record will be
        del renamed["record"]
        return item._replace(record=type(item.record).model_validate(renamed))

    def _try(self, line: Line, read: Callable[[], Read | None]) -> Read | None:
        """Read a line; return None if it is blank, or holds no record, which is reported."""
        try:
            return read()
        except ImportFailure as refused:
            if self.file.quarantine is None:
                self.problems += refused.problems
            else:
                self._quarantine(refused.problems, [line])
            return None

    def _drop_unchanged(self, lines: list[Parsed], writer: Writer) -> list[Parsed]:
        """Return the lines without those whose records are stored as they say.

        A line stays if another one defines its record, too: both are to be compared.
        """
        refs = [find_ref(item) for item in lines]
        writer.load(ref for ref in refs if ref)
        defined = Counter(refs)
        file = str(self.file.path.resolve())
        changing = []
        for item, ref in zip(lines, refs, strict=True):
            digest = digest_line(item)
            if digest is not None:
                self.digests[item.line.number] = digest
            if ref in self.unchanged:
                changing.append(self.unchanged.pop(ref))
            elif digest is not None and ref in writer.ids and defined[ref] == 1:
                stored = writer.ids[ref]
                if stored.digest == digest and stored.home == name_home(item, file):
                    self.unchanged[ref] = item
                    continue
            changing.append(item)
        return changing

    def _quarantine(self, problems: Iterable[Problem], lines: Iterable[Line]) -> None:
        assert self.file.quarantine is not None
        for line in self.file.quarantine.write(problems, lines):
            self.items.pop(line.number, None)
            self.quarantined += 1

    def _remember_quarantined(self, running: Import) -> None:
        for ref, (dossier, draft) in running.drafts.items():
            number = dossier.document.line(draft.location)
            if number not in self.items:
                self.file.quarantined.add(ref, number)

    # The records that the lines refer to, which may be in later lines.

    def _gather(self, running: Import) -> None:
        """Draft the items, and the later lines that define the records they refer to."""
        pending = list(self.items.values())
        while pending:
            pending += self._take_articles(pending, running.writer)
            running.add(list(self._build(pending, running)))
            missing = {ref for ref, _, _ in running.find_missing()}
            pending = self._take(missing, running.writer)
        faults = chain.from_iterable(item.problems for item in self.items.values())
        running.problems += chain(self.problems, faults, self._find_repeats(running))

    def _find_repeats(self, running: Import) -> Iterator[Problem]:
        """Yield a problem for each record that an earlier batch of this file defined otherwise."""
        change = table_of(m.Change)
        for ref, (dossier, draft) in running.drafts.items():
            stored = running.writer.ids.get(ref)
            if stored is None or stored.revision not in self.file.revisions:
                continue
            this = (change.c.kind == str(ref.kind)) & (change.c.key == ref.key)
            query = sa.select(change.c.action).where(this, change.c.revision_id == stored.revision)
            created = running.writer.connection.scalar(query) == ChangeAction.CREATED
            if dossier.is_wrong(draft.location):
                continue
            if created and ref.kind is not RecordKind.CLAIM and running.differs(draft):
                text = (
                    f"{ref} is already defined differently in an earlier line: keep one definition"
                )
                yield dossier.document.problem(draft.location, text)

    def _take_articles(self, items: list[Item], writer: Writer) -> list[Item]:
        """Read ahead the articles that items name, so that their current text is used."""
        given = {item.record.key for item in self.items.values() if item.kind == "article"}
        named = {item.source for item in items if item.source}
        refs = {ref for ref in named if ref.kind is RecordKind.ARTICLE and ref.key not in given}
        writer.load(refs)
        stored = {ref: writer.ids[ref].revision for ref in refs if ref in writer.ids}
        wanted = (ref for ref in refs if stored.get(ref) not in self.file.revisions)
        return self._take(wanted, writer)

    def _take(self, refs: Iterable[Ref], writer: Writer) -> list[Item]:
        ids = sorted(map(str, refs))
        if not ids:
            return []
        self.ahead.build_index(self.bookmark.line, self.bookmark.offset)
        return self._read(self.ahead.take(ids, self.bookmark.offset), writer)

    def _build(self, items: list[Item], running: Import) -> Iterator[Dossier]:
        """Build the dossiers of items, with the values that their articles determine."""
        homes = build_homes(self.file.path, items)
        known = {dossier.name: dossier.source for dossier in running.dossiers}
        elsewhere = [
            home.article
            for home in homes
            if home.article and "article" not in home.sections and home.name not in known
        ]
        sources = fetch_sources(running.writer.connection, elsewhere)
        for home in homes:
            key = home.article
            source = known.get(home.name) or sources.get(key or "")
            if key and not source and "article" not in home.sections:
                source = missing_source(key)
                text = (
                    f"there is no article:{key}: define it here, or import the file that defines it"
                )
                lines = set(home.document.lines.values())
                running.problems += [Problem(self.file.path, line, text) for line in lines]
            yield build_dossier(home, source)
