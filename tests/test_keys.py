"""Keys: what they open and what they do not, on both databases; and that no secret is ever told."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import httpx
import pytest
import pytest_asyncio
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from api.access.keyring import FRESH, STALE, Keyring
from api.access.keys import Key, Token
from api.access.last_used import LastUsed
from api.access.register import (
    KEYS,
    Entry,
    add_key,
    list_keys,
    parse_expiry,
    revoke_key,
    write_last_used,
)
from api.access.scopes import KeyScope
from api.answer import Answerer
from api.cli import app
from api.database import CompiledQuery, Database, open_database
from api.database.migrations import migrate
from api.database.transactions import write_aside
from api.errors import ApiKeyError, DatabaseError, DatabaseUnavailable, SettingsError
from api.http.access import Access
from api.http.errors import RequestError
from api.http.graphql import GraphQLEndpoint
from api.settings import Settings, read_settings
from tests.conftest import AT, ROOT, NewDatabase
from tests.http.conftest import connect
from tests.transactions import write
from tests.warm import warm_python
from tests.wrapping import Wrapped

Result = TypeVar("Result")
TYPENAME = {"query": "{ __typename }"}
READ = [KeyScope.READ]


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Counted(Wrapped):
    """A database that counts what it is asked, and may fail."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.asked = 0
        self.broken = False
        self.delay = 0.0

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        self.asked += 1
        await asyncio.sleep(self.delay)
        if self.broken:
            raise DatabaseUnavailable("OVERLOADED", "Too much to do.", 5)
        return await super().fetch(statement, values, revision)


@dataclass
class Server:
    """A database with keys, and a server of it."""

    settings: Settings
    database: Counted
    clock: Clock
    keyring: Keyring
    uses: LastUsed
    answerer: Answerer = field(repr=False)

    async def write(self, work: Callable[[sa.Connection], Result]) -> Result:
        return await asyncio.to_thread(write_aside, self.settings, work)

    async def key(self, name: str, *scopes: KeyScope, expires: datetime | None = None) -> str:
        work = partial(add_key, name=name, scopes=scopes or READ, now=AT, expires_at=expires)
        return await self.write(work)

    async def list(self) -> list[Entry]:
        return await self.write(list_keys)

    def access(self, mode: str = "keys", **settings: Any) -> Access:
        return Access(self.keyring, self.uses, Settings(access=mode, **settings))  # type: ignore[arg-type]

    def client(self, mode: str = "keys", **settings: Any) -> httpx.AsyncClient:
        access = self.access(mode, **settings)
        return connect(GraphQLEndpoint(self.answerer, Settings(), access=access))


@pytest.fixture(scope="module")
def migrated(new_migrated: NewDatabase) -> Settings:
    return new_migrated()


@pytest_asyncio.fixture
async def server(migrated: Settings, answerer: Answerer) -> AsyncIterator[Server]:
    settings = migrated
    database = Counted(await open_database(settings))
    clock = Clock()
    uses = LastUsed(partial(write_aside, settings))
    server = Server(settings, database, clock, Keyring(database, clock), uses, answerer)
    yield server
    await uses.close()
    await server.write(lambda connection: connection.execute(sa.delete(KEYS)))
    await database.close()


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def code_of(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    assert error["message"].endswith(".")
    assert response.headers["content-type"].startswith("application/json")
    return str(error["extensions"]["code"])


# What a key is.


@given(st.binary())
def test_only_keys_are_read_as_keys(text: bytes) -> None:
    assert Token.parse(text) is None


def test_a_key_is_written_and_read() -> None:
    token = Token.make()
    assert Token.parse(token.format().encode()) == token
    assert token.secret not in repr(token)
    assert token.secret not in token.digest()
    assert len(bytes.fromhex(token.secret)) * 8 >= 128


def test_a_key_fits_its_own_token_alone() -> None:
    token, other = Token.make(), Token.make()
    key = Key(token.id, "me", token.digest(), frozenset(), None)
    assert key.fits(token)
    assert not key.fits(Token(token.id, other.secret))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("90d", AT + timedelta(days=90)),
        ("2030-12-31", datetime(2031, 1, 1, tzinfo=UTC)),
    ],
)
def test_when_a_key_expires(text: str, end: datetime) -> None:
    assert parse_expiry(text, AT) == end


@pytest.mark.parametrize("text", ["", "d", "soon", "-1d", "90", "2030-13-01", "9" * 20 + "d"])
def test_what_is_no_expiry_is_refused(text: str) -> None:
    with pytest.raises(ApiKeyError, match=r"`90d`.*`2030-12-31`"):
        parse_expiry(text, AT)


# The register.


async def test_nothing_that_opens_anything_is_stored(server: Server) -> None:
    key = await server.key("ann", KeyScope.METRICS, KeyScope.READ)
    secret = key.rpartition("_")[2]
    (row,) = await server.write(lambda connection: connection.execute(sa.select(KEYS)).all())
    assert secret not in repr(row)
    (entry,) = await server.list()
    assert (entry.name, entry.scopes, entry.used_at) == ("ann", "metrics read", None)
    assert key.split("_")[1] not in repr(entry)


async def test_a_key_is_listed_with_the_second_of_its_creation(server: Server) -> None:
    await server.write(
        partial(add_key, name="ann", scopes=READ, now=AT.replace(microsecond=999_999))
    )
    (entry,) = await server.list()
    assert entry.created_at.replace(tzinfo=UTC) == AT


async def test_every_key_is_read_with_its_scopes_and_expiry(server: Server) -> None:
    async def read() -> dict[str, Key]:
        server.clock.now += STALE + 1
        await server.keyring.find(Token.make().format().encode())
        return server.keyring.keys

    assert await read() == {}
    later = AT + timedelta(days=1)
    texts = [
        await server.key("ann", KeyScope.READ, KeyScope.METRICS, expires=later),
        await server.key("bob"),
    ]
    keys = await read()
    tokens = [token for text in texts if (token := Token.parse(text.encode()))]
    assert [keys[token.id].fits(token) for token in tokens] == [True, True]
    assert [(keys[token.id].scopes, keys[token.id].expires) for token in tokens] == [
        (frozenset({"read", "metrics"}), later.timestamp()),
        (frozenset({"read"}), None),
    ]


async def test_a_cancelled_reading_of_keys_is_no_error(server: Server) -> None:
    reported: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: reported.append(context))
    server.database.delay = 60
    finding = asyncio.create_task(server.keyring.find(Token.make().format().encode()))
    await asyncio.sleep(0)
    assert server.keyring.reading is not None
    server.keyring.reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await finding
    await asyncio.sleep(0)
    loop.set_exception_handler(None)
    assert reported == []


@pytest.mark.parametrize("name", ["", " ann", "a\nb", "a" * 101])
async def test_a_name_that_cannot_be_shown_is_refused(server: Server, name: str) -> None:
    with pytest.raises(ApiKeyError, match="printable"):
        await server.key(name)


async def test_a_name_is_one_key_s_until_it_is_revoked(server: Server) -> None:
    first = await server.key("ann")
    with pytest.raises(ApiKeyError, match="'ann' exists already"):
        await server.key("ann")
    await server.write(partial(revoke_key, name="ann"))
    assert await server.key("ann") != first
    with pytest.raises(ApiKeyError, match="No key is named 'bob'"):
        await server.write(partial(revoke_key, name="bob"))


async def test_a_key_that_would_have_expired_is_refused(server: Server) -> None:
    with pytest.raises(ApiKeyError, match="expiry is in the past"):
        await server.key("ann", expires=AT)


async def test_a_later_use_is_never_overwritten(server: Server) -> None:
    id_ = (await server.key("ann")).split("_")[1]
    for at in (AT, AT + timedelta(hours=1), AT):
        await server.write(partial(write_last_used, uses={id_: at, "gone": at}))
    (entry,) = await server.list()
    assert entry.used_at is not None
    assert entry.used_at.replace(tzinfo=UTC) == AT + timedelta(hours=1)


def test_keys_wait_for_no_import_longer_than_they_are_told(new_migrated: NewDatabase) -> None:
    settings = new_migrated()

    def make() -> str | None:
        work = partial(add_key, name="ann", scopes=READ, now=AT)
        try:
            return write_aside(settings, work, wait=0.01)
        except DatabaseError:
            return None

    with ThreadPoolExecutor() as pool:
        made = write(settings, lambda _: pool.submit(make).result())
    assert (made is None) == (settings.sqlite_path is not None)  # which has one writer


# Who is let in.


async def test_a_key_opens_what_is_closed(server: Server) -> None:
    async with server.client() as client:
        response = await client.post("/", json=TYPENAME, headers=bearer(await server.key("ann")))
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (None, "Bearer"),
        ("", "Bearer"),
        ("Basic YTpi", "Bearer"),
        ("Bearer", 'Bearer error="invalid_token"'),
        ("Bearer x", 'Bearer error="invalid_token"'),
        (f"bearer {Token('0' * 12, '0' * 48).format()}", 'Bearer error="invalid_token"'),
    ],
)
async def test_who_shows_no_valid_key_stays_outside(
    server: Server, header: str | None, said: str
) -> None:
    headers = {} if header is None else {"authorization": header}
    async with server.client() as client:
        response = await client.post("/", json=TYPENAME, headers=headers)
    assert response.status_code == 401
    assert code_of(response) == "UNAUTHENTICATED"
    assert response.headers["www-authenticate"] == said


QUESTIONS: list[dict[str, Any]] = [
    {"method": "POST", "json": TYPENAME},
    {"method": "POST", "json": {"query": "{ __schema { types { name } } }"}},
    {"method": "POST", "json": {"query": "{ nothing }"}},
    {"method": "POST", "json": {"query": "{"}},
    {"method": "POST", "content": b"\xff" * 2_000_000},
    {"method": "POST", "json": TYPENAME, "headers": {"accept": "text/css"}},
    {"method": "POST", "json": TYPENAME, "headers": {"accept-language": "ar"}},
    {"method": "GET"},
    {"method": "GET", "params": TYPENAME},
    {"method": "PUT"},
]


@pytest.mark.parametrize("scope", [None, KeyScope.METRICS])
async def test_who_may_not_ask_learns_nothing_from_the_answer(
    server: Server, scope: KeyScope | None
) -> None:
    headers = {} if scope is None else bearer(await server.key("prometheus", scope))
    answers = set()
    async with server.client() as client:
        for question in QUESTIONS:
            sent = question | {"headers": question.get("headers", {}) | headers, "url": "/"}
            response = await client.request(**sent)
            assert response.status_code == (401 if scope is None else 403)
            code_of(response)
            answers.add((response.content, tuple(response.headers.items())))
    assert len(answers) == 1


async def test_a_key_is_for_its_scopes(server: Server) -> None:
    headers = {b"authorization": b"Bearer " + (await server.key("ann")).encode()}
    access = server.access()
    assert await access.require(headers, KeyScope.READ)
    with pytest.raises(RequestError, match="lacks the scope `metrics`") as refused:
        await access.require(headers, KeyScope.METRICS)
    assert (refused.value.status, refused.value.code) == (403, "FORBIDDEN")
    assert refused.value.headers == [
        (b"www-authenticate", b'Bearer error="insufficient_scope", scope="metrics"')
    ]
    assert await server.access("open").require(headers, KeyScope.METRICS)


@pytest.mark.parametrize("header", [None, "Basic YTpi"])
async def test_where_reading_is_open_no_key_is_needed(server: Server, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}
    async with server.client("open") as client:
        response = await client.post("/", json=TYPENAME, headers=headers)
    assert response.status_code == 200
    assert server.database.asked == 0


async def test_where_reading_is_open_a_wrong_key_is_told_so(server: Server) -> None:
    key = await server.key("ann")
    async with server.client("open") as client:
        wrong = await client.post("/", json=TYPENAME, headers=bearer(Token.make().format()))
        right = await client.post("/", json=TYPENAME, headers=bearer(key))
    assert (wrong.status_code, right.status_code) == (401, 200)


async def test_a_key_opens_nothing_once_it_has_expired(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = AT + timedelta(days=1)
    headers = {b"authorization": b"Bearer " + (await server.key("ann", expires=end)).encode()}
    access = server.access()
    monkeypatch.setattr("api.http.access.time", lambda: end.timestamp() - 1)
    assert await access.require(headers, KeyScope.READ)
    monkeypatch.setattr("api.http.access.time", end.timestamp)
    with pytest.raises(RequestError, match="has expired"):
        await access.require(headers, KeyScope.READ)


async def test_keys_that_cannot_be_read_are_no_fault_of_who_shows_one(server: Server) -> None:
    key = await server.key("ann")
    server.database.broken = True
    async with server.client() as client:
        response = await client.post("/", json=TYPENAME, headers=bearer(key))
    assert (response.status_code, code_of(response)) == (503, "OVERLOADED")
    assert response.headers["retry-after"] == "5"


# The keys that a running server knows.


async def test_a_revoked_key_is_refused_within_five_seconds_by_every_server(server: Server) -> None:
    key = (await server.key("ann")).encode()
    rings = [server.keyring, Keyring(server.database, server.clock)]
    assert all([await ring.find(key) for ring in rings])
    await server.write(partial(revoke_key, name="ann"))
    server.clock.now += STALE + 0.001
    assert not any([await ring.find(key) for ring in rings])
    assert STALE <= 5


async def test_a_key_that_is_new_is_known_within_a_second(server: Server) -> None:
    assert await server.keyring.find((await server.key("ann")).encode())
    new = (await server.key("bob")).encode()
    server.clock.now += FRESH + 0.001
    assert await server.keyring.find(new)


async def test_made_up_keys_do_not_reach_the_database(server: Server) -> None:
    for text in [b"", b"x", b"mithaq_", *(Token.make().format().encode() for _ in range(100))]:
        assert await server.keyring.find(text) is None
    assert server.database.asked == 1


async def test_who_has_a_known_key_does_not_wait_for_the_database(server: Server) -> None:
    key = (await server.key("ann")).encode()
    assert await server.keyring.find(key)
    server.database.broken = True
    server.clock.now += STALE
    assert await server.keyring.find(key)
    server.clock.now += 0.001
    with pytest.raises(DatabaseUnavailable):
        await server.keyring.find(key)
    server.database.broken = False
    assert await server.keyring.find(key)


async def test_many_at_once_read_the_keys_once(server: Server) -> None:
    key = (await server.key("ann")).encode()
    found = await asyncio.gather(*(server.keyring.find(key) for _ in range(50)))
    assert all(found)
    assert server.database.asked == 1


# Their last use.


async def used(server: Server) -> bool:
    (entry,) = await server.list()
    return entry.used_at is not None


async def test_the_last_use_is_written_when_the_server_stops(server: Server) -> None:
    server.uses.record((await server.key("ann")).split("_")[1])
    server.uses.record("gone")
    assert not await used(server)
    await server.uses.close()
    assert await used(server)


async def test_the_last_use_is_written_once_for_many() -> None:
    written: list[Callable[..., None]] = []
    uses = LastUsed(written.append, interval=0)
    for _ in range(10):
        uses.record("id")
    assert uses.task is not None
    await uses.task
    assert len(written) == 1
    await uses.close()
    assert len(written) == 1


async def test_a_use_that_could_not_be_written_is_written_later(server: Server) -> None:
    outcomes: list[Callable[..., None]] = [fail, partial(write_aside, server.settings)]

    def write_or_fail(work: Callable[[sa.Connection], None]) -> None:
        outcomes.pop(0)(work)

    uses = LastUsed(write_or_fail, interval=0)
    uses.record((await server.key("ann")).split("_")[1])
    assert uses.task is not None
    await uses.task
    assert not await used(server)
    await uses.close()
    assert await used(server)


def fail(_: object) -> None:
    raise DatabaseError("It is being written.")


async def test_a_request_notes_its_key(server: Server) -> None:
    async with server.client() as client:
        await client.post("/", json=TYPENAME, headers=bearer(await server.key("ann")))
    await server.uses.close()
    assert await used(server)


# The command.


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["key", *arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_the_command_makes_lists_and_revokes(
    new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = new_database()
    monkeypatch.setenv("MITHAQ_DATABASE_URL", settings.database_url)
    with pytest.raises(DatabaseError, match="`mithaq migrate`"):
        run("list")
    migrate(settings)
    key = run("create", "سلام [b]", "--scope", "read", "--scope", "metrics", "--expires", "90d")
    token = Token.parse(key.strip().encode())
    assert token is not None
    run("create", "eve", "--scope", "admin", code=2)
    listed = run("list")
    assert "سلام [b]" in listed
    assert "metrics read" in listed
    assert token.secret not in listed
    assert run("revoke", "سلام [b]") == "سلام [b] is revoked.\n"
    assert "سلام" not in run("list")


# Secrets.

SECRET = "pa55w0rd"
URLS = [
    f"postgresql://me:{SECRET}@127.0.0.1:1/mithaq",
    f"postgresql://me:{SECRET}@127.0.0.1:99999/mithaq",
    f"postgresql://me:{SECRET}@nowhere.invalid/mithaq",
    f"postgresql://127.0.0.1:1/mithaq?password={SECRET}&nonsense=1",
    f"postgresql://me:{SECRET}@127.0.0.1:1/mithaq?sslmode=nonsense",
    f"postgresql://me:x/{SECRET}@127.0.0.1:1/mithaq",
    f"postgresql://me:x:{SECRET}@127.0.0.1:1/mithaq",
    f"postgresql://me:x@{SECRET}@127.0.0.1:1/mithaq",
    f"postgresql://me:{SECRET}@127.0.0.1:port/mithaq",
    f"mysql://me:{SECRET}@127.0.0.1:1/mithaq",
]
COMMANDS = [["migrate"], ["serve"], ["import", "seeds"], ["key", "list"]]


@pytest.mark.parametrize("url", URLS)
def test_no_message_tells_the_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_DATABASE_URL", url)
    for command in COMMANDS:
        with pytest.raises((DatabaseError, SettingsError), match="DATABASE_URL") as told:
            CliRunner().invoke(app, command, catch_exceptions=False)
        assert SECRET not in f"{told.value!r}"


@pytest.mark.parametrize(
    "command", [f"-m alembic -c {ROOT}/alembic.ini upgrade head", "-m api.cli"]
)
def test_no_process_prints_the_password(command: str) -> None:
    result = subprocess.run(
        [*warm_python(), *command.split()],
        env=os.environ | {"MITHAQ_DATABASE_URL": URLS[0]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert SECRET not in result.stdout + result.stderr


def test_settings_are_shown_without_the_database_s_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_DATABASE_URL", URLS[0])
    assert SECRET not in repr(read_settings())


@pytest.mark.parametrize(
    "url",
    [
        "postgres://me@there/mine",
        "postgresql:///mine?host=/run/postgresql",
        "postgresql://me:a%2Fb%40c%25@[::1]:5432/mine?sslmode=require",
        "postgresql://there",
    ],
)
def test_what_asyncpg_reads_is_accepted(url: str) -> None:
    plain = Settings(database_url=url).database_url
    assert plain == url.replace("postgres://", "postgresql://")


async def test_no_log_and_no_answer_repeats_a_key(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="api")
    keys = [
        await server.key("ann"),
        await server.key("eve", KeyScope.METRICS),
        Token.make().format(),
    ]
    async with server.client() as client:
        answers = [await client.post("/", json=TYPENAME, headers=bearer(key)) for key in keys]
    assert [answer.status_code for answer in answers] == [200, 403, 401]
    for key, answer in zip(keys, answers, strict=True):
        secret = key.rpartition("_")[2]
        assert secret not in answer.text + repr(answer.headers)
        assert secret not in caplog.text
