"""Commands about releases."""

from typing import Annotated

import typer

from api.cli.settings import settings_at_head
from api.terminal import print_table


def create_release(
    name: Annotated[str, typer.Argument(help="Its name, such as 2026.1.")],
    at: Annotated[
        str | None,
        typer.Option(help="A revision's number, or a date; the newest revision if left out."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="A note on it.")] = None,
) -> None:
    """Create an immutable copy of the database as it was at the end of a revision."""
    from api.releasing import create_release as run

    release = run(settings_at_head(), name, at, note)
    typer.echo(f"{release.name}: revision {release.revision_id}, {release.records:,} records")
    typer.echo(f"SHA-256 of its export: {release.sha256}")


def list_releases() -> None:
    """List the releases with their revisions, times, numbers of records, and hashes."""
    from api.database.transactions import read
    from api.releases import list_releases as run

    rows = [
        (name, str(revision), f"{at:%Y-%m-%d %H:%M}", f"{records:,}", sha256, note or "")
        for name, revision, at, records, sha256, note, _ in read(settings_at_head(), run)
    ]
    print_table(("name", "revision", "created", "records", "SHA-256", "note"), rows)


def verify_release(name: Annotated[str, typer.Argument(help="The name of the release.")]) -> None:
    """Check that a release's file, and its export, are what was hashed when it was made."""
    from api.releases import verify_release as run

    release = run(settings_at_head(), name)
    typer.echo(f"{name} is as it was made: {release.records:,} records.")


def delete_release(name: Annotated[str, typer.Argument(help="The name of the release.")]) -> None:
    """Delete a release and its file."""
    from api.releases import delete_release as run

    run(settings_at_head(), name)
    typer.echo(f"{name} is deleted.")
