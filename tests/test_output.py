"""Temporary folders: those of killed processes are deleted by the next, those in use are not."""

import json
import os
import signal
import subprocess
import tempfile
from functools import partial
from pathlib import Path

import pytest

from api.backup import NEW as NEW_BACKUP
from api.backup import back_up
from api.check import check_database
from api.intake import import_paths
from api.intake.profile.importing import ProfileImport
from api.output import WORKING, temporary_folder
from api.releases import NEW, verify_release
from api.releasing import create_release
from api.settings import Settings
from tests.conftest import AT, DOSSIERS
from tests.server import COMMAND
from tests.transactions import write


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_only_abandoned_folders_are_deleted(tmp_path: Path) -> None:
    (tmp_path / ".new-old").mkdir()
    (tmp_path / ".new-old" / "file").touch()
    others = [".new-file", ".newer", "other"]
    for name in others:
        (tmp_path / name).touch()
    with temporary_folder(tmp_path, ".new-") as first:
        assert list_names(tmp_path) == sorted([first.name, *others])
        (first / "file").touch()
        with temporary_folder(tmp_path, ".new-") as second:
            assert list_names(tmp_path) == sorted([first.name, second.name, *others])
            assert list_names(first) == ["file"]
    assert list_names(tmp_path) == sorted(others)


def kill_when(seen: Path, prefix: str, settings: Settings, *arguments: str) -> None:
    """Run a command, and kill it when it has made a temporary folder."""
    environment = {
        "MITHAQ_DATABASE_URL": settings.database_url,
        "MITHAQ_RELEASES": str(settings.releases_folder),
    }
    command = [*COMMAND[:3], *arguments]
    with subprocess.Popen(command, cwd="/", env=os.environ | environment) as process:
        while not list(seen.glob(f"{prefix}*/*")):
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.002)  # the folder is there for longer
        process.send_signal(signal.SIGKILL)


@pytest.fixture
def filled(settings: Settings, tmp_path: Path) -> Settings:
    """A filled database, with a folder of releases of its own."""
    import_paths(DOSSIERS, partial(write, settings), AT)
    return settings.model_copy(update={"releases": tmp_path / "releases"})


def test_a_killed_release_leaves_nothing_to_the_next(filled: Settings) -> None:
    filled.releases_folder.mkdir()
    kill_when(filled.releases_folder, NEW, filled, "release", "create", "killed")
    (left,) = list_names(filled.releases_folder)
    assert left.startswith(NEW)
    create_release(filled, "killed")
    assert verify_release(filled, "killed").records
    assert list_names(filled.releases_folder) == ["killed.db"]


def test_a_killed_import_leaves_nothing_to_the_next(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    profile = tmp_path / "profile.yaml"
    actors = [{"key": "{id}", "kind": "PERSON", "names": {"en": "{id}"}}]
    profile.write_text(json.dumps({"title": "People", "actors": actors}))
    many, few = tmp_path / "many.csv", tmp_path / "few.csv"
    many.write_text("id\n" + "".join(f"p{number}\n" for number in range(20_000)))
    few.write_text("id\np1\n")
    kill_when(folder, WORKING, filled, "import", "--profile", str(profile), str(many))
    (left,) = list_names(folder)
    ProfileImport(str(profile), [few], partial(write, filled), AT).run()
    assert list_names(folder) == []
    assert left.startswith(WORKING)


def test_a_killed_backup_leaves_nothing_to_the_next(filled: Settings, tmp_path: Path) -> None:
    path = tmp_path / "backup.db"
    kill_when(tmp_path, NEW_BACKUP, filled, "backup", str(path))
    (left,) = list_names(tmp_path)
    assert left.startswith(NEW_BACKUP)
    back_up(filled, path)
    assert list_names(tmp_path) == [path.name]
    copy = filled.model_copy(update={"database_url": f"sqlite:///{path}"})
    assert check_database(copy, print) == check_database(filled, print)
