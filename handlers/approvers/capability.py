"""Looks up who checks and who approves an invoice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Question, Turn
from handlers.approvers import reverse
from handlers.approvers.answers import INTENT, Answers
from handlers.approvers.directory import Directory, Subject
from handlers.approvers.history import ListHistory, Load
from handlers.approvers.judging import Kind, judge
from handlers.approvers.process import Process
from handlers.approvers.reverse import Municipalities
from handlers.approvers.wishes import Wish
from handlers.danish import fold
from handlers.handbook import Handbook

_FOLLOWS = 0.9
_LONGEST_FOLLOW_UP = 8
"""Words; a longer message stands on its own."""
_YES = re.compile(r"\W*(?:ja(?: tak)?|jep|jo|yes|netop|korrekt|praecis)\W*$")


class ApproverCapability:
    """Looks up who checks and who approves an invoice."""

    fields: Mapping[str, Json] = {"approvals": []}
    help: Help | None = Help(
        "Godkendere",
        "Hvem skal have fakturaen? Skriv et produkt, et PSP-nummer eller en konto.",
        (
            "Hvem godkender for OS2iot?",
            "psp 5430",
            "Hvilken konto bruger jeg til hosting af OS2forms?",
            "Hvilke produkter mangler en ekstern godkender?",
        ),
    )

    def __init__(
        self, handbook: Handbook, municipalities: Municipalities | None = None, history: Load | None = None
    ) -> None:
        """`history` gives a page's earlier versions; without it, what was before is not told."""
        self._municipalities = municipalities or Municipalities()
        self._directory = Directory.of(handbook)
        self._history = ListHistory(self._directory.register.section, history)
        self._process = Process.of(handbook)

    def claim(self, question: Question, context: Context) -> Claim | None:
        wish = Wish(question.text)
        answers = Answers(self._directory, self._process, context.people, self._history, question.now.date())
        last = context.last
        subject = self._directory.read(question.text)
        if last is not None and last.intent == INTENT:
            follow_up = self._follow_up(wish, subject, last, answers)
            if follow_up is not None:
                return follow_up
        somebody = None if subject else reverse.find(wish, self._directory.register, self._municipalities)
        verdict = judge(wish, subject, somebody is not None)
        if verdict is None:
            return None
        if verdict.kind is Kind.REVERSE and somebody is not None:
            return Claim(verdict.confidence, lambda: answers.somebody(somebody, wish.role))
        return Claim(verdict.confidence, lambda: self._answer(verdict.kind, wish, subject, answers))

    def check(self) -> list[Finding]:
        rows, plan = self._directory.register.rows, self._directory.plan
        if not rows:
            return [Finding("warning", "Godkendere: håndbogen har ingen tabel over, hvem der godkender fakturaer.")]
        counted = (
            f"Godkendere: {len(rows)} produkter, {len(plan.own)} konti i foreningen, {len(plan.shared)} for produkter."
        )
        return [Finding("info", counted)]

    def _answer(self, kind: Kind, wish: Wish, subject: Subject, answers: Answers) -> Answer:
        if not self._directory.register.rows and kind is not Kind.PROCESS and not (wish.account or wish.psp):
            return answers.no_list()
        match kind:
            case Kind.LOOKUP if _only_number_wanted(wish, subject):
                return answers.psp(subject.found)
            case Kind.LOOKUP:
                return answers.lookup(wish, subject)
            case Kind.MISSING:
                return answers.missing(wish.role)
            case Kind.PROBLEMS:
                return answers.problems()
            case Kind.BEFORE:
                return answers.before(subject, wish)
            case Kind.CHANGES:
                return answers.changes(wish)
            case Kind.PROCESS:
                return answers.how()
            case Kind.EVERYTHING:
                return answers.listing("Her er listen over godkendere:", self._directory.register.rows)
            case _:
                return answers.which()

    def _follow_up(self, wish: Wish, subject: Subject, last: Turn, answers: Answers) -> Claim | None:
        """The claim for what refers to the last answer; None when the message stands on its own."""
        memory = last.memory
        if _YES.match(fold(wish.text)) and len(last.choices) == 1:
            chosen = last.choices[0]
            return Claim(_FOLLOWS, lambda: answers.lookup(Wish(chosen), self._directory.read(chosen)))
        listed, shown = _strings(memory.get("listed")), memory.get("shown")
        if wish.more and listed and isinstance(shown, int) and shown < len(listed):
            rows = [row for name in listed for row in self._directory.register.by_product(name)]
            return Claim(_FOLLOWS, lambda: answers.listing("Resten af listen:", rows, shown))
        if wish.length > _LONGEST_FOLLOW_UP:
            return None
        role = str(memory.get("role") or "")
        pending = str(memory.get("pending") or "")
        if subject:
            if not (wish.further or wish.length <= 3 or pending) or wish.other_matter:
                return None
            asked = Wish(f"{pending} {wish.text}") if pending else wish
            return Claim(_FOLLOWS, lambda: answers.lookup(asked, subject, "" if wish.role else role))
        return self._about_the_same(wish, _strings(memory.get("products")), answers)

    def _about_the_same(self, wish: Wish, names: Sequence[str], answers: Answers) -> Claim | None:
        """A further question about the products of the last answer."""
        if not names:
            return None
        if wish.where:
            return Claim(_FOLLOWS, lambda: answers.where(names))
        same = Subject(tuple(self._directory.named(name) for name in names))
        if wish.psp and not wish.account:
            return Claim(_FOLLOWS, lambda: answers.psp(same.found))
        if wish.account or wish.role or (wish.who and (wish.approving or wish.approver)):
            return Claim(_FOLLOWS, lambda: answers.lookup(wish, same))
        return None


def _only_number_wanted(wish: Wish, subject: Subject) -> bool:
    """Whether a PSP element is asked for and nothing else."""
    asks_more = wish.approving or wish.approver or wish.invoice or wish.controlling or wish.account or wish.role
    return wish.psp and bool(subject.found) and not subject.numbered and not asks_more


def _strings(value: Json) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
