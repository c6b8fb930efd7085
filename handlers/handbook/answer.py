"""Words an answer: the passage, where it stands, and what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot import markup
from bot.contracts import Answer, Json, Source
from handlers.danish.calendar import long_date
from handlers.handbook import passage
from handlers.handbook.model import Handbook, Section
from handlers.handbook.passage import Passage
from handlers.handbook.search import Hit

INTENT = "handbook"
OTHERS = 2
"""Places named besides the one answered from."""


@dataclass(frozen=True)
class Reply:
    """Words answers from one handbook."""

    handbook: Handbook

    def answered(self, question: str, hits: Sequence[Hit], english: bool) -> Answer:
        """The passage of the first hit that answers, and the other hits as places to look."""
        first, others = hits[0], list(hits[1 : 1 + OTHERS])
        shown = self.passage(first)
        parts = ["The handbook (in Danish) says:"] if english else []
        parts += [shown.text, self.origin(first.section)]
        if not shown.whole:
            parts[-1] += " · *skriv “vis mere” for resten*"
        parts += self._also(others)
        return self._answer(parts, question, [first, *others], shown.whole)

    def nearest(self, question: str, hits: Sequence[Hit], english: bool) -> Answer:
        """That the handbook does not say, with the nearest places as just that and a way to ask for it there."""
        lead = (
            "I cannot find that in the handbook. The nearest I have is:"
            if english
            else "Det står der ikke noget om i håndbogen, så vidt jeg kan se. Det nærmeste er:"
        )
        places = "\n".join(f"* {self._place(hit)}" for hit in hits[: 1 + OTHERS])
        parts = [f"{lead}\n{places}", *self._issue(question)]
        return self._answer(parts, question, list(hits[: 1 + OTHERS]), whole=True, answered=False)

    def passage(self, hit: Hit) -> Passage:
        """What is shown of a hit; a section that only holds others shows what they are called."""
        if not hit.section.blocks:
            return Passage(self._outline(hit.section), whole=True)
        fits = [(unit, fit) for (unit, _), fit in zip(hit.entry.lines, hit.lines, strict=True)]
        return passage.choose(hit.section, fits)

    def origin(self, section: Section) -> str:
        """Where a passage stands, and how fresh it is."""
        text = f"📖 {self.place(section)}"
        changed = self.handbook.changed.get(section.page)
        if changed:
            text += f" · ændret {long_date(changed)}"
        if section.draft:
            text += "\n*Bemærk: afsnittet er markeret som kladde eller ikke færdigt.*"
        return text

    def place(self, section: Section) -> str:
        """Page and section as a link."""
        names = [section.page_title]
        if section.heading and section.heading.casefold() != section.page_title.casefold():
            names.append(section.heading)
        return markup.link(" › ".join(names), section.url)

    def source(self, section: Section) -> Source:
        return Source(section.page, section.heading, section.anchor, section.url)

    def _outline(self, section: Section) -> str:
        """The headings below a section, each with a link; one level, or two where that is short."""
        below = self.below(section)
        deepest = min((child.level for child in below), default=0)
        if len(below) <= 14:
            deepest += 1
        lines = [
            f"{'  ' * (child.level - section.level - 1)}* {markup.link(child.heading, child.url)}"
            for child in below
            if child.level <= deepest
        ]
        return "\n".join([f"**{markup.escape(section.heading)}** har disse afsnit:", *lines])

    def below(self, section: Section) -> list[Section]:
        """The sections that stand under another on the same page."""
        page = self.handbook.page(section.page)
        found: list[Section] = []
        if page is not None:
            for other in page.sections[page.sections.index(section) + 1 :]:
                if other.level <= section.level:
                    break
                found.append(other)
        return found

    def _also(self, hits: Sequence[Hit]) -> list[str]:
        if not hits:
            return []
        return ["**Se også**\n" + "\n".join(f"{number}. {self._place(hit)}" for number, hit in enumerate(hits, 2))]

    def _place(self, hit: Hit) -> str:
        """A place as a link, with the line there that fits best."""
        text = self.place(hit.section)
        if hit.entry.lines:
            text += f" – {markup.escape(passage.snippet(hit.entry.lines[hit.best_line][0].plain))}"
        return text

    def _issue(self, question: str) -> list[str]:
        """A link that opens a new issue in the handbook's repository, with the question filled in."""
        if not self.handbook.repository.startswith("https://"):
            return []
        asked = " ".join(markup.clean(question).split())
        title = f"Håndbogen mangler svar på: {asked[:120]}"
        body = f"Spørgsmål til Håndbogsbot:\n\n> {asked[:1000]}\n\nDet fandt botten ikke noget svar på i håndbogen."
        url = f"{self.handbook.repository}/issues/new?{urlencode({'title': title, 'body': body})}"
        return [f"Mangler det? {markup.link('Foreslå det til håndbogen', url)}"]

    def _answer(
        self, parts: Sequence[str], question: str, hits: Sequence[Hit], whole: bool, answered: bool = True
    ) -> Answer:
        places: list[Json] = [hit.section.key for hit in hits]
        memory: dict[str, Json] = {"question": question, "places": places, "at": 0, "whole": whole}
        sources = tuple(self.source(hit.section) for hit in hits)
        return Answer(INTENT, "\n\n".join(parts), answered, sources=sources, memory=memory)
