"""Decimal numbers of figures: text to thousandths, as columns hold them, and back."""

import re

DECIMAL = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,3}))?", re.ASCII)
THOUSAND = 1000


def parse_decimal(text: str) -> int:
    """Return a number in thousandths, which 64 bits hold; raise ValueError if it is not valid."""
    if (match := DECIMAL.fullmatch(text)) is None:
        message = (
            f'"{text[:40]}" is not a number: write digits, at most 15 before the point and 3 after '
            "it, such as 1200 or 0.5"
        )
        raise ValueError(message)
    whole, fraction = match.groups(default="")
    return int(whole) * THOUSAND + int(fraction.ljust(3, "0"))


def format_decimal(thousandths: int) -> str:
    """Return a number in its shortest form."""
    whole, fraction = divmod(thousandths, THOUSAND)
    return f"{whole}.{fraction:03}".rstrip("0") if fraction else str(whole)
