"""Claims by what they state, and the names of the records in an answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.intake.forms.kinds import SINGLE_VALUED

NAMING = ("name", "title", "label", "heading")


class Version:
    """The value of a single-valued or repeated property, with the claims that give it."""

    def __init__(self, value: str | None, claims: list[Mapping[str, Any]]) -> None:
        """Hold the claims of one value."""
        self.value, self.claims = value, claims


def group_claims(claims: Iterable[Mapping[str, Any]]) -> dict[str, list[Version]]:
    """Return claims by their property and value."""
    found: dict[str, dict[str | None, list[Mapping[str, Any]]]] = {}
    for claim in claims:
        found.setdefault(claim["property"], {}).setdefault(claim["value"], []).append(claim)
    return {
        name: [Version(value, said) for value, said in values.items()]
        for name, values in found.items()
    }


def disagree(name: str, versions: list[Version]) -> bool:
    """Return whether sources differ on a property: two values of one, or a denial."""
    stances = {claim["stance"] for version in versions for claim in version.claims}
    several = sum(version.value is not None for version in versions) > 1
    return "DENIES" in stances or (several and name in SINGLE_VALUED)


def leave_out(
    chain: list[Mapping[str, Any]], publisher: Mapping[str, Any] | None
) -> list[Mapping[str, Any]]:
    """Return a chain of attribution without the publisher that it begins with."""
    first = chain[0]["actor"]["id"] if chain and chain[0]["via"] is None else None
    return chain[1:] if publisher and first == publisher["id"] else chain


def find_name(record: Mapping[str, Any]) -> str | None:
    """Return a record's name, title, label or heading; None if it was not asked for."""
    return next((record[field] for field in NAMING if record.get(field)), None)


def collect_names(found: Any, names: dict[str, str]) -> None:
    """Add the names and titles of all records in an answer, by id."""
    if isinstance(found, list):
        for item in found:
            if isinstance(item, dict):
                collect_names(item, names)
        return
    if "id" in found and (name := find_name(found)):
        names[found["id"]] = name
    for value in found.values():
        if isinstance(value, dict | list) and value:
            collect_names(value, names)
