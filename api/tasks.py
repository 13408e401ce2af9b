"""What asyncio's tasks need beside asyncio."""

import asyncio
from typing import Any


def retrieve_exception(task: asyncio.Task[Any]) -> None:
    """Retrieve a task's exception, which asyncio would report if all its callers have left."""
    if not task.cancelled():
        task.exception()
