"""Writers that meet, on either database: they take turns, and what stops them is told as it is."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.answer import Answerer
from api.database import CompiledQuery, open_database
from api.database.migrations import migrate
from api.database.sqlite import SQLite, load_driver
from api.database.transactions import read, write, write_aside, writing
from api.database.writer import WriteThread
from api.errors import DatabaseError, DatabaseUnavailable
from api.intake.rows import insert_rows, table_of
from api.model import Language
from api.settings import Settings
from api.statements import MAX_WAITING
from tests.conftest import NewDatabase
from tests.postgres import Postgres


def count_countries(connection: sa.Connection) -> int:
    return len(connection.execute(sa.text("SELECT code FROM country")).all())


def test_a_locked_database_is_no_fault_of_the_url(settings: Settings) -> None:
    def meet() -> None:
        with pytest.raises(DatabaseError, match="lock") as told:
            write_aside(settings, count_countries, wait=0.01)
        assert "MITHAQ_DATABASE_URL" not in str(told.value)

    def hold(connection: sa.Connection) -> None:
        if connection.dialect.name == "postgresql":  # SQLite is locked where a writer begins
            connection.execute(sa.text("LOCK TABLE country"))
        pool.submit(meet).result()

    with ThreadPoolExecutor() as pool:  # PostgreSQL's transactions have an event loop each
        write(settings, hold)


@pytest.mark.parametrize("doing", ["SELECT code FROM country", "INSERT INTO country VALUES (1)"])
def test_a_new_database_is_opened_while_another_has_it(tmp_path: Path, doing: str) -> None:
    path = tmp_path / "mithaq.db"
    other = load_driver().connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE country (code text)")
    other.execute("BEGIN")
    other.execute(doing).fetchall()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(write, Settings(database_url=f"sqlite:///{path}"), count_countries)
        with pytest.raises(TimeoutError):
            waiting.result(0.2)
        other.execute("COMMIT")
        assert waiting.result() == doing.startswith("INSERT")
    other.close()


def test_rows_that_wait_to_be_inserted_are_there_when_they_are_read(settings: Settings) -> None:
    language = table_of(Language)
    tags = sa.select(language.c.tag).where(language.c.tag.in_(["qaa", "qab", "qac"]))

    def insert(connection: sa.Connection) -> None:
        insert_rows(connection, language, [{"tag": "qaa", "direction": "LTR"}])
        assert connection.scalars(tags).all() == ["qaa"]
        insert_rows(connection, language, [{"tag": "qab", "direction": "LTR"}])

    def fail(connection: sa.Connection) -> None:
        insert_rows(connection, language, [{"tag": "qac", "direction": "LTR"}])
        raise EOFError

    with writing(settings) as run:
        with pytest.raises(EOFError):
            run(fail)
        run(insert)
        assert sorted(run(lambda connection: connection.scalars(tags).all())) == ["qaa", "qab"]


def test_as_many_rows_as_are_given_are_inserted_however_many_wait(settings: Settings) -> None:
    language = table_of(Language)
    given = [f"x-{number}" for number in range(3 * MAX_WAITING)]

    def insert(connection: sa.Connection) -> None:
        for tag in given:
            insert_rows(connection, language, [{"tag": tag, "direction": "LTR"}])

    tags = sa.select(language.c.tag).where(language.c.tag.startswith("x-"))
    with writing(settings) as run:
        run(insert)
        assert set(run(lambda connection: connection.scalars(tags).all())) == set(given)


def test_writers_enforce_foreign_keys(settings: Settings) -> None:
    statement = sa.text("INSERT INTO place_within (inner_id, outer_id) VALUES (1, 1)")
    with writing(settings) as run, pytest.raises(sa.exc.IntegrityError):
        run(lambda connection: connection.execute(statement))


async def test_what_a_mutation_wrote_outlasts_power_loss(settings: Settings) -> None:
    def read_durability(connection: sa.Connection) -> str:
        if connection.dialect.name == "sqlite":  # 2 is FULL: each commit syncs the log
            return str(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
        source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"
        return str(connection.exec_driver_sql(source).scalar_one())

    thread = WriteThread(settings)
    found = await thread.run(read_durability)
    await thread.close()
    assert found in {"2", "command line"}, "PostgreSQL's setting is the server's own"


def test_a_writer_of_sqlite_waits_ten_minutes_for_another(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/mithaq.db")
    timeout = sa.text("PRAGMA busy_timeout")
    assert write(settings, lambda connection: connection.scalar(timeout)) == 600_000


async def test_a_file_in_the_place_of_sqlite_s_is_neither_read_nor_written(
    new_sqlite: NewDatabase, tmp_path: Path
) -> None:
    """What is written to the file that is open would be lost."""
    settings = new_sqlite()
    assert settings.sqlite_path
    database, thread = await open_database(settings), WriteThread(settings)
    assert isinstance(database, SQLite)
    statement = CompiledQuery(sa.select(sa.literal_column("'read'")), database.dialect)
    await thread.run(count_countries)
    settings.sqlite_path.rename(tmp_path / "old.db")
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable, match="was replaced or is missing"):
            await thread.run(count_countries)
        with pytest.raises(DatabaseUnavailable, match="was replaced or is missing"):
            await database.readers.fetch(statement, [])
        shutil.copyfile(tmp_path / "old.db", settings.sqlite_path)
    assert await database.fetch(statement, []) == b"read"
    await thread.close()
    await database.close()


def test_sqlite_keeps_a_log_so_that_readers_wait_for_no_writer(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/mithaq.db")
    write(settings, lambda connection: connection.execute(sa.text("CREATE TABLE t (i integer)")))
    mode = sa.text("PRAGMA journal_mode")
    assert read(settings, lambda connection: connection.scalar(mode)) == "wal"


def test_a_key_is_not_written_to_a_database_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "mithaq.db"
    with pytest.raises(DatabaseError, match="`mithaq migrate` creates it"):
        write_aside(Settings(database_url=f"sqlite:///{path}"), count_countries)
    assert not path.exists()


def test_a_file_that_is_no_database_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("api.database.transactions.sleep")
    path = tmp_path / "mithaq.db"
    path.write_text("This is no database, but a text of some length." * 99)
    with pytest.raises(DatabaseError, match="not a database"):
        write(Settings(database_url=f"sqlite:///{path}"), count_countries)


def test_many_open_a_new_database_at_once(new_database: NewDatabase) -> None:
    def add(settings: Settings) -> None:
        write(settings, lambda c: c.execute(sa.text("CREATE TABLE IF NOT EXISTS t (i integer)")))

    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            list(pool.map(add, [new_database()] * 8))


@pytest.mark.parametrize(
    "address", ["mithaq@{}/nowhere", "stranger@{}/postgres", "mithaq@{}/postgres?sslmode=maybe"]
)
def test_a_url_that_leads_nowhere_is_the_fault(postgres: Postgres, address: str) -> None:
    url = "postgresql://" + address.format(f"127.0.0.1:{postgres.port}")
    with pytest.raises(DatabaseError, match=r"Is MITHAQ_DATABASE_URL right\?$"):
        write(Settings(database_url=url), count_countries)


@pytest.mark.parametrize("seconds", [None, 1.0])  # in the event loop and in a thread, on SQLite
async def test_what_serves_cannot_write(answerer: Answerer, seconds: float | None) -> None:
    statement = CompiledQuery(sa.select(sa.literal(1)), answerer.database.dialect)
    statement.sql, statement.seconds = "DELETE FROM country RETURNING code", seconds
    with pytest.raises(Exception, match=r"read-?only"):
        await answerer.database.fetch(statement, [])


@pytest.mark.parametrize("name", ["what?.db", "a#b.db", "a%20b.db", "ميثاق.db", "a b&mode=rw.db"])
async def test_a_database_s_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    settings = Settings(database_url=f"sqlite:///{path}")
    with ThreadPoolExecutor() as pool:
        pool.submit(migrate, settings).result()
    database = await open_database(settings)
    await database.close()
    assert {item.name.removeprefix(name) for item in tmp_path.iterdir()} <= {"", "-shm", "-wal"}
