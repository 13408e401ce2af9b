"""A client of the endpoint, without a socket between them."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from starlette.types import ASGIApp

from api.answer import Answerer
from api.http.graphql import GraphQLEndpoint
from api.settings import Settings

GRAPHQL = "application/graphql-response+json"
TITLES = "{ meetings(first: 1) { nodes { title } } }"


def connect(app: ASGIApp) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://mithaq")


@pytest_asyncio.fixture
async def client(answerer: Answerer) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(GraphQLEndpoint(answerer, Settings())) as client:
        yield client


def code_of(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    assert error["message"].endswith((".", "}"))
    return str(error["extensions"]["code"])
