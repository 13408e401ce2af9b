"""Hostile questions: each a name, a document and the limit that refuses it; the list is to grow."""

from dataclasses import dataclass

MANY = 20_000
COMMON = "في"  # in more texts than any other word


@dataclass(frozen=True, slots=True)
class Attack:
    """A question that is meant to harm."""

    name: str
    document: str
    code: str | None = None  # of the limit that refuses it; None: it is answered


def braces(*parts: str) -> str:
    """Write a selection."""
    return f"{{ {' '.join(parts)} }}"


def alias(count: int) -> str:
    """Ask one field under many names."""
    return braces(*(f"a{number}: __typename" for number in range(count)))


def alias_lists(count: int) -> str:
    """Ask one list under many names."""
    return braces(*(f"a{number}: meetings(first: 1) {{ totalCount }}" for number in range(count)))


def direct(count: int) -> str:
    """Put many directives on one field."""
    return braces("__typename", *["@include(if: true)"] * count)


def nest(levels: int, size: int) -> str:
    """Go from events to their people and back, in pages of this size."""
    selection = "key"
    for name in ["meetings", *["participants", "events"] * levels][::-1]:
        selection = f"{name}(first: {size}) {braces('nodes', braces(selection))}"
        selection = f"actor {braces(selection)}" if name == "events" else selection
    return braces(selection)


def double(depth: int) -> str:
    """Spread each fragment twice in the one before."""
    fragments = [
        f"fragment F{number} on Query {braces(f'...F{number + 1}', f'...F{number + 1}')}"
        for number in range(depth)
    ]
    last = f"fragment F{depth} on Query {braces('__typename')}"
    return "\n".join([braces("...F0", "...F0"), *fragments, last])


def search(text: str) -> str:
    """Search for a text, and count what is found."""
    fields = "totalCount nodes { snippet highlights { start end } node { id } }"
    return f'{{ search(text: "{text}", first: 100) {{ {fields} }} }}'


def contain(letter: str) -> str:
    """Filter by a letter in a related name, ordered by another relation."""
    actor = f'actor: {{ name: {{ contains: "{letter}" }} }}'
    where = f"filter: {{ participants: {{ some: {{ {actor} }} }} }}"
    order = "orderBy: [{ field: PLACE, direction: DESC }]"
    return f"{{ meetings(first: 100, {where}, {order}) {{ totalCount nodes {{ key }} }} }}"


def group(letter: str) -> str:
    """Count what meets a filter by three of its relations."""
    where = f'filter: {{ title: {{ contains: "{letter}" }} }}'
    by = "groups(by: [ACTOR, ACTOR_COUNTRY, ROLE], first: 100) { count keys { value } }"
    return f"{{ meetings({where}) {{ totalCount {by} }} }}"


EXPENSIVE = Attack("the most expensive pages", nest(2, 15))
ATTACKS = (
    Attack("20,000 aliases", alias(MANY), "TOO_MANY_TOKENS"),
    Attack("4,000 aliases, inside the tokens", alias(4_000), "TOO_MANY_ALIASES"),
    Attack("100 lists under aliases", alias_lists(100)),
    Attack("20,000 directives", direct(MANY), "TOO_MANY_TOKENS"),
    Attack("2,000 directives, inside the tokens", direct(2_000), "TOO_MANY_DIRECTIVES"),
    Attack("circles, 40 relations deep", nest(20, 1), "TOO_DEEP"),
    Attack("circles, 14 relations deep", nest(7, 1)),
    Attack("circles, 16 relations deep", nest(8, 1), "LISTS_TOO_DEEP"),
    Attack("fragments doubling 140 deep", double(140), "TOO_MANY_ROOT_FIELDS"),
    Attack("fragments doubling 300 deep", double(300), "TOO_MANY_DEFINITIONS"),
    EXPENSIVE,
    Attack("pages of 500 in pages of 500", nest(1, 500), "COST_TOO_HIGH"),
    Attack("the commonest word", search(COMMON)),
    Attack("words beginning with a letter", search("a*")),
    Attack("contains one letter, by a relation", contain("a")),
    Attack("groups by three relations", group("a")),
)
