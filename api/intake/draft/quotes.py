"""Locates quotes in an article's text, by code points; finds the nearest passage otherwise."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
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
    """Return the span of a quote, or of its nth occurrence counted from 1.

    Raises:
        ValueError: it is not there, or is there more often and `nth` does not say which.
    """
    spans = find_spans(body, quote)
    if not spans:
        message = f'the quote "{quote}" is not in the body: {_explain(body, quote)}'
        raise ValueError(message)
    if nth is None and len(spans) > 1:
        where = ", ".join(f"{place} at {start}" for place, (start, _) in enumerate(spans, 1))
        message = f'the quote "{quote}" occurs {len(spans)} times: choose one by `nth` ({where})'
        raise ValueError(message)
    if nth is not None and nth > len(spans):
        message = f"`nth` is {nth}, but the quote occurs {len(spans)} times"
        raise ValueError(message)
    start, end = spans[(nth or 1) - 1]
    before, after = body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT]
    return Span(body[start:end], start, end, before, after, nth or 1)


def _explain(body: str, quote: str) -> str:
    """Explain how the nearest passage of a body differs from a quote, and where it is."""
    for differs, change in CHANGES.items():
        if found := _find_alike(body, quote, change):
            passage = body[found[0] : found[1]]
            forms = f" ({_name_form(quote)}, {_name_form(passage)} in the body)"
            what = differs + (forms if _name_form(quote) != _name_form(passage) else "")
            return f'only its {what}: the body has "{passage}" at {found[0]}; copy that.'
    nearest = find_nearest(body, quote)
    hint = f' The nearest passage is "{nearest}".' if nearest else ""
    return f"copy its words exactly.{hint}"


def _compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


CHANGES: dict[str, Callable[[str], str]] = {
    "quotation marks differ": lambda text: text.translate(MARKS),
    "Unicode normalization differs": _compose,
    "quotation marks and Unicode normalization differ": lambda text: _compose(text).translate(
        MARKS
    ),
}


def _name_form(text: str) -> str:
    forms = (form for form in ("NFC", "NFD") if unicodedata.is_normalized(form, text))
    return next(forms, "neither NFC nor NFD")


def _find_alike(body: str, quote: str, change: Callable[[str], str]) -> tuple[int, int] | None:
    """Return the span of a quote in a body when both are normalized by a function."""
    changed = change(body)
    spans = find_spans(changed, change(quote))
    if not spans:
        return None
    places = range(len(body) + 1)

    def place(at: int) -> int:
        """Return the offset in the body that corresponds to an offset in the normalized body."""
        return bisect_right(places, at, key=lambda end: len(change(body[:end]))) - 1

    start, end = spans[0]
    return place(start), len(body) if end == len(changed) else place(end)


def find_nearest(body: str, quote: str) -> str:
    """Return the passage most similar to a quote, of as many words."""
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
