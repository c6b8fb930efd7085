"""Answers a free question with the passage of the handbook that answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock

from bot.contracts import Answer, Claim, Context, Delete, Direct, Finding, Help, Json, Question, Turn
from bot.permissions import may_change
from handlers.danish.asked import Asked, is_order, is_question
from handlers.handbook import confirmed, followups
from handlers.handbook.answer import INTENT, Reply
from handlers.handbook.catalogue import Catalogue
from handlers.handbook.followups import Wish
from handlers.handbook.model import Handbook, Section
from handlers.handbook.ranking import Ranking
from handlers.handbook.search import Found, Hit, find
from handlers.handbook.vocabulary import merged

FOLLOWS_UP, COMPLETED, KEYWORD, GOOD, NEAREST, NOTHING = 0.95, 0.6, 0.53, 0.5, 0.3, 0.15
"""Confidence of a claim: a wish about the answer before, a question completed from the one before, a very good match
for a word or two, a good match, a mere nearest place, and that there is nothing."""
_VERY_SURE = 0.75
_KEYWORDS = 2
COLD = 0.45
"""Confidence that a wish about an answer is one, where none was given."""
_NEIGHBOUR = 2.0
"""What a section gains, in points of the ranking, for standing on the page that answered the question before."""
_PARALLEL = 1.0
"""What a completed question gains for each sign that the new words stand where those they replace stood."""
_CLOSE = 3.5
"""How far behind the first section, in points of the ranking, another may be to be worth naming beside it."""
_PERHAPS = 0.4
"""The share of the sureness wanted from which the first section may be the answer, though it is not given as one."""
_SPOKEN_OF, _SUBJECT, _LIKELY = 0.4, 0.5, 0.04
"""What makes a section worth naming, however little it answers: how much of a question it speaks of, and (where the
model knows nothing of it) of the question's most telling words; or how likely it is meant."""


@dataclass(frozen=True)
class _Completion:
    """A question that a message may stand for, with what it finds; see `followups.completions`."""

    text: str
    alike: int
    fit: float
    """How well the first hit fits, in points of the ranking."""
    hits: list[Hit]
    english: bool

    @property
    def section(self) -> Section:
        return self.hits[0].section


class HandbookCapability:
    """Answers a free question with the passage of the handbook that answers it."""

    fields: Mapping[str, Json] = {}
    help: Help | None = Help(
        "Håndbogen",
        "spørg med dine egne ord, så får du det sted, der svarer, med link.",
        ("Hvor registrerer jeg min tid?", "Hvem kontakter jeg om økonomi?"),
    )

    def __init__(self, catalogue: Catalogue, data: Path) -> None:
        """`data` is the folder of embedded data."""
        self._catalogue = catalogue
        self._rankings = {taught: Ranking.read(data / "ranking.toml", taught) for taught in (True, False)}
        self._confirmed: int | None = None
        self._alone = Lock()  # the index changes in place, and questions come on several threads

    def update(self, handbook: Handbook) -> None:
        """Takes in the handbook as it is now; only pages that have changed are indexed again."""
        with self._alone:
            self._catalogue.update(handbook)

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for a question; None for what is no question to a handbook."""
        with self._alone:
            return self._claim(question, context)

    def _claim(self, question: Question, context: Context) -> Claim | None:
        self._take_in_confirmed(context)
        last = context.last if context.last and context.last.intent == INTENT else None
        if last is not None:
            wish = followups.wish(question.text, asked=last.memory.get("asked") is True)
            if wish is not None:
                return self._follow_up(wish, last, question, context)
            completed = self._completed(question, last)
            if completed is not None:
                return completed
        if context.last is None and (cold := followups.wish(question.text)) is not None and cold.kind != "wrong":
            return Claim(COLD, self._reply.nothing_before)
        return self._fresh(question)

    def check(self) -> list[Finding]:
        """How much there is to answer from, and what has fallen silent."""
        handbook = self._catalogue.handbook
        taught = self._catalogue.taught
        thesaurus = self._catalogue.danish.thesaurus
        return [
            Finding("info", f"Håndbogen: {len(handbook.pages)} sider, {len(handbook.sections)} afsnit."),
            Finding(
                "info",
                f"Afsnit, som kendte spørgsmål fører til: {len(taught)}. Tavse, fordi afsnittet er ændret eller ikke"
                f" findes: {len(taught.silent)}.",
            ),
            Finding(
                "info",
                f"Ordbogen over synonymer: {len(thesaurus.groups)} grupper;"
                f" {len(thesaurus.doubles())} gange deler to grupper mindst to ord.",
            ),
            *(
                Finding(
                    "info",
                    f"Synonymerne i {group.place} slår »{left}« og »{right}« sammen, som håndbogen skelner mellem.",
                )
                for group, left, right in merged(handbook, thesaurus)
            ),
        ]

    def _fresh(self, question: Question) -> Claim | None:
        text = question.text
        if not any(character.isalpha() for character in text) or is_order(text):
            return None
        found = find(text, self._catalogue, question.asker.id)
        hits = self._ranking.sorted(found)
        sureness = self._ranking.sureness(hits) if hits else 0.0
        if sureness < self._ranking.sure and (rewritten := self._rewritten(found)):
            return Claim(GOOD, lambda: self._reply.answered(text, self._close(rewritten), found.query.english))
        if sureness < self._ranking.sure:
            near = [hit for hit in self._close(hits) if _is_near(hit)] if hits else []
            if near:
                perhaps = sureness >= _PERHAPS * self._ranking.sure
                return Claim(NEAREST, lambda: self._reply.nearest(text, near, found.query.english, perhaps))
            return Claim(NOTHING, lambda: self._reply.nothing(text, hits)) if is_question(text) else None
        keyword = len(text.split()) <= _KEYWORDS and sureness >= _VERY_SURE
        answer = partial(self._reply.answered, text, self._close(hits), found.query.english)
        return Claim(KEYWORD if keyword else GOOD, answer)

    def _rewritten(self, found: Found) -> list[Hit]:
        """The hits in sections whose text is new or has changed, if the first of them answers going by its words alone.

        No known question leads there, so the section model cannot tell.
        """
        by_words = self._rankings[False]
        unheard = [hit for hit in found.hits if hit.signals["unheard"] and _says_something(hit)]
        hits = sorted(unheard, key=by_words.score, reverse=True)
        return hits if hits and by_words.sureness(hits) >= by_words.sure else []

    def _completed(self, question: Question, last: Turn) -> Claim | None:
        """The answer to a question that leaves out what the one before said ("og for et projekt?")."""
        places, at = self._places(last)
        before = places[at : at + 1]
        earlier = str(last.memory.get("question", ""))
        subject = f"{before[0].page_title} {before[0].heading}" if before else ""
        points_back = followups.points_back(question.text)
        near = _on_page if points_back else _beside
        own = find(question.text, self._catalogue) if points_back else None
        searched: list[tuple[str, Found]] = []
        sure: list[_Completion] = []
        for completion, alike in followups.completions(question.text, earlier, subject):
            found = find(completion, self._catalogue, question.asker.id)
            searched.append((completion, found))
            fits = {
                # a neighbour of the section that answered before is what such a question mostly means
                hit: self._ranking.score(hit) + _PARALLEL * alike + (_NEIGHBOUR if near(before, hit.section) else 0)
                for hit in found.hits
            }
            hits = sorted(fits, key=fits.__getitem__, reverse=True)
            if (
                hits
                and self._ranking.sureness(hits) >= self._ranking.sure
                and (own is None or _speaks_of(hits[0], own))
            ):
                sure.append(_Completion(completion, alike, fits[hits[0]], hits, found.query.english))
        if not sure:
            return self._pointing_nowhere(question, *searched[0]) if points_back else None
        section = max(sure, key=lambda one: one.fit).section
        # of those that lead there, the one whose new words stand best: the passage is chosen by its words
        chosen = max((one for one in sure if one.section is section), key=lambda one: (one.alike, one.fit))
        answer = partial(self._reply.answered, chosen.text, self._close(chosen.hits), chosen.english)
        return Claim(COMPLETED, lambda: _in_other_words(answer()))

    def _pointing_nowhere(self, question: Question, completion: str, found: Found) -> Claim | None:
        """For a question that points back to a subject of which the handbook does not say it: what comes nearest.

        Unless by itself it is a question that the handbook answers. `found`: what was found for its completion.
        """
        fresh = self._fresh(question)
        if fresh is not None and fresh.confidence >= GOOD:
            return fresh
        if not found.hits:
            return fresh
        hits = self._close(self._ranking.sorted(found))
        return Claim(NEAREST, lambda: self._reply.nearest(completion, hits, found.query.english, False))

    def _close(self, hits: Sequence[Hit]) -> list[Hit]:
        """The first of the sorted hits, and those that fit nearly as well."""
        enough = self._ranking.score(hits[0]) - _CLOSE
        return [hit for place, hit in enumerate(hits) if not place or self._ranking.score(hit) >= enough]

    def _follow_up(self, wish: Wish, last: Turn, question: Question, context: Context) -> Claim | None:
        places, at = self._places(last)
        if wish.kind == "wrong":
            return self._wrong(places, at, question, last, context)
        if wish.kind == "right":
            at = wish.number - 1 if wish.number else at
            return self._right(places, at, question, last, context) if at < len(places) else None
        if wish.kind == "pick":
            at = wish.number - 1
        elif wish.kind == "next" or (wish.kind == "more" and last.memory.get("whole") is True):
            at += 1
        part = last.memory.get("part", 0) if wish.kind == "more" and at == last.memory.get("at") else 0
        memory: Mapping[str, Json] = {**last.memory, "at": at, "part": part}
        if not 0 <= at < len(places):
            return Claim(FOLLOWS_UP, lambda: self._reply.no_more(last.memory)) if places else None
        section = places[at]
        if wish.kind == "where":
            return Claim(FOLLOWS_UP, lambda: self._reply.where(section, memory))
        ask = wish.kind == "pick" and last.memory.get("doubtful") is True and may_change(question.asker)
        return Claim(FOLLOWS_UP, lambda: self._reply.more(section, memory, ask))

    def _right(self, places: Sequence[Section], at: int, question: Question, last: Turn, context: Context) -> Claim:
        """Keeps that a place answers the question, where it is the asker's own, in their words, and not kept yet."""
        section, asker = places[at], question.asker
        asked = str(last.memory.get("question", ""))
        words_of_others = isinstance(question.place, Direct) and len(question.place.user_ids) > 1
        kept = None
        if not words_of_others and last.memory.get("completed") is not True:
            kept = confirmed.proposal(asked, section, self._catalogue.handbook, asker)
        before = context.records.all(confirmed.COLLECTION).get(kept.key) if kept else None
        if before and confirmed.leads_to(before.value, section):
            kept = None  # confirming again must not withdraw that it was accepted
        memory: Mapping[str, Json] = {**last.memory, "asked": False, "at": at, "part": 0, "whole": False}
        return Claim(FOLLOWS_UP, lambda: self._reply.confirmed(section, memory, kept, asker.administers_bot))

    def _wrong(self, places: Sequence[Section], at: int, question: Question, last: Turn, context: Context) -> Claim:
        """The places not refused yet; forgets that the asker had confirmed the one shown."""
        if not last.memory.get("question"):
            return Claim(FOLLOWS_UP, self._reply.nothing_before)
        key = confirmed.key(str(last.memory["question"]), question.asker)
        record = context.records.all(confirmed.COLLECTION).get(key)
        shown = places[at] if at < len(places) else None
        leads_here = record is not None and shown is not None and confirmed.leads_to(record.value, shown)
        refused = last.memory.get("refused")
        refused = [*refused, at] if isinstance(refused, list) else [at]
        memory: Mapping[str, Json] = {**last.memory, "asked": False, "doubtful": True, "refused": refused}
        forgotten = Delete(confirmed.COLLECTION, key) if leads_here else None
        return Claim(FOLLOWS_UP, lambda: self._reply.wrong(places, memory, forgotten))

    def _places(self, last: Turn) -> tuple[Sequence[Section], int]:
        """The places that an answer named, and which of them it showed."""
        keys, at = last.memory.get("places"), last.memory.get("at")
        found = [self._catalogue.handbook.section(str(key)) for key in keys] if isinstance(keys, list) else []
        places = [section for section in found if section is not None]
        return places, at if isinstance(at, int) and 0 <= at < len(places) else 0

    def _take_in_confirmed(self, context: Context) -> None:
        """Lets the questions that users have confirmed count as soon as they are kept."""
        records = context.records.all(confirmed.COLLECTION)
        state = hash(frozenset((key, record.at) for key, record in records.items()))
        if state != self._confirmed:
            self._catalogue.confirm(confirmed.listed(records))
            self._confirmed = state

    @property
    def _ranking(self) -> Ranking:
        return self._rankings[len(self._catalogue.taught) > 0]

    @property
    def _reply(self) -> Reply:
        return Reply(self._catalogue.handbook)


def _in_other_words(answer: Answer) -> Answer:
    """The answer to a question whose words are not the asker's own."""
    return replace(answer, memory={**answer.memory, "completed": True})


def _speaks_of(hit: Hit, own: Found) -> bool:
    """Whether a section holds what a question asks for, or speaks of its own words: the same subject is not enough."""
    if own.asked.exact:
        return hit.signals["held"] > 0
    if own.asked is Asked.PERSON:
        return hit.signals["person"] > 0
    return (
        own.asked is Asked.STEPS
        or not own.query.slots
        or any(slot.strength(hit.entry.stems) >= _SUBJECT for slot in own.query.slots)
    )


def _says_something(hit: Hit) -> bool:
    """Whether a section has a text of its own, and not only the remark that it is a draft."""
    return bool(hit.section.blocks) and not (hit.signals["short"] and hit.section.draft)


def _is_near(hit: Hit) -> bool:
    """Whether a section that may not answer is worth naming."""
    signals = hit.signals
    if signals["unheard"]:
        return signals["met"] >= _SPOKEN_OF and signals["subject"] >= _SUBJECT
    return signals["likely"] >= _LIKELY or signals["body"] >= _SPOKEN_OF


def _on_page(sections: Sequence[Section], other: Section) -> bool:
    """Whether a section is on the page of one of these."""
    return any(section.page == other.page for section in sections)


def _beside(sections: Sequence[Section], other: Section) -> bool:
    """Whether a section is another one on the page of one of these."""
    return any(section.page == other.page and section is not other for section in sections)
