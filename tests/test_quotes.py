"""Every claim's words stand in its article, exactly where it says."""

from typing import Any

import orjson

from api.answer import Answerer, Question

QUERY = """query ($after: String) { claims(first: 500, after: $after) {
  nodes { quote { text start end prefix suffix article { body } } }
  pageInfo { hasNextPage endCursor }
} }"""


async def test_every_quote_stands_where_it_says(answerer: Answerer) -> None:
    quotes = await list_quotes(answerer)
    assert quotes
    for quote in quotes:
        body, start, end = quote["article"]["body"], quote["start"], quote["end"]
        assert body[start:end] == quote["text"]
        assert body[max(0, start - 32) : start] == quote["prefix"]
        assert body[end : end + 32] == quote["suffix"]


async def list_quotes(answerer: Answerer) -> list[dict[str, Any]]:
    quotes: list[dict[str, Any]] = []
    after = None
    while True:
        answer = await answerer.answer(Question(QUERY, variables={"after": after}))
        page = orjson.loads(answer.json)["data"]["claims"]
        quotes += [node["quote"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return quotes
        after = page["pageInfo"]["endCursor"]
