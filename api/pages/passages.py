"""An article's text cut where quotes begin and end, so that overlapping quotes can be marked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from api.intake.draft.quotes import CONTEXT


@dataclass(slots=True)
class Quoted:
    """The words of an article from `start` to `end`, and the claims that rest on them."""

    number: int
    start: int
    end: int
    claims: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The quote's name in addresses: `80-115`."""
        return f"{self.start}-{self.end}"


@dataclass(slots=True)
class Piece:
    """Text within the same quotes; the quotes that start and end with it, and all around it."""

    text: str
    within: list[Quoted]
    starting: list[Quoted]
    ending: list[Quoted]

    @property
    def numbers(self) -> str:
        """The numbers of the quotes: `5 6`."""
        return " ".join(str(quote.number) for quote in self.within)


def collect_quotes(claims: Iterable[Mapping[str, Any]]) -> list[Quoted]:
    """Return the quotes of claims in the order of the text, numbered; the longer one first."""
    found: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for claim in claims:
        if quote := claim["quote"]:
            found.setdefault((quote["start"], quote["end"]), []).append(claim)
    ordered = sorted(found, key=lambda place: (place[0], -place[1]))
    return [Quoted(number, *place, found[place]) for number, place in enumerate(ordered, 1)]


def cut_paragraphs(body: str, quotes: list[Quoted]) -> list[list[Piece]]:
    """Return a text's paragraphs as pieces. Offsets count Unicode code points."""
    cuts = {0, len(body)}
    starting: dict[int, list[Quoted]] = {}
    ending: dict[int, list[Quoted]] = {}
    for quote in quotes:
        cuts |= {quote.start, quote.end}
        starting.setdefault(quote.start, []).append(quote)
        ending.setdefault(quote.end, []).append(quote)
    paragraphs: list[list[Piece]] = []
    open_: list[Quoted] = []
    places = sorted(cut for cut in cuts if cut <= len(body))
    for start, end in pairwise(places):
        open_ = [quote for quote in open_ if quote.end > start] + starting.get(start, [])
        lines = body[start:end].split("\n")
        for number, line in enumerate(lines):
            if number or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(
                Piece(
                    line,
                    list(open_),
                    starting.get(start, []) if number == 0 else [],
                    ending.get(end, []) if number == len(lines) - 1 else [],
                )
            )
    return [pieces for pieces in paragraphs if any(_shows(piece) for piece in pieces)]


def trim_before(text: str) -> str:
    """Return the context before a quote without a word that is cut, and … for what is left out."""
    if len(text) < CONTEXT:  # all that precedes
        return text
    if text[0].isspace():
        return "…" + text.lstrip()
    _, *rest = text.split(None, 1)
    return "".join(["…", *rest])


def trim_after(text: str) -> str:
    """Return the context after a quote without a word that is cut, and … for what is left out."""
    if len(text) < CONTEXT:  # all that follows
        return text
    if text[-1].isspace():
        return text.rstrip() + "…"
    *rest, _ = text.rsplit(None, 1)
    return "".join([*rest, "…"])


def cut_marks(text: str, marks: Iterable[Mapping[str, int]]) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, each with whether it is marked."""
    end = 0
    for mark in marks:
        yield text[end : mark["start"]], False
        yield text[mark["start"] : mark["end"]], True
        end = mark["end"]
    yield text[end:], False


def _shows(piece: Piece) -> bool:
    return bool(piece.text.strip() or piece.starting or piece.ending)
