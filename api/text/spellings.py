"""Spellings of a text that has letters of neighbouring alphabets: گ is غ, ج or ك in Arabic news."""

import re
from collections.abc import Iterable
from itertools import product

import orjson

# Each letter as Arabic letters spell it; folding does the first (چ is two letters, تش).
GAF, CHE, ZHE = "گجك", "چج", "ژز"
FORMS = {"گ": "\ufb92\ufb93\ufb94\ufb95", "چ": "\ufb7a\ufb7b\ufb7c\ufb7d", "ژ": "\ufb8a\ufb8b"}
FOREIGN = re.compile(f"[{''.join([*FORMS, *FORMS.values()])}]")
# Letters for letters, so that words keep their places. ژ is ز where چ is ج: a word hardly has both.
TABLES = [
    str.maketrans(
        {
            form: to
            for letter, to in zip("گچژ", (gaf, *others), strict=True)
            for form in letter + FORMS[letter]
        }
    )
    for gaf, others in product(GAF, zip(CHE, ZHE, strict=True))
]


def has_foreign_letters(text: str) -> bool:
    """Return whether a text has a letter that Arabic spells in several ways."""
    return not text.isascii() and FOREIGN.search(text) is not None


def list_spellings(text: str) -> list[str]:
    """Return a text's spellings, at most six, of equal length; the first folds like the text."""
    if not has_foreign_letters(text):
        return [text]
    return list(dict.fromkeys(text.translate(table) for table in TABLES))


def join_spellings(texts: Iterable[str]) -> str:
    """Join the spellings of a filter's text: a single one unchanged, several as a JSON list.

    A line feed marks the list; no folded text has one.
    """
    first, *others = dict.fromkeys(texts)
    return f"\n{orjson.dumps([first, *others]).decode()}" if others else first
