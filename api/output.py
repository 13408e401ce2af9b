"""Files that commands write: made in temporary folders, with errors that name the file.

A file is made in a folder beside the place that it gets when it is whole.
"""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO

from api.errors import OutputError

if sys.platform != "win32":  # Windows deletes no file that a process has open
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock

Write = Callable[[bytes], None]
WORKING = "mithaq-work-"  # how the names of folders begin that commands work in
MAKE_SPACE = "Make space on its disk, then try again."
CHECK_DISK = "Check its disk and the limits of file sizes, then try again."
# By the number of an OSError, and by SQLite's name of an error.
REMEDIES: dict[int | str | None, str] = {
    errno.ENOSPC: MAKE_SPACE,
    errno.EDQUOT: MAKE_SPACE,
    errno.EFBIG: CHECK_DISK,
    errno.EIO: CHECK_DISK,
    "SQLITE_FULL": MAKE_SPACE,
    "SQLITE_IOERR": CHECK_DISK,
}


@contextmanager
def naming(file: object) -> Iterator[None]:
    """Name a file in the errors of writing it, by Python or by SQLite.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(explain(file, error)) from error
    except Exception as error:  # its class is of one of two SQLite drivers
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        if name not in REMEDIES:
            raise
        raise OutputError(f"{file} cannot be written: {error}. {REMEDIES[name]}") from error


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def explain(file: object, error: OSError) -> str:
    """Return a sentence about a file that cannot be written, with the remedy if it is known."""
    sentence = f"{file} cannot be written: {error.strerror}."
    return f"{sentence} {REMEDIES[error.errno]}" if error.errno in REMEDIES else sentence


@contextmanager
def replacing(path: Path | None) -> Iterator[Write]:
    """Yield what appends bytes to a file, or to standard output if there is no path.

    The file takes the place of `path` once all is written; until then the old one stays. A device
    or a pipe is never replaced.

    Raises:
        OutputError: the file cannot be written.
    """
    where, part = path or "standard output", None

    def write(data: bytes) -> None:
        with naming(where):  # here, since within a transaction it would be the database's error
            file.write(data)

    with naming(where), ExitStack() as stack:
        if path is None:
            file: BinaryIO = sys.stdout.buffer
        elif path.exists() and not path.is_file():
            file = stack.enter_context(path.open("wb"))
        else:
            part = path.with_name(f"{path.name}.part")
            stack.callback(part.unlink, missing_ok=True)
            file = stack.enter_context(part.open("wb"))
        yield write
        file.flush()
        if path is not None and part is not None:
            part.replace(path)


def working_folder() -> AbstractContextManager[Path]:
    """Return a context manager of a new folder in TMPDIR, which is deleted at the end."""
    return temporary_folder(Path(gettempdir()), WORKING)


@contextmanager
def temporary_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Yield a new folder, which is deleted at the end.

    Folders of the same prefix that killed processes have left are deleted first. A folder in use is
    locked by its process.
    """
    for folder in parent.glob(f"{prefix}*"):
        _delete_abandoned(folder)
    while True:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(dir=parent, prefix=prefix)))
            stack.enter_context(_locked(folder, wait=True, shared=True))
            if folder.exists():  # another process may have deleted it before it was locked
                yield folder
                return


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
