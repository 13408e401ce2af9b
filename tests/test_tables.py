"""Tables in files: the command, what it refuses, and the Frictionless data package."""

import csv
import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pyarrow import parquet
from typer.testing import CliRunner, Result

from api import model as m
from api.cli import app
from api.errors import ExportError
from api.settings import Settings
from api.statements import get_driver
from api.tables.export import FIRST, Asked
from api.tables.files import find_table, prepare_exports
from api.tables.sources import Source, collect_sources
from tests.http.test_exports import RECORDED, TABLES
from tests.importing import count
from tests.transactions import read


@pytest.fixture
def run(seeded: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("MITHAQ_DATABASE_URL", seeded.database_url)

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)

    return run


def test_a_file_has_what_the_server_sends(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "meetings.csv"
    path.write_text("old")
    assert run("table", "meetings", "--lang", "ar", "--output", path).exit_code == 0
    assert path.read_bytes() == (RECORDED / "meetings.csv").read_bytes()
    assert [item.name for item in tmp_path.iterdir()] == ["meetings.csv"]


def test_the_first_rows_come_before_all_are_found(seeded: Settings) -> None:
    table = find_table("meetings").select(["id", "title"])
    (export,) = prepare_exports(seeded, [table], Asked({}, ("en",)))
    first = min(FIRST, count(seeded, m.Meeting))

    def explain(connection: sa.Connection) -> str:
        assert len(next(export.read(connection))) == first
        driver = get_driver(connection)
        if seeded.sqlite_path:
            return str(driver.execute(f"EXPLAIN QUERY PLAN {export.sql}", export.values).fetchall())
        # Of few rows PostgreSQL sorts none, whatever the setting.
        assert connection.exec_driver_sql("SHOW enable_sort").scalar() == "off"
        query = f"EXPLAIN {export.sql}"
        return str(driver.run_async(lambda opened: opened.fetch(query, *export.values)))

    plan = read(seeded, explain)
    assert "Sort" not in plan
    assert "ORDER BY" not in plan


def test_a_format_is_named_or_follows_from_the_file(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "places.parquet"
    assert run("table", "places", "--output", path).exit_code == 0
    named = run("table", "places", "--format", "parquet", "--output", tmp_path / "other")
    assert named.exit_code == 0
    assert path.read_bytes() == (tmp_path / "other").read_bytes()
    assert parquet.read_table(path).num_rows == len(run("table", "places").stdout.splitlines()) - 1


def test_columns_arguments_and_rows_are_chosen(run: Any) -> None:
    arguments = ("--where", 'filter={"not": {"kind": ["MEETING"]}}', "--columns", "kind, id")
    done = run("table", "events", *arguments, "--first", 1)
    header, row = done.stdout.splitlines()
    assert header == "kind,id"
    assert not row.startswith("MEETING")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("meeting",), "There is no table meeting: name articles, offices, "),
        (("meetings", "--where", "colour=1"), "`colour` is no argument of meetings"),
        (("meetings", "--where", "filter={"), "`filter` should be JSON"),
        (("meetings", "--where", 'filter={"colour":1}'), "unknown field 'colour'"),
        (("meetings", "--columns", "colour"), "`columns`: meetings has no colour"),
        (("meetings", "--output", "meetings.xls"), "no format xls: name csv, jsonl, parquet"),
        (("meetings", "--columns", "id,id"), "`columns` names id twice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: Any, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportError) as refused:
        run("table", *arguments)
    assert told in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_package_describes_its_tables(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    assert run("export", "--package", folder).exit_code == 0
    package = json.loads((folder / "datapackage.json").read_text())
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert resources.keys() == TABLES.keys()
    ids: dict[str, set[str]] = {}
    rows = {}
    for name, resource in resources.items():
        path = folder / resource["path"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        rows[name] = list(csv.DictReader(StringIO(path.read_bytes().decode(), newline="")))
        assert len(rows[name]) == resource["rows"]
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == [item.name for item in TABLES[name].columns]
        required = {field["name"] for field in fields if "required" in field.get("constraints", {})}
        assert "body" not in required  # it is empty where only the article's URL is known
        assert all(row[column] for row in rows[name] for column in required)
        assert resource["dialect"] == {"delimiter": ","}
        ids[name] = {row["id"] for row in rows[name] if "id" in row}
    for name, resource in resources.items():
        for key in resource["schema"]["foreignKeys"]:
            referred = {row[key["fields"]] for row in rows[name]} - {""}
            assert referred <= ids[key["reference"]["resource"]]
    assert "licenses" not in package
    assert {"title": "White House press office"} in package["sources"]
    assert (
        "\n- White House press office (no licence is known)\n" in (folder / "README.md").read_text()
    )
    with pytest.raises(ExportError, match="is not empty"):
        run("export", "--package", folder)


def test_a_licence_that_sources_do_not_allow_is_refused(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    with pytest.raises(ExportError, match=r"one of CC0-1\.0, PDDL-1\.0, .*, not MIT"):
        run("export", "--package", folder, "--licence", "MIT")
    with pytest.raises(ExportError, match="- article:camp-david-1978: no licence is known\n"):
        run("export", "--package", folder, "--licence", "CC-BY-4.0")
    assert not folder.exists()


def test_sources_are_datasets_and_publishers_by_licence() -> None:
    dataset: dict[str, Any] = {
        "id": "dataset:d",
        "title": "D",
        "version": "2",
        "url": None,
        "citation": "D (2026)",
    }
    article: dict[str, Any] = {
        "id": "article:a",
        "publisher_name": "P",
        "licence": "CC0-1.0",
        "has_text": True,
    }
    unknown = article | {"licence": None, "has_text": False}
    rows = [dataset | {"licence": "CC-BY-4.0"}, article, article, unknown]
    expected = [
        Source("D 2", "CC-BY-4.0", citation="D (2026)"),
        Source("P", "CC0-1.0"),
        Source("P", None),
    ]
    assert collect_sources(rows, "CC-BY-SA-4.0") == dict(zip(expected, (1, 2, 1), strict=True))
    with pytest.raises(ExportError, match=r"- dataset:d: CC-BY-4\.0\n- article:a: no licence"):
        collect_sources([*rows, unknown | {"has_text": True}], "CC0-1.0")
