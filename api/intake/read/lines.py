"""Reads and validates records in JSON Lines; errors name the line."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.errors import ImportFailure, Problem
from api.intake.draft.dossier import Dossier, Source
from api.intake.drafts import Ref, find_article
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.origins import ORIGIN_FIELDS, ORIGINS, QuotedOrigin
from api.intake.forms.part import Part
from api.intake.forms.records import DossierRecord
from api.intake.read.files import Document, Location
from api.intake.read.messages import suggest
from api.intake.read.recovery import PLACEHOLDER, Validated, validate
from api.intake.read.validation import add_source, describe
from api.model.kinds import RecordKind

# The source of a record that does not say it validly; problems that name it are not reported.
UNKNOWN = Ref(RecordKind.ARTICLE, PLACEHOLDER)
MODELS: dict[str, type[Part]] = {name: SECTIONS[section] for name, section in LINES.items()}
# The end of a field's name, and the escapes of JSON that can hide it.
FIELD, ESCAPED = re.compile(rb'"\s*:'), re.compile(rb"\\u00[2-7]")
ADVICE = 'a line has to be one JSON object: {"record": "meeting", …}'
# A batch is at least one line, and then not more than these.
BATCH_LINES, BATCH_BYTES = 5000, 4_000_000


class Line(NamedTuple):
    """A line of a file: its number, its byte offset and its bytes."""

    number: int
    offset: int
    text: bytes


class Parsed(NamedTuple):
    """A line as JSON: the kind of its record, the fields of its origin, and the record's own."""

    line: Line
    kind: str
    origin: dict[str, Any]
    fields: dict[str, Any]


class Item(NamedTuple):
    """A parsed line: the kind of its record, the record, its source, and its row in that.

    If fields are invalid, it has their problems, and the record has placeholders for them.
    """

    line: Line
    kind: str
    record: Any
    source: Ref | None = None
    row: str | None = None
    problems: Sequence[Problem] = ()
    wrong: Sequence[Location] = ()


def read_lines(file: BinaryIO, number: int) -> list[Line]:
    """Read a batch of lines after the first `number` lines; return [] at the end of the file."""
    lines: list[Line] = []
    offset = start = file.tell()
    while len(lines) < BATCH_LINES and offset - start < BATCH_BYTES and (text := file.readline()):
        lines.append(Line(number + len(lines) + 1, offset, text))
        offset += len(text)
    return lines


def read_item(path: Path, line: Line) -> Item | None:
    """Read the record in a line; return None if the line is blank.

    Raises:
        ImportFailure: it holds no record.
    """
    parsed = parse_line(path, line)
    return parsed and validate_line(path, parsed)


def parse_line(path: Path, line: Line) -> Parsed | None:
    """Parse a line; return None if it is blank.

    Raises:
        ImportFailure: it is not a JSON object that names a kind of record.
    """
    text = _strip(line)
    if not text:
        return None
    try:
        return Parsed(line, *split_fields(parse_object(text, ADVICE)))
    except ValueError as error:
        document = Document(path, None, {(): line.number})
        raise ImportFailure([document.problem((), str(error))]) from None


def _strip(line: Line) -> bytes:
    return line.text.strip().removeprefix(b"\xef\xbb\xbf")


def validate_line(path: Path, parsed: Parsed) -> Item:
    """Make a record of a parsed line.

    Raises:
        ImportFailure: not even placeholders for its invalid fields make it one.
    """
    line, kind, origin, fields = parsed
    document = Document(path, None, {(): line.number})
    (source, row), problems = read_origin(kind, origin, document)
    try:
        record = MODELS[kind].model_validate(fields)
        faults: list[ErrorDetails] = []
    except ValidationError:
        record, faults = _validate_texts(kind, _strip(line))
    problems += describe(document, faults, MODELS[kind])
    if record is None:
        raise ImportFailure(problems)
    wrong = [fault["loc"] for fault in faults]
    return Item(line, kind, record, source, row, problems, wrong)


def parse_object(text: bytes, advice: str) -> dict[str, Any]:
    """Parse a line as one JSON object.

    Raises:
        ValueError: it is not JSON, not an object, which the advice answers, has a field twice, or
            is nested too deep.
    """
    try:
        tree = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        message = f"this is not JSON: {error}"
        raise ValueError(message) from None
    if not isinstance(tree, dict):
        raise ValueError(advice)  # noqa: TRY004 — of the person's value, not of ours
    # The parser drops repeated fields. A line that has more field names than were parsed, or has
    # escapes that falsify the count, is parsed again by a slower parser that detects them.
    if _count_fields(tree) != len(FIELD.findall(text)) or ESCAPED.search(text):
        json.loads(text, object_pairs_hook=_check_once)
    return tree


def _count_fields(tree: dict[str, Any]) -> int:
    try:
        return len(FIELD.findall(orjson.dumps(tree)))
    except orjson.JSONEncodeError:
        message = "this is nested too deep"
        raise ValueError(message) from None


def _check_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"`{twice}` is written twice: keep one"
        raise ValueError(message)
    return fields


def split_fields(tree: dict[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Split a line's object into the record's kind, the fields of its origin, and its own fields.

    Raises:
        ValueError: the line names no kind of record.
    """
    kind = tree.pop("record", None)
    if not isinstance(kind, str) or kind not in MODELS:
        meant = suggest(kind, MODELS)
        message = f"`record`: this has to be one of {', '.join(MODELS)}{meant}"
        raise ValueError(message)
    names = ORIGIN_FIELDS & tree.keys() if kind in ORIGINS else ()
    return kind, {name: tree.pop(name) for name in names}, tree


def read_origin(
    kind: str, fields: Mapping[str, Any], document: Document
) -> tuple[tuple[Ref | None, str | None], list[Problem]]:
    """Read the fields of a record's origin: its source with its row, and the problems."""
    model = ORIGINS.get(kind)
    given = {name: value for name, value in fields.items() if value is not None}
    if model is None or not (given or model is QuotedOrigin):
        return (None, None), []
    try:
        origin = model.model_validate(given)
    except ValidationError as error:
        return (UNKNOWN, None), describe(document, error.errors(), model)
    return (origin.source, origin.row), []


def _validate_texts(kind: str, text: bytes) -> Validated:
    """Validate a record like a dossier's: numbers are read as the text they are written as."""
    tree = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    return validate(MODELS[kind], split_fields(_as_texts(tree))[2])


def _as_texts(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {name: _as_texts(value) for name, value in tree.items()}
    if isinstance(tree, list):
        return [_as_texts(value) for value in tree]
    return str(tree).lower() if isinstance(tree, bool) else tree


# Partial dossiers of items.


@dataclass(slots=True)
class Home:
    """The items with the same home, collected into one dossier."""

    name: str
    document: Document
    sections: dict[str, Any] = field(default_factory=dict)
    wrong: list[Location] = field(default_factory=list)
    # The rows of a dataset that records were made of, and the references to the dataset.
    rows: dict[Location, str] = field(default_factory=dict)
    references: list[tuple[Ref, Location]] = field(default_factory=list)

    @property
    def article(self) -> str | None:
        """The key of the article whose dossier it is; None if it is of no article."""
        return find_article(self.name)

    def add(self, item: Item) -> None:
        """Add an item to its section."""
        location: Location = ("article",)
        if item.kind == "article":
            self.sections["article"] = item.record
        else:
            section = self.sections.setdefault(LINES[item.kind], [])
            location = (LINES[item.kind], len(section))
            section.append(item.record)
        self.document.lines[location] = item.line.number
        self.wrong += [(*location, *wrong) for wrong in item.wrong]
        if item.row is not None:
            self.rows[location] = item.row
        if item.source and item.source.kind is not RecordKind.ARTICLE:
            self.references.append((item.source, location))


# Empty sections, shared by all dossiers for speed.
EMPTY: dict[str, Any] = {"article": None} | {key: [] for key in SECTIONS}


def build_homes(path: Path, items: Iterable[Item]) -> list[Home]:
    """Group items by their homes: their articles and datasets, or the file itself."""
    homes: dict[Ref | None, Home] = {}
    for item in items:
        source = find_home(item.kind, item.record, item.source)
        if source not in homes:
            homes[source] = Home(str(source or path.resolve()), Document(path, None))
        homes[source].add(item)
    return list(homes.values())


def find_home(kind: str, record: Any, source: Ref | None) -> Ref | None:
    """Return the article or dataset that a record belongs to: an article belongs to itself."""
    return Ref(RecordKind.ARTICLE, record.key) if kind == "article" else source


def build_dossier(home: Home, source: Source | None) -> Dossier:
    """Build a partial dossier, whose article is among its items or stored."""
    record = DossierRecord.model_construct(**EMPTY | home.sections)
    dossier = Dossier(
        home.document,
        record,
        home.name,
        source,
        whole=False,
        rows=home.rows,
        references=home.references,
        wrong=home.wrong,
    )
    return add_source(dossier, record.article) if record.article else dossier
