"""The playground: its page and files, all served by this server."""

from functools import lru_cache

from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from api.resources import PLAYGROUND

POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Mithaq</title>
<h1>The playground is not built yet</h1>
<p>Run <code>make setup</code> in Mithaq's folder, then load this page again.</p>
<p>The endpoint itself works: send it queries by POST.</p></html>
"""


def page() -> Response:
    """Return the playground's page, or one that says how to build it."""
    html = _read_page()
    if html is None:
        return HTMLResponse(NOT_BUILT, 503)
    return HTMLResponse(
        html, headers={"content-security-policy": POLICY, "cache-control": "no-cache"}
    )


@lru_cache(1)
def _read_page() -> str | None:
    index = PLAYGROUND / "index.html"
    return index.read_text(encoding="utf-8") if index.exists() else None


def files() -> StaticFiles:
    """Serve the page's scripts and styles."""
    return StaticFiles(directory=PLAYGROUND, check_dir=False)
