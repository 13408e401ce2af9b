"""Costs over HTTP: told to who asks, and paid from a client's bucket."""

import httpx

from api.access.keyring import Keyring
from api.access.last_used import LastUsed
from api.answer import Answerer
from api.http.access import Access
from api.http.graphql import GraphQLEndpoint
from api.settings import Settings
from tests.http.conftest import TITLES, code_of, connect

PRICED = {"mithaq-cost": "1"}


async def test_a_header_asks_for_the_cost(client: httpx.AsyncClient) -> None:
    cost = {"requestedQueryCost": 2, "actualQueryCost": 2, "throttleStatus": None}
    for request in (
        {"method": "POST", "json": {"query": TITLES}},
        {"method": "GET", "params": {"query": TITLES}},
    ):
        priced = await client.request(url="/graphql", headers=PRICED, **request)  # type: ignore[arg-type]
        plain = await client.request(url="/graphql", **request)  # type: ignore[arg-type]
        assert priced.json() == {**plain.json(), "extensions": {"cost": cost}}
        assert "mithaq-cost" in priced.headers["vary"]
        assert "etag" not in plain.headers or priced.headers["etag"] != plain.headers["etag"]


async def test_a_bucket_runs_out(answerer: Answerer) -> None:
    settings = Settings(bucket_size=100, bucket_rate=1)
    access = Access(Keyring(answerer.database), LastUsed(lambda _: None), settings)
    query = {"query": "{ claims(first: 79) { nodes { id } } }"}
    async with connect(GraphQLEndpoint(answerer, settings, access=access)) as client:
        first = await client.post("/graphql", json=query, headers=PRICED)
        status = first.json()["extensions"]["cost"]["throttleStatus"]
        assert status == {"maximumAvailable": 100, "currentlyAvailable": 20, "restoreRate": 1}
        second = await client.post("/graphql", json=query)
        assert (second.status_code, code_of(second)) == (429, "THROTTLED")
        assert 0 < int(second.headers["retry-after"]) <= 60
