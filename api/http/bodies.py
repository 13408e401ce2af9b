"""A request's body, read up to a limit."""

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from api.http.compression import DECOMPRESSORS, decompress
from api.http.questions import BadRequest

# So much over the limit is read and dropped: the connection lives on where that is all there is.
GRACE = 1_000_000
CLOSE = (b"connection", b"close")
TAKEN = ((b"accept-encoding", b"gzip, zstd"),)


async def read_body(receive: Receive, limit: int, declared: bytes = b"") -> bytes:
    """Read a request's body, of the length that its header declares, if it does.

    Raises:
        BadRequest: it has more bytes than the limit (413).
        ClientDisconnect: the client left before its end.
    """
    if declared.isdigit() and int(declared[:20]) > limit + GRACE:
        raise _too_large(limit, CLOSE)
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        elif size > limit + GRACE:
            raise _too_large(limit, CLOSE)
        more = message.get("more_body", False)
    if size > limit:
        raise _too_large(limit)
    return b"".join(chunks)


def decode_body(body: bytes, coding: bytes, limit: int) -> bytes:
    """Decode a request's body as its `Content-Encoding` says.

    Raises:
        BadRequest: that is another coding (415), or the body is not of it (400), or has more bytes
            than the limit (413).
    """
    name = coding.strip().lower()
    if name in (b"", b"identity"):
        return body
    if name not in DECOMPRESSORS:
        message = f"The body's Content-Encoding `{name[:50].decode('latin-1')}` is not taken: "
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", f"{message}send gzip, zstd or none.", TAKEN)
    try:
        decoded = decompress(body, name, limit)
    except ValueError:
        message = f"The body is not one whole stream of {name.decode()}, its Content-Encoding."
        raise BadRequest(400, "BAD_REQUEST", message) from None
    if len(decoded) > limit:
        raise _too_large(limit)
    return decoded


def _too_large(limit: int, *headers: tuple[bytes, bytes]) -> BadRequest:
    message = f"The body is larger than {limit:,} bytes."
    return BadRequest(413, "BODY_TOO_LARGE", message, headers)
