"""Says what is stored about the asker, and deletes it when they ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import markup
from bot.contracts import Answer, Choice, Claim, Context, Finding, Forget, Help, Holding, Json, Question
from bot.pattern import Pattern
from handlers.danish import fold

_DELETE = Pattern(
    r"\b(?:slet|fjern|glem) (?:(?:alle )?mine (?:egne )?(?:data|oplysninger|persondata|historik|samtaler)"
    r"|mig|alt (?:du (?:har|ved|gemmer) (?:gemt )?)?om mig)(?: nu| tak)?$"
    r"|\b(?:delete|forget) (?:my data|me|everything about me)\b"
)
_TELL = Pattern(
    r"\bhvad (?:ved|gemmer|husker|har) (?:du|botten|i)(?: egentlig)?(?: gemt)?(?: af data)? om mig\b"
    r"|\bhvilke (?:data|oplysninger) (?:har|gemmer) (?:du|i|botten)(?: gemt)? om mig\b"
    r"|\b(?:gemmer|husker|logger) (?:du|botten),? (?:(?:alt|det|hvad),? ?)*jeg (?:skriver|siger)(?: her| til dig)?$"
    r"|\bwhat do you (?:know|store|keep) about me\b|\bdo you (?:store|keep|log) what i\b"
)
_SURE = "ja, slet mine data"
_NO = "nej, behold dem"


class PrivacyCapability:
    """Answers "hvad ved du om mig?" and "slet mine data"."""

    fields: Mapping[str, Json] = {}
    help: Help | None = Help(
        "Dine data",
        "Se, hvad jeg har gemt om dig, og få det slettet.",
        ("hvad ved du om mig?", "slet mine data"),
    )

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Sure of the few ways to ask for it; a yes or no counts only right after it has asked."""
        text = " ".join(fold(question.text).split()).strip(" .!?")
        last = context.last
        if last is not None and last.intent == "privacy" and last.memory.get("asked"):
            if text in (_SURE, "ja", "ja tak", "slet"):
                return Claim(0.97, lambda: _deleted(question))
            if text in (_NO, "nej", "nej tak", "behold dem"):
                return Claim(0.97, lambda: Answer("privacy", "Godt, jeg beholder dem."))
        if _DELETE.search(text):
            return Claim(0.95, lambda: _ask(context.holdings()))
        return Claim(0.95, lambda: _told(context.holdings())) if _TELL.search(text) else None

    def check(self) -> list[Finding]:
        """Nothing in the handbook concerns it."""
        return []


def _told(holdings: Sequence[Holding]) -> Answer:
    kept = [holding for holding in holdings if holding.count]
    if not kept:
        return Answer("privacy", "Jeg har ikke gemt noget om dig.")
    rows = [(markup.escape(one.what), str(one.count), _until(one.keep_days)) for one in kept]
    table = markup.table(("Hvad", "Antal", "Slettes"), rows)
    return Answer(
        "privacy", f"Det her har jeg gemt om dig:\n\n{table}\n\nSkriv *slet mine data*, hvis det skal væk nu."
    )


def _ask(holdings: Sequence[Holding]) -> Answer:
    if not any(holding.count for holding in holdings):
        return Answer("privacy", "Jeg har ikke gemt noget om dig, så der er ikke noget at slette.")
    return Answer(
        "privacy",
        "Skal jeg slette alt, hvad jeg har gemt om dig, også dine egne påmindelser? Det kan ikke fortrydes.",
        answered=False,
        asks=True,
        choices=(Choice("Ja, slet mine data", _SURE), Choice("Nej, behold dem", _NO)),
        memory={"asked": True},
    )


def _deleted(question: Question) -> Answer:
    return Answer("privacy", "Nu er det slettet.", effects=(Forget(question.asker.id),))


def _until(days: int | None) -> str:
    if days is None:
        return "når du beder om det"
    if days == 0:
        return "når botten stopper"
    return "efter 1 dag" if days == 1 else f"efter {days} dage"
