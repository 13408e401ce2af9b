"""The form that asks a browser for an API key, where the server requires one.

The key is kept in a cookie that scripts cannot read and other sites cannot send in requests of
their own. Only pages and exports, which are read by GET, take it instead of `Authorization`.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from starlette.types import Receive, Scope

from api.access.bucket import Buckets
from api.access.scopes import KeyScope
from api.http.access import COOKIE, Access, name_client
from api.http.errors import RequestError
from api.http.requests import Headers, read_body
from api.http.responses import NO_STORE, Response

MAX_FORM = 4_000  # bytes of the form
# How often one client may try at once, and per second after that.
ATTEMPTS, PER_SECOND = 10, 1
# A path of this site: a browser reads `//host` and `/\host` as another one.
LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20]*")
SAFE = "/?&=%:@,;+~!$'()*"
ALLOW = (b"allow", b"POST")
FOREIGN = "The form was sent from another site: open this server's page and enter the key there."
WRONG_METHOD = "A key is sent by POST, by the form of a page that asks for it."


@dataclass(slots=True)
class KeyForm:
    """Receives keys; every client has few attempts."""

    access: Access
    attempts: Buckets

    async def receive(self, scope: Scope, receive: Receive, headers: Headers) -> Response:
        """Return the response to a form: the page that asked for a key, with the key's cookie.

        A form without a key removes the cookie.

        Raises:
            RequestError: the key is not valid (401), or lacks the scope `read` (403).
            DatabaseUnavailable: too many attempts, or the keys could not be read.
            ClientDisconnect: the client disconnected.
        """
        if scope["method"] != "POST":
            raise RequestError(405, "METHOD_NOT_ALLOWED", WRONG_METHOD, [ALLOW])
        if is_foreign(headers):
            raise RequestError(403, "FORBIDDEN", FOREIGN)
        self.attempts.take(name_client(scope, None), 1)
        body = await read_body(receive, MAX_FORM, headers.get(b"content-length", b""))
        form = parse_qs(body.decode("utf-8", "replace"))
        (key, *_), (page, *_) = form.get("key", [""]), form.get("page", ["/"])
        age = "; Max-Age=0"
        if key := re.sub(r"[^\x21-\x7e]|;", "", key):
            bearer = {b"authorization": b"Bearer " + key.encode()}
            await self.access.require(bearer, KeyScope.READ)
            age = ""
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        cookie = f"{COOKIE}={key}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"
        to = quote(page, safe=SAFE) if LOCAL.fullmatch(page) else "/"
        headers_ = ((b"location", to.encode()), (b"set-cookie", cookie.encode()), NO_STORE)
        return Response(303, headers=headers_)


def is_foreign(headers: Headers) -> bool:
    """Return whether another site sent a form, as a browser tells.

    Old ones, and those without TLS, tell the origin, of whose host proxies may leave out the port.
    """
    if (site := headers.get(b"sec-fetch-site")) is not None:
        return site != b"same-origin"
    origin = headers.get(b"origin")
    return origin is not None and not _same_host(origin, b"//" + headers.get(b"host", b""))


def _same_host(one: bytes, other: bytes) -> bool:
    """Return whether two URLs name the same host, whatever their ports; not if they have none."""
    try:
        hosts = {urlsplit(url).hostname for url in (one, other)}
    except ValueError:  # brackets of no address
        return False
    return len(hosts) == 1 and None not in hosts


def open_key_form(access: Access) -> KeyForm:
    """Return the form of a server that starts."""
    return KeyForm(access, Buckets(ATTEMPTS, PER_SECOND))
