"""Imports as tests run them, and what they leave behind."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from api.errors import ImportFailure, Problem
from api.intake import import_paths
from api.intake.progress import no_steps
from api.intake.read.files import find_files
from api.intake.read.lines import build_dossier, build_homes, read_item, read_lines
from api.intake.read.validation import read_dossiers
from api.settings import Settings
from tests.conftest import AT
from tests.transactions import write

EXAMPLE_SIZE = 34  # records of tests/example/dossier.yaml


def run(settings: Settings, *paths: Path) -> str:
    """Import files, and return the summary."""
    return str(import_paths(paths, lambda work: write(settings, work), AT))


def summarize(created: int = 0, updated: int = 0) -> str:
    """Write the summary of an import of the example: what it leaves is unchanged."""
    unchanged = EXAMPLE_SIZE - created - updated
    return f"{created} created, {updated} updated, {unchanged} unchanged"


def count(settings: Settings, model: type) -> int:
    """Count a table's rows."""
    query = sa.select(sa.func.count()).select_from(sa.inspect(model).local_table)
    return write(settings, lambda connection: connection.scalar(query)) or 0


def edit(folder: Path, old: str, new: str) -> None:
    """Replace words of the example's dossier."""
    path = folder / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def write_yaml(folder: Path, text: str) -> Path:
    """Write a dossier."""
    path = folder / "made.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def write_lines(folder: Path, *records: dict[str, Any] | str) -> Path:
    """Write a file of JSON Lines, of records or of lines as they are."""
    path = folder / "made.jsonl"
    lines = [item if isinstance(item, str) else json.dumps(item) for item in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def refused(*paths: Path) -> list[str]:
    """List what reading files finds wrong with them, each with its line, and without the path."""
    problems: list[Problem] = []
    for path in paths:
        try:
            problems += _read(path)
        except ImportFailure as error:
            problems += error.problems
    return [problem.partition(":")[2] for problem in problems]


def _read(path: Path) -> list[Problem]:
    if path.suffix != ".jsonl":
        dossiers, problems = read_dossiers([path], no_steps)
        return [*problems, *(problem for dossier in dossiers for problem in dossier.problems)]
    find_files([path])
    with path.open("rb") as file:
        items = [item for line in read_lines(file, 0) if (item := read_item(path, line))]
    homes = build_homes(path, items)
    built = [problem for home in homes for problem in build_dossier(home, None).problems]
    return [*(problem for item in items for problem in item.problems), *built]
