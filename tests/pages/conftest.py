"""The pages of the seed and the example, asked without a server."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from api.answer import Answerer
from api.http.negotiation import HTML
from api.pages.addresses import ADDRESSES
from api.pages.endpoint import Site
from tests.http.conftest import connect

ARTICLE = "/article/syria-turkey-memorandum"
AGREEMENT = "/agreement/training-and-advice-memorandum"
LISTS = (
    "articles", "actors", "meetings", "provisions", "statements", "appeals", "actions", "claims",
    "places", "datasets",
)  # fmt: skip
HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202etxt\u0000"
BROWSER = {"accept": "text/html,*/*;q=0.8"}
PATHS = [page.path.replace("{number}", "1") for page in ADDRESSES if page.media_type == HTML]
PATHS.append("/events")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(answerer: Answerer) -> AsyncIterator[httpx.AsyncClient]:
    pages = Site(answerer.catalog)
    pages.open(answerer)
    handlers = {HTTPException: pages.render_http_exception}
    async with connect(Starlette(routes=pages.routes, exception_handlers=handlers)) as client:
        client.headers.update(BROWSER)
        yield client
