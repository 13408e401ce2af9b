"""Splits the names of columns into words: `event_date`, `EventDate`, `EVENT DATE`."""

import re

WORD = re.compile(r"[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|[A-Z][^\W\d_A-Z]+")


def list_words(name: str) -> list[str]:
    """Return the words of a name in any script, in lower case, without digits."""
    return [word.lower() for word in WORD.findall(name)]
