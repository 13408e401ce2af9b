"""Authentication and rate limits: check a request's API key and find its budget."""

from collections.abc import Mapping
from functools import lru_cache, partial
from ipaddress import IPv6Address, ip_address
from time import time

from starlette.types import Scope

from api.access.bucket import Buckets, Budget
from api.access.keyring import Keyring
from api.access.keys import Key
from api.access.last_used import LastUsed
from api.access.scopes import KeyScope
from api.database import Database
from api.database.transactions import write_aside
from api.http.errors import RequestError
from api.mutations import Client
from api.settings import Settings

MAX_HOST = 64  # characters of a client name that is not an IP address
NETWORK = 64  # bits of an IPv6 address that identify the client's network
Headers = Mapping[bytes, bytes]
WAIT = 1.0  # seconds that writing the last-used times waits for other writers
MISSING = "The request has no API key: send the header `Authorization: Bearer mithaq_…`."
WRONG = "The API key is not valid: it may be mistyped or revoked; `mithaq key create` creates one."
EXPIRED = "The API key has expired: `mithaq key create` creates another."


COOKIE = "mithaq-key"  # in which a browser keeps the key that a page asked for


class Access:
    """Admits requests with a valid key, and requests without a key if reading is open."""

    def __init__(self, keyring: Keyring, last_used: LastUsed, settings: Settings) -> None:
        """Store the keyring and the buffer of last-used times."""
        self.keyring = keyring
        self.last_used = last_used
        self.closed = settings.access == "keys"
        self.buckets = open_buckets(settings)
        # Whether requests without a key are checked too: for a missing key or a rate limit.
        self.checks_all = self.closed or self.buckets is not None

    async def admit(self, scope: Scope, headers: Headers) -> tuple[Budget | None, Client | None]:
        """Authenticate a request; return its budget, None if unlimited, and the client of its key.

        Raises:
            RequestError: the key is missing or not valid (401), or lacks the scope `read` (403).
            DatabaseUnavailable: the keys could not be read.
        """
        key = await self.require(headers, KeyScope.READ)
        client = None if key is None else Client(key.id, key.name, key.permits(KeyScope.WRITE))
        if self.buckets is None:
            return None, client
        return find_budget(self.buckets, scope, key.id if key else None), client

    async def require(self, headers: Headers, wanted: KeyScope) -> Key | None:
        """Return a request's key; None if the request needs and sends none.

        Raises:
            RequestError: the key is missing or not valid (401), or lacks the scope (403).
            DatabaseUnavailable: the keys could not be read.
        """
        method, _, token = headers.get(b"authorization", b"").partition(b" ")
        if method.lower() != b"bearer":  # other authentication methods are left to a proxy
            if self.closed:
                raise unauthenticated(MISSING)
            return None
        key = await self.keyring.find(token.strip())
        if key is None:
            raise unauthenticated(WRONG, b' error="invalid_token"')
        if key.expires is not None and key.expires <= time():
            raise unauthenticated(EXPIRED, b' error="invalid_token"')
        if self.closed and not key.permits(wanted):
            raise forbidden(wanted)
        self.last_used.record(key.id)
        return key

    async def close(self) -> None:
        """Flush the last-used times."""
        await self.last_used.close()


async def admit(
    access: Access | None, scope: Scope, headers: Headers
) -> tuple[Budget | None, Client | None]:
    """Return a request's budget and client: neither if nothing is checked and no key is sent.

    Raises:
        RequestError: the key is missing or not valid (401), or lacks the scope `read` (403).
        DatabaseUnavailable: the keys could not be read.
    """
    if access is None or not (access.checks_all or b"authorization" in headers):
        return None, None
    return await access.admit(scope, headers)


def open_access(database: Database, settings: Settings) -> Access:
    """Return the access rules of the settings, with the API keys of their database."""
    return Access(Keyring(database), LastUsed(partial(write_aside, settings, wait=WAIT)), settings)


def unauthenticated(message: str, parameters: bytes = b"") -> RequestError:
    """Return the error of a request without a valid key (401)."""
    headers = [(b"www-authenticate", b"Bearer" + parameters)]
    return RequestError(401, "UNAUTHENTICATED", message, headers)


def forbidden(wanted: KeyScope) -> RequestError:
    """Return the error of a key without the required scope (403)."""
    parameters = f' error="insufficient_scope", scope="{wanted}"'
    headers = [(b"www-authenticate", b"Bearer" + parameters.encode())]
    return RequestError(403, "FORBIDDEN", f"The API key lacks the scope `{wanted}`.", headers)


def open_buckets(settings: Settings) -> Buckets | None:
    """Return rate-limit buckets of the configured size; None if no rate limit is set."""
    if not settings.bucket_size:
        return None
    return Buckets(settings.bucket_size, settings.bucket_rate)


def find_budget(buckets: Buckets, scope: Scope, key: str | None) -> Budget:
    """Return the budget of a request's client."""
    return Budget(buckets, name_client(scope, key))


async def identify(access: Access | None, scope: Scope, headers: Headers) -> str:
    """Check a client's API key, and return the name under which the client is limited.

    Raises:
        RequestError: the key is missing or not valid (401), or lacks the scope `read` (403).
        DatabaseUnavailable: the keys could not be read.
    """
    key = None if access is None else await access.require(headers, KeyScope.READ)
    return name_client(scope, key.id if key else None)


def name_client(scope: Scope, key: str | None) -> str:
    """Return the name by which a client is limited: that of its API key, or of its network."""
    if key is not None:
        return f"key {key}"
    client = scope.get("client")
    return name_network(client[0]) if client else ""


@lru_cache(4096)
def name_network(host: str) -> str:
    """Return an address's network: IPv4 as it is, of IPv6 the first 64 bits."""
    try:
        address = ip_address(host)
    except ValueError:  # a proxy may pass a value that is not an address
        return host[:MAX_HOST]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{int(address) >> NETWORK:x}::/64"


def take_cookie(headers: dict[bytes, bytes]) -> None:
    """Take the key of a browser's cookie as that of `Authorization`, for requests that read."""
    if b"authorization" in headers or b"cookie" not in headers:
        return
    for pair in headers[b"cookie"].split(b";"):
        name, _, key = pair.strip().partition(b"=")
        if name == COOKIE.encode() and key:
            headers[b"authorization"] = b"Bearer " + key
