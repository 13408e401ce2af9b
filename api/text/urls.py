"""URLs in a form in which two spellings of one address are equal."""

import re

PARTS = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]*)([^#]*)", re.IGNORECASE)


def normalize_url(url: str) -> str:
    """Return a URL without `http(s)://`, `www.`, fragment and trailing slash; the host lower-case.

    >>> normalize_url("https://www.Sana.sy/en/?p=7#top")
    'sana.sy/en/?p=7'
    """
    match = PARTS.match(url)
    assert match is not None  # each part may be empty
    return match[1].lower() + match[2].rstrip("/")
