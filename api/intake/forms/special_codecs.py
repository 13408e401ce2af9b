"""Codecs that serve one field each: identifiers, actors' names, events' links, articles' texts."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, get_args

from api import model as m
from api.intake.drafts import Ref
from api.intake.forms.agreements import derive_status
from api.intake.forms.codecs import Codec, Text, TextColumn, Texts, To, WrittenElsewhere
from api.intake.forms.context import ReadContext, StoredRows, WriteContext
from api.intake.forms.list_codecs import Rows
from api.intake.rows import Row, table_of
from api.model.kinds import Basis, RecordKind
from api.text.passages import find_spans

if TYPE_CHECKING:
    from api.intake.forms.form import Form

EVENT, NAME, LINK = map(table_of, (m.Event, m.ActorName, m.EventLink))
# The scheme of Wikidata items among identifiers.
WIKIDATA = "WIKIDATA"
# The stored property of a claim that names none: it claims that its subject exists.
EXISTS = "exists"


def build_name(text: str, language: str, *, preferred: bool = False, observed: bool = False) -> Row:
    """Build a row of `actor_name`, without its actor and dossier."""
    basis = str(Basis.STATED if observed else Basis.CURATED)
    row = {"text": text, "language": language, "preferred": preferred}
    return {**row, "observed": observed, "basis": basis}


class Identifiers(Rows):
    """A record's `identifiers`, without those that another of its fields gives."""

    def find(self, form: "Form") -> None:
        """Find the table, and whether the record has a field for its Wikidata item."""
        super().find(form)
        self.given = {WIKIDATA} if "wikidata" in form.model.model_fields else set()

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Add a row for each identifier; one that is given twice is a problem."""
        for number, item in enumerate(value):
            location = (*at.location, self.name, number)
            if item.scheme in self.given and hasattr(at.record, "wikidata"):
                at.dossier.report(location, f"write {item.id} as the field `wikidata`")
            elif item in value[:number]:
                at.dossier.report(location, f"{item.scheme} {item.id} is given twice: keep one")
        super().write(value, row, at)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the identifiers, sorted by scheme."""
        return [item for item in super().read(row, at) if item["scheme"] not in self.given]


class WikidataItem(Text):
    """An actor's Wikidata item, in a column of its own and as an identifier."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the column, and add an identifier."""
        super().write(value, row, at)
        if value is not None:
            kind, key = at.draft.ref
            owner = {"record_kind": str(kind), "record_key": key}
            at.draft.add(m.Identifier, **owner, scheme=WIKIDATA, value=value)


class PreferredNames(Texts):
    """An actor's preferred names: stored as a localized text and as rows of `actor_name`."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the localized text, and add a row for each language."""
        super().write(value, row, at)
        for language, text in value.items():
            at.draft.add_once(m.ActorName, **build_name(text, language, preferred=True))

    def locate(self) -> TextColumn:
        """Return the column of all names of the actor; preferred names sort first."""
        return TextColumn(
            NAME.c.text, NAME.c.actor_id, (NAME.c.preferred.is_(False), NAME.c.language)
        )


class OtherNames(Codec):
    """An actor's `aliases`: rows of `actor_name` that its own dossier gives, not preferred."""

    def find(self, form: "Form") -> None:
        """Find the table."""
        self.item = form.child(self.annotation)
        self.table, self.owner = NAME, "actor_id"

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Add a row for each name, after checking that observed names occur in the article."""
        for number, name in enumerate(value):
            at.dossier.languages.add(name.language)
            at.dossier.check_observed(name, (*at.location, self.name, number))
            row = build_name(name.text, name.language, observed=name.observed)
            at.draft.add_once(m.ActorName, **row)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the names, sorted by language and text."""
        home = at.stored.homes[at.id]
        rows = at.stored.rows[NAME].get(at.id, [])
        own = [item for item in rows if item["dossier_id"] == home and not item["preferred"]]
        return sorted((self.item.read(item, at) for item in own), key=_by_language)


def list_foreign_names(
    stored: StoredRows, ref: Ref, id_: int, form: "Form", sources: Mapping[int, dict[str, str]]
) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """Yield the aliases of an actor that other dossiers give: the dossier's source and the alias.

    `form` is that of `AliasRecord`, `sources` are those of the dossiers. Aliases are sorted by
    language, text and source.
    """
    at = ReadContext(stored, ref, id_)
    rows = [row for row in stored.rows[NAME].get(id_, []) if row["dossier_id"] != stored.homes[id_]]
    names = [(sources[row["dossier_id"]], form.read(row, at)) for row in rows]
    for source, name in sorted(names, key=lambda item: (*_by_language(item[1]), str(item[0]))):
        yield source, {**name, "actor": ref.key}


def _by_language(name: dict[str, Any]) -> tuple[str, str, bool]:
    return name["language"], name["text"], name.get("observed", False)


class PlaceNames(Texts):
    """A place's preferred names: stored as a localized text and as rows of `place_name`."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the localized text, and add a row for each language."""
        super().write(value, row, at)
        for language, text in value.items():
            at.draft.add_once(m.PlaceName, **build_name(text, language, preferred=True))

    def locate(self) -> TextColumn:
        """Return the column of all names of the place; preferred names sort first."""
        names = table_of(m.PlaceName)
        return TextColumn(
            names.c.text, names.c.place_id, (names.c.preferred.is_(False), names.c.language)
        )


class PlaceAliases(Rows):
    """A place's `aliases`: rows of `place_name`, beside those of its preferred names."""

    def __init__(self) -> None:
        """Map the names to rows of `place_name`."""
        super().__init__()

    def find(self, form: "Form") -> None:
        """Find the table."""
        self.item = form.child(self.annotation)
        self.table, self.owner, self.names = table_of(m.PlaceName), "place_id", None

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Add a row for each name, after checking that observed names occur in the article."""
        for number, name in enumerate(value):
            at.dossier.languages.add(name.language)
            at.dossier.check_observed(name, (*at.location, self.name, number))
            row = build_name(name.text, name.language, observed=name.observed)
            at.draft.add_once(m.PlaceName, **row)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the names, sorted by language and text."""
        rows = at.stored.rows[self.table].get(at.id, [])
        others = (self.item.read(item, at) for item in rows if not item["preferred"])
        return sorted(others, key=_by_language)


class FurtherPlaces(Rows):
    """An event's `places` besides its `place`, which is stored with them as the first."""

    def __init__(self) -> None:
        """Map keys of places to rows of `event_place`."""
        super().__init__(m.EventPlace, To(RecordKind.PLACE, m.EventPlace.place_id))

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Add a row for the place of the event, and one for each further place, each once.

        The event's area is its place or, where it has several, the event itself.
        """
        rows = at.draft.rows.setdefault(self.table, [])
        first = at.record.place
        if first is not None:
            rows.append({"ordinal": 0, "place_id": Ref(RecordKind.PLACE, first)})
        for number, key in enumerate(value):
            if key not in (first, *value[:number]):
                place = at.dossier.refer(RecordKind.PLACE, key, (*at.location, self.name, number))
                rows.append({"ordinal": len(rows), "place_id": place})
        (event,) = at.draft.rows[EVENT]
        event["area_id"] = at.draft.ref if rows[1:] else rows[0]["place_id"] if rows else None

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the further places in their order."""
        return super().read(row, at)[1:]


class Links(Codec):
    """An event's links to other events: declared on one event, stored as a row for either end."""

    def find(self, form: "Form") -> None:
        """Find the table."""
        self.table, self.owner = LINK, "event_id"

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Add two rows for each link: of this event, and the inverse of the other event."""
        for number, link in enumerate(value):
            location = (*at.location, self.name, number, "event")
            kind, _, key = link.event.partition(":")
            other = at.dossier.refer(RecordKind(kind.upper()), key, location)
            assert other is not None
            if other == at.draft.ref:
                at.dossier.report(location, "an event cannot be linked to itself")
            for near, far, inverse in ((at.draft.ref, other, False), (other, at.draft.ref, True)):
                row = {"event_id": near, "relation": str(link.relation), "inverse": inverse}
                ends = {"other_id": far, "other_kind": str(far.kind), "other_key": far.key}
                at.draft.add_once(m.EventLink, **row, **ends)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the links that are declared on this event, without inverse rows."""
        links = [
            {"relation": item["relation"], "event": str(at.stored.refs[item["other_id"]])}
            for item in at.stored.rows[LINK].get(at.id, [])
            if not item["inverse"]
        ]
        return sorted(links, key=lambda link: (link["relation"], link["event"]))


class Status(Text):
    """An agreement's `status`; left out, it follows from the milestones."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the status."""
        super().write(value or derive_status(at.record), row, at)


class Inline(Codec):
    """A part in columns of its owner's row, whose names begin with the field's."""

    def find(self, form: "Form") -> None:
        """Find the columns."""
        self.part: Form = next(
            type_.form for type_ in get_args(self.annotation) if hasattr(type_, "form")
        )
        for field in self.part.fields:
            self._find_column(form, None, f"{self.name}_{field.codec.column}")

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the part's columns; all are null without a part."""
        written: Row = {}
        if value is not None:
            self.part.write(value, written, at)
        for field in self.part.fields:
            column = field.codec.column
            row[f"{self.name}_{column}"] = written.get(column)

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the part; None if all its columns are null."""
        columns = (field.codec.column for field in self.part.fields)
        return self.part.read({name: row[f"{self.name}_{name}"] for name in columns}, at) or None


class Document(WrittenElsewhere):
    """An article's `file`: the text and the SHA-256 of the document are stored, not the path."""

    def write(self, value: Any, row: Row, at: WriteContext) -> None:
        """Write the columns `body` and `sha256`."""
        row["body"], row["sha256"] = at.dossier.body, at.dossier.sha256


class Body(WrittenElsewhere):
    """An article's `text` in JSON Lines: written by `Document`, read from the column `body`."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the text; None if only the article's address is known."""
        return row["body"] or None

    def locate(self) -> TextColumn:
        """Return the column `body`."""
        return TextColumn(self.table.c.body, self.table.c.id)


class Digest(WrittenElsewhere):
    """An article's `sha256` in JSON Lines, where the document has more than the body."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the stored digest; None if it equals that of the body."""
        digest: str = row["sha256"]
        return None if sha256(row["body"].encode()).hexdigest() == digest else digest


# The fields of claims, which `api.intake.draft.claims` writes.


class ToRecord(WrittenElsewhere):
    """A claim's `subject`: a reference to a record of any kind, by its GraphQL id."""

    def find(self, form: "Form") -> None:
        """Find the column."""
        self.column = self._find_column(form, None, f"{self.name}_id")

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the id `kind:key`."""
        return str(at.stored.refs[row[self.column]])


class Property(Text):
    """A claim's `property`; a claim without one is stored with the property `exists`."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the property; None if it is `exists`."""
        return None if row[self.column] == EXISTS else row[self.column]


class Occurrence(WrittenElsewhere):
    """A claim's `nth`: computed from the stored offset of the quote."""

    def read(self, row: Row, at: ReadContext) -> Any:
        """Return the quote's number among its occurrences, from 1; None if it occurs once."""
        spans = find_spans(at.stored.bodies[row["article_id"]], row["quote_text"])
        starts = [start for start, _ in spans]
        return starts.index(row["quote_start"]) + 1 if len(starts) > 1 else None
