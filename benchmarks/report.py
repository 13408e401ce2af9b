"""Cells in; what they mean as Markdown and as a plot out."""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.databases import CACHE
from benchmarks.plot import draw

RESULTS = CACHE / "results"
ENGINES = {"sqlite": "SQLite", "pg": "PostgreSQL"}
RIVALS = {"sqlite": ("datasette",), "pg": ("mercurius", "postgraphile")}
CONNECTIONS = 32
SHARE, LARGE_SHARE, LARGE = 0.8, 0.9, 5_000
NESTED, TIMES_PLAIN = ("03_nested", "08_large"), 20
PAGES, GROWTH = ("02_first", "04_page"), 1.3
Summary = dict[str, Any]
Measures = dict[tuple[str, str], Summary]


@dataclass(frozen=True, slots=True)
class Run:
    """One scale's results: for each server and query the median of its rounds."""

    about: dict[str, Any]
    measures: Measures

    @property
    def peers(self) -> list[str]:
        """The servers, in the order measured."""
        return list(dict.fromkeys(peer for peer, _ in self.measures))

    @property
    def queries(self) -> list[str]:
        """The queries, in order."""
        return sorted({query for _, query in self.measures})

    def get(self, peer: str, query: str, what: str) -> float | None:
        """Return a measure; None where the server did not answer."""
        value = self.measures.get((peer, query), {}).get(what)
        return float(value) if value else None

    def ratio(self, query: str, what: str, peer: str, other: str) -> float | None:
        """Return one server's measure as a multiple of another's."""
        first, second = self.get(peer, query, what), self.get(other, query, what)
        return first / second if first and second else None


def read_run(scale: str) -> Run | None:
    """Read a scale's results, if there are any."""
    path = RESULTS / f"{scale}.json"
    if not path.exists():
        return None
    about = json.loads(path.read_text())
    grouped = defaultdict(list)
    for cell in about.pop("cells"):
        grouped[cell["peer"], cell["query"]].append(cell)
    about["rounds"] = span(map(len, grouped.values()))
    about["seconds"] = span(cell["seconds"] for cells in grouped.values() for cell in cells)
    return Run(about, {names: summarize(cells) for names, cells in grouped.items()})


def span(values: Iterable[float]) -> str:
    """Write the least and the greatest, where they are two."""
    least, *others = sorted(set(values))
    return f"{least:g} to {others[-1]:g}" if others else f"{least:g}"


def summarize(cells: Sequence[Summary]) -> Summary:
    """Take the median of each number over the rounds, and the first problem."""
    names = [name for name, value in cells[0].items() if isinstance(value, int | float)]
    problem = next((cell["problem"] for cell in cells if cell["problem"]), "")
    return {name: median(cell[name] for cell in cells) for name in names} | {"problem": problem}


def show(cell: Any) -> None:
    """Print a cell as soon as it is measured."""
    told = (
        f"{cell.rate:9.1f}/s  p50 {cell.p50:8.2f}  p99 {cell.p99:8.2f}  CPU {cell.cpu:8.3f} ms"
        if cell.rate
        else "–"
    )
    sys.stdout.write(f"{cell.peer:18} {cell.query:14} {told}  {cell.problem[:90]}\n")
    sys.stdout.flush()


# The targets.


def judge(value: float | None, target: float, *, below: bool = False) -> str:
    """Mark a value as having reached its target, or say by how much it misses."""
    if value is None:
        return "–"
    if value < target if below else value >= target:
        return f"✓ {number(value)}"
    return f"✗ {number(value)} (misses by {number(abs(target - value))})"


def judge_column(run: Run, engine: str, query: str, column: str) -> str:
    """Compare Mithaq with another server; a column is a server's name, or that and `CPU`."""
    mithaq, floor = f"mithaq-{engine}", f"floor-{engine}"
    other, _, cpu = column.partition(" ")
    if cpu:
        return judge(run.ratio(query, "cpu", mithaq, other), 1, below=True)
    rate = run.ratio(query, "rate", mithaq, other)
    if other == floor:
        size = run.get(floor, query, "size") or 0
        return judge(rate, LARGE_SHARE if size > LARGE else SHARE)
    if other.startswith("strawberry"):
        return judge(rate, TIMES_PLAIN if query in NESTED else 1)
    possible = run.ratio(query, "rate", floor, other)
    if rate is not None and possible is not None and possible < 1:
        return f"{number(rate)} (the floor: {number(possible)})"
    return judge(rate, 1)


def write_targets(run: Run) -> Iterator[str]:
    """Write which targets are reached."""
    yield (
        f"## Targets\n\nMithaq's requests/s ÷ the other's: {SHARE} of the floor, {LARGE_SHARE} "
        f"where the answer is over {LARGE // 1000} kB; ahead of the others wherever the floor is; "
        f"{TIMES_PLAIN} times plain Strawberry on {' and '.join(NESTED)}. CPU: Mithaq's server "
        "time per request ÷ the other's, below 1.\n\n"
    )
    for engine, title in ENGINES.items():
        columns = [f"floor-{engine}", f"strawberry-{engine}"]
        columns += [name for rival in RIVALS[engine] for name in (rival, f"{rival} CPU")]
        judged = partial(judge_column, run, engine)
        yield f"### On {title}\n\n{write_table('query', run.queries, columns, judged)}\n"


def write_growth(run: Run) -> str:
    """Compare pages of the greatest scale with the smallest's."""
    small, large = read_run("1k"), read_run("1m")
    if small is None or large is None or run.about["scale"] != "1m":
        return ""

    def grown(query: str, peer: str) -> str:
        first, last = small.get(peer, query, "p50"), large.get(peer, query, "p50")
        return judge(last / first if first and last else None, GROWTH, below=True)

    peers = [f"{name}-{engine}" for name in ("mithaq", "floor") for engine in ENGINES]
    title = f"### Growth of p50 from 1k to 1M meetings (target: below {GROWTH})\n\n"
    return f"{title}{write_table('query', PAGES, peers, grown)}\n"


# The measures.


def write_measure(run: Run, title: str, what: str) -> str:
    """Write one measure of every server and query; a dagger marks fewer connections."""

    def written(query: str, peer: str) -> str:
        measured = run.measures.get((peer, query))
        if not measured or not measured["rate"]:
            return "–"
        return number(measured[what]) + ("" if measured["connections"] == CONNECTIONS else "†")

    return f"## {title}\n\n{write_table('query', run.queries, run.peers, written)}\n"


def write_problems(run: Run) -> str:
    """List what went wrong."""
    lines = [
        f"- {peer}, {query}: {' '.join(measured['problem'].split())[:120]}"
        for (peer, query), measured in run.measures.items()
        if measured["problem"]
    ]
    return "## Not measured, or different\n\n" + "\n".join(lines or ["Nothing."]) + "\n\n"


def write_memory(run: Run) -> str:
    """Write the most memory that each server held."""

    def peak(_: str, peer: str) -> str:
        held = (item["memory"] for (name, _), item in run.measures.items() if name == peer)
        return f"{max(held) / 2**20:.0f}"

    return f"## Peak memory, MiB\n\n{write_table('', ['VmHWM'], run.peers, peak)}\n"


def write_table(
    corner: str, rows: Sequence[str], columns: Sequence[str], cell: Callable[[str, str], str]
) -> str:
    """Write a Markdown table."""
    lines = [[corner, *columns], ["---", *["---:"] * len(columns)]]
    lines += [[row, *(cell(row, column) for column in columns)] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def number(value: float) -> str:
    """Write a number with about three figures."""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}"


MEASURES = {
    "Requests per second": "rate",
    "p50, ms": "p50",
    "p99, ms": "p99",
    "Server CPU per request, ms": "cpu",
    "PostgreSQL's CPU per request, ms": "database_cpu",
    "Bytes per response": "size",
}


def write(scale: str, folder: Path = RESULTS) -> None:
    """Write a scale's results as Markdown and SVG."""
    run = read_run(scale)
    assert run is not None
    about = run.about
    title = (
        f"# {scale} meetings\n\nAt {about['commit']}; {about['rounds']} rounds of "
        f"{about['seconds']} s for each server and query; median of the rounds. † fewer than 32 "
        f"connections, because one answer takes long.\n\n![Requests per second]({scale}.svg)\n\n"
    )
    parts = [
        title,
        *write_targets(run),
        write_growth(run),
        *(write_measure(run, title, what) for title, what in MEASURES.items()),
        write_memory(run),
        write_problems(run),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{scale}.md").write_text("".join(parts).rstrip() + "\n")
    rates = {
        engine: {
            peer: {
                query: run.ratio(query, "rate", peer, f"floor-{engine}") for query in run.queries
            }
            for peer in (f"mithaq-{engine}", f"strawberry-{engine}", *RIVALS[engine])
        }
        for engine in ENGINES
    }
    (folder / f"{scale}.svg").write_text(draw(rates, run.queries))


if __name__ == "__main__":
    write(sys.argv[1], *map(Path, sys.argv[2:]))
