"""The environment of templates: compiled with a language's messages, and with plain calls."""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes, select_autoescape
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from api.pages.charts import HEIGHT, WIDTH, count_partners, draw_partners, draw_terms
from api.pages.claims import (
    count_claims,
    disagree,
    find_name,
    group_by_role,
    group_claims,
    group_narrower,
    support,
)
from api.pages.dates import find_first_day, find_last_day
from api.pages.differences import compare_lines, name_line
from api.pages.languages import Language
from api.pages.passages import (
    as_markup,
    collect_quotes,
    cut_marks,
    escape_text,
    mark_paragraphs,
)
from api.pages.sitemap import list_parts

FOLDER = Path(__file__).parent
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")  # embeddings, overrides and isolates
FUNCTIONS = (
    name_line,
    collect_quotes,
    compare_lines,
    count_claims,
    count_partners,
    cut_marks,
    mark_paragraphs,
    disagree,
    draw_partners,
    draw_terms,
    find_first_day,
    find_last_day,
    find_name,
    group_by_role,
    group_claims,
    group_narrower,
    list_parts,
    support,
)
OBJECTS = {"view", "loop"}  # which are no part of an answer: they have attributes, no items


class PlainCalls(CodeGenerator):
    """Compiles calls and attributes to those of Python where these do the same.

    Jinja asks each callable whether it takes the context, which costs more than most of ours do,
    and looks for a method among an object's items, too.
    """

    def visit_Call(  # type: ignore[override]  # noqa: N802
        self, node: nodes.Call, frame: Frame, **options: bool
    ) -> None:
        """Write a call."""
        if not self._is_plain(node):
            super().visit_Call(node, frame, **options)
            return
        match node.node:
            case nodes.Getattr(node=owner, attr=name):
                self.visit(owner, frame)
                self.write(f".{name}(")
            case function:
                self.visit(function, frame)
                self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute."""
        match node.node:
            case nodes.Name(name=name) if name in OBJECTS:
                self.visit(node.node, frame)
                self.write(f".{node.attr}")
            case _:
                super().visit_Getattr(node, frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Write the module of macros, which Jinja first looks for globals of the importing page."""
        assert not node.with_context
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(").module")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Write what is before an expression whose value is output."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.escape(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _is_plain(self, node: nodes.Call) -> bool:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return False
        match node.node:
            case nodes.Getattr(node=nodes.Name(name="self")):  # of a block
                return False
            case nodes.Getattr() | nodes.Name():  # of a method, a function above, or a macro
                return True
        return False


class Translator(NodeTransformer):
    """Replaces the calls that translate a message without values by its translation."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        """Translate by a function."""
        self.translate = translate

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """Return a call, or the translation that it would return."""
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]
            ):
                return nodes.TemplateData(self.translate(text), lineno=node.lineno)
        return self.generic_visit(node)


class Templates(Environment):
    """The environment of templates in a language, which are compiled with its messages."""

    code_generator_class = PlainCalls

    def __init__(self, translate: Callable[[str], str], **options: Any) -> None:
        """Translate messages by a function."""
        super().__init__(**options)
        self.translator = Translator(translate)

    @staticmethod
    def escape(value: Any) -> str:
        """Return a value as HTML; what needs no escape is as it is, which `escape` copies."""
        type_ = type(value)
        if type_ is Markup:
            return value  # type: ignore[no-any-return]
        if type_ is str:
            return escape_text(value)
        return str(value) if type_ is int or type_ is float else escape(value)

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        """Return the Python code of a template; Jinja's hook for another way to write it."""
        return super()._generate(self.translator.visit(source), *args, **options)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an object's item or else attribute, or an undefined value.

        Jinja looks for an attribute first, whose absence from an answer's objects, which are
        dictionaries, costs an exception.
        """
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (AttributeError, KeyError):
            return super().getattr(obj, attribute)


def make_environment(language: Language) -> Environment:
    """Return the environment of templates, whose messages are in a language."""
    translate = make_gettext(language)
    environment = Templates(
        translate,
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
    environment.filters |= {"without_bidi": without_bidi, "without_controls": without_controls}
    install = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(language.messages, newstyle=True)
    environment.globals |= {"_": translate, "ngettext": make_ngettext(language)}
    return environment


def make_gettext(language: Language) -> Callable[..., Markup]:
    """Return the function of templates that translates a message, of which Jinja keeps none."""

    @lru_cache(1_000)
    def find(message: str) -> Markup:
        return Markup(language.messages.gettext(message))  # noqa: S704 — our own text

    def translate(message: str, **values: Any) -> Markup:
        return find(message) % values if values else find(message)

    return translate


def make_ngettext(language: Language) -> Callable[[str, str, int], Markup]:
    """Return the function of templates that writes a number of things: `%(num)s claims`."""

    @lru_cache(1_000)
    def count(one: str, several: str, number: int) -> Markup:
        message = Markup(language.messages.ngettext(one, several, number))  # noqa: S704 — our own
        return message % {"num": format_decimal(number, locale=language.locale)}

    return count


def without_bidi(text: str) -> str:
    """Return a title without the controls that reorder what is shown behind it, where no markup is.

    A `Markup` stays one.
    """
    found = BIDI.sub("", text)
    return as_markup(found) if isinstance(text, Markup) else found


def without_controls(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return FORBIDDEN.sub("", text)
