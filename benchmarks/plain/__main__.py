"""The queries with their filters, and the server: a database and a port in."""

import sys
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any

import sqlalchemy as sa
import strawberry
import uvicorn
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from api.database.sqlite import load_driver
from benchmarks.plain.loaders import (
    ACTOR,
    AGREEMENT,
    ARTICLE,
    EVENT,
    MEETING,
    PARTICIPATION,
    PLACE,
    WITHIN,
    Context,
    Info,
)
from benchmarks.plain.search import RECORD, select_hits
from benchmarks.plain.types import Agreement, Article, Meeting, as_article


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


@strawberry.enum
class RecordKind(Enum):
    ARTICLE = "ARTICLE"


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
        """Return the conditions in SQL."""
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
class SearchHit:
    node: Article


@strawberry.type
class SearchConnection:
    nodes: list[SearchHit]


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

    @strawberry.field
    async def search(
        self, info: Info, text: str, kinds: list[RecordKind], first: int
    ) -> SearchConnection:
        async with info.context.sessions() as session:
            engine = session.get_bind().dialect.name
            hits = select_hits(engine, text).where(RECORD.kind.in_([kind.value for kind in kinds]))
            rows = (await session.scalars(hits.limit(first))).all()
        return SearchConnection(nodes=[SearchHit(node=as_article(row)) for row in rows])


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
    """Serve a database, SQLite's with the library that all others use."""
    sys.modules["sqlite3"] = driver = load_driver()
    sys.modules["sqlite3.dbapi2"] = driver.dbapi2
    uvicorn.run(Server(url), port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
