"""Which responses come compressed, and how."""

import gzip
import sys
import zlib
from functools import partial

import httpx
import pytest

from api.http.compression import MIN_COMPRESSED, MIN_IN_THREAD, compress
from api.http.negotiation import choose_coding
from tests.http.conftest import code_of

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("gzip, deflate, br, zstd", "gzip"),
        ("gzip;q=0.5, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip;q=0", None),
        ("zstd;q=0, *", "gzip"),
        ("*;q=0", None),
        ("identity", None),
        ("br", None),
        ("gzip;q=high", None),
        ("", None),
    ],
)
def test_a_coding_is_what_the_client_likes_best(accept_encoding: str, coding: str | None) -> None:
    assert choose_coding(accept_encoding.encode()) == coding


def decompress(body: bytes, coding: str | None) -> bytes:
    match coding:
        case "gzip":
            return zlib.decompress(body, wbits=31)
        case "zstd":
            return zstd.decompress(body)
    return body


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("size", [MIN_COMPRESSED, MIN_IN_THREAD])
async def test_what_is_compressed_is_the_same(coding: str, size: int) -> None:
    body = b"ab" * (size // 2)
    compressed = await compress(body, coding)
    assert len(compressed) < len(body) / 10
    assert decompress(compressed, coding) == body


async def test_what_fits_into_a_packet_is_left(client: httpx.AsyncClient) -> None:
    headers = {"accept-encoding": "gzip"}
    response = await client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_an_answer_is_the_same_compressed(client: httpx.AsyncClient, coding: str) -> None:
    query = "{ articles { nodes { body } } }"
    plain = await client.post(
        "/graphql", json={"query": query}, headers={"accept-encoding": "identity"}
    )
    headers = {"accept-encoding": coding}
    request = client.build_request("POST", "/graphql", json={"query": query}, headers=headers)
    response = await client.send(request, stream=True)
    sent = b"".join([part async for part in response.aiter_raw()])
    assert response.headers["content-encoding"] == coding
    assert response.headers["content-length"] == str(len(sent))
    assert "accept-encoding" in response.headers["vary"]
    assert decompress(sent, coding) == plain.content
    assert len(sent) < len(plain.content) / 2


# What clients send.


QUESTION = b'{"query":"{ __typename }"}'


def pack_wide(body: bytes) -> bytes:
    """Compress as Zstandard does, so that the reader has to take memory for 128 MB."""
    wide = zstd.ZstdCompressor(options={int(zstd.CompressionParameter.window_log): 27})
    return wide.compress(body) + wide.flush()


def pack(coding: str, body: bytes) -> bytes:
    return gzip.compress(body) if "gzip" in coding else zstd.compress(body)


@pytest.mark.parametrize("coding", ["gzip", "X-GZIP", "zstd", "identity"])
async def test_a_compressed_question_is_answered(client: httpx.AsyncClient, coding: str) -> None:
    body = QUESTION
    packed = body if coding == "identity" else pack(coding.lower(), body)
    headers = {"content-type": "application/json", "content-encoding": coding}
    response = await client.post("/graphql", content=packed, headers=headers)
    assert response.json() == {"data": {"__typename": "Query"}}


compress_alike = partial(gzip.compress, mtime=0)  # so that each worker has the same cases


@pytest.mark.parametrize(
    ("coding", "body", "status", "code"),
    [
        ("br", b"{}", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("gzip, gzip", b"{}", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("gzip", QUESTION, 400, "BAD_REQUEST"),
        ("gzip", compress_alike(QUESTION)[:-9], 400, "BAD_REQUEST"),
        ("zstd", QUESTION, 400, "BAD_REQUEST"),
        ("zstd", zstd.compress(QUESTION)[:-9], 400, "BAD_REQUEST"),
        ("gzip", compress_alike(QUESTION) + compress_alike(b" "), 400, "BAD_REQUEST"),
        ("zstd", zstd.compress(QUESTION) + zstd.compress(b" "), 400, "BAD_REQUEST"),
        ("zstd", pack_wide(QUESTION), 400, "BAD_REQUEST"),
        ("gzip", compress_alike(b" " * 1_000_000) + b"x", 400, "BAD_REQUEST"),
        ("gzip", compress_alike(b" " * 1_000_001), 413, "BODY_TOO_LARGE"),
        ("gzip", compress_alike(b" " * 100_000_000, 1), 413, "BODY_TOO_LARGE"),
        ("zstd", zstd.compress(b" " * 100_000_000), 413, "BODY_TOO_LARGE"),
    ],
)
async def test_what_cannot_be_decompressed_is_refused(
    client: httpx.AsyncClient, coding: str, body: bytes, status: int, code: str
) -> None:
    headers = {"content-type": "application/json", "content-encoding": coding}
    response = await client.post("/graphql", content=body, headers=headers)
    assert (response.status_code, code_of(response)) == (status, code)
    if status == 415:
        assert response.headers["accept-encoding"] == "gzip, zstd"
        assert f"`{coding}`" in response.json()["errors"][0]["message"]
