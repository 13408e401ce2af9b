"""Serves the pages: address → query → answer → template, by the same answerer as /graphql."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response as StarletteResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api.answer import Answerer
from api.database.failures import unavailable
from api.errors import DatabaseError
from api.http.access import Access, admit, take_cookie
from api.http.access_log import CLIENT_LEFT
from api.http.answer_cache import AnswerCache, AnswerStore
from api.http.caching import VARIES, is_known, make_etag
from api.http.disconnect import DisconnectWatcher
from api.http.errors import CODES, RequestError, list_headers, render_http_exception
from api.http.graphql import read_headers, share
from api.http.negotiation import HTML, JSON, JSON_LD, XML
from api.http.requests import MAX_HEADER, Headers, HTTPRequest, read_languages
from api.http.responses import (
    NO_STORE,
    REVALIDATED,
    STATUSES,
    Response,
    send_response,
    write_answer,
    write_error,
    write_rejection,
    write_unchanged,
)
from api.pages.addresses import Address, list_addresses
from api.pages.key_form import KeyForm, open_key_form
from api.pages.languages import choose_language
from api.pages.linked_data import describe_page
from api.pages.links import KEY_FORM, Asked, address_of
from api.pages.lists import read_lists
from api.pages.questions import assign_pages, read_questions
from api.pages.rendering import STATIC, open_renderer
from api.pages.requests import (
    NOT_FOUND,
    PageRequest,
    check_method,
    check_names,
    name_record,
    read_fields,
    write_page,
)
from api.pages.sitemap import PAGES, find_part, list_parts, make_question
from api.pages.view import View
from api.plan.catalog import Catalog
from api.request import GraphQLRequest
from api.response import Answer
from api.single_flight import Cache
from api.sql.revisions import read_number
from api.text.language import parse_accept_language

MAX_SHORT = 64_000  # bytes of an answer that is rendered in the event loop, in some 3 ms
MAX_NAMED = 5_000  # names that are kept, of some kB each
Trace = Callable[[ASGIApp, str], ASGIApp]  # an endpoint and its route to a traced one
Handler = Callable[[PageRequest], Awaitable[Response]]
Result = TypeVar("Result")
NO_RECORD = re.compile(rb'\{"data":\{"(?:node|revision)":null[,}]')


class Site:
    """The pages and their addresses, known before there is a database."""

    def __init__(self, catalog: Catalog) -> None:
        """Read the questions; `answerer` and `access` are set when the server starts."""
        questions, self.lists = read_questions(catalog.schema), read_lists(catalog.schema)
        self.listed = [name for name, question in self.lists.items() if not question.part]
        self.questions = questions | self.lists | {"sitemap": make_question(self.listed)}
        self.kinds = assign_pages(catalog.schema, questions)
        self.addresses = list_addresses(self.lists, self.kinds)
        self.renderer = open_renderer(*self.lists, "topics")
        self.disconnects = DisconnectWatcher()
        self.reading = asyncio.Semaphore(1)  # for one part of the sitemap at a time
        self.answerer: Answerer | None = None
        self.access: Access | None = None
        self.trace: Trace | None = None
        self.store: AnswerStore | None = None
        self.kept: AnswerCache | None = None
        self.named = Cache[tuple[Any]](MAX_NAMED)
        self.key_form: KeyForm | None = None

    def open(
        self,
        answerer: Answerer,
        access: Access | None = None,
        trace: Trace | None = None,
        store: AnswerStore | None = None,
    ) -> None:
        """Answer from this answerer, admit clients by these rules, trace requests, keep pages."""
        self.answerer, self.access, self.trace, self.store = answerer, access, trace, store
        self.kept, self.named = None, Cache[tuple[Any]](MAX_NAMED)
        if store is not None and store.max_bytes:
            self.kept = AnswerCache(store, answerer, self.disconnects)
        self.key_form = open_key_form(access) if access else None

    def at(self, answerer: Answerer, access: Access | None) -> list[BaseRoute]:
        """Return the addresses of the same pages of another database, which is a release."""
        site = copy(self)
        site.open(answerer, access, self.trace, self.store)
        return site.routes

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses: one for each page and list, and for each kind of record `/KIND/KEY`."""
        handlers: dict[str, Handler] = {
            page.path: partial(self.answer, page=page) for page in self.addresses
        }
        handlers |= {KEY_FORM: self.receive_key, "/sitemap/{file}": self.list_part}
        routes = [Route(path, _Endpoint(self, path, handle)) for path, handle in handlers.items()]
        return [*routes, Mount("/static", StaticFiles(directory=STATIC))]

    async def respond(self, request: PageRequest, handle: Handler) -> Response:
        """Return the response of a handler; every error has one."""
        try:
            response = await handle(request)
        except Exception as error:  # noqa: BLE001 — an unexpected one is logged
            response = write_error(error)
        if response.status == CLIENT_LEFT or response.media_type != JSON or not request.by_browser:
            return response
        return self.show_refusal(request.asked, response)

    async def receive_key(self, request: PageRequest) -> Response:
        """Return the response to the key form.

        Raises:
            RequestError: the server asks for no key (404), or the key is refused.
            DatabaseUnavailable: too many attempts, or the keys could not be read.
        """
        if self.key_form is None:
            raise RequestError(404, "NOT_FOUND", NOT_FOUND)
        return await self.key_form.receive(request.scope, request.receive, request.headers)

    async def list_part(self, request: PageRequest) -> Response:
        """Return a part of the sitemap.

        Raises:
            RequestError: the client is not admitted, or there is no such part (404).
            DatabaseUnavailable: the database did not answer.
        """
        assert self.answerer is not None
        headers, answerer = request.headers, self.answerer
        check_method(request)
        budget, _ = await admit(self.access, request.scope, headers)
        file = request.scope["path_params"]["file"]
        if file == PAGES:
            paths = [page.path for page in self.addresses if page.is_whole]
            written = self.renderer.render("sitemap_part.xml", View(request.asked, {}), paths=paths)
            return write_page(200, written, request.asked, (REVALIDATED,), XML)
        question = self.questions["sitemap"].document
        counts = await answerer.answer(GraphQLRequest(question, budget=budget, read_only=True))
        if counts.code is not None:
            return write_answer(counts, JSON)
        if file not in list_parts(orjson.loads(counts.json)["data"]):
            raise RequestError(404, "NOT_FOUND", NOT_FOUND)
        part = find_part(answerer, file)
        mark = await answerer.fetch_mark("")
        etag = make_etag(mark, self.renderer.digest.encode() + file.encode(), headers)
        if is_known(etag, headers.get(b"if-none-match", b"")):
            return write_unchanged(etag, "Sitemap")
        export = part.prepare(answerer)
        if budget is not None:
            budget.charge(export.cost)

        def render() -> bytes:
            paths = map(address_of, part.read_ids(answerer, export, read_number(mark)))
            return self.renderer.render("sitemap_part.xml", View(request.asked, {}), paths=paths)

        try:
            async with self.reading:
                body = await asyncio.to_thread(render)
        except DatabaseError as error:
            raise unavailable(error) from None
        return write_page(200, body, request.asked, ((b"etag", etag), REVALIDATED), XML)

    async def answer(self, request: PageRequest, page: Address) -> Response:
        """Return a page, which is kept until the database changes, as `/graphql` keeps answers.

        Raises:
            RequestError: the client is not admitted, there is no such record (404), or a program
                asks for a field that the page does not have (400).
            DatabaseUnavailable: the database did not answer.
        """
        scope, headers, asked = request.scope, request.headers, request.asked
        check_method(request)
        name_record(scope, page)
        budget, client = await admit(self.access, scope, headers)
        question = self.questions[page.question]
        asked.question, asked.given = question, read_fields(request, question) | dict(page.given)
        check_names(request, question, page.media_type)
        asked.variables = variables = question.write_variables(asked.given)
        accepted = headers.get(b"accept-language", b"")[:MAX_HEADER]
        graphql_request = GraphQLRequest(
            question.document,
            variables=variables,
            languages=read_languages(asked.language.tag.encode() + b"," + accepted),
            budget=budget,
            client=client,
            read_only=True,
        )
        name = scope["path"].encode() + b"?" + scope["query_string"]
        ask = partial(self.ask, request, page, graphql_request, name)
        if (kept := self.kept) is None:
            return await ask()
        key = kept.number, asked.base, name, *(headers.get(item) for item in VARIES), budget is None
        media_type = request.media_type
        http = HTTPRequest("GET", b"", headers, request.receive, media_type, scope, budget, client)
        if kept.may_have(key) and (found := await kept.find(key, http)) is not None:
            return share(found, http, REVALIDATED)
        response = await kept.run(key, len(name), graphql_request, ask)
        assert isinstance(response, Response)
        return response

    async def ask(
        self, request: PageRequest, page: Address, graphql_request: GraphQLRequest, name: bytes
    ) -> Response:
        """Ask a page's question, and return the page, or 304 if the client knows it.

        Raises:
            RequestError: there is no such record (404).
            DatabaseUnavailable: the database did not answer.
        """
        assert self.answerer is not None
        operation = self.questions[page.question].operation
        request.mark = mark = await self.answerer.fetch_mark(graphql_request.document)
        etag = make_etag(mark, self.renderer.digest.encode() + name, request.headers)
        if is_known(etag, request.headers.get(b"if-none-match", b"")):
            return write_unchanged(etag, operation)
        graphql_request.revision = max(graphql_request.revision, read_number(mark))
        answer = await self.disconnects.wait(self.answerer.answer(graphql_request), request.receive)
        response = await self.write(request, page, graphql_request, answer, etag)
        response.operation = operation
        return response

    async def write(
        self,
        request: PageRequest,
        page: Address,
        graphql_request: GraphQLRequest,
        answer: Answer,
        etag: bytes,
    ) -> Response:
        """Return the response to an answer.

        Long answers are rendered in a thread, which costs 0.3 ms each time.

        Raises:
            RequestError: there is no such record (404).
        """
        if answer.code is not None:
            refused = refuse(answer, etag)
            if refused.status == 400 and request.by_browser:  # noqa: PLR2004
                chosen = (request.asked.variables or {}).get("chosen", [])
                named = await self.find_names(chosen, request.mark, graphql_request)
                request.asked.named = [] if isinstance(named, Answer) else named
            return refused
        if NO_RECORD.match(answer.json):
            raise RequestError(404, "NOT_FOUND", NOT_FOUND)
        asked, media_type = request.asked, request.media_type
        if media_type == JSON:
            return write_answer(answer, JSON, etag)
        run = asyncio.to_thread if len(answer.json) > MAX_SHORT else run_here
        view = await run(lambda: View(asked, orjson.loads(answer.json)["data"]))
        if media_type == JSON_LD:
            body = await run(lambda: orjson.dumps(describe_page(view)))
        else:
            media_type = page.media_type
            if unnamed := view.unnamed:
                named = await self.find_names(unnamed, request.mark, graphql_request)
                if isinstance(named, Answer):
                    return refuse(named, etag)
                view.name_records(named)
            body = await run(lambda: self.renderer.render(page.template, view))
        written = write_page(200, body, asked, ((b"etag", etag), REVALIDATED), media_type)
        written.cost = answer.cost
        return written

    async def find_names(
        self, ids: list[str], mark: bytes, graphql_request: GraphQLRequest
    ) -> list[Any] | Answer:
        """Return the records with these ids, with their names, or an answer of errors.

        They are kept by the revision's mark: many pages of a revision name the same records.
        """
        assert self.answerer is not None
        keys = {id_: (mark, graphql_request.languages, id_) for id_ in ids}
        found = {id_: self.named.find(key) for id_, key in keys.items()}
        if unknown := [id_ for id_, kept in found.items() if kept is None]:
            document = self.questions["names"].document
            request = replace(graphql_request, document=document, variables={"ids": unknown})
            answer = await self.answerer.answer(request)
            if answer.code is not None:
                return answer
            nodes = orjson.loads(answer.json)["data"]["nodes"]
            for id_, node in zip(unknown, nodes, strict=True):
                found[id_] = self.named.keep(keys[id_], (node,))
        return [kept[0] for kept in found.values() if kept is not None]

    def show_refusal(self, asked: Asked, refused: Response) -> Response:
        """Return the page of an error instead of its JSON."""
        errors = orjson.loads(refused.body)["errors"]
        view = View(asked, {})
        for node in asked.named:
            view.read_record(node)
        html = self.renderer.render(
            "error.html",
            view,
            status=refused.status,
            errors=errors,
            code=errors[0]["extensions"]["code"],
            asks_for_key=self.key_form is not None and refused.status in (401, 403),
        )
        kept = [pair for pair in refused.headers if pair[0] not in (b"cache-control", b"etag")]
        page = write_page(refused.status, html, asked, [*kept, NO_STORE])
        page.code, page.cost = refused.code, refused.cost
        return page

    def read(self, scope: Scope, headers: Headers) -> Asked:
        """Read a request's path, query and language: that of `?lang=`, else the accepted one."""
        query = scope["query_string"].decode("utf-8", "replace")
        base = f"{scope['scheme']}://{headers.get(b'host', b'').decode('latin-1')}"
        languages = self.renderer.languages
        tag = dict(Request(scope).query_params).get("lang", "")
        if not (chosen := tag in languages):
            accepted = headers.get(b"accept-language", b"")[:MAX_HEADER].decode("latin-1")
            tags = tuple(tag.split("-")[0] for tag in parse_accept_language(accepted))
            tag = choose_language(tags)
        root = scope.get("root_path", "")
        # A link to `//host` or `/\host` would leave the site.
        path = "/" + scope["path"].removeprefix(root).lstrip("/\\")
        return Asked(path, query, languages[tag], base, chosen, root, self.lists)

    async def render_http_exception(self, request: Request, error: Exception) -> StarletteResponse:
        """Render Starlette's errors: a page for browsers, JSON for programs."""
        if "text/html" not in request.headers.get("accept", ""):
            return await render_http_exception(request, error)
        assert isinstance(error, HTTPException)
        asked = self.read(request.scope, read_headers(request.scope["headers"]))
        code = CODES.get(error.status_code, "BAD_REQUEST")
        refused = write_rejection(RequestError(error.status_code, code, error.detail))
        written = self.show_refusal(asked, refused)
        headers = {name.decode(): value.decode() for name, value in written.headers}
        headers |= list_headers(error)
        return StarletteResponse(written.body, written.status, headers, HTML)


async def run_here(work: Callable[[], Result]) -> Result:
    """Run work in the event loop, as `asyncio.to_thread` runs it in a thread."""
    return work()


def refuse(answer: Answer, etag: bytes) -> Response:
    """Return the response to a question that was refused."""
    refused = write_answer(answer, JSON, etag)
    refused.status = STATUSES.get(answer.code or "", 400)
    return refused


class _Endpoint:
    """The ASGI application of an address; a class, so that Starlette passes it every method."""

    def __init__(self, site: Site, route: str, handle: Handler) -> None:
        """Answer the requests to a route of the site."""
        self.site, self.route, self.handle = site, route, handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, within a span if requests are traced."""
        if self.site.trace is None:
            await self.serve(scope, receive, send)
            return
        await self.site.trace(self.serve, self.route)(scope, receive, send)

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = read_headers(scope["headers"])
        take_cookie(headers)
        request = PageRequest(scope, receive, headers, self.site.read(scope, headers))
        response = await self.site.respond(request, self.handle)
        await send_response(send, response, scope["method"], headers.get(b"accept-encoding", b""))
