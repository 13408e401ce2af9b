"""The interface's languages: their catalogues of messages, and which one a request gets."""

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from api.text.countries import build_countries

FOLDER = Path(__file__).parent / "locale"
FORM = "form"  # the context of the messages that only forms have
SEVERAL = "several"  # the context of the headings of several participants with a role
VALUE = "value"  # the context of enum values and types whose labels are not those of fields
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, eq=False)
class Language:
    """A language of the interface, with its messages and its CLDR locale."""

    tag: str
    locale: Locale
    messages: gettext.NullTranslations

    @cached_property
    def direction(self) -> str:
        """The direction of writing: `ltr` or `rtl`."""
        return str(self.locale.text_direction)

    @cached_property
    def name(self) -> str:
        """The language's own name."""
        return Locale(self.tag).get_display_name(self.tag) or self.tag

    @cached_property
    def label(self) -> Callable[[str], Markup]:
        """Return the words for an enum value, a type, a field or a property: `IN_FORCE` → in force.

        Of `participants.host` and `links.about` the last part says enough. Arabic's fields have an
        article, and its kinds of records none.
        """
        return partial(_find_label, self.messages)

    def field_label(self, label: str) -> str:
        """Return the words for a form's field: its own, or else those for the property."""
        found = self.messages.pgettext(FORM, words := to_words(label))
        return self.label(label) if found == words else found

    def role_label(self, role: str, number: int) -> str:
        """Return the heading of a number of participants with a role: `HOST`, 2 → hosts."""
        found = self.messages.pgettext(SEVERAL, words := to_words(role))
        return self.label(role) if number == 1 or found == words else found

    def more(self, number: int) -> str:
        """Return the words for a number of participants that are not shown."""
        found = self.messages.ngettext("%(num)s more", "%(num)s more", number)
        return found % {"num": self.number(number)}

    def list_title(self, name: str, field: str) -> str:
        """Return the title of a list filtered by a record: `events`, `place` → Events there."""
        return self.messages.gettext(f"{name} by {to_words(field)}")

    def number(self, value: float | str) -> str:
        """Return a number as the language writes it."""
        return _format_number(value, self.locale)

    @cached_property
    def territories(self) -> list[tuple[str, str]]:
        """The names of all countries by their codes, in the order of the language."""
        named, countries = self.locale.territories.items(), build_countries()
        found = [(code, name) for code, name in named if code in countries]
        return sorted(found, key=lambda pair: pair[1])


@lru_cache(10_000)
def _find_label(messages: gettext.NullTranslations, value: str) -> Markup:
    words = to_words(value.rpartition(".")[2])
    found = messages.pgettext(VALUE, words) if value[:1].isupper() else words
    return escape(messages.gettext(words) if found == words else found)


@lru_cache(10_000, typed=True)
def _format_number(value: float | str, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))


@lru_cache(10_000)
def to_words(value: str) -> str:
    """Return the message for an enum value, a field or a property: `partOf` → part of."""
    return CAPITAL.sub(" ", value).replace("_", " ").lower()


def read_catalogue(tag: str) -> gettext.NullTranslations:
    """Read a language's messages from its `.po` file; English needs none."""
    path = FOLDER / f"{tag}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=tag))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


# Arabic has the Levant's names of months, as the press of the region writes them.
LOCALES = {"ar": "ar_LB", "en": "en_GB", "tr": "tr"}
ENGLISH = "en"


def read_languages() -> dict[str, Language]:
    """Read all languages of the interface."""
    return {
        tag: Language(tag, Locale.parse(name), read_catalogue(tag)) for tag, name in LOCALES.items()
    }


def choose_language(accepted: tuple[str, ...]) -> str:
    """Return the first accepted language that the interface has; else English."""
    return next((tag for tag in accepted if tag in LOCALES), ENGLISH)
