"""Every file of `cases/`: its answer, the one statement that made it, and the oracle's answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.answer import Answerer
from api.database import CompiledQuery, Database
from api.request import GraphQLRequest
from tests.wrapping import Wrapped

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.rglob("*.graphql"))


class Recorder(Wrapped):
    """A database that writes down the statements it is asked."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.statements: list[str] = []

    async def fetch(self, statement: CompiledQuery, values: list[Any], revision: int = 0) -> bytes:
        self.statements.append(statement.sql)
        return await super().fetch(statement, values, revision)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_case(path: Path, answerer: Answerer, engine: str, *, accept: bool) -> None:
    recorder = Recorder(answerer.database)
    fresh = Answerer(answerer.catalog, recorder)
    answer = await fresh.answer(GraphQLRequest(path.read_text(encoding="utf-8")))
    check_recorded(path.with_suffix(".json"), format_answer(answer.json), accept=accept)
    if path.parent.name == "errors":
        assert answer.code
        asked = set(recorder.statements) - {fresh.counts.statement.sql}
        assert not asked, "a refused question asks the database for nothing but its counts"
        return
    assert answer.code is None
    (statement,) = recorder.statements
    sql = statement + "\n"
    check_recorded(path.with_suffix(f".{engine}.sql"), sql, accept=accept)


def format_answer(answer: bytes) -> str:
    return json.dumps(json.loads(answer), ensure_ascii=False, indent=2) + "\n"


def check_recorded(path: Path, text: str, *, accept: bool) -> None:
    if accept:
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} is not recorded: run pytest --accept and read it"
    assert text == path.read_text(encoding="utf-8")
