"""Commands for a database as a whole: create, migrate, back up, check."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.importing import import_
from api.cli.settings import settings_at_head


def migrate() -> None:
    """Create the tables of the database, or migrate them to the newest revision."""
    from api.database.migrations import migrate as run
    from api.settings import read_settings

    before, after = run(read_settings())
    typer.echo(
        f"The database is already at revision {after}."
        if before == after
        else f"The database is now at revision {after}; it was at {before or 'none'}."
    )


def init() -> None:
    """Create the database, and import the seed data: an article and the facts that it reports."""
    from api.resources import SEEDS

    migrate()
    import_([SEEDS])


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, which should not exist.")],
) -> None:
    """Write all tables to a SQLite file, also while others read and write the database."""
    from api.backup import back_up

    back_up(settings_at_head(), file)
    typer.echo(f"{file} has all that the database has; releases are files of their own.")


def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Create the tables of an empty database, and fill them from a backup."""
    from api.backup import restore as run
    from api.settings import read_settings

    typer.echo(f"{run(read_settings(), file):,} records are restored.")


def check() -> None:
    """Check that everything derived is what a new import of all records gives."""
    from api.check import check_database

    records = check_database(settings_at_head(), typer.echo)
    typer.echo(f"{records:,} records were checked: all that derives from them is as it should be.")
