"""A database that a newer version migrates while servers of this one go on."""

import asyncio
import shutil
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.database.migrations import check_at_head, migrate
from api.database.transactions import write
from api.errors import DatabaseError
from api.settings import Settings
from tests.cluster import COUNT, WRITE
from tests.conftest import AT, ROOT
from tests.ops.serving import serving_here
from tests.ops.test_health import READY, ask
from tests.test_inputs import actor
from tests.test_migrations import HEAD

ADDING = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9000", "{head}"
additive = True


def upgrade():
    op.add_column("actor", sa.Column("motto", sa.String()))


def downgrade():
    op.drop_column("actor", "motto")
"""
CHANGING = """
from alembic import op

revision, down_revision = "9001", "9000"


def upgrade():
    op.alter_column("actor", "motto", new_column_name="maxim")


def downgrade():
    op.alter_column("actor", "maxim", new_column_name="motto")
"""


@pytest.fixture
def newer(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Return the migrations of a version that has two more, for the database of `settings`."""
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    shutil.copy(ROOT / "alembic.ini", tmp_path)
    versions = tmp_path / "migrations" / "versions"
    (versions / "9000_adding.py").write_text(ADDING.format(head=HEAD), "utf-8")
    (versions / "9001_changing.py").write_text(CHANGING, "utf-8")
    monkeypatch.setenv("MITHAQ_DATABASE_URL", settings.database_url)
    return Config(tmp_path / "alembic.ini", stdout=StringIO())


async def test_a_server_reads_what_a_newer_version_has_added_to(
    settings: Settings, newer: Config
) -> None:
    work = partial(add_key, name="me", scopes=(KeyScope.WRITE,), now=AT)
    key = await asyncio.to_thread(write, settings, work)
    async with serving_here(settings) as client:

        async def send(name: str) -> tuple[int, str | None]:
            """Write an actor; return the status, and the error's code."""
            body = {"query": WRITE, "variables": {"records": [actor(name)]}}
            headers = {"authorization": f"Bearer {key}"}
            response = await client.post("/graphql", json=body, headers=headers)
            errors = response.json().get("errors", [])
            return response.status_code, errors[0]["extensions"]["code"] if errors else None

        async def count() -> int:
            answer = (await client.post("/graphql", json={"query": COUNT})).json()
            return int(answer["data"]["actors"]["totalCount"])

        assert await send("first") == (200, None)
        await asyncio.to_thread(command.upgrade, newer, "9000")
        assert await ask(client) == READY
        assert await send("second") == (503, "DATABASE_NOT_AT_HEAD")
        assert await count() == 1
        await asyncio.to_thread(check_at_head, settings, reads_only=True)
        with pytest.raises(DatabaseError, match=r"at 9000, not .*: install the version"):
            await asyncio.to_thread(check_at_head, settings)

        await asyncio.to_thread(command.upgrade, newer, "9001")
        status, told = await ask(client)
        assert (status, told["code"]) == (503, "DATABASE_NOT_AT_HEAD")
        assert "install the version" in told["reason"]
        with pytest.raises(DatabaseError, match=r"at 9001, not .*: install the version"):
            await asyncio.to_thread(check_at_head, settings, reads_only=True)
        with pytest.raises(DatabaseError, match=r"at 9001, not .*: install the version"):
            await asyncio.to_thread(migrate, settings)

        await asyncio.to_thread(command.downgrade, newer, HEAD or "")
        assert await ask(client) == READY
        assert await send("second") == (200, None)
        assert await count() == 2
