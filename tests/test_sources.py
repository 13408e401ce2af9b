"""Sources of records: articles, and datasets with the rows of their tables, in answers."""

from asyncio import to_thread
from pathlib import Path
from typing import Any

import orjson

from api.answer import Answerer
from api.database import open_database
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.importing import run, write_lines

QUERY = """
query ($source: [ID!]) {
  meetings(filter: {source: $source}) {
    totalCount
    nodes { key source { ... on Node { id } ... on Dataset { title } } sourceRow }
  }
  claims { nodes { source { __typename } subject { source { __typename } sourceRow } } }
  datasets { nodes { source { __typename } } }
}
"""


def meeting(key: str, **origin: str) -> dict[str, Any]:
    return {"record": "meeting", "key": key, "title": {"en": key}, "format": "TALKS"} | origin


async def test_answers_and_filters_know_the_sources(settings: Settings, tmp_path: Path) -> None:
    lines = write_lines(
        tmp_path,
        {"record": "article", "key": "daily", "title": "D", "language": "en", "text": "Met."},
        {"record": "dataset", "dataset": "visits", "key": "visits", "title": {"en": "Visits"}},
        meeting("a", dataset="visits", row="7"),
        meeting("b", dataset="visits"),
        meeting("c", article="daily"),
        meeting("d"),
        {"record": "claim", "article": "daily", "subject": "meeting:a", "quote": "Met"},
    )
    await to_thread(run, settings, lines)
    database = await open_database(settings)
    answerer = Answerer(build_catalog(SCHEMA), database)

    async def ask(*sources: str) -> Any:
        variables = {"source": list(sources) or None}
        answer = await answerer.answer(GraphQLRequest(QUERY, variables=variables))
        return orjson.loads(answer.json)["data"]

    whole, some = await ask(), await ask("dataset:visits", "article:none")
    await database.close()
    visits = {"id": "dataset:visits", "title": "Visits"}
    a, b, c, d = (
        {"key": "a", "source": visits, "sourceRow": "7"},
        {"key": "b", "source": visits, "sourceRow": None},
        {"key": "c", "source": {"id": "article:daily"}, "sourceRow": None},
        {"key": "d", "source": None, "sourceRow": None},
    )
    assert whole["meetings"] == {"totalCount": 4, "nodes": [d, c, b, a]}
    assert some["meetings"] == {"totalCount": 2, "nodes": [b, a]}
    subject = {"source": {"__typename": "Dataset"}, "sourceRow": "7"}
    assert whole["claims"]["nodes"] == [{"source": {"__typename": "Article"}, "subject": subject}]
    assert whole["datasets"]["nodes"] == [{"source": {"__typename": "Dataset"}}]
