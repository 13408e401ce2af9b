"""Every claim's words stand in its article, exactly where it says."""

import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from api.answer import Answerer
from api.errors import ImportFailure
from api.intake.draft import claims
from api.intake.draft.quotes import find_quote
from api.request import GraphQLRequest
from api.settings import Settings
from api.text.passages import find_spans
from tests.importing import EXAMPLE_SIZE, edit, run, summarize

QUERY = """query ($after: String) { claims(first: 500, after: $after) {
  nodes { quote { text start end prefix suffix article { body } } }
  pageInfo { hasNextPage endCursor }
} }"""


async def test_every_quote_stands_where_it_says(answerer: Answerer) -> None:
    quotes = await list_quotes(answerer)
    assert quotes
    for quote in quotes:
        body, start, end = quote["article"]["body"], quote["start"], quote["end"]
        assert body[start:end] == quote["text"]
        assert body[max(0, start - 32) : start] == quote["prefix"]
        assert body[end : end + 32] == quote["suffix"]


async def list_quotes(answerer: Answerer) -> list[dict[str, Any]]:
    quotes: list[dict[str, Any]] = []
    after = None
    while True:
        answer = await answerer.answer(GraphQLRequest(QUERY, variables={"after": after}))
        page = orjson.loads(answer.json)["data"]["claims"]
        quotes += [node["quote"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return quotes
        after = page["pageInfo"]["endCursor"]


# Quotes as curators write them, and where they stand.

GAPS = ["\n", "\u00a0", "  ", " \u200f", "\u00ad ", "\u200b\n\t", "\u202b \u202c"]


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("written", [" ", *GAPS])
def test_any_white_space_is_any_other(gap: str, written: str) -> None:
    body = f"First.{gap}They met{gap}in Damascus."
    span = find_quote(body, f"They met{written}in Damascus", None)
    assert body[span.start : span.end] == span.text == f"They met{gap}in Damascus"


def test_what_has_no_width_may_stand_within_a_word() -> None:
    body = "They co\u00adoperate in \u200eDamas\u200dcus."
    assert find_quote(body, "cooperate in Damascus", None).text == body[5:-1]


def test_occurrences_are_counted_whatever_is_between_their_words() -> None:
    body = "in Damascus, in\nDamascus"
    with pytest.raises(ValueError, match=r"occurs 2 times: .* \(1 at 0, 2 at 13\)"):
        find_quote(body, "in Damascus", None)
    assert find_quote(body, "in Damascus", 2).text == "in\nDamascus"
    with pytest.raises(ValueError, match="`nth` is 3, but the quote occurs 2 times"):
        find_quote(body, "in Damascus", 3)


def test_words_are_not_split_where_the_quote_is_whole() -> None:
    with pytest.raises(ValueError, match="is not in the body"):
        find_quote("They met inDamascus", "met in Damascus", None)
    with pytest.raises(ValueError, match="is not in the body"):
        find_quote("They met in Damas cus", "met in Damascus", None)


@given(
    words=st.lists(st.text("ab\u200fم.*(", min_size=1, max_size=3), min_size=1, max_size=5),
    gaps=st.lists(st.sampled_from([" ", *GAPS]), min_size=8, max_size=8),
)
def test_a_text_is_found_in_itself(words: list[str], gaps: list[str]) -> None:
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False)).strip()
    assume({*text} & {*"abم.*("})
    body = f"x {text} x"
    assert any(start <= 2 and body[start:end] for start, end in find_spans(body, text))


NFC_FIRST, NFD_FIRST = "(NFC, NFD in the body)", "(NFD, NFC in the body)"


@pytest.mark.parametrize(
    ("body", "quote", "differs", "passage", "at"),
    [
        ("The « accord » holds", "“ accord ” h", "quotation marks differ", "« accord » h", 4),
        ("It's “on”", 'It’s "on"', "quotation marks differ", "It's “on”", 0),
        ("cafe\u0301s: cafe\u0301 talk", "café talk", NFC_FIRST, "cafe\u0301 talk", 8),
        ("cafe\u0301s: cafe\u0301", "é: café", NFC_FIRST, None, 0),
        ("A café talk", "cafe\u0301 talk", NFD_FIRST, "café talk", 2),
        ("قال: اقرا\u0654 لنا", "اقرأ لنا", NFC_FIRST, "اقرا\u0654 لنا", 5),
        ("“On” in cafe\u0301 talk", '"On" in café', "marks and Unicode", "“On” in cafe\u0301", 0),
    ],
)
def test_how_a_quote_nearly_stands_and_where_is_told(
    body: str, quote: str, differs: str, passage: str | None, at: int
) -> None:
    with pytest.raises(ValueError, match="is not in the body") as error:
        find_quote(body, quote, None)
    if passage is None:
        assert "copy its words exactly" in str(error.value)
    else:
        assert differs in str(error.value)
        assert str(error.value).endswith(f'the body has "{passage}" at {at}; copy that.')


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("They mett in Damascsu", "They met in Damascus"),
        ("in Bagdad", "in Baghdad"),
        ("Baghdat", "Baghdad"),
        ("wholly unlike", None),
        ("x" * 2_000, None),
    ],
)
def test_the_nearest_passage_of_a_long_text_is_told(quote: str, nearest: str | None) -> None:
    others = " ".join(f"They parted in place {number}." for number in range(2_000))
    body = f"{others} They met in Damascus, then in Baghdad {'-' * 90} {others}"
    with pytest.raises(ValueError, match="copy its words exactly") as error:
        find_quote(body, quote, None)
    hint = f' The nearest passage is "{nearest}' if nearest else "exactly."
    assert hint in str(error.value)


@given(
    body=st.text("ab \u200b\u00a0", max_size=20),
    words=st.text("ab \u200b", min_size=1, max_size=5).filter(lambda text: {*text} & {*"ab"}),
)
def test_all_places_of_a_quote_are_found(body: str, words: str) -> None:
    words = words.strip(" \u200b")
    within = [re.escape(part) for part in re.split("([ \u200b]+)", words)]
    within[::2] = ["\u200b*".join(part) for part in within[::2]]
    within[1::2] = [r"[\s\u200b]" + ("+" if " " in gap else "*") for gap in within[1::2]]
    found = re.finditer(f"(?=({''.join(within)}))", body)
    assert find_spans(body, words) == [match.span(1) for match in found]


def test_gaps_at_the_ends_of_a_quote_are_of_it() -> None:
    assert find_spans("a \u200b b c", " b ") == [(1, 6)]
    assert find_spans("a b", " a") == find_spans("a b", "\u200b") == []


def test_few_of_the_places_of_a_frequent_quote_are_listed() -> None:
    with pytest.raises(ValueError, match="occurs 90 times") as error:
        find_quote("a " * 90, "a", None)
    assert str(error.value).endswith("9 at 16, 10 at 18, …)")


def test_nearest_passages_are_found_of_the_first_wrong_quotes(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "EXPLAINED", 5_000)
    edit(folder, "quote: ", "quote: wrong ")
    problems = refuse(settings, folder)
    assert "copy its words exactly. The nearest passage is" in problems[0]
    assert problems[-1].endswith("copy its words exactly.")


# What is stated stands in the article.


def refuse(settings: Settings, folder: Path) -> list[str]:
    with pytest.raises(ImportFailure) as refused:
        run(settings, folder)
    return list(refused.value.problems)


def test_the_words_of_a_date_are_the_article_s(settings: Settings, folder: Path) -> None:
    edit(folder, "text: On 17 September 1978}", "text: On the 17th of September}")
    (problem,) = refuse(settings, folder)
    assert problem.endswith(
        '`text`: "On the 17th of September" is not in the article: copy its words'
    )
    edit(folder, "text: On the 17th of September}", "text: On the 17th, basis: CURATED}")
    assert run(settings, folder) == summarize(created=EXAMPLE_SIZE)


def test_the_words_of_a_date_need_an_article(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(
        'meetings: [{key: a, title: {en: A}, format: TALKS, date: {edtf: "1978", text: then}}]'
    )
    (problem,) = refuse(settings, path)
    assert "`text` quotes an article, and this file has none" in problem


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("provisions.nosuch", 'is not a property: write "provisions" alone'),
        ("date.earliest", 'is not a property: write "date" alone'),
        ("participants.guests", "has to be participants.<what>, with one of host, guest,"),
        ("participants", "has to be participants.<what>, with one of host, guest,"),
        ("links.near", "has to be links.<what>, with one of about, concluded_at"),
    ],
)
def test_a_claim_s_property_is_one_of_its_record(
    settings: Settings, folder: Path, written: str, message: str
) -> None:
    edit(
        folder, '{property: type, value: OTHER, quote: "two', f'{{property: {written}, quote: "two'
    )
    (problem,) = refuse(settings, folder)
    assert f'"{written}" {message}' in problem


def test_a_claim_with_a_wrong_field_is_not_blamed_for_being_made_twice(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("They met.", encoding="utf-8")
    claim = "{property: title, value: M, quote: They met%s}"
    text = (
        "article: {key: a, file: a.txt, title: A, language: en}\n"
        "meetings: [{key: m, title: {en: M}, format: TALKS, claims: [%s, %s]}]\n"
    )
    path = tmp_path / "made.yaml"
    for wrong, twice in (("", True), (", stance: MAYBE", False)):
        path.write_text(text % (claim % "", claim % wrong), encoding="utf-8")
        assert any("made twice" in problem for problem in refuse(settings, path)) is twice
