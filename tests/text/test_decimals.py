"""Decimal numbers: text to thousandths and back; all else is refused."""

import pytest

from api.text.decimals import format_decimal, parse_decimal


@pytest.mark.parametrize(
    ("text", "thousandths", "shortest"),
    [
        ("0", 0, "0"),
        ("007.50", 7_500, "7.5"),
        ("0.001", 1, "0.001"),
        ("1200", 1_200_000, "1200"),
        ("999999999999999.999", 999_999_999_999_999_999, "999999999999999.999"),
    ],
)
def test_a_number_is_read_and_written(text: str, thousandths: int, shortest: str) -> None:
    assert parse_decimal(text) == thousandths < 2**63
    assert format_decimal(thousandths) == shortest


@pytest.mark.parametrize(
    "text", ["", "-1", "1.", ".5", "1.2345", "1e3", "1,000", "1" * 16, "١٢", " 1", "NaN"]
)
def test_what_is_no_such_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number: write digits"):
        parse_decimal(text)
