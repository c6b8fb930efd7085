"""Turns a pasted day log into registrations, and takes corrections of single lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.contracts import Answer, Claim, Context, Effect, Finding, Help, Json, Question
from bot.markup import escape
from handlers.handbook import How
from handlers.tags import corrections
from handlers.tags.daylog import texts, times
from handlers.tags.daylog.entries import Entry, corrected, entries, remembered
from handlers.tags.daylog.lines import parse
from handlers.tags.daylog.revision import Revision, revisions, wants_csv
from handlers.tags.naming import TagNames
from handlers.tags.suggester import Suggestion
from handlers.tags.time import TimeTags

_ASKED_FOR = re.compile(
    r"""^\W*(?:logge?|log|registr[eé]r|tag|skriv|lav|hjælp\ mig\ med\ at\ logge)\s+(?:min\ |mit\ |my\ |the\ )?
        (?:dag|daglog|dagen|timer|tid|day|time|timeseddel)\b
    |^\W*(?:dag-?log|dagslog|dagens\ log|timeseddel|log|day\ ?log)\W*$
    |^\W*(?:log|dags?log|dagens\ log)\s*:""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENED = re.compile(r"^\W*(?:i dag|today|min dag|my day|dagen i dag|i går|yesterday)\b\s*[:,–-]?", re.IGNORECASE)
_NOT_MINE = re.compile(r"\b(?:mind|husk) mig\b|påmind|\bremind|\bgodkend|\?\s*$", re.IGNORECASE)


class DayLogCapability:
    """Turns a pasted day log into registrations, and takes corrections of single lines."""

    fields: Mapping[str, Json] = {"entries": []}
    help: Help | None = Help(
        "Dagens log",
        "Sæt en hel dag ind, så får du timer i kvarter, projekt, opgave og tag på hver linje.",
        ("9-10.15 styregruppe OS2iot; 10.15-11 nyhedsbrev; frokost 30 min", "log min dag"),
    )

    def __init__(self, time_tags: TimeTags) -> None:
        self._time = time_tags

    def check(self) -> list[Finding]:
        """Nothing of its own: the tags are checked by their capability."""
        return []

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for several things with a time each, and for what follows on them."""
        if not self._time.knowledge.tags:
            return None
        return self._follow_up(question, context) or self._pasted(question, context)

    def _pasted(self, question: Question, context: Context) -> Claim | None:
        text = question.text
        lines = parse(text)
        timed = sum(line.minutes is not None for line in lines)
        answer = partial(self._log, question, context)
        if _NOT_MINE.search(text) and timed < 2:
            return None
        if _ASKED_FOR.match(text):
            return Claim(0.95, answer if timed else texts.what_did_you_do)
        if timed >= 2:
            return Claim(0.9 if "\n" in text.strip() or _OPENED.match(text) else 0.85, answer)
        if timed == 1 and (_OPENED.match(text) or lines[0].begins is not None) and len(text.split()) > 1:
            return Claim(0.6, answer)
        return None

    def _log(self, question: Question, context: Context) -> Answer:
        found = entries(parse(question.text), partial(self._suggest, question, context), self._time.decisions.is_rest)
        return texts.log(found, self._time.knowledge.splitting)

    def _suggest(self, question: Question, context: Context, what: str, near: str) -> Suggestion:
        return self._time.suggest(question, context, what, near)

    def _follow_up(self, question: Question, context: Context) -> Claim | None:
        last = context.last
        if last is None or last.intent != texts.INTENT:
            return None
        if last.memory.get("asked") is True and not question.text.rstrip().endswith("?"):
            return Claim(0.95, partial(self._log, question, context))
        found = remembered(last.memory.get("entries"))
        if not found:
            return None
        if wants_csv(question.text):
            return Claim(0.95, lambda: texts.as_csv(found))
        changes = revisions(question.text)
        if changes:
            return Claim(0.95, partial(self._revised, found, changes, question, context))
        return None

    def _revised(
        self, found: Sequence[Entry], changes: Sequence[Revision], question: Question, context: Context
    ) -> Answer:
        changed: list[Entry | None] = list(found)
        effects: list[Effect] = []
        problems = []
        for change in changes:
            entry = changed[change.number - 1] if 0 < change.number <= len(changed) else None
            if entry is None:
                problems.append(f"Der er ingen linje {change.number}.")
                continue
            if change.to is None:
                changed[change.number - 1] = None
                continue
            new = self._changed(entry, change.to)
            if new is None:
                problems.append(f"Jeg kender hverken et tag, et projekt eller en tid i »{escape(change.to)}«.")
                continue
            if new.tag != entry.tag:
                against = self._time.spoken_for(entry.what)
                effects.append(
                    corrections.proposal(
                        entry.what,
                        new.tag,
                        new.task or "",
                        entry.tag,
                        "" if against == new.tag else against,
                        question.asker,
                    )
                )
            changed[change.number - 1] = new
        kept = [entry for entry in changed if entry is not None]
        opening = " ".join(problems) if problems else "Rettet."
        return replace(texts.log(kept, self._time.knowledge.splitting, opening), effects=tuple(effects))

    def _changed(self, entry: Entry, to: str) -> Entry | None:
        """The entry with another tag, time or project; None when the words mean none of them."""
        knowledge = self._time.knowledge
        tag = TagNames(knowledge.tags).exactly(to)
        if tag is not None:
            return corrected(entry, tag, self._time.task_under(entry.what, tag))
        spans = times.spans(to)
        if spans and spans[0].minutes is not None:
            span = spans[0]
            return replace(entry, hours=times.quarters(span.minutes or 0), begins=span.begins, ends=span.ends)
        products = [mention.names[0] for mention in knowledge.products.find(to) if mention.how >= How.FUZZY]
        if products:
            return replace(entry, project=products[0], products=(products[0],))
        general = knowledge.general_project
        if general is not None and to.casefold().strip() in general.name.casefold():
            return replace(entry, project=general.name, products=())
        return None
