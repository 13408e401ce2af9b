"""Hits of a search: the records found, their snippets and highlights."""

from functools import partial
from typing import Any

import sqlalchemy as sa

from api.model import HIT, SEARCH_INDEX, Article, SearchField, SearchRecord
from api.plan import nodes
from api.plan.parameter_sources import Parameter
from api.sql import dialects
from api.sql.dialects import SQL
from api.sql.json import braces, build_list, concatenate
from api.sql.parameters import build_parameter
from api.sql.scope import Names, Scope, reference

RECORD: sa.Table = SearchRecord.__table__  # type: ignore[attr-defined]
FIELD: sa.Table = SearchField.__table__  # type: ignore[attr-defined]
ARTICLE: sa.Table = Article.__table__
# A snippet starts this many code points before the first word found, and has this length, both
# counted in the text of the tokens.
BEFORE, LENGTH = 60, 160


def build_hits(hits: nodes.Hits, names: Names) -> sa.Select[Any]:
    """Build the rows of `HIT`: the records that match a search."""
    # Produces: SELECT … FROM search_index AS search_index_1 JOIN search_record AS search_record_2
    #           ON search_record_2.id = search_index_1.rowid WHERE search_index_1 MATCH :words …
    index, alias = names.alias(SEARCH_INDEX), names.alias(RECORD)
    key = reference(alias, RECORD.c.id)
    of_record = key == reference(index, SEARCH_INDEX.c.rowid)
    found = dialects.kept_join(SEARCH_INDEX.alias(index), RECORD.alias(alias), of_record)
    words = build_parameter(hits.words)
    matched = dialects.row_matches_fts(sa.literal_column(index), words)
    where: list[SQL] = [matched, dialects.phrased(key, build_parameter(hits.phrases))]
    kind = reference(alias, RECORD.c.kind)
    match hits.kinds:
        case Parameter():
            where.append(dialects.among(kind, build_parameter(hits.kinds)))
        case (*_,):
            where.append(kind.in_([dialects.text(name) for name in hits.kinds]))
    columns = {column.name: reference(alias, column) for column in RECORD.c}
    columns[HIT.c.named.name] = dialects.found_in_names(key, words)
    wanted = [columns[column.name].label(column.name) for column in HIT.c]
    return sa.select(*wanted).select_from(found).where(*where)


def build_hit_part(part: nodes.HitPart, hit: Scope) -> SQL:
    """Build the fields of a hit's highlights."""
    names = hit.select.names
    field = partial(_best_field, hit, part.patterns)
    match part.name:
        case "field":
            return dialects.token(field().column(FIELD.c.field))
        case "snippet":
            extract = Extract(field(), part.patterns, names)
            return extract.build(lambda: dialects.quoted(extract.snippet()))
        case _:
            extract = Extract(field(), part.patterns, names)
            return extract.build(lambda: extract.highlights(part.fields, part.phrases))


def _best_field(hit: Scope, patterns: Parameter) -> Scope:
    """Join the first field with all words, else the first with any; names come first."""
    if FIELD not in hit.kin:
        names = hit.select.names
        alias = names.alias(FIELD)
        of_hit = reference(alias, FIELD.c.record_id) == hit.column(HIT.c.id)
        best = reference(alias, FIELD.c.ordinal) == _best_ordinal(hit, patterns)
        hit.select.joins.append((FIELD.alias(alias), sa.and_(of_hit, best), False))
        hit.kin[FIELD] = Scope(hit.select, FIELD, alias)
    return hit.kin[FIELD]


def _best_ordinal(hit: Scope, patterns: Parameter) -> SQL:
    # Produces: (SELECT ordinal FROM search_field AS f WHERE f.record_id = hit_1.id AND EXISTS (…)
    #            ORDER BY EXISTS (SELECT 1 FROM … WHERE position = 0), ordinal LIMIT 1)
    names = hit.select.names
    alias = names.alias(FIELD)
    ordinal, tokens = reference(alias, FIELD.c.ordinal), reference(alias, FIELD.c.tokens)

    def some(*, found: bool) -> SQL:
        source, pattern = _each_pattern(patterns, names)
        position = dialects.position(tokens, pattern)
        query: sa.Select[Any] = sa.select(ONE).select_from(source)
        return query.where(position > ZERO if found else position == ZERO).exists()

    query: sa.Select[Any] = sa.select(ordinal).select_from(FIELD.alias(alias))
    of_hit = reference(alias, FIELD.c.record_id) == hit.column(HIT.c.id)
    best = query.where(of_hit, some(found=True)).order_by(some(found=False), ordinal)
    return best.limit(ONE).offset(ZERO).scalar_subquery()


ZERO, ONE, TWO = (sa.literal_column(number, sa.Integer()) for number in "012")


def _each_pattern(patterns: Parameter, names: Names) -> tuple[sa.FromClause, SQL]:
    alias = names.alias("pattern")
    source = dialects.values_of(build_parameter(patterns)).table_valued("value", name=alias)
    return source, sa.literal_column(f"{alias}.value", sa.Text())


class Extract:
    """A part of a field's text around the first word found, cut between words.

    It is computed in steps, each a subquery of the step before: the position of the first word in
    the tokens; the start and end of the extract in the tokens; its tokens; their places in the
    text.
    """

    def __init__(self, field: Scope, patterns: Parameter, names: Names) -> None:
        """Store the row of the field."""
        self.field, self.patterns, self.names = field, patterns, names
        self.alias = names.alias("extract")

    def build(self, made: Any) -> SQL:
        """Build the snippet and its highlights."""
        # With a LIMIT, SQLite computes the subquery once, not once per column that uses it.
        located = self._located().limit(ONE).subquery(self.alias)
        return sa.select(made()).select_from(located).scalar_subquery()

    def snippet(self) -> SQL:
        """Build the snippet as quoted text."""
        start, stop = self._of("start"), self._of("stop")
        return sa.func.substr(self._text(), start + ONE, stop - start)

    def highlights(
        self, fields: tuple[tuple[str, str | nodes.Constant], ...], phrases: Parameter
    ) -> SQL:
        """Build the list of the spans in the snippet of words and phrases found."""
        alias = self.names.alias("token")
        key: SQL = sa.literal_column(f"{alias}.key", sa.Integer())
        token: SQL = sa.literal_column(f"{alias}.value", sa.Text())
        place = self._of("skipped") + key
        made = {"start": self._starts(place), "end": self._ends(place)}
        parts = [(f'"{name}":', self._made(item, made)) for name, item in fields]
        source, pattern = _each_pattern(self.patterns, self.names)
        alone = dialects.position(concatenate(" ", token, " "), pattern) > ZERO
        met = sa.select(ONE).select_from(source).where(alone).exists()
        # Of the tokens of one sign only the first has a place; a list leaves nulls out.
        items = (
            sa.select(
                sa.case((self._ends(place) > self._starts(place), braces(parts))).label("item")
            )
            .select_from(
                dialects.tokens_of(self._of("part")).table_valued("key", "value", name=alias)
            )
            .where(sa.or_(met, self._stands_in_phrase(key, token, phrases)))
            .order_by(key)
        )
        return build_list(items, self.names.alias("list"))

    def _stands_in_phrase(self, key: SQL, token: SQL, phrases: Parameter) -> SQL:
        """Build the condition that a token of the extract belongs to an occurrence of a phrase.

        Only the text around the token is searched: from the length of the phrase before the
        token's end to the length of the phrase after its start, spaces included.
        """
        alias = self.names.alias("before")
        before: SQL = sa.literal_column(f"{alias}.value", sa.Text())
        number: SQL = sa.literal_column(f"{alias}.key", sa.Integer())
        taken = sa.func.coalesce(sa.func.sum(sa.func.length(before) + ONE), ZERO)
        tokens = dialects.tokens_of(self._of("part")).table_valued("key", "value", name=alias)
        gone = sa.select(taken).select_from(tokens).where(number < key).scalar_subquery()
        start, end = self._of("begin") + dialects.as_int(gone), sa.func.length(token) + TWO
        source, phrase = _each_pattern(self.patterns, self.names)
        length = sa.func.length(phrase)
        first = dialects.at_least_one(start + end - length)
        around = sa.func.substr(
            self._tokens(), first, dialects.at_least_one(start + length - first)
        )
        has_token = dialects.position(phrase, concatenate(" ", token, " ")) > ZERO
        found = sa.select(ONE).select_from(source)
        found = found.where(has_token, dialects.position(around, phrase) > ZERO)
        return sa.and_(dialects.has_some(build_parameter(phrases)), found.exists())

    def _made(self, item: str | nodes.Constant, made: dict[str, SQL]) -> SQL:
        if isinstance(item, nodes.Constant):
            return concatenate(item.json)
        return dialects.as_text(dialects.as_int(made[item] - self._of("start")))

    # The steps.

    def _located(self) -> sa.Select[Any]:
        window, begin, skipped, part = self._step("window", "begin", "skipped", "part")
        count = dialects.spaces(part)
        return sa.select(
            begin.label("begin"),
            skipped.label("skipped"),
            part.label("part"),
            self._starts(skipped).label("start"),
            self._ends(skipped + count - TWO).label("stop"),
        ).select_from(self._windowed().subquery(str(window)))

    def _windowed(self) -> sa.Select[Any]:
        bounds, begin, end = self._step("bounds", "begin", "stop")
        tokens = self._tokens()
        before = dialects.spaces(sa.func.substr(tokens, ONE, begin)) - ONE
        part = sa.func.substr(tokens, begin, end - begin + ONE)
        query = sa.select(begin.label("begin"), before.label("skipped"), part.label("part"))
        return query.select_from(self._bounded().subquery(str(bounds)))

    def _bounded(self) -> sa.Select[Any]:
        opening, begin = self._step("opening", "begin")
        tokens, late = self._tokens(), begin + sa.literal_column(str(LENGTH))
        space = sa.func.nullif(
            dialects.position(sa.func.substr(tokens, late), dialects.text(" ")), ZERO
        )
        stop = sa.func.coalesce(late + space - ONE, sa.func.length(tokens))
        query = sa.select(begin.label("begin"), stop.label("stop"))
        return query.select_from(self._opened().subquery(str(opening)))

    def _opened(self) -> sa.Select[Any]:
        first, position = self._step("first", "position")
        tokens = self._tokens()
        early = dialects.at_least_one(position - sa.literal_column(str(BEFORE)))
        space = dialects.position(sa.func.substr(tokens, early), dialects.text(" "))
        query = sa.select((early + space - ONE).label("begin"))
        return query.select_from(self._first().subquery(str(first)))

    def _first(self) -> sa.Select[Any]:
        source, pattern = _each_pattern(self.patterns, self.names)
        position = dialects.position(self._tokens(), pattern)
        query = sa.select(sa.func.min(position).label("position")).select_from(source)
        return query.where(position > ZERO)

    def _step(self, name: str, *columns: str) -> list[Any]:
        alias = self.names.alias(name)
        return [alias, *(sa.literal_column(f"{alias}.{column}") for column in columns)]

    # Values of the field and of the extract.

    def _of(self, name: str) -> SQL:
        return sa.literal_column(f"{self.alias}.{name}", sa.Integer())

    def _tokens(self) -> SQL:
        return self.field.column(FIELD.c.tokens)

    def _text(self) -> SQL:
        key = self.field.column(FIELD.c.record_id)
        body = sa.select(ARTICLE.c.body).where(ARTICLE.c.id == key).scalar_subquery()
        return sa.func.coalesce(self.field.column(FIELD.c.text), body)

    def _starts(self, place: SQL) -> SQL:
        return self._edge(place * TWO)

    def _ends(self, place: SQL) -> SQL:
        return self._edge(place * TWO + ONE)

    def _edge(self, number: SQL) -> SQL:
        """Build an item of the words' edges: 2n is the start of word n, 2n + 1 its end."""
        # Produces: CAST(substr(places, n * 2 * width + 1, width) AS INTEGER)
        width, places = self.field.column(FIELD.c.width), self.field.column(FIELD.c.places)
        return dialects.as_int(sa.func.substr(places, number * width + ONE, width))
