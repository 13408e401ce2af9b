"""Turkish endings: those of nouns of diplomatic news, all; of other words, the unmistakable ones.

A word does not say which language it is of, and it may be written without its Turkish letters. So
a bare plural or case is left (toplar, dollar; evde, suede), unless the noun is known.
"""

import re

# As they are folded, before endings that change them (destek, desteği).
NOUNS = """
    anlasma antlasma mutabakat muhtira sozlesme protokol muahede madde imza bakan basbakan baskan
    cumhurbaskani bakanlik baskanlik buyukelci buyukelcilik konsolosluk temsilci heyet delegasyon
    yetkili sozcu uzman gazeteci toplanti gorusme muzakere zirve ziyaret temas istisare aciklama
    bildiri beyan demec karar yasa kanun anayasa taraf ulke devlet hukumet meclis baris savas
    ateskes catisma saldiri operasyon orgut guvenlik savunma ordu asker silah fuze sinir siginmaci
    multeci gocmen rehine tutuklu esir iliski isbirligi ticaret ekonomi enerji destek yardim
    yaptirim yatirim talep cagri teklif oneri girisim proje egitim tatbikat komisyon komite konsey
    mahkeme secim bolge sehir halk millet vatandas kurum kurulus birlik ittifak kuvvet komutan
"""
SOFT = {"k": "(?:k|g(?=[iu]))", "p": "(?:p|b(?=[iu]))"}
PLURAL, POSSESSIVE = "(?:l[ae]r)?", "(?:[iu]m[iu]z|[iu]n[iu]z|s?[iu])?"
CASE = "(?:n?[iu]n|[yn]?[aeiu]|n?[dt][ae](?:n|ki(?:l[ae]r)?)?|y?l[ae])?"
KNOWN = re.compile(
    "(?:"
    + "|".join(f"({noun[:-1]}{SOFT.get(noun[-1], noun[-1])})" for noun in NOUNS.split())
    + f"){PLURAL}{POSSESSIVE}{CASE}(?<!barista)"
)
# Plurals that have a case lose it, and so do possessives: -larından, -sında.
CASES = re.compile(
    "(.{3}.*lar)(?:in(?:in|da(?:n|ki)?|[ai])?|da(?:n|ki)?)"
    "|(.{3}.*ler)(?:in(?:in|de(?:n|ki)?|[ei])?|de(?:n|ki)?)"
    "|(.{3}.*[aeiou])s[iu]n(?:[iu]n|d[ae](?:n|ki)?)"
)


def strip_endings(word: str) -> str:
    """Return a folded word without its certainly Turkish endings."""
    if found := KNOWN.fullmatch(word):
        return NOUNS.split()[(found.lastindex or 1) - 1]
    found = CASES.fullmatch(word)
    return found[found.lastindex or 0] if found else word
