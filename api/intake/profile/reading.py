"""Reads profiles; each problem is reported with its line."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from api.errors import ImportFailure, Problem
from api.intake.profile.templates import RECORDS, Profile
from api.intake.read.files import ENDINGS, Document, Location, read_document
from api.intake.read.validation import describe
from api.text.slugs import slugify

BUILT_IN = Path(__file__).parent.parent / "profiles"
NAMED = re.compile(r"<(\w+)>", re.ASCII)
MAX_RULES = 1_000  # templates of one list, with those that `for` repeats
MAX_NODES = 200_000  # values of a profile, with those that `for` and `like` repeat
Table = dict[str, dict[str, str]]  # key → column → text


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """A valid profile, the lines of its file, and its tables."""

    document: Document
    profile: Any
    tables: Mapping[str, Table]

    @property
    def dataset(self) -> str | None:
        """The key of the dataset that the rows are of; None unless there is one, the same for all.

        The records that are of no article belong to it.
        """
        keys = [dataset.key.from_ for dataset in self.profile.datasets if dataset.key]
        named = [key[0] for key in keys if len(key) == 1 and isinstance(key[0], str)]
        return slugify(named[0]) if len(named) == 1 and "{" not in named[0] else None

    def problem(self, location: Location, text: str) -> Problem:
        """Return a problem of the profile, with its line."""
        return self.document.problem(location, text)


def find_profile(name: str) -> Path:
    """Return the path of a profile, which is a file's path or the name of one that is built in.

    Raises:
        ImportFailure: there is no such profile.
    """
    path = Path(name)
    if path.suffix in ENDINGS:
        return path
    built_in = BUILT_IN / f"{name}.yaml"
    if not built_in.is_file() or built_in.parent != BUILT_IN:
        names = ", ".join(list_profiles())
        message = f"there is no such profile: name a file (*.yaml), or one of {names}"
        raise ImportFailure([Problem(name, 0, message)])
    return built_in


def list_profiles() -> list[str]:
    """Return the names of the profiles that are built in."""
    return sorted(path.stem for path in BUILT_IN.glob("*.yaml"))


def read_profile(path: Path, encoding: str | None = None) -> LoadedProfile:
    """Read and check a profile, and the tables beside it.

    An `encoding` of the data replaces the profile's.

    Raises:
        ImportFailure: something in it is wrong.
    """
    written = read_document(path)
    document = Expansion(written).run()
    try:
        profile = Profile.model_validate(document.tree)
    except ValidationError as error:
        raise ImportFailure(describe(document, error.errors(), Profile)) from None
    if encoding is not None:
        profile = profile.model_copy(update={"encoding": encoding})
    tables: dict[str, Table] = {}
    problems = []
    for name, table in profile.tables.items():
        try:
            tables[name] = _read_table(path.parent / table.file, table.key)
        except (OSError, ValueError, csv.Error) as error:
            reason = getattr(error, "strerror", None) or error
            text = f"`{table.file}` cannot be read: {reason}"
            problems.append(document.problem(("tables", name), text))
    if problems:
        raise ImportFailure(problems)
    return LoadedProfile(document, profile, tables)


def _read_table(path: Path, key: str) -> Table:
    """Read a table's rows by the texts of their key column; the first of equal ones counts.

    Raises:
        ValueError: it has no such column, or is not UTF-8.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if key not in (rows.fieldnames or ()):
            message = f"it has no column `{key}`"
            raise ValueError(message)
        table: Table = {}
        for row in rows:
            if row[key]:
                table.setdefault(row[key], row)
        return table


@dataclass(slots=True)
class Expansion:
    """Writes out what `like` and `for` stand for, and keeps the line of each value."""

    written: Document
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0  # that were copied

    def run(self) -> Document:
        """Return the profile with all templates written out.

        Raises:
            ImportFailure: the file has no mapping, or a `like` names no template, or itself.
        """
        tree = self.written.tree
        if not isinstance(tree, dict) or not tree:
            text = (
                "this is no profile: write a mapping of its fields, such as `title: Visits` in a "
                "line; `mithaq profile DATA` prints a first profile for data"
            )
            raise ImportFailure([Problem(self.written.path, 1, text)])
        self.lines[()] = 1
        expanded = {
            name: self._copy(value, (name,), (name,), {}, ())
            if name in RECORDS
            else self._keep(value, (name,))
            for name, value in tree.items()
        }
        if self.problems:
            raise ImportFailure(self.problems)
        return Document(self.written.path, expanded, self.lines, self.written.alone)

    def _keep(self, value: Any, place: Location) -> Any:
        here = {key: line for key, line in self.written.lines.items() if key[:1] == place}
        self.lines |= here
        return value

    def _copy(
        self, node: Any, old: Location, new: Location, names: dict[str, str], likes: tuple[str, ...]
    ) -> Any:
        """Copy a value, with the names that `for` gives replaced in its texts."""
        self._note(old, new)
        if isinstance(node, str):
            return NAMED.sub(lambda match: names.get(match[1], match[0]), node)
        if isinstance(node, list):
            copied: list[Any] = []
            for number, item in enumerate(node):
                for bound in _list_names(item, names):
                    at = (*new, len(copied))
                    copied.append(self._copy(item, (*old, number), at, bound, likes))
                    if len(copied) > MAX_RULES:
                        message = f"`for` makes more than {MAX_RULES:,} templates of this list"
                        raise ImportFailure([self.written.problem(old, message)])
            return copied
        if isinstance(node, dict):
            fields = dict(self._inherit(node, old, new, names, likes))
            done = {"like"} if isinstance(node.get("like"), str) else set()
            given = _list_given(node)
            self.nodes += len(given)  # each copy of the node has checked them
            done |= {"for"} if given else set()
            for name, value in node.items():
                if name not in done:
                    key = NAMED.sub(lambda match: names.get(match[1], match[0]), name)
                    fields[key] = self._copy(value, (*old, name), (*new, key), names, likes)
            return fields
        return node

    def _note(self, old: Location, new: Location) -> None:
        """Keep the line of a copied value, and count it."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message = f"`for` and `like` make more than {MAX_NODES:,} values of this profile"
            raise ImportFailure([self.written.problem(old, message)])
        if old in self.written.lines:
            self.lines[new] = self.written.lines[old]

    def _inherit(
        self,
        node: dict[str, Any],
        old: Location,
        new: Location,
        names: dict[str, str],
        likes: tuple[str, ...],
    ) -> Iterator[tuple[str, Any]]:
        """Yield the fields of the template that `like` names."""
        name = node.get("like")
        if not isinstance(name, str):
            return
        templates = self.written.tree.get("templates", {})
        # Templates that are no mapping are reported with the rest of the profile.
        if isinstance(templates, dict) and (name not in templates or name in likes):
            text = f"`like`: there is no template `{name}` in `templates`"
            text = f"`like`: the template `{name}` is like itself" if name in likes else text
            self.problems.append(self.written.problem((*old, "like"), text))
            return
        base = templates[name] if isinstance(templates, dict) else None
        if isinstance(base, dict):
            place = ("templates", name)
            yield from self._copy(base, place, new, names, (*likes, name)).items()


def _list_names(item: Any, names: dict[str, str]) -> list[dict[str, str]]:
    """Return the names that an item of a list is repeated with."""
    return [names | one for one in _list_given(item)] or [names]


def _list_given(item: Any) -> list[dict[str, str]]:
    """Return what `for` gives; [] if it is left out, or is wrong and stays to be reported."""
    given = item.get("for") if isinstance(item, dict) else None
    if not isinstance(given, list):
        return []
    valid = all(
        isinstance(one, dict) and all(isinstance(text, str) for text in one.values())
        for one in given
    )
    return given if valid else []
