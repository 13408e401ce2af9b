"""The examples of README and docs/, asked of the seeds: each finds something."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from api.answer import Answerer, Question
from api.database import open_database
from api.database.transactions import write
from api.intake import import_paths
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import ROOT, NewDatabase
from tests.documentation import find_blocks

EXAMPLES = find_blocks("graphql")
ANSWERS = find_blocks("json")


@pytest.fixture(scope="module")
def planted(new_migrated: NewDatabase) -> Settings:
    """A database with the seeds, as `make serve` makes it."""
    settings = new_migrated()
    import_paths([ROOT / "seeds"], lambda work: write(settings, work))
    return settings


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def seeds(planted: Settings) -> AsyncIterator[Answerer]:
    database = await open_database(planted)
    yield Answerer(build_catalog(SCHEMA), database)
    await database.close()


def find_empty(value: Any, path: str = "") -> Iterator[str]:
    """Find the lists and counts that have nothing."""
    if value in ([], 0) and path.endswith((".nodes", ".groups", ".totalCount")):
        yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from find_empty(item, f"{path}.{key}")


@pytest.mark.parametrize("example", EXAMPLES)
async def test_each_example_finds_something(seeds: Answerer, example: str) -> None:
    answer = await seeds.answer(Question(example))
    assert answer.code is None, answer.json
    assert list(find_empty(json.loads(answer.json))) == []


async def test_the_first_answer_is_as_it_is_printed(seeds: Answerer) -> None:
    answer = await seeds.answer(Question(EXAMPLES[0]))
    assert json.loads(answer.json) == json.loads(ANSWERS[0])


async def test_costs_are_as_they_are_printed(seeds: Answerer) -> None:
    printed = {
        example: re.findall(r"^# .*?= ([\d,]*\d)", example, re.MULTILINE) for example in EXAMPLES
    }
    for example, costs in printed.items():
        for cost in costs:
            assert (await seeds.answer(Question(example))).cost == int(cost.replace(",", ""))
    assert any(printed.values())
