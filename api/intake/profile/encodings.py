"""The encodings of text files."""

import io
from collections.abc import Iterable

EXAMPLES = "`cp1254` (Turkish), `cp1256` (Arabic) or `cp1252` (Western)"


def check_encoding(name: str) -> str:
    """Return the name of an encoding.

    Raises:
        ValueError: there is no such encoding.
    """
    try:
        io.TextIOWrapper(io.BytesIO(), name)
    except (LookupError, ValueError):
        message = f'"{name[:60]}" is no encoding: write a name such as `utf-8`, {EXAMPLES}'
        raise ValueError(message) from None
    return name


def is_utf_8(encoding: str) -> bool:
    """Return whether an encoding is UTF-8."""
    return encoding.lower() in {"utf-8", "utf8"}


def is_decoded(texts: Iterable[str]) -> bool:
    """Return whether all bytes that texts were made of are of the file's encoding."""
    return not any("\udc80" <= character <= "\udcff" for text in texts for character in text)


def explain_encoding(what: str, encoding: str) -> str:
    """Return what to do about bytes that are not of the encoding."""
    return (
        f"{what} has bytes that are not of the encoding {encoding}: give the data's as "
        f"`--encoding`, such as {EXAMPLES}, or write it into the profile, `encoding: cp1254`"
    )
