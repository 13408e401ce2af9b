"""Locates quotes in an article's text, by code points; finds the nearest passage otherwise."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate, pairwise

from api.text.passages import find_spans

CONTEXT = 32
VERBATIM = "copy its words exactly."
# How many passages are compared with a quote that is not found, and how long it may be.
COMPARED, LONGEST = 10, 1_000
PLACES = 10  # that are listed of a quote that occurs more often
WORD = re.compile(r"\S+")
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


def find_quote(body: str, quote: str, nth: int | None, *, explained: bool = True) -> Span:
    """Return the span of a quote, or of its nth occurrence counted from 1.

    Raises:
        ValueError: it is not there, or is there more often and `nth` does not say which. If
            `explained`, the message has the nearest passage, which takes long to find.
    """
    spans = find_spans(body, quote)
    if not spans:
        advice = _explain(body, quote) if explained else VERBATIM
        message = f'the quote "{quote}" is not in the body: {advice}'
        raise ValueError(message)
    if nth is None and len(spans) > 1:
        listed = enumerate(spans[:PLACES], 1)
        where = ", ".join(f"{place} at {start}" for place, (start, _) in listed)
        where += ", …" if spans[PLACES:] else ""
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
    return f"{VERBATIM}{hint}"


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


class Words:
    """The words of a body, and by each pair of letters the words that have it."""

    def __init__(self, body: str) -> None:
        """Find the words."""
        self.found = [(match.start(), match.end(), match[0]) for match in WORD.finditer(body)]
        self.pairs: dict[str, list[str]] = defaultdict(list)
        self.sizes: dict[str, int] = {}
        for _, _, word in self.found:
            if word not in self.sizes:
                pairs = _list_pairs(word)
                self.sizes[word] = len(pairs)
                for pair in pairs:
                    self.pairs[pair].append(word)

    def weigh(self, quote: str) -> list[float]:
        """Return how many pairs each word has in common with that of a quote's most like it.

        They count by their share of both words' pairs.
        """
        alike: dict[str, float] = defaultdict(float)
        for pairs in map(_list_pairs, dict.fromkeys(quote.split())):
            common = Counter(word for pair in pairs for word in self.pairs.get(pair, ()))
            for word, count in common.items():
                alike[word] = max(alike[word], count * count / (len(pairs) + self.sizes[word]))
        return [alike.get(word, 0) for _, _, word in self.found]


def _list_pairs(word: str) -> set[str]:
    return set(map("".join, pairwise(f" {word} ")))


@lru_cache(1)
def _index(body: str) -> Words:
    return Words(body)


def find_nearest(body: str, quote: str) -> str:
    """Return the passage most similar to a quote, of as many words; "" if none is similar.

    Compared are those passages whose words are most alike, since a comparison takes long.
    """
    words = _index(body)
    length = min(len(quote.split()), len(words.found))
    if not 0 < len(quote) <= LONGEST or not length:
        return ""
    sums = [0.0, *accumulate(words.weigh(quote))]
    weights = [after - before for before, after in zip(sums, sums[length:], strict=False)]
    best, best_ratio = "", 0.4
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(quote)
    for first in nlargest(COMPARED, range(len(weights)), key=weights.__getitem__):
        passage = body[words.found[first][0] : words.found[first + length - 1][1]]
        matcher.set_seq1(passage[: 2 * LONGEST])
        if (ratio := matcher.ratio()) > best_ratio:
            best, best_ratio = passage, ratio
    return best
