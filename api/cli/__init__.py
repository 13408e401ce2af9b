"""The `mithaq` command. Commands import their code when they run, so that `--help` is fast."""

import os
import sys
from typing import Annotated

import typer

from api.cli import (
    actors,
    database,
    exporting,
    history,
    importing,
    keys,
    releases,
    schema,
    serving,
)
from api.errors import MithaqError, describe

INTERRUPTED = 130  # the exit code that Typer gives a command that Ctrl-C ends

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # usage errors are plain sentences
)


def show_version(wanted: bool) -> None:  # noqa: FBT001 — Typer passes the value by position
    """Print the version and exit if `--version` is given."""
    from importlib.metadata import version

    if wanted:
        typer.echo(f"mithaq {version('mithaq')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Mithaq: import documents into a database of diplomatic events and serve it over GraphQL."""
    del version  # its callback has printed it


app.command()(serving.serve)
app.command()(database.migrate)
app.command()(database.init)
app.command("import")(importing.import_)
app.command("profile")(importing.sketch)
app.command()(importing.delete)
app.command()(history.follow)
app.command()(history.diff)
app.command()(database.backup)
app.command()(database.restore)
app.command()(database.check)
app.command()(actors.merge)
app.command()(actors.unmerge)
app.command()(exporting.export)
app.command()(exporting.table)
app.command()(schema.schema)
app.command()(schema.documents)


def add_group(name: str, purpose: str) -> typer.Typer:
    """Add a command that has commands of its own."""
    group = typer.Typer(help=purpose)
    app.add_typer(group, name=name, no_args_is_help=True)
    return group


group = add_group("release", "Create, list, verify and delete releases.")
group.command("create")(releases.create_release)
group.command("list")(releases.list_releases)
group.command("verify")(releases.verify_release)
group.command("delete")(releases.delete_release)
group = add_group("actors", "List actors that are probably one.")
group.command("duplicates")(actors.list_duplicates)
group = add_group("key", "Create, list and revoke API keys.")
group.command("create")(keys.create_key)
group.command("list")(keys.list_keys)
group.command("revoke")(keys.revoke_key)


def main() -> None:
    """Run a command; an error is one sentence on standard error, with exit code 1."""
    try:
        app()
    except SystemExit as stopped:
        if stopped.code == INTERRUPTED:
            typer.echo("Interrupted: uncommitted changes are rolled back.", err=True)
        raise
    except Exception as error:  # noqa: BLE001 — the last resort
        cause = error.__cause__ if isinstance(error, MithaqError) else error
        if isinstance(cause, OSError):
            _drop_output()
        if not isinstance(error.__cause__, BrokenPipeError):  # `mithaq export | head` is no error
            typer.echo(describe(error), err=True)
        sys.exit(1)


def _drop_output() -> None:
    """Discard the buffer of standard output, since flushing it at exit would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]
