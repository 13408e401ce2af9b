"""Transactions of tests, on a connection that is held in between, as commands hold theirs.

A PostgreSQL reads its catalog anew for each connection, which takes longer than what tests write.
"""

from collections import OrderedDict
from contextlib import ExitStack
from threading import current_thread, main_thread

from api.database import transactions
from api.database.transactions import Result, Run, Work, writing
from api.settings import Settings

MOST = 3  # connections that are held
HELD: OrderedDict[str, tuple[ExitStack, Run]] = OrderedDict()


def write(settings: Settings, work: Work[Result]) -> Result:
    """Run work in one transaction under the writers' lock, as the function of this name does.

    Other threads, which write at the same time, have connections of their own.
    """
    if settings.sqlite_path is not None or current_thread() is not main_thread():
        return transactions.write(settings, work)
    url = settings.database_url
    if url not in HELD:
        release(MOST - 1)
        stack = ExitStack()
        HELD[url] = stack, stack.enter_context(writing(settings))
    HELD.move_to_end(url)
    _, run = HELD[url]
    return run(work)


def release(left: int = 0) -> None:
    """Close the connections that were used the longest ago, until so many are left."""
    while len(HELD) > left:
        _, (stack, _) = HELD.popitem(last=False)
        stack.close()
