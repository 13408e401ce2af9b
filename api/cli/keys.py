"""Commands about API keys."""

from typing import Annotated

import typer

from api.access.scopes import KeyScope
from api.cli.settings import settings_at_head
from api.terminal import print_table


def create_key(
    name: Annotated[str, typer.Argument(help="The name of its user or its purpose.")],
    scope: Annotated[
        list[KeyScope] | None,
        typer.Option(help="A permission of the key; `read` by default; may be repeated."),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(
            help="When it expires: after days (90d), or at the end of a day (2030-12-31)."
        ),
    ] = None,
) -> None:
    """Create a key and print it; it cannot be printed again, since only its digest is stored."""
    from datetime import UTC, datetime

    from api.access.register import add_key, parse_expiry
    from api.database.transactions import write_aside

    now = datetime.now(UTC)
    end = None if expires is None else parse_expiry(expires, now)
    scopes = scope or [KeyScope.READ]
    typer.echo(write_aside(settings_at_head(), lambda c: add_key(c, name, scopes, now, end)))


def list_keys() -> None:
    """List the keys with their scopes and their times of creation, expiry and last use."""
    from api.access.register import list_keys as run
    from api.database.transactions import read

    rows = [
        (name, scopes, *(f"{at:%Y-%m-%d %H:%M}" if at else "never" for at in moments))
        for name, scopes, *moments in read(settings_at_head(), run)
    ]
    print_table(("name", "scopes", "created", "expires", "last used"), rows)


def revoke_key(name: Annotated[str, typer.Argument(help="The name of the key.")]) -> None:
    """Revoke a key; running servers refuse it after five seconds at the latest."""
    from api.access.register import revoke_key as run
    from api.database.transactions import write_aside

    write_aside(settings_at_head(), lambda connection: run(connection, name))
    typer.echo(f"{name} is revoked.")
