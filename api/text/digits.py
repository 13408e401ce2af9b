"""Digits of every script."""

import unicodedata


def as_ascii_digits(text: str) -> str:
    """Return a text with its digits of other scripts, such as Arabic ones, written as 0 to 9."""
    if text.isascii():
        return text
    digits = ((char, unicodedata.decimal(char, -1)) for char in text)
    return "".join(char if digit < 0 else str(digit) for char, digit in digits)
