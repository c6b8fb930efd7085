"""Looks up who checks and who approves an invoice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Question, Turn
from bot.pattern import Pattern
from handlers.approvers import reverse
from handlers.approvers.directory import Directory, Subject
from handlers.approvers.history import ListHistory, Load
from handlers.approvers.judging import Kind, judge
from handlers.approvers.lookups import Lookups
from handlers.approvers.overviews import ASKED_FOR_SOMEBODY, Overviews
from handlers.approvers.past import Past
from handlers.approvers.problems import find_flaws
from handlers.approvers.process import Process
from handlers.approvers.reply import INTENT
from handlers.approvers.reverse import Municipalities, Somebody
from handlers.approvers.wishes import Wish
from handlers.danish import fold
from handlers.handbook import Handbook

_FOLLOWS = 0.9
_LONGEST_FOLLOW_UP = 8
"""Words; a longer message stands on its own."""
_SHORT = 3
"""Words; so short a message that names a product right after an answer asks the same about it."""
_YES = Pattern(r"\W*(?:ja(?: tak)?|jep|jo|yes|netop|korrekt|praecis)\W*$")
_NO = Pattern(r"\W*(?:nej(?: tak)?|naeh|nope|no|ingen af (?:dem|delene))\W*$")
_IT = Pattern(r"\b(?:det|it)\b")


@dataclass(frozen=True)
class _Replies:
    """The kinds of answers, for one reader."""

    lookups: Lookups
    overviews: Overviews
    past: Past


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
        self._process = Process.of(handbook)
        self._history = ListHistory(self._directory.register.section, history)

    def claim(self, question: Question, context: Context) -> Claim | None:
        wish, last = Wish.of(question.text), context.last
        subject = self._directory.read(question.text)
        replies = self._replies(question, context)
        if last is not None and last.intent == INTENT:
            follow_up = self._follow_up(wish, subject, last, replies)
            if follow_up is not None:
                return follow_up
        somebody = None if subject else self._somebody(wish)
        verdict = judge(wish, subject, somebody is not None, self._alone(somebody, wish))
        if verdict is None:
            return None
        if subject.bare and last is not None and last.intent != INTENT and last.choices:
            return None  # a name alone answers what another capability just asked
        return Claim(verdict.confidence, lambda: self._answer(verdict.kind, wish, subject, somebody, replies))

    def check(self) -> list[Finding]:
        rows, plan = self._directory.register.rows, self._directory.plan
        if not rows:
            return [Finding("warning", "Godkendere: håndbogen har ingen tabel over, hvem der godkender fakturaer.")]
        accounts = f"{len(plan.own)} konti i foreningen og {len(plan.shared)} i produkternes kontoplan"
        found = [Finding("info", f"Godkendere: {len(rows)} produkter, {accounts}.")]
        if not plan.holders:
            found.append(Finding("warning", "Godkendere: håndbogen har ingen kontoplan."))
        flaws = find_flaws(self._directory.register, plan)
        return found + [Finding("warning", f"Godkenderlisten: {flaw.product} {flaw.said}.") for flaw in flaws]

    def _somebody(self, wish: Wish) -> Somebody | None:
        return reverse.find(wish, self._directory.register, self._municipalities)

    def _alone(self, somebody: Somebody | None, wish: Wish) -> bool:
        """Whether a message is nothing but the name of somebody in the list; the secretariat is much else besides."""
        if somebody is None or wish.secretariat:
            return False
        return somebody.is_all_of(wish.text) and bool(somebody.rows(self._directory.register))

    def _asked_whether(self, wish: Wish) -> Somebody | None:
        """Somebody of whom it is asked whether they approve."""
        return self._somebody(wish) if wish.whether else None

    def _replies(self, question: Question, context: Context) -> _Replies:
        past = Past(self._directory, self._history, context.people, question.now.date())
        return _Replies(
            Lookups(self._directory, self._process, context.people, past),
            Overviews(self._directory, self._process, context.people),
            past,
        )

    def _answer(self, kind: Kind, wish: Wish, subject: Subject, somebody: Somebody | None, replies: _Replies) -> Answer:
        no_list = not self._directory.register.rows
        if no_list and kind is not Kind.PROCESS and not (kind is Kind.LOOKUP and self._directory.plan.holders):
            return replies.lookups.no_list()
        match kind:
            case Kind.LOOKUP if _only_number_wanted(wish, subject):
                return replies.lookups.psp(subject.found)
            case Kind.LOOKUP:
                return replies.lookups.lookup(wish, subject, who=self._asked_whether(wish))
            case Kind.REVERSE if somebody is not None:
                return replies.overviews.somebody(somebody, wish.role)
            case Kind.MISSING:
                return replies.overviews.missing(wish.role)
            case Kind.FLAWS:
                return replies.overviews.flaws()
            case Kind.EVERYTHING:
                return replies.overviews.everything()
            case Kind.PROCESS:
                return replies.overviews.process_steps(rule_first=wish.two_persons)
            case Kind.BEFORE:
                return replies.past.before(wish, subject)
            case Kind.CHANGES:
                return replies.past.changes(wish)
            case _:
                return replies.lookups.which(wish)

    def _follow_up(self, wish: Wish, subject: Subject, last: Turn, replies: _Replies) -> Claim | None:
        """The claim for what refers to the last answer; None when the message stands on its own."""
        memory, names = last.memory, _strings(last.memory.get("products"))
        if _YES.match(fold(wish.text)) and len(last.choices) == 1:
            chosen = last.choices[0]
            return Claim(_FOLLOWS, lambda: replies.lookups.lookup(Wish.of(chosen), self._directory.read(chosen)))
        if _NO.match(fold(wish.text)) and last.choices and memory.get("pending"):
            return Claim(_FOLLOWS, lambda: replies.lookups.other(str(memory["pending"])))
        listed, shown = _strings(memory.get("listed")), memory.get("shown")
        if wish.more and listed and isinstance(shown, int) and shown < len(listed):
            rows = [row for name in listed for row in self._directory.register.by_product(name)]
            return Claim(_FOLLOWS, lambda: replies.overviews.listing("Resten af listen:", rows, shown))
        if wish.length > _LONGEST_FOLLOW_UP:
            return None
        somebody = self._somebody(wish) if memory.get(ASKED_FOR_SOMEBODY) and wish.further and not subject else None
        if somebody is not None:
            return Claim(_FOLLOWS, lambda: replies.overviews.somebody(somebody, wish.role))
        if not subject:
            if wish.length <= _SHORT and any(self._directory.tells(name, wish.text) for name in names):
                wish = self._for_account(wish, memory)
            return self._about_the_answer(wish, names, replies) or self._about_the_same(wish, names, replies)
        pending = str(memory.get("pending") or "")
        role = "" if wish.role else str(memory.get("role") or "")
        continues = wish.further or wish.length <= _SHORT or wish.text in last.choices
        if wish.other_matter or wish.registering or not continues:
            return None
        if subject.loose and names:
            subject = self._directory.read(f"{', '.join(names)}: {wish.text}")
        elif memory.get("suffixed") and subject.found:
            subject = self._directory.read(f"{pending} {wish.text}")
        asked = Wish.of(f"{pending} {wish.text}") if pending else self._for_account(wish, memory)
        return Claim(_FOLLOWS, lambda: replies.lookups.lookup(asked, subject, role))

    @staticmethod
    def _for_account(wish: Wish, memory: Mapping[str, Json]) -> Wish:
        """A follow-up to a question about an account asks for one as well."""
        return Wish.of(f"konto {wish.text}") if memory.get("account") else wish

    def _about_the_answer(self, wish: Wish, names: Sequence[str], replies: _Replies) -> Claim | None:
        """A remark on the last answer itself, whatever it was about."""
        if wish.where:
            return Claim(_FOLLOWS, lambda: replies.lookups.where(names))
        if wish.doubting:
            return Claim(_FOLLOWS, lambda: replies.lookups.doubted(names))
        rows = [row for name in names for row in self._directory.register.by_product(name)]
        somebody_missing = any(not (row.internal.persons and row.external.persons) for row in rows)
        if wish.whom_then and (somebody_missing or not rows):
            return Claim(_FOLLOWS, lambda: replies.lookups.whom(names))
        return None

    def _about_the_same(self, wish: Wish, names: Sequence[str], replies: _Replies) -> Claim | None:
        """A further question about the products of the last answer."""
        if not names or wish.missing:
            return None
        same = Subject(tuple(self._directory.named(name) for name in names))
        if wish.past or wish.changed:
            return Claim(_FOLLOWS, lambda: replies.past.before(wish, same))
        if wish.psp and not wish.account:
            return Claim(_FOLLOWS, lambda: replies.lookups.psp(same.found))
        who = self._asked_whether(wish) if wish.approving or _IT.search(fold(wish.text)) else None
        asks_who = wish.asks_who and (wish.approving or wish.checks) and not wish.other_matter and not wish.new_subject
        if who or wish.whom_then or asks_who or wish.account or wish.contact or (wish.role and not wish.several):
            return Claim(_FOLLOWS, lambda: replies.lookups.lookup(wish, same, who=who))
        return None


def _only_number_wanted(wish: Wish, subject: Subject) -> bool:
    """Whether a PSP element is asked for and nothing else."""
    asks_more = wish.approving or wish.approver or wish.invoice or wish.controlling or wish.account or wish.role
    return wish.psp and bool(subject.found) and not subject.numbered and not asks_more


def _strings(value: Json) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
