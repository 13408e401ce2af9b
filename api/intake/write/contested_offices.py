"""Derives which offices are contested: sources give their holder's tenure differently."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from api import model as m
from api.intake.draft.additions import Addition
from api.intake.drafts import Ref
from api.intake.rows import fetch_grouped, table_of, update_rows
from api.intake.write.upsert import Writer
from api.text.dates import VagueDate
from api.text.folding import fold
from api.text.localized import parse_localized

OFFICE = table_of(m.Office)


class Tenure(NamedTuple):
    """An office as one source gives it: an article that adds it, or the holder's own dossier."""

    key: str
    article: Ref | None
    titles: set[tuple[str, str]]  # language, folded title
    organization: int | None
    since: VagueDate
    until: VagueDate

    def contradicts(self, other: "Tenure") -> bool:
        """Return whether another source gives the same office another time or organization.

        It is the same if its key is; or if its organization and a title are, and neither tenure
        ended before the other began.
        """
        if self.article == other.article:
            return False
        differs = self.since.excludes(other.since) or self.until.excludes(other.until)
        if self.key == other.key:
            return differs or len({self.organization, other.organization} - {None}) > 1
        in_turn = self.until.ends_before(other.since) or other.until.ends_before(self.since)
        alike = self.organization is not None and self.organization == other.organization
        return differs and not in_turn and alike and bool(self.titles & other.titles)


def write_contested(added: Mapping[Ref, Iterable[Addition]], writer: Writer) -> None:
    """Update which offices of actors are contested; `added` has what articles add to each actor.

    What an article adds counts even if the office of its key is stored as another source has it.
    """
    holders = {writer.ids[ref].id: items for ref, items in added.items()}
    stored = fetch_grouped(writer.connection, OFFICE, "holder_id", holders)
    changes = {}
    for holder, rows in stored.items():
        own = (_read_tenure(row, None) for row in rows if row["added_by_id"] is None)
        found = _find_contested([*own, *_list_added(holders[holder], writer)])
        for row in rows:
            if row["contested"] is not (row["key"] in found):
                changes[row["id"]] = {"contested": row["key"] in found}
    update_rows(writer.connection, OFFICE, changes)


def _find_contested(tenures: Iterable[Tenure]) -> set[str]:
    pairs = combinations(tenures, 2)
    return {item.key for pair in pairs if pair[0].contradicts(pair[1]) for item in pair}


def _list_added(items: Iterable[Addition], writer: Writer) -> Iterator[Tenure]:
    for item in items:
        for draft in item.children:
            if OFFICE in draft.rows:
                row = writer.resolve(OFFICE, {**draft.rows[OFFICE][0], "key": draft.ref.key})
                yield _read_tenure(row, item.article)


def _read_tenure(row: Mapping[str, Any], article: Ref | None) -> Tenure:
    texts, _ = parse_localized(row["title"])
    titles = {(language, fold(text)) for language, text in texts.items()}
    since, until = (
        VagueDate(None, row[f"{name}_earliest"], row[f"{name}_latest"])
        for name in ("since", "until")
    )
    return Tenure(row["key"], article, titles, row["organization_id"], since, until)
