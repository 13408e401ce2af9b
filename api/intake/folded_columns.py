"""Folded columns: copies of text columns in folded form, for sorting and for text filters."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from api import model as m
from api.intake.forms.fields import MAX_BYTES
from api.intake.rows import Row, read_batches, table_of, update_rows
from api.text.folding import SEPARATOR, fold
from api.text.localized import parse_localized
from api.text.spellings import list_spellings
from api.text.urls import normalize_url

Fold = Callable[[str], str]


def fold_spellings(text: str) -> str:
    """Return a text's folded spellings, one a line; the first alone if all are too long to index.

    Only the filter `contains` searches the lines after the first.
    """
    lines = "\n".join(dict.fromkeys(map(fold, list_spellings(text))))
    return lines if len(lines.encode()) <= MAX_BYTES else lines.partition("\n")[0]


def fold_original(text: str) -> str:
    """Fold a localized text's original."""
    texts, original = parse_localized(text)
    return fold(texts[original])


def fold_english(text: str) -> str:
    """Fold a localized text's English, else its original."""
    texts, original = parse_localized(text)
    return fold(texts.get("en") or texts[original])


def fold_languages(text: str) -> str:
    """Fold a localized text in each of its languages."""
    return SEPARATOR.join(["", *map(fold_spellings, parse_localized(text)[0].values()), ""])


# Table → folded column → its source column and the function that folds it.
FOLDED: Mapping[sa.Table, Mapping[str, tuple[str, Fold]]] = {
    table_of(m.Article): {
        "title_sort": ("title", fold_spellings),
        "url_fold": ("url", fold_spellings),
        "url_normalized": ("url", normalize_url),
    },
    table_of(m.Dataset): {
        "title_sort": ("title", fold_original),
        "title_fold": ("title", fold_languages),
        "url_fold": ("url", fold_spellings),
    },
    table_of(m.Actor): {"name_sort": ("name", fold_english)},
    table_of(m.ActorName): {"text_fold": ("text", fold_spellings)},
    table_of(m.Place): {"name_sort": ("name", fold_original)},
    table_of(m.PlaceName): {"text_fold": ("text", fold_spellings)},
    table_of(m.Event): {
        "title_sort": ("title", fold_original),
        "title_fold": ("title", fold_languages),
    },
    table_of(m.EventCode): {
        "scheme_fold": ("scheme", fold_spellings),
        "code_fold": ("code", fold_spellings),
    },
    table_of(m.Identifier): {
        "scheme_fold": ("scheme", fold_spellings),
        "value_fold": ("value", fold_spellings),
    },
    table_of(m.Claim): {"value_fold": ("value", fold_spellings)},
}


def fold_columns(table: sa.Table, row: Mapping[str, Any]) -> Row:
    """Return the folded columns of a row; a null stays null."""
    return {
        column: None if row[source] is None else convert(row[source])
        for column, (source, convert) in FOLDED.get(table, {}).items()
    }


def rebuild_folded(connection: sa.Connection) -> None:
    """Update the folded columns of all rows."""
    for table, columns in FOLDED.items():
        names = dict.fromkeys(["id", *columns, *(source for source, _ in columns.values())])
        query = sa.select(*(table.c[name] for name in names))
        for rows in read_batches(connection, query, table.c.id):
            changes = {row["id"]: fold_columns(table, dict(row)) for row in rows}
            held = {row["id"]: {name: row[name] for name in columns} for row in rows}
            update_rows(
                connection, table, {key: new for key, new in changes.items() if new != held[key]}
            )
