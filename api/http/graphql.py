"""The endpoint: GraphQL over HTTP, on bare ASGI.

The ordinary way through a web framework costs more than the answers themselves.
"""

import logging

from starlette.types import Receive, Scope, Send

from api.answer import Answerer, Question
from api.http.departures import Departed, Departures
from api.http.documents import Documents
from api.http.playground import page
from api.http.questions import (
    JSON,
    BadRequest,
    negotiate,
    parse_get,
    parse_post,
    read_body,
)
from api.http.responses import send_answer, send_rejection
from api.settings import Settings

LOG = logging.getLogger(__name__)
ASKING = (b"query=", b"documentId=", b"extensions=")
INTERNAL = "The server failed to answer; the fault is its own, and its log has the details."


class GraphQLEndpoint:
    """Answers questions sent by GET and POST, and gives browsers the playground."""

    def __init__(
        self, answerer: Answerer, settings: Settings, documents: Documents | None = None
    ) -> None:
        """Serve what this answers, of the documents that are known or of any."""
        self.answerer = answerer
        self.settings = settings
        self.departures = Departures()
        self.find = (documents or Documents({})).find

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = dict(scope["headers"])
        accept = headers.get(b"accept", b"")
        if scope["method"] == "GET" and wants_page(accept, scope["query_string"]):
            await page()(scope, receive, send)
            return
        media_type = JSON
        try:
            media_type = negotiate(accept)
            question = await self.read_question(scope, receive, headers)
            answer = await self.departures.wait(self.answerer.answer(question), receive)
        except Departed:
            return
        except BadRequest as error:
            await send_rejection(send, error, media_type)
        except Exception:
            LOG.exception("A question went unanswered.")
            await send_rejection(send, BadRequest(500, "INTERNAL", INTERNAL), media_type)
        else:
            await send_answer(send, answer, media_type)

    async def read_question(
        self, scope: Scope, receive: Receive, headers: dict[bytes, bytes]
    ) -> Question:
        """Read the question of a request.

        Raises:
            BadRequest: it holds none.
        """
        languages = headers.get(b"accept-language", b"")
        match scope["method"]:
            case "POST":
                body = await read_body(receive, self.settings.max_body)
                return parse_post(headers.get(b"content-type", b""), body, languages, self.find)
            case "GET":
                return parse_get(scope["query_string"], languages, self.find)
            case method:
                message = f"{method} asks nothing here: send GET or POST."
                raise BadRequest(405, "METHOD_NOT_ALLOWED", message, [(b"allow", b"GET, POST")])


def wants_page(accept: bytes, query: bytes) -> bool:
    """Tell a person's browser from a program."""
    return b"text/html" in accept and not any(key in query for key in ASKING)
