"""Builds keys from names: lower-case ASCII letters, digits and single hyphens."""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2s

MAX_KEY = 200  # characters of a key, code or scheme: several of them share an index entry
# Latin letters that have no decomposition into an ASCII letter and marks.
LATIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
    | {"ə": "e", "ŋ": "n", "ʼ": "", "’": "", "'": ""}
)
SEPARATORS = re.compile(r"[^a-z0-9]+")
CODE_SEPARATORS = re.compile(r"[^A-Za-z0-9._-]+")


@lru_cache(1 << 16)
def slugify(text: str) -> str:
    """Return a key for a name, the same for each spelling by case, accents and punctuation.

    A name with letters of other scripts, or one that is too long, ends with a hash of the whole
    name, so that different names have different keys. A text without any letter or digit gives "".
    """
    if text.isascii():
        plain = text.lower().replace("'", "")
    else:
        folded = unicodedata.normalize("NFKD", text.casefold()).translate(LATIN)
        plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    slug = SEPARATORS.sub("-", plain).strip("-")
    lost = not plain.isascii() and any(ord(letter) > 127 and letter.isalnum() for letter in plain)  # noqa: PLR2004 — ASCII ends here
    return _with_hash(slug, text) if lost or len(slug) > MAX_KEY else slug


def _with_hash(slug: str, text: str) -> str:
    name = unicodedata.normalize("NFKC", text).casefold()
    digest = blake2s(name.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"{slug[: MAX_KEY - 13].rstrip('-')}-{digest}".lstrip("-")


def clean_code(text: str) -> str:
    """Return a text as a topic's code: each run of characters that no code has is a hyphen."""
    return CODE_SEPARATORS.sub("-", text).strip("-")[:MAX_KEY]
