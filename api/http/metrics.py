"""Metrics for Prometheus, counted in memory that all workers share.

Each worker has a row of its own and writes there alone: no locks, and 0.1 µs to count one thing.
A row holds pairs of a sample's name and its number; a worker that replaces another goes on with
its row, so that counters never fall.
"""

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from mmap import mmap

SLOTS = 512
NAME = 96
ROW = SLOTS * (8 + NAME)
METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
COSTS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
BOUNDS: dict[str, tuple[float, ...]] = {
    "mithaq_request_seconds": SECONDS,
    "mithaq_request_cost": COSTS,
}
NANOSECONDS = tuple(int(bound * 1e9) for bound in SECONDS)
# Each metric: what it is, and what it counts.
METRICS = {
    "mithaq_requests_total": ("counter", "Requests answered, by method and status."),
    "mithaq_errors_total": ("counter", "Requests refused or unanswered, by the error's code."),
    "mithaq_request_seconds": ("histogram", "Seconds from a request's head to its answer."),
    "mithaq_request_cost": ("histogram", "Costs of the operations that were answered."),
    "mithaq_requests_in_flight": ("gauge", "Requests that are being answered."),
    "mithaq_connections": ("gauge", "Connections to the database, by state."),
    "mithaq_server_up": ("gauge", "Workers to which a server of the database responds."),
    "mithaq_server_lag": ("gauge", "Revisions that servers are behind, summed over workers."),
    "mithaq_server_reads_total": ("counter", "Statements sent to each server of the database."),
    "mithaq_cache_entries": ("gauge", "What is remembered, by cache."),
    "mithaq_cache_hits_total": ("counter", "Times that something was remembered, by cache."),
    "mithaq_cache_misses_total": ("counter", "Times that something had to be made, by cache."),
    "mithaq_cache_bytes": ("gauge", "Bytes of the kept answers, by an estimate from above."),
    "mithaq_answers_total": ("counter", "Answers to queries that may be kept, by their origin."),
    "mithaq_streams": ("gauge", "Open connections that carry events, by transport."),
    "mithaq_stream_operations": ("gauge", "Operations that are open on these connections."),
    "mithaq_stream_answers_total": ("counter", "Answers sent over these connections."),
    "mithaq_workers": ("gauge", "Processes that answer."),
}
GAUGES = tuple(name for name, (kind, _) in METRICS.items() if kind == "gauge")
CONTENT_TYPE = "text/plain; version=0.0.4"
Sample = tuple[str, int]


class Row:
    """One worker's numbers by their names."""

    def __init__(self, memory: memoryview) -> None:
        """Continue from the counts in the shared memory."""
        self.values = memory[: SLOTS * 8].cast("q")
        self.texts = memory[SLOTS * 8 :]
        self.slots = {name: slot for slot, name in enumerate(self._names())}

    def _names(self) -> Iterator[str]:
        for start in range(0, SLOTS * NAME, NAME):
            if not (length := self.texts[start]):
                return
            yield bytes(self.texts[start + 1 : start + 1 + length]).decode()

    def find(self, name: str) -> int:
        """Return a name's slot; allocate one if needed, or share the last if all are taken."""
        slot = self.slots.get(name)
        if slot is None:
            slot = self.slots[name] = min(len(self.slots), SLOTS - 1)
            text, start = name.encode()[: NAME - 1], slot * NAME
            self.texts[start + 1 : start + 1 + len(text)] = text
            self.texts[start] = len(text)  # last: a reader sees whole names
        return slot

    def samples(self) -> Iterator[Sample]:
        """Yield every name with its count."""
        return zip(self._names(), self.values, strict=False)


class Histogram:
    """A histogram: the counts of observations per bucket, and their sum."""

    def __init__(self, row: Row, name: str, bounds: tuple[int, ...]) -> None:
        """Allocate the slots: a bucket per bound, one above the last bound, and the sum."""
        labels = [*(f"{bound:g}" for bound in BOUNDS[name]), "+Inf"]
        slots = [row.find(f'{name}_bucket{{le="{label}"}}') for label in labels]
        self.values, self.bounds = row.values, bounds
        self.first, self.sum = slots[0], row.find(f"{name}_sum")

    def observe(self, number: int) -> None:
        """Count a number in the first bucket that holds it."""
        self.values[self.first + bisect_left(self.bounds, number)] += 1
        self.values[self.sum] += number


class Meter:
    """Counts a worker's requests, and formats the sum over all workers."""

    def __init__(self, workers: int = 1) -> None:
        """Allocate memory shared with the workers that are forked from this process."""
        self.memory = memoryview(mmap(-1, ROW * workers))
        self.workers = workers
        self.sources: list[Callable[[], Iterable[Sample]]] = []
        self.in_flight = 0
        self.use(0)

    def use(self, worker: int) -> None:
        """Write to this worker's row from now on."""
        self.row = row = Row(self.memory[worker * ROW : (worker + 1) * ROW])
        self.values = row.values
        self.before = dict(row.samples())
        for name in self.before:
            if name.startswith(GAUGES):
                row.values[row.find(name)] = 0
        self.requests: dict[tuple[str, int], int] = {}
        self.codes: dict[str, int] = {}
        self.seconds = Histogram(row, "mithaq_request_seconds", NANOSECONDS)
        self.cost = Histogram(row, "mithaq_request_cost", COSTS)

    def count(
        self, method: str, status: int, code: str | None, elapsed: int, cost: int | None
    ) -> None:
        """Count a request that took this many nanoseconds."""
        values = self.values
        values[self.requests.get((method, status)) or self._requests(method, status)] += 1
        self.seconds.observe(elapsed)
        if code is not None:
            values[self.codes.get(code) or self._errors(code)] += 1
        if cost is not None:
            self.cost.observe(cost)

    def count_refusal(self, status: int, code: str) -> None:
        """Count a request that the protocol refused, before its method was known."""
        self.values[self._requests("", status)] += 1
        self.values[self.codes.get(code) or self._errors(code)] += 1

    def count_error(self, code: str) -> None:
        """Count an error that is not the status of a response."""
        self.values[self.codes.get(code) or self._errors(code)] += 1

    def _requests(self, method: str, status: int) -> int:
        known = method if method in METHODS else "OTHER"  # a client may call it anything
        slot = self.row.find(f'mithaq_requests_total{{method="{known}",status="{status}"}}')
        if known == method:
            self.requests[method, status] = slot
        return slot

    def _errors(self, code: str) -> int:
        slot = self.codes[code] = self.row.find(f'mithaq_errors_total{{code="{code}"}}')
        return slot

    def sample(self) -> None:
        """Sample the gauges: states of the pool and caches."""
        values, find = self.row.values, self.row.find
        values[find("mithaq_workers")] = 1
        values[find("mithaq_requests_in_flight")] = self.in_flight
        for source in self.sources:
            for name, number in source():
                before = 0 if name.startswith(GAUGES) else self.before.get(name, 0)
                values[find(name)] = before + number

    def write(self) -> str:
        """Write the sums over all workers in Prometheus's text format."""
        self.sample()
        sums: dict[str, int] = {}
        for worker in range(self.workers):
            row = Row(self.memory[worker * ROW : (worker + 1) * ROW])
            for name, number in row.samples():
                sums[name] = sums.get(name, 0) + number
        return "".join(_write_metric(name, sums) for name in METRICS)


@asynccontextmanager
async def sampling(meter: Meter) -> AsyncIterator[None]:
    """Sample this worker's gauges once a second, so that any worker can report them."""
    if meter.workers == 1:
        yield
        return

    async def sample() -> None:
        while True:
            meter.sample()
            await asyncio.sleep(1)

    task = asyncio.create_task(sample())
    try:
        yield
    finally:
        task.cancel()


def _write_metric(name: str, sums: Mapping[str, int]) -> str:
    kind, meaning = METRICS[name]
    samples: Iterable[tuple[str, float]]
    if kind == "histogram":
        samples = _accumulate(name, sums)
    else:
        samples = sorted(item for item in sums.items() if item[0].partition("{")[0] == name)
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
    return "\n".join([*lines, *(f"{sample} {number}" for sample, number in samples), ""])


def _accumulate(name: str, sums: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    total = 0
    for label in [*(f"{bound:g}" for bound in BOUNDS[name]), "+Inf"]:
        bucket = f'{name}_bucket{{le="{label}"}}'
        total += sums.get(bucket, 0)
        yield bucket, total
    scale = 1e9 if name.endswith("seconds") else 1
    yield f"{name}_sum", sums.get(f"{name}_sum", 0) / scale
    yield f"{name}_count", total
