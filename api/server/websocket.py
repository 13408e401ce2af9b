"""uvicorn's WebSocket protocol, imported when the first client connects by it."""

import logging
from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import MAX_LINE_LENGTH, MAX_NUM_HEADERS

MAX_LINE = MAX_LINE_LENGTH - 100  # of a header's name and value, or of a URL
MAX_HEADERS = MAX_NUM_HEADERS - 1
LOG = logging.getLogger(__name__)
LOG.setLevel(logging.WARNING)  # uvicorn would log each URL with its query, which may hold secrets
# Messages that uvicorn logs as errors of the server, although clients cause them.
OF_CLIENTS = {
    "Invalid UTF-8 sequence received from client.",
    "ASGI callable returned without completing handshake.",  # a refused one: 403
}
LOG.addFilter(lambda record: record.msg not in OF_CLIENTS)


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket connection."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Use a logger that logs errors alone."""
        super().__init__(*arguments, **options)
        self.logger = LOG

    async def send(self, message: Any) -> None:
        """Send a message when the client has read the ones before; but a close frame at once.

        Raises:
            ClientDisconnected: the connection is closed.
        """
        if message["type"] == "websocket.close":
            self.writable.set()
        else:
            await self.writable.wait()
            if self.close_sent:
                raise ClientDisconnected
        await super().send(message)
