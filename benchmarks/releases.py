"""Seconds and memory that creating and verifying a release take: `make bench-releases`.

The database is of generated records, made once under .cache/bench; 350,000 meetings are a million
records.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.databases import CACHE, COMMAND, ROOT
from benchmarks.generate import Generator, Scale

ACTORS = 20_000


def run(database: Path, *arguments: str) -> str:
    """Run a command of Mithaq; return its seconds and its greatest memory."""
    environment = os.environ | {"MITHAQ_DATABASE_URL": f"sqlite:///{database}"}
    began = time.perf_counter()
    child = subprocess.Popen([*COMMAND, *arguments], env=environment, cwd=ROOT)  # noqa: S603
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"mithaq {' '.join(arguments)} failed.")
    seconds, processor = time.perf_counter() - began, used.ru_utime + used.ru_stime
    return f"{seconds:.0f} s, of the processor {processor:.0f} s, {used.ru_maxrss // 1024} MB"


def make_database(meetings: int) -> Path:
    """Return a database of so many meetings, made if it does not exist yet."""
    folder = CACHE / f"releases-{meetings}"
    folder.mkdir(parents=True, exist_ok=True)
    database, part, lines = (folder / name for name in ("mithaq.db", "part.db", "records.jsonl"))
    if not database.exists():
        with lines.open("w", encoding="utf-8") as output:
            for record in Generator(Scale(meetings, ACTORS)).records():
                output.write(json.dumps(record, ensure_ascii=False) + "\n")
        part.unlink(missing_ok=True)
        run(part, "migrate")
        run(part, "import", str(lines))
        part.rename(database)
    run(database, "migrate")
    return database


def main(meetings: int) -> None:
    """Measure a release of a database of so many meetings."""
    database = make_database(meetings)
    for action in ("create", "verify", "delete"):
        print(f"{action}: {run(database, 'release', action, 'measured')}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
