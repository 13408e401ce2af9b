"""What a file may hold: all else is a problem at its line, found before anything is written."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.errors import ImportFailure
from api.intake.forms import records as r
from api.intake.forms.fields import MAX_BYTES, MAX_KEY
from api.intake.profile.importing import find_data
from api.intake.read.files import MAX_DEPTH, MAX_PATH, MAX_SIZE, MAX_VALUES, find_files
from api.intake.read.lines import parse_object
from api.text.language import parse_language
from tests.importing import edit, refused, write_lines, write_yaml

LETTERS = "".join(chr(0x621 + number * 7 % 36) for number in range(3_000))


# Documents lie beside the file that names them.


@pytest.mark.parametrize("name", ["/etc/hostname", "../secret.txt", "sub/../../secret.txt", "link"])
def test_a_document_outside_of_the_folder_is_not_read(folder: Path, name: str) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link").symlink_to(folder.parent / "secret.txt")
    edit(folder, "file: camp-david.txt ", f"file: {name} ")
    (problem,) = refused(folder)
    assert problem == (f"13: `{name}` is outside of this file's folder: put the document beside it")
    line = {"record": "article", "key": "a", "title": "A", "language": "en", "file": name}
    (problem,) = refused(write_lines(folder, line))
    assert problem.startswith(f"1: `{name}` is outside")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("texts", "cannot be read: Is a directory"),
        (".", "cannot be read: Is a directory"),
        ("x" * 300, "cannot be read: File name too long"),
        ("circle", "cannot be read: "),
        ("nothing", "does not exist: put the document beside this file"),
    ],
)
def test_what_is_no_document_is_a_problem_at_its_line(folder: Path, name: str, fault: str) -> None:
    (folder / "texts").mkdir()
    (folder / "circle").symlink_to(folder / "circle")
    edit(folder, "file: camp-david.txt ", f"file: {name} ")
    (problem,) = refused(folder)
    assert problem.startswith(f"13: `{name}` {fault}")


def test_a_document_in_a_folder_below_or_by_a_link_within_is_read(folder: Path) -> None:
    (folder / "texts").mkdir()
    shutil.move(folder / "camp-david.txt", folder / "texts" / "original.txt")
    (folder / "camp-david.txt").symlink_to(folder / "texts" / "original.txt")
    assert refused(folder) == []


# Texts.


def test_a_document_with_a_nul_is_refused_at_its_place(folder: Path) -> None:
    path = folder / "camp-david.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text[:40]}\0{text[40:]}", encoding="utf-8")
    assert refused(folder) == [
        "13: `camp-david.txt` has a NUL at code point 40 (counted from 0): remove it"
    ]


def test_a_document_that_is_not_utf8_is_refused_at_its_place(folder: Path) -> None:
    (folder / "camp-david.txt").write_bytes(b"abc\xff")
    (problem,) = refused(folder)
    assert problem == "13: `camp-david.txt` is not UTF-8 at byte 3 (counted from 0): convert it"


def test_a_text_with_a_nul_is_refused_at_its_line(tmp_path: Path) -> None:
    nul = "U+0000 at code point 1 (counted from 0)"
    expected = f": `names.en`: this has {nul}, which cannot be stored: remove it"
    dossier = write_yaml(tmp_path, 'places:\n- key: a\n  names: {en: "A\\0B"}\n')
    assert refused(dossier) == [f"3{expected}"]
    line = {"record": "place", "key": "a", "names": {"en": "A\0B"}}
    assert refused(write_lines(tmp_path, line)) == [f"1{expected}"]


@pytest.mark.parametrize(
    "text",
    [
        'meetings:\n- key: a\n  title: {tr: A,\n    en: "%s"}\n  format: TALKS\n',
        'places:\n- key: a\n  names:\n    en: "%s"\n',
        'actors:\n- {key: a, kind: STATE,\n  names:\n    {en: "%s"}}\n',
        (
            "actors:\n- {key: a,\n  kind: STATE, names: {en: A},\n"
            '  aliases: [{text: "%s", language: ar}]}'
        ),
        'aliases:\n-\n  actor: a\n  text: "%s"\n  language: ar\n',
        (
            "meetings:\n- {title: {en: A},\n  key: a,\n"
            '  codes: [{scheme: "%s", code: A}], format: TALKS}'
        ),
        (
            "meetings:\n- {title: {en: A},\n  key: a,\n"
            '  codes: [{scheme: A, code: "%s"}], format: TALKS}'
        ),
        'article:\n  {key: a, language: ar, file: made.yaml,\n  url: A,\n  title: "%s"}',
        'article:\n  {key: a, language: ar, file: made.yaml,\n  title: A,\n  url: "%s"}',
    ],
)
@pytest.mark.parametrize("long", [LETTERS, "\ufdfa" * (MAX_BYTES // 9)])
def test_a_text_too_long_for_an_index_is_refused_at_its_line(
    tmp_path: Path, text: str, long: str
) -> None:
    problems = refused(write_yaml(tmp_path, text % long))
    if "codes" in text:
        assert problems[0].endswith(f"{len(long):,} characters; the maximum is {MAX_KEY}")
    else:
        assert problems[0].endswith(f"bytes in an index; the maximum is {MAX_BYTES:,}")
    assert [problem[:3] for problem in problems] == ["4: "]


def test_a_path_too_long_for_an_index_is_refused(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(9):
        deep /= "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=250))
        deep.mkdir()
    problems = refused(
        write_yaml(deep, "places: []"),
        write_lines(deep, {"record": "place"}),
    )
    assert [problem[-20:] for problem in problems] == [f"bytes: {MAX_PATH:,} at most"] * 2


def test_keys_and_tags_are_bounded(tmp_path: Path) -> None:
    path = write_yaml(
        tmp_path,
        f"places:\n  - {{key: {'a' * 201}, names: {{en: A}}}}\n"
        f"  - {{key: b, names: {{en-x-{'-'.join(['abcdefgh'] * 40)}: B}}}}\n",
    )
    problems = refused(path)
    assert [problem[:3] for problem in problems] == ["2: ", "3: "]
    assert "201 characters; the maximum is 200" in problems[0]


# Numbers.


def test_an_ordinal_beyond_what_a_database_holds_is_refused(folder: Path) -> None:
    edit(folder, "ordinal: 2,", "ordinal: 99999999999,")
    assert refused(folder) == [
        "97: `ordinal`: 99999999999 is not a position: write a number from 1 to 2,147,483,647"
    ]


def test_degrees_have_six_decimals_at_most(tmp_path: Path) -> None:
    text = "places:\n- {key: a, names: {en: A},\n   longitude: 33.%s,\n   latitude: -0.000001}"
    assert refused(write_yaml(tmp_path, text % "123456")) == []
    assert refused(write_yaml(tmp_path, text % "1234567")) == [
        '3: `longitude`: "33.1234567" has more than six decimals: round it'
    ]


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "1.0", "2147483648", "9" * 30, "true"])
def test_an_ordinal_is_the_same_in_lines_and_dossiers(tmp_path: Path, number: str) -> None:
    text = (
        '"key": "a", "title": {"en": "A"}, "type": "OTHER", "status": "SIGNED", '
        '"provisions": [{"key": "b", "text": {"en": "B"}, "ordinal": %s}]'
    )
    dossier = write_yaml(tmp_path, f"agreements: [{{{text % number}}}]")
    line = tmp_path / "made.jsonl"
    line.write_text(f'{{"record": "agreement", {text % number}}}')
    expected = [
        f"1: `ordinal`: {number[:20]} is not a position: write a number from 1 to 2,147,483,647"
    ]
    assert refused(dossier) == expected
    assert refused(line) == expected


# Names.


def test_a_language_given_twice_in_other_case_is_a_problem(tmp_path: Path) -> None:
    path = write_yaml(tmp_path, "places:\n  - {key: a, names: {en: A, EN: B}}\n")
    expected = ': `names`: "en" and "EN" are the same language: keep one of the two texts'
    assert refused(path) == [f"2{expected}"]
    line = {"record": "place", "key": "a", "names": {"en": "A", "EN": "B"}}
    assert refused(write_lines(tmp_path, line)) == [f"1{expected}"]


@given(st.text(st.sampled_from("abz-ABZİıſK019"), max_size=9))
@example("zh-hans-cn")
def test_tags_are_one_language_as_they_are_stored(tag: str) -> None:
    try:
        stored = parse_language(tag)
    except ValueError:
        return
    assert parse_language(stored) == stored
    if stored != tag:
        with pytest.raises(ValueError, match="are the same language"):
            r.PlaceRecord(key="a", names={stored: "A", tag: "B"})


@pytest.mark.parametrize(
    "names",
    [
        '"en": "A", "en": "B"',
        '"en" :"A","en":"B"',
        '"en"\t: "A", "en"  :"B"',
        '"en": "A", "\\u0065n": "B"',
        '"tr": "\\u0022:", "en" :"A", "en": "B"',
        '"tr": "\\"\\u0020:", "en" :"A", "en": "B"',
    ],
)
def test_a_field_written_twice_in_a_line_is_a_problem(tmp_path: Path, names: str) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text(f'{{"record": "place", "key": "a", "names": {{{names}}}}}', encoding="utf-8")
    assert refused(path) == ["1: `en` is written twice: keep one"]


SPELLED = st.sampled_from(
    ["a", "b", "\\u0061", '\\"', "\\u0022", "\\u0020", ":", " ", "\\t", "\\\\"]
)
TEXTS = st.lists(SPELLED, max_size=4).map(lambda parts: f'"{"".join(parts)}"')
SPACE = st.sampled_from(["", " ", "\t"])
VALUES = st.recursive(
    TEXTS,
    lambda values: st.lists(st.tuples(TEXTS, SPACE, values), max_size=3).map(
        lambda fields: f"{{{','.join(f'{name}{space}:{item}' for name, space, item in fields)}}}"
    ),
    max_leaves=6,
)


@given(VALUES)
def test_fields_written_twice_are_found_however_they_are_spelled(text: str) -> None:
    twice = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(pairs if len(dict(pairs)) < len(pairs) else [])
        return dict(pairs)

    json.loads(f'{{"x":{text}}}', object_pairs_hook=look)
    try:
        parse_object(f'{{"x":{text}}}'.encode(), "")
    except ValueError:
        assert twice
    else:
        assert not twice


@pytest.mark.parametrize("nested", ["[" * 1000 + "]" * 1000, '{"a":' * 300 + "1" + "}" * 300])
@pytest.mark.parametrize("name", ["x", "\\u0022"])
def test_a_line_nested_too_deep_is_a_problem(tmp_path: Path, nested: str, name: str) -> None:
    path = tmp_path / "deep.jsonl"
    path.write_text(f'{{"record": "place", "{name}": {nested}}}')
    assert refused(path) == ["1: this is nested too deep"]


# YAML that is small and stands for much.


TOO_MANY = f"up to here the file has more than {MAX_VALUES:,} names and values"
NINES = "\n".join(
    ["l0: &l0 [x]"]
    + [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, 60)]
)
CHAIN = "\n".join(["l0: &l0 [x]", *(f"l{n}: &l{n} [*l{n - 1}]" for n in range(1, 2_000))])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("places:\n- &a\n  b: *a\n", "2: this alias repeats a value that contains it"),
        ("places: &a {? *a : 1}\n", "1: the name of a field has to be text"),
        (f"{NINES}\n? *l29\n: x\n", "30: the name of a field has to be text"),
        ("places:\n- {a: 1,\n  [b]: 2}\n", "3: the name of a field has to be text"),
        (NINES, f"7: {TOO_MANY}"),
        (f"s: &s '{'x' * 1_000_000}'\nplaces: [{'*s,' * 20}]", "2: up to here the file has more"),
        (f"? &s '{'x' * 1_000_000}'\n: [{'{*s : 1},' * 20}]", "2: up to here the file has more"),
        ("places:\n" + "- a\n" * MAX_VALUES, f"{MAX_VALUES - 1}: {TOO_MANY}"),
        (f"places: [{'a,' * MAX_VALUES}]", f"1: {TOO_MANY}"),
        (CHAIN, f"{MAX_DEPTH}: this is nested more than {MAX_DEPTH} levels deep"),
        (f"places: {'[' * 400}{']' * 400}", f"1: this is nested more than {MAX_DEPTH} levels"),
        ("\n".join(" " * level + "a:" for level in range(60)), "51: this is nested more than"),
        ("[" * 500_000, "1: this cannot be read: "),
        ("- " * 500_000, "1: this cannot be read: "),
        ("? " * 500_000, "1: this cannot be read: "),
        ("a: " * 500_000, "1: this cannot be read: "),
        ("a: b\nc: *d\n", "2: this cannot be read: found undefined alias"),
        ("a: b\n---\nc: d\n", "2: this cannot be read: expected a single document"),
        ("a: b\nc: \0\n", "2: this cannot be read: control characters are not allowed (U+0000)"),
        ("x" * (MAX_SIZE + 1), f" this file has {MAX_SIZE + 1:,} bytes: {MAX_SIZE:,} at most"),
    ],
)
def test_a_file_that_stands_for_too_much_is_a_problem(
    tmp_path: Path, text: str, problem: str
) -> None:
    (found,) = refused(write_yaml(tmp_path, text))
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("content", "line"), [(b"places:\n- \xff\n", 2), (b"\n\xff", 2), (b"\xff", 1)]
)
def test_a_file_that_is_not_utf8_is_a_problem_at_its_line(
    tmp_path: Path, content: bytes, line: int
) -> None:
    path = tmp_path / "made.yaml"
    path.write_bytes(content)
    assert refused(path) == [f"{line}: this is not UTF-8: invalid start byte."]


@pytest.mark.parametrize(("most", "told"), [(1, 2), (2, 3)])
def test_what_a_number_of_faults_hide_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, told: int
) -> None:
    monkeypatch.setattr("api.intake.read.recovery.MAX_FAULTS", most)
    names = "names: {en: A}"
    text = f"places:\n- {{key: A, {names}}}\n- {{key: B, {names}, latitude: '1.5'}}\n"
    assert len(refused(write_yaml(tmp_path, text))) == told


@pytest.mark.parametrize(
    ("value", "problems"), [('"null"', 0), ("'~'", 0), ('""', 1), ("null", 1), ("~", 1), ("", 1)]
)
def test_what_is_quoted_is_text_and_never_null(tmp_path: Path, value: str, problems: int) -> None:
    text = f"places:\n- key: a\n  names: {{en: A, tr: {value}}}\n"
    assert len(refused(write_yaml(tmp_path, text))) == problems


def test_aliases_repeat_what_they_name(tmp_path: Path) -> None:
    text = "places:\n- {key: a, names: &n {en: A}}\n- {key: b, names: *n}\n"
    assert refused(write_yaml(tmp_path, text)) == []


def test_every_fault_of_a_file_is_told_however_many_there_are(tmp_path: Path) -> None:
    text = "places:\n" + "- {key: A, names: {en: A}}\n" * 2_000
    problems = refused(write_yaml(tmp_path, text))
    assert len(problems) == 2_000
    assert problems[0].startswith('2: `key`: "A" is not a valid key')


@pytest.mark.parametrize("find", [find_files, find_data])
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nothing.csv", "this does not exist"),
        pytest.param("x" * 300, "this does not exist", id="too long"),
        ("", "there is no .* here: name a file,? or (a )?folder of "),
    ],
)
def test_a_path_without_data_is_named(
    tmp_path: Path, find: Callable[[list[Path]], object], name: str, problem: str
) -> None:
    with pytest.raises(ImportFailure, match=problem):
        find([tmp_path / name])
