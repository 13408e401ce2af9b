"""Logs on standard error: one line per event, as JSON or as text."""

import logging
import sys
import time
from typing import Any, Literal

import orjson

from api.http.access_log import REQUEST_ID

IN_MESSAGE = ("method", "path")  # fields that the message of a request already contains
Format = Literal["auto", "json", "text"]


class JSONFormatter(logging.Formatter):
    """Writes each record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, with the id of the current request."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {
            "time": f"{moment}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST_ID.get():
            line["request_id"] = request.decode()
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class TextFormatter(logging.Formatter):
    """Writes each record as one line of text for people."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Format a record's line, with the id of the current request."""
        fields = {"request_id": REQUEST_ID.get().decode()} | getattr(record, "fields", {})
        shown = [
            f"  {name}={value}"
            for name, value in fields.items()
            if name not in IN_MESSAGE and value
        ]
        return super().formatMessage(record) + "".join(shown)


def configure_logging(level: str, form: Format) -> None:
    """Send all logs of this process, uvicorn's included, to standard error in one format."""
    as_text = sys.stderr.isatty() if form == "auto" else form == "text"
    handler = logging.StreamHandler()
    handler.set_name("mithaq")
    handler.setFormatter(
        TextFormatter("%(asctime)s %(levelname)-7s %(message)s") if as_text else JSONFormatter()
    )
    root = logging.getLogger()
    root.handlers = [item for item in root.handlers if item.get_name() != "mithaq"]
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        # Its warnings are about invalid bytes that any client may send: left out at level WARNING.
        logger.setLevel("ERROR" if level == "warning" else level.upper())
    access = logging.getLogger(
        "uvicorn.access"
    )  # its lines contain less, and the URL's query, which may hold secrets
    access.handlers, access.propagate = [], False
    access.setLevel(logging.CRITICAL)
