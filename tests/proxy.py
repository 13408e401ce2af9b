"""A TCP proxy in front of a server, which can be cut: it then forwards nothing."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

CHUNK = 65_536


class Proxy:
    """Forwards the connections to a local port while `open` is set, each chunk after `delay`."""

    def __init__(self, target: int) -> None:
        self.target, self.port = target, 0
        self.delay = 0.0  # seconds
        self.open = asyncio.Event()
        self.open.set()
        self.loop = asyncio.new_event_loop()

    def cut(self) -> None:
        """Forward nothing from now on, as a network does that has lost the server."""
        self.loop.call_soon_threadsafe(self.open.clear)

    def mend(self) -> None:
        """Forward again."""
        self.loop.call_soon_threadsafe(self.open.set)

    async def serve(self, started: threading.Event, stopped: asyncio.Event) -> None:
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await stopped.wait()
        server.close()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError), closing(writer):
            await self.open.wait()
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.target)
            with closing(to_writer):
                await asyncio.gather(self._copy(reader, to_writer), self._copy(to_reader, writer))

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            while data := await reader.read(CHUNK):
                await asyncio.sleep(self.delay)
                await self.open.wait()
                writer.write(data)
                await writer.drain()


@contextmanager
def proxied(target: int) -> Iterator[Proxy]:
    """Run a proxy to a local port in a thread of its own."""
    proxy, started, stopped = Proxy(target), threading.Event(), asyncio.Event()
    thread = threading.Thread(
        target=proxy.loop.run_until_complete, args=(proxy.serve(started, stopped),), daemon=True
    )
    thread.start()
    started.wait()
    try:
        yield proxy
    finally:
        proxy.loop.call_soon_threadsafe(stopped.set)
        thread.join()
        proxy.loop.close()
