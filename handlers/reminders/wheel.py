"""The year as a wheel: a picture that is as readable on a dark screen as on a light one."""

from __future__ import annotations

import calendar
import io
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from font_source_sans_pro import font_files_ttf
from PIL import Image, ImageDraw, ImageFont

from handlers.danish.calendar import MONTHS
from handlers.reminders.schedule import Event
from handlers.reminders.texts import period_name

WIDTH, HEIGHT = 1600, 840
"""The picture's size in pixels."""
_SCALE = 2
"""It is drawn larger and then made smaller, for smooth edges."""
_CENTRE = (WIDTH / 2, HEIGHT / 2)
_OUTER, _INNER, _HUB = 340.0, 262.0, 150.0
_LABEL_X = 400.0
"""How far to the side of the centre the labels begin."""
_LABEL_HEIGHT = 62.0
_MOST_LABELS = 12
"""A reminder that comes more often gets marks on the wheel only, and one line in the legend."""

_GROUND, _INK, _FAINT = "#1d2733", "#f2f5f7", "#93a4b5"
_QUARTERS = ("#2b5d73", "#2f6f5e", "#7a6a2f", "#7a4a45")
_COLOURS = ("#ffb454", "#6fd3ff", "#b5e26a", "#ff8fa3", "#cba6ff", "#5fe0c0")

_Point = tuple[float, float]


def year_wheel(events: Sequence[Event], year: int, today: date | None = None) -> bytes:
    """The events of a year as a PNG; `today` draws the hand where it lies in the year."""
    canvas = _Canvas()
    _draw_months(canvas, year)
    if today and today.year == year:
        canvas.line(_at(today, _HUB), _at(today, _INNER), _INK, 3)
        canvas.text((WIDTH - 34, HEIGHT - 30), "Den hvide streg er i dag", 22, _FAINT, anchor="rs")
    colours = {event.reminder.id: "" for event in events}
    colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(colours)}
    often = {name for name, count in Counter(event.reminder.id for event in events).items() if count > _MOST_LABELS}
    for event in events:
        frequent = event.reminder.id in often
        canvas.dot(
            _at(event.at.date(), _OUTER + (10 if frequent else 0)), 4 if frequent else 11, colours[event.reminder.id]
        )
    _draw_labels(canvas, [event for event in events if event.reminder.id not in often], colours)
    _draw_legend(canvas, events, often, colours)
    canvas.text(_CENTRE, str(year), 74, bold=True, anchor="ms")
    canvas.text((_CENTRE[0], _CENTRE[1] + 40), "Årshjul", 34, _FAINT, anchor="ms")
    return canvas.png()


def _draw_months(canvas: _Canvas, year: int) -> None:
    for month, name in enumerate(MONTHS, start=1):
        start = _angle(date(year, month, 1))
        end = start + 360 * calendar.monthrange(year, month)[1] / _days(year)
        quarter = (month - 1) // 3
        canvas.ring(_OUTER, _INNER, start, end, _QUARTERS[quarter])
        canvas.text(_polar((start + end) / 2, (_OUTER + _INNER) / 2), name[:3], 27, anchor="mm", bold=True)
    for quarter in range(4):
        start, end = _angle(date(year, 3 * quarter + 1, 1)), 360.0 - 90
        if quarter < 3:
            end = _angle(date(year, 3 * quarter + 4, 1))
        canvas.ring(_INNER - 4, _HUB, start, end, "#26323f")
        canvas.text(_polar((start + end) / 2, (_INNER + _HUB) / 2), f"K{quarter + 1}", 30, _FAINT, anchor="mm")


@dataclass
class _Label:
    event: Event
    y: float


def _draw_labels(canvas: _Canvas, events: Sequence[Event], colours: dict[str, str]) -> None:
    """Each event's title and date beside the wheel, with a line to its mark; none on top of another."""
    for side in (1, -1):
        beside = [event for event in events if (_at(event.at.date(), 1)[0] >= _CENTRE[0]) == (side == 1)]
        labels = [_Label(event, _at(event.at.date(), _OUTER)[1]) for event in beside]
        labels.sort(key=lambda label: label.y)
        height = min(_LABEL_HEIGHT, (HEIGHT - 60) / max(len(labels), 1))
        _spread(labels, height)
        for label in labels:
            event, x = label.event, _CENTRE[0] + side * _LABEL_X
            colour = colours[event.reminder.id]
            mark = _at(event.at.date(), _OUTER)
            canvas.line(mark, (x - side * 14, label.y), colour, 2)
            anchor = "ls" if side == 1 else "rs"
            canvas.text(
                (x, label.y - 2), event.reminder.title, 25, bold=True, anchor=anchor, fit=WIDTH / 2 - _LABEL_X - 20
            )
            canvas.text((x, label.y + 23), _detail(event), 21, _FAINT, anchor=anchor, fit=WIDTH / 2 - _LABEL_X - 20)


def _detail(event: Event) -> str:
    """The day, and the period where it is another than the day's own month or year."""
    day = f"{event.at.day}. {MONTHS[event.at.month - 1]}"
    own = event.at.date().isoformat().startswith(event.period)
    return day if own else f"{day} · {period_name(event.period)}"


def _spread(labels: list[_Label], height: float) -> None:
    """Moves the labels, which are sorted, so far apart that none covers another, and into the picture."""
    lowest = 40.0
    for label in labels:
        label.y = max(label.y, lowest)
        lowest = label.y + height
    highest = HEIGHT - 40.0
    for label in reversed(labels):
        label.y = min(label.y, highest)
        highest = label.y - height


def _draw_legend(canvas: _Canvas, events: Sequence[Event], often: set[str], colours: dict[str, str]) -> None:
    """A line for each reminder that comes too often for labels."""
    titles = {event.reminder.id: event.reminder.title for event in events if event.reminder.id in often}
    for number, (name, title) in enumerate(titles.items()):
        y = HEIGHT - 30 - 30 * number
        canvas.dot((34, y - 7), 6, colours[name])
        count = sum(event.reminder.id == name for event in events)
        canvas.text((52, y), f"{title} ({count} gange)", 22, _FAINT, anchor="ls", fit=WIDTH / 2)


def _days(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _angle(day: date) -> float:
    """Degrees from three o'clock, clockwise; the year begins at the top."""
    return 360 * (day.timetuple().tm_yday - 1) / _days(day.year) - 90


def _at(day: date, radius: float) -> _Point:
    return _polar(_angle(day), radius)


def _polar(degrees: float, radius: float) -> _Point:
    turn = math.radians(degrees)
    return _CENTRE[0] + radius * math.cos(turn), _CENTRE[1] + radius * math.sin(turn)


class _Canvas:
    """A picture that is drawn on in its final pixels."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), _GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        file = io.BytesIO()
        self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
        return file.getvalue()

    def ring(self, outer: float, inner: float, start: float, end: float, colour: str) -> None:
        """A piece of a ring, with a thin gap to its neighbours."""
        gap = 0.35
        steps = [start + gap + (end - start - 2 * gap) * number / 40 for number in range(41)]
        edge = [_polar(step, outer) for step in steps] + [_polar(step, inner) for step in reversed(steps)]
        self._draw.polygon([_scaled(point) for point in edge], fill=colour)

    def dot(self, point: _Point, radius: float, colour: str) -> None:
        x, y = _scaled(point)
        radius *= _SCALE
        self._draw.ellipse(
            (x - radius, y - radius, x + radius, y + radius), fill=colour, outline=_GROUND, width=2 * _SCALE
        )

    def line(self, start: _Point, end: _Point, colour: str, width: int) -> None:
        self._draw.line([_scaled(start), _scaled(end)], fill=colour, width=width * _SCALE)

    def text(
        self,
        point: _Point,
        text: str,
        size: int,
        colour: str = _INK,
        *,
        bold: bool = False,
        anchor: str = "la",
        fit: float = math.inf,
    ) -> None:
        """A line of text, cut with dots where it is wider than `fit`."""
        font = ImageFont.truetype(font_files_ttf["SourceSansProSemibold" if bold else "SourceSansPro"], size * _SCALE)
        if font.getlength(text) > fit * _SCALE:
            while text and font.getlength(f"{text}…") > fit * _SCALE:
                text = text[:-1]
            text = f"{text.rstrip()}…"
        self._draw.text(_scaled(point), text, fill=colour, font=font, anchor=anchor)


def _scaled(point: _Point) -> _Point:
    return point[0] * _SCALE, point[1] * _SCALE
