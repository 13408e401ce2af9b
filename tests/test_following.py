"""A mirror has what its origin has, byte for byte, whatever was written there."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import IO, Any

import pytest
import sqlalchemy as sa

from api import model as m
from api.access.register import add_key
from api.access.scopes import KeyScope
from api.errors import FollowError, ImportFailure
from api.following import Origin, Revision, follow
from api.intake.deletion import delete_records
from api.intake.forms.read_back import read_lines
from api.intake.history import find_newest
from api.intake.merging import run_merge
from api.intake.rows import table_of
from api.intake.unmerging import run_unmerge
from api.settings import Settings
from tests.conftest import AT, DOSSIERS, NewDatabase
from tests.importing import run, write_lines
from tests.server import mithaq, serving
from tests.transactions import read, write

STEPS = 20
MERGED = 2  # actors at most: of five, three are written
COUNTRIES = (None, "EG", "SY")
LATER = sa.update(table_of(m.Revision)).values(at=AT + timedelta(1))
AHEAD = sa.update(table_of(m.Followed)).values(number=9)
OF_EARLIER_VERSION = AHEAD.values(number=None, at=None)


@pytest.fixture
def origin(settings: Settings) -> Iterator[Origin]:
    """A server of a database."""
    with serving(settings) as address:
        yield Origin(address)


def export(settings: Settings) -> bytes:
    return read(settings, lambda connection: b"".join(read_lines(connection)))


def mirror(origin: Origin, settings: Settings) -> list[Revision]:
    """Follow an origin as far as it has got, and return the revisions that were applied."""
    applied: list[Revision] = []
    follow(origin, lambda work: write(settings, work), applied.append, once=True)
    return applied


def revise(settings: Settings, folder: Path, source: Random) -> None:
    """Write, merge, unmerge or delete a few actors and a meeting of theirs at random."""
    merged = read(settings, find_merged)
    if merged and not source.randrange(3):
        run_unmerge(source.choice(merged), lambda work: write(settings, work))
        merged = read(settings, find_merged)
    keys = source.sample([key for key in "abcde" if key not in merged], 2)
    records: list[dict[str, Any]] = [
        {
            "record": "actor",
            "key": key,
            "kind": "PERSON",
            "names": {"en": f"{key.upper()} {source.randrange(3)}"},
            "country": source.choice(COUNTRIES),
            "offices": [{"key": "o", "title": {"en": "O"}}] * source.randrange(2),
        }
        for key in keys
    ]
    participants = [{"role": "HOST", "actor": key} for key in keys]
    records.append({"record": "dataset", "key": "d", "title": {"en": "D"}})
    records.append(
        {"record": "meeting", "key": "m", "format": "TALKS", "title": {"en": "M"}}
        | {"participants": participants, "dataset": "d", "row": str(source.randrange(3))}
    )
    run(settings, write_lines(folder, *records))
    with suppress(ImportFailure):  # both have an office o
        if len(merged) < MERGED and not source.randrange(3):
            run_merge(keys[0], keys[1], lambda work: write(settings, work))
            return
    if not source.randrange(3):
        delete_records(["meeting:m"], lambda work: write(settings, work))
        delete_records([f"actor:{source.choice(keys)}"], lambda work: write(settings, work))


def find_merged(connection: sa.Connection) -> list[str]:
    """Return the keys of actors that are merged."""
    merged = table_of(m.Merged)
    return list(connection.scalars(sa.select(merged.c.key).order_by(merged.c.key)))


def test_a_mirror_equals_its_origin(
    settings: Settings, origin: Origin, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    other, source = new_migrated(), Random(1)
    run(settings, *DOSSIERS)
    for step in range(STEPS):
        revise(settings, tmp_path, source)
        if step % 10 == 0:
            mirror(origin, other)
            assert export(other) == export(settings), step
    mirror(origin, other)
    assert export(other) == export(settings)
    assert mirror(origin, other) == []
    assert read(other, find_newest) == read(settings, find_newest)


def test_what_was_not_kept_at_the_origin_comes_with_later_revisions(
    settings: Settings, origin: Origin, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    place: dict[str, Any] = {"record": "place", "key": "p", "names": {"en": "P"}}
    for name in "PQR":
        run(settings, write_lines(tmp_path, place | {"names": {"en": name}}))
    version = table_of(m.RecordVersion)
    write(settings, lambda connection: connection.execute(sa.delete(version)))
    other = new_migrated()
    applied = mirror(origin, other)
    assert [revision.number for revision in applied] == [3]
    assert export(other) == export(settings)


def test_a_revision_that_does_not_fit_leaves_the_mirror_as_it_was(
    settings: Settings, origin: Origin, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    other = new_migrated()
    person = {"record": "actor", "kind": "PERSON", "names": {"en": "A"}, "wikidata": "Q1"}
    run(settings, *DOSSIERS)
    mirror(origin, other)
    run(other, write_lines(tmp_path, person | {"key": "mine"}))
    before = export(other)
    run(settings, write_lines(tmp_path, person | {"key": "theirs"}))
    with pytest.raises(ImportFailure, match="Q1 is already that of actor:mine"):
        mirror(origin, other)
    assert export(other) == before
    delete_records(["actor:mine"], lambda work: write(other, work))
    assert len(mirror(origin, other)) == 1
    assert export(other) == export(settings)


def test_an_origin_that_was_restored_from_a_backup_is_refused(
    settings: Settings, origin: Origin, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    other = new_migrated()
    place: dict[str, Any] = {"record": "place", "key": "p", "names": {"en": "P"}}
    run(settings, write_lines(tmp_path, place))
    mirror(origin, other)
    before = export(other)
    write(settings, lambda connection: connection.execute(LATER))
    run(settings, write_lines(tmp_path, place | {"names": {"en": "Q"}}))
    with pytest.raises(FollowError, match="has another revision 1, the last that is here"):
        mirror(origin, other)
    write(other, lambda connection: connection.execute(AHEAD))
    with pytest.raises(FollowError, match=r"does not have revision 9, .*into a new database"):
        mirror(origin, other)
    assert export(other) == before
    write(other, lambda connection: connection.execute(OF_EARLIER_VERSION))
    assert [revision.number for revision in mirror(origin, other)] == [2]
    assert export(other) == export(settings)


def test_a_database_that_is_no_mirror_is_left_as_it_is(
    settings: Settings, origin: Origin, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    other, place = new_migrated(), {"record": "place", "key": "p", "names": {"en": "P"}}
    run(settings, write_lines(tmp_path, place))
    run(other, write_lines(tmp_path, place | {"names": {"en": "Mine"}}))
    write(other, lambda connection: connection.execute(LATER))
    before = export(other)
    with pytest.raises(FollowError, match=r"has another revision 1, .*into a new database"):
        mirror(origin, other)
    assert export(other) == before


def test_what_both_have_is_not_applied_again(
    settings: Settings, origin: Origin, tmp_path: Path
) -> None:
    place: dict[str, Any] = {"record": "place", "key": "p"}
    for name in "PQ":
        run(settings, write_lines(tmp_path, place | {"names": {"en": name}}))
    assert mirror(origin, settings) == []
    assert read(settings, find_newest) == 2


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/nothing", "answers 404"),
        ("/health/live", "answers 405"),
    ],
)
def test_another_address_is_an_error_in_words(
    origin: Origin, new_migrated: NewDatabase, path: str, message: str
) -> None:
    wrong = Origin(origin.url.replace("/graphql", path))
    with pytest.raises(FollowError, match=message):
        mirror(wrong, new_migrated())


def test_an_origin_that_is_not_there_is_an_error_in_words(new_migrated: NewDatabase) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/graphql"
        with pytest.raises(FollowError, match=r"cannot be reached: .*refused"):
            mirror(Origin(url), new_migrated())


def test_an_origin_that_asks_for_a_key_is_followed_with_one(
    settings: Settings, new_migrated: NewDatabase
) -> None:
    run(settings, *DOSSIERS)
    work = partial(add_key, name="mirror", scopes=[KeyScope.READ], now=AT)
    token, other = write(settings, work), new_migrated()
    with serving(settings, MITHAQ_ACCESS="keys") as address:
        with pytest.raises(FollowError, match="401: "):
            mirror(Origin(address), other)
        mirror(Origin(address, token), other)
    assert export(other) == export(settings)


def test_a_mirror_goes_on_as_changes_come(
    settings: Settings, new_migrated: NewDatabase, tmp_path: Path
) -> None:
    other = new_migrated()
    place: dict[str, Any] = {"record": "place", "key": "p"}
    with serving(settings, "--workers", "2") as address, following(other, address) as told:
        for number, name in enumerate("PQR", 1):
            run(settings, write_lines(tmp_path, place | {"names": {"en": name}}))
            assert told.readline() == f"revision {number}: 1 record\n"
    assert export(other) == export(settings)


@contextmanager
def following(settings: Settings, address: str) -> Iterator[IO[str]]:
    """Run `mithaq follow` until the context ends, and give what it prints."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MITHAQ_")}
    with subprocess.Popen(
        mithaq("follow", address),
        cwd="/",
        env=kept | {"MITHAQ_DATABASE_URL": settings.database_url, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.terminate()


def test_an_address_that_is_too_long_is_an_error_in_words(settings: Settings) -> None:
    with pytest.raises(FollowError, match=r"takes 2,009 bytes; the maximum is 2,000"):
        mirror(Origin("http://x/" + "x" * 2_000), settings)


def test_an_address_of_no_scheme_is_an_error_in_words(settings: Settings) -> None:
    with pytest.raises(
        FollowError, match=r"127\.0\.0\.1:8000/graphql is no address: write one such"
    ):
        mirror(Origin("127.0.0.1:8000/graphql"), settings)
