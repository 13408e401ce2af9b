"""Settings: `MITHAQ_*` environment variables or `.env` in, one frozen value out."""

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from dotenv.parser import Binding, parse_stream
from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.errors import SettingsError

# The largest page; PostgreSQL's plans rely on it (see `api.sql.dialects.page_of`).
MAX_PAGE = 500
DATABASE_FORMS = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME"
PREFIX = "MITHAQ_"
FILE = ".env"
# The variables that Kubernetes gives every container where a service is called mithaq.
KUBERNETES = re.compile(
    r"MITHAQ_(SERVICE_(HOST|PORT(_\w+)?)=|PORT(_[0-9]+_[A-Z]+(_\w+)?=|=[a-z]+://))", re.ASCII
)
# What would be read in two ways is refused: pieces of a password would turn up as host or port.
POSTGRESQL = re.compile(
    r"postgres(?:ql)?://"
    r"(?P<rest>(?:[^\s:/?#@\[\]]+(?::[^\s:/?#@\[\]]*)?@)?"
    r"(?:[^\s:/?#@\[\]]*|\[[0-9a-fA-F:.%]+\])(?::[0-9]{1,5})?"
    r"(?:/[^\s?#]*)?(?:\?\S*)?)"
)
ESCAPES = ", ".join(f"{quote(character, '')} for {character}" for character in ":/?#@[]")

ORIGIN = re.compile(r"\*|[a-z][a-z0-9+.-]*://[^/?#\s,]+", re.IGNORECASE | re.ASCII)
EXPORTER = "OTEL_TRACES_EXPORTER"
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


class ChosenLimits(BaseModel):
    """The limits of one request that an operator may choose; each refuses with its own code."""

    max_body: int = Field(default=1_000_000, ge=1_000, description="Bytes of a request's body.")
    max_tokens: int = Field(default=15_000, ge=100, description="Tokens of a document.")
    max_depth: int = Field(
        default=45, ge=1, le=60, description="Fields within one another, fragments expanded."
    )
    max_fields: int = Field(
        default=5_000, ge=1, description="Fields of an operation, fragments expanded."
    )
    max_page: int = Field(
        default=MAX_PAGE, ge=1, le=MAX_PAGE, description="Records of a page, and ids in `nodes`."
    )
    max_conditions: int = Field(
        default=500, ge=1, le=800, description="Conditions in an operation's filters."
    )
    max_text: int = Field(
        default=20_000, ge=1, description="Characters of the texts that an operation looks for."
    )
    introspection: bool = Field(default=True, description="Whether the schema tells of itself.")
    max_cost: int = Field(default=1_000_000, ge=1, description="An operation's cost.")


class Limits(ChosenLimits):
    """All limits of one request: those that are chosen, and constants that follow from them.

    Definitions, aliases and directives are bounded by a document's tokens, values by a body's
    bytes; the constants only keep the most expensive shapes of these out.
    """

    max_definitions: int = Field(
        default=200, ge=1, le=300, description="Operations and fragments of a document."
    )
    max_root_fields: int = Field(
        default=500, ge=1, description="Fields of an operation's root, fragments expanded."
    )
    max_aliases: int = Field(default=1_000, ge=0, description="Aliases of a document.")
    max_directives: int = Field(default=500, ge=0, description="Directives of a document.")
    max_variables: int = Field(default=500, ge=0, description="Variables of an operation.")
    max_values: int = Field(
        default=5_000, ge=1, description="Values within the variables, however nested."
    )
    max_lists: int = Field(default=500, ge=1, description="Lists and connections of an operation.")
    max_list_depth: int = Field(
        default=15, ge=1, le=20, description="Lists and connections within one another."
    )
    max_filter_depth: int = Field(
        default=40, ge=1, le=50, description="Objects within one another in a filter."
    )
    max_items: int = Field(default=1_000, ge=1, description="Values that a filter's list has.")
    max_words: int = Field(default=50, ge=1, description="Words of a search.")
    max_errors: int = Field(default=20, ge=1, description="Errors that an answer lists.")
    max_introspection: int = Field(
        default=30_000, ge=1, description="Values that the answer to an introspection has."
    )


class Settings(ChosenLimits, BaseSettings):
    """The settings of a server or command; each field is `MITHAQ_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=FILE, extra="ignore", frozen=True)

    database_url: str = Field(
        default="sqlite:///var/mithaq.db",
        description=f"The database: {DATABASE_FORMS}.",
        repr=False,  # it may hold a password
    )
    pool_size: int = Field(
        default=10, ge=1, le=1000, description="Connections to PostgreSQL, at most."
    )
    timeout: float = Field(
        default=10, gt=0, le=3600, description="Seconds that a statement may take."
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
    def limits(self) -> Limits:
        """The limits of one request."""
        return Limits(**{name: getattr(self, name) for name in ChosenLimits.model_fields})

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
        SettingsError: one is wrong or unknown; the message names it and says what would be right.
    """
    if problems := [*_check_environment(), *_check_file()]:
        raise SettingsError("\n".join(problems))
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{PREFIX}{str(item['loc'][0]).upper()}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        ]
        raise SettingsError("\n".join(lines)) from None


def _check_environment() -> Iterator[str]:
    """Yield a sentence for each environment variable that looks like a setting and is none."""
    for name, value in sorted(os.environ.items()):
        if not KUBERNETES.match(f"{name}={value}"):
            yield from _check_name(name, "the environment")


def _check_file() -> Iterator[str]:
    """Yield a sentence for each line of `.env` that means a setting and names none."""
    if not Path(FILE).is_file():
        return
    try:
        with Path(FILE).open(encoding="utf-8") as file:
            bindings = list(parse_stream(file))
    except UnicodeDecodeError:
        yield f"{FILE} is not UTF-8."
        return
    for binding in bindings:
        if PREFIX in binding.original.string.upper():
            yield from _check_binding(binding)


def _check_binding(binding: Binding) -> Iterator[str]:
    text = binding.original.string
    blank = text[: len(text) - len(text.lstrip())].count("\n")
    where = f"{FILE}, line {binding.original.line + blank}"
    if binding.error or (binding.key and binding.value is None):
        yield f"{where}: this should be NAME=VALUE."
    elif binding.key:
        yield from _check_name(binding.key, where)


def _check_name(name: str, where: str) -> Iterator[str]:
    """Yield a sentence if a name has the settings' prefix, in any case, and is no setting."""
    names = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    if not name.upper().startswith(PREFIX) or name.upper() in names:
        return
    near = get_close_matches(name.upper(), names, 1, cutoff=0)
    yield f"{name} ({where}) is no setting; the nearest is {near[0]}."
