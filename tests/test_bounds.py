"""What a file may hold: all else is refused at its line, on both databases alike."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api import model as m
from api.answer import Answerer
from api.database import open_database
from api.intake.drafts import Draft, Ref
from api.intake.forms.fields import MAX_BYTES, MAX_KEY
from api.intake.read.files import MAX_PATH
from api.intake.write.lengths import INDEXED, find_overlong_texts, list_indexes
from api.model.kinds import RecordKind
from api.plan.catalog import build_catalog
from api.request import GraphQLRequest
from api.schema import SCHEMA
from api.settings import Settings
from tests.importing import edit, run, write_lines

# Letters that no compression makes shorter, as indexes hold what they can compress.
LETTERS = "".join(random.Random(1).choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=3_000))


def test_every_indexed_text_of_a_draft_is_bounded() -> None:
    draft = Draft(Ref(RecordKind.CLAIM, "a"), ("claims", 0))
    draft.add(m.Claim, property=LETTERS, value=LETTERS)
    draft.add(m.Claim, property=LETTERS[: MAX_BYTES // 2], value=LETTERS)
    assert list(find_overlong_texts(draft)) == [
        "`property` takes 6,000 bytes in an index; the maximum is 2,000"
    ]


# What each index holds of text, in bytes at most: keys, dates and codes by their forms.
KINDS, DATES, KEY = 20, 30, 2 * MAX_KEY + 1
BOUNDS = {
    **dict.fromkeys(("key", "slug"), KEY),
    **dict.fromkeys(
        ("agreement_key", "actor_key", "article_key", "event_key", "other_key"), MAX_KEY
    ),
    **dict.fromkeys(("kind", "event_kind", "other_kind", "relation"), KINDS),
    **dict.fromkeys((f"{name}_asc" for name in ("date", "since", "published")), DATES),
    **dict.fromkeys((f"{name}_desc" for name in ("date", "since", "published")), DATES),
    **dict.fromkeys((f"agreement_date_{way}" for way in ("asc", "desc")), DATES),
    **dict.fromkeys(("country_code", "country_asc", "country_desc", "wikidata_id"), DATES),
    **dict.fromkeys(("language", "tag"), MAX_KEY),
    **dict.fromkeys(("place_asc", "place_desc", "publisher_asc", "publisher_desc"), MAX_BYTES),
    "event_code.scheme": 4 * MAX_KEY,
    "event_code.code": 4 * MAX_KEY,
    "identifier.scheme": 4 * MAX_KEY,
    "identifier.value": 4 * MAX_KEY,
    "identifier.record_kind": KINDS,
    "figure.measure": MAX_KEY,
    "topic.scheme": MAX_KEY,
    "topic.code": MAX_KEY,
    "country.code": 2,
    "compatibility.oldest_reader": KINDS,
    "api_key.id": KINDS,
    "api_key.name": 4 * 100,
    "dossier.name": MAX_PATH,
    "dossier.source_key": MAX_KEY,
    "dossier.source_kind": KINDS,
    "bookmark.path": MAX_PATH,
    "followed.url": MAX_BYTES,
    "merged.into_key": MAX_KEY,
    "idempotency.client": KINDS,
    "idempotency.key": 200,
    "release.name": 100,
}
# The tables whose rows are drafts, in which every indexed text is bounded.
DRAFTED = {
    m.Actor, m.ActorName, m.Place, m.Article, m.Claim, m.Event, m.Office, m.Topic, m.Provision,
    m.Dataset, m.Identifier, m.PlaceName,
}  # fmt: skip


@pytest.mark.parametrize("table", INDEXED, ids=str)
def test_no_index_holds_more_than_postgresql_takes(table: sa.Table) -> None:
    drafted = {sa.inspect(model).local_table for model in DRAFTED}
    for columns in list_indexes(table):
        sizes = {name: BOUNDS.get(f"{table.name}.{name}") or BOUNDS.get(name) for name in columns}
        unbounded = [name for name, size in sizes.items() if not size]
        assert not unbounded or table in drafted, f"{table.name}: bound {unbounded}"
        # 2,704 bytes, of which headers, integers and lengths take some.
        assert sum(size or MAX_BYTES for size in sizes.values()) < 2_704 - 60, columns


def test_the_longest_texts_fit_every_index(settings: Settings, tmp_path: Path) -> None:
    longest, key = LETTERS[: MAX_BYTES // 2], "k" * 200
    actor: dict[str, Any] = {"record": "actor", "key": key, "kind": "MEDIA"}
    actor |= {"names": {"ar": longest}}
    aliases = [{"text": longest[::-1], "language": f"ar-x-{'a1b2c3d4-' * 21}a"}]
    actor["aliases"] = aliases
    actor["offices"] = [{"key": key, "title": {"ar": LETTERS}}]
    place = {"record": "place", "key": key, "names": {"ar": longest}, "aliases": aliases}
    place["identifiers"] = [{"scheme": LETTERS[:200], "id": LETTERS[200:400]}]
    article = {"record": "article", "key": key, "title": longest, "language": "ar"}
    article |= {"publisher": key, "url": f"https://a.example/{LETTERS[:980]}", "text": "A"}
    agreement: dict[str, Any] = {
        "record": "agreement",
        "key": key,
        "title": {"ar": longest},
        "type": "OTHER",
    }
    agreement |= {"status": "SIGNED", "place": key}
    agreement["provisions"] = [{"key": key, "ordinal": 2**31 - 1, "text": {"ar": LETTERS}}]
    agreement["figures"] = [{"measure": "m" * 200, "best": "1"}]
    agreement["codes"] = [{"scheme": LETTERS[:200], "code": LETTERS[:200]}]
    assert run(settings, write_lines(tmp_path, actor, place, article, agreement)) == (
        "6 created, 0 updated, 0 unchanged"
    )


async def ask(settings: Settings, document: str) -> Any:
    database = await open_database(settings)
    answer = await Answerer(build_catalog(SCHEMA), database).answer(GraphQLRequest(document))
    await database.close()
    assert answer.code is None, answer.json
    return json.loads(answer.json)["data"]


def test_the_greatest_ordinals_are_paged_past(settings: Settings, folder: Path) -> None:
    edit(folder, "ordinal: 1,", "ordinal: 2147483646,")
    edit(folder, "ordinal: 2,", "ordinal: 2147483647,")
    run(settings, folder)
    page = "{ provisions(first: 1%s) { nodes { ordinal } pageInfo { endCursor } } }"
    first = asyncio.run(ask(settings, page % ""))["provisions"]
    assert first["nodes"] == [{"ordinal": 2147483646}]
    after = f', after: "{first["pageInfo"]["endCursor"]}"'
    assert asyncio.run(ask(settings, page % after))["provisions"]["nodes"] == [
        {"ordinal": 2147483647}
    ]
