"""GraphQL over HTTP, as the audits of the package graphql-http have it, against the real server."""

import json

import pytest

from api.settings import Settings
from tests.nodejs import run_node
from tests.server import serving

AUDITS = 61


@pytest.fixture(scope="session", params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """HTTP sees no difference between the databases."""
    name: str = request.param
    return name


def test_every_audit_is_passed_without_a_warning(seeded: Settings) -> None:
    with serving(seeded) as url:
        results = json.loads(run_node("audit.mjs", url))
    assert len(results) == AUDITS
    assert [item for item in results if item["status"] != "ok"] == []
