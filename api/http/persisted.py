"""Persisted queries (Apollo's protocol) and trusted documents: documents by id instead of text.

Automatic persisted queries: a client sends only the SHA-256 of a document; if the server does not
know it, the client sends both, and the server caches the document. Trusted documents: the build of
a client writes its documents to a file, and the server can be set to accept no others.
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
MAX_LENGTH = 50_000  # characters; longer documents are not cached
PREFIX = "sha256:"
NO_FILE = (
    "{path}: {problem}. Write the file with `mithaq documents`: a JSON object of documents by id."
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
            RequestError: the document is missing, its id is unknown, or it is not trusted.
        """
        text, name = fields.get("query"), read_id(fields)
        if name is not None:
            text = self._named(name, text)
        if not isinstance(text, str) or not text.strip():
            raise RequestError(
                400, "BAD_REQUEST", "The request has no GraphQL document: send it as `query`."
            )
        if self.trusted_only and text not in self.texts:
            message = (
                "This server accepts trusted documents only, and this document is not one of them."
            )
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
            message = (
                "`sha256Hash` does not match `query`: send the SHA-256 of its text, in hexadecimal."
            )
            raise RequestError(400, "PERSISTED_QUERY_HASH_MISMATCH", message)
        if len(text) <= MAX_LENGTH and not self.trusted_only:
            self.registered.keep(name, text)


def read_id(fields: Mapping[str, Any]) -> str | None:
    """Return the document's id: `documentId`, the hash of `extensions.persistedQuery`, or None."""
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
    raise RequestError(400, "BAD_REQUEST", "The id of a persisted document should be a string.")


def hash_document(text: str) -> str:
    """Return a persisted query's id: the SHA-256 of its text, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_documents(path: Path) -> dict[str, str]:
    """Read a file of trusted documents: an object of documents by id, or Apollo's manifest.

    Raises:
        SettingsError: the file cannot be read, or is not in one of these formats.
    """
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise SettingsError(NO_FILE.format(path=path, problem=error.strerror)) from None
    except orjson.JSONDecodeError as error:
        raise SettingsError(NO_FILE.format(path=path, problem=error)) from None
    documents = _by_id(content)
    if documents is None:
        raise SettingsError(NO_FILE.format(path=path, problem="its content has another structure"))
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
