"""The read timeout: the time within which a request has to arrive completely."""

import asyncio

from api.server.protocol import FinalResponse, HTTPProtocol, format_refusal


class ReadTimeoutProtocol(HTTPProtocol):
    """An HTTP connection that is closed if a request does not arrive completely in time.

    A request that arrives in one chunk, as almost all do, starts no timer.
    """

    read_timeout = 30.0  # seconds
    timer: asyncio.TimerHandle | None = None
    started = False  # whether a part of the next request has arrived
    upgraded = False  # whether the connection is now a WebSocket, or refused as one

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the read timeout of the first request."""
        super().connection_made(transport)
        self.start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the read timeout."""
        self.stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; the read timeout runs until the request is complete."""
        super().data_received(data)
        cycle = self.cycle
        if self.upgraded:
            return
        if cycle is None or cycle.response_complete or cycle.more_body:
            self.started = True
            if self.timer is None:
                self.start_timer()
        elif self.timer is not None:
            self.stop_timer()

    def handle_websocket_upgrade(self) -> None:
        """Stop the read timeout, and hand the connection over to the WebSocket protocol."""
        self.stop_timer()
        self.upgraded = True
        super().handle_websocket_upgrade()

    def start_timer(self) -> None:
        """Start the read timeout."""
        self.timer = self.loop.call_later(self.read_timeout, self.time_out)

    def stop_timer(self) -> None:
        """Cancel the read timeout."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer, self.started = None, False

    def time_out(self) -> None:
        """Close the connection; respond 408 first if a part of a request has arrived."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if not cycle.response_started:
                self.refuse(self.format_timeout())
            cycle.disconnected = True  # the application receives a disconnect
            cycle.message_event.set()
        elif self.started:
            self.refuse(self.format_timeout())
        self.transport.close()

    def format_timeout(self) -> FinalResponse:
        """Return the 408 response."""
        message = f"The request did not arrive completely within {self.read_timeout:g} seconds."
        return format_refusal(408, "REQUEST_TIMEOUT", message)
