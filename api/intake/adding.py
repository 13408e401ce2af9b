"""What articles add to the records of an import: drafted together, in the order of their keys.

The rows of a record are those that its own dossier defines, and after them what articles add.
Whenever one of these changes, all are drafted again, so that they do not depend on the order in
which dossiers are imported. An item that several dossiers give is the first's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import sqlalchemy as sa

from api import model as m
from api.intake.draft.additions import PARTS, Addition, draft_additions
from api.intake.draft.dossier import Dossier
from api.intake.draft.sources import fetch_sources
from api.intake.drafts import Draft, Ref
from api.intake.forms.kinds import CHILDREN, FORMS, PART_TABLES
from api.intake.forms.part import Part
from api.intake.forms.read_back import ADDITIONS, select_own
from api.intake.progress import no_steps
from api.intake.read.files import Document
from api.intake.read.lines import Home, Line, build_dossier, read_item
from api.intake.rows import Row, fetch_among, fetch_grouped, select, table_of
from api.intake.write.contested_offices import OFFICE, write_contested
from api.intake.write.redefinitions import PLACE_NAMES, add_aliases
from api.intake.write.upsert import Writer
from api.model.kinds import RecordKind

ADDITION, ARTICLE = table_of(m.Addition), table_of(m.Article)
HOLDERS, SUBJECTS = select(OFFICE.c.holder_id), select(ADDITION.c.record_id)
STORED = Path("additions")  # what problems name
NOWHERE = build_dossier(Home("", Document(STORED, None)), None)
Drafts = dict[Ref, tuple[Dossier, Draft]]


@dataclass(slots=True)
class Additions:
    """What articles add to the records that an import concerns."""

    writer: Writer
    # Stored place → definitions of it in other files without an article, whose names it gets.
    names: Mapping[Ref, Iterable[Part]] = field(default_factory=dict)
    # Record → what articles add to it, by the articles' keys; empty where nothing is left.
    by_record: dict[Ref, list[Addition]] = field(default_factory=lambda: defaultdict(list))
    # Record of which an addition is taken back → the dossier that no longer has it.
    reduced: dict[Ref, Dossier] = field(default_factory=dict)
    # The added child records, such as offices, stored or drafted.
    children: set[Ref] = field(default_factory=set)

    def load(
        self,
        given: Iterable[Addition],
        drafts: Drafts,
        replaced: Mapping[Ref, Dossier],
        gone: Collection[Ref] = (),
        *,
        exact: bool = False,
    ) -> list[Dossier]:
        """Load what is stored of the records that are drafted, or added to; return its dossiers.

        `replaced` are the articles whose stored additions are replaced by those given, `gone` the
        records that will be deleted. If `exact`, drafted records have the given additions alone.
        """
        held = self._read_stored(given, drafts, replaced)
        pairs = {(item.ref, item.article): item for item in given}
        kept: dict[str, list[bytes]] = defaultdict(list)
        for ref, key, line in held:
            if ref in gone and ref not in drafts:
                continue
            self.by_record[ref] = []
            article = Ref(RecordKind.ARTICLE, key)
            if article in replaced:
                self.reduced[ref] = replaced[article]
            elif (ref, article) in pairs:
                self.reduced[ref] = pairs[ref, article].dossier
            elif exact and ref in drafts:
                self.reduced[ref] = drafts[ref][0]
            else:
                kept[key].append(line.encode())
        for ref in self.names:
            self.by_record[ref]  # so that its own rows are read
        stored = self._build_dossiers(kept)
        drafted = (item for dossier in stored for item in draft_additions(dossier))
        for item in sorted((*given, *drafted), key=lambda item: item.article):
            self.by_record[item.ref].append(item)
        loaded = chain(stored, (item.dossier for item in given))
        self.writer.load(dossier.article for dossier in loaded if dossier.article)
        self.writer.load(ref for dossier in stored for ref, _ in dossier.references)
        return stored

    def read(self, refs: Collection[Ref]) -> dict[Ref, list[Addition]]:
        """Return what is stored of what articles add to these records; a list for each of them."""
        lines: dict[str, list[bytes]] = defaultdict(list)
        for _, key, line in self._read_stored((), refs, ()):
            lines[key].append(line.encode())
        stored = self._build_dossiers(lines)
        found: dict[Ref, list[Addition]] = {ref: [] for ref in refs}
        for dossier in stored:
            for item in draft_additions(dossier):
                found[item.ref].append(item)
        self.writer.load(dossier.article for dossier in stored if dossier.article)
        # Drafting has registered the references.
        self.writer.load(ref for dossier in stored for ref, _ in dossier.references)
        return found

    def _read_stored(
        self, given: Iterable[Addition], drafts: Iterable[Ref], replaced: Iterable[Ref]
    ) -> list[tuple[Ref, str, str]]:
        connection, ids = self.writer.connection, self.writer.ids
        articles = [ids[ref].id for ref in replaced if ref in ids]
        subjects = fetch_among(connection, SUBJECTS, ADDITION.c.article_id, articles)
        refs = self.writer.load_by_id({row.record_id for row in subjects})
        concerned = {*drafts, *self.names, *(item.ref for item in given)}
        refs |= {ids[ref].id: ref for ref in concerned if ref in ids}
        rows = fetch_among(connection, ADDITIONS, ADDITION.c.record_id, refs)
        return [(refs[row.record_id], row.key, row.line) for row in rows]

    def _build_dossiers(self, lines: Mapping[str, Iterable[bytes]]) -> list[Dossier]:
        """Build the partial dossiers of stored lines, by their articles' keys."""
        sources = fetch_sources(self.writer.connection, lines, checked=True)
        dossiers = []
        for key, source in sources.items():
            home = Home(str(Ref(RecordKind.ARTICLE, key)), Document(STORED, None))
            for number, line in enumerate(lines[key]):
                item = read_item(STORED, Line(number, 0, line))
                assert item is not None
                home.add(item)
            dossiers.append(build_dossier(home, source))
        return dossiers

    def draft_children(self, drafts: Drafts) -> dict[Ref, Dossier]:
        """Draft the added child records, unless their owner has its own of the same key.

        Return those that are stored and no article adds any more.
        """
        own, added = self._find_children()
        self.children = set(added)
        drafted = chain.from_iterable(self.by_record.values())
        self.writer.load(draft.ref for item in drafted for draft in item.children)
        for ref, items in self.by_record.items():
            for item in items:
                for draft in item.children:
                    if draft.ref not in drafts and (ref in drafts or draft.ref not in own):
                        drafts[draft.ref] = item.dossier, draft
                        self.children.add(draft.ref)
        return {
            ref: self.reduced[owner]
            for ref, owner in added.items()
            if ref not in drafts and owner in self.reduced
        }

    def _find_children(self) -> tuple[set[Ref], dict[Ref, Ref]]:
        """Find the stored children of the records: their own; the added ones with their owners."""
        own: set[Ref] = set()
        added: dict[Ref, Ref] = {}
        ids = self.writer.ids
        for kind, (owner, codec) in CHILDREN.items():
            table = codec.table
            if "added_by_id" not in table.c:
                continue
            refs = (ref for ref in self.by_record if ref.kind is owner and ref in ids)
            owners = {ids[ref].id: ref for ref in refs}
            query = select(table.c.key, table.c[codec.owner], table.c.added_by_id)
            for key, id_, article in fetch_among(
                self.writer.connection, query, table.c[codec.owner], owners
            ):
                if article is None:
                    own.add(Ref(kind, key))
                else:
                    added[Ref(kind, key)] = owners[id_]
        self.writer.load(added)
        return own, added

    def draft_rows(self, drafts: Drafts, dropped: Collection[Ref] = ()) -> list[Draft]:
        """Add the added rows to the drafts of their records; return drafts of the other records.

        These have the stored rows that the records' own dossiers define.
        """
        others = []
        for ref, items in self.by_record.items():
            if ref in dropped:
                continue
            if ref in drafts:
                draft = drafts[ref][1]
            else:
                draft = Draft(ref, (), self._read_own(ref))
                for record in self.names.get(ref, ()):
                    add_aliases(draft.rows[PLACE_NAMES], record)
                others.append(draft)
            for item in items:
                for table, rows in item.draft.rows.items():
                    draft.rows.setdefault(table, [])
                    added: list[Row] = [{**row, "added_by_id": item.article} for row in rows]
                    draft.added[table] = draft.added.get(table, []) + added
        return others

    def _read_own(self, ref: Ref) -> dict[sa.Table, list[Row]]:
        """Read the rows of a record that its own dossier defines, of tables to which others add."""
        fields = (item for item in FORMS[ref.kind].fields if item.name in PARTS)
        tables = {item.codec.table for item in fields} & PART_TABLES[ref.kind].keys()
        key = self.writer.ids[ref].id
        rows = {}
        for table in tables:
            held = fetch_grouped(self.writer.connection, table, PART_TABLES[ref.kind][table], [key])
            own = select_own(table, held[key])
            rows[table] = [
                {name: value for name, value in row.items() if name != "id"} for row in own
            ]
        return rows

    def write(self, dropped: Collection[Ref] = ()) -> None:
        """Write the lines of what is added; records of which they change are updated."""
        writer = self.writer
        refs = {writer.ids[ref].id: ref for ref in self.by_record if ref not in dropped}
        wanted: dict[int, list[Row]] = {
            id_: [
                {
                    "record_id": id_,
                    "article_id": writer.ids[item.article].id,
                    "line": item.format(),
                }
                for item in self.by_record[ref]
            ]
            for id_, ref in refs.items()
        }
        held = fetch_grouped(writer.connection, ADDITION, "record_id", refs)
        writer.replace(ADDITION, "record_id", wanted, held, refs)


def take_back(gone: Collection[Ref], writer: Writer) -> None:
    """Take back what articles that will be deleted add to records that stay."""
    articles = {ref: NOWHERE for ref in gone if ref.kind is RecordKind.ARTICLE}
    if not articles:
        return
    additions, drafts = Additions(writer), Drafts()
    additions.load([], drafts, articles, gone)
    additions.draft_children(drafts)
    others = additions.draft_rows(drafts)
    moves = {ref: dossier.name for ref, (dossier, _) in drafts.items()}
    writer.write([*drafts.values(), *((NOWHERE, draft) for draft in others)], no_steps)
    additions.write()
    derive_contested(additions.by_record, writer)
    writer.move({ref: home for ref, home in moves.items() if writer.ids[ref].home != home})


def derive_contested(refs: Iterable[Ref], writer: Writer) -> None:
    """Update which offices are contested, of the actors that a revision may concern.

    These are among `refs`, to which articles add or no longer add, hold an office that changed, or
    an article of another day of publication adds to them, by which relative dates are resolved.
    """
    connection, updated = writer.connection, writer.affected.updated
    published = [key for key, row in updated[ARTICLE].items() if "published_edtf" in row]
    changed = {
        *(row.holder_id for row in fetch_among(connection, HOLDERS, OFFICE.c.id, updated[OFFICE])),
        *(
            row.record_id
            for row in fetch_among(connection, SUBJECTS, ADDITION.c.article_id, published)
        ),
    }
    more = writer.load_by_id(changed).values()
    actors = {ref for ref in (*refs, *more) if ref.kind is RecordKind.ACTOR}
    stored = [ref for ref in actors if ref in writer.ids]
    write_contested(Additions(writer).read(stored), writer)
