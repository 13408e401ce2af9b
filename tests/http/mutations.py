"""Requests that a client might send by mistake or on purpose, made of valid ones, from a seed.

Documents have characters flipped, tokens swapped and values exchanged; variables get wrong types
and cursors are damaged; bodies, URLs, headers and whole requests are bent in their own ways.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes

PARAMETERS = """
query One($key: String, $lang: [Language!]) { actor(key: $key) { name(lang: $lang) } }
query Ids($ids: [ID!]!) { nodes(ids: $ids) { id __typename ... on Meeting { key } } }
query Page($n: Int, $after: String, $deep: Boolean! = true) {
  meetings(first: $n, after: $after) {
    edges { cursor node { id participants(first: $n) @include(if: $deep) { nodes { role } } } }
    pageInfo { endCursor hasNextPage }
  }
}
query Back($n: Int!, $before: String) { articles(last: $n, before: $before) { nodes { id } } }
query Filtered($f: MeetingFilter, $o: [EventOrder!]) {
  meetings(filter: $f, orderBy: $o) { totalCount groups(by: [YEAR]) { count } nodes { id } }
}
query Nulls(
  $x: ID = "meeting:x", $y: Boolean = true, $d: Direction = DESC, $e: EventOrderField = DATE
) {
  node(id: $x) { id } nodes(ids: [$x, 7]) { id } actors @skip(if: $y) { totalCount }
  meetings(orderBy: [{ field: DATE, direction: $d }, { field: $e }]) { nodes { id } }
}
query Search($t: String!, $k: [RecordKind!], $n: Int) {
  search(text: $t, kinds: $k, first: $n) { nodes { snippet highlights { start end } } }
}
"""
OPERATIONS = ["query " + part for part in PARAMETERS.split("\nquery ")[1:]]
CURSOR = "9A3F12C64D656574696E671F"
VARIABLES: list[dict[str, Any]] = [
    {"key": "syria-mod", "lang": ["ar", "en"]},
    {"ids": ["meeting:ankara-reception", "actor:turkey-mod"]},
    {"n": 2, "after": None, "deep": True},
    {"n": 2, "before": CURSOR},
    {
        "f": {"date": {"overlaps": {"from": "2025-01-01"}}, "not": {"key": {"eq": "x"}}},
        "o": [{"field": "DATE", "direction": "DESC"}],
    },
    {"x": "actor:turkey-mod", "y": False, "d": "ASC", "e": "DATE"},
    {"t": "التدريب", "k": ["PROVISION"], "n": 3},
]
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\w+|\.\.\.|[^\w\s]|\s+')
TOKENS = ["{", "}", "(", ")", "[", "]", ":", "!", "$n", "@skip(if: true)", "@include", "...", "on"]
TOKENS += ["null", "true", "-1", "0", "1e999", "9" * 25, "DESC", '""', '"\\u0000"', '"\\ud800"']
TOKENS += ['"\\u{110000}"', '"""', "#", "\x00", "\ufeff", "\u2028", "é", "😀", "\\", '"', "&", "|"]
TOKENS += ["query", "mutation", "subscription", "fragment F on Meeting", "...F", "__schema", "a:"]
NESTED = ("{a" * 400, "[" * 5_000, "{a(b:[" * 900, "{" * 9_000, '"a"' * 3_000, "...F " * 4_000)
HUGE = "7" * 5_000
VALUES: list[Any] = [None, True, 0, -1, 2**31, 2**53, 2**64 - 1, -(2**63), 1.5, 1e308, ""]
VALUES += ["x", "\x00", "ar", "٠", "😀", "a" * 3_000, CURSOR, [], {}, [None], [[]], {"x": None}]
VALUES += [{"eq": "a\x00"}, {"in": [None]}, {"some": {"role": ["NONE"]}}, "2025-13-45", "meeting:"]
VALUES += [{"overlaps": {"from": "0000-00-00", "to": "9999-99-99"}}, {"not": {"not": {"not": {}}}}]
VALUES += [{"persistedQuery": []}, {"persistedQuery": {"version": 1, "sha256Hash": "é"}}]
ACCEPTS = ["*/*", "", "text/html", "application/json;q=0", "application/graphql-response+json"]
ACCEPTS += ["application/*;q=0.5, */*;q=0", ";;;,,q=", "application/json;q=7", "a/b" * 3_000]
TYPES = ["application/json", "application/json; charset=utf-8", "application/json;charset=utf-16"]
TYPES += ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]
CODINGS = [
    "gzip",
    "zstd",
    "br",
    "gzip;q=0",
    "*",
    "identity;q=0, *;q=0",
    "gzip;q=x",
    ",,;",
    "x" * 999,
]
LANGUAGES = ["ar", "tr-TR, en;q=0.5", "*", "a" * 5_000, "x-y-z;q=2", ",".join(["en-US"] * 500), "é"]
METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"]
OTHERS = [
    "If-None-Match: *",
    'If-None-Match: W/"x", "y"',
    "If-None-Match: \xff",
    "Cookie: " + "a=b;" * 999,
]
OTHERS += [
    "Upgrade: h2c\r\nConnection: upgrade",
    "Expect: 100-continue",
    "Range: bytes=0-1",
    "X: \xe9",
]
OTHERS += [
    "Origin: null",
    "Authorization: Bearer \xff",
    "Accept: text/html\r\nAccept: */*",
    "A:" * 99,
]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request's bytes; `whole` where a server can tell where it ends, and answer the next."""

    method: str
    data: bytes
    whole: bool = True


class Mutator:
    """Makes one request after the other."""

    def __init__(self, seed: int, documents: list[str]) -> None:
        self.random = Random(seed)
        self.documents = documents

    def requests(self) -> Iterator[Sent]:
        """Make requests without end."""
        ways: list[Callable[[], Sent]] = [self.posted] * 8 + [self.got] * 4 + [self.bent] * 4
        ways += [self.chunked, self.odd_method, self.broken]
        while True:
            yield self.random.choice(ways)()

    def some(self, chance: float) -> bool:
        return self.random.random() < chance

    def posted(self) -> Sent:
        """Ask a mutated question by POST."""
        return self.post(encode(self.fields()))

    def post(self, body: bytes) -> Sent:
        kind = self.random.choice(TYPES) if self.some(0.05) else TYPES[0]
        lines = [f"Content-Type: {kind}", f"Content-Length: {len(body)}", *self.headers()]
        return Sent("POST", head("POST /graphql", lines) + body)

    def got(self) -> Sent:
        """Ask a mutated question by GET, its URL sometimes mutated too."""
        fields = self.fields()
        pairs = [
            f"{name}={quote(value if isinstance(value, str) else encode(value))}"
            for name, value in fields.items()
        ]
        query = "&".join(pairs * self.random.choice([1, 1, 1, 1, 2, 9]))
        if self.some(0.3):
            spoilt = self.spoil(query.encode())
            query = quote_from_bytes(spoilt, safe="%&=+/;:{}$!*',@\\^|~`\"<>") or "%"
        return Sent("GET", head(f"GET /graphql?{query[:60_000]}", self.headers()))

    def bent(self) -> Sent:
        """Send a body that is no question, or hardly one."""
        body = encode(self.fields())
        document = encode(self.random.choice(self.documents))
        bodies: list[Callable[[], bytes]] = [
            lambda: self.spoil(body),
            lambda: self.spoil(body),
            lambda: body[: self.random.randrange(len(body))],
            lambda: encode(self.random.choice(VALUES)),
            lambda: b"[" * self.random.choice([9, 2_000, 100_000]),
            lambda: b'{"query":' * self.random.choice([9, 2_000, 20_000]),
            lambda: b'{"query":%b,"variables":{"n":%b}}' % (document, HUGE.encode()),
            lambda: b'{"query":%b,"variables":{"n":%b}}' % (document, b'"\\ud800"'),
            lambda: b'{"query":%b,"variables":{"n":NaN,"n":1E400}}' % document,
            lambda: b'{"query":"{","query":%b,"query":%b}' % (document, document),
            lambda: b'\xef\xbb\xbf{"query":%b}' % document,
            lambda: '{"query":"{ __typename }"}'.encode("utf-16"),
            lambda: b'{"query":"\xed\xa0\x80 \xff"}',
            lambda: b"\x1f\x8b\x08" + body,
        ]
        return self.post(self.random.choice(bodies)())

    def chunked(self) -> Sent:
        """Send a body in chunks."""
        body, chunks = encode(self.fields()), []
        while body:
            size = self.random.choice([1, 7, 100, 5_000])
            chunks.append(b"%x;a=b\r\n%b\r\n" % (len(body[:size]), body[:size]))
            body = body[size:]
        lines = ["Content-Type: application/json", "Transfer-Encoding: chunked", *self.headers()]
        return Sent("POST", head("POST /graphql", lines) + b"".join(chunks) + b"0\r\n\r\n")

    def odd_method(self) -> Sent:
        """Use any method on any path."""
        method = self.random.choice(METHODS)
        path = self.random.choice(
            ["/graphql", "/graphql?query=%7B__typename%7D", "/", "/x%00", "*"]
        )
        return Sent(method, head(f"{method} {path}", self.headers()))

    def broken(self) -> Sent:
        """Send what is no HTTP, or not quite."""
        data = self.posted().data
        broken = [
            self.spoil(data[:200]) + data[200:],
            b"POST /graphql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n",
            self.random.randbytes(60) + b"\r\n\r\n",
            data.replace(b"Content-Length", b"Content-Length: 3\r\nContent-Length", 1),
            b"FOO " + data,
            head("GET /" + "a" * 70_000, []),
            head("GET /graphql", [f"X-{number}: x" for number in range(9_000)]),
        ]
        return Sent("POST", self.random.choice(broken), whole=False)

    def headers(self) -> list[str]:
        """Choose headers, most of them plain."""
        odd = [("Accept", ACCEPTS), ("Accept-Encoding", CODINGS), ("Accept-Language", LANGUAGES)]
        lines = [f"{name}: {self.random.choice(values)}" for name, values in odd if self.some(0.15)]
        return [*lines, self.random.choice(OTHERS)] if self.some(0.1) else lines

    def fields(self) -> dict[str, Any]:
        """Choose a document with variables, and mutate it."""
        place = self.random.randrange(len(OPERATIONS) + 9)
        if place < len(OPERATIONS):
            fields = {"query": OPERATIONS[place], "variables": self.spoil_json(VARIABLES[place])}
        else:
            fields = {"query": self.random.choice(self.documents)}
        if self.some(0.8):
            fields["query"] = self.spoil_document(fields["query"])
        for name in ("operationName", "extensions", "variables", "documentId"):
            if self.some(0.03):
                fields[name] = self.random.choice(VALUES)
        return fields

    def spoil_document(self, document: str) -> str:
        """Exchange, drop, double and insert tokens, or characters."""
        tokens = TOKEN.findall(document)
        for _ in range(self.random.choice([1, 1, 1, 2, 5])):
            here, there = (self.random.randrange(len(tokens) + 1) for _ in range(2))
            match self.random.randrange(8):
                case 0:
                    tokens[here:here] = [self.random.choice(TOKENS)]
                case 1:
                    tokens[here : here + 1] = tokens[there : there + 1]
                case 2:
                    tokens[here : here + self.random.randrange(4)] = []
                case 3:
                    tokens[here:here] = tokens[there : there + 20]
                case 4:
                    tokens[here : here + 1] = [self.random.choice(TOKENS)]
                case 5:
                    tokens = self.exchange_value(tokens)
                case 6:
                    text = "".join(tokens)
                    at = self.random.randrange(len(text) + 1)
                    tokens = [text[:at], chr(self.random.randrange(0xD800)), text[at + 1 :]]
                case _ if self.some(0.1):
                    tokens[here:here] = [self.random.choice(NESTED)]
        return "".join(tokens)

    def exchange_value(self, tokens: list[str]) -> list[str]:
        """Replace a value by one of another kind."""
        values = [place for place, token in enumerate(tokens) if re.match(r'["\d]', token)]
        if values:
            value = self.random.choice([HUGE, "-0", "1.5", *TOKENS, f'"{CURSOR}"', '"\\n"', "{}"])
            tokens[self.random.choice(values)] = value
        return tokens

    def spoil_json(self, value: Any) -> Any:
        """Replace values within a value, and damage its texts."""
        if self.some(0.15):
            return self.random.choice(VALUES) if self.some(0.9) else nest(300)
        match value:
            case dict():
                return {name: self.spoil_json(item) for name, item in value.items()}
            case list():
                return [self.spoil_json(item) for item in value] * self.random.choice([1, 1, 1, 60])
            case str() if value and self.some(0.2):
                at = self.random.randrange(len(value))
                return value[:at] + chr(self.random.randrange(0xD800)) + value[at + 1 :]
        return value

    def spoil(self, data: bytes) -> bytes:
        """Flip, drop and double bytes."""
        spoilt = bytearray(data)
        for _ in range(self.random.choice([1, 2, 8])):
            at = self.random.randrange(len(spoilt) + 1)
            match self.random.randrange(3):
                case 0:
                    spoilt[at : at + 1] = self.random.randbytes(1)
                case 1:
                    del spoilt[at : at + self.random.randrange(9)]
                case _:
                    spoilt[at:at] = spoilt[at : at + self.random.randrange(30)]
        return bytes(spoilt)


def encode(value: Any) -> bytes:
    """Write JSON, which may be deeper than a server likes."""
    return json.dumps(value, ensure_ascii=False).encode()


def head(line: str, headers: list[str]) -> bytes:
    """Write a request's line and headers."""
    return "\r\n".join([f"{line} HTTP/1.1", "Host: mithaq", *headers, "", ""]).encode("latin-1")


def nest(depth: int) -> Any:
    """Build a value that is so many levels deep."""
    value: Any = {}
    for _ in range(depth):
        value = {"not": value}
    return value
