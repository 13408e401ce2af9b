"""Stopping, dying and waiting: real processes, real signals, and what their clients see."""

import asyncio
import json
import os
import signal
import subprocess
import threading
from functools import partial
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from api.settings import Settings
from tests.conftest import ROOT, NewDatabase
from tests.ops.serving import HalfAsked, running
from tests.postgres import Postgres
from tests.server import mithaq
from tests.warm import warm_python


@pytest.mark.parametrize(("workers", "told"), [("1", signal.SIGINT), ("2", signal.SIGTERM)])
def test_what_is_under_way_is_answered(
    seeded: Settings, workers: str, told: signal.Signals
) -> None:
    with running(seeded, "--workers", workers) as server:
        half = HalfAsked(server)
        idle = server.connect()
        idle.sendall(b"GET /health/live HTTP/1.1\r\nhost: mithaq\r\n\r\n")
        live = HTTPResponse(idle)
        live.begin()
        assert live.read() == b'{"status":"live"}'
        server.process.send_signal(told)
        server.wait_until_refused()
        half.finish()
        response, body = half.answer()
        assert response.status == 200
        assert "meetings" in body["data"]
        assert response.headers["connection"] == "close"
        assert idle.recv(1) == b""
        idle.close()
        assert server.stopped() == 0


def test_what_outlasts_the_grace_is_told_so(seeded: Settings) -> None:
    with running(seeded, "--workers", "2", MITHAQ_GRACE="0") as server:
        half = HalfAsked(server)
        server.process.send_signal(signal.SIGTERM)
        response, body = half.answer()
        assert response.status == 503
        assert response.headers["retry-after"] == "1"
        assert [error["extensions"]["code"] for error in body["errors"]] == ["STOPPING"]
        assert server.stopped() == 0


async def test_a_statement_under_way_is_waited_for(new_postgres: NewDatabase) -> None:
    settings = new_postgres()
    admin = await asyncpg.connect(settings.database_url)
    with running(settings) as server:
        lock = admin.transaction()
        await lock.start()
        await admin.execute("LOCK TABLE event, meeting")
        answered: list[Any] = []
        query = "/graphql?query={meetings{totalCount}}"
        asking = threading.Thread(target=lambda: answered.append(server.get(query)))
        asking.start()
        blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while not answered and not await admin.fetchval(blocked):
            await admin.execute("SELECT pg_stat_clear_snapshot()")
        server.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(server.wait_until_refused)
        await lock.rollback()
        await asyncio.to_thread(asking.join)
        (status, body), *_ = answered
        assert (status, json.loads(body)) == (200, {"data": {"meetings": {"totalCount": 0}}})
        assert server.stopped() == 0
    await admin.close()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_signal_is_handled_as_soon_as_the_address_is_printed(
    seeded: Settings, workers: str
) -> None:
    with running(seeded, "--workers", workers) as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.stopped() == 0


def test_a_dead_worker_is_replaced(seeded: Settings) -> None:
    with running(seeded, "--workers", "2") as server:
        first, second = (server.said("Started server process") for _ in range(2))
        os.kill(started(first), signal.SIGKILL)
        assert "ended with code -9" in server.said("ended with code")["message"]
        third = server.said("Started server process")
        assert started(third) not in (started(first), started(second))
        assert server.get("/health/ready")[0] == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.stopped() == 0


def started(line: dict[str, Any]) -> int:
    return int(line["message"].partition("[")[2].rstrip("]"))


def test_workers_stop_when_nobody_is_left_to_stop_them(seeded: Settings) -> None:
    with running(seeded, "--workers", "2") as server:
        server.process.kill()
        server.said("Finished server process")
        server.said("Finished server process")


def test_a_database_that_a_worker_cannot_open_is_told_in_a_sentence(
    new_postgres: NewDatabase, postgres: Postgres
) -> None:
    settings = new_postgres()
    role = "CREATE ROLE crowd LOGIN IN ROLE pg_read_all_data CONNECTION LIMIT 2"
    postgres.run_script("postgres", role)
    done = subprocess.run(
        mithaq("serve", "--workers", "4"),
        cwd=ROOT,
        env={"MITHAQ_DATABASE_URL": settings.database_url.replace("mithaq@", "crowd@")},
        capture_output=True,
        text=True,
        check=False,
    )
    told = 'PostgreSQL cannot be reached: too many connections for role "crowd".'
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{told} Is MITHAQ_DATABASE_URL right?\n"


FAILURES = {
    'raise DatabaseError("No database.")': "No database.",
    "import nowhere": 'Mithaq failed with an unexpected error (ModuleNotFoundError("No module '
    "named 'nowhere'\")); its traceback is in ",
    'raise OSError(98, "Address already in use")': "Address already in use.",
    "os._exit(7)": "Worker 0 ended with code 7 before it could serve.",
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_worker_that_cannot_start_stops_the_server(tmp_path: Path, failure: str) -> None:
    program = f"""
import os, socket, threading
from api import cli
from api.errors import DatabaseError
from api.server.workers import Workers

def work(number, announce):
    if number == 0:
        {failure}
    announce()
    threading.Event().wait()

def serve():
    with socket.socket() as listening:
        Workers(2, work, grace=1).run(listening, print)

cli.app = serve
cli.main()
"""
    done = subprocess.run(
        [*warm_python(), "-c", program],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(FAILURES[failure])
    assert done.stderr.count("\n") == 1


def test_what_does_not_arrive_is_not_waited_for(seeded: Settings) -> None:
    with running(seeded, MITHAQ_READ_TIMEOUT="0.1") as server:
        for sent in (b"POST /graphql HT", b""):
            connection = server.connect()
            connection.sendall(sent)
            told = b"".join(iter(partial(connection.recv, 1000), b""))
            assert told.startswith(b"HTTP/1.1 408") if sent else told == b""
            connection.close()
        half = HalfAsked(server)
        response, body = half.answer()
        assert response.status == 408
        assert body["errors"][0]["extensions"] == {"code": "REQUEST_TIMEOUT"}
        assert server.said("POST /graphql")["status"] == 408
