"""ETags: a hash of everything that an answer to GET depends on, the answer itself excluded.

The mark is made of the database's newest revision, read before the answer is. A revision that is
written in between gives the answer of the new one under the mark of the old: harmless, as no
request meets the old mark again, so that the next one gets the answer under its own. The other
way round an old answer would be confirmed for good. Marks are weak for this reason, and so fit
every compression of an answer.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2s
from pathlib import Path

# Request headers on which the answer depends: they are in `Vary` and in the ETag.
VARIES = (b"accept", b"accept-encoding", b"accept-language", b"mithaq-cost")
CODE = Path(__file__).parents[1]


def make_etag(revision: bytes, asked: bytes, headers: Mapping[bytes, bytes]) -> bytes:
    """Return the ETag of a GraphQL request's answer at a database revision."""
    said = (headers.get(name, b"") for name in VARIES)
    parts = b"\0".join((read_version(), revision, asked, *said))
    return b'W/"%s"' % blake2s(parts, digest_size=12).hexdigest().encode()


def is_known(etag: bytes, if_none_match: bytes) -> bool:
    """Return whether `If-None-Match` has this ETag, weak or strong, or `*`."""
    if if_none_match.strip() == b"*":
        return True
    known = (item.strip().removeprefix(b"W/") for item in if_none_match.split(b","))
    return etag.removeprefix(b"W/") in known


@lru_cache(1)
def read_version() -> bytes:
    """Return the hash of the code, since any change of it may change an answer."""
    digest = blake2s()
    for path in sorted(CODE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()
