"""Who is let in: an Authorization header in, a key out, or 401 or 403 and nothing else."""

from collections.abc import Mapping
from functools import partial
from time import time

from starlette.types import Scope

from api.access.bucket import Budget
from api.access.keyring import Keyring
from api.access.last_used import Uses
from api.access.scopes import KeyScope
from api.database import Database
from api.database.transactions import write_aside
from api.http.questions import BadRequest
from api.http.throttle import find_budget, open_buckets
from api.settings import Settings

Headers = Mapping[bytes, bytes]
WAIT = 1.0  # seconds that writing last uses waits for other writers
MISSING = "This needs a key: send it in a header, `Authorization: Bearer mithaq_…`."
WRONG = "The key is not valid: it may be mistyped or revoked; `mithaq key create` makes another."
EXPIRED = "The key has expired: `mithaq key create` makes another."


class Access:
    """Lets requests in that show a valid key, and where reading is open those that show none."""

    def __init__(self, keyring: Keyring, uses: Uses, settings: Settings) -> None:
        """Find keys in this ring, and note their use there."""
        self.keyring = keyring
        self.uses = uses
        self.closed = settings.access == "keys"
        self.buckets = open_buckets(settings)
        # Whether requests that show no key are of any concern here.
        self.busy = self.closed or self.buckets is not None

    async def admit(self, scope: Scope, headers: Headers) -> Budget | None:
        """Let a question in, and give what it may spend; None is as much as it likes.

        Raises:
            BadRequest: it may not come in.
            Unanswered: the keys could not be read.
        """
        key = await self.require(headers, KeyScope.READ)
        return None if self.buckets is None else find_budget(self.buckets, scope, key)

    async def require(self, headers: Headers, wanted: KeyScope) -> str | None:
        """Give the id of the key that a request shows; None where it need not, and does not.

        Raises:
            BadRequest: the key is missing or not valid (401), or lacks the scope (403).
            Unanswered: the keys could not be read.
        """
        method, _, token = headers.get(b"authorization", b"").partition(b" ")
        if method.lower() != b"bearer":  # what is of another method is meant for somebody else
            if self.closed:
                raise unauthenticated(MISSING)
            return None
        key = await self.keyring.find(token.strip())
        if key is None:
            raise unauthenticated(WRONG, b' error="invalid_token"')
        if key.expires is not None and key.expires <= time():
            raise unauthenticated(EXPIRED, b' error="invalid_token"')
        if self.closed and wanted not in key.scopes:
            raise forbidden(wanted)
        self.uses.note(key.id)
        return key.id

    async def close(self) -> None:
        """Write what is to be kept."""
        await self.uses.close()


def open_access(database: Database, settings: Settings) -> Access:
    """Open the register of keys of the database that the settings name."""
    return Access(Keyring(database), Uses(partial(write_aside, settings, wait=WAIT)), settings)


def unauthenticated(message: str, parameters: bytes = b"") -> BadRequest:
    """Say that nobody knows who asks."""
    headers = [(b"www-authenticate", b"Bearer" + parameters)]
    return BadRequest(401, "UNAUTHENTICATED", message, headers)


def forbidden(wanted: KeyScope) -> BadRequest:
    """Say that a key is not for this."""
    parameters = f' error="insufficient_scope", scope="{wanted}"'
    headers = [(b"www-authenticate", b"Bearer" + parameters.encode())]
    return BadRequest(403, "FORBIDDEN", f"The key lacks the scope `{wanted}`.", headers)
