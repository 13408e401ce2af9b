"""Valid documents to make mutated ones of: the cases, and random ones over the whole schema."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import DOSSIERS
from tests.operations import filtered_lists, operations
from tests.oracle import World

CASES = Path(__file__).parents[1] / "cases"


def read_cases() -> list[str]:
    """Read the documents of the cases."""
    return [path.read_text("utf-8") for path in sorted(CASES.rglob("*.graphql"))]


def write_random(count: int) -> list[str]:
    """Write so many random documents, the same every time."""
    world, written = World(DOSSIERS), []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(operations(world), filtered_lists(world)))
    def write(document: str) -> None:
        written.append(document)

    write()
    return written
