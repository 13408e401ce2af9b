"""Content negotiation: choose the media type and the content coding by RFC 9110's weights."""

import re
from functools import lru_cache

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"
HTML = "text/html"
JSON_LD = "application/ld+json"
ATOM, XML, TEXT = "application/atom+xml", "application/xml", "text/plain"
# At equal weights, the media type that the client names more specifically wins.
SPECIFICITY = {
    JSON: {"*/*": 1, "application/*": 2, JSON: 3},
    GRAPHQL_JSON: {"*/*": 0, "application/*": 1, GRAPHQL_JSON: 4},
    EVENT_STREAM: {EVENT_STREAM: 2},
}
# At equal weights gzip wins: some clients announce zstd, but cannot decode it.
CODINGS = ("gzip", "zstd")
QUALITY = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


@lru_cache(256)
def choose_media_type(accept: bytes) -> str | None:
    """Return the media type of a response; None if the client accepts neither."""
    weights = _parse_weights(accept) if accept.strip() else {"*/*": 1.0}
    ranked = {}
    for media_type, specificity in SPECIFICITY.items():
        named = [name for name in specificity if name in weights]
        if named:
            most_specific = max(named, key=specificity.__getitem__)
            ranked[media_type] = (weights[most_specific], specificity[most_specific])
    best = max(ranked, key=ranked.__getitem__, default=None)
    return best if best and ranked[best][0] > 0 else None


@lru_cache(256)
def choose_page_type(accept: bytes) -> str:
    """Return the media type of a page: HTML, unless the client weighs JSON or JSON-LD higher."""
    weights = _parse_weights(accept)
    best = max((JSON, JSON_LD), key=lambda name: weights.get(name, 0.0))
    return best if weights.get(best, 0.0) > weights.get(HTML, 0.0) else HTML


@lru_cache(256)
def choose_coding(accept_encoding: bytes) -> str | None:
    """Return the content coding of a response; None for an uncompressed response."""
    weights = _parse_weights(accept_encoding)
    ranked = {name: weights.get(name, weights.get("*", 0.0)) for name in CODINGS}
    best = max(ranked, key=ranked.__getitem__)
    return best if ranked[best] > 0 else None


def _parse_weights(header: bytes) -> dict[str, float]:
    """Parse a header's list with its weights; malformed entries are skipped."""
    weights = {}
    for item in header.decode("latin-1").lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        if not any(map(is_foreign, parameters)):
            weights[name] = _parse_quality(parameters)
    return weights


def is_foreign(parameter: str) -> bool:
    """Return whether a media type's parameter is a charset other than UTF-8."""
    name, _, value = parameter.lower().partition("=")
    return name.strip() == "charset" and value.strip().strip('"') != "utf-8"


def _parse_quality(parameters: list[str]) -> float:
    given = next((item for item in parameters if item.startswith("q")), "q=1")
    match = QUALITY.fullmatch(given)
    return float(match[1]) if match else 0.0
