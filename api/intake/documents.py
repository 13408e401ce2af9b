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
    problems: list[Problem] = []
    tree = _build(node, (), document, problems) if node is not None else {}
    if problems:
        raise ImportRefused(problems)
    return Document(path, tree, document.lines)


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
