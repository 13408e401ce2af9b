"""Functions that declare GraphQL fields with their bindings, descriptions and arguments."""

from typing import Annotated, Any, Optional

import strawberry
from sqlalchemy import Column
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from api.model.kinds import ChangeAction
from api.schema.bindings import (
    All,
    AnyRecord,
    Binding,
    Changes,
    ChangeStream,
    Embedded,
    Form,
    History,
    HitPart,
    Identity,
    Line,
    Link,
    Localized,
    LocalizedPart,
    Lookup,
    Many,
    NodeById,
    One,
    Order,
    Outcome,
    Part,
    RecordsBy,
    Search,
    Term,
    Translations,
    Value,
    Written,
)
from api.schema.scalars import Language

BINDING = "binding"


def column(attribute: Any) -> Any:
    """Return the table column of a model's attribute, or a column itself."""
    return attribute if isinstance(attribute, Column) else attribute.property.columns[0]


def ascending(*attributes: Any) -> Order:
    """Build an ascending order by these columns."""
    return tuple(Term(column(attribute)) for attribute in attributes)


def descending(*attributes: Any) -> Order:
    """Build a descending order by these columns."""
    return tuple(Term(column(attribute), descending=True) for attribute in attributes)


def argument(
    name: str, annotation: Any, description: str, default: Any = strawberry.UNSET
) -> StrawberryArgument:
    """Build an argument."""
    type_ = StrawberryAnnotation(annotation)
    return StrawberryArgument(name, None, type_, description=description, default=default)


def asking(description: str, *arguments: StrawberryArgument) -> Any:
    """Declare a field with arguments and without a binding; the planner knows its name."""
    field = strawberry.field(description=description)
    field.arguments = list(arguments)
    return field


LANG = argument(
    "lang",
    list[Language] | None,
    "Languages in order of preference. If the text exists in none of them, it is returned in the "
    "best match of the Accept-Language header, else in the original language.",
)
PAGE_SIZE = 50
PAGED = f" A page has {PAGE_SIZE} of them unless `first` or `last` is given."
PAGED_FORWARD = f" A page has {PAGE_SIZE} of them unless `first` is given."
PAGING = (
    argument("first", int | None, "The number of records from the start; 500 at most."),
    argument("after", str | None, "Return the records after this cursor."),
    argument("last", int | None, "The number of records from the end; 500 at most."),
    argument("before", str | None, "Return the records before this cursor."),
)
PLACES = "It is a cursor, the id of a change, or `revision:<number>`: the end of that revision."
AFTER_PLACE = argument("after", str | None, f"Return the changes after this place. {PLACES}")


FILTERS, ORDERS = "api.schema.filters", "api.schema.orders"


def lazily(name: str, module: str) -> Any:
    """Refer by name to a type of a module that imports this one."""
    return Annotated[name, strawberry.lazy(module)]


def filtered(name: str) -> StrawberryArgument:
    """Build the argument `filter` of a connection."""
    type_: Any = Optional[lazily(name, FILTERS)]
    return argument(
        "filter", type_, "Return only records that meet these conditions; null and `{}` set none."
    )


def ordered(name: str) -> StrawberryArgument:
    """Build the argument `orderBy` of a connection."""
    type_: Any = Optional[list[lazily(name, ORDERS)]]  # type: ignore[misc]
    return argument("orderBy", type_, "The sort orders, most significant first; ties break on id.")


def _paged(filter_: str, order: str | None) -> list[StrawberryArgument]:
    """List a connection's arguments: paging, `filter` and, with an order, `orderBy`."""
    arguments = [*PAGING, filtered(filter_)]
    return arguments if order is None else [*arguments, ordered(order)]


def bound(binding: Binding, description: str, *arguments: StrawberryArgument) -> Any:
    """Declare a field with a binding."""
    field = strawberry.field(description=description, metadata={BINDING: binding})
    field.arguments = list(arguments)
    return field


def value(attribute: Any, description: str, form: Form = Form.TEXT) -> Any:
    """Declare a field that is a column of the row."""
    return bound(Value(column(attribute), form), description)


def token(attribute: Any, description: str) -> Any:
    """Declare a field that is a column of text that needs no JSON escaping: an enum, a key."""
    return value(attribute, description, Form.TOKEN)


def through(key: Any, attribute: Any, description: str) -> Any:
    """Declare a field that is a token of the row that a foreign key refers to."""
    return bound(Value(column(attribute), Form.TOKEN, column(key)), description)


def part(suffix: str, description: str, form: Form = Form.TEXT) -> Any:
    """Declare a field of an embedded object."""
    return bound(Part(suffix, form), description)


def localized_part(suffix: str, description: str) -> Any:
    """Declare a localized text of an embedded object in one language."""
    return bound(LocalizedPart(suffix), description, LANG)


def identity(key: Any, kind: Any, description: str, revision: Any = None) -> Any:
    """Declare an id; its kind is a text, or the row's column that has it."""
    kind = kind if isinstance(kind, str) else column(kind)
    revision = None if revision is None else column(revision)
    return bound(Identity(column(key), kind, revision), description)


def line(change: Any, description: str, *, before: bool) -> Any:
    """Declare the line of a change's record, before or after the change."""
    absent = ChangeAction.CREATED if before else ChangeAction.DELETED
    columns = map(column, (change.kind, change.key, change.revision_id, change.action))
    kind, key, revision, action = columns
    return bound(Line(kind, key, revision, action, str(absent), before), description)


def localized(attribute: Any, description: str) -> Any:
    """Declare a localized text in one language."""
    return bound(Localized(column(attribute)), description, LANG)


def translations(attribute: Any, description: str) -> Any:
    """Declare all translations of a localized text."""
    return bound(Translations(column(attribute)), description)


def embedded(prefix: str, description: str, when: tuple[Any, str | None] | None = None) -> Any:
    """Declare an object of the row's own columns with a prefix."""
    condition = (column(when[0]), when[1]) if when else None
    return bound(Embedded(prefix, condition), description)


def one(key: Any, description: str) -> Any:
    """Declare the row that a foreign key refers to."""
    return bound(One(column(key)), description)


def any_record(key: Any, description: str, kind: Any = None, via: Any = None) -> Any:
    """Declare the record, of any kind, that a foreign key refers to."""
    kind, via = (None if item is None else column(item) for item in (kind, via))
    return bound(AnyRecord(column(key), kind, via), description)


def many(  # noqa: PLR0913 — a declaration, all of it by name
    on: Any,
    description: str,
    *,
    through: tuple[tuple[Any, Any], ...] = (),
    where: tuple[Any, str | bool] | None = None,
    order: Order = (),
    text: Any = None,
) -> Any:
    """Declare the list of rows that refer to this one."""
    arguments = (LANG,) if text is not None else ()
    return bound(_many(on, through, where, order, text), description, *arguments)


def page(  # noqa: PLR0913 — as above
    of: str,
    on: Any,
    description: str,
    *,
    through: tuple[tuple[Any, Any], ...] = (),
    order: Order = (),
    ordering: bool = False,
) -> Any:
    """Declare the connection of rows that refer to this one; `of` is the type of its filter."""
    arguments = _paged(f"{of}Filter", f"{of}Order" if ordering else None)
    return bound(_many(on, through, None, order, None), description + PAGED, *arguments)


def _many(on: Any, through: Any, where: Any, order: Order, text: Any) -> Many:
    return Many(
        column(on),
        tuple(Link(column(far), column(near)) for far, near in through),
        (column(where[0]), where[1]) if where else None,
        order,
        None if text is None else column(text),
    )


def pages(filter_: str, order: str | None, description: str) -> Any:
    """Declare the connection of all rows of a type."""
    return bound(All(), description + PAGED, *_paged(filter_, order))


def history(kind: Any, key: Any, order: Order, description: str) -> Any:
    """Declare the connection of the changes of this record."""
    binding = History(column(kind), column(key), order)
    return bound(binding, description + PAGED_FORWARD, *PAGING[:2])


def changes(kind: Any, key: Any, kinds: Any, description: str) -> Any:
    """Declare the connection of all changes; `kinds` is the enumeration of records' kinds."""
    first, _, last, _ = PAGING
    before = argument("before", str | None, f"Return the changes before this place. {PLACES}")
    return bound(
        Changes(column(kind), column(key)),
        description + PAGED,
        *(first, AFTER_PLACE, last, before),
        argument("kinds", Optional[list[kinds]], "Return only changes of records of these kinds."),
        argument("record", strawberry.ID | None, "Return only changes of the record with this id."),
    )


def change_stream(kind: Any, kinds: Any, description: str) -> Any:
    """Declare the changes after a place as events; `kinds` is the enumeration of records' kinds."""
    return bound(
        ChangeStream(column(kind)),
        description,
        AFTER_PLACE,
        argument("kinds", Optional[list[kinds]], "Return only changes of records of these kinds."),
    )


def part_of(on: Any, order: Order, description: str) -> Any:
    """Declare the connection, without a filter, of the rows that refer to this one."""
    return bound(Many(column(on), order=order), description + PAGED_FORWARD, *PAGING[:2])


def written(description: str, *arguments: str) -> Any:
    """Declare the record that a mutation wrote: of the first of these arguments that it has."""
    return bound(Written(arguments), description)


def rows(description: str, **arguments: Any) -> Any:
    """Declare the list of a type's rows whose columns equal the given arguments."""
    return bound(All(_equal(arguments)), description, *_texts(arguments))


def hit_part(name: str, description: str) -> Any:
    """Declare a part of a search hit."""
    return bound(HitPart(name), description)


def outcome(name: str, description: str) -> Any:
    """Declare a part of what a mutation did."""
    return bound(Outcome(name), description)


def search(description: str, kinds: Any) -> Any:
    """Declare the connection of search hits."""
    return bound(
        Search(),
        f"{description} A page has {PAGE_SIZE} hits unless `first` is given.",
        argument(
            "text", str, 'All of these words have to occur; "…" is a phrase, `word*` a prefix.'
        ),
        argument("kinds", Optional[list[kinds]], "Return only records of these kinds."),
        *PAGING[:2],
    )


def lookup(description: str, **arguments: Any) -> Any:
    """Declare the row whose column equals the one argument given."""
    return bound(Lookup(_equal(arguments)), description, *_texts(arguments))


def by(name: str, attribute: Any, type_: Any, description: str, words: str) -> Any:
    """Declare the row whose column equals the required argument of this name."""
    binding = Lookup(((name, column(attribute)),))
    return bound(binding, description, argument(name, type_, words))


def records_by(id_: Any, kind: Any, key: Any, description: str, **arguments: Any) -> Any:
    """Declare the records that rows refer to whose columns equal the required arguments."""
    binding = RecordsBy(column(id_), column(kind), column(key), _equal(arguments))
    given = (argument(name, str, text) for name, (_, text) in arguments.items())
    return bound(binding, description, *given)


def _equal(arguments: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, column(attribute)) for name, (attribute, _) in arguments.items())


def _texts(arguments: dict[str, Any]) -> list[StrawberryArgument]:
    return [argument(name, str | None, text) for name, (_, text) in arguments.items()]


def node_by_id(description: str) -> Any:
    """Declare the record with an id."""
    return bound(NodeById(), description, argument("id", strawberry.ID, "The record's id."))


def nodes_by_ids(description: str) -> Any:
    """Declare the records with a list of ids."""
    ids = argument("ids", list[strawberry.ID], "The records' ids, 500 at most.")
    return bound(NodeById(many=True), description, ids)
