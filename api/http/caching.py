"""ETags: a hash of all that the answer to a GET depends on, computed without the answer.

An ETag contains a mark of the database, its newest revision, which is read before the answer. If
an import commits in between, the new answer is sent under the old revision's ETag; that is
harmless, since the client's next request is compared with the new revision's ETag and gets the
answer again. In the other order, an old answer would be confirmed by 304 for ever. ETags are weak,
so that one serves all compressions of an answer.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2s
from pathlib import Path

# Request headers on which the answer depends: they are in `Vary` and in the ETag.
VARIES = (b"accept", b"accept-encoding", b"accept-language", b"mithaq-cost")
CODE = Path(__file__).parents[1]


def make_etag(mark: bytes, asked: bytes, headers: Mapping[bytes, bytes]) -> bytes:
    """Return the ETag of a GraphQL request's answer at a mark of the database."""
    values = (headers.get(name, b"") for name in VARIES)
    parts = b"\0".join((read_version(), mark, asked, *values))
    return b'W/"%s"' % blake2s(parts, digest_size=12).hexdigest().encode()


def is_known(etag: bytes, if_none_match: bytes) -> bool:
    """Return whether `If-None-Match` is `*` or contains this ETag, weak or strong."""
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
