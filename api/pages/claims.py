"""Claims by what they state, the names of the records in an answer, topics by the broader one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from api.intake.forms.codecs import When
from api.intake.forms.kinds import FORMS, list_properties
from api.intake.write.derive import is_contested
from api.model.kinds import RecordKind, Stance

NAMING = ("name", "title", "label", "heading")
NAMES = tuple(f"{field}s" for field in NAMING)  # the same in every language
TRANSLATED = frozenset({"language", *NAMES})  # the fields that tell a name's language
# The properties whose values are keys, and the kind of record that has the key.
REFERRED = {
    name: kind.lower()
    for form in FORMS.values()
    for name in form.model.model_fields
    if (kind := form.kind_named(name))
}

DATED = {
    field.name for form in FORMS.values() for field in form.fields if isinstance(field.codec, When)
}

# The properties that claims are filtered by, each with the kinds of record that have it.
PROPERTIES: dict[str, list[RecordKind]] = defaultdict(list)
for _kind, _form in FORMS.items():
    if "claims" in _form.model.model_fields:
        for _name in {*list_properties(_kind)} - {"claims", "identifiers", "key"}:
            PROPERTIES[_name].append(_kind)


class Version:
    """The value of a single-valued or repeated property, with the claims that give it."""

    def __init__(self, value: str | None, claims: list[Mapping[str, Any]]) -> None:
        """Store the claims that give one value."""
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


def disagree(versions: Iterable[Version], within: Mapping[str, set[str]]) -> bool:
    """Return whether the claims on a property contradict each other, by the rule of `contested`.

    `within` has, for the key of a place, its key and those of the places that it lies in.
    """
    claims = [claim for version in versions for claim in version.claims]
    if len({(claim["value"], claim["stance"]) for claim in claims}) == 1:
        return False
    return is_contested((SimpleNamespace(**claim) for claim in claims), within)


def count_claims(versions: Iterable[Version]) -> int:
    """Return the number of claims on a property."""
    return sum(len(version.claims) for version in versions)


def support(versions: Iterable[Version]) -> bool:
    """Return whether some claim asserts a value of a property: denials support nothing."""
    return any(claim["stance"] == Stance.ASSERTS for one in versions for claim in one.claims)


def leave_out(
    chain: list[Mapping[str, Any]], publisher: Mapping[str, Any] | None
) -> list[Mapping[str, Any]]:
    """Return a chain of attribution without the publisher that it begins with."""
    first = chain[0]["actor"]["id"] if chain and chain[0]["via"] is None else None
    return chain[1:] if publisher and first == publisher["id"] else chain


def find_name(record: Mapping[str, Any]) -> str | None:
    """Return a record's name, title, label or heading; None if it was not asked for."""
    for field in NAMING:
        if name := record.get(field):
            return str(name)
    return None


def find_referred(claim: Mapping[str, Any]) -> str | None:
    """Return the id of the record that a claim's value refers to; None if it refers to none."""
    value: str | None = claim["value"]
    return None if value is None else _refer(claim["property"], value)


@lru_cache(10_000)
def _refer(property_: str, value: str) -> str | None:
    name, _, _ = property_.partition(".")
    if name == "links":
        return value
    kind = REFERRED.get(name)
    return kind and f"{kind}:{value.replace(':', '.', 1)}"


def list_names(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return a record's names or titles with their languages, as far as they were asked for."""
    if "language" in record:
        return [{"language": record["language"], "text": record["title"]}]
    for field in NAMES:
        if field in record:
            return list(record[field])
    return []


def group_by_role(
    participants: Iterable[Mapping[str, Any]],
) -> dict[str, list[Mapping[str, Any]]]:
    """Return participants by their role, in their order."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in participants:
        found.setdefault(one["role"], []).append(one)
    return found


def group_narrower(
    topics: Iterable[Mapping[str, Any]],
) -> dict[str | None, list[Mapping[str, Any]]]:
    """Return topics by the id of the next broader one; None if that is not among them."""
    known = {topic["id"]: topic for topic in topics}
    found: dict[str | None, list[Mapping[str, Any]]] = {}
    for topic in known.values():
        broader = topic["broader"] and topic["broader"]["id"]
        found.setdefault(broader if broader in known else None, []).append(topic)
    return found
