"""Compares names of people and organizations across spellings and the Arabic and Latin scripts.

A word is compared by its sounds: its consonants, and the vowels between them, of which Arabic
writes only the long ones. So محمد is Muhammad and Mohamed, and not محمود or Mahmud.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from api.text.folding import fold

# Consonants as one sign each; p is b and v is f, since Arabic has one letter for both.
ARABIC = str.maketrans(
    {
        **dict(zip("بپتثجحخدذرزسشصضطظغفڤقكلمنه", "bbtTjhxdDrzsSsdtDGffqklmnh", strict=True)),
        **dict(zip("گڭڨچژٹڈکھہی", "gggCjtdkhhI", strict=True)),
        **dict(zip("اآأإٱويئؤىةعءـ", "AAAAAUIIU**** ", strict=True)),
    }
)
LATIN = {
    "tch": "C", "sch": "S", "sh": "S", "ch": "C", "kh": "x", "gh": "G", "th": "T", "dh": "D",
    "ph": "f", "ck": "k", "ş": "S", "ç": "C", "ğ": "g", "x": "ks", "q": "q", "p": "b", "v": "f",
    "j": "j",
}  # fmt: skip
DIGRAPHS = re.compile("|".join(LATIN))
VOWELS = {
    "ee": "II", "oo": "UU", "ou": "U", "ei": "II", "ey": "II", "ie": "I", "a": "A", "e": "E",
    "i": "I", "y": "I", "o": "U", "u": "U", "w": "U",
}  # fmt: skip
VOWEL = re.compile("|".join(VOWELS))
# Consonants that spellings exchange: Qaddafi and Gaddafi, Othman and Osman, Khalid and Halit.
PAIRS = "Tt Ts Dd Dz Gg gj qk qg qG xh xk CS Cj Cx Ch"
EXCHANGED = {*map(frozenset, PAIRS.split())}
LAST_EXCHANGED = frozenset("td")  # Ahmet and Ahmed, at the end of a word
# The key of a block of candidates: consonants, of which those that are exchanged are one letter.
COARSE = str.maketrans("tTdDszjgGqkxhCS", "tttttt" + "k" * 9, "")
ARTICLE = re.compile(r"(?<!\w)(?:(?:[aeu][lsnrdtz]|ash|esh)[-\u2010-\u2013]|[ae]l )(?=\w)")
ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
SERVANT = re.compile(r"(?<!\w)abd[aeu]?[lrns]?(?:-| |(?=[a-z]{3}))(?:(?:al|el|ul)[- ])?(?=[a-z])")
APOSTROPHES = re.compile("['`’‘ʿʾʼ´]")
WORD = re.compile(r"\w+")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|inci|uncu|nci)?")
GENERATIONS = {
    "jr": "2", "junior": "2", "sr": "1", "senior": "1", "ii": "2", "iii": "3", "iv": "4",
    "الابن": "2", "الاب": "1", "younger": "2", "elder": "1",
}  # fmt: skip
TITLES = """
    mr mrs ms dr prof professor sir lord president minister prime foreign king queen prince princess
    sheikh shaikh sheik shaykh sheykh imam ayatollah general gen colonel col major maj lieutenant lt
    brigadier admiral captain ambassador secretary senator chancellor premier his her excellency
    majesty highness hajj haj sayyed sayin bay bayan cumhurbaskani basbakan bakan bakani disisleri
    orgeneral albay buyukelci seyh kral السيد السيده الدكتور دكتور د الرييس رييس وزير الوزير
    الخارجيه الدفاع الوزراء الملك الامير الشيخ شيخ اللواء لواء الفريق فريق العميد عميد العقيد عقيد
    السفير سفير الاستاذ الحاج معالي سمو جلاله فخامه المهندس
"""
FILLERS = "of the and for de la le du des der und ve في من"
IGNORED = {True: {*TITLES.split(), *FILLERS.split()}, False: {*FILLERS.split()}}
SON = {"bin": "bn", "ben": "bn", "ibn": "bn", "بن": "bn", "ابن": "bn"}
SPELLINGS = str.maketrans({"ı": "i", "ö": "o", "ü": "u", "â": "a", "î": "i", "û": "u"})
WORDS = {
    "defence": "defense", "centre": "center", "labour": "labor", "organisation": "organization",
    "programme": "program", "&": "and",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sounds:
    """The sounds of a word: its consonants, and the vowels around them.

    `vowels` has one text more than there are consonants. In Arabic only long vowels are written.
    """

    consonants: str
    vowels: tuple[str, ...]
    is_arabic: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name without titles: its words, folded and by their sounds, and what tells namesakes apart.

    `marks` are numbers and generations: 46th, Jr. `initials` are words of one letter.
    """

    words: tuple[str, ...]
    sounds: tuple[Sounds, ...]
    initials: tuple[str, ...]
    marks: frozenset[str]

    @property
    def block(self) -> tuple[str, ...]:
        """What all names that this one may equal have in common: coarse consonants, sorted."""
        return tuple(sorted(sound.consonants.translate(COARSE) for sound in self.sounds))

    @property
    def whole(self) -> str:
        """The coarse consonants of all words as one."""
        return _join(self.sounds).consonants.translate(COARSE)

    @property
    def ends(self) -> tuple[str, ...]:
        """The coarse consonants of the first and last word."""
        return tuple(self.sounds[at].consonants.translate(COARSE) for at in (0, -1))


@lru_cache(1 << 14)
def parse_name(text: str, language: str = "en", *, titled: bool = True) -> Name:
    """Return a name's words without articles and, if it may be `titled`, without titles."""
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFC", text).casefold())
    plain = SERVANT.sub("abd", ARTICLE.sub("", plain.replace("i̇", "i")))
    words, sounds, initials, marks = [], [], [], set()
    for spelled in WORD.findall(_join_servant(plain)):
        folded = fold(spelled)
        if folded in GENERATIONS:
            marks.add(GENERATIONS[folded])
        elif match := ORDINAL.fullmatch(folded):
            marks.add(match[1])
        elif folded in IGNORED[titled]:
            continue
        elif len(folded) == 1 and folded.isascii():
            initials.append(folded)
        else:
            folded = SON.get(folded) or WORDS.get(folded) or ARABIC_ARTICLE.sub("", folded)
            words.append(folded)
            bare = SON.get(folded) or ARABIC_ARTICLE.sub("", spelled)
            sounds.append(find_sounds(bare, language))
    return Name(tuple(words), tuple(sounds), tuple(initials), frozenset(marks))


def _join_servant(text: str) -> str:
    return re.sub(r"(?<!\w)عبد (?:ال)?(?=\w)|(?<!\w)عبدال(?=\w)", "عبد", text)


@lru_cache(1 << 14)
def find_sounds(word: str, language: str = "en") -> Sounds:
    """Return the sounds of a word in lower case."""
    is_arabic = "\u0600" <= word[:1] <= "\u06ff"
    spelled = _spell_arabic(word) if is_arabic else _spell_latin(word, language)
    consonants: list[str] = []
    vowels = [""]
    for sign in spelled:
        if sign in "AUIE*":
            vowels[-1] += sign
        elif not consonants or consonants[-1] != sign or vowels[-1]:
            consonants.append(sign)
            vowels.append("")
    if consonants[-1:] == ["h"] and not vowels[-1] and consonants[1:]:  # Hamza and Hamzah
        consonants.pop()
        vowels.pop()
    return Sounds("".join(consonants), tuple(vowels), is_arabic)


def _spell_arabic(word: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFC", word) if sign.isalpha())
    spelled = bare.replace("تش", "چ").translate(ARABIC).replace(" ", "")
    first = spelled[:1]
    if first in ("U", "I"):
        return ("w" if first == "U" else "y") + spelled[1:]
    return "*" + spelled.lstrip("A*") if first in ("A", "*") else spelled


def _spell_latin(word: str, language: str) -> str:
    word = word.replace("c", "j") if language == "tr" else re.sub("c(?=[eiy])", "s", word)
    kept = DIGRAPHS.sub(lambda match: LATIN[match[0]], word.translate(SPELLINGS))
    plain = "".join(sign for sign in unicodedata.normalize("NFD", kept) if sign.isalpha()).replace(
        "c", "k"
    )
    first = plain[:1] if plain[:1] in ("w", "y") else ""
    return first + VOWEL.sub(lambda match: VOWELS[match[0]], plain[len(first) :])


def sound_alike(one: Sounds, two: Sounds) -> bool:
    """Return whether two words may be spellings of one."""
    if len(one.consonants) != len(two.consonants) or not one.consonants:
        return False
    last = len(one.consonants) - 1
    return all(
        first == second
        or frozenset((first, second)) in EXCHANGED
        or (at == last and {first, second} == LAST_EXCHANGED)
        for at, (first, second) in enumerate(zip(one.consonants, two.consonants, strict=True))
    ) and all(
        _vowels_agree(first, second, one.is_arabic, two.is_arabic)
        for first, second in zip(one.vowels, two.vowels, strict=True)
    )


def _vowels_agree(one: str, two: str, one_arabic: bool, two_arabic: bool) -> bool:  # noqa: FBT001
    if one == two:
        return True
    if one_arabic and two_arabic:
        return bool(one and two) and "*" in one + two
    if one_arabic or two_arabic:
        long, short = (one, two) if one_arabic else (two, one)
        wanted = set(long) - {"*"}
        return wanted <= _open(short) and (bool(long) or len(short) <= 1)
    if not one or not two:
        return False
    return bool(_open(one) & _open(two)) and (
        len(one) == len(two) or set(one) >= set(two) or (set(two) >= set(one))
    )


def _open(vowels: str) -> set[str]:
    """Return the vowels that a Latin spelling may stand for: e is a or i."""
    return {"A", "I", *vowels} if "E" in vowels else {*vowels}


def compare_names(one: Name, two: Name, *, personal: bool) -> tuple[float, str]:  # noqa: PLR0911
    """Return how surely two names are of one bearer, from 0 to 1, and why.

    Of `personal` names, one may lack middle names; a single word is hardly a name.
    """
    if not one.words or not two.words or one.marks != two.marks:
        return 0, ""
    if set(one.initials) != set(two.initials) and one.initials and two.initials:
        return 0, ""
    enough = len(one.words) > 1 or not personal
    whole = one.initials == two.initials
    if one.words == two.words:
        return (1 if enough and whole else 0.7), "the same name"
    if sorted(one.words) == sorted(two.words) and "bn" not in one.words:  # father and son
        return (0.95 if whole else 0.7), "the same words in another order"
    if len(one.words) == len(two.words) and _all_alike(one.sounds, two.sounds):
        length = sum(len(sound.consonants) for sound in one.sounds)
        sure = whole and enough and length > 2  # noqa: PLR2004 — shorter ones meet by chance
        return (0.94 if sure else 0.7), "names that are spelled differently"
    if sound_alike(_join(one.sounds), _join(two.sounds)) and whole:
        return 0.92, "names that are divided differently"
    if personal and _is_part(one, two):
        return 0.8, "one name has more words than the other"
    return 0, ""


def _all_alike(one: Iterable[Sounds], two: Iterable[Sounds]) -> bool:
    return all(sound_alike(first, second) for first, second in zip(one, two, strict=True))


def _join(sounds: tuple[Sounds, ...]) -> Sounds:
    """Return the sounds of words written as one."""
    vowels = list(sounds[0].vowels)
    consonants = sounds[0].consonants
    for _, after in pairwise(sounds):
        vowels[-1] += after.vowels[0]
        if vowels[-1] == "" and consonants[-1:] == after.consonants[:1]:
            vowels += after.vowels[2:]
            consonants += after.consonants[1:]
        else:
            vowels += after.vowels[1:]
            consonants += after.consonants
    return Sounds(consonants, tuple(vowels), sounds[0].is_arabic)


def _is_part(one: Name, two: Name) -> bool:
    """Return whether a name of at least two words has those of another, and in their order."""
    short, long = sorted((one.sounds, two.sounds), key=len)
    rest = iter(long)
    return len(short) > 1 and all(any(sound_alike(word, other) for other in rest) for word in short)
