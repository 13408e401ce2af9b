"""Profiles: rows of foreign tables become records, by descriptions that have no code."""

import gzip
import json
import sys
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from api import model as m
from api.check import check_database
from api.cli import app
from api.errors import ImportFailure
from api.intake.deletion import delete_records
from api.intake.export import export_lines
from api.intake.forms.fields import check_slug
from api.intake.profile.converting import Conversion
from api.intake.profile.data_files import open_data
from api.intake.profile.data_rows import CellError
from api.intake.profile.dates import compile_format, parse_day, write_edtf
from api.intake.profile.importing import ProfileImport, try_profile
from api.intake.profile.quarantine_writer import RowQuarantine
from api.intake.profile.reading import find_profile, list_profiles, read_profile
from api.intake.profile.sketching import sketch_profile
from api.intake.profile.steps import write_number
from api.intake.profile.templates import ProfileHead
from api.intake.progress import no_bytes
from api.settings import Settings
from api.text.slugs import slugify
from tests.conftest import AT
from tests.importing import count
from tests.transactions import read, write

PROFILE = """
title: Visits of ministers
integers: [id]
empty: [n/a]
tables:
  codes: {file: codes.csv, key: code}
values:
  format: {from: "{kind}", lookup: codes.format}
templates:
  named: {names: {en: "{<column>}"}}
actors:
  - for: [{column: minister}, {column: body}]
    when: {"<column>": "*"}
    like: named
    key: "x-{<column>}"
    kind: {from: "{<column>}", map: {"Minister*": PERSON}, otherwise: ORGANIZATION}
places:
  - key: "x-{city}"
    names: {en: "{city}"}
    latitude: {from: "{lat}", decimals: 6}
    longitude: {from: "{lon}", decimals: 6}
meetings:
  - key: "x-{id}"
    title: {en: ["{minister}: {reason}", "{minister}"]}
    format: "{format}"
    date:
      from: "{day}"
      until: "{last}"
      format: [DD/MM/YYYY, MM-YYYY]
      precision: {from: "{prec}", codes: {1: day, 2: range, 3: month, 4: year}}
    place: "x-{city}"
    participants:
      - {role: HOST, actor: "x-{minister}"}
      - {role: GUEST, actor: "x-{body}"}
"""
CODES = "code,format\nV,VISIT\nT*,TALKS\n"
HEADER = "id,minister,body,reason,kind,day,last,prec,city,lat,lon,unused\n"
ROWS = (
    "1.0,Minister Şahin,Board of Trade,tariffs,V,03/05/2020,,1,Ankara,39.9199999,32.85,u\n"
    "1.0,Minister Şahin,Red Cross,tariffs,V,03/05/2020,,1,Ankara,39.9199999,32.85,\n"
    "2,Minister Şahin,n/a,,T7,07-2012,,,Cairo,30,31.25,\n"
    "3,Minister Ötzi,Board of Trade,wool,T,01/02/2019,28/02/2019,3,Cairo,30,31.25,u\n"
    "4,Minister Ötzi,Board of Trade,wine,T,01/02/2019,20/03/2019,2,,,,\n"
)


def save(folder: Path, rows: str = ROWS, profile: str = PROFILE, name: str = "data.csv") -> Path:
    """Write a profile, its table, and data; return the data's path."""
    (folder / "profile.yaml").write_text(profile, encoding="utf-8")
    (folder / "codes.csv").write_text(CODES, encoding="utf-8")
    path = folder / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def convert(
    folder: Path, data: Sequence[Path], profile: Path | None = None
) -> list[dict[str, Any]]:
    """Return the lines that a profile makes of data; there are no problems."""
    loaded = read_profile(profile or folder / "profile.yaml")
    conversion = Conversion(loaded, data, folder, no_bytes)
    conversion.run()
    assert not conversion.wrong
    return [json.loads(line) for line in conversion.lines.read_bytes().splitlines()]


def prepare(settings: Settings, path: Path, **options: Any) -> ProfileImport:
    profile = str(path.parent / "profile.yaml")
    return ProfileImport(profile, [path], lambda work: write(settings, work), AT, **options)


def find(lines: Sequence[dict[str, Any]], key: str) -> dict[str, Any]:
    (line,) = (line for line in lines if line.get("key") == key)
    return line


def refuse(folder: Path, profile: str, rows: str = ROWS) -> list[str]:
    """Return the problems of a profile, or of the rows, without the folder."""
    path = save(folder, rows, profile)
    try:
        problems = try_profile(str(folder / "profile.yaml"), [path]).problems.first
    except ImportFailure as refused:
        problems = refused.problems
    return [problem.removeprefix(f"{folder}/") for problem in problems]


# Records.


def test_rows_become_records(tmp_path: Path) -> None:
    lines = convert(tmp_path, [save(tmp_path)])
    kinds = [line["record"] for line in lines]
    assert kinds == ["place"] * 2 + ["actor"] * 4 + ["meeting"] * 4
    assert find(lines, "x-ankara") == {
        "record": "place",
        "key": "x-ankara",
        "names": {"en": "Ankara"},
        "latitude": "39.92",
        "longitude": "32.85",
    }
    assert find(lines, "x-minister-sahin")["kind"] == "PERSON"
    assert find(lines, "x-red-cross") == {
        "record": "actor",
        "key": "x-red-cross",
        "kind": "ORGANIZATION",
        "names": {"en": "Red Cross"},
    }
    # Two rows of one meeting are one record; a cell that is empty makes no participant.
    assert find(lines, "x-1") == {
        "record": "meeting",
        "key": "x-1",
        "title": {"en": "Minister Şahin: tariffs"},
        "format": "VISIT",
        "date": "2020-05-03",
        "place": "x-ankara",
        "participants": [
            {"role": "HOST", "actor": "x-minister-sahin"},
            {"role": "GUEST", "actor": "x-board-of-trade"},
            {"role": "GUEST", "actor": "x-red-cross"},
        ],
    }
    second = find(lines, "x-2")
    assert (second["title"], second["date"]) == ({"en": "Minister Şahin"}, "2012-07")
    assert len(second["participants"]) == 1
    assert find(lines, "x-3")["date"] == "2019-02"
    assert find(lines, "x-4")["date"] == "[2019-02-01..2019-03-20]"
    assert "place" not in find(lines, "x-4")


def test_an_import_is_repeated_updated_and_completed(settings: Settings, tmp_path: Path) -> None:
    path = save(tmp_path)
    assert str(prepare(settings, path).run()) == "10 created, 0 updated, 0 unchanged"
    assert str(prepare(settings, path).run()) == "0 created, 0 updated, 10 unchanged"
    save(tmp_path, ROWS.replace("Red Cross", "Red Crescent").replace("wool", "cloth"))
    assert str(prepare(settings, path).run()) == "1 created, 2 updated, 7 unchanged"
    save(tmp_path, ROWS.replace("wool", "cloth"))
    summary = prepare(settings, path, complete=True).run()
    assert str(summary) == "0 created, 1 updated, 9 unchanged, 1 deleted"
    assert count(settings, m.Actor) == 4
    save(tmp_path, "")
    with pytest.raises(ImportFailure, match=r"data\.csv: this has no rows, and `--complete` would"):
        prepare(settings, path, complete=True).run()


def test_a_later_file_of_a_dataset_updates_it(settings: Settings, tmp_path: Path) -> None:
    dataset = "datasets: [{key: visits, title: {en: Visits}, version: '1'}]\n"
    profile = PROFILE + dataset
    path = save(tmp_path, profile=profile)
    assert str(prepare(settings, path).run()) == "11 created, 0 updated, 0 unchanged"
    later = save(tmp_path, ROWS.replace("wool", "cloth"), profile, "later.csv")
    assert str(prepare(settings, later).run()) == "0 created, 1 updated, 10 unchanged"
    later.write_text(HEADER + ROWS.replace("Red Cross", ""), encoding="utf-8")
    summary = prepare(settings, later, complete=True).run()
    assert str(summary) == "0 created, 2 updated, 8 unchanged, 1 deleted"
    with pytest.raises(ImportFailure) as refused:
        delete_records(["dataset:visits"], lambda work: write(settings, work), AT)
    assert len(refused.value.problems) == 9  # the records that it defines
    assert count(settings, m.Dataset) == 1
    out = tmp_path / "out.jsonl"
    export_lines(lambda work: read(settings, work), [], out)
    lines = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert {line["dataset"] for line in lines} == {"visits"}
    rows = {line["key"]: line.get("row") for line in lines}
    assert [rows[key] for key in ("x-1", "x-2", "x-4", "x-cairo")] == ["2", "4", "6", None]
    both = convert(tmp_path, [path, later])
    assert find(both, "x-1")["row"] == "data.csv:2"
    numbered = PROFILE.replace('  - key: "x-{id}"', '  - key: "x-{id}"\n    row: "{row}"')
    assert refuse(tmp_path, numbered) == [
        "profile.yaml:24: `row`: this is a row of a dataset: describe the one dataset in `datasets`"
    ]


def test_what_is_imported_is_what_the_lines_say(settings: Settings, tmp_path: Path) -> None:
    path = save(tmp_path)
    prepare(settings, path).run()
    out = tmp_path / "out.jsonl"
    export_lines(lambda work: read(settings, work), ["meeting"], out)
    exported = [json.loads(line) for line in out.read_bytes().splitlines()]
    made = [line for line in convert(tmp_path, [path]) if line["record"] == "meeting"]
    assert [line["date"]["edtf"] for line in exported] == [line["date"] for line in made]
    assert [line["participants"] for line in exported] == [line["participants"] for line in made]


def test_an_interrupted_import_goes_on(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.read.lines.BATCH_LINES", 2)
    path = save(tmp_path)
    importing = prepare(settings, path)
    calls = 0

    def fail(work: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise KeyboardInterrupt
        return write(settings, work)

    importing.write = fail
    with pytest.raises(KeyboardInterrupt):
        importing.run()
    before = count(settings, m.Record)
    assert before == 4
    assert str(prepare(settings, path).run()).startswith(f"{10 - before} created, 0 updated")


def test_bad_rows_are_named_with_their_columns(settings: Settings, tmp_path: Path) -> None:
    bad = ROWS + "5,Minister Ötzi,Board of Trade,wine,T,31/02/2019,,1,,,,\n"
    bad += "6,Minister Ötzi,Board of Trade,wine,X,01/02/2019,,1,,,,\n"
    bad += "7,Minister Ötzi,Board of Trade,wine,T,01/02/2019,,1,Oslo,91,10,\n"
    path = save(tmp_path, bad)
    with pytest.raises(ImportFailure) as refused:
        prepare(settings, path).run()
    assert count(settings, m.Record) == 0
    formats = "DD/MM/YYYY or MM-YYYY, with a precision of 1, 2, 3, 4"
    wrong = f'"31/02/2019" is no date of the format {formats}'
    assert str(refused.value).replace(str(tmp_path), "…").splitlines() == [
        f"…/data.csv:7: `day`, `last`, `prec`: {wrong}",
        '…/data.csv:8: `kind`: "X" is not in the table `codes`',
        '…/data.csv:9: `latitude`: "91" is not a number of degrees from -90 to 90 (column `lat`)',
    ]
    quarantine = tmp_path / "bad.jsonl"
    summary = prepare(settings, path, quarantine=quarantine).run()
    assert str(summary) == "10 created, 0 updated, 0 unchanged; 4 lines quarantined"
    entries = [json.loads(line) for line in quarantine.read_bytes().splitlines()]
    assert [(entry["row"], entry["columns"]) for entry in entries] == [
        (7, ["day", "last", "prec"]),
        (8, ["kind"]),
        (9, ["lat"]),
        (9, []),
    ]
    assert '"91" is not a number of degrees' in entries[2]["reason"]
    assert "quarantined" in entries[3]["reason"]
    assert entries[0]["cells"] == dict(
        zip(HEADER.strip().split(","), bad.splitlines()[5].split(","), strict=True)
    )
    assert ["cells" in entry for entry in entries] == [True, True, True, False]


def test_a_needed_field_names_the_columns_that_are_empty(
    settings: Settings, tmp_path: Path
) -> None:
    """Not all of its columns; and none of a record that another row completes."""
    profile = PROFILE.replace(', "{minister}"]', "]")
    rows = ROWS + "1,Minister Şahin,Red Cross,,V,03/05/2020,,1,Ankara,39.9199999,32.85,\n"
    about = "this is required: the event's title by language, such as {en: Talks at Camp David}."
    assert refuse(tmp_path, profile, rows) == [
        f"data.csv:4: `title`: {about} (column `reason` is empty)",
    ]
    quarantine = tmp_path / "bad.jsonl"
    prepare(settings, tmp_path / "data.csv", quarantine=quarantine).run()
    entries = [json.loads(line) for line in quarantine.read_bytes().splitlines()]
    assert [(entry["row"], entry["columns"]) for entry in entries] == [(4, ["reason"])]


def test_a_text_by_language_names_its_columns_alone(settings: Settings, tmp_path: Path) -> None:
    """Not those of another language, nor of another field."""
    profile = PROFILE.replace('named: {names: {en: "{<column>}"}}', 'named: {names: {en: "Name"}}')
    profile = profile.replace(
        "title: {en:", 'summary: {en: "{reason}"}\n    title: {ar: "{kind}", en:'
    )
    rows = f"1,{'x' * 2001},{'y' * 2001},a\0b,V,03/05/2020,,1,,,,\n"
    nul = "this has U+0000 at code point 1 (counted from 0), which cannot be stored: remove it"
    assert [text for text in refuse(tmp_path, profile, rows) if "en`" in text] == [
        f"data.csv:2: `title.en`: {nul.replace('1 (', '2004 (')} (column `minister`, `reason`)",
        f"data.csv:2: `summary.en`: {nul} (column `reason`)",
    ]
    quarantine = tmp_path / "bad.jsonl"
    prepare(settings, tmp_path / "data.csv", quarantine=quarantine).run()
    entry = json.loads(quarantine.read_bytes())
    assert entry["columns"] == ["minister", "reason"]


def test_a_quarantine_is_mended_and_imported_alone(settings: Settings, tmp_path: Path) -> None:
    """It has all rows of a record that was left out; what is stored of its rows stays."""
    dataset = "datasets: [{key: visits, title: {en: Visits}}]\n"
    rows = ROWS.replace("03/05/2020,,1,Ankara", "03/05/2020,,1,ankara", 1)
    wrong = rows.replace("Red Cross,tariffs,V", "Red Cross,tariffs,?").replace("30,31.25", "30,200")
    path, bad, still = (tmp_path / name for name in ("data.csv", "bad.jsonl", "still.jsonl"))
    out = tmp_path / "out.jsonl"

    def export(kinds: Sequence[str] = ()) -> bytes:
        out.unlink(missing_ok=True)
        export_lines(lambda work: read(settings, work), kinds, out)
        return out.read_bytes()

    save(tmp_path, wrong + "5,Minister Ötzi,,,T,01/02/2019,,1,,,,,more\n", PROFILE + dataset)
    prepare(settings, path, quarantine=bad).run()
    assert count(settings, m.Meeting) == 1
    entries = [json.loads(line) for line in bad.read_bytes().splitlines()]
    assert [(entry["row"], entry["records"]) for entry in entries if "cells" in entry] == [
        (3, ["meeting:x-1"]),
        (7, []),
        (2, ["meeting:x-1"]),
        (4, ["place:x-cairo"]),
        (5, ["meeting:x-3"]),
    ]
    before = export(["actor", "place"])
    with pytest.raises(ImportFailure, match=r"bad\.jsonl:1: `kind`: "):
        prepare(settings, bad).run()
    with pytest.raises(ImportFailure, match="a quarantine, which has not all data"):
        prepare(settings, bad, complete=True, quarantine=still).run()
    mended = bad.read_text("utf-8").replace('"kind":"?"', '"kind":"V"')
    bad.write_text(mended, "utf-8")
    prepare(settings, bad, quarantine=still).run()
    assert count(settings, m.Meeting) == 2
    assert export(["actor", "place"]) == before
    again = [json.loads(line) for line in still.read_bytes().splitlines()]
    assert [entry["file"] for entry in again] == [str(path)] * len(again)
    assert [entry["row"] for entry in again if "cells" in entry] == [7, 4, 5]
    mended = still.read_text("utf-8").replace('"200"', '"31.25"').replace('"more":["more"]', '"":1')
    still.write_text(mended, "utf-8")
    prepare(settings, still).run()
    alone = export()
    save(tmp_path, rows + "5,Minister Ötzi,,,T,01/02/2019,,1,,,,\n", PROFILE + dataset)
    assert str(prepare(settings, path).run()).startswith("0 created, 0 updated")
    assert export() == alone
    first = json.loads(mended.partition("\n")[0])
    turned = json.dumps(dict(reversed(first.items())))
    still.write_text(f"\ufeff{turned}\n", "utf-8")
    with pytest.raises(
        ImportFailure, match=r"still\.jsonl:1: `id`: meeting:x-5 is stored, made of"
    ):
        prepare(settings, still).run()
    for damage in ('"row": -1', '"makes": null', '"records": "x"'):
        still.write_text("\n" + json.dumps(first | json.loads(f"{{{damage}}}")), "utf-8")
        with pytest.raises(ImportFailure, match=":2: this is no entry of a quarantine of rows"):
            prepare(settings, still).run()


def test_memory_does_not_grow_with_the_number_of_wrong_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.profile.fragments.BATCH", 100)
    monkeypatch.setattr("api.intake.profile.repeats.REMEMBERED", 100)
    peaks = []
    for number in (200, 500, 3_000):  # the first also loads what is loaded once
        rows = (f"1,M,B,r{row},T,no date,,1,,,,\n" for row in range(number))
        path = save(tmp_path, "".join(rows))
        loaded = read_profile(tmp_path / "profile.yaml")
        tracemalloc.start()
        conversion = Conversion(loaded, [path], tmp_path, no_bytes, keeping=True)
        conversion.run()
        assert RowQuarantine(tmp_path / "bad.jsonl", conversion).write_rows() == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert conversion.wrong == number
    assert peaks[2] < peaks[1] + 300_000, peaks


def test_memory_does_not_grow_with_the_number_of_rows_that_were_in_quarantine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.profile.converting.ASKED", 100)
    monkeypatch.setattr("api.intake.profile.fragments.BATCH", 100)
    monkeypatch.setattr("api.intake.profile.repeats.REMEMBERED", 100)
    save(tmp_path)
    loaded = read_profile(tmp_path / "profile.yaml")
    peaks = []
    for number in (1_500, 300, 1_500):  # the first also fills caches
        entries = [
            {
                "file": "data.csv",
                "row": row,
                "sourceRow": str(row),
                "reason": "",
                "records": [f"meeting:x-r{row}"],
                "cells": dict.fromkeys(HEADER.strip().split(","), "")
                | {"id": f"r{row}", "minister": "M", "kind": "T", "body": f"B{row}"},
                "makes": [],
            }
            for row in range(number)
        ]
        path = tmp_path / "mended.jsonl"
        path.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
        del entries
        tracemalloc.start()
        conversion = Conversion(loaded, [path], tmp_path, no_bytes, find_stored=set)
        conversion.run()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        # The places and all bodies are said to be stored; the meetings were left out.
        assert conversion.tally.records == {"meeting": number}
    assert peaks[2] < peaks[1] + 300_000, peaks


def test_the_first_problems_are_listed_and_the_others_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.intake.profile.importing.MAX_PROBLEMS", 2)
    path = save(tmp_path, ROWS.replace("01/02/2019", "1").replace(",30,", ",300,"))
    report = try_profile(str(tmp_path / "profile.yaml"), [path])
    assert [problem.line for problem in report.problems.first] == [5, 6]
    assert str(report.problems.refuse()).endswith("\n1 more problems are not listed.")


def test_a_mended_row_of_a_stored_event_is_a_problem(settings: Settings, tmp_path: Path) -> None:
    dataset = "datasets: [{key: visits, title: {en: Visits}}]\n"
    text = 'text: {en: {from: "{lat}", decimals: 2}}'
    second = f'statements: [{{key: "s-{{id}}", title: {{en: "{{id}}"}}, {text}}}]\n'
    rows = (
        "1,A,B,r,T,01/02/2019,,1,,,,\n"
        "1,A,B,r,T,01/02/2019,,1,,?,,\n"  # its meeting stays, its statement is wrong
        "2,A,B,r,T,2019,,1,,5,,\n"
        ",A,B,r,T,01/02/2019,,1,,,,\n"
    )
    path, bad, still = (tmp_path / name for name in ("data.csv", "bad.jsonl", "still.jsonl"))
    save(tmp_path, rows, PROFILE + dataset + second.replace("key:", 'when: {lat: "*"}, key:'))
    prepare(settings, path, quarantine=bad).run()
    entries = [json.loads(line) for line in bad.read_bytes().splitlines()]
    assert [entry["makes"] for entry in entries] == [["meeting:x-1"], ["statement:s-2"], []]
    mended = bad.read_text("utf-8").replace('"2019"', '"01/02/2019"').replace('"id":""', '"id":"1"')
    bad.write_text(mended.replace('"?"', '"5"'), "utf-8")
    taken = r"bad\.jsonl:3: `id`: meeting:x-1 is stored, made of other rows, to which this row"
    with pytest.raises(ImportFailure, match=taken):
        prepare(settings, bad).run()
    prepare(settings, bad, quarantine=still).run()  # the other row's statement is stored and stays
    assert count(settings, m.Meeting) == 2
    with pytest.raises(ImportFailure, match=taken.replace("bad", "still").replace(":3", ":1")):
        prepare(settings, still).run()
    still.write_text(still.read_text("utf-8").replace('"id":"1"', '"id":"3"'), "utf-8")
    assert str(prepare(settings, still).run()).startswith("1 created")


OBJECTS = """
title: Objects
meetings:
  - key: "{id}"
    title: {en: "{name}"}
    format: TALKS
    date: {from: "{day}", format: [DD/MM/YYYY]}
"""


def test_objects_are_mended_in_quarantine(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(OBJECTS, "utf-8")
    path, bad = tmp_path / "data.jsonl", tmp_path / "bad.jsonl"
    wrong = b'{"id":"a","name":["A","B"],"day":"2020"}\n{"id":"b","name":"\xfe","day":"1/2/2020"\n'
    path.write_bytes(wrong)
    assert prepare(settings, path, quarantine=bad).run().quarantined == 2
    entries = [json.loads(line) for line in bad.read_bytes().splitlines()]
    assert entries[0]["cells"] == {"id": "a", "name": ["A", "B"], "day": "2020"}
    assert entries[1]["text"] == wrong.splitlines()[1].decode(errors="surrogateescape")
    entries[0]["cells"]["day"] = "01/02/2020"
    entries[1]["text"] = '{"id":"b","name":"B","day":"01/02/2020"}'
    bad.write_text("\n\n".join(map(json.dumps, entries)), "utf-8")
    assert str(prepare(settings, bad).run()).startswith("2 created")


KEYLESS = """
title: Meetings with optional guests and agreements
actors:
  - for: [{column: minister}, {column: body}]
    key: "x-{<column>}"
    kind: OTHER
    names: {en: "{<column>}"}
  - {key: "x-{lat}", kind: OTHER, names: {en: "{lon}"}}
meetings:
  - {key: "x-{id}", title: {en: "Meeting {id}"}, format: TALKS, date: "{day}"}
agreements:
  - {key: "a-{prec}", title: {en: "Agreement {prec}"}, type: OTHER, status: SIGNED, date: "{day}"}
"""


def test_a_row_whose_key_is_empty_is_a_problem(settings: Settings, tmp_path: Path) -> None:
    rows = (
        "1,Ada,,,,2020-01-02,,1,,,,\n"
        ",Ada,,,,2020-01-03,,,,,,\n"  # no event
        ",Ada,,,,2020-01-04,,2,,,,\n"  # an agreement
        "4,,,,,,,,,,Oslo,\n"  # an actor's name without its key
        ",,,,,,,,,,,\n"
    )
    text = "this is empty, so that no key of the {} can be made, while its other columns have texts"
    assert [line.partition(". ")[0] for line in refuse(tmp_path, KEYLESS, rows)] == [
        f"data.csv:3: `id`: {text.format('meeting')}",
        f"data.csv:3: `prec`: {text.format('agreement')}",
        f"data.csv:5: `lat`: {text.format('actor')}",
    ]
    path, quarantine = tmp_path / "data.csv", tmp_path / "bad.jsonl"
    with pytest.raises(ImportFailure, match="`--complete` would delete"):
        prepare(settings, path, quarantine=quarantine, complete=True).run()
    assert count(settings, m.Record) == 0
    profile = KEYLESS.replace("{key", '{when: {lat: "*", id: "*", prec: "*"}, key')
    assert refuse(tmp_path, profile, rows) == []


MAPPED = """
title: Meetings whose formats and roles are mapped
values:
  mapped: {from: "{prec}", map: {1: VISIT}}
actors:
  - {key: "x-{body}", kind: OTHER, names: {en: "{body}"}}
meetings:
  - key: "x-{id}"
    title: {en: "Meeting {id}"}
    format: ["{mapped}", {from: "{kind}", map: {T: TALKS}}]
    participants:
      - {role: {from: "{minister}", split: "|", map: {G: GUEST}}, actor: "x-{body}"}
"""


def test_a_text_that_a_map_lacks_is_named_where_the_field_is_required(tmp_path: Path) -> None:
    rows = (
        "1,G,Union,,?,,,1,,,,\n"
        "2,G,Union,,X,,,,,,,\n"
        "3,A|B,Union,,T,,,,,,,\n"
        "4,A|G,Union,,,,,2,,,,\n"
        "5,A,,,T,,,,,,,\n"  # no actor: no participant
    )
    role = "`meeting.participants.role`"
    needed = "which is needed: add the text there, or say by `otherwise` what all others mean"
    assert refuse(tmp_path, MAPPED, rows) == [
        f'data.csv:3: `kind`: "X" is not in the `map` of `meeting.format`, {needed}',
        f'data.csv:4: `minister`: "A|B" is not in the `map` of {role}, {needed}',
        f'data.csv:5: `prec`: "2" is not in the `map` of `values.mapped`, {needed}',
    ]
    lenient = MAPPED.replace("}}]", "}, otherwise: OTHER}]").replace(
        "GUEST}", 'GUEST}, otherwise: ""'
    )
    assert refuse(tmp_path, lenient, rows) == []
    both = PROFILE.replace("codes.format}", "codes.format, map: {VISIT: VISIT}}")
    assert refuse(tmp_path, both) == [
        f'data.csv:{row}: `kind`: "{text}" is not in the `map` of `values.format`, {needed}'
        for row, text in [(4, "T7"), (5, "T"), (6, "T")]
    ]


# Files.


def test_other_formats_give_the_same(tmp_path: Path) -> None:
    path = save(tmp_path)
    lines = convert(tmp_path, [path])
    rows = [line.split(",") for line in (HEADER + ROWS).splitlines()]
    packed = tmp_path / "data.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    tabbed = tmp_path / "data.tsv"
    tabbed.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    objects = tmp_path / "data.jsonl"
    names, *cells = rows
    texts = [json.dumps(dict(zip(names, row, strict=True))) for row in cells]
    objects.write_text("\n".join(texts), encoding="utf-8")
    profile = (tmp_path / "profile.yaml").read_text(encoding="utf-8")
    latin = tmp_path / "latin.yaml"
    latin.write_text(f"encoding: iso-8859-9\n{profile}", encoding="utf-8")
    encoded = tmp_path / "latin.csv"
    encoded.write_text(HEADER + ROWS, encoding="iso-8859-9")
    assert convert(tmp_path, [packed]) == lines
    assert convert(tmp_path, [tabbed]) == lines
    assert convert(tmp_path, [encoded], latin) == lines
    assert convert(tmp_path, [objects]) == lines


def test_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = save(tmp_path)
    lines = convert(tmp_path, [path])
    book = openpyxl.Workbook()
    for row in (HEADER + ROWS).splitlines():
        book.active.append(row.split(","))
    book.save(tmp_path / "data.xlsx")
    assert convert(tmp_path, [tmp_path / "data.xlsx"]) == lines
    book.create_sheet("Notes", 0).sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "data.csv")
    named = r"data\.csv: this is no text, but a spreadsheet or an archive: name it \*\.xlsx"
    with pytest.raises(ImportFailure, match=named):
        convert(tmp_path, [tmp_path / "data.csv"])
    (tmp_path / "data.csv").rename(tmp_path / "data.xlsx")
    assert convert(tmp_path, [tmp_path / "data.xlsx"]) == lines
    book.active.cell(20, 300, "far from the others")
    book.save(tmp_path / "data.xlsx")
    with open_data(tmp_path / "data.xlsx", ProfileHead(title="Visits"), lambda _: None) as data:
        assert data.header == HEADER.strip().split(",")
        *_, last = data.rows([])
    assert isinstance(last.cells, CellError)
    assert (last.number, last.cells.text) == (20, "this row has 300 cells, and the header 12")


def test_errors_of_a_spreadsheet_are_no_texts(tmp_path: Path) -> None:
    rows = ROWS.replace("wool", "#REF!").replace("wine", "#N/A").replace(",u\n", ",#NAME?\n")
    about = "an error of the spreadsheet, and no text: correct it there or, if it means an empty"
    assert [text.partition(" cell")[0] for text in refuse(tmp_path, PROFILE, rows)] == [
        f"data.csv:5: `reason`: #REF!: {about}",
        f"data.csv:6: `reason`: #N/A: {about}",
    ]
    assert refuse(tmp_path, PROFILE.replace("n/a]", 'n/a, "#N/A", "#REF!"]'), rows) == []


def test_objects_have_lists_and_paths(tmp_path: Path) -> None:
    profile = """
title: Entities
joins:
  posts: {when: {schema: Position}, key: "{id}", value: "{properties.name}"}
actors:
  - when: {schema: Person}
    key: "{id}"
    kind: PERSON
    names: {en: "{properties.name}"}
    aliases:
      - {each: "{properties.name}", text: "{item}", language: und}
  - when: {schema: Occupancy}
    key: "{holder.id}"
    kind: PERSON
    names: {en: "{holder.name}"}
    offices:
      - key: "{id}"
        title: {en: {from: "{post}", lookup: posts}}
        since: {from: "{start}", format: ["YYYY-MM-DD*", YYYY]}
"""
    (tmp_path / "profile.yaml").write_text(profile, encoding="utf-8")
    path = tmp_path / "data.jsonl"
    entities: list[dict[str, Any]] = [
        {
            "id": "o1",
            "schema": "Occupancy",
            "holder": {"id": "p1", "name": "Ada"},
            "post": "j1",
            "start": "2011-02-03T00:00",
        },
        {"id": "p1", "schema": "Person", "properties": {"name": ["Ada", "آدا"]}},
        {"id": "j1", "schema": "Position", "properties": {"name": ["Minister"]}},
    ]
    path.write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    assert convert(tmp_path, [path]) == [
        {
            "record": "actor",
            "key": "p1",
            "kind": "PERSON",
            "names": {"en": "Ada"},
            "offices": [{"key": "o1", "title": {"en": "Minister"}, "since": "2011-02-03"}],
            "aliases": [
                {"text": "Ada", "language": "und"},
                {"text": "آدا", "language": "und"},
            ],
        }
    ]


def test_columns_and_pieces_become_items(tmp_path: Path) -> None:
    profile = """
title: Agreements
actors:
  - {each: {from: "{parties}", split: ;}, key: "{item}", kind: STATE, names: {en: "{item}"}}
topics:
  - each: {first: GA, last: GC, values: ["1", "2"]}
    scheme: T
    code: "{item}"
    labels: {en: "{item}"}
agreements:
  - key: "{id}"
    title: {en: "{id}"}
    type: OTHER
    status: UNKNOWN
    topics: [{each: {first: GA, last: GC, values: ["1", "2"]}, from: "T:{item}"}]
    participants: [{each: {from: "{parties}", split: ;}, role: PARTY, actor: "{item}"}]
"""
    (tmp_path / "profile.yaml").write_text(profile, encoding="utf-8")
    path = tmp_path / "data.csv"
    path.write_text("id,parties,GA,GB,GC\na1,Iran; Iraq ;,0,1,2\n", encoding="utf-8")
    lines = convert(tmp_path, [path])
    assert [line.get("key", line.get("code")) for line in lines] == [
        "GB",
        "GC",
        "iran",
        "iraq",
        "a1",
    ]
    assert lines[-1]["topics"] == ["T:GB", "T:GC"]
    assert [item["actor"] for item in lines[-1]["participants"]] == ["iran", "iraq"]
    assert try_profile(str(tmp_path / "profile.yaml"), [path]).columns == {
        "id": ["agreement.key 1", "agreement.title.en 1"],
        "parties": ["actor.key 2", "actor.names.en 2", "agreement.participants.actor 2"],
        "GA": ["topic 0", "agreement.topics 0"],
        "GB": ["topic 1", "agreement.topics 1"],
        "GC": ["topic 1", "agreement.topics 1"],
    }


def test_a_text_is_cut_at_each_of_several_separators(tmp_path: Path) -> None:
    profile = """
title: Talks
values: {first: {from: "{parties}", split: [", ", ";"]}}
actors:
  - {each: {from: "{parties}", split: [" and ", ";", ", ", ", and "]}, key: "{item}", kind: STATE,
     names: {en: "{first}"}}
topics: [{scheme: T, code: "{first}", labels: {en: T}}]
meetings:
  - {key: "{id}", title: {en: "{id}"}, format: OTHER, topics: [{from: "{codes}", split: [" ", +]}]}
"""
    (tmp_path / "profile.yaml").write_text(profile, encoding="utf-8")
    path = tmp_path / "data.csv"
    path.write_text('id,parties,codes\na1,"A; B, C and D, and E;;",T:1+T:2 T:3\n', encoding="utf-8")
    topic, *actors, meeting = convert(tmp_path, [path])
    assert topic["code"] == "A"
    assert [actor["key"] for actor in actors] == ["a", "b", "c", "d", "e"]
    assert meeting["topics"] == ["T:1", "T:2", "T:3"]


# Profiles.


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title: Visits", "titel: Visits", "profile.yaml:2: `titel`: there is no such field here"),
        ('    format: "{format}"\n', "", "profile.yaml:23: `format`: this is required"),
        (
            '{city}"\n    names',
            '{town}"\n    names',
            "profile.yaml:18: the data has no column `town`",
        ),
        (
            "lookup: codes.format",
            "lookup: codes.x",
            "profile.yaml:8: `lookup`: write one of codes.code",
        ),
        (
            "lookup: codes.format",
            "lookup: code.format",
            "profile.yaml:8: `lookup`: there is no table `code`: did you mean codes?",
        ),
        ("file: codes.csv", "file: no.csv", "profile.yaml:6: `no.csv` cannot be read"),
        ("like: named", "like: other", "profile.yaml:14: `like`: there is no template `other`"),
        ("MM-YYYY", "MM-DD", 'profile.yaml:27: `format`: "MM-DD" is no date format'),
        (
            "for: [{column: minister}",
            "for: [{column: []}",
            "profile.yaml:12: `column`: this should be",
        ),
        (
            "lookup: codes.format}",
            'lookup: codes.format}\n  one: "{two}"\n  two: "{one}"',
            "profile.yaml:9: `two`: a value is made of columns, and of values that are listed",
        ),
        (PROFILE, "Visits", "profile.yaml:1: this is no profile: write a mapping of its fields"),
        (PROFILE, "", "profile.yaml:1: this is no profile: write a mapping of its fields"),
        (
            '"{minister}"]',
            '"{minister"]',
            'profile.yaml:24: "{minister" has a brace that stands alone: a column is written `{na',
        ),
        ('"x-{id}"', '"x-{}"', 'profile.yaml:23: "x-{}" has a brace that stands alone'),
        ('{en: "{city}"}', '{"e n": a}', 'profile.yaml:19: `names.e n`: "e n" is no language tag'),
        (
            '{en: "{city}"}',
            "{en: a, EN: b}",
            'profile.yaml:19: `names`: "en" and "EN" are the same',
        ),
        ("role: HOST", "roll: HOST", "profile.yaml:33: `roll`: there is no such field here"),
        ("title: V", "encoding: utf8x\ntitle: V", 'profile.yaml:2: `encoding`: "utf8x" is no enc'),
        (
            "lookup: codes.format",
            'split: [";", ""]',
            "profile.yaml:8: `split`, item 2: string should have at least 1 character",
        ),
    ],
)
def test_what_is_wrong_with_a_profile_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in PROFILE
    found = refuse(tmp_path, PROFILE.replace(old, new))
    assert any(text.startswith(problem) for text in found), found


MAPPING = "this should be a mapping, such as {a: b}"
NO_TEMPLATE = 'this has no value: write a template, such as "{name}", or leave it out'
NO_TEXT = 'this has no value: write a text, which may be "", or a list of texts'


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('map: {"Minister*": PERSON}', "map: [a, b]", f"16: `map`: {MAPPING}: text → what it"),
        ('{from: "{kind}", lookup: codes.format}', "", f"8: `values.format`: {NO_TEMPLATE}"),
        ("[{column: minister}", "[minister", f"12: `for`, item 1: {MAPPING}: repeats this"),
        ('"<column>": "*"', '"<column>":', f"13: `when.minister`: {NO_TEXT}"),
        ('["{minister}: {reason}"', "[[a]", "24: `from`, item 1: this should be a text, or an ob"),
        (
            '{role: HOST, actor: "x-{minister}"}',
            "HOST",
            "item 1: this should be an object of fields: {role: …, actor: …}",
        ),
        ("decimals: 6", "decimals: [6]", '20: `decimals`: "["6"]" should be a whole number'),
        ('{names: {en: "{<column>}"}}', "a", f"10: `templates.named`: {MAPPING}"),
    ],
)
def test_a_value_of_a_wrong_shape_in_a_profile_says_what_would_be_right(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in PROFILE
    found = refuse(tmp_path, PROFILE.replace(old, new))
    assert any(problem in text for text in found), found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("role: HOST", "role: HOTS", ': `role`: "HOTS" is not one of HOST, '),
        (
            'format: "{format}"',
            "format: VISITS",
            '25: `format`: "VISITS" is not one of RECEPTION, ',
        ),
        ("PERSON}", "PERSO}", '16: `kind`: "PERSO" is not one of PERSON, '),
        ("otherwise: ORGAN", "otherwise: ORGANN", '16: `kind`: "ORGANNIZATION" is not one of '),
        ('"{lat}", decimals: 6', '[{from: "91"}]', '`latitude`: "91" is not a number of degrees'),
    ],
)
def test_a_text_of_the_profile_that_no_row_can_mend_is_named_once(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    (found,) = refuse(tmp_path, PROFILE.replace(old, new))
    assert found.startswith("profile.yaml:")
    assert problem in found


@pytest.mark.parametrize(
    ("text", "plain", "point", "comma"),
    [
        ("1234.50", "1234.5", "1234.5", None),
        ("1.234", "1.234", "1.234", "1234"),  # what it is, only a person can tell
        ("1,234", None, "1234", "1.234"),
        ("1,234.5", None, "1234.5", None),
        ("1.234,5", None, None, "1234.5"),
        ("1\u00a0234,5", None, None, "1234.5"),
        ("1\u202f234 567", None, None, None),
        ("12,34,567", None, "1234567", None),
        ("1.234.567", None, None, "1234567"),
        ("1,23", None, None, "1.23"),
        ("0,123", None, None, "0.123"),
        ("1,234,56", None, None, None),
        ("١٬٢٣٤٫٥", "1234.5", "1234.5", "1234.5"),
        ("\u22121", "-1", "-1", "-1"),
        ("1e3", "1000", "1000", "1000"),
        *((text, None, None, None) for text in ("NaN", "inf", "1_000", "5%", ".", "-", "1e999")),
    ],
)
def test_numbers_are_read_as_a_profile_says_or_not_at_all(
    text: str, plain: str | None, point: str | None, comma: str | None
) -> None:
    assert [write_number(text, mark, None) for mark in ("", ".", ",")] == [plain, point, comma]


def test_a_number_that_is_none_says_how_another_is_written(tmp_path: Path) -> None:
    rows = ROWS.replace("39.9199999", '"39,92"')
    (found, *_) = refuse(tmp_path, PROFILE, rows)
    assert found.startswith('data.csv:2: `lat`: "39,92" is no number with digits and a point alone')
    assert 'such as `point: ","`' in found
    assert refuse(tmp_path, PROFILE.replace('{lat}"', '{lat}", point: ","'), rows) == []


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        ("1.5 2.25", "}}"),
        ("1.234 2", '}}  # point: "," gives other numbers'),
        ("1,234 2", ', point: "."}}  # point: "," gives other numbers'),
        ("1.234,5 2", ', point: ","}}'),
        ("12,34,567 5", ', point: "."}}'),
        ("1\u00a0234 5", ', point: "."}}'),
        ("١٬٢٣٤ ٥", "}}"),
    ],
)
def test_a_first_profile_says_how_numbers_are_written(
    tmp_path: Path, texts: str, written: str
) -> None:
    path = tmp_path / "data.csv"
    rows = (
        f"{number};2020-01-0{number};{text}\n" for number, text in enumerate(texts.split(" "), 1)
    )
    path.write_text("id;date;deaths\n" + "".join(rows), "utf-8")
    (line,) = (
        text for text in sketch_profile(path).splitlines() if "deaths" in text and "best" in text
    )
    assert line.partition("decimals: 3")[2] == written


def test_a_dry_run_names_what_columns_become(tmp_path: Path) -> None:
    report = try_profile(str(save(tmp_path).parent / "profile.yaml"), [tmp_path / "data.csv"])
    assert not report.problems.first
    assert report.columns["unused"] == []
    assert report.columns["kind"] == ["meeting.format 5"]
    assert report.columns["city"] == ["place.key 4", "place.names.en 4", "meeting.place 4"]
    text = "\n".join(report.describe())
    assert "  unused (2): dropped" in text
    assert "  meeting: 4" in text


def test_a_part_is_left_out_if_the_row_gives_nothing_of_it(tmp_path: Path) -> None:
    profile = """
title: Agreements
agreements:
  - key: "{id}"
    title: {en: "{id}"}
    type: OTHER
    figures:
      - {measure: money, unit: USD, best: "{sum}"}
    milestones:
      - {type: SIGNED, date: "{signed}"}
      - {type: RATIFIED, date: "{ratified}"}
      - {type: TERMINATED, when: {ended: "yes"}, date: "{end}"}
"""
    (tmp_path / "profile.yaml").write_text(profile, encoding="utf-8")
    path = tmp_path / "data.csv"
    path.write_text("id,sum,signed,ratified,ended,end\na,,2001,,yes,\n", encoding="utf-8")
    (line,) = convert(tmp_path, [path])
    assert "figures" not in line
    assert line["milestones"] == [{"type": "SIGNED", "date": "2001"}, {"type": "TERMINATED"}]
    path.write_text("id,sum,signed,ratified,ended,end\na,5,,,,\n", encoding="utf-8")
    (problem,) = try_profile(str(tmp_path / "profile.yaml"), [path]).problems.first
    assert "data.csv:2: `agreement`: an agreement needs its `status`" in problem


def test_a_dry_run_lists_texts_that_a_map_or_table_lacks(tmp_path: Path) -> None:
    city = """names: {en: "{city}"}
    country: {from: "{city}", map: {Cairo: EG}}
    part_of: {from: "x-{body}", lookup: codes.format, otherwise: ""}"""
    path = save(tmp_path, profile=PROFILE.replace('names: {en: "{city}"}', city))
    shown = list(try_profile(str(tmp_path / "profile.yaml"), [path]).describe())
    at = shown.index("Texts that a map or table lacks, which give no value:")
    assert shown[at + 1 :] == [
        '  place.part_of: "x-Board of Trade" 3, "x-Red Cross" 1',
        '  place.country: "Ankara" 2',
    ]


def test_rows_that_differ_are_counted(tmp_path: Path) -> None:
    path = save(tmp_path, ROWS.replace("tariffs,V", "tariffs,T", 1))
    report = try_profile(str(tmp_path / "profile.yaml"), [path])
    assert report.tally.differences == {"meeting.format": 1}
    assert any(line.endswith("meeting.format: 1") for line in report.describe())


def test_the_command_shows_and_imports(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MITHAQ_DATABASE_URL", settings.database_url)
    path, profile = str(save(tmp_path)), str(tmp_path / "profile.yaml")
    runner = CliRunner()
    shown = runner.invoke(app, ["import", "--dry-run", "--profile", profile, path])
    assert shown.exit_code == 0, shown.output
    assert "unused (2): dropped" in shown.output
    made = runner.invoke(app, ["import", "--profile", profile, path, "--complete"])
    assert made.output == "10 created, 0 updated, 0 unchanged\n"
    save(tmp_path, ROWS.replace("Red Cross", "Red Crescent"))
    complete = ["import", "--dry-run", "--complete", "--profile", profile, path]
    shown = runner.invoke(app, complete)
    assert (
        "Records that the data lacks, which `--complete` deletes: 1\n  actor:x-red-cross\n"
    ) in shown.output
    assert count(settings, m.Actor) == 4
    assert runner.invoke(app, ["import", path, "--dry-run"]).exit_code == 2
    schema = json.loads(runner.invoke(app, ["schema", "--profile"]).output)
    assert schema["title"] == "Profile"
    assert "meetings" in schema["properties"]


def test_no_room_for_temporary_files_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = save(tmp_path, "".join(f"{number},M,B,r,T,01/02/1999,,1,,,,\n" for number in range(200)))
    conversion = Conversion(read_profile(tmp_path / "profile.yaml"), [path], tmp_path, no_bytes)
    conversion.fragments.database.execute("PRAGMA max_page_count = 3")
    with pytest.raises(ImportFailure, match=r"is full\. Name another folder in TMPDIR"):
        conversion.run()
    (tmp_path / "lines.jsonl").mkdir()  # stands for a file of lines that cannot be written
    conversion = Conversion(read_profile(tmp_path / "profile.yaml"), [path], tmp_path, no_bytes)
    with pytest.raises(ImportFailure, match=r"Is a directory\. Name another folder in TMPDIR"):
        conversion.run()


def test_repeated_templates_are_bounded(tmp_path: Path) -> None:
    many = ", ".join(["{a: x}"] * 900)
    repeated = (
        f"title: T\nmeetings:\n- for: [{many}]\n  participants:\n  - {{for: [{many}], role: X}}\n"
    )
    (problem,) = refuse(tmp_path, repeated)
    assert problem.endswith("`for` and `like` make more than 200,000 values of this profile")


def test_tables_that_are_made_of_rows_look_up_in_others_only(tmp_path: Path) -> None:
    joins = """
joins:
  a: {key: {from: "{id}", lookup: b}, value: "{kind}"}
  b: {key: "{id}", value: {from: "{kind}", lookup: codes.format}}
"""
    (problem,) = refuse(tmp_path, PROFILE + joins)
    assert problem == (
        "profile.yaml:37: `lookup`: `b` is made of rows, as this table is: look up in another one"
    )
    found = refuse(
        tmp_path, PROFILE + joins.replace(", lookup: b", ""), "1,M,B,r,Z,01/02/1999,,1,,,,\n"
    )
    assert found[0] == 'data.csv:2: `kind`: "Z" is not in the table `codes`'


def test_no_profile_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(ImportFailure, match="there is no such profile: name a file") as refused:
        try_profile("none", [tmp_path])
    assert "icews" in str(refused.value)


def test_a_first_profile_is_made_of_data(tmp_path: Path) -> None:
    path = save(tmp_path)
    made = sketch_profile(path)
    (tmp_path / "first.yaml").write_text(made, encoding="utf-8")
    assert 'date: {from: "{day}", format: ["DD/MM/YYYY", "MM-YYYY"], until: "{last}"}' in made
    assert '#   unused: 1 different, 3 empty; "u"' in made
    report = try_profile(str(tmp_path / "first.yaml"), [path])
    assert not report.problems.first
    assert report.tally.records == {"dataset": 1, "place": 2, "actor": 4, "action": 4}
    assert report.columns["lat"] == ["place.latitude 4"]
    objects = tmp_path / "data.jsonl"
    objects.write_text('{"id": "a", "who": {"person": "Ada"}, "year": 1999}\n', encoding="utf-8")
    made = sketch_profile(objects)
    assert "data-{who.person}" in made
    assert 'format: ["YYYY"]' in made
    (tmp_path / "first.yaml").write_text(made, encoding="utf-8")
    (first,) = (
        line
        for line in convert(tmp_path, [objects], tmp_path / "first.yaml")
        if line["record"] == "action"
    )
    assert first["date"] == "1999"
    result = CliRunner().invoke(
        app, ["profile", str(objects), "--output", str(tmp_path / "o.yaml")]
    )
    assert (result.exit_code, (tmp_path / "o.yaml").read_text("utf-8")) == (0, made)
    (tmp_path / "o.yaml").write_text("finished", "utf-8")
    result = CliRunner().invoke(
        app, ["profile", str(objects), "--output", str(tmp_path / "o.yaml")]
    )
    assert "o.yaml exists" in str(result.exception)
    assert (tmp_path / "o.yaml").read_text("utf-8") == "finished"


@pytest.mark.parametrize("name", ["Date", "Tarih", "تاريخ اللقاء"])
def test_a_first_profile_names_the_column_of_dates_of_many_formats(
    tmp_path: Path, name: str
) -> None:
    days = ("2024-03-05", "12.05.2024", "May 2025", "spring 2024")
    (path := tmp_path / "data.csv").write_text(
        f"id,{name}\n" + "".join(f"{number},{day}\n" for number, day in enumerate(days)), "utf-8"
    )
    profile = sketch_profile(path)
    assert f'    # date: {{from: "{{{name}}}", format: [DD/MM/YYYY, MMMM YYYY]}}\n' in profile


def test_a_first_profile_is_made_of_the_sheet_with_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["About this file"])
    sheet = book.create_sheet("Data")
    for row in (["Table 1"], [], ["ID", "Date", "Host"], [1, "2020-01-02", "Ada"]):
        sheet.append(row)
    path, profile = tmp_path / "visits.xlsx", tmp_path / "first.yaml"
    book.save(path)
    profile.write_text(made := sketch_profile(path), encoding="utf-8")
    assert 'sheet: "Data"\nskip: 2 #' in made
    assert try_profile(str(profile), [path]).tally.records["meeting"] == 1


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("list.json", '[{"id": 1}]', "list.json:1: this is no object of JSON: write each object"),
        ("x.csv", "a,b\n", "x.csv: this has no rows: no profile is made of it"),
        ("x.dat", "a,b\n1,2\n", "does not tell its format: name it *.csv, *.tsv, *.xlsx or "),
    ],
)
def test_why_no_first_profile_is_made(tmp_path: Path, name: str, text: str, problem: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ImportFailure) as refused:
        sketch_profile(tmp_path / name)
    assert problem in str(refused.value)


def test_a_first_profile_does_not_use_columns_with_braces_in_their_names(tmp_path: Path) -> None:
    data, profile = tmp_path / "x.csv", tmp_path / "first.yaml"
    data.write_text("{id},minister\n1,Ann\n2,Ann\n", encoding="utf-8")
    profile.write_text(made := sketch_profile(data), encoding="utf-8")
    assert made.endswith("with braces in their names, or the name of another, to use them.\n")
    report = try_profile(str(profile), [data])
    assert report.tally.records == {"dataset": 1, "actor": 1, "action": 2}


TABLES: dict[str, tuple[Any, ...]] = {
    # Rows above the header, several names in a cell, dates of three precisions, and no value.
    "meetings.csv": (
        (
            "Meetings of ministers;;\n\nNo;Date;Minister;Organisations;Place;Country\n"
            "1;3.5.2021;Ayşe Demir;Red Cross / UNHCR;Ankara;TR\n"
            "1;3.5.2021;Ayşe Demir;Board of Trade;Ankara;TR\n"
            "2;06.2021;Omar Haddad;UNHCR;Cairo;Egypt\n3;2021;Omar Haddad;n/a;;\n"
        ),
        ('delimiter: ";"', "skip: 2", 'empty: ["n/a"]', 'format: ["D.M.YYYY", "MM.YYYY", "YYYY"]'),
        {"dataset": 1, "place": 2, "actor": 5, "meeting": 3},
        {
            "date": "2021-05-03",
            "place": "meetings-ankara",
            "participants": [
                {"role": "PARTICIPANT", "actor": f"meetings-{key}"}
                for key in ("ayse-demir", "red-cross", "unhcr", "board-of-trade")
            ],
        },
    ),
    # No header.
    "events.tsv": (
        "7\t20200102\tTalks\thttps://a.example/1\n8\t20200103\tVisit\thttps://a.example/2\n",
        ("columns: [column1, column2, column3, column4]", 'format: ["YYYYMMDD"]'),
        {"dataset": 1, "action": 2},
        {"date": "2020-01-02"},
    ),
    # A row for each vote: what the rows share identifies the event, and states have known keys.
    "votes.csv": (
        (
            "resolution,date,state,vote\nA/1,02/03/2022,Türkiye,Y\nA/1,02/03/2022,SYR,N\n"
            "A/2,30/12/2022,Hong Kong,A\n"
        ),
        ('date: {from: "{date}", format: ["DD/MM/YYYY"]}\n',),
        {"dataset": 1, "actor": 3, "action": 2},
        {
            "participants": [
                {"role": "PARTICIPANT", "actor": "turkey", "position": "FOR"},
                {"role": "PARTICIPANT", "actor": "syria", "position": "AGAINST"},
            ]
        },
    ),
    # A column for each state; numbers that a program wrote as 4.0; a date in three columns.
    "wide.csv": (
        "id,year,month,day,deaths,AT,BE,TR\n4.0,2001,7,24,2,1,-1,1\n5.0,2001,8,,,1,0,\n",
        ('integers: ["id"]', 'map: {"-1": …, "0": …, "1": …}', "lookup: countries.name"),
        {"dataset": 1, "actor": 3, "action": 2},
        {
            "key": "wide-4",
            "date": "2001-07-24",
            "figures": [{"measure": "deaths", "best": "2"}],
            "participants": [
                {"role": "PARTICIPANT", "actor": key} for key in ("austria", "belgium", "turkey")
            ],
        },
    ),
    # Days and months that may be exchanged, a last day, and a column of the precision.
    "treaties.csv": (
        (
            "id,start_date,end_date,date_prec,title,party,country\n"
            "a,01/02/2020,03/02/2020,1,Peace,Iran,Iran\nb,04/05/2020,,2,War,Iraq,Iraq\n"
        ),
        ('until: "{end_date}"} # or MM/DD/YYYY', 'codes: {"1": day, "2": day}'),
        {"dataset": 1, "place": 2, "actor": 2, "agreement": 2},
        {"date": "2020-02-01/2020-02-03", "participants": [{"role": "PARTY", "actor": "iran"}]},
    ),
    "لقاءات.csv": (
        "الرقم,التاريخ,الوزير,الموضوع\n1,2021-02-01,محمد,اللاجئون\n2,2021-03-01,محمد,الحدود\n",
        (),
        {"dataset": 1, "actor": 1, "action": 2},
        {"title": {"ar": "اللاجئون"}, "date": "2021-02-01"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_first_profile_guesses_what_columns_are(tmp_path: Path, name: str) -> None:
    text, parts, records, event = TABLES[name]
    data, profile = tmp_path / name, tmp_path / "first.yaml"
    data.write_text(text, encoding="utf-8")
    profile.write_text(made := sketch_profile(data), encoding="utf-8")
    assert [part for part in parts if part not in made] == []
    report = try_profile(str(profile), [data])
    assert (report.problems.first, report.tally.records) == ([], records)
    first = json.loads([*report.tally.samples.values()][-1])
    assert {field: first.get(field) for field in event} == event


def test_a_first_profile_has_the_delimiter_and_the_encoding(tmp_path: Path) -> None:
    data, profile = tmp_path / "x.csv", tmp_path / "first.yaml"
    runner = CliRunner()
    for delimiter, place in (";", 2), ("\t", 2), ("|", 1):
        header = delimiter.join(["No", "Minister" if place > 1 else "Çavuş", "Date, day"])
        row = delimiter.join(["1", "Çavuşoğlu", "2020-01-02"])
        data.write_text(f"{header}\r\n{row}\r\n", encoding="cp1254")
        refused = runner.invoke(app, ["profile", str(data)])
        assert isinstance(refused.exception, ImportFailure)
        (problem,) = refused.exception.problems
        assert f"x.csv:{place}: " in problem
        assert "give the data's as `--encoding`, such as `cp1254` (Turkish)" in problem
        made = runner.invoke(app, ["profile", str(data), "--encoding", "cp1254"]).stdout
        assert f'delimiter: {json.dumps(delimiter)}\nencoding: "cp1254"\n' in made
        profile.write_text(made, encoding="utf-8")
        assert try_profile(str(profile), [data]).tally.records["action"] == 1


def test_an_encoding_replaces_that_of_a_profile(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MITHAQ_DATABASE_URL", settings.database_url)
    path, profile = save(tmp_path), str(tmp_path / "profile.yaml")
    path.write_text(HEADER + "1,Şahin,,,V,03/05/2020,,1,,,,\n", "cp1254")
    (tmp_path / "objects.yaml").write_text(OBJECTS, "utf-8")
    (tmp_path / "a.jsonl").write_text('{"id": "x-a", "name": "وزارة"}\n', "cp1256")
    runner = CliRunner()
    options = ["import", "--profile", profile, str(path), "--encoding"]
    assert "Şahin" in runner.invoke(app, [*options, "cp1254", "--dry-run"]).output
    assert runner.invoke(app, [*options, "cp1254"]).output == "2 created, 0 updated, 0 unchanged\n"
    refused = runner.invoke(app, [*options, "rot13"])
    assert '"rot13" is no encoding: write a name such as `utf-8`' in refused.output
    options[2:4] = [str(tmp_path / "objects.yaml"), str(tmp_path / "a.jsonl")]
    assert "وزارة" in runner.invoke(app, [*options, "cp1256", "--dry-run"]).output


def test_rows_that_are_not_of_the_encoding_name_the_field(
    settings: Settings, tmp_path: Path
) -> None:
    rows = "1,Şahin,,,V,03/05/2020,,1,,,,\n2,Ada,,,V,Şubat,,1,,,,\n"
    path, quarantine = save(tmp_path), tmp_path / "bad.jsonl"
    path.write_text(HEADER + rows, encoding="cp1254")
    summary = prepare(settings, path, quarantine=quarantine).run()
    assert (summary.created, summary.quarantined) == (1, 2)
    first, *_, last = map(json.loads, quarantine.read_bytes().splitlines())
    assert first["reason"].startswith(
        "this row has bytes that are not of the encoding utf-8: give the data's as `--encoding`"
    )
    assert last["row"] == 3
    assert '"\\udcdeubat" is no date' in last["reason"]


# Dates and keys.


@pytest.mark.parametrize(
    ("text", "pattern", "edtf"),
    [
        ("07-2012", "MM-YYYY", "2012-07"),
        ("3.5.2020", "D.M.YYYY", "2020-05-03"),
        ("3 Mar 69", "D MMM YY", "1969-03-03"),
        ("March 2068", "MMMM YYYY", "2068-03"),
        ("20150102 13:00", "YYYYMMDD*", "2015-01-02"),
        ("1999", "YYYY", "1999"),
        ("29/02/2019", "DD/MM/YYYY", None),
        ("1/2/2019", "DD/MM/YYYY", None),
        ("١٧/٠٦/٢٠١٩", "DD/MM/YYYY", "2019-06-17"),
        ("۲۰۱۹-۶", "YYYY-M", "2019-06"),
    ],
)
def test_dates_are_read_at_their_precision(text: str, pattern: str, edtf: str | None) -> None:
    day = parse_day(text, [compile_format(pattern)])
    assert (None if day is None else write_edtf(day, None, None)) == edtf


@pytest.mark.parametrize(
    ("precision", "last", "edtf"),
    [
        ("day", None, "2016-01-02"),
        ("about", None, "2016-01-02~"),
        ("month", None, "2016-01"),
        ("year", None, "2016"),
        ("year", "2016-12-31", "[2016-01-02..2016-12-31]"),
        ("range", "2016-01-05", "[2016-01-02..2016-01-05]"),
        (None, "2016-01-05", "2016-01-02/2016-01-05"),
    ],
)
def test_a_precision_is_kept(precision: str | None, last: str | None, edtf: str) -> None:
    formats = [compile_format("YYYY-MM-DD")]
    first = parse_day("2016-01-02", formats)
    assert first
    assert write_edtf(first, parse_day(last, formats) if last else None, precision) == edtf


@given(st.text(min_size=1))
def test_a_slug_is_a_key(text: str) -> None:
    slug = slugify(text)
    assert not slug or check_slug(slug) == slug
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("days", "edtf"),
    [
        ("2016-01-01 2016-12-31", "2016"),
        ("2016-02-01 2016-02-29", "2016-02"),
        ("2016-02-01 2016-02-28", "[2016-02-01..2016-02-28]"),
        ("2016 2017", "[2016..2017]"),
    ],
)
def test_bounds_of_a_whole_month_or_year_are_that(days: str, edtf: str) -> None:
    formats = [compile_format("YYYY-MM-DD"), compile_format("YYYY")]
    first, last = (parse_day(text, formats) for text in days.split())
    assert first
    assert write_edtf(first, last, "year") == edtf


@given(st.binary(max_size=80), st.integers(0, 600), st.sampled_from([".csv", ".jsonl", ".csv.gz"]))
def test_any_bytes_are_rows_or_problems(
    tmp_path_factory: pytest.TempPathFactory, put: bytes, place: int, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    text = save(folder).read_bytes()
    path = folder / f"any{suffix}"
    changed = text[:place] + put + text[place:]
    path.write_bytes(gzip.compress(changed)[: place or None] if suffix == ".csv.gz" else changed)
    for attempt in (
        lambda: try_profile(str(folder / "profile.yaml"), [path]),
        lambda: sketch_profile(path),
    ):
        with suppress(ImportFailure):
            attempt()


def test_slugs_of_different_names_differ() -> None:
    names = ["Ankara", "أنقرة", "دمشق", "Łódź", "Lodz, Poland", "x" * 300, "x" * 301]
    assert len({slugify(name) for name in names}) == len(names)
    assert slugify("Côte d’Ivoire") == slugify("COTE D'IVOIRE") == "cote-divoire"


# Built-in profiles, with rows that are written for them in their layouts.


def write_table(path: Path, header: str, *rows: str) -> Path:
    """Write a table, whose cells are given with bars between them, with tabs."""
    path.write_text("\n".join([header, *rows]).replace("|", "\t"), encoding="utf-8")
    return path


def test_icews(tmp_path: Path) -> None:
    path = write_table(
        tmp_path / "events.tab",
        "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code"
        "|Intensity|Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher"
        "|City|District|Province|Country|Latitude|Longitude",
        "1|2019-03-04|Norway|NA|Norway|Make a visit|042|1.9|Chad|NA|Chad|9|1|X"
        "|N'Djamena|NA|Hadjer|Chad|12.1131|15.0492",
        "2|2019-03-05|Union (Chad)|Labor|Chad|Demonstrate or rally|141|-6.5|Chad|NA|Chad|9|1|X"
        "|NA|NA|NA|Chad|15|19",
        "3|2019-03-05|Norway|NA|Norway|Sign formal agreement|057|8|Chad|NA|Chad|9|1|X"
        "|NA|NA|NA|NA|NA|NA",
    )
    report = try_profile("icews", [path])
    assert not report.problems.first
    dropped = [column for column, fields in report.columns.items() if not fields]
    assert dropped == ["Intensity", "Story ID", "Sentence Number", "Publisher", "District"]
    meeting = json.loads(report.tally.samples["meeting"])
    assert meeting["place"] == "icews-ndjamena-hadjer-chad"
    assert meeting["format"] == "VISIT"
    assert json.loads(report.tally.samples["action"])["type"] == "PROTEST"
    assert "place" not in json.loads(report.tally.samples["agreement"])
    events = {"meeting": 1, "agreement": 1, "action": 1}
    assert report.tally.records == events | {"dataset": 1, "place": 3, "actor": 3}


def test_ucdp_ged(tmp_path: Path) -> None:
    header = (
        "id,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,side_a"
        ",side_b_new_id,side_b,source_headline,where_prec,where_coordinates,adm_1,adm_2,latitude"
        ",longitude,country,country_id,date_prec,date_start,date_end,deaths_a,deaths_b"
        ",deaths_civilians,deaths_unknown,low,best,high\n"
    )
    rows = (
        "17.0,1.0,3,Chad: Government,4,Government of Chad - X,9,Government of Chad,8,X,Clash,1,"
        "Bol town,Lac,Mamdi,13.45,14.7,Chad,483,4,2011-03-01,2011-03-31,1,2,0,0,2,3,5\n"
        "18.0,3.0,5,X - Civilians,6,X - Civilians,8,X,1,Civilians,,5,South of Lac,Lac,,13.2,14.4,"
        "Chad,483,2,2011-03-05,2011-03-08,0,0,4,0,4,4,4\n"
    )
    path = tmp_path / "ged.csv"
    path.write_text(header + rows, encoding="utf-8")
    lines = convert(tmp_path, [path], find_profile("ucdp-ged"))
    first, second = find(lines, "ucdp-17"), find(lines, "ucdp-18")
    assert first["date"] == "2011-03"
    assert first["identifiers"] == [{"scheme": "UCDP-GED", "id": "17"}]
    assert first["place"] == "ucdp-bol-town-at-13-45-14-7"
    assert first["figures"][0] == {"measure": "deaths", "low": "2", "best": "3", "high": "5"}
    assert second["date"] == "[2011-03-05..2011-03-08]"
    assert second["place"] == "ucdp-lac-483"
    assert second["participants"][1]["actor"] == "ucdp-civilians-483"
    assert find(lines, "ucdp-9")["kind"] == "GOVERNMENT"
    assert find(lines, "ucdp-country-483")["country"] == "TD"


def test_gdelt(tmp_path: Path) -> None:
    cells = dict.fromkeys(read_profile(find_profile("gdelt")).profile.columns, "")
    cells |= {"GLOBALEVENTID": "5", "SQLDATE": "20190304", "EventCode": "0841", "NumMentions": "6"}
    cells |= {"Actor1Code": "NORGOV", "Actor1Name": "OSLO", "Actor1CountryCode": "NOR"}
    cells |= {"Actor1Type1Code": "GOV", "Actor2Code": "TCD", "Actor2Name": "CHAD"}
    cells |= {"ActionGeo_Type": "4", "ActionGeo_FullName": "Bol, Lac, Chad"}
    cells |= {"ActionGeo_CountryCode": "CD", "ActionGeo_FeatureID": "-17"}
    cells |= {"ActionGeo_Lat": "13.45", "ActionGeo_Long": "14.7"}
    path = tmp_path / "20190304.export.CSV"
    path.write_text("\t".join(cells.values()), encoding="utf-8")
    lines = convert(tmp_path, [path], find_profile("gdelt"))
    assert find(lines, "gdelt-norgov-oslo")["kind"] == "GOVERNMENT"
    assert find(lines, "gdelt-tcd-chad")["kind"] == "STATE"
    assert find(lines, "gdelt-country-cd")["country"] == "TD"
    event = find(lines, "gdelt-5")
    assert (event["record"], event["type"], event["date"]) == ("action", "RETREAT", "2019-03-04")
    assert event["title"] == {"en": "Oslo – Return, release person(s) – Chad"}
    assert event["place"] == "gdelt-cd-4-17"
    assert event["figures"] == [{"measure": "mentions", "best": "6"}]


def test_gdelt_mentions_are_reports(settings: Settings, tmp_path: Path) -> None:
    columns = read_profile(find_profile("gdelt")).profile.columns
    event = dict.fromkeys(columns, "") | {"GLOBALEVENTID": "5", "SQLDATE": "20190304"}
    events = tmp_path / "20190304.export.CSV"
    events.write_text("\t".join((event | {"EventCode": "0841"}).values()), encoding="utf-8")
    mentions = tmp_path / "20190304.mentions.CSV"
    rows = [
        ("5", "1", "daily.example", "https://daily.example/Talks", ""),
        ("5", "1", "daily.example", "https://daily.example/Talks", ""),  # in a second sentence
        ("5", "1", "gunluk.example", "https://gunluk.example/1", "srclc:tur;eng:GT-TUR 1.0"),
        ("5", "2", "BBC Monitoring", "Daily, Oslo, 4 March", ""),
        ("6", "1", "daily.example", "https://daily.example/Else", ""),
    ]
    mentions.write_text(
        "\n".join(
            "\t".join([id_, "", "", type_, name, url, *[""] * 8, translated, ""])
            for id_, type_, name, url, translated in rows
        ),
        encoding="utf-8",
    )

    def bring(name: str, path: Path) -> str:
        bad = tmp_path / "bad.jsonl"
        work = ProfileImport(name, [path], lambda work: write(settings, work), AT, quarantine=bad)
        return str(work.run())

    bring("gdelt", events)
    assert bring("gdelt-mentions", mentions).endswith("1 line quarantined")
    assert '"GLOBALEVENTID:6\\" is neither the id' in (tmp_path / "bad.jsonl").read_text()
    query = (
        "SELECT article.url, article.language FROM report "
        "JOIN article ON article.id = article_id JOIN event ON event.id = event_id "
        "WHERE event.key = 'gdelt-5' ORDER BY article.key"
    )
    found = read(settings, lambda connection: connection.execute(sa.text(query)).all())
    assert [*map(tuple, found)] == [
        ("https://daily.example/Talks", "en"),
        ("https://gunluk.example/1", "tr"),
    ]
    assert bring("gdelt-mentions", mentions).startswith("0 created, 0 updated")
    delete_records(["article:gdelt-https-gunluk-example-1"], partial(write, settings), AT)
    check_database(settings, print)


def test_pa_x(tmp_path: Path) -> None:
    path = tmp_path / "pax.csv"
    header = (
        "Con,PP,PPName,AgtId,Agt,Dat,Status,Stage,Part,ThrdPart,Loc1ISO,Loc2ISO,UcdpCon,UcdpAgr,GCh"
        ",GChRhet,PolPar,Polps,PpsOthPr,ImSrc"
    )
    row = (
        "Chad,3,Chad process,9,Truce,2007-10-25,Multiparty signed/agreed,Cea,A and B,,TCD,SDN,,,0,2"
        ",1,1,1,0"
    )
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    lines = convert(tmp_path, [path], find_profile("pa-x"))
    agreement = find(lines, "pa-x-9")
    assert (agreement["type"], agreement["status"]) == ("CEASEFIRE", "SIGNED")
    assert agreement["milestones"] == [{"type": "SIGNED", "date": "2007-10-25"}]
    assert (agreement["place"], agreement["places"]) == ("pa-x-tcd", ["pa-x-sdn"])
    assert agreement["topics"] == [
        *("PA-X-PROCESS:3", "PA-X-CONFLICT:Chad", "PA-X:GChRhet"),
        *("PA-X:PolPar", "PA-X:Polps", "PA-X:PpsOthPr"),
    ]
    topics = {line["code"]: line for line in lines if line["record"] == "topic"}
    assert topics["GChRhet"]["broader"] == "GCh"
    assert "broader" not in topics["PolPar"], "PA-X codes it without Pol, too"
    assert topics["PpsOthPr"]["broader"] == "Polps"
    assert topics["GCh"]["labels"] == {"en": "Children and youth"}
    assert find(lines, "pa-x-tcd")["names"] == {"en": "Chad"}


def test_ftm(settings: Settings, tmp_path: Path) -> None:
    entities = [
        {
            "id": "o-1",
            "schema": "Occupancy",
            "properties": {"holder": ["Q7"], "post": ["p-1"], "startDate": ["2011"]},
        },
        {"id": "o-2", "schema": "Occupancy", "properties": {"holder": ["x"], "post": ["p-1"]}},
        {"id": "p-1", "schema": "Position", "caption": "Minister of Trade"},
        {
            "id": "Q7",
            "schema": "Person",
            "caption": "Ada Demir",
            "properties": {"name": ["Ada Demir", "آدا دمير"], "citizenship": ["tr", "eu"]},
        },
        {"id": "c-1", "schema": "Company", "caption": "X", "properties": {"country": ["eu"]}},
        {"id": "c-2", "schema": "Company", "caption": "Y", "properties": {"country": ["gb-sct"]}},
    ]
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    lines = convert(tmp_path, [path], find_profile("ftm"))
    person = find(lines, "ftm-q7")
    assert person["wikidata"] == "Q7"
    assert person["country"] == "TR"
    assert [alias["text"] for alias in person["aliases"]] == ["Ada Demir", "آدا دمير"]
    office = {"key": "o-1", "title": {"en": "Minister of Trade"}, "since": "2011"}
    assert person["offices"] == [office]
    assert find(lines, "ftm-c-1")["kind"] == "COMPANY"
    assert find(lines, "ftm-c-2")["country"] == "GB"
    assert len(lines) == 4
    importing = ProfileImport("ftm", [path], lambda work: write(settings, work), AT)
    assert str(importing.run()).startswith("5 created")


@pytest.mark.parametrize("suffix", ["txt", "jsonl"])
def test_plover(tmp_path: Path, suffix: str) -> None:
    cells = {"Event ID": "20230101-1-a", "Event Date": "2023-01-01", "Event Type": "CONSULT"}
    cells |= {"Event Mode": "phone", "Contexts": "diplomatic;military", "Actor Name": "Ada Demir"}
    cells |= {"Actor Country": "TUR", "Primary Actor Sector": "GOV", "Actor Title": "Minister"}
    cells |= {"Actor Name Raw": "Demir", "Recipient Name": "Chad", "Recipient Country": "TCD"}
    cells |= {
        "Primary Recipient Sector": "None",
        "Recipient Title": "",
        "Recipient Name Raw": "Chad",
    }
    cells |= {"Placename": "Bol", "City": "Bol", "Country": "TCD", "Latitude": "13.4500000001"}
    cells |= {"Longitude": "14.7", "GeoNames ID": "2433000", "Raw Placename": "Bol"}
    path = tmp_path / f"events.{suffix}"
    other = cells | {"Event ID": "20230101-1-b", "GeoNames ID": "None", "City": "None"}
    rows = [cells, other]  # the place of the other is not identified
    tables = "\n".join("\t".join(row) for row in (cells, *(row.values() for row in rows)))
    objects = "\n".join(map(json.dumps, rows))
    path.write_text(objects if suffix == "jsonl" else tables, encoding="utf-8")
    lines = convert(tmp_path, [path], find_profile("plover"))
    meeting = find(lines, "polecat-20230101-1-a")
    assert meeting["format"] == "CALL"
    assert meeting["topics"] == ["PLOVER-CONTEXT:diplomatic", "PLOVER-CONTEXT:military"]
    assert find(lines, "polecat-ada-demir-tur")["kind"] == "PERSON"
    assert find(lines, "polecat-chad-tcd")["kind"] == "STATE"
    assert find(lines, "polecat-2433000")["latitude"] == "13.45"
    assert find(lines, "polecat-20230101-1-b")["place"] == "polecat-tcd"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("data.csv", b"", "data.csv: this has no header in row 1: `skip` the rows above"),
        ("data.csv", HEADER.encode("utf-16"), "data.csv: this begins as UTF-16 does: write `enc"),
        (
            "data.csv",
            HEADER.encode() + b'1,"' + b"x" * 10_000_001,
            "data.csv:2: this cannot be read: field larger than field limit (10000000). A ",
        ),
        (
            "data.csv",
            HEADER.encode() + b'1,"a ""b""\nc",\n2,"Ann\n3,Eve,\n',
            "data.csv:3: this cannot be read: unexpected end of the file. A quotation mark in this",
        ),
        (
            "data.csv",
            HEADER.replace("unused", "city").encode(),
            "profile.yaml:18: the data has several columns `city`: name all in `columns`",
        ),
        ("data.xlsx", b"PK\5\6" + bytes(18), "data.xlsx: this cannot be read: "),
        (
            "data.xlsx",
            HEADER.encode(),
            "data.xlsx: this cannot be read: File is not a zip file. Sa",
        ),
        (
            "data.csv.gz",
            gzip.compress(HEADER.encode(), mtime=0)[:20] + b"\xff" * 40,
            "data.csv.gz: this cannot be read: Error -3 while decompressing data: invalid ",
        ),
        (
            "data.csv.gz",
            gzip.compress(HEADER.encode(), mtime=0)[:-6],
            "data.csv.gz: this cannot be read: Compressed file ended before the end-of-stream ma",
        ),
        (
            "data.csv.gz",
            gzip.compress(HEADER.encode() + b"x" * 50_000_000, 1),
            "data.csv.gz:2: this line has 50,000,000 characters or more: write a row, or object, a",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    path = save(tmp_path, name=name)
    path.write_bytes(data)
    with pytest.raises(ImportFailure) as refused:
        try_profile(str(tmp_path / "profile.yaml"), [path])
    assert refused.value.problems[0].removeprefix(f"{tmp_path}/").startswith(problem)


def test_what_reads_spreadsheets_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (path := tmp_path / "data.xlsx").write_bytes(b"")
    with pytest.raises(ImportFailure, match=r"to read XLSX, openpyxl .* pip install openpyxl or"):
        sketch_profile(path)


def test_a_header_of_one_column_tells_the_delimiter(tmp_path: Path) -> None:
    found = refuse(tmp_path, f'delimiter: ";"{PROFILE}')
    assert 'is it separated by `delimiter: ","`?' in found[0]


def test_a_file_that_no_byte_of_an_encoding_begins_is_refused(tmp_path: Path) -> None:
    problem = "data.csv: this has bytes that are not of the encoding utf-32: give the data's"
    assert refuse(tmp_path, f"encoding: utf-32{PROFILE}")[0].startswith(problem)


def test_what_objects_have_is_not_lost(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(OBJECTS, "utf-8")
    path, bad = tmp_path / "data.jsonl", tmp_path / "bad.jsonl"
    numbers = ("18446744073709551617", "18446744073709551618", "0.12345678901234567")
    day = '"day": "01/02/2020"'
    lines = [f'\ufeff{{"id": "a", "name": 1.50, {day}}}']
    lines += [f'{{"id": {number}, "name": {number}, {day}}}' for number in numbers]
    lines += [
        f'{{"id": "a", "id": "b", {day}}}',
        f'{{"id": "c", {day}, "x": {"[" * 1020}{"]" * 1020}}}',
    ]
    path.write_text("\n".join(lines), "utf-8")
    report = try_profile(str(tmp_path / "profile.yaml"), [path])
    assert [(problem.line, problem.text) for problem in report.problems.first] == [
        (5, "`id` is written twice: keep one"),
        (6, "this is nested too deep"),
    ]
    assert prepare(settings, path, quarantine=bad).run().created == 4
    entries = map(json.loads, bad.read_bytes().splitlines())
    assert [entry["text"] for entry in entries] == lines[4:]
    export_lines(lambda work: read(settings, work), ["meeting"], tmp_path / "out.jsonl")
    stored = map(json.loads, (tmp_path / "out.jsonl").read_bytes().splitlines())
    titles = {line["title"]["en"] for line in stored}
    assert titles == {"1.5", *numbers}


def test_a_line_that_is_no_object_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(OBJECTS, "utf-8")
    path = tmp_path / "data.jsonl"
    path.write_text('[{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]\n5\nnull\n', "utf-8")
    problems = try_profile(str(tmp_path / "profile.yaml"), [path]).problems.first
    assert [problem.line for problem in problems] == [1, 2, 3]
    assert (
        problems[0].text == "this is no object of JSON: write each object in a line, without a list"
    )


@pytest.mark.parametrize("name", list_profiles())
def test_built_in_profiles_are_valid(name: str) -> None:
    assert read_profile(find_profile(name)).profile.title
