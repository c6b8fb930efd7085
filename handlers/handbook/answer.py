"""Words an answer: the passage, where it stands, and what else there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bot import markup
from bot.contracts import Answer, Effect, Json, Put, Source
from bot.pattern import Pattern
from handlers.danish import fold
from handlers.danish.asked import asks_for_all
from handlers.danish.calendar import MONTHS
from handlers.handbook import passage
from handlers.handbook.model import Handbook, Section
from handlers.handbook.passage import PASSAGE_LIMIT, Passage
from handlers.handbook.search import Hit

INTENT = "handbook"
NOT_THERE = "Det står der ikke noget om i håndbogen, så vidt jeg kan se. Det nærmeste er:"
PERHAPS = "Det har jeg ikke et sikkert svar på. Måske er det et af de her steder:"
NO_ANSWER = "Det har håndbogen ikke noget svar på."
NOT_OURS = "Det handler håndbogen ikke om."
_OURS = Pattern(r"\b(?:vi|os|vores|we|us|our|os2\w*|sekretariat\w*|foreningen\w*|kontoret\w*)\b")
"""Words by which a question is about the house rather than the world at large."""
_TOUCHED = 0.15
"""The share of a question that a section's own text must speak of for the question to be about the house."""
LIMIT = 1800
"""Characters of a whole answer, addresses included; more is too much for a chat."""
OTHERS = 2
"""Places named besides the one answered from."""


@dataclass(frozen=True)
class Reply:
    """Words answers from one handbook."""

    handbook: Handbook

    def answered(self, question: str, hits: Sequence[Hit], english: bool) -> Answer:
        """The passage of the first hit that answers, and the other hits as places to look."""
        half = PASSAGE_LIMIT // 2
        ways = ((PASSAGE_LIMIT, OTHERS, True), (PASSAGE_LIMIT, OTHERS, False), (half, OTHERS, False), (half, 0, False))
        for limit, others, hints in ways:
            answer = self._answered(question, hits[: 1 + others], english, limit, hints)
            if len(answer.text) <= LIMIT:
                break
        return answer

    def _answered(self, question: str, hits: Sequence[Hit], english: bool, limit: int, hints: bool) -> Answer:
        shown = self.passage(hits[0], limit, asks_for_all(question))
        parts = ["The handbook is in Danish. It says:"] if english else []
        parts += [shown.text, self.origin(hits[0].section, shown)]
        others = [self._hint(hit) if hints else self.place(hit.section) for hit in hits[1:]]
        if others:
            parts.append("**Se også**\n" + "\n".join(f"{number}. {place}" for number, place in enumerate(others, 2)))
        return self._answer(parts, question, hits, shown.whole)

    def nearest(self, question: str, hits: Sequence[Hit], english: bool, perhaps: bool) -> Answer:
        """That the handbook does not say, with the nearest places as just that and a way to ask for it there.

        `perhaps`: the first of them may well be the answer after all.
        """
        lead = PERHAPS if perhaps else NOT_THERE
        if english:
            lead = "I cannot find that for sure in the handbook. The nearest it has is:"
        places = "\n".join(f"{number}. {self._hint(hit)}" for number, hit in enumerate(hits[: 1 + OTHERS], 1))
        parts = [f"{lead}\n{places}", *self._issue(question)]
        return self._answer(parts, question, hits[: 1 + OTHERS], whole=False, answered=False)

    def nothing(self, question: str, hits: Sequence[Hit]) -> Answer:
        """That the handbook has nothing on it; with a way to ask for it where the question is about the house."""
        if not _OURS.search(fold(question)) and not any(hit.signals["body"] >= _TOUCHED for hit in hits):
            return Answer(INTENT, NOT_OURS, answered=False)
        memory: dict[str, Json] = {"question": question, "places": []}
        return Answer(INTENT, " ".join([NO_ANSWER, *self._issue(question)]), answered=False, memory=memory)

    def more(self, section: Section, memory: Mapping[str, Json], ask: bool = False) -> Answer:
        """A section from its beginning, for somebody who wants more of it; a long one in several answers.

        `memory` is what the conversation is about; its "part" is how many of the section's chunks have been shown.
        `ask`: whether this was the right place.
        """
        below = self._below(section)
        texts = passage.chunks(section, below)
        part = memory.get("part")
        part = part if isinstance(part, int) and 0 <= part < len(texts) else 0
        last = part + 1 == len(texts)
        text = f"{texts[part]}\n\n{self.origin(section, Passage(texts[part], whole=last))}"
        if ask:
            text += "\n*Var det svaret? Skriv “ja”, så finder jeg det med det samme en anden gang.*"
        memory = {**memory, "part": part + 1, "whole": last, "asked": ask}
        return Answer(INTENT, text, sources=(self.source(section),), memory=memory)

    def where(self, section: Section, memory: Mapping[str, Json]) -> Answer:
        """Where the passage shown before stands."""
        changed = self._changed(section)
        text = f"Det står i {self.place(section)}{f', som sidst blev ændret {changed}' if changed else ''}."
        return Answer(INTENT, text, sources=(self.source(section),), memory=memory)

    def confirmed(self, section: Section, memory: Mapping[str, Json], kept: Put | None, everybody: bool) -> Answer:
        """Thanks for the word that a section answers, and what becomes of it."""
        if kept is None:
            said = f"Tak, godt at vide, at det var {self.place(section)}."
        elif everybody:
            said = f"Tak! Fra nu af fører det spørgsmål til {self.place(section)}, uanset hvem der spørger."
        else:
            said = (
                f"Tak! Næste gang du spørger om det, svarer jeg fra {self.place(section)}."
                " For andre gælder det, når nogen har gennemgået det."
            )
        return Answer(INTENT, said, memory=memory, effects=() if kept is None else (kept,))

    def wrong(self, places: Sequence[Section], memory: Mapping[str, Json], forgotten: Effect | None) -> Answer:
        """Regret that the place shown does not answer, with those that nobody has refused yet."""
        refused = memory.get("refused")
        refused = refused if isinstance(refused, list) else []
        others = [f"{at + 1}. {self.place(section)}" for at, section in enumerate(places) if at not in refused]
        lead = "Det var ærgerligt."
        if forgotten is not None:
            lead += " Jeg har glemt, at det var svaret."
        lead += " Måske er det her, du leder efter:" if others else ""
        further = ["Prøv også med andre ord.", *self._issue(str(memory["question"]))]
        parts = ["\n".join([lead, *others]), " ".join(further)]
        effects = () if forgotten is None else (forgotten,)
        return Answer(INTENT, "\n\n".join(parts), answered=False, memory=memory, effects=effects)

    def nothing_before(self) -> Answer:
        """That a wish about an answer has none to be about."""
        text = "Jeg ved ikke, hvad du tænker på: vi har ikke talt om noget fra håndbogen endnu. Spørg mig om noget."
        return Answer(INTENT, text, answered=False)

    def no_more(self, memory: Mapping[str, Json]) -> Answer:
        """That there is nothing more to show."""
        text = "Der står ikke mere om det i håndbogen, så vidt jeg kan se. Prøv at spørge med andre ord."
        return Answer(INTENT, text, answered=False, memory=memory)

    def passage(self, hit: Hit, limit: int, all_wanted: bool = False) -> Passage:
        """What is shown of a hit; a section that leaves it to those below it shows them, or what they are called."""
        below = self._below(hit.section)
        if passage.is_outline(hit.section, below):
            return passage.outline(hit.section, below, limit)
        fits = [(unit, fit) for (unit, _), fit in zip(hit.entry.lines, hit.lines, strict=True)]
        return passage.choose(hit.section, fits, limit, hit.holding, all_wanted)

    def origin(self, section: Section, shown: Passage) -> str:
        """Where a passage stands, how fresh it is, whether there is more of it, and whether it is a draft."""
        changed = self._changed(section)
        text = f"📖 {self.place(section)}"
        text += f" · ændret {changed}" if changed else ""
        text += "" if shown.whole else " · *skriv “vis mere” for resten*"
        return text + (
            "\n*Bemærk: det er markeret som kladde eller ikke færdigt.*" if self._draft(section, shown) else ""
        )

    def _draft(self, section: Section, shown: Passage) -> bool:
        """Whether a passage is marked as unfinished: its page, its heading, or something in it."""
        page = self.handbook.page(section.page)
        marked = section.draft
        return marked is not None and (
            (page is not None and page.draft is not None) or marked in section.heading + shown.text
        )

    def place(self, section: Section) -> str:
        """Page and section as a link."""
        names = [section.page_title]
        if section.heading and section.heading.casefold() != section.page_title.casefold():
            names.append(section.heading)
        return markup.link(" › ".join(names), section.url)

    def source(self, section: Section) -> Source:
        return Source(section.page, section.heading, section.anchor, section.url)

    def _changed(self, section: Section) -> str:
        day = self.handbook.changed.get(section.page)
        return f"{day.day}. {MONTHS[day.month - 1]} {day.year}" if day else ""

    def _below(self, section: Section) -> Sequence[Section]:
        page = self.handbook.page(section.page)
        return page.below(section) if page else ()

    def _hint(self, hit: Hit) -> str:
        """A place as a link, with the line there that fits best."""
        text = self.place(hit.section)
        if hit.section.blocks:
            text += f" – {markup.escape(passage.snippet(hit.entry.lines[hit.best_line][0].plain))}"
        return text

    def _issue(self, question: str) -> list[str]:
        """A link that opens a new issue in the handbook's repository (GitHub's form), with the question filled in."""
        if not self.handbook.repository.startswith("https://"):
            return []
        asked = " ".join(markup.clean(question).split())
        title = f"Håndbogen mangler svar på: {asked[:120]}"
        body = f"Spørgsmål til Håndbogsbot:\n\n> {asked[:1000]}\n\nBotten fandt ikke noget svar i håndbogen."
        url = f"{self.handbook.repository}/issues/new?{urlencode({'title': title, 'body': body}, quote_via=quote)}"
        return [f"Mangler det? {markup.link('Foreslå det til håndbogen', url)}."]

    def _answer(
        self, parts: Sequence[str], question: str, hits: Sequence[Hit], whole: bool, answered: bool = True
    ) -> Answer:
        places: list[Json] = [hit.section.key for hit in hits]
        memory: dict[str, Json] = {
            "question": question,
            "places": places,
            "at": 0,
            "whole": whole,
            "doubtful": not answered,
        }
        sources = tuple(self.source(hit.section) for hit in hits)
        return Answer(INTENT, "\n\n".join(parts), answered, sources=sources, memory=memory)
