"""The form in which texts are compared: one for all spellings that a reader takes as the same."""

import re
import unicodedata
from collections.abc import Iterable

# Letters that Unicode's compatibility decomposition leaves apart and readers do not.
LETTERS = str.maketrans(
    {
        "ى": "ي",
        "ة": "ه",
        "ٱ": "ا",
        "ک": "ك",
        "ی": "ي",
        "ې": "ي",
        "ہ": "ه",
        "ۀ": "ه",
        "ھ": "ه",
        "ـ": None,  # tatweel only stretches
        "ı": "i",  # Turkish has two letters where others have one
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
    }
    | {chr(first + digit): str(digit) for first in (0x660, 0x6F0) for digit in range(10)}
)
UNSEEN = {"Mn", "Me", "Cf", "Cc"}  # marks, format and control characters
SPACES = re.compile(r"\s+")


class Visible(dict[int, int | None]):
    """Letters as they are, and unseen ones as None; each is looked up once."""

    def __missing__(self, letter: int) -> int | None:
        """Look a letter up."""
        self[letter] = None if unicodedata.category(chr(letter)) in UNSEEN else letter
        return self[letter]


VISIBLE = Visible()  # no larger than Unicode


def fold(text: str) -> str:
    """Fold case, marks, Arabic letter forms, digits and spaces; folding again changes nothing."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    folded = text
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


# Folded texts stand between these, which no folded text contains.
SEPARATOR = "\x1f"


def fold_all(texts: Iterable[str]) -> str:
    """Fold several texts into one that can be searched for any of them."""
    return SEPARATOR.join(["", *(fold(text) for text in texts), ""])


def _fold_once(text: str) -> str:
    spaced = SPACES.sub(" ", text)
    plain = unicodedata.normalize("NFKD", spaced.casefold()).translate(LETTERS)
    kept = plain.translate(VISIBLE)
    return SPACES.sub(" ", unicodedata.normalize("NFKC", kept)).strip()
