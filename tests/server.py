"""The real command, and servers on ports of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from api.settings import Settings
from tests.warm import warm_python

COMMAND = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"]


def mithaq(*arguments: str) -> list[str]:
    """Return a command that runs `mithaq`, without the time that it takes to import `api`.

    A test that kills it has to wait for what it does meanwhile, and its process id is another;
    where that matters, the command is `COMMAND`.
    """
    return [*warm_python(), *COMMAND[1:3], *arguments]


@contextmanager
def started(
    settings: Settings,
    options: Sequence[str],
    environment: Mapping[str, str],
    stderr: int | None = None,
    *,
    cold: bool = False,
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `mithaq serve` on a database until the context ends, and give it with its address.

    Of the settings only those named here are the command's. The process is the server itself if
    it is `cold`, and else one that passes signals on.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MITHAQ_")}
    told = {"MITHAQ_DATABASE_URL": settings.database_url, **environment}
    with subprocess.Popen(
        [*(COMMAND if cold else mithaq(*COMMAND[3:])), *options],
        cwd="/",  # where no `.env` is
        env=kept | told,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = next((word for word in line.split() if word.startswith("http://")), None)
            assert found, process.stderr and process.stderr.read()
            yield process, found
        finally:
            if process.poll() is None:
                process.terminate()
                process.communicate()


@contextmanager
def serving(settings: Settings, *options: str, **environment: str) -> Iterator[str]:
    """Run `mithaq serve` on a database until the context ends, and give its address."""
    with started(settings, options, environment) as (_, address):
        yield address
