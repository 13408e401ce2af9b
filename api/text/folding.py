"""Folding: the normalized form in which texts are compared, equal for equivalent spellings."""

import re
import unicodedata
from functools import lru_cache

from api.text.spellings import join_spellings, list_spellings

FRACTION, HAMZA = "\u2044", "\u0654"  # of ½ and of ؤ, as Unicode decomposes them
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
        FRACTION: "/",
        # Letters of neighbouring alphabets, as Arabic news spells their sounds most often.
        "پ": "ب",
        "ڤ": "ف",
        "ڥ": "ف",
        "ۋ": "و",
        "چ": "تش",
        "ژ": "ج",
        "گ": "غ",
        "ڭ": "غ",
        "ڨ": "غ",
        "ڪ": "ك",
        "ٹ": "ت",
        "ڈ": "د",
        "ڑ": "ر",
        "ڕ": "ر",
        "ڵ": "ل",
        "ں": "ن",
        "ے": "ي",
        "ێ": "ي",
        "ۆ": "و",
        "ۇ": "و",
        "ە": "ه",
    }
    | {chr(first + digit): str(digit) for first in (0x660, 0x6F0) for digit in range(10)}
)
UNSEEN = {"Mn", "Me", "Cf", "Cc"}  # marks, format and control characters
MIXED = re.compile("(?<=[0-9])(?=[¼-¾⅐-⅞])")  # 2½ is 2 1/2
# A hamza before و has it for its seat, or ي, or none: مسؤول، مسئول; as Unicode decomposes them.
SEATED = re.compile("(?:[وي][\u064b-\u0652]*\u0654|ء)[\u064b-\u0652]*(?=و)")
# Names that are written with a space and without: عبد الله، أبو بكر; أبا and أبي are أبو.
SERVANT = re.compile(r"(?<![^\W_])([وفبلك]?عبد) (?=[^\W_])")
FATHER = re.compile(r"(?<![^\W_])([ول]?اب)[واي] (?=[^\W_])")
FATHER_LAST = re.compile(r"(?<= )([ول]?اب)[اي]$")
# U.S. is US; 12,345 is 12345.
ACRONYM = re.compile(r"(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_])\.?")
THOUSANDS = re.compile(r"(?<![\w,٬،])[0-9]{1,3}(?:[,٬،][0-9]{3})+(?!\w|[,٬،][0-9])")


class Letters(dict[int, int | str | None]):
    """By code point, the letter that stands for it: itself by default; None if it is unseen."""

    def __missing__(self, letter: int) -> int | None:
        """Look up a letter's category once."""
        kept = self[letter] = None if unicodedata.category(chr(letter)) in UNSEEN else letter
        return kept


KEPT = Letters(LETTERS)  # at most one entry per code point
# Texts of folded letters only: folding them again can only join words.
SETTLED = re.compile("[ !-@\\[-~،؛؟«»ءابتثجحخدذرزسشصضطظعغفقكلمنهوي]*")
LONGEST_CACHED = 1_000
CACHED = 256  # a record's texts are folded for an order, a filter and a check, one after the other


def fold(text: str) -> str:
    """Fold case, marks, forms of letters, names, numbers; folding again changes nothing."""
    if text.isascii() and text.isprintable():
        return _join_parts(" ".join(text.lower().split()))
    return _fold_cached(text) if len(text) <= LONGEST_CACHED else _fold(text)


def _fold(text: str) -> str:
    folded = _fold_once(text)
    while not _is_settled(folded) and (again := _fold_once(folded)) != folded:
        folded = again
    return folded


_fold_cached = lru_cache(CACHED)(_fold)


def _is_settled(folded: str) -> bool:
    """Return whether folding again certainly changes nothing, by a fast check."""
    return (
        SETTLED.fullmatch(folded) is not None
        and "ءو" not in folded
        and _join_parts(folded) == folded
    )


# Folded texts stand between these, which no folded text contains.
SEPARATOR = "\x1f"


def fold_sought(text: str) -> str:
    """Fold a filter's text in each of its spellings."""
    return join_spellings(map(fold, list_spellings(text)))


def _fold_once(text: str) -> str:
    # Each `in` spares most texts a slower search.
    spaced = " ".join(text.split())
    plain = unicodedata.normalize("NFKD", spaced.casefold())
    if FRACTION in plain:
        plain = unicodedata.normalize("NFKD", MIXED.sub(" ", spaced).casefold())
    if "ء" in plain or HAMZA in plain:
        plain = SEATED.sub("و", plain)
    kept = unicodedata.normalize("NFKC", plain.translate(KEPT))
    return _join_parts(" ".join(kept.split()))


def _join_parts(folded: str) -> str:
    """Join words that are written in one or several parts: acronyms, thousands, Arabic names."""
    if "." in folded:
        folded = ACRONYM.sub(lambda match: match[0].replace(".", ""), folded)
    if "," in folded or "٬" in folded or "،" in folded:
        folded = THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), folded)
    if "اب" in folded:
        folded = FATHER_LAST.sub(r"\1و", FATHER.sub(r"\1و", folded))
    return SERVANT.sub(r"\1", folded) if "عبد " in folded else folded
