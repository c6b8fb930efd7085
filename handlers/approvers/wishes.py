"""What a message asks about invoices and accounts: its signals, freed from the way it is worded."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.pattern import Pattern
from handlers.danish import FUNCTION_STEMS, fold, stem, words

_APPROVING = ("godkend", "attester", "anvis", "approv")
_INVOICE = ("faktura", "regning", "invoice", "kreditnota")
_INVOICE_WORD = Pattern(r"\b(?:bilag\w*|fakt\b|bills?\b|betal\w*|udgift\w*|rykker\w*|e-?faktura\w*)")
_CONTROLS = Pattern(
    r"\b(?:kontrollerer|kontrollere|kontrollant\w*|tjekker|checker|siger? god|sige ok|siger? ja|signe\w+|skriver under"
    r"|staar for|styrer|har ansvar\w*|ansvarlig\w*|kigger paa|ser paa|checks|holder oeje)\b"
)
_APPROVING_WORD = Pattern(
    r"(?:godkend|attest|anvis|approv|faktura|regning|invoice|bilag|betal|kontrol|tjek|check|intern|ekstern|external"
    r"|person|kontakt|mail|adresse|navn|konto|konti|psp|produkt|projekt|send|skriv|foerste|anden|andet|trin|naeste"
    r"|sidst|samme|saa|egentlig|ansvar|god$|sig|ja$|ok|person|kommune$|kommunen$)"
)
_MONEY = Pattern(r"\b(?:oekonomi\w*|penge\w*|betaling\w*)\b")
_ADDRESS = Pattern(r"[\w.+\-]{1,64}@[\w.\-]{1,100}\w")
_DOMAIN = Pattern(r"\b(?:[a-z0-9\-]{1,40}\.){1,4}(?:dk|eu|example|com|org|net)\b")
ASSOCIATION = Pattern(r"\b(?:foreningens?|forening|association)\b")
_PATTERNS = {
    "asks_who": r"\b(?:hvem|who|whom)\b",
    "who": (
        r"\b(?:hvem|hvilken person|hvilke personer|who|whom|kontakt\w*|mail\w*|adresse\w*|navn\w*|ansvarlig\w*"
        r"|send\w*|skriv\w*|skal have|skal den hen|hvor skal|videre|aflever\w*|stiles)\b"
    ),
    "contact": r"\b(?:mail\w*|e-mail\w*|mailadresse\w*|kontakt\w*)\b",
    "registering": (
        r"\btags?\b|\btagge[rs]?\b|\bregistrer\w*|\blog\b|\b\d+(?:[.,]\d+)? ?(?:t|h|timer?|min\w*|kvarter)\b"
        r"|\b\d{1,2}(?:[.:]\d\d)? ?[-–] ?\d{1,2}(?:[.:]\d\d)?\b"
    ),
    "psp": r"\b(?:psp\w*|xg\d*|projektnummer\w*|produktnummer\w*|projektnr)\b|\bpsp-",
    "account": r"\b(?:\w*konto|\w*kontoen|\w*kontonum\w*|\w*konti|kontonr|konter\w*|bogfoer\w*|account\w*)\b",
    "internal": r"\b(?:intern|interne|internt|internal|foerste godkender|trin 1|trin et)\b",
    "external": (
        r"\b(?:ekstern|eksterne|eksternt|external|uden ?for huset|udenfor|ude i kommunen|anden godkender|trin 2"
        r"|trin to)\b"
    ),
    "missing": (
        r"\b(?:mangler|mangle|manglende|uden|savner|ingen|ikke har|har ikke|ikke nogen|tomme?|missing|without"
        r"|lack\w*|blank\w*)\b"
    ),
    "as_noun": r"\b(?:intern|ekstern|internal|external)\b\W*(?:$|(?:for|paa|hos|og|i)\b)",
    "product": r"\b(?:produkt\w*|projekt\w*|psp\w*|products?|projects?)\b",
    "os2": r"\bos2(?!s\b)[^\W\d_]",
    "several": r"\b(?:hvilke|hvad|hvor mange|alle|list\w*|vis|which|what|hvor er|produkter\w*|projekter\w*)\b",
    "everything": (
        r"\b(?:vis|alle|hele|samtlige|list(?:e|en)? over|oversigt\w*|all|everyone|hvor (?:er|ligger|finder|staar))\b"
    ),
    "process": (
        r"\b(?:hvad goer|hvad sker|hvor mange personer|hvordan|hvorfor|proces\w*|forloeb\w*|flow\w*|trin\w*"
        r"|bagefter|derefter|foerst|naeste skridt|direkte|alene|selv|egen|egne|own|samme person"
        r"|to personer|af to|begge|uenig\w*"
        r"|svarer ikke|afvis\w*|siger nej|regel|regler\w*|raekkefoelge\w*|betyder|forskel\w*|process|how|why)\b"
    ),
    "has": r"\b(?:har|hoerer|tilhoerer|ejer|styrer|has|belong)\b",
    "two_persons": r"\b(?:to|egen|egne|own|begge|samme person|alene|selv|hvor mange|flere|two|both|alone)\b",
    "problems": r"\b(?:fejl\w*|galt|problem\w*|rod|forkert\w*|huller|ikke stemmer)\b",
    "past": (
        r"\b(?:hvem|who)\b.{0,25}\b(?:godkendte|har godkendt|stod|var (?:godkender|intern|ekstern)\w*|plejede|was)\b"
        r"|\b(?:tidligere|foerhen) (?:\w+ )?godkender\w*|\bhistorik\w*|\bused to\b"
    ),
    "changed": (
        r"\b(?:hvad|hvornaar|hvilke|when|what)\b.{0,40}\b(?:aendret|aendringer"
        r"|skiftet|udskiftet|opdateret|kommet til|changed|updated)\b"
    ),
    "when": r"\b(?:hvornaar|sidst|senest|when|last)\b",
    "secretariat": r"\b(?:os2-?)?sekretariat\w*",
    "association": ASSOCIATION.pattern,
    "other_matter": (
        r"\b(?:nyhedsbrev\w*|tidsregistrer\w*|timeregistrer\w*|ferie\w*|fravaer\w*|orlov\w*|et nyt|nye produkt\w*"
        r"|optagelse\w*|udsendelse\w*|artik\w*|opslag\w*|pressemedd\w*|kode|koden|pull request\w*|release\w*"
        r"|udgivelse\w*|budget\w*|referat\w*|strategi\w*|roadmap\w*|backlog\w*|kontrakt\w*|aftale\w*|ansoegning\w*|medlems?\w*"
        r"|tilslutning\w*|vedtaegt\w*|merge\w*|hjemmeside\w*|produktside\w*|issue\w*|licens\w*|logo\w*|rejse|rejser"
        r"|kursus|kurser|governance\w*|databehandler\w*|takst\w*|regnskab\w*)\b"
    ),
    "other_question": (
        r"\b(?:ean\w*|cvr\w*|hvor meget|hvad koster|pris\w*|timepris\w*|hvornaar|frist\w*|arkiver\w*|gemmes|issue.?id"
        r"|moms\w*|hvor (?:ofte|tit)|how often|hvem betaler(?!.*os2))\b"
    ),
    "where": (
        r"\b(?:hvor st(?:aar|od)(?: det| den| de| dem| listen| tabellen| henne)*(?=\W*$)|kilde\w*|hvor kommer|link\w*"
        r"|hvor finder jeg det|hvor fra|hvorfra|where does it say|where is (?:it|that) (?:from|written|said))\b"
    ),
    "checks": r"\b(?:kontroller\w*|tjekker|checker|checks)\b",
    "whether": (
        r"^\W*(?:(?:og|men|saa|jamen) )?"
        r"(?:godkender|attesterer|kontrollerer|er|skal|maa|kan|staar|does|is|can)\b"
    ),
    "whom_then": (
        r"^\W*(?:(?:og|men|jamen|naa|saa) )*(?:hvem|who) "
        r"(?:er det|(?:skal|kan) (?:jeg|vi|man)|(?:spoerger|kontakter|skriver|sender) (?:jeg|vi|man)|do i)\b"
        r"(?: (?:saa|da|nu|spoerge|kontakte|skrive|sende|den|det|til|have|fat|i|ringe|tale|snakke|med|ask|then))*\W*$"
    ),
    "doubting": (
        r"^\W*(?:(?:nej|men)\W+)?(?:(?:det er )?forkert|(?:det|den) (?:passer|stemmer) (?:da )?ikke"
        r"|det er ikke rigtigt|er du (?:helt )?sikker|passer det|wrong|are you sure)\b\W*(?:paa det|nu)?\W*$"
    ),
    "more": r"^\W*(?:vis (?:\w+ )?(?:mere|flere|resten|alle)|mere|flere|resten|show more|more|fortsaet)\W*$",
    "further": r"^\W*(?:og|hvad med|hvad saa med|samme for|ogsaa|and|what about|endnu|saa|men)\b",
    "approver": (
        r"\b(?:godkendere\w*|godkenderlist\w*|godkenders|fakturagodkend\w*|attestant\w*|approvers?"
        r"|(?:er|som|en|den|hvilken|interne?|eksterne?|anden|har|uden|mangler) godkender)\b"
    ),
}
"""For each signal the words that give it, in folded text."""
_SIGNALS = {name: Pattern(pattern) for name, pattern in _PATTERNS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A message and what its wording gives away. Products and numbers in it are read elsewhere."""

    text: str
    length: int
    """Words."""
    addresses: tuple[str, ...]
    """Mail addresses in the message, in lower case."""
    domains: tuple[str, ...]
    """Mail domains that stand alone, in lower case."""
    approving: bool
    invoice: bool
    controlling: bool
    """Somebody keeps an eye on money: "hvem kontrollerer økonomien"."""
    asks_who: bool
    who: bool
    """Wants a name, an address or a place to send to."""
    contact: bool
    """Wants a mail address."""
    registering: bool
    """Is about time registration: tags, hours, a day's log."""
    psp: bool
    account: bool
    internal: bool
    external: bool
    missing: bool
    as_noun: bool
    """ "intern" or "ekstern" stands for an approver: "hvor er Ishøj ekstern?", unlike "hvilke interne regler"."""
    product: bool
    os2: bool
    """Some word begins as a product's name does."""
    several: bool
    """Asks for a list or an overview."""
    everything: bool
    """Asks for all of it."""
    process: bool
    """Asks how, why or in which order."""
    has: bool
    """Asks what belongs to somebody: "hvilke produkter har Syddjurs?"."""
    two_persons: bool
    """Asks whether one person is enough, or it takes two."""
    problems: bool
    """Asks what is wrong."""
    past: bool
    """Asks who approved before."""
    changed: bool
    """Asks what has been changed, or when."""
    when: bool
    secretariat: bool
    association: bool
    other_matter: bool
    """Something is approved that is no invoice: a newsletter, a holiday, a new product."""
    other_question: bool
    """A question about money that no approver answers: EAN, price, deadline."""
    where: bool
    """Asks where it stands."""
    checks: bool
    """Somebody checks something: "og hvem kontrollerer?"."""
    whether: bool
    """Wants a yes or a no."""
    whom_then: bool
    """Asks for a person and nothing else: "hvem skal jeg så spørge?"."""
    doubting: bool
    """Doubts the last answer."""
    more: bool
    further: bool
    """A follow-up by its first word: "og ...", "hvad med ..."."""
    approver: bool
    """An approver is named as such: "ekstern godkender", "godkenderlisten"."""
    new_subject: bool
    """Says something besides the words of approving and accounts: a place, a thing bought, a name nobody knows."""

    @classmethod
    def of(cls, text: str) -> Wish:
        folded, lower, said = fold(text), text.lower(), words(text)
        signals = {name: pattern.search(folded) is not None for name, pattern in _SIGNALS.items()}
        invoice = _INVOICE_WORD.search(folded) is not None or _mentions(said, _INVOICE)
        money = invoice or _MONEY.search(folded) is not None
        return cls(
            text=text,
            length=len(said),
            addresses=tuple(_ADDRESS.findall(lower)),
            domains=tuple(_DOMAIN.findall(_ADDRESS.sub(" ", lower))),
            approving=_mentions(said, _APPROVING),
            invoice=invoice,
            controlling=money and _CONTROLS.search(folded) is not None,
            new_subject=any(stem(word) not in FUNCTION_STEMS and not _APPROVING_WORD.match(word) for word in said),
            **signals,
        )

    @property
    def role(self) -> str:
        """ "internal", "external", or empty when neither or both are asked for."""
        if self.internal == self.external:
            return ""
        return "internal" if self.internal else "external"


def _mentions(said: list[str], roots: tuple[str, ...]) -> bool:
    return any(_alike(word, root) for word in said for root in roots)


def _alike(word: str, root: str) -> bool:
    """Whether a word begins as the root does, a slip of the pen allowed ("godkener", "regningr", "fakutra")."""
    if word.startswith(root):
        return True
    ends = range(len(root) - 1, len(root) + 2)
    return len(root) > 6 and any(word[0] == root[0] and OSA.distance(word[:end], root) <= 1 for end in ends)
