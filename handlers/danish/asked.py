"""What kind of answer a question asks for, and whether a text holds one of that kind."""

from __future__ import annotations

import re
from enum import Enum

from bot.pattern import Pattern
from handlers.danish.words import fold


class Asked(Enum):
    """The kind of thing that a question wants to know."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"  # what a person is called
    NUMBER = "number"  # that something is registered under
    VERSION = "version"  # of a program
    YEAR = "year"  # when something happened
    CLOCK = "clock"  # a time of day
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


_EXACT = {
    Asked.PHONE, Asked.EMAIL, Asked.NAME, Asked.NUMBER, Asked.VERSION, Asked.YEAR, Asked.CLOCK, Asked.DURATION,
    Asked.MONEY, Asked.AMOUNT, Asked.DATE, Asked.LINK,
}  # fmt: skip
_ROLES = (
    r"\w*(?:chef|formand|forperson|direktoer|leder|koordinator|konsulent|arkitekt|medarbejder|revisor|advokat|raadgiver"
    r"|repraesentant|leverandoer)(?:en|er|erne|e|n|r)?\b"
)

# Tried in this order on the folded question; the first that fits decides.
_ASKS = {
    Asked.PHONE: r"\b(?:telefonn\w*|tlf|mobilnummer\w*|lokalnummer\w*|phone|ringe (?:til|paa))\b",
    Asked.EMAIL: r"\b(?:e?mailadresse\w*|email address)\b",
    Asked.NAME: rf"\b(?:hvad hedder|navnet paa) (?=(?:\w+ ){{0,2}}{_ROLES})"
    rf"|\bhvem (?:er|var|blev) (?=(?:(?!min|din)\w+ ){{0,2}}{_ROLES})",
    Asked.NUMBER: r"\bhvad er (?=(?:\w+ ){0,3}\w*(?:nummer|nummeret|cvr)\b)",
    Asked.VERSION: r"\bhvilken (?:version|udgave)\b|\bwhich version\b",
    Asked.YEAR: r"\bhvilket aar(?:stal)?\b|\bhvornaar (?=(?:blev|var|kom|startede|begyndte|opstod|fik|flyttede|gik)\b)"
    r"|\b(?:what|which) year\b|\bwhen (?:was|were|did)\b",
    Asked.CLOCK: r"\bhvad tid\b|\bklokkeslaet\w*|\baabningstid\w*|\bhvornaar (?:aabner|lukker)\b|\bopening hours\b",
    Asked.DURATION: r"\bhvor (?:lang|laenge|hurtigt|mange (?:timer|dage|uger|maaneder|aar|minutter)|meget tid)\b"
    r"|\bhow long\b|\bhow many (?:hours|days)\b|\bopsigelses\w*\b",
    Asked.MONEY: r"\b(?:koste[rt]?|pris|prisen|(?!ind)\w*sats(?:en|er|erne)?|timepris\w*|rabat\w*|gebyr\w*|procent\w*"
    r"|kontingentet|beloeb\w*|betaler (?:vi|man|jeg))\b"
    r"|\bhvor (?:dyrt?|mange penge)\b|\bhow much (?:does|is|do)\b|\btjener (?:en|man|jeg)\b"
    r"|\bhvad (?:er|var|blev) (?:\w+ )?(?:budgettet|loennen|omsaetningen|taksten|formuen|overskuddet)\b",
    Asked.AMOUNT: r"\bhvor (?:mange|meget|stort?|store|hoejt?|gammel|gamle|langt)\b|\bhow (?:much|many)\b"
    r"|\b(?:antal|antallet)\b",
    Asked.DATE: r"\bhvornaar (?!maa\b|kan\b|boer\b|bruger\b)"
    r"|\bhvilke[nt]? (?:dag|dato|aar|ugedag|uge|maaned|tidspunkt|dage|maaneder)\b|\bhvor (?:tit|ofte)\b|\bwhen\b"
    r"|\bhow often\b|\b(?:frist|fristen|deadline|deadlinen|datoen)\b",
    Asked.LINK: r"\b(?:link|linket|url|hjemmesideadresse\w*|webadresse\w*|adressen paa)\b",
    Asked.PERSON: r"\bhvem\b|\bhvis bord\b|\bhvilken (?:person|rolle|kollega|medarbejder)\b|\bwho\b|\bwhich role\b",
    Asked.PLACE: r"\bhvor\b|\bhvorhenne\b|\bwhere\b|\bhvilken (?:mappe|side|konto|kanal)\b",
    Asked.REASON: r"\bhvorfor\b|\bwhy\b",
    Asked.STEPS: r"\bhvordan\b|\bhow (?:do|to|can|should)\b|\bhvad goer (?:jeg|man|vi)\b|\btrin for trin\b|\baassen\b",
    Asked.MEANING: r"^hvad (?:er|betyder|vil det sige|daekker|bruges|bruger|laver|goer|kan|gaar|indebaerer|hjaelper)\b"
    r"|^hvilke funktioner\b|^what (?:is|are|does)\b|\bforklar\b",
    Asked.LEAVE: r"^(?:(?!hv|wh)\w+,? )?(?:maa|kan|skal|boer|er det|har jeg|can|may|must|is it|are we|do i|do we)\b",
}
_PATTERNS = {kind: Pattern(pattern) for kind, pattern in _ASKS.items()}

_SPELLED = r"(?:én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti)"
_PERSONS = (
    "koordinator", "chef", "medarbejder", "konsulent", "arkitekt", "leder", "formand", "forperson", "kontaktperson",
    "jurist", "rådgiver", "produktejer", "systemejer", "ansvarlig", "godkender", "indkalder", "sekretariat",
    "bestyrelse", "gruppe", "udvalg", "stab", "team", "leverandør", "myndighed", "fællesskab", "forsamling", "kommune",
    "partner", "support",
)  # fmt: skip
_NAME = Pattern(r"(?=\b([A-ZÆØÅ][a-zæøåé]+ [A-ZÆØÅ][a-zæøåé]+)\b)")
_HOLDS = {
    Asked.PHONE: Pattern(r"(?<!\d)(?:\+45 ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)"),
    Asked.EMAIL: Pattern(r"[\w.+-]+@[\w-]+\.\w+"),
    Asked.NUMBER: Pattern(r"\d{4,}"),
    Asked.VERSION: Pattern(r"\bv?\d+\.\d+\b|\b(?:version|udgave) \d", re.IGNORECASE),
    Asked.YEAR: Pattern(r"\b(?:19|20)\d\d\b"),
    Asked.CLOCK: Pattern(r"\b(?:kl|klokken)\.? ?\d|\b[0-2]?\d[.:][0-5]\d\b", re.IGNORECASE),
    Asked.DURATION: Pattern(
        r"\d[\d.,/–-]* *(?:år|mdr|måned|uge|dag|time|minut|min\b|arbejdsdag)"
        rf"|\b(?:{_SPELLED}|et|en|halv\w*) (?:år|måned|uge|dag|time|minut)",
        re.IGNORECASE,
    ),
    Asked.MONEY: Pattern(r"\d[\d.,]* ?(?:kr\b|kroner|dkk|euro?\b|%|mio)|\bgratis\b", re.IGNORECASE),
    Asked.AMOUNT: Pattern(
        rf"(?<![\w.#-])\d+(?:[.,]\d+)*(?![\w-])|\b{_SPELLED}[ -]\w+|\b(?:halv|dobbelt|minimum)\w*\b", re.IGNORECASE
    ),
    Asked.DATE: Pattern(
        r"\b(?:man|tirs|ons|tors|fre|lør|søn)dag|\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober"
        r"|november|december)\b|\b(?:19|20)\d\d\b|\b(?:kvartal|årlig|månedlig|ugentlig|daglig|halvårlig|løbende)\w*"
        r"|\bhvert? (?:anden|uge|måned|år|dag|kvartal)|\b(?:senest|inden|hvor ofte)\b|\d+ *(?:uge|dag|måned)",
        re.IGNORECASE,
    ),
    Asked.LINK: Pattern(r"https?://|\bwww\.|\b[\w-]+\.(?:dk|eu|com|org|net)\b", re.IGNORECASE),
    Asked.PERSON: Pattern(rf"(?:{'|'.join(_PERSONS)})(?:e|en|et|er|erne|n|ne|r|rne|s)*\b|\w@|\bITK\b", re.IGNORECASE),
}

_LONG = 20
"""Words from which a text is taken for a story with a question in it."""
_SENTENCE_END = Pattern(r"(?<=[.!?])\s+|\n+")
_ASKING = Pattern(
    r"\?\s*$|^\W*(?:og |men |saa )?hv(?:ad|em|or|ornaar|ordan|orfor|ilken|ilket|ilke|is)\b"
    r"|^\W*(?:what|who|where|when|why|how)\b"
)
_TO_YOU = Pattern(r"\b(?:du|dig|din|dit|dine|you|your)\b")

_OPENING = Pattern(
    r"^\W*(?:(?:hej|hejsa|hejhej|hallo|goddag|godmorgen|davs|halloej|hey|hi|hello|bot|haandbogsbot|alle|folkens|du|igen"
    r"|tak for sidst|god (?:morgen|formiddag|eftermiddag|dag|weekend)|lige hurtigt|hurtigt spoergsmaal"
    r"|undskyld(?: (?:det dumme spoergsmaal|forstyrrelsen|ulejligheden|hvis det er dumt|jeg spoerger))?,?(?: men)?"
    r"|(?:jeg )?haaber (?:at )?(?:du|i) kan hjaelpe(?: mig| os)?(?: med)?)(?=\W|$)[\s,.!:–-]*)+"
    r"|\b(?:er det rigtigt(?: forstaaet)?,? at|passer det,? at|har jeg forstaaet det rigtigt"
    r"|kan (?:du|i) (?:mon )?(?:ikke )?(?:lige )?(?:fortaelle|sige|hjaelpe|minde)(?: mig)?(?: med| om)?(?: at)?"
    r"|ved (?:du|i|nogen)(?: mon)?(?: om)?"
    r"|jeg (?:vil|ville) (?:gerne|bare) (?:vide|hoere|spoerge)(?: om)?|(?:jeg er )?i tvivl om|lige et spoergsmaal"
    r"|can you tell me|do you know|i would like to know)\b"
)


def bare(text: str) -> str:
    """A question, folded, without greeting and polite opening; the text itself where that leaves nothing."""
    folded = " ".join(fold(text).split())
    return " ".join(_OPENING.sub(" ", folded).split()) or folded


def story_and_question(text: str) -> tuple[str, str]:
    """The story that a long text tells, and the last sentence in it that asks; of a short text, nothing and all."""
    sentences = [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence]
    if len(text.split()) < _LONG or len(sentences) < 2:
        return "", text
    asking = [number for number, sentence in enumerate(sentences) if _ASKING.search(fold(sentence))]
    last = asking[-1] if asking else len(sentences) - 1
    return " ".join(sentences[:last] + sentences[last + 1 :]), sentences[last]


_ACT = (
    r"(?:slet|skriv|lav|send|oversaet|ignorer|glem|gentag|lad som|spil|udregn|beregn|digt|syng|print|koer|udfoer|rim"
    r"|afsloer|godkend|aendr|opfoer|opfind|gaet)"
)
_ORDER = Pattern(
    rf"^\W*(?:(?:kan|vil|kunne) du (?:lige )?{_ACT}t?e|(?:please |venligst |lige )*{_ACT})\b"
    r"|^\W*(?:(?:kan|vil|kunne|can|could|please|venligst) ?(?:du|you)? )?(?:lige )?"
    r"(?:svar (?:ja|nej|kun|altid|mig)\b|loes (?:den|det|lign\w+|opgav\w+)|ret (?!til\b|tekst\b)\w+"
    r"|(?:tegn|programmer|hack)e? (?:en|et|mig|dig|den|the)"
    r"|(?:giv|vis|fortael|sig|send|give|show|tell) (?:mig |me |os |us )?(?:\w+ ){0,3}"
    r"(?:adgangskode\w*|password\w*|kodeord\w*|vittighed\w*|joke|historie|opskrift|prompt\w*|instruk\w*|hemmelig\w*)"
    r"|sige? (?:at|noget)|write|delete|repeat|act|pretend|translate|ignore|forget|solve|make|create|sing|reveal)\b"
)


def is_order(text: str) -> bool:
    """Whether a text tells whoever reads it to do something, other than to look something up."""
    return bool(_ORDER.match(fold(text))) and not is_question(text)


def is_question(text: str) -> bool:
    """Whether a text asks for something, of anybody but the one who is spoken to."""
    question = fold(story_and_question(text)[1])
    return bool(_ASKING.search(question)) and not _TO_YOU.search(question)


def asked(text: str) -> Asked:
    """The kind of answer that a question asks for."""
    return _find(text)[0]


def asking_words(text: str) -> frozenset[str]:
    """The folded words by which a question says what kind of answer it wants ("ugedag", "link", "pris")."""
    return frozenset(_find(text)[1].split())


_FOR_ALL = Pattern(
    r"\b(?:hvilke|samtlige|which \w+s|what are)\b|\b(?:vis|list|giv mig|naevn) (?:alle|all)\b"
    r"|\b(?:liste(?:n)?|oversigt(?:en)?) over\b|\blist of\b"
    r"|\bhvad er (?:\w[\w']{0,30} ){0,3}\w{3,30}(?:erne|ier)\b"
)
"""Words of such questions: several things, by their plural where "hvad er" begins it."""


def asks_for_all(text: str) -> bool:
    """Whether a question wants all of several things ("hvilke roller", "hvad er vores værdier"), not one of them."""
    return bool(_FOR_ALL.search(bare(story_and_question(text)[1])))


def holds(kind: Asked, text: str) -> bool | None:
    """Whether a text (plain or Markdown) holds that kind of thing; None where its words do not tell."""
    if kind is Asked.NAME:  # two capitalised words, neither of them a role or a body: "Bodil Brød"
        return any(not any(person in name.lower() for person in _PERSONS) for name in _NAME.findall(text))
    pattern = _HOLDS.get(kind)
    return bool(pattern.search(text)) if pattern else None


def _find(text: str) -> tuple[Asked, str]:
    question = bare(story_and_question(text)[1])
    for kind, pattern in _PATTERNS.items():
        match = pattern.search(question)
        if match:
            return kind, match.group()
    return Asked.OTHER, ""
