"""Takes the question off a description: "hej! jeg spiste en sandwich, hvilket tag er det?" is about a sandwich."""

from __future__ import annotations

import re

from bot.pattern import Pattern
from handlers.handbook import How, Products
from handlers.tags.features import PRODUCT

_TAG_WORD = r"(?:tags?|tagget|kategori|arbejdstype|mærkat|label)"
_WH = r"(?:hvilke[nt]?|hvad for (?:et|en)|which|what)"
_ASK_WORDS = (
    r"(?:skal|bør|kan|må|ville?|er|passer|hører|gælder|bruger?|brug|vælger?|vælg|sætter?|giver|får|har|registrerer?|skriver|noterer|bliver|kategoriserer?|tagger?|logger?|fører?|bogfører?|placerer?|brugt|spent"
    r"|tage|have|være|stå|føre|føres|skrives?|sættes|kaldes?|hedde|should|do|does|would|is|are|to|can|use|choose|pick|put|register|log|jeg|man|vi|du|det|den|I|we|you|nu|så|bedst|her|på|til|for"
    r"|ved|når|hvis|om|if|when|on|that|under|it|this|min|mit|mine|tiden|timer|timerne|tid|time|my)"
)
_GREETING = Pattern(
    r"^\s*(?:hej\w*|hi|hello|hey|dav|halløj|goddag|god ?morgen)\b(?: (?:bot|igen|der|med dig|alle))?[ !,.:)–-]*",
    re.IGNORECASE,
)
_DOING = r"(?:når|hvis|if|when)\s+(?:jeg|man|vi|I|we|you)\b\s*"
_SHELL = rf"[ ,:]*(?:(?:{_ASK_WORDS}\b[ ,:]*)*?{_DOING}|(?:{_ASK_WORDS}\b[ ,:]*)*)"
_OPENING = Pattern(
    rf"^\s*(?:(?:og|så|men|øh)[ ,]+)?"
    rf"(?:{_WH}\s+{_TAG_WORD}\b{_SHELL}"
    rf"|(?:hvad|hvor|hvordan|what|where|how)\s+(?={_ASK_WORDS}\b[ ,]*{_ASK_WORDS}\b|tagger\b|hører\b|logger\b)"
    rf"(?:tagger|logger)?{_SHELL}"
    rf"|er det [^.?!]{{2,40}}?, (?:når|hvis|at) (?:jeg|vi|man) "
    rf"|{_TAG_WORD}\s*(?::|(?:til|for|på|ved)\b)\s*)",
    re.IGNORECASE,
)
_QUESTION = Pattern(
    rf"{_WH}\s+{_TAG_WORD}\b"
    rf"|\b(?:hvad|hvor|hvordan|what|where|how) (?:{_ASK_WORDS}\b ?)+(?:hen|henne|som|på|under|i)?\s*$"
    rf"|^\s*(?:og |så |men |eller |is it |er (?:det|den|dette)|(?:hører|bliver|tæller|går) det"
    rf"|skal (?:det|jeg|den|de|timerne))\b"
    rf"|^\s*[\w&-]+(?: [\w&-]+)? eller [\w&-]+(?: [\w&-]+)?\s*$|^\s*og (?:på|som|under|i) hvad\s*$"
    rf"|\b{_TAG_WORD} (?:er|skal|bliver|is|should)\b",
    re.IGNORECASE,
)
_SENTENCES = Pattern(r"(?<=[.!?])\s+")
_LAST_CLAUSE = Pattern(r"^(.*\S)\s*(?:[,;:–]|\s-)\s*([^,;:–]+\?)\s*$", re.DOTALL)
_WRAPPED = Pattern(
    r"^(?P<what>.+?)\s+(?:som|på|under|ind under|as|under hvilket tag|i hvilket tag|til|have|være)\s*$", re.IGNORECASE
)


def undress(text: str) -> str:
    """The description in a question about it; the whole text when nothing else is left."""
    told = _GREETING.sub("", text.strip(), count=1) or text.strip()
    rest = " ".join(filter(None, map(_without_question, _SENTENCES.split(told)))) or told
    bare = _OPENING.sub("", rest, count=1).strip()
    if bare != rest:
        wrapped = _WRAPPED.match(bare.rstrip("? "))
        bare = wrapped["what"] if wrapped else bare
    return bare.strip(" ?:,–-") or rest


def _without_question(sentence: str) -> str:
    """A sentence without the clause that only asks where the time belongs."""
    if "?" not in sentence:
        return sentence
    last = _LAST_CLAUSE.match(sentence)
    if last and _QUESTION.search(last[2].rstrip(" ?!.")):
        return _without_question(last[1] + ("?" if _QUESTION.search(last[1]) else ""))
    opening = _OPENING.match(sentence)
    asks_only = _QUESTION.search(sentence.rstrip(" ?!.")) and not (opening and sentence[opening.end() :].strip(" ?"))
    return "" if asks_only else sentence


def plain(description: str, products: Products) -> str:
    """The description as the model reads it: every product that is surely named stands as one and the same word."""
    for mention in reversed(products.find(description)):
        if mention.how in (How.EXACT, How.FUZZY):
            description = f"{description[: mention.start]} {PRODUCT} {description[mention.end :]}"
    return _SOME_PRODUCT.sub(f" {PRODUCT} ", description)


_SOME_PRODUCT = Pattern(r"\bOS2(?!(?:s|er|offdig)\b)[^\W_]{2,}", re.IGNORECASE)
