"""The fields of a line that say where its record is defined: in an article, or in a dataset."""

from typing import ClassVar, Self

from pydantic import model_validator

from api.intake.drafts import SOURCES, Ref
from api.intake.forms.fields import CodeWords, Slug
from api.intake.forms.form import form_of
from api.intake.forms.kinds import LINES, SECTIONS
from api.intake.forms.part import Part
from api.model.kinds import RecordKind

# The kinds of records that quote an article; that of aliases is None.
QUOTING = (RecordKind.CLAIM, None)


class Origin(Part):
    """Where a record is defined; a record of a file or the API has none of these fields."""

    article: Slug | None = None
    """Key of the article whose dossier the record belongs to."""
    dataset: Slug | None = None
    """Key of the dataset that the record belongs to, where it belongs to no article."""
    row: CodeWords | None = None
    """The row of the dataset's table that the record was made of: its number, or another name."""

    @model_validator(mode="after")
    def check_one(self) -> Self:
        """Raise ValueError if there are two sources, or a row without its dataset."""
        if self.article is not None and self.dataset is not None:
            message = "`article` and `dataset` exclude each other: write one of them"
            raise ValueError(message)
        if self.row is not None and self.dataset is None:
            message = "`row` is a row of a dataset's table: write its `dataset`, too"
            raise ValueError(message)
        return self

    @property
    def source(self) -> Ref | None:
        """The article or dataset; None if the record is defined by neither."""
        for name, kind in SOURCES.items():
            if (key := getattr(self, name)) is not None:
                return Ref(kind, key)
        return None


class QuotedOrigin(Part):
    """Where a record is defined that quotes an article."""

    article: Slug
    """Key of the article that the record is from."""
    row: ClassVar[None] = None

    @property
    def source(self) -> Ref:
        """The article."""
        return Ref(RecordKind.ARTICLE, self.article)


# The class of a line's origin, by its `record`; an article belongs to itself.
ORIGINS: dict[str, type[Origin | QuotedOrigin]] = {
    name: QuotedOrigin if form_of(SECTIONS[section]).kind in QUOTING else Origin
    for name, section in LINES.items()
    if name != "article"
}
# The fields that the origins of lines have.
ORIGIN_FIELDS = frozenset(Origin.model_fields)
