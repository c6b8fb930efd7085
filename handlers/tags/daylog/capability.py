"""Turns a pasted day log into registrations, and takes corrections of single lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Question
from bot.pattern import Pattern
from handlers.tags.daylog import texts, times
from handlers.tags.daylog.changes import Changes
from handlers.tags.daylog.entries import Entry, entries, remembered
from handlers.tags.daylog.lines import Line, read
from handlers.tags.daylog.revision import Revision, revisions, wants_csv
from handlers.tags.suggester import Suggestion
from handlers.tags.time import TimeTags

_ASKED_FOR = Pattern(
    r"""^\W*(?:logge?|log|registr[eé]r|tag|skriv|lav|hjælp\ mig\ med\ at\ logge)\s+(?:min\ |mit\ |my\ |the\ )?
        (?:dag|daglog|dagen|timer|tid|day|time|timeseddel)\b
    |^\W*(?:dag-?log|dagslog|dagens\ log|timeseddel|log|day\ ?log)\W*$
    |^\W*(?:log|dags?log|dagens\ log)\s*:""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENED = Pattern(r"^\W*(?:i dag|today|min dag|my day|dagen i dag|i går|yesterday)\b\s*[:,–-]?", re.IGNORECASE)
_NOT_MINE = Pattern(r"\b(?:mind|husk) mig\b|påmind|\bremind|\bgodkend|\?\s*$", re.IGNORECASE)
_ALL_DAY = Pattern(r"^\W*(?:hele|halve?)\s+(?:dagen|dag|formiddagen|eftermiddagen)\s+\w", re.IGNORECASE)
_FEW_WORDS = 8
_VERSION = Pattern(r"^\W*\S+\s+v?\d+\.(?!(?:25|5|50|75)\W*$)\d+\W*$")
"""A name and a number that is no count of quarters: "MPL 2.0"."""
_SETTLES, _LATER = 0.95, 0.93
"""How surely a correction is for the log just shown, and for one shown before other questions."""


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
        log = read(text)
        timed = sum(line.is_timed for line in log.lines)
        answer = partial(self._log, question, context)
        if _NOT_MINE.search(text) and timed < 2:
            return None
        if _ASKED_FOR.match(text):
            return Claim(0.95, answer if log.lines and timed else texts.what_did_you_do)
        if timed >= 2:
            return Claim(0.9 if "\n" in text.strip() or _OPENED.match(text) else 0.85, answer)
        if log.lines and _is_single(text, log.lines):
            return Claim(0.6, answer)
        return None

    def _log(self, question: Question, context: Context) -> Answer:
        log = read(question.text)
        found = self._entries(question, context, log.lines)
        if len(found) == 1 and found[0].is_backwards:
            return texts.backwards(found[0])
        return texts.log(found, self._time.knowledge.splitting, totals=log.totals)

    def _entries(self, question: Question, context: Context, lines: Sequence[Line]) -> list[Entry]:
        return entries(lines, partial(self._suggest, question, context), self._time.decisions.is_rest)

    def _suggest(self, question: Question, context: Context, what: str, near: str) -> Suggestion:
        return self._time.suggest(question, context, what, near)

    def _follow_up(self, question: Question, context: Context) -> Claim | None:
        """What belongs to the conversation's latest log, even after other questions."""
        turn = next((turn for turn in reversed(context.turns) if turn.intent == texts.INTENT), None)
        if turn is None:
            return None
        latest = turn is context.last
        if latest and turn.memory.get("asked") is True and not question.text.rstrip().endswith("?"):
            return Claim(_SETTLES, partial(self._log, question, context))
        found = remembered(turn.memory.get("entries"))
        if not found:
            return None
        totals = _totals(turn.memory.get("totals"))
        sureness = _SETTLES if latest else _LATER
        if wants_csv(question.text):
            return Claim(sureness, lambda: texts.as_csv(found, totals))
        changes = revisions(question.text)
        if not changes or (not latest and not all(change.is_only_for_logs for change in changes)):
            return None
        return Claim(sureness, partial(self._revised, found, totals, changes, question, context))

    def _revised(
        self,
        found: Sequence[Entry],
        totals: Mapping[str, int],
        changes: Sequence[Revision],
        question: Question,
        context: Context,
    ) -> Answer:
        def added(text: str) -> list[Entry]:
            return self._entries(question, context, read(text).lines)

        carried = Changes(self._time, question.asker, partial(self._suggest, question, context), added)
        outcome = carried.carry_out(found, changes)
        opening = [*outcome.problems, *outcome.notes] if outcome.problems else ["Rettet.", *outcome.notes]
        if outcome.problems and outcome.done:
            opening.append("Resten er rettet.")
        if not outcome.entries:
            opening.append("Der er ingen linjer tilbage.")
        answer = texts.log(outcome.entries, self._time.knowledge.splitting, " ".join(opening), totals)
        return replace(answer, effects=tuple(outcome.effects))


def _is_single(text: str, lines: Sequence[Line]) -> bool:
    """Whether a message is a log of one line: a time at its beginning or end and a few words, or a whole day."""
    line = lines[0]
    if (len(lines) > 1 and not line.is_timed) or len(text.split()) < 2 or text.rstrip().endswith("?"):
        return False
    if _VERSION.match(text):
        return False
    if not line.is_timed:
        return _ALL_DAY.match(text) is not None
    if _OPENED.match(text) or line.begins is not None:
        return True
    return len(text.split()) <= _FEW_WORDS and line.what != line.text and _leads_or_ends(text)


def _leads_or_ends(text: str) -> bool:
    """Whether a text begins or ends with a duration."""
    spans = times.spans(text)
    return bool(spans) and (not text[: spans[0].start].strip(" -*•\t") or not text[spans[-1].end :].strip(" .!)"))


def _totals(memory: Json) -> dict[str, int]:
    return {name: value for name, value in memory.items() if isinstance(value, int)} if isinstance(memory, dict) else {}
