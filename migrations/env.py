"""Runs migrations on the connection handed over, or on the database that the settings name."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from api.database.revisions import read_revision
from api.database.transactions import write
from api.intake.rebuild import complete_migration
from api.model import METADATA
from api.model.columns import BY_CODE_POINT, JSON_TEXT
from api.settings import read_settings


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Write types by names that a generated file knows, so that it runs as it is."""
    del autogen
    if kind == "type" and item in (JSON_TEXT, BY_CODE_POINT):
        return "JSON_TEXT" if item is JSON_TEXT else "BY_CODE_POINT"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave the index of words alone: migrations alone know how each database spells it."""
    del kind, parents
    return not (name or "").startswith("search_index")


def run(connection: Connection) -> None:
    """Run the migrations on a connection that holds the writers' lock."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        include_name=include_name,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if read_revision(connection) == context.get_head_revision():
            complete_migration(connection)


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    write(read_settings(), run, foreign_keys=False)
