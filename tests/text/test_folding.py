"""Folding: one form for all spellings that a reader takes as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.text.folding import fold

ALIKE = [
    ("أحمد", "احمد", "إحمد", "آحمد", "ٱحمد"),
    ("على", "علي", "علی"),
    ("اتفاقية", "اتفاقيه", "اتفاقيّة", "اتّفـــاقيةٌ"),
    ("مسؤول", "مسوول"),
    ("رئيس", "رييس"),
    ("کابل", "كابل"),
    ("İstanbul", "istanbul", "ISTANBUL", "ıstanbul"),
    ("Türkiye", "TURKIYE", "turkiye"),
    ("Yaşar Güler", "yasar  guler "),
    ("٢٠٢٥", "۲۰۲۵", "2025"),
    ("ﷲ", "الله"),
    ("Straße", "STRASSE"),
    ("a\u200fb\u00a0c", "ab c"),
    ("مسؤول", "مسئول", "مَسْؤُول"),
    ("شؤون", "شئون", "شءون"),
    ("عبد الله", "عبدالله", "عَبْدُ اللهِ"),
    ("لعبد الرحمن", "لعبدالرحمن"),
    ("أبو قصرة", "أبوقصرة", "أبا قصرة", "أبي قصرة", "ابو قصره"),
    ("علي بن أبي طالب", "علي بن أبو طالب"),
    ("ڤيينا", "فيينا"),
    ("پوتين", "بوتين"),
    ("گزين", "غزين"),
    ("چاد", "تشاد"),
    ("ژنرال", "جنرال"),
    ("U.S.", "US", "u.s", "Us"),
    ("the U.N. and the E.U.", "The UN and the EU"),
    ("12345", "12,345", "١٢٬٣٤٥", "۱۲۳۴۵"),
    ("1,234,567 km", "1234567 km"),
    ("ﷺ", "صلى الله عليه وسلم"),
    ("½", "1/2"),
    ("2½", "2 1/2"),
    ("½\nof\tit", "1/2 of it"),
]
DIFFERENT = [("وزير", "وزارة"), ("لبنان", "لبن"), ("حلب", "جلب"), ("Iran", "Iraq")]
DIFFERENT += [("½", "12"), ("12,345", "12 345"), ("2023,2024", "20232024"), ("1,23", "123")]
DIFFERENT += [("بابا", "أبو"), ("أبواب", "أبو"), ("v1.2", "v12"), ("ab.cd", "abcd")]


@pytest.mark.parametrize("words", ALIKE)
def test_spellings_that_readers_take_as_one(words: tuple[str, ...]) -> None:
    assert len({fold(word) for word in words}) == 1


@pytest.mark.parametrize("words", DIFFERENT)
def test_words_that_differ(words: tuple[str, str]) -> None:
    assert fold(words[0]) != fold(words[1])


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_no_separator_of_cursors_survives(before: str, after: str) -> None:
    assert "\x1f" not in fold(f"{before}\x1f{after}")
