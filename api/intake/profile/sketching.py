"""Writes a first profile from a table's header and rows, for a person to finish."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from api.intake.forms.kinds import SECTIONS
from api.intake.profile.country_table import NAME as COUNTRIES
from api.intake.profile.guessing import Guess, Sketch
from api.intake.profile.sniffing import sniff
from api.intake.profile.templates import ProfileHead
from api.model.kinds import AgreementStatus
from api.text.slugs import slugify

SAMPLES = 3  # texts of a column that are shown
LONGEST = 40  # characters of a text that is shown
WIDTH = 100  # characters of a line
FEW = 10  # texts of a column that are listed for a `map`
ROW = "row"  # the placeholder of a row's number
ITEM_KEY = f'{{from: "{{item}}", lookup: {COUNTRIES}.key, otherwise: "{{item}}"}}'
# By section, the field that says what kind of event it is, and the role of those who take part.
FIELDS = {
    "meetings": ("format", "PARTICIPANT"),
    "agreements": ("type", "PARTY"),
    "actions": ("type", "PARTICIPANT"),
}


def sketch_profile(path: Path, encoding: str = "utf-8") -> str:
    """Return a first profile for a data file, with what was seen of each column in comments.

    Raises:
        ImportFailure: the file cannot be read, is not of the encoding, or has no rows.
    """
    return "\n".join([*_Sketcher(path, *sniff(path, encoding)).write(), ""])


class _Sketcher:
    """Writes a profile, in YAML, for columns that were looked at."""

    def __init__(self, path: Path, head: ProfileHead, columns: Sequence[Sketch], rows: int) -> None:
        self.name, self.head, self.columns, self.rows = path.name, head, columns, rows
        self.guess = Guess(columns, path.name)
        self.language = self.guess.language
        self.prefix = slugify(path.name.split(".")[0]) or "data"

    def write(self) -> Iterator[str]:
        """Yield the profile's lines."""
        yield f"# A first profile for {self.name}, made of its columns and first rows: finish it."
        yield "# A dry run (mithaq import --profile … --dry-run) shows what it makes of the data."
        yield f"title: {_quote(self.name)}"
        yield from self._write_head()
        yield "datasets:"
        yield f"  - key: {_quote(self.prefix)} # keep it for later versions of the data"
        yield f"    title: {{{self.language}: {_quote(self.name)}}}"
        yield '    # version: "1", licence: CC-BY-4.0, url: …, citation: …, retrieved: "2026-01-31"'
        yield from self._write_place()
        yield from self._write_actors()
        yield from self._write_event()
        yield f"# The columns, with the texts that they have in the first {self.rows:,} rows:"
        yield from (f"#   {_describe(column, self.rows)}" for column in self.columns)
        if len(self.guess.columns) < len(self.columns):
            yield "# Rename those with braces in their names, or the name of another, to use them."

    def _write_head(self) -> Iterator[str]:
        head = self.head
        if head.delimiter:
            yield f"delimiter: {_quote(head.delimiter)}"
        if head.encoding != "utf-8":
            yield f"encoding: {_quote(head.encoding)}"
        if head.sheet:
            yield f"sheet: {_quote(head.sheet)}"
        if head.skip:
            yield f"skip: {head.skip} # rows above the header"
        if head.columns:
            yield "# The data has no header: name its columns here, in their order, and below."
            yield from _wrap(f"columns: [{', '.join(head.columns)}]", "  ")
        if head.empty:
            yield f"empty: {_list(head.empty)}"
        if head.integers:
            yield from _wrap(f"integers: {_list(head.integers)}", "  ")

    def _write_place(self) -> Iterator[str]:
        guess, place = self.guess, self.guess.place
        if not place:
            return
        yield "places:"
        yield f"  - key: {self._refer(_cell(place))}"
        if place is guess.country:
            yield f"    names: {{en: {_look_up(place, 'name', _cell(place))}}}"
        else:
            yield f"    names: {self._text(_cell(place))}"
        if guess.country:
            yield f"    country: {_look_up(guess.country, 'alpha2', '')}"
        if guess.latitude and guess.longitude and place is not guess.country:
            yield f"    latitude: {{from: {_quote(_cell(guess.latitude))}, decimals: 6}}"
            yield f"    longitude: {{from: {_quote(_cell(guess.longitude))}, decimals: 6}}"

    def _write_actors(self) -> Iterator[str]:
        wide = self.guess.find_countries()
        if wide or self.guess.actors:
            yield "actors:"
        for actor in self.guess.actors:
            kind = actor.kind or ("STATE" if actor.is_country else "OTHER")
            if kind == "STATE":
                yield f"  - key: {self._name(actor)}"
                yield "    kind: STATE"
                yield f"    names: {{en: {_look_up(actor, 'name', _cell(actor))}}}"
                yield f"    country: {_look_up(actor, 'alpha2', '')}"
                continue
            item = "{item}" if actor.separator else _cell(actor)
            if actor.separator:
                yield f"  - each: {_split(actor)}"
                yield f"    key: {self._refer(item)}"
            else:
                yield f"  - key: {self._refer(item)}"
            yield f"    kind: {kind}" + " # PERSON, STATE, ORGANIZATION, …" * (kind == "OTHER")
            yield f"    names: {self._text(item)}"
        if wide:
            yield f"  - each: {{first: {_quote(wide[0].name)}, last: {_quote(wide[1].name)}}}"
            yield f"    key: {ITEM_KEY}"
            yield "    kind: STATE"
            yield f'    names: {{en: {{from: "{{item}}", lookup: {COUNTRIES}.name}}}}'
            yield f'    country: {{from: "{{item}}", lookup: {COUNTRIES}.alpha2}}'

    def _write_event(self) -> Iterator[str]:
        guess = self.guess
        key = self._refer(_cell(guess.key) if guess.key else f"{{{ROW}}}")
        title = guess.title or guess.type
        titles = [*([_quote(_cell(title))] if title else []), key]
        yield "# Or meetings with a `format`, agreements and actions with a `type`, statements with"
        yield "# a `text`, appeals with a `purpose`."
        yield f"{guess.section}:"
        yield f"  - key: {key}"
        yield f"    title: {{{self.language}: [{', '.join(titles)}]}}"
        yield from self._write_type()
        if guess.section == "agreements":
            yield "    status: UNKNOWN"
            yield from _wrap(f"    # {', '.join(AgreementStatus)}", "    # ")
        yield from self._write_date()
        if guess.summary:
            yield f"    summary: {self._text(_cell(guess.summary))}"
        if guess.place:
            yield f"    place: {self._refer(_cell(guess.place))}"
        if guess.figures:
            yield "    figures:"
        for figure in guess.figures:
            yield from _write_figure(figure)
        yield from self._write_participants()

    def _write_type(self) -> Iterator[str]:
        """Yield the field that says what kind of event it is, with the values that it may have."""
        name, _ = FIELDS[self.guess.section]
        members = ", ".join(SECTIONS[self.guess.section].model_fields[name].annotation)
        yield f"    {name}: OTHER"
        yield from _wrap(f"    # {members}", "    # ")
        if column := self.guess.type:
            yield "    # or by the texts of a column:"
            yield f"    # {name}:"
            yield f"    #   from: {_quote(_cell(column))}"
            yield "    #   otherwise: OTHER"
            yield "    #   map:"
            for text, _ in column.texts.most_common(FEW):
                yield f"    #     {_quote(text)}: …"

    def _write_date(self) -> Iterator[str]:
        guess = self.guess
        parts = guess.date_parts
        if parts and (not guess.dates or guess.dates[0].formats == ["YYYY"]):
            ends = range(len(parts), 0, -1)
            sources = _list("-".join(map(_cell, parts[:end])) for end in ends)
            formats = _list(("YYYY-M-D", "YYYY-M", "YYYY")[3 - len(parts) :])
            yield f"    date: {{from: {sources}, format: {formats}}}"
            return
        if column := guess.undated:
            made = f"from: {_quote(_cell(column))}, format: [DD/MM/YYYY, MMMM YYYY]"
            yield "    # with the formats of its texts, which are several:"
            yield f"    # date: {{{made}}}"
        for date in guess.dates[:1]:
            made = f"from: {_quote(_cell(date))}, format: {_list(date.formats)}"
            until = f", until: {_quote(_cell(guess.until))}" if guess.until else ""
            swapped = f" # or {date.swapped}" if date.swapped else ""
            yield f"    date: {{{made}{until}}}{swapped}"
            if precision := guess.precision:
                codes = ", ".join(f"{_quote(text)}: day" for text in sorted(precision.texts)[:FEW])
                yield "    # If a column tells how precise the date is, add this to it, with `day`,"
                yield "    # `about`, `range`, `month` or `year` for each code:"
                yield f"    #   precision: {{from: {_quote(_cell(precision))}, codes: {{{codes}}}}}"

    def _write_participants(self) -> Iterator[str]:
        guess, role = self.guess, FIELDS[self.guess.section][1]
        wide = guess.find_countries()
        if wide or guess.actors:
            yield "    participants:"
        position = ""
        if guess.vote and (found := guess.vote.positions):
            pairs = ", ".join(f"{_quote(text)}: {meant}" for text, meant in found.items())
            position = f", position: {{from: {_quote(_cell(guess.vote))}, map: {{{pairs}}}}}"
        for actor in guess.actors:
            each = f"each: {_split(actor)}, " if actor.separator and actor.kind != "STATE" else ""
            name = self._refer("{item}") if each else self._name(actor)
            yield f"      - {{{each}role: {role}, actor: {name}{position}}}"
        if wide:
            between = guess.columns[guess.columns.index(wide[0]) : guess.columns.index(wide[1]) + 1]
            texts = sorted({text for column in between for text in column.texts})
            codes = ", ".join(f"{_quote(text)}: …" for text in texts)
            yield f"      - each: {{first: {_quote(wide[0].name)}, last: {_quote(wide[1].name)}}}"
            yield f"        role: {role}"
            yield f"        actor: {ITEM_KEY}"
            yield "        # If cells are votes, FOR, AGAINST, ABSTAINED or ABSENT:"
            yield f'        # position: {{from: "{{cell}}", map: {{{codes}}}}}'

    def _text(self, template: str) -> str:
        return f"{{{self.language}: {_quote(template)}}}"

    def _refer(self, template: str) -> str:
        return _quote(f"{self.prefix}-{template}")

    def _name(self, actor: Sketch) -> str:
        """Return the key of an actor; a state has that of the reference data."""
        cell = _cell(actor)
        return (
            _look_up(actor, "key", f"{self.prefix}-{cell}")
            if actor.is_country
            else self._refer(cell)
        )


def _wrap(line: str, indent: str) -> list[str]:
    return wrap(
        line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _describe(column: Sketch, rows: int) -> str:
    if not column.texts:
        return f"{column.name}: empty"
    shown = ", ".join(_quote(text[:LONGEST]) for text, _ in column.texts.most_common(SAMPLES))
    empty = f", {rows - column.filled:,} empty" if column.filled < rows else ""
    return f"{column.name}: {len(column.texts):,} different{empty}; {shown}"


def _look_up(column: Sketch, found: str, otherwise: str) -> str:
    cell, other = _quote(_cell(column)), _quote(otherwise)
    return f"{{from: {cell}, lookup: {COUNTRIES}.{found}, otherwise: {other}}}"


def _split(column: Sketch) -> str:
    return f"{{from: {_quote(_cell(column))}, split: {_quote((column.separator or '').strip())}}}"


def _cell(column: Sketch) -> str:
    return f"{{{column.name}}}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quote, texts))}]"


def _write_figure(figure: Sketch) -> Iterator[str]:
    """Yield a figure, with what stands before its decimals unless that is a full stop for sure."""
    first, *others = figure.points or [""]
    point = f', point: "{first}"' if first else ""
    best = f"{{from: {_quote(_cell(figure))}, decimals: 3{point}}}"
    shown = f"  # point: {', '.join(map(_quote, others))} gives other numbers" if others else ""
    yield f"      - {{measure: {slugify(figure.name)}, best: {best}}}{shown}"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
