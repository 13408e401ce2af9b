"""The wheel, built and installed into an environment of its own, far from the checkout."""

import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from api.pages.rendering import STATIC
from api.resources import PLAYGROUND
from tests.conftest import ROOT

BASE = getattr(sys, "_base_executable", sys.executable)  # whose pip may install into any


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command that succeeds, with no settings but these, and return what it prints."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MITHAQ_")}
    result = subprocess.run(
        command, cwd=cwd, env=kept | environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def install(folder: Path) -> Path:
    """Install the wheel, whose dependencies are those of the tests; return its command."""
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
    return folder / "env" / "bin" / "mithaq"


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
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mithaq = install(tmp_path_factory.mktemp("installed"))
    count = run(mithaq, "init", cwd=tmp_path).splitlines()[-1].partition(" created, ")[0]
    assert int(count) > 100
    assert (tmp_path / "var" / "mithaq.db").exists()
    with serving(mithaq, tmp_path) as address:
        body = json.dumps({"query": "{ agreements { totalCount } }"}).encode()
        request = Request(address, body, {"content-type": "application/json"})
        with urlopen(request) as response:
            assert json.load(response) == {"data": {"agreements": {"totalCount": 1}}}
        again = run(mithaq, "init", cwd=tmp_path).splitlines()[-1]
        assert again == f"0 created, 0 updated, {count} unchanged"
        check_files(address.removesuffix("/graphql"))


def check_files(address: str) -> None:
    """Ask for the home page and the playground, and for each file that these are made of."""
    for page in ("/", "/graphql"):
        with urlopen(Request(f"{address}{page}", headers={"accept": "text/html"})) as response:
            assert re.search("<(script|link) ", response.read().decode())
    files = [
        (f"{address}/{name}/{path.relative_to(folder)}", path)
        for name, folder in {"playground": PLAYGROUND, "static": STATIC}.items()
        for path in folder.rglob("*.*")
    ]
    assert len(files) > 10
    for url, path in files:
        with urlopen(url) as response:
            assert response.read() == path.read_bytes()
