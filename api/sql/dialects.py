"""The SQL expressions of statements, with their text for SQLite and for PostgreSQL.

Both databases write the same JSON: SQLite's `json_quote` and PostgreSQL's `to_json` escape all
characters in the same way.
"""

from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from api.settings import MAX_PAGE

SQL = sa.ColumnElement[Any]


class Spelled(FunctionElement[Any]):
    """An SQL expression that is compiled differently for each database."""

    inherit_cache = True


class join(Spelled):
    """The concatenation of texts, none of them null.

    PostgreSQL: `((a || b) || (c || d))`, a balanced tree, since a chain nests one
    level per part. SQLite: `concat(a, b, c, d)` with up to MAX_ARGUMENTS arguments, since a chain
    of `||` copies the text so far at each step.
    """

    inherit_cache = True

    def __init__(self, parts: list["SQL | str"]) -> None:
        """Join SQL and constant texts."""
        self.parts = parts
        super().__init__(*(text(part) if isinstance(part, str) else part for part in parts))


# The number of arguments that SQLite allows for a function by default.
MAX_ARGUMENTS = 100


@compiles(join)
def _(element: join, compiler: Any, **options: Any) -> str:
    return _balanced([compiler.process(item, **options) for item in element.clauses])


@compiles(join, "sqlite")
def _(element: join, compiler: Any, **options: Any) -> str:
    return _nested([compiler.process(item, **options) for item in element.clauses])


def _balanced(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    middle = (len(texts) + 1) // 2
    return f"({_balanced(texts[:middle])} || {_balanced(texts[middle:])})"


def _nested(texts: list[str]) -> str:
    while len(texts) > 1:
        chunks = [texts[at : at + MAX_ARGUMENTS] for at in range(0, len(texts), MAX_ARGUMENTS)]
        texts = [f"concat({', '.join(chunk)})" if chunk[1:] else chunk[0] for chunk in chunks]
    return texts[0]


class page_of(Spelled):
    """The first rows of an ordered query, as the rows of a FROM clause.

    PostgreSQL plans a prepared statement once for all sizes, and estimates an unknown LIMIT at a
    tenth of the table. The constant LIMIT MAX_PAGE around it keeps the planner from joining whole
    tables to a page.
    """

    inherit_cache = True


@compiles(page_of, "sqlite")
def _(element: page_of, compiler: Any, **options: Any) -> str:
    query, size = (compiler.process(item, **options) for item in element.clauses)
    return f"({query[1:-1]} LIMIT {size})"


@compiles(page_of, "postgresql")
def _(element: page_of, compiler: Any, **options: Any) -> str:
    query, size = (compiler.process(item, **options) for item in element.clauses)
    bounded = f"{query[1:-1]} LIMIT {MAX_PAGE}"
    return f"(SELECT * FROM ({bounded}) AS walk LIMIT {size})"  # noqa: S608 — SQL of ours


class parameter(sa.BindParameter[Any]):
    """A value that the request supplies.

    SQLite is given `+?` instead of `?`: it plans for the value of a bare parameter in a LIMIT or
    beside an analyzed column, and so would prepare the statement again for each request.
    """

    inherit_cache = True


@compiles(parameter, "sqlite")
def _(element: parameter, compiler: Any, **options: Any) -> str:
    return f"+{compiler.visit_bindparam(element, **options)}"


class kept_join(sa.Join):
    """A join that reads the left side first: SQLite might read the right first, and sort."""

    inherit_cache = True


@compiles(kept_join, "sqlite")
def _(element: kept_join, compiler: Any, **options: Any) -> str:
    options["asfrom"] = True
    sides = (element.left, element.right, element.onclause)
    left, right, condition = (compiler.process(item, **options) for item in sides)
    return f"{left} CROSS JOIN {right} ON {condition}"


def spell(sqlite: str, postgresql: str | None = None) -> type[Spelled]:
    """Return an SQL function with its text for each database, or for both.

    `{0}`, `{1}` … are its arguments.
    """

    class Spelling(Spelled):
        inherit_cache = True

    def write(element: Any, compiler: Any, pattern: str, **options: Any) -> str:
        return pattern.format(*(compiler.process(item, **options) for item in element.clauses))

    for name, pattern in (("sqlite", sqlite), ("postgresql", postgresql or sqlite)):
        compiles(Spelling, name)(partial(write, pattern=pattern))
    return Spelling


quoted = spell(sqlite="json_quote({0})", postgresql="coalesce(CAST(to_json({0}) AS text), 'null')")
# The same for values that are never null.
quoted_value = spell(sqlite="json_quote({0})", postgresql="CAST(to_json({0}) AS text)")
number = spell(sqlite="coalesce({0}, 'null')", postgresql="coalesce(CAST({0} AS text), 'null')")
token = spell("coalesce('\"' || {0} || '\"', 'null')")
identity = spell("coalesce('\"' || {0} || {1} || '\"', 'null')")
boolean = spell("CASE WHEN {0} THEN 'true' ELSE 'false' END")
day = spell(
    sqlite="coalesce('\"' || {0} || '\"', 'null')",
    postgresql="coalesce('\"' || CAST({0} AS text) || '\"', 'null')",
)
instant = spell(
    sqlite="replace(substr({0}, 1, 19), ' ', 'T') || 'Z'",
    postgresql="to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
)


# A number of thousandths as text: 1500 is 1.5.
FRACTION = (
    "CASE WHEN {0} % 1000 = 0 THEN '' "
    "ELSE '.' || rtrim(substr(CAST(1000 + {0} % 1000 AS TEXT), 2), '0') END"
)
DECIMAL = f"(CAST({{0}} / 1000 AS TEXT) || {FRACTION})"
decimal = spell(DECIMAL)
# The sum of such numbers as text; null if all are null. Their billions and the rest are added up
# apart, as a sum of 64 bits would overflow: `{0}` billions, `{1}` the rest.
TOTAL = (
    "(CASE WHEN {0} + {1} / 1000000000 = 0 THEN CAST({1} % 1000000000 / 1000 AS TEXT) "
    "ELSE CAST({0} + {1} / 1000000000 AS TEXT) "
    "|| substr(CAST(1000000 + {1} % 1000000000 / 1000 AS TEXT), 2) END || "
    + FRACTION.replace("{0}", "{1}")
    + ")"
)
total = spell(TOTAL)
billions = spell(
    sqlite="sum({0} / 1000000000)",
    postgresql="CAST(sum({0} / 1000000000) AS bigint)",
)
rest = spell(sqlite="sum({0} % 1000000000)", postgresql="CAST(sum({0} % 1000000000) AS bigint)")


# The answer as the bytes that are sent to the client.
encoded = spell(sqlite="{0}", postgresql="convert_to({0}, 'UTF8')")
# The member of a JSON object as its stored text, still quoted.
member = spell(sqlite="({0} -> {1})", postgresql="CAST({0} -> {1} AS text)")
original = spell(sqlite="({0} -> ({0} ->> '*'))", postgresql="CAST({0} -> ({0} ->> '*') AS text)")
original_language = spell("({0} ->> '*')")
element = spell("({0} ->> {1})")
document = spell(sqlite="{0}", postgresql="CAST({0} AS json)")
by_code_point = spell(sqlite="{0}", postgresql='{0} COLLATE "C"')
# The comparisons of filters.
is_not_true = spell("({0}) IS NOT TRUE")
among = spell(
    sqlite="{0} IN (SELECT value FROM json_each({1}))",
    postgresql="{0} = ANY({1})",
)
grouped = spell("({0})")
lowered = spell(sqlite="lower({0})", postgresql='lower({0} COLLATE "C")')
# `{0}` contains `{1}`: a text, or a line feed and a JSON list of its spellings.
CONTAINS_SQLITE = (
    "(instr({0}, {1}) > 0 OR (unicode({1}) = 10 AND EXISTS (SELECT 1 FROM "
    "json_each({1}) AS spelling WHERE instr({0}, spelling.value) > 0)))"
)
CONTAINS_POSTGRESQL = (
    "(strpos({0}, {1}) > 0 OR (ascii({1}) = 10 AND EXISTS (SELECT 1 FROM "
    "json_array_elements_text(CASE WHEN ascii({1}) = 10 THEN CAST({1} AS json) END) AS spelling "
    "WHERE strpos({0}, spelling.value) > 0)))"
)
contains = spell(sqlite=CONTAINS_SQLITE, postgresql=CONTAINS_POSTGRESQL)
prefix_end = spell(sqlite="{0} || char(1114111)", postgresql="{0} || chr(1114111)")
any_translation_eq = spell(
    sqlite="EXISTS (SELECT 1 FROM json_each({0}) WHERE key <> '*' AND value = {1})",
    postgresql="EXISTS (SELECT 1 FROM json_each_text({0}) WHERE key <> '*' AND value = {1})",
)
any_translation_in = spell(
    sqlite="EXISTS (SELECT 1 FROM json_each({0}) AS said WHERE said.key <> '*' "
    "AND said.value IN (SELECT value FROM json_each({1})))",
    postgresql="EXISTS (SELECT 1 FROM json_each_text({0}) WHERE key <> '*' AND value = ANY({1}))",
)
identified = spell(
    sqlite="{0} IN (SELECT record.id FROM json_each({1}) AS wanted JOIN record "
    "ON record.kind = wanted.value ->> 0 AND record.key = wanted.value ->> 1)",
    postgresql="{0} IN (SELECT record.id FROM json_each(CAST({1} AS json)) AS wanted JOIN record "
    "ON record.kind = wanted.value ->> 0 AND record.key = wanted.value ->> 1)",
)
# The same of a record's own id: the records that the articles and datasets define.
defined = spell(
    sqlite="{0} IN (SELECT record.id FROM json_each({1}) AS wanted JOIN dossier "
    "ON dossier.source_kind = wanted.value ->> 0 AND dossier.source_key = wanted.value ->> 1 "
    "JOIN record ON record.dossier_id = dossier.id)",
    postgresql="{0} IN (SELECT record.id FROM json_each(CAST({1} AS json)) AS wanted JOIN dossier "
    "ON dossier.source_kind = wanted.value ->> 0 AND dossier.source_key = wanted.value ->> 1 "
    "JOIN record ON record.dossier_id = dossier.id)",
)
# A date's key is `first/last`; a digit comes after the slash, so this ends the keys of a day.
end_of_day = spell("{0} || '0'")
last_day = spell(
    sqlite="substr({0}, instr({0}, '/') + 1)",
    postgresql="substr({0}, strpos({0}, '/') + 1)",
)
# A day as text, compared by code point.
iso = spell(sqlite="{0}", postgresql='CAST({0} AS text) COLLATE "C"')
# The conditions of searches: records by the index, phrases by the tokens of their fields.
matches_fts = spell(
    sqlite="{0} IN (SELECT rowid FROM search_index WHERE search_index MATCH {1})",
    postgresql="{0} IN (SELECT rowid FROM search_index "
    "WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST({1} AS tsquery))",
)
# The same for one row of the index.
row_matches_fts = spell(
    sqlite="{0}.search_index MATCH {1}",
    postgresql="array_to_tsvector(string_to_array({0}.words, ' ')) @@ CAST({1} AS tsquery)",
)
found_in_names = spell(
    sqlite="({0} IN (SELECT rowid FROM search_index "
    "WHERE search_index MATCH '{{names}} : (' || {1} || ')'))",
    postgresql="CAST({0} IN (SELECT rowid FROM search_index "
    "WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST({1} AS tsquery)) AS integer)",
)
values_of = spell(sqlite="json_each({0})", postgresql="(SELECT unnest({0}) AS value)")
phrased = spell(
    sqlite="({1} = '[]' OR NOT EXISTS (SELECT 1 FROM json_each({1}) AS phrase "  # noqa: S608 — SQL of ours
    "WHERE NOT EXISTS (SELECT 1 FROM search_field "
    f"WHERE record_id = {{0}} AND {CONTAINS_SQLITE.format('tokens', 'phrase.value')})))",
    postgresql="(cardinality({1}) = 0 OR NOT EXISTS (SELECT 1 FROM unnest({1}) AS phrase "  # noqa: S608 — SQL of ours
    "WHERE NOT EXISTS (SELECT 1 FROM search_field "
    f"WHERE record_id = {{0}} AND {CONTAINS_POSTGRESQL.format('tokens', 'phrase')})))",
)
# Tokens between spaces, each with its place from 0.
tokens_of = spell(
    sqlite="""json_each('["' || replace(trim({0}), ' ', '","') || '"]')""",
    postgresql="(SELECT CAST(place AS integer) - 1 AS key, token AS value FROM "
    "unnest(string_to_array(trim({0}), ' ')) WITH ORDINALITY AS part(token, place))",
)
has_some = spell(sqlite="{0} <> '[]'", postgresql="cardinality({0}) > 0")
position = spell(sqlite="instr({0}, {1})", postgresql="strpos({0}, {1})")
spaces = spell("(length({0}) - length(replace({0}, ' ', '')))")
at_least_one = spell(sqlite="max(1, {0})", postgresql="greatest(1, {0})")
as_int = spell(sqlite="CAST({0} AS INTEGER)", postgresql="CAST({0} AS integer)")
IN_ONE = (
    "CASE WHEN {{0}} > '' AND substr({{0}}, 1, {0}) = substr({{0}}, 12, {0}) "
    "THEN substr({{0}}, 1, {0}) END"
)
year = spell(IN_ONE.format(4))
month = spell(IN_ONE.format(7))
# The values of a row in the columns of an order, as text for its cursor.
as_text = spell(sqlite="{0}", postgresql="CAST({0} AS text)")
digit = spell(sqlite="{0}", postgresql="CASE WHEN {0} THEN '1' ELSE '0' END")
separator = spell(sqlite="char(31)", postgresql="chr(31)")
hexed = spell(sqlite="hex({0})", postgresql="upper(encode(convert_to({0}, 'UTF8'), 'hex'))")
# The cursors of a page's rows, in their order; null if there are no rows.
row_texts = spell(sqlite="group_concat({0}, ',')", postgresql="string_agg({0}, ',')")
first_text = spell(
    sqlite="substr({0}, 1, instr({0} || ',', ',') - 1)",
    postgresql="split_part({0}, ',', 1)",
)
last_text = spell(
    sqlite="replace({0}, rtrim({0}, replace({0}, ',', '')), '')",
    postgresql="split_part({0}, ',', -1)",
)
joined = spell(
    sqlite="group_concat({0}, ',')",
    postgresql="coalesce(string_agg({0}, ','), '')",
)
# The rows' JSON strings as one, with `; ` between them. No JSON string has a line feed itself.
joined_text = spell(
    sqlite="""coalesce(replace(group_concat({0}, '\n'), '"\n"', '; '), '""')""",
    postgresql="""coalesce(replace(string_agg({0}, '\n'), '"\n"', '; '), '""')""",
)
# JSON as it is, but for null the empty string.
empty_for_null = spell("""CASE {0} WHEN 'null' THEN '""' ELSE {0} END""")


def text(sql: str) -> SQL:
    """Return a trusted constant as a SQL literal: JSON punctuation, GraphQL names."""
    return sa.literal_column("'" + sql.replace("'", "''") + "'", sa.Text())
