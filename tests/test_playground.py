"""The playground in a real browser, served by the real command, with no other host in reach."""

import json
import re
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from playwright.sync_api import Request as Asked

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.intake import import_paths
from api.settings import Settings
from tests.browser import FLAGS, find_chromium
from tests.conftest import AT, ROOT, NewDatabase
from tests.server import serving
from tests.transactions import write

ARABIC = re.compile("[\u0600-\u06ff]{3}")


@pytest.fixture(scope="module")
def filled(new_sqlite: NewDatabase) -> Settings:
    """A database with the seed."""
    settings = new_sqlite()
    import_paths([ROOT / "seeds"], lambda work: write(settings, work))
    return settings


@pytest.fixture(scope="module")
def server_url(filled: Settings) -> Iterator[str]:
    """The address of `mithaq serve`."""
    with serving(filled) as address:
        yield address


@pytest.fixture
def page(server_url: str) -> Iterator[Page]:
    host = server_url.removesuffix("/graphql")
    strangers: list[str] = []

    def watch(request: Asked) -> None:
        if not request.url.startswith((host, "data:", "blob:")):
            strangers.append(request.url)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page()
        page.on("request", watch)
        page.goto(server_url)
        yield page
        browser.close()
    assert strangers == [], "the playground asks no other host"


def test_a_query_run_by_keyboard_answers_in_arabic(page: Page) -> None:
    page.locator(".graphiql-query-editor .monaco-editor").first.click()
    page.keyboard.press("Control+Enter")
    title = page.locator(".graphiql-response .view-line", has_text="title").first
    expect(title).to_have_text(ARABIC)
    expect(title.locator("> span")).to_have_css("unicode-bidi", "plaintext")


@pytest.mark.parametrize("visits", [1, 2])
def test_a_question_in_the_address_is_opened(page: Page, server_url: str, visits: int) -> None:
    if visits == 1:
        page.evaluate("localStorage.clear()")
    asked = "?query=query+Asked($n:Int){articles(first:$n){totalCount}}&variables={%22n%22:1}"
    page.goto(server_url + asked)
    expect(page.locator(".graphiql-tab", has_text="Asked")).to_have_count(1)
    page.locator(".graphiql-query-editor .monaco-editor").first.click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".graphiql-response")).to_contain_text("totalCount")


def test_without_pages_a_browser_at_the_root_is_sent_to_the_playground_and_programs_are_not(
    filled: Settings,
) -> None:
    with serving(filled, MITHAQ_PAGES="false") as address:
        root = address.removesuffix("graphql")
        with urlopen(Request(root, headers={"accept": "text/html"})) as response:
            assert response.url == address
        with pytest.raises(HTTPError) as told:
            urlopen(root)
    assert (told.value.code, json.load(told.value)["errors"][0]["extensions"]) == (
        404,
        {"code": "NOT_FOUND"},
    )


def test_there_is_a_tab_for_each_example(page: Page) -> None:
    examples = list((ROOT / "tests" / "cases" / "playground").glob("*.graphql"))
    expect(page.locator(".graphiql-tab")).to_have_count(len(examples))
    for number, example in enumerate(sorted(examples)):
        (name,) = re.findall(r"^query (\w+)", example.read_text("utf-8"), re.MULTILINE)
        tab = page.locator(".graphiql-tab").nth(number)
        expect(tab.get_by_role("button").first).to_have_text(name)


def test_the_schema_can_be_explored(page: Page) -> None:
    page.get_by_role("button", name="Show Documentation Explorer").click()
    explorer = page.locator(".graphiql-doc-explorer")
    explorer.get_by_text("Query", exact=True).first.click()
    explorer.get_by_text("meetings", exact=True).first.click()
    expect(explorer).to_contain_text("All meetings, newest first.")


def test_completion_offers_fields(page: Page) -> None:
    page.locator(".graphiql-query-editor .monaco-editor").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("{ agr")
    page.keyboard.press("Control+Space")
    expect(page.locator(".suggest-widget.visible")).to_contain_text("agreements")


def test_a_mutation_is_sent_with_the_key_in_the_pane_headers(page: Page, filled: Settings) -> None:
    key = write(filled, lambda connection: add_key(connection, "me", [KeyScope.WRITE], AT))
    page.goto(f"{page.url}?query=mutation{{deleteRecords(ids:[]){{deleted}}}}")
    page.get_by_role("button", name="Headers").click()
    page.locator(".graphiql-editor-tool .monaco-editor >> visible=true").click()
    page.keyboard.insert_text(json.dumps({"Authorization": f"Bearer {key}"}))
    page.keyboard.press("Control+Enter")
    answer = page.locator(".graphiql-response .view-lines")
    expect(answer).to_contain_text("deleted")
