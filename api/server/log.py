"""Logs: one line an event, as JSON for machines or text for people."""

import logging
import sys
import time
from typing import Any, Literal

import orjson

from api.http.access_log import REQUEST_ID

SAID = ("method", "path")  # a request's line begins with them
Format = Literal["auto", "json", "text"]


class JSONFormatter(logging.Formatter):
    """Writes each record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record, with the id of the request that it is about."""
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
        """Write a record's line, with the id of the request that it is about."""
        fields = {"request_id": REQUEST_ID.get().decode()} | getattr(record, "fields", {})
        shown = [
            f"  {name}={value}" for name, value in fields.items() if name not in SAID and value
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
    access = logging.getLogger("uvicorn.access")  # its lines tell less, and a query's secrets
    access.handlers, access.propagate = [], False
    access.setLevel(logging.CRITICAL)
