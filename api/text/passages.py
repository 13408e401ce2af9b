"""Finds verbatim passages in a text, regardless of white space."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# What readers do not see, or see as space: white space (U+00A0 too), the soft hyphen, what joins or
# parts letters without width, and the marks that direct a text's writing.
UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
GAP = re.compile(f"[{UNSEEN}]*(\\s)[\\s{UNSEEN}]*|[{UNSEEN}]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as the characters that are no gaps, and the gaps between them."""

    characters: str
    places: list[int]  # of the gaps: before which character each is
    lengths: list[int]  # of the first gaps together: of none, one, two …
    spaced: set[int]  # the places of gaps with white space; others have no width

    def find_gaps(self, start: int, end: int) -> list[int]:
        """Return the places of the gaps between two places."""
        return self.places[bisect_left(self.places, start) : bisect_right(self.places, end)]

    def locate(self, place: int, *, before_gap: bool) -> int:
        """Return the offset of a place in the text, before or behind a gap that is there."""
        find = bisect_left if before_gap else bisect_right
        return place + self.lengths[find(self.places, place)]


def find_spans(body: str, words: str) -> list[tuple[int, int]]:
    """Return the spans of a passage in a body, in code points: `body[start:end]`.

    A run of white space equals any other run, and what has no width may stand within a word. A gap
    at an end of the passage is in its spans. A passage that is a gap has none.
    """
    text, sought = _parse_kept(body), _parse(words)
    length = len(sought.characters)
    allowed = {*sought.places, 0, length}  # where the body may have white space
    spans = []
    for start in _find_starts(text.characters, sought.characters):
        end = start + length
        gaps = text.find_gaps(start, end)
        if all(gap - start in allowed or gap not in text.spaced for gap in gaps) and all(
            start + place in gaps for place in sought.spaced
        ):
            spans.append(
                (
                    text.locate(start, before_gap=0 in sought.places),
                    text.locate(end, before_gap=length not in sought.places),
                )
            )
    return spans


def _find_starts(body: str, words: str) -> Iterator[int]:
    """Yield where words begin in a body, also within others of them."""
    start = body.find(words) if words else -1
    while start >= 0:
        yield start
        start = body.find(words, start + 1)


def _parse(text: str) -> Parsed:
    places, lengths, spaced = [], [0], set()
    for gap in GAP.finditer(text):
        place = gap.start() - lengths[-1]
        places.append(place)
        lengths.append(lengths[-1] + len(gap[0]))
        if gap[1]:
            spaced.add(place)
    return Parsed(GAP.sub("", text), places, lengths, spaced)


_parse_kept = lru_cache(16)(_parse)
