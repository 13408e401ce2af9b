"""Countries of today and former ones: in records, in answers, and in filters."""

from asyncio import to_thread
from pathlib import Path

import orjson
import pytest

from api.answer import Answerer
from api.database import open_database
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from api.text.countries import (
    build_countries,
    build_former_countries,
    check_country,
    find_country,
)
from tests.importing import run, write_lines


def test_former_countries_have_names_and_years() -> None:
    former = build_former_countries()
    assert len(former) == 31
    assert former.keys() <= build_countries().keys()
    assert all(len(code) == 4 and code[:2] == item.alpha_2 for code, item in former.items())
    assert all(1974 <= item.since < item.until for item in former.values())
    assert all(name for item in former.values() for name in item.names.values())


@pytest.mark.parametrize(("code", "found"), [("SU", "SUHH"), ("CSHH", "CSHH"), ("BY", "BY")])
def test_a_withdrawn_code_is_of_its_only_country(code: str, found: str) -> None:
    assert find_country(code) == check_country(code) == found


def test_a_code_of_two_former_countries_is_refused() -> None:
    with pytest.raises(ValueError, match="such as CSHH"):
        check_country("CS")


async def test_filters_find_former_countries(settings: Settings, tmp_path: Path) -> None:
    await to_thread(
        run,
        settings,
        write_lines(
            tmp_path,
            {"record": "place", "key": "moscow", "names": {"en": "Moscow"}, "country": "SU"},
            {"record": "place", "key": "prague", "names": {"en": "Prague"}, "country": "CSHH"},
            {"record": "place", "key": "sofia", "names": {"en": "Sofia"}, "country": "BG"},
        ),
    )
    database = await open_database(settings)
    answerer = Answerer(build_catalog(SCHEMA), database)
    query = """query ($code: String) {
      one: places(filter: {country: {eq: $code}}) {
        nodes { key country { code name since until } }
      }
      some: places(filter: {country: {in: ["SU", "BG"]}}) { nodes { key country { until } } }
    }"""
    answer = await answerer.answer(GraphQLRequest(query, variables={"code": "SU"}))
    refused = await answerer.answer(GraphQLRequest(query, variables={"code": "su"}))
    await database.close()
    (error,) = orjson.loads(refused.json)["errors"]
    assert (error["extensions"]["code"], error["path"]) == ("BAD_USER_INPUT", ["one"])
    assert error["message"].startswith('`filter.country.eq`: "su" is not an ISO 3166-1 alpha-2')
    country = {"code": "SUHH", "name": "Soviet Union", "since": 1974, "until": 1992}
    assert orjson.loads(answer.json)["data"] == {
        "one": {"nodes": [{"key": "moscow", "country": country}]},
        "some": {
            "nodes": [
                {"key": "moscow", "country": {"until": 1992}},
                {"key": "sofia", "country": {"until": None}},
            ]
        },
    }
