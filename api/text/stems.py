"""Stemmer: maps the inflections of a word to one token.

From Arabic words it removes clitics (و ف ب ك ل ال لل) and endings, from English words the s of the
plural. Words whose relation would have to be guessed keep different tokens: derived words (تركي and
تركيا) and broken plurals.
"""

# Libraries were tried on the judged queries (tests/judged, of which these rules pass all 129), with
# folding around them: Snowball passes 79 (والاستشارات is not its استشارات), Tashaphyne 84, NLTK's
# ARLSTem 87, ARLSTem2 84 and ISRI 84, Lucene's light rules 90, Qalsadi's lemmas 92 at 25 times the
# time; folding alone 71. PyArabic folds only. CAMeL Tools gets its data elsewhere than from PyPI.
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from babel import Locale

from api.text import turkish
from api.text.folding import fold
from api.text.vocabulary import FEMININE, NAMES, NOUNS

LONGEST = 64
MAX_LENGTH = 256  # characters of a word that are stemmed; bounds the size of the cache
CACHED = 1 << 16

# Words that stand for another, whole, as they are after folding: a country whose adjective has the
# article, duals and plurals too short for a rule.
OTHERS = {
    "سوريا": "سوريه",
    "سوري": "السوريه",
    "الله": "لله",
    "ابو": "ابا ابي",
    "بلد": "بلدان بلدين",
    "طرف": "طرفان طرفين",
    "وفد": "وفدان وفدين",
    "شعب": "شعبان شعبين",
    "جيش": "جيشان جيشين",
    "رييس": "رييسان رييسين",
    "وزير": "وزيري",
    "ممثل": "ممثلي",
    "مسوول": "مسوولي",
    "مسووليه": "مسووليات مسووليت",
    "ممثليه": "ممثليات ممثليت",
    "مجال": "مجالي",
    "بند": "بندان بندين",
    "عام": "عامان عامين",
    "شهر": "شهران شهرين",
    "يوم": "يومان يومين",
    "حزب": "حزبان حزبين",
    "ملف": "ملفان ملفين",
    "قوه": "قوات",
    "جهه": "جهات",
    "لغه": "لغات",
    "سنه": "سنوات سنتين",
    "بيان": "بيانا",
    "اعلان": "اعلانا",
    "تعاون": "تعاونا",
    "war": "wars",
    "law": "laws",
    "aim": "aims",
    "act": "acts",
}
# Words from which nothing is removed, though their letters look like clitics or endings.
WHOLE = """
    لبن الله الان التي الذي الذين الي الا الغام الوان الحان العاب البان المان والد والده والدته
    والدين والي واسع واسعه واردات وعود وقايه بالغ بالغه بشار عليا دنيا تفاهم مساهم محاكم تراكم بابا
    سلامه سانا داعش درعا حيفا يافا صيدا فيينا فلسطين امريكا اميركا مجاهدين تشرين تمرين بيروت news
"""
# Stems whose first letters are not a clitic, if only letters of endings follow.
BEGINNINGS = """
    وزاره وزارات وزارته وزارتي وزارتن وزارتا وزير وزراء وكال وكيل وكلاء ولاي ولاء واشنطن وارسو وحيد
    وفود وفاء وفاق وثيق وثايق وسام وساط وسيط وسيل وسايل وسايط وسطاء وجود واجب واقع واضح وادي وصول
    وصاي وضوح وضعي وطني وظيف وظايف وقوف وقود وقوع وقايع وباء وليد ورود وتير بانياس بيان بيروت بلاد
    بلدي بلاغ بليغ بلينك بحوث بحري بحار بناء بناي بنود بنوك برنامج برامج برلمان برلين بروكسل
    بروتوكول بريطان بريد بارز باريس بعيد بغداد بكين بايدن بوتين بطاق بطول بضاع بضايع بترول بقاء بداي
    بديل بدايل بيوت بوسن لقاء لقاي لقاح لجان لجن لغم لغوي لقب لواء لاجي لوجست لحظ لايح لازم لاهاي
    لاتين لافت لاعب لافروف لاحق لوزان لندن لجوء فلسطين فيدرال فيضان الماني الباني الكترون كتايب
    كهرباء كهرباي كردستان كيمياء كيمياي كيماوي كوارث كاميرا كواليس كراهي كنايس
"""
# How much of a word without its ending has to follow a clitic of one letter.
AFTER_CLITIC = {"و": 3, "ب": 3, "ل": 3, "ك": 4, "ف": 5}
# Endings, longer ones first, and how much of a word must precede each: لبنان is not لبن.
ENDINGS = {
    "هما": 3,
    "تين": 3,
    "تان": 3,
    "هم": 3,
    "هن": 4,
    "ها": 3,
    "كم": 4,
    "نا": 3,
    "تي": 3,  # two of what ends in ة, before the noun that they belong to
    "ات": 3,
    "ون": 4,
    "ين": 4,
    "ان": 4,
    "وا": 3,
    "ا": 3,  # of the accusative, whose marks are often left out
    "ه": 3,
    "ت": 3,
}
ARTICLE = re.compile("ال(?=..)")
# Words whose ending is not that of a verb which begins with ف or ك: كسرت، فحصه.
LONG_ENOUGH = re.compile("غزه|جده|مكه|..[^هت]|....+(?<!ت)(?<!ها)")
PRONOUN = re.compile("(?<=...)(?:هما|هم|ها|ه|نا)$")
LAMS = re.compile("لل(?=..)")  # ل and the article, or ل and a word that begins with ل
ENDED = re.compile("[اتكمنهوي]*")  # letters of which endings consist
ARABIC = re.compile("[ء-ي]+")
LATIN = re.compile("[a-z]+")
SHORTEST_CITY = 5
SHORTEST_PLURAL = 5  # letters: the s of a shorter word stays, so that arms is not arm
ACCUSATIVE = re.compile("(?:اً|ًا)$")  # بياناً is not بيا and نا
STRETCHED = re.compile("[ـ\u064b-\u0652\u0670]+")  # tatweel and vowels
SEAT = re.compile("(?<=ا)[ئؤ](?=(?:ه|ها|هم|هما|نا)$)")  # لقائه and لقاؤه are of لقاء
# A hamza on alif begins a word, and what precedes it is particles: لأزمة is not لازمة.
PARTICLES = re.compile("^(?:[وف]?[بل]|[وف]?ك(?=أن|أ...|إ)|و|ف(?=أ...|إ))(?=أ..|أ[مبخين]$|إ.)")
MARKS = "[ـ\u064b-\u0652\u0670]*"  # tatweel and vowels
COMPOUND = re.compile(
    "((?:[وفبلك]M)?عMبMدM)((?:[اٱ]MلM.M.|رMبMه|لMلMه|عMلMي).*)"
    "|((?:وM|[وفبل]M(?=أ))?[أا]MبMوM)((?!اMب|هMم|يM[هةكان]|اM[نهي]).M.M..*)".replace("M", MARKS)
)
COMPOUND_BEGINNING = re.compile(
    "((?:[وفبلك]M)?عMبMدM)([اٱ].*)|((?:وM|[وفبل]M(?=أ))?[أا]MبMوM)([^ايه].*)".replace("M", MARKS)
)
ARTICLE_BEGUN = re.compile("[اٱ]ل?")
WRITTEN_OUT = re.compile("[\u00bc-\u00be\u2150-\u215e\u2189\ufdf0-\ufdfb\ufdfd]")
MODIFIER = re.compile("[\u02b0-\u02ff]")  # ʿ and ʾ of transliterated names


def stem(word: str) -> str:
    """Return a word's token: at most 64 letters and digits, empty if it has none."""
    return _stem(_begin(word))


class Part(NamedTuple):
    """A token of a word, and its span in the word in code points."""

    token: str
    start: int
    end: int


def split(word: str) -> tuple[Part, ...]:
    """Return a word's tokens: usually one; two for عبدالله, four for ﷺ, none for punctuation."""
    return _split(word) if len(word) <= MAX_LENGTH else _split.__wrapped__(word)


@lru_cache(CACHED)
def _split(word: str) -> tuple[Part, ...]:
    if compound := COMPOUND.fullmatch(word):
        last = compound.lastindex or 2
        spans = compound.span(last - 1), compound.span(last)
        parts = [Part(stem(word[start:end]), start, end) for start, end in spans]
    else:
        # Tokens of one sign have the same place: the first has it, so that it is marked once.
        tokens = [_stem(piece) for piece in _separate(word)]
        parts = [
            Part(token, 0 if n == 0 else len(word), len(word)) for n, token in enumerate(tokens)
        ]
    return tuple(part for part in parts if part.token)


def _separate(word: str) -> list[str]:
    """Expand characters that stand for several words or numbers: ﷺ, ½."""
    if WRITTEN_OUT.search(word):
        return re.split("[ /]", fold(word))
    return [_begin(word)]


def stem_beginning(word: str) -> str:
    """Return the common prefix of the tokens of words that begin with this text.

    Its endings are removed like those of the tokens, so that وزارة* finds وزارة.
    """
    return _reduce(_begin(word), _may_begin_whole)


def split_beginning(word: str) -> tuple[list[str], str]:
    """Return the tokens of an incomplete word, and the beginning of the last token."""
    compound = COMPOUND_BEGINNING.fullmatch(word)
    *whole, last = filter(None, compound.groups()) if compound else _separate(word)
    return [stem(piece) for piece in whole], "" if ARTICLE_BEGUN.fullmatch(
        last
    ) else stem_beginning(last)


def _begin(word: str) -> str:
    """Cut a long word, after removing tatweel and vowels."""
    return word if len(word) <= MAX_LENGTH else STRETCHED.sub("", word)[:MAX_LENGTH]


@lru_cache(CACHED)
def _stem(word: str) -> str:
    return _reduce(word, _begins_whole)


def _reduce(word: str, is_whole: Callable[[str], bool]) -> str:
    folded = _fold_letters(word)
    if ARABIC.fullmatch(folded):
        folded = _strip_endings(_strip_clitics(folded, is_whole))
    elif LATIN.fullmatch(folded):
        folded = _strip_plural(turkish.strip_endings(folded))
    return folded[:LONGEST]


def _fold_letters(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word)
    plain = STRETCHED.sub("", ACCUSATIVE.sub("", plain))
    seated = SEAT.sub("ء", PARTICLES.sub("", plain))
    return "".join(filter(str.isalnum, fold(MODIFIER.sub("", seated))))


def _begins_whole(word: str) -> bool:
    return word in SAME or bool(RADICAL.fullmatch(word))


def _may_begin_whole(beginning: str) -> bool:
    # The article's letters at the beginning are taken for the article until the word is complete.
    return _begins_whole(beginning) or any(
        word.startswith(beginning) for word in chain(SAME, ROOTS) if not ARTICLE.match(word)
    )


def _strip_clitics(word: str, is_whole: Callable[[str], bool]) -> str:
    while (shorter := _strip_clitic(word, is_whole)) != word:
        word = shorter
    return word


def _strip_clitic(word: str, is_whole: Callable[[str], bool]) -> str:
    if word in SAME:
        return word
    if _is_particle(word[0], word[1:]):
        return word[1:]
    return word if is_whole(word) else _strip_by_length(word, is_whole)


def _strip_by_length(word: str, is_whole: Callable[[str], bool]) -> str:
    if LAMS.match(word):
        return word[1:] if is_whole(word[1:]) else "ال" + word[2:]
    if ARTICLE.match(word):
        return word[2:]
    least = AFTER_CLITIC.get(word[0])
    if least and (
        _begins_whole(word[1:]) or ARTICLE.match(word, 1) or len(_strip_endings(word)) > least
    ):
        return word[1:]
    return word


def _is_particle(letter: str, rest: str) -> bool:
    """Return whether a letter before a known word is a particle, not part of another word."""
    if letter in "وبل":
        return rest in KNOWN or _is_possessed(rest)
    if letter not in "فك" or rest not in KNOWN:
        return False
    return bool(LONG_ENOUGH.fullmatch(rest)) and not _begins_whole(letter + rest)


def _is_possessed(word: str) -> bool:
    """Return whether a word is a known one with a possessive suffix: مياههم، قناته."""
    noun = PRONOUN.sub("", word)
    return noun != word and (noun in KNOWN or (noun[-1:] == "ت" and f"{noun[:-1]}ه" in KNOWN))


def _strip_endings(word: str) -> str:
    while word not in SAME:
        shorter = _strip_ending(word)
        if shorter == word:
            return word
        word = shorter
    return SAME[word]


def _strip_ending(word: str) -> str:
    for ending, least in ENDINGS.items():
        if word.endswith(ending) and len(word) >= least + len(ending):
            return word[: -len(ending)]
    return word


def _strip_plural(word: str) -> str:
    if len(word) < SHORTEST_PLURAL or word in SAME:
        return SAME.get(word, word)
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word[-1] == "s" and word[-2] not in "isu" else word


def _list_countries() -> list[str]:
    """List the names of countries and continents in Arabic that are one word, without article."""
    names = [fold(name) for name in Locale("ar").territories.values()]
    return [name.removeprefix("ال") for name in names if ARABIC.fullmatch(name)]


def _list_cities() -> list[str]:
    """List the names of cities in Arabic that are one word, unless they are short."""
    names = (fold(zone["city"]) for zone in Locale("ar").time_zones.values() if "city" in zone)
    return [name for name in names if ARABIC.fullmatch(name) and len(name) >= SHORTEST_CITY]


COUNTRIES, CITIES = _list_countries(), _list_cities()
SAME = {word: word for word in chain(COUNTRIES, WHOLE.split(), OTHERS)} | {
    other: word for word, others in OTHERS.items() for other in others.split()
}
SAME |= {word[:-1] + ending: word for word in FEMININE.split() for ending in ("ه", "ت", "تين")}
# Of a country's name too: باكستاني keeps its ب.
ROOTS = (
    *BEGINNINGS.split(),
    *(name.removesuffix("ا") for name in COUNTRIES if re.match("[وفبكل].{4}", name)),
)
RADICAL = re.compile(f"(?:{'|'.join(ROOTS)}){ENDED.pattern}")
KNOWN = {*COUNTRIES, *CITIES, *NAMES.split(), *FEMININE.split(), *NOUNS.split()}
