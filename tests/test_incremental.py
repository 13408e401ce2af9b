"""After any edits, each imported on its own, every table is what one import of all files gives."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
import yaml

from api import model as m
from api.errors import ImportFailure
from api.intake.deletion import delete_records
from api.intake.drafts import Ref
from api.intake.forms.read_back import read_lines
from api.intake.history import find_changed, find_newest, read_lines_at, read_versions
from api.intake.replay import write_exactly
from api.intake.rows import table_of
from api.intake.write.upsert import Writer
from api.settings import Settings
from tests.conftest import AT, NewDatabase
from tests.importing import run, write_lines
from tests.test_bulk import read_contents
from tests.test_derived import check
from tests.transactions import read, write

BODY = "They met in Aleppo. President Amr spoke. They parted."
FILES = range(3)
STEPS, EVERY = 12, 6
FIELDS = re.findall(
    r"\w+",
    "aliases above claims country date kind label land links name office offices participants "
    "place provisions publisher spelled text title topics where",
)
ROAMING = ("roaming-person", "roaming-place", "roaming-meeting")


def test_imports_of_edits_give_what_one_import_gives(
    new_migrated: NewDatabase, engine: str, tmp_path: Path
) -> None:
    settings, random = new_migrated(), Random(engine)
    (tmp_path / "text.txt").write_text(BODY, encoding="utf-8")
    written: dict[Path, str] = {}
    done = 0
    exports: dict[int, bytes] = {}
    for step, edits in enumerate(edit(tmp_path, random)):
        for path, text in edits.items():
            path.write_text(text, encoding="utf-8")
        try:
            run(settings, *edits)
            written |= edits
            done += 1
        except ImportFailure:
            for path in edits.keys() & written.keys():
                path.write_text(written[path], encoding="utf-8")
        exports[read(settings, find_newest)] = export(settings)
        if step % EVERY == EVERY - 1:
            write(settings, check)
            fresh = new_migrated()
            run(fresh, *sorted(written))
            assert read_all(settings) == read_all(fresh), step
    assert done > STEPS / 2
    mirror = new_migrated()
    for revision in range(1, max(exports) + 1):
        replay(settings, mirror, revision)
        if (lines := exports.get(revision)) is not None:
            assert export(settings, revision) == lines, revision
            assert export(mirror) == lines, revision


PARTIES = [
    {"record": "actor", "key": key, "kind": "STATE", "names": {"en": key}} for key in ("a", "b")
]
PROVISION = {"key": "p", "ordinal": 1, "text": {"en": "P"}, "obligations": [{"debtor": "a"}]}
AGREEMENT = {
    "record": "agreement",
    "key": "g",
    "title": {"en": "G"},
    "type": "OTHER",
    "status": "SIGNED",
    "participants": [{"role": "PARTY", "actor": "a"}],
    "provisions": [PROVISION],
}


def test_what_goes_with_its_parts_may_refer_to_what_goes_too(
    settings: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    mirror = new_migrated()
    run(settings, write_lines(tmp_path, *PARTIES, AGREEMENT))
    delete_records(["actor:a", "agreement:g"], lambda work: write(settings, work))
    for revision in (1, 2):
        replay(settings, mirror, revision)
        assert export(mirror) == export(settings, revision)


def export(settings: Settings, revision: int | None = None) -> bytes:
    """Read all lines, as they are or as they were at the end of a revision."""
    reading = read_lines if revision is None else partial(read_lines_at, revision=revision)
    return read(settings, lambda connection: b"".join(reading(connection)))


def replay(settings: Settings, mirror: Settings, revision: int) -> None:
    """Write what a revision changed into another database."""

    def list_changes(connection: sa.Connection) -> tuple[list[bytes], list[Ref]]:
        moments = [(ref, revision) for ref in find_changed(connection, revision - 1, revision)]
        lines = read_versions(connection, moments)
        return list(filter(None, lines.values())), [ref for ref, _ in moments if not lines[ref, _]]

    lines, deleted = read(settings, list_changes)
    parts = [part for line in lines for part in line.splitlines(keepends=True)]
    write(mirror, lambda made: write_exactly(Writer(made, AT, "test", "replay"), parts, deleted))


def read_all(settings: Settings) -> dict[str, list[str]]:
    """Read every table, counts as sums and the index of words besides."""
    return read_contents(settings) | {"search_index": write(settings, read_index)}


def read_index(connection: sa.Connection) -> list[str]:
    """Read the words that each record is found by."""
    record = table_of(m.Record)
    rows = connection.execute(sa.select(record.c.id, record.c.kind, record.c.key))
    names = {key: f"{kind}:{name}" for key, kind, name in rows}
    if connection.dialect.name == "postgresql":
        query = "SELECT rowid, names, words FROM search_index"
    else:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, search_index, instance)"
        )
        query = 'SELECT doc, term, col, "offset" FROM temp.found'
    found = [[names[key], *rest] for key, *rest in connection.exec_driver_sql(query)]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE temp.found")
    return sorted(map(repr, found))


# Edits.


def edit(folder: Path, random: Random) -> Iterator[dict[Path, str]]:
    """Yield new texts of some of the files, of which a few fields are others than before.

    What roams is in one file, and moves at times.
    """
    homes: dict[str, int] = dict.fromkeys(ROAMING, 0)
    versions: Counter[str] = Counter()
    for step in range(STEPS):
        numbers = set(random.sample(FILES, random.randrange(1, 3)) if step else FILES)
        for name in ROAMING:
            if homes[name] in numbers and random.random() < 0.2:
                homes[name] = random.choice([*numbers])
        versions.update(
            f"{field}-{random.choice([*numbers])}" for field in random.sample(FIELDS, 2)
        )
        yield {
            folder / f"{number}.yaml": yaml.safe_dump(build(versions, number, homes))
            for number in sorted(numbers)
        }


def build(versions: Counter[str], number: int, homes: dict[str, int]) -> dict[str, Any]:
    """Build a dossier, whose records refer to those of all files, from its fields' versions."""

    def draw(field: str) -> Random:
        name = f"{field}-{number}"
        return Random(f"{name}.{versions[name]}")

    def names(field: str) -> dict[str, str]:
        return {"en": f"{field.capitalize()} {draw(field).randrange(3)}", "ar": "اسم"}

    def actor(key: str) -> dict[str, Any]:
        aliases = [{"text": f"Name {item}", "language": "en"} for item in range(3)]
        offices = [{"key": f"o{item}", "title": names("office")} for item in range(2)]
        return {
            "key": key,
            "kind": draw("kind").choice(["PERSON", "UNRESOLVED"]),
            "names": names("name"),
            "country": draw("country").choice(["SY", "TR", None]),
            "aliases": draw("aliases").sample(aliases, 2),
            "offices": offices[: draw("offices").choice([1, 2])],
        }

    def place(key: str, above: str | None) -> dict[str, Any]:
        country = draw("land").choice(["SY", "TR", None])
        return {"key": key, "names": names("place"), "country": country, "part_of": above}

    def claims() -> list[dict[str, Any]]:
        random = draw("claims")
        values = [f"place-{other}" for other in random.sample([*FILES], 2)]
        return [
            {"property": "place", "value": value, "quote": quote}
            for value, quote in zip(values, ("met", "parted"), strict=True)
        ] + [{"quote": "They met", "stance": random.choice(["ASSERTS", "DENIES"])}]

    def event(key: str) -> dict[str, Any]:
        links = [
            {"relation": relation, "event": f"meeting:meeting-{other}"}
            for relation in ("FOLLOWS", "ABOUT")
            for other in FILES
            if f"meeting-{other}" != key
        ]
        random = draw("participants")
        guests = [
            {"role": role, "actor": f"actor-{random.choice(FILES)}", "office": "o0"}
            for role in random.sample(["HOST", "GUEST", "PARTY"], 2)
        ]
        return {
            "key": key,
            "title": names("title"),
            "date": draw("date").choice(["2020", "2021-03", None]),
            "place": draw("where").choice([*(f"place-{other}" for other in FILES), None]),
            "topics": draw("topics").sample([f"s:t{other}" for other in FILES], 2),
            "participants": guests,
            "links": draw("links").sample(links, 2),
            "claims": claims(),
        }

    texts = draw("provisions").sample(
        [{"key": f"p{item}", "text": names("text")} for item in range(3)], 2
    )
    provisions = [item | {"ordinal": ordinal} for ordinal, item in enumerate(texts, 1)]
    agreement = event(f"agreement-{number}")
    agreement |= {"type": "OTHER", "status": "SIGNED", "provisions": provisions}
    above = [f"place-{other}" for other in FILES if other > number]
    roaming = {name for name, home in homes.items() if home == number}
    spelling = {"text": "President Amr", "language": "en", "observed": True}
    return {
        "article": {
            "key": f"article-{number}",
            "file": "text.txt",
            "title": "Text",
            "language": "en",
            "publisher": draw("publisher").choice([f"actor-{other}" for other in FILES]),
        },
        "actors": [actor(key) for key in (f"actor-{number}", *roaming & {ROAMING[0]})],
        "places": [
            place(f"place-{number}", draw("above").choice([*above, None])),
            *(place(key, f"place-{number}") for key in roaming & {ROAMING[1]}),
        ],
        "topics": [{"scheme": "s", "code": f"t{number}", "labels": names("label")}],
        "meetings": [
            event(key) | {"format": "TALKS"}
            for key in (f"meeting-{number}", *roaming & {ROAMING[2]})
        ],
        "agreements": [agreement],
        "aliases": [
            {"actor": f"actor-{other}"} | spelling for other in draw("spelled").sample([*FILES], 2)
        ],
    }
