"""Localized texts as they are stored: one JSON object, the original language under `*`."""

import orjson


def format_localized(texts: dict[str, str], original: str) -> str:
    """Format a localized text; databases print these bytes unchanged."""
    return orjson.dumps({"*": original} | dict(sorted(texts.items()))).decode()


def parse_localized(text: str) -> tuple[dict[str, str], str]:
    """Read a localized text: the texts by language, and the original language."""
    texts = orjson.loads(text)
    original = texts.pop("*")
    return texts, original
