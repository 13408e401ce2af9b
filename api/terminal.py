"""What commands show on a terminal: progress bars on standard error, and tables.

Rich is imported when something is shown, so that commands start fast.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def show_lines(lines: Iterable[bytes], total: int) -> Iterable[bytes]:
    """Yield the lines, with a progress bar on standard error if that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    hidden = not console.is_terminal
    return track(lines, "Exporting", total, console=console, transient=True, disable=hidden)


def show_progress(items: Sequence[T], doing: str) -> Iterable[T]:
    """Yield the items, with a progress bar on standard error if that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(items, doing, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def show_bytes() -> Iterator[Callable[[Path, int, int], None]]:
    """Yield a progress callback for files; it draws a bar if standard error is a terminal."""
    from rich import progress
    from rich.console import Console

    console = Console(stderr=True)
    columns = (*progress.Progress.get_default_columns(), progress.DownloadColumn())
    bar = progress.Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    )
    tasks: dict[Path, progress.TaskID] = {}

    def gauge(path: Path, done: int, size: int) -> None:
        if path not in tasks:
            bar.start()
            tasks[path] = bar.add_task(path.name, total=size)
        bar.update(tasks[path], completed=done)

    try:
        yield gauge
    finally:
        bar.stop()


def print_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print rows under the names of their columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else 200
    Console(width=width, markup=False, highlight=False).print(table)
