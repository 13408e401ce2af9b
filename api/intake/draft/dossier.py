"""Dossiers being drafted: the values that an article determines, references and problems."""

from dataclasses import dataclass, field

from api.errors import Problem
from api.intake.drafts import Ref
from api.intake.forms import records as r
from api.intake.forms.codecs import UNKNOWN
from api.intake.forms.dates import DateRecord
from api.intake.read.files import Document, Location
from api.intake.read.recovery import PLACEHOLDER
from api.model.kinds import Basis, RecordKind
from api.text.anchors import resolve_anchor
from api.text.dates import VagueDate
from api.text.localized import format_localized
from api.text.passages import find_spans

# The fields that determine an article's text.
BODY = {("article",), ("article", "file"), ("article", "text"), ("article", "body")}


@dataclass(frozen=True, slots=True)
class Source:
    """The values that an article determines for the records of its dossier."""

    key: str
    language: str
    publisher: str | None = None
    published: VagueDate = UNKNOWN
    body: str = ""


@dataclass(slots=True)
class Dossier:
    """A valid dossier being drafted; if not `whole`, it holds only some of its records."""

    document: Document
    record: r.DossierRecord
    name: str
    source: Source | None = None
    sha256: str = ""
    whole: bool = True
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[Ref, Location]] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    # The rows of a dataset that records were made of.
    rows: dict[Location, str] = field(default_factory=dict)
    # The paths of invalid fields, which hold placeholders.
    wrong: list[Location] = field(default_factory=list)

    @property
    def article(self) -> Ref | None:
        """The article that the dossier is about."""
        return Ref(RecordKind.ARTICLE, self.source.key) if self.source else None

    @property
    def body(self) -> str:
        """The article's text."""
        return self.source.body if self.source else ""

    @property
    def published(self) -> VagueDate:
        """When the article was published."""
        return self.source.published if self.source else UNKNOWN

    @property
    def is_readable(self) -> bool:
        """Whether the article's text is known, so that words can be looked for in it."""
        return self.body != PLACEHOLDER and not any(location[:2] in BODY for location in self.wrong)

    def is_wrong(self, location: Location) -> bool:
        """Return whether a field is wrong at a place or below it."""
        return any(wrong[: len(location)] == location for wrong in self.wrong)

    def report(self, location: Location, text: str) -> None:
        """Add a problem."""
        self.problems.append(self.document.problem(location, text))

    # Values, as the columns hold them.

    def localized(self, texts: dict[str, str] | None) -> str | None:
        """Return a localized text as JSON; the entry in the article's language is the original."""
        if texts is None:
            return None
        self.languages.update(texts)
        return format_localized(texts, self.original(texts))

    def original(self, texts: dict[str, str]) -> str:
        """Return the language of a localized text's original."""
        if self.source and self.source.language in texts:
            return self.source.language
        return next(iter(texts))

    def refer(self, kind: RecordKind, key: str | None, location: Location) -> Ref | None:
        """Return a reference to a record, and register it for the check that the record exists."""
        if key is None:
            return None
        ref = Ref(kind, key)
        self.references.append((ref, location))
        return ref

    def resolve(self, date: DateRecord, location: Location) -> tuple[VagueDate, str | None]:
        """Return the day or days of a date at a place, and its basis, after checks of the date."""
        self._check_words(date, (*location, "text"))
        self._check_anchor(date, (*location, "anchor"))
        return self._resolve(date)

    def _check_words(self, date: DateRecord, location: Location) -> None:
        """Report a date whose words are not in the article, unless its basis is the curator."""
        if date.text is None or date.basis is Basis.CURATED or location[:1] == ("article",):
            return  # an article's own date may be in the document outside of its body
        if not self.body:
            text = "`text` quotes an article, and this file has none: leave it out"
            self.report(location, f"{text}, or write `basis: CURATED`")
        elif self.is_readable and not find_spans(self.body, date.text):
            self.report(location, f'`text`: "{date.text}" is not in the article: copy its words')

    def check_observed(self, name: r.NameRecord, location: Location) -> None:
        """Report a name marked as observed that does not occur in the article."""
        if not name.observed or (self.body and not self.is_readable):
            return
        if not find_spans(self.body, name.text):
            why = "the article does not have" if self.body else "no article is here that has"
            self.report(
                location, f'`observed`: {why} "{name.text}": copy its letters, or leave it out'
            )

    def _check_anchor(self, date: DateRecord, location: Location) -> None:
        """Report a relative date in a dossier without an article."""
        if date.anchor and location[:1] == ("article",):
            self.report(
                location, "`anchor`: an article's day of publication cannot be relative to itself"
            )
        elif date.anchor and self.source is None:
            text = "`anchor`: this date is relative to an article, and this file names none"
            self.report(location, text)

    def _resolve(self, date: DateRecord) -> tuple[VagueDate, str | None]:
        if date.edtf is None and date.text is None and date.relative is None:
            return UNKNOWN, None
        if date.anchored:
            when = resolve_anchor(date.anchored, self.published)
            return when, str(Basis.RESOLVED if when.known else date.basis or Basis.STATED)
        computed = Basis.RESOLVED if date.converted else Basis.STATED
        return date.parse(), str(date.basis or computed)
