"""The feed of changes and the history of records, after a few revisions."""

import json
from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from api.answer import Answerer, GraphQLRequest
from api.database import open_database
from api.database.transactions import write
from api.intake.deletion import delete_records
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Settings
from tests.importing import run, write_lines

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
