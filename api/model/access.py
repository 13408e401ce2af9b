"""API keys and their scopes."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from api.model.columns import Row, moment, text_column


class ApiKey(Row, table=True):
    """An API key; only the digest of its secret is stored.

    `id` is the public part of the key; `scopes` are separated by spaces.
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
