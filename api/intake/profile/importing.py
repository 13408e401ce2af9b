"""Imports data files by a profile: their rows become lines, and these are imported in batches."""

import getpass
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

import sqlalchemy as sa

from api import model as m
from api.errors import ImportFailure, Problem
from api.intake.batches import LinesImport, analyze_after
from api.intake.deletion import delete_records
from api.intake.drafts import Ref
from api.intake.forms.kinds import LINE_OF
from api.intake.profile.converting import Conversion, Tally
from api.intake.profile.formats import SUFFIXES
from api.intake.profile.quarantine_writer import RowQuarantine, find_columns
from api.intake.profile.reading import find_profile, read_profile
from api.intake.profile.steps import quote
from api.intake.profile.values import CHOICE
from api.intake.progress import ByteProgress, ProgressCallbacks, RunTransaction, no_bytes
from api.intake.read.lines import Line, read_item
from api.intake.rows import fetch_among, select, table_of
from api.intake.summary import Summary
from api.model.kinds import RecordKind
from api.output import working_folder

RECORD, DOSSIER = table_of(m.Record), table_of(m.Dossier)
KEYS = select(RECORD.c.kind, RECORD.c.key)
MAX_PROBLEMS = 10_000  # that are listed
SHOWN = 10  # texts of a field that are listed


def find_data(paths: Iterable[Path]) -> list[Path]:
    """Return the data files among files and folders, in the order of their names.

    Raises:
        ImportFailure: a path is not there, or a folder has none.
    """
    found: list[Path] = []
    problems = []
    for path in paths:
        try:
            files = [path] if path.is_file() else sorted(filter(_is_data, path.rglob("*")))
            is_folder = path.is_dir()
        except OSError:  # a name that is too long
            files, is_folder = [], False
        found += files
        if not files:
            wanted = ", ".join(f"*{suffix}" for suffix in SUFFIXES)
            text = f"there is no data here: name a file, or a folder of {wanted}"
            problems.append(Problem(path, 0, text if is_folder else "this does not exist"))
    if problems:
        raise ImportFailure(problems)
    return list({path.resolve(): path for path in found}.values())


def _is_data(path: Path) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return path.is_file() and bool(suffixes) and suffixes[-1] in SUFFIXES


@dataclass(slots=True)
class ProfileImport:
    """The import of data files by a profile: a file, or the name of one that is built in.

    `write` runs work in one transaction. Rows that are wrong go to the `quarantine`, if one is
    given. If the data is `complete`, records of the same dataset that it does not have are deleted.
    """

    profile: str
    paths: Iterable[Path]
    write: RunTransaction
    at: datetime | None = None
    watching: ProgressCallbacks = field(default_factory=ProgressCallbacks)
    quarantine: Path | None = None
    complete: bool = False
    encoding: str | None = None  # of the data, if it is not the profile's

    def run(self) -> Summary:
        """Import the data.

        Raises:
            ImportFailure: the profile or rows are wrong; its problems name files, rows and columns.
        """
        loaded = read_profile(find_profile(self.profile), self.encoding)
        data = find_data(self.paths)
        with working_folder() as folder:
            conversion = Conversion(
                loaded,
                data,
                folder,
                self.watching.bytes,
                keeping=self.quarantine is not None,
                find_stored=self._find_stored,
            )
            conversion.run()
            summary = self._import(conversion)
        analyze_after(summary, self.write)
        return summary

    def _find_stored(self, ids: list[str]) -> set[str]:
        """Return those of these ids that records have which are stored."""
        refs = {ref for id_ in ids if (ref := Ref.parse(id_))}

        def find(connection: sa.Connection) -> set[str]:
            keys = {ref.key for ref in refs}
            found = fetch_among(connection, KEYS, RECORD.c.key, keys)
            return {str(ref) for kind, key in found if (ref := Ref(RecordKind(kind), key)) in refs}

        return self.write(find)

    def _import(self, conversion: Conversion) -> Summary:
        """Import the lines that were made of the data."""
        bad = RowQuarantine(self.quarantine, conversion) if self.quarantine else None
        if conversion.wrong and bad is None:
            raise _find_problems(conversion).refuse()
        if self.complete and conversion.heads:
            text = "this is a quarantine, which has not all data: import it without `--complete`"
            raise ImportFailure([Problem(conversion.paths[0], 0, text)])
        if self.complete and conversion.unidentified:
            text = (
                f"of {conversion.unidentified:,} wrong rows it is not known which records they "
                "make, and `--complete` would delete these: correct the rows, or leave it out"
            )
            raise ImportFailure([Problem(conversion.paths[0], 0, text)])
        if self.complete and not conversion.tally.rows:
            text = (
                "this has no rows, and `--complete` would delete all records of the dataset: see "
                "whether the file is the right one; `mithaq delete` deletes records by their ids"
            )
            raise ImportFailure([Problem(conversion.paths[0], 0, text)])
        summary = Summary(quarantined=bad.write_rows() if bad else 0)
        moment = (self.at or datetime.now(UTC)).replace(microsecond=0)
        lines = LinesImport(
            conversion.home,
            self.write,
            moment,
            getpass.getuser(),
            self.watching.bytes,
            bad,
            lines=conversion.lines,
        )
        try:
            summary += lines.run()
        except ImportFailure as refused:
            problems = [_place(conversion, problem) for problem in refused.problems]
            done = lines.bookmark.line
            written = f"{done:,} records are imported; the next import continues after them."
            raise ImportFailure(problems, written if done else "") from None
        if self.complete:
            ids = self.write(lambda connection: find_others(conversion, connection))
            summary += delete_records(ids, self.write, moment) if ids else Summary()
        return summary


def _place(conversion: Conversion, problem: Problem) -> Problem:
    """Return a problem of a line as one of the row that the line was made of."""
    if not problem.line:
        return problem
    origin = conversion.origin(problem.line)
    columns, empty = find_columns(conversion, problem.line, problem.text)
    named = ", ".join(f"`{name}`" for name in columns)
    about = f" (column {named}{' is empty' if empty else ''})" if columns else ""
    path = conversion.paths[origin.file]
    return Problem(path, origin.row, problem.text + about, problem.code)


def find_others(conversion: Conversion, connection: sa.Connection) -> list[str]:
    """Return the ids of the records of the data's dataset that the data does not have."""
    conversion.fragments.index()
    dataset = conversion.loaded.dataset
    home = Ref(RecordKind.DATASET, dataset) if dataset else conversion.paths[0].resolve()
    names = {str(kind): name for kind, name in LINE_OF.items() if kind is not RecordKind.CLAIM}
    query = (
        sa.select(RECORD.c.kind, RECORD.c.key)
        .join(DOSSIER, DOSSIER.c.id == RECORD.c.dossier_id)
        .where(DOSSIER.c.name == str(home), RECORD.c.kind.in_(names))
    )
    return [
        str(Ref(RecordKind(kind), key))
        for kind, key in connection.execute(query)
        if not conversion.has(names[kind], key)
    ]


# Dry runs.


@dataclass(frozen=True, slots=True)
class Problems:
    """The first problems of rows, and the number of the others, which are not kept in memory."""

    first: list[Problem]
    others: int

    def refuse(self) -> ImportFailure:
        """Return the error that lists the problems."""
        others = f"{self.others:,} more problems are not listed." if self.others else ""
        return ImportFailure(self.first, others)


@dataclass(frozen=True, slots=True)
class Report:
    """What a dry run found."""

    tally: Tally
    columns: dict[str, list[str]]  # column → what became of it, with counts; none if it is dropped
    problems: Problems
    # The ids of stored records that the data lacks, if this was asked.
    others: list[str] | None = None

    def describe(self) -> Iterator[str]:
        """Yield the report's lines."""
        yield "The first record of each kind:"
        yield from (f"  {line.decode()}" for line in self.tally.samples.values())
        yield f"Records made of {self.tally.rows:,} rows:"
        yield from (f"  {record}: {count:,}" for record, count in self.tally.records.items())
        yield "Columns, with the rows that have a text in them, and what became of it:"
        for column, fields in self.columns.items():
            became = ", ".join(fields) or "dropped"
            yield f"  {column} ({self.tally.cells[column]:,}): {became}"
        if self.tally.misses:
            yield "Texts that a map or table lacks, which give no value:"
            yield from _list_misses(self.tally)
        if self.others is not None:
            yield f"Records that the data lacks, which `--complete` deletes: {len(self.others):,}"
            yield from (f"  {id_}" for id_ in self.others[:SHOWN])
            yield from ["  …"] * (len(self.others) > SHOWN)
        if self.tally.differences:
            yield "Fields in which rows of one record differ, with the number of such records:"
        for path, count in self.tally.differences.most_common():
            yield f"  {path}: {count:,}"


def _list_misses(tally: Tally) -> Iterator[str]:
    """Yield, for each field, the texts that its map or table lacks, the most common first."""
    texts: dict[str, list[str]] = {}
    for (path, text), count in tally.misses.most_common():
        texts.setdefault(path, []).append(f"{quote(text)} {count:,}")
    for path, found in texts.items():
        others = f", and {len(found) - SHOWN:,} more" if len(found) > SHOWN else ""
        yield f"  {path}: {', '.join(found[:SHOWN])}{others}"


def try_profile(
    name: str,
    paths: Iterable[Path],
    watch: ByteProgress = no_bytes,
    read: RunTransaction | None = None,
    encoding: str | None = None,
) -> Report:
    """Convert data files and validate the records; find those that the data lacks by `read`.

    Raises:
        ImportFailure: the profile is wrong, or a file cannot be read.
    """
    loaded = read_profile(find_profile(name), encoding)
    with working_folder() as folder:
        conversion = Conversion(loaded, find_data(paths), folder, watch, counting=True)
        conversion.run()
        problems = _find_problems(conversion)
    others = read(lambda connection: find_others(conversion, connection)) if read else None
    return Report(conversion.tally, dict(_list_columns(conversion.tally)), problems, others)


def _find_problems(conversion: Conversion) -> Problems:
    """Return the problems of rows, and those of the lines that the other rows became."""
    found = chain(conversion.list_problems(), _check_lines(conversion))
    first = list(islice(found, MAX_PROBLEMS))
    return Problems(first, sum(1 for _ in found))


def _check_lines(conversion: Conversion) -> Iterator[Problem]:
    """Yield the problems of lines, as ones of the rows that they are made of."""
    for line in _list_lines(conversion.lines):
        for problem in _check(conversion.paths[0], line):
            yield _place(conversion, problem)


def _list_lines(path: Path) -> Iterator[Line]:
    with path.open("rb") as file:
        for number, text in enumerate(file, 1):
            yield Line(number, 0, text)


def _check(path: Path, line: Line) -> Sequence[Problem]:
    try:
        item = read_item(path, line)
    except ImportFailure as refused:
        return refused.problems
    return item.problems if item else ()


def _list_columns(tally: Tally) -> Iterator[tuple[str, list[str]]]:
    """Yield the columns, each with the fields that are made of it and how often they were."""
    for column in tally.cells:
        counts: Counter[str] = Counter()
        for (path, columns), count in tally.fields.items():
            if column in columns and not path.startswith("values."):
                counts[path] += count
        fields = [f"{path} {count:,}" for path, count in counts.items()]
        yield column, fields + [CHOICE] * (column in tally.choosing)
