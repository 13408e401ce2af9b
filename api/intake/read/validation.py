"""Reads and validates dossiers; each problem of each file is reported with its line."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pydantic_core import ErrorDetails

from api.errors import ImportFailure, Problem
from api.intake.draft.dossier import Dossier, Source
from api.intake.drafts import Ref
from api.intake.forms.fields import UNWRITABLE
from api.intake.forms.part import Part
from api.intake.forms.records import ArticleRecord, DossierRecord
from api.intake.progress import StepProgress
from api.intake.read.files import LINES, Document, Location, find_files, read_document
from api.intake.read.messages import ALONE, explain, find_place, list_parts
from api.intake.read.recovery import PLACEHOLDER, validate
from api.model.kinds import RecordKind
from api.text.dates import VagueDate


def read_dossiers(
    paths: Iterable[Path], watch: StepProgress
) -> tuple[list[Dossier], list[Problem]]:
    """Read the dossiers of files and folders; return the valid dossiers and all problems."""
    dossiers: list[Dossier] = []
    problems: list[Problem] = []
    files = [path for path in find_files(paths) if path.suffix != LINES]
    for path in watch(files, "Reading"):
        try:
            dossiers.append(read_dossier(read_document(path)))
        except ImportFailure as refused:
            problems.extend(refused.problems)
    return dossiers, problems


def read_dossier(document: Document, model: type[DossierRecord] = DossierRecord) -> Dossier:
    """Validate one dossier as a record of this class, and read its article's document.

    Raises:
        ImportFailure: something in it is wrong.
    """
    record, faults = validate(model, document.tree)
    problems = describe(document, faults, model)
    if record is None:
        raise ImportFailure(problems)
    wrong = [fault["loc"] for fault in faults]
    article = record.article
    home = Ref(RecordKind.ARTICLE, article.key) if article else document.path.resolve()
    dossier = Dossier(document, record, str(home), problems=problems, wrong=wrong)
    return dossier if article is None else add_source(dossier, article)


def add_source(dossier: Dossier, article: ArticleRecord) -> Dossier:
    """Add its article's document to a dossier; without one, the article's text is unknown."""
    try:
        source, sha256 = read_source(dossier.document, article)
    except ImportFailure as refused:
        source, sha256 = (
            Source(article.key, article.language, article.publisher, body=PLACEHOLDER),
            "",
        )
        dossier.problems += refused.problems
    return replace(dossier, source=source, sha256=sha256)


def read_source(document: Document, article: ArticleRecord) -> tuple[Source, str]:
    """Read an article's document; return the `Source` made of it, and its SHA-256.

    The text is empty if only the article's address is known.

    Raises:
        ImportFailure: it is not there, or is not what the article says.
    """
    received = article.received or (_read_received(document, article) if article.file else b"")
    try:
        text = _decode(received, article.file)
    except ValueError as error:
        raise ImportFailure([document.problem(("article", "file"), str(error))]) from None
    try:
        body = cut_body(text, article)
    except ValueError as error:
        raise ImportFailure([document.problem(("article", "body"), str(error))]) from None
    published = article.published
    when = published.parse() if published else VagueDate()
    source = Source(article.key, article.language, article.publisher, when, body)
    return source, article.digest or hashlib.sha256(received).hexdigest()


def describe(
    document: Document, faults: Iterable[ErrorDetails], model: type[Part] = DossierRecord
) -> list[Problem]:
    """Return one problem per validation error of a record of this model."""
    lines = []
    for item in faults:
        location = list_parts(item)
        text = ALONE if location in document.alone else explain(item, model)
        lines.append(document.problem(location, f"{_name(location, model)}: {text}"))
    return list(dict.fromkeys(lines))


def _name(location: Location, model: type[Part]) -> str:
    """Return a field's name for a message: its last part, list items counted from 1.

    A text of a mapping has the mapping's name, too: `title.en`. What is wrong with a whole record
    has the name of its kind.
    """
    whole = model.__name__.removeprefix("Line").removesuffix("Record").lower()
    *above, name = location or (whole,)
    if above and isinstance(name, int):
        return f"`{above[-1]}`, item {name + 1}"
    if above and isinstance(above[-1], str) and find_place(model, location).in_mapping:
        return f"`{above[-1]}.{name}`"
    return f"`{name}`"


def _read_received(document: Document, article: ArticleRecord) -> bytes:
    """Read an article's document, which must be in or below the folder of the dossier."""
    folder = document.path.parent.resolve()
    text = f"`{article.file}` does not exist: put the document beside this file"
    try:
        path = (folder / article.file).resolve()
        if path.is_relative_to(folder):
            return path.read_bytes()
        text = f"`{article.file}` is outside of this file's folder: put the document beside it"
    except FileNotFoundError:
        pass
    except (OSError, RuntimeError) as error:  # the latter of links that lead in a circle
        text = f"`{article.file}` cannot be read: {getattr(error, 'strerror', 0) or error}"
    raise ImportFailure([document.problem(("article", "file"), text)])


def _decode(received: bytes, name: str) -> str:
    """Decode a document's bytes.

    Raises:
        ValueError: it is not UTF-8, or has a character that no database takes.
    """
    try:
        text = received.decode()
    except UnicodeDecodeError as error:
        message = f"`{name}` is not UTF-8 at byte {error.start} (counted from 0): convert it"
        raise ValueError(message) from None
    if match := UNWRITABLE.search(text):
        message = f"`{name}` has a NUL at code point {match.start()} (counted from 0): remove it"
        raise ValueError(message)
    return text


def cut_body(text: str, article: ArticleRecord) -> str:
    """Return the article's text cut from the document, not stripped or normalized.

    Raises:
        ValueError: the words that mark its beginning or end are not there.
    """
    if not text and not article.file:
        return ""
    start, end = 0, len(text)
    if article.body and article.body.from_:
        start = text.find(article.body.from_)
        if start < 0:
            message = f'`from`: "{article.body.from_}" is not in the document'
            raise ValueError(message)
    if article.body and article.body.until:
        end = text.find(article.body.until, start)
        if end < 0:
            message = f'`until`: "{article.body.until}" is not in the document'
            raise ValueError(message)
    if not text[start:end].strip():
        message = "no text is left between `from` and `until`: correct them"
        raise ValueError(message)
    return text[start:end]
