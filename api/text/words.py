"""Tokenizer: splits texts into indexed tokens, and parses search queries."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from api.text.spellings import has_foreign_letters, join_spellings, list_spellings
from api.text.stems import split, split_beginning


class Word(NamedTuple):
    """A word of a text, and its span in code points."""

    token: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query, all of which must match: tokens, prefixes and phrases.

    Of each choice one query must be met: what it asks for has several spellings.
    """

    words: tuple[str, ...]
    prefixes: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    choices: tuple[tuple["Query", ...], ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """All required tokens, those of phrases included."""
        return _list_once(chain(self.words, *self.phrases))


def find_words(text: str) -> list[Word]:
    """Return the words of a text in order, stop words included."""
    tokens, edges = locate_words(text)
    return list(map(Word, tokens, edges[::2], edges[1::2]))


def locate_words(text: str) -> tuple[list[str], list[int]]:
    """Return a text's tokens, and a flat list of each token's start and end."""
    tokens: list[str] = []
    edges: list[int] = []
    for match in WORD.finditer(text):
        at = match.start(1)
        for token, start, end in split(match[1]):
            tokens.append(token)
            edges += (at + start, at + end)
    return tokens, edges


def find_tokens(text: str) -> list[str]:
    """Return a text's tokens without positions, which is faster."""
    return [token for word in WORD.findall(text) for token, _, _ in split(word)]


def count_words(text: str) -> int:
    """Return the number of words in a text, without finding them."""
    return len(WORD.findall(text))


def parse_query(text: str) -> Query:
    """Parse a search query: "…" is a phrase, a final * marks a prefix; every text is valid."""
    if not has_foreign_letters(text):
        return _parse_spelling(text)
    units = [match[0] for match in UNIT.finditer(text)]
    plain = _parse_spelling(" ".join(unit for unit in units if not has_foreign_letters(unit)))
    choices = (
        tuple(dict.fromkeys(map(_parse_spelling, list_spellings(unit))))
        for unit in units
        if has_foreign_letters(unit)
    )
    return replace(plain, choices=tuple(dict.fromkeys(choices)))


def _parse_spelling(text: str) -> Query:
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
# The endings after an apostrophe in English and Turkish; other letters there (Sa'ud) are a word.
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
UNIT = re.compile(rf'{QUOTED.pattern}|[^\s"“”„«»]+')  # a phrase, or what stands between spaces
COMPLETED = re.compile(rf"\.?\*(?!{LETTER})")  # U.S.* as well


def format_phrases(query: Query) -> list[str]:
    """Return each phrase in its spellings, as tokens between spaces."""
    spellings = [[phrase] for phrase in query.phrases]
    spellings += [[phrase for one in choice for phrase in one.phrases] for choice in query.choices]
    return [join_spellings(map(_join, phrases)) for phrases in spellings if phrases]


def format_patterns(query: Query) -> list[str]:
    """Return all terms of a query, as patterns in a string of tokens between spaces."""
    words = [f" {word} " for word in query.words]
    prefixes = [f" {prefix}" for prefix in query.prefixes]
    chosen = chain.from_iterable(map(format_patterns, chain.from_iterable(query.choices)))
    return list(dict.fromkeys([*words, *prefixes, *map(_join, query.phrases), *chosen]))


def _join(phrase: Iterable[str]) -> str:
    return f" {' '.join(phrase)} "
