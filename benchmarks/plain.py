"""Plain Strawberry: resolvers, DataLoaders and async SQLAlchemy, as its documentation has them.

It serves the part of Mithaq's schema that the benchmark asks for, from the same tables.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import Any, cast

import sqlalchemy as sa
import strawberry
import uvicorn
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from api import model as m

Info = strawberry.Info["Context", None]
Sessions = async_sessionmaker[AsyncSession]
EVENT, MEETING, AGREEMENT = (cast("Any", item) for item in (m.Event, m.Meeting, m.Agreement))
PARTICIPATION, ACTOR, ARTICLE = (
    cast("Any", item) for item in (m.Participation, m.Actor, m.Article)
)
REPORT, PROVISION, PLACE = (cast("Any", item) for item in (m.Report, m.Provision, m.Place))
WITHIN = cast("Any", m.PlaceWithin)


class Context(dict[str, Any]):
    """A request's loaders."""

    def __init__(self, sessions: Sessions) -> None:
        """Make the loaders; each reads in a session of its own."""
        super().__init__()
        self.sessions = sessions
        self.actors: DataLoader[int, Any] = DataLoader(self._by_id(ACTOR))
        self.places: DataLoader[int, Any] = DataLoader(self._by_id(PLACE))
        self.participations: DataLoader[int, list[Any]] = DataLoader(
            self._of(PARTICIPATION.event_id, sa.select(PARTICIPATION), PARTICIPATION.ordinal)
        )
        self.provisions: DataLoader[int, list[Any]] = DataLoader(
            self._of(PROVISION.agreement_id, sa.select(PROVISION), PROVISION.ordinal)
        )
        self.articles: DataLoader[int, list[Any]] = DataLoader(
            self._of(
                REPORT.event_id,
                sa.select(ARTICLE).join(REPORT, REPORT.article_id == ARTICLE.id),
                ARTICLE.published_desc.desc(),
                ARTICLE.key.desc(),
            )
        )

    def _by_id(self, table: Any) -> Callable[[list[int]], Any]:
        async def load(ids: list[int]) -> Sequence[Any]:
            async with self.sessions() as session:
                rows = await session.scalars(sa.select(table).where(table.id.in_(ids)))
            found = {row.id: row for row in rows}
            return [found.get(item) for item in ids]

        return load

    def _of(self, owner: Any, select: sa.Select[Any], *order: Any) -> Callable[[list[int]], Any]:
        async def load(ids: list[int]) -> list[list[Any]]:
            query = select.add_columns(owner).where(owner.in_(ids)).order_by(*order)
            async with self.sessions() as session:
                rows = (await session.execute(query)).all()
            lists = defaultdict(list)
            for row, of in rows:
                lists[of].append(row)
            return [lists[item] for item in ids]

        return load


def original(text: str) -> str:
    """Give a localized text in its original language."""
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


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class GroupKey:
    value: str | None


@strawberry.type
class Group:
    keys: list[GroupKey]
    count: int


@strawberry.enum
class EventDimension(Enum):
    MONTH = "MONTH"


@strawberry.enum
class EventOrderField(Enum):
    DATE = "DATE"


@strawberry.input
class EventOrder:
    field: EventOrderField


@strawberry.input
class DateRange:
    from_: date = strawberry.field(name="from")
    to: date


@strawberry.input
class DateFilter:
    within: DateRange


@strawberry.input
class StringFilter:
    eq: str


@strawberry.input
class ActorFilter:
    country: StringFilter


@strawberry.input
class ParticipationFilter:
    actor: ActorFilter


@strawberry.input
class ParticipationListFilter:
    some: ParticipationFilter


@strawberry.input
class PlaceFilter:
    country: StringFilter


@strawberry.input
class MeetingFilter:
    date: DateFilter | None = None
    participants: ParticipationListFilter | None = None
    place: PlaceFilter | None = None

    def conditions(self) -> list[Any]:
        """Give the conditions in SQL."""
        made: list[Any] = []
        if self.date:
            made.append(EVENT.date_earliest >= self.date.within.from_)
            made.append(EVENT.date_latest <= self.date.within.to)
        if self.participants:
            taking_part = (
                sa.select(PARTICIPATION.id)
                .join(ACTOR, ACTOR.id == PARTICIPATION.actor_id)
                .where(PARTICIPATION.event_id == EVENT.id)
                .where(ACTOR.country_code == self.participants.some.actor.country.eq)
            )
            made.append(taking_part.exists())
        if self.place:
            inside = (
                sa.select(WITHIN.place_id)
                .join(PLACE, PLACE.id == WITHIN.outer_id)
                .where(PLACE.country_code == self.place.country.eq)
            )
            made.append(EVENT.place_id.in_(inside))
        return made


@strawberry.type
class MeetingConnection:
    conditions: strawberry.Private[list[Any]]
    rows: strawberry.Private[Sequence[Any]]
    first: strawberry.Private[int]

    @strawberry.field
    def nodes(self) -> list[Meeting]:
        return [Meeting(row=row, format=format_) for row, format_ in self.rows[: self.first]]

    @strawberry.field
    def page_info(self) -> PageInfo:
        last = self.rows[: self.first][-1][0]
        place = f"{last.date_desc}\x1f{last.key}\x1f"
        return PageInfo(
            has_next_page=len(self.rows) > self.first,
            end_cursor="C6DFAE1B" + place.encode().hex().upper(),
        )

    @strawberry.field
    async def total_count(self, info: Info) -> int:
        query = sa.select(sa.func.count()).select_from(EVENT).where(*self.conditions)
        async with info.context.sessions() as session:
            return await session.scalar(query) or 0

    @strawberry.field
    async def groups(self, info: Info, by: list[EventDimension], first: int) -> list[Group]:
        del by
        earliest, latest = (
            sa.func.substr(sa.cast(column, sa.Text), 1, 7)
            for column in (EVENT.date_earliest, EVENT.date_latest)
        )
        month = sa.case((earliest == latest, earliest)).label("month")
        meetings = sa.func.count().label("meetings")
        query = sa.select(month, meetings).where(*self.conditions).group_by(month)
        query = query.order_by(meetings.desc(), month.nulls_last()).limit(first)
        async with info.context.sessions() as session:
            rows = (await session.execute(query)).all()
        return [Group(keys=[GroupKey(value=value)], count=count) for value, count in rows]


@strawberry.type
class AgreementConnection:
    nodes: list[Agreement]


@strawberry.type
class Query:
    @strawberry.field
    async def article(self, info: Info, key: str) -> Article | None:
        async with info.context.sessions() as session:
            row = await session.scalar(sa.select(ARTICLE).where(ARTICLE.key == key))
        return as_article(row) if row else None

    @strawberry.field
    async def meetings(
        self,
        info: Info,
        first: int = 0,
        after: str | None = None,
        filter: MeetingFilter | None = None,  # noqa: A002
        order_by: list[EventOrder] | None = None,
    ) -> MeetingConnection:
        conditions = [EVENT.kind == "MEETING", *(filter.conditions() if filter else ())]
        order = (
            [EVENT.date_asc, EVENT.key] if order_by else [EVENT.date_desc.desc(), EVENT.key.desc()]
        )
        query = sa.select(EVENT, MEETING.format).join(MEETING, MEETING.id == EVENT.id)
        query = query.where(*conditions).order_by(*order).limit(first + 1)
        if after:
            day, key, _ = bytes.fromhex(after[8:]).decode().split("\x1f")
            query = query.where(sa.tuple_(EVENT.date_desc, EVENT.key) < (day, key))
        rows: Sequence[Any] = ()
        if first:
            async with info.context.sessions() as session:
                rows = (await session.execute(query)).all()
        return MeetingConnection(conditions=conditions, rows=rows, first=first)

    @strawberry.field
    async def agreements(self, info: Info, first: int) -> AgreementConnection:
        query = sa.select(EVENT, AGREEMENT.type, AGREEMENT.status)
        query = query.join(AGREEMENT, AGREEMENT.id == EVENT.id).where(EVENT.kind == "AGREEMENT")
        query = query.order_by(EVENT.date_desc.desc(), EVENT.key.desc()).limit(first)
        async with info.context.sessions() as session:
            rows = (await session.execute(query)).all()
        nodes = [Agreement(row=row, type=type_, status=status) for row, type_, status in rows]
        return AgreementConnection(nodes=nodes)


class Server(GraphQL[Context, None]):
    """The application: a context of fresh loaders for each request."""

    def __init__(self, url: str) -> None:
        """Serve a database."""
        super().__init__(strawberry.Schema(Query))
        driver = url.replace("sqlite:", "sqlite+aiosqlite:").replace("sql:", "sql+asyncpg:")
        options = {"pool_size": 10, "max_overflow": 0}
        engine = create_async_engine(driver, **options)
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Make a request's context."""
        del request, response
        return Context(self.sessions)


def main(url: str, port: str) -> None:
    """Serve a database."""
    uvicorn.run(Server(url), port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
