"""Writes a first profile from a table's header and rows, for a person to finish."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from api.errors import ImportFailure, Problem
from api.intake.profile.data_files import open_data
from api.intake.profile.data_rows import CellError, Column, explain_encoding, is_decoded
from api.intake.profile.dates import compile_format, parse_day
from api.intake.profile.formats import DELIMITERS, find_format
from api.intake.profile.templates import ProfileHead
from api.intake.profile.values import BRACES
from api.text.slugs import slugify

ROWS = 1_000  # that are looked at
SAMPLES = 3  # texts of a column that are shown
# The formats that are tried, of which one has to fit all of a column's texts, or two together.
FORMATS = (
    *("YYYY-MM-DD", "YYYY-MM-DD*", "YYYYMMDD", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY"),
    *("DD.MM.YYYY", "D/M/YYYY", "M/D/YYYY", "D.M.YYYY", "D MMM YYYY", "D MMMM YYYY"),
    *("MM-YYYY", "MM/YYYY", "YYYY-MM", "MMM YYYY", "MMMM YYYY", "YYYY"),
)
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*", re.ASCII)
MOST_ACTORS = 4
LONGEST = 40  # characters of a text that is shown
ROW = "row"  # the placeholder of a row's number
# What columns are, by words of their names; the first that fits.
ROLES = {
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "long", "lng", "longitude"),
    "place": ("place", "city", "town", "location", "venue"),
    "summary": ("summary", "description", "notes", "details", "abstract"),
    "title": ("title", "headline", "subject", "reason", "purpose", "event"),
    "actor": (
        *("actor", "minister", "organisation", "organization", "organisations", "organizations"),
        *("person", "party", "host", "guest", "participant", "speaker", "side", "source", "target"),
    ),
}


@dataclass(slots=True)
class Sketch:
    """What is seen of a column: its texts, and what they may be."""

    name: str
    texts: Counter[str] = field(default_factory=Counter)

    @property
    def filled(self) -> int:
        """The number of rows that have a text."""
        return self.texts.total()

    def find_formats(self) -> list[str]:
        """Return the date formats that fit all texts: one, or two of different precision."""
        if not self.texts:
            return []
        left = set(self.texts)
        formats: list[str] = []
        for pattern in FORMATS:
            compiled = [compile_format(pattern)]
            fits = {text for text in left if parse_day(text, compiled)}
            if fits and (pattern != "YYYY" or formats or self.has_word("year", "date")):
                formats.append(pattern)
                left -= fits
        return formats if not left and len(formats) < 3 else []  # noqa: PLR2004 — two at most

    def has_word(self, *words: str) -> bool:
        """Return whether the column's name has one of these words."""
        return any(word.lower() in words for word in WORDS.findall(self.name))


def sketch_profile(path: Path, encoding: str = "utf-8") -> str:
    """Return a first profile for a data file, with what was seen of each column in comments.

    Raises:
        ImportFailure: the file cannot be read, is not of the encoding, or has no rows.
    """
    head = ProfileHead(title=path.name, encoding=encoding)
    head = head.model_copy(update={"delimiter": _find_delimiter(path, head)})
    columns = [Sketch(name) for name in _list_columns(path, head)]
    rows = 0
    with open_data(path, head, lambda _: None) as data:
        for row in islice(data.rows([Column(column.name) for column in columns]), ROWS):
            if isinstance(row.cells, CellError):
                continue
            if not is_decoded(row.cells):
                text = explain_encoding("this row", encoding)
                raise ImportFailure([Problem(path, row.number, f"{text}; here, --encoding cp1254")])
            rows += 1
            for column, text in zip(columns, row.cells, strict=True):
                if text:
                    column.texts[text] += 1
    if not columns or not rows:
        raise ImportFailure([Problem(path, 0, "this has no rows: no profile is made of it")])
    return "\n".join([*_write(path, head, columns, rows), ""])


def _find_delimiter(path: Path, head: ProfileHead) -> str | None:
    """Return the character that cuts a table's header into most columns; None for the usual one."""
    usual = DELIMITERS.get(find_format(path, head))
    if usual is None:
        return None
    widths = {}
    for delimiter in dict.fromkeys([usual, ",", ";", "\t", "|"]):
        tried = head.model_copy(update={"delimiter": delimiter})
        widths[delimiter] = len(_list_columns(path, tried))
    found = max(widths, key=lambda delimiter: widths[delimiter])
    return None if found == usual else found


def _list_columns(path: Path, head: ProfileHead) -> list[str]:
    """Return the columns of a table, or the paths of the texts in the first objects."""
    counter: Counter[str] = Counter()
    with open_data(path, head, lambda _: None) as data:
        if data.header is None:
            data.counter = counter
            for _ in islice(data.rows([]), ROWS):
                pass
        return [name for name in data.header or counter if name]


def _write(path: Path, head: ProfileHead, columns: Sequence[Sketch], rows: int) -> Iterator[str]:
    """Yield the lines of a profile."""
    prefix = slugify(path.name.split(".")[0]) or "data"
    usable = [column for column in columns if BRACES.isdisjoint(column.name)]
    place = _find(usable, "place")
    actors = [column for column in usable if _find_role(column) == "actor"][:MOST_ACTORS]
    yield f"# A first profile for {path.name}, made of its columns and first rows, to be finished."
    yield "# A dry run (mithaq import --profile … --dry-run) shows what it makes of the data."
    yield f"title: {_quote(head.title)}"
    if head.delimiter:
        yield f"delimiter: {_quote(head.delimiter)}"
    if head.encoding != "utf-8":
        yield f"encoding: {_quote(head.encoding)}"
    if place:
        yield from _write_place(usable, prefix, place)
    yield from ["actors:"] * bool(actors)
    for actor in actors:
        yield f"  - key: {_refer(prefix, actor)}"
        yield "    kind: OTHER # PERSON, STATE, ORGANIZATION, …"
        yield f"    names: {{en: {_cell(actor)}}}"
    yield "# Or meetings with a `format`, statements with a `text`, appeals with a `purpose`, …"
    yield "actions:"
    yield from _write_event(usable, prefix, rows)
    if place:
        yield f"    place: {_refer(prefix, place)}"
    yield from ["    participants:"] * bool(actors)
    for actor in actors:
        yield f"      - {{role: PARTICIPANT, actor: {_refer(prefix, actor)}}}"
    yield f"# The columns, with the texts that they have in the first {rows:,} rows:"
    yield from (f"#   {_describe(column, rows)}" for column in columns)
    if len(usable) < len(columns):
        yield "# Those with braces in their names cannot be named in a profile: rename them."


def _write_place(columns: Sequence[Sketch], prefix: str, place: Sketch) -> Iterator[str]:
    yield "places:"
    yield f"  - key: {_refer(prefix, place)}"
    yield f"    names: {{en: {_cell(place)}}}"
    latitude, longitude = _find(columns, "latitude"), _find(columns, "longitude")
    if latitude and longitude:
        yield f"    latitude: {{from: {_cell(latitude)}, decimals: 6}}"
        yield f"    longitude: {{from: {_cell(longitude)}, decimals: 6}}"


def _write_event(columns: Sequence[Sketch], prefix: str, rows: int) -> Iterator[str]:
    key, title = _find_key(columns, rows), _find(columns, "title")
    key_text = _quote(f"{prefix}-{{{key.name if key else ROW}}}")
    titles = [*([_cell(title)] if title else []), key_text]
    dates = [column for column in columns if column.find_formats()]
    dates.sort(key=lambda column: not column.has_word("start", "event", "day"))
    yield f"  - key: {key_text}"
    yield f"    title: {{en: [{', '.join(titles)}]}}"
    yield "    type: OTHER"
    for date in dates[:1]:
        formats = ", ".join(map(_quote, date.find_formats()))
        yield f"    date: {{from: {_cell(date)}, format: [{formats}]}}"
    if summary := _find(columns, "summary"):
        yield f"    summary: {{en: {_cell(summary)}}}"


def _find_role(column: Sketch) -> str | None:
    if not column.texts or column.find_formats():
        return None
    for role, words in ROLES.items():
        if column.has_word(*words):
            number = all(NUMBER.fullmatch(text) for text in column.texts)
            return role if number == (role in {"latitude", "longitude"}) else None
    return None


def _find(columns: Sequence[Sketch], role: str) -> Sketch | None:
    return next((column for column in columns if _find_role(column) == role), None)


def _find_key(columns: Sequence[Sketch], rows: int) -> Sketch | None:
    """Return the column that identifies what the rows are about; None if no column does."""
    filled = [column for column in columns if column.filled == rows]
    named = [column for column in filled if column.has_word("id", "key", "number", "no")]
    unique = [column for column in filled if len(column.texts) == rows]
    both = [column for column in named if column in unique]
    return next(iter([*both, *named, *unique]), None)


def _describe(column: Sketch, rows: int) -> str:
    if not column.texts:
        return f"{column.name}: empty"
    shown = ", ".join(_quote(text[:LONGEST]) for text, _ in column.texts.most_common(SAMPLES))
    empty = f", {rows - column.filled:,} empty" if column.filled < rows else ""
    return f"{column.name}: {len(column.texts):,} different{empty}; {shown}"


def _cell(column: Sketch) -> str:
    return _quote(f"{{{column.name}}}")


def _refer(prefix: str, column: Sketch) -> str:
    return _quote(f"{prefix}-{{{column.name}}}")


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
