"""Renders templates in the languages of the interface."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from hashlib import blake2s
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from api.pages.charts import HEIGHT, WIDTH, count_partners, draw_partners, draw_terms
from api.pages.claims import (
    disagree,
    find_name,
    group_by_role,
    group_claims,
    group_narrower,
    leave_out,
    support,
)
from api.pages.differences import compare_lines
from api.pages.languages import LOCALES, Language, read_languages
from api.pages.passages import (
    collect_quotes,
    cut_marks,
    cut_paragraphs,
    trim_after,
    trim_before,
)
from api.pages.sitemap import list_parts
from api.pages.view import View

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SOURCES = {".html", ".atom", ".xml", ".txt", ".graphql", ".po", ".css", ".js"}
FUNCTIONS = (
    collect_quotes,
    compare_lines,
    count_partners,
    cut_marks,
    cut_paragraphs,
    disagree,
    draw_partners,
    draw_terms,
    find_name,
    group_by_role,
    group_claims,
    group_narrower,
    leave_out,
    list_parts,
    support,
    trim_after,
    trim_before,
)


class Renderer:
    """Renders templates in the languages of the interface."""

    def __init__(self, lists: Iterable[str]) -> None:
        """Read the catalogues and prepare the templates of each language."""
        self.languages = read_languages()
        self.environments = {
            tag: make_environment(language) for tag, language in self.languages.items()
        }
        for environment in self.environments.values():
            environment.globals["lists"] = tuple(lists)
        self.digest = _digest()

    def render(self, name: str, view: View, **context: Any) -> bytes:
        """Return a page's HTML."""
        template = self.environments[view.language.tag].get_template(name)
        html = template.render(
            view.data, view=view, languages=self.languages, version=self.digest[:8], **context
        )
        return html.encode()


@cache
def open_renderer(*lists: str) -> Renderer:
    """Return the renderer of a site with these lists, which compiles each template once."""
    return Renderer(lists)


class Templates(Environment):
    """The environment of templates; objects of answers, which are dictionaries, are fast to read.

    Jinja looks for an attribute first, whose absence costs an exception.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an object's item or else attribute, or an undefined value."""
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (AttributeError, KeyError):
            return super().getattr(obj, attribute)


def make_environment(language: Language | None = None) -> Environment:
    """Return the environment of templates, whose messages are in a language."""
    environment = Templates(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {function.__name__: function for function in FUNCTIONS}
    environment.globals["drawn"] = WIDTH, HEIGHT
    environment.filters["without_controls"] = without_controls
    if language is not None:
        install = environment.install_gettext_translations  # type: ignore[attr-defined]
        install(language.messages, newstyle=True)
        environment.globals["_"] = make_gettext(language)
    return environment


def make_gettext(language: Language) -> Callable[..., Markup]:
    """Return the function of templates that translates a message, of which Jinja keeps none."""

    @lru_cache(1_000)
    def find(message: str) -> Markup:
        return Markup(language.messages.gettext(message))  # noqa: S704 — our own text

    def translate(message: str, **values: Any) -> Markup:
        return find(message) % values if values else find(message)

    return translate


def _digest() -> str:
    """Return a hash of all files that pages are made of besides the code."""
    digest = blake2s(repr(LOCALES).encode(), digest_size=8)
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in SOURCES:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def without_controls(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return FORBIDDEN.sub("", text)
