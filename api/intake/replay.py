"""Writes records exactly as their lines say, wherever these come from: history, another Mithaq."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from api.intake.draft.dossier import Dossier
from api.intake.draft.sources import fetch_sources
from api.intake.drafts import Mode, Ref, find_source
from api.intake.forms.form import form_of
from api.intake.importing import API, Import
from api.intake.progress import no_steps
from api.intake.read.files import Document
from api.intake.read.lines import Home, Item, Line, build_dossier, find_home, read_item
from api.intake.summary import Summary
from api.intake.write.delete import find_with_dependents
from api.intake.write.upsert import Writer
from api.model.kinds import RecordKind

LINES = Path("lines")  # what problems name


def write_exactly(
    writer: Writer,
    lines: Iterable[bytes],
    deleted: Iterable[Ref] = (),
) -> Summary:
    """Write records as their lines say, and delete others, as one revision.

    Unlike an import of the lines, this also takes away what they do not say: an actor has the
    names that its line and the lines of its aliases give, and no other. Records move to the
    articles and datasets that their lines name.

    Raises:
        ImportFailure: a line is wrong, refers to a record that is not there, or takes a unique
            value of another; nothing was written.
    """
    empty = build_dossier(Home(API, Document(LINES, None)), None)
    gone = list(deleted)
    writer.load(gone)
    gone += find_with_dependents([ref for ref in gone if ref in writer.ids], writer)
    running = Import(writer, no_steps, mode=Mode.EXACT, deleted=dict.fromkeys(gone, empty))
    items = [
        item
        for number, line in enumerate(lines)
        if (item := read_item(LINES, Line(number + 1, 0, line)))
    ]
    for item in items:
        running.problems += item.problems
    running.add(list(_build(items, running)))
    return running.run()


def _build(items: Iterable[Item], running: Import) -> Iterator[Dossier]:
    """Build the dossiers of the items' homes, whose articles are among the items or stored."""
    homes: dict[str, Home] = {}
    for name, item in _find_homes(list(items), running.writer):
        homes.setdefault(name, Home(name, Document(LINES, None))).add(item)
    keys = {
        name: home.article
        for name, home in homes.items()
        if home.article and "article" not in home.sections
    }
    sources = fetch_sources(running.writer.connection, keys.values())
    running.writer.load(Ref(RecordKind.ARTICLE, key) for key in sources)
    for name, home in homes.items():
        source = sources.get(keys.get(name, ""))
        if name in keys and source is None:
            running.problems.append(home.document.problem((), f"there is no {name}"))
        else:
            yield build_dossier(home, source)


def _find_homes(items: Sequence[Item], writer: Writer) -> Iterator[tuple[str, Item]]:
    """Yield each item with the dossier it belongs to: its source's, or that which it is in."""
    refs = [_find_ref(item) for item in items]
    writer.load(filter(None, refs))
    for ref, item in zip(refs, items, strict=True):
        stored = writer.ids.get(ref) if ref else None
        kept = stored.home if stored and not find_source(stored.home) else API
        yield str(find_home(item.kind, item.record, item.source) or kept), item


def _find_ref(item: Item) -> Ref | None:
    """Return the reference of a record that may be in no article's dossier; None of others."""
    form = form_of(type(item.record))
    return None if form.kind in (None, RecordKind.CLAIM) else form.ref(item.record, None)
