"""A text in, its words out: what search indexes, and what a query asks for."""

import re
import unicodedata
from dataclasses import dataclass

from api.text.stems import stem, stem_beginning


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is indexed, and where it stands in the text (code points)."""

    token: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """What must all occur: tokens, beginnings of tokens, tokens in a row in one field."""

    words: tuple[str, ...]
    prefixes: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


def find_words(text: str) -> list[Word]:
    """List the words of a text in order, stop words too."""
    return [
        Word(token, *match.span(1)) for match in WORD.finditer(text) if (token := stem(match[1]))
    ]


def find_tokens(text: str) -> list[str]:
    """List the tokens alone of a text's words, which is faster."""
    return [token for word in WORD.findall(text) if (token := stem(word))]


def parse_query(text: str) -> Query:
    """Read a query: "…" is a phrase, a final * completes a word, and nothing is an error."""
    words: list[str] = []
    prefixes: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for number, piece in enumerate(QUOTED.split(text)):
        if number % 2:  # what stands between quotation marks
            phrase = find_tokens(piece)
            words += phrase
            phrases += [tuple(phrase)] if len(phrase) > 1 else []
            continue
        for match in WORD.finditer(piece):
            if COMPLETED.match(piece, match.end()):
                prefixes.append(stem_beginning(match[1]))
            else:
                words.append(stem(match[1]))
    return Query(_list_once(words), _list_once(prefixes), tuple(dict.fromkeys(phrases)))


def _list_once(tokens: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, tokens)))


def _list_characters(*categories: str) -> str:
    plane = map(chr, range(0x10000))  # a class of more than that matches ten times slower
    found = filter(lambda character: unicodedata.category(character) in categories, plane)
    return "".join(character for character in found if character != ZERO_WIDTH_SPACE)


ZERO_WIDTH_SPACE = "\u200b"  # by its category it would join
LETTER = r"[^\W_ʼ]"  # or a digit; the modifier apostrophe is an apostrophe
MARK = f"[{_list_characters('Mn', 'Mc', 'Me')}]"
JOINER = f"[{_list_characters('Cf')}]"  # of the word only between two letters
# What English and Turkish write after an apostrophe; anything else there (Sa'ud) is a word.
ENDING = (
    r"(?i:s|t|m|d|ll|re|ve|(?:l[ae]r)?(?:[dt][ae](?:n|ki(?:l[ae]r)?)?|n?[ıiuü]n|[yns]?[ıiuü]|[yn]?[ae]"
    r"|nd[ae]n?|y?l[ae]|l[ıiuü]k?|s[ıiuü]z|c[ae]|d[ıiuü]r)?)"
)
WORD = re.compile(
    rf"({LETTER}+(?:{MARK}+{LETTER}*|{JOINER}+{LETTER}+)*)(?:['’‘ʼ]{ENDING}(?!{LETTER}))?"
)
QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')
COMPLETED = re.compile(rf"\*(?!{LETTER})")
