"""Bodies compressed and decompressed: responses as clients take them, requests as they come."""

import asyncio
import sys
import zlib
from collections.abc import Callable
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# What fits into one packet comes no sooner for being smaller.
SMALLEST = 1_400
# What takes longer than some tenths of a millisecond would keep other requests waiting.
SMALLEST_IN_THREAD = 65_536
GZIP_LEVEL, ZSTD_LEVEL = 4, 3


def compress_gzip(body: bytes) -> bytes:
    """Compress as gzip does."""
    return zlib.compress(body, GZIP_LEVEL, wbits=31)


def compress_zstd(body: bytes) -> bytes:
    """Compress as Zstandard does."""
    return zstd.compress(body, ZSTD_LEVEL)


COMPRESS: dict[str, Callable[[bytes], bytes]] = {"gzip": compress_gzip, "zstd": compress_zstd}


def decompress_gzip(body: bytes, limit: int) -> bytes | None:
    """Decompress gzip to more than `limit` bytes at most; None if it is broken or incomplete."""
    return _decompress(zlib.decompressobj(wbits=31).decompress, body, limit)


def decompress_zstd(body: bytes, limit: int) -> bytes | None:
    """Decompress Zstandard to more than `limit` bytes at most; None if it is broken."""
    return _decompress(zstd.ZstdDecompressor().decompress, body, limit)


def _decompress(decompress: Any, body: bytes, limit: int) -> bytes | None:
    try:
        decompressed: bytes = decompress(body, limit + 1)
    except (zlib.error, zstd.ZstdError):
        return None
    if decompress.__self__.eof or len(decompressed) > limit:
        return decompressed
    return None


DECOMPRESS: dict[bytes, Callable[[bytes, int], bytes | None]] = {
    b"gzip": decompress_gzip,
    b"x-gzip": decompress_gzip,
    b"zstd": decompress_zstd,
}


async def compress(body: bytes, coding: str) -> bytes:
    """Compress a body; a large one beside the event loop."""
    if len(body) < SMALLEST_IN_THREAD:
        return COMPRESS[coding](body)
    return await asyncio.to_thread(COMPRESS[coding], body)
