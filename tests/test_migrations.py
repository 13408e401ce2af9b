"""Migrations on both databases: up, no drift, down, up again; and two at once take turns."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from alembic import command

from api.database.revisions import alembic_config, migrate, read_revision
from api.database.transactions import write
from api.model import METADATA
from api.settings import Settings
from tests.conftest import NewDatabase


def run_alembic(settings: Settings, name: str, *arguments: str) -> None:
    config = alembic_config(settings)

    def run(connection: sa.Connection) -> None:
        config.attributes["connection"] = connection
        getattr(command, name)(config, *arguments)

    write(settings, run, foreign_keys=False)


def list_tables(settings: Settings) -> set[str]:
    return write(settings, lambda connection: set(sa.inspect(connection).get_table_names()))


def test_up_without_drift_down_and_up(new_database: NewDatabase) -> None:
    settings = new_database()
    assert migrate(settings) == (None, "0001")
    run_alembic(settings, "check")
    assert list_tables(settings) == {*METADATA.tables, "alembic_version"}
    run_alembic(settings, "downgrade", "base")
    assert list_tables(settings) == {"alembic_version"}
    assert migrate(settings) == (None, "0001")
    assert migrate(settings) == ("0001", "0001")


def test_two_at_once_take_turns(new_database: NewDatabase) -> None:
    settings = new_database()
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(migrate, [settings] * 3))
    assert sorted(before or "" for before, _ in results) == ["", "0001", "0001"]
    assert write(settings, read_revision) == "0001"
