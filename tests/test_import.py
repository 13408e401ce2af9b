"""Imports: all or nothing, nothing twice, exactly what changed, and every problem at its line."""

import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from api import model as m
from api.errors import ImportFailure
from api.intake.deletion import delete_records
from api.intake.forms.read_back import read_lines
from api.settings import Settings
from tests.conftest import AT
from tests.importing import EXAMPLE_SIZE, count, edit, run, summarize, write_lines
from tests.transactions import read, write


def test_a_second_import_changes_nothing(settings: Settings, folder: Path) -> None:
    assert run(settings, folder) == summarize(created=EXAMPLE_SIZE)
    assert run(settings, folder) == summarize()
    assert count(settings, m.Revision) == 1


def test_a_changed_dossier_updates_what_changed(settings: Settings, folder: Path) -> None:
    run(settings, folder)
    edit(folder, "Carter hosted Sadat and Begin.", "Carter received Sadat and Begin.")
    edit(folder, "- {text: Sadat, language: en}", "- {text: Anwar al-Sadat, language: en}")
    assert run(settings, folder) == summarize(updated=2)
    assert count(settings, m.Change) == EXAMPLE_SIZE + 2


def test_problems_are_all_reported_at_their_lines(settings: Settings, folder: Path) -> None:
    edit(folder, "country: EG                     #", "country: XX                     #")
    edit(folder, "format: SUMMIT", "format: PARTY")
    edit(folder, '"1978-09-17", text: On 17', '"1978-09-31", text: On 17')
    edit(folder, "{relation: CONCLUDED_AT,", "{relation: SIGNED_AT,")
    edit(folder, "{key: self-governing-authority, ordinal: 2,", "{key: Self, ordinal: 2,")
    with pytest.raises(ImportFailure) as refused:
        run(settings, folder)
    lines = [problem.split(": ")[0].rpartition(":")[2] for problem in refused.value.problems]
    assert sorted(map(int, lines)) == [29, 57, 84, 86, 97]
    assert count(settings, m.Record) == 0


def test_a_quote_that_is_not_there_shows_the_nearest(settings: Settings, folder: Path) -> None:
    edit(folder, 'quote: "earlier in September"', 'quote: "earlier in Septembre"')
    with pytest.raises(ImportFailure, match=r"nearest passage is .*earlier in September"):
        run(settings, folder)
    assert count(settings, m.Record) == 0


def test_a_missing_reference_is_a_problem(settings: Settings, folder: Path) -> None:
    edit(folder, "place: camp-david\n", "place: camp-daniel\n")
    with pytest.raises(ImportFailure, match="there is no place:camp-daniel"):
        run(settings, folder)


def test_an_event_cannot_be_linked_to_itself(settings: Settings, folder: Path) -> None:
    edit(folder, 'CONCLUDED_AT, event: "meeting:', 'ABOUT, event: "agreement:')
    edit(folder, "agreement:camp-david-talks", "agreement:camp-david-framework")
    with pytest.raises(ImportFailure) as refused:
        run(settings, folder)
    assert [problem.partition(":")[2] for problem in refused.value.problems] == [
        "86: an event cannot be linked to itself"
    ]


def test_a_second_definition_names_both(settings: Settings, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("actors:\n  - {key: jordan, kind: GOVERNMENT, names: {en: The Jordan}}\n")
    with pytest.raises(ImportFailure, match="actor:jordan is already defined"):
        run(settings, folder, other)
    run(settings, folder)
    with pytest.raises(
        ImportFailure, match="already defined differently in article:camp-david-1978"
    ):
        run(settings, other)


def test_a_relative_date_is_resolved_when_publication_is_known(
    settings: Settings, folder: Path
) -> None:
    edit(
        folder,
        'date: {edtf: "1978-09", basis: RESOLVED}',
        "date: {edtf: XXXX-09, anchor: published}",
    )
    run(settings, folder)
    edtf = sa.text("SELECT date_edtf FROM event WHERE kind = 'STATEMENT'")
    assert write(settings, lambda connection: connection.scalar(edtf)) == "XXXX-09"
    edit(folder, "published: null  ", 'published: "1978-11"  ')
    assert run(settings, folder) == summarize(updated=2)
    assert write(settings, lambda connection: connection.scalar(edtf)) == "1978-09"


@pytest.mark.parametrize(
    ("written", "unresolved", "resolved"),
    [
        ("{edtf: XXXX-09, anchor: published}", "XXXX-09", "1977-09"),
        ("{relative: last week, anchor: published}", None, "1978-08-28/1978-09-03"),
        (
            "{edtf: XXXX-09, calendar: islamic-umalqura, anchor: published}",
            None,
            "1978-08-05/1978-09-02",
        ),
    ],
)
def test_what_hangs_on_publication_follows_it_both_ways(
    settings: Settings, folder: Path, written: str, unresolved: str | None, resolved: str
) -> None:
    def ask() -> tuple[str | None, str]:
        query = sa.text("SELECT date_edtf, date_basis FROM event WHERE kind = 'STATEMENT'")
        return tuple(write(settings, lambda connection: connection.execute(query).one()))

    edit(folder, 'date: {edtf: "1978-09", basis: RESOLVED}', f"date: {written}")
    for published, expected in (
        ("null  ", (unresolved, "STATED")),
        ('"1978-09-06"', (resolved, "RESOLVED")),
        ("null  ", (unresolved, "STATED")),
    ):
        path = folder / "dossier.yaml"
        text = re.sub(r"published: \S+", f"published: {published}", path.read_text("utf-8"))
        path.write_text(text, encoding="utf-8")
        run(settings, folder)
        assert ask() == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('{edtf: "1978", anchor: published}', "`anchor` needs `relative`, or a date of an"),
        (
            "{relative: last week}",
            "`relative` replaces `edtf` and `calendar`, and needs `anchor: publ",
        ),
        (
            "{relative: some day, anchor: published}",
            '"some day" is none of day before yesterday,',
        ),
        ('{edtf: "XXXX-09", calendar: persian}', "needs its year, or `anchor: published`"),
        ('{edtf: "XXXX-32", calendar: persian, anchor: published}', '"XXXX-32" is no date of'),
        (
            '{edtf: "1447-03", text: ربيع الأول}',
            "name the calendar in `calendar`: islamic-umalqura",
        ),
        (
            '{edtf: "1447-02-31", calendar: persian-ish}',
            '`calendar`: "persian-ish" is not one of ',
        ),
        ('{edtf: "1400-13-01", calendar: persian}', "no date of the calendar persian"),
        ('{edtf: "-0044"}', '`edtf`: "-0044" is out of range: years go from 0001 to 9999'),
    ],
)
def test_a_date_that_cannot_be_is_told(
    settings: Settings, folder: Path, written: str, message: str
) -> None:
    edit(folder, 'date: {edtf: "1978-09", basis: RESOLVED}', f"date: {written}")
    with pytest.raises(ImportFailure) as refused:
        run(settings, folder)
    assert any(message in problem for problem in refused.value.problems), refused.value.problems


def test_a_date_of_another_calendar_is_kept_as_our_days(settings: Settings, folder: Path) -> None:
    dated = 'date: {edtf: "1398-10-15", calendar: islamic-umalqura, text: earlier in September}'
    edit(folder, 'date: {edtf: "1978-09", text: earlier in September, basis: RESOLVED}', dated)
    run(settings, folder)
    query = sa.text("SELECT date_edtf, date_text, date_basis FROM event WHERE kind = 'MEETING'")
    assert write(settings, lambda connection: tuple(connection.execute(query).one())) == (
        "1978-09-17",
        "earlier in September",
        "RESOLVED",
    )


@pytest.mark.parametrize(
    ("calendar", "basis", "kept"),
    [
        ("gregorian", None, "STATED"),
        ("persian", None, "RESOLVED"),
        ("persian", "CURATED", "CURATED"),
    ],
)
def test_a_date_s_basis_says_whether_it_was_converted(
    settings: Settings, tmp_path: Path, calendar: str, basis: str | None, kept: str
) -> None:
    date = {"edtf": "1357-06-26", "calendar": calendar, "basis": basis}
    path = tmp_path / "meeting.yaml"
    meeting = {"key": "m", "title": {"en": "M"}, "format": "TALKS", "date": date}
    path.write_text(yaml.safe_dump({"meetings": [meeting]}), "utf-8")
    run(settings, path)
    query = sa.text("SELECT date_basis FROM event")
    assert write(settings, lambda connection: connection.scalar(query)) == kept


def test_what_cannot_hang_on_an_article_is_told(settings: Settings, folder: Path) -> None:
    edit(folder, "published: null  ", "published: {relative: today, anchor: published}  ")
    offices = "offices: [{key: o, title: {en: O}, since: {edtf: XXXX-07, anchor: published}}]"
    actor = f"{{key: a, kind: PERSON, names: {{en: A}}, {offices}}}"
    (folder / "other.yaml").write_text(f"actors:\n  - {actor}\n", "utf-8")
    with pytest.raises(ImportFailure) as refused:
        run(settings, folder)
    assert [problem.rpartition("`anchor`: ")[2] for problem in refused.value.problems] == [
        "an article's day of publication cannot be relative to itself",
        "this date is relative to an article, and this file names none",
    ]


def test_a_claim_s_date_is_not_of_another_calendar(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("اجتمعوا في 12 ربيع الأول ١٤٤٧", "utf-8")
    claim = {"property": "date", "value": "1447-03-12", "quote": "12 ربيع الأول ١٤٤٧"}
    meeting = {"key": "m", "title": {"ar": "م"}, "format": "TALKS", "claims": [claim]}
    article = {"key": "a", "file": "a.txt", "title": "A", "language": "ar"}
    path = tmp_path / "a.yaml"
    path.write_text(yaml.safe_dump({"article": article, "meetings": [meeting]}), "utf-8")
    with pytest.raises(ImportFailure, match="convert it to the Gregorian calendar"):
        run(settings, path)
    claim["value"] = "2025-09-04"
    path.write_text(yaml.safe_dump({"article": article, "meetings": [meeting]}), "utf-8")
    assert run(settings, path).startswith("3 created")


def test_the_first_and_last_days_are_days(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "days.yaml"
    dates = ["9999", "9999-12-31", "0001", "000X", "0001-01-01", "[0001,9999]"]
    events = [
        f'  - {{key: m{n}, title: {{en: M}}, format: TALKS, date: "{date}"}}'
        for n, date in enumerate(dates)
    ]
    path.write_text("\n".join(["meetings:", *events]))
    run(settings, path)
    query = sa.text(
        "SELECT CAST(date_earliest AS text), CAST(date_latest AS text) FROM event ORDER BY key"
    )
    assert write(settings, lambda connection: list(map(tuple, connection.execute(query)))) == [
        ("9999-01-01", "9999-12-31"),
        ("9999-12-31", "9999-12-31"),
        ("0001-01-01", "0001-12-31"),
        ("0001-01-01", "0009-12-31"),
        ("0001-01-01", "0001-01-01"),
        ("0001-01-01", "9999-12-31"),
    ]
    assert run(settings, path) == "0 created, 0 updated, 6 unchanged"


def test_records_that_exclude_each_other_are_refused(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "places.yaml"
    path.write_text(
        "places:\n"
        "  - {key: a, names: {en: A}, part_of: b}\n"
        "  - {key: b, names: {en: B}, part_of: c}\n"
        "  - {key: c, names: {en: C}, part_of: a}\n"
        "actors:\n"
        "  - {key: d, kind: STATE, names: {en: D}, wikidata: Q1}\n"
        "  - {key: e, kind: STATE, names: {en: E}, wikidata: Q1}\n",
        encoding="utf-8",
    )
    with pytest.raises(ImportFailure) as refused:
        run(settings, path)
    assert [problem.removeprefix(f"{path}:") for problem in refused.value.problems] == [
        "2: `part_of` makes a cycle (a → b → c → a): remove one of these references",
        "3: `part_of` makes a cycle (b → c → a → b): remove one of these references",
        "4: `part_of` makes a cycle (c → a → b → c): remove one of these references",
        "7: `wikidata` Q1 is already that of actor:d: it has to be unique",
    ]
    assert count(settings, m.Place) == 0


def test_what_another_file_needs_cannot_be_dropped(settings: Settings, tmp_path: Path) -> None:
    people = tmp_path / "people.yaml"
    events = tmp_path / "events.yaml"
    person = "actors:\n  - {key: a, kind: PERSON, names: {en: A}%s}\n"
    people.write_text(person % ", offices: [{key: o, title: {en: O}}]", encoding="utf-8")
    events.write_text(
        "meetings:\n  - {key: m, title: {en: M}, format: TALKS,\n"
        "     participants: [{role: HOST, actor: a, office: o}]}\n",
        encoding="utf-8",
    )
    run(settings, people, events)
    people.write_text(person % "", encoding="utf-8")
    with pytest.raises(ImportFailure, match="is no longer defined here, but meeting:m"):
        run(settings, people)
    assert count(settings, m.Office) == 1


WHOLE = """actors:
  - {key: a, kind: PERSON, names: {en: A}, wikidata: Q1}
places:
  - {key: here, names: {en: Here}, part_of: there}
  - {key: there, names: {en: There}}
topics:
  - {scheme: s, code: up, labels: {en: Up}}
  - {scheme: s, code: down, labels: {en: Down}, broader: up}
meetings:
  - {key: m, title: {en: M}, format: TALKS, place: here, topics: ["s:down"],
     participants: [{role: HOST, actor: a}]}
  - {key: n, title: {en: N}, format: TALKS, links: [{relation: FOLLOWS, event: "meeting:m"}]}
"""
PARTS = (
    WHOLE[: WHOLE.index("meetings:")]
    + """meetings:
  - {key: n, title: {en: N}, format: TALKS}
"""
)


def test_what_a_dossier_no_longer_holds_is_deleted(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    run(settings, path)
    path.write_text(PARTS, encoding="utf-8")
    assert run(settings, path) == "0 created, 1 updated, 5 unchanged, 1 deleted"
    assert (count(settings, m.Meeting), count(settings, m.Participation)) == (1, 0)
    path.write_text("actors:\n  - {key: b, kind: PERSON, names: {en: B}, wikidata: Q1}\n")
    assert run(settings, path) == "1 created, 0 updated, 0 unchanged, 6 deleted"
    assert count(settings, m.Record) == 1
    assert count(settings, m.SearchRecord) == 1


def test_what_is_no_longer_defined_is_not_referred_to(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    run(settings, path)
    path.write_text(WHOLE.replace("  - {key: there, names: {en: There}}\n", ""), encoding="utf-8")
    with pytest.raises(ImportFailure, match="4: there is no place:there"):
        run(settings, path)
    assert count(settings, m.Place) == 2


MEETING = "meetings:\n  - {key: x, title: {en: X}, format: TALKS, %s}"


@pytest.mark.parametrize(
    ("other", "lost"),
    [
        ("meetings:\n  - {key: x, title: {en: X}, format: TALKS, place: here}", "place:here"),
        (MEETING % 'topics: ["s:up"]', "topic:s.up"),
        (
            MEETING % 'links: [{relation: FOLLOWS, event: "meeting:m"}]',
            "meeting:m",
        ),
        (
            MEETING % "participants: [{role: HOST, actor: a}]",
            "actor:a",
        ),
        (
            "actors:\n  - {key: x, kind: UNRESOLVED, names: {en: X}, candidates: [a]}",
            "actor:a",
        ),
        ("places:\n  - {key: x, names: {en: X}, part_of: there}", "place:there"),
    ],
)
def test_what_another_dossier_refers_to_stays(
    settings: Settings, tmp_path: Path, other: str, lost: str
) -> None:
    path, second = tmp_path / "all.yaml", tmp_path / "other.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    second.write_text(other, encoding="utf-8")
    run(settings, path, second)
    path.write_text("actors: []\n", encoding="utf-8")
    with pytest.raises(ImportFailure) as refused:
        run(settings, path)
    (problem,) = refused.value.problems
    kind = other[: other.index("s:")]
    assert problem.startswith(
        f"{path}: {lost} is no longer defined here, but {kind}:x, defined in {second}"
    )
    assert count(settings, m.Meeting) >= 2
    second.write_text("places: []\n", encoding="utf-8")
    assert run(settings, path, second) == "0 created, 0 updated, 0 unchanged, 8 deleted"


def test_a_file_that_is_gone_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    path, second = tmp_path / "all.yaml", tmp_path / "other.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    second.write_text("places:\n  - {key: x, names: {en: X}}", encoding="utf-8")
    run(settings, tmp_path)
    path.unlink()
    assert run(settings, tmp_path) == "0 created, 0 updated, 1 unchanged"
    assert count(settings, m.Meeting) == 2


def test_records_are_deleted_by_their_ids(settings: Settings, folder: Path) -> None:
    run(settings, folder)

    def delete(*ids: str) -> int:
        return delete_records(ids, lambda work: write(settings, work), AT).deleted

    with pytest.raises(ImportFailure) as refused:
        delete("actor:jimmy-carter", "meeting:camp-david-talks")
    assert refused.value.problems == [
        f"{id_}: agreement:camp-david-framework refers to it: delete that too, or change it first"
        for id_ in ("actor:jimmy-carter", "meeting:camp-david-talks")
    ]
    with pytest.raises(ImportFailure, match="meeting:nowhere: there is no such record"):
        delete("meeting:nowhere")
    with pytest.raises(ImportFailure, match='x: this is no id: write "<kind>:<key>"'):
        delete("x")
    before = count(settings, m.Record)
    events = ("meeting:camp-david-talks", "agreement:camp-david-framework")
    statement = "statement:egyptian-officials-on-the-accords"
    deleted = delete(statement, *events, "actor:jimmy-carter")
    assert deleted == before - count(settings, m.Record) > 4
    assert count(settings, m.Event) == count(settings, m.EventLink) == 0
    assert run(settings, folder).startswith(f"{deleted} created, ")


def test_an_actor_whom_another_article_spells_is_not_deleted(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(
        '{"record": "article", "key": "b", "title": "B", "language": "en", "text": "King"}\n'
        '{"record": "alias", "article": "b", "actor": "jordan", "text": "King", "language": "en"}\n'
    )
    run(settings, folder, path)
    with pytest.raises(ImportFailure, match="actor:jordan: article:b refers to it"):
        delete_records(["actor:jordan"], lambda work: write(settings, work), AT)


def test_two_provisions_cannot_have_one_place(settings: Settings, folder: Path) -> None:
    run(settings, folder)
    edit(folder, "ordinal: 2", "ordinal: 1")
    with pytest.raises(ImportFailure, match="`ordinal` 1 is already that of provision:"):
        run(settings, folder)


def test_the_same_link_or_candidate_twice_is_once(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "twice.yaml"
    path.write_text(
        "actors:\n"
        "  - {key: a, kind: PERSON, names: {en: A}}\n"
        "  - {key: u, kind: UNRESOLVED, names: {en: U}, candidates: [a, a]}\n"
        "meetings:\n"
        "  - {key: m, title: {en: M}, format: TALKS}\n"
        "  - {key: n, title: {en: N}, format: TALKS,\n"
        '     links: [{relation: FOLLOWS, event: "meeting:m"}, '
        '{relation: FOLLOWS, event: "meeting:m"}]}\n',
        encoding="utf-8",
    )
    assert run(settings, path) == "4 created, 0 updated, 0 unchanged"
    assert count(settings, m.EventLink) == 2
    assert count(settings, m.ActorCandidate) == 1


def test_keys_and_places_are_passed_on(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    text = (
        "actors:\n"
        "  - {key: a, kind: PERSON, names: {en: A}, wikidata: Q1%s}\n"
        "  - {key: b, kind: PERSON, names: {en: B}, wikidata: Q2}\n"
        "places:\n"
        "  - {key: here, names: {en: Here}%s}\n"
        "agreements:\n"
        "  - {key: m, title: {en: M}, type: OTHER, status: SIGNED,\n"
        "     participants: [{role: PARTY, actor: a%s}],\n"
        "     provisions: [{key: x, ordinal: 1, text: {en: X}},\n"
        "       {key: y, ordinal: 2, text: {en: Y}}]}\n"
    )
    office = ", offices: [{key: o, title: {en: O}}]"
    path.write_text(text % (office, "", ", office: o"), encoding="utf-8")
    run(settings, path)
    text = text.replace("Q1", "Q3").replace("Q2", "Q1").replace("Q3", "Q2")
    text = text.replace("key: x, ordinal: 1", "key: y, ordinal: 3").replace(
        "key: y, ordinal: 2", "key: z, ordinal: 1"
    )
    text = text.replace(
        "agreements:", "  - {key: there, names: {en: There}, country: SY}\nagreements:"
    )
    path.write_text(text % ("", ", part_of: there", ""), encoding="utf-8")
    assert run(settings, path) == "2 created, 5 updated, 0 unchanged, 2 deleted"
    assert (count(settings, m.Office), count(settings, m.Provision)) == (0, 2)


def test_a_dispute_ends_when_one_place_lies_in_the_other(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("They met here. They met there.", encoding="utf-8")
    article, places = tmp_path / "a.yaml", tmp_path / "places.yaml"
    article.write_text(
        "article: {key: a, file: a.txt, title: A, language: en}\n"
        "meetings:\n  - {key: m, title: {en: M}, format: TALKS, claims: [\n"
        "      {property: place, value: here, quote: met here},\n"
        "      {property: place, value: there, quote: met there}]}\n"
    )
    text = "places: [{key: here, names: {en: H}%s}, {key: there, names: {en: T}}]"
    contested = sa.select(sa.inspect(m.Event).local_table.c.contested)
    for above, wanted in (("", True), (", part_of: there", False), ("", True)):
        places.write_text(text % above)
        run(settings, *([places, article] if count(settings, m.Place) == 0 else [places]))
        assert bool(write(settings, lambda connection: connection.scalar(contested))) is wanted


def test_a_name_that_becomes_preferred_is_no_alias(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = '{"record": "actor", "key": "a", "kind": "PERSON", "names": {"en": "%s"}%s}\n'
    path.write_text(line % ("B", ', "aliases": [{"text": "A", "language": "en"}]'))
    run(settings, path)
    path.write_text(line % ("A", ""))
    run(settings, path)
    table = sa.inspect(m.ActorName).local_table
    query = sa.select(table.c.text, table.c.preferred)
    rows = write(settings, lambda connection: connection.execute(query).all())
    assert [tuple(row) for row in rows] == [("A", True)]


def test_an_office_that_another_dossier_s_claims_are_on_stays(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("A was minister.", encoding="utf-8")
    people, article = tmp_path / "people.yaml", tmp_path / "a.yaml"
    person = "actors: [{key: a, kind: PERSON, names: {en: A}%s}]"
    people.write_text(person % ", offices: [{key: o, title: {en: O}}]", encoding="utf-8")
    article.write_text(
        "article: {key: a, file: a.txt, title: A, language: en}\n"
        'claims: [{subject: "office:a.o", quote: was minister}]\n'
    )
    run(settings, people, article)
    people.write_text(person % "", encoding="utf-8")
    with pytest.raises(ImportFailure, match=r"office:a\.o is no longer defined here, but claim:"):
        run(settings, people)
    assert (count(settings, m.Office), count(settings, m.Claim)) == (1, 1)


def test_of_an_article_the_address_is_enough(settings: Settings, tmp_path: Path) -> None:
    line = {"record": "article", "key": "a", "title": "A", "language": "en", "url": "a.example"}
    lines = [line, line | {"key": "b", "url": "b.example", "licence": "CC0-1.0"}]
    path = write_lines(tmp_path, *lines)
    assert run(settings, path) == "2 created, 0 updated, 0 unchanged"
    exported = read(settings, lambda connection: list(read_lines(connection)))
    assert list(map(json.loads, exported)) == lines
    claim = {"record": "claim", "article": "a", "subject": "article:a", "quote": "and"}
    with pytest.raises(ImportFailure, match="only the `url` of the article is known"):
        run(settings, write_lines(tmp_path, claim))
    run(settings, write_lines(tmp_path, line | {"text": "x and y"}, claim))
    assert count(settings, m.Claim) == 1
