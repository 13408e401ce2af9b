"""Table exports beside `sqlite3 -csv`: rows a second, the time to the first rows, and memory.

Prints the report of `make bench-exports`. Time is that of the process's CPU, as other work on the
machine would lengthen any other. The shell runs SELECTs by hand that give the same columns and as
many rows (sql/exports/). Every measurement is a process of its own.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from shutil import which
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

from api.database.transactions import read
from api.settings import Settings
from api.tables.export import Asked
from api.tables.files import find_table, prepare_exports
from api.tables.formats import FORMATS
from benchmarks.databases import Databases, kept_postgres, prepare

ROUNDS = 3
TABLE = "meetings"
FEW = "id,title,date_edtf,place_name,format"
SQL = Path(__file__).parent / "sql" / "exports"
SPAWN = get_context("spawn")


class Measured(NamedTuple):
    """What one export took."""

    rows: int
    seconds: float
    first: float  # seconds to the first rows
    waited: float  # the same by the clock
    server: float  # CPU seconds of PostgreSQL's process
    own: int  # kB of memory of the process's own
    most: int  # kB with the mapped pages of the database


def measure_export(url: str, ending: str, columns: str | None, rows: int | None) -> Measured:
    """Export the table to nowhere."""
    settings = Settings(database_url=url)
    table, format_ = find_table(TABLE), FORMATS[ending]
    table = table.select(columns.split(",")) if columns else table
    began, clock = process_time(), perf_counter()
    asked = Asked({}, ("en",), rows, joined=format_.joined)
    (export,) = prepare_exports(settings, [table], asked)
    prepared = process_time()
    counted, own, server = 0, 0, 0.0
    times: list[float] = []
    clocks: list[float] = []

    def work(connection: Any) -> None:
        nonlocal counted, server
        process = None
        if connection.dialect.name == "postgresql":
            process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            server -= read_cpu(process)

        def count() -> Any:
            nonlocal counted
            for batch in export.read(connection):
                counted += len(batch)
                yield batch

        for _ in format_.write(export.table.columns, count(), export.excel):
            nonlocal own
            times.append(process_time())
            clocks.append(perf_counter())
            own = max(own, read_status("RssAnon")) if len(times) % 20 == 0 else own
        server += read_cpu(process) if process else 0

    read(settings, work, mapped=True)
    first = 0 if ending == "jsonl" else 1  # others begin with a header
    return Measured(
        counted,
        times[-1] - prepared,
        times[first] - began,
        clocks[first] - clock,
        server,
        own,
        read_status("VmHWM"),
    )


def read_cpu(process: int) -> float:
    """Return the CPU seconds that a process has taken, as Linux has them."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_status(name: str) -> int:
    """Return a size of this process in kB, as Linux has it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def measure_shell(path: Path, columns: str | None, rows: int) -> float:
    """Return the CPU seconds of `sqlite3 -csv` for a SELECT by hand."""
    shell = which("sqlite3") or sys.exit("The shell `sqlite3` is not installed.")
    query = (SQL / ("few.sql" if columns else "all.sql")).read_text(encoding="utf-8")
    before = os.times()
    command = [shell, "-csv", f"file:{path}?mode=ro", query]
    output = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
    after = os.times()
    if (found := output.count(b"meeting:")) < rows:
        sys.exit(f"`sqlite3` wrote {found} rows, not {rows}.")
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def run_apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function in a new process."""
    with SPAWN.Pool(1) as pool:
        return pool.apply(function, arguments)


def main() -> None:
    """Measure, and print the report part by part."""
    scale = sys.argv[1] if len(sys.argv) > 1 else "100k"
    with kept_postgres() as server:
        for line in report(prepare(scale, server)):
            print(line, flush=True)  # noqa: T201


def report(databases: Databases) -> Iterator[str]:
    """Yield the lines of the report."""
    url = databases.url("sqlite")
    yield "| format | columns | rows/s | `sqlite3 -csv`, rows/s | ratio | first rows, ms |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for ending, columns in product(("csv", "jsonl", "parquet"), (None, FEW)):
        yield compare(databases, ending, columns)
    yield "\n| rows | memory of its own, MB | with the database's pages, MB |"
    yield "| ---: | ---: | ---: |"
    for rows in (10_000, None):
        found = run_apart(measure_export, url, "csv", None, rows)
        yield f"| {found.rows:,} | {found.own / 1024:.0f} | {found.most / 1024:.0f} |"
    yield "\n| PostgreSQL | columns | rows/s of both | its CPU, µs a row | first rows, ms |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for ending, columns in product(("csv", "jsonl", "parquet"), (None, FEW)):
        yield measure_postgresql(databases.postgresql, ending, columns)


def measure_postgresql(url: str, ending: str, columns: str | None) -> str:
    """Measure a format and some columns on PostgreSQL; return a row of the table."""
    runs = [run_apart(measure_export, url, ending, columns, None) for _ in range(ROUNDS)]
    rows = runs[0].rows
    both = rows / median([run.seconds + run.server for run in runs])
    server = 1_000_000 * median([run.server for run in runs]) / rows
    first = 1000 * median([run.waited for run in runs])
    number = len(columns.split(",")) if columns else len(find_table(TABLE).columns)
    return f"| {ending} | {number} | {both:,.0f} | {server:.1f} | {first:.0f} |"


def compare(databases: Databases, ending: str, columns: str | None) -> str:
    """Measure a format and some columns; return a row of the table."""
    runs, shells = [], []
    for _ in range(ROUNDS):
        runs.append(run_apart(measure_export, databases.url("sqlite"), ending, columns, None))
        if ending == "csv":
            shells.append(measure_shell(databases.sqlite, columns, runs[-1].rows))
    rate = runs[0].rows / median([run.seconds for run in runs])
    by_hand = runs[0].rows / median(shells) if shells else 0
    beside = f"{by_hand:,.0f} | {rate / by_hand:.2f}" if by_hand else " | "
    number = len(columns.split(",")) if columns else len(find_table(TABLE).columns)
    first = 1000 * median([run.first for run in runs])
    return f"| {ending} | {number} | {rate:,.0f} | {beside} | {first:.0f} |"


if __name__ == "__main__":
    main()
