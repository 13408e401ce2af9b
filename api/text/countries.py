"""Countries by ISO 3166-1 alpha-2 code, with their names from CLDR."""

import re
from functools import lru_cache

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


@lru_cache(1)
def build_countries() -> dict[str, dict[str, str]]:
    """Return country code → language → name, English first."""
    english = _names("en")
    codes = sorted(
        code for code in english if re.fullmatch("[A-Z]{2}", code) and code not in UNASSIGNED
    )
    locales = {language: _names(language) for language in LANGUAGES}
    return {
        code: {"en": english[code]}
        | {language: names[code] for language, names in locales.items() if code in names}
        for code in codes
    }


def _names(language: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale(language).territories.items()}
