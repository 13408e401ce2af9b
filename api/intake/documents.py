"""Files in, trees of text out, each value with the line that it stands on."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from api.errors import ImportRefused, Problem

ENDINGS = (".yaml", ".yml", ".json")
LINES = ".jsonl"
NULLS = {"", "~", "null", "Null", "NULL"}
QUOTED = {"'", '"', "|", ">"}
# How many values a file may hold, aliases expanded, and how deep they may be nested.
MAX_VALUES, MAX_DEPTH = 1_000_000, 50
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content, and the line of each value in it by its path of keys and positions."""

    path: Path
    tree: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Find the line of a place, or of what it is in."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, text: str) -> Problem:
        """Say what is wrong at a place."""
        return Problem(self.path, self.line(place), text)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """List the dossiers and the files of JSON Lines among files and folders, each once.

    Raises:
        ImportRefused: a path is not there, or is neither.
    """
    endings = (*ENDINGS, LINES)
    found: dict[Path, Path] = {}
    problems = []
    for path in paths:
        files = list_files(path, endings)
        if not files:
            wanted = ", ".join(f"*{ending}" for ending in endings)
            text = f"there is no dossier here: name a file or folder of {wanted}."
            problems.append(Problem(path, 0, text))
        found |= {file.resolve(): file for file in files}
    if problems:
        raise ImportRefused(problems)
    return list(found.values())


def list_files(path: Path, endings: Container[str]) -> list[Path]:
    """List a file, or those in a folder, with such an ending; none where there is none."""
    if path.is_dir():
        return [item for item in sorted(path.rglob("*")) if item.suffix in endings]
    return [path] if path.is_file() and path.suffix in endings else []


def read_document(path: Path) -> Document:
    """Read a file of YAML or JSON; every scalar but null is text, whatever it looks like.

    Raises:
        ImportRefused: it is not UTF-8, or neither YAML nor JSON.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if path.suffix == ".json":
            text = text.replace("\t", " ")  # in JSON only space between values can hold one
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        problem = Problem(path, 1, f"this is not UTF-8: {error.reason}.")
        raise ImportRefused([problem]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = Problem(path, line, f"this cannot be read: {error.problem}.")
        raise ImportRefused([problem]) from None
    except yaml.YAMLError as error:
        raise ImportRefused([Problem(path, 1, f"this cannot be read: {error}.")]) from None
    document = Document(path, None)
    problems = [] if node is None else _check_size(path, node)
    if problems:
        raise ImportRefused(problems)
    tree = _build(node, (), document, problems) if node is not None else {}
    if problems:
        raise ImportRefused(problems)
    return Document(path, tree, document.lines)


def _check_size(path: Path, node: yaml.Node) -> list[Problem]:
    """Return the problem of a tree that has no end, is too deep or expands to too many values.

    Each node is counted once, however often aliases repeat it, so that counting takes linear time.
    """
    sizes: dict[int, int] = {}

    def measure(node: yaml.Node, above: tuple[int, ...]) -> int:
        if len(above) > MAX_DEPTH or id(node) in above:
            message = (
                "this alias is within what it repeats: write out what is meant."
                if id(node) in above
                else f"this is nested more than {MAX_DEPTH} levels deep."
            )
            raise ImportRefused([Problem(path, node.start_mark.line + 1, message)])
        if id(node) not in sizes:
            below = (*above, id(node))
            sizes[id(node)] = 1 + sum(measure(item, below) for item in _list_nodes(node))
        return sizes[id(node)]

    try:
        size = measure(node, ())
    except ImportRefused as refused:
        return list(refused.problems)
    text = f"this expands to {size:,} values; a file may hold {MAX_VALUES:,}: write fewer aliases."
    return [Problem(path, 1, text)] if size > MAX_VALUES else []


def _list_nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield the nodes within a node; keys are texts, or are read as such."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        yield from (value for _, value in node.value)


def _build(node: yaml.Node, place: Place, document: Document, problems: list[Problem]) -> Any:
    document.lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(item, (*place, position), document, problems)
            for position, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        return dict(_build_items(node, place, document, problems))
    assert isinstance(node, yaml.ScalarNode)
    if node.style not in QUOTED and node.value in NULLS:
        return None
    return _whole(node.value)


def _build_items(
    node: yaml.MappingNode, place: Place, document: Document, problems: list[Problem]
) -> Iterator[tuple[str, Any]]:
    seen = set()
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            document.lines[(*place, name)] = key.start_mark.line + 1
            text = f"`{name}` is written twice: keep one."
            problems.append(document.problem((*place, name), text))
        seen.add(name)
        yield name, _build(value, (*place, name), document, problems)


def _whole(text: str) -> str:
    """Put surrogate pairs together, which JSON may write apart."""
    if not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
