"""The pages in a real browser: accessible, as wide as the screen, and legible without scripts."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from api.intake import import_paths
from api.pages.endpoint import Site
from api.pages.links import Asked
from api.pages.rendering import STATIC
from api.pages.view import View
from api.plan.catalog import build_catalog
from api.schema import SCHEMA
from api.settings import Settings
from tests.browser import FLAGS, find_chromium
from tests.conftest import AT, NewDatabase
from tests.generated import World
from tests.nodejs import FOLDER
from tests.pages.conftest import AGREEMENT, ARTICLE
from tests.server import serving
from tests.transactions import write

AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is right is only counted, and the HTML of what is wrong says where it is.
OPTIONS = {"resultTypes": ["violations"], "selectors": False}
PATHS = [
    *("/", "/events?country=TR&actor=actor:murhaf-abu-qasra", "/claims", "/search?text=turkey"),
    *("/revision/1", ARTICLE, AGREEMENT, "/actor/yasar-guler", "/place/ankara"),
]
Scheme = Literal["dark", "light"]
# What is checked in each scheme: in the second, only colours are different.
SCHEMES: dict[Scheme, list[str]] = {"light": RULES, "dark": ["color-contrast"]}


# A browser sees no difference between the databases.
pytestmark = [
    pytest.mark.usefixtures("engine"),
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True, scope="session"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def host(seeded: Settings) -> Iterator[str]:
    with serving(seeded) as address:
        yield address.removesuffix("/graphql")


@pytest.mark.parametrize(
    ("tag", "width", "schemes"),
    [("ar", 320, ["dark"]), ("en", 1280, ["light", "dark"]), ("tr", 390, ["light"])],
)
def test_pages_are_accessible_and_no_wider_than_the_screen(
    browser: Browser, host: str, tag: str, width: int, schemes: list[Scheme]
) -> None:
    """In each language, and in both schemes; in a second scheme, only colours are different."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PATHS:
        page.goto(f"{host}{path}{'&' if '?' in path else '?'}lang={tag}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for scheme, rules in zip(schemes, (RULES, ["color-contrast"]), strict=False):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("options => axe.run(options)", OPTIONS | {"runOnly": rules})
            violations = [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]]
            assert violations == [], (path, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert complaints == []
    page.close()


def test_pages_of_generated_records_are_accessible(
    browser: Browser, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    """One of each kind, in both schemes."""
    settings = new_migrated()
    ids = import_world(settings, tmp_path)
    page = browser.new_page(viewport={"width": 390, "height": 800})
    with serving(settings) as address:
        for id_ in {id_.partition(":")[0]: id_ for id_ in ids}.values():
            path = "/" + id_.replace(":", "/", 1)
            page.goto(f"{address.removesuffix('/graphql')}{path}?lang=en")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            for scheme, rules in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                found = page.evaluate("rules => axe.run({runOnly: rules})", rules)
                violations = [
                    (item["id"], item["nodes"][0]["html"]) for item in found["violations"]
                ]
                assert violations == [], (path, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.close()


def test_topics_of_many_levels_are_no_wider_than_a_phone(browser: Browser) -> None:
    topics = [
        {
            "id": f"topic:made.{level}",
            "label": f"Level {level}",
            "scheme": "made",
            "broader": {"id": f"topic:made.{level - 1}"} if level else None,
        }
        for level in range(40)
    ]
    site = Site(build_catalog(SCHEMA))
    asked = Asked("/topics", "", site.renderer.languages["ar"], "http://mithaq", chosen=True)
    html = site.renderer.render("topics.html", View(asked, {"topics": topics})).decode()
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_content(html)
    page.add_style_tag(path=STATIC / "style.css")
    expect(page.get_by_text("Level 39")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_chart_of_many_years_is_as_wide_as_a_phone_and_begins_with_the_latest(
    browser: Browser,
) -> None:
    years = [f'<li><a href="/">{year}</a></li>' for year in reversed(range(1990, 2026))]
    for direction, bars in (("ltr", years), ("rtl", years), ("ltr", years[:3])):
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.set_content(
            f'<html dir="{direction}"><meta name="viewport" content="width=device-width">'
            f'<ol class="bars time">{"".join(bars)}</ol></html>'
        )
        page.add_style_tag(path=STATIC / "style.css")
        latest, before = page.get_by_text("2025").bounding_box(), page.get_by_text("2024")
        assert latest
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        expect(page.get_by_text("2025")).to_be_in_viewport(ratio=1)
        assert ((before.bounding_box() or latest)["x"] < latest["x"]) is (direction == "ltr")
        assert latest["x"] < 200 or len(bars) > 3 or direction == "rtl", "few begin at the edge"
        page.close()


def import_world(settings: Settings, folder: Path) -> list[str]:
    """Import generated records, and return the ids of those that have keys in their lines."""
    lines = list(World(0, 0.2).lines())
    path = folder / "made.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    import_paths([path], partial(write, settings), AT)
    return [f"{line['record']}:{line['key']}" for line in lines if "key" in line]


def test_a_list_is_filtered_without_scripts(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/meetings?lang=en")
    page.get_by_label("place", exact=True).fill("Damascus")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main article")).to_have_count(1)
    page.get_by_label("Search").fill("Ankara")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("main article").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_marks_lead_to_facts_and_facts_to_marks(
    browser: Browser, host: str, *, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{host}{ARTICLE}?lang=en")
    page.locator("a[href='#facts-80-115']").click()
    fact = page.locator("#facts-80-115")
    expect(fact).to_be_in_viewport()
    fact.locator("a").first.click()
    assert page.url.endswith("#quote-80-115")
    expect(page.locator("#quote-80-115 + mark")).to_be_in_viewport()
    if scripts:
        expect(page.locator("mark.chosen").first).to_have_text("استقبل ")
        fact.get_by_role("button", name="Copy as citation").click()
        expect(fact.get_by_role("status")).to_have_text(
            re.compile("Copied|“.*” — Syria TV, .*#quote-80-115")
        )
    context.close()


# The numbers of quotes that are not on the line of the marked words' last letter, or of what is
# directly behind them.
PARTED = r"""() => [...document.querySelectorAll(".text [role=doc-noteref]")].filter((link) => {
  const { top, height } = link.getBoundingClientRect();
  const onItsLine = (text, place) => {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    const box = range.getBoundingClientRect();
    return Math.abs(box.top + box.height / 2 - top - height / 2) < height;
  };
  const words = link.previousSibling.lastChild, { nextSibling: next } = link;
  const after = next?.nodeName === "MARK" ? next.firstChild : next;
  return !onItsLine(words, words.length - 1)
    || (/^\S/.test(after?.data ?? "") && !onItsLine(after, 0));
}).map((link) => link.textContent)"""
COPIED = """(paragraph) => {
  getSelection().selectAllChildren(paragraph);
  const own = paragraph.cloneNode(true);
  for (const link of own.querySelectorAll("a")) link.remove();
  return [getSelection().toString(), own.textContent];
}"""


def test_a_quote_s_number_stays_with_its_words_and_is_not_copied(
    browser: Browser, host: str
) -> None:
    page = browser.new_page()
    for path in (ARTICLE, "/article/camp-david-1978"):
        page.goto(f"{host}{path}?lang=en")
        for width in range(320, 640, 20):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(PARTED) == [], (path, width)
        paragraphs = page.locator(".text p:has([role=doc-noteref])").all()
        assert paragraphs
        for paragraph in paragraphs:
            copied, own = paragraph.evaluate(COPIED)
            assert copied.split() == own.split()
    page.close()


def test_what_only_a_screen_needs_is_not_printed(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.goto(f"{host}{ARTICLE}?lang=en")
    unprinted = [
        page.get_by_role("search"),
        page.get_by_role("navigation").first,
        page.get_by_role("button", name="Copy as citation").first,
        page.get_by_role("contentinfo").get_by_role("link").first,
    ]
    for one in unprinted:
        expect(one).to_be_visible()
    page.emulate_media(media="print")
    for one in unprinted:
        expect(one).to_be_hidden()
    expect(page.locator("#facts-80-115")).to_be_visible()
    page.goto(f"{host}/meetings?lang=en&country=TR")
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(page.get_by_text("country of the place: Türkiye")).to_be_visible()
    expect(page.locator("main article")).to_have_count(1)
    page.emulate_media(media="screen")
    expect(page.get_by_text("country of the place: Türkiye")).to_be_hidden()
    page.close()


def test_a_phone_shows_a_list_and_its_conditions_before_the_form(
    browser: Browser, host: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{host}/meetings?lang=en&country=TR")
    expect(page.get_by_text("country of the place: Türkiye")).to_be_in_viewport()
    expect(page.locator("main article")).to_be_in_viewport()
    show = page.get_by_role("button", name="Show")
    expect(show).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    expect(show).to_be_visible()
    page.goto(f"{host}/meetings?lang=en&from=soon")
    expect(show).to_be_visible()
    page.goto(f"{host}/search?lang=en&text=ankara")
    expect(show).to_be_visible()
    expect(page.get_by_text("text: ankara")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("text: ankara")).to_be_visible()
    page.close()


TOPS = """() => [...document.querySelectorAll(".filter > p:not(.check, .send) > label")]
  .map((label) => [label.htmlFor, Math.round(label.getBoundingClientRect().top)])"""


def test_fields_of_a_row_begin_at_the_same_height_and_one_bar_is_not_drawn(
    browser: Browser, host: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{host}/events?lang=en&kind=MEETING&kind=AGREEMENT")
    tops = dict(page.evaluate(TOPS))
    assert tops["words"] == tops["kind"] == tops["from"] < tops["order"]
    page.goto(f"{host}/events?lang=en")
    expect(page.locator(".bars li:nth-child(2) .bar").first).to_be_visible()
    page.goto(f"{host}/events?lang=en&country=TR")
    expect(page.locator(".bars a[aria-current]")).to_be_visible()
    expect(page.locator(".bars .bar").first).to_be_hidden()
    page.close()


def test_a_date_that_is_none_is_told_in_the_page_s_language(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.goto(f"{host}/meetings?lang=tr")
    day = page.locator("#from")
    day.fill("13 Ağustos")
    page.get_by_role("button", name="Göster").click()
    assert day.evaluate("input => input.validationMessage") == (
        "bir yıl, ay ya da gün yazın: 2025, 2025-08 ya da 2025-08-13"
    )
    for typed in ("1978", "1978-09", "١٩٧٨/٩/١٧"):
        page.locator("#from").fill(typed)
        page.get_by_role("button", name="Göster").click()
        expect(page.locator("main article")).to_have_count(1)
    page.close()


def test_records_are_suggested_while_one_types(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.goto(f"{host}/meetings?lang=en")
    page.get_by_label("who took part").press_sequentially("abu q")
    option = page.locator("#actor-suggestions option").first
    expect(option).to_have_attribute("value", "Murhaf Abu Qasra")
    page.get_by_label("who took part").fill("Murhaf Abu Qasra")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".chip")).to_contain_text("Murhaf Abu Qasra")
    assert page.url == f"{host}/meetings?lang=en&actor=actor%3Amurhaf-abu-qasra&order=DATE"
    page.locator("#actor").fill("Güler")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main article")).to_have_count(1)
    both = "actor=actor%3Amurhaf-abu-qasra&actor=G%C3%BCler"
    assert page.url == f"{host}/meetings?lang=en&{both}&order=DATE"
    page.get_by_label("Search").press_sequentially("anka")
    expect(page.locator("#find-suggestions option[value=Ankara]")).to_be_attached()
    page.get_by_label("Search").fill("Ankara")
    page.wait_for_url(f"{host}/place/ankara?lang=en")
    page.close()
