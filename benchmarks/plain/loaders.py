"""The tables, and a request's loaders of their rows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, cast

import sqlalchemy as sa
import strawberry
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
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
