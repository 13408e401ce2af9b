"""Logs: one object a line, each with its request's id, none with what is nobody's business."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.server.log import configure_logging
from api.settings import Settings
from tests.ops.serving import QUERY, serving_here

FRESH = re.compile(r"[0-9a-f]{32}")
SECRET = "hunter2"


Read = Callable[[], str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Read]:
    """What has been logged since it was last asked for; all of logging is as before afterwards."""
    root = logging.getLogger()
    monkeypatch.setattr(logging.getLogger("httpx"), "disabled", True)
    before = root.level, root.handlers
    yield lambda: capsys.readouterr().err
    root.setLevel(before[0])
    root.handlers = before[1]
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).propagate = True
        logging.getLogger(name).setLevel(logging.NOTSET)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("given", ["order-66", "a" * 64, "01J/x.y:z+=_"])
async def test_a_client_s_own_id_is_kept(seeded: Settings, given: str) -> None:
    async with serving_here(seeded) as client:
        response = await client.get("/graphql", headers={"x-request-id": given})
    assert response.headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["a" * 65, "two words", '"', "é", ""])
async def test_an_id_that_is_long_or_strange_is_not(seeded: Settings, given: str) -> None:
    async with serving_here(seeded) as client:
        response = await client.get("/nowhere", headers=[(b"x-request-id", given.encode())])
    assert FRESH.fullmatch(response.headers["x-request-id"])


async def test_every_request_can_be_logged(seeded: Settings, said: Read) -> None:
    configure_logging("info", "auto")
    body = {"query": QUERY, "variables": {"x": SECRET}, "operationName": "Titles"}
    async with serving_here(seeded) as client:
        headers = {"x-request-id": "mine", "authorization": f"Basic {SECRET}"}
        response = await client.post(f"/graphql?key={SECRET}", json=body, headers=headers)
        await client.get("/health/ready")
        await client.get("/metrics")
    text = said()
    (line,) = lines(text)
    assert line["message"] == "POST /graphql"
    assert line["level"] == "info"
    assert (line["request_id"], line["status"], line["operation"]) == ("mine", 200, "Titles")
    assert line["bytes"] == len(response.content)
    assert line["seconds"] > 0
    assert SECRET not in text


@pytest.mark.parametrize("name", ["x" * 65, "a\nb", "é"])
async def test_a_name_that_cannot_be_is_not_logged(seeded: Settings, said: Read, name: str) -> None:
    configure_logging("info", "text")
    async with serving_here(seeded) as client:
        await client.post("/graphql%0Aforged", json={"query": QUERY, "operationName": name})
        await client.post("/graphql", json={"query": QUERY, "operationName": name})
    told = said().splitlines()
    assert len(told) == 2
    assert "code=OPERATION_NOT_FOUND" in told[1]
    assert not any("operation=" in line for line in told)


async def test_by_default_ordinary_requests_are_not_logged(seeded: Settings, said: Read) -> None:
    configure_logging("warning", "auto")
    async with serving_here(seeded) as client:
        await client.post("/graphql", json={"query": QUERY})
        await client.post("/graphql", json={"query": "{ nothing }"})
        assert lines(said()) == []
    slow = seeded.model_copy(update={"log_slow": 1e-9})
    async with serving_here(slow) as client:
        await client.post("/graphql", json={"query": "{ nothing }"})
    (line,) = lines(said())
    assert (line["level"], line["code"]) == ("warning", "GRAPHQL_VALIDATION_FAILED")


async def test_a_fault_is_one_line_with_its_traceback(
    seeded: Settings, said: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure_logging("warning", "json")

    async def fail(*_: object) -> None:
        raise ValueError("a fault")

    async with serving_here(seeded) as client:
        monkeypatch.setattr("api.answer.Answerer.answer", fail)
        response = await client.post("/graphql", json={"query": QUERY})
    fault, request = lines(said())
    assert response.status_code == request["status"] == 500
    assert "ValueError: a fault" in fault["traceback"]
    assert request["code"] == "INTERNAL"
    ids = {response.headers["x-request-id"], fault["request_id"], request["request_id"]}
    assert len(ids) == 1


def test_uvicorn_s_own_logs_go_the_same_way(said: Read) -> None:
    configure_logging("warning", "json")
    configure_logging("warning", "json")
    logging.getLogger("uvicorn.error").error("It failed: %s", "why")
    logging.getLogger("uvicorn.access").error("GET /graphql?key=%s", SECRET)
    (line,) = lines(said())
    assert (line["logger"], line["message"]) == ("uvicorn.error", "It failed: why")
