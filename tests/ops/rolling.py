"""Three Mithaq servers behind nginx, restarted one after the other under load: `make rolling`.

nginx has to be installed. Its configuration is the one of docs/scaling.md, with other ports.
"""

import argparse
import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from api.access.register import add_key
from api.access.scopes import KeyScope
from api.database.migrations import migrate
from api.database.transactions import write
from api.settings import Settings
from tests.cluster import DURABLE
from tests.conftest import AT, ROOT
from tests.ops.load import Load, find_port
from tests.postgres import find_free_port, running_postgres
from tests.server import started

SERVERS = 3
EXAMPLE = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
MAIN = """pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
access_log {folder}/access.log;
client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxy;
{example}
}}
"""


def configure(folder: Path, port: int, servers: list[int]) -> str:
    """Return nginx's configuration: the example with these ports, in a folder of its own."""
    found = EXAMPLE.search((ROOT / "docs" / "scaling.md").read_text())
    assert found
    example = found[1].replace("listen 80;", f"listen 127.0.0.1:{port};")
    for number, server in enumerate(servers, 1):
        example = example.replace(f"10.0.0.{number}:8000", f"127.0.0.1:{server}")
    assert "10.0.0." not in example
    return MAIN.format(folder=folder, example=example)


@contextmanager
def proxied(folder: Path, port: int, servers: list[int]) -> Iterator[None]:
    """Run nginx in front of servers until the context ends."""
    file = folder / "nginx.conf"
    file.write_text(configure(folder, port, servers))
    command = ["nginx", "-c", str(file), "-e", str(folder / "error.log")]
    subprocess.run(command, check=True)
    try:
        yield
    finally:
        subprocess.run([*command, "-s", "stop"], check=True)


async def restart_each(load: Load, stacks: list[ExitStack], start: list[partial[int]]) -> None:
    """Restart the servers one after the other."""
    async with load.running():
        async with load.phase("all servers answer"):
            pass
        for number, stack in enumerate(stacks):
            async with load.phase(f"server {number + 1} is stopped"):
                await asyncio.to_thread(stack.close)
            async with load.phase(f"server {number + 1} is started"):
                await asyncio.to_thread(start[number])


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3, help="the length of a phase")
    given = parser.parse_args()
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres(DURABLE))
        folder = Path(stack.enter_context(TemporaryDirectory()))
        settings = Settings(database_url=postgres.create_database("mithaq"))
        migrate(settings)
        key = write(settings, partial(add_key, name="me", scopes=(KeyScope.WRITE,), now=AT))
        stacks = [stack.enter_context(ExitStack()) for _ in range(SERVERS)]
        environment = {"MITHAQ_PROXIES": "127.0.0.1"}

        def start(number: int, port: int = 0) -> int:
            options = ("--port", str(port))
            serving = started(settings, options, environment)
            return find_port(stacks[number].enter_context(serving)[1])

        ports = [start(number) for number in range(SERVERS)]
        again = [partial(start, number, port) for number, port in enumerate(ports)]
        port = find_free_port()
        stack.enter_context(proxied(folder, port, ports))
        load = Load(key, port, given.seconds)
        asyncio.run(restart_each(load, stacks, again))
        sys.stdout.write(load.report())


if __name__ == "__main__":
    main()
