"""Fixtures: two databases, made by the migrations and filled by an import, read by every test.

Tests that write make databases of their own; nothing is created but through the migrations.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio
from hypothesis.configuration import set_hypothesis_home_dir

from api.answer import Answerer
from api.database import open_database
from api.database.migrations import migrate
from api.intake import import_paths
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Settings
from tests.postgres import Postgres, running_postgres
from tests.transactions import release, write

# How long an example takes is the machine's affair: no test fails by the clock.
hypothesis.settings.register_profile("mithaq", deadline=None)
hypothesis.settings.load_profile("mithaq")
ROOT = Path(__file__).parents[1]
DOSSIERS = [ROOT / "seeds", ROOT / "tests" / "example", ROOT / "tests" / "actions"]
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ENGINES = ("sqlite", "postgresql")
NUMBERS = count(1)  # of databases: a worker may come back to an engine
NewDatabase = Callable[[], Settings]

# Tests make hundreds of thousands of small files, which disks are slow at: they are in memory where
# there is enough of it.
MEMORY, ENOUGH = Path("/dev/shm"), 8 << 30
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH:
    tempfile.tempdir = os.environ["TMPDIR"] = str(MEMORY)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="Record the cases' answers and SQL anew."
    )


gc.disable()  # what is imported and collected is no garbage


def pytest_collection_finish() -> None:
    gc.freeze()  # of a full collection of garbage, the tests themselves are the largest part
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run where no `.env` is, with no settings in the environment: the tests give their own."""
    set_hypothesis_home_dir(ROOT / ".hypothesis")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("apart"))
        for name in [name for name in os.environ if name.upper().startswith("MITHAQ_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server
        release()


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def new_database(
    engine: str, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> NewDatabase:
    """Make an empty database of the engine under test."""

    def make() -> Settings:
        if engine == "sqlite":
            path = tmp_path_factory.mktemp("database") / "mithaq.db"
            return Settings(database_url=f"sqlite:///{path}")
        return Settings(database_url=postgres.create_database(f"test_{next(NUMBERS)}"))

    return make


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Make an SQLite database at head: a copy of one that was migrated, which is faster."""
    template = tmp_path_factory.mktemp("template") / "mithaq.db"
    migrate(Settings(database_url=f"sqlite:///{template}"))

    def make() -> Settings:
        path = tmp_path_factory.mktemp("migrated") / "mithaq.db"
        shutil.copyfile(template, path)
        return Settings(database_url=f"sqlite:///{path}")

    return make


@pytest.fixture(scope="session")
def new_postgres(postgres: Postgres) -> NewDatabase:
    """Make a PostgreSQL database at head: a copy, too."""
    migrate(Settings(database_url=postgres.create_database("template")))

    def make() -> Settings:
        name = f"test_{next(NUMBERS)}"
        return Settings(database_url=postgres.create_database(name, template="template"))

    return make


@pytest.fixture(scope="session")
def new_migrated(engine: str, request: pytest.FixtureRequest) -> NewDatabase:
    """Make a database at head, of the engine under test."""
    make: NewDatabase = request.getfixturevalue(
        "new_sqlite" if engine == "sqlite" else "new_postgres"
    )
    return make


@pytest.fixture
def settings(new_migrated: NewDatabase) -> Settings:
    """An empty database at head."""
    return new_migrated()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example, to be edited."""
    shutil.copytree(ROOT / "tests" / "example", tmp_path / "example")
    return tmp_path / "example"


@pytest.fixture(scope="session")
def seeded(new_migrated: NewDatabase) -> Settings:
    """A database with the seed and the example, which tests only read."""
    settings = new_migrated()
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)
    return settings


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def answerer(seeded: Settings) -> AsyncIterator[Answerer]:
    database = await open_database(seeded)
    yield Answerer(build_catalog(SCHEMA), database)
    await database.close()


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    accepted: bool = request.config.getoption("--accept")
    return accepted
