"""The messages that the pages need: those of templates and code, and the words of the schema."""

from collections.abc import Iterator

from babel.messages.extract import extract_from_dir
from graphql import GraphQLEnumType, GraphQLInterfaceType, GraphQLSchema

from api.intake.forms.kinds import FORMS
from api.pages.addresses import ADDRESSES
from api.pages.languages import to_words
from api.pages.lists import read_lists
from api.pages.questions import read_questions
from tests.conftest import ROOT

METHODS = [("**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
OPTIONS = {"**.html": {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "translate": None, "label": None}
# Enums whose values no page shows in words.
HIDDEN = ("TextDirection", "GroupOrder", "DatePrecision", "Dimension")
# Variables that no form asks for.
UNSHOWN = {"id", "ids", "this", "before", "after"}


def list_messages(schema: GraphQLSchema) -> set[str]:
    """Every message that some page may show."""
    return {
        *_extract(),
        *map(to_words, {*_list_values(schema), *_list_fields(schema)}),
        *map(str.capitalize, read_lists(schema)),
        *list_titles(schema),
    }


def list_titles(schema: GraphQLSchema) -> set[str]:
    """The titles of all lists filtered by a record."""
    return {
        f"{name} by {to_words(field.name)}"
        for name, question in read_lists(schema).items()
        for field in question.fields
        if field.kind and not question.part
    }


def _extract() -> Iterator[str]:
    for found in extract_from_dir(ROOT / "api" / "pages", METHODS, OPTIONS, KEYWORDS):
        message = found[2]
        yield message[0] if isinstance(message, tuple) else message


def _list_values(schema: GraphQLSchema) -> Iterator[str]:
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLEnumType) and not type_.name.endswith(HIDDEN):
            yield from () if type_.name.startswith("__") else type_.values
            if type_.name == "EventRelation":
                yield from (f"{value}_(inverse)" for value in type_.values)


def _list_fields(schema: GraphQLSchema) -> Iterator[str]:
    node = schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    yield from (type_.name for type_ in schema.get_possible_types(node))
    # The kinds of what pages show that is no record, as the page of a wrong address names them.
    yield from (page.question for page in ADDRESSES if "{" in page.path)
    for form in FORMS.values():
        yield from (field.name for field in form.fields)
    lists = read_lists(schema)
    for question in (read_questions(schema) | lists).values():
        yield from (field.name for field in question.fields if field.name not in UNSHOWN)
