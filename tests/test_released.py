"""The schema in the repository is the one served, and breaks no client without saying so."""

from graphql import build_schema
from graphql.utilities import BreakingChange, find_breaking_changes

from api.schema import SCHEMA
from tests.conftest import ROOT

RELEASED = ROOT / "tests" / "schema" / "released.graphql"
HOW = "Run `mithaq schema > schema.graphql`, and read what has changed."


def breaking_changes(served: str) -> list[BreakingChange]:
    return find_breaking_changes(build_schema(RELEASED.read_text("utf-8")), build_schema(served))


def test_the_schema_in_the_repository_is_the_one_served() -> None:
    assert (ROOT / "schema.graphql").read_text("utf-8") == SCHEMA.as_str() + "\n", HOW


def test_a_breaking_change_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    unsaid = [
        change.description
        for change in breaking_changes(SCHEMA.as_str())
        if change.description not in changelog
    ]
    assert unsaid == [], "Write these into the changelog, word by word, or take the change back."


def test_a_breaking_change_is_noticed() -> None:
    changed = SCHEMA.as_str().replace("  format: MeetingFormat!", "  format: MeetingFormat")
    (change,) = breaking_changes(changed)
    assert "Meeting.format" in change.description
