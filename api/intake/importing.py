"""One import: references, homes and shared names checked across dossiers, then written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from api.errors import ImportFailure, Problem
from api.intake.adding import NOWHERE, Additions, derive_contested
from api.intake.draft.additions import Addition, draft_additions
from api.intake.draft.dossier import Dossier
from api.intake.draft.drafting import draft_records
from api.intake.drafts import REFERENCE, Draft, Mode, Ref, find_source
from api.intake.forms.part import Part
from api.intake.progress import StepProgress
from api.intake.read.files import Location
from api.intake.read.recovery import PLACEHOLDER
from api.intake.summary import Summary
from api.intake.write.consistency import (
    find_changed_quotes,
    find_cycles,
    find_dangling_references,
    find_removed,
    find_taken_identifiers,
    find_unique_violations,
)
from api.intake.write.delete import delete, release_unique_values
from api.intake.write.derive import derive
from api.intake.write.duplicates import find_duplicates
from api.intake.write.identified_events import name_events
from api.intake.write.lengths import find_overlong_texts
from api.intake.write.links import write_links
from api.intake.write.memberships import draft_memberships, keep_memberships
from api.intake.write.merged import find_merged, keep_gained, keep_merged, keep_referring
from api.intake.write.names import gives_other_names, list_aliases, write_names
from api.intake.write.redefinitions import (
    PLACE_NAMES,
    add_aliases,
    add_names,
    can_name,
    draft_names,
    find_record,
    keep_aliases,
    read_record,
    says_all,
)
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction, RecordKind

# The home of records that clients wrote without naming an article; any dossier may take them over.
API = "api"


@dataclass(slots=True)
class Import:
    """One import: checks all its dossiers against each other and the database, then writes."""

    writer: Writer
    watch: StepProgress
    problems: list[Problem] = field(default_factory=list)
    dossiers: list[Dossier] = field(default_factory=list)
    drafts: dict[Ref, tuple[Dossier, Draft]] = field(default_factory=dict)
    # The dossiers that define a record alike, by those that are not the first to do so.
    repeats: dict[Ref, list[str]] = field(default_factory=lambda: defaultdict(list))
    # Drafts of actors and places that another dossier, or the database, defines too, with other
    # names; what an article names places becomes additions.
    named: list[tuple[Dossier, Draft]] = field(default_factory=list)
    # Drafts of reference data that the database defines otherwise.
    left_out: list[Draft] = field(default_factory=list)
    # Returns the line of a record that is in quarantine, or None.
    quarantined: Callable[[Ref], int | None] = lambda _: None
    # The digests of lines, by their numbers.
    digests: Mapping[int, int] = field(default_factory=dict)
    mode: Mode = Mode.ADD
    # Records to delete, with those that complete dossiers no longer have; each with a dossier.
    deleted: Mapping[Ref, Dossier] = field(default_factory=dict)
    # Additions of these dossiers to records that other dossiers define.
    given: list[Addition] = field(default_factory=list)
    # Stored dossiers of what articles add to the same records.
    others: list[Dossier] = field(default_factory=list)
    # The homes that are imported as a whole, and the files of lines, once they were asked for.
    imported: set[str] | None = None

    # Drafts, each record defined once.

    def add(self, dossiers: list[Dossier]) -> None:
        """Draft the dossiers, and load the stored records that they define or refer to."""
        name_events(dossiers, self.drafts, self.writer)
        for dossier in self.watch(dossiers, "Checking"):
            for draft in draft_records(dossier):
                self._add(dossier, draft)
                for text in find_overlong_texts(draft):
                    dossier.report(draft.location, text)
            self.given += draft_additions(dossier)
            dossier.references += self._aliased(dossier)
            self.problems += dossier.problems
        self.dossiers += dossiers
        references = chain.from_iterable(dossier.references for dossier in dossiers)
        self.writer.load(chain(self.drafts, (ref for ref, _ in references)))

    def _add(self, dossier: Dossier, draft: Draft) -> None:
        if draft.ref not in self.drafts:
            self.drafts[draft.ref] = dossier, draft
            return
        other, first = self.drafts[draft.ref]
        wrong = dossier.is_wrong(draft.location) or other.is_wrong(first.location)
        if other is not dossier and (wrong or draft.rows == first.rows):
            self.repeats[draft.ref].append(dossier.name)
            return
        if other is not dossier:
            record, given = find_record(dossier, draft), find_record(other, first)
            if can_name(draft.ref) and says_all(given, record):
                self.named.append((dossier, draft))
                return
            if can_name(draft.ref) and says_all(record, given):
                self.drafts[draft.ref] = dossier, draft
                self.named.append((other, first))
                return
        where = other.document.where(first.location)
        text = f"{draft.ref} is already defined at {where}: keep one definition"
        dossier.report(draft.location, text)

    def _aliased(self, dossier: Dossier) -> Iterator[tuple[Ref, Location]]:
        for ref, alias, location in list_aliases(dossier):
            dossier.languages.add(alias.language)
            yield ref, (*location, "actor")
            if dossier.article is None:
                text = "an alias is a spelling that an article has: this file has no `article`"
                dossier.report(location, text)
            else:
                dossier.check_observed(alias, location)

    def find_missing(self, dropped: Container[Ref] = ()) -> Iterator[tuple[Ref, Dossier, Location]]:
        """Yield the references to records that are not defined, and not stored or about to go."""
        for dossier in (*self.dossiers, *self.others):
            for ref, location in dossier.references:
                if ref not in self.drafts and (ref not in self.writer.ids or ref in dropped):
                    yield ref, dossier, location

    def list_written(self) -> Iterator[tuple[Ref, tuple[Dossier, Location]]]:
        """Yield the records that are named, added to or defined, each with its place."""
        for dossier in self.dossiers:
            for ref, _, location in list_aliases(dossier):
                yield ref, (dossier, location)
        for item in self.given:
            yield item.ref, (item.dossier, item.draft.location)
        for ref, (dossier, draft) in self.drafts.items():
            yield ref, (dossier, draft.location)

    # Checks.

    def run(self) -> Summary:
        """Check the drafts and write them.

        Raises:
            ImportFailure: something is wrong; nothing was written.
        """
        self.writer.load(self.deleted)
        if self.mode is Mode.ADD:
            keep_aliases(self.drafts, self.writer)
        names = self._add_names_of_places()
        additions = self._load_additions(names)
        lost = additions.draft_children(self.drafts)
        removed = find_removed(self.drafts, self.dossiers, self.writer)
        if self.mode is not Mode.EXACT:
            keep_merged(self.drafts, self.writer)
        if self.mode is Mode.ADD:
            keep_gained(self.drafts, removed, self.writer)
        dropped = lost | removed
        gone = self.deleted.keys() & self.writer.ids.keys() - self.drafts.keys()
        dropped |= {ref: self.deleted[ref] for ref in sorted(gone)}
        for ref, dossier, location in self.find_missing(dropped):
            text = f"there is no {ref}: define it here, or import the file that defines it"
            if line := self.quarantined(ref):
                text = f"this refers to {ref}, which was quarantined with line {line}"
            self.problems.append(dossier.document.problem(location, text, "NOT_FOUND"))
        if self.mode is Mode.ADD:
            keep_referring(self.drafts, dropped, self.writer)
            keep_memberships(self.drafts, dropped, self.writer)
        self.problems += find_merged(self.drafts, dropped, self.writer)
        moves = self._plan_moves(additions)
        self.problems += find_cycles(self.drafts, self.writer)
        self.problems += find_changed_quotes(self.dossiers, self.drafts, self.writer)
        self.problems += find_unique_violations(self.drafts, dropped, self.writer)
        self.problems += find_taken_identifiers(self.drafts, dropped, self.writer)
        self.problems += find_dangling_references(
            dropped,
            self.drafts,
            self.writer,
            additions.by_record,
            spelled=self.mode is not Mode.EXACT,
        )
        if self.problems:
            raise ImportFailure([item for item in self.problems if PLACEHOLDER not in item])
        return self._write(list(dropped), moves, additions)

    def _load_additions(self, names: dict[Ref, list[Part]]) -> Additions:
        """Load what articles add to the records of this import, and refer to its records.

        `names` are definitions of places of other homes, whose names the places get.
        """
        replaced = {item.article: item for item in self.dossiers if item.whole and item.article}
        deleted = ((ref, self.deleted[ref]) for ref in self.deleted if ref not in self.drafts)
        replaced |= {pair[0]: pair[1] for pair in deleted if pair[0].kind is RecordKind.ARTICLE}
        additions = Additions(self.writer, names)
        exact = self.mode is Mode.EXACT
        self.others = additions.load(self.given, self.drafts, replaced, self.deleted, exact=exact)
        return additions

    def _add_names_of_places(self) -> dict[Ref, list[Part]]:
        """Add the names of places that other homes define to what the dossiers' articles add.

        Of dossiers without an article, they are added to the place's own names. Return these
        definitions, of places that are not drafted.
        """
        for ref, (dossier, draft) in list(self.drafts.items()):
            if ref.kind is not RecordKind.PLACE or self._is_home(ref, dossier):
                continue
            if dossier.is_wrong(draft.location) or not self._stays(ref):
                continue
            if self.differs(draft) and self._gives_names(dossier, draft):
                self.named.append(self.drafts.pop(ref))
        names: dict[Ref, list[Part]] = defaultdict(list)
        for dossier, draft in self.named:
            if draft.ref.kind is not RecordKind.PLACE:
                continue
            if dossier.article:
                add_names(dossier, draft, self.given)
            elif draft.ref in self.drafts:
                rows = self.drafts[draft.ref][1].rows[PLACE_NAMES]
                add_aliases(rows, find_record(dossier, draft))
            else:
                names[draft.ref].append(find_record(dossier, draft))
        return names

    def _is_imported(self, home: str) -> bool:
        """Return whether a home is imported as a whole, or is a file of lines."""
        if self.imported is None:
            paths = {dossier.document.path for dossier in self.dossiers if not dossier.whole}
            self.imported = {dossier.name for dossier in self.dossiers if dossier.whole}
            self.imported.update(str(path.resolve()) for path in paths)
        return home in self.imported

    def _is_home(self, ref: Ref, dossier: Dossier) -> bool:
        """Return whether a record is not stored, or in a dossier that defines it as this does."""
        stored = self.writer.ids.get(ref)
        return stored is None or stored.home in (dossier.name, *self.repeats.get(ref, ()))

    def _stays(self, ref: Ref) -> bool:
        """Return whether a stored record stays in its home, which other dossiers cannot change."""
        home = self.writer.ids[ref].home
        return self.mode is Mode.ADD and not self._is_imported(home) and _still_there(home)

    def _plan_moves(self, additions: Additions) -> dict[Ref, str]:
        """Return record → new home, of the records that move to another dossier.

        A record moves if its home is in this import too and no longer defines it, or no longer
        exists; and if an article adds it, as the first that does so is its home. Another dossier
        may otherwise define it only as it is stored, but for names: another difference is a
        problem.
        """
        moves = {}
        for ref, (dossier, draft) in list(self.drafts.items()):
            if self._is_home(ref, dossier):
                continue
            if ref in additions.children or not self._stays(ref):
                moves[ref] = dossier.name
            elif dossier.is_wrong(draft.location) or not self.differs(draft):
                continue
            elif ref.kind is RecordKind.ACTOR and self._gives_names(dossier, draft):
                self.named.append(self.drafts.pop(ref))
            elif self._takes_over(dossier, draft):
                moves[ref] = dossier.name
            elif dossier.name == str(REFERENCE):
                self.left_out.append(self.drafts.pop(ref)[1])
            else:
                home = dossier.document.name_home(self.writer.ids[ref].home)
                text = (
                    f"{ref} is already defined differently in {home}: change it there, or "
                    "move it (remove it there and import both files together)"
                )
                self.problems.append(dossier.document.problem(draft.location, text))
        return moves

    def _gives_names(self, dossier: Dossier, draft: Draft) -> bool:
        """Return whether a draft says no more of a stored record than other names."""
        return can_name(draft.ref) and says_all(
            read_record(draft.ref, dossier, self.writer), find_record(dossier, draft)
        )

    def _takes_over(self, dossier: Dossier, draft: Draft) -> bool:
        """Return whether a stored record moves to the dossier that defines it otherwise.

        Any dossier takes it over from reference data. These take over actors and places of which
        they say all that a file without an article says; the names given there become aliases.
        """
        ref = draft.ref
        home = self.writer.ids[ref].home
        if dossier.name != str(REFERENCE):
            return home == str(REFERENCE)
        if not can_name(ref) or find_source(home):
            return False
        stored = read_record(ref, dossier, self.writer)
        if not says_all(find_record(dossier, draft), stored):
            return False
        if ref.kind is RecordKind.PLACE:
            add_aliases(draft.rows[PLACE_NAMES], stored)
        else:
            self.named.append((dossier, draft_names(ref, stored)))
        return True

    def differs(self, draft: Draft) -> bool:
        """Return whether a stored record differs from a draft."""
        if any(
            isinstance(value, Ref) and value not in self.writer.ids
            for rows in draft.rows.values()
            for row in rows
            for value in row.values()
        ):
            return True
        return self.writer.differs(draft) or gives_other_names(draft, self.writer)

    # Writing.

    def _write(self, dropped: list[Ref], moves: dict[Ref, str], additions: Additions) -> Summary:
        writer = self.writer
        writer.add_languages(set().union(*(dossier.languages for dossier in self.dossiers)))
        # Records that others may refer to are deleted last, after those others are written.
        parts = [ref for ref in dropped if ref.kind in (RecordKind.CLAIM, RecordKind.PROVISION)]
        delete(parts, writer)
        release_unique_values([ref for ref in dropped if ref not in parts], writer)
        others = [
            *additions.draft_rows(self.drafts, dropped),
            *draft_memberships(self.left_out, writer),
        ]
        drafts = [*self.drafts.values(), *((NOWHERE, draft) for draft in others)]
        writer.digests = dict(self._list_digests(moves))
        writer.write(drafts, self.watch)
        additions.write(dropped)
        write_links([draft for _, draft in self.drafts.values()], writer)
        write_names(self.dossiers, self.drafts, self.named, moves, writer, self.mode)
        delete([ref for ref in dropped if ref not in parts and ref in writer.ids], writer)
        writer.move(moves)
        writer.write_source_rows(dict(self._list_source_rows(moves)))
        derive(writer)
        derive_contested(additions.by_record, writer)
        writer.write_digests()
        writer.close()
        return self._count()

    def _list_source_rows(self, moves: Mapping[Ref, str]) -> Iterator[tuple[Ref, str | None]]:
        """Yield the rows that the drafts of records were made of."""
        for ref, _, draft in self._list_at_home(moves):
            yield ref, draft.source_row

    def _list_digests(self, moves: Mapping[Ref, str]) -> Iterator[tuple[Ref, int]]:
        """Yield the drafts of lines whose digests are known, and that are then stored as these."""
        if self.digests:
            for ref, dossier, draft in self._list_at_home(moves):
                line = dossier.document.lines.get(draft.location, 0)
                if line in self.digests:
                    yield ref, self.digests[line]

    def _list_at_home(self, moves: Mapping[Ref, str]) -> Iterator[tuple[Ref, Dossier, Draft]]:
        """Yield the drafts of the dossiers that are, or will be, the homes of their records."""
        ids = self.writer.ids
        for ref, (dossier, draft) in self.drafts.items():
            home = moves.get(ref) or (ids[ref].home if ref in ids else dossier.name)
            if home == dossier.name:
                yield ref, dossier, draft

    def _count(self) -> Summary:
        changes = self.writer.changes
        actions = Counter(changes.values())
        created, updated = actions[ChangeAction.CREATED], actions[ChangeAction.UPDATED]
        refs = {*self.drafts, *(draft.ref for draft in self.left_out)}
        refs |= {draft.ref for _, draft in self.named}
        unchanged = len(refs) - sum(ref in refs for ref in changes)
        warnings = tuple(find_duplicates(self.writer))
        deleted = actions[ChangeAction.DELETED]
        return Summary(created, updated, unchanged, deleted=deleted, warnings=warnings)


def _still_there(home: str) -> bool:
    """Return whether a home can still define a record: a file only if it exists."""
    return bool(find_source(home)) or (home != API and Path(home).exists())
