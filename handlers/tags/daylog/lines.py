"""Takes a pasted day log apart: into days, headings and lines, each with its time and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handlers.tags.daylog import times
from handlers.tags.daylog.times import Span

_FLAGS = re.IGNORECASE | re.VERBOSE
_WEEKDAY = r"""(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tirs?|ons|tors?|fre
    |monday|tuesday|wednesday|thursday|friday|saturday|sunday)"""
_MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zæøå]*"
_DATE = rf"""(?:(?:d\.?|den)\s*\d{{1,2}}\.?(?:\s*{_MONTH}|[/.-]\s*\d{{1,2}}(?:[/.-]\d{{2,4}})?)?
    |\d{{1,2}}(?:\.\s*|\s+){_MONTH}|\d{{1,2}}/\d{{1,2}}(?:[/-]\d{{2,4}})?)\.?(?:\s+\d{{4}})?"""
_DAY = re.compile(
    rf"""^\W*(?:{_WEEKDAY}\b\.?(?:\s*,?\s*{_DATE})?|i\ dag|i\ går|today|yesterday|dagen\ i\ dag|uge\ \d+|{_DATE})
    (?=\s*(?:[:,–-]|$))""",
    _FLAGS,
)
_LEAD = re.compile(
    r"""^\W*(?:(?:log(?:ge)?|registr[eé]r|dags?log|dagens\ log|min\ dag|my\ day|timer|timeseddel
    |her\ er|det(?:te)?\ (?:her\ )?er)\b[^:\n]{0,40}:|(?:log|registr[eé]r|dags?log)\s+)\s*""",
    _FLAGS,
)
_BULLET = re.compile(r"^\s*(?:[-*•·–>+]|\d{1,2}[.)](?=\s+\D)|\[[ x]?\])\s+")
_NUMBERED = re.compile(r"^\s*(\d{1,2})[.)]\s+")
_COUNT = re.compile(r"[\s|:;=–-](?:\d{1,2}[.,](?:00?|25|50?|75)|\d)\s*[|]?\s*$")
_WHOLE = re.compile(r"[\s|:;=–-]([1-9])\s*[|]?\s*$")
_HOME = re.compile(r"^\W*(?:fri|hjem|gik hjem|slut|færdig|fyraften|done|home|end|out|ud)\W*$", re.IGNORECASE)
_SUM = re.compile(r"^\W*(?:i alt|sum|total|samlet|ialt|sammenlagt)\b", re.IGNORECASE)
_RULE = re.compile(r"^[\W_]*$")
_THEN = r"(?:og\ så|og\ derefter|og\ bagefter|og|så|derefter|bagefter|dernæst|herefter|til\ sidst|and\ then|then|and)"
_BETWEEN = re.compile(rf"\s*[;,.\n]\s+(?:{_THEN}\s+)*|\s+{_THEN}\s+|\s*[;/|]\s*", _FLAGS)
_EDGES = " \t,.;:|–—-•·*()[]="
_CONNECTOR = re.compile(
    r"^(?:og|så|derefter|bagefter|på|med|for|of|til|as|i)\s+(?=\S)|^(?:brugt|brugte|brug|spent)\s+(?:på\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing done: the words of the log, what of them is the description, and its time."""

    text: str
    what: str
    minutes: int | None
    begins: int | None = None
    """Minutes since midnight, where the log says so."""
    ends: int | None = None
    day: str = ""
    """The day's heading, if the log has several."""
    heading: str = ""
    """The heading that it stands under; it may name the product."""


def is_log(text: str) -> bool:
    """Whether a text looks like a day log: two things with a time, in lines of their own or in one."""
    return sum(line.minutes is not None for line in parse(text)) >= 2


def parse(text: str) -> list[Line]:
    """The lines of a log, in order. Lines without a time are kept unless they are headings or sums."""
    found: list[Line] = []
    day = heading = ""
    pieces = [piece for raw in _without_numbers(text.splitlines()) for piece in _pieces(raw)]
    chained = _chained(pieces)
    counted = any(_COUNT.search(piece) and not _WHOLE.search(piece) for piece in pieces)
    for position, piece in enumerate(pieces):
        dated = _DAY.match(piece)
        timed = (
            bool(times.spans(piece)) or times.until(piece) is not None or (chained and times.start(piece) is not None)
        )
        if dated and not times.spans(dated.group()):
            day = heading = piece[: dated.end()].strip(_EDGES) if timed else piece.strip(_EDGES)
            piece = piece[dated.end() :].strip(_EDGES) if timed else ""
        if not piece or _SUM.match(piece) or _RULE.match(piece):
            continue
        if not timed and _is_heading(piece, pieces[position + 1 :]):
            heading = piece.strip(_EDGES)
            continue
        found.append(replace(_line(piece, chained=chained, counted=counted), day=day, heading=heading))
    return _linked(found)


def _without_numbers(raw: Sequence[str]) -> list[str]:
    """The lines without their numbers, where all are numbered from one on."""
    filled = [line for line in raw if line.strip()]
    numbered = len(filled) > 1 and all(
        (match := _NUMBERED.match(line)) and int(match[1]) == place for place, line in enumerate(filled, 1)
    )
    return [_NUMBERED.sub("", line) for line in filled] if numbered else filled


def _pieces(raw: str) -> Iterator[str]:
    """A raw line without bullet, in pieces of one time each."""
    line = _LEAD.sub("", _BULLET.sub("", raw.strip()))
    if line.startswith("|"):
        line = "  ".join(cell.strip() for cell in line.strip("|").split("|"))
    if not line or _RULE.match(line):
        return
    dated = _DAY.match(line)
    offset = dated.end() if dated and not times.spans(dated.group()) else 0
    spans = [span for span in times.spans(line) if span.start >= offset]
    if len(spans) < 2:
        yield from _with_untimed(line) if spans else _up_to(line)
        return
    leading = not line[offset : spans[0].start].strip(_EDGES)
    start = 0
    for first, second in pairwise(spans):
        end, following = _cut(line, first, second, leading=leading)
        yield from _with_untimed(line[start:end])
        start = following
    rest = _BETWEEN.match(line, spans[-1].end) if not leading else None
    if rest and rest.end() < len(line):
        yield line[start : rest.start()].strip(" \t,;")
        start = rest.end()
    yield from _with_untimed(line[start:])


def _with_untimed(text: str) -> Iterator[str]:
    """A piece; parts set off by semicolons that have no time of their own stand alone."""
    yield from filter(None, (part.strip(" \t,;") for part in text.split(";")))


def _up_to(line: str) -> Iterator[str]:
    """A line without durations, in pieces that each say until when ("mails til 9, derefter møde til halv ti")."""
    start = 0
    while (upto := times.until(line[start:])) is not None:
        parting = _BETWEEN.match(line, start + upto.end)
        if parting is None:
            break
        yield line[start : parting.start()].strip(" \t,;")
        start = parting.end()
    yield from _with_untimed(line[start:])


def _cut(line: str, first: Span, second: Span, *, leading: bool) -> tuple[int, int]:
    """Where a piece ends and the next begins: before the second time when times lead, else after the first."""
    between = list(_BETWEEN.finditer(line, first.end, second.start))
    if not between:
        place = second.start if leading else first.end
        return place, place
    chosen = between[-1] if leading else between[0]
    strong = [match for match in between if match.group().strip()[:1] in {";", ",", "."}]
    if strong:
        chosen = strong[-1] if leading else strong[0]
    return chosen.start(), chosen.end()


def _chained(pieces: Sequence[str]) -> bool:
    """Whether the lines only say when they begin: each ends where the next begins."""
    starts = [found.begins for piece in pieces if not times.spans(piece) and (found := times.start(piece)) is not None]
    known = [begins for begins in starts if begins is not None]
    return len(known) > 1 and len(known) * 2 > len(pieces) and known == sorted(known) and known[0] >= 5 * 60


def _is_heading(piece: str, following: Sequence[str]) -> bool:
    """A line without a time above lines that have one, ended by a colon or with nothing but a few words."""
    timed_below = any(times.spans(other) or times.start(other) for other in following[:2])
    return timed_below and (piece.rstrip().endswith(":") or piece.lstrip().startswith("#"))


def _line(piece: str, *, chained: bool, counted: bool) -> Line:
    spans = times.spans(piece)
    if not spans:
        whole = _WHOLE.search(piece) if counted else None
        if whole:
            return Line(piece, piece[: whole.start()].strip(_EDGES), int(whole[1]) * 60)
        began = times.start(piece) if chained else None
        if began is not None:
            return Line(piece, _what(piece, began), None, begins=began.begins)
        upto = times.until(piece)
        if upto is not None:
            first = times.began(piece)
            what = _what(piece, upto)
            if first is not None:
                what = _what(what, times.began(what))
            return Line(piece, what, None, begins=first.begins if first else None, ends=upto.ends)
        return Line(piece, _what(piece, None), None)
    span = spans[0]
    return Line(piece, _what(piece, span), span.minutes, span.begins, span.ends)


def _what(piece: str, span: Span | None) -> str:
    """The description: the piece without its time."""
    if span is None:
        return piece.strip(_EDGES)
    before, after = piece[: span.start].strip(_EDGES), piece[span.end :].strip(_EDGES)
    after = _CONNECTOR.sub("", after) if not before else after
    before = re.sub(r"\s+(?:i|fra|from|for|ca\.?)$", "", before, flags=re.IGNORECASE)
    return f"{before} {after}".strip(_EDGES) or piece.strip(_EDGES)


def _linked(lines: list[Line]) -> list[Line]:
    """Lines that only say when they begin or end, with the other end taken from their neighbours."""
    linked: list[Line] = []
    for position, line in enumerate(lines):
        if line.minutes is None and line.begins is not None and line.ends is not None:
            line = replace(line, minutes=line.ends - line.begins if line.ends > line.begins else None)
        elif line.minutes is None and line.begins is not None:
            following = lines[position + 1] if position + 1 < len(lines) else None
            ends = following.begins if following is not None and following.day == line.day else None
            if ends is not None and ends > line.begins:
                line = replace(line, ends=ends, minutes=ends - line.begins)
            elif following is None and _HOME.match(line.what):
                continue
        elif line.minutes is None and line.ends is not None and linked and linked[-1].day == line.day:
            begins = linked[-1].ends
            if begins is not None and begins < line.ends:
                line = replace(line, begins=begins, minutes=line.ends - begins)
        linked.append(line)
    return linked
