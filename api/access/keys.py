"""API keys: created once, shown once, and recognized by the digest of their secret."""

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Self

from api.access.scopes import KeyScope

# mithaq_<id>_<secret>: the prefix lets scanners find keys that were published by mistake.
TOKEN = re.compile(rb"mithaq_([0-9a-f]{12})_([0-9a-f]{48})")


@dataclass(frozen=True, slots=True)
class Token:
    """A key as its holder sends it: a public id, and a secret of 192 random bits."""

    id: str
    secret: str

    @classmethod
    def make(cls) -> Self:
        """Create a key with a random secret."""
        return cls(secrets.token_hex(6), secrets.token_hex(24))

    @classmethod
    def parse(cls, text: bytes) -> Self | None:
        """Parse a token; return None if the text is not one."""
        match = TOKEN.fullmatch(text)
        return cls(match[1].decode(), match[2].decode()) if match else None

    def format(self) -> str:
        """Return the token as text, which `parse` reads."""
        return f"mithaq_{self.id}_{self.secret}"

    def digest(self) -> str:
        """Return the digest of the secret, which is what the database stores.

        One SHA-256 is enough: slow hashes protect passwords against guessing, but 192 random bits
        cannot be guessed, and a slow hash would delay every request.
        """
        return sha256(self.secret.encode()).hexdigest()

    def __repr__(self) -> str:
        return f"Token({self.id!r}, …)"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the database stores it: id, name, digest of the secret, scopes and expiry."""

    id: str
    name: str
    digest: str
    scopes: frozenset[str]
    expires: float | None  # seconds since 1970

    def fits(self, token: Token) -> bool:
        """Return whether a token is this key's, in constant time."""
        return compare_digest(self.digest, token.digest())

    def permits(self, wanted: KeyScope) -> bool:
        """Return whether the key has a scope; `write` includes `read`."""
        return wanted in self.scopes or (wanted is KeyScope.READ and KeyScope.WRITE in self.scopes)
