"""The pages: each question is answered and shown, in each language, for each kind of record."""

import asyncio
import json
import re
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx
import orjson
import pytest
import sqlalchemy as sa
from babel.messages.pofile import read_po
from starlette.applications import Starlette

from api.answer import Answerer
from api.database import open_database
from api.database.transactions import limit_time
from api.errors import DatabaseUnavailable
from api.http.answer_cache import AnswerStore
from api.intake import import_paths
from api.model.kinds import ParticipantRole
from api.pages.charts import draw_terms
from api.pages.claims import disagree, find_name, group_claims
from api.pages.dates import tell_date
from api.pages.differences import compare_lines, name_line
from api.pages.endpoint import Site
from api.pages.languages import FOLDER, FORM, LOCALES, SEVERAL, read_languages, to_words
from api.pages.links import Asked
from api.pages.lists import read_lists
from api.pages.passages import collect_quotes, mark_paragraphs, trim_after, trim_before
from api.pages.questions import Question, read_questions
from api.pages.records import find_paths, list_records
from api.pages.sitemap import find_part, list_parts
from api.pages.view import View
from api.request import GraphQLRequest
from api.settings import Settings
from api.tables.columns import list_tables
from api.tables.formats import FORMATS
from api.text.countries import check_country
from tests.conftest import AT, ROOT
from tests.http.conftest import connect
from tests.pages.conftest import AGREEMENT, ARTICLE, BROWSER, HOSTILE, LISTS, PATHS
from tests.pages.linked_data import check_linked_data
from tests.pages.messages import list_messages, list_titles
from tests.transactions import read, write

LANGUAGES = read_languages()
TAGS = re.compile(r"<[^>]*>")
# The answers that pages show are the same bytes on both databases.
pytestmark = [
    pytest.mark.usefixtures("engine"),
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True, scope="session"),
]


@pytest.mark.parametrize("tag", LOCALES)
async def test_each_page_is_in_each_language(site: httpx.AsyncClient, tag: str) -> None:
    for path in [*PATHS, ARTICLE, AGREEMENT, "/actor/turkey", "/no/where"]:
        response = await site.get(path, params={"lang": tag})
        assert response.status_code == (404 if path == "/no/where" else 200), path
        direction = "rtl" if tag == "ar" else "ltr"
        assert f'<html lang="{tag}" dir="{direction}">' in response.text
        policy = response.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=", response.text)
        assert "set-cookie" not in response.headers


def test_each_message_is_in_each_catalogue(answerer: Answerer) -> None:
    """English has those that differ from their keys, and the fields of forms the same in each."""
    schema = answerer.catalog.schema
    fields = set()
    roles = set(map(to_words, ParticipantRole))
    for tag in LOCALES:
        needed = list_titles(schema) if tag == "en" else list_messages(schema)
        with (FOLDER / f"{tag}.po").open("rb") as file:
            catalogue = read_po(file, locale=tag)
        missing = {id_ for id_ in needed if id_ not in catalogue or not catalogue[id_].string}
        assert not missing, tag
        assert roles == {item.id for item in catalogue if item.context == SEVERAL and item.string}
        fields.add(frozenset(item.id for item in catalogue if item.context == FORM and item.string))
    ((*found,),) = fields
    assert found
    asked = {to_words(field.label) for one in read_lists(schema).values() for field in one.fields}
    assert asked >= set(found)


async def test_the_article_s_text_is_whole_and_its_marks_and_facts_refer_to_each_other(
    site: httpx.AsyncClient,
) -> None:
    body = (await site.get(ARTICLE, headers={"accept": "application/json"})).json()
    html = (await site.get(ARTICLE)).text
    text = html[html.index('<section class="text"') : html.index('<section class="facts"')]
    shown = unescape(TAGS.sub("", re.sub(r'<a role="doc-noteref".*?</a>', "", text)))
    assert "".join(shown.split()) == "".join(body["data"]["node"]["body"].split())
    assert re.search('</a><a role="doc-noteref"[^>]*>\u00a0', text), "two quotes end there"
    ids = set(re.findall(r'id="([^"]+)"', html))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert len([id_ for id_ in targets if id_.startswith("quote-")]) > 50
    assert targets <= ids


async def test_claimed_participants_and_texts_in_other_languages_are_named(
    site: httpx.AsyncClient,
) -> None:
    html = (await site.get(ARTICLE, params={"lang": "en"})).text
    assert "party: <bdi>Syria</bdi>" in html
    assert "number after marked words leads to the facts" in html
    titles = (await site.get("/meeting/ankara-reception", params={"lang": "en"})).text
    assert "<h1><bdi>Reception" in titles, "it has a title in English"
    view = View(Asked("/", "", LANGUAGES["tr"], "", chosen=True), {})
    view.read_record(
        {"id": "place:a", "name": "سلام", "names": [{"language": "ar", "text": "سلام"}]}
    )
    view.read_record({"id": "place:b", "name": "B", "names": [{"language": "tr", "text": "B"}]})
    view.read_record({"id": "office:c", "title": "C", "titles": [{"language": "en", "text": "C"}]})
    assert view.lang("office:c") == ' lang="en"'
    assert (view.lang("place:a"), view.lang("place:b")) == (' lang="ar"', "")


def test_records_are_found_by_the_fields_that_lead_to_them() -> None:
    document = """
        query { node { ...Named parts { nodes { date { text } } ... on Place { first: p { id } } } }
            nodes { id } date { text } }
        fragment Named on Node { id parts { nodes { id in: partOf { id } } } }
    """
    paths = find_paths(document)
    within = (("nodes", True, (("in", True, ()),)), ("first", True, ()))
    assert paths == (("node", True, (("parts", False, within),)), ("nodes", True, ()))
    place, other = {"id": "place:b", "in": None}, {"id": "place:c", "in": {"id": "place:d"}}
    node = {"id": "place:a", "parts": {"nodes": [place, other]}}
    found = list_records({"node": node, "nodes": [None, {"id": "x"}], "date": {"id": "y"}}, paths)
    assert [record["id"][-1] for record in found] == list("abcdx")
    assert list_records({"node": None}, paths) == []


def test_a_revision_s_differences_are_told_in_words() -> None:
    before = '{"record":"actor","key":"a","kind":"STATE","names":{"en":"A"}}'
    after = '{"record":"actor","key":"a","names":{"en":"A","tr":"B"},"aliases":[{"text":"C"}]}'
    assert compare_lines(before, after) == [
        ("kind", "STATE", None),
        ("names", "en: A", "en: A\ntr: B"),
        ("aliases", None, "text: C"),
    ]


async def test_changes_name_claims_by_their_subject_and_deleted_records_as_they_were_called(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    lines = {
        "actor:a": '{"record":"actor","key":"a","names":{"en":"Al","ar":"ال"}}',
        "article:b": '{"record":"article","key":"b","title":"<b>"}\n{"record":"name"}',
        "topic:s.c": '{"record":"topic","scheme":"s","code":"c","labels":{"tr":"Konu"}}',
        "meeting:d": '{"record":"meeting","key":"d","title":{"en":"Talks"}}',
        "office:a.b": '{"record":"actor","key":"a","names":{"en":"Al"}}',
        "place:e": None,
    }
    named = ["ال", "<b>", "Konu", "Talks", None, None]
    assert [name_line(id_, line, "ar") for id_, line in lines.items()] == named
    data = (await site.get("/changes", headers={"accept": "application/json"})).json()["data"]
    data["changes"]["nodes"][0] |= {
        "node": None,
        "record": "meeting:d",
        "before": lines["meeting:d"],
    }
    view = View(Asked("/changes", "", LANGUAGES["en"], "", chosen=False), data)
    html = Site(answerer.catalog).renderer.render("changes.html", view).decode()
    assert "<bdi>Talks</bdi>" in html
    claim = next(one["node"] for one in data["changes"]["nodes"][1:] if "property" in one["node"])
    assert find_name(claim["subject"])
    assert f"claim: <bdi{view.lang(claim['subject']['id'])}>{find_name(claim['subject'])}<" in html
    assert not re.search(r">claim:\w", html)


async def test_the_page_of_a_state_lists_the_events_of_those_who_acted_on_its_behalf(
    site: httpx.AsyncClient,
) -> None:
    heading = "<h2>Events of those who acted on this actor's behalf"
    html = (await site.get("/actor/turkey", params={"lang": "en"})).text
    before, listed = html.split(heading)
    assert '"/meeting/ankara-reception?lang=en"' in listed
    assert '"/meeting/ankara-reception?lang=en"' not in before
    assert heading not in (await site.get("/actor/yasar-guler", params={"lang": "en"})).text
    address, title = re.findall(r'<p class="more"><a href="([^"]+)">([^<]+)', listed)[0]
    assert title == "Events in which someone acted on this actor&#39;s behalf"
    found = await site.get(unescape(address))
    assert '"/meeting/ankara-reception?lang=en"' in found.text


async def test_the_first_page_leads_to_events_whose_date_is_vague(site: httpx.AsyncClient) -> None:
    html = (await site.get("/", params={"lang": "en"})).text
    listed = (await site.get("/events", params={"lang": "en", "undated": "true"})).text
    section = html.partition("<h2>Where the date or its year is not stated</h2>")[2]
    found = re.findall('<h3><a href="([^"]+)', section.partition("</section>")[0])
    assert found
    assert all(f'<h3><a href="{address}"' in listed for address in found)


async def test_a_citation_has_the_original_s_address_and_the_language_s_punctuation(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    assert "no address recorded" in (await site.get(ARTICLE, params={"lang": "en"})).text
    data = (await site.get(ARTICLE, headers={"accept": "application/json"})).json()["data"]
    renderer = Site(answerer.catalog).renderer
    for tag, marks, comma in (("ar", "«»", "، "), ("en", "“”", ", "), ("tr", "“”", ", ")):
        asked = Asked(ARTICLE, "", LANGUAGES[tag], "http://mithaq", chosen=False)
        for url, linked in (("https://example.org/a", True), ("javascript:alert(1)", False)):
            data["node"]["url"] = url
            html = renderer.render("article.html", View(asked, data)).decode()
            (source, found) = re.findall(r'data-source="(.*?)" data-marks="(.*?)"', html)[0]
            assert found == marks
            assert source.endswith(f"{comma}{url}{comma}") is linked
            assert (f'href="{url}"' in html) is linked


def test_overlapping_quotes_are_cut_where_they_begin_and_end() -> None:
    claims = [{"quote": {"start": start, "end": end}} for start, end in [(4, 9), (0, 6), (4, 9)]]
    quotes = collect_quotes(claims)
    assert [(quote.place, len(quote.claims)) for quote in quotes] == [("0-6", 1), ("4-9", 2)]
    link = '<a role="doc-noteref" href="#facts-{}">{}</a>'.format
    assert list(mark_paragraphs("abcdefg\n\nhi<k", quotes)) == [
        '<span id="quote-0-6"></span><mark data-quotes="1">abcd</mark>'
        '<span id="quote-4-9"></span><mark class="deep2" data-quotes="1 2">ef</mark>'
        + link("0-6", 1)
        + '<mark data-quotes="2">g</mark>',
        link("4-9", 2) + "hi&lt;k",
    ]
    assert list(mark_paragraphs("\n a\n \n", [])) == [" a"]
    quotes = collect_quotes([{"quote": {"start": 0, "end": 7}}])
    assert list(mark_paragraphs("a\n\n \nb>c", quotes)) == [
        '<span id="quote-0-7"></span><mark data-quotes="1">a</mark>',
        '<mark data-quotes="1">b&gt;</mark>' + link("0-7", 1) + "c",
    ], "lines of white space are no paragraphs"
    assert list(mark_paragraphs("", [])) == []


def test_the_context_of_a_quote_is_cut_between_words() -> None:
    assert trim_before("mp David that Carter had opened ") == "…David that Carter had opened "
    assert trim_before(" David, where Carter had opened ") == "…David, where Carter had opened "
    assert trim_before("The text begins here and ") == "The text begins here and "
    assert trim_before("x" * 32) == "…"
    assert trim_after(". The White House called the res") == ". The White House called the…"
    assert trim_after(". The White House called results ") == ". The White House called results…"
    assert trim_after(" and here the text ends.") == " and here the text ends."
    assert trim_after("x" * 32) == "…"


async def test_where_sources_differ_their_words_are_side_by_side(site: httpx.AsyncClient) -> None:
    html = (await site.get(AGREEMENT, params={"lang": "en"})).text
    (block,) = re.findall(
        r'<dt>type</dt>.*?<details class="evidence" open>(.*?)</details>', html, re.DOTALL
    )
    assert re.findall(r'class="value"><bdi>([^<]+)', block) == [
        "memorandum of understanding",
        "cooperation agreement",
    ]


async def test_what_claims_say_and_a_row_does_not_show_is_beside_it(
    site: httpx.AsyncClient,
) -> None:
    """Only claims that contradict each other are "sources differ", as in lists and their filter."""
    talks = (await site.get("/meeting/camp-david-talks", params={"lang": "en"})).text
    assert '<p class="unshown">denied: <bdi>Jordan</bdi></p>' in talks
    agreement = (await site.get(AGREEMENT, params={"lang": "en"})).text
    (named,) = re.findall('<p class="unshown">also named: (.*?)</p>', agreement)
    assert re.findall("<bdi>(.*?)</bdi>", named) == [
        "Syrian Ministry of Defence",
        "Turkish Ministry of National Defence",
    ]
    listed = (await site.get("/events", params={"contested": "true"})).text
    for path, contested in (("/meeting/camp-david-talks", False), (AGREEMENT, True)):
        html = (await site.get(path, params={"lang": "en"})).text
        head, rows = html[html.index("<main") :].partition("</h1>")[::2]
        rows = rows.partition("<section><h2>Related events")[0]
        assert ("sources differ" in head) is ("sources differ" in rows) is contested, path
        assert (f'"{path}"' in listed) is contested


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "sources differ: type"),
        ("ar", "المصادر متعارضة: النوع"),
        ("tr", "kaynaklar çelişiyor: tür"),
    ],
)
async def test_the_first_page_names_what_the_sources_of_an_event_differ_on(
    site: httpx.AsyncClient, language: str, told: str
) -> None:
    html = (await site.get("/", params={"lang": language})).text
    assert f'<span class="tag warn">{told}</span>' in html


def test_the_rule_of_contested_tells_whether_a_row_s_sources_differ() -> None:
    def differ(*said: tuple[str, str | None, str]) -> bool:
        names = "property", "value", "stance"
        claims = [dict(zip(names, one, strict=True)) for one in said]
        return disagree(group_claims(claims)[said[0][0]], {"camp-david": {"camp-david", "us"}})

    assert differ(("type", "TREATY", "ASSERTS"), ("type", "CONTRACT", "ASSERTS"))
    assert differ(("participants.guest", "a", "ASSERTS"), ("participants.guest", "a", "DENIES"))
    assert not differ(("participants.guest", "a", "ASSERTS"), ("participants.guest", "b", "DENIES"))
    assert not differ(("date", "1978-09", "ASSERTS"), ("date", "1978-09-17", "ASSERTS"))
    assert not differ(("place", "camp-david", "ASSERTS"), ("place", "us", "ASSERTS"))
    assert differ(("place", "camp-david", "ASSERTS"), ("place", "cairo", "ASSERTS"))


def test_of_several_places_that_claims_name_it_is_asked_which_lie_in_others() -> None:
    claims = [
        {"id": f"claim:{value}", "property": "place", "value": value}
        for value in ("camp-david", "us", "maryland")
    ]
    around = {"id": "place:maryland", "name": "Maryland", "partOf": {"id": "place:us"}}
    place = {"id": "place:camp-david", "name": "Camp David", "partOf": around}
    document = "{ place { id name partOf { id name partOf { id } } } claims { id property value } }"
    asked = Asked("/", "", LANGUAGES["en"], "", chosen=True)
    asked.question = Question("", "", document, ())
    view = View(asked, {"place": place, "claims": claims})
    assert view.unnamed == ["place:us"]
    view.name_records([{"id": "place:us", "name": "United States", "partOf": None}])
    assert view.within == {
        "us": {"us"},
        "maryland": {"maryland", "us"},
        "camp-david": {"camp-david", "maryland", "us"},
    }
    assert view.value(claims[1]) == "United States"
    claims[1:] = []
    assert View(asked, {"place": {**place, "partOf": None}, "claims": claims}).unnamed == []


async def test_the_first_page_asks_which_contested_places_lie_in_others(
    answerer: Answerer,
) -> None:
    question = read_questions(answerer.catalog.schema)["home"]
    asked = Asked("/", "", LANGUAGES["en"], "", chosen=True)
    asked.question = question
    data = orjson.loads((await answerer.answer(GraphQLRequest(question.document))).json)["data"]
    claim = data["contested"]["nodes"][0]["claims"]["nodes"][0]
    claims = [{**claim, "property": "place", "value": value} for value in ("camp-david", "us")]
    data["contested"]["nodes"][0]["claims"]["nodes"] = claims
    assert {"place:camp-david", "place:us"} <= {*View(asked, data).unnamed}


async def test_a_role_of_several_participants_is_in_the_plural(site: httpx.AsyncClient) -> None:
    for tag, one, several in (
        ("en", "third party", "signatories"),
        ("ar", "الطرف الثالث", "الموقّعون"),
        ("tr", "üçüncü taraf", "imzacılar"),
    ):
        html = (await site.get("/agreement/camp-david-framework", params={"lang": tag})).text
        assert f"<dt>{one}</dt>" in html
        assert f"<dt>{several}</dt>" in html
        assert LANGUAGES[tag].label("SIGNED") != LANGUAGES[tag].label("SIGNATORY")


async def test_a_list_parts_what_it_tells_of_a_record(site: httpx.AsyncClient) -> None:
    html = (await site.get("/actors", params={"lang": "en", "name": "Güler"})).text
    assert '<p class="under">person · <bdi>Türkiye</bdi></p>' in html
    html = (await site.get("/articles", params={"lang": "en"})).text
    assert TAGS.sub("", html).count("Syria TV · date not stated")


async def test_a_list_names_who_took_part_in_an_event(site: httpx.AsyncClient) -> None:
    html = (await site.get("/agreements", params={"lang": "en"})).text
    line = html[html.index('"/agreement/camp-david-framework') :].partition("</article>")[0]
    (told,) = re.findall('<p class="under parties">(.*)</p>', line)
    parties, signatories, third = TAGS.sub("", told).split(" · ")
    assert parties == "parties: Egypt, Israel"
    assert signatories == "signatories: Anwar Sadat, Menachem Begin"
    assert third == "third party: Jimmy Carter"
    event = json.loads((await site.get("/events", headers={"accept": "application/json"})).content)
    node = event["data"]["list"]["nodes"][0]
    one = {"role": "PARTY", "actor": {"id": "actor:a", "name": "A"}}
    node["participants"] = {"totalCount": 1_012, "nodes": [one] * 9}
    for tag, end in (("ar", "و١٬٠٠٤ آخر"), ("en", "1,004 more"), ("tr", "1.004 kişi veya")):
        view = View(Asked("/events", "", LANGUAGES[tag], "", chosen=False), {"node": node})
        written = TAGS.sub("", view.event_line(node))
        assert end.replace("١٬٠٠٤", view.number(1_004)) in written
        assert written.count("A") >= 8


async def test_a_claim_on_a_date_is_told_in_words(site: httpx.AsyncClient) -> None:
    html = (await site.get("/claims", params={"property": "date", "lang": "en"})).text
    found = re.findall('<h3><a href="/claim/[^"]+"><bdi>([^<]+)', html)
    assert {"17 September 1978", "September 1978"} <= set(found)
    view = View(Asked("/", "", LANGUAGES["en"], "", chosen=False), {})
    assert view.edtf("XXXX-07") == "in a July; the year is not stated"
    assert view.edtf("last summer") == "last summer"


async def test_what_claims_are_about_is_chosen_in_the_reader_s_language(
    site: httpx.AsyncClient,
) -> None:
    given = {"property": "date", "lang": "tr"}
    html = (await site.get("/claims", params=given)).text
    (choice,) = re.findall(r'<select id="property".*?</select>', html, re.DOTALL)
    options = dict(re.findall('<option value="([^"]+)"[^>]*>([^<]+)', choice))
    assert '<option value="date" selected>tarih' in choice
    assert options["participants"] == "katılımcılar"
    assert options["heading"] == "başlık (hüküm)", "which only provisions have"
    assert len({*options.values()}) == len(options)
    assert '<p class="under told">kaydın ayrıntısı: <bdi>tarih</bdi></p>' in html
    claims = (await site.get("/claims", headers={"accept": "application/json"})).json()
    asked = {one["property"].partition(".")[0] for one in claims["data"]["list"]["nodes"]}
    assert asked <= options.keys()
    other = (await site.get("/claims", params={"property": "participants.host"})).text
    assert '<option value="participants.host" selected>' in other


async def test_a_form_without_usual_conditions_shows_them_all(site: httpx.AsyncClient) -> None:
    for path, hidden in (("/claims", False), ("/events", True)):
        html = (await site.get(path)).text
        form = html[html.index('<form class="filter"') :].partition("</form>")[0]
        assert ("<details" in form) is hidden


async def test_a_row_that_no_claim_supports_says_so(site: httpx.AsyncClient) -> None:
    html = (await site.get("/agreement/camp-david-framework", params={"lang": "en"})).text
    rows = (
        html[html.index('<dl class="rows">') :].partition("</dl>")[0].split('<div class="row">')[1:]
    )
    unsaid, found = "no quotation recorded", {}
    for row in rows:
        found[row.partition("</dt>")[0].removeprefix("<dt>")] = unsaid in row, "who says so" in row
    assert found["date"] == found["type"] == (False, True)
    assert found["place"] == found["status"] == found["signed"] == (True, False)
    assert "where they are recorded" in html
    talks = (await site.get("/meeting/camp-david-talks", params={"lang": "en"})).text
    (guests,) = re.findall(r"<dt>guests?</dt>(.*?)<details", talks, re.DOTALL)
    assert "no quotation recorded" in guests, "the only claim on them denies another"


async def test_programs_get_the_answer_as_json_and_known_pages_are_not_sent_again(
    site: httpx.AsyncClient,
) -> None:
    answer = await site.get(AGREEMENT, headers={"accept": "application/json"})
    assert answer.json()["data"]["node"]["status"] == "SIGNED"
    page = await site.get(AGREEMENT)
    again = await site.get(AGREEMENT, headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    missing = await site.get("/meeting/none", headers={"accept": "application/json"})
    assert (missing.status_code, missing.json()["errors"][0]["extensions"]["code"]) == (
        404,
        "NOT_FOUND",
    )


async def test_a_page_is_kept_beside_answers(answerer: Answerer) -> None:
    store, pages = AnswerStore(10_000_000), Site(answerer.catalog)
    pages.open(answerer, store=store)
    async with connect(Starlette(routes=pages.routes)) as client:
        client.headers.update(BROWSER)
        responses = [await client.get(AGREEMENT, params={"lang": "en"}) for _ in range(4)]
        assert (hits := store.hits) > 0
        assert len({response.content for response in responses}) == 1
        known = {"if-none-match": responses[0].headers["etag"]}
        again = await client.get(AGREEMENT, params={"lang": "en"}, headers=known)
        assert (again.status_code, store.hits) == (304, hits + 1)
        other = await client.get(AGREEMENT, params={"lang": "ar"})
        assert 'lang="ar" dir="rtl"' in other.text
        missing = [await client.get("/meeting/none") for _ in range(3)]
        assert {response.status_code for response in missing} == {404}
    assert store.hits == hits + 1


async def test_the_question_behind_a_page_opens_in_the_playground(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    html = (await site.get("/events", params={"kind": "MEETING"})).text
    (address,) = re.findall(r'href="(/graphql\?[^"]+)"', html)
    asked = httpx.URL(unescape(address)).params
    request = GraphQLRequest(asked["query"], variables=orjson.loads(asked["variables"]))
    assert (await answerer.answer(request)).code is None
    assert orjson.loads(asked["variables"])["filter"] == {"kind": ["MEETING"]}


async def test_the_page_of_a_wrong_field_names_it_and_has_the_form_as_it_was_filled_in(
    site: httpx.AsyncClient,
) -> None:
    given = {"country": "<b>", "from": "soon", "contested": "true", "actor": "Güler", "lang": "tr"}
    chosen = {"place": "place:damascus", "publisher": "actor:none"}
    response = await site.get("/events", params=given | chosen)
    assert response.status_code == 400
    assert "<h1>Girdiklerinizi gözden geçirin</h1>" in response.text
    wrong = re.findall(r'<li id="wrong-(\w+)"><a href="#\1">([^<]+)</a>: (.*)</li>', response.text)
    assert wrong == [
        (
            "from",
            "başlangıç",
            "<bdi>soon</bdi> – bir yıl, ay ya da gün yazın: 2025, 2025-08 ya da 2025-08-13",
        ),
        ("country", "yerin ülkesi", "<bdi>&lt;b&gt;</bdi> – listeden birini seçin"),
    ]
    assert re.findall(r'aria-describedby="wrong-(\w+)"', response.text) == ["from", "country"]
    assert re.search('<input id="from"[^>]* type="text"[^>]* value="soon">', response.text)
    assert "<option selected>&lt;b&gt;</option>" in response.text, "as it was written"
    assert ' · <a href="/events?lang=tr">Olaylar</a></p>' in response.text
    assert "<title>Girdiklerinizi gözden geçirin · Olaylar · Mithaq</title>" in response.text
    for kept in ('"contested" type="checkbox" value="true" checked', 'value="Güler"'):
        assert kept in response.text
    assert 'name="place" value="place:damascus"><bdi>Şam</bdi>' in response.text
    assert 'dir="auto" value="actor:none"' in response.text, "there is none"
    assert "<details open><summary>Diğer koşullar" in response.text, "a condition there is set"
    assert re.search('<details><summary>İngilizce.*\n<p class="note" lang="en"', response.text)
    search = await site.get("/search", params={"text": "Ankara", "kinds": "X", "lang": "ar"})
    assert 'name="text" type="text" dir="auto" value="Ankara"' in search.text
    assert "اختر من القائمة</li>" in search.text
    assert (await site.post("/events")).status_code == 405
    for number in ("x", "9" * 20, "9" * 5000):
        revision = await site.get(f"/revision/{number}", params={"lang": "tr"})
        assert revision.status_code == 400
        assert f"numara: <bdi>{number}</bdi> – bir tam sayı yazın" in revision.text
        assert ">revizyon</a>" in revision.text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("path", ["/static/style.css", "/events"])
async def test_a_refused_method_is_told_with_those_that_are_allowed(
    site: httpx.AsyncClient, path: str, accept: str
) -> None:
    response = await site.post(path, headers={"accept": accept})
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]
    assert response.headers["content-type"].startswith(accept)
    assert "NOT_FOUND" not in response.text


async def test_a_form_keeps_several_values_of_a_field(site: httpx.AsyncClient) -> None:
    given = {"language": ["ar", "en"], "source": ["article:syria-turkey-memorandum", "dataset:x"]}
    html = (await site.get("/articles", params={"lang": "en", **given})).text
    for name, values in given.items():
        inputs = re.findall(rf'<input ([^>]*)name="{name}"[^>]* value="([^"]*)"', html)
        assert [value for _, value in inputs] == [*values, ""]
        assert 'type="hidden"' in inputs[0][0] or f'id="{name}"' in inputs[0][0]
        assert "aria-label=" in inputs[-1][0]


async def test_values_are_added_to_a_field_and_taken_away_without_scripts(
    site: httpx.AsyncClient,
) -> None:
    """Those that were chosen are named, and stay; what is empty in the form adds nothing."""
    given = {"kind": ["MEETING", "AGREEMENT"], "country": ["TR", "SY"], "lang": "en"}
    html = (await site.get("/events", params=given | {"actor": "actor:yasar-guler"})).text
    chips = re.findall(
        r'<span class="chip"><input type="hidden" name="(\w+)" value="([^"]+)"><bdi>([^<]+)</bdi> '
        r'<a href="([^"]+)" aria-label="Remove ([^"]+)">',
        html,
    )
    assert [chip[:3] for chip in chips] == [
        ("kind", "MEETING", "meeting"),
        ("kind", "AGREEMENT", "agreement"),
        ("country", "TR", "Türkiye"),
        ("country", "SY", "Syria"),
        ("actor", "actor:yasar-guler", "Yaşar Güler"),
    ]
    without = httpx.URL(unescape(chips[0][3])).params
    assert (without.get_list("kind"), without.get_list("country")) == (["AGREEMENT"], ["TR", "SY"])
    assert '<select id="kind" name="kind">\n<option value="">or …</option>' in html
    assert re.search('<input id="actor" [^>]*placeholder="and …"[^>]* value="">', html)
    again = {"kind": ["MEETING", ""], "country": "", "actor": ["actor:yasar-guler", ""]}
    json = await site.get("/events", params=again, headers={"accept": "application/json"})
    assert json.json()["data"]["list"]["totalCount"] == 1


async def test_a_form_s_conditions_are_told_in_words(site: httpx.AsyncClient) -> None:
    given = {"country": ["TR", "SY"], "actor": ["actor:yasar-guler", "<b>"], "from": "2025-07-01"}
    html = (await site.get("/events", params={"lang": "tr", "contested": "true", **given})).text
    (told,) = re.findall('<p class="under told">(.*)</p>', html)
    assert unescape(TAGS.sub("", told)).split(" · ") == [
        "başlangıç: 1 Temmuz 2025",
        "yerin ülkesi: Türkiye, Suriye",
        "katılan: Yaşar Güler, <b>",
        "kaynaklar çelişiyor",
    ]
    articles = (await site.get("/articles", params={"lang": "en", "language": "ar"})).text
    assert '<p class="under told">language: <bdi>Arabic</bdi></p>' in articles
    refused = (await site.get("/events", params={"lang": "en", "from": "soon"})).text
    assert '<p class="under told">' not in refused, "the form is open"
    assert '<p class="under told">' not in (await site.get("/events", params={"lang": "en"})).text


async def test_a_field_that_a_page_does_not_have_is_told(site: httpx.AsyncClient) -> None:
    given = {"contry": "TR", "utm_source": "<b>", "lang": "tr"}
    page = await site.get("/events", params=given)
    assert page.status_code == 200
    (note,) = re.findall('<p class="release">(Adresin, bu sayfanın tanımadığı.*)</p>', page.text)
    assert re.findall("<bdi>([^<]+)</bdi>", note) == ["contry", "utm_source"]
    ((address, named),) = re.findall('<a href="([^"]+)">([^<]+)</a>', note)
    assert named == "bunu mu demek istediniz: country"
    assert dict(httpx.URL(unescape(address)).params) == {
        "country": "TR", "utm_source": "<b>", "lang": "tr",
    }  # fmt: skip
    for path, accepted in (("/events", "application/json"), ("/events.atom", "*/*")):
        refused = await site.get(path, params=given, headers={"accept": accepted})
        (error,) = refused.json()["errors"]
        assert (refused.status_code, error["extensions"]["code"]) == (400, "UNKNOWN_FIELD")
        assert "'contry', 'utm_source'; it has: actor, " in error["message"]
    for path in (
        "/events?lang=en&after=",
        f"{ARTICLE}?foo=",
        "/releases?page=/events",
        "/?lang=ar",
    ):
        assert '<p class="release">' not in (await site.get(path)).text, path
    for path in ("/revision/1?number=2", f"{ARTICLE}?id=article:x", "/search?q=x"):
        assert '<p class="release">' in (await site.get(path)).text, path


async def test_values_of_a_field_of_one_value_before_the_last_are_told(
    site: httpx.AsyncClient,
) -> None:
    query = "from=1978&from=1979&kind=MEETING&kind=AGREEMENT&to=2000&to=2000&lang=en"
    page = await site.get(f"/events?{query}")
    (note,) = re.findall('<p class="release">(Parts of the address.*?)</p>', page.text)
    assert re.findall("<bdi>([^<]+)</bdi>", note) == ["from=1978"]
    refused = await site.get(f"/events?{query}", headers={"accept": "application/json"})
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert error["message"] == "`from` has several values, of which one is used: give one."


async def test_a_language_that_pages_are_not_in_is_told(site: httpx.AsyncClient) -> None:
    """The page is in the accepted language; its links and its feed do not keep the other one."""
    for path in ("/events?kind=MEETING&lang=fr", f"{ARTICLE}?lang=<b>"):
        page = await site.get(path, headers={"accept-language": "fr,tr;q=0.5"})
        assert (page.status_code, page.headers["content-language"]) == (200, "tr")
        (note,) = re.findall(
            '<p class="release">(Adresin, bu sayfanın tanımadığı.*?)</p>', page.text
        )
        tag = path.rpartition("=")[2]
        assert unescape(TAGS.sub("", note)).endswith(f": lang={tag}")
        links = set(map(unescape, re.findall(' href="([^"]+)"', page.text)))
        assert {tag for link in links for tag in httpx.URL(link).params.get_list("lang")} == {
            *LOCALES
        }
    for path, accepted in (("/events", "application/json"), ("/events.atom", "*/*")):
        refused = await site.get(path, params={"lang": "fr"}, headers={"accept": accepted})
        (error,) = refused.json()["errors"]
        assert (refused.status_code, error["extensions"]["code"]) == (400, "BAD_USER_INPUT")
        expected = '"fr" is not a language of the pages: `lang` is one of ar, en, tr.'
        assert error["message"] == expected
    wrong = await site.get("/events", params={"lang": "fr", "from": "soon"})
    assert (wrong.status_code, "<bdi>lang=fr</bdi>" in wrong.text) == (400, True)


async def test_the_id_of_another_kind_of_record_is_refused(site: httpx.AsyncClient) -> None:
    """The record of the field's kind with the same key is not meant."""
    accepts_json = {"accept": "application/json"}
    for name, id_ in {"actor": "place:turkey", "place": "actor:ankara", "topic": "foo:bar"}.items():
        given = {name: id_, "lang": "en"}
        refused = await site.get("/events", params=given, headers=accepts_json)
        assert refused.status_code == 400
        (error,) = refused.json()["errors"]
        assert error["extensions"] == {"code": "BAD_ID"}
        expected = f'"{id_}" is not an id for {name}: write words of the name, or "{name}:<key>".'
        assert error["message"] == expected
        page = (await site.get("/events", params=given)).text
        assert re.findall(r'<li id="wrong-(\w+)">', page) == [name]
        assert f'value="{id_}"' in page
        feed = await site.get("/events.atom", params=given, headers=accepts_json)
        assert feed.status_code == 400


async def test_a_field_is_named_as_wrong_if_its_value_is_refused(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    fields = {
        (field.name, str(field.type)): (f"/{name}", field)
        for name, question in read_lists(answerer.catalog.schema).items()
        for field in question.fields
        if field.place
    }
    named = set()
    for path, field in fields.values():
        for value in ("soon", "foo:bar", "XX", "true", "2025-02-29"):
            response = await site.get(path, params={field.name: value})
            is_refused = response.status_code == 400
            assert is_refused or response.status_code == 200
            assert (f'id="wrong-{field.name}"' in response.text) is is_refused, (path, value)
            named |= {field.name} if is_refused else set()
    assert named >= {"from", "country", "kind", "undated", "actor", "source", "language", "order"}


async def test_a_field_with_a_nul_is_named_and_no_record_has_one_in_its_key(
    site: httpx.AsyncClient,
) -> None:
    for path, name in (
        ("/events", "words"),
        ("/claims", "subject"),
        ("/events", "actor"),
        ("/search", "text"),
        ("/topics", "scheme"),
    ):
        response = await site.get(path, params={name: "actor:\0", "lang": "tr"})
        assert (response.status_code, f'id="wrong-{name}"' in response.text) == (400, True)
        assert (await site.get(path, params={"after": "\0"})).text.count('id="wrong-') == 0
    for path in ("/meeting/%00", "/topic/a%00/b"):
        assert (await site.get(path)).status_code == 404


async def test_the_page_of_a_cursor_of_another_list_leads_to_the_list_s_beginning(
    site: httpx.AsyncClient,
) -> None:
    found = await site.get("/meetings", params={"country": "TR", "after": "x", "lang": "en"})
    assert found.status_code == 400
    assert '<a href="/meetings?country=TR&amp;lang=en">To the beginning of the list' in found.text
    long = await site.get("/events", params={"words": "a " * 2000, "lang": "ar"})
    assert (long.status_code, "استعمل عدداً أقل" in long.text) == (400, True)


@pytest.mark.parametrize(
    ("path", "given", "tried"),
    [
        (
            "/search",
            {"text": 'Ankara "military training" <b>'},
            {
                '"military training" <b>': {"text": '"military training" <b>'},
                "Ankara <b>": {"text": "Ankara <b>"},
                'Ankara "military training"': {"text": 'Ankara "military training"'},
            },
        ),
        ("/search", {"text": "Receptio"}, {"Receptio*": {"text": "Receptio*"}}),
        ("/search", {"text": "x" * 5 + "*"}, {}),
        ("/search", {"text": " ".join("abcdefghi")}, {}),
        (
            "/meetings",
            {"words": "Receptio", "country": "FR", "order": "DATE"},
            {
                "Receptio*": {"words": "Receptio*", "country": "FR", "order": "DATE"},
                "without the condition: with these words": {"country": "FR", "order": "DATE"},
                "without the condition: country of the place": {
                    "words": "Receptio",
                    "order": "DATE",
                },
            },
        ),
    ],
)
async def test_a_search_that_finds_nothing_leads_to_searches_with_less(
    site: httpx.AsyncClient, path: str, given: dict[str, str], tried: dict[str, Any]
) -> None:
    html = (await site.get(path, params={"lang": "en", **given})).text
    assert "Nothing meets all of these conditions." in html
    assert "no records" not in html
    assert "0 records" not in html
    links = re.findall(r'<li><a href="([^"]+)"><bdi>([^<]+)</bdi></a></li>', html)
    found = {unescape(words): dict(httpx.URL(unescape(to)).params) for to, words in links}
    assert found == {words: {"lang": "en", **fields} for words, fields in tried.items()}
    assert "Try instead" not in (await site.get(path, params={"lang": "en", "text": "Ankara"})).text


@pytest.mark.parametrize(
    "path", ["//other.example/a", "/%5Cother.example/a", "/%2F/other.example/a"]
)
async def test_links_of_a_page_do_not_leave_the_site(site: httpx.AsyncClient, path: str) -> None:
    response = await site.get(f"http://mithaq{path}")
    assert response.status_code == 404
    assert '<a href="/other.example/a?lang=ar"' in response.text


async def test_the_page_of_an_unknown_address_leads_on_in_the_reader_s_language(
    site: httpx.AsyncClient,
) -> None:
    for path, words in (
        ("/meetng/ankara-reception", "ankara reception"),
        ("/no_where", "no where"),
    ):
        for tag, told in (
            ("ar", "لا شيء مسجَّل في هذا العنوان"),
            ("en", "Nothing is recorded at"),
            ("tr", "Bu adreste kayıtlı bir şey yok"),
        ):
            response = await site.get(path, params={"lang": tag})
            assert response.status_code == 404
            html = response.text[response.text.index("<main") :]
            assert told in html
            assert "Not Found" not in html
            assert (
                f'<input id="sought" name="text" type="search" dir="auto" value="{words}">' in html
            )
            assert f'<input type="hidden" name="lang" value="{tag}">' in html
            assert f'<a href="/meetings?lang={tag}">' in html
    unknown = await site.get("/meeting/none", params={"lang": "tr"})
    assert "There is no such record" not in unknown.text
    assert "Bu adreste kayıtlı bir şey yok" in unknown.text


async def test_text_of_others_is_no_markup(site: httpx.AsyncClient) -> None:
    response = await site.get("/search", params={"text": '"><script>alert(1)</script>'})
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    ("edtf", "precision", "days", "words"),
    [
        ("2025-07-03", "DAY", ("2025-07-03", "2025-07-03"), "3 July 2025"),
        ("2025-07", "MONTH", ("2025-07-01", "2025-07-31"), "July 2025"),
        ("2025?", "YEAR", ("2025-01-01", "2025-12-31"), "2025, not certain"),
        ("../1979-03-26", "RANGE", (None, "1979-03-26"), "on or before 26 March 1979"),
        ("XXXX-07", "PARTIAL", (None, None), "in a July; the year is not stated"),
        ("XXXX-07-12", "PARTIAL", (None, None), "on a 12 July; the year is not stated"),
        (None, "UNKNOWN", (None, None), "date not stated"),
    ],
)
def test_dates_are_told_in_words(
    edtf: str | None, precision: str, days: tuple[str | None, str | None], words: str
) -> None:
    found = {"edtf": edtf, "precision": precision, "earliest": days[0], "latest": days[1]}
    assert tell_date(found, LANGUAGES["en"]) == words


async def test_arabic_s_fields_have_an_article_and_its_kinds_none(site: httpx.AsyncClient) -> None:
    async def get(path: str) -> str:
        return (await site.get(path, params={"lang": "ar"})).text

    place, event = await get("/place/ankara"), await get("/meeting/ankara-reception")
    assert '<span class="kind">مكان</span>' in place
    assert "<dt>المكان</dt>" in event
    assert '<span class="kind">مقال</span>' in await get(ARTICLE)
    search, events = await get("/search?text=Ankara"), await get("/events")
    assert '<option value="PLACE">مكان</option>' in search
    assert '<option value="PLACE">المكان</option>' in events, "the order by place"
    assert '<label for="place">المكان</label>' in events


def test_arabic_has_the_levant_s_months() -> None:
    found = {"edtf": "XXXX-07", "precision": "PARTIAL", "earliest": None, "latest": None}
    assert tell_date(found, LANGUAGES["ar"]) == "في شهر تموز؛ السنة غير مذكورة"


async def test_feeds_and_sitemaps_are_xml_with_whole_addresses(site: httpx.AsyncClient) -> None:
    for path, kind in (
        ("/events.atom?kind=MEETING", "atom+xml"),
        ("/sitemap/events-1.xml", "xml"),
    ):
        response = await site.get(path)
        assert response.headers["content-type"] == f"application/{kind}; charset=utf-8"
        tree = ET.fromstring(response.content)
        found = [item.text for item in tree.iter() if item.tag.endswith(("}id", "}loc"))]
        assert "http://mithaq/meeting/ankara-reception" in found
    feed = ET.fromstring((await site.get("/articles.atom?lang=en")).content)
    texts = [item.text for item in feed.iter() if item.text and item.text.strip()]
    assert f"http://mithaq{ARTICLE}" in texts
    assert texts.count(f"{AT:%Y-%m-%dT%H:%M:%SZ}") >= 2, "that of each article is its recordedAt"
    assert "date not stated · Syria TV" in texts
    index = await site.get("/sitemap.xml")
    assert "<loc>http://mithaq/sitemap/events-1.xml</loc>" in index.text
    assert (await site.get("/sitemap/events-2.xml")).status_code == 404
    robots = await site.get("/robots.txt")
    assert robots.text.endswith("Sitemap: http://mithaq/sitemap.xml")


async def test_a_list_is_downloaded_with_the_filter_of_its_form(
    site: httpx.AsyncClient,
) -> None:
    given = {"type": "TREATY", "from": "1979-01-01", "certainly": "true", "country": "SY"}
    html = (await site.get("/agreements", params=given)).text
    for ending in FORMATS:
        (address,) = re.findall(rf'href="(/export/agreements.{ending}\?[^"]+)"', html)
    asked = httpx.URL(unescape(address)).params
    assert orjson.loads(asked["filter"]) == {
        "type": ["TREATY"],
        "date": {"within": {"from": "1979-01-01"}},
        "place": {"country": {"eq": "SY"}},
    }
    assert orjson.loads(asked["orderBy"]) == [{"field": "DATE", "direction": "DESC"}]


async def test_each_list_of_the_schema_has_a_page_and_a_valid_question(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    lists = read_lists(answerer.catalog.schema)
    assert lists.keys() <= list_tables(answerer.catalog).keys(), "each can be downloaded"
    assert lists.keys() >= {*LISTS, "events", "agreements", "offices"}
    for name, question in lists.items():
        response = await site.get(f"/{name}", params={"lang": "en"})
        assert response.status_code == 200, name
        assert f"<h1>{name.capitalize()} " in response.text
        ids = re.findall(r'\sid="([^"]+)"', response.text)
        assert len(set(ids)) == len(ids), name
        fields = set(re.findall(r'name="(\w+)"', response.text)) - {"text", "lang", "viewport"}
        shown = {field.name for field in question.fields if field.place}
        assert fields - {"description", "color"} >= shown
        assert (f'href="/{name}.atom' in response.text) is question.is_fed
        title = name.capitalize() if question.is_fed else "Events"
        assert f'type="application/atom+xml" title="{title}"' in response.text
        assert ("feed of what is added (Atom)</a>" in response.text) is question.is_fed
        feed = await site.get(f"/{name}.atom")
        assert feed.status_code == (200 if question.is_fed else 404), name


# Two guests on behalf of Syria, whose host acted on behalf of Turkey.
SIDES = {"actor": ["Qasra", "Shaibani"], "onBehalfOf": ["actor:syria", "actor:turkey"]}


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/events", {"actor": "actor:murhaf-abu-qasra", "kind": "MEETING"}, 2),
        ("/meetings", {"actor": "abu Qasra", "place": "damascus"}, 1),
        ("/meetings", {"words": "Ankara reception", "country": "TR"}, 1),
        ("/provisions", {"topic": "topic:mithaq.demining"}, 1),
        ("/provisions", {"agreement": "military training", "topic": "topic:mithaq.demining"}, 1),
        ("/agreements", {"actor": "actor:yasar-guler", "role": "SIGNATORY"}, 1),
        ("/agreements", {"actor": "actor:yasar-guler", "role": "PARTY"}, 0),
        ("/events", {"actor": ["actor:murhaf-abu-qasra", "Güler"], "kind": "MEETING"}, 1),
        ("/events", {"actor": ["actor:murhaf-abu-qasra", "Güler"], "role": "HOST"}, 0),
        ("/agreements", {"actor": ["Qasra", "Güler"], "role": ["SIGNATORY", "PARTY"]}, 1),
        ("/events", {"kind": ["MEETING", "AGREEMENT"], "country": ["TR", "SY"]}, 2),
        ("/events", {"publisher": ["Syria TV", "actor:syria-tv"], "kind": "MEETING"}, 2),
        ("/events", {"onBehalfOf": "actor:turkey", "actor": "Güler", "kind": "MEETING"}, 1),
        ("/meetings", SIDES | {"role": ["HOST", "GUEST"]}, 1),
        ("/meetings", SIDES | {"role": "GUEST"}, 0),
        ("/meetings", {"source": "article:syria-turkey-memorandum"}, 2),
    ],
)
async def test_a_list_has_what_meets_all_conditions_of_the_form(
    site: httpx.AsyncClient, path: str, query: dict[str, Any], found: int
) -> None:
    json = (await site.get(path, params=query, headers={"accept": "application/json"})).json()
    assert json["data"]["list"]["totalCount"] == found
    html = (await site.get(path, params=query)).text
    feeds = {unescape(address) for address in re.findall(rf'href="({path}.atom[^"]*)"', html)}
    assert len(feeds) == (path != "/provisions")
    for address in feeds:
        kept = httpx.URL(address).params.multi_items()
        assert set(httpx.QueryParams(query).multi_items()) <= set(kept)
        assert (await site.get(address)).text.count("<entry>") == found


async def test_a_form_keeps_its_choice_of_countries_and_tells_what_no_record_can_meet(
    site: httpx.AsyncClient,
) -> None:
    async def find(**given: str) -> tuple[str, str]:
        """Return the choice of countries, with those that are chosen, and the note."""
        html = (await site.get("/events", params={"lang": "en", **given})).text
        (choice,) = re.findall(r'<label for="country".*?</select>', html, re.DOTALL)
        return choice, "".join(re.findall('<p class="note">(.*?)</p>', html))

    choice, note = await find(**{"from": "2025-01-01", "to": "2025-12-31"})
    assert '<option value="SY">Syria</option>' in choice
    offered = re.findall('<option value="([^"]+)"', choice)
    assert [check_country(code) for code in offered] == offered
    assert note == "Nothing meets all of these conditions."
    _, note = await find(**{"from": "1979-12-31", "to": "1979-01-01"})
    days = "it begins on 31 December 1979 and ends on 1 January 1979"
    assert note == f"The range of days ends before it begins: {days}."
    choice, note = await find(country="TR")
    assert 'name="country" value="TR"><bdi>Türkiye</bdi>' in choice
    assert note == ""


@pytest.mark.parametrize(
    ("given", "filtered", "shown"),
    [
        (("1978", "1979"), ("1978-01-01", "1979-12-31"), ("1978", "1979")),
        (("1978-09", "1980-02"), ("1978-09-01", "1980-02-29"), ("1978-09", "1980-02")),
        (("١٩٧٨.٩.٥", " 1978/9 "), ("1978-09-05", "1978-09-30"), ("1978-09-05", "1978-09")),
        (("1978-09-17", "1978-09-17"), ("1978-09-17", "1978-09-17"), ("1978-09-17", "1978-09-17")),
    ],
)
async def test_a_range_is_of_years_months_or_days(
    site: httpx.AsyncClient,
    given: tuple[str, str],
    filtered: tuple[str, str],
    shown: tuple[str, str],
) -> None:
    names = "from", "to"
    params = dict(zip(names, given, strict=True)) | {"lang": "en"}
    html = (await site.get("/events", params=params)).text
    (address,) = re.findall(r'href="(/export/events.csv\?[^"]+)"', html)
    bounds = orjson.loads(httpx.URL(unescape(address)).params["filter"])["date"]["overlaps"]
    assert tuple(map(bounds.get, names)) == filtered
    found = [re.findall(f'<input id="{name}"[^>]* value="([^"]*)"', html) for name in names]
    assert found == [[value] for value in shown]
    assert '"/meeting/camp-david-talks?lang=en"' in html
    assert "The range of days ends" not in html


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "0000", "25", "13.08.2025", "2025-08-"])
async def test_a_range_of_no_days_is_refused(site: httpx.AsyncClient, text: str) -> None:
    refused = await site.get("/events", params={"to": text, "lang": "en"})
    assert refused.status_code == 400
    assert "write a year, a month or a day: 2025, 2025-08 or 2025-08-13</li>" in refused.text
    assert f'value="{text}"' in refused.text


async def test_a_list_of_a_range_of_days_leads_to_the_records_without_a_stated_date(
    site: httpx.AsyncClient,
) -> None:
    given = {"from": "1978-01-01", "kind": "MEETING", "lang": "en"}
    html = (await site.get("/events", params=given)).text
    (address,) = re.findall(r'is not in this list\. <a href="([^"]+)"', html)
    asked = dict(httpx.URL(unescape(address)).params)
    assert asked == {"kind": "MEETING", "lang": "en", "undated": "true"}
    page = (await site.get(unescape(address))).text
    assert "/meeting/ankara-reception" in page
    assert "/meeting/camp-david-talks" not in page
    assert re.search('<input id="undated"[^>]* checked>', page)
    assert "is not in this list" not in page
    assert (await site.get("/events", params={"undated": "maybe"})).status_code == 400


def test_a_chart_has_what_is_known() -> None:
    view = View(Asked("/events", "", LANGUAGES["en"], "", chosen=False), {})
    years = [{"keys": [{"value": year, "label": None}], "count": 1} for year in ("1999", "1998")]
    unknown = {"keys": [{"value": None, "label": None}], "count": 9}
    bars = view.bars([*years, unknown], "period")
    assert [bar.label for bar in bars] == ["1999", "1998"]
    assert bars[0].address == "/events?from=1999&to=1999"


async def test_a_page_says_nothing_twice_and_nothing_of_what_there_is_not(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    renderer = Site(answerer.catalog).renderer

    async def get(path: str) -> Any:
        return (await site.get(path, headers={"accept": "application/json"})).json()["data"]

    def render(name: str, data: Any) -> str:
        asked = Asked("/", "", LANGUAGES["en"], "http://mithaq", chosen=False)
        return renderer.render(f"{name}.html", View(asked, data)).decode()

    data = await get(ARTICLE)
    assert "Facts that rest on this text" in render("article", data)
    data["node"] |= {"claims": {"totalCount": 0, "nodes": []}, "title": "long " * 30}
    html = render("article", data)
    assert "Facts that rest on this text" not in html
    assert re.search('<h1 [^>]*class="long">', html)
    found = await site.get("/search", params={"text": "Ankara", "lang": "en"})
    names = re.findall('<h2 class="hit">.*?<bdi[^>]*>([^<]+)</bdi>', found.text)
    snippets = [TAGS.sub("", text) for text in re.findall('class="snippet">(.*?)</p>', found.text)]
    assert "Ankara" in names
    assert snippets
    assert not {*names} & {*snippets}
    data = await get("/actor/yasar-guler")
    assert "All of them" not in render("actor", data)
    data["node"]["events"]["totalCount"] = 70
    more = '<a href="/events?actor=actor%3Ayasar-guler">All of them: 70</a>'
    assert more in render("actor", data)


async def test_a_bar_filters_the_list_and_leaves_the_filter_again(site: httpx.AsyncClient) -> None:
    html = (await site.get("/events", params={"kind": "MEETING", "after": ""})).text
    (address,) = re.findall(r'<a href="(/events[^"]*country=TR)">', html)
    assert httpx.URL(unescape(address)).params == httpx.QueryParams(kind="MEETING", country="TR")
    chosen = (await site.get(unescape(address))).text
    assert '<a href="/events?kind=MEETING" aria-current="true">' in chosen


@pytest.mark.parametrize(
    ("path", "types"),
    [
        (ARTICLE, {"NewsArticle", "Quotation", "Event", "Organization"}),
        ("/meeting/ankara-reception", {"Event", "NewsArticle", "Quotation", "Person"}),
        ("/actor/yasar-guler", {"Person"}),
        ("/actor/turkey", {"Organization"}),
        ("/place/ankara", {"Place"}),
        ("/topic/mithaq.demining", {"DefinedTerm"}),
        ("/claims", {"ItemList", "ListItem", "Quotation"}),
        ("/search?text=turkey", {"ItemList", "ListItem"}),
        ("/search?text=Güler", {"ItemList", "Thing"}),
        ("/events?actor=actor:yasar-guler", {"Event", "Person", "Organization"}),
    ],
)
async def test_programs_get_pages_as_linked_data_of_schema_org(
    site: httpx.AsyncClient, path: str, types: set[str]
) -> None:
    response = await site.get(path, headers={"accept": "application/ld+json"})
    assert response.headers["content-type"] == "application/ld+json; charset=utf-8"
    found = response.json()
    assert found.pop("@context") == "https://schema.org"
    assert '"@type":"Organization","@id":"http://mithaq/actor/yasar-guler"' not in response.text
    assert check_linked_data(found) >= types


def test_a_term_of_office_is_drawn_within_the_time_of_all() -> None:
    days = [("2000-01-01", "2005-01-01"), ("2005-01-01", None), (None, None)]
    offices = [{"since": {"earliest": since}, "until": {"latest": until}} for since, until in days]
    first, second = draw_terms(offices)
    assert first.start + first.width == pytest.approx(second.start, abs=0.2)
    assert second.start + second.width == pytest.approx(100, abs=0.2)


def lists(html: str) -> list[str]:
    """Return the addresses of the lists that a page leads to."""
    links = html[html.index("<h2>Lists with this record") :].partition("</section>")[0]
    return [unescape(link) for link in re.findall('href="([^"]+)"', links)]


async def test_an_actor_leads_to_the_lists_with_it_and_those_who_were_met(
    site: httpx.AsyncClient,
) -> None:
    html = (await site.get("/actor/yasar-guler", params={"lang": "en"})).text
    links = {unescape(link) for link in re.findall(r'href="(/events[^"]*)"', html)}
    assert "/events?actor=actor%3Ayasar-guler&lang=en" in links
    assert ">Events in which this actor takes part</a>" in html
    form = (await site.get("/events", params={"lang": "en"})).text
    assert '<label for="actor">who took part</label>' in form
    assert '<label for="place">place</label>' in form
    (drawing,) = re.findall(r'<div class="met">(.*?)</svg>', html, re.DOTALL)
    assert ">Murhaf Abu Qasra</text>" in drawing
    assert "<h2>Who took part in the same events</h2>" in html
    assert "/offices?holder=actor%3Ayasar-guler&lang=en" in lists(html)
    assert not any("publisher=" in link or "organization=" in link for link in lists(html))
    ministry = lists((await site.get("/actor/turkey", params={"lang": "en"})).text)
    assert "/articles?publisher=actor%3Aturkey&lang=en" in ministry
    assert not any("holder=" in link for link in ministry)
    counted = re.findall('<td><a href="([^"]+)">([0-9]+) events?</a></td>', html)
    assert counted
    for address, number in counted:
        shared = (await site.get(unescape(address))).text
        assert f'<h1>Events <span class="count">{number}</span>' in shared
        assert shared.count('<span class="chip"><input type="hidden" name="actor"') == 2
    assert "Counted in the" not in html


async def test_all_of_a_list_is_offered_where_some_are_shown(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    data = (await site.get("/", headers={"accept": "application/json"})).json()["data"]
    asked = Asked("/", "", LANGUAGES["en"], "http://mithaq", chosen=False)
    for offered in ([], ["contested"], ["undated"]):
        for name in ("contested", "undated"):
            total = 12 if name in offered else len(data[name]["nodes"])
            data[name]["totalCount"] = total
        html = Site(answerer.catalog).renderer.render("home.html", View(asked, data)).decode()
        addresses = re.findall('<a href="/events[?]([a-z]+)=true">All of them: 12</a>', html)
        assert addresses == offered
        assert html.count("All of them") == len(offered)


async def test_records_that_only_claims_refer_to_are_named(site: httpx.AsyncClient) -> None:
    html = (await site.get(ARTICLE, params={"lang": "en"})).text
    assert "syrian-foreign-ministry</bdi>" not in html
    assert "organization: <bdi>Syrian Ministry of Foreign Affairs</bdi>" in html
    agreement = (await site.get(AGREEMENT, params={"lang": "tr"})).text
    assert "turkish-defence-ministry</bdi>" not in agreement


async def test_names_of_records_are_kept_for_the_pages_of_a_revision_and_a_language(
    answerer: Answerer,
) -> None:
    pages = Site(answerer.catalog)
    pages.open(answerer)
    async with connect(Starlette(routes=pages.routes)) as client:
        client.headers.update(BROWSER)
        first = await client.get(ARTICLE, params={"lang": "en"})
        asked = pages.named.misses
        assert (asked > 0, pages.named.hits) == (True, 0)
        again = await client.get(ARTICLE, params={"lang": "en"})
        assert again.content == first.content
        assert (pages.named.misses, pages.named.hits) == (asked, asked)
        arabic = await client.get(ARTICLE, params={"lang": "ar"})
        assert (pages.named.misses, pages.named.hits) == (2 * asked, asked)
        assert "وزارة الخارجية السورية" in arabic.text
        await client.get(AGREEMENT, params={"lang": "ar"})
        assert pages.named.hits > asked, "the agreement's claims refer to the same ministries"


async def test_topics_are_listed_below_the_broader_ones(site: httpx.AsyncClient) -> None:
    html = (await site.get("/topics", params={"scheme": "mithaq"})).text
    below = html[html.index("/topic/mithaq.defence-cooperation") :].partition("</ul>")[0]
    assert re.findall(r"/topic/mithaq.([^\"?]+)", below)[1:3] == [
        "military-advice",
        "military-training",
    ]
    assert 'href="/topics"' in (await site.get("/")).text


async def test_a_record_s_page_names_what_it_was_recorded_from(site: httpx.AsyncClient) -> None:
    for path in ("/actor/yasar-guler", "/place/ankara"):
        html = (await site.get(path, params={"lang": "en"})).text
        (source,) = re.findall(r'<dt>recorded from</dt><dd><a href="([^"?]+)', html)
        assert source == ARTICLE
    for path in (ARTICLE, "/meeting/ankara-reception"):  # which names its articles anyway
        assert "recorded from" not in (await site.get(path, params={"lang": "en"})).text


async def test_a_place_lists_the_places_in_it(site: httpx.AsyncClient) -> None:
    html = (await site.get("/place/ankara", params={"lang": "en"})).text
    section = html[html.index("<h2>Places in it") :].partition("</section>")[0]
    assert re.findall(r'href="([^"?]+)', section) == [
        "/place/turkish-defence-ministry-headquarters"
    ]
    other = (await site.get("/place/turkish-defence-ministry-headquarters?lang=en")).text
    assert "Places in it" not in other


@pytest.mark.parametrize(
    ("path", "name", "record"),
    [
        ("/place/ankara", "events", "/meeting/ankara-reception"),
        (
            "/topic/mithaq.demining",
            "provisions",
            "/provision/training-and-advice-memorandum.specialised-training",
        ),
    ],
)
async def test_places_and_topics_list_the_newest_records_with_them(
    site: httpx.AsyncClient, answerer: Answerer, path: str, name: str, record: str
) -> None:
    """The reception was at a place in Ankara."""
    html = (await site.get(path, params={"lang": "en"})).text
    section = html[html.index(f"<h2>{name.capitalize()}") :].partition("</section>")[0]
    assert re.findall(r'<h3><a href="([^"?]+)', section) == [record]
    assert "All of them" not in section
    data = (await site.get(path, headers={"accept": "application/json"})).json()["data"]
    data[name]["totalCount"] = 12
    asked = Asked(path, "", LANGUAGES["en"], "http://mithaq", chosen=False)
    kind = path.split("/")[1]
    more = Site(answerer.catalog).renderer.render(f"{kind}.html", View(asked, data)).decode()
    id_ = quote(data["node"]["id"], safe="")
    assert f'<a href="/{name}?{kind}={id_}">All of them: 12</a>' in more
    assert (await site.get(f"{path}-none")).status_code == 404


async def test_a_topic_has_an_address_by_scheme_and_code(site: httpx.AsyncClient) -> None:
    one, other = [await site.get(f"/topic/mithaq{mark}demining") for mark in "./"]
    assert "/provisions?topic=topic%3Amithaq.demining" in one.text
    assert one.text.count("<h1") == other.text.count("<h1") == 1


async def test_a_sitemap_s_parts_have_every_record_once(answerer: Answerer) -> None:
    found, number = [], 0
    while ids := await asyncio.to_thread(read_part, answerer, number := number + 1):
        found.append(ids)
    assert [len(ids) for ids in found[:-1]] == [4] * (len(found) - 1)
    listed = [id_ for ids in found for id_ in ids]
    assert len(set(listed)) == len(listed)
    assert list_parts({"actors": {"totalCount": len(listed)}}, 4)[-1] == f"actors-{len(found)}.xml"


def read_part(answerer: Answerer, number: int) -> list[str]:
    part = find_part(answerer, f"actors-{number}.xml", 4)
    return part.read_ids(answerer, part.prepare(answerer), revision=0)


def test_reading_for_a_sitemap_is_limited_in_time(seeded: Settings) -> None:
    """The test ends by itself if it is not."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000)"

    def count(connection: sa.Connection) -> None:
        with limit_time(connection, 0.01):
            connection.exec_driver_sql(f"{numbers} SELECT count(*) FROM n").all()

    with pytest.raises(DatabaseUnavailable) as raised:
        read(seeded, count)
    assert raised.value.code == "TIMEOUT"


WORDS = {"title", "name", "label", "heading", "text", "summary", "body", "url", "value", "via"}


def poison(found: Any) -> Any:
    """Replace every text of a document by markup."""
    if isinstance(found, list):
        return [poison(item) for item in found]
    if not isinstance(found, dict):
        return found
    return {
        key: HOSTILE if key in WORDS and isinstance(value, str) else poison(value)
        for key, value in found.items()
    }


async def test_texts_of_documents_are_shown_and_never_run(
    site: httpx.AsyncClient, answerer: Answerer
) -> None:
    pages = Site(answerer.catalog)
    for path in [ARTICLE, AGREEMENT, "/actor/turkey", "/topic/mithaq.demining"]:
        data = (await site.get(path, headers={"accept": "application/json"})).json()["data"]
        name = pages.kinds[path.split("/")[1]]
        asked = Asked(path, "", LANGUAGES["ar"], "http://mithaq", chosen=False)
        html = pages.renderer.render(f"{name}.html", View(asked, poison(data))).decode()
        assert "&lt;script&gt;" in html
        assert "<script>" not in html
        assert "<img" not in html
        assert html.count("</title>") == 1
        head, body = html.split("</head>")
        assert ("\u202e" in head, "\u202e" in body) == (False, True), "nothing is reordered"


async def test_months_are_shown_if_one_is_known(settings: Settings, answerer: Answerer) -> None:
    import_seeds = partial(import_paths, [ROOT / "seeds"], partial(write, settings), AT)
    await asyncio.to_thread(import_seeds)
    database = await open_database(settings)
    pages = Site(answerer.catalog)
    pages.open(Answerer(answerer.catalog, database))
    async with connect(Starlette(routes=pages.routes)) as client:
        home = await client.get("/?lang=en", headers=BROWSER)
    await database.close()
    assert "Latest additions" in home.text
    assert "Events by month" not in home.text, "each event of the seeds is in an unknown year"
