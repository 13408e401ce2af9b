"""Writes a benchmark's data: a scale in, the same JSON Lines every time out.

Nothing in it happened. Actors and places are as uneven as in life: few occur often, most seldom.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, count
from typing import Any

from api.model.kinds import AgreementStatus, AgreementType, MeetingFormat

SEED = 1980
FIRST_DAY, DAYS = date(2015, 1, 1), 3_652
BODY_SIZE = 1_500
COUNTRIES = (
    "SY TR LB IQ JO EG SA AE QA KW BH OM YE PS IL IR RU US GB FR DE IT ES NL BE AT CH SE NO DK "
    "FI PL CZ HU RO BG GR CY UA GE AM AZ KZ UZ CN JP KR IN PK AF ID MY DZ MA TN LY SD SO ET KE"
).split()
ARABIC = (
    "في من على إلى مع وقال أن الوزير الرئيس الوفد التعاون بين البلدين العلاقات المباحثات اللقاء "
    "الاجتماع سبل تعزيز دعم مجال الأمن التدريب العسكري الاقتصاد الحدود الاتفاق مذكرة التفاهم "
    "وزارة الخارجية الدفاع السفير المبعوث الخاص الوضع الإنساني عودة اللاجئين إعادة الإعمار "
    "الطاقة المياه النقل التجارة الاستثمار والاستشارات الفنية القنصلية والثقافية الهدنة الوساطة"
).split()
ENGLISH = (
    "the of and to in with on for minister president delegation talks cooperation between both "
    "sides relations meeting security training military economy border agreement memorandum "
    "understanding ministry foreign defence ambassador envoy humanitarian situation return "
    "refugees reconstruction energy water transport trade investment consultations technical "
    "consular cultural truce mediation framework statement visit reception summit"
).split()
LETTERS = {"ar": "بتثجحخدذرزسشصضطظعغفقكلمنهي", "en": "abcdefghijklmnopqrstuvwxyz"}
RARE_WORDS, SENTENCES = 3_000, 10_000
ROLES = ("HOST", "GUEST", "GUEST", "PARTICIPANT", "PARTICIPANT", "PARTICIPANT", "THIRD_PARTY")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is of what; half as many articles as meetings, a fifth as many agreements."""

    meetings: int
    actors: int

    @property
    def articles(self) -> int:
        """Documents."""
        return self.meetings // 2

    @property
    def outlets(self) -> int:
        """Publishers: one for a hundred actors."""
        return self.actors // 100


SCALES = {
    "1k": Scale(1_000, 500),
    "100k": Scale(100_000, 20_000),
    "1m": Scale(1_000_000, 20_000),
}


def key(kind: str, number: int) -> str:
    """Name a record, so that keys sort as their numbers do."""
    return f"{kind}-{number:07}"


class Skewed:
    """Draws from a list as Zipf has it: the second item half as often as the first, and so on."""

    def __init__(self, items: Sequence[str], source: random.Random) -> None:
        """Weigh the items by their rank."""
        self.items = items
        self.random = source
        self.weights = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def draw(self, size: int = 1) -> list[str]:
        """Draw so many, of which some may be the same."""
        return self.random.choices(self.items, cum_weights=self.weights, k=size)


def make_words(language: str) -> list[str]:
    """Make a language's words, the commonest first: real ones, then rare ones of random letters."""
    source = random.Random(SEED)  # noqa: S311 — the same words every time
    letters = LETTERS[language]
    rare = ("".join(source.choices(letters, k=source.randint(4, 7))) for _ in range(RARE_WORDS))
    return [*{"ar": ARABIC, "en": ENGLISH}[language], *rare]


class Generator:
    """Makes the records of one scale, each after those that it refers to."""

    def __init__(self, scale: Scale) -> None:
        """Prepare what is drawn from."""
        source = random.Random(SEED)  # noqa: S311 — the same data every time
        self.random, self.scale = source, scale
        self.countries = Skewed(COUNTRIES, source)
        self.actors = Skewed([key("actor", item) for item in range(scale.actors)], source)
        self.places = Skewed([key("place", item) for item in range(len(COUNTRIES) * 3)], source)
        self.outlets = Skewed([key("outlet", item) for item in range(scale.outlets)], source)
        self.words = {language: Skewed(make_words(language), source) for language in LETTERS}
        self.sentences = {
            language: [f"{self._words(language, 12)}." for _ in range(SENTENCES)]
            for language in self.words
        }
        self.numbers = {kind: count() for kind in ("meeting", "agreement")}

    def records(self) -> Iterator[Record]:
        """Make all records."""
        yield from self._actors()
        yield from self._places()
        for number in range(self.scale.articles):
            yield from self._article(number)

    def _actors(self) -> Iterator[Record]:
        for name in self.actors.items:
            kind = self.random.choice(("PERSON", "PERSON", "PERSON", "GOVERNMENT", "STATE"))
            yield self._actor(name, kind)
        for name in self.outlets.items:
            yield self._actor(name, "MEDIA")

    def _actor(self, name: str, kind: str) -> Record:
        names = {language: f"{self._words(language, 2)} {name[-7:]}" for language in ("en", "ar")}
        [country] = self.countries.draw()
        return {"record": "actor", "key": name, "kind": kind, "names": names, "country": country}

    def _places(self) -> Iterator[Record]:
        """Make a city for each country, and two more places that lie in it."""
        for number, name in enumerate(self.places.items):
            rank, country = divmod(number, len(COUNTRIES))
            names = {language: f"{self._words(language, 2)} {number}" for language in ("en", "ar")}
            record = {"record": "place", "key": name, "names": names}
            inside = {"part_of": self.places.items[country]}
            yield record | (inside if rank else {"country": COUNTRIES[country]})

    def _article(self, number: int) -> Iterator[Record]:
        name, language = key("article", number), self.random.choice(("ar", "ar", "en"))
        events = [self._meeting(name, language) for _ in range((1, 2, 2, 3)[number % 4])]
        if number % 5 in (0, 2):
            events.append(self._agreement(name, language))
        claims = self._claims(name, number) if number % 5 == 1 else []
        [publisher] = self.outlets.draw()
        yield {
            "record": "article",
            "key": name,
            "title": self._words(language, 8),
            "language": language,
            "publisher": publisher,
            "published": self._day().isoformat(),
            "text": self._body(language, [claim["quote"] for claim in claims]),
        }
        yield from events
        yield from claims

    def _claims(self, article: str, number: int) -> list[Record]:
        """Recall a meeting that an earlier article reported, by words found only once."""
        meeting = key("meeting", self.random.randrange(number))
        quote = f"As reported before, {meeting} had taken place."
        subject = f"meeting:{meeting}"
        return [{"record": "claim", "article": article, "subject": subject, "quote": quote}]

    def _meeting(self, article: str, language: str) -> Record:
        event = self._event("meeting", article, language)
        event["format"] = self.random.choice(list(MeetingFormat))
        actors = dict.fromkeys(self.actors.draw(self.random.choice((2, 3, 4, 5, 6, 7))))
        event["participants"] = [
            {"role": role, "actor": actor} for role, actor in zip(ROLES, actors, strict=False)
        ]
        return event

    def _agreement(self, article: str, language: str) -> Record:
        event = self._event("agreement", article, language)
        event["type"] = self.random.choice(list(AgreementType))
        event["status"] = self.random.choice(list(AgreementStatus))
        event["participants"] = [
            {"role": "PARTY", "actor": actor} for actor in self.random.sample(self.actors.items, 2)
        ]
        event["provisions"] = [
            {
                "key": f"provision-{ordinal}",
                "ordinal": ordinal,
                "heading": {language: self._words(language, 3)},
                "text": {language: self.random.choice(self.sentences[language])},
            }
            for ordinal in range(1, 6)
        ]
        return event

    def _event(self, kind: str, article: str, language: str) -> Record:
        event: Record = {"record": kind, "key": key(kind, next(self.numbers[kind]))}
        event |= {"article": article, "title": {language: self._words(language, 6)}}
        if date_ := self._vague_date():
            event["date"] = date_
        if self.random.random() < 0.95:  # noqa: PLR2004 — of some, nobody says where
            [event["place"]] = self.places.draw()
        return event

    def _vague_date(self) -> str | None:
        """Draw a date; of twenty three are months, one a year, and one is not known."""
        day = self._day().isoformat()
        return self.random.choice((*[day] * 15, *[day[:7]] * 3, day[:4], None))

    def _day(self) -> date:
        return FIRST_DAY + timedelta(days=self.random.randrange(DAYS))

    def _words(self, language: str, size: int) -> str:
        return " ".join(self.words[language].draw(size))

    def _body(self, language: str, quotes: list[str]) -> str:
        """Write text of both languages, a paragraph in three in the other one."""
        other = "en" if language == "ar" else "ar"
        parts, size = list(quotes), sum(map(len, quotes))
        while size < BODY_SIZE:
            spoken = other if len(parts) % 3 == 2 else language  # noqa: PLR2004
            parts.append(self.random.choice(self.sentences[spoken]))
            size += len(parts[-1].encode())
        return "\n".join(parts)


def main(scale: str) -> None:
    """Write the records of a scale, one a line."""
    for record in Generator(SCALES[scale]).records():
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
