"""Where a quote stands in a body: code points, and the nearest passage where it does not."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Span:
    """A quote found: `body[start:end]` is its text."""

    start: int
    end: int
    prefix: str
    suffix: str
    nth: int


def find_quote(body: str, quote: str, nth: int | None) -> Span:
    """Find a quote, or its nth occurrence counted from 1.

    Raises:
        ValueError: it is not there, or is there more often and `nth` does not say which.
    """
    starts = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", body)]
    if not starts:
        nearest = find_nearest(body, quote)
        hint = f' The nearest passage is "{nearest}".' if nearest else ""
        message = f'the quote "{quote}" is not in the body: copy its words exactly.{hint}'
        raise ValueError(message)
    if nth is None and len(starts) > 1:
        where = ", ".join(f"{place} at {start}" for place, start in enumerate(starts, 1))
        message = f'the quote "{quote}" occurs {len(starts)} times: say which by `nth` ({where})'
        raise ValueError(message)
    if nth is not None and nth > len(starts):
        message = f"`nth` is {nth}, and the quote occurs {len(starts)} times"
        raise ValueError(message)
    start = starts[(nth or 1) - 1]
    end = start + len(quote)
    return Span(
        start, end, body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT], nth or 1
    )


def find_nearest(body: str, quote: str) -> str:
    """Find the words of the body that are most like a quote, as many as it has."""
    words = list(re.finditer(r"\S+", body))
    length = max(1, len(quote.split()))
    best, best_ratio = "", 0.4
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(quote)
    for first in range(max(1, len(words) - length + 1)):
        window = words[first : first + length]
        if not window:
            break
        passage = body[window[0].start() : window[-1].end()]
        matcher.set_seq1(passage)
        if matcher.real_quick_ratio() > best_ratio and matcher.quick_ratio() > best_ratio:
            ratio = matcher.ratio()
            if ratio > best_ratio:
                best, best_ratio = passage, ratio
    return best
