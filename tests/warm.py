"""A Python that has imported `api`, forked for each process that a test runs.

Importing `api` is most of what a short command costs. `warm_python()` takes the place of
`sys.executable`, before `-c PROGRAM` or `-m MODULE` and arguments. Three processes take part: the
client, which the test starts and sends signals to; the program; and the keeper between them, which
passes signals on, reports how the program ended, and kills it if the client is gone.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
DIGITS = 8  # of the length that a request begins with


@cache
def warm_python() -> list[str]:
    """Return the words of a command that runs a program as `sys.executable` does."""
    folder = tempfile.TemporaryDirectory(prefix="mithaq-warm-")
    address = f"{folder.name}/socket"
    command = [sys.executable, "-P", __file__, address]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def stop() -> None:
        server.communicate()  # closes its standard input, which ends it
        folder.cleanup()

    atexit.register(stop)
    assert server.stdout
    assert server.stdout.readline() == b"ready\n"
    # Without the environment and site-packages, of which the client needs nothing.
    return [sys.executable, "-I", "-S", __file__, address]


def request(address: str, arguments: list[str]) -> None:
    """Have a program run with this process's files, folder and environment, and end as it ends."""
    with socket.socket(socket.AF_UNIX) as keeper:
        keeper.connect(address)
        for number in PASSED_ON:
            signal.signal(number, lambda number, _: keeper.sendall(bytes([number])))
        content = json.dumps([arguments, str(Path.cwd()), dict(os.environ)]).encode()
        socket.send_fds(keeper, [b"%*d" % (DIGITS, len(content))], [0, 1, 2])
        keeper.sendall(content)
        status = int(keeper.recv(DIGITS))
    if status < 0:
        with suppress(OSError):  # of SIGKILL, which has no handler
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status)


def serve(address: str) -> list[str]:
    """Fork a keeper for each client until the standard input is closed.

    Returns, in each program, the arguments that it is to be run with.
    """
    import api

    for module in pkgutil.walk_packages(api.__path__, "api."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from api.pages.endpoint import Site
    from api.plan.catalog import build_catalog
    from api.schema import SCHEMA

    Site(build_catalog(SCHEMA))  # what it reads and parses is cached
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the clients
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([sys.stdin, listening], [], [])[0]:
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass  # a keeper has ended
            client, _ = listening.accept()
            with client:
                if not os.fork():
                    listening.close()
                    return keep(client)
    os._exit(0)


def keep(client: socket.socket) -> list[str]:
    """Fork a client's program, and watch over both; returns in the program alone."""
    length, files, _, _ = socket.recv_fds(client, DIGITS, 3)
    with client.makefile("rb") as stream:
        arguments, folder, environment = json.loads(stream.read(int(length)))
    program = os.fork()
    if not program:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        given: list[str] = arguments
        return given
    for file in files:
        os.close(file)
    reporter = threading.Thread(target=report, args=(program, client))
    reporter.start()
    while numbers := client.recv(1):
        with suppress(ProcessLookupError):
            os.kill(program, numbers[0])
    with suppress(ProcessLookupError):
        os.kill(program, signal.SIGKILL)
    reporter.join()
    raise AssertionError


def report(program: int, client: socket.socket) -> None:
    """Wait until a program ends, tell its client how, and end the keeper."""
    _, status = os.waitpid(program, 0)
    with suppress(BrokenPipeError):
        client.sendall(b"%d" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def run(kind: str, what: str, *arguments: str) -> None:
    """Run a program as Python runs what it is given by `-c` or `-m`."""
    sys.argv = [kind, *arguments]
    sys.path.insert(0, "")
    if os.environ.get("PYTHONUNBUFFERED"):
        sys.stdout = os.fdopen(1, "w", 1, closefd=False)
    if kind == "-c":
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
    else:
        runpy.run_module(what, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _, ADDRESS, *ARGUMENTS = sys.argv
    if ARGUMENTS:
        request(ADDRESS, ARGUMENTS)
    run(*serve(ADDRESS))
