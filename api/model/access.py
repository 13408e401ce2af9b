"""Who may ask: keys, each with its scopes."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from api.model.columns import Row, moment, text_column


class ApiKey(Row, table=True):
    """A key that opens the interface, without what its holder has to show: its digest alone.

    `id` is the part of the key that is no secret; `scopes` are words between spaces.
    """

    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("name"),)
    id: str = Field(primary_key=True)
    name: str = text_column()
    digest: str = text_column()
    scopes: str = text_column()
    created_at: datetime = moment()
    expires_at: datetime | None = moment(null=True)
    used_at: datetime | None = moment(null=True)
