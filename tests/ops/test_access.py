"""Keys and buckets of real servers: several workers, a stop, and proxies."""

import signal
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from api.access.register import Entry, add_key, list_keys, revoke_key
from api.access.scopes import KeyScope
from api.database.transactions import read, write_aside
from api.settings import Settings
from tests.ops.serving import Server, running

# It costs 80 points, whatever the database holds.
MANY = " ".join(f'a{number}: node(id: "meeting:x") {{ id }}' for number in range(80))
DEAR = "/graphql?" + urlencode({"query": f"{{ {MANY} }}"})


def make_key(settings: Settings, name: str, *scopes: KeyScope) -> dict[str, str]:
    """Make a key, and give the header that shows it."""
    work = partial(add_key, name=name, scopes=scopes, now=datetime.now(UTC))
    return {"authorization": f"Bearer {write_aside(settings, work)}"}


def statuses(server: Server, path: str, *headers: dict[str, str]) -> list[int]:
    return [server.get(path, item)[0] for item in headers]


def test_what_is_closed_takes_a_key_whichever_worker_answers(settings: Settings) -> None:
    reader = make_key(settings, "reader", KeyScope.READ)
    prometheus = make_key(settings, "prometheus", KeyScope.METRICS)
    unused = make_key(settings, "unused", KeyScope.READ)
    with running(settings, "--workers", "2", MITHAQ_ACCESS="keys") as server:
        for _ in range(5):
            assert statuses(server, DEAR, {}, prometheus, reader) == [401, 403, 200]
            assert statuses(server, "/metrics", {}, reader, prometheus) == [401, 403, 200]
            assert statuses(server, "/health/ready", {}) == [200]
        server.process.send_signal(signal.SIGTERM)
        assert server.stopped() == 0
    used = {entry.name: entry.used_at for entry in read(settings, list_keys)}
    assert used["reader"] is not None
    assert used["prometheus"] is not None
    assert used["unused"] is None
    for header in (reader, prometheus, unused):
        secret = header["authorization"].rpartition("_")[2]
        assert not any(secret in repr(line) for line in server.lines)


def test_a_running_server_learns_that_a_key_is_revoked(settings: Settings) -> None:
    reader = make_key(settings, "reader", KeyScope.READ)
    with running(settings, "--workers", "2", MITHAQ_ACCESS="keys") as server:
        assert statuses(server, DEAR, reader) == [200]
        write_aside(settings, partial(revoke_key, name="reader"))
        while statuses(server, DEAR, reader) != [401]:
            """The worker still knows it."""
    entries: list[Entry] = read(settings, list_keys)
    assert entries == []


def test_who_asks_through_a_proxy_that_is_trusted_pays_for_themselves(seeded: Settings) -> None:
    bucket = {"MITHAQ_BUCKET_SIZE": "100", "MITHAQ_BUCKET_RATE": "1"}
    ann, bob = ({"x-forwarded-for": address} for address in ("192.0.2.1", "2001:db8::1"))
    neighbour = {"x-forwarded-for": "2001:db8::2"}
    with running(seeded, MITHAQ_PROXIES="127.0.0.1", **bucket) as server:
        assert statuses(server, DEAR, ann, bob, ann, neighbour) == [200, 200, 429, 429]
    with running(seeded, **bucket) as server:
        assert statuses(server, DEAR, ann, bob) == [200, 429]
