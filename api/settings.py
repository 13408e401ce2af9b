"""Settings: `MITHAQ_*` environment variables or `.env` in, one frozen value out."""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.errors import SettingsError

DATABASE_FORMS = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME"
# What would be read in two ways is refused: pieces of a password would turn up as host or port.
POSTGRESQL = re.compile(
    r"postgres(?:ql)?://"
    r"(?P<rest>(?:[^\s:/?#@\[\]]+(?::[^\s:/?#@\[\]]*)?@)?"
    r"(?:[^\s:/?#@\[\]]*|\[[0-9a-fA-F:.%]+\])(?::\d{1,5})?"
    r"(?:/[^\s?#]*)?(?:\?\S*)?)"
)
ESCAPES = ", ".join(f"{quote(character, '')} for {character}" for character in ":/?#@[]")

ORIGIN = re.compile(r"\*|[a-z][a-z0-9+.-]*://[^/?#\s,]+", re.IGNORECASE)
EXPORTER = "OTEL_TRACES_EXPORTER"
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


class Limits(BaseModel):
    """How much one request may ask; each is on by default."""

    max_body: int = Field(default=1_000_000, ge=1_000, description="Bytes of a request's body.")
    max_tokens: int = Field(default=15_000, ge=100, description="Tokens of a document.")
    max_errors: int = Field(default=20, ge=1, description="Errors that an answer lists.")


class Settings(Limits, BaseSettings):
    """What a server or command is told; every field is `MITHAQ_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="MITHAQ_", env_file=".env", extra="ignore", frozen=True
    )

    database_url: str = Field(
        default="sqlite:///var/mithaq.db",
        description=f"The database: {DATABASE_FORMS}.",
        repr=False,  # it may hold a password
    )
    pool_size: int = Field(
        default=10, ge=1, le=1000, description="Connections to PostgreSQL, at most."
    )
    documents: Path | None = Field(
        default=None, description="A file of trusted documents, as `mithaq documents` writes it."
    )
    trusted_only: bool = Field(
        default=False, description="Whether no other documents are answered."
    )
    access: Literal["open", "keys"] = Field(
        default="open", description="Who may read: anybody, or who has a key."
    )
    bucket_size: int = Field(
        default=0, ge=0, description="Cost points that a client may save up; 0 is no such limit."
    )
    bucket_rate: int = Field(
        default=1_000, ge=1, description="Cost points that a client gets back each second."
    )

    cors_origins: str = Field(
        default="", description="Origins whose pages may ask, divided by commas; * is all of them."
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="What is logged: `info` has a line for every request."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="`auto` is text on a terminal and JSON elsewhere."
    )
    log_slow: float = Field(
        default=1.0, gt=0, description="Seconds from which on a request is logged as a warning."
    )
    grace: int = Field(
        default=8, ge=0, description="Seconds that requests get to finish when the server stops."
    )
    read_timeout: float = Field(
        default=30.0, gt=0, description="Seconds in which a request has to arrive."
    )
    keep_alive: int = Field(
        default=75, ge=1, description="Seconds that an idle connection is kept open."
    )
    max_connections: int = Field(
        default=1_000, ge=1, description="Connections of clients, at most, to each worker."
    )
    proxies: str = Field(
        default="",
        description="Addresses of proxies that are believed who the client is; `*` is any.",
    )
    traces: bool = Field(
        default=False, description="Whether OpenTelemetry traces are sent; `OTEL_*` says where."
    )

    @field_validator("cors_origins")
    @classmethod
    def check_origins(cls, origins: str) -> str:
        """Accept origins, which have no path, divided by commas."""
        for origin in filter(None, (item.strip() for item in origins.split(","))):
            if not ORIGIN.fullmatch(origin):
                message = f"should be * or origins such as https://example.org, not {origin}"
                raise ValueError(message)
        return origins

    @field_validator("database_url")
    @classmethod
    def check_database_url(cls, url: str) -> str:
        """Accept the two databases, by their plain names."""
        if url.startswith("sqlite:///") and url != "sqlite:///":
            return url
        if match := POSTGRESQL.fullmatch(url):
            return f"postgresql://{match['rest']}"
        message = f"should be {DATABASE_FORMS}; in a password, {ESCAPES}"
        raise ValueError(message)

    @property
    def traces_wanted(self) -> bool:
        """Whether traces are sent: by this server's setting, or by OpenTelemetry's own."""
        told = os.environ.get
        if told("OTEL_SDK_DISABLED", "").lower() == "true" or told(EXPORTER) == "none":
            return False
        return self.traces or any(map(told, (EXPORTER, *ENDPOINTS)))

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, if it is SQLite's."""
        if self.database_url.startswith("sqlite:///"):
            return Path(self.database_url.removeprefix("sqlite:///"))
        return None


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: one is wrong; the message names it and says what would be right.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"MITHAQ_{str(item['loc'][0]).upper()}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        ]
        raise SettingsError("\n".join(lines)) from None
