"""A walk sees every record that stays exactly once, whatever comes and goes between its pages."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from api.answer import Answerer
from api.database import open_database
from api.intake import import_paths
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.conftest import AT, NewDatabase
from tests.transactions import write

DATES = [None, None, "2024", "2024-03", "2024-03-05", "2023/2024", "2023/..", "XXXX-07"]
PLACES = [None, None, "here", "there", "nowhere"]
TITLES = ["Talks", "talks", "Reception", "استقبال"]
FIELDS = ["DATE", "TITLE", "PLACE", "RECORDED_AT"]
STAYING = 48
DOCUMENT = """
query ($order: [EventOrder!], $after: String, $before: String, $first: Int, $last: Int) {
  meetings(orderBy: $order, after: $after, before: $before, first: $first, last: $last) {
    edges { cursor node { key } }
    pageInfo { hasNextPage hasPreviousPage }
  }
}"""


def meeting(key: str, number: int) -> dict[str, Any]:
    """Make one of many meetings that share dates, places and titles, or have none."""
    return {
        "key": key,
        "format": "TALKS",
        "title": {"en": TITLES[number % len(TITLES)]},
        "date": DATES[number % len(DATES)],
        "place": PLACES[number // 3 % len(PLACES)],
    }


@dataclass(slots=True)
class Meetings:
    """A database whose meetings come and go, but for some that stay."""

    settings: Settings
    folder: Path
    runner: asyncio.Runner
    answerer: Answerer
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000)))

    def ask(self, **variables: Any) -> dict[str, Any]:
        answer = self.runner.run(
            self.answerer.answer(GraphQLRequest(DOCUMENT, variables=variables))
        )
        page: dict[str, Any] = json.loads(answer.json)["data"]["meetings"]
        return page

    def add(self, count: int) -> None:
        numbers = [next(self.numbers) for _ in range(count)]
        fill(self.settings, self.folder, [meeting(f"coming-{n}", n) for n in numbers])

    def remove(self) -> None:
        going = sa.text("DELETE FROM record WHERE kind = 'MEETING' AND key LIKE 'coming-%'")
        write(self.settings, lambda connection: connection.execute(going))

    def walk(self, order: Any, size: int, changes: list[bool], *, backward: bool) -> list[str]:
        """Walk all pages, records coming or going before some of them."""
        seen: list[str] = []
        cursor, more, turns = None, True, iter(changes)
        while more:
            if next(turns, False):
                self.add(2) if len(seen) % 2 else self.remove()
            if backward:
                page = self.ask(order=order, last=size, before=cursor)
            else:
                page = self.ask(order=order, first=size, after=cursor)
            keys = [edge["node"]["key"] for edge in page["edges"]]
            seen = keys + seen if backward else seen + keys
            more = page["pageInfo"]["hasPreviousPage" if backward else "hasNextPage"]
            if page["edges"]:
                cursor = page["edges"][0 if backward else -1]["cursor"]
        return seen


def fill(settings: Settings, folder: Path, meetings: list[dict[str, Any]]) -> None:
    path = folder / "meetings.jsonl"
    lines = [json.dumps({"record": "meeting", **item}) for item in meetings]
    path.write_text("\n".join(lines), encoding="utf-8")
    import_paths([path], lambda work: write(settings, work), AT)


@pytest.fixture(scope="module")
def meetings(
    new_migrated: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Meetings]:
    settings, folder = new_migrated(), tmp_path_factory.mktemp("meetings")
    places = [{"key": key, "names": {"en": key}} for key in PLACES if key]
    path = folder / "places.json"
    path.write_text(json.dumps({"places": places}), encoding="utf-8")
    import_paths([path], lambda work: write(settings, work), AT)
    fill(settings, folder, [meeting(f"staying-{number}", number) for number in range(STAYING)])
    with asyncio.Runner() as runner:
        database = runner.run(open_database(settings))
        answerer = Answerer(build_catalog(SCHEMA), database)
        yield Meetings(settings, folder, runner, answerer)
        runner.run(database.close())


ORDERS = st.lists(
    st.fixed_dictionaries(
        {"field": st.sampled_from(FIELDS), "direction": st.sampled_from(["ASC", "DESC"])}
    ),
    max_size=2,
)


@hypothesis_settings(max_examples=25, deadline=None, derandomize=True)
@given(
    order=ORDERS,
    size=st.integers(5, 17),
    changes=st.lists(st.booleans(), max_size=4),
    backward=st.booleans(),
)
def test_what_stays_is_seen_once(
    meetings: Meetings, order: Any, size: int, changes: list[bool], *, backward: bool
) -> None:
    meetings.remove()
    still = meetings.walk(order, 500, [], backward=False)
    meetings.add(5)
    seen = meetings.walk(order, size, [*changes, True], backward=backward)
    assert [key for key in seen if key.startswith("staying")] == still
