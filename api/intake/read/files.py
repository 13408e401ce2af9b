"""Parses YAML and JSON files into trees of text, with the line of each value."""

import os
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml.reader import ReaderError

from api.errors import ImportFailure, Problem

ENDINGS = (".yaml", ".yml", ".json")
LINES = ".jsonl"
NULLS = {"", "~", "null", "Null", "NULL"}
QUOTED = {"'", '"', "|", ">"}
# Limits of a file: values and characters with aliases expanded, and depth of nesting.
MAX_VALUES, MAX_SIZE, MAX_DEPTH = 200_000, 10_000_000, 50
MAX_PATH = 2_000  # bytes
SMALLER = "write several files, JSON Lines, or fewer aliases"
TOO_MANY = f"up to here the file has more than {MAX_VALUES:,} names and values: {SMALLER}"
TOO_LARGE = f"up to here the file has more than {MAX_SIZE:,} characters: {SMALLER}"
TOO_DEEP = f"this is nested more than {MAX_DEPTH} levels deep"
# Words in the parser's message → advice for the curator.
HINTS = {
    "mapping values are not allowed": ' Put a text that has ": " in it in quotes.',
    "expected ',' or": ' Put a text that has any of , : [ ] { } " in it in quotes.',
    "expected key": " Look at the quotes and the indentation here.",
    "found a tab": " Indent with spaces.",
    "cannot start any token": " Indent with spaces; put a text that begins with ` or @ in quotes.",
    "undefined alias": " Put a text that begins with * in quotes.",
    "while scanning an a": " Put a text that begins with * or & in quotes.",
    "scanning a quoted scalar": " Close the quotes.",
    "single document": " Write each dossier in a file of its own.",
}
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its content, and the line of each value by its path of keys and indexes."""

    path: Path
    tree: Any
    lines: dict[Location, int] = field(default_factory=dict)
    # Fields without a value within braces: the rest of an unquoted text after its comma.
    alone: set[Location] = field(default_factory=set)

    def line(self, location: Location) -> int:
        """Return the line of a path, or of the nearest enclosing value."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def where(self, location: Location) -> str:
        """Return the file and the line of a path."""
        return f"{self.path}:{self.line(location)}"

    def name_home(self, home: str) -> str:
        """Return a dossier's name for a problem's text: an article, or the path of a file."""
        return home

    def problem(self, location: Location, text: str, code: str = "INVALID") -> Problem:
        """Return a problem with the line of a path."""
        return Problem(self.path, self.line(location), text, code)

    def whole_problem(self, text: str, code: str = "INVALID") -> Problem:
        """Return a problem of the whole file."""
        return Problem(self.path, 0, text, code)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the dossiers and the JSON Lines files among files and folders, without repeats.

    Raises:
        ImportFailure: a path is not there, or is neither.
    """
    endings = (*ENDINGS, LINES)
    found: dict[Path, Path] = {}
    problems = []
    for path in paths:
        files = list_files(path, endings)
        problems += [Problem(file, 0, fault) for file in files if (fault := _find_fault_of(file))]
        if not files:
            problems.append(Problem(path, 0, _explain_nothing(path, endings)))
        found |= {file.resolve(): file for file in files}
    if problems:
        raise ImportFailure(problems)
    return list(found.values())


def _explain_nothing(path: Path, endings: Iterable[str]) -> str:
    """Return why a path has no dossier, and what to name instead."""
    if not os.path.lexists(path):  # False for a name that is too long, too
        return "this does not exist"
    wanted = ", ".join(f"*{ending}" for ending in endings)
    return f"there is no dossier here: name a file or folder of {wanted}, or a --profile for tables"


def _find_fault_of(path: Path) -> str:
    """Return why a file's path cannot be stored; empty if it can."""
    try:
        size = len(str(path.resolve()).encode())
    except UnicodeEncodeError:
        return "the name of this file, or of a folder that it is in, is not UTF-8: rename it"
    if size > MAX_PATH:
        return f"the whole path of this file takes {size:,} bytes: {MAX_PATH:,} at most"
    return ""


def list_files(path: Path, endings: Container[str]) -> list[Path]:
    """Return the file, or the files in the folder, with one of these suffixes."""
    try:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        return [item for item in found if item.suffix in endings and item.is_file()]
    except OSError:  # a name that is too long
        return []


def read_document(path: Path) -> Document:
    """Parse a YAML or JSON file; every scalar except null is read as text.

    Raises:
        ImportFailure: it is not UTF-8, neither YAML nor JSON, or larger than a file may be.
    """
    try:
        text = _read_text(path)
        _count_values(path, text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if node is not None:
            _measure(path, node, (), {})
    except OSError as error:
        problem = Problem(path, 0, f"this cannot be read: {error.strerror}.")
        raise ImportFailure([problem]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(path, line, f"this is not UTF-8: {error.reason}.")
        raise ImportFailure([problem]) from None
    except yaml.YAMLError as error:
        raise ImportFailure([_describe_error(path, text, error)]) from None
    document = Document(path, {})
    if node is None:
        return document
    problems: list[Problem] = []
    tree = _build(node, (), document, problems)
    if problems:
        raise ImportFailure(problems)
    return replace(document, tree=tree)


def _read_text(path: Path) -> str:
    """Read a file's text; raise ImportFailure if it is larger than the limit."""
    if (size := path.stat().st_size) > MAX_SIZE:
        message = f"this file has {size:,} bytes: {MAX_SIZE:,} at most; {SMALLER}"
        raise ImportFailure([Problem(path, 0, message)])
    text = path.read_bytes().decode("utf-8-sig")
    if path.suffix == ".json":
        text = text.replace("\t", " ")  # in JSON only space between values can hold one
    return text


def _count_values(path: Path, text: str) -> None:
    """Raise ImportFailure if a text has too many values, before the slower building of nodes."""
    if len(text) <= MAX_VALUES:
        return
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    values = (event for event in events if isinstance(event, yaml.NodeEvent))
    if event := next(islice(values, MAX_VALUES, None), None):
        line = event.start_mark.line + 1 if event.start_mark else 1
        raise ImportFailure([Problem(path, line, TOO_MANY)])


def _describe_error(path: Path, text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        what = f"{error.context}, {error.problem}" if error.context else f"{error.problem}"
        hint = next((hint for words, hint in HINTS.items() if words in what), "")
        line = error.problem_mark.line + 1
        begun = error.context_mark.line + 1 if error.context_mark else line
        since = f" (begun in line {begun})" if begun != line else ""
        return Problem(path, line, f"this cannot be read: {what}{since}.{hint}")
    if isinstance(error, ReaderError):
        line = text.encode().count(b"\n", 0, error.position) + 1
        what = f"{error.reason} (U+{error.character:04X})"
        return Problem(path, line, f"this cannot be read: {what}.")
    return Problem(path, 1, f"this cannot be read: {error}.")


class Extent(NamedTuple):
    """The size of a node with its aliases expanded."""

    values: int
    characters: int
    levels: int


def _measure(
    path: Path, node: yaml.Node, above: tuple[int, ...], known: dict[int, Extent]
) -> Extent:
    """Return a node's size; a node that aliases repeat is measured once.

    Raises:
        ImportFailure: it has no end, is too deep, too much, or has a key that is no text.
    """
    if id(node) in known:
        return known[id(node)]
    below = (*above, id(node))
    fault = _find_fault(node, above)
    nodes = [] if fault else _list_nodes(path, node)
    parts = [_measure(path, item, below, known) for item in nodes]
    own = len(node.value) if isinstance(node, yaml.ScalarNode) else 0
    extent = known[id(node)] = Extent(
        1 + sum(part.values for part in parts),
        own + sum(part.characters for part in parts),
        1 + max((part.levels for part in parts), default=0),
    )
    fault = fault or _find_excess(extent)
    if fault:
        raise ImportFailure([Problem(path, node.start_mark.line + 1, fault)])
    return extent


def _find_fault(node: yaml.Node, above: tuple[int, ...]) -> str:
    if id(node) in above:
        return "this alias repeats a value that contains it: write the value out"
    if len(above) > MAX_DEPTH:
        return TOO_DEEP
    return ""


def _find_excess(extent: Extent) -> str:
    if extent.values > MAX_VALUES:
        return TOO_MANY
    if extent.characters > MAX_SIZE:
        return TOO_LARGE
    return TOO_DEEP if extent.levels > MAX_DEPTH else ""


def _list_nodes(path: Path, node: yaml.Node) -> list[yaml.Node]:
    """Return a node's child nodes, mapping keys included."""
    if not isinstance(node, yaml.MappingNode):
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            message = "the name of a field has to be text, not a list or an object"
            raise ImportFailure([Problem(path, key.start_mark.line + 1, message)])
    return [item for pair in node.value for item in pair]


def _build(node: yaml.Node, location: Location, document: Document, problems: list[Problem]) -> Any:
    document.lines[location] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(item, (*location, position), document, problems)
            for position, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        return dict(_build_items(node, location, document, problems))
    assert isinstance(node, yaml.ScalarNode)
    if node.style not in QUOTED and node.value in NULLS:
        return None
    return _whole(node.value)


def _build_items(
    node: yaml.MappingNode, location: Location, document: Document, problems: list[Problem]
) -> Iterator[tuple[str, Any]]:
    seen = set()
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            document.lines[(*location, name)] = key.start_mark.line + 1
            text = f"`{name}` is written twice: keep one."
            problems.append(document.problem((*location, name), text))
        seen.add(name)
        if node.flow_style and value.end_mark.index == key.end_mark.index:
            document.alone.add((*location, name))
        yield name, _build(value, (*location, name), document, problems)


def _whole(text: str) -> str:
    """Join surrogate pairs, which JSON may write as two escapes."""
    if not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
