"""After any imports and deletions, what is derived is what deriving all of it anew would give."""

from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from api import model as m
from api.errors import ImportFailure
from api.intake import import_paths
from api.intake.drafts import Ref
from api.intake.rows import table_of
from api.intake.write.delete import delete
from api.intake.write.derive import derive, is_contested
from api.intake.write.upsert import Writer
from api.model.kinds import RecordKind
from api.settings import Settings
from tests.conftest import AT, NewDatabase
from tests.importing import count
from tests.transactions import write

BODY = "They met. They parted. Nothing else is known of it."
MISMATCHES = (
    (
        "SELECT count(*) FROM event WHERE place_asc <> coalesce("
        "(SELECT name_sort FROM place WHERE place.id = place_id), '\U0010ffff')"
    ),
    (
        "SELECT count(*) FROM event WHERE place_desc <> coalesce("
        "(SELECT name_sort FROM place WHERE place.id = place_id), '')"
    ),
    (
        "SELECT count(*) FROM article WHERE publisher_asc <> coalesce("
        "(SELECT name_sort FROM actor WHERE actor.id = publisher_id), '\U0010ffff')"
    ),
    (
        "SELECT count(*) FROM article WHERE publisher_desc <> coalesce("
        "(SELECT name_sort FROM actor WHERE actor.id = publisher_id), '')"
    ),
    (
        "SELECT count(*) FROM provision JOIN event ON event.id = agreement_id "
        "WHERE agreement_date_asc <> date_asc OR agreement_date_desc <> date_desc"
    ),
    (
        "SELECT count(*) FROM actor WHERE event_count <> (SELECT count(DISTINCT event_id) "
        "FROM participation WHERE actor_id = actor.id)"
    ),
    (
        "SELECT count(*) FROM actor LEFT JOIN search_record ON search_record.id = actor.id "
        "WHERE coalesce(CAST(date_desc AS integer), -1) <> event_count"
    ),
)
REPORTS = (
    "SELECT article.id, event.id FROM article "
    "JOIN dossier ON dossier.name = 'article:' || article.key "
    "JOIN record ON record.dossier_id = dossier.id JOIN event ON event.id = record.id "
    "UNION SELECT article_id, subject_id FROM claim JOIN event ON event.id = subject_id"
)


def test_what_is_derived_follows(new_migrated: NewDatabase, tmp_path: Path) -> None:
    settings = new_migrated()
    random = Random(7)
    (tmp_path / "text.txt").write_text(BODY, encoding="utf-8")
    refused = 0
    for step in range(16):
        paths = [
            write_dossier(tmp_path, random, number)
            for number in random.sample(range(4), 2 if step else 4)
        ]
        try:
            import_paths(paths, lambda work: write(settings, work), AT)
        except ImportFailure:
            refused += 1
        write(settings, check)
    assert refused < 10
    write(settings, lambda connection: delete_events(connection, random))
    write(settings, check)


def test_an_event_that_another_dossier_takes_over_is_of_its_article(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text(BODY, encoding="utf-8")
    heads = [
        f"article: {{key: {key}, file: text.txt, title: Text, language: en}}\n" for key in "ab"
    ]
    event = "meetings: [{key: m, title: {en: M}, format: TALKS}]\n"
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for texts in ((heads[0] + event, heads[1]), (heads[0], heads[1] + event)):
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        import_paths(paths, lambda work: write(settings, work), AT)
        write(settings, check)
        assert count(settings, m.Report) == 1


def test_a_kind_s_counts_stay_few(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.write.counts.MAX_ROWS", 3)
    rows = []
    for number in range(5):
        path = tmp_path / f"{number}.yaml"
        path.write_text(f"topics: [{{scheme: s, code: c{number}, labels: {{en: T}}}}]")
        import_paths([path], lambda work: write(settings, work), AT)
        write(settings, check_counts)
        rows.append(count(settings, m.RecordCount))
    assert rows == [1, 2, 1, 2, 3]


def write_dossier(folder: Path, random: Random, number: int) -> Path:
    """Write one of four dossiers, each with keys of its own, that refer to each other's."""

    def maybe(*values: Any) -> Any:
        return random.choice([None, *values])

    def participants() -> list[Any]:
        roles = random.choices(["HOST", "GUEST"], k=random.randrange(3))
        return [{"role": role, "actor": f"actor-{random.randrange(4)}"} for role in roles]

    def event(kind: str) -> dict[str, Any]:
        claims = [
            {
                "property": random.choice(["place", "date"]),
                "value": None,
                "stance": random.choice(["ASSERTS", "DENIES"]),
                "quote": quote,
            }
            for quote in random.sample(["They met", "They parted"], random.randrange(3))
        ]
        for claim in claims:
            values = [f"place-{random.randrange(4)}", random.choice(["2020", "2020-05", "2021"])]
            claim["value"] = values[claim["property"] == "date"]
        place = maybe(f"place-{number}", f"place-{random.randrange(4)}")
        places = [f"place-{further}" for further in random.sample(range(4), random.randrange(3))]
        return {
            "key": f"{kind}-{number}",
            "title": {"en": f"Event {random.randrange(3)}"},
            "date": maybe("2020", "2021-03"),
            "place": place,
            "places": places if place else [],
            "participants": participants(),
            "claims": claims,
        }

    tree = {
        "article": {
            "key": f"article-{number}",
            "file": "text.txt",
            "title": "Text",
            "language": "en",
            "publisher": maybe(f"actor-{random.randrange(4)}"),
        },
        "actors": [
            {
                "key": f"actor-{number}",
                "kind": "PERSON",
                "names": {"en": f"Name {random.randrange(9)}"},
                "offices": [{"key": f"office-{random.randrange(2)}", "title": {"en": "Office"}}],
            }
        ],
        "places": [
            {
                "key": f"place-{number}",
                "names": {"en": f"Place {random.randrange(9)}"},
                "country": maybe("SY", "TR"),
                "part_of": maybe(*(f"place-{higher}" for higher in range(number + 1, 4))),
            }
        ],
        "meetings": [event("meeting") | {"format": "TALKS"}],
        "agreements": [
            event("agreement")
            | {
                "type": "OTHER",
                "status": "SIGNED",
                "provisions": [
                    {"key": key, "ordinal": place, "text": {"en": "Text"}}
                    for place, key in enumerate(random.sample(["a", "b", "c"], 2), 1)
                ],
            }
        ],
    }
    path = folder / f"{number}.yaml"
    path.write_text(yaml.safe_dump(tree), encoding="utf-8")
    return path


def check(connection: sa.Connection) -> None:
    for sql in MISMATCHES:
        assert connection.scalar(sa.text(sql)) == 0, sql
    assert pairs(connection, "SELECT * FROM report") == pairs(connection, REPORTS)
    up = {row[0]: row[1] for row in connection.execute(sa.text("SELECT id, part_of_id FROM place"))}
    within = {(key, outer) for key in up for outer in climb(key, up)}
    assert pairs(connection, "SELECT * FROM place_within") == within | find_areas(connection, up)
    check_countries(connection, up)
    check_contested(connection, within)
    check_counts(connection)


def pairs(connection: sa.Connection, sql: str) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(sa.text(sql))}


def climb(key: int | None, up: dict[int, int | None]) -> list[int]:
    return [] if key is None else [key, *climb(up[key], up)]


def find_areas(connection: sa.Connection, up: dict[int, int | None]) -> set[tuple[int, int]]:
    """Check the areas of all events; return the pairs of those of several places."""
    of: dict[int, list[int]] = defaultdict(list)
    for event, place in pairs(connection, "SELECT event_id, place_id FROM event_place"):
        of[event].append(place)
    areas = {(event, event if places[1:] else places[0]) for event, places in of.items()}
    assert pairs(connection, "SELECT id, area_id FROM event WHERE area_id IS NOT NULL") == areas
    return {
        (event, outer)
        for event, places in of.items()
        if places[1:]
        for place in places
        for outer in climb(place, up)
    }


def check_countries(connection: sa.Connection, up: dict[int, int | None]) -> None:
    places = {row.id: row for row in connection.execute(sa.select(table_of(m.Place)))}
    for key, place in places.items():
        codes = [places[outer].country_code for outer in climb(key, up)]
        assert place.country_within == next(filter(None, codes), None)


def check_contested(connection: sa.Connection, within: set[tuple[int, int]]) -> None:
    keys: dict[int, str] = dict(connection.execute(sa.text("SELECT id, key FROM place")).all())
    above: dict[str, set[str]] = defaultdict(set)
    for inner, outer in within:
        above[keys[inner]].add(keys[outer])
    claims = connection.execute(sa.select(table_of(m.Claim))).all()
    for event in connection.execute(sa.select(table_of(m.Event))):
        said = [claim for claim in claims if claim.subject_id == event.id]
        assert event.contested == is_contested(said, above), event.key


def check_counts(connection: sa.Connection) -> None:
    sums = "SELECT kind, sum(delta) FROM record_count GROUP BY kind HAVING sum(delta) <> 0"
    counted = "SELECT kind, count(*) FROM record GROUP BY kind"
    assert pairs(connection, sums) == pairs(connection, counted)
    assert (
        pairs(connection, "SELECT kind FROM record_count GROUP BY kind HAVING count(*) > 64")
        == set()
    )


def delete_events(connection: sa.Connection, random: Random) -> None:
    """Delete some events, and what goes with them."""
    writer = Writer(connection, AT, "somebody", "deletion")
    kinds = (RecordKind.MEETING, RecordKind.AGREEMENT)
    refs = [Ref(kind, f"{kind.lower()}-{number}") for kind in kinds for number in range(4)]
    writer.load(refs)
    delete(random.sample([ref for ref in refs if ref in writer.ids], 3), writer)
    derive(writer)
    writer.close()
    assert any(ref.kind is RecordKind.PROVISION for ref in writer.changes)
