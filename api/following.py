"""Follows another Mithaq: applies the revisions of its feed here, one by one, and goes on later."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException
from time import sleep
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import sqlalchemy as sa

from api import model as m
from api.errors import FollowError
from api.intake.drafts import Ref
from api.intake.forms.fields import MAX_BYTES
from api.intake.forms.kinds import CHILDREN
from api.intake.progress import RunTransaction
from api.intake.replay import write_exactly
from api.intake.rows import table_of
from api.intake.write.upsert import Writer
from api.model.kinds import ChangeAction, RecordKind

FOLLOWED, REVISION = table_of(m.Followed), table_of(m.Revision)
PAGE = """query Changes($after: String) {
  changes(first: 100, after: $after) {
    pageInfo { hasNextPage }
    edges { cursor node { record action after revision { number at by why } } }
  }
}"""
MADE = "query Made($number: Int!) { revision(number: $number) { at } }"
NEXT = "subscription Next($after: String) { changes(after: $after) { id } }"
TIMEOUT = 60.0  # seconds without a byte: the origin sends heartbeats more often
RETRY = 5.0  # seconds until an origin that could not be reached is asked again


class OriginBehind(OSError):
    """The origin lacks the revision that was applied last: for good, or in a replica of it."""


class Place(NamedTuple):
    """How far an origin is followed: a cursor, and the number and time of the revision there."""

    cursor: str | None = None
    number: int | None = None
    at: datetime | None = None


@dataclass(slots=True)
class Revision:
    """What revisions of the origin change together: lines by record, None for a deleted one.

    Where the origin replaced a line before it kept versions, its `unknown` record has the line of
    a later revision, so that the revisions up to that one are applied together.
    """

    number: int
    at: datetime
    by: str
    why: str
    cursor: str
    lines: dict[Ref, bytes | None] = field(default_factory=dict)
    unknown: set[Ref] = field(default_factory=set)

    @property
    def place(self) -> Place:
        """Where to go on after the revision."""
        return Place(self.cursor, self.number, self.at)

    def add(self, edge: dict[str, Any]) -> None:
        """Add a change; that of an office or a provision is in the line of its owner."""
        self.cursor = edge["cursor"]
        node = edge["node"]
        kind, _, key = node["record"].partition(":")
        ref = Ref(RecordKind(kind.upper()), key)
        if ref.kind in CHILDREN:
            return
        line, deleted = node["after"], node["action"] == ChangeAction.DELETED
        self.lines[ref] = line.encode() if line is not None else None
        self.unknown.discard(ref)
        if line is None and not deleted:
            self.unknown.add(ref)

    def apply(self, connection: sa.Connection, url: str) -> None:
        """Write the changes, and how far the origin is followed, in one transaction."""
        lines = [
            part
            for text in self.lines.values()
            if text is not None
            for part in text.splitlines(keepends=True)
        ]
        deleted = [ref for ref, line in self.lines.items() if line is None]
        write_exactly(Writer(connection, self.at, self.by, self.why), lines, deleted)
        connection.execute(sa.delete(FOLLOWED).where(FOLLOWED.c.url == url))
        connection.execute(sa.insert(FOLLOWED).values(url=url, **self.place._asdict()))


@dataclass(frozen=True, slots=True)
class Origin:
    """The Mithaq that is followed: the URL of its GraphQL endpoint, and a key if it needs one."""

    url: str
    key: str | None = None

    def fetch_revisions(self, after: str | None) -> Iterator[Revision]:
        """Yield the revisions after a cursor, each when all of it has come.

        Raises:
            FollowError: the origin refuses, or is no Mithaq.
            OSError: it cannot be reached.
        """
        revision, more = None, True
        while more:
            page = self._ask(PAGE, after=after)["data"]["changes"]
            for edge in page["edges"]:
                made = edge["node"]["revision"]
                if revision is None or made["number"] != revision.number:
                    if revision is not None and not revision.unknown:
                        yield revision
                        revision = None
                    revision = _begin(made, revision)
                revision.add(edge)
                after = edge["cursor"]
            more = page["pageInfo"]["hasNextPage"]
        if revision is not None:
            yield revision

    def check(self, place: Place) -> None:
        """Check that the origin has the revision that is the last here.

        Without it, the cursor leads to what other revisions changed, or to nothing.

        Raises:
            FollowError: its revision of this number is another.
            OSError: it has none, or cannot be reached.
        """
        if place.number is None:
            return
        found = self._ask(MADE, number=place.number)["data"]["revision"]
        text = (
            f"revision {place.number}, the last that is here: it was restored from a backup, or "
            "the database of MITHAQ_DATABASE_URL is no mirror of it. Follow it into a new database."
        )
        if found is None:
            raise OriginBehind(f"{self.url} does not have {text}")
        if datetime.fromisoformat(found["at"]) != place.at:
            raise FollowError(f"{self.url} has another {text}")

    def wait(self, after: str | None) -> None:
        """Return when there is a change after a cursor, or when the connection ends.

        Raises:
            FollowError: the origin refuses.
            OSError: it cannot be reached.
        """
        with self._open(NEXT, {"after": after}, "text/event-stream") as response:
            for line in response:
                if line.startswith(b"data: "):
                    _check(json.loads(line.removeprefix(b"data: ")))
                    return

    def _ask(self, query: str, **variables: Any) -> Any:
        with self._open(query, variables, "application/json") as response:
            return _check(json.loads(response.read()))

    def _open(self, query: str, variables: Mapping[str, Any], accept: str) -> Any:
        headers = {"Content-Type": "application/json", "Accept": accept}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        body = json.dumps({"query": query, "variables": variables}).encode()
        try:
            return urlopen(Request(self.url, body, headers), timeout=TIMEOUT)  # noqa: S310
        except HTTPError as error:
            with error:
                raise _explain(self.url, error.code, error.read(10_000)) from None


def _begin(made: dict[str, Any], before: Revision | None) -> Revision:
    """Begin a revision; with one `before` it, whose lines are not all known, go on with that."""
    at = datetime.fromisoformat(made["at"])
    revision = Revision(made["number"], at, made["by"], made["why"], "")
    if before is not None:
        revision.lines, revision.unknown = before.lines, before.unknown
    return revision


def _check(answer: Any) -> Any:
    """Return an answer that has no errors.

    Raises:
        OriginBehind: the origin does not have the revision of the cursor.
        FollowError: there is another error.
    """
    if not isinstance(answer, dict) or answer.get("errors") or "data" not in answer:
        errors = answer.get("errors") if isinstance(answer, dict) else None
        reason = errors[0]["message"] if errors else "it answers something else"
        text = f"The origin does not give its changes: {reason}"
        behind = errors and errors[0].get("extensions", {}).get("code") == "BAD_CURSOR"
        raise OriginBehind(text) if behind else FollowError(text)
    return answer


def _explain(url: str, status: int, body: bytes) -> FollowError | OSError:
    try:
        reason = json.loads(body)["errors"][0]["message"]
    except (ValueError, LookupError, TypeError):
        reason = "this is no GraphQL endpoint: is the address right?"
    message = f"{url} answers {status}: {reason}"
    return OSError(message) if status >= 500 or status == 429 else FollowError(message)  # noqa: PLR2004


def find_place(connection: sa.Connection, url: str) -> Place:
    """Return how far an origin was applied here.

    A database that follows the origin for the first time has its own newest revision, as one that
    was restored from the origin's backup: older ones would undo what they are followed by.
    """
    followed = sa.select(*(FOLLOWED.c[name] for name in Place._fields)).where(FOLLOWED.c.url == url)
    newest = sa.select(REVISION.c.id, REVISION.c.at).order_by(REVISION.c.id.desc()).limit(1)
    if row := connection.execute(followed).first():
        place = Place(*row)
    elif row := connection.execute(newest).first():
        place = Place(f"revision:{row.id}", row.id, row.at)
    else:
        return Place()
    return place._replace(at=place.at and place.at.replace(tzinfo=UTC))  # SQLite stores no zone


def follow(
    origin: Origin, write: RunTransaction, told: Callable[[Revision], None], *, once: bool = False
) -> None:
    """Apply the revisions of an origin, and then each further one as it comes.

    Begins where the last call with the same URL ended or, in a database that has other revisions,
    after the newest of them, which the origin has to have, too. An origin that cannot be reached is
    asked again; with `once`, the call returns when all revisions that there are have been applied.

    Raises:
        FollowError: the URL is not one of HTTP; the origin refuses, or has another revision than
            was applied; with `once`, also if it cannot be reached.
        ImportFailure: a revision does not fit what is stored here.
    """
    if (size := len(origin.url.encode())) > MAX_BYTES:
        message = f"The address takes {size:,} bytes; the maximum is {MAX_BYTES:,}."
        raise FollowError(message)
    if not origin.url.startswith(("http://", "https://")):
        message = f"{origin.url} is no address: write one such as https://mithaq.example/graphql."
        raise FollowError(message)
    place = write(lambda connection: find_place(connection, origin.url))
    while True:
        try:
            origin.check(place)
            for revision in origin.fetch_revisions(place.cursor):
                write(partial(revision.apply, url=origin.url))
                place = revision.place
                told(revision)
            if once:
                return
            origin.wait(place.cursor)
        except (OSError, HTTPException) as error:
            reason = error.reason if isinstance(error, URLError) else error
            behind = isinstance(error, OriginBehind)
            message = str(error) if behind else f"{origin.url} cannot be reached: {reason}"
            if once:
                raise FollowError(message) from None
            print(f"{message}; trying again in {RETRY:g} seconds", file=sys.stderr)  # noqa: T201
            sleep(RETRY)
