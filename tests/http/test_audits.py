"""GraphQL over HTTP, as the audits of the package graphql-http have it, against the real server."""

import json

import pytest

from api.settings import Settings
from tests.nodejs import run_node
from tests.server import serving

AUDITS = 61


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True, scope="session")
def test_every_audit_is_passed_without_a_warning(seeded: Settings) -> None:
    """HTTP sees no difference between the databases."""
    with serving(seeded) as url:
        results = json.loads(run_node("audit.mjs", url))
    assert len(results) == AUDITS
    assert [item for item in results if item["status"] != "ok"] == []
