"""Stopping, dying and waiting: real processes, real signals, and what their clients see."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from http.client import HTTPResponse
from typing import Any

import asyncpg
import pytest

from api.database.migrations import migrate
from api.settings import Settings
from tests.conftest import ROOT
from tests.ops.serving import HalfAsked, running
from tests.postgres import Postgres

WORKERS = pytest.mark.parametrize("workers", ["1", "2"])


@WORKERS
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
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


@WORKERS
def test_what_outlasts_the_grace_is_told_so(seeded: Settings, workers: str) -> None:
    with running(seeded, "--workers", workers, MITHAQ_GRACE="0") as server:
        half = HalfAsked(server)
        server.process.send_signal(signal.SIGTERM)
        response, body = half.answer()
        assert response.status == 503
        assert response.headers["retry-after"] == "1"
        assert [error["extensions"]["code"] for error in body["errors"]] == ["STOPPING"]
        assert server.stopped() == 0


async def test_a_statement_under_way_is_waited_for(postgres: Postgres) -> None:
    settings = Settings(database_url=postgres.create_database("stopping"))
    await asyncio.to_thread(migrate, settings)
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


def test_a_dead_worker_is_replaced(seeded: Settings) -> None:
    with running(seeded, "--workers", "2") as server:
        pid = started(server.said("Started server process"))
        server.said("Application startup complete")
        os.kill(pid, signal.SIGKILL)
        assert "ended with code -9" in server.said("ended with code")["message"]
        assert started(server.said("Started server process")) != pid
        assert server.get("/health/ready")[0] == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.stopped() == 0


def started(line: dict[str, Any]) -> int:
    return int(line["message"].partition("[")[2].rstrip("]"))


def test_workers_stop_when_nobody_is_left_to_stop_them(seeded: Settings) -> None:
    with running(seeded, "--workers", "2") as server:
        server.said("Application startup complete")
        server.said("Application startup complete")
        server.process.kill()
        server.said("Finished server process")
        server.said("Finished server process")


def test_a_worker_that_cannot_start_stops_the_server() -> None:
    program = """
import socket, sys
from api.server.workers import Workers
with socket.socket() as listening:
    sys.exit(Workers(2, lambda _: sys.exit(3), grace=1).run(listening))
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 3


@pytest.mark.parametrize("sent", [b"POST /graphql HT", b""])
def test_a_request_that_does_not_arrive_is_not_waited_for(seeded: Settings, sent: bytes) -> None:
    with running(seeded, MITHAQ_READ_TIMEOUT="0.1") as server:
        connection = server.connect()
        connection.sendall(sent)
        told = b"".join(iter(lambda: connection.recv(1000), b""))
        assert told.startswith(b"HTTP/1.1 408") if sent else told == b""
        connection.close()


def test_a_body_that_does_not_arrive_is_not_waited_for(seeded: Settings) -> None:
    with running(seeded, MITHAQ_READ_TIMEOUT="0.1") as server:
        half = HalfAsked(server)
        response, body = half.answer()
        assert response.status == 408
        assert body["errors"][0]["extensions"] == {"code": "REQUEST_TIMEOUT"}
        assert server.said("POST /graphql")["status"] == 408
