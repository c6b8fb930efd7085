"""Suggests the time tag for a task, explains it, and learns from corrections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Put, Question, Turn
from bot.markup import escape
from bot.pattern import Pattern
from handlers.handbook import Handbook
from handlers.tags import corrections
from handlers.tags.answers import INTENT, Answers, what_work
from handlers.tags.followups import Reply, reply
from handlers.tags.naming import TagNames
from handlers.tags.suggester import Suggestion
from handlers.tags.time import TimeTags
from handlers.tags.wishes import Kind, Wish, bare, thing_registered, told, wish

_TODOS = "leantime-todo"
"""Collection of the to-dos that are to be created in Leantime (see `bot.leantime`)."""
_CREATE = Pattern(
    r"^\W*(?:opret|create)(?: (?:den|det|en|to-?do(?:'?en)?|it|i leantime))*\W*((?!.*(?:påmind|remind)).*)$",
    re.IGNORECASE | re.DOTALL,
)
_SETTLES = 0.95
_TOLD, _THIN, _BARE = 0.55, 0.52, 0.35
_BARE_SHARE = 0.8
_OR_A_QUESTION = "Var det et spørgsmål til håndbogen, så stil det gerne i en hel sætning."


class TagCapability:
    """Suggests the time tag for a task, explains it, and learns from corrections."""

    fields: Mapping[str, Json] = {"tag": None}
    help: Help | None = Help(
        "Tags",
        "Skriv, hvad du har lavet, så foreslår jeg tag, standardopgave og projekt.",
        ("tag: skrev nyhedsbrev om OS2iot", "hvilket tag er et styregruppemøde?", "hvilke tags findes der?"),
    )

    def __init__(self, time_tags: TimeTags, *, todos: bool = False) -> None:
        """`todos`: whether somebody carries out the to-dos that it puts into the records."""
        self._time = time_tags
        self._todos = todos

    def update(self, handbook: Handbook) -> None:
        """Takes in the handbook as it is now."""
        self._time.update(handbook)

    def check(self) -> list[Finding]:
        """What the handbook says about tags, and where the data does not fit it."""
        return self._time.check()

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for a question about tags, or for a description of work."""
        return self._follow_up(question, context) or self._wished(question, context)

    def _wished(self, question: Question, context: Context) -> Claim | None:
        wished = wish(question.text)
        if wished is not None:
            if not self._time.knowledge.tags:
                return Claim(wished.sureness, _no_tags)
            return self._granted(wished, question, context)
        if not self._time.knowledge.tags:
            return None
        if told(question.text):
            return Claim(_TOLD, partial(self._suggest, question.text, question, context))
        if bare(question.text):
            found = self._time.suggest(question, context)
            if found.asks and len(question.text.split()) <= 2 and self._time.is_thin(question.text):
                return Claim(_THIN, partial(self._suggest, question.text, question, context))
            if found.best.share >= _BARE_SHARE and not found.asks:
                return Claim(_BARE, partial(self._suppose, question, context))
        return None

    def _granted(self, wished: Wish, question: Question, context: Context) -> Claim | None:
        answers, names = self._answers(), TagNames(self._time.knowledge.tags)
        match wished.kind:
            case Kind.LIST:
                return Claim(wished.sureness, answers.overview)
            case Kind.STATISTICS:
                return Claim(wished.sureness, lambda: answers.statistics(corrections.counts(context.records)))
            case Kind.DIFFERENCE:
                two = names.compared(wished.subject)
                tags = [tag for name in two or () if (tag := self._time.knowledge.tag(name)) is not None]
                return Claim(wished.sureness, partial(answers.difference, *tags)) if len(tags) == 2 else None
            case Kind.MEANING | Kind.MAY:
                tag = self._time.knowledge.tag(names.mentioned(wished.subject) or "")
                if tag is None:
                    return None
                if wished.kind is Kind.MEANING:
                    return Claim(wished.sureness, partial(answers.meaning, tag))
                if not names.stands_in(wished.subject, tag.name):  # "skal jeg registrere min frokostpause?"
                    text = thing_registered(wished.subject)
                    return Claim(wished.sureness, partial(self._suggest, text, question, context))
                found = self._time.suggest(question, context, names.without(wished.subject, tag.name))
                return Claim(wished.sureness, partial(answers.allowed, tag, found))
            case _:
                return Claim(wished.sureness, partial(self._suggest, wished.subject, question, context))

    def _suggest(self, text: str, question: Question, context: Context) -> Answer:
        if not text.strip():
            return _what_did_you_do()
        found = self._time.suggest(question, context, text)
        return self._counted(self._answers().suggestion(found), found, context)

    def _suppose(self, question: Question, context: Context) -> Answer:
        """The suggestion for a few words that may tell of work, or ask for what the handbook does not say."""
        answer = self._suggest(question.text, question, context)
        text = f"Hvis det er noget, du har lavet, foreslår jeg:\n{answer.text}\n\n{_OR_A_QUESTION}"
        return replace(answer, text=text, answered=False, asks=True, effects=())

    def _follow_up(self, question: Question, context: Context) -> Claim | None:
        last = context.last
        if last is None or last.intent != INTENT or not isinstance(last.memory.get("text"), str):
            return None
        asked = last.memory.get("asked") is True
        ordered = _CREATE.match(question.text)
        if ordered and not asked:
            title = ordered[1].strip() or str(last.memory["text"])
            return Claim(_SETTLES, partial(self._create, title, last.memory, question, context))
        said = reply(question.text, TagNames(self._time.knowledge.tags), _offered(last), asked=asked)
        if said is None or (not asked and said.free and wish(question.text) is not None):
            return None
        return Claim(said.sureness, partial(self._answered, said, last.memory, question, context))

    def _answered(self, said: Reply, memory: Mapping[str, Json], question: Question, context: Context) -> Answer:
        answers = self._answers()
        found = self._recalled(memory, question, context)
        if said.why:
            if isinstance(memory.get("chosen"), str):
                return answers.choice(found)
            return answers.explanation(found, self._time.telling_words(found.description))
        if said.refuses:
            asked = memory.get("asked") is True
            return what_work("Altså ingen af dem.", found.description) if asked else answers.refused(found)
        if said.tag is None:
            return self._told_more(said, found, question, context)
        if memory.get("asked") is True and "refused" not in memory:
            return answers.settled(found.decided(said.tag), f"Så er det **{escape(said.tag)}**.")
        return self._corrected(found, said.tag, question, context)

    def _recalled(self, memory: Mapping[str, Json], question: Question, context: Context) -> Suggestion:
        """The suggestion that the conversation is about, with what has been decided since."""
        found = self._time.suggest(question, context, str(memory["text"]))
        product, tag = memory.get("product"), memory.get("chosen")
        if isinstance(product, str) and product not in found.products:
            found = self._time.on(found, product)
        return found.decided(tag) if isinstance(tag, str) else found

    def _told_more(self, said: Reply, found: Suggestion, question: Question, context: Context) -> Answer:
        """The suggestion when something was said about the work: instead of the earlier description, or besides it."""
        answers = self._answers()
        product = self._time.only_product(said.text)
        if product is not None and found.description and not found.asks:
            return answers.suggestion(self._time.on(found, product))
        together = said.text if said.instead else f"{found.description}{', ' if said.adds else '. '}{said.text}"
        again = self._time.suggest(question, context, together.strip(" .,"))
        if said.instead and again.unknown and found.description:
            return answers.refused(found, f"Jeg kender intet tag eller arbejde, der hedder »{escape(said.text)}«.")
        answer = answers.suggestion(again if again.unknown or not again.named else replace(again, thin=0.0))
        if said.as_name:
            read = f"Der er intet tag, der hedder »{escape(said.text)}«, så jeg læser det som en beskrivelse."
            return replace(answer, text=f"{read}\n{answer.text}")
        return answer

    def _corrected(self, found: Suggestion, tag: str, question: Question, context: Context) -> Answer:
        right = found.decided(tag)
        chosen, before = right.best, found.best.tag.name
        against = self._time.spoken_for(found.description)
        against = "" if against == tag else against
        task = chosen.task.name if chosen.task is not None else ""
        kept = corrections.proposal(found.description, tag, task, before, against, question.asker)
        opening = f"Tak, så er det **{tag}**. {_what_happens(kept, against)}"
        answer = self._answers().settled(right, opening)
        return replace(answer, effects=(kept, corrections.counted(context.records, before, "corrected")))

    def _create(self, title: str, memory: Mapping[str, Json], question: Question, context: Context) -> Answer:
        """Orders a to-do for the last suggestion."""
        if not self._todos:
            return Answer(INTENT, "Jeg er ikke koblet til Leantime, så to-do'en må du selv oprette.", answered=False)
        found = self._recalled(memory, question, context)
        todo: Json = {"title": title, "project": found.project, "tag": found.best.tag.name}
        said = (
            f"Jeg opretter »{escape(title)}« i Leantime under {escape(found.project or '')}"
            f" med tagget **{escape(found.best.tag.name)}** og skriver til dig, når den er der."
        )
        order = Put(_TODOS, f"{question.asker.id}-{question.message_id}", todo, owner=question.asker.id)
        return Answer(INTENT, said, effects=(order,))

    def _counted(self, answer: Answer, found: Suggestion, context: Context) -> Answer:
        if answer.asks:
            return answer
        return replace(answer, effects=(corrections.counted(context.records, found.best.tag.name, "asked"),))

    def _answers(self) -> Answers:
        return Answers(self._time.knowledge, self._time.decisions)


def _offered(turn: Turn) -> list[str]:
    offered = turn.memory.get("offered")
    return [str(name) for name in offered] if isinstance(offered, list) else []


def _what_happens(kept: Put, against: str) -> str:
    if against:
        return f"Håndbogens egne ord peger på {against}, så rettelsen bliver set efter, før den gælder for alle."
    if isinstance(kept.value, dict) and kept.value.get("accepted"):
        return "Det gælder for alle fra nu af."
    return "Jeg husker det for dig; for alle andre gælder det, når det er set efter."


def _no_tags() -> Answer:
    return Answer(INTENT, "Håndbogen har ingen liste over tags til tidsregistrering.", answered=False)


def _what_did_you_do() -> Answer:
    text = "Hvad har du lavet? Skriv det efter »tag:«, for eksempel »tag: skrev nyhedsbrev om OS2iot«."
    return replace(what_work(), text=text)
