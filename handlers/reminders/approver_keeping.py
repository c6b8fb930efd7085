"""What people say in the approver list's round: "alle i Syddjurs er rigtige", "OS2mo: ny ekstern <navn> <mail>"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.contracts import Answer, Claim, Context, Question, Revise
from bot.markup import escape
from bot.pattern import Pattern
from handlers.approvers import Municipalities, Person, Row
from handlers.danish import words
from handlers.handbook import Products
from handlers.reminders.approver_guide import ROLES, ApproverGuide
from handlers.reminders.plan import Plan
from handlers.reminders.rounds import Mark, Round, Tick, effects, may_answer, open_rounds
from handlers.reminders.texts import join, none_open, round_heading, shortened

KIND = "approvers"
_MAIL = Pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CHANGE = Pattern(
    r"^\W*(?P<product>.+?)\s*(?::|\s(?=(?:ny|nyt|tilføj|skift|ret|ingen|fjern|har|skal)\b))\s*(?:har|skal\s+have|får)?\s*"
    r"(?P<how>ny|nyt|tilføj|skift|ret|ingen|fjern|sæt)?\s*(?:en\s+)?(?P<role>intern|ekstern)\w*(?:\s+godkender\w*)?"
    r"\s*(?:er|til|bliver|:|=)?\s*(?P<who>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ALL = Pattern(
    r"^\W*(?:bekræft\s+)?alle?(?:\s+(?:godkendere|produkter|rækker))*\s*(?:i|hos|fra|for)?\s*(?P<where>.*?)\s*"
    r"(?:er|stemmer|passer)?\s*(?:rigtige|korrekte|ok|i orden|stemmer|passer|bekræftet|uændrede?)?\W*$",
    re.IGNORECASE,
)
_RIGHT = Pattern(r"\b(?:rigtige|korrekte|ok|i orden|stemmer|passer|bekræft(?:et|es)?|uændrede?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """New approvers for a product in one role."""

    product: str
    role: str
    persons: tuple[Person, ...]
    added: bool
    """Beside those who stand there, not in their place."""
    nobody: bool
    """That there is nobody any more."""


class ApproverKeeper:
    """Takes confirmations of many products at once, and changes, while the list's round is open."""

    def __init__(self, plan: Plan, guide: ApproverGuide, municipalities: Municipalities) -> None:
        self._reminders = {reminder.id: reminder for reminder in plan.reminder if reminder.round == KIND}
        self._guide = guide
        self._products = Products(guide.items)
        self._municipalities = municipalities

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for what can be said in a round, also to say that none is open; None for all other words."""
        rounds = [round_ for round_ in open_rounds(context) if round_.reminder in self._reminders]
        if not rounds:
            if not self._is_for_a_round(question.text):
                return None
            said = none_open(list(self._reminders.values()), context, question.now)
            return Claim(
                0.85,
                lambda: Answer("reminder", f"Listen kan rettes her, når dens runde er åben. {said}", answered=False),
            )
        round_ = rounds[-1]
        wanted = self._wanted(question.text)
        if wanted:
            return Claim(
                0.9, lambda: self._permitted(round_, question, context) or self._change(round_, wanted, question)
            )
        named = self._confirmed(question.text, round_)
        if named:
            return Claim(
                0.9, lambda: self._permitted(round_, question, context) or self._confirm(round_, *named, question)
            )
        return None

    def _is_for_a_round(self, text: str) -> bool:
        """Whether a text confirms or changes products of the list, rather than asks about them."""
        if text.rstrip().endswith("?") or not self._reminders:
            return False
        if self._wanted(text):
            return True
        match = _ALL.match(text)
        if not match or not _RIGHT.search(text):
            return False
        return not words(match["where"]) or self._municipalities.find(match["where"].strip()) is not None

    def _wanted(self, text: str) -> _Wanted | None:
        """The change that a text asks for."""
        match = _CHANGE.match(text)
        if not match:
            return None
        named = self._products.find(match["product"])
        if len(named) != 1 or len(named[0].names) != 1:
            return None
        how = (match["how"] or "").lower()
        persons = _persons(match["who"])
        if not persons and how not in ("ingen", "fjern", "ny", "skift", "tilføj", "sæt"):
            return None
        role = "internal" if match["role"].lower() == "intern" else "external"
        return _Wanted(named[0].names[0], role, persons, added=how == "tilføj", nobody=how in ("ingen", "fjern"))

    def _confirmed(self, text: str, round_: Round) -> tuple[str, list[str]] | None:
        """Whose products a text confirms, and which they are: all, or all of a municipality."""
        match = _ALL.match(text)
        if not match or not _RIGHT.search(text):
            return None
        where = match["where"].strip()
        rows = self._guide.rows(round_)
        if not words(where):
            return "alle", [row.product for row in rows]
        municipality = self._municipalities.find(where)
        if municipality is None:
            return None
        return municipality.name, [row.product for row in rows if any(map(municipality.employs, row.persons))]

    def _permitted(self, round_: Round, question: Question, context: Context) -> Answer | None:
        """A refusal for those it is not for."""
        reminder = self._reminders[round_.reminder]
        if may_answer(reminder, question.asker, context.people):
            return None
        people = join(list(map(escape, reminder.people)))
        return Answer("reminder", f"Det kan kun de, som {round_heading(round_)} er til, svare på: {people}.")

    def _confirm(self, round_: Round, whose: str, products: list[str], question: Question) -> Answer:
        if not products:
            return Answer("reminder", f"Ingen i listen er fra {escape(whose)}.", answered=False)
        new = [product for product in products if product not in round_.ticks]  # the first to confirm stands
        if not new:
            return self._kept(round_, round_, "De var bekræftet allerede.")
        return self._kept(round_, round_.with_ticks(new, _mark(question)), f"✅ {shortened(new)} er bekræftet.")

    def _change(self, round_: Round, wanted: _Wanted, question: Question) -> Answer:
        """Notes new approvers, which confirms the product too, and says what looks wrong with them."""
        if not wanted.persons and not wanted.nobody:
            example = f"{escape(wanted.product)}: ny {ROLES[wanted.role]} Fornavn Efternavn navn@kommune.dk"
            return Answer("reminder", f"Hvem? Skriv navn og mailadresse: »{example}«.", answered=False, asks=True)
        [row, *_] = [row for row in self._guide.rows(round_) if row.product == wanted.product]
        persons = (*(_standing(row, wanted.role) if wanted.added else ()), *wanted.persons)
        earlier = round_.ticks[row.product].changes if row.product in round_.ticks else {}
        changes = {**earlier, wanted.role: tuple((person.name, person.email) for person in persons)}
        tick = Tick(**_mark(question).model_dump(), round=round_.key, item=row.product, changes=changes)
        changed = round_.model_copy(update={"ticks": {**round_.ticks, row.product: tick}})
        names = join([escape(f"{person.name} {person.email}".strip()) for person in persons]) or "ingen"
        said = f"✅ {escape(wanted.product)}: {ROLES[wanted.role]} godkender bliver {names}."
        flaws = [escape(flaw.said) for flaw in self._guide.flaws(changed) if flaw.product == wanted.product]
        return self._kept(round_, changed, said + (f" Bemærk: {join(flaws)}." if flaws else ""))

    def _kept(self, before: Round, after: Round, said: str) -> Answer:
        reminder = self._reminders[after.reminder]
        left = [product for product in self._guide.items if product not in after.ticks]
        rest = (
            f" {len(left)} mangler: {shortened(left)}."
            if left
            else " Det var det sidste. Skriv »færdig«, så får du rettelserne."
        )
        revision = Revise(after.message, self._guide.text(reminder, after))
        return Answer("reminder", said + rest, effects=(*effects(before, after), revision))


def _persons(text: str) -> tuple[Person, ...]:
    """Names, each followed by a mail address."""
    found = []
    position = 0
    for match in _MAIL.finditer(text):
        name = re.sub(r"^(?:\W|og\b)+|\W+$", "", text[position : match.start()])
        found.append(Person(" ".join(name.split()), match.group()))
        position = match.end()
    return tuple(found)


def _standing(row: Row, role: str) -> Sequence[Person]:
    return row.internal.persons if role == "internal" else row.external.persons


def _mark(question: Question) -> Mark:
    return Mark(name=question.asker.name, person=question.asker.id, at=question.now)
