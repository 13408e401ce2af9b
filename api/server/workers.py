"""Worker processes that share a listening socket: started, restarted on failure, stopped."""

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

from api.errors import StartError, describe
from api.http.metrics import Meter
from api.server.process import Announce, Server

LOG = logging.getLogger(__name__)
MARGIN = 1.75  # seconds beyond the grace in which a worker closes what it has open
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Workers:
    """The parent of worker processes that share a socket; a worker that dies is restarted."""

    def __init__(self, count: int, work: Callable[[int, Announce], None], grace: float) -> None:
        """Prepare worker processes; `work` gets its number, and what to call once it serves."""
        self.fork = multiprocessing.get_context("fork")
        self.count, self.work, self.grace = count, work, grace
        self.running: dict[int, ForkProcess] = {}
        self.serving: set[int] = set()  # the workers that have started
        # Each worker sends its number, and None once it serves or the error that ended it.
        self.reports, self.reporter = self.fork.Pipe(duplex=False)

    def run(self, listening: socket.socket, announce: Announce) -> None:
        """Run workers until a signal arrives; call `announce` when all serve.

        Raises:
            StartError: a worker could not start; the others are stopped.
        """
        with woken(STOPS) as wake:
            try:
                for number in range(self.count):
                    self.start(number)
                self.keep(wake, announce)
            finally:
                listening.close()  # or connections would wait for ever
                self.stop()

    def start(self, number: int) -> None:
        """Fork a worker."""
        process = self.fork.Process(target=self.begin, args=(number,))
        process.start()
        self.running[number] = process

    def begin(self, number: int) -> None:
        """Run a worker process, without the parent's signal handlers; report an error of it."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            self.work(number, lambda: self.reporter.send((number, None)))
        except Exception as error:  # noqa: BLE001 — the parent prints or logs it
            self.reporter.send((number, describe(error)))
            sys.exit(1)

    def keep(self, wake: int, announce: Announce) -> None:
        """Restart workers that die, until a signal arrives.

        Raises:
            StartError: a worker could not start.
        """
        announced = False
        while True:
            began = time.monotonic()
            sentinels = [process.sentinel for process in self.running.values()]
            ready = wait([wake, self.reports, *sentinels])
            if wake in ready:
                return
            while self.reports.poll():
                self.note(*self.reports.recv())
            if not announced and len(self.serving) == self.count:
                announce()
                announced = True
            for number, process in list(self.running.items()):
                if process.sentinel not in ready:
                    continue
                process.join()
                end = f"Worker {number} ended with code {process.exitcode}"
                if number not in self.serving:
                    raise StartError(f"{end} before it could serve.")
                self.serving.remove(number)
                LOG.error("%s; another is started.", end)
                if time.monotonic() - began < 1 and wait([wake], 1):
                    return
                self.start(number)

    def note(self, number: int, error: str | None) -> None:
        """Record that a worker serves, or log the error that ended it.

        Raises:
            StartError: the worker had not served yet.
        """
        if error is None:
            self.serving.add(number)
        elif number in self.serving:
            LOG.error("%s", error)
        else:
            raise StartError(error)

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


def serve(server: Server, listening: socket.socket, meter: Meter, workers: int) -> None:
    """Serve in worker processes until a signal arrives.

    Raises:
        StartError: a worker could not start.
    """

    def work(number: int, announce: Announce) -> None:
        meter.use(number)
        server.announce = announce
        server.run(sockets=[listening])

    if workers == 1:
        work(0, server.announce)
        return
    gc.collect()
    gc.freeze()  # keeps the memory of these objects shared by all workers
    grace = server.config.timeout_graceful_shutdown or 0
    Workers(workers, work, grace).run(listening, server.announce)
