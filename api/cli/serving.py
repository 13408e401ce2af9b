"""Serves the database."""

import gc
from typing import Annotated

import typer


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="The number of worker processes.")] = 1,
) -> None:
    """Serve the database over GraphQL at /graphql, with a playground for browsers."""
    gc.disable()  # looking for garbage among what is being imported is a seventh of the start
    from api.app import create_app
    from api.database.migrations import check_at_head
    from api.server.process import Server, configure, listen
    from api.server.workers import serve as run
    from api.settings import read_settings

    gc.enable()
    settings = read_settings()
    check_at_head(settings, reads_only=True)
    application = create_app(workers)
    config = configure(application, settings, host, port, application.access_log)
    listening = listen(config, settings)  # port 0 means any free port, known only now
    address = f"http://{host}:{listening.getsockname()[1]}/graphql"

    def announce() -> None:
        typer.echo(f"Mithaq is at {address} — open it in a browser for the playground.")

    server = Server(config, application.lifespan, announce, application.stop)
    run(server, listening, application.meter, workers)
