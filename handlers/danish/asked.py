"""What kind of answer a question asks for, and whether a text holds one of that kind."""

from __future__ import annotations

import re
from enum import Enum

from handlers.danish.words import fold


class Asked(Enum):
    """The kind of thing that a question wants to know."""

    PHONE = "phone"
    EMAIL = "email"
    DURATION = "duration"  # how long something takes or lasts
    MONEY = "money"  # a price, a rate, a budget
    AMOUNT = "amount"  # a number of things, a size
    DATE = "date"  # when, how often, by when
    LINK = "link"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    STEPS = "steps"
    MEANING = "meaning"  # what is it, what is it for
    LEAVE = "leave"  # may I, must I
    OTHER = "other"

    @property
    def exact(self) -> bool:
        """Whether only a text with a number, a date, an address or the like can be the answer."""
        return self in _EXACT


_EXACT = {Asked.PHONE, Asked.EMAIL, Asked.DURATION, Asked.MONEY, Asked.AMOUNT, Asked.DATE, Asked.LINK}

# Tried in this order on the folded question; the first that fits decides.
_ASKS = {
    Asked.PHONE: r"\b(?:telefonn\w*|tlf|mobilnummer\w*|phone|ringe (?:til|paa))\b",
    Asked.EMAIL: r"\b(?:e?mailadresse\w*|email address)\b",
    Asked.DURATION: r"\bhvor (?:lang|laenge|mange (?:timer|dage|uger|maaneder|aar|minutter)|meget tid)\b|\bhow long\b"
    r"|\bhow many (?:hours|days)\b|\bopsigelses\w*\b",
    Asked.MONEY: r"\b(?:koster|pris|prisen|sats\w*|timepris\w*|kontingentet|beloeb\w*|betaler (?:vi|man|jeg))\b"
    r"|\bhvor (?:dyrt?|mange penge)\b|\bhow much (?:does|is|do)\b|\btjener (?:en|man|jeg)\b"
    r"|\bhvad (?:er|var|blev) (?:\w+ )?(?:budgettet|loennen|omsaetningen|taksten|formuen|overskuddet)\b",
    Asked.AMOUNT: r"\bhvor (?:mange|meget|stort?|store|hoejt?|gammel|gamle|langt)\b|\bhow (?:much|many)\b"
    r"|\b(?:procent\w*|antal|antallet)\b",
    Asked.DATE: r"\bhvornaar\b|\bhvilke[nt]? (?:dag|dato|aar|ugedag|uge|maaned|tidspunkt|klokkeslaet|dage|maaneder)\b"
    r"|\bhvor (?:tit|ofte)\b|\bwhen\b|\bhow often\b|\b(?:frist|fristen|deadline|deadlinen|datoen|aabningstid\w*)\b"
    r"|\bhvad tid\b",
    Asked.LINK: r"\b(?:link|linket|url|hjemmesideadresse\w*|webadresse\w*|adressen paa)\b",
    Asked.PERSON: r"\bhvem\b|\bhvis bord\b|\bhvilken (?:person|rolle|kollega|medarbejder)\b|\bwho\b|\bwhich role\b"
    r"|\bhvad hedder (?:\w+ ){0,2}\w*(?:chef|formand|direktoer|leder|koordinator)\w*",
    Asked.PLACE: r"\bhvor\b|\bhvorhenne\b|\bwhere\b|\bhvilken (?:mappe|side|konto|kanal)\b",
    Asked.REASON: r"\bhvorfor\b|\bwhy\b",
    Asked.STEPS: r"\bhvordan\b|\bhow (?:do|to|can|should)\b|\bhvad goer (?:jeg|man|vi)\b|\btrin for trin\b|\baassen\b",
    Asked.MEANING: r"^hvad (?:er|betyder|vil det sige|daekker|bruges|bruger|laver|goer|kan|indebaerer)\b"
    r"|^what (?:is|are|does)\b|\bforklar\b",
    Asked.LEAVE: r"^(?:(?!hv|wh)\w+,? )?(?:maa|kan|skal|boer|er det|har jeg|can|may|must|is it|are we|do i|do we)\b",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _ASKS.items()}

_SPELLED = r"(?:én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti)"
_PERSONS = (
    "koordinator", "chef", "medarbejder", "konsulent", "arkitekt", "leder", "formand", "forperson", "kontaktperson",
    "jurist", "rådgiver", "produktejer", "systemejer", "ansvarlig", "godkender", "indkalder", "sekretariat",
    "bestyrelse", "gruppe", "udvalg", "stab", "team", "leverandør", "myndighed", "fællesskab", "forsamling", "kommune",
    "partner", "support",
)  # fmt: skip
_HOLDS = {
    Asked.PHONE: re.compile(r"(?<!\d)(?:\+45 ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)"),
    Asked.EMAIL: re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    Asked.DURATION: re.compile(
        r"\d[\d.,/–-]* *(?:år|mdr|måned|uge|dag|time|minut|min\b|arbejdsdag)"
        rf"|\b(?:{_SPELLED}|et|en|halv\w*) (?:år|måned|uge|dag|time|minut)",
        re.IGNORECASE,
    ),
    Asked.MONEY: re.compile(r"\d[\d.,]* ?(?:kr\b|kroner|dkk|euro?\b|%|mio)|\bgratis\b", re.IGNORECASE),
    Asked.AMOUNT: re.compile(
        rf"(?<![\w.#-])\d+(?:[.,]\d+)*(?![\w-])|\b{_SPELLED}[ -]\w+|\b(?:halv|dobbelt|minimum)\w*\b", re.IGNORECASE
    ),
    Asked.DATE: re.compile(
        r"\b(?:man|tirs|ons|tors|fre|lør|søn)dag|\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober"
        r"|november|december)\b|\b(?:19|20)\d\d\b|\b(?:kvartal|årlig|månedlig|ugentlig|daglig|halvårlig|løbende)\w*"
        r"|\bhvert? (?:anden|uge|måned|år|dag|kvartal)|\b(?:senest|inden)\b|\d+ *(?:uge|dag|måned)",
        re.IGNORECASE,
    ),
    Asked.LINK: re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:dk|eu|com|org|net)\b", re.IGNORECASE),
    Asked.PERSON: re.compile(
        rf"\w*(?:{'|'.join(_PERSONS)})(?:e|en|et|er|erne|n|ne|r|rne|s)*\b|[\w.]+@|\bITK\b", re.IGNORECASE
    ),
}

_OPENING = re.compile(
    r"^\W*(?:(?:hej|hejsa|hallo|goddag|davs|halloej|hey|hi|hello|bot|haandbogsbot|alle|folkens|du)\b[\s,.!:-]*)+"
    r"|\b(?:er det rigtigt(?: forstaaet)?,? at|passer det,? at|har jeg forstaaet det rigtigt"
    r"|kan (?:du|i) (?:mon )?(?:fortaelle|sige|hjaelpe)(?: mig)?(?: med)?(?: at)?|ved (?:du|i|nogen)(?: mon)?(?: om)?"
    r"|jeg (?:vil|ville) (?:gerne|bare) (?:vide|hoere|spoerge)(?: om)?|(?:jeg er )?i tvivl om|lige et spoergsmaal"
    r"|can you tell me|do you know|i would like to know)\b"
)


def bare(text: str) -> str:
    """A question, folded, without greeting and polite opening; the text itself where that leaves nothing."""
    folded = " ".join(fold(text).split())
    return " ".join(_OPENING.sub(" ", folded).split()) or folded


def asked(text: str) -> Asked:
    """The kind of answer that a question asks for."""
    return _find(text)[0]


def asking_words(text: str) -> frozenset[str]:
    """The folded words by which a question says what kind of answer it wants ("ugedag", "link", "pris")."""
    return frozenset(_find(text)[1].split())


def holds(kind: Asked, text: str) -> bool | None:
    """Whether a text (plain or Markdown) holds that kind of thing; None where its words do not tell."""
    pattern = _HOLDS.get(kind)
    return bool(pattern.search(text)) if pattern else None


def _find(text: str) -> tuple[Asked, str]:
    question = bare(text)
    for kind, pattern in _PATTERNS.items():
        match = pattern.search(question)
        if match:
            return kind, match.group()
    return Asked.OTHER, ""
