"""What a message asks about invoices and accounts: its signals, freed from the way it is worded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from handlers.danish import fold, words

_APPROVING = ("godkend", "attester", "anvis", "approv")
_INVOICE = ("faktura", "regning", "invoice", "kreditnota")

_INVOICE_WORD = re.compile(r"\b(?:bilag\w*|fakt\b|bill|betal\w*|udgift\w*|rykker\w*|e-?faktura\w*)")
_CONTROLS = re.compile(
    r"\b(?:kontrollerer|kontrollere|kontrollant\w*|tjekker|checker|siger? god|sige ok|siger? ja|signe\w+|skriver under"
    r"|staar for|styrer|har ansvar\w*|ansvarlig\w*|kigger paa|ser paa|checks|holder oeje)\b"
)
_MONEY = re.compile(r"\b(?:oekonomi\w*|penge\w*|betaling\w*)\b")
_ASKS_WHO = re.compile(r"\b(?:hvem|who|whom)\b")
_WHO = re.compile(
    r"\b(?:hvem|hvilken person|hvilke personer|who|whom|kontakt\w*|mail\w*|adresse\w*|navn\w*|ansvarlig\w*"
    r"|send\w*|skriv\w*|skal have|skal den hen|hvor skal|videre|aflever\w*|stiles)\b"
)
_PSP = re.compile(r"\b(?:psp\w*|xg\d*|projektnummer\w*|produktnummer\w*|projektnr)\b|\bpsp-")
_ACCOUNT = re.compile(r"\b(?:\w*konto|\w*kontoen|\w*kontonum\w*|\w*konti|kontonr|konter\w*|bogfoer\w*|account\w*)\b")
_INTERNAL = re.compile(r"\b(?:intern|interne|internt|internal|foerste godkender|trin 1|trin et)\b")
_EXTERNAL = re.compile(
    r"\b(?:ekstern|eksterne|eksternt|external|uden ?for huset|udenfor|ude i kommunen|anden godkender|trin 2|trin to)\b"
)
_MISSING = re.compile(
    r"\b(?:mangler|mangle|manglende|uden|savner|ingen|ikke har|har ikke|ikke nogen|tomme?|missing|without"
    r"|lack\w*|blank\w*)\b"
)
_OS2 = re.compile(r"\bos2(?!s\b)[^\W\d_]")
_PLURAL = re.compile(r"\b(?:hvilke|hvad|hvor mange|alle|list\w*|vis|which|what|hvor er|produkter\w*|projekter\w*)\b")
_ALL = re.compile(r"\b(?:vis|alle|hele|samtlige|listen|liste|oversigt\w*|tabel\w*|godkenderlist\w*|all|everyone)\b")
_PROCESS = re.compile(
    r"\b(?:hvad goer|hvad sker|hvor mange personer|hvordan|hvorfor|proces\w*|forloeb\w*|flow\w*|trin\w*"
    r"|bagefter|derefter|foerst|naeste skridt|direkte|alene|selv|samme person|to personer|af to|begge|uenig\w*"
    r"|svarer ikke|afvis\w*|siger nej|regel|regler\w*|raekkefoelge\w*|betyder|forskel\w*|process|how|why)\b"
)
_TWO_PERSONS = re.compile(r"\b(?:to|begge|samme person|alene|selv|hvor mange|flere|two|both|alone)\b")
_PROBLEMS = re.compile(r"\b(?:fejl\w*|galt|problem\w*|rod|forkert\w*|huller|ikke stemmer)\b")
_PAST = re.compile(
    r"\b(?:godkendte|har godkendt|stod|var (?:det )?(?:\w+ )?(?:godkender\w*|intern\w*|ekstern\w*)|tidligere"
    r"|foerhen|historik\w*|plejede|used to|was)\b"
)
_CHANGED = re.compile(r"\b(?:aendr\w*|aendringer\w*|skiftet|udskiftet|opdater\w*|kommet til|changed|nyt i)\b")
_WHEN = re.compile(r"\b(?:hvornaar|sidst|senest|when|last)\b")
_SECRETARIAT = re.compile(r"\b(?:os2-?)?sekretariat\w*")
_ASSOCIATION = re.compile(r"\b(?:foreningen|foreningens|forening|association)\b")
_OTHER_MATTERS = re.compile(
    r"\b(?:nyhedsbrev\w*|tidsregistrer\w*|timeregistrer\w*|ferie\w*|fravaer\w*|orlov\w*|et nyt|nye produkt\w*"
    r"|optagelse\w*|udsendelse\w*|artik\w*|opslag\w*|pressemedd\w*|kode|koden|pull request\w*|release\w*|udgivelse\w*"
    r"|budget\w*|referat\w*|strategi\w*|roadmap\w*|backlog\w*|kontrakt\w*|aftale\w*|ansoegning\w*|medlems?\w*"
    r"|tilslutning\w*|vedtaegt\w*|merge\w*|hjemmeside\w*|produktside\w*|issue\w*|licens\w*|logo\w*|rejse|rejser"
    r"|kursus|kurser|governance\w*|databehandler\w*|takst\w*|regnskab\w*)\b"
)
_OTHER_QUESTIONS = re.compile(
    r"\b(?:ean\w*|cvr\w*|hvor meget|hvad koster|pris\w*|timepris\w*|hvornaar|frist\w*|arkiver\w*|gemmes|issue.?id"
    r"|moms\w*)\b"
)
_WHERE = re.compile(r"\b(?:hvor staar|hvor stod|kilde\w*|hvor kommer|link\w*|hvor finder jeg det|hvor fra|hvorfra)\b")
_MORE = re.compile(r"^\W*(?:vis (?:\w+ )?(?:mere|flere|resten|alle)|mere|flere|resten|show more|more|fortsaet)\W*$")
_FURTHER = re.compile(r"^\W*(?:og|hvad med|hvad saa med|samme for|ogsaa|and|what about|endnu|saa|men)\b")
_NOUN = re.compile(
    r"\b(?:godkendere\w*|godkenderlist\w*|godkenders|fakturagodkend\w*|attestant\w*|approvers?"
    r"|(?:er|som|en|den|hvilken|interne?|eksterne?|anden|har|uden|mangler) godkender)\b"
)
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w.\-]{1,100}\w")
_DOMAIN = re.compile(r"\b(?:[a-z0-9\-]{1,40}\.){1,4}(?:dk|eu|example|com|org|net)\b")


@dataclass(frozen=True)
class Wish:
    """The signals in one message. Each is about the wording only; products and numbers are read elsewhere."""

    text: str

    def _has(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(fold(self.text)) is not None

    @property
    def approving(self) -> bool:
        return any(_alike(word, root) for word in words(self.text) for root in _APPROVING)

    @property
    def invoice(self) -> bool:
        found = any(_alike(word, root) for word in words(self.text) for root in _INVOICE)
        return found or self._has(_INVOICE_WORD)

    @property
    def controlling(self) -> bool:
        """Somebody keeps an eye on money: "hvem kontrollerer økonomien"."""
        return self._has(_CONTROLS) and (self.invoice or self._has(_MONEY))

    @property
    def approver(self) -> bool:
        """An approver is named as such: "ekstern godkender", "godkenderlisten"."""
        return self._has(_NOUN)

    @property
    def asks_who(self) -> bool:
        return self._has(_ASKS_WHO)

    @property
    def who(self) -> bool:
        return self._has(_WHO)

    @property
    def psp(self) -> bool:
        return self._has(_PSP)

    @property
    def account(self) -> bool:
        return self._has(_ACCOUNT)

    @property
    def role(self) -> str:
        """ "internal", "external", or empty when neither or both are asked for."""
        internal, external = self._has(_INTERNAL), self._has(_EXTERNAL)
        return ("internal" if internal else "external") if internal != external else ""

    @property
    def missing(self) -> bool:
        return self._has(_MISSING)

    @property
    def several(self) -> bool:
        return self._has(_PLURAL)

    @property
    def os2(self) -> bool:
        """Some word begins as a product's name does."""
        return self._has(_OS2)

    @property
    def everything(self) -> bool:
        return self._has(_ALL)

    @property
    def process(self) -> bool:
        return self._has(_PROCESS)

    @property
    def two_persons(self) -> bool:
        """Whether one person is enough, or it takes two."""
        return self._has(_TWO_PERSONS)

    @property
    def problems(self) -> bool:
        return self._has(_PROBLEMS)

    @property
    def past(self) -> bool:
        """Asks who approved before."""
        return self._has(_PAST)

    @property
    def changed(self) -> bool:
        """Asks what has been changed, or when."""
        return self._has(_CHANGED)

    @property
    def when(self) -> bool:
        return self._has(_WHEN)

    @property
    def secretariat(self) -> bool:
        return self._has(_SECRETARIAT)

    @property
    def association(self) -> bool:
        return self._has(_ASSOCIATION)

    @property
    def other_matter(self) -> bool:
        """Something is approved that is no invoice: a newsletter, a holiday, a new product."""
        return self._has(_OTHER_MATTERS)

    @property
    def other_question(self) -> bool:
        """A question about money that no approver answers: EAN, price, deadline."""
        return self._has(_OTHER_QUESTIONS)

    @property
    def where(self) -> bool:
        return self._has(_WHERE)

    @property
    def more(self) -> bool:
        return self._has(_MORE)

    @property
    def further(self) -> bool:
        """A follow-up by its first word: "og ...", "hvad med ..."."""
        return self._has(_FURTHER)

    @property
    def length(self) -> int:
        return len(words(self.text))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Mail addresses in the message, in lower case."""
        return tuple(_ADDRESS.findall(self.text.lower()))

    @property
    def domains(self) -> tuple[str, ...]:
        """Mail domains that stand alone, in lower case."""
        return tuple(_DOMAIN.findall(_ADDRESS.sub(" ", self.text.lower())))


def _alike(word: str, root: str) -> bool:
    """Whether a word begins as the root does, a slip of the pen allowed ("godkener", "regningr", "fakutra")."""
    if word.startswith(root):
        return True
    ends = range(len(root) - 1, len(root) + 2)
    return len(root) > 6 and any(word[0] == root[0] and OSA.distance(word[:end], root) <= 1 for end in ends)
