"""Messages: what was wrong with a field, and what would be right."""

from pathlib import Path
from typing import Any

import pytest

from tests.importing import refused, write_lines, write_yaml

NAMES = "the actor's usual name by language, such as {en: Egypt, ar: مصر}."
COMMA = "this has no value: within braces a comma ends a text, so put a text that has one in quotes"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "title: {en: Talks of Turkey, Finland and Sweden}",
            f"`title.Finland and Sweden`: {COMMA}",
        ),
        ("title: {en: Talks of Turkey, tr}", f"`title.tr`: {COMMA}"),
        ("claims: [{quote: They met, he said}]", f"`he said`: {COMMA}"),
        ("title: Talks", "`title`: this should be texts by language: {en: Talks}"),
        ('title: "A, B"', '`title`: this should be texts by language: {en: "A, B"}'),
        ("title: [A]", "`title`: this should be texts by language: {en: …}"),
        ("titel: {en: A}", "`titel`: there is no such field here: did you mean `title`?"),
        ("Place: a", "`Place`: there is no such field here: did you mean `place`?"),
        ("xyz: a", "`xyz`: there is no such field here: write one of identifiers, key, title,"),
        (
            "participants: [{role: HOST, actor: a, onBehalfOf: b}]",
            "`onBehalfOf`: there is no such field here: did you mean `on_behalf_of`?",
        ),
        (
            "participants: [{role: HOST, actor: a}, egypt]",
            "`participants`, item 2: this should be an object of fields: {role: …, actor: …}",
        ),
        (
            "participants: [{role: host, actor: a}]",
            '`role`: "host" is not one of HOST, GUEST, PARTICIPANT',
        ),
        ("participants: [{role: third party, actor: a}]", ": did you mean THIRD_PARTY?"),
        ("participants: {role: HOST}", "`participants`: this should be a list: […]"),
        ("topics: mithaq:security", '`topics`: this should be a list: ["mithaq:security"]'),
        (
            "topics: [security]",
            '`topics`, item 1: "security" is not valid: what the event is',
        ),
        ("place: {en: A}", "`place`: this should be text, not an object"),
        ("key: null", "`key`: this should be text, not null"),
        ("key: [a]", "`key`: this should be text, not a list"),
    ],
)
def test_a_problem_says_what_would_be_right(tmp_path: Path, text: str, problem: str) -> None:
    field = text.partition(":")[0]
    fields = {"key": "a", "format": "TALKS", "title": "{en: A}"} | {field: text.partition(": ")[2]}
    written = "\n  ".join(f"{name}: {value}" for name, value in fields.items())
    (found,) = refused(write_yaml(tmp_path, f"meetings:\n- {written}\n"))
    assert problem in found


def test_the_sections_of_a_dossier_are_guessed(tmp_path: Path) -> None:
    assert refused(write_yaml(tmp_path, "meeting: []")) == [
        "1: `meeting`: there is no such field here: did you mean `meetings`?"
    ]
    assert refused(write_yaml(tmp_path, "- a")) == [
        "1: `dossier`: this should be an object of fields: {article: …, datasets: …}"
    ]
    line = {"record": "meetings"}
    (problem,) = refused(write_lines(tmp_path, line))
    assert problem.endswith("claim, alias, add: did you mean meeting?")


@pytest.mark.parametrize("name", ["name", "Names", "nams"])
def test_a_field_s_name_is_guessed_in_lines_and_dossiers(tmp_path: Path, name: str) -> None:
    expected = [
        f"1: `{name}`: there is no such field here: did you mean `names`?",
        f"1: `names`: this is required: {NAMES}",
    ]
    line: dict[str, Any] = {"record": "actor", "key": "a", "kind": "STATE", name: {"en": "A"}}
    assert sorted(refused(write_lines(tmp_path, line))) == sorted(expected)
    dossier = write_yaml(tmp_path, f"actors: [{{key: a, kind: STATE, {name}: {{en: A}}}}]")
    assert sorted(refused(dossier)) == sorted(expected)


def test_an_article_has_a_text_or_an_address(tmp_path: Path) -> None:
    path = write_yaml(tmp_path, "article: {key: a, language: en, title: A}")
    problem, *_ = refused(path)
    assert problem.startswith("1: `article`: an article needs the `file` that has its text, or its")
    line = {"record": "article", "key": "a", "language": "en", "title": "A"}
    for given in ({}, {"text": "A", "file": "a.txt"}):
        problem, *_ = refused(write_lines(tmp_path, line | given))
        assert problem.endswith("its `text`, the `file` that has it, or its `url` alone")
    address = write_yaml(tmp_path, "article: {key: a, language: en, title: A, url: a.example}")
    assert refused(address) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title: Talks: the end", 'Put a text that has ": " in it in quotes.'),
        ('title: {en: "A" and B}', 'Put a text that has any of , : [ ] { } " in it in quotes.'),
        ('title: "A" and B', "Look at the quotes and the indentation here."),
        ('title: "A', "(begun in line 2). Close the quotes."),
        ("title: *A", "Put a text that begins with * in quotes."),
        ("title: & A", "Put a text that begins with * or & in quotes."),
        ("c:\n\t- A", "Indent with spaces; put a text that begins with ` or @ in quotes."),
        ("\ttitle: A", " Indent with spaces."),
        ("title: A\n---\nb: c", "Write each dossier in a file of its own."),
    ],
)
def test_what_is_no_yaml_is_told_with_what_helps(tmp_path: Path, text: str, hint: str) -> None:
    (problem,) = refused(write_yaml(tmp_path, f"a: b\n{text}\n"))
    assert problem.endswith(hint)
