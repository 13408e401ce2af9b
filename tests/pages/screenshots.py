"""Takes the screenshots of pages in docs/: `make screenshots`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import FLAGS, find_chromium

SHOTS = {
    "page-article": "/article/syria-turkey-memorandum?lang=en#facts-80-115",
    "page-agreement": "/agreement/training-and-advice-memorandum?lang=en",
}


def take_screenshots(host: str, folder: Path) -> None:
    """Write a PNG file of each page that a server shows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 640}, reduced_motion="reduce")
        for name, path in SHOTS.items():
            page.goto(host + path)
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=folder / f"{name}.png", animations="disabled")
        browser.close()


if __name__ == "__main__":
    take_screenshots(sys.argv[1], Path(sys.argv[2]))
