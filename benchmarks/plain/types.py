"""The types: what each row is made into, and what its resolvers load."""

import json
from datetime import date
from typing import Any

import strawberry

from benchmarks.plain.loaders import Info


def original(text: str) -> str:
    """Return a localized text in its original language."""
    texts = json.loads(text)
    return str(texts[texts["*"]])


@strawberry.type
class FuzzyDate:
    edtf: str | None
    earliest: date | None
    latest: date | None


@strawberry.type
class Country:
    code: str


@strawberry.type
class Actor:
    row: strawberry.Private[Any]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(f"actor:{self.row.key}")

    @strawberry.field
    def name(self) -> str:
        return original(self.row.name)

    @strawberry.field
    def country(self) -> Country | None:
        return Country(code=self.row.country_code) if self.row.country_code else None


@strawberry.type
class Article:
    row: strawberry.Private[Any]
    title: str
    language: str
    body: str

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(f"article:{self.row.key}")

    @strawberry.field
    def published(self) -> FuzzyDate:
        row = self.row
        return FuzzyDate(
            edtf=row.published_edtf, earliest=row.published_earliest, latest=row.published_latest
        )

    @strawberry.field
    async def publisher(self, info: Info) -> Actor | None:
        if self.row.publisher_id is None:
            return None
        return Actor(row=await info.context.actors.load(self.row.publisher_id))


@strawberry.type
class Place:
    row: strawberry.Private[Any]

    @strawberry.field
    def name(self) -> str:
        return original(self.row.name)


@strawberry.type
class Participation:
    row: strawberry.Private[Any]
    role: str

    @strawberry.field
    async def actor(self, info: Info) -> Actor:
        return Actor(row=await info.context.actors.load(self.row.actor_id))


@strawberry.type
class Provision:
    row: strawberry.Private[Any]
    ordinal: int

    @strawberry.field
    def heading(self) -> str | None:
        return original(self.row.heading) if self.row.heading else None

    @strawberry.field
    def text(self) -> str:
        return original(self.row.text)


@strawberry.type
class ParticipationConnection:
    nodes: list[Participation]


@strawberry.type
class ArticleConnection:
    nodes: list[Article]


@strawberry.type
class ProvisionConnection:
    nodes: list[Provision]


def as_article(row: Any) -> Article:
    """Make an article of its row."""
    return Article(row=row, title=row.title, language=row.language, body=row.body)


@strawberry.type
class Event:
    row: strawberry.Private[Any]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(f"{self.row.kind.lower()}:{self.row.key}")

    @strawberry.field
    def title(self) -> str:
        return original(self.row.title)

    @strawberry.field
    def date(self) -> FuzzyDate:
        row = self.row
        return FuzzyDate(edtf=row.date_edtf, earliest=row.date_earliest, latest=row.date_latest)

    @strawberry.field
    async def place(self, info: Info) -> Place | None:
        if self.row.place_id is None:
            return None
        return Place(row=await info.context.places.load(self.row.place_id))

    @strawberry.field
    async def participants(self, info: Info) -> ParticipationConnection:
        rows = await info.context.participations.load(self.row.id)
        return ParticipationConnection(
            nodes=[Participation(row=row, role=row.role) for row in rows]
        )

    @strawberry.field
    async def articles(self, info: Info) -> ArticleConnection:
        rows = await info.context.articles.load(self.row.id)
        return ArticleConnection(nodes=[as_article(row) for row in rows])


@strawberry.type
class Meeting(Event):
    format: str


@strawberry.type
class Agreement(Event):
    type: str
    status: str

    @strawberry.field
    async def provisions(self, info: Info) -> ProvisionConnection:
        rows = await info.context.provisions.load(self.row.id)
        nodes = [Provision(row=row, ordinal=row.ordinal) for row in rows]
        return ProvisionConnection(nodes=nodes)
