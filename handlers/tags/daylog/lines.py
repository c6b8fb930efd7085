"""Takes a pasted day log apart: into days, headings and lines, each with its time and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.pattern import Pattern
from handlers.tags.daylog import times
from handlers.tags.daylog.layout import raw_lines
from handlers.tags.daylog.times import Span

_FLAGS = re.IGNORECASE | re.VERBOSE
_WEEKDAY = r"""(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tirs?|ons|tors?|fre
    |monday|tuesday|wednesday|thursday|friday|saturday|sunday)"""
_MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zæøå]*"
_DATE = rf"""(?:(?:d\.?|den)\s*\d{{1,2}}\.?(?:\s*{_MONTH}|[/.-]\s*\d{{1,2}}(?:[/.-]\d{{2,4}})?)?
    |\d{{1,2}}(?:\.\s*|\s+){_MONTH}|\d{{1,2}}/\d{{1,2}}(?:[/-]\d{{2,4}})?)\.?(?:\s+\d{{4}})?"""
_DAY = Pattern(
    rf"""^\W*(?:{_WEEKDAY}\b\.?(?:\s*,?\s*{_DATE})?|i\ dag|i\ går|today|yesterday|dagen\ i\ dag|uge\ \d+|{_DATE})
    (?=\s*(?:[:,(–-]|$|\d+(?:[.,]\d+)?\s*(?:t|timer)\b|\d{{1,2}}(?:[.:]\d\d)?\s*[-–]))""",
    _FLAGS,
)
_LEAD = Pattern(
    r"""^\W*(?:(?:log(?:ge)?|registr[eé]r|dags?log|dagens\ log|min\ dag|my\ day|timer|timeseddel
    |her\ er|det(?:te)?\ (?:her\ )?er)\b[^:\n]{0,40}:|(?:log|registr[eé]r|dags?log)\s+)\s*""",
    _FLAGS,
)
_COUNT = Pattern(r"[\s|:;=–-](?:\d{1,2}[.,](?:00?|25|50?|75)|\d)\s*[|]?\s*$")
_WHOLE = Pattern(r"[\s|:;=–-]([1-9])\s*[|]?\s*$")
_HOME = Pattern(r"^\W*(?:fri|hjem|gik hjem|slut|færdig|fyraften|done|home|end|out|ud)\W*$", re.IGNORECASE)
_SUM = Pattern(r"^\W*(?:i alt|sum|total|samlet|ialt|sammenlagt)\b", re.IGNORECASE)
_SUM_BEHIND = Pattern(
    r"[\s,;.(=]+(?:i alt|ialt|sum|total|samlet|sammenlagt)\b[\s:=]*(\D{0,5}\d[^;]{0,20})$", re.IGNORECASE
)
_OF_IT = Pattern(
    r"[\s,;(]*\b(?:heraf|deraf|hvoraf|herunder|minus|fratrukket|inkl\b\.?|inklusive|including|of which)[\s:]*$",
    re.IGNORECASE,
)
_REST = Pattern(
    r"^\W*resten(?:\s+af\s+(?:dagen|tiden))?\b(?:\s+(?:på|med|til|var|er|gik\s+(?:med|til|på)|brugt[e]?\s+på))?\s*[:=-]?\s*",
    re.IGNORECASE,
)
_TOLD = Pattern(
    r"^\W*(?:(?:i\s+(?:dag|går)|today|jeg|har|så|derefter|og|brugt|brugte|brug|arbejdet|arbejdede|lavet|spent)\s*)+$",
    re.IGNORECASE,
)
_ALL_DAY = Pattern(r"^(?:hele|halve?)\s+(?:dagen|dag)\b(?:\s+(?:på|med|til|i))?\s*", re.IGNORECASE)
_MIDNIGHT = 24 * 60
_RULE = Pattern(r"^[\W_]*$")
_THEN = (
    r"(?:og\ så|og\ derefter|og\ bagefter|og|samt|så|derefter|bagefter|dernæst|herefter|til\ sidst|and\ then|then|and)"
)
_BETWEEN = Pattern(rf"\s*[;,.\n]\s+(?:{_THEN}\s+)*|\s+{_THEN}\s+|\s*[;/|]\s*", _FLAGS)
_LEADING_THEN = Pattern(r"^(?:(?:og|derefter|bagefter|dernæst|herefter|så)\s+)+(?=\S)", re.IGNORECASE)
_EDGES = " \t,.;:|–—-•·*()[]="
_CONNECTOR = Pattern(
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

    @property
    def is_timed(self) -> bool:
        """Whether it has a time, if only one that ends before it begins."""
        return self.minutes is not None or (self.begins is not None and self.ends is not None)


@dataclass(frozen=True, slots=True)
class Log:
    """A log taken apart."""

    lines: tuple[Line, ...]
    totals: Mapping[str, int]
    """The minutes that the log itself says a day or heading has in all (under "": the whole log)."""


def read(text: str) -> Log:
    """The lines of a log, in order. Lines without a time are kept unless they are headings or sums."""
    found: list[Line] = []
    totals: dict[str, int] = {}
    day = heading = ""
    pieces = [piece for raw in raw_lines(text) for piece in _pieces(raw)]
    chained = _chained(pieces)
    counted = any(_COUNT.search(piece) and not _WHOLE.search(piece) for piece in pieces)
    for position, piece in enumerate(pieces):
        dated, following = _DAY.match(piece), pieces[position + 1 :]
        timed = (
            bool(times.spans(piece)) or times.until(piece) is not None or (chained and times.start(piece) is not None)
        )
        if dated and not times.spans(dated.group()):
            day = heading = piece[: dated.end()].strip(_EDGES) if timed else piece.strip(_EDGES)
            piece = piece[dated.end() :].strip(" \t,;–—-") if timed else ""
        if _SUM.match(piece) or (timed and _is_total(piece, following, dated=dated is not None)):
            span = next(iter(times.spans(piece)), None)
            if span is not None and span.minutes is not None:
                beside = "" if _SUM.match(piece) else _what_beside(piece, span)
                heading = f"{day} {beside}".strip()
                totals[heading if beside else day] = span.minutes
            continue
        if not piece.strip(_EDGES) or _RULE.match(piece):
            continue
        if not timed and _is_heading(piece, following):
            heading = piece.strip(_EDGES)
            continue
        found.append(replace(_line(piece, chained=chained, counted=counted), day=day, heading=heading))
    return Log(tuple(_with_rest(_linked(_without_parts(found)), totals)), totals)


def _pieces(raw: str) -> Iterator[str]:
    """A raw line without bullet, in pieces of one time each."""
    line = _LEAD.sub("", raw.strip())
    total = _SUM_BEHIND.search(line)
    if total and (times.spans(total[1]) or times.spans(f"i alt {total[1]}")):
        yield from _pieces(line[: total.start()])
        yield f"i alt {total[1].strip(_EDGES)}"
        return
    if line.startswith("|"):
        line = "  ".join(cell.strip() for cell in line.strip("|").split("|"))
    if not line or _RULE.match(line):
        return
    dated = _DAY.match(line)
    offset = dated.end() if dated and not times.spans(dated.group()) else 0
    spans = [span for span in times.spans(line) if span.start >= offset]
    parted = _heading_of_parts(line, spans)
    if parted:
        yield line[:parted]
        yield from _pieces(line[parted:])
        return
    if len(spans) < 2:
        then = _BETWEEN.search(line, spans[0].end) if spans else None
        if then and times.until(line[then.end() :]) is not None:
            yield line[: then.start()]
            yield from _up_to(line[then.end() :])
        else:
            yield from _with_untimed(line) if spans else _up_to(line)
        return
    leading = not line[offset : spans[0].start].strip(_EDGES)
    start = 0
    part = ""
    for first, second in pairwise(spans):
        end, following = _cut(line, first, second, leading=leading)
        yield from _with_untimed(part + line[start:end])
        is_part = bool(part) or _OF_IT.match(line[start : first.start]) is not None
        part = "heraf " if is_part and line[end:following].strip() == "og" else ""
        start = following
    rest = _BETWEEN.match(line, spans[-1].end) if not leading else None
    if rest and rest.end() < len(line):
        yield line[start : rest.start()].strip(" \t,;")
        start = rest.end()
    yield from _with_untimed(part + line[start:])


def _heading_of_parts(line: str, spans: Sequence[Span]) -> int:
    """Where the heading of a line ends that has a duration itself, and its parts behind it; 0 when it has none.

    "3 timer os2iot: 1 time møde, 2 timer kode" has; in "1 time: mails, 2 timer: møde" each time stands before a colon.
    """
    if len(spans) < 3 or spans[0].begins is not None:
        return 0
    colon = line.find(":", spans[0].end, spans[1].start)
    if (
        colon < 0
        or set(",;") & set(line[spans[0].end : colon])
        or any(line[span.end :].lstrip().startswith(":") for span in spans[1:])
    ):
        return 0
    parts = [span.minutes or 0 for span in spans[1:]]
    return colon + 1 if sum(parts) <= (spans[0].minutes or 0) or _DAY.match(line) else 0


def _is_total(piece: str, following: Sequence[str], *, dated: bool) -> bool:
    """A line that only says how long what follows took: "mandag 7,5 timer", "OS2iot, 3 timer:"."""
    spans = times.spans(piece)
    if len(spans) != 1 or spans[0].begins is not None or not any(times.spans(other) for other in following[:1]):
        return False
    return piece.rstrip().endswith(":") or (dated and not _what_beside(piece, spans[0]))


def _what_beside(piece: str, span: Span) -> str:
    return f"{piece[: span.start].strip(_EDGES)} {piece[span.end :].strip(_EDGES)}".strip(_EDGES)


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
    part = _OF_IT.search(line, first.end, second.start)
    if part:
        return part.start(), part.start()
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
        return Line(piece, _ALL_DAY.sub("", _what(piece, None)) or _what(piece, None), None)
    span = spans[0]
    return Line(piece, _what(piece, span), span.minutes, span.begins, span.ends)


def _what(piece: str, span: Span | None) -> str:
    """The description: the piece without its time."""
    if span is None:
        return piece.strip(_EDGES)
    before, after = piece[: span.start].strip(_EDGES), piece[span.end :].strip(_EDGES)
    before = re.sub(r"\s+(?:i|fra|from|for|ca\.?)$", "", before, flags=re.IGNORECASE)
    before = "" if _TOLD.match(before) else before
    after = _CONNECTOR.sub("", after) if not before else after
    return _LEADING_THEN.sub("", f"{before} {after}".strip(_EDGES)) or piece.strip(_EDGES)


def _without_parts(lines: list[Line]) -> list[Line]:
    """Lines with what is said to be a part of them taken off: "9-12 OS2iot, heraf 1 time telefon" is two and one."""
    found: list[Line] = []
    place = -1
    for line in lines:
        whole = found[place] if found else None
        is_part = line.minutes is not None and _OF_IT.match(line.what.split(" ")[0]) is not None
        if not is_part or whole is None or whole.minutes is None or (line.minutes or 0) >= whole.minutes:
            place = len(found)
        else:
            found[place] = replace(whole, minutes=whole.minutes - (line.minutes or 0))
            what = line.what.partition(" ")[2].strip(_EDGES) or whole.what
            line = replace(line, what=what, heading=f"{whole.heading} {whole.what}".strip())
        found.append(line)
    return found


def _with_rest(lines: list[Line], totals: Mapping[str, int]) -> list[Line]:
    """Lines with "resten" having what the others leave of the day, where the log says how long it was."""
    found = []
    for line in lines:
        rest = _REST.match(line.what)
        if rest and line.minutes is None:
            total = totals.get(line.day, totals.get(""))
            left = (total or 0) - sum(other.minutes or 0 for other in lines if other.day == line.day)
            line = replace(line, what=line.what[rest.end() :] or line.what, minutes=left if left > 0 else None)
        found.append(line)
    return found


def _after_midnight(line: Line, reached: int | None) -> Line:
    """A line that follows on one that went on over midnight: it belongs to the same night."""
    if reached is None or reached < _MIDNIGHT or line.begins is None or line.begins >= _MIDNIGHT // 2:
        return line
    return replace(line, begins=line.begins + _MIDNIGHT, ends=line.ends + _MIDNIGHT if line.ends else None)


def _linked(lines: list[Line]) -> list[Line]:
    """Lines that only say when they begin or end, with the other end taken from their neighbours."""
    linked: list[Line] = []
    for position, line in enumerate(lines):
        line = _after_midnight(line, linked[-1].ends if linked else None)
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
