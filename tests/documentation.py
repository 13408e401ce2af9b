"""The text of README and docs/, for the tests of what they say."""

import re

from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MANUAL = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)


def find_blocks(language: str) -> list[str]:
    """Return the fenced code blocks of a language, in the order of the documents."""
    return re.findall(rf"^```{language}\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
