"""Finds verbatim passages in a text, regardless of white space."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# What readers do not see, or see as space: white space (U+00A0 too), the soft hyphen, what joins or
# parts letters without width, and the marks that direct a text's writing.
UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
GAP = f"[\\s{UNSEEN}]"
GAPS = re.compile(f"({GAP}+)")
HIDDEN = re.compile(f"[{UNSEEN}]")


def find_spans(body: str, words: str) -> list[tuple[int, int]]:
    """Return the spans of a passage in a body, in code points: `body[start:end]`.

    A run of white space equals any other run, and what has no width may stand within a word.
    """
    spaced = _space(body)
    if spaced is None or HIDDEN.search(words) or not words or words != words.strip():
        found = re.finditer(f"(?=({_build_pattern(words)}))", body)
        return [match.span(1) for match in found if match[1]]
    wanted = " ".join(words.split())
    starts = _find_starts(spaced.text, wanted)
    return [(spaced.place(at), spaced.place(at + len(wanted) - 1) + 1) for at in starts]


def _find_starts(body: str, words: str) -> Iterator[int]:
    """Yield where words begin in a body, also within others of them."""
    start = body.find(words)
    while start >= 0:  # several times as fast as a regular expression, which has to be compiled
        yield start
        start = body.find(words, start + 1)


class Spaced(NamedTuple):
    """A body with single spaces, and where its words begin in it and in the body, if that differs.

    The places are in arrays, since a list takes five times the memory.
    """

    text: str
    starts: Sequence[int] = ()
    places: Sequence[int] = ()

    def place(self, at: int) -> int:
        """Return where in the body a letter is."""
        if not self.starts:
            return at
        word = bisect_right(self.starts, at) - 1
        return self.places[word] + at - self.starts[word]


@lru_cache(64)
def _space(body: str) -> Spaced | None:
    """Write a body with single spaces; None if it has characters without width."""
    if HIDDEN.search(body):
        return None
    words = body.split()
    text = " ".join(words)
    if text == body:
        return Spaced(text)
    starts, places = array("L"), array("L")
    start = place = 0
    for word in words:
        place = body.index(word, place)
        starts.append(start)
        places.append(place)
        start += len(word) + 1
        place += len(word)
    return Spaced(text, starts, places)


def _build_pattern(words: str) -> str:
    parts = GAPS.split(words)
    within = f"[{UNSEEN}]*"
    return "".join(
        within.join(map(re.escape, part)) if number % 2 == 0 else _build_gap(part)
        for number, part in enumerate(parts)
    )


def _build_gap(gap: str) -> str:
    return f"{GAP}+" if re.search(r"\s", gap) else f"{GAP}*"
