"""The form that asks a browser for an API key."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest_asyncio
from starlette.applications import Starlette

from api.access.bucket import Buckets
from api.access.register import add_key
from api.access.scopes import KeyScope
from api.answer import Answerer
from api.database.transactions import write_aside
from api.http.access import open_access
from api.pages.endpoint import Site
from api.pages.key_form import ATTEMPTS, PER_SECOND
from tests.http.conftest import connect
from tests.pages.conftest import BROWSER

AT = datetime(2026, 1, 30, 12, tzinfo=UTC)
PAGE = "/meetings?lang=en"


@pytest_asyncio.fixture
async def closed(answerer: Answerer) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at a server that requires a key."""
    settings = answerer.database.settings.model_copy(update={"access": "keys"})
    access = open_access(answerer.database, settings)
    site = Site(answerer.catalog)
    site.open(answerer, access)
    assert site.key_form is not None
    site.key_form.attempts = Buckets(ATTEMPTS, PER_SECOND, lambda: 0)
    async with connect(Starlette(routes=site.routes)) as client:
        client.headers.update(BROWSER)
        yield client
    await access.close()


async def test_a_page_asks_for_a_key_once(closed: httpx.AsyncClient, answerer: Answerer) -> None:
    add = partial(add_key, name="page", scopes=[KeyScope.READ], now=AT)
    key = await asyncio.to_thread(write_aside, answerer.database.settings, add)
    asked = await closed.get(PAGE)
    assert asked.status_code == 401
    assert 'name="page" value="/meetings?lang=en"' in asked.text
    entered = await closed.post("/key", data={"key": key, "page": PAGE})
    assert (entered.status_code, entered.headers["location"]) == (303, PAGE)
    (cookie,) = entered.headers.get_list("set-cookie")
    assert cookie == f"mithaq-key={key}; Path=/; HttpOnly; SameSite=Lax"
    assert (await closed.get(PAGE)).status_code == 200
    left = await closed.post("/key", data={"page": "//elsewhere"})
    assert left.headers["location"] == "/"
    assert (await closed.get(PAGE)).status_code == 401


async def test_keys_are_tried_seldom_and_from_the_form_alone(closed: httpx.AsyncClient) -> None:
    for name, foreign in (
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
        ("origin", "http://[mithaq"),
    ):
        assert (await closed.post("/key", headers={name: foreign})).status_code == 403
    assert (await closed.get("/key")).status_code == 405
    for origin in ("http://mithaq", "http://mithaq:8080"):  # a proxy may leave out the port
        own = await closed.post("/key", headers={"origin": origin}, data={"key": ""})
        assert own.status_code == 303
    wrong = [await closed.post("/key", data={"key": f"k\r\n{n}"}) for n in range(ATTEMPTS - 1)]
    assert [response.status_code for response in wrong] == [*[401] * (ATTEMPTS - 2), 429]
    assert all("set-cookie" not in response.headers for response in wrong)
    assert "not valid" in wrong[0].text
