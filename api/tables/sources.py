"""The sources of tables: datasets and publishers of articles, and what their licences allow."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from api.errors import ExportError

# The columns of the tables that name sources.
COLUMNS = {
    "datasets": ("id", "title", "version", "licence", "url", "citation"),
    "articles": ("id", "publisher_name", "licence", "has_text"),
}
PUBLIC = frozenset({"CC0-1.0", "CC-PDM-1.0", "PDDL-1.0"})
ATTRIBUTED = PUBLIC | {"CC-BY-3.0", "CC-BY-4.0", "ODC-By-1.0", "OGL-UK-3.0", "etalab-2.0"}
# A licence of a package → the licences that its sources may have.
ALLOWED = {
    "CC0-1.0": PUBLIC,
    "PDDL-1.0": PUBLIC,
    "ODC-By-1.0": PUBLIC | {"ODC-By-1.0"},
    "ODbL-1.0": PUBLIC | {"ODC-By-1.0", "ODbL-1.0"},
    "CC-BY-4.0": ATTRIBUTED,
    "CC-BY-SA-4.0": ATTRIBUTED | {"CC-BY-SA-3.0", "CC-BY-SA-4.0"},
    "CC-BY-NC-4.0": ATTRIBUTED | {"CC-BY-NC-3.0", "CC-BY-NC-4.0"},
    "CC-BY-NC-SA-4.0": ATTRIBUTED
    | {"CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0"},
}
SHOWN = 20  # sources that a refusal lists


class Source(NamedTuple):
    """A dataset, or the articles of a publisher that have the same licence."""

    title: str
    licence: str | None
    path: str | None = None
    citation: str | None = None


def check_licence(licence: str) -> None:
    """Check that it is known which licences of sources a package of this licence may have.

    Raises:
        ExportError: it is not known.
    """
    if licence not in ALLOWED:
        raise ExportError(f"--licence should be one of {', '.join(ALLOWED)}, not {licence}.")


def collect_sources(rows: Iterable[dict[str, Any]], licence: str | None) -> dict[Source, int]:
    """Return the sources that rows with the columns of `COLUMNS` are of, and the number of rows.

    Raises:
        ExportError: the licence of a source does not allow a package to have this licence.
    """
    sources: Counter[Source] = Counter()
    refused: list[str] = []
    allowed = ALLOWED[licence] if licence else None
    for row in rows:
        sources[_find_source(row)] += 1
        copied = row.get("has_text", True)  # of an article without text there is only the address
        if allowed and copied and row["licence"] not in allowed:
            refused.append(f"{row['id']}: {row['licence'] or 'no licence is known'}")
    if allowed and refused:
        more = len(refused) - SHOWN
        message = "\n- ".join(
            [
                f"Tables with these sources cannot be licensed as {licence}:",
                *refused[:SHOWN],
                *([f"and {more:,} more"] if more > 0 else []),
            ]
        )
        raise ExportError(f"{message}\nTheir licences should be of {', '.join(sorted(allowed))}.")
    return dict(sources)


def _find_source(row: dict[str, Any]) -> Source:
    if "publisher_name" in row:
        return Source(row["publisher_name"] or "Articles without a publisher", row["licence"])
    title = " ".join(filter(None, (row["title"], row["version"])))
    return Source(title, row["licence"], row["url"], row["citation"])


def describe_source(source: Source) -> dict[str, str]:
    """Return a source as Frictionless has it, with its licence and citation besides."""
    return {name: value for name, value in source._asdict().items() if value}


def cite_source(source: Source) -> str:
    """Return a line about a source for the people who read a package."""
    cited = source.citation or " ".join(filter(None, (source.title, source.path)))
    return f"- {cited} ({source.licence or 'no licence is known'})"
