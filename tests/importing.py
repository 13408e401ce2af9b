"""Imports as tests run them, and what they leave behind."""

from pathlib import Path

import sqlalchemy as sa

from api.database.transactions import write
from api.intake import import_paths
from api.settings import Settings
from tests.conftest import AT


def run(settings: Settings, *paths: Path) -> str:
    """Import files, and return the summary."""
    return str(import_paths(paths, lambda work: write(settings, work), AT))


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
