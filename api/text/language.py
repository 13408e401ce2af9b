"""Language tags (BCP 47): validation (RFC 5646), lookup (RFC 4647), and writing direction."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel.core import get_global

TAG = re.compile(
    r"""
    (?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}
    (?:-(?P<script>[a-z]{4}))?
    (?:-(?P<region>[a-z]{2}|\d{3}))?
    (?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*
    (?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*
    (?:-x(?:-[a-z\d]{1,8})+)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# The scripts of ISO 15924 whose letters Unicode writes from right to left.
RTL_SCRIPTS = re.compile(
    "Adlm|A(?:rab|ran|rmi|vst)|Chrs|Cprt|Elym|Gara|H(?:atr|ebr|ung)|Khar|Lydi|"
    "M(?:and|ani|end|erc|ero)|N(?:arb|bat|koo)|Orkh|Ougr|P(?:alm|hli|hlp|hnx|rti)|Rohg|"
    "S(?:amr|arb|idt|ogd|ogo|yrc|yre|yrj|yrn)|Thaa|Yezi"
)
MAX_ACCEPTED = 8


@lru_cache(1024)
def parse_language(tag: str) -> str:
    """Return a language tag in its canonical case: `zh-Hans-CN` for `zh-hans-cn`.

    Raises:
        ValueError: it is no tag.
    """
    if not isinstance(tag, str) or not (match := TAG.fullmatch(tag)):
        message = (
            f'"{tag}" is no language tag: give one as BCP 47 has it, such as ar, en or zh-Hans.'
        )
        raise ValueError(message)
    language, *rest = tag.split("-")
    return "-".join([language.lower(), *_cased(rest, match["script"])])


def _cased(subtags: list[str], script: str | None) -> Iterable[str]:
    single = False
    for subtag in subtags:
        if subtag == script and not single:
            yield subtag.title()
        elif len(subtag) == 2 and not single:  # noqa: PLR2004 — a region
            yield subtag.upper()
        else:
            yield subtag.lower()
        single = single or len(subtag) == 1


def direction(tag: str) -> str:
    """Return the writing direction of a tag, by its script or else its likely script."""
    match = TAG.fullmatch(tag)
    script = match and (match["script"] or _likely_script(match["language"], match["region"]))
    return "RTL" if script and RTL_SCRIPTS.fullmatch(script) else "LTR"


def _likely_script(language: str, region: str | None) -> str:
    """Return a language's likely script in a region, from CLDR.

    Codes that CLDR replaces are replaced first: Dari's `prs` is `fa_AF`, `pes` is `fa`, 586 is PK.
    """
    language = get_global("language_aliases").get(language, language)
    language, _, implied = language.partition("_")
    region = region and get_global("territory_aliases").get(region, [region])[0]
    likely = get_global("likely_subtags")
    found = likely.get(f"{language}_{region or implied}") or likely.get(language)
    return str(found).split("_")[1] if found else "Latn"


def lookup_chain(tags: Sequence[str]) -> tuple[str, ...]:
    """Return each tag followed by its truncations, without repeats: ar-SY, ar for ar-SY."""
    chain = []
    for tag in tags:
        subtags = tag.split("-")
        while subtags:
            chain.append("-".join(subtags))
            subtags.pop()
            if subtags and len(subtags[-1]) == 1:
                subtags.pop()
    return tuple(dict.fromkeys(chain))


def parse_accept_language(header: str) -> tuple[str, ...]:
    """Read the tags of an Accept-Language header (RFC 9110), best first, eight at most.

    A header is never an error: what is malformed, `*`, or has quality 0 is passed over.
    """
    weighted = []
    for item in header.split(",")[:64]:
        tag, _, parameter = item.partition(";")
        quality = _parse_quality(parameter)
        if TAG.fullmatch(tag.strip()) and quality > 0:
            weighted.append((quality, parse_language(tag.strip())))
    weighted.sort(key=lambda pair: -pair[0])
    return tuple(dict.fromkeys(tag for _, tag in weighted))[:MAX_ACCEPTED]


def _parse_quality(parameter: str) -> float:
    if not parameter.strip():
        return 1.0
    match = re.fullmatch(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*", parameter)
    return float(match[1]) if match else 0.0
