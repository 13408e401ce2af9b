"""The table `countries`, which profiles look countries up in without having it beside them."""

import csv
from functools import cache
from itertools import chain
from pathlib import Path

from api.intake.reference.countries import list_states
from api.text.countries import build_countries

NAME = "countries"
Table = dict[str, dict[str, str]]  # key → column → text
SPELLINGS = Path(__file__).parent.parent / "profiles" / "countries.csv"


@cache
def build_country_table() -> Table:
    """Return the countries by name, in any language of CLDR, and by ISO 3166 code.

    The columns are the code as records have it, the other codes, the English name, and the key of
    the state in the reference data, which territories do not have.
    """
    states = list_states()
    rows: Table = {}
    table: Table = {}
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        for spelling in csv.DictReader(file):
            code = spelling["alpha2"]
            row = rows.setdefault(code, {**spelling, "key": states.get(code, "")})
            names = chain([code, row["alpha3"], spelling["name"]], build_countries()[code].values())
            table |= {name: row for name in names if name and name not in table}
    return table
