"""The questions: a scale in, the operations of queries/ and the variables they take in turn out."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.generate import COUNTRIES, DAYS, FIRST_DAY, SCALES, SEED, key, make_words
from benchmarks.load import ask

QUERIES = Path(__file__).parent / "queries"
TWO_YEARS = timedelta(days=730)
WORDS = make_words("ar")[1_500::250]  # each in about one document of a hundred
WALK = """query Walk($first: Int!, $after: String) {
  meetings(first: $first, after: $after) { pageInfo { endCursor } }
}"""
CURSORS = 20
Variables = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One operation; its name on disk, its name in GraphQL, and its variables."""

    name: str
    variables: tuple[Variables, ...]

    @property
    def operation(self) -> str:
        """The operation's name."""
        return self.name.partition("_")[2].capitalize()


def read_cases(scale: str, cursors: list[str]) -> list[Case]:
    """Make the cases of a scale, the same every time."""
    source = random.Random(SEED)  # noqa: S311 — the same variables every time
    articles = [source.randrange(SCALES[scale].articles) for _ in range(400)]
    days = [FIRST_DAY + timedelta(source.randrange(DAYS - 730)) for _ in range(100)]
    made: dict[str, list[Variables]] = {
        "01_article": [{"key": key("article", number)} for number in articles],
        "02_first": [{"first": 50}],
        "03_nested": [{"first": 20}],
        "04_page": [{"first": 50, "after": cursor} for cursor in cursors],
        "05_counted": [{"first": 50, "after": cursor} for cursor in cursors],
        "06_filtered": [
            {"first": 50, "from": f"{day}", "to": f"{day + TWO_YEARS}", "country": "SY"}
            for day in days
        ],
        "07_agreements": [{"first": 50}],
        "08_large": [{"first": 500}],
        "09_groups": [{"country": country} for country in COUNTRIES[:18]],
        "10_search": [{"first": 20, "text": word} for word in WORDS],
    }
    return [Case(name, tuple(variables)) for name, variables in made.items()]


def walk_to_the_middle(scale: str, port: int) -> dict[str, int]:
    """Ask Mithaq for cursors around the middle of its meetings; each with its place among them."""
    meetings = SCALES[scale].meetings
    size = min(500, meetings // 2 // CURSORS)
    after, cursors = None, {}
    for place in range(size, meetings // 2 + size * CURSORS // 2 + 1, size):
        request = write_request("/graphql", WALK, "Walk", {"first": size, "after": after})
        page = json.loads(ask(port, request))["data"]["meetings"]["pageInfo"]
        after = page["endCursor"]
        cursors[after] = place
    return dict(list(cursors.items())[-CURSORS:])


def write_request(path: str, query: str, operation: str | None, variables: Variables) -> bytes:
    """Write a POST request."""
    fields = {"query": query, "operationName": operation, "variables": variables}
    body = json.dumps(fields, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def leaves(value: Any, name: str = "") -> Iterator[str | None]:
    """List the values of an answer: texts in their original language, ids without their kind.

    Cursors are left out: they are each server's own.
    """
    match value:
        case dict() if "*" in value:
            yield value[value["*"]]
        case dict():
            for key_, item in value.items():
                yield from leaves(item, key_) if key_ != "endCursor" else ()
        case list():
            for item in value:
                yield from leaves(item, name)
        case str():
            yield from _leaves_of_text(value, name)
        case _:
            yield None if value is None else str(value)


def _leaves_of_text(text: str, name: str) -> Iterator[str | None]:
    if text.startswith('{"*":'):
        yield from leaves(json.loads(text))
    elif name == "bounds":  # how datasette tells earliest and latest
        yield from text.split("/") if "/" in text else (None, None)
    else:
        yield text.rpartition(":")[2] if name == "id" else text


def same_values(answer: bytes, other: bytes) -> bool:
    """Return whether two answers hold the same values, in whatever shape and order."""
    first, second = (json.loads(item)["data"] for item in (answer, other))
    return Counter(leaves(first)) == Counter(leaves(second))
