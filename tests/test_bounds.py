"""What a file may hold: all else is refused at its line, on both databases alike."""

import asyncio
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import api
from api import model as m
from api.answer import Answerer, Question
from api.database import open_database
from api.errors import ImportRefused
from api.intake import records as r
from api.intake.lengths import MAX_BYTES
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Settings
from api.text.dates import parse_edtf
from api.text.language import parse_language
from tests.importing import count, edit, run

LETTERS = "".join(chr(0x627 + number * 7 % 36) for number in range(3_000))


def refused(settings: Settings, *paths: Path) -> list[str]:
    with pytest.raises(ImportRefused) as error:
        run(settings, *paths)
    assert count(settings, m.Record) == 0
    return [problem.partition(":")[2] for problem in error.value.problems]


def write_yaml(folder: Path, text: str) -> Path:
    path = folder / "made.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def write_lines(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "made.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


# Documents lie beside the file that names them.


@pytest.mark.parametrize("name", ["/etc/hostname", "../secret.txt", "sub/../../secret.txt", "link"])
def test_a_document_outside_of_the_folder_is_not_read(
    settings: Settings, folder: Path, name: str
) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link").symlink_to(folder.parent / "secret.txt")
    edit(folder, "file: camp-david.txt ", f"file: {name} ")
    (problem,) = refused(settings, folder)
    assert problem == (f"13: `{name}` is outside of this file's folder: put the document beside it")
    line = {"record": "article", "key": "a", "title": "A", "language": "en", "file": name}
    (problem,) = refused(settings, write_lines(folder, line))
    assert problem.startswith(f"1: `{name}` is outside")


def test_a_document_in_a_folder_below_or_by_a_link_within_is_read(
    settings: Settings, folder: Path
) -> None:
    (folder / "texts").mkdir()
    shutil.move(folder / "camp-david.txt", folder / "texts" / "original.txt")
    (folder / "camp-david.txt").symlink_to(folder / "texts" / "original.txt")
    assert run(settings, folder).startswith("34 created")


# Texts.


def test_a_document_with_a_nul_is_refused_at_its_place(settings: Settings, folder: Path) -> None:
    path = folder / "camp-david.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text[:40]}\0{text[40:]}", encoding="utf-8")
    assert refused(settings, folder) == [
        "13: `camp-david.txt` has a NUL at code point 40 (counted from 0): remove it"
    ]


def test_a_document_that_is_not_utf8_is_refused_at_its_place(
    settings: Settings, folder: Path
) -> None:
    (folder / "camp-david.txt").write_bytes(b"abc\xff")
    (problem,) = refused(settings, folder)
    assert problem == "13: `camp-david.txt` is not UTF-8: see its byte 3 (counted from 0)"


@pytest.mark.parametrize(
    "field",
    [
        'title: {en: "%s"}, key: a, format: TALKS',
        'title: {en: A}, key: a, format: TALKS, codes: [{scheme: "%s", code: "1"}]',
        'title: {en: A}, key: a, format: TALKS, codes: [{scheme: CAMEO, code: "%s"}]',
    ],
)
def test_a_text_too_long_for_an_index_is_refused_at_its_line(
    settings: Settings, tmp_path: Path, field: str
) -> None:
    path = write_yaml(tmp_path, f"meetings:\n  - {{{field % LETTERS}}}\n")
    (problem,) = refused(settings, path)
    assert problem.startswith("2: ")
    assert "at most" in problem


def test_keys_and_tags_are_bounded(settings: Settings, tmp_path: Path) -> None:
    path = write_yaml(
        tmp_path,
        f"places:\n  - {{key: {'a' * 201}, names: {{en: A}}}}\n"
        f"  - {{key: b, names: {{en-x-{'-'.join(['abcdefgh'] * 40)}: B}}}}\n",
    )
    problems = refused(settings, path)
    assert [problem[:3] for problem in problems] == ["2: ", "3: "]
    assert "201 characters: 200 at most" in problems[0]


def test_the_longest_texts_fit_every_index(settings: Settings, tmp_path: Path) -> None:
    longest, key = LETTERS[: MAX_BYTES // 2], "k" * 200
    actor = {"record": "actor", "key": key, "kind": "MEDIA", "names": {"ar": longest}}
    place = {"record": "place", "key": key, "names": {"ar": longest}}
    article = {"record": "article", "key": key, "title": longest, "language": "ar"}
    article |= {"publisher": key, "url": f"https://a.example/{LETTERS[:980]}", "text": "A"}
    agreement: dict[str, Any] = {
        "record": "agreement",
        "key": key,
        "title": {"ar": longest},
        "type": "OTHER",
    }
    agreement |= {"status": "SIGNED", "place": key}
    agreement["provisions"] = [{"key": key, "ordinal": 2**31 - 1, "text": {"ar": LETTERS}}]
    agreement["codes"] = [{"scheme": LETTERS[:200], "code": LETTERS[:200]}]
    assert run(settings, write_lines(tmp_path, actor, place, article, agreement)) == (
        "5 created, 0 updated, 0 unchanged"
    )


# Numbers.


def test_an_ordinal_beyond_what_a_database_holds_is_refused(
    settings: Settings, folder: Path
) -> None:
    edit(folder, "ordinal: 2,", "ordinal: 99999999999,")
    (problem,) = refused(settings, folder)
    assert problem == "93: `ordinal`: input should be less than or equal to 2147483647"


async def ask(settings: Settings, document: str) -> Any:
    database = await open_database(settings)
    answer = await Answerer(build_catalog(SCHEMA), database).answer(Question(document))
    await database.close()
    assert answer.code is None, answer.json
    return json.loads(answer.json)["data"]


def test_the_greatest_ordinals_are_paged_past(settings: Settings, folder: Path) -> None:
    edit(folder, "ordinal: 1,", "ordinal: 2147483646,")
    edit(folder, "ordinal: 2,", "ordinal: 2147483647,")
    run(settings, folder)
    page = "{ provisions(first: 1%s) { nodes { ordinal } pageInfo { endCursor } } }"
    first = asyncio.run(ask(settings, page % ""))["provisions"]
    assert first["nodes"] == [{"ordinal": 2147483646}]
    after = f', after: "{first["pageInfo"]["endCursor"]}"'
    assert asyncio.run(ask(settings, page % after))["provisions"]["nodes"] == [
        {"ordinal": 2147483647}
    ]


# What is written into JSON without quotes, or without escaping.

PLAIN = re.compile(r"[A-Za-z0-9_.:+/~?%{},\[\]-]+", re.ASCII)
TOKENS = [
    r.check_slug,
    r.check_code,
    r.check_country,
    r.check_edtf,
    parse_language,
    lambda text: parse_edtf(text).edtf,
]
DIGITS = st.text(st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩۳۳३-.XQſKıarEN~/"), max_size=12)


@pytest.mark.parametrize("check", TOKENS)
@given(text=st.one_of(st.text(max_size=12), DIGITS))
@example("٢٠٢٥")
@example("ſr")
@example("KK")
def test_tokens_need_no_escaping(check: Any, text: str) -> None:
    try:
        accepted = check(text)
    except ValueError:
        return
    assert PLAIN.fullmatch(accepted)


@given(text=DIGITS)
@example("٣٣.٥")
@example("-0.0")
def test_degrees_are_numbers_of_json(text: str) -> None:
    try:
        accepted = r.check_degrees(180)(text)
    except ValueError:
        return
    assert re.fullmatch(r"-?(0|[1-9]\d{0,2})(\.\d{0,5}[1-9])?", accepted, re.ASCII)
    assert json.loads(accepted) == float(text)


def test_no_pattern_takes_digits_of_every_script() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith(api.__name__)]
    patterns = {
        (module.__name__, name): value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and not module.__name__.startswith("api.text.")
    }
    loose = [
        where
        for where, pattern in patterns.items()
        if isinstance(pattern.pattern, str)
        and not pattern.flags & re.ASCII
        and (r"\d" in pattern.pattern or r"\w" in pattern.pattern or pattern.flags & re.IGNORECASE)
    ]
    assert loose == []
    assert r"\d" not in json.dumps(r.DossierRecord.model_json_schema())


# Names.


def test_a_language_given_twice_in_other_case_is_a_problem(
    settings: Settings, tmp_path: Path
) -> None:
    path = write_yaml(tmp_path, "places:\n  - {key: a, names: {en: A, EN: B}}\n")
    assert refused(settings, path) == ['2: `names`: "en" and "EN" are one language: keep one text']


@pytest.mark.parametrize(
    "names",
    [
        '"en": "A", "en": "B"',
        '"en" :"A","en":"B"',
        '"en"\t: "A", "en"  :"B"',
        '"en": "A", "\\u0065n": "B"',
        '"tr": "\\u0022:", "en" :"A", "en": "B"',
    ],
)
def test_a_field_written_twice_in_a_line_is_a_problem(
    settings: Settings, tmp_path: Path, names: str
) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text(f'{{"record": "place", "key": "a", "names": {{{names}}}}}', encoding="utf-8")
    assert refused(settings, path) == ["1: `en` is written twice: keep one"]


# YAML that is small and stands for much.


def test_an_alias_within_itself_is_a_problem(settings: Settings, tmp_path: Path) -> None:
    path = write_yaml(tmp_path, "places: &a\n  - *a\n")
    assert refused(settings, path) == [
        "1: this alias is within what it repeats: write out what is meant."
    ]


def test_aliases_that_expand_beyond_the_limit_are_a_problem(
    settings: Settings, tmp_path: Path
) -> None:
    levels = [
        f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, 30)
    ]
    path = write_yaml(tmp_path, "\n".join(["l0: &l0 [x]", *levels]))
    (problem,) = refused(settings, path)
    assert re.match(r"1: this expands to [\d,]+ values; a file may hold 1,000,000", problem)


def test_values_nested_too_deep_are_a_problem(settings: Settings, tmp_path: Path) -> None:
    path = write_yaml(tmp_path, f"places: {'[' * 400}{']' * 400}")
    assert refused(settings, path) == ["1: this is nested more than 50 levels deep."]
