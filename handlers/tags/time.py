"""The knowledge about time registration that tags and day logs share: the handbook, the model and the corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bot.contracts import Context, Finding, Question
from handlers.danish import FUNCTION_STEMS, Danish, stem, words
from handlers.danish.classifier import Classifier, number
from handlers.handbook import Handbook
from handlers.tags import corrections
from handlers.tags.concepts import Concepts
from handlers.tags.decisions import Decisions
from handlers.tags.description import undress
from handlers.tags.examples import Thin, read_thin
from handlers.tags.features import Features
from handlers.tags.knowledge import TimeRegistration
from handlers.tags.projects import Names, existing, meant
from handlers.tags.suggester import Suggester, Suggestion

_MEMORIES = 32
"""So many askers' corrections are kept ready."""
_TELLING = 3
"""At most so many words are named as those that spoke for a tag."""


@dataclass(frozen=True)
class TagModel:
    """What has been learnt about tags, whatever the handbook says."""

    classifier: Classifier
    features: Features
    decisions: Decisions
    thin: Sequence[Thin]

    @classmethod
    def read(cls, data: Path, danish: Danish) -> TagModel:
        """That of the folder of embedded data. Raises ModelError when a model is damaged."""
        return cls(
            Classifier.read(data / "tags" / "model.npz"),
            Features(danish, Concepts.read(data / "concepts")),
            Decisions.read(data / "tags" / "decisions.toml"),
            read_thin(data / "tags" / "thin.txt"),
        )


class TimeTags:
    """Suggests tags by the handbook as it is now and by what has been corrected."""

    def __init__(self, handbook: Handbook, model: TagModel, names: Names = tuple) -> None:
        """`names` gives the projects that exist where time is registered."""
        self._model = model
        self._names = names
        self.update(handbook)

    def update(self, handbook: Handbook) -> None:
        """Takes in the handbook as it is now."""
        self.knowledge = TimeRegistration.of(handbook)
        model, decisions = self._model, self.decisions
        self._suggester = Suggester(
            self.knowledge, model.classifier, model.features, model.thin, decisions.personal, decisions.rest
        )
        self._memory = lru_cache(maxsize=_MEMORIES)(self._suggester.remember)

    @property
    def decisions(self) -> Decisions:
        """What has been decided about tags where the handbook leaves it open."""
        return self._model.decisions

    def suggest(self, question: Question, context: Context, text: str | None = None, near: str = "") -> Suggestion:
        """The suggestion for a text (the question's own by default) as the asker should see it."""
        counting = tuple(corrections.counting(context.records, question.asker))
        corrected = self._memory(counting) if counting else None
        return self._placed(self._suggester.suggest(question.text if text is None else text, corrected, near))

    def _placed(self, found: Suggestion) -> Suggestion:
        """The suggestion with its project by the name that it has where time is registered."""
        names = self._names()
        if not names or found.project is None:
            return found
        other = None if found.products else meant(found.description, names)
        return replace(found, project=other or existing(found.project, names))

    def only_product(self, text: str) -> str | None:
        """The product, when a text says nothing else ("for OS2iot")."""
        return self._suggester.only_product(text)

    def on(self, found: Suggestion, product: str) -> Suggestion:
        """The same work done for a product."""
        return self._placed(replace(found, project=product, products=(product,), activity=None))

    def is_thin(self, text: str) -> bool:
        """Whether a text is one of those that are known to say too little."""
        return self._suggester.is_thin(text)

    def knows(self, said: Sequence[str]) -> bool:
        """Whether a tag could be known by one of these words: it has been learnt."""
        return any(number(f"stem {stem(word)}") in self._model.classifier.vocabulary for word in said)

    def telling_words(self, text: str) -> Sequence[str]:
        """The words that speak most for the tag: without them it would be less likely."""
        best = self._suggester.suggest(text).best
        said = undress(text).split()
        loss = {
            position: best.share
            - self._suggester.share(" ".join(said[:position] + said[position + 1 :]), best.tag.name)
            for position, word in enumerate(said[:60])
            if any(stem(part) not in FUNCTION_STEMS for part in words(word))
        }
        chosen = sorted(loss, key=lambda position: -loss[position])[:_TELLING]
        return [said[position].strip('.,;:!?()"»«') for position in sorted(chosen) if loss[position] > 0]

    def task_under(self, text: str, tag: str) -> str | None:
        """The standard task that fits a description best under a tag."""
        found = next((item for item in self._suggester.suggest(text).candidates if item.tag.name == tag), None)
        return found.task.name if found is not None and found.task is not None else None

    def spoken_for(self, text: str) -> str:
        """The tag that the handbook names in almost these words; empty when there is none."""
        return self._suggester.spoken_for(text)

    def check(self) -> list[Finding]:
        """What the handbook says about tags, and where the data does not fit it."""
        knowledge, fit = self.knowledge, self._suggester.fit
        if not knowledge.tags:
            return [Finding("warning", "Håndbogen har ingen liste over tags til tidsregistrering.")]
        found = [
            Finding(
                "info",
                f"{len(knowledge.tags)} tags, {len(knowledge.tasks)} standardopgaver,"
                f" {len(knowledge.products.names)} produkter til tidsregistrering.",
            )
        ]
        if not knowledge.tasks:
            found.append(Finding("warning", "Håndbogen har ingen standardopgaver til tidsregistrering."))
        found += [Finding("warning", f"Tagget {old} hedder {new} i håndbogen nu.") for old, new in fit.renamed.items()]
        found += [
            Finding("warning", f"Tagget {name} findes ikke i håndbogen; eksemplerne til det bruges ikke.")
            for name in fit.gone
        ]
        found += [
            Finding("warning", f"Tagget {name} er nyt; det foreslås ud fra håndbogens regler alene.")
            for name in fit.untaught
        ]
        found += [Finding("info", f"Standardopgaven {name} er flyttet til et andet tag.") for name in fit.moved]
        return found
