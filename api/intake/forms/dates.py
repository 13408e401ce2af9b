"""The vague date of a dossier: validation, calendars, and dates relative to the article's."""

from typing import Annotated, Literal

from pydantic import ValidationInfo, field_validator, model_validator

from api.intake.forms.fields import CodeWords, Relative, Words, as_object
from api.intake.forms.part import Part
from api.model.kinds import Basis
from api.text.anchors import check_partial, is_partial
from api.text.calendars import CALENDARS, Calendar, find_foreign_month, parse_calendar
from api.text.dates import VagueDate

GREGORIAN: Calendar = "gregorian"


class DateRecord(Part):
    """A vague date, with the source's own words."""

    calendar: Calendar | None = None
    """The calendar of `edtf`, which is converted; Gregorian if left out. Required if `text` names
    a month of another calendar and the year is before 1700 or unknown."""
    edtf: CodeWords | None = None
    """The date in EDTF (ISO 8601-2): 1978-09-17, 1978-09, 1978, 197X, 1978-09~,
    1978-09-05/1978-09-17; in another calendar, a year, month or day, or two of these."""
    relative: Relative | None = None
    """A date relative to the article's, instead of `edtf` and together with `anchor`: today,
    yesterday, tomorrow; last, this or next before week, month, year, a weekday or a month."""
    text: Words | None = None
    """The source's own words for the date, as the article has them."""
    basis: Basis | None = None
    """How the date is known: STATED by the article (the default), RESOLVED from it, or CURATED."""
    anchor: Literal["published"] | None = None
    """`published`: the date is computed from the article's. It needs `relative`, or an `edtf` of
    an unknown year, such as XXXX-07."""

    @field_validator("edtf")
    @classmethod
    def check_date(cls, edtf: str | None, info: ValidationInfo) -> str | None:
        """Return the date; raise ValueError if the calendar does not have it."""
        calendar = info.data.get("calendar") or GREGORIAN
        if edtf is not None:
            check = check_partial if _is_unplaced(edtf, calendar) else parse_calendar
            check(edtf, calendar)
        return edtf

    @model_validator(mode="after")
    def check_anchor(self) -> "DateRecord":
        """Raise ValueError if fields contradict each other, or the calendar is in doubt."""
        unplaced = self.edtf is not None and _is_unplaced(self.edtf, self.calendar or GREGORIAN)
        message = ""
        if self.relative and (self.edtf or self.calendar or not self.anchor):
            message = "`relative` replaces `edtf` and `calendar`, and needs `anchor: published`"
        elif self.anchor and not (self.relative or unplaced or is_partial(self.edtf or "0001")):
            message = "`anchor` needs `relative`, or a date of an unknown year: XXXX-07, XXXX-07-14"
        elif unplaced and not self.anchor:
            message = "a month of another calendar needs its year, or `anchor: published`"
        elif not self.calendar and (month := self._find_foreign()):
            message = (
                f'"{self.edtf}" is a Gregorian date, and "{month}" is a month of another calendar: '
                f"name the calendar in `calendar`: {', '.join(CALENDARS)} or {GREGORIAN}"
            )
        if message:
            raise ValueError(message)
        return self

    def _find_foreign(self) -> str | None:
        return find_foreign_month(self.edtf, self.text) if self.edtf and self.text else None

    @property
    def anchored(self) -> str | None:
        """The expression that is resolved by the day of publication; None without an anchor."""
        if not self.anchor:
            return None
        return self.relative or (f"{self.calendar} {self.edtf}" if self.converted else self.edtf)

    @property
    def converted(self) -> bool:
        """Whether the date was given in a calendar other than the Gregorian."""
        return self.calendar in CALENDARS

    def parse(self) -> VagueDate:
        """Return the Gregorian date; unknown if only the article's date can determine it."""
        calendar = self.calendar or GREGORIAN
        if self.edtf is None or _is_unplaced(self.edtf, calendar):
            return VagueDate()
        return parse_calendar(self.edtf, calendar)


def _is_unplaced(edtf: str, calendar: Calendar) -> bool:
    """Return whether a date of another calendar lacks its year, so that EDTF cannot express it."""
    return calendar != GREGORIAN and edtf.startswith("XXXX")


Date = Annotated[DateRecord, as_object("edtf")]
