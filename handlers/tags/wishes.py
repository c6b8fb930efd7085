"""What somebody wants to know about tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.pattern import Pattern
from handlers.danish import FUNCTION_STEMS, stems, words
from handlers.tags.description import undress


class Kind(Enum):
    """The things that can be asked about tags."""

    SUGGEST = "which tag is right for this"
    LIST = "which tags are there"
    MEANING = "what does this tag mean"
    DIFFERENCE = "what is the difference between these two tags"
    MAY = "may I use this tag for this"
    STATISTICS = "what has been asked and corrected"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked, about what, and how surely it is a question about tags (see `contracts.Claim`)."""

    kind: Kind
    subject: str
    sureness: float


_FLAGS = re.IGNORECASE | re.VERBOSE
_NAMED = Pattern(r"^\s*(?:tags?|tagge?|mærk|kategori)\s*:\s*(.*)$", re.IGNORECASE | re.DOTALL)
_OTHERS = Pattern(
    r"""\bgodkend|attester|kontrollerer|\b(?:mind|husk)\ mig\b|påmind|paamind|\bremind|\bapprov
    |\bhvem\b|\bhvornår\b|\bhvorfor\b|\bwho\b|\bwhen\ (?:do|must|should)\b|\bwhy\b
    |\bhvor\ (?:ofte|tit|mange|meget|længe|lang\ tid|nøjagtigt|præcist)\b|\bhow\ (?:often|many|much|long)\b
    |\b(?:hvor|hvordan|where|how)\ (?:henne\ )?(?:inde\ )?(?:i|in)\b(?!\ (?:dag|går)\b)|\bflere\ tags\b""",
    _FLAGS,
)
"""Words of the questions that other capabilities answer, or that are about registering in general: why, how often,
where in the tool."""
_REGISTERING = frozenset(
    stems(
        """tid tiden timer timerne time tidsforbrug tag tags tagget tagge tagger tagges leantime registrere registrerer
        registreres registrering registreringen registreringer tidsregistrering tidsregistreringen tidsregistrere
        opgave opgaver opgaven standardopgave standardopgaver projekt projekter produkt produkter to todo kategori
        kategorier arbejdstype arbejdstyper bruge bruger vælge vælger sætte oprette logge notere skrive obligatorisk
        påkrævet nødvendig hver hvert flere samme dag dagen uge ugen måned system systemet egne regel regler hours
        register registration log project projects task tasks day week product products required mandatory"""
    )
)
"""Words about registering time itself. A question of nothing else is for the handbook."""
_LIST = Pattern(
    r"""\b(?:hvilke|alle|what|which|list|vis|liste\ over|oversigt\ over|hvad\ er)\b[^?.]{0,25}
        \b(?:tags|tagene|arbejdstyper|kategorier)\b(?![^?]*\b(?:til|for|på|ved)\b)
    |^\s*(?:tags|tagliste|alle\ tags)\s*\??\s*$""",
    _FLAGS,
)
_MEANING = Pattern(
    r"""\b(?:hvad|what)\b[^?]{0,12}\b(?:betyder|bruges|dækker|indeholder|menes|går|er|means?|is|does)\b.*\btag(?:get|s)?\b
    |\bforklar\b.*\btag(?:get)?\b|\b(?:hvornår|when)\b.*\b(?:bruge[rs]?|use)\b.*\btag(?:get)?\b
    |\breglen?\ for\ (?:tagget\ )?\b""",
    _FLAGS,
)
_DIFFERENCE = Pattern(r"\b(?:forskel(?:len)?|difference)\b", re.IGNORECASE)
_MAY = Pattern(
    r"""^\W*(?:må|kan|skal|bør|may|can|should)\s+(?:jeg|man|vi|I|we)\b.{0,20}?
    \b(?:bruge|registrere|tagge|vælge|sætte|use|pick)\b""",
    _FLAGS,
)
_WHICH = Pattern(
    r"""\b(?:hvilke[nt]|what|which|hvad\ for\ et|det\ rigtige|korrekte?)\s+(?:\w+\s+)?
        (?:tags?|arbejdstype|arbejdstypetag|kategori|standardopgave|standard\ task)\b
    |\b(?:foreslå|find|vælg|giv|suggest|pick)\ (?:mig\ |os\ |me\ )?
        (?:et|det\ rigtige|en|a|the\ right)?\ ?(?:tag|kategori)\b
    |\btag\ (?:til|for|på|ved|to\ use)\b|\b(?:hvordan|hvad|hvor|how)\b.*\b(?:tagger|tagges|tagge)\b""",
    _FLAGS,
)
_FIRST_PERSON = Pattern(r"\b(?:jeg|vi|I|we)\b", re.IGNORECASE)
_SHORT = 7
"""Words: what is longer says more than that a tag is wanted."""
_WHICH_TAG = Pattern(r"\b(?:hvilke[nt]|which|what)\ (?:tag|kategori)\b", _FLAGS)
_REGISTER = Pattern(
    r"""\b(?:hvad|hvor|hvordan|hvilket\ projekt|what|where|how)\b.{0,25}
        \b(?:(?:tids)?registrere[rs]?|(?:bogføre|logge|skrive)[rs]?\ (?:mine\ )?(?:tid|timer)\w*|register|log)\b
    |\bhvor\ skal\ (?:timerne|tiden|de\ timer|den\ tid)\b|\bhører\ .{2,60}\ under\ hvilket\b
    |\bdrift\ eller\ udvikling\b|\budvikling\ eller\ drift\b""",
    _FLAGS,
)
_STATISTICS = frozenset({"statistik", "statistikken", "stats", "statistics"})
_QUESTION_WORD = Pattern(
    r"""\?|^\W*(?:hv\w+|må|kan|skal|bør|er|har|findes|who|what|where|when|why|how|which|can|may|is|are|do|does|vis|find
    |fortæl|giv|hjælp|stop|sæt|mind|slet|tak|hej|hello|hi)\b
    |\bhvad\ (?:gør|skal)\ (?:jeg|vi|man)\b
    |^\W*(?:telefonnummer|tlf|nummeret|mailadressen?|adressen?|link(?:et)?|prisen?|taksten?|navnet)
    \ (?:på|til|for|hos|of)\b|\b(?:betydning|definition|forkortelse|meaning)\W*$""",
    _FLAGS,
)
_ORDER = Pattern(
    r"""^\W*(?:flyt|slet|ret|udsæt|gem|send|opret|tilføj|byt|fjern|annuller|glem|ændr|move|delete|change|save|send|add)
    \ (?:den|det|dem|dette|denne|it|that|this|them)\b
    |^\W*(?:send|skriv|svar)\ (?:(?:en|et|a|an)\ (?:\w+\ )?(?:e?-?mail|besked|sms|svar|message)\b|ja\b|nej\b)""",
    _FLAGS,
)
_FEELING = Pattern(
    r"""^\W*(?:jeg|vi|i|we)\ (?:er|føler\ (?:mig|os)|har\ det|bliver|blev|am|are|feel)
    \ (?:(?:så|meget|lidt|ret|helt|virkelig|bare|so|very)\ )*
    (?:stres\w*|træt\w*|glad\w*|ked\ af\w*|sur\w*|vred\w*|forvirre\w*|frustre\w*|presset|overbelastet|udbrændt
    |dårligt|skidt|godt|ensom\w*|nervøs\w*|bange|tired|sad|happy|angry|confused|stressed)\b""",
    _FLAGS,
)
_DID = Pattern(
    r"""^\W*(?:(?:jeg|vi|har|i\ dag|fik|lige|først)\s+)*(?:har\s+|fik\s+|blev\s+)?
    (?:skrev|holdt|deltog|læste|svarede|ringede|opdaterede|rettede|lavede|sendte|planlagde|forberedte|gennemgik|fulgte
    |talte|snakkede|mødtes|kørte|cyklede|rejste|spiste|faciliterede|koordinerede|udarbejdede|testede|drøftede|hjalp
    |arbejdede|brugte|sad|var\ til|var\ med|tog|lagde|satte|wrote|held|attended|met|sent|updated|drafted|reviewed
    |prepared|called|read|fixed|planned|skrevet|deltaget|læst|lavet|rettet|opdateret|svaret|talt|snakket|været|brugt
    |kørt|siddet)\b""",
    _FLAGS,
)
_NEED = Pattern(
    r"""^\W*(?:hej\W+)?(?:jeg|vi|i|we)
    \ (?:har\ (?:lige\ |vist\ )?(?:glemt|mistet|brug\ for|problemer|svært)|kan\ (?:ikke|slet)|mangler
    |skal\ (?:bruge|ha|have)\b|vil\ gerne|ønsker|savner|need|forgot|lost|can't|cannot)\b""",
    _FLAGS,
)
"""How somebody begins who is in want of something, not at work on it."""


_FEW = 12
"""Words: who tells more tells it in sentences."""
_CLAUSE_END = Pattern(r"[.,;!?]\s+|\n+")
_ASKS = Pattern(
    r"""\W*(?:og\ |men\ |så\ )?
    (?:hv\w+|må|kan|skal|skulle|bør|er|betyder|findes|har|what|who|where|how|can|may|should)\b""",
    _FLAGS,
)


def wish(text: str) -> Wish | None:
    """What is asked about tags; None when it is no question about them."""
    named = _NAMED.match(text)
    if named:
        subject = named[1].strip()
        return Wish(Kind.STATISTICS if set(words(subject)) & _STATISTICS else Kind.SUGGEST, subject, 1.0)
    if _DIFFERENCE.search(text):
        return Wish(Kind.DIFFERENCE, text, 0.85)
    if _MEANING.search(text):
        return Wish(Kind.MEANING, text, 0.8)
    if _OTHERS.search(text):
        return None
    if _LIST.search(text):
        return Wish(Kind.LIST, text, 0.85)
    if _in_general(text):
        own = _FIRST_PERSON.search(text) and len(words(text)) <= _SHORT
        return Wish(Kind.SUGGEST, "", 0.8 if own else 0.45) if _WHICH_TAG.search(text) else None
    if _MAY.search(text) and not _WHICH.search(text):
        return Wish(Kind.MAY, text, 0.7)
    if _WHICH.search(text):
        return Wish(Kind.SUGGEST, text, 0.85)
    if _REGISTER.search(text) and undress(text) != text.strip():
        return Wish(Kind.SUGGEST, text, 0.75)
    return None


def thing_registered(text: str) -> str:
    """What "must I register ...?" is about: the words after it."""
    return _MAY.sub("", text).strip(" ?!.")


def _in_general(text: str) -> bool:
    """Whether a question names no work, only registering as such."""
    return all(stem in _REGISTERING or stem in FUNCTION_STEMS for stem in stems(undress(text)))


def told(text: str) -> bool:
    """Whether somebody tells what they have done, and asks at most where the time for it belongs."""
    if _OTHERS.search(text):
        return False
    told_only = undress(text)
    if _ends_in_a_question(told_only):
        return False
    return bool(_DID.match(told_only)) and not _QUESTION_WORD.search(told_only) and len(told_only.split()) > 1


def bare(text: str) -> bool:
    """Whether a text is a few words that may tell of work: no question, order or want, no feeling."""
    is_other = any(pattern.match(text) for pattern in (_ORDER, _FEELING, _NEED)) or _QUESTION_WORD.search(text)
    return not (is_other or _ends_in_a_question(text)) and len(words(text)) <= _FEW


def _ends_in_a_question(text: str) -> bool:
    *_, last = _CLAUSE_END.split(text.rstrip(" ?!."))
    return bool(_ASKS.match(last))
