"""The read timeout: the time within which a request has to arrive."""

import asyncio

from api.server.protocol import FinalResponse, Protocol, format_refusal

LATE = "The request did not arrive within {:g} seconds."


class Patient(Protocol):
    """An HTTP connection with a read timeout: a request has to arrive completely in time.

    A request that arrives in one piece, as almost all do, starts no timer.
    """

    patience = 30.0
    waiting: asyncio.TimerHandle | None = None
    begun = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the read timeout of the first request."""
        super().connection_made(transport)
        self.waiting = self.loop.call_later(self.patience, self.give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the read timeout."""
        self.stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; the read timeout runs until the request is complete."""
        super().data_received(data)
        cycle = self.cycle
        if cycle is None or cycle.response_complete or cycle.more_body:
            self.begun = True
            if self.waiting is None:
                self.waiting = self.loop.call_later(self.patience, self.give_up)
        elif self.waiting is not None:
            self.stop_waiting()

    def stop_waiting(self) -> None:
        """Cancel the read timeout."""
        if self.waiting is not None:
            self.waiting.cancel()
        self.waiting, self.begun = None, False

    def give_up(self) -> None:
        """Close the connection, with a 408 if a request has begun."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if not cycle.response_started:
                self.refuse(self.format_late())
            cycle.disconnected = True  # the application receives a disconnect
            cycle.message_event.set()
        elif self.begun:
            self.refuse(self.format_late())
        self.transport.close()

    def format_late(self) -> FinalResponse:
        """Return the 408 response."""
        return format_refusal(408, "REQUEST_TIMEOUT", LATE.format(self.patience))
