"""Worker processes that share a listening socket: started, restarted on failure, stopped."""

import gc
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

import uvicorn
from uvicorn.config import STARTUP_FAILURE

from api.http.metrics import Meter
from api.server.process import Server

LOG = logging.getLogger(__name__)
MARGIN = 1.75  # seconds beyond the grace in which a worker closes what it has open
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Workers:
    """The parent of worker processes that share a socket; a worker that dies is restarted."""

    def __init__(self, count: int, work: Callable[[int], None], grace: float) -> None:
        """Prepare worker processes; each is given its number."""
        self.fork = multiprocessing.get_context("fork")
        self.count, self.work, self.grace = count, work, grace
        self.running: dict[int, ForkProcess] = {}

    def run(self, listening: socket.socket) -> int:
        """Run workers until a signal arrives or one fails to start; return the exit code."""
        with woken(STOPS) as wake:
            for number in range(self.count):
                self.start(number)
            code = self.keep(wake)
            listening.close()  # or connections would wait for ever
            self.stop()
            return code

    def start(self, number: int) -> None:
        """Fork a worker."""
        process = self.fork.Process(target=self.begin, args=(number,))
        process.start()
        self.running[number] = process

    def begin(self, number: int) -> None:
        """Run a worker process, without the parent's signal handlers."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self.work(number)

    def keep(self, wake: int) -> int:
        """Restart workers that die, until a signal arrives."""
        while True:
            began = time.monotonic()
            ready = wait([wake, *(process.sentinel for process in self.running.values())])
            if wake in ready:
                return 0
            for number, process in list(self.running.items()):
                if process.sentinel not in ready:
                    continue
                process.join()
                LOG.error("Worker %d ended with code %s.", number, process.exitcode)
                if process.exitcode == STARTUP_FAILURE:
                    return STARTUP_FAILURE
                if time.monotonic() - began < 1 and wait([wake], 1):
                    return 0
                self.start(number)

    def stop(self) -> None:
        """Terminate the workers, and kill those that exceed the grace period."""
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + self.grace + MARGIN
        for process in self.running.values():
            process.join(max(0, deadline - time.monotonic()))
            if process.exitcode is None:
                process.kill()
                process.join()


@contextmanager
def woken(signals: tuple[signal.Signals, ...]) -> Iterator[int]:
    """Return a descriptor that becomes readable when one of these signals arrives."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    handlers = {item: signal.signal(item, lambda *_: None) for item in signals}
    try:
        yield reader
    finally:
        for item, handler in handlers.items():
            signal.signal(item, handler)
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)


def serve(config: uvicorn.Config, listening: socket.socket, meter: Meter, workers: int) -> int:
    """Serve in worker processes until a signal arrives; return the exit code."""

    def work(number: int) -> None:
        meter.use(number)
        Server(config).run(sockets=[listening])

    if workers == 1:
        work(0)
        return 0
    gc.collect()
    gc.freeze()  # keeps the memory of these objects shared by all workers
    return Workers(workers, work, config.timeout_graceful_shutdown or 0).run(listening)
