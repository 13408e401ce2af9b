"""Countries: today's by ISO 3166-1 alpha-2 code, former ones by ISO 3166-3 code.

The names of today's are from CLDR; those of former ones are in `former_countries.csv`.
"""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale

LANGUAGES = (
    "ar",
    "az",
    "ckb",
    "de",
    "el",
    "en",
    "es",
    "fa",
    "fr",
    "he",
    "hi",
    "hy",
    "id",
    "it",
    "ja",
    "ka",
    "ko",
    "ku",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "ur",
    "zh",
)
# Codes that CLDR names and ISO 3166-1 does not assign, but for Kosovo's, which is in general use.
UNASSIGNED = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


class FormerCountry(NamedTuple):
    """An entry of ISO 3166-3."""

    names: dict[str, str]
    alpha_2: str  # its former code in ISO 3166-1, which other countries may have had or have
    since: int  # the years in which ISO 3166-1, which began in 1974, got the code and withdrew it
    until: int


def find_country(code: str) -> str:
    """Return a country's code; for a withdrawn alpha-2 code of one country, such as SU, SUHH."""
    return _withdrawn_codes().get(code, code)


def check_country(text: str) -> str:
    """Return a country's code as `find_country` does; raise ValueError if no country has it."""
    code = find_country(text)
    if code not in _list_present_codes() and code not in build_former_countries():
        message = (
            f'"{text}" is not an ISO 3166-1 alpha-2 country code: write one in capitals, '
            "such as SY, or the ISO 3166-3 code of a former country, such as CSHH"
        )
        raise ValueError(message)
    return code


@cache
def _withdrawn_codes() -> dict[str, str]:
    former = build_former_countries()
    counts = Counter(country.alpha_2 for country in former.values())
    return {
        country.alpha_2: code
        for code, country in former.items()
        if counts[country.alpha_2] == 1 and country.alpha_2 not in _list_present_codes()
    }


@cache
def _list_present_codes() -> frozenset[str]:
    """Return the codes of today's countries, for which one language of CLDR has to be loaded."""
    codes = (code for code in _names("en") if re.fullmatch("[A-Z]{2}", code))
    return frozenset(codes) - UNASSIGNED


@cache
def build_former_countries() -> dict[str, FormerCountry]:
    """Return ISO 3166-3 code → former country."""
    path = Path(__file__).with_name("former_countries.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: FormerCountry(
                {language: row[language] for language in ("en", "ar", "tr")},
                row["former"],
                int(row["since"]),
                int(row["until"]),
            )
            for row in csv.DictReader(file)
        }


@cache
def build_countries() -> dict[str, dict[str, str]]:
    """Return the code of each country, today's or former → language → name, English first."""
    former = {code: country.names for code, country in build_former_countries().items()}
    return _build_present_countries() | former


@cache
def _build_present_countries() -> dict[str, dict[str, str]]:
    locales = {language: _names(language) for language in ("en", *LANGUAGES)}
    return {
        code: {language: names[code] for language, names in locales.items() if code in names}
        for code in sorted(_list_present_codes())
    }


def _names(language: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale(language).territories.items()}
