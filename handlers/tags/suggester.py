"""Suggests tag, standard task and project for a description of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from handlers.danish import FUNCTION_STEMS, stems, words
from handlers.danish.classifier import Classifier, Floats, number, probabilities
from handlers.handbook import How
from handlers.tags.classes import THIN, Fit, fit, task_named
from handlers.tags.description import plain, undress
from handlers.tags.examples import Thin
from handlers.tags.features import PRODUCT, Features
from handlers.tags.knowledge import Project, Tag, Task, TimeRegistration, key
from handlers.tags.meanwhile import work_meanwhile
from handlers.tags.memory import Memory, Trace, nearest
from handlers.tags.thinness import lack
from handlers.tags.unclear import hours_only, means_something

SURE = 0.75
"""A suggestion of at least this probability is called sure; see the calibration in the README."""
_UNTAUGHT_START, _UNTAUGHT_GAIN = -2.0, 5.0
_RULE_GAIN, _RULE_FROM = 1.0, 0.35
_CORRECTION_GAIN, _CORRECTION_FROM = 6.0, 0.5
_CORRECTIONS = 2_000
"""The features of so many corrected descriptions are kept: most of them count for every asker."""
_ALMOST_THE_SAME = 0.8
_NAMED_BY_THE_HANDBOOK = 0.65
"""So alike to one of the handbook's own lines a description is not thin, however short."""
_TELLS = 0.12
"""From this likeness on, a line of the handbook tells why a tag fits."""
_THIN_GAIN, _THIN_STEP = 2.0, 0.3
_POINTS = 0.4
"""From this on, a description's own part of a score (what it has more than no words have) speaks for a tag."""
_SUPPORTS = 0.0
"""From this score on (the classifier's own yes), a description supports a standard task of a less likely tag."""
_OFFERED = 4
_PRODUCT_WORK = "produkt"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tag that a description may mean, with its standard task (None when none fits) and probability."""

    tag: Tag
    task: Task | None
    share: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the bot thinks of a description."""

    description: str
    candidates: tuple[Candidate, ...]
    """All tags, likeliest first."""
    thin: float
    """How much the description lacks: above zero it says too little."""
    project: str | None
    products: tuple[str, ...]
    """The products named, the first one first."""
    activity: Project | None
    """A large activity that it may belong to."""
    reason: str = ""
    """The handbook's line, among the best tag's situations and standard tasks, that fits best; empty if none does."""
    unknown: bool = False
    """Whether nothing is known of any word in it, so that every tag would be a guess."""
    worked: Tag | None = None
    """The tag of the journey or break in which the work was done: the handbook does not allow it then."""
    named: bool = True
    """Whether it is said what that work was."""

    def decided(self, tag: str) -> Suggestion:
        """The suggestion when somebody has decided for a tag."""
        chosen = sorted(self.candidates, key=lambda item: item.tag.name != tag)
        return replace(self, candidates=tuple(chosen), thin=0.0, reason="", unknown=False, worked=None)

    @property
    def best(self) -> Candidate:
        return self.candidates[0]

    @property
    def sure(self) -> bool:
        return self.best.share >= SURE and not self.asks

    @property
    def asks(self) -> bool:
        """Whether the bot should ask back: too thin, or nothing stands out."""
        return self.thin > 0


class Suggester:
    """Knows the handbook's tags, the model and what has been corrected."""

    def __init__(
        self,
        knowledge: TimeRegistration,
        model: Classifier,
        features: Features,
        thin: Sequence[Thin] = (),
        personal: Collection[str] = (),
        rest: Collection[str] = (),
    ) -> None:
        """`thin`: descriptions that say too little, with what they have turned out to mean. `personal`: tags of work
        that belongs to no product unless its description names one. `rest`: tags of what only interrupts the work.
        """
        self._rest = frozenset(map(key, rest))
        self._personal = frozenset(map(key, personal))
        self.knowledge = knowledge
        self.fit: Fit = fit(model, knowledge)
        self._model = model
        self._features = features
        self._described = lru_cache(maxsize=_CORRECTIONS)(self.describe)
        names = {tag: self.fit.tags[column] for tag, column in model.position.items() if column in self.fit.tags}
        self._known_thin = frozenset(tuple(words(item.text)) for item in thin)
        self._thin_texts = [(item.text, [names[tag] for tag in item.tags if tag in names]) for item in thin]

    def describe(self, text: str) -> Mapping[int, float]:
        """The features of a description."""
        return self._features.of(plain(undress(text), self.knowledge.products))

    def remember(self, corrected: Iterable[tuple[str, str, str]]) -> Memory:
        """A memory of corrections: description, tag, task."""
        return Memory(
            self._model.vocabulary, (Trace(tag, task, self._described(text)) for text, tag, task in corrected)
        )

    def suggest(self, text: str, corrections: Memory | None = None, near: str = "") -> Suggestion:
        """The suggestion for a description. `near` is text around it that may name the product.

        Work in a journey or break is tagged by what it was: see `meanwhile`.
        """
        found = self._suggest(text, corrections, near)
        rest = self._not_for_work(found)
        work = work_meanwhile(found.description) if rest is not None else None
        if work is None or self._is_corrected(text, corrections):
            return found
        working = self._suggest(work.text or text, corrections, near)
        others = [item for item in working.candidates if key(item.tag.name) not in self._rest]
        sum_of_shares = sum(item.share for item in others) or 1.0
        if not others or (not work.certain and (working.best != others[0] or others[0].share < SURE)):
            return found
        return replace(
            working,
            description=found.description,
            candidates=tuple(replace(item, share=item.share / sum_of_shares) for item in others)
            + tuple(replace(item, share=0.0) for item in working.candidates if item not in others),
            thin=working.thin if work.named else max(working.thin, 1.0),
            project=found.project,
            products=found.products,
            worked=rest,
            named=work.named,
        )

    def _not_for_work(self, found: Suggestion) -> Tag | None:
        """The tag of a journey or break that is suggested, if the handbook says that it is not for time worked."""
        likely = found.candidates[: _OFFERED if found.asks else 1]
        tags = (item.tag for item in likely if key(item.tag.name) in self._rest)
        return next((tag for tag in tags if any(stem.startswith("arbejd") for stem in stems(tag.not_used))), None)

    def _is_corrected(self, text: str, corrections: Memory | None) -> bool:
        alike = corrections.nearest(self.describe(text)) if corrections is not None else {}
        return max(alike.values(), default=0.0) >= _ALMOST_THE_SAME

    def _suggest(self, text: str, corrections: Memory | None, near: str) -> Suggestion:
        description = undress(text)
        around = () if self._named(text, surely=True) else self._named(near, surely=True)
        features = self.describe(f"{text} {around[0]}" if around else text)
        scores = self._model.scores(features)
        tag_scores: dict[str, float] = {}
        task_scores: dict[str, dict[str, float]] = defaultdict(dict)
        for column, tag in self.fit.tags.items():
            tag_scores[tag] = float(scores[column])
        for column, (tag, task) in self.fit.tasks.items():
            known = task_scores[tag]
            known[task] = max(float(scores[column]), known.get(task, float(scores[column])))
        likeness = self._rules.likeness(features)
        rules = nearest(likeness)
        self._add_rules(rules, tag_scores, task_scores)
        for tag, tasks in task_scores.items():
            if tag in tag_scores:
                tag_scores[tag] += max(tasks.values())
        unaided = dict(tag_scores)
        if corrections is not None:
            for (tag, task), alike in corrections.nearest(features).items():
                gain = _CORRECTION_GAIN * max(0.0, alike - _CORRECTION_FROM) / (1 - _CORRECTION_FROM)
                if tag in tag_scores and gain:
                    tag_scores[tag] += gain
                    task_scores[tag][task] = task_scores[tag].get(task, 0.0) + gain
        candidates = self._candidates(tag_scores, task_scores)
        share = candidates[0].share if candidates else 0.0
        thin = lack(description, float(scores[self._model.position[THIN]]), share)
        if self.is_thin(description):
            thin = max(thin, 1.0)
        elif max(rules.values(), default=0.0) >= _NAMED_BY_THE_HANDBOOK:
            thin = min(thin, 0.0)
        described = plain(description, self.knowledge.products)
        only_hours = hours_only(described)
        if only_hours:
            thin = max(thin, 1.0)
        unknown = not (
            means_something(self._features.names(described), lambda name: number(name) in self._model.vocabulary)
            or max(rules.values(), default=0.0) >= _RULE_FROM
            or self._is_corrected(text, corrections)
        )
        if unknown:
            thin = max(thin, 1.0)
        if thin > 0:
            self._add_guesses(features, tag_scores)
            candidates = self._candidates(tag_scores, task_scores)
        pointed = set() if only_hours else self._pointed(scores, tag_scores, unaided)
        candidates = self._pointed_first(candidates, pointed, keep=0 if thin > 0 else 1)
        products = self._products(text, around, candidates[0].tag if candidates else None)
        return Suggestion(
            description=description,
            candidates=candidates,
            thin=thin,
            project=products[0] if products else self._general_project(candidates),
            products=products,
            activity=self._activity(description),
            reason=_reason(candidates[0], likeness) if candidates else "",
            unknown=unknown,
        )

    def _pointed(self, scores: Floats, reached: Mapping[str, float], unaided: Mapping[str, float]) -> set[str]:
        """The tags that the description itself, a correction or a known thin description speaks for."""
        own = {tag: float(scores[column] - self._model.biases[column]) for column, tag in self.fit.tags.items()}
        return {tag for tag in reached if max(own.get(tag, _POINTS), reached[tag] - unaided[tag]) >= _POINTS}

    def _pointed_first(
        self, found: tuple[Candidate, ...], pointed: Collection[str], keep: int
    ) -> tuple[Candidate, ...]:
        """Puts what only interrupts the work last, unless something points to it; the first `keep` stay."""

        def is_idle(item: Candidate) -> bool:
            return key(item.tag.name) in self._rest and item.tag.name not in pointed

        return found[:keep] + tuple(sorted(found[keep:], key=is_idle))

    def only_product(self, text: str) -> str | None:
        """The product, when a text says nothing else ("for OS2iot")."""
        named = self._named(text, surely=False)
        others = set(stems(plain(text, self.knowledge.products))) - {PRODUCT} - FUNCTION_STEMS
        return named[0] if len(named) == 1 and not others else None

    def is_thin(self, text: str) -> bool:
        """Whether a text is one of the descriptions known to say too little."""
        return tuple(words(text)) in self._known_thin

    def share(self, text: str, tag: str) -> float:
        """The probability of a tag for a description."""
        return next((item.share for item in self.suggest(text).candidates if item.tag.name == tag), 0.0)

    def spoken_for(self, text: str) -> str:
        """The tag that the handbook names in almost these words; empty when there is none."""
        rules = self._rules.nearest(self.describe(text))
        (tag, _), alike = max(rules.items(), key=lambda item: item[1], default=(("", ""), 0.0))
        return tag if alike >= _ALMOST_THE_SAME else ""

    def _add_rules(
        self,
        rules: Mapping[tuple[str, str], float],
        tag_scores: dict[str, float],
        task_scores: dict[str, dict[str, float]],
    ) -> None:
        """The handbook's own words: a hint for tags that the model was taught, all there is for the others."""
        for tag in self.fit.untaught:
            alike = max((value for (name, _), value in rules.items() if name == tag), default=0.0)
            tag_scores[tag] = _UNTAUGHT_START + _UNTAUGHT_GAIN * alike
        for (tag, task), alike in rules.items():
            gain = _RULE_GAIN * max(0.0, alike - _RULE_FROM)
            if tag in tag_scores and tag not in self.fit.untaught and gain:
                tag_scores[tag] += gain
            if task and (tag in self.fit.untaught or gain):
                task_scores[tag][task] = task_scores[tag].get(task, -1.0) + (gain or alike)

    @cached_property
    def _rules(self) -> Memory:
        """The handbook's own words. Read when the first suggestion is made, so that other questions need not wait."""
        return Memory(self._model.vocabulary, self._handbook_traces())

    @cached_property
    def _guesses(self) -> Memory:
        """The thin descriptions known, by their numbers. Made when the first thin one is asked about."""
        traces = (Trace(str(number), "", self.describe(text)) for number, (text, _) in enumerate(self._thin_texts))
        return Memory(self._model.vocabulary, traces)

    def _add_guesses(self, features: Mapping[int, float], tag_scores: dict[str, float]) -> None:
        """What descriptions as thin as this one have turned out to mean."""
        guesses = self._guesses.nearest(features)
        (number, _), alike = max(guesses.items(), key=lambda item: item[1], default=(("", ""), 0.0))
        for rank, name in enumerate(self._thin_texts[int(number)][1] if number else ()):
            if name in tag_scores:
                tag_scores[name] += alike * max(0.0, _THIN_GAIN - _THIN_STEP * rank)

    def _candidates(
        self, tag_scores: Mapping[str, float], task_scores: Mapping[str, Mapping[str, float]]
    ) -> tuple[Candidate, ...]:
        if not tag_scores:
            return ()
        shares = probabilities(list(tag_scores.values()), self._model.sharpness)
        likeliest = max(tag_scores, key=lambda name: tag_scores[name])
        found = []
        for name, share in zip(tag_scores, shares.tolist(), strict=True):
            tag = self.knowledge.tag(name)
            tasks = task_scores.get(name, {})
            fitting = max(tasks, key=lambda task: tasks[task], default="")
            supported = name == likeliest or tasks.get(fitting, 0.0) >= _SUPPORTS
            task = task_named(self.knowledge, name, fitting) if supported else None
            if tag is not None:
                found.append(Candidate(tag, task, share))
        return tuple(sorted(found, key=lambda candidate: -candidate.share))

    def _products(self, text: str, around: tuple[str, ...], tag: Tag | None) -> tuple[str, ...]:
        """The products that a description is about; a name that is an ordinary word counts in product work only."""
        surely = tag is None or _PRODUCT_WORK not in tag.name.casefold()
        named = self._named(text, surely=surely)
        if named or (tag is not None and key(tag.name) in self._personal):
            return named
        return around

    def _named(self, text: str, *, surely: bool) -> tuple[str, ...]:
        """The products named in a text, each once; `surely` leaves out names that are ordinary words too."""
        least = (How.EXACT, How.FUZZY) if surely else (How.EXACT, How.FUZZY, How.WORD)
        mentions = self.knowledge.products.find(text)
        return tuple(dict.fromkeys(item.names[0] for item in mentions if len(item.names) == 1 and item.how in least))

    def _general_project(self, candidates: tuple[Candidate, ...]) -> str | None:
        general = self.knowledge.general_project
        return general.name if general is not None and candidates else None

    def _activity(self, description: str) -> Project | None:
        """The large activity that has a telling word in common with the description."""
        said = set(stems(description))
        for activity in self.knowledge.activities:
            if said & {stem for stem in stems(activity.purpose) if len(stem) > 6 and stem not in _COMMON}:
                return activity
        return None

    def _handbook_traces(self) -> Iterable[Trace]:
        for tag in self.knowledge.tags:
            yield Trace(tag.name, "", self.describe(tag.name))
            for line in filter(None, (tag.purpose, *tag.situations)):
                yield Trace(tag.name, "", self.describe(line), line)
        for task in self.knowledge.tasks:
            features = self.describe(f"{task.name}: {task.description}")
            yield Trace(task.tag, task.name, features, task.description)
        for example in self.knowledge.examples:
            yield Trace(example.tag, "", self.describe(example.text), example.text)


def _reason(best: Candidate, likeness: Iterable[tuple[Trace, float]]) -> str:
    """The line of the handbook that speaks most for a candidate: alike enough, or its standard task's description."""
    task = best.task.name if best.task is not None else ""
    lines = [
        (alike, trace.text) for trace, alike in likeness if trace.tag == best.tag.name and trace.task in ("", task)
    ]
    alike, line = max(lines, default=(0.0, ""))
    return line if alike >= _TELLS or best.task is None else best.task.description


_COMMON = frozenset(
    stems("planlægning forberedelse afholdelse gennemførelse udvikling implementering værktøjer værktøj")
)
