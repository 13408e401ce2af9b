"""The version of the stored forms is raised whenever they change."""

from hashlib import sha256
from itertools import chain
from pathlib import Path

from api.text.folding import fold
from api.text.spellings import list_spellings
from api.text.stems import BEGINNINGS, KNOWN, SAME
from api.text.turkish import NOUNS
from api.text.version import VERSION
from api.text.words import find_words
from tests.conftest import ROOT

TEXTS = [
    *(path.read_text("utf-8") for path in sorted(ROOT.glob("seeds/**/*.txt"))),
    *(path.read_text("utf-8") for path in sorted(ROOT.glob("tests/judged/**/*.*"))),
    (Path(__file__).parent / "names.txt").read_text("utf-8"),
    " ".join([*sorted({*SAME, *KNOWN}), *BEGINNINGS.split(), *NOUNS.split()]),
    "".join(map(chr, [*range(0x20, 0x700), *range(0x2000, 0x2C00), *range(0xFB50, 0xFEFD)])),
]


def test_other_forms_are_another_version() -> None:
    """Where this fails after a change of forms, raise `VERSION`, and record the digest."""
    digest = sha256()
    for text in chain.from_iterable(map(list_spellings, TEXTS)):
        for line in (fold(text), *(f"{word.token} {word.start}" for word in find_words(text))):
            digest.update(line.encode())
    assert (VERSION, digest.hexdigest()[:16]) == (5, "d62f6cf59d99cfd6")
