"""The states, their capitals, and large intergovernmental organizations with their members.

The tables have the facts as of the end of 2025. A state's names are those of its country; where
the table has others, those of the country are aliases.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from api.intake.drafts import REFERENCE
from api.text.countries import build_countries, build_former_countries
from api.text.slugs import slugify

Row = dict[str, str]
Line = dict[str, Any]
LANGUAGES = ("en", "ar", "tr")
DATASET = {
    "record": "dataset",
    "key": REFERENCE.key,
    "title": {
        "en": "States and intergovernmental organizations",
        "ar": "الدول والمنظمات الحكومية الدولية",
        "tr": "Devletler ve hükûmetler arası örgütler",
    },
    "version": "2025",
    "licence": "MIT AND Unicode-3.0",
}


def build_lines() -> Iterator[Line]:
    """Yield the lines of the records."""
    states = _read("states.csv")
    keys = list_states()
    memberships: dict[str, list[Line]] = defaultdict(list)
    for row in _read("memberships.csv"):
        for member in row["members"].split():
            membership = {"organization": row["organization"], **_pick(row, "role since until")}
            memberships[keys.get(member, member)].append(membership)
    yield DATASET
    for row in _read("organizations.csv"):
        aliases = [{"text": row["short"], "language": "en"}] if row["short"] else []
        yield {
            "record": "actor",
            "dataset": REFERENCE.key,
            "kind": "INTERGOVERNMENTAL_ORGANIZATION",
            "names": {language: row[language] for language in LANGUAGES},
            "aliases": [item for item in aliases if item["text"] != row["en"]],
            "memberships": memberships[row["key"]],
            **_pick(row, "key wikidata"),
        }
    former = build_former_countries()
    for row in states:
        yield {
            "record": "actor",
            "dataset": REFERENCE.key,
            "kind": "STATE",
            **_name_state(row),
            "memberships": memberships[row["key"]],
            **_pick(row, "key country wikidata"),
        }
        if row["country"] not in former and row["capital_en"]:
            yield {
                "record": "place",
                "dataset": REFERENCE.key,
                "key": slugify(row["capital_en"]),
                "names": {language: row[f"capital_{language}"] for language in LANGUAGES},
                "country": row["country"],
            }


def list_states() -> dict[str, str]:
    """Return the code of each state's country → the key of its actor."""
    return {row["country"]: row["key"] for row in _read("states.csv")}


@cache
def list_organizations() -> dict[str, set[str]]:
    """Return an actor's key or Wikidata item → those of the organizations that it is in."""
    lines = [line for line in build_lines() if line["record"] == "actor"]
    names = {line["key"]: {line["key"], line.get("wikidata", line["key"])} for line in lines}
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for membership in line["memberships"]:
            for name in names[line["key"]]:
                found[name] |= names[membership["organization"]]
    return found


def _read(name: str) -> list[Row]:
    path = Path(__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _pick(row: Row, names: str) -> Row:
    return {name: row[name] for name in names.split() if row[name]}


def _name_state(row: Row) -> Line:
    names = {language: build_countries()[row["country"]][language] for language in LANGUAGES}
    own = _pick(row, "en ar tr")
    return {
        "names": names | own,
        "aliases": [
            {"text": names[language], "language": language}
            for language in own
            if own[language] != names[language]
        ],
    }
