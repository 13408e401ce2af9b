"""Commands about actors that are one."""

from typing import Annotated

import typer

from api.cli.settings import settings_at_head


def _read_key(text: str) -> str:
    """Return the key in an actor's id, or the key as it is: keys have no colon."""
    return text.removeprefix("actor:")


def merge(
    merged: Annotated[
        str, typer.Argument(metavar="FROM", help="The key or id of the actor to merge.")
    ],
    into: Annotated[str, typer.Argument(help="The key or id of the actor that it is merged into.")],
) -> None:
    """Merge an actor into another: its names, offices, participations and claims."""
    from api.database.transactions import write
    from api.intake.merging import run_merge

    settings = settings_at_head()
    old, new = map(_read_key, (merged, into))
    count = run_merge(old, new, lambda work: write(settings, work))
    typer.echo(f"{count} records changed")


def unmerge(
    key: Annotated[str, typer.Argument(help="The key or id of the actor that was merged.")],
) -> None:
    """Take back the merging of an actor, except for records changed since."""
    from api.database.transactions import write
    from api.intake.unmerging import run_unmerge

    settings = settings_at_head()
    key = _read_key(key)
    left = run_unmerge(key, lambda work: write(settings, work))
    for ref in left:
        typer.echo(f"{ref} was changed since, and is left as it is", err=True)
    typer.echo(f"actor:{key} is there again")


def list_duplicates(
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="The least score of a pair that is listed.")
    ] = 0.9,
) -> None:
    """List pairs of actors that are probably one as lines of JSON, most certain first.

    Each line has the arguments of mergeActors. Nothing is merged.
    """
    import orjson

    from api.database.transactions import read
    from api.intake.duplicate_actors import find_duplicate_actors

    settings = settings_at_head()
    for pair in read(settings, lambda work: find_duplicate_actors(work, threshold)):
        typer.echo(orjson.dumps(pair.describe()).decode())
