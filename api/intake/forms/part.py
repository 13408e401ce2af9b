"""The base class of records and their parts, which binds fields to tables."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from api.intake.forms.form import Form
from api.intake.rows import table_of
from api.model.kinds import RecordKind


class Part(BaseModel):
    """A part of a dossier; unknown fields are errors.

    A subclass with `tables` has a form, which stores its fields in these tables; one with a `kind`
    as well is a record: `class PlaceRecord(Part, kind=RecordKind.PLACE, tables=(m.Place,))`.
    """

    # The docstring below a field is its description in the JSON Schema.
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
    form: ClassVar[Form]
    # The fields whose values, joined by points, are the record's key.
    key_fields: ClassVar[tuple[str, ...]] = ("key",)

    def __init_subclass__(cls, **_: Any) -> None:
        """Accept the class arguments, which `__pydantic_init_subclass__` reads."""
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls, kind: RecordKind | None = None, tables: tuple[Any, ...] = (), **_: Any
    ) -> None:
        """Bind the fields to the tables.

        Raises:
            TypeError: the tables have no column for a field.
        """
        if tables:
            cls.form = Form(cls, kind, tuple(map(table_of, tables)))

    def identity(self) -> str:
        """Return the record's key, without its owner's."""
        return ".".join(getattr(self, name) for name in self.key_fields)
