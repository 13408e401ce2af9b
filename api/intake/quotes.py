"""Where a quote stands in a body: code points, and the nearest passage where it does not."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from api.text.passages import find_spans

CONTEXT = 32
MARKS = str.maketrans(dict.fromkeys("“”„«»‹›", '"') | dict.fromkeys("‘’‚ʼ`´", "'"))


@dataclass(frozen=True, slots=True)
class Span:
    """A quote found: `text` is `body[start:end]`, the body's own white space included."""

    text: str
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
    spans = find_spans(body, quote)
    if not spans:
        message = f'the quote "{quote}" is not in the body: {_explain(body, quote)}'
        raise ValueError(message)
    if nth is None and len(spans) > 1:
        where = ", ".join(f"{place} at {start}" for place, (start, _) in enumerate(spans, 1))
        message = f'the quote "{quote}" occurs {len(spans)} times: say which by `nth` ({where})'
        raise ValueError(message)
    if nth is not None and nth > len(spans):
        message = f"`nth` is {nth}, and the quote occurs {len(spans)} times"
        raise ValueError(message)
    start, end = spans[(nth or 1) - 1]
    before, after = body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT]
    return Span(body[start:end], start, end, before, after, nth or 1)


def _explain(body: str, quote: str) -> str:
    """Say how the words of a body differ from a quote, and what they are."""
    composed = unicodedata.normalize("NFC", quote)
    if find_spans(unicodedata.normalize("NFC", body), composed):
        return "only its Unicode normalization differs (NFC, NFD): copy the body's characters."
    if spans := find_spans(body.translate(MARKS), quote.translate(MARKS)):
        start, end = spans[0]
        return f'only its quotation marks differ: the body has "{body[start:end]}" at {start}.'
    nearest = find_nearest(body, quote)
    hint = f' The nearest passage is "{nearest}".' if nearest else ""
    return f"copy its words exactly.{hint}"


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
