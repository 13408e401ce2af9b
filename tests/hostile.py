"""Hostile documents, by their size: shapes that cost a server more than their sender."""

from collections.abc import Callable, Iterable

from api.schema import SCHEMA

Shape = Callable[[int], str]
TYPES = len(SCHEMA._schema.type_map)  # noqa: SLF001 — as in the catalog


def spread(items: Iterable[str]) -> str:
    return " ".join(items)


def nested(before: str, size: int, after: str = "}", inside: str = "key") -> str:
    return f"{before * size} {inside} {after * size}"


def fragments(size: int, body: str, on: str = "Query", last: str = "__typename") -> str:
    """Write fragments that each spread the next, as often as the body says."""
    parts = [f"fragment F{n} on {on} {{ {body % {'next': f'F{n + 1}'}} }}" for n in range(size)]
    return spread([*parts, f"fragment F{size} on {on} {{ {last} }}"])


def conditions(size: int, condition: str) -> str:
    written = spread(f"{{{condition}}}" for _ in range(size))
    return f"{{ meetings(filter: {{or: [{written}]}}) {{ totalCount }} }}"


SOME_ACTOR = 'participants: {some: {actor: {name: {contains: "x"}}}}'
A_KEY = '{key: {eq: "x"}}'
ACTORS_EVENTS = "participants(first: 1) { nodes { actor { events(first: 1) { nodes {"
SUBJECT = "... on Claim { subject { ... on Event { claims(first: 1) { nodes {"
OF_TYPES = "type { name fields { name type { name } } }"

SHAPES: dict[str, Shape] = {
    "aliases": lambda n: "{ " + spread(f"a{i}: __typename" for i in range(n)) + " }",
    "aliased_fields": lambda n: (
        "{ meetings { nodes { " + spread(f'a{i}: title(lang: "ar")' for i in range(n)) + " } } }"
    ),
    "aliased_pages": lambda n: (
        "{ meetings { nodes { "
        + spread(f"a{i}: participants(first: 1) {{ totalCount }}" for i in range(n))
        + " } } }"
    ),
    "aliased_filters": lambda n: (
        "{ "
        + spread(f"a{i}: meetings(filter: {{{SOME_ACTOR}}}) {{ totalCount }}" for i in range(n))
        + " }"
    ),
    "directives": lambda n: "{ __typename " + "@skip(if: false) " * n + "}",
    "skipped_fields": lambda n: (
        "{ " + spread(f"a{i}: __typename @skip(if: false)" for i in range(n)) + " }"
    ),
    "same_field": lambda n: "{ " + "__typename " * n + "}",
    "same_page": lambda n: "{ " + 'search(text: "x") { nodes { snippet } } ' * n + "}",
    "same_branch": lambda n: (
        "{ events { nodes { "
        + spread(f"... on Meeting {{a{i}: key}} ... on Appeal {{b{i}: key}}" for i in range(n))
        + " } } }"
    ),
    "overlapping_fragments": lambda n: (
        "{ "
        + spread(f"...F{i}" for i in range(n))
        + " } "
        + spread(f"fragment F{i} on Query {{ topics {{ code }} }}" for i in range(n))
    ),
    "doubling_fragments": lambda n: "{ ...F0 } " + fragments(n, "...%(next)s ...%(next)s"),
    "doubling_fields": lambda n: (
        "{ claims(first: 1) { nodes { ...F0 } } } "
        + fragments(n, "a: id ...%(next)s b: subject { id } ...%(next)s", "Claim", "id")
    ),
    "doubling_lists": lambda n: (
        "{ events(first: 1) { nodes { ...F0 } } } "
        + fragments(
            n,
            "a: claims(first: 1) { nodes { subject { ...%(next)s } } } "
            "b: claims(first: 1) { nodes { subject { ...%(next)s } } }",
            "Event",
            "key",
        )
    ),
    "chained_fragments": lambda n: "{ ...F0 } " + fragments(n, "...%(next)s"),
    "circular_fragments": lambda n: (
        "{ ...F0 } " + fragments(n, "topics { code } ...%(next)s", last="...F0")
    ),
    "operations_by_fragments": lambda n: (
        spread(
            f"query Q{i}($v: String) {{ {spread(f'...F{j}' for j in range(n))} }}" for i in range(n)
        )
        + spread(f"fragment F{j} on Query {{ a{j}: article(key: $v) {{ id }} }}" for j in range(n))
    ),
    "circular_nesting": lambda n: (
        "{ meetings(first: 1) { nodes { " + nested(ACTORS_EVENTS, n, "} } } } }") + "} } }"
    ),
    "pages_in_pages": lambda n: (
        f"{{ meetings(first: {n}) {{ nodes {{ participants(first: {n}) {{ nodes {{ actor {{ "
        f"events(first: {n}) {{ nodes {{ key }} }} }} }} }} }} }} }}"
    ),
    "branching_nesting": lambda n: (
        '{ node(id: "claim:x") { ' + nested(SUBJECT, n, "} } } } }", "id") + "} }"
    ),
    "nested_fragments": lambda n: "{ " + nested("... {", n, "}", "__typename") + " }",
    "nested_filter": lambda n: (
        "{ meetings(filter: " + nested("{not: ", n, "}", A_KEY) + ") { totalCount } }"
    ),
    "nested_list": lambda n: "{ meetings(orderBy: " + "[" * n + "]" * n + ") { totalCount } }",
    "conditions": lambda n: conditions(n, SOME_ACTOR),
    "conditions_on_places": lambda n: conditions(n, 'place: {name: {startsWith: "x"}}'),
    "values": lambda n: "{ meetings(filter: {key: {in: [" + '"x" ' * n + "]}}) { totalCount } }",
    "orders": lambda n: (
        "{ meetings(orderBy: [" + "{field: DATE, direction: ASC} " * n + "]) { totalCount } }"
    ),
    "languages": lambda n: "{ meetings { nodes { title(lang: [" + '"ar" ' * n + "]) } } }",
    "ids": lambda n: "{ nodes(ids: [" + '"meeting:x" ' * n + "]) { id } }",
    "words": lambda n: '{ search(text: "' + "والتدريب " * n + '") { totalCount } }',
    "long_word": lambda n: '{ search(text: "' + "x" * n + '") { totalCount } }',
    "long_name": lambda n: "{ " + "x" * n + " }",
    "spaces": lambda n: "{ __typename" + " " * n + "}",
    "comments": lambda n: "{ __typename " + "#\n" * n + "}",
    "variables": lambda n: (
        f"query ({spread(f'$v{i}: String' for i in range(n))}) "
        f"{{ {spread(f'a{i}: topics(scheme: $v{i}) {{ id }}' for i in range(n))} }}"
    ),
    "unknown_fields": lambda n: "{ topics { " + spread(f"labl{i}" for i in range(n)) + " } }",
    "unknown_arguments": lambda n: (
        "{ " + spread(f"a{i}: meetings(firs: 1) {{ totalCount }}" for i in range(n)) + " }"
    ),
    "unknown_values": lambda n: "{ meetings(orderBy: [" + "{field: X} " * n + "]) { totalCount } }",
    "introspection": lambda n: (
        "{ __schema { types { "
        + spread(f"a{i}: fields {{ {OF_TYPES} }}" for i in range(n))
        + " } } }"
    ),
    "introspections": lambda n: (
        "{ " + spread(f"a{i}: __schema {{ types {{ name }} }}" for i in range(n)) + " }"
    ),
}

# How large a shape may be within the limits as they are, and the code of the limit that it reaches.
LARGEST: dict[str, tuple[int, str]] = {
    "aliases": (500, "TOO_MANY_ROOT_FIELDS"),
    "aliased_fields": (1_000, "TOO_MANY_ALIASES"),
    "aliased_pages": (499, "TOO_MANY_LISTS"),
    "aliased_filters": (483, "TOO_MANY_TOKENS"),
    "skipped_fields": (500, "TOO_MANY_DIRECTIVES"),
    "same_field": (224, "DOCUMENT_TOO_COMPLEX"),
    "same_page": (105, "DOCUMENT_TOO_COMPLEX"),
    "same_branch": (500, "TOO_MANY_ALIASES"),
    "overlapping_fragments": (112, "DOCUMENT_TOO_COMPLEX"),
    "doubling_fragments": (8, "TOO_MANY_ROOT_FIELDS"),
    "doubling_fields": (10, "TOO_MANY_FIELDS"),
    "doubling_lists": (7, "TOO_MANY_LISTS"),
    "chained_fragments": (149, "TOO_DEEP"),
    "circular_nesting": (7, "LISTS_TOO_DEEP"),
    "pages_in_pages": (99, "COST_TOO_HIGH"),
    "branching_nesting": (14, "TOO_DEEP"),
    "nested_fragments": (150, "TOO_DEEP"),
    "nested_filter": (38, "FILTER_TOO_DEEP"),
    "conditions": (500, "FILTER_TOO_LARGE"),
    "conditions_on_places": (500, "FILTER_TOO_LARGE"),
    "values": (1_000, "LIST_TOO_LONG"),
    "orders": (1_873, "TOO_MANY_TOKENS"),
    "ids": (500, "PAGE_TOO_LARGE"),
    "words": (50, "TOO_MANY_WORDS"),
    "long_word": (20_000, "TEXT_TOO_LONG"),
    "comments": (14_997, "TOO_MANY_TOKENS"),
    "variables": (500, "TOO_MANY_VARIABLES"),
    "introspection": (9, "INTROSPECTION_TOO_LARGE"),
    "introspections": (30_000 // (2 + TYPES), "INTROSPECTION_TOO_LARGE"),
}
