"""The wheel, built and installed into an environment of its own, far from the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Response, expect, sync_playwright

from tests.browser import FLAGS, find_chromium
from tests.conftest import ROOT, NewDatabase

BASE = getattr(sys, "_base_executable", sys.executable)  # whose pip may install into any


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command that succeeds, with no settings but these, and return what it prints."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MITHAQ_")}
    result = subprocess.run(
        command, cwd=cwd, env=kept | environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="session")
def mithaq(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel that is installed once, by the first of the tests' processes."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder /= "installed"
    folder.mkdir(exist_ok=True)
    command = folder / "env" / "bin" / "mithaq"
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not command.exists():
            install(folder)
    return command


def install(folder: Path) -> None:
    """Install the wheel; its dependencies are those of the tests."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    run(BASE, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    pip = (BASE, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    where = run(python, "-c", "import api; print(api.__file__)", cwd=folder).strip()
    assert Path(where).is_relative_to(folder)


@contextmanager
def serving(mithaq: Path, cwd: Path, **environment: str) -> Iterator[str]:
    """Serve until the context ends, and give the server's address."""
    command = [str(mithaq), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=cwd, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            words = process.stdout.readline().split()
            yield next(word for word in words if word.startswith("http://"))
        finally:
            process.terminate()


def test_an_installed_wheel_makes_a_database_and_answers(
    mithaq: Path, new_database: NewDatabase, tmp_path: Path, engine: str
) -> None:
    told = {"MITHAQ_DATABASE_URL": new_database().database_url}
    if engine == "sqlite":
        told = {}  # the default: ./var
    count = run(mithaq, "init", cwd=tmp_path, **told).splitlines()[-1].partition(" created, ")[0]
    assert int(count) > 100
    assert (tmp_path / "var" / "mithaq.db").exists() is (engine == "sqlite")
    with serving(mithaq, tmp_path, **told) as address:
        body = json.dumps({"query": "{ agreements { totalCount } }"}).encode()
        request = Request(address, body, {"content-type": "application/json"})
        with urlopen(request) as response:
            assert json.load(response) == {"data": {"agreements": {"totalCount": 1}}}
        if engine == "sqlite":
            again = run(mithaq, "init", cwd=tmp_path).splitlines()[-1]
            assert again == f"0 created, 0 updated, {count} unchanged"
            check_pages(address)


def check_pages(address: str) -> None:
    """Open the home page and the playground of a server, whose files have to be there."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page()
        failed: list[str] = []

        def watch(response: Response) -> None:
            if not response.ok:
                failed.append(response.url)

        page.on("response", watch)
        page.goto(address.removesuffix("graphql"))
        expect(page.locator("h1")).to_be_visible()
        page.goto(address)
        expect(page.locator(".graphiql-tab").first).to_contain_text("Meetings")
        page.locator(".graphiql-query-editor .monaco-editor").first.click()
        page.keyboard.press("Control+Enter")
        expect(page.locator(".graphiql-response")).to_contain_text("title")
        browser.close()
    assert [url for url in failed if "/playground/" in url or "/static/" in url] == []
