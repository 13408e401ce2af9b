"""What schema.org allows in the data of pages."""

from typing import Any

# The properties that schema.org defines for the types that pages have.
THING = {"@type", "@id", "url", "name", "description", "alternateName", "sameAs", "subjectOf"}
WORK = {"about", "inLanguage", "isPartOf", "hasPart", "text", "publisher", "license", "citation"}
WORK |= {"version", "datePublished", "headline"}
PROPERTIES = {
    "Event": {"startDate", "eventStatus", "location", "attendee", "about"},
    "NewsArticle": WORK,
    "Dataset": WORK,
    "Quotation": WORK | {"spokenByCharacter"},
    "Person": {"nationality", "memberOf", "jobTitle"},
    "Organization": {"location", "memberOf"},
    "Place": {"containedInPlace", "geo"},
    "GeoCoordinates": {"latitude", "longitude"},
    "DefinedTerm": {"termCode", "inDefinedTermSet"},
    "DefinedTermSet": set(),
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "item"},
    "Thing": set(),
    "Country": set(),
}

# The types that schema.org defines for the values of properties.
RANGES = {
    "attendee": {"Person", "Organization"},
    "spokenByCharacter": {"Person", "Organization"},
    "publisher": {"Person", "Organization"},
    "memberOf": {"Organization"},
    "location": {"Place", "Country"},
    "nationality": {"Country"},
    "containedInPlace": {"Place"},
    "geo": {"GeoCoordinates"},
    "inDefinedTermSet": {"DefinedTermSet"},
    "isPartOf": {"NewsArticle"},
    "hasPart": {"Quotation"},
    "subjectOf": {"NewsArticle", "Quotation"},
}


def check_linked_data(found: Any) -> set[str]:
    """Check each object's properties by schema.org; return the types that occur."""
    if isinstance(found, list):
        return set().union(*map(check_linked_data, found))
    if not isinstance(found, dict):
        assert found is not None
        return set()
    assert found.keys() <= THING | PROPERTIES[found["@type"]], found["@type"]
    for name in {"@id", "url", "sameAs", "license"} & found.keys():
        assert found[name].startswith(("http://", "https://"))
    for name, types in RANGES.items():
        parts = found.get(name, [])
        parts = parts if isinstance(parts, list) else [parts]
        assert {part["@type"] for part in parts} <= types, name
    return {found["@type"]}.union(*map(check_linked_data, found.values()))
