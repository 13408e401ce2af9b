"""Releases: made from the past, served the same for ever, checked against their hashes."""

import asyncio
import json
import lzma
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import sqlalchemy as sa

from api import model as m
from api.app import Application
from api.database.sqlite import load_driver
from api.errors import DatabaseError, HistoryError, ReleaseError
from api.http.releases import cache_for_ever
from api.intake import import_paths
from api.intake.deletion import delete_records
from api.intake.forms.read_back import read_lines
from api.intake.history import find_revision
from api.intake.merging import run_merge
from api.intake.rows import table_of
from api.intake.unmerging import run_unmerge
from api.releases import (
    Release,
    at_file,
    delete_release,
    find_file,
    list_releases,
    verify_release,
)
from api.releasing import create_release
from api.settings import Settings
from tests.conftest import ROOT, NewDatabase
from tests.http.conftest import GRAPHQL, code_of, connect
from tests.transactions import read, write

AT = datetime(2026, 1, 30, 12, tzinfo=UTC)
PERSON = {"record": "actor", "key": "a", "kind": "PERSON", "names": {"en": "A"}}


@pytest.fixture
def settings(new_migrated: NewDatabase, tmp_path: Path) -> Settings:
    return prepare(new_migrated(), tmp_path)


@pytest.fixture(scope="module")
def released(
    new_migrated: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Release]]:
    """The releases `past` and `now` of such a database, to be copied, and their folder."""
    settings = prepare(new_migrated(), tmp_path_factory.mktemp("released"))
    releases = [create_release(settings, "past", "1"), create_release(settings, "now")]
    return settings.releases_folder, releases


def prepare(database: Settings, folder: Path) -> Settings:
    """Write two revisions and a deletion, and give the database a folder of releases."""
    settings = database.model_copy(update={"releases": folder / "releases"})
    revise(settings, folder, PERSON, {"record": "place", "key": "p", "names": {"en": "P"}})
    revise(settings, folder, PERSON | {"names": {"en": "B"}})
    delete_records(["place:p"], lambda work: write(settings, work), AT)
    return settings


def revise(settings: Settings, folder: Path, *records: dict[str, Any]) -> None:
    path = folder / "x.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    import_paths([path], lambda work: write(settings, work), AT)


def register(settings: Settings, *releases: Release) -> None:
    """Write the rows of releases whose files are there."""
    insert = sa.insert(table_of(m.Release)).values([release._asdict() for release in releases])
    write(settings, lambda connection: connection.execute(insert))


def export(settings: Settings) -> bytes:
    return read(settings, lambda connection: b"".join(read_lines(connection)))


def test_a_release_has_the_records_of_its_revision(settings: Settings) -> None:
    past = create_release(settings, "past", "1", "As it began.")
    now = create_release(settings, "now")
    assert (past.revision_id, past.records, past.note) == (1, 2, "As it began.")
    assert (now.revision_id, now.records, now.note) == (3, 1, None)
    files = [export(at_file(settings, find_file(settings, name))) for name in ("past", "now")]
    assert [sha256(lines).hexdigest() for lines in files] == [past.sha256, now.sha256]
    assert b'{"en":"A"}' in files[0]
    assert b'"place"' in files[0]
    assert files[1] == export(settings)
    assert read(settings, list_releases) == [past, now]
    assert read(settings, lambda connection: find_revision(connection, "past")) == 1
    assert sorted(path.name for path in settings.releases_folder.iterdir()) == [
        "now.db",
        "past.db",
    ]


def test_a_changed_file_is_noticed(settings: Settings) -> None:
    release = create_release(settings, "now")
    assert verify_release(settings, "now") == release
    path = find_file(settings, "now")
    path.chmod(0o644)
    connection = load_driver().connect(path)
    connection.execute("UPDATE actor SET wikidata_id = 'Q1'")
    connection.commit()
    connection.close()
    with pytest.raises(ReleaseError, match="The file of the release now was changed: its SHA-256"):
        verify_release(settings, "now")
    set_file_hash(settings, "now", None)
    with pytest.raises(ReleaseError, match="The file of the release now was changed: the SHA-256"):
        verify_release(settings, "now")
    path.unlink()
    with pytest.raises(DatabaseError, match="There is no database"):
        verify_release(settings, "now")


def test_each_changed_bit_of_a_file_is_noticed(settings: Settings) -> None:
    """Also in what the export does not have, such as indexes and free space."""
    create_release(settings, "now")
    path = find_file(settings, "now")
    path.chmod(0o644)
    made = path.read_bytes()
    for place in range(0, len(made), len(made) // 40):
        changed = bytearray(made)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        with pytest.raises(ReleaseError, match="The file of the release now was changed"):
            verify_release(settings, "now")
    path.write_bytes(made)
    verify_release(settings, "now")


def set_file_hash(settings: Settings, name: str, value: str | None) -> None:
    table = table_of(m.Release)
    query = sa.update(table).where(table.c.name == name).values(file_sha256=value)
    write(settings, lambda connection: connection.execute(query))


def test_a_deleted_release_is_gone(settings: Settings) -> None:
    create_release(settings, "now")
    delete_release(settings, "now")
    assert not [*settings.releases_folder.iterdir(), *read(settings, list_releases)]
    for act in (delete_release, verify_release):
        with pytest.raises(ReleaseError, match="There is no release now: `mithaq release list`"):
            act(settings, "now")
    create_release(settings, "now")


def test_what_cannot_be_released_is_said(settings: Settings) -> None:
    create_release(settings, "taken", "1")
    refused: list[tuple[str, str | None, type[Exception], str]] = [
        ("x", "0", ReleaseError, "there is nothing to release"),
        ("x", "2020-01-01", ReleaseError, "there is nothing to release"),
        ("x", "9", HistoryError, "There is no revision 9"),
        ("taken", None, ReleaseError, "There is a release taken already"),
    ]
    names = ("12", "2026-01-31", "../x", "", ".x", "a b", "a/b", "a\n", "x" * 101)
    refused += [(name, None, ReleaseError, "cannot name a release: write") for name in names]
    for name, at, kind, message in refused:
        with pytest.raises(kind, match=message):
            create_release(settings, name, at)
    assert [path.name for path in settings.releases_folder.iterdir()] == ["taken.db"]


def test_files_are_beside_the_database() -> None:
    assert Settings(database_url="sqlite:////a/b.db").releases_folder == Path("/a/releases")
    assert Settings(database_url="postgresql://x/y").releases_folder == Path("var/releases")


def test_two_releases_of_a_revision_are_answered_alike(settings: Settings) -> None:
    create_release(settings, "a")
    create_release(settings, "b")
    query = sa.text('SELECT id, kind, "key" FROM record')
    first, second = (
        read(at_file(settings, find_file(settings, name)), lambda c: list(c.execute(query)))
        for name in ("a", "b")
    )
    assert first == second


@pytest_asyncio.fixture
async def client(
    settings: Settings, released: tuple[Path, list[Release]]
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a server with the releases `past` and `now`."""
    folder, releases = released
    shutil.copytree(folder, settings.releases_folder)
    await asyncio.to_thread(register, settings, *releases)
    app = Application(settings)
    async with app.lifespan(), connect(app) as client:
        yield client


async def test_a_release_is_served(client: httpx.AsyncClient) -> None:
    asked = {"query": "{ actors { nodes { name } } places { totalCount } }"}
    answers = {
        name: (await client.post(f"{path}/graphql", json=asked)).json()["data"]
        for name, path in (("past", "/releases/past"), ("now", "/releases/now"), ("head", ""))
    }
    assert answers["past"]["places"]["totalCount"] == 1
    assert answers["past"] != answers["now"] == answers["head"]
    response = await client.get("/releases/past/graphql", params=asked)
    assert response.json()["data"] == answers["past"]
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = await client.get(
        "/releases/past/graphql",
        params=asked,
        headers={"if-none-match": response.headers["etag"]},
    )
    assert again.status_code == 304
    assert again.headers["cache-control"] == response.headers["cache-control"]
    table = await client.get("/releases/past/export/places.csv", params={"columns": "key"})
    assert len(table.text.splitlines()) == 1 + answers["past"]["places"]["totalCount"]
    assert table.headers["cache-control"] == response.headers["cache-control"]
    page = await client.get("/releases/past/graphql", headers={"accept": "text/html"})
    assert "Mithaq" in page.text


async def test_a_release_has_the_pages_of_its_records(client: httpx.AsyncClient) -> None:
    client.headers.update({"accept": "text/html"})
    places = [
        re.search("<h1>Places <span[^>]*>(.)", (await client.get(f"{root}/places?lang=en")).text)
        for root in ("/releases/past", "")
    ]
    past, now = (found and found[1] for found in places)
    assert (past, past != now) == ("1", True)
    html = (await client.get("/releases/past/places?lang=en")).text
    links = set(re.findall(r'(?:href|action)="(/[^"?]*)', html))
    assert links - {"/places", "/releases"} == {
        link for link in links if link.startswith(("/releases/past/", "/static/"))
    }
    (place,) = [link for link in links if "/place/" in link]
    assert "in the release past" in (await client.get(place, params={"lang": "en"})).text
    releases = (await client.get("/releases?page=/places&lang=en")).text
    assert 'href="/releases/past/places?lang=en"' in releases
    home = await client.get("/releases/past", follow_redirects=True)
    assert home.status_code == 200
    for missing in ("/releases/past/place/none", "/releases/none/places"):
        assert (await client.get(missing)).status_code == 404


async def test_a_cached_list_of_releases_is_never_stale(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    """Also if one is made again within the second, which is as exact as its time."""

    async def ask(query: str, etag: str = "") -> httpx.Response:
        headers = {"if-none-match": etag}
        return await client.get("/graphql", params={"query": query}, headers=headers)

    query = '{ releases { name note } release(name: "now") { name note } }'
    other = "{ places { totalCount } }"
    etags = [(await ask(query)).headers["etag"]]
    unchanged = (await ask(other)).headers["etag"]
    for change in (
        lambda: delete_release(settings, "now"),
        lambda: create_release(settings, "now"),
        lambda: delete_release(settings, "now"),
        lambda: create_release(settings, "now", note="Again."),
        lambda: create_release(settings, "next"),
    ):
        await asyncio.to_thread(change)
        response = await ask(query, etags[-1])
        assert response.status_code == 200
        etags.append(response.headers["etag"])
        assert (await ask(query, etags[-1])).status_code == 304
        assert (await ask(other, unchanged)).status_code == 304


async def test_a_merged_actor_leads_to_where_it_led_then(
    settings: Settings, tmp_path: Path
) -> None:
    def prepare() -> None:
        people = [PERSON | {"key": key} for key in "bc"]
        revise(settings, tmp_path, *people)
        for old, new in ("ab", "bc"):
            run_merge(old, new, lambda work: write(settings, work))
        run_unmerge("b", lambda work: write(settings, work))
        for number in range(4, 8):
            create_release(settings, f"at-{number}", str(number))

    await asyncio.to_thread(prepare)
    app = Application(settings)
    asked = {"query": '{ actor(key: "a") { id } node(id: "actor:a") { id } }'}
    found = []
    async with app.lifespan(), connect(app) as client:
        for path in (*(f"/releases/at-{number}" for number in range(4, 8)), ""):
            data = (await client.post(f"{path}/graphql", json=asked)).json()["data"]
            assert data["actor"] == data["node"]
            found.append(data["actor"]["id"].removeprefix("actor:"))
    assert found == ["a", "b", "c", "b", "b"]


async def test_a_release_answers_queries_only(client: httpx.AsyncClient) -> None:
    for query in (
        "mutation { deleteRecords(ids: []) { revision { number } } }",
        "subscription { changes { id } }",
    ):
        for accept in (GRAPHQL, "text/event-stream"):
            response = await client.post(
                "/releases/past/graphql", json={"query": query}, headers={"accept": accept}
            )
            assert "OPERATION_NOT_SUPPORTED" in response.text
            assert "A release never changes" in response.text


async def test_what_is_not_released_is_not_found(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    asked = {"query": "{ __typename }"}
    assert (await client.post("/releases/now/graphql", json=asked)).status_code == 200
    await asyncio.to_thread(delete_release, settings, "now")
    for name in ("now", "other", "%00", "x" * 300):
        response = await client.post(f"/releases/{name}/graphql", json=asked)
        assert response.status_code == 404
        assert code_of(response) == "NOT_FOUND"


async def test_few_releases_stay_open(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.releases.MAX_OPEN", 1)
    asked = {"query": "{ actors { totalCount } }"}
    for name in ("past", "now", "past"):
        response = await client.post(f"/releases/{name}/graphql", json=asked)
        assert response.json() == {"data": {"actors": {"totalCount": 1}}}


async def test_an_older_release_is_migrated_on_a_copy(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    path = find_file(settings, "past")
    path.chmod(0o644)
    connection = load_driver().connect(path)
    connection.execute("UPDATE search_version SET version = 0")
    connection.execute("DELETE FROM search_index")
    connection.commit()
    connection.close()
    old = path.read_bytes()
    asked = {"query": '{ search(text: "A") { totalCount } }'}
    for _ in range(2):
        response = await client.post("/releases/past/graphql", json=asked)
        assert response.json() == {"data": {"search": {"totalCount": 1}}}
    assert path.read_bytes() == old
    (copy,) = (settings.releases_folder / "migrated").iterdir()
    assert copy.name.startswith("past-")
    await asyncio.to_thread(set_file_hash, settings, "past", sha256(old).hexdigest())
    await asyncio.to_thread(verify_release, settings, "past")
    await asyncio.to_thread(delete_release, settings, "past")
    assert not copy.exists()


async def test_a_release_of_an_older_version_is_answered_as_it_was(settings: Settings) -> None:
    """`releases/0019.db.xz` was made of the example at migration 0019, and asked there."""
    made = ROOT / "tests" / "releases" / "0019.db.xz"
    recorded = json.loads((made.parent / "0019.json").read_text("utf-8"))
    release = Release("old", 1, AT, recorded["records"], recorded["sha256"], None, None)
    file = find_file(settings, release.name)
    file.parent.mkdir()
    file.write_bytes(lzma.decompress(made.read_bytes()))
    content = file.read_bytes()

    await asyncio.to_thread(register, settings, release)
    app = Application(settings)
    async with app.lifespan(), connect(app) as client:
        for query, answer in recorded["answers"].items():
            response = await client.post("/releases/old/graphql", json={"query": query})
            assert response.text == answer, query
    assert await asyncio.to_thread(verify_release, settings, "old") == release
    assert file.read_bytes() == content


async def test_a_changed_release_is_not_served(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    path = find_file(settings, "past")
    path.chmod(0o644)
    connection = load_driver().connect(path)
    connection.execute("UPDATE search_version SET version = 0")
    connection.execute("UPDATE actor SET wikidata_id = 'Q1'")
    connection.commit()
    connection.close()
    response = await client.post("/releases/past/graphql", json={"query": "{ __typename }"})
    assert response.status_code == 503
    assert code_of(response) == "UNAVAILABLE"


def test_only_open_releases_are_for_shared_caches() -> None:
    headers = [cache_for_ever(Settings(access=access)) for access in ("open", "keys")]
    assert [value.partition(b",")[0] for _, value in headers] == [b"public", b"private"]
