"""Each record has a page, on both databases."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
from starlette.applications import Starlette

from api.answer import Answerer
from api.database import open_database
from api.intake import import_paths
from api.pages.endpoint import Site
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import AT, NewDatabase
from tests.generated import World
from tests.http.conftest import connect
from tests.pages.conftest import HOSTILE, LISTS, PATHS
from tests.pages.linked_data import check_linked_data
from tests.transactions import write

MAX_PAGE = 60_000  # bytes of a page before compression


async def list_records(answerer: Answerer) -> list[str]:
    """One record of each kind, and all agreements."""
    lists = [
        f"{name}(first: 1) {{ nodes {{ id }} }}"
        for name in [
            "articles",
            "actors",
            "meetings",
            "provisions",
            "statements",
            "appeals",
            "actions",
            "claims",
            "places",
            "datasets",
        ]
    ]
    text = f"{{ {' '.join(lists)} agreements {{ nodes {{ id }} }} topics {{ id }} }}"
    answer = await answerer.answer(GraphQLRequest(text))
    found = re.findall(r'"id":"([^"]+)"', answer.json.decode())
    return [*found, "office:yasar-guler.turkish-defence-minister"]


async def test_each_kind_of_record_has_a_page(site: httpx.AsyncClient, answerer: Answerer) -> None:
    ids = await list_records(answerer)
    assert {id_.partition(":")[0] for id_ in ids} == set(Site(answerer.catalog).kinds)
    for id_ in ids:
        response = await site.get("/" + id_.replace(":", "/", 1))
        assert response.status_code == 200, id_
        assert "<h1" in response.text


async def test_a_page_is_at_most_60_kb_in_four_requests(site: httpx.AsyncClient) -> None:
    """Each page of the seeds and examples, in Arabic, whose texts are the longest in UTF-8."""
    index = (await site.get("/sitemap.xml")).text
    parts = [await site.get(part) for part in re.findall(r"http://mithaq(/sitemap/[^<]+)", index)]
    records = [path for part in parts for path in re.findall("http://mithaq([^<]+)", part.text)]
    assert {*PATHS, *(f"/{name}" for name in LISTS)} - set(records) == {"/search", "/revision/1"}
    assert {"/topic/mithaq.demining", "/place/ankara", "/agreements"} <= set(records)
    for path in [*records, "/search", "/revision/1"]:
        response = await site.get(path, params={"lang": "ar"})
        assert response.status_code == 200, path
        assert len(response.content) <= MAX_PAGE, path
        loaded = re.findall(r'<script src=|<link rel="(?:icon|stylesheet)"|<img', response.text)
        assert len(loaded) <= 3, path


@pytest.fixture
def generated(new_migrated: NewDatabase, tmp_path: Path) -> Settings:
    """A database with records that have every value and every kind of date, and hostile texts."""
    settings, path = new_migrated(), tmp_path / "made.jsonl"
    lines = "\n".join(map(json.dumps, World(0, 0.2).lines()))
    hostile = json.dumps(HOSTILE.replace("\0", ""))
    path.write_text(lines.replace('"peace"', hostile).replace('"x"', hostile), encoding="utf-8")
    import_paths([path], lambda work: write(settings, work), AT)
    return settings


async def test_generated_records_have_pages_whose_links_lead_to_pages(generated: Settings) -> None:
    database = await open_database(generated)
    pages = Site(build_catalog(SCHEMA))
    pages.open(Answerer(build_catalog(SCHEMA), database))
    async with connect(Starlette(routes=pages.routes)) as client:
        found, left, rows, foreign = {"/changes"}, ["/changes"], 0, set()
        described, hostile = {"changes"}, 0
        while left:
            path = left.pop()
            response = await client.get(path)
            assert response.status_code == 200, response.url
            assert not re.search("<script>|<img", response.text), path
            kind = path.split("/")[1]
            if kind not in described:
                described.add(kind)
                data = await client.get(path, headers={"accept": "application/ld+json"})
                linked = data.json()
                assert linked.pop("@context") == "https://schema.org"
                check_linked_data(linked)
            hostile += "&lt;script&gt;" in response.text
            rows += "row 1</dd>" in response.text
            foreign |= set(re.findall(r'<a href="/(\w+)/[^"]+"><bdi lang=', response.text))
            new = set(re.findall(r'href="(/\w+/[^"#?]+)"', response.text)) - found
            left += [link for link in new if link.split("/")[1] in pages.kinds]
            found |= new
        for path in ("/events.atom", "/articles.atom", "/sitemap.xml", "/sitemap/topics-1.xml"):
            ET.fromstring((await client.get(path)).content)
    await database.close()
    assert rows
    assert hostile > 5
    assert foreign >= {"topic", "provision"}, "names have the attribute lang"
    assert {link.split("/")[1] for link in found} >= set(pages.kinds) - {"claim", "office"}
