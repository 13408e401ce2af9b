"""Finds verbatim passages in a text, regardless of white space."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# Characters that are invisible, or seen as space: white space (U+00A0 too), the soft hyphen,
# joiners and separators without width, and the marks of a text's direction.
UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
GAP = re.compile(f"[{UNSEEN}]*(\\s)[\\s{UNSEEN}]*|[{UNSEEN}]+")


class Parsed(NamedTuple):
    """A text as the characters that are no gaps, and the gaps between them.

    The numbers are in arrays, since lists take ten times the memory.
    """

    characters: str
    places: Sequence[int]  # of the gaps: before which character each is
    spaced: bytes  # whether each gap has white space; others have no width
    lengths: Sequence[int]  # of the first gaps together: of none, one, two …

    def find_gaps(self, start: int, end: int) -> dict[int, int]:
        """Return the gaps between two places, by their distance from the first: whether spaced."""
        found = slice(bisect_left(self.places, start), bisect_right(self.places, end))
        distances = (place - start for place in self.places[found])
        return dict(zip(distances, self.spaced[found], strict=True))

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
    wanted = sought.find_gaps(0, length)
    allowed = {*wanted, 0, length}  # where the body may have white space
    spans = []
    for start in _find_starts(text.characters, sought.characters):
        end = start + length
        gaps = text.find_gaps(start, end)
        if all(place in allowed for place, spaced in gaps.items() if spaced) and all(
            place in gaps for place, spaced in wanted.items() if spaced
        ):
            first = text.locate(start, before_gap=0 in wanted)
            spans.append((first, text.locate(end, before_gap=length not in wanted)))
    return spans


def _find_starts(body: str, words: str) -> Iterator[int]:
    """Yield where words begin in a body, also within others of them."""
    start = body.find(words) if words else -1
    while start >= 0:
        yield start
        start = body.find(words, start + 1)


def _parse(text: str) -> Parsed:
    places, spaced, lengths = array("L"), bytearray(), array("L", [0])
    for gap in GAP.finditer(text):
        places.append(gap.start() - lengths[-1])
        spaced.append(gap[1] is not None)
        lengths.append(lengths[-1] + len(gap[0]))
    return Parsed(GAP.sub("", text), places, bytes(spaced), lengths)


_parse_kept = lru_cache(16)(_parse)
