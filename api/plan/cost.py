"""The cost of an operation: an upper bound of the records that it returns, computed from its plan.

A root field costs 1. A page costs its size (`first` or `last`) for each parent record, groups their
maximum number, and a list without pages PLAIN_LIST. With the counts of stored records, a list costs
at most the number of records of its kinds.

1. `ListFinder` collects the lists of a plan as a tree of `CostedList`.
2. `weigh` turns the tree into a `Weight`: a number, or a function of the request's page sizes.
3. `Cost` evaluates it for each request; `api.answer` charges it to the client's budget.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.errors import OperationError
from api.plan import nodes
from api.plan.arguments import reader_of
from api.plan.execution_input import ExecutionInput
from api.plan.parameter_sources import PageSize, RecordIds

PLAIN_LIST = 10
Path = tuple[str, ...]
# A constant, or a function that reads the number from a request.
Weight = int | Callable[[ExecutionInput], int]
# The number of records of each kind; unknown for a kind that is missing.
Counts = Mapping[str, int]
UNKNOWN: Counts = {}


@dataclass(frozen=True, slots=True)
class CostedList:
    """A list: the number of records it could return, and the lists selected on each of them.

    `kinds` are those of its records, if each record is in it once at most.
    """

    path: Path
    size: Weight
    below: tuple["CostedList | Alternatives", ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Alternative lists: those selected for each kind of a record."""

    options: tuple[tuple["CostedList | Alternatives", ...], ...]


Lists = tuple[CostedList | Alternatives, ...]


class Cost:
    """The cost of a plan: a constant, or a function of a request's page sizes."""

    def __init__(self, plan: nodes.Plan) -> None:
        """Weigh the plan's lists by their page sizes."""
        self.roots, self.lists = len(plan.fields), ListFinder(plan).find(plan)
        self.counts, self.weight = UNKNOWN, self._weigh(UNKNOWN)
        self.by_pages = self.weight

    def _weigh(self, counts: Counts) -> Weight:
        return add([self.roots, weigh(self.lists, counts)])

    def of_pages(self, inputs: ExecutionInput) -> int:
        """Return the cost of a request by its page sizes alone."""
        return read_weight(self.by_pages, inputs)

    def check(self, inputs: ExecutionInput, most: int, counts: Counts = UNKNOWN) -> int:
        """Return the cost of a bound request in a database with these counts of records.

        Raises:
            OperationError: the cost exceeds `most`; the message names the largest list.
        """
        cost = self.compute(inputs, counts)
        if cost > most:
            share, path = max(list_shares(self.lists, 1, inputs, counts))
            message = (
                f"The operation could return {cost:,} records; the limit is {most:,}. "
                f"`{'.'.join(path)}` could return {share:,} of them: lower `first` or `last` "
                "there, or in the lists around it."
            )
            raise OperationError("COST_TOO_HIGH", message, path)
        return cost

    def compute(self, inputs: ExecutionInput, counts: Counts) -> int:
        """Return the cost of a request; the weights are recomputed only if the counts changed."""
        if counts is not self.counts:
            self.counts, self.weight = counts, self._weigh(counts)
        return read_weight(self.weight, inputs)


class ListFinder:
    """Finds the lists of a plan."""

    def __init__(self, plan: nodes.Plan) -> None:
        """Collect the sizes of pages and of lists of ids."""
        self.sizes = {
            source.parameter.name: _read_size_of(source)
            for source in plan.sources
            if isinstance(source, PageSize)
            or (isinstance(source, RecordIds) and source.many and not source.at)
        }

    def find(self, item: nodes.Plan | nodes.Object, path: Path = ()) -> Lists:
        """Return the lists selected on a row, or at the root."""
        found = (self._find_in(field.value, (*path, field.key)) for field in item.fields)
        return tuple(one for lists in found for one in lists)

    def _find_in(self, value: nodes.Value, path: Path) -> Lists:  # noqa: PLR0911
        match value:
            case nodes.Part() | nodes.One() | nodes.First():
                return self.find(value.object, path)
            case nodes.AnyRecord() | nodes.Records(many=False):
                return (self._alternatives(value.branches, path),)
            case nodes.Records(ids=ids):
                return (
                    CostedList(
                        path, self.sizes[ids.name], (self._alternatives(value.branches, path),)
                    ),
                )
            case nodes.Many(item=nodes.Object() as item, rows=rows):
                return (CostedList(path, PLAIN_LIST, self.find(item, path), rows.kinds),)
            case nodes.Many(item=nodes.AnyRecord() as item):
                return (CostedList(path, PLAIN_LIST, self._find_in(item, path)),)
            case nodes.Page():
                return tuple(self._find_in_page(value, path))
            case _:
                return ()

    def _alternatives(self, branches: tuple[nodes.Branch, ...], path: Path) -> Alternatives:
        return Alternatives(tuple(self.find(branch.object, path) for branch in branches))

    def _find_in_page(self, page: nodes.Page, path: Path) -> Iterator[CostedList]:
        size, kinds = self.sizes[page.size.name], page.rows.kinds
        for key, field in page.fields:
            match field:
                case nodes.Nodes(item):
                    yield CostedList(path, size, self.find(item, (*path, key)), kinds)
                case nodes.Edges(fields):
                    found = (
                        self.find(item, (*path, key, name))
                        for name, item in fields
                        if isinstance(item, nodes.Object)
                    )
                    yield CostedList(
                        path, size, tuple(one for lists in found for one in lists), kinds
                    )
                case nodes.Groups():
                    yield CostedList((*path, key), self.sizes[field.size.name])
                case _:
                    pass


def _read_size_of(source: PageSize | RecordIds) -> Weight:
    value_in = reader_of(source.argument)

    def read_page_size(inputs: ExecutionInput) -> int:
        size: int = value_in(inputs.variables)
        return size

    def count_ids(inputs: ExecutionInput) -> int:
        return len(value_in(inputs.variables))

    read = read_page_size if isinstance(source, PageSize) else count_ids
    return read if source.argument.node is not None else read(ExecutionInput({}, ()))


# Weights: constants are folded at planning, so that a request makes as few calls as possible.


def read_weight(weight: Weight, inputs: ExecutionInput) -> int:
    """Return a weight's value for a request."""
    return weight if isinstance(weight, int) else weight(inputs)


def weigh(lists: Iterable[CostedList | Alternatives], counts: Counts) -> Weight:
    """Return the weight of lists, nested lists included."""
    return add([_weigh_one(item, counts) for item in lists])


def _weigh_one(item: CostedList | Alternatives, counts: Counts) -> Weight:
    if isinstance(item, CostedList):
        return multiply(size_of(item, counts), add([1, weigh(item.below, counts)]))
    return greatest([weigh(lists, counts) for lists in item.options])


def size_of(item: CostedList, counts: Counts) -> Weight:
    """Return a list's size, at most the number of stored records of its kinds."""
    if not item.kinds or not counts:
        return item.size
    size, most = item.size, sum(counts[kind] for kind in item.kinds)
    return min(size, most) if isinstance(size, int) else lambda inputs: min(size(inputs), most)


def add(weights: list[Weight]) -> Weight:
    """Add weights."""
    known = sum(weight for weight in weights if isinstance(weight, int))
    asked = [weight for weight in weights if not isinstance(weight, int)]
    match asked:
        case []:
            return known
        case [only]:
            return only if known == 0 else lambda inputs: known + only(inputs)
        case _:
            return lambda inputs: known + sum([weight(inputs) for weight in asked])


def greatest(weights: list[Weight]) -> Weight:
    """Choose the greatest weight."""
    known = max((weight for weight in weights if isinstance(weight, int)), default=0)
    asked = [weight for weight in weights if not isinstance(weight, int)]
    if not asked:
        return known
    return lambda inputs: max(known, *[weight(inputs) for weight in asked])


def multiply(size: Weight, weight: Weight) -> Weight:
    """Multiply two weights."""
    if isinstance(size, int):
        return size * weight if isinstance(weight, int) else lambda inputs: size * weight(inputs)
    if isinstance(weight, int):
        return size if weight == 1 else lambda inputs: size(inputs) * weight
    return lambda inputs: size(inputs) * weight(inputs)


def list_shares(
    lists: Lists, times: int, inputs: ExecutionInput, counts: Counts
) -> Iterator[tuple[int, Path]]:
    """Yield the number of records that each list could return in all, with its path."""
    for item in lists:
        if isinstance(item, Alternatives):
            for option in item.options:
                yield from list_shares(option, times, inputs, counts)
            continue
        share = times * read_weight(size_of(item, counts), inputs)
        yield share, item.path
        yield from list_shares(item.below, share, inputs, counts)


# The actual cost.


def count_records(plan: nodes.Plan, data: dict[str, Any]) -> int:
    """Return the actual cost of an answer: its root fields and the records of its connections."""
    return len(plan.fields) + _count_in(plan.fields, data)


def _count_in(fields: tuple[nodes.Field, ...], data: dict[str, Any]) -> int:
    """Count the records below an object; for fields with the same key, the greatest count."""
    counts: dict[str, int] = {}
    for field in fields:
        if data.get(field.key) is not None:
            count = _count_value(field.value, data[field.key])
            counts[field.key] = max(count, counts.get(field.key, 0))
    return sum(counts.values())


def _count_value(value: nodes.Value, data: Any) -> int:
    match value:
        case nodes.Part() | nodes.One() | nodes.First():
            return _count_in(value.object.fields, data)
        case nodes.AnyRecord() | nodes.Records():
            records = data if isinstance(data, list) else [data]
            found = [record for record in records if record is not None]
            return len(found) * isinstance(data, list) + sum(
                max(_count_in(branch.object.fields, record) for branch in value.branches)
                for record in found
            )
        case nodes.Many(item=nodes.Object() as item):
            return sum(_count_in(item.fields, record) for record in data)
        case nodes.Many(item=nodes.AnyRecord() as item):
            return _count_value(item, data)
        case nodes.Page():
            return sum(_count_page(field, data[key]) for key, field in value.fields if key in data)
        case _:
            return 0


def _count_page(field: nodes.PageField, data: Any) -> int:
    match field:
        case nodes.Nodes(item):
            return len(data) + sum(_count_in(item.fields, record) for record in data)
        case nodes.Edges(fields):
            below = [(key, item) for key, item in fields if isinstance(item, nodes.Object)]
            return len(data) + sum(
                _count_in(item.fields, edge[key])
                for edge in data
                for key, item in below
                if key in edge
            )
        case nodes.Groups():
            return len(data)
        case _:
            return 0
