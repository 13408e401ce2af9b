"""The feed of changes and the history of records, after a few revisions."""

import json
from asyncio import TaskGroup, create_task, sleep, timeout, to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import pytest_asyncio
import sqlalchemy as sa
from graphql import parse, validate
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from api import model as m
from api.answer import Answerer
from api.backup import back_up, restore
from api.database import open_database
from api.database.transactions import writing
from api.intake.deletion import delete_records
from api.intake.rows import table_of
from api.model.kinds import RecordKind
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Limits, Settings
from tests.conftest import AT, DOSSIERS, ROOT, NewDatabase
from tests.importing import run, write_lines
from tests.operations import Writer
from tests.oracle import DOCUMENT, World
from tests.transactions import write

CHANGE = DOCUMENT.type_map["Change"]
WORLD = World(DOSSIERS)
PLACES = [{"record": "place", "key": key, "names": {"en": key}} for key in ("aleppo", "homs")]


@pytest.fixture
def revised(settings: Settings, tmp_path: Path) -> Settings:
    """Four revisions: two places; one of them renamed; the other deleted; this one again."""
    run(settings, write_lines(tmp_path, *PLACES))
    run(settings, write_lines(tmp_path, PLACES[0] | {"names": {"en": "Haleb"}}))
    delete(settings, "place:homs")
    run(settings, write_lines(tmp_path, PLACES[1]))
    return settings


def delete(settings: Settings, *ids: str) -> None:
    delete_records(ids, lambda work: write(settings, work))


@pytest_asyncio.fixture
async def followed(revised: Settings) -> AsyncIterator[Answerer]:
    database = await open_database(revised)
    yield Answerer(build_catalog(SCHEMA), database)
    await database.close()


async def ask(answerer: Answerer, document: str) -> Any:
    answer = await answerer.answer(GraphQLRequest(document))
    assert answer.code is None, answer.json
    return json.loads(answer.json)["data"]


FEED = [
    "change:1:place:aleppo CREATED",
    "change:1:place:homs CREATED",
    "change:2:place:aleppo UPDATED",
    "change:3:place:homs DELETED",
    "change:4:place:homs CREATED",
]


@pytest.mark.parametrize("size", [1, 2, 5])
async def test_changes_are_paged_in_the_order_of_commits(followed: Answerer, size: int) -> None:
    seen, after = [], "null"
    more = True
    while more:
        page = f"changes(first: {size}, after: {after})"
        fields = "nodes { id action } pageInfo { hasNextPage endCursor }"
        given = (await ask(followed, f"{{ {page} {{ {fields} }} }}"))["changes"]
        seen += [f"{node['id']} {node['action']}" for node in given["nodes"]]
        more, after = given["pageInfo"]["hasNextPage"], f'"{given["pageInfo"]["endCursor"]}"'
    assert seen == FEED


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ('record: "place:aleppo"', [1, 2]),
        ('record: "place:homs"', [1, 3, 4]),
        ('record: "place:nowhere"', []),
        ("kinds: [PLACE]", [1, 1, 2, 3, 4]),
        ("kinds: [ACTOR, MEETING]", []),
        ("kinds: []", []),
        ('kinds: [ACTOR], record: "place:homs"', []),
    ],
)
async def test_changes_are_of_kinds_or_of_a_record(
    followed: Answerer, arguments: str, wanted: list[int]
) -> None:
    document = f"{{ changes({arguments}) {{ totalCount nodes {{ revision {{ number }} }} }} }}"
    given = (await ask(followed, document))["changes"]
    assert [node["revision"]["number"] for node in given["nodes"]] == wanted
    assert given["totalCount"] == len(wanted)


async def test_a_history_begins_with_the_newest_change(followed: Answerer) -> None:
    document = """{ places { nodes { id history(first: 2) {
      totalCount nodes { action revision { number } } pageInfo { hasNextPage endCursor } } } } }"""
    aleppo, homs = [node["history"] for node in (await ask(followed, document))["places"]["nodes"]]
    aleppo, homs = sorted([aleppo, homs], key=lambda history: history["totalCount"])
    assert [node["action"] for node in aleppo["nodes"]] == ["UPDATED", "CREATED"]
    assert not aleppo["pageInfo"]["hasNextPage"]
    assert [node["revision"]["number"] for node in homs["nodes"]] == [4, 3]
    cursor = homs["pageInfo"]["endCursor"]
    document = f"""{{ node(id: "place:homs") {{ history(after: "{cursor}") {{
      nodes {{ id }} }} }} }}"""
    rest = (await ask(followed, document))["node"]["history"]["nodes"]
    assert rest == [{"id": "change:1:place:homs"}]


async def test_a_change_leads_to_the_record_as_it_is_now(
    followed: Answerer, settings: Settings
) -> None:
    await to_thread(delete, settings, "place:homs")
    document = "{ changes { nodes { node { ... on Place { name } } } } }"
    nodes = (await ask(followed, document))["changes"]["nodes"]
    assert [node["node"] and node["node"]["name"] for node in nodes] == [
        "Haleb",
        None,
        "Haleb",
        None,
        None,
        None,
    ]


async def test_a_revision_has_its_own_changes(followed: Answerer) -> None:
    document = """{ revision(number: 1) { number changes(first: 1) { totalCount nodes { id }
      pageInfo { hasNextPage endCursor } } } none: revision(number: -1) { number } }"""
    given = await ask(followed, document)
    assert given["none"] is None
    page = given["revision"]["changes"]
    assert page["totalCount"] == 2
    assert page["nodes"] == [{"id": "change:1:place:aleppo"}]
    document = f"""{{ revision(number: 1) {{
      changes(after: "{page["pageInfo"]["endCursor"]}") {{ nodes {{ id }} }} }} }}"""
    rest = await ask(followed, document)
    assert rest["revision"]["changes"]["nodes"] == [{"id": "change:1:place:homs"}]


async def test_a_change_has_the_lines_before_and_after(followed: Answerer) -> None:
    data = await ask(followed, "{ changes { nodes { before after } } }")
    haleb = PLACES[0] | {"names": {"en": "Haleb"}}
    aleppo, homs = (line(place) for place in PLACES)
    assert [(node["before"], node["after"]) for node in data["changes"]["nodes"]] == [
        (None, aleppo),
        (None, homs),
        (aleppo, line(haleb)),
        (homs, None),
        (None, homs),
    ]


def line(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":"))


async def test_releases_are_listed_newest_first(followed: Answerer, revised: Settings) -> None:
    rows = [
        {"name": name, "revision_id": at, "at": AT, "records": at, "sha256": "0a", "note": note}
        for name, at, note in (("2025-1", 2, None), ("2025-2", 4, 'The "last".'))
    ]

    def insert(connection: sa.Connection) -> None:
        connection.execute(sa.insert(table_of(m.Release)), rows)

    await to_thread(write, revised, insert)
    fields = "name revision { number } createdAt records sha256 note"
    document = f"""{{ releases {{ {fields} }} release(name: "2025-2") {{ {fields} }}
      none: release(name: "2024") {{ name }} }}"""
    given = await ask(followed, document)
    newest = {
        "name": "2025-2",
        "revision": {"number": 4},
        "createdAt": f"{AT:%Y-%m-%dT%H:%M:%SZ}",
        "records": 4,
        "sha256": "0a",
        "note": 'The "last".',
    }
    assert given["release"] == given["releases"][0] == newest
    assert [release["name"] for release in given["releases"]] == ["2025-2", "2025-1"]
    assert given["none"] is None


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("revision:0", FEED),
        ("revision:1", FEED[2:]),
        ("change:1:place:aleppo", FEED[1:]),
        ("change:3:place:homs", FEED[4:]),
        ("change:3:meeting:x", FEED[3:]),
        ("revision:4", []),
    ],
)
async def test_a_place_is_a_change_or_the_end_of_a_revision(
    followed: Answerer, place: str, wanted: list[str]
) -> None:
    fields = "nodes { id action } pageInfo { hasPreviousPage }"
    pages = (f'{way}: changes({way}: "{place}") {{ {fields} }}' for way in ("after", "before"))
    document = f"{{ {' '.join(pages)} }}"
    given = await ask(followed, document)
    after, before = (
        [f"{node['id']} {node['action']}" for node in given[way]["nodes"]]
        for way in ("after", "before")
    )
    assert after == wanted
    assert before + after == [item for item in FEED if item in before or item in after]
    assert given["after"]["pageInfo"]["hasPreviousPage"] == (len(wanted) < len(FEED))


@pytest.mark.parametrize("place", ["revision:2147483647", "revision:-1", "revision:", "change:1:x"])
async def test_what_is_no_place_is_refused(followed: Answerer, place: str) -> None:
    for document in (
        "{ changes(after: $after) { nodes { id } } }",
        "{ changes(after: $after) { id } }",
    ):
        kind = "query" if "nodes" in document else "subscription"
        request = GraphQLRequest(f"{kind} ($after: String) {document}", variables={"after": place})
        answers = [answer async for answer in followed.stream(request)]
        assert [answer.code for answer in answers] == ["BAD_CURSOR"]


@pytest.mark.parametrize("place", ["revision:5", "revision:2147483646", "change:5:place:homs"])
async def test_a_place_in_the_future_is_refused(followed: Answerer, place: str) -> None:
    """It is of another database, or of this one before it was restored from a backup."""
    for document in (
        "query ($after: String) { changes(after: $after) { nodes { id } } }",
        f'query {{ changes(after: "{place}") {{ nodes {{ id before }} }} }}',
        "subscription ($after: String) { changes(after: $after) { id } }",
        f'subscription {{ changes(after: "{place}") {{ id }} }}',
    ):
        for with_cost in (False, True):
            request = GraphQLRequest(document, variables={"after": place}, with_cost=with_cost)
            answers = [answer async for answer in followed.stream(request)]
            assert [answer.code for answer in answers] == ["BAD_CURSOR"]
            (error,) = json.loads(answers[0].json)["errors"]
            assert f"the database does not have revision {place.split(':')[1]}" in error[
                "message"
            ].replace(",", "")
            assert error["path"] == ["changes"]


# Subscriptions.


class Follower:
    """A subscription that is read one event at a time."""

    def __init__(self, answerer: Answerer, arguments: str = "", fields: str = "id action") -> None:
        document = f"subscription {{ changes{arguments} {{ {fields} }} }}"
        self.answers = answerer.stream(GraphQLRequest(document))
        self.cursor: str | None = None

    async def read(self, count: int) -> list[str]:
        """Read so many events; each is due at once."""
        seen = []
        async with timeout(60):
            for _ in range(count):
                answer = await anext(self.answers)
                assert answer.code is None, answer.json
                self.cursor = answer.cursor
                change = json.loads(answer.json)["data"]["changes"]
                seen.append(f"{change['id']} {change['action']}")
        return seen


@pytest.mark.parametrize("size", [1, 2, 100])
async def test_a_subscription_goes_on_with_what_is_written(
    revised: Settings, tmp_path: Path, size: int
) -> None:
    database = await open_database(revised)
    answerer = Answerer(build_catalog(SCHEMA), database, Limits(max_page=size))
    begun = Follower(answerer, '(after: "revision:0")')
    assert await begun.read(5) == FEED
    now, places = Follower(answerer), Follower(answerer, "(kinds: [PLACE])")
    waiting = [create_task(item.read(1)) for item in (begun, now, places)]
    await sleep(0.3)
    await to_thread(
        run,
        revised,
        write_lines(
            tmp_path, {"record": "actor", "key": "a", "kind": "PERSON", "names": {"en": "A"}}
        ),
    )
    assert await waiting[0] == await waiting[1] == ["change:5:actor:a CREATED"]
    assert not waiting[2].done()
    await to_thread(delete, revised, "place:homs")
    assert await waiting[2] == ["change:6:place:homs DELETED"]
    assert await begun.read(1) == await now.read(1) == ["change:6:place:homs DELETED"]
    again = Follower(answerer, f'(after: "{places.cursor}", kinds: [PLACE])')
    waiting = [create_task(again.read(1))]
    await to_thread(delete, revised, "place:aleppo")
    assert await waiting[0] == ["change:7:place:aleppo DELETED"]
    for item in (begun, now, places, again):
        await item.answers.aclose()
    answerer.watch.close()
    await database.close()


async def test_an_event_has_the_bytes_of_the_selection(followed: Answerer) -> None:
    history = "history(first: 2) { edges { cursor } }"
    fields = (
        f"a: action record before after node {{ __typename ... on Place {{ name {history} }} }}"
    )
    follower = followed.stream(
        GraphQLRequest(f'subscription {{ all: changes(after: "revision:1") {{ {fields} }} }}')
    )
    event = json.loads((await anext(follower)).json)["data"]
    asked = f'{{ changes(after: "revision:1", first: 1) {{ nodes {{ {fields} }} }} }}'
    assert [event["all"]] == (await ask(followed, asked))["changes"]["nodes"]
    await follower.aclose()


@pytest.mark.parametrize(
    ("last_event_id", "arguments", "cursor"),
    [
        ("", "", "revision:4"),
        ("", '(after: "revision:1")', "revision:1"),
        ("change:3:place:homs", '(after: "revision:1")', "change:3:place:homs"),
        ("revision:2", "", "revision:2"),
    ],
)
async def test_an_event_stream_goes_on_after_the_last_event_of_its_client(
    followed: Answerer, last_event_id: str, arguments: str, cursor: str
) -> None:
    document = f"subscription {{ changes{arguments} {{ id action }} }}"
    events = followed.stream(GraphQLRequest(document, last_event_id=last_event_id))
    first = await anext(events)
    assert (first.json, first.cursor) == (b"", cursor)
    if cursor != "revision:4":
        data = json.loads((await anext(events)).json)["data"]["changes"]
        wanted = await ask(
            followed, f'{{ changes(after: "{cursor}") {{ nodes {{ id action }} }} }}'
        )
        assert data == wanted["changes"]["nodes"][0]
    await events.aclose()


async def test_a_last_event_id_that_is_no_cursor_is_refused(followed: Answerer) -> None:
    request = GraphQLRequest("subscription { changes { id } }", last_event_id="7")
    assert [answer.code async for answer in followed.stream(request)] == ["BAD_CURSOR"]


async def test_a_subscription_needs_a_transport_of_its_own(followed: Answerer) -> None:
    answer = await followed.answer(GraphQLRequest("subscription { changes { id } }"))
    assert answer.code == "OPERATION_NOT_SUPPORTED"
    (only,) = [item async for item in followed.stream(GraphQLRequest("{ changes { totalCount } }"))]
    assert json.loads(only.json) == {"data": {"changes": {"totalCount": 5}}}


async def test_a_subscription_that_costs_too_much_is_refused(followed: Answerer) -> None:
    fields = "nodes { revision { changes(first: 500) { nodes { id } } } }"
    document = f"subscription {{ changes {{ node {{ history(first: 500) {{ {fields} }} }} }} }}"
    request = GraphQLRequest(document)
    (answer,) = [item async for item in followed.stream(request)]
    assert answer.code == "COST_TOO_HIGH"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def varied(
    new_migrated: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Answerer]:
    """A feed of several revisions: records of all kinds that are created, updated and deleted."""
    settings, folder = new_migrated(), tmp_path_factory.mktemp("varied")
    for act in (
        lambda: run(settings, ROOT / "seeds"),
        lambda: run(settings, write_lines(folder, *PLACES)),
        lambda: run(settings, write_lines(folder, PLACES[0] | {"names": {"en": "Haleb"}})),
        lambda: delete(settings, "statement:sana-on-the-agreement", "place:homs"),
        lambda: run(settings, ROOT / "seeds"),
    ):
        await to_thread(act)
    database = await open_database(settings)
    yield Answerer(build_catalog(SCHEMA), database, Limits(max_cost=10**9))
    await database.close()


@hypothesis.settings(
    max_examples=20,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_a_subscription_sends_what_the_query_returns(
    varied: Answerer, data: st.DataObject
) -> None:
    """The same selection of the same changes, in the same order, with the same cursors."""
    selection = Writer(data.draw, WORLD).selection(CHANGE, data.draw(st.integers(0, 3)))
    after = data.draw(st.sampled_from(["revision:0", "revision:1", "revision:3", "revision:4"]))
    kinds = data.draw(st.lists(st.sampled_from(list(RecordKind)), max_size=3, unique=True))
    arguments = f'after: "{after}"' + (f", kinds: [{', '.join(kinds)}]" if kinds else "")
    query = f"{{ changes({arguments}, first: 60) {{ edges {{ cursor node {selection} }} }} }}"
    if validate(SCHEMA._schema, parse(query)):  # noqa: SLF001 — as in the catalog
        return
    answer = await varied.answer(GraphQLRequest(query))
    assert answer.code is None, answer.json
    edges = json.loads(answer.json)["data"]["changes"]["edges"]
    document = f"subscription {{ changes({arguments}) {selection} }}"
    events = varied.stream(GraphQLRequest(document))
    for edge in edges:
        event = await anext(events)
        assert event.cursor == edge["cursor"]
        assert json.loads(event.json) == {"data": {"changes": edge["node"]}}
    await events.aclose()


async def test_a_subscription_ends_when_the_database_is_restored_to_an_older_state(
    revised: Settings, tmp_path: Path
) -> None:
    await to_thread(back_up, revised, tmp_path / "backup.db")
    await to_thread(delete, revised, "place:homs")
    database = await open_database(revised)
    answerer = Answerer(build_catalog(SCHEMA), database)
    old, now = Follower(answerer, '(after: "revision:4")'), Follower(answerer)
    assert await old.read(1) == ["change:5:place:homs DELETED"]
    waiting = [create_task(anext(item.answers)) for item in (old, now)]
    await sleep(0)

    def empty(connection: sa.Connection) -> None:
        for table in reversed(m.METADATA.sorted_tables):
            connection.execute(sa.delete(table))

    def restore_in_place() -> None:
        with writing(revised, foreign_keys=False) as run:
            run(empty)
        restore(revised, tmp_path / "backup.db")

    await to_thread(restore_in_place)
    async with timeout(60):
        for task in waiting:
            answer = await task
            assert answer.code == "BAD_CURSOR"
            assert b"does not have revision 5" in answer.json
    # What was known of the newest revision before is forgotten.
    again = Follower(answerer, '(after: "revision:3")')
    assert await again.read(1) == FEED[4:]
    last = create_task(again.read(1))
    await to_thread(delete, revised, "place:aleppo")
    assert await last == ["change:5:place:aleppo DELETED"]
    await again.answers.aclose()
    await database.close()


WRITERS, EACH = 8, 5


async def test_concurrent_writers_are_followed_without_gaps_or_repeats(
    revised: Settings, tmp_path: Path
) -> None:
    """Of two followers, one goes on after each event with a subscription of its own."""
    database = await open_database(revised)
    answerer = Answerer(build_catalog(SCHEMA), database)
    count = WRITERS * EACH
    steady = Follower(answerer)
    async with TaskGroup() as tasks:
        whole = tasks.create_task(steady.read(count))
        parts = tasks.create_task(read_with_reconnects(answerer, count))
        await sleep(0.3)
        for number in range(WRITERS):
            (tmp_path / f"{number}").mkdir()
            tasks.create_task(to_thread(write_some, revised, tmp_path / f"{number}"))
    given = await ask(answerer, '{ changes(after: "revision:4") { nodes { id action } } }')
    feed = [f"{node['id']} {node['action']}" for node in given["changes"]["nodes"]]
    assert [item.split(":")[1] for item in feed] == [str(5 + n) for n in range(count)]
    assert whole.result() == parts.result() == feed
    await steady.answers.aclose()
    await database.close()


def write_some(settings: Settings, folder: Path) -> None:
    """Write a few revisions, each of one place."""
    for number in range(EACH):
        key = f"place-{folder.name}-{number}"
        run(settings, write_lines(folder, PLACES[0] | {"key": key}))


async def read_with_reconnects(answerer: Answerer, count: int) -> list[str]:
    """Read so many events after revision 4, each by a subscription that starts after the last."""
    seen: list[str] = []
    cursor = "revision:4"
    while len(seen) < count:
        follower = Follower(answerer, f'(after: "{cursor}")')
        seen += await follower.read(1)
        assert follower.cursor is not None
        cursor = follower.cursor
        await follower.answers.aclose()
    return seen
