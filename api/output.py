"""Temporary folders in which files are made, beside the place that they get when they are whole."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

if sys.platform != "win32":  # Windows deletes no file that a process has open
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock


@contextmanager
def temporary_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Yield a new folder, which is deleted at the end.

    Folders of the same prefix that killed processes have left are deleted first. A folder in use is
    locked by its process; the lock on the parent makes one process at a time look for them.
    """
    with ExitStack() as stack:
        with _locked(parent, wait=True):
            for folder in parent.glob(f"{prefix}*"):
                _delete_abandoned(folder)
            folder = Path(stack.enter_context(TemporaryDirectory(dir=parent, prefix=prefix)))
            stack.enter_context(_locked(folder, shared=True))
        yield folder


def _delete_abandoned(folder: Path) -> None:
    """Delete a folder unless a process has locked it."""
    with suppress(OSError), _locked(folder) as free:
        if free:
            shutil.rmtree(folder)


@contextmanager
def _locked(folder: Path, *, wait: bool = False, shared: bool = False) -> Iterator[bool]:
    """Lock a folder, and yield whether that succeeded: some network file systems have no locks."""
    if sys.platform == "win32":
        yield True
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        locked = True
        try:
            flock(descriptor, (LOCK_SH if shared else LOCK_EX) | (0 if wait else LOCK_NB))
        except OSError:
            locked = False
        yield locked
    finally:
        os.close(descriptor)
