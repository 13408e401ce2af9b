"""GraphQL over HTTP, as the audits of the package graphql-http have it, against the real server."""

import json
import subprocess

from api.settings import Settings
from tests.nodejs import FOLDER, find_node
from tests.server import serving

AUDITS = 61


def test_every_audit_is_passed_without_a_warning(seeded: Settings) -> None:
    with serving(seeded) as url:
        run = subprocess.run(
            [find_node(), "audit.mjs", url], cwd=FOLDER, capture_output=True, text=True, check=True
        )
    results = json.loads(run.stdout)
    assert len(results) == AUDITS
    assert [item for item in results if item["status"] != "ok"] == []
