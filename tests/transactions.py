"""Transactions of tests, on connections that are held in between, as commands hold theirs.

A PostgreSQL reads its catalog anew for each connection, which takes longer than what tests do.
"""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from threading import current_thread, main_thread

from api.database import transactions
from api.database.transactions import Result, Run, Work
from api.settings import Settings

Open = Callable[[Settings], AbstractContextManager[Run]]
MOST = 5  # connections that are held
HELD: OrderedDict[tuple[Open, str], tuple[ExitStack, Run]] = OrderedDict()


def write(settings: Settings, work: Work[Result]) -> Result:
    """Run work in one transaction under the writers' lock, as the function of this name does."""
    return _run(transactions.writing, settings, work)


def read(settings: Settings, work: Work[Result]) -> Result:
    """Run work in a read-only transaction, as the function of this name does."""
    return _run(transactions.reading, settings, work)


def _run(opening: Open, settings: Settings, work: Work[Result]) -> Result:
    """Run work; other threads, which do so at the same time, have connections of their own."""
    if settings.sqlite_path is not None or current_thread() is not main_thread():
        with opening(settings) as run:
            return run(work)
    key = opening, settings.database_url
    if key not in HELD:
        release(MOST - 1)
        stack = ExitStack()
        HELD[key] = stack, stack.enter_context(opening(settings))
    HELD.move_to_end(key)
    _, run = HELD[key]
    return run(work)


def release(left: int = 0) -> None:
    """Close the connections that were used the longest ago, until so many are left."""
    while len(HELD) > left:
        _, (stack, _) = HELD.popitem(last=False)
        stack.close()
