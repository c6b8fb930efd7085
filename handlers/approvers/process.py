"""How an invoice is approved, as the handbook's pages tell it: the two-step rule and the flowchart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.pattern import Pattern
from handlers.danish import fold
from handlers.handbook import Diagram, Handbook, Listing, Paragraph, Section, walk

_SENTENCE = Pattern(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Rule:
    """A sentence that asks for two persons, and where it stands."""

    section: Section
    sentence: str


@dataclass(frozen=True)
class Flow:
    """The flowchart of the approval, and where it stands."""

    section: Section
    diagram: Diagram

    @property
    def internal_may_decide_alone(self) -> bool:
        """Whether a way leads from the internal approver to an approval without passing the external one."""
        seen: set[str] = set()
        waiting = [node for node in self.diagram.nodes[:1] if not _external(node)]
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            waiting += [step.end for step in self.diagram.steps if step.start == node and not _external(step.end)]
        starts = {step.start for step in self.diagram.steps}
        return any(node not in starts and "godkend" in fold(node) for node in seen)

    def lines(self) -> Iterator[str]:
        """The arrows in words, one node a line."""
        for start in dict.fromkeys(step.start for step in self.diagram.steps):
            ways = [step for step in self.diagram.steps if step.start == start]
            ends = [f"{step.label}: {step.end}" if step.label else step.end for step in ways]
            yield f"{start} → {' · '.join(ends)}"


@dataclass(frozen=True)
class Process:
    """What the handbook says about approving invoices; either part may be missing."""

    rule: Rule | None
    flow: Flow | None

    @classmethod
    def of(cls, handbook: Handbook) -> Process:
        return cls(next(_rules(handbook), None), next(_flows(handbook), None))

    @property
    def disagree(self) -> bool:
        """Whether one page wants two persons while another lets the internal approver decide alone."""
        return self.rule is not None and self.flow is not None and self.flow.internal_may_decide_alone

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(part.section for part in (self.flow, self.rule) if part is not None)


def _rules(handbook: Handbook) -> Iterator[Rule]:
    """Sentences such as "one checks, another approves", in sections about invoices."""
    for section in handbook.sections:
        if "faktura" not in fold(" ".join((section.heading, section.plain))):
            continue
        for text in _texts(section):
            for sentence in _SENTENCE.split(text):
                said = fold(sentence)
                if "kontroll" in said and "godkend" in said and re.search(r"\ben anden\b|to.?trin", said):
                    yield Rule(section, sentence.strip())


def _texts(section: Section) -> Iterator[str]:
    for block in walk(section.blocks):
        if isinstance(block, Paragraph):
            yield block.text.markdown.replace("\n", " ")
        elif isinstance(block, Listing):
            yield from (item.text.markdown for item in block.items)


def _flows(handbook: Handbook) -> Iterator[Flow]:
    for section in handbook.sections:
        for block in walk(section.blocks):
            if isinstance(block, Diagram):
                said = fold(" ".join(block.nodes))
                if "godkend" in said and ("faktura" in said or "betaling" in said):
                    yield Flow(section, block)


def _external(node: str) -> bool:
    return "ekstern" in fold(node)
