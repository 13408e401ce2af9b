"""Finds verbatim passages in a text, regardless of white space."""

import re
from collections.abc import Iterator
from functools import lru_cache

# What readers do not see, or see as space: white space (U+00A0 too), the soft hyphen, what joins or
# parts letters without width, and the marks that direct a text's writing.
UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
GAP = f"[\\s{UNSEEN}]"
GAPS = re.compile(f"({GAP}+)")
IRREGULAR = re.compile(f"[^\\S ]|  |[{UNSEEN}]")


def find_spans(body: str, words: str) -> list[tuple[int, int]]:
    """Return the spans of a passage in a body, in code points: `body[start:end]`.

    A run of white space equals any other run, and what has no width may stand within a word.
    """
    if not (_is_irregular(body) or IRREGULAR.search(words)):
        return [(start, start + len(words)) for start in _find_starts(body, words)]
    found = re.finditer(f"(?=({_build_pattern(words)}))", body)
    return [match.span(1) for match in found if match[1]]


def _find_starts(body: str, words: str) -> Iterator[int]:
    """Yield where words begin in a body, also within others of them."""
    start = body.find(words)
    while start >= 0:  # in most texts 30 times as fast as a regular expression
        yield start
        start = body.find(words, start + 1)


@lru_cache(64)
def _is_irregular(body: str) -> bool:
    return IRREGULAR.search(body) is not None


def _build_pattern(words: str) -> str:
    parts = GAPS.split(words)
    within = f"[{UNSEEN}]*"
    return "".join(
        within.join(map(re.escape, part)) if number % 2 == 0 else _build_gap(part)
        for number, part in enumerate(parts)
    )


def _build_gap(gap: str) -> str:
    return f"{GAP}+" if re.search(r"\s", gap) else f"{GAP}*"
