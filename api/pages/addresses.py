"""The addresses of pages: of each the question, the template, and the record that it names."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.http.negotiation import ATOM, HTML, TEXT, XML
from api.pages.lists import ListQuestion


@dataclass(frozen=True, slots=True)
class Address:
    """A page's address, the question whose answer it shows, and the template."""

    path: str
    question: str
    template: str
    media_type: str = HTML
    given: Mapping[str, Any] = dataclasses.field(default_factory=dict)  # fields with fixed values
    kind: str | None = None  # of the record that the path names
    key: tuple[str, ...] = ("key",)  # the parts of the path that are the record's key
    is_indexed: bool = True  # by search engines

    @property
    def is_whole(self) -> bool:
        """Whether the sitemap has the path as it is: no part of it stands for a record's key."""
        return self.is_indexed and self.media_type == HTML and "{" not in self.path


# The pages that show no single record.
ADDRESSES = (
    Address("/", "home", "home.html"),
    Address("/search", "search", "search.html", is_indexed=False),
    Address("/topics", "topics", "topics.html"),
    Address("/changes", "changes", "changes.html"),
    Address("/revision/{number}", "revision", "revision.html"),
    Address("/releases", "releases", "releases.html"),
    Address("/sitemap.xml", "sitemap", "sitemap.xml", XML),
    Address("/robots.txt", "robots", "robots.txt", TEXT),
)
NEWEST = {"order": "RECORDED_AT", "direction": "DESC"}


def list_addresses(
    lists: Mapping[str, ListQuestion], kinds: Mapping[str, str]
) -> tuple[Address, ...]:
    """Return all addresses: of pages, lists and feeds, and for each kind of record `/KIND/KEY`."""
    records = (
        Address(f"/{kind}/{{key}}", name, f"{name}.html", kind=kind) for kind, name in kinds.items()
    )
    topic = kinds["topic"]
    topics = Address(
        "/topic/{scheme}/{code}", topic, f"{topic}.html", kind="topic", key=("scheme", "code")
    )
    pages = [Address(f"/{name}", name, "list.html") for name in lists]
    feeds = [
        Address(f"/{name}.atom", name, "list.atom", ATOM, NEWEST)
        for name, question in lists.items()
        if question.is_fed
    ]
    return (*ADDRESSES, *feeds, *pages, topics, *records)
