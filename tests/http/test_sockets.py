"""The real server on a real socket: what is no HTTP, what is too large, what others make of it."""

from collections.abc import Iterator

import orjson
import pytest

from api.settings import Settings
from tests.http.fuzz import Connection, fuzz, mutate
from tests.http.mutations import Sent, head
from tests.server import serving

QUESTION = b'{"query":"{ __typename }"}'
ANSWER = b'{"data":{"__typename":"Query"}}'
LIMIT = 1_000_000


@pytest.fixture(scope="module")
def address(seeded: Settings) -> Iterator[str]:
    with serving(seeded) as url:
        yield url


@pytest.fixture
def connection(address: str) -> Iterator[Connection]:
    connection = Connection(address)
    yield connection
    connection.socket.close()


def post(body: bytes, *headers: str) -> Sent:
    lines = ["Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return Sent("POST", head("POST /graphql", lines) + body)


def chunk(*parts: bytes) -> Sent:
    lines = ["Content-Type: application/json", "Transfer-Encoding: chunked"]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)
    return Sent("POST", head("POST /graphql", lines) + chunks + b"0\r\n\r\n")


def check_kept(connection: Connection) -> None:
    status, _, body = connection.ask(post(QUESTION))
    assert (status, body) == (200, ANSWER)


def code_of(body: bytes) -> str:
    (error,) = orjson.loads(body)["errors"]
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (post(b'{"query":"' + b"x" * LIMIT + b'"}'), 413, "BODY_TOO_LARGE"),
        (chunk(b"x" * LIMIT, b"x" * (LIMIT - 1)), 413, "BODY_TOO_LARGE"),
        (post(b"[" * 100_000), 400, "BAD_REQUEST"),
        (post(b'{"query":"\xff"}'), 400, "BAD_REQUEST"),
        (post(b'{"query":"\\ud800"}'), 400, "BAD_REQUEST"),
        (post(b'{"query":' + b"7" * 5_000 + b"}"), 400, "BAD_REQUEST"),
        (Sent("GET", head("GET /graphql?query=%FF", [])), 400, "BAD_REQUEST"),
        (Sent("GET", head("GET /graphql?query={ü}", [])), 400, "BAD_REQUEST"),
        (Sent("GET", head("GET /gr%C3%BC\xfc%00", [])), 404, "NOT_FOUND"),
        (
            Sent("POST", head("POST /playground/x", ["Content-Length: 0"])),
            405,
            "METHOD_NOT_ALLOWED",
        ),
    ],
)
def test_what_is_wrong_costs_no_connection(
    connection: Connection, sent: Sent, status: int, code: str
) -> None:
    given, headers, body = connection.ask(sent)
    assert given == status
    assert code_of(body) == code
    assert "connection" not in headers
    check_kept(connection)


@pytest.mark.parametrize(
    "sent",
    [
        post(
            QUESTION, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMA"
        ),
        post(QUESTION, "Connection: Upgrade", "upgrade: websocket"),
        post(QUESTION, "Expect: 100-continue"),
        post(QUESTION, "X: \xff\xe9", "Accept-Language: \xff"),
        chunk(*(QUESTION[place : place + 1] for place in range(len(QUESTION)))),
        Sent("GET", head("GET /graphql?query=query{__typename}#ü", [])),
    ],
)
def test_what_is_odd_is_answered(connection: Connection, sent: Sent) -> None:
    status, _, body = connection.ask(sent)
    assert (status, body) == (200, ANSWER)
    check_kept(connection)


STRANGE = [b"a b", b"a/b", b"a@b", b"a:b", b"[::1", b"a,b:1:2", "ä".encode()]
NAMES = [b"", b"a", b"mithaq.example:8000", b"127.0.0.1", b"[::1]:80", b"a_b", b"xn--e1afmkfd"]
CHUNKED = head("POST /graphql", ["Transfer-Encoding: chunked"])


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", 400, "BAD_REQUEST"),
        (CHUNKED + b"-1\r\n{}\r\n0\r\n\r\n", 400, "BAD_REQUEST"),
        (head("POST /graphql", ["Content-Length: 1", "Content-Length: 2"]), 400, "BAD_REQUEST"),
        (head("POST /graphql", ["Content-Length: " + "9" * 30]), 400, "BAD_REQUEST"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "BAD_REQUEST"),
        (head("GET /graphql", ["X: a\0b"]), 400, "BAD_REQUEST"),
        (head("GET /graphql?query=" + "a" * 70_000, []), 431, "HEAD_TOO_LARGE"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 400_000, 431, "HEAD_TOO_LARGE"),
        (head("GET /graphql", ["X: " + "x" * 65_530]), 431, "HEAD_TOO_LARGE"),
        (head("GET /graphql", ["X: " + "x" * 100_000]), 431, "HEAD_TOO_LARGE"),
        (b"GET /graphql?query={__typename} HTTP/1.1\r\n\r\n", 400, "BAD_REQUEST"),
        (head("GET /graphql?query={__typename}", ["Host: other"]), 400, "BAD_REQUEST"),
        (b"GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
        *[(b"GET / HTTP/1.1\r\nHost: %b\r\n\r\n" % name, 400, "BAD_REQUEST") for name in STRANGE],
        (head("POST /graphql", [f"Content-Length: {LIMIT * 50}"]), 413, "BODY_TOO_LARGE"),
        (chunk(*[b"x" * 100_000] * 30).data, 413, "BODY_TOO_LARGE"),
    ],
)
def test_what_has_no_end_is_told_so_before_the_server_hangs_up(
    connection: Connection, data: bytes, status: int, code: str
) -> None:
    given, headers, body = connection.ask(Sent("POST", data))
    assert given == status
    assert headers["connection"] == "close"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert code_of(body) == code


def test_an_older_protocol_names_no_host(connection: Connection) -> None:
    data = b"GET /graphql?query={__typename} HTTP/1.0\r\n\r\n"
    assert connection.ask(Sent("GET", data))[::2] == (200, ANSWER)


@pytest.mark.parametrize("name", NAMES)
def test_a_host_is_a_name_or_an_address(connection: Connection, name: bytes) -> None:
    data = b"GET /graphql?query={__typename} HTTP/1.1\r\nHost: %b\r\n\r\n" % name
    assert connection.ask(Sent("GET", data))[::2] == (200, ANSWER)


def test_a_head_within_the_limit_is_answered_in_one_piece(connection: Connection) -> None:
    status, _, body = connection.ask(post(QUESTION, "X: " + "x" * 64_000))
    assert (status, body) == (200, ANSWER)


def test_a_slash_at_the_end_changes_nothing(connection: Connection) -> None:
    status, _, body = connection.ask(Sent("GET", head("GET /graphql/?query={__typename}", [])))
    assert (status, body) == (200, ANSWER)


def test_mutated_requests_are_answered_and_keep_the_connection(address: str) -> None:
    found = fuzz(address, mutate(seed=1, count=1_250, documents=60))
    assert found.faults == []
    assert found.hung_up == 0
    assert found.statuses[200] > 500
