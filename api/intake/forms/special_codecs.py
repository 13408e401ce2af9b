"""Codecs of single fields: an actor's names, links kept from both ends, an article's text."""

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from api import model as m
from api.intake.drafts import Draft, Ref
from api.intake.forms.codecs import (
    Codec,
    ReadContext,
    StoredRows,
    Text,
    TextColumn,
    Texts,
    WriteContext,
)
from api.intake.rows import Row, table_of
from api.model.kinds import Basis, RecordKind
from api.text.passages import find_spans

if TYPE_CHECKING:
    from api.intake.forms.form import Form

NAME, LINK = table_of(m.ActorName), table_of(m.EventLink)
# What a claim without a property speaks of: that there is such a record at all.
EXISTS = "exists"


def add_name(draft: Draft, name: Any, *, preferred: bool = False) -> None:
    """Add a name to an actor's draft, once."""
    basis = Basis.STATED if name.observed else Basis.CURATED
    draft.add_once(
        m.ActorName,
        text=name.text,
        language=name.language,
        preferred=preferred,
        observed=name.observed,
        basis=str(basis),
    )


class PreferredNames(Texts):
    """An actor's preferred names: a localized text, and a row of `actor_name` for each."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the names."""
        super().write(value, row, at)
        at.draft.own(m.ActorName)
        for language, text in value.items():
            at.draft.add_once(
                m.ActorName,
                text=text,
                language=language,
                preferred=True,
                observed=False,
                basis=str(Basis.CURATED),
            )

    def locate(self) -> TextColumn:
        """Return the column of all names, the preferred first."""
        return TextColumn(
            NAME.c.text, NAME.c.actor_id, (NAME.c.preferred.is_(False), NAME.c.language)
        )


class OtherNames(Codec):
    """An actor's other names and spellings, of those that its own dossier gives."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the table."""
        self.item = form.item(self.name, None, None, annotation)
        self.table, self.owner = NAME, "actor_id"

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the names."""
        del row
        for number, name in enumerate(value):
            at.dossier.languages.add(name.language)
            at.dossier.check_observed(name, (*at.location, self.name, number))
            add_name(at.draft, name)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the names, by language and text."""
        del row
        home = at.held.homes[at.id]
        rows = at.held.rows[NAME].get(at.id, [])
        own = [item for item in rows if item["dossier_id"] == home and not item["preferred"]]
        return sorted((self.item.read(item, at) for item in own), key=_by_language)


def list_foreign_names(
    held: StoredRows, ref: Ref, id_: int, form: "Form"
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the names that other dossiers give to an actor: whose, and the alias as it is written.

    They are sorted by language and text, so that they do not depend on the dossiers' numbers.
    """
    at = ReadContext(held, ref, id_)
    rows = [row for row in held.rows[NAME].get(id_, []) if row["dossier_id"] != held.homes[id_]]
    names = [(row["dossier_id"], form.read(row, at)) for row in rows]
    for home, name in sorted(names, key=lambda item: (*_by_language(item[1]), item[0])):
        yield home, {**name, "actor": ref.key}


def _by_language(name: dict[str, Any]) -> tuple[str, str, bool]:
    return name["language"], name["text"], name.get("observed", False)


class Links(Codec):
    """How an event relates to others: said of this one, and kept from both ends."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the table."""
        del form, annotation
        self.table, self.owner = LINK, "event_id"

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write a row for either end of each link."""
        del row
        at.draft.own(m.EventLink)
        for number, link in enumerate(value):
            location = (*at.location, self.name, number, "event")
            kind, _, key = link.event.partition(":")
            other = at.dossier.refer(RecordKind(kind.upper()), key, location)
            assert other is not None
            if other == at.draft.ref:
                at.dossier.report(location, "an event cannot be linked to itself")
            for near, far, inverse in ((at.draft.ref, other, False), (other, at.draft.ref, True)):
                _add_link(at.draft, str(link.relation), near, far, inverse=inverse)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the links that are said of the event."""
        del row
        said = [item for item in at.held.rows[LINK].get(at.id, []) if not item["inverse"]]
        links = [
            {"relation": item["relation"], "event": str(at.held.refs[item["other_id"]])}
            for item in said
        ]
        return sorted(links, key=lambda link: (link["relation"], link["event"]))


def _add_link(draft: Draft, relation: str, near: Ref, far: Ref, *, inverse: bool) -> None:
    draft.add_once(
        m.EventLink,
        event_id=near,
        relation=relation,
        inverse=inverse,
        other_id=far,
        other_kind=str(far.kind),
        other_key=far.key,
    )


class OfArticle(Codec):
    """A field of an article that is kept in the columns of its text."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the table."""
        del annotation
        self.table = form.tables[0]

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing: the codec of the document does."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return nothing."""


class Document(OfArticle):
    """Where a document is, which the tables keep as its text and the SHA-256 of its bytes."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the text and the digest."""
        del value
        row["body"], row["sha256"] = at.dossier.body, at.dossier.sha256


class Body(OfArticle):
    """An article's text."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the text."""
        del at
        return row["body"]

    def locate(self) -> TextColumn:
        """Return the column of the text."""
        return TextColumn(self.table.c.body, self.table.c.id)


class Digest(OfArticle):
    """The SHA-256 of an article's document, where that is more than the text."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the digest; None if it is that of the text."""
        del at
        digest: str = row["sha256"]
        return None if sha256(row["body"].encode()).hexdigest() == digest else digest


# Claims: drafted by `api.intake.draft.claims`, which finds their words; read back field by field.


class ToRecord(Codec):
    """A reference to a record of any kind by its id."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the column."""
        del annotation
        self.column = self._find_column(form, None, f"{self.name}_id")

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing: claims are drafted on the record that they are about."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the record's id."""
        return str(at.held.refs[row[self.column]])


class Property(Text):
    """A claim's property; `exists` if the claim names none."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the property."""
        del at
        return None if row[self.column] == EXISTS else row[self.column]


class Occurrence(Codec):
    """Which of a quote's occurrences is meant, where its words stand more than once."""

    def find(self, form: "Form", annotation: Any) -> None:
        """Find the table."""
        del annotation
        self.table = form.tables[0]

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write nothing: where the quote stands is written with it."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return its number, from 1."""
        spans = find_spans(at.held.bodies[row["article_id"]], row["quote_text"])
        starts = [start for start, _ in spans]
        return starts.index(row["quote_start"]) + 1 if len(starts) > 1 else None
