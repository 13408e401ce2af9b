"""Renders templates in the languages of the interface."""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2s
from typing import Any

from api.pages.languages import LOCALES, read_languages
from api.pages.templates import FOLDER, make_environment
from api.pages.view import View

STATIC = FOLDER / "static"
SOURCES = {".html", ".atom", ".xml", ".txt", ".graphql", ".po", ".css", ".js", ".py"}


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


def _digest() -> str:
    """Return a hash of all files that pages are made of."""
    digest = blake2s(repr(LOCALES).encode(), digest_size=8)
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in SOURCES:
            digest.update(path.read_bytes())
    return digest.hexdigest()
