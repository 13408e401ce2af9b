"""The text of README and docs/, for the tests of what they say."""

from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MANUAL = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
