"""Identifiers in external schemes: unique within scheme and kind, whoever writes them."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api import model as m
from api.errors import ImportFailure
from api.settings import Settings
from tests.importing import run, write_lines
from tests.transactions import read

Line = dict[str, Any]


def place(key: str, *ids: str, **fields: Any) -> Line:
    identifiers = [{"scheme": "GEONAMES", "id": id_} for id_ in ids]
    return {
        "record": "place",
        "key": key,
        "names": {"en": key},
        "identifiers": identifiers,
    } | fields


def read_identifiers(settings: Settings) -> list[tuple[str, str, str]]:
    table: sa.Table = m.Identifier.__table__  # type: ignore[attr-defined]
    names = (table.c.record_kind, table.c.record_key, table.c.value)
    query = sa.select(*names).order_by(*names)
    return read(settings, lambda connection: [tuple(row) for row in connection.execute(query)])


def refuse(settings: Settings, path: Path) -> list[str]:
    with pytest.raises(ImportFailure) as refused:
        run(settings, path)
    return [problem.removeprefix(f"{path}:") for problem in refused.value.problems]


def test_two_records_of_a_kind_cannot_share_an_identifier(
    settings: Settings, tmp_path: Path
) -> None:
    shared = write_lines(tmp_path, place("a", "1"), place("b", "2", "1"))
    taken = "GEONAMES 1 is already an identifier of place:a: it has to be unique"
    assert refuse(settings, shared) == [f"2: {taken}"]
    run(settings, write_lines(tmp_path, place("a", "1")))
    assert refuse(settings, write_lines(tmp_path, place("b", "1"))) == [f"1: {taken}"]
    actor = {"record": "actor", "key": "a", "kind": "OTHER", "names": {"en": "A"}}
    run(settings, write_lines(tmp_path, actor | {"identifiers": place("", "1")["identifiers"]}))
    assert read_identifiers(settings) == [("ACTOR", "a", "1"), ("PLACE", "a", "1")]


def test_records_exchange_their_identifiers(settings: Settings, tmp_path: Path) -> None:
    run(settings, write_lines(tmp_path, place("a", "1"), place("b", "2")))
    path = write_lines(tmp_path, place("a", "2"), place("b", "1"))
    assert run(settings, path) == "0 created, 2 updated, 0 unchanged"
    assert read_identifiers(settings) == [("PLACE", "a", "2"), ("PLACE", "b", "1")]
    assert run(settings, path) == "0 created, 0 updated, 2 unchanged"


def test_a_deleted_record_s_identifier_can_be_taken(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "places.yaml"
    text = "places:\n  - {key: %s, names: {en: A}, identifiers: [{scheme: S, id: '1'}]}\n"
    for key in "ab":
        path.write_text(text % key)
        run(settings, path)
    assert read_identifiers(settings) == [("PLACE", "b", "1")]


def test_an_identifier_is_given_once(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    path.write_text("""places:
  - {key: a, names: {en: A}, identifiers: [
      {scheme: S, id: x},
      {scheme: S, id: x}]}
actors:
  - key: b
    kind: OTHER
    names: {en: B}
    identifiers:
      - {scheme: WIKIDATA, id: Q1}
""")
    assert refuse(settings, path) == [
        "4: S x is given twice: keep one",
        "10: write Q1 as the field `wikidata`",
    ]
