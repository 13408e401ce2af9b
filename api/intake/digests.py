"""Digests of lines, by which an import skips the lines that would change nothing.

A record keeps the digest of the line that it is stored as, until anything else changes it.
"""

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from api.intake.drafts import Ref
from api.intake.forms.form import form_of
from api.intake.forms.kinds import FORMS, LINE_OF, LINES, SECTIONS
from api.intake.read.lines import ESCAPED, Parsed
from api.intake.read.lookahead import list_ids
from api.model.kinds import RecordKind

# The code that turns lines into rows, and the libraries that it converts values with.
CODE = [Path(__file__).parents[1] / name for name in ("intake", "model", "text")]
LIBRARIES = ("babel", "hijridate", "persiantools", "pydantic")
# Lines of articles, and of claims, which quote them: their rows depend on other lines too.
QUOTING = {LINE_OF[RecordKind.ARTICLE], LINE_OF[RecordKind.CLAIM]}
ALONE = {*LINE_OF.values()} - QUOTING
# Name of a line's record → its kind, and the fields of its key.
KEYS = {name: (kind, FORMS[kind].model.key_fields) for kind, name in LINE_OF.items()}


def find_ref(parsed: Parsed) -> Ref | None:
    """Return the record that a line defines; None if it defines none, or has no valid key."""
    kind, names = KEYS.get(parsed.kind, (None, ()))
    parts = [part for name in names if isinstance(part := parsed.fields.get(name), str)]
    return Ref(kind, ".".join(parts)) if kind and len(parts) == len(names) else None


def count_records(parsed: Parsed) -> int:
    """Return the number of records that a line defines: one, and its children."""
    form = form_of(SECTIONS[LINES[parsed.kind]])
    return sum(1 for _ in list_ids(parsed.fields, form)) if form.children else 1


def name_home(parsed: Parsed, file: str) -> str:
    """Return the home of a line's record that no article defines: a dataset, or its file."""
    dataset = parsed.origin.get("dataset")
    return file if dataset is None else str(Ref(RecordKind.DATASET, dataset))


def digest_line(parsed: Parsed) -> int | None:
    """Return the digest of a line and of the code that imports it, in 64 bits.

    Return None if what the line becomes may depend on an article, or it has records of its own
    that may change without it, which are claims.
    """
    text = parsed.line.text
    if parsed.kind not in ALONE or "article" in parsed.origin:
        return None
    if b'"claims"' in text or ESCAPED.search(text):
        return None
    digest = hash_code().copy()
    digest.update(text.strip())
    return int.from_bytes(digest.digest(), signed=True)


@cache
def hash_code() -> Any:
    """Return the hash of what decides which rows a line becomes, to be copied."""
    digest = blake2b(digest_size=8)
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for folder in CODE:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest
