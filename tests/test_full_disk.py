"""Commands on a full disk: one sentence that names the file, nothing left, and it works later.

The disk is full where a file reaches the limit of the process. PostgreSQL says by a trigger that
its disk is full.
"""

import json
import os
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api.check import check_database
from api.database.transactions import write
from api.errors import OutputError
from api.intake import import_paths
from api.intake.read.lookahead import Lookahead
from api.output import CHECK_DISK, MAKE_SPACE, naming
from api.settings import Settings
from tests.conftest import AT, DOSSIERS, ROOT
from tests.postgres import Postgres
from tests.warm import warm_python

LIMIT = 40_000  # bytes; SQLite's index of its log takes 32,768
COMMAND = """
import resource, sys
if sys.argv.pop(1) == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from api.cli import main
main()
"""
FULL = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE 'could not extend file "base/1": No space left on device' USING ERRCODE = '53100',
    HINT = 'Check free disk space.';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON revision EXECUTE FUNCTION refuse();
"""


def run(settings: Settings, *arguments: str, limit: int | None = None) -> str:
    """Run a command whose files may have so many bytes; return what it says if it fails."""
    environment = {
        "MITHAQ_DATABASE_URL": settings.database_url,
        "MITHAQ_RELEASES": str(settings.releases_folder),
    }
    full = [] if limit is None else ["full", str(limit)]
    command = [*warm_python(), "-c", COMMAND, *(full or [""]), *arguments]
    done = subprocess.run(
        command, cwd="/", env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == (0 if limit is None else 1), done.stderr
    return done.stderr


@pytest.fixture
def apart(settings: Settings, tmp_path: Path) -> Settings:
    """A database with a folder of releases of its own."""
    return settings.model_copy(update={"releases": tmp_path / "releases"})


@pytest.mark.parametrize("command", ["backup", "release create", "export --output"])
def test_a_file_on_a_full_disk_is_named_and_not_left(
    apart: Settings, tmp_path: Path, command: str
) -> None:
    import_paths(DOSSIERS, partial(write, apart), AT)
    apart.releases_folder.mkdir()
    file = tmp_path / "new.db"
    if command == "release create":
        file = apart.releases_folder / "new.db"
    argument = "new" if command == "release create" else str(file)
    said = run(apart, *command.split(), argument, limit=LIMIT)
    assert said.count("\n") == 1
    assert "new.db cannot be written: " in said
    assert str(file.parent) in said
    assert said.endswith(f". {CHECK_DISK}\n")
    assert [path for path in tmp_path.rglob("*") if path != apart.releases_folder] == []
    run(apart, *command.split(), argument)
    assert file.stat().st_size > LIMIT


def test_an_import_on_a_full_disk_writes_nothing(
    settings: Settings, engine: str, postgres: Postgres
) -> None:
    example, name = str(ROOT / "tests" / "example"), settings.database_url.rpartition("/")[2]
    if engine == "postgresql":
        postgres.run_script(name, FULL)
        told = 'The database cannot be written: could not extend file "base/1": No space left on '
        told += f"device. {MAKE_SPACE}\n"
    else:
        told = f"The database {settings.sqlite_path} cannot be written: disk I/O error. "
        told += f"{CHECK_DISK}\n"
    assert run(settings, "import", example, limit=LIMIT) == told
    assert check_database(settings, print) == 0
    if engine == "postgresql":
        postgres.run_script(name, "DROP TRIGGER full_disk ON revision")
    run(settings, "import", example)
    assert check_database(settings, print) > 0


def test_a_full_disk_of_temporary_files_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    record: dict[str, Any] = {"record": "actor", "kind": "PERSON", "names": {"en": "A"}}
    lines = (json.dumps(record | {"key": f"a{number}"}) + "\n" for number in range(1_000))
    file.write_text("".join(lines))
    ahead = Lookahead(file)
    ahead.database.execute("PRAGMA max_page_count=5")
    with pytest.raises(OutputError) as told:
        ahead.build_index(0, 0)
    full = "cannot be written: database or disk is full"
    assert str(told.value) == f"The temporary index of {file} {full}. {MAKE_SPACE}"
    ahead.close()


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(KeyError), naming("x"):
        raise KeyError
