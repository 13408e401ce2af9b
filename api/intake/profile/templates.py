"""The format of profiles as Pydantic models, which follow from the records' own models."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, cached_property
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationError,
    WrapValidator,
    create_model,
)
from pydantic_core import ErrorDetails

from api.intake.forms.dates import DateRecord
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.part import Part
from api.intake.profile.encodings import check_encoding


def _as_list(given: Any) -> Any:
    """Return a bare value as a list; raise ValueError for null."""
    if given is None:
        message = 'this has no value: write a text, which may be "", or a list of texts'
        raise ValueError(message)
    return [given] if isinstance(given, str | dict) else given


# The separators of the items of a text: one, or a list such as [";", ",", "/"].
Separators = Annotated[
    list[Annotated[str, Field(min_length=1)]],
    BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
]
Precision = Literal["day", "about", "range", "month", "year"]
# Column or value → the text, or the texts, that it has to be; `2*` are all that begin with 2.
Condition = dict[
    str,
    Annotated[
        list[str],
        BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
    ],
]


def _as_from(given: Any) -> Any:
    """Return a bare template, or a list of templates, as an object with the field `from`.

    Raises:
        ValueError: it is null.
    """
    if given is None:
        message = 'this has no value: write a template, such as "{name}", or leave it out'
        raise ValueError(message)
    return {"from": given} if isinstance(given, str | list) else given


class FileFormat(StrEnum):
    """The formats of data files."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class Conditional(Part):
    """What a template of a record, of a part of one, and of a value have in common."""

    when: Condition = Field(default_factory=dict)
    """What a row has to have for this to be made: texts by column. `01*` is a text that begins with
    01, `*` any text, and an empty text an empty cell; of a list, one has to fit."""
    unless: Condition = Field(default_factory=dict)
    """As `when`: if any of these fits, this is not made."""
    for_: list[dict[str, str]] = Field(default_factory=list, alias="for")
    """Repeats this for each of these objects, with `<name>` in its texts replaced: `for: [{side:
    Source}, {side: Target}]` and `{<side> Name}`."""


class PrecisionColumn(Part):
    """The column that tells how precise a date is, and what its codes mean."""

    from_: Annotated[str, Field(alias="from")]
    """The template of the code: "{date_prec}"."""
    codes: dict[str, Precision]
    """Code → `day`, `about` (about that day), `range` (some day from this one to `until`),
    `month` or `year`."""


class Value(Conditional):
    """How one text is made of a row. A bare text is short for an object with only `from`."""

    from_: "Sources" = Field(default_factory=list, alias="from")
    """A template, "icews-{Event ID}", with columns in braces; if a column is empty, there is no
    value. Of a list of templates and values, the first that gives a text is taken."""
    each: "Each | None" = None
    """In a list: makes one value for each item of a cell, which templates call {item}."""
    split: Separators = Field(default_factory=list)
    """Cuts the text at these separators; in a list, each piece is a value, elsewhere the first that
    gives one is taken."""
    after: str | None = None
    """Keeps the text after the first of these, if it has one."""
    before: str | None = None
    """Keeps the text before the first of these, if it has one."""
    lookup: str | None = None
    """Looks the text up in a table: `table.column`, or a table that is made of rows. The table
    `countries`, with the columns alpha2, alpha3, name and key, need not be given."""
    map: dict[str, str] = Field(default_factory=dict)
    """Text → what it means here; `01*` are all texts that begin with 01. Others give no value: a
    problem of the row where the field is needed, unless `otherwise` is given."""
    otherwise: str | None = None
    """The template where a text is not in the table or map, or there is none; "" for no value.
    Without it, a text that a table does not have is a problem of its row."""
    case: Literal["title", "lower", "upper"] | None = None
    """Changes the case of the letters: TALKS IN PARIS to Talks In Paris."""
    decimals: int | None = Field(default=None, ge=0, le=12)
    """Reads a number, and rounds it to this number of decimals: 3.0 with 0 is 3."""
    point: Literal[".", ","] | None = None
    """Reads a number with this before its decimals, and with any other separator between its other
    digits: with ",", 1.234,5 is 1234.5. Without it, 1.234 has three decimals, and 1,234 is none."""
    format: list[str] = Field(default_factory=list)
    """Reads a date, by the first of these formats that fits, such as DD/MM/YYYY or MM-YYYY: YYYY,
    YY, MM, M, MMM (Jan), MMMM (January), DD, D; `*` is any end. The precision is the format's."""
    until: str | None = None
    """The template of the last day that a date may be or lasts to, in the same format."""
    precision: PrecisionColumn | None = None
    """The column that tells how precise the date is; without it, a date with `until` is an
    interval."""
    max: int | None = Field(default=None, ge=1)
    """Cuts the text after this number of characters."""


class Each(Part):
    """The items of a cell, or columns."""

    from_: str | None = Field(default=None, alias="from")
    """The template of the cell: a list in JSON, or a text to be cut."""
    split: Separators = Field(default_factory=list)
    """The separators of the items in a text."""
    first: str | None = None
    """The first of the columns; {item} is then a column's name, and {cell} its text."""
    last: str | None = None
    """The last of the columns."""
    values: list[str] = Field(default_factory=list)
    """Only items with these texts, or columns whose cells have them."""


def _find_tag(given: Any) -> str | None:
    """Return the tag of a template or value; None for what is neither."""
    if isinstance(given, str):
        return "[text]"
    return "[value]" if isinstance(given, dict | Value) else None


Source = Annotated[
    Annotated[str, Tag("[text]")] | Annotated[Value, Tag("[value]")],
    Discriminator(_find_tag),
]
Sources = Annotated[
    list[Source], BeforeValidator(_as_list, json_schema_input_type=str | Value | list[Source])
]
Value.model_rebuild()
Leaf = Annotated[
    Value, BeforeValidator(_as_from, json_schema_input_type=str | Value | list[Source])
]
EachItem = Annotated[
    Each,
    BeforeValidator(
        lambda given: {"from": given} if isinstance(given, str) else given,
        json_schema_input_type=str | Each,
    ),
]


class ObjectTemplate(Conditional):
    """The template of a record, or of a part of one: its fields, each with a value's template."""

    like: str | None = None
    """The name of one of the profile's `templates`, whose fields this has too."""
    each: EachItem | None = None
    """Makes one of these for each item of a cell, which templates call {item}."""


class Generated(Part):
    """The base of classes that are made of others: their fields are described where those are."""

    model_config = ConfigDict(use_attribute_docstrings=False)


class RecordTemplate(ObjectTemplate):
    """The template of a record."""

    article: Leaf | None = None
    """Key of the article that the record is from; if left out, it is from the dataset."""
    row: Leaf | None = None
    """The row of the dataset that the record is made of: a column that names it, or "{row}", its
    number, which an event has without being told."""


class TableFile(Part):
    """A table in a file beside the profile, in which texts are looked up."""

    file: str
    """The name of the CSV file, with a header, in the profile's folder."""
    key: str
    """The column in which texts are looked up; `01*` there stands for all that begin with 01."""


class RowsTable(Part):
    """A table that is made of rows of the data."""

    when: Condition = Field(default_factory=dict)
    """The rows of which the table is made."""
    key: Leaf
    """The text by which a row is looked up."""
    value: Leaf
    """What is found."""


class ProfileHead(Part):
    """A profile: how rows of a foreign table become records."""

    title: str
    """What data the profile is for."""
    about: str | None = None
    """Where the data's layout is described, and what else to know."""
    format: FileFormat | None = None
    """The format of the data; if left out, a file's name tells: .csv, .tsv, .xlsx, .jsonl, each
    also with .gz."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    """The character between the cells, if it is not the format's."""
    quote: str = Field(default='"', max_length=1)
    """The character around cells that contain the delimiter; "" if quotes mean nothing."""
    encoding: Annotated[str, AfterValidator(check_encoding)] = "utf-8"
    """The encoding of the data, such as cp1254; `--encoding` of the command replaces it."""
    sheet: str | None = None
    """The name of the sheet of an XLSX file; if left out, the first that is not hidden."""
    skip: int = Field(default=0, ge=0)
    """The number of rows before the header, or before the data without one."""
    columns: list[str] = Field(default_factory=list)
    """The columns' names, if the data has no header."""
    optional: list[str] = Field(default_factory=list)
    """Columns that some versions of the data do not have."""
    empty: list[str] = Field(default_factory=list)
    """Texts that mean an empty cell, such as NA."""
    integers: list[str] = Field(default_factory=list)
    """Columns of whole numbers, which some programs write as 4.0."""
    tables: dict[str, TableFile] = Field(default_factory=dict)
    """Tables in which texts are looked up."""
    joins: dict[str, RowsTable] = Field(default_factory=dict)
    """Tables that are made of the data's own rows, for `lookup`."""
    values: dict[str, Leaf] = Field(default_factory=dict)
    """Values by name, which templates use like columns."""
    templates: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Fields that several records have, for `like`."""


def _unwrap(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return an annotation's type that is not null, and its marks."""
    marks: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks += tuple(more)
        elif get_origin(annotation) in (Union, UnionType):
            (annotation,) = (item for item in get_args(annotation) if item is not type(None))
        else:
            return annotation, marks


class FieldType:
    """The type of a record's field: its class or origin, its marks, and its items' type."""

    def __init__(self, annotation: Any) -> None:
        """Read an annotation, which may be optional."""
        self.type, self.marks = _unwrap(annotation)
        self.origin = get_origin(self.type) or self.type

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What validates a value of the field."""
        annotation: Any = Annotated[self.type, *self.marks] if self.marks else self.type
        return TypeAdapter(annotation)

    def find_fault(self, text: str) -> ErrorDetails | None:
        """Return what is wrong with a text as a value of the field; None if it is valid."""
        try:
            self.adapter.validate_python(text)
        except ValidationError as error:
            return error.errors()[0] | {"loc": ()}
        return None

    @property
    def item(self) -> "FieldType":
        """The type of a list's items."""
        return FieldType(get_args(self.type)[0])

    @property
    def part(self) -> type[Part] | None:
        """The class of an object's fields; None if the field is no object."""
        is_part = isinstance(self.type, type) and issubclass(self.type, Part)
        return self.type if is_part else None


@cache
def field_types(model: type[Part]) -> dict[str, FieldType]:
    """Return the types of a record's fields by the names that dossiers use."""
    hints = get_type_hints(model, include_extras=True)
    return {info.alias or name: FieldType(hints[name]) for name, info in model.model_fields.items()}


@cache
def template_of(model: type[Part], base: type[Part] = ObjectTemplate) -> type[Part]:
    """Return the class of templates of a record or part: all its fields, each optional."""
    fields = dict(_list_fields(model))
    name = model.__name__.removesuffix("Record") + "Template"
    template: type[Part] = create_model(
        name, __base__=(base, Generated), __doc__=model.__doc__, **fields
    )
    return template


def _list_fields(model: type[Part]) -> Iterator[tuple[str, Any]]:
    types = field_types(model)
    # Required fields come first, as they do where a message shows what a record is like.
    for name, info in sorted(
        model.model_fields.items(), key=lambda item: not item[1].is_required()
    ):
        wire = info.alias or name
        described = Field(default=None, alias=info.alias, description=info.description)
        yield name, (_template_type(types[wire]) | None, described)


def _template_type(field: FieldType) -> Any:
    if field.origin is list:
        item = field.item
        if item.part:
            return list[_template_type(item)]  # type: ignore[misc]
        return list[Leaf] if item.origin is not dict else list[_texts_type(item)]  # type: ignore[misc]
    if field.origin is dict:
        return _texts_type(field)
    if field.part is DateRecord:
        return Annotated[
            template_of(DateRecord),
            BeforeValidator(_as_date, json_schema_input_type=str | Value | template_of(DateRecord)),
        ]
    if field.part:
        befores = tuple(mark for mark in field.marks if isinstance(mark, BeforeValidator))
        template = template_of(field.part)
        return Annotated[template, *befores] if befores else template
    return Leaf


def _texts_type(field: FieldType) -> Any:
    """Return the type of a template of texts by language, whose tags are checked as the texts'."""
    tag, _ = get_args(field.type)
    wraps = tuple(mark for mark in field.marks if isinstance(mark, WrapValidator))
    texts = dict[tag, Leaf]  # type: ignore[valid-type]
    return Annotated[texts, *wraps] if wraps else texts


def _as_date(given: Any) -> Any:
    """Return a template of the date alone as an object with the field `edtf`."""
    if isinstance(given, str | list) or (isinstance(given, dict) and "from" in given):
        return {"edtf": given}
    return given


# Section of a profile → the value of `record` in its lines. Articles are many, unlike a dossier's.
RECORDS = {
    section if section.endswith("s") else f"{section}s": record for record, section in LINES.items()
}


def _list_sections() -> Iterator[tuple[str, Any]]:
    for section, record in RECORDS.items():
        template: Any = template_of(SECTIONS[LINES[record]], RecordTemplate)
        described = f"Templates of records of the kind {record}."
        yield section, (list[template], Field(default_factory=list, description=described))


SECTION_FIELDS: dict[str, Any] = dict(_list_sections())
Profile: Any = create_model(
    "Profile",
    __base__=(ProfileHead, Generated),
    __doc__=ProfileHead.__doc__,
    **SECTION_FIELDS,
)
