"""What dossiers owe each other: references that exist, one home for each record, names shared."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from api import model as m
from api.errors import ImportRefused
from api.intake.consistency import find_circles, find_missed, find_repeated, owner_of
from api.intake.documents import Place
from api.intake.drafts import Dossier, Draft, Ref, Row, draft_records
from api.intake.progress import Watch
from api.intake.upsert import Tally, Writer
from api.model.kinds import Basis, ChangeAction, RecordKind
from api.text.folding import fold

NAMES: sa.Table = m.ActorName.__table__  # type: ignore[attr-defined]
CLAIMS: sa.Table = m.Claim.__table__  # type: ignore[attr-defined]
LINKS: sa.Table = m.EventLink.__table__  # type: ignore[attr-defined]
OWNED = (RecordKind.OFFICE, RecordKind.PROVISION)


@dataclass(slots=True)
class Import:
    """One import: checks everything against everything, then writes."""

    dossiers: list[Dossier]
    writer: Writer
    problems: list[str]
    watch: Watch
    drafts: dict[Ref, tuple[Dossier, Draft]] = field(default_factory=dict)

    def run(self) -> Tally:
        """Check and write.

        Raises:
            ImportRefused: something is wrong; nothing was written.
        """
        self.writer.load()
        self._draft()
        self._check_references()
        self._check_homes()
        self.problems += find_repeated(self.drafts, self.writer)
        self.problems += find_circles(self.drafts, self.writer)
        dropped = self._dropped()
        self.problems += find_missed(dropped, self.drafts, self.writer)
        if self.problems:
            raise ImportRefused(sorted(set(self.problems), key=_by_line))
        return self._write(dropped)

    # Drafts, each record defined once.

    def _draft(self) -> None:
        for dossier in self.watch(self.dossiers, "Checking"):
            for draft in draft_records(dossier):
                self._add(dossier, draft)
            self.problems += dossier.problems

    def _add(self, dossier: Dossier, draft: Draft) -> None:
        if draft.ref not in self.drafts:
            self.drafts[draft.ref] = dossier, draft
            return
        other, first = self.drafts[draft.ref]
        if draft.rows == first.rows and other is not dossier:
            return
        where = other.document.problem(first.place, "").removesuffix(": ")
        text = f"{draft.ref} is defined already, at {where}: define it once, refer to it elsewhere"
        self.problems.append(dossier.document.problem(draft.place, text))

    def _check_references(self) -> None:
        for dossier in self.dossiers:
            references = dossier.references + list(self._aliased(dossier))
            for ref, place in references:
                if ref not in self.drafts and ref not in self.writer.ids:
                    text = f"there is no {ref}: define it here, or import the file that does"
                    self.problems.append(dossier.document.problem(place, text))

    def _aliased(self, dossier: Dossier) -> Iterator[tuple[Ref, Place]]:
        for number, alias in enumerate(dossier.record.aliases):
            yield Ref(RecordKind.ACTOR, alias.actor), ("aliases", number, "actor")
            if dossier.article is None:
                text = "spellings are found in an article, and this file has none"
                self.problems.append(dossier.document.problem(("aliases", number), text))

    # Homes: which dossier may change a record.

    def _check_homes(self) -> None:
        names = {key: name for name, key in self.writer.dossiers.items()}
        present = {dossier.name for dossier in self.dossiers}
        for ref, (dossier, draft) in self.drafts.items():
            stored = self.writer.ids.get(ref)
            if stored is None or ref.kind is RecordKind.CLAIM:
                continue
            home = names[stored.dossier]
            if home == dossier.name or home in present or not _still_there(home):
                continue
            if self._differs(draft):
                text = (
                    f"{ref} is defined already, in {home}, and differently: "
                    "change it there, or import both files when only one has it"
                )
                self.problems.append(dossier.document.problem(draft.place, text))

    def _differs(self, draft: Draft) -> bool:
        if any(
            isinstance(value, Ref) and value not in self.writer.ids
            for rows in draft.rows.values()
            for row in rows
            for value in row.values()
        ):
            return True
        return self.writer.differs(draft)

    # Writing.

    def _write(self, dropped: list[Ref]) -> Tally:
        writer = self.writer
        writer.add_languages(
            set().union(*(dossier.languages for dossier in self.dossiers), self._alias_languages())
        )
        writer.delete(dropped)
        writer.write(list(self.drafts.values()), self.watch)
        self._write_links()
        self._write_names()
        self._settle_homes()
        writer.close()
        changed = [ref for ref in writer.changes if ref in self.drafts]
        created = sum(writer.changes[ref] is ChangeAction.CREATED for ref in changed)
        updated = sum(action is ChangeAction.UPDATED for action in writer.changes.values())
        unchanged = len(self.drafts) - len(changed)
        return Tally(created, updated + len(dropped), unchanged)

    def _alias_languages(self) -> set[str]:
        return {alias.language for dossier in self.dossiers for alias in dossier.record.aliases}

    def _dropped(self) -> list[Ref]:
        """List the claims, offices and provisions that their dossiers no longer have."""
        articles = [dossier.article.key for dossier in self.dossiers if dossier.article]
        claims = sa.select(CLAIMS.c.key).where(CLAIMS.c.article_key.in_(articles))
        held = {Ref(RecordKind.CLAIM, key) for key in self.writer.connection.scalars(claims)}
        parts = {
            ref for ref in self.writer.ids if ref.kind in OWNED and owner_of(ref) in self.drafts
        }
        return [ref for ref in held | parts if ref not in self.drafts]

    def _write_links(self) -> None:
        """Write each event's links; the other end's rows are the same links, turned round."""
        writer = self.writer
        for _, draft in self.drafts.values():
            if LINKS not in draft.rows:
                continue
            here = writer.ids[draft.ref].id
            wanted = [writer.resolve(row) for row in draft.rows[LINKS]]
            said = sa.or_(
                sa.and_(LINKS.c.event_id == here, LINKS.c.inverse.is_(False)),
                sa.and_(LINKS.c.other_id == here, LINKS.c.inverse.is_(True)),
            )
            writer.replace(LINKS, said, wanted, draft.ref)

    def _write_names(self) -> None:
        """Write the names that each dossier gives to its own actors and to others'."""
        for dossier in self.dossiers:
            home = self.writer.dossier_id(dossier.name)
            for ref, rows in self._names_of(dossier).items():
                actor = self.writer.ids[ref].id
                wanted = [{"actor_id": actor, "dossier_id": home, **row} for row in rows]
                given = sa.and_(NAMES.c.actor_id == actor, NAMES.c.dossier_id == home)
                self.writer.replace(NAMES, given, wanted, ref)

    def _names_of(self, dossier: Dossier) -> dict[Ref, list[Row]]:
        names: dict[Ref, list[Row]] = {}
        home = self.writer.dossier_id(dossier.name)
        given = sa.select(NAMES.c.actor_id).where(NAMES.c.dossier_id == home).distinct()
        actors = {
            stored.id: ref
            for ref, stored in self.writer.ids.items()
            if ref.kind is RecordKind.ACTOR
        }
        for actor in self.writer.connection.scalars(given):
            if self.writer.ids[actors[actor]].dossier != home:
                names[actors[actor]] = []
        for ref, (owner, draft) in self.drafts.items():
            if owner is dossier and NAMES in draft.rows:
                names[ref] = list(draft.rows[NAMES])
        for alias in dossier.record.aliases:
            row = {
                "text": alias.text,
                "text_fold": fold(alias.text),
                "language": alias.language,
                "preferred": False,
                "observed": alias.observed,
                "basis": str(Basis.STATED if alias.observed else Basis.CURATED),
            }
            rows = names.setdefault(Ref(RecordKind.ACTOR, alias.actor), [])
            if row not in rows:
                rows.append(row)
        return names

    def _settle_homes(self) -> None:
        for ref, (dossier, _) in self.drafts.items():
            if self.writer.ids[ref].dossier != self.writer.dossiers.get(dossier.name):
                self.writer.move(ref, dossier.name)


def _still_there(home: str) -> bool:
    """Tell whether a home can still hold a record: an article's can; a file, where it exists."""
    return home.startswith("article:") or Path(home).exists()


def _by_line(problem: str) -> tuple[str, int, str]:
    path, _, rest = problem.partition(":")
    line, _, text = rest.partition(":")
    return path, int(line) if line.isdigit() else 0, text
