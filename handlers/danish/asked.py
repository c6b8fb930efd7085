"""What kind of answer a question asks for, and whether a text holds one of that kind."""

from __future__ import annotations

import re
from enum import Enum

from handlers.danish.words import fold


class Asked(Enum):
    """The kind of thing that a question wants to know."""

    AMOUNT = "amount"  # a sum of money, a number of things, a rate
    DURATION = "duration"  # how long something takes or lasts
    DATE = "date"  # when, how often, by when
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    PERSON = "person"
    PLACE = "place"
    STEPS = "steps"
    LEAVE = "leave"  # may I, must I
    REASON = "reason"
    MEANING = "meaning"  # what is, what does it mean
    OTHER = "other"


_ASKS = [
    (Asked.PHONE, r"\b(?:telefonn\w*|tlf|mobilnummer\w*|phone|ringe (?:til|paa))\b"),
    (Asked.EMAIL, r"\b(?:e-?mail-?adresse\w*|mailadresse\w*|email|mail til|skriver? (?:jeg|man|vi) til)\b"),
    (
        Asked.DURATION,
        r"\bhvor (?:lang|laenge|mange (?:timer|dage|uger|maaneder|aar|minutter)|lang tid|meget tid)\b|\bhow long\b|\bhow many (?:hours|days)\b|\bopsigelses\w*\b",
    ),
    (
        Asked.AMOUNT,
        r"\bhvor (?:mange|meget|stor|stort|store|hoej|hoejt|dyr|dyrt|gammel|gamle)\b|\bhow (?:much|many)\b|\bhvad koster\b|\bkoster\b"
        r"|\b(?:pris|prisen|sats|satsen|satser|timepris\w*|kontingentet|beloeb\w*|beloebsgraense\w*|maengden|procent|procentsats\w*|antal|antallet)\b"
        r"|\bhvad er (?:\w+ )?(?:budgettet|loennen|prisen|omsaetningen|kontingentet|taksten|formuen)\b",
    ),
    (
        Asked.DATE,
        r"\bhvornaar\b|\bhvilke[nt]? (?:dag|dato|aar|ugedag|uge|maaned|tidspunkt|klokkeslaet|dage|maaneder)\b|\bhvor (?:tit|ofte)\b|\bwhen\b|\bhow often\b"
        r"|\b(?:frist|fristen|deadline|deadlinen|dato|datoen|aabningstid\w*)\b|\bhvad tid\b",
    ),
    (Asked.LINK, r"\b(?:link|linket|url|adressen paa|hjemmesideadresse\w*|webadresse\w*)\b"),
    (
        Asked.PERSON,
        r"\bhvem\b|\bhvis bord\b|\bhvilken (?:person|rolle|kollega|medarbejder)\b|\bwho\b|\bwhich role\b|\bhvad hedder (?:\w+ ){0,2}(?:chef|formand|direktoer|leder|koordinator)\w*",
    ),
    (
        Asked.PLACE,
        r"\bhvor (?:henne|ligger|finder|er|staar|kan|skal|bor|sidder|gemmer|laegger|i|haenger|opbevarer)\b|\bhvorhenne\b|\bwhere\b|\bhvilken (?:mappe|side|konto|adresse|kanal)\b|\bhvor\b",
    ),
    (Asked.REASON, r"\bhvorfor\b|\bwhy\b"),
    (
        Asked.STEPS,
        r"\bhvordan\b|\bhow (?:do|to|can|should)\b|\bhvad goer (?:jeg|man|vi)\b|\bfremgangsmaade\b|\btrin for trin\b|\baassen\b",
    ),
    (Asked.LEAVE, r"^(?:(?!hv|wh)\w+,? )?(?:maa|kan|skal|boer|er det|har jeg|can|may|must|should|is it|are we|do i|do we)\b"),
    (
        Asked.MEANING,
        r"^\W*hvad (?:er|betyder|vil det sige|daekker|bruges|laver|goer|staar)\b|^\W*what (?:is|are|does)\b|\bforklar\b",
    ),
]
_PATTERNS = [(kind, re.compile(pattern)) for kind, pattern in _ASKS]

_NUMBER = r"(?<![\w-])\d+(?:[.,]\d+)*"
_HOLDS = {
    Asked.AMOUNT: re.compile(
        rf"{_NUMBER}(?!\w)|\b(?:et|en|to|tre|fire|fem|seks|syv|otte|ni|ti)[ -](?:\w+)|\bhalv\w*\b", re.I
    ),
    Asked.DURATION: re.compile(
        r"\d[\d.,/–-]*\s*(?:aar|år|mdr|måned\w*|uge\w*|dage?\w*|time\w*|minut\w*|min\b|arbejdsdag\w*|årsværk)|\b(?:et|en|to|tre|halv\w*)\s+(?:år|måned\w*|uger?|dage?|timer?|minut\w*)",
        re.I,
    ),
    Asked.DATE: re.compile(
        r"\b(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\w*|\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b"
        r"|\b(?:19|20)\d\d\b|\b(?:kvartal|årlig|månedlig|ugentlig|daglig|halvårlig)\w*|\bhver(?:t)? (?:anden|uge|måned|år|dag|kvartal)|\b(?:ved|senest|inden|efter|før|når|løbende|dagligt)\b|\d+\s*(?:uge|dag|måned)",
        re.I,
    ),
    Asked.PERSON: re.compile(
        r"\w*(?:koordinator|chef|medarbejder|konsulent|arkitekt|leder|formand|person|næstforperson|jurist|rådgiver|ejer|ansvarlig"
        r"|godkender|deltager|sekretariat|bestyrelse|styregruppe|gruppe|udvalg|stab|team|funktion|leverandør|myndighed|fællesskab"
        r"|forsamling|kommune|partner|kontakt)\w*\b|@|\bITK\b|\bOS2\b(?!\w)",
        re.I,
    ),
    Asked.PHONE: re.compile(r"(?<!\d)(?:\+45[ ]?)?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}(?!\d)"),
    Asked.EMAIL: re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    Asked.LINK: re.compile(r"\bhttps?://|\]\(|\bwww\.|\b[\w-]+\.(?:dk|eu|com|org|net)\b", re.I),
}


_OPENING = re.compile(
    r"^\W*(?:(?:hej|hejsa|hallo|goddag|davs|halloej|hey|hi|hello|bot|haandbogsbot|alle|folkens|du)\b[\s,.!:-]*)+"
    r"|\b(?:er det rigtigt(?: forstaaet)?,? at|kan (?:du|i) (?:mon )?(?:fortaelle|sige|hjaelpe)(?: mig)?(?: med)?(?: at)?|ved (?:du|i|nogen)(?: mon)?(?: om)?"
    r"|jeg (?:vil|ville) (?:gerne|bare) (?:vide|hoere|spoerge)(?: om)?|jeg er i tvivl om|i tvivl om|mon ikke|lige et spoergsmaal"
    r"|passer det,? at|har jeg forstaaet det rigtigt|can you tell me|do you know|i would like to know)\b",
)


def bare(text: str) -> str:
    """A question, folded, without greeting and polite opening."""
    folded = " ".join(fold(text).split())
    return _OPENING.sub(" ", folded).strip() or folded


def asked(text: str) -> Asked:
    """The kind of answer that a question asks for."""
    return _find(text)[0]


def asking_words(text: str) -> frozenset[str]:
    """The folded words by which a question says what kind of answer it wants ("ugedag", "link", "pris")."""
    return frozenset(_find(text)[1].split())


def _find(text: str) -> tuple[Asked, str]:
    question = bare(text)
    for kind, pattern in _PATTERNS:
        match = pattern.search(question)
        if match:
            return kind, match.group()
    return Asked.OTHER, ""


def holds(kind: Asked, text: str) -> bool | None:
    """Whether a text (plain or Markdown) holds that kind of thing; None where its words do not tell."""
    pattern = _HOLDS.get(kind)
    return bool(pattern.search(text)) if pattern else None
