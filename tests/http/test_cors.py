"""Which pages of other sites may ask, from a browser."""

import httpx
import pytest

from api.answer import Answerer
from api.errors import SettingsError
from api.http.cors import allow_origins
from api.http.graphql import GraphQLEndpoint
from api.settings import Settings, read_settings
from tests.http.conftest import TITLES, connect

HERE, THERE = "https://here.example", "https://there.example"


def client_for(answerer: Answerer, origins: str) -> httpx.AsyncClient:
    return connect(allow_origins(GraphQLEndpoint(answerer, Settings()), origins))


def preflight(origin: str) -> dict[str, str]:
    return {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type, authorization",
    }


async def test_no_other_site_may_ask_unless_a_setting_says_so(answerer: Answerer) -> None:
    async with client_for(answerer, "") as client:
        response = await client.options("/graphql", headers=preflight(HERE))
        assert "access-control-allow-origin" not in response.headers
        response = await client.post("/graphql", json={"query": TITLES}, headers={"origin": HERE})
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(("origins", "allowed"), [(f" {HERE}, http://x ", HERE), ("*", "*")])
async def test_a_site_that_the_setting_names_may_ask(
    answerer: Answerer, origins: str, allowed: str
) -> None:
    async with client_for(answerer, origins) as client:
        response = await client.options("/graphql", headers=preflight(HERE))
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == allowed
        assert "authorization" in response.headers["access-control-allow-headers"]
        response = await client.post("/graphql", json={"query": TITLES}, headers={"origin": HERE})
        assert response.headers["access-control-allow-origin"] == allowed
        assert "access-control-allow-credentials" not in response.headers
        assert "accept-encoding" in response.headers["vary"]
        assert "origin" in response.headers["vary"].lower() or allowed == "*"


async def test_another_site_may_not(answerer: Answerer) -> None:
    async with client_for(answerer, HERE) as client:
        response = await client.options("/graphql", headers=preflight(THERE))
        assert response.status_code == 400
        response = await client.get("/graphql", params={"query": TITLES}, headers={"origin": THERE})
        assert "access-control-allow-origin" not in response.headers
        assert "origin" in response.headers["vary"].lower()


@pytest.mark.parametrize("origins", ["here.example", "https://here.example/path", "https://a b"])
def test_what_is_no_origin_is_told_so(monkeypatch: pytest.MonkeyPatch, origins: str) -> None:
    monkeypatch.setenv("MITHAQ_CORS_ORIGINS", origins)
    with pytest.raises(SettingsError, match=r"^MITHAQ_CORS_ORIGINS: should be \* or origins"):
        read_settings()
