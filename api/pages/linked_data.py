"""Pages as JSON-LD, in the words of schema.org: events, articles, actors, places and quotations."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from api.pages.claims import find_name
from api.pages.view import View

Node = Mapping[str, Any]
CONTEXT = "https://schema.org"
WIKIDATA = "https://www.wikidata.org/wiki/"
# Dates of these precisions are dates of ISO 8601.
EXACT = ("DAY", "MONTH", "YEAR")
STATUSES = {
    "HAPPENED": None,
    "PLANNED": f"{CONTEXT}/EventScheduled",
    "CANCELLED": f"{CONTEXT}/EventCancelled",
    "UNCONFIRMED": None,
}


def describe_page(view: View) -> dict[str, Any]:
    """Return what a page shows: its record, or else the list of its records."""
    data, writer = view.data, Writer(view)
    if node := data.get("node"):
        return {"@context": CONTEXT, **writer.describe(node)}
    records = _list_records(data)
    items = [
        {"@type": "ListItem", "position": number, "item": writer.describe(record)}
        for number, record in enumerate(records, 1)
    ]
    url = view.base + view.here()
    return {"@context": CONTEXT, "@type": "ItemList", "url": url, "itemListElement": items}


def _list_records(data: Node) -> list[Node]:
    """Return the records of a page's lists, each once."""
    lists = (
        found if isinstance(found, list) else found.get("nodes", ())
        for found in data.values()
        if found
    )
    nodes = [node.get("node", node) for nodes in lists for node in nodes]
    return list({node["id"]: node for node in nodes if node and "id" in node}.values())


class Writer:
    """Writes records in the words of schema.org; what is not known is left out."""

    def __init__(self, view: View) -> None:
        """Write addresses in the language of a view."""
        self.view = view
        self.types: dict[str, Callable[[Node], dict[str, Any]]] = {
            "Article": self.describe_article,
            "Actor": self.describe_actor,
            "Place": self.describe_place,
            "Topic": self.describe_topic,
            "Dataset": self.describe_dataset,
            "Claim": self.describe_quotation,
        }

    def describe(self, node: Node) -> dict[str, Any]:
        """Return a record of any kind, with its address."""
        if "occurrence" in node:
            found = self.describe_event(node)
        else:
            found = self.types.get(node.get("__typename", ""), self.describe_thing)(node)
        return {key: value for key, value in found.items() if value not in (None, [], "")}

    def describe_thing(self, node: Node, type_: str = "Thing") -> dict[str, Any]:
        """Return a record's type, address and name."""
        url = self.view.base + self.view.record(node["id"])
        named = {"name": name} if (name := find_name(node)) else {}
        return {"@type": type_, "@id": url, "url": url, **named}

    def describe_event(self, node: Node) -> dict[str, Any]:
        """Return an event, with its participants and the words that state it."""
        claims = node.get("claims", {"nodes": []})["nodes"]
        return {
            **self.describe_thing(node, "Event"),
            "description": node.get("summary"),
            "startDate": _write_date(node["date"]),
            "eventStatus": STATUSES[node["occurrence"]],
            "location": node["place"] and self.describe_thing(node["place"], "Place"),
            "attendee": [
                self.describe_party(one["actor"])
                for one in node.get("participants", {"nodes": []})["nodes"]
            ],
            "about": [
                self.describe_thing(topic, "DefinedTerm") for topic in node.get("topics", ())
            ],
            "subjectOf": [
                *(self.describe_thing(one, "NewsArticle") for one in _nodes(node, "articles")),
                *(self.describe({**claim, "__typename": "Claim"}) for claim in _quoting(claims)),
            ],
        }

    def describe_article(self, node: Node) -> dict[str, Any]:
        """Return an article, with its quoted words and the events that it reports."""
        licence = node.get("licence") or ""
        claims = _nodes(node, "claims")
        return {
            **self.describe_thing(node, "NewsArticle"),
            "headline": node["title"],
            "inLanguage": node["language"],
            "datePublished": _write_date(node["published"]) if "published" in node else None,
            "publisher": self._describe_related(node, "publisher", "Organization"),
            "sameAs": _write_url(node.get("url")),
            "license": licence if licence.startswith("https://") else None,
            "about": [self.describe_thing(one, "Event") for one in _nodes(node, "events")],
            "hasPart": [
                self.describe({**one, "__typename": "Claim", "article": node})
                for one in _quoting(claims)
            ],
        }

    def describe_party(self, actor: Node) -> dict[str, Any]:
        """Return an actor that is named: a person or an organization, if its kind was asked for."""
        types = {None: "Thing", "PERSON": "Person"}
        return self.describe_thing(actor, types.get(actor.get("actorKind"), "Organization"))

    def describe_actor(self, node: Node) -> dict[str, Any]:
        """Return an actor with its names, memberships and offices."""
        found = self.describe_party(node)
        country, wikidata = node.get("country"), node.get("wikidataId")
        named = {"@type": "Country", "name": country["name"]} if country else None
        other = {name["text"] for name in node.get("names", ())} - {find_name(node)}
        is_person = found["@type"] == "Person"
        return {
            **found,
            "alternateName": sorted(other),
            "nationality" if is_person else "location": named,
            "memberOf": [
                self.describe_thing(one["organization"], "Organization")
                for one in node.get("memberships", ())
            ],
            "jobTitle": [one["title"] for one in node.get("offices", ())] if is_person else None,
            "sameAs": wikidata and WIKIDATA + wikidata,
        }

    def describe_place(self, node: Node) -> dict[str, Any]:
        """Return a place, and the place that it is part of."""
        latitude, longitude = node.get("latitude"), node.get("longitude")
        geo = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
        return {
            **self.describe_thing(node, "Place"),
            "alternateName": sorted({alias["text"] for alias in node.get("aliases", ())}),
            "containedInPlace": self._describe_related(node, "partOf", "Place"),
            "geo": None if latitude is None else geo,
        }

    def describe_topic(self, node: Node) -> dict[str, Any]:
        """Return a topic as a term of its scheme."""
        scheme = node.get("scheme")
        return {
            **self.describe_thing(node, "DefinedTerm"),
            "termCode": node.get("code"),
            "inDefinedTermSet": scheme and {"@type": "DefinedTermSet", "name": scheme},
        }

    def describe_dataset(self, node: Node) -> dict[str, Any]:
        """Return a dataset."""
        return {
            **self.describe_thing(node, "Dataset"),
            "version": node.get("version"),
            "citation": node.get("citation"),
            "sameAs": _write_url(node.get("url")),
            "publisher": self._describe_related(node, "publisher", "Organization"),
        }

    def describe_quotation(self, claim: Node) -> dict[str, Any]:
        """Return a claim as the words that state it, and the actor that they go back to."""
        quote, article, chain = claim["quote"], claim["article"], claim["attribution"]
        return {
            **self.describe_thing(claim, "Quotation"),
            "text": quote and quote["text"],
            "inLanguage": article["language"],
            "spokenByCharacter": self.describe_party(chain[-1]["actor"]) if chain else None,
            "isPartOf": self.describe_thing(article, "NewsArticle"),
            "about": self.describe_thing(claim["subject"]) if "subject" in claim else None,
        }

    def _describe_related(self, node: Node, name: str, type_: str) -> dict[str, Any] | None:
        return self.describe_thing(node[name], type_) if node.get(name) else None


def _nodes(node: Node, name: str) -> Iterable[Node]:
    return node[name]["nodes"] if name in node else ()


def _quoting(claims: Iterable[Node]) -> Iterable[Node]:
    return (claim for claim in claims if claim["quote"])


def _write_url(url: str | None) -> str | None:
    """Return an address that a reader may open; None if it is none, as `javascript:` is."""
    return url if url and url.startswith(("http://", "https://")) else None


def _write_date(date: Node) -> str | None:
    """Return a date as ISO 8601; None if it is not known so exactly."""
    edtf: str | None = date["edtf"]
    return edtf.rstrip("?~%") if edtf and date["precision"] in EXACT else None
