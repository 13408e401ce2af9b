"""Migrations on both databases: up, no drift, down, up again; and two at once take turns."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from api.database.migrations import alembic_config, check_at_head, migrate, read_revision
from api.database.transactions import write
from api.intake import import_paths
from api.model import METADATA
from api.settings import Settings
from tests.conftest import AT, DOSSIERS, ROOT, NewDatabase
from tests.importing import EXAMPLE_SIZE, summarize
from tests.postgres import Postgres
from tests.structure import describe_tables
from tests.test_bulk import article, save
from tests.test_derived import check_counts
from tests.warm import warm_python

# What every revision has tables for; actions are younger, and go with a downgrade.
OLDEST = [path for path in DOSSIERS if path.name != "actions"]
HEAD = ScriptDirectory(ROOT / "migrations").get_current_head()


def run_alembic(settings: Settings, name: str, *arguments: str) -> None:
    config = alembic_config(settings)

    def run(connection: sa.Connection) -> None:
        config.attributes["connection"] = connection
        getattr(command, name)(config, *arguments)

    write(settings, run, foreign_keys=False)


def run_sql(settings: Settings, sql: str) -> None:
    write(settings, lambda connection: connection.execute(sa.text(sql)))


def list_tables(settings: Settings) -> set[str]:
    """List the tables; the index of words is the database's own."""
    names = write(settings, lambda connection: sa.inspect(connection).get_table_names())
    return {name for name in names if not name.startswith("search_index")}


def test_up_without_drift_down_and_up_makes_the_recorded_tables(
    new_database: NewDatabase, engine: str, *, accept: bool
) -> None:
    settings = new_database()
    assert migrate(settings) == (None, HEAD)
    run_alembic(settings, "check")
    assert list_tables(settings) == {*METADATA.tables, "alembic_version"}
    recorded = ROOT / "tests" / "schema" / f"tables.{engine}.txt"
    if accept:
        recorded.write_text(write(settings, describe_tables), "utf-8")
    assert write(settings, describe_tables) == recorded.read_text("utf-8"), (
        "Where that is meant, run `pytest tests/test_migrations.py --accept` and read the diff."
    )
    run_alembic(settings, "downgrade", "base")
    assert list_tables(settings) == {"alembic_version"}
    assert migrate(settings) == (None, HEAD)
    assert migrate(settings) == (HEAD, HEAD)
    assert write(settings, describe_tables) == recorded.read_text("utf-8")


# What a downgrade drops, and nothing else says.
LOST = re.compile(r"_anchored$|^place_name\.id$")
LOST_TABLES = {"milestone", "obligation"}


def dump(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Read every row of every table, but for what older revisions have no place for."""

    def read(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
        kept = {
            name: sa.select(*(column for column in table.c if not LOST.search(str(column))))
            for name, table in METADATA.tables.items()
            if name not in LOST_TABLES
        }
        return {
            name: sorted((tuple(row) for row in connection.execute(query)), key=repr)
            for name, query in kept.items()
        }

    return write(settings, read)


def test_tables_and_data_survive_the_way_to_every_revision_and_back(
    new_migrated: NewDatabase,
) -> None:
    settings = new_migrated()
    import_paths(OLDEST, lambda work: write(settings, work), AT)
    held, tables = dump(settings), write(settings, describe_tables)
    script = ScriptDirectory.from_config(alembic_config(settings))
    _, *older = [item.revision for item in script.walk_revisions()]
    passed: dict[str, str] = {}
    for revision in older:
        run_alembic(settings, "downgrade", revision)
        passed[revision] = write(settings, describe_tables)
    for revision in reversed(older):
        migrate(settings, revision)
        assert write(settings, describe_tables) == passed[revision], revision
    migrate(settings)
    run_alembic(settings, "check")
    assert dump(settings) == held
    assert write(settings, describe_tables) == tables


def test_homes_get_the_datasets_that_they_were_named_by(new_migrated: NewDatabase) -> None:
    settings = new_migrated()
    add = "INSERT INTO record (id, kind, key, dossier_id, revision_id) VALUES"
    run_alembic(settings, "downgrade", "0028")
    run_sql(settings, "INSERT INTO revision VALUES (1, '2026-01-30 12:00:00+00:00', 'me', 'test')")
    run_sql(settings, "INSERT INTO dossier VALUES (1, 'dataset:a'), (2, 'dataset:b'), (3, '/c')")
    run_sql(settings, f"{add} (1, 'DATASET', 'a', 1, 1), (2, 'PLACE', 'p', 2, 1)")
    migrate(settings)
    query = sa.text("SELECT name, source_kind, source_key FROM dossier ORDER BY id")
    assert write(settings, lambda connection: [*map(tuple, connection.execute(query))]) == [
        ("dataset:a", "DATASET", "a"),
        ("deleted dataset:b", None, None),
        ("/c", None, None),
    ]


def test_a_downgrade_puts_older_words_in_the_place_of_newer_ones(
    new_migrated: NewDatabase,
) -> None:
    settings = new_migrated()
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)
    run_sql(settings, "UPDATE actor SET kind = 'COURT' WHERE kind = 'GOVERNMENT_BODY'")
    run_sql(settings, "UPDATE participation SET role = 'WITNESS' WHERE role = 'HOST'")
    run_sql(settings, "UPDATE event_link SET relation = 'AMENDS'")
    run_alembic(settings, "downgrade", "0012")

    def count(connection: sa.Connection, where: str) -> int:
        return connection.scalar(sa.text(f"SELECT count(*) FROM {where}")) or 0

    assert write(settings, lambda item: count(item, "actor WHERE kind = 'GOVERNMENT_BODY'"))
    assert write(settings, lambda item: count(item, "participation WHERE role = 'THIRD_PARTY'"))
    assert not write(settings, lambda item: count(item, "event_link"))
    assert migrate(settings) == ("0012", HEAD)


def test_alembic_by_hand(new_migrated: NewDatabase, tmp_path: Path) -> None:
    settings = new_migrated()
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    shutil.copy(ROOT / "alembic.ini", tmp_path)

    def alembic(*arguments: str) -> str:
        command = [*warm_python(), "-m", "alembic", *arguments]
        environment = os.environ | {"MITHAQ_DATABASE_URL": settings.database_url}
        result = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        return result.stdout + result.stderr

    tables = write(settings, describe_tables)
    alembic("downgrade", "-1")
    assert write(settings, read_revision) == f"{int(HEAD or '') - 1:04}"
    alembic("upgrade", "head")
    assert write(settings, describe_tables) == tables
    run_sql(settings, "DROP TABLE agreement_aim")
    alembic("revision", "--autogenerate", "-m", "mend")
    number = int(HEAD or "") + 1
    assert (tmp_path / f"migrations/versions/{number:04}_mend.py").exists()
    alembic("upgrade", "head")
    alembic("check")
    assert write(settings, describe_tables) == tables


DELETING = """
from api.database.ddl import delete_kind

revision, down_revision = "9000", "{head}"


def upgrade():
    delete_kind("MEETING")


def downgrade():
    pass
"""


def test_a_kind_is_deleted_with_all_that_refers_to_it(
    seeded_copy: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = sa.text("SELECT kind, count(*) FROM record GROUP BY kind")
    claims = sa.text(
        "SELECT count(*) FROM claim JOIN record ON record.id = subject_id WHERE kind <> 'MEETING'"
    )

    def count_records(connection: sa.Connection) -> dict[str, int]:
        return {row[0]: row[1] for row in connection.execute(kinds)}

    before = write(seeded_copy, count_records)
    left = write(seeded_copy, lambda connection: connection.scalar(claims))
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    revision = tmp_path / "migrations" / "versions" / "9000_deleting.py"
    revision.write_text(DELETING.format(head=HEAD), "utf-8")
    shutil.copy(ROOT / "alembic.ini", tmp_path)
    monkeypatch.setenv("MITHAQ_DATABASE_URL", seeded_copy.database_url)
    command.upgrade(Config(tmp_path / "alembic.ini", stdout=StringIO()), "head")
    del before["MEETING"]
    assert write(seeded_copy, count_records) == before | {"CLAIM": left}
    write(seeded_copy, check_counts)
    dangling = sa.text("PRAGMA foreign_key_check")
    if seeded_copy.sqlite_path is not None:
        assert not write(seeded_copy, lambda connection: connection.execute(dangling).all())


@pytest.fixture
def seeded_copy(settings: Settings) -> Settings:
    """A database with the seed and the example, to be changed."""
    import_paths(DOSSIERS, lambda work: write(settings, work), AT)
    return settings


LOSING = """
from api.database.ddl import replace_check

revision, down_revision = "9000", "{head}"


def upgrade():
    replace_check("event_link", "ck_event_link_relation", None)
    replace_check("record", "ck_record_kind", "kind IN ('ARTICLE')")


def downgrade():
    pass
"""


def test_a_check_that_a_migration_lost_is_drift(
    new_migrated: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = new_migrated()
    tables = write(settings, describe_tables)
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    versions = tmp_path / "migrations" / "versions"
    (versions / "9000_lost.py").write_text(LOSING.format(head=HEAD), "utf-8")
    shutil.copy(ROOT / "alembic.ini", tmp_path)
    monkeypatch.setenv("MITHAQ_DATABASE_URL", settings.database_url)
    config = Config(tmp_path / "alembic.ini", stdout=StringIO())
    command.upgrade(config, "head")
    with pytest.raises(CommandError) as caught:
        command.check(config)
    assert "ck_event_link_relation" in str(caught.value)
    assert "ck_record_kind" in str(caught.value)
    assert "ck_actor_kind" not in str(caught.value)
    command.revision(config, "mend", autogenerate=True)
    assert (versions / "9001_mend.py").exists()
    command.upgrade(config, "head")
    command.check(config)
    if settings.sqlite_path:  # PostgreSQL keeps the conditions of older migrations as arrays
        assert write(settings, describe_tables) == tables


@pytest.fixture
def write_script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Write scripts by Alembic's commands, for a server that nobody could connect to."""
    monkeypatch.setenv("MITHAQ_DATABASE_URL", "postgresql://127.0.0.1:1/nowhere")

    def run(name: str, revisions: str) -> str:
        script = StringIO()
        config = Config(ROOT / "alembic.ini", output_buffer=script)
        getattr(command, name)(config, revisions, sql=True)
        return script.getvalue()

    return run


def test_a_script_makes_the_same_tables_without_a_connection(
    postgres: Postgres, new_postgres: NewDatabase, write_script: Callable[[str, str], str]
) -> None:
    ordinary = new_postgres()
    scripted = Settings(database_url=postgres.create_database("scripted"))
    postgres.run_script("scripted", write_script("upgrade", "head"))
    check_at_head(scripted)
    assert write(scripted, describe_tables) == write(ordinary, describe_tables)
    assert dump(scripted) == dump(ordinary)
    postgres.run_script("scripted", write_script("downgrade", f"{HEAD}:base"))
    assert list_tables(scripted) == {"alembic_version"}


def test_a_script_and_then_migrate_bring_data_from_older_revisions(
    postgres: Postgres, new_postgres: NewDatabase, write_script: Callable[[str, str], str]
) -> None:
    settings = new_postgres()
    name = settings.database_url.rpartition("/")[2]
    import_paths(OLDEST, lambda work: write(settings, work), AT)
    held, tables = dump(settings), write(settings, describe_tables)
    script = ScriptDirectory.from_config(alembic_config(settings))
    _, *older = [item.revision for item in script.walk_revisions()]
    for revision in [*older[::4], older[-1]]:
        run_alembic(settings, "downgrade", revision)
        postgres.run_script(name, write_script("upgrade", f"{revision}:head"))
        assert write(settings, describe_tables) == tables
        migrate(settings)
        assert dump(settings) == held


def test_a_script_is_for_postgresql() -> None:
    command = [*warm_python(), "-m", "alembic", "-c", f"{ROOT}/alembic.ini", "upgrade", "head"]
    told = subprocess.run([*command, "--sql"], capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert "A script is for PostgreSQL" in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


def test_rights_on_one_schema_are_enough(postgres: Postgres) -> None:
    url = postgres.create_database("narrow")
    owner = Settings(database_url=url)
    for statement in (
        "CREATE ROLE narrow LOGIN",
        "CREATE SCHEMA narrow AUTHORIZATION narrow",
        "ALTER ROLE narrow SET search_path = narrow",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    ):
        run_sql(owner, statement)
    settings = Settings(database_url=url.replace("//mithaq@", "//narrow@"))
    migrate(settings)
    run_alembic(settings, "check")
    example = ROOT / "tests" / "example"
    summary = import_paths([example], lambda work: write(settings, work))
    assert str(summary) == summarize(created=EXAMPLE_SIZE)


def test_two_at_once_take_turns(new_database: NewDatabase) -> None:
    settings = new_database()
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(migrate, [settings] * 3))
    assert sorted(before or "" for before, _ in results) == ["", HEAD, HEAD]
    assert write(settings, read_revision) == HEAD


def test_directions_of_languages_that_were_wrong_are_mended(new_database: NewDatabase) -> None:
    settings = new_database()
    migrate(settings, "0006")
    rtl, ltr = {"prs", "arb-SY"}, {"en", "prs-Latn", "prs-Latn-AF", "snd-IN"}
    for tag in rtl | ltr:
        run_sql(settings, f"INSERT INTO language VALUES ('{tag}', 'LTR')")
    migrate(settings)
    query = sa.text("SELECT tag FROM language WHERE direction = 'RTL'")
    assert set(write(settings, lambda c: c.scalars(query).all())) == rtl


def test_infinite_days_become_the_first_and_last_of_the_calendar(
    new_postgres: NewDatabase, tmp_path: Path
) -> None:
    settings = new_postgres()
    dated = save(tmp_path / "dated.jsonl", [article("dated") | {"published": "2001"}])
    import_paths([*DOSSIERS, dated], lambda work: write(settings, work), AT)
    run_alembic(settings, "downgrade", "0008")
    columns = [
        (table, f"{prefix}_{bound}", day)
        for table, prefix in (
            ("article", "published"),
            ("event", "date"),
            ("office", "since"),
            ("office", "until"),
            ("participation", "signed_on"),
        )
        for bound, day in (("earliest", "-infinity"), ("latest", "infinity"))
    ]
    for table, column, day in columns:
        run_sql(
            settings,
            f"UPDATE {table} SET {column} = '{day}' WHERE ctid = "
            f"(SELECT max(ctid) FROM {table} WHERE {column} IS NOT NULL)",
        )
    migrate(settings)
    for table, column, day in columns:
        query = sa.text(f"SELECT CAST({column} AS text) FROM {table}")
        held = write(settings, partial(sa.Connection.scalars, statement=query)).all()
        assert ("0001-01-01" if day == "-infinity" else "9999-12-31") in held
