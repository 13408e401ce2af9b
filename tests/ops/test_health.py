"""Health: what an orchestrator is told, and that it changes as the database comes and goes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import httpx
import pytest
import sqlalchemy as sa

from api.database.migrations import find_head, migrate
from api.database.transactions import read
from api.errors import DatabaseError
from api.model import Meeting
from api.settings import Settings
from tests.conftest import NewDatabase
from tests.ops.serving import serving_here
from tests.postgres import Postgres

READY = (200, {"status": "ready"})


async def ask(client: httpx.AsyncClient, path: str = "/health/ready") -> tuple[int, dict[str, str]]:
    response = await client.get(path)
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, response.json()


async def test_a_server_lives_and_is_ready(seeded: Settings) -> None:
    async with serving_here(seeded) as client:
        assert await ask(client, "/health/live") == (200, {"status": "live"})
        assert await ask(client) == READY


async def test_a_migration_is_noticed(settings: Settings) -> None:
    async with serving_here(settings) as client:
        await write_revision(settings, "0001")
        status, told = await ask(client)
        assert (status, told["code"]) == (503, "DATABASE_NOT_AT_HEAD")
        assert "0001" in told["reason"]
        await write_revision(settings, find_head(settings))
        assert await ask(client) == READY
        assert (await ask(client, "/health/live"))[0] == 200


async def test_a_search_index_of_another_version_is_noticed(settings: Settings) -> None:
    async with serving_here(settings) as client:
        for statement in ("UPDATE search_version SET version = 0", "DELETE FROM search_version"):
            await run_statement(settings, statement)
            status, told = await ask(client)
            assert (status, told["code"]) == (503, "DATABASE_NOT_AT_HEAD")
            assert "mithaq migrate" in told["reason"]
        await asyncio.to_thread(migrate, settings)
        assert await ask(client) == READY


async def test_a_missing_column_is_told_to_requests_probes_and_commands(settings: Settings) -> None:
    async with serving_here(settings) as client:
        await run_statement(settings, "ALTER TABLE meeting RENAME COLUMN format TO form")
        response = await client.post(
            "/graphql", json={"query": "{ meetings { nodes { format } } }"}
        )
        (error,) = response.json()["errors"]
        assert response.status_code == 503
        assert error["extensions"] == {"code": "DATABASE_NOT_AT_HEAD"}
        with pytest.raises(DatabaseError, match=r"form.* run `mithaq migrate`"):
            await asyncio.to_thread(read, settings, lambda c: c.execute(sa.select(Meeting)))
        await run_statement(settings, "ALTER TABLE meeting RENAME COLUMN form TO format")
        assert (
            await client.post("/graphql", json={"query": "{ meetings { nodes { format } } }"})
        ).is_success
        await run_statement(settings, "ALTER TABLE search_version RENAME TO other")
        status, told = await ask(client)
        assert (status, told["code"]) == (503, "DATABASE_NOT_AT_HEAD")


async def write_revision(settings: Settings, revision: str) -> None:
    await run_statement(settings, f"UPDATE alembic_version SET version_num = '{revision}'")


async def run_statement(settings: Settings, statement: str) -> None:
    if settings.sqlite_path is None:
        connection = await asyncpg.connect(settings.database_url)
        await connection.execute(statement)
        await connection.close()
        return
    from api.database.sqlite import load_driver

    connection = load_driver().connect(str(settings.sqlite_path))
    connection.execute(statement)
    connection.commit()
    connection.close()


async def test_a_database_that_goes_and_comes_back(settings: Settings, postgres: Postgres) -> None:
    async with serving_here(settings) as client:
        back = await take_away(settings, postgres)
        status, told = await ask(client)
        assert (status, told["code"]) == (503, "DATABASE_UNREACHABLE")
        assert "@" not in told["reason"]
        await back()
        assert await ask(client) == READY


async def take_away(settings: Settings, postgres: Postgres) -> Callable[[], Awaitable[None]]:
    """Take a database away; give what brings it back."""
    if (path := settings.sqlite_path) is not None:
        path.rename(path.with_suffix(".gone"))

        async def put_back() -> None:
            path.with_suffix(".gone").rename(path)

        return put_back
    name = settings.database_url.rpartition("/")[2]

    async def allow(allowed: str) -> None:
        admin = await asyncpg.connect(postgres.url("postgres"))
        await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
        await admin.fetch(ended, name)
        await admin.close()

    await allow("false")
    return lambda: allow("true")


async def test_another_file_in_the_database_s_place_is_noticed(
    new_sqlite: NewDatabase, tmp_path: Path
) -> None:
    settings, other = new_sqlite(), new_sqlite()
    assert settings.sqlite_path
    assert other.sqlite_path
    async with serving_here(settings) as client:
        settings.sqlite_path.rename(tmp_path / "old.db")
        other.sqlite_path.rename(settings.sqlite_path)
        status, told = await ask(client)
        assert (status, told["code"]) == (503, "DATABASE_REPLACED")


@pytest.fixture
def outdated(new_database: NewDatabase) -> Settings:
    settings = new_database()
    migrate(settings, "0001")
    return settings


async def test_a_server_does_not_start_on_an_older_database(outdated: Settings) -> None:
    with pytest.raises(DatabaseError, match=r"at 0001.*`mithaq migrate`"):
        async with serving_here(outdated):
            pass
