"""A text in, its words out: what search indexes, and what a query asks for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from api.text.stems import split, split_beginning


class Word(NamedTuple):
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

    @property
    def tokens(self) -> tuple[str, ...]:
        """All tokens that must occur, those of phrases too."""
        return _list_once(chain(self.words, *self.phrases))


def find_words(text: str) -> list[Word]:
    """List the words of a text in order, stop words too."""
    return list(map(Word._make, locate_words(text)))


def locate_words(text: str) -> Iterator[tuple[str, int, int]]:
    """List the words of a text as plain tuples, which is faster."""
    for match in WORD.finditer(text):
        at = match.start(1)
        for token, start, end in split(match[1]):
            yield token, at + start, at + end


def find_tokens(text: str) -> list[str]:
    """List the tokens alone of a text's words, which is faster."""
    return [token for word in WORD.findall(text) for token, _, _ in split(word)]


def count_words(text: str) -> int:
    """Count the words of a text, which is faster than finding out what they are."""
    return len(WORD.findall(text))


def parse_query(text: str) -> Query:
    """Read a query: "…" is a phrase, a final * completes a word, and nothing is an error."""
    words: list[str] = []
    prefixes: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for number, piece in enumerate(QUOTED.split(text)):
        if "*" not in piece or number % 2:
            tokens = find_tokens(piece)
            if number % 2 and len(tokens) > 1:  # what stands between quotation marks
                phrases.append(tuple(tokens))
            else:
                words += tokens
            continue
        for match in WORD.finditer(piece):
            if COMPLETED.match(piece, match.end()):
                whole, beginning = split_beginning(match[1])
                words += whole
                prefixes.append(beginning)
            else:
                words += find_tokens(match[1])
    return Query(_list_once(words), _list_once(prefixes), tuple(dict.fromkeys(phrases)))


def _list_once(tokens: Iterable[str]) -> tuple[str, ...]:
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
# 12,345 and U.S. are one word. What each looks back at is that it began with that digit or letter.
NUMBER = r"(?<=\d)(?<![\w,٬،]\d)\d{0,2}(?:[,٬،]\d{3})+(?!\w|[,٬،]\d)"
ACRONYM = rf"(?<=[A-Za-z])(?<!{LETTER}[A-Za-z])(?:\.[A-Za-z])+(?!{LETTER})"
PLAIN = rf"{LETTER}*(?:{MARK}+{LETTER}*|{JOINER}+{LETTER}+)*"
WORD = re.compile(rf"({LETTER}(?:{NUMBER}|{ACRONYM}|{PLAIN}))(?:['’‘ʼ]{ENDING}(?!{LETTER}))?")
QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')
COMPLETED = re.compile(rf"\.?\*(?!{LETTER})")  # U.S.* as well


def format_phrases(query: Query) -> list[str]:
    """Write a query's phrases as they stand among tokens between spaces."""
    return [f" {' '.join(phrase)} " for phrase in query.phrases]


def format_patterns(query: Query) -> list[str]:
    """Write all that a query looks for as it stands among tokens between spaces."""
    words = [f" {word} " for word in query.words]
    return [*words, *(f" {prefix}" for prefix in query.prefixes), *format_phrases(query)]
