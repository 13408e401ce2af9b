"""Files in, trees of text out, each value with the line that it stands on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from api.errors import ImportRefused

ENDINGS = (".yaml", ".yml", ".json")
NULLS = {"", "~", "null", "Null", "NULL"}
QUOTED = {"'", '"', "|", ">"}
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content, and the line of each value in it by its path of keys and positions."""

    path: Path
    tree: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def problem(self, place: Place, text: str) -> str:
        """Write what is wrong at a place, after its file and line."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.path}:{self.lines.get(place, 1)}: {text}"


def find_files(paths: Iterable[Path]) -> list[Path]:
    """List the dossiers among files and folders, each once.

    Raises:
        ImportRefused: a path is not there, or is no dossier.
    """
    found: dict[Path, Path] = {}
    problems = []
    for path in paths:
        if path.is_dir():
            files = [item for item in sorted(path.rglob("*")) if item.suffix in ENDINGS]
        elif path.is_file() and path.suffix in ENDINGS:
            files = [path]
        else:
            files = []
        if not files:
            wanted = ", ".join(f"*{ending}" for ending in ENDINGS)
            problems.append(f"{path}: there is no dossier here: name a file or folder of {wanted}.")
        found |= {file.resolve(): file for file in files}
    if problems:
        raise ImportRefused(problems)
    return list(found.values())


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
        raise ImportRefused([f"{path}:1: this is not UTF-8: {error.reason}."]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"{path}:{line}: this cannot be read: {error.problem}."
        raise ImportRefused([message]) from None
    except yaml.YAMLError as error:
        raise ImportRefused([f"{path}:1: this cannot be read: {error}."]) from None
    document = Document(path, None)
    problems: list[str] = []
    tree = _build(node, (), document, problems) if node is not None else {}
    if problems:
        raise ImportRefused(problems)
    return Document(path, tree, document.lines)


def _build(node: yaml.Node, place: Place, document: Document, problems: list[str]) -> Any:
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
    node: yaml.MappingNode, place: Place, document: Document, problems: list[str]
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
