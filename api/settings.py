"""Settings: `MITHAQ_*` environment variables or `.env` in, one frozen value out."""

from pathlib import Path

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.errors import SettingsError

DATABASE_FORMS = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME"


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
        default="sqlite:///var/mithaq.db", description=f"The database: {DATABASE_FORMS}."
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

    @field_validator("database_url")
    @classmethod
    def check_database_url(cls, url: str) -> str:
        """Accept the two databases, by their plain names."""
        if url.startswith("sqlite:///") and url != "sqlite:///":
            return url
        if url.startswith(("postgresql://", "postgres://")):
            return "postgresql://" + url.partition("://")[2]
        message = f"should be {DATABASE_FORMS}"
        raise ValueError(message)

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
