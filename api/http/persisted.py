"""Persisted queries (Apollo's protocol) and trusted documents: documents by id instead of text.

Automatic persisted queries: a client sends the SHA-256 of a document alone; told that it is not
known, it sends both once. Trusted documents: a file of them is made when a client is built, and
a server can be told to answer no others.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from api.errors import SettingsError
from api.http.errors import RequestError
from api.single_flight import Cache

MAX_REGISTERED = 1_000
MAX_LENGTH = 50_000  # characters; a longer document is read, but not remembered
PREFIX = "sha256:"
NO_FILE = (
    "{path}: {problem}; it should be what `mithaq documents` writes: an object of documents by id."
)


class PersistedDocuments:
    """Looks up a request's document: its own text, a cached persisted query, or a trusted one."""

    def __init__(self, trusted: Mapping[str, str], *, trusted_only: bool = False) -> None:
        """Register the trusted documents by id; with `trusted_only`, accept no others."""
        self.trusted = trusted
        self.trusted_only = trusted_only
        self.texts = frozenset(trusted.values())
        self.registered: Cache[str] = Cache(MAX_REGISTERED)

    def find(self, fields: Mapping[str, Any]) -> str:
        """Return the document of a request's fields.

        Raises:
            RequestError: there is none, it is not known by that name, or it is not trusted.
        """
        text, name = fields.get("query"), read_name(fields)
        if name is not None:
            text = self._named(name, text)
        if not isinstance(text, str) or not text.strip():
            raise RequestError(400, "BAD_REQUEST", "`query` should be a GraphQL document.")
        if self.trusted_only and text not in self.texts:
            message = "This server answers trusted documents only, and this is none of them."
            raise RequestError(403, "DOCUMENT_NOT_TRUSTED", message)
        return text

    def _named(self, name: str, text: Any) -> Any:
        known = self.trusted.get(name) or self.registered.find(name)
        if text is None:
            if known is None:  # clients know this message, and answer it with the document
                raise RequestError(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
            return known
        if text != known and isinstance(text, str):
            self._register(name, text)
        return text

    def _register(self, name: str, text: str) -> None:
        if name != hash_document(text):
            message = "The hash is not that of `query`: it should be its SHA-256, in hexadecimal."
            raise RequestError(400, "PERSISTED_QUERY_HASH_MISMATCH", message)
        if len(text) <= MAX_LENGTH and not self.trusted_only:
            self.registered.keep(name, text)


def read_name(fields: Mapping[str, Any]) -> str | None:
    """Read the name of a document from a request's `documentId` or `extensions.persistedQuery`."""
    name = fields.get("documentId")
    extensions = fields.get("extensions")
    if name is None and isinstance(extensions, dict):
        persisted = extensions.get("persistedQuery")
        if persisted is None:
            return None
        if not isinstance(persisted, dict) or persisted.get("version") != 1:
            message = '`extensions.persistedQuery` should be {"version": 1, "sha256Hash": "…"}.'
            raise RequestError(400, "BAD_REQUEST", message)
        name = persisted.get("sha256Hash", 0)
    if name is None or isinstance(name, str):
        return name and name.removeprefix(PREFIX)
    raise RequestError(400, "BAD_REQUEST", "A document's id should be a text.")


def hash_document(text: str) -> str:
    """Return a persisted query's id: the SHA-256 of its text, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_documents(path: Path) -> dict[str, str]:
    """Read a file of trusted documents: an object of documents by id, or Apollo's manifest.

    Raises:
        SettingsError: there is no such file, or it holds something else.
    """
    try:
        content = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise SettingsError(NO_FILE.format(path=path, problem=error)) from None
    documents = _by_id(content)
    if documents is None:
        raise SettingsError(NO_FILE.format(path=path, problem="it holds something else"))
    return documents


def _by_id(content: Any) -> dict[str, str] | None:
    match content:
        case {"operations": [*operations]} if all(isinstance(item, dict) for item in operations):
            pairs = [(item.get("id"), item.get("body")) for item in operations]
        case {**documents}:
            pairs = list(documents.items())
        case _:
            return None
    if not all(isinstance(part, str) for pair in pairs for part in pair):
        return None
    return {id_.removeprefix(PREFIX): text for id_, text in pairs}
