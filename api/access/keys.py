"""API keys: created once, shown once, and recognized by the digest of their secret."""

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Self

# mithaq_<id>_<secret>: the prefix lets scanners find keys that were published by mistake.
FORM = re.compile(rb"mithaq_([0-9a-f]{12})_([0-9a-f]{48})")


@dataclass(frozen=True, slots=True)
class Token:
    """A key as its holder shows it: an id that is public, and 192 random bits that are not."""

    id: str
    secret: str

    @classmethod
    def make(cls) -> Self:
        """Create a key with a random secret."""
        return cls(secrets.token_hex(6), secrets.token_hex(24))

    @classmethod
    def parse(cls, text: bytes) -> Self | None:
        """Read one; None of anything else."""
        match = FORM.fullmatch(text)
        return cls(match[1].decode(), match[2].decode()) if match else None

    def format(self) -> str:
        """Write it as `parse` reads it."""
        return f"mithaq_{self.id}_{self.secret}"

    def digest(self) -> str:
        """Return the digest of the secret, which is what the database stores.

        One SHA-256: what makes the slow hashes of passwords worth their time is that passwords can
        be guessed. Of 192 random bits none can, and a slow hash would be paid for by each request.
        """
        return sha256(self.secret.encode()).hexdigest()

    def __repr__(self) -> str:
        return f"Token({self.id!r}, …)"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as a server knows it: id, digest, scopes and expiry."""

    id: str
    digest: str
    scopes: frozenset[str]
    expires: float | None  # seconds since 1970

    def fits(self, token: Token) -> bool:
        """Return whether a token is this key's, in constant time."""
        return compare_digest(self.digest, token.digest())
