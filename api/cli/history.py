"""Commands about changes: what differs, and what another server has."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.settings import settings_at_head

if TYPE_CHECKING:
    from api.following import Revision


def diff(
    after: Annotated[
        str,
        typer.Argument(
            help="A revision's number, a release, or a date: 2026-01-31 is that day's last."
        ),
    ],
    until: Annotated[str | None, typer.Argument(help="The same; the newest if left out.")] = None,
) -> None:
    """Print what changed between two revisions: lines that went with -, lines that came with +."""
    from api.database.transactions import read
    from api.intake.history import write_differences

    settings = settings_at_head()
    read(
        settings, lambda connection: write_differences(connection, after, until, sys.stdout.buffer)
    )


def follow(
    url: Annotated[
        str, typer.Argument(help="The other's endpoint: https://mithaq.example/graphql.")
    ],
    key: Annotated[
        str | None,
        typer.Option(envvar="FOLLOW_KEY", help="An API key, if the other asks for one."),
    ] = None,
    once: Annotated[  # noqa: FBT002 — Typer passes options by name
        bool, typer.Option("--once", help="Stop when all that is there has been applied.")
    ] = False,
) -> None:
    """Mirror another Mithaq: apply its changes to this database, and go on as they come."""
    from api.database.transactions import writing
    from api.following import Origin, follow

    with writing(settings_at_head()) as write:
        follow(Origin(url, key), write, show_revision, once=once)


def show_revision(revision: "Revision") -> None:
    """Print that a revision of the other was applied."""
    count = len(revision.lines)
    typer.echo(f"revision {revision.number}: {count} record{'' if count == 1 else 's'}")
