"""JSON Lines: what dossiers say, line by line, in batches that each commit whole."""

import json
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from api import model as m
from api.cli import app
from api.database.transactions import writing
from api.errors import ImportFailure
from api.intake import import_paths
from api.intake.read.files import read_document
from api.intake.rows import insert_statement, table_of
from api.settings import Settings
from api.statements import compile_once
from tests.conftest import AT, NewDatabase
from tests.importing import EXAMPLE_SIZE, summarize
from tests.test_derived import check
from tests.transactions import write

EXAMPLE = Path(__file__).parent / "example"
LEFT_OUT = {"bookmark", "change", "version", "country", "record_count", "revision"}
SECTIONS = (
    "actors",
    "places",
    "topics",
    "meetings",
    "agreements",
    "statements",
    "appeals",
    "actions",
)
BODY = "They met in Damascus. They parted."
DOSSIER, RECORD = table_of(m.Dossier), table_of(m.Record)
Lines = list[dict[str, Any]]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two lines."""
    monkeypatch.setattr("api.intake.read.lines.BATCH_LINES", 2)


def run(settings: Settings, *paths: Path, quarantine: Path | None = None) -> str:
    summary = import_paths(paths, lambda work: write(settings, work), AT, quarantine=quarantine)
    write(settings, check)
    return str(summary)


def save(path: Path, lines: Lines) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def place(key: str, **fields: Any) -> dict[str, Any]:
    return {"record": "place", "key": key, "names": {"en": key}, **fields}


def meeting(key: str, **fields: Any) -> dict[str, Any]:
    return {"record": "meeting", "key": key, "title": {"en": key}, "format": "TALKS", **fields}


def article(key: str, **fields: Any) -> dict[str, Any]:
    text = {"title": key, "language": "en", "text": BODY}
    return {"record": "article", "key": key, **text, **fields}


def read_example() -> Lines:
    """Write the example dossier as lines."""
    tree = read_document(EXAMPLE / "dossier.yaml").tree
    home = {"article": tree["article"]["key"]}
    text = (EXAMPLE / tree["article"].pop("file")).read_text(encoding="utf-8")
    lines = [{"record": "article", "text": text} | tree["article"]]
    for section in SECTIONS:
        lines += [{"record": section[:-1]} | home | record for record in tree.get(section) or ()]
    lines += [{"record": "claim"} | home | claim for claim in tree["claims"]]
    return lines + [{"record": "alias"} | home | alias for alias in tree["aliases"]]


def read_contents(settings: Settings) -> dict[str, list[str]]:
    """Read every row that is a record's, with names in the place of numbers."""

    def read(connection: sa.Connection) -> dict[str, list[str]]:
        named: dict[str, dict[int, str]] = {
            "dossier": {row.id: row.name for row in connection.execute(sa.select(DOSSIER))},
            "record": {
                row.id: f"{row.kind}:{row.key}" for row in connection.execute(sa.select(RECORD))
            },
            "revision": {},
        }

        def name(column: sa.Column[Any], value: Any) -> Any:
            targets = {key.column.table.name for key in column.foreign_keys}
            if targets & {"language", "country"} or (not targets and column.name != "id"):
                return value
            return named.get(next(iter(targets), "revision"), named["record"]).get(value)

        def rows(table: sa.Table) -> list[str]:
            found = connection.execute(sa.select(table))
            return sorted(repr([*map(name, table.c, row)]) for row in found)

        tables = m.METADATA.tables.items()
        return {table: rows(held) for table, held in tables if table not in LEFT_OUT}

    return write(settings, read)


def count(settings: Settings, model: Any) -> int:
    query = sa.select(sa.func.count()).select_from(table_of(model))
    return write(settings, lambda connection: connection.scalar(query)) or 0


def test_lines_give_what_their_dossier_gives(
    settings: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    path = save(tmp_path / "example.jsonl", read_example())
    assert run(settings, path) == summarize(created=EXAMPLE_SIZE)
    assert run(settings, path) == summarize()
    other = new_migrated()
    run(other, EXAMPLE)
    assert read_contents(settings) == read_contents(other)


@pytest.mark.usefixtures("small")
def test_references_point_forward_as_far_as_they_like(
    settings: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    path = save(tmp_path / "example.jsonl", read_example()[::-1])
    run(settings, path)
    assert count(settings, m.Revision) > 1
    assert run(settings, path) == summarize()
    other = new_migrated()
    run(other, EXAMPLE)
    assert read_contents(settings) == read_contents(other)


@pytest.mark.usefixtures("small")
def test_circles_of_links_are_one_batch(settings: Settings, tmp_path: Path) -> None:
    lines = [
        meeting(
            f"m{number}", links=[{"relation": "FOLLOWS", "event": f"meeting:m{(number + 3) % 9}"}]
        )
        for number in range(9)
    ]
    assert run(settings, save(tmp_path / "links.jsonl", lines)).startswith("9 created")
    assert count(settings, m.EventLink) == 18


@pytest.mark.usefixtures("small")
def test_a_bad_line_stops_its_batch(settings: Settings, tmp_path: Path) -> None:
    lines = [place("a"), place("b"), place("c", country="XX"), place("d", part_of="x"), place("e")]
    path = save(tmp_path / "places.jsonl", lines)
    with pytest.raises(ImportFailure) as refused:
        run(settings, path)
    assert str(refused.value).replace(str(path), "FILE").splitlines() == [
        (
            'FILE:3: `country`: "XX" is not an ISO 3166-1 alpha-2 country code: write one in '
            "capitals, such as SY, or the ISO 3166-3 code of a former country, such as CSHH"
        ),
        "FILE:4: there is no place:x: define it here, or import the file that defines it",
        "Lines 1 to 2 are imported; the next import continues after them.",
    ]
    assert count(settings, m.Place) == 2
    save(path, [*lines[:2], place("c"), place("d"), place("e")])
    assert run(settings, path) == "3 created, 0 updated, 0 unchanged; 2 lines were imported before"
    assert run(settings, path) == "0 created, 0 updated, 5 unchanged"
    assert count(settings, m.Bookmark) == 0


@pytest.mark.usefixtures("small")
def test_invalid_lines_are_quarantined(settings: Settings, tmp_path: Path) -> None:
    good = [place("a"), place("b", part_of="a"), place("e")]
    bad = [place("c", country="XX"), place("d", part_of="c"), place("f", part_of="d")]
    path = save(tmp_path / "places.jsonl", [good[0], bad[0], bad[2], bad[1], *good[1:]])
    with path.open("ab") as file:
        file.write(b"\xff\n{\n\n")
    quarantine = tmp_path / "bad.jsonl"
    told = run(settings, path, quarantine=quarantine)
    assert told == "3 created, 0 updated, 0 unchanged; 5 lines quarantined"
    entries = [json.loads(line) for line in quarantine.read_text(encoding="utf-8").splitlines()]
    found = {entry["line"]: entry for entry in entries}
    assert sorted(found) == [2, 3, 4, 7, 8]
    assert json.loads(found[2]["record"]) == bad[0]
    assert found[3]["reason"] == "this refers to place:d, which was quarantined with line 4"
    assert found[7]["base64"] == "/w=="
    assert found[8]["record"] == "{"
    assert "not JSON" in found[8]["reason"]


@pytest.mark.usefixtures("small")
def test_a_stopped_import_goes_on(settings: Settings, tmp_path: Path) -> None:
    path = save(tmp_path / "places.jsonl", [place(f"p{number}") for number in range(9)])
    batches = 0

    def stopping(work: Callable[[sa.Connection], Any]) -> Any:
        def once(connection: sa.Connection) -> Any:
            nonlocal batches
            given = work(connection)
            batches += 1
            if batches == 4:
                raise KeyboardInterrupt
            return given

        return write(settings, once)

    with pytest.raises(KeyboardInterrupt):
        import_paths([path], stopping, AT)
    assert count(settings, m.Place) == 4
    assert run(settings, path) == "5 created, 0 updated, 0 unchanged; 4 lines were imported before"
    batches = 0
    with pytest.raises(KeyboardInterrupt):
        import_paths([path], stopping, AT)
    save(path, [place("p0", country="SY"), *(place(f"p{number}") for number in range(1, 9))])
    assert run(settings, path) == "0 created, 1 updated, 8 unchanged"


@pytest.mark.usefixtures("small")
def test_an_actor_that_an_earlier_batch_gave_a_spelling_may_be_defined_anew(
    settings: Settings, tmp_path: Path
) -> None:
    def actor(name: str) -> dict[str, Any]:
        return {
            "record": "actor",
            "article": "a",
            "key": "x",
            "kind": "PERSON",
            "names": {"en": name},
        }

    run(settings, save(tmp_path / "old.jsonl", [article("a"), actor("X")]))
    alias = {"record": "alias", "article": "b", "actor": "x", "text": "Y", "language": "en"}
    path = save(tmp_path / "new.jsonl", [article("b"), alias, place("p"), actor("Z")])
    assert run(settings, path).startswith("2 created, 2 updated")


@pytest.mark.usefixtures("small")
def test_a_record_is_defined_once(settings: Settings, tmp_path: Path) -> None:
    lines = [place("a"), place("b"), place("c"), place("d", part_of="a"), place("a")]
    path = save(tmp_path / "places.jsonl", lines)
    assert run(settings, path) == "4 created, 0 updated, 1 unchanged"
    path = save(tmp_path / "again.jsonl", [place("e"), place("f"), place("e", country="SY")])
    with pytest.raises(
        ImportFailure, match="3: place:e is already defined differently in an earlier line"
    ):
        run(settings, path)
    lines = [place("a", country="SY"), place("g"), place("g", country="SY")]
    with pytest.raises(
        ImportFailure, match="3: place:g is already defined differently in an earlier line"
    ):
        run(settings, save(tmp_path / "places.jsonl", lines))


@pytest.mark.usefixtures("small")
def test_a_changed_line_updates_what_changed(settings: Settings, tmp_path: Path) -> None:
    lines = read_example()
    path = save(tmp_path / "example.jsonl", lines)
    run(settings, path)
    lines[0]["published"] = "1978-11"
    talks = next(line for line in lines if line["record"] == "meeting")
    talks["summary"] = {"en": "Carter received them."}
    lines[1]["names"]["en"] = "Anwar el-Sadat"
    assert run(settings, save(path, lines[:-1])) == summarize(updated=3)
    names = sa.text("SELECT text FROM actor_name WHERE text LIKE '%Carter' ORDER BY text")
    assert write(settings, lambda connection: list(connection.scalars(names))) == [
        "Jimmy Carter",
        "President Jimmy Carter",
    ]


@pytest.mark.usefixtures("small")
def test_dates_hang_on_an_article_further_down(settings: Settings, tmp_path: Path) -> None:
    anchored = {"edtf": "XXXX-09", "anchor": "published"}
    lines = [meeting("m", article="a", date=anchored), place("x"), place("y"), article("a")]
    path = tmp_path / "dates.jsonl"
    run(settings, save(path, lines))
    lines[-1] = article("a", published="1978-11")
    assert run(settings, save(path, lines)) == "0 created, 2 updated, 2 unchanged"
    edtf = sa.text("SELECT date_edtf FROM event")
    assert write(settings, lambda connection: connection.scalar(edtf)) == "1978-09"


def test_dates_follow_an_article_that_comes_alone(settings: Settings, tmp_path: Path) -> None:
    def anchored(relative: str) -> dict[str, str]:
        return {"relative": relative, "anchor": "published"}

    signatory = {"role": "SIGNATORY", "actor": "p", "signed_on": anchored("yesterday")}
    office = {"key": "o", "title": {"en": "O"}, "since": anchored("last year")}
    office |= {"until": {"edtf": "XXXX-07", "anchor": "published"}}
    provision = {"key": "v", "ordinal": 1, "text": {"en": "V"}}
    lines = [
        article("a"),
        {"record": "actor", "key": "p", "kind": "PERSON", "names": {"en": "P"}, "article": "a"}
        | {"offices": [office]},
        {"record": "agreement", "key": "t", "title": {"en": "T"}, "article": "a", "type": "OTHER"}
        | {"status": "SIGNED", "date": anchored("last tuesday"), "participants": [signatory]}
        | {"provisions": [provision]},
        meeting("m", date="2020", article="a"),
    ]
    run(settings, save(tmp_path / "all.jsonl", lines))
    query = sa.text(
        "SELECT date_edtf, date_basis, signed_on_edtf, since_edtf, until_edtf, "
        "agreement_date_asc, search_record.date_desc FROM event, participation, office, provision, "
        "search_record WHERE event.key = 't' AND search_record.key = 't'"
    )

    def ask() -> tuple[str | None, ...]:
        return tuple(write(settings, lambda connection: connection.execute(query).one()))

    nothing = (None, "STATED", None, None, "XXXX-07", "~", "")
    assert ask() == nothing
    path = tmp_path / "article.jsonl"
    dated = save(path, [article("a", published="2025-08-13")])
    assert run(settings, dated) == "0 created, 4 updated, 0 unchanged"
    day = "2025-08-12/2025-08-12"
    assert ask() == ("2025-08-12", "RESOLVED", "2025-08-12", "2024", "2025-07", day, day)
    assert run(settings, save(tmp_path / "same.jsonl", lines[1:])) == (
        "0 created, 0 updated, 5 unchanged"
    )
    assert run(settings, save(path, [article("a")])) == "0 created, 4 updated, 0 unchanged"
    assert ask() == nothing


def test_a_quoted_text_stays(settings: Settings, tmp_path: Path) -> None:
    claim = {"record": "claim", "article": "a", "subject": "meeting:m", "quote": "They met"}
    run(settings, save(tmp_path / "a.jsonl", [article("a"), meeting("m"), claim]))
    shorter = save(tmp_path / "b.jsonl", [article("a", text=BODY + " Twice.")])
    assert run(settings, shorter) == "0 created, 1 updated, 0 unchanged"
    moved = save(tmp_path / "b.jsonl", [article("a", text="Once, they met.")])
    with pytest.raises(ImportFailure, match='quotes "They met" at code point 0'):
        run(settings, moved)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[]", "a line has to be one JSON object"),
        ('{"record": "party", "key": "a"}', "`record`: this has to be one of article, dataset"),
        (
            '{"record": "claim", "subject": "meeting:m", "quote": "x"}',
            "`article`: this is required",
        ),
        ('{"record": "topic", "scheme": "s", "code": "c", "code": "d"}', "`code` is written twice"),
        (json.dumps(meeting("m", article="b")), "there is no article:b: define it here"),
        (json.dumps(meeting("m", article="B")), '"B" is not a valid key'),
        (json.dumps(meeting("m", article=["a"])), "`article`: this should be text"),
        (json.dumps(meeting("m", dataset="d")), "there is no dataset:d: define it here"),
        (json.dumps(meeting("m", article="a", dataset="d")), "`article` and `dataset` exclude"),
        (json.dumps(meeting("m", row="1")), "`row` is a row of a dataset's table: write its"),
        (json.dumps(meeting("m", dataset="d", row="")), "`row`: this is empty"),
        (json.dumps(meeting("m", when="now")), "`when`: there is no such field here"),
        (json.dumps(article("b", file="b.txt")), "an article needs its `text`, the `file`"),
        (json.dumps(article("b", text=None, file="b.txt")), "`b.txt` does not exist"),
        (json.dumps(place("a")), "place:a is already defined at "),
        (
            json.dumps(
                meeting("m", claims=[{"quote": "They sang", "property": "date"}], article="a")
            ),
            "is not in the body",
        ),
    ],
)
def test_what_is_wrong_is_said_of_its_line(
    settings: Settings, tmp_path: Path, line: str, problem: str
) -> None:
    path = save(tmp_path / "lines.jsonl", [article("a"), place("a")])
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(ImportFailure) as refused:
        run(settings, path)
    assert str(refused.value).startswith(f"{path}:3: {problem}") or problem in str(refused.value)
    assert refused.value.problems[0].line == 3
    assert count(settings, m.Record) == 0


def test_numbers_are_the_texts_that_they_are_written_as(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "numbers.jsonl"
    path.write_text(
        '\ufeff{"record": "place", "key": "a", "names": {"en": "A"},'
        ' "latitude": 33.50, "longitude": 36}\n'
        '{"record": "meeting", "key": "m", "title": {"en": "M"}, "format": "TALKS", "date": 2020,'
        ' "codes": [{"scheme": "CAMEO", "version": 1.10, "code": 46}]}\n',
        encoding="utf-8",
    )
    run(settings, path)
    query = sa.text("SELECT latitude, version, code, date_edtf FROM place, event_code, event")
    row = write(settings, lambda connection: connection.execute(query).one())
    assert tuple(row) == ("33.5", "1.10", "46", "2020")


def test_dossiers_come_before_lines(settings: Settings, tmp_path: Path) -> None:
    save(tmp_path / "a.jsonl", [meeting("m", place="here")])
    (tmp_path / "b.yaml").write_text("places: [{key: here, names: {en: Here}}]", encoding="utf-8")
    assert run(settings, tmp_path) == "2 created, 0 updated, 0 unchanged"
    assert count(settings, m.Revision) == 2


def test_the_command_quarantines(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MITHAQ_DATABASE_URL", settings.database_url)
    path = save(tmp_path / "a.jsonl", [place("a"), place("b", country="XX")])
    arguments = ["import", str(path), "--quarantine", str(tmp_path / "bad.jsonl")]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.output == "1 created, 0 updated, 0 unchanged; 1 line quarantined\n"


def test_imports_alike_compile_no_statement_again(
    new_migrated: NewDatabase, tmp_path: Path
) -> None:
    identifiers = [{"scheme": "GLOBALEVENTID", "id": "1"}]
    event = meeting("m", article="a", identifiers=identifiers)
    path = save(tmp_path / "few.jsonl", [place("a"), article("a"), event])
    caches = compile_once, insert_statement
    misses = []
    for _ in range(2):
        run(new_migrated(), path)
        misses.append([cache.cache_info().misses for cache in caches])
    assert misses[0] == misses[1]


def test_memory_does_not_grow_with_the_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.read.lines.BATCH_LINES", 125)
    path = tmp_path / "places.jsonl"

    def measure(name: str, size: int) -> int:
        save(path, [place(f"{name}-{number}", names={"en": "Here"}) for number in range(size)])
        with writing(settings) as one:  # as the command does: one connection for all batches
            tracemalloc.start()
            import_paths([path], one, AT)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return peak

    measure("warm", 250)
    assert measure("long", 2000) < 1.5 * measure("short", 500)


class Steps:
    """Counts the steps that SQLite takes in transactions."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.taken = settings, 0

    def __call__(self, work: Callable[[sa.Connection], Any], /) -> Any:
        def counted(connection: sa.Connection) -> Any:
            driver: Any = connection.connection.dbapi_connection
            driver.set_progress_handler(self._step, 100)
            return work(connection)

        return write(self.settings, counted)

    def _step(self) -> None:
        self.taken += 1


def test_an_import_costs_what_it_holds(new_sqlite: NewDatabase, tmp_path: Path) -> None:
    settings = new_sqlite()
    shutil.copytree(EXAMPLE, tmp_path / "example")
    dossier = tmp_path / "example" / "dossier.yaml"
    text = dossier.read_text(encoding="utf-8")

    def measure(size: int) -> int:
        """Measure an edited example's import into a database that has many more records."""
        lines = [place(f"p{number}", part_of="camp-david") for number in range(size)]
        lines += [
            meeting(f"m{number}", participants=[{"role": "HOST", "actor": "jimmy-carter"}])
            for number in range(size)
        ]
        run(settings, EXAMPLE, save(tmp_path / "many.jsonl", lines))
        edited = text.replace("Carter hosted", f"Carter received {size}").replace(
            "en: Egypt,", f"en: Egypt {size},"
        )
        dossier.write_text(edited, encoding="utf-8")
        steps = Steps(settings)
        import_paths([tmp_path / "example"], steps, AT)
        return steps.taken

    few = measure(50)
    assert few
    assert measure(2000) < 1.2 * few + 5


def test_a_line_costs_the_same_however_small_the_database_was(
    new_sqlite: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.read.lines.BATCH_LINES", 50)

    def measure(size: int) -> int:
        """Measure the import of many lines into a database that was analyzed with a few."""
        settings = new_sqlite()
        few = [place(f"p{number}") for number in range(50)]
        run(settings, save(tmp_path / "few.jsonl", [*few, article("a"), meeting("m", article="a")]))
        lines: Lines = []
        for number in range(size):
            key = f"a{number}"
            lines += [article(key), meeting(f"m{number}", article=key, place="p1")]
        steps = Steps(settings)
        import_paths([save(tmp_path / "many.jsonl", lines)], steps, AT)
        return steps.taken

    assert measure(800) < 2.1 * measure(400)


def test_importing_unchanged_lines_costs_the_same_however_large_the_database_is(
    new_sqlite: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.read.lines.BATCH_LINES", 50)
    settings = new_sqlite()
    file = save(tmp_path / "places.jsonl", [place(f"p{number}") for number in range(200)])
    run(settings, file)

    def measure(others: int) -> int:
        """Measure an import of the file again, into a database that has this many other records."""
        run(settings, save(tmp_path / "others.jsonl", [place(f"o{n}") for n in range(others)]))
        steps = Steps(settings)
        import_paths([file], steps, AT)
        return steps.taken

    few = measure(50)
    assert few
    assert measure(3000) < 1.5 * few + 5


def test_statistics_are_updated_after_imports_of_a_hundredth_of_the_database(
    settings: Settings, tmp_path: Path, engine: str
) -> None:
    count = "SELECT reltuples FROM pg_class WHERE relname = 'place'"
    if engine == "sqlite":
        count = "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = 'place'"

    def add(start: int, stop: int) -> int:
        lines = [place(f"p{number}") for number in range(start, stop)]
        run(settings, save(tmp_path / "places.jsonl", lines))
        return write(
            settings, lambda connection: int(connection.exec_driver_sql(count).scalar_one())
        )

    assert add(0, 150) == 150
    assert add(150, 200) == 150
    assert add(200, 300) == 300
