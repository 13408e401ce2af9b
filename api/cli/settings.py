"""The settings of commands that need a database at its newest revision."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.settings import Settings


def settings_at_head() -> "Settings":
    """Return the settings, after checking that their database is at the newest revision."""
    from api.database.migrations import check_at_head
    from api.settings import read_settings

    settings = read_settings()
    check_at_head(settings)
    return settings
