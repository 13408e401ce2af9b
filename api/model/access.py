"""API keys and their scopes, and the idempotency keys that clients send."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
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


class Idempotency(Row, table=True):
    """The payload of one root field of a mutation that was sent with an idempotency key.

    `client` is the id of the API key, `field` the place of the root field in the mutation, and
    `digest` the hash of the whole request.
    """

    __tablename__ = "idempotency"
    __table_args__ = (Index(None, "at"),)
    client: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    field: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: str = text_column()
    payload: str = text_column()
    at: datetime = moment()
