"""Says what is coming, and keeps rounds and own reminders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.contracts import Claim, Context, Finding, Help, Json, Question
from handlers.approvers import Municipalities
from handlers.handbook import Handbook, Products
from handlers.reminders.agenda import Agenda
from handlers.reminders.approver_keeping import ApproverKeeper
from handlers.reminders.keeping import RoundKeeper
from handlers.reminders.kinds import Guides
from handlers.reminders.own_keeping import OwnKeeper
from handlers.reminders.plan import Plan

_LONGEST = 2000
"""Characters of a message that may be about reminders."""


class ReminderCapability:
    """Says what is coming, and keeps rounds and own reminders."""

    fields: Mapping[str, Json] = {"reminders": []}
    help: Help | None = Help(
        "Påmindelser",
        "Jeg husker sekretariatets faste runder, og jeg minder dig om dine egne ting.",
        (
            "Hvad skal jeg huske i denne måned?",
            "Hvornår er næste budgetopfølgning?",
            "Mind mig om at sende referat på fredag kl. 10",
            "Hvad mangler?",
            "Årshjul",
        ),
    )

    def __init__(self, plan: Plan, handbook: Handbook, guides: Guides, municipalities: Municipalities) -> None:
        self._plan = plan
        self._handbook = handbook
        names = (*Products.of(handbook).names, *guides.items)  # the association is followed up too, and is no product
        self._parts = (
            OwnKeeper(plan),
            RoundKeeper(plan, guides, Products(names)),
            ApproverKeeper(plan, guides.approvers, municipalities),
            Agenda(plan, handbook),
        )

    def claim(self, question: Question, context: Context) -> Claim | None:
        """The surest claim of its parts; long texts are nothing for it."""
        text = " ".join(question.text.split())
        if len(text) > _LONGEST:
            return None
        question = replace(question, text=text)
        claims = [claim for part in self._parts if (claim := part.claim(question, context))]
        return max(claims, key=lambda claim: claim.confidence, default=None)

    def check(self) -> list[Finding]:
        """How many reminders the plan has, and the handbook sections that it names in vain."""
        missing = [
            Finding("warning", f"Påmindelsen »{reminder.id}« henviser til {reminder.section}, som ikke er i håndbogen.")
            for reminder in self._plan.reminder
            if reminder.section and self._handbook.section(reminder.section) is None
        ]
        return [Finding("info", f"{len(self._plan.reminder)} påmindelser i planen"), *missing]
