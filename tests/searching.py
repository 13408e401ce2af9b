"""Search by lists and loops: slow, and obviously right."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from api.text.spellings import list_spellings
from api.text.words import Query, find_words, parse_query

Field = tuple[str, bool, str]  # what it is called, whether it is a title or name, its text
NAMES = {
    "Article": ["title"],
    "Actor": ["names", "offices"],
    "Office": ["title"],
    "Place": ["names"],
    "Topic": ["label"],
    "Provision": ["heading"],
}
TEXTS = {
    "Article": ["body"],
    "Meeting": ["summary"],
    "Agreement": ["summary", "aims"],
    "Statement": ["summary", "texts"],
    "Appeal": ["summary", "purposes"],
    "Action": ["summary"],
    "Provision": ["texts"],
    "Claim": ["quote"],
}


def list_fields(thing: Any) -> list[Field]:
    """List the searched fields of a thing of the oracle's world, each text apart."""
    names = NAMES.get(thing.typename, [] if thing.typename == "Claim" else ["titles"])
    fields = [(name, True) for name in names]
    fields += [(name, False) for name in TEXTS.get(thing.typename, [])]
    return [
        (field, is_name, text)
        for field, is_name in fields
        for text in list_texts(read_field(thing, field))
    ]


def read_field(thing: Any, field: str) -> Any:
    """Read a searched field; a place has its names by language, then its aliases."""
    if thing.typename == "Place":
        return [*sorted(thing.names, key=attrgetter("language")), *thing.aliases]
    return getattr(thing, field)


def list_texts(value: Any) -> Iterator[str]:
    """List the texts of a field: a text, in several languages, or several such."""
    if value is None:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from list_texts(item)
    elif hasattr(value, "texts"):
        yield from (item.text for item in value.all())
    else:  # a name, a quote, or an office
        yield from list_texts(value.title if hasattr(value, "title") else value.text)


def find_hits(records: Mapping[str, Sequence[Field]], text: str) -> list[str]:
    """List the ids of the records in which everything occurs that a query asks for."""
    query = parse_query(text)
    if query == Query((), (), ()):
        return []
    return [id_ for id_, fields in records.items() if matches(fields, query)]


def matches(fields: Sequence[Field], query: Query) -> bool:
    """Return whether a record with these fields has every word, beginning and phrase."""
    rows = [
        [word.token for word in find_words(spelling)]
        for _, _, text in fields
        for spelling in list_spellings(text)
    ]
    tokens = [token for row in rows for token in row]
    return (
        all(word in tokens for word in query.tokens)
        and all(any(token.startswith(prefix) for token in tokens) for prefix in query.prefixes)
        and all(any(stands_in(row, phrase) for row in rows) for phrase in query.phrases)
        and all(any(matches(fields, one) for one in choice) for choice in query.choices)
    )


def stands_in(row: list[str], phrase: Sequence[str]) -> bool:
    """Return whether the words of a phrase stand in a row, one after the other."""
    starts = range(len(row) - len(phrase) + 1)
    return any(row[start : start + len(phrase)] == list(phrase) for start in starts)


# Hits: which come first, and what they show.

BEFORE, LONG = 60, 160


def rank(fields: Sequence[Field], query: Query) -> int:
    """Return whether all words are in a record's titles and names."""
    names = [field for field in fields if field[1]]
    return int(matches(names, drop_phrases(query)))


def drop_phrases(query: Query) -> Query:
    """Ask for the words of phrases wherever they stand."""
    choices = tuple(tuple(map(drop_phrases, choice)) for choice in query.choices)
    return Query(query.tokens, query.prefixes, (), choices)


def list_choices(query: Query) -> Query:
    """Ask for everything that a query offers a choice of."""
    every = [query, *(list_choices(one) for choice in query.choices for one in choice)]
    words, prefixes, phrases = (
        tuple(chain.from_iterable(getattr(one, name) for one in every))
        for name in ("words", "prefixes", "phrases")
    )
    return Query(words, prefixes, phrases)


def find_best(fields: Sequence[Field], query: Query) -> tuple[Field, str]:
    """Find the first field that has everything, else the first that has something.

    A field comes in the spelling that has it.
    """
    query = list_choices(query)

    def found(field: tuple[Field, str]) -> list[bool]:
        tokens = [word.token for word in find_words(field[1])]
        return [
            *(word in tokens for word in query.words),
            *(any(token.startswith(prefix) for token in tokens) for prefix in query.prefixes),
            *(stands_in(tokens, phrase) for phrase in query.phrases),
        ]

    spelled = [(field, spelling) for field in fields for spelling in list_spellings(field[2])]
    some = [field for field in spelled if any(found(field))]
    return next((field for field in some if all(found(field))), some[0])


def find_marked(tokens: list[str], query: Query) -> list[bool]:
    """Return, for each token, whether it is a word or part of a phrase of the search."""
    marked = [token in query.words or token.startswith(query.prefixes or "\0") for token in tokens]
    for phrase in query.phrases:
        for start in range(len(tokens) - len(phrase) + 1):
            if tokens[start : start + len(phrase)] == list(phrase):
                marked[start : start + len(phrase)] = [True] * len(phrase)
    return marked


def cut_snippet(text: str, spelling: str, query: Query) -> tuple[str, list[tuple[int, int]]]:
    """Cut the words around the first one found, and say where those found stand in them.

    The cut is measured on the tokens of a spelling as they stand between spaces.
    """
    words = find_words(spelling)
    found = find_marked([word.token for word in words], list_choices(query))
    starts, length = [], 0  # where each token starts in the line of them
    for word in words:
        starts.append(length)
        length += len(word.token) + 1
    first = starts[found.index(True)] + 1  # places count from 1, as a database's do
    begin = next(start for start in [*starts, length] if start + 1 >= max(1, first - BEFORE))
    last = next((start for start in starts if start + 1 >= begin + 1 + LONG), length)
    shown = [
        (word, hit)
        for word, hit, start in zip(words, found, starts, strict=True)
        if begin <= start < last
    ]
    offset = shown[0][0].start
    snippet = text[offset : shown[-1][0].end]
    return snippet, [
        (word.start - offset, word.end - offset)
        for word, hit in shown
        if hit and word.start < word.end  # of the tokens of one sign, the first is marked
    ]
