"""Reads mermaid diagrams as far as a text answer needs them: what the nodes say, and which arrows lead where."""

from __future__ import annotations

import re

from bot.pattern import Pattern
from handlers.handbook.model import Diagram, Step

_SHAPE = r"(?:\(\[|\[\[|\[\(|\(\(|\{\{|[\[({>])\s*\"?(?P<text>.*?)\"?\s*(?:\]\)|\]\]|\)\]|\)\)|\}\}|[\])}])"
_NODE = Pattern(rf"\s*(?P<id>\w+)\s*(?:{_SHAPE})?")
_ARROW = Pattern(
    r"\s*(?:<?(?:--|==|-\.)\s+(?P<inline>[^-=>|]+?)\s+(?:--+|==+|\.-)[>ox]?|<?(?:--+|==+|-\.+-)[>ox]?)(?:\|(?P<label>[^|]*)\|)?"
)
_SKIP = Pattern(r"\s*(?:%%|subgraph\b|end\b|classDef\b|class\b|style\b|linkStyle\b|direction\b|click\b|$)")
_MINDMAP_NODE = Pattern(r"\s*(?:\w+)?(?:\(\(|\(|\[|\{\{)(?P<text>.*?)(?:\)\)|\)|\]|\}\})\s*$")


def parse(source: str) -> Diagram:
    """The diagram's nodes and arrows; what is not understood is left out."""
    kind, _, body = source.strip().partition("\n")
    if kind.strip().startswith("mindmap"):
        return _mindmap(body)
    texts: dict[str, str] = {}
    arrows: list[tuple[str, str, str]] = []
    for line in body.splitlines():
        if not _SKIP.match(line):
            _flow_line(line, texts, arrows)
    steps = tuple(Step(texts[start], label, texts[end]) for start, label, end in arrows)
    return Diagram(tuple(dict.fromkeys(texts.values())), steps)


def _flow_line(line: str, texts: dict[str, str], arrows: list[tuple[str, str, str]]) -> None:
    """One line of a flowchart: a node, or a chain of nodes and arrows."""
    previous = label = None
    position = 0
    while node := _NODE.match(line, position):
        name = node["id"]
        text = _plain(node["text"] or "")
        texts[name] = text or texts.get(name, name)
        if previous is not None:
            arrows.append((previous, label or "", name))
        arrow = _ARROW.match(line, node.end())
        if not arrow:
            return
        previous, label = name, _plain(arrow["inline"] or arrow["label"] or "")
        position = arrow.end()


def _mindmap(body: str) -> Diagram:
    """A mind map: each line is a node below the nearest line above that is less indented."""
    nodes: list[str] = []
    steps: list[Step] = []
    above: list[tuple[int, str]] = []
    for line in body.splitlines():
        if not line.strip():
            continue
        shaped = _MINDMAP_NODE.match(line)
        text = _plain(shaped["text"] if shaped else line)
        indent = len(line) - len(line.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        if above:
            steps.append(Step(above[-1][1], "", text))
        above.append((indent, text))
        nodes.append(text)
    return Diagram(tuple(nodes), tuple(steps))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split()).strip(' "')
