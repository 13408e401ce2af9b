"""Settings: read from the environment variables `MITHAQ_*` and the file `.env`."""

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from dotenv.parser import Binding, parse_stream
from pydantic import BaseModel, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.errors import SettingsError

# The largest page; PostgreSQL's plans rely on it (see `api.sql.dialects.page_of`).
MAX_PAGE = 500
MAX_POINTS = 10**12  # clients read costs as integers of 64 bits, or as doubles
REPLICA_FORM = "postgresql://USER:PASSWORD@HOST:PORT/NAME"
DATABASE_FORMS = f"sqlite:///PATH or {REPLICA_FORM}"
PREFIX = "MITHAQ_"
FILE = ".env"
# The variables that Kubernetes sets in every container if a service is named mithaq.
KUBERNETES = re.compile(
    r"MITHAQ_(SERVICE_(HOST|PORT(_\w+)?)=|PORT(_[0-9]+_[A-Z]+(_\w+)?=|=[a-z]+://))", re.ASCII
)
HOST = r"(?:[^\s,:/?#@\[\]]*|\[[0-9a-fA-F:.%]+\])(?::[0-9]{1,5})?"
# Ambiguous URLs do not match: a part of the password would be taken for the host or the port.
POSTGRESQL = re.compile(
    r"postgres(?:ql)?://"
    r"(?P<user>(?:[^\s:/?#@\[\]]+(?::[^\s:/?#@\[\]]*)?@)?)"
    rf"(?P<hosts>{HOST}(?:,{HOST})*)"
    r"(?P<name>(?:/[^\s?#]*)?(?:\?\S*)?)"
)
ESCAPES = ", ".join(f"{quote(character, '')} for {character}" for character in ":/?#@[]")

ORIGIN = re.compile(r"\*|[a-z][a-z0-9+.-]*://[^/?#\s,]+", re.IGNORECASE | re.ASCII)
EXPORTER = "OTEL_TRACES_EXPORTER"
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def split_hosts(url: str) -> list[str]:
    """Return a PostgreSQL URL for each host of one; none if it is not a PostgreSQL URL."""
    if (match := POSTGRESQL.fullmatch(url)) is None:
        return []
    hosts = match["hosts"].split(",")
    return [f"postgresql://{match['user']}{host}{match['name']}" for host in hosts]


class ChosenLimits(BaseModel):
    """The limits of a request that are settings; each has an error code of its own."""

    max_body: int = Field(
        default=1_000_000, ge=1_000, description="The largest request body, in bytes."
    )
    max_tokens: int = Field(default=15_000, ge=100, description="Tokens of a document.")
    max_depth: int = Field(
        default=45, ge=1, le=60, description="Levels of nested fields, fragments expanded."
    )
    max_fields: int = Field(
        default=5_000, ge=1, description="Fields of an operation, fragments expanded."
    )
    max_page: int = Field(
        default=MAX_PAGE, ge=1, le=MAX_PAGE, description="Records of a page, and ids of `nodes`."
    )
    max_conditions: int = Field(
        default=500, ge=1, le=800, description="Conditions in the filters of an operation."
    )
    max_text: int = Field(
        default=20_000,
        ge=1,
        description="Characters of text in the filters and searches of an operation.",
    )
    max_records: int = Field(
        default=1_000, ge=1, description="Records that a mutation's field writes or deletes."
    )
    introspection: bool = Field(default=True, description="Whether introspection is allowed.")
    max_cost: int = Field(
        default=1_000_000, ge=1, le=MAX_POINTS, description="The cost of an operation."
    )


class Limits(ChosenLimits):
    """All limits of a request: the settings, and constants that exclude expensive requests.

    The settings already bound what the constants limit: the tokens of a document bound its
    definitions, aliases and directives, and the size of the body bounds the variables' values.
    """

    max_definitions: int = Field(
        default=200, ge=1, le=300, description="Operations and fragments of a document."
    )
    max_root_fields: int = Field(
        default=500, ge=1, description="Root fields of an operation, fragments expanded."
    )
    max_aliases: int = Field(default=1_000, ge=0, description="Aliases of a document.")
    max_directives: int = Field(default=500, ge=0, description="Directives of a document.")
    max_variables: int = Field(default=500, ge=0, description="Variables of an operation.")
    max_values: int = Field(
        default=5_000, ge=1, description="Values within the variables, nested ones included."
    )
    max_written: int = Field(
        default=200_000, ge=1, description="Values within a mutation's variables."
    )
    max_lists: int = Field(default=500, ge=1, description="Lists and connections of an operation.")
    max_list_depth: int = Field(
        default=15, ge=1, le=20, description="Levels of nested lists and connections."
    )
    max_filter_depth: int = Field(
        default=40, ge=1, le=50, description="Levels of nested objects in a filter."
    )
    max_items: int = Field(default=1_000, ge=1, description="Values of a list in a filter.")
    max_words: int = Field(default=50, ge=1, description="Words of a search.")
    max_errors: int = Field(default=20, ge=1, description="Errors that a response lists.")
    max_introspection: int = Field(
        default=30_000, ge=1, description="Values in the response to an introspection query."
    )


class Settings(ChosenLimits, BaseSettings):
    """The settings of a server or command; each field is `MITHAQ_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=FILE, extra="ignore", frozen=True, allow_inf_nan=False
    )

    database_url: str = Field(
        default="sqlite:///var/mithaq.db",
        description=f"The database: {DATABASE_FORMS}.",
        repr=False,  # it may contain a password
    )
    read_urls: str = Field(
        default="",
        description="PostgreSQL replicas that answer reads, one URL each, separated by spaces.",
        repr=False,
    )
    max_lag: int = Field(
        default=10,
        ge=0,
        description="Revisions by which a replica that answers reads may be behind.",
    )
    pool_size: int = Field(
        default=10,
        ge=1,
        le=1000,
        description="The maximum number of connections of each worker to a PostgreSQL server.",
    )
    timeout: float = Field(
        default=10, gt=0, le=3600, description="Seconds after which an SQL statement is cancelled."
    )
    releases: Path | None = Field(
        default=None,
        description="The folder of releases; `releases` beside a SQLite database, or in `var`.",
    )
    documents: Path | None = Field(
        default=None, description="A file of trusted documents, written by `mithaq documents`."
    )
    trusted_only: bool = Field(
        default=False, description="Whether documents that are not trusted are refused."
    )
    access: Literal["open", "keys"] = Field(
        default="open",
        description="Who may read: everybody (`open`), or clients with an API key (`keys`).",
    )
    bucket_size: int = Field(
        default=0,
        ge=0,
        le=MAX_POINTS,
        description="Points of cost that a client's token bucket holds; 0 disables rate limits.",
    )
    bucket_rate: int = Field(
        default=1_000,
        ge=1,
        le=MAX_POINTS,
        description="The points that a client's token bucket regains per second.",
    )

    pages: bool = Field(
        default=True, description="Whether the pages for people are served, at `/` and below."
    )
    cors_origins: str = Field(
        default="",
        description="Origins whose pages may send requests, separated by commas; `*` allows all.",
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning",
        description="The least severe level that is logged; `info` logs every request.",
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="`auto` is text on a terminal and JSON elsewhere."
    )
    log_slow: float = Field(
        default=1.0, gt=0, description="Requests that take more seconds are logged as warnings."
    )
    grace: int = Field(
        default=8,
        ge=0,
        description="Seconds in which running requests have to finish when the server stops.",
    )
    read_timeout: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="Seconds in which a request has to arrive completely.",
    )
    keep_alive: int = Field(
        default=75, ge=1, description="Seconds after which an idle connection is closed."
    )
    max_connections: int = Field(
        default=1_000, ge=1, description="The maximum number of client connections of each worker."
    )
    max_subscriptions: int = Field(
        default=100,
        ge=0,
        description="Event streams and WebSocket operations of a client (a key or an address) that "
        "each worker keeps open, at most.",
    )
    cache: int = Field(
        default=64 * 1024 * 1024,
        ge=0,
        description="Bytes of answers that each worker keeps for equal requests; 0 keeps none.",
    )
    max_exports: int = Field(
        default=4,
        ge=1,
        description="Table exports that each worker sends at once; others wait.",
    )
    proxies: str = Field(
        default="",
        description="Addresses of trusted proxies (X-Forwarded-For), comma-separated; `*` is any.",
    )
    traces: bool = Field(
        default=False,
        description="Whether OpenTelemetry traces are sent; the variables `OTEL_*` configure them.",
    )

    @field_validator("cors_origins")
    @classmethod
    def check_origins(cls, origins: str) -> str:
        """Check that the value is a comma-separated list of origins, which have no path."""
        for origin in filter(None, (item.strip() for item in origins.split(","))):
            if not ORIGIN.fullmatch(origin):
                message = f"should be * or origins such as https://example.org, not {origin}"
                raise ValueError(message)
        return origins

    @field_validator("proxies")
    @classmethod
    def check_proxies(cls, proxies: str) -> str:
        """Check that the value is `*`, or a comma-separated list of addresses and networks."""
        items = [item.strip() for item in proxies.split(",") if item.strip()]
        for item in items if items != ["*"] else ():
            try:
                ip_network(item)
            except ValueError:
                message = f"should be * or addresses such as 10.0.0.1 or 10.0.0.0/8, not {item}"
                raise ValueError(message) from None
        return ",".join(items)

    @field_validator("releases", "documents", mode="before")
    @classmethod
    def read_path(cls, path: object) -> object:
        """Take an empty path for none, as an empty list is, not for the working directory."""
        return path or None

    @field_validator("trusted_only")
    @classmethod
    def check_trusted(cls, only: bool, info: ValidationInfo) -> bool:  # noqa: FBT001
        """Check that there are trusted documents if all others are refused."""
        if only and not info.data.get("documents"):
            message = "needs trusted documents: set MITHAQ_DOCUMENTS to a file of them"
            raise ValueError(message)
        return only

    @field_validator("database_url")
    @classmethod
    def check_database_url(cls, url: str) -> str:
        """Check that the URL is one of SQLite or PostgreSQL, and normalize its scheme."""
        if url.startswith("sqlite:///") and url != "sqlite:///":
            return url
        if match := POSTGRESQL.fullmatch(url):
            return f"postgresql://{match['user']}{match['hosts']}{match['name']}"
        message = f"should be {DATABASE_FORMS}; in a password, {ESCAPES}"
        raise ValueError(message)

    @field_validator("read_urls")
    @classmethod
    def check_read_urls(cls, urls: str, info: ValidationInfo) -> str:
        """Check that each URL is of one PostgreSQL server, as the database's has to be."""
        for url in urls.split():
            if len(split_hosts(url)) != 1:
                message = f"should be {REPLICA_FORM}, one host each; in a password, {ESCAPES}"
                raise ValueError(message)
        if urls.split() and info.data.get("database_url", "").startswith("sqlite:"):
            message = "needs PostgreSQL: set MITHAQ_DATABASE_URL to the URL of the primary server"
            raise ValueError(message)
        return urls

    @property
    def limits(self) -> Limits:
        """The limits of a request."""
        return Limits(**{name: getattr(self, name) for name in ChosenLimits.model_fields})

    @property
    def traces_wanted(self) -> bool:
        """Whether traces are sent: by the setting `traces`, or by OpenTelemetry's variables."""
        variable = os.environ.get
        if variable("OTEL_SDK_DISABLED", "").lower() == "true" or variable(EXPORTER) == "none":
            return False
        return self.traces or any(map(variable, (EXPORTER, *ENDPOINTS)))

    @property
    def sqlite_path(self) -> Path | None:
        """The path of the SQLite database; None for PostgreSQL."""
        if self.database_url.startswith("sqlite:///"):
            return Path(self.database_url.removeprefix("sqlite:///"))
        return None

    @property
    def releases_folder(self) -> Path:
        """The folder of the releases' files."""
        beside = self.sqlite_path.parent if self.sqlite_path else Path("var")
        return self.releases or beside / "releases"


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a setting is invalid or unknown; the message names it and what is valid.
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
    """Yield an error for each environment variable with the settings' prefix that is no setting."""
    for name, value in sorted(os.environ.items()):
        if not KUBERNETES.match(f"{name}={value}"):
            yield from _check_name(name, "the environment")


def _check_file() -> Iterator[str]:
    """Yield an error for each line of `.env` that has the settings' prefix, but sets no setting."""
    if not Path(FILE).is_file():
        return
    try:
        with Path(FILE).open(encoding="utf-8") as file:
            bindings = list(parse_stream(file))
    except UnicodeDecodeError:
        yield f"{FILE} is not UTF-8: save it as UTF-8."
        return
    for binding in bindings:
        if PREFIX in binding.original.string.upper():
            yield from _check_binding(binding)


def _check_binding(binding: Binding) -> Iterator[str]:
    text = binding.original.string
    blank = text[: len(text) - len(text.lstrip())].count("\n")
    where = f"{FILE}, line {binding.original.line + blank}"
    if binding.error or (binding.key and binding.value is None):
        yield f"{where}: the line should be NAME=VALUE."
    elif binding.key:
        yield from _check_name(binding.key, where)


def _check_name(name: str, where: str) -> Iterator[str]:
    """Yield an error if a name has the settings' prefix, in any case, but is no setting."""
    names = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    if not name.upper().startswith(PREFIX) or name.upper() in names:
        return
    near = get_close_matches(name.upper(), names, 1, cutoff=0.8)
    hint = f"; did you mean {near[0]}?" if near else ", which docs/operating.md lists."
    yield f"{name} ({where}) is not a setting{hint}"
