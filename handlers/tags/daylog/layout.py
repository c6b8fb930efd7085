"""How a pasted text is laid out: numbers, bullets, table heads and sentences, before its times are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.pattern import Pattern
from handlers.tags.daylog import times

_NUMBERED = Pattern(r"^\s*(\d{1,2})[.):]\s+")
_INLINE_NUMBER = Pattern(r"(?:^|(?<=\s))(\d{1,2})[.)]\s+")
_BULLET = Pattern(r"^\s*(?:(?:[-*•·–>+]|\d{1,2}[.)](?=\s+\D)|\[[ xX]?\])\s+)+")
_RULE = Pattern(r"^[\W_]*-[\W_]*$")
_SENTENCE_END = Pattern(r"(?<=[^\W\d]{3})\.\s+(?=[A-ZÆØÅ])|(?<=\d)\.\s+(?=[A-ZÆØÅ][a-zæøå])")
_REST = Pattern(r"(?:\s*[,;.]\s*(?:og\s+)?|\s+og\s+)(?=resten\b)", re.IGNORECASE)
_DAY_IN_LINE = Pattern(
    r"\s*[,;]\s*(?:og\s+)?(?=(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\b)|\s+og\s+(?=\w+dag\b)",
    re.IGNORECASE,
)
_START_IN_LINE = Pattern(r"\s*[,;]\s*|\s+(?=kl\b)", re.IGNORECASE)
_EXACT_START = Pattern(r"^\s*(?:kl\.?\s*)?\d{1,2}[:.]\d\d\b|^\s*kl\b", re.IGNORECASE)


def raw_lines(text: str) -> Iterator[str]:
    """The lines without numbers, bullets and table heads; a sentence with a time of its own is a line."""
    for numbered in _without_numbers(list(_without_heads([line for line in text.splitlines() if line.strip()]))):
        for line in _without_inline_numbers(numbered):
            yield from _sentences(_BULLET.sub("", line))


def _without_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without their numbers, where all are numbered from one on."""
    numbered = len(lines) > 1 and all(
        (match := _NUMBERED.match(line)) and int(match[1]) == place for place, line in enumerate(lines, 1)
    )
    return [_NUMBERED.sub("", line) for line in lines] if numbered else list(lines)


def _without_heads(lines: Sequence[str]) -> Iterator[str]:
    """The lines without a table's head: the row right above a rule of dashes, unless it has a time."""
    for line, following in pairwise([*lines, ""]):
        if not ("|" in line and "|" in following and _RULE.match(following)) or _timed(line):
            yield line


def _without_inline_numbers(line: str) -> Iterator[str]:
    """A line that numbers its parts ("1) mails 30 min 2) møde 1 t") in those parts."""
    marks: list[re.Match[str]] = []
    for match in _INLINE_NUMBER.finditer(line):
        if int(match[1]) == len(marks) + 1:
            marks.append(match)
    if len(marks) < 2 or line[: marks[0].start()].strip():
        yield line
        return
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    yield from (line[mark.end() : end].strip(" \t,;") for mark, end in zip(marks, ends, strict=True))


def _sentences(line: str) -> Iterator[str]:
    """A line in its sentences, where each has a time; what remains of the day stands alone in any case."""
    start = 0
    ends = sorted([*_SENTENCE_END.finditer(line), *_DAY_IN_LINE.finditer(line)], key=lambda match: match.start())
    for end in ends:
        if _timed(line[start : end.start()]) and _timed(line[end.end() :].split(". ")[0]):
            yield from _parts(line[start : end.start()])
            start = end.end()
    yield from _parts(line[start:])


def _parts(sentence: str) -> Iterator[str]:
    starts = [part for part in _START_IN_LINE.split(sentence.strip()) if part]
    if len(starts) > 1 and not times.spans(sentence) and all(_EXACT_START.match(part) for part in starts):
        yield from starts
        return
    rest = _REST.search(sentence)
    if rest is None or not times.spans(sentence[: rest.start()]):
        yield sentence
        return
    yield sentence[: rest.start()]
    yield sentence[rest.end() :]


def _timed(text: str) -> bool:
    return bool(times.spans(text)) or times.until(text) is not None
