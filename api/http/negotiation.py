"""Content negotiation: media types and content codings, weighted as RFC 9110 says."""

import re
from functools import lru_cache

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
# If a client weights both types equally, the more specific entry decides.
CLOSENESS = {
    JSON: {"*/*": 1, "application/*": 2, JSON: 3},
    GRAPHQL_JSON: {"*/*": 0, "application/*": 1, GRAPHQL_JSON: 4},
}
# At equal weights the first is used: some clients announce zstd and cannot decode it.
CODINGS = ("gzip", "zstd")
QUALITY = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


@lru_cache(256)
def choose_media_type(accept: bytes) -> str | None:
    """Return the media type of a response; None if the client accepts neither."""
    taken = _weigh(accept) if accept.strip() else {"*/*": 1.0}
    ranked = {}
    for media_type, closeness in CLOSENESS.items():
        named = [name for name in closeness if name in taken]
        if named:
            closest = max(named, key=closeness.__getitem__)
            ranked[media_type] = (taken[closest], closeness[closest])
    best = max(ranked, key=ranked.__getitem__, default=None)
    return best if best and ranked[best][0] > 0 else None


@lru_cache(256)
def choose_coding(accept_encoding: bytes) -> str | None:
    """Return the content coding of a response; None for an uncompressed response."""
    taken = _weigh(accept_encoding)
    liked = {name: taken.get(name, taken.get("*", 0.0)) for name in CODINGS}
    best = max(liked, key=liked.__getitem__)
    return best if liked[best] > 0 else None


def _weigh(header: bytes) -> dict[str, float]:
    """Parse a header's list with its weights; malformed entries are skipped."""
    weights = {}
    for item in header.decode("latin-1").lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        if not any(map(is_foreign, parameters)):
            weights[name] = _read_quality(parameters)
    return weights


def is_foreign(parameter: str) -> bool:
    """Return whether a media type's parameter is a charset other than UTF-8."""
    name, _, value = parameter.lower().partition("=")
    return name.strip() == "charset" and value.strip().strip('"') != "utf-8"


def _read_quality(parameters: list[str]) -> float:
    given = next((item for item in parameters if item.startswith("q")), "q=1")
    match = QUALITY.fullmatch(given)
    return float(match[1]) if match else 0.0
