"""Runs migrations on the connection handed over, or on the database that the settings name."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.util import CommandError
from sqlalchemy import Connection, update
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from api.database.autogenerate import number_revision
from api.database.migrations import read_revision
from api.database.transactions import LOCK, write
from api.errors import MithaqError
from api.intake.write.rebuild import complete_migration
from api.model import METADATA, Compatibility
from api.model.columns import BY_CODE_POINT, JSON_TEXT
from api.settings import Settings, read_settings
from api.text.version import VERSION

FIRST_NOTED = "0035"  # the migration that makes the table of what is noted


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


def note_readers(*, ctx: MigrationContext, step: MigrationInfo, **_: Any) -> None:
    """Store the oldest version of the server that can read the schema after a step, up or down.

    That is the version of the newest migration up to there which did more than add.
    """
    (revision,) = step.destination_revision_ids or ("",)
    if revision < FIRST_NOTED:
        return
    while getattr((found := context.script.get_revision(revision)).module, "additive", False):
        revision = found.down_revision
    ctx.impl.execute(update(Compatibility).values(oldest_reader=revision))


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
        process_revision_directives=number_revision,
        on_version_apply=note_readers,
    )
    with context.begin_transaction():
        context.run_migrations()
        if read_revision(connection) == context.get_head_revision():
            complete_migration(connection)


# A database without records has nothing to index; the index of any other is not SQL's to make.
COMPLETE = (
    f"INSERT INTO search_version (version) SELECT {VERSION} "  # noqa: S608 — a number
    "WHERE NOT EXISTS (SELECT FROM record) AND NOT EXISTS (SELECT FROM search_version)"
)
MISSING = """
-- Where there are records, folded texts and the search index are missing still: `mithaq migrate`
-- makes them next, with the rights to read and write these tables.
"""


def write_script(settings: Settings) -> None:
    """Write the migrations as a script of SQL, without a connection: `alembic upgrade head --sql`.

    Raises:
        CommandError: the script is not for PostgreSQL.
    """
    if settings.sqlite_path is not None:
        message = "A script is for PostgreSQL: set MITHAQ_DATABASE_URL, which is not connected to."
        raise CommandError(message)
    context.configure(
        dialect_name="postgresql",
        dialect_opts={"paramstyle": "named"},  # in others a percent sign is written twice
        literal_binds=True,
        on_version_apply=note_readers,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.run_migrations()
        if context.get_revision_argument() == context.get_head_revision():
            context.execute(COMPLETE)
            context.get_context().impl.static_output(MISSING)


def run_by_hand() -> None:
    """Run the command of Alembic's that was given in a shell."""
    try:
        settings = read_settings()
        if context.is_offline_mode():
            write_script(settings)
        else:
            write(settings, run, foreign_keys=False)
    except MithaqError as error:
        raise CommandError(str(error)) from None


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    run_by_hand()
