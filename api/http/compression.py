"""Compression of responses and decompression of requests, with gzip and zstd."""

import asyncio
import sys
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# A smaller response fits in one packet, and does not arrive sooner when compressed.
MIN_COMPRESSED = 1_400
# Larger bodies are compressed in a thread, since they would block the event loop for milliseconds.
MIN_IN_THREAD = 65_536
GZIP_LEVEL, ZSTD_LEVEL = 4, 3
# The largest window of a zstd stream, which bounds the memory: 8 MB, as in RFC 9659.
WINDOW_LOG = 23


def compress_gzip(body: bytes) -> bytes:
    """Return the body compressed with gzip."""
    return zlib.compress(body, GZIP_LEVEL, wbits=31)


def compress_zstd(body: bytes) -> bytes:
    """Return the body compressed with zstd."""
    return zstd.compress(body, ZSTD_LEVEL)


COMPRESS: dict[str, Callable[[bytes], bytes]] = {"gzip": compress_gzip, "zstd": compress_zstd}


def _new_zstd_decompressor() -> Any:
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: WINDOW_LOG})


DECOMPRESSORS: dict[bytes, Callable[[], Any]] = {
    b"gzip": partial(zlib.decompressobj, wbits=31),
    b"x-gzip": partial(zlib.decompressobj, wbits=31),
    b"zstd": _new_zstd_decompressor,
}


def decompress(body: bytes, coding: bytes, limit: int) -> bytes:
    """Decompress a body, or the first `limit` + 1 bytes of one that is larger.

    Raises:
        ValueError: the body is not exactly one complete stream of this coding.
    """
    stream = DECOMPRESSORS[coding]()
    try:
        decompressed: bytes = stream.decompress(body, limit + 1)
    except (zlib.error, zstd.ZstdError) as error:
        raise ValueError(coding) from error
    if len(decompressed) <= limit and (not stream.eof or stream.unused_data):
        raise ValueError(coding)
    return decompressed


async def compress(body: bytes, coding: str) -> bytes:
    """Return a compressed body; large bodies are compressed in a thread."""
    if len(body) < MIN_IN_THREAD:
        return COMPRESS[coding](body)
    return await asyncio.to_thread(COMPRESS[coding], body)
