"""What the bot says about tags, in Danish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.contracts import Answer, Choice, Json, Source
from bot.markup import escape, link, literal, quote, table
from handlers.tags.decisions import Decisions
from handlers.tags.knowledge import Tag, TimeRegistration
from handlers.tags.suggester import Candidate, Suggestion

INTENT = "tag"
_OFFERED = 4
_REPLY = "Svar med et tal eller med egne ord."
_LONGEST_WORD = 40
"""Signs of a user's word that are shown."""
_CLOSE = 0.15
"""A runner-up of at least this probability is mentioned."""


@dataclass(frozen=True)
class Answers:
    """Writes answers from suggestions."""

    knowledge: TimeRegistration
    decisions: Decisions

    def suggestion(self, found: Suggestion, opening: str = "") -> Answer:
        """Tag, standard task, project and the rule; or the question that decides."""
        if found.asks:
            return self._question(found)
        best, others = found.best, found.candidates[1:_OFFERED]
        close = next((other for other in others[:1] if other.share >= _CLOSE), None)
        name = escape(best.tag.name)
        lines = [opening or (f"**{name}**" if found.sure else f"Mit bedste bud er **{name}**.")]
        lines += self._where(found, best)
        if found.reason:
            lines.append(f"Svarer til håndbogens »{escape(found.reason.rstrip('. '))}«.")
        lines += self._not_idle(found)
        lines += [*_quoted(best.tag.rule), self._link(best.tag)]
        if close is not None:
            purpose = _lower(self.decisions.purpose(close.tag))
            lines.append(f"Næstbedst: **{escape(close.tag.name)}**, hvis det mest var: {escape(purpose)}.")
        lines += self._remarks(found)
        return Answer(
            INTENT,
            "\n".join(lines),
            choices=(Choice(f"Nej, {close.tag.name}", f"nej, det er {close.tag.name}"),) if close else (),
            sources=self._sources(best),
            data={"tag": self._data(found)},
            memory=self._memory(found, asked=False),
        )

    def settled(self, chosen: Suggestion, opening: str) -> Answer:
        """The answer when the user has decided for a tag (see `Suggestion.decided`)."""
        lines = [opening, *self._where(chosen, chosen.best), self._link(chosen.best.tag), *self._remarks(chosen)]
        return Answer(
            INTENT,
            "\n".join(lines),
            sources=self._sources(chosen.best),
            data={"tag": self._data(chosen)},
            memory={**self._memory(chosen, asked=False), "chosen": chosen.best.tag.name},
        )

    def refused(self, found: Suggestion, opening: str = "Hvad er det så?") -> Answer:
        """Asks which tag is right when the suggestion is not."""
        offered = found.candidates[1 : 1 + _OFFERED]
        return Answer(
            INTENT,
            "\n".join([opening, "", *self._options(offered), "", _REPLY]),
            answered=False,
            asks=True,
            choices=tuple(Choice(item.tag.name, item.tag.name) for item in offered),
            data={"tag": self._data(found)},
            memory={
                "text": found.description,
                "offered": [item.tag.name for item in offered],
                "asked": True,
                "refused": found.best.tag.name,
            },
        )

    def choice(self, chosen: Suggestion) -> Answer:
        """Why a tag is used that the user has decided for, and the handbook's rule for it."""
        tag = chosen.best.tag
        lines = [f"Fordi du selv valgte **{escape(tag.name)}**."]
        if tag.rule:
            lines += ["Håndbogens regel for det:", *_quoted(tag.rule)]
        if tag.not_used:
            lines.append(f"Bruges ikke når: {escape(_lower(tag.not_used))}")
        lines += [self._link(tag), "Har du fortrudt, så skriv »nej, det er …«."]
        return Answer(
            INTENT,
            "\n".join(lines),
            sources=self._sources(chosen.best),
            data={"tag": self._data(chosen)},
            memory={**self._memory(chosen, asked=False), "chosen": tag.name},
        )

    def explanation(self, found: Suggestion, words: Sequence[str]) -> Answer:
        """Which words spoke for the tag, and the handbook's rule."""
        best = found.best
        name = escape(best.tag.name)
        spoke = _listed([literal(word[:_LONGEST_WORD]) for word in words])
        lines = [f"Det er især {spoke}, der peger på **{name}**." if words else f"Samlet ligner det mest **{name}**."]
        lines += self._not_idle(found)
        lines += [line for line in (best.tag.used, best.tag.important) if line and line != best.tag.rule]
        if best.tag.rule:
            lines += ["Håndbogens regel:", *_quoted(best.tag.rule)]
        if best.task is not None and best.task.description:
            lines.append(f"Standardopgaven *{escape(best.task.name)}*: {escape(best.task.description)}")
        lines.append(self._link(best.tag))
        second = found.candidates[1]
        lines.append(f"Næst efter kommer {escape(second.tag.name)}. Er det forkert, så skriv »nej, det er …«.")
        return Answer(
            INTENT,
            "\n".join(lines),
            sources=self._sources(best),
            data={"tag": self._data(found)},
            memory=self._memory(found, asked=False),
        )

    def overview(self) -> Answer:
        """All tags with what each is for."""
        rows = [(escape(tag.name), escape(tag.purpose or tag.used)) for tag in self.knowledge.tags]
        where = self.knowledge.overview or self.knowledge.tags[0].source
        told = [
            f"Der er {len(rows)} tags:",
            table(("Tag", "Bruges til"), rows),
            link(f"Håndbogen: {where.heading}", where.url),
        ]
        return Answer(INTENT, "\n\n".join(told), sources=(where,))

    def meaning(self, tag: Tag) -> Answer:
        """A tag's rules and standard tasks."""
        parts = [f"**{escape(tag.name)}**"]
        if tag.purpose:
            parts[0] += f": {escape(tag.purpose)}"
        if tag.used:
            parts.append(f"**Bruges når:** {escape(tag.used)}")
        if tag.situations:
            parts.append("**Typisk:** " + escape(", ".join(map(_lower, tag.situations))))
        if tag.not_used:
            parts.append(f"**Bruges ikke når:** {escape(tag.not_used)}")
        if tag.important:
            parts.append(f"**Vigtigt:** {escape(tag.important)}")
        tasks = self.knowledge.tasks_of(tag.name)
        if tasks:
            parts.append("**Standardopgaver:** " + escape(", ".join(task.name for task in tasks)))
        parts.append(self._link(tag))
        return Answer(INTENT, "\n".join(parts), sources=(tag.source,))

    def difference(self, first: Tag, second: Tag) -> Answer:
        """What each of two tags is for, and the question that decides between them."""
        lines = [f"Spørg dig selv: {self.decisions.question(first, second)}"]
        for tag in (first, second):
            lines += ["", f"**{escape(tag.name)}**: {escape(self.decisions.purpose(tag))}", *_quoted(tag.rule)]
            lines.append(self._link(tag))
        return Answer(INTENT, "\n".join(lines), sources=(first.source, second.source))

    def allowed(self, tag: Tag, found: Suggestion) -> Answer:
        """Whether a tag may be used for something: by the rule, and by what the description looks like."""
        best = found.best.tag
        rules = [("Bruges når", tag.used), ("Bruges ikke når", tag.not_used), ("Vigtig regel", tag.important)]
        says = "\n".join(f"**{label}:** {rule}" for label, rule in rules if rule)
        if best.name == tag.name:
            verdict = f"Ja, **{escape(tag.name)}** passer til det."
        else:
            verdict = f"Nej, brug hellere **{escape(best.name)}** end {escape(tag.name)}."
        lines = [verdict, *_quoted(says), self._link(tag)]
        return Answer(
            INTENT,
            "\n".join(lines),
            sources=(tag.source, best.source) if best.name != tag.name else (tag.source,),
            data={"tag": self._data(found)},
            memory=self._memory(found, asked=False),
        )

    def statistics(self, counts: Mapping[str, tuple[int, int]]) -> Answer:
        """How often each tag was suggested and corrected."""
        if not counts:
            return Answer(INTENT, "Der er ikke spurgt om tags endnu.")
        ranked = sorted(counts.items(), key=lambda item: -item[1][0])
        rows = [(escape(tag), str(asked), str(corrected)) for tag, (asked, corrected) in ranked]
        return Answer(INTENT, "Det er der spurgt om:\n\n" + table(("Tag", "Foreslået", "Rettet"), rows))

    def _question(self, found: Suggestion) -> Answer:
        if found.unknown:
            said = literal(" ".join(found.description.split())[:_LONGEST_WORD])
            return what_work(f"{said} siger mig ikke noget, så et tag ville være et gæt.")
        if not found.named:
            return what_work(" ".join(self._not_idle(found)), found.description)
        offered = found.candidates[:_OFFERED]
        ask = self.decisions.question(offered[0].tag, offered[1].tag)
        if len(offered) > 2 and offered[2].share > offered[1].share / 2:
            ask = "Hvad handlede det mest om?"
        told = [f"Det kan være flere ting. {ask}", *self._not_idle(found)]
        told += self._sharing(found)
        text = "\n".join([*told, "", *self._options(offered), "", _REPLY])
        return Answer(
            INTENT,
            text,
            answered=False,
            asks=True,
            choices=tuple(Choice(item.tag.name, item.tag.name) for item in offered),
            data={"tag": self._data(found)},
            memory=self._memory(found, asked=True),
        )

    def _options(self, offered: Sequence[Candidate]) -> list[str]:
        return [
            f"{number}. {escape(self.decisions.purpose(item.tag))} → **{escape(item.tag.name)}**"
            for number, item in enumerate(offered, 1)
        ]

    def _not_idle(self, found: Suggestion) -> list[str]:
        """That a journey or break in which was worked is none."""
        if found.worked is None:
            return []
        rule = escape(_lower(found.worked.not_used.rstrip(". ")))
        return [f"**{escape(found.worked.name)}** bruges ikke, når {rule}."]

    def _where(self, found: Suggestion, candidate: Candidate) -> list[str]:
        parts = []
        if candidate.task is not None:
            parts.append(f"Standardopgave: {escape(candidate.task.name)}")
        if found.project:
            parts.append(f"Projekt: {escape(found.project)}")
        return [" · ".join(parts)] if parts else []

    def _sharing(self, found: Suggestion) -> list[str]:
        """That the time of several products is divided."""
        if len(found.products) < 2:
            return []
        named = _listed([escape(name) for name in found.products])
        return [f"Tiden skal deles mellem {named}: én registrering til hvert projekt."]

    def _remarks(self, found: Suggestion) -> list[str]:
        remarks = self._sharing(found)
        if found.activity is not None:
            remarks.append(f"Måske har det sit eget projekt i Leantime: {escape(_lower(found.activity.name))}.")
        other = self.knowledge.contradicting(found.best.tag) if not found.products else None
        if other is not None:
            page = link(other.source.heading, other.source.url)
            remarks.append(f"Håndbogen er ikke enig med sig selv om projektet: {page} siger {escape(other.name)}.")
        return remarks

    def _link(self, tag: Tag) -> str:
        return link(f"Håndbogen: {tag.source.heading}", tag.source.url)

    def _sources(self, candidate: Candidate) -> tuple[Source, ...]:
        task = (candidate.task.source,) if candidate.task is not None else ()
        return tuple(dict.fromkeys((candidate.tag.source, *task)))

    def _data(self, found: Suggestion) -> dict[str, Json]:
        best = found.best
        return {
            "name": best.tag.name,
            "alternatives": [item.tag.name for item in found.candidates[1:_OFFERED]],
            "task": best.task.name if best.task is not None else None,
            "project": found.project,
        }

    def _memory(self, found: Suggestion, *, asked: bool) -> dict[str, Json]:
        offered: list[Json] = [item.tag.name for item in found.candidates[:_OFFERED]]
        product = found.products[0] if found.products else None
        return {"text": found.description, "offered": offered, "asked": asked, "product": product}


def what_work(opening: str = "", about: str = "") -> Answer:
    """Asks what the work was; what is answered is added to what is known `about` it."""
    return Answer(
        INTENT,
        f"{opening} Hvad gik arbejdet ud på?".strip(),
        answered=False,
        asks=True,
        memory={"text": about, "offered": [], "asked": True},
    )


def _quoted(rule: str) -> list[str]:
    """A rule as a quotation; the blank line ends it."""
    return [quote(escape(rule)), ""] if rule else []


def _lower(text: str) -> str:
    """The text as a part of a sentence; an abbreviation at its beginning stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() and not text.startswith("OS2") else text


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " og " + parts[-1] if parts else ""
