"""Other people's clients follow changes: over WebSockets and event streams, of several workers."""

import json
import subprocess
from asyncio import to_thread
from pathlib import Path
from typing import Any

from gql import Client, gql
from gql.transport.websockets import WebsocketsTransport

from api.settings import Settings
from tests.importing import run, write_lines
from tests.nodejs import FOLDER, find_node
from tests.server import serving

PLACES = [{"record": "place", "key": f"p{number}", "names": {"en": "P"}} for number in range(150)]
NEXT = {"record": "place", "key": "next", "names": {"en": "N"}}
CREATED = [*sorted(f"change:1:place:{place['key']} CREATED" for place in PLACES)]
ALL = [*CREATED, "change:2:place:next CREATED"]


def test_clients_of_javascript_follow_changes(settings: Settings, tmp_path: Path) -> None:
    run(settings, write_lines(tmp_path, *PLACES))
    with serving(settings, "--workers", "2") as address:
        command = [find_node(), "subscriptions.mjs", address, str(len(PLACES))]
        with subprocess.Popen(
            command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as client:
            assert client.stdout is not None
            assert client.stderr is not None
            assert client.stdout.readline() == "all\n", client.stderr.read()
            run(settings, write_lines(tmp_path, NEXT))
            received = json.loads(client.stdout.readline())
    assert received == dict.fromkeys(("graphql-ws", "graphql-sse", "apollo", "urql"), ALL)


async def test_gql_follows_changes(settings: Settings, tmp_path: Path) -> None:
    await to_thread(run, settings, write_lines(tmp_path, *PLACES))
    query = gql("subscription ($after: String) { changes(after: $after) { id action } }")
    received: list[Any] = []
    with serving(settings) as address:
        transport = WebsocketsTransport(url=address.replace("http", "ws"))
        async with Client(transport=transport) as client:
            query.variable_values = {"after": "revision:0"}
            async for data in client.subscribe(query):
                received.append("{id} {action}".format(**data["changes"]))
                if len(received) == len(PLACES):
                    await to_thread(run, settings, write_lines(tmp_path, NEXT))
                if len(received) == len(ALL):
                    break
    assert received == ALL
