"""Guesses what the columns of a table are, from their names and texts."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property

from api.intake.profile.country_table import build_country_table
from api.intake.profile.dates import compile_format, parse_day
from api.intake.profile.steps import parse_number
from api.intake.profile.values import BRACES
from api.text.compound_names import list_words
from api.text.digits import as_ascii_digits

MOST_ACTORS = 4
MOST_FIGURES = 3
# The formats that are tried, by precision; a column may have one of each.
FORMATS = (
    (
        *("YYYY-MM-DD", "YYYY-MM-DD*", "YYYYMMDD", "YYYY/MM/DD", "YYYY.MM.DD"),
        *("DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "DD.MM.YYYY"),
        *("D/M/YYYY", "M/D/YYYY", "D-M-YYYY", "D.M.YYYY", "DD/MM/YY", "MM/DD/YY", "DD.MM.YY"),
        *("D MMM YYYY", "D-MMM-YYYY", "D-MMM-YY", "D MMMM YYYY", "MMM D, YYYY", "MMMM D, YYYY"),
    ),
    ("YYYY-MM", "MM-YYYY", "MM/YYYY", "MM.YYYY", "M/YYYY", "M.YYYY", "MMM YYYY", "MMMM YYYY"),
    ("YYYY",),
)
MOST = 0.9  # of a column's rows that its formats fit, or whose texts are countries
NUMBER = re.compile(r"[+-]?\d+(?:[.,٫٬\u00a0\u202f]\d+)*", re.ASCII)
WHOLE = re.compile(r"[+-]?\d+\.0+", re.ASCII)
YEAR = re.compile(r"1[5-9]\d\d|20\d\d", re.ASCII)
# Texts that mean an empty cell.
EMPTY = ("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "-", "--", "—")
# Words of columns' names, in English, Turkish and Arabic.
WORDS_OF = {
    "latitude": ("lat", "latitude", "enlem"),
    "longitude": ("lon", "long", "lng", "longitude", "boylam"),
    "country": ("country", "nation", "state", "ülke", "devlet", "الدولة", "دولة", "البلد"),
    "place": (
        "place",
        "loc",
        "city",
        "town",
        "location",
        "venue",
        "yer",
        "şehir",
        "المكان",
        "المدينة",
    ),
    "summary": (
        *("summary", "description", "notes", "details", "abstract", "remarks", "comment"),
        *("açıklama", "notlar", "الملاحظات", "ملاحظات", "الوصف"),
    ),
    "title": (
        *("title", "headline", "subject", "topic", "reason", "purpose", "event", "agenda"),
        *("konu", "başlık", "الموضوع", "موضوع", "العنوان"),
    ),
    "type": ("type", "kind", "category", "format", "tür", "النوع"),
    "vote": ("vote", "position", "ballot", "oy", "التصويت"),
    "id": ("id", "key", "number", "no", "nr", "ref", "reference", "code"),
    "figure": (
        *("deaths", "dead", "killed", "fatalities", "casualties", "victims", "injured", "wounded"),
    ),
    "precision": ("prec", "precision"),
    "end": ("end", "ends", "until", "to", "finish", "last"),
    "date": ("date", "day", "tarih", "gün", "التاريخ", "تاريخ", "اليوم"),
    # A date that is not the event's.
    "other date": (
        "source",
        "delisted",
        "published",
        "updated",
        "created",
        "retrieved",
        "birth",
        "entry",
    ),
}
KINDS = {
    "PERSON": (
        *("minister", "person", "speaker", "representative", "official", "host"),
        *("bakan", "kişi", "الوزير", "وزير"),
    ),
    "ORGANIZATION": (
        *("organisation", "organization", "organisations", "organizations", "body"),
        *("kurum", "kuruluş", "المنظمة", "الجهة"),
    ),
    "COMPANY": ("company", "companies"),
    "OTHER": (
        *("actor", "actors", "party", "parties", "guest", "guests", "participant", "participants"),
        *("attendee", "attendees", "side", "source", "target", "sender", "member", "members"),
        *("signatory", "signatories", "delegation", "taraf", "الطرف", "المشاركون"),
    ),
}
POSITIONS = {
    "FOR": ("y", "yes", "for", "yea", "aye", "in favour", "in favor", "evet", "نعم"),
    "AGAINST": ("n", "no", "against", "nay", "hayır", "لا"),
    "ABSTAINED": ("a", "abs", "abstain", "abstained", "abstention", "çekimser", "امتناع"),
    "ABSENT": ("x", "absent", "non-voting", "not voting"),
}
TURKISH = {"tarih", "yer", "şehir", "konu", "bakan", "kişi", "kurum", "kuruluş", "ülke", "toplantı"}
SECTIONS = {
    "meetings": (
        "meeting",
        "meetings",
        "visit",
        "visits",
        "talks",
        "toplantı",
        "toplanti",
        "لقاء",
        "اجتماع",
    ),
    "agreements": ("agreement", "agreements", "treaty", "treaties", "accord", "accords", "anlaşma"),
}


@dataclass
class Sketch:
    """What is seen of a column: its texts, and what they may be."""

    name: str
    cells: list[str] = field(default_factory=list)

    @cached_property
    def texts(self) -> Counter[str]:
        """The texts, with the number of rows that have them."""
        return Counter(filter(None, self.cells))

    @property
    def filled(self) -> int:
        """The number of rows that have a text."""
        return self.texts.total()

    @cached_property
    def words(self) -> list[str]:
        """The words of the column's name."""
        return list_words(self.name)

    def convert(self, change: Callable[[str], str]) -> "Sketch":
        """Return the column with other texts."""
        return Sketch(self.name, list(map(change, self.cells)))

    def is_named(self, role: str) -> bool:
        """Return whether the column's name has a word of a role."""
        return not set(WORDS_OF[role]).isdisjoint(self.words)

    @cached_property
    def formats(self) -> list[str]:
        """The date formats that fit the texts, at most one of each precision; [] if few fit."""
        left = dict(self.texts)
        formats = []
        for patterns in FORMATS:
            fits = {pattern: _list_fits(pattern, left) for pattern in patterns}
            best = max(patterns, key=lambda pattern: len(fits[pattern]))
            if fits[best]:
                formats.append(best)
                left = {text: count for text, count in left.items() if text not in fits[best]}
        if formats == ["YYYY"] and {"year", "date", "yıl", "tarih"}.isdisjoint(self.words):
            return []
        return formats if self.filled and sum(left.values()) <= (1 - MOST) * self.filled else []

    @property
    def swapped(self) -> str | None:
        """The format with the day and month exchanged, if it fits as well."""
        day = next(iter(self.formats), "")
        swapped = re.sub(
            "D+|M+", lambda match: {"D": "M", "M": "D"}[match[0][0]] * len(match[0]), day
        )
        fits = "MMM" not in day and swapped in FORMATS[0] and swapped != day
        return (
            swapped
            if fits and _list_fits(swapped, self.texts) == _list_fits(day, self.texts)
            else None
        )

    @cached_property
    def is_number(self) -> bool:
        """Whether all texts are numbers."""
        return bool(self.texts) and all(
            NUMBER.fullmatch(as_ascii_digits(text)) for text in self.texts
        )

    @cached_property
    def points(self) -> list[str]:
        """What may stand before the decimals of the numbers, the likeliest first; "" if a point.

        Those that all texts can be read by are told, unless they give the same numbers.
        """
        found: dict[tuple[Decimal | None, ...], str] = {}
        for point in ("", ".", ","):
            numbers = tuple(parse_number(text, point) for text in self.texts)
            if None not in numbers:
                found.setdefault(numbers, point)
        return list(found.values())

    @cached_property
    def is_country(self) -> bool:
        """Whether most texts are names or codes of countries."""
        known = build_country_table()
        found = sum(count for text, count in self.texts.items() if text in known)
        several = len(self.texts) > 1 or self.is_named("country")
        return several and 0 < MOST * self.filled <= found

    @cached_property
    def kind(self) -> str | None:
        """The kind of actor that the texts name; None if they name none."""
        words = [word for word in self.words if len(word) > 1 and word not in {"name", "names"}]
        if not words or not self.texts or self.is_number or self.formats:
            return None
        found = next((kind for kind, names in KINDS.items() if words[-1] in names), None)
        return "STATE" if found and self.is_country else found

    @cached_property
    def separator(self) -> str | None:
        """What separates several names in a cell; None if cells have one."""
        for separator in (";", "|", " / ", ","):
            pieces = {
                piece.strip()
                for text in self.texts
                if separator in text
                for piece in text.split(separator)
            }
            if pieces and (separator in ";|" or not pieces.isdisjoint(self.texts)):
                return separator
        return None

    @property
    def positions(self) -> dict[str, str]:
        """The texts that are votes, with what they mean."""
        meant = {word: position for position, words in POSITIONS.items() for word in words}
        return {text: meant[text.lower()] for text in self.texts if text.lower() in meant}

    def determines(self, others: Iterable["Sketch"]) -> bool:
        """Return whether rows of one text have one text in each of the other columns, too."""
        return all(
            len(set(zip(self.cells, other.cells, strict=True))) == len(self.texts)
            for other in others
        )


@cache
def _compile(pattern: str) -> list[re.Pattern[str]]:
    return [compile_format(pattern)]


def _list_fits(pattern: str, texts: Iterable[str]) -> set[str]:
    return {text for text in texts if parse_day(text, _compile(pattern))}


def is_header(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table's first row names its columns, and is not one of its rows.

    It is a row if a cell of it is an address, or is a number or date as the cells below it are.
    """
    for place, name in enumerate(names):
        if "://" in name:
            return False
        below = Sketch(name, [row[place].strip() for row in rows if len(row) > place])
        like = Sketch("date", [name.strip()])
        numbers = like.is_number and below.is_number and not YEAR.fullmatch(name)
        dates = like.formats[:1] and like.formats == below.formats != ["YYYY"]
        if numbers or dates:
            return False
    return True


class Guess:
    """What the columns of a table are."""

    def __init__(self, columns: Sequence[Sketch], title: str) -> None:
        """Guess what the columns of a table with this title are."""
        names = Counter(column.name for column in columns)
        # Those that a template can name.
        self.columns = [
            column
            for column in columns
            if names[column.name] == 1 and BRACES.isdisjoint(column.name)
        ]
        self.rows = max((len(column.cells) for column in columns), default=0)
        words = {word for name in [title, *names] for word in list_words(name)}
        self.section = next(
            (name for name, signs in SECTIONS.items() if not words.isdisjoint(signs)), "actions"
        )
        self.dates = self._find_dates()
        self.actors = self._find_actors()
        countries = [column for column in self._rest(self.actors) if column.is_country]
        self.country = min(countries, key=lambda column: len(column.words), default=None)
        if not self.actors and self.country and not self.country.is_named("place"):
            self.actors, self.country = [self.country], None
        self.place = self._find("place") or self.country
        self.latitude = self._find("latitude", number=True)
        self.longitude = self._find("longitude", number=True)
        self.vote = self._find("vote")
        self.title = self._find("title")
        self.type = self._find("type")
        self.key = self._find_key()
        self.summary = self._find("summary")
        # The column of dates whose formats are not known.
        self.undated = None if self.dates or self.date_parts else self._find("date")
        times = [column for column in self.columns if column.is_named("precision")]
        words = {"date", "time", "day"}
        self.precision = next((one for one in times if not words.isdisjoint(one.words)), None)
        figures = [column for column in self.columns if column.is_number]
        self.figures = [column for column in figures if column.is_named("figure")][:MOST_FIGURES]

    def _rest(self, taken: Iterable[Sketch | None]) -> list[Sketch]:
        names = {column.name for column in taken if column}
        return [column for column in self.columns if column.name not in names]

    def _find(self, role: str, *, number: bool = False) -> Sketch | None:
        """Return the first column that is named so, and has such texts."""
        for column in self._rest(self.actors):
            fits = column.texts and column.is_number == number and not column.formats
            if fits and column.is_named(role) and not (role == "title" and column.is_named("id")):
                return column
        return None

    def _find_dates(self) -> list[Sketch]:
        """Return the columns of dates, the likeliest date of the event first."""

        def rank(column: Sketch) -> tuple[bool, ...]:
            year = column.formats == ["YYYY"]
            return year, column.is_named("other date"), column.is_named("end")

        return sorted((column for column in self.columns if column.formats), key=rank)

    @property
    def until(self) -> Sketch | None:
        """The column of the event's last day."""
        ends = [column for column in self.dates[1:] if column.is_named("end")]
        fitting = [column for column in ends if set(column.formats) <= set(self.dates[0].formats)]
        return fitting[0] if fitting and not self.dates[0].is_named("end") else None

    @property
    def date_parts(self) -> list[Sketch]:
        """The columns of the year, month and day, if the date is in several."""
        found = []
        for word in ("year", "month", "day"):
            named = [column for column in self.columns if column.words[-1:] == [word]]
            if not named or not named[0].is_number:
                break
            found.append(named[0])
        return found if len(found) > 1 else []

    def _find_actors(self) -> list[Sketch]:
        found = [column for column in self.columns if column.kind]
        if not any("target" in column.words for column in found):
            # The source of a table without targets is where an event was reported.
            found = [column for column in found if "source" not in column.words]
        named = [column for column in self.columns if column.words == ["name"] and column.texts]
        return [*found, *(named if len(found) < 2 else [])][:MOST_ACTORS]  # noqa: PLR2004

    def find_countries(self) -> tuple[Sketch, Sketch] | None:
        """Return the first and last of several columns that are named like countries."""
        known = build_country_table()
        run: list[Sketch] = []
        for column in [*self.columns, Sketch("")]:
            if column.name in known and len(column.texts) < 10:  # noqa: PLR2004
                run.append(column)
            elif len(run) > 2:  # noqa: PLR2004
                return run[0], run[-1]
            else:
                run = []
        return None

    def _find_key(self) -> Sketch | None:
        """Return the column that identifies what the rows are about; None if no column does."""
        facts = [column for column in [*self.dates[:1], self.title] if column]
        others = self._rest([*self.actors, *self.dates, self.vote])
        filled = [column for column in others if column.filled == self.rows]
        unique = [column for column in filled if len(column.texts) == self.rows]
        shared = [column for column in filled if column.determines(facts)]
        named = [column for column in unique if column.is_named("id")]
        named += [column for column in shared if column.is_named("id")]
        return next(iter([*named, *unique, *(shared if facts else [])]), None)

    @property
    def language(self) -> str:
        """The language of names and titles: Arabic, Turkish or English."""
        texts = "".join(text for column in self.columns for text in column.texts)
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in texts)
        if arabic > sum("a" <= letter <= "z" for letter in texts):
            return "ar"
        words = {word for column in self.columns for word in column.words}
        return "en" if words.isdisjoint(TURKISH) else "tr"
