"""How an answer looks outside Zulip."""

from __future__ import annotations

import io
from collections.abc import Mapping

from rich.console import Console

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Question
from bot.dispatcher import Dispatcher
from bot.session import Session
from bot.terminal import Chat, readable


def test_mentions_become_names() -> None:
    assert readable("Spørg @_**En Kollega|12** eller @**En Anden**") == "Spørg En Kollega eller En Anden"


def test_times_are_shown_in_danish_local_time() -> None:
    assert readable("<time:2026-10-01T08:00+02:00>") == "01.10.2026 kl. 08.00"
    assert readable("<time:2026-12-01T08:00:00+00:00>") == "01.12.2026 kl. 09.00"


def test_a_broken_time_is_left_to_read() -> None:
    assert readable("<time:i morgen>") == "i morgen"


def test_spoilers_are_open() -> None:
    assert readable("før\n````spoiler Resten\n```\nkode\n```\n````\nefter") == (
        "før\n**Resten**\n\n```\nkode\n```\nefter"
    )


def test_a_line_of_the_answer_is_a_line_on_the_screen() -> None:
    console = Console(file=io.StringIO(), width=60, force_terminal=True, color_system=None)
    Chat(Session(Dispatcher((TwoLines(),))), "Håndbogen", console).ask("hvad så?")
    lines = [line.strip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    assert lines[:2] == ["den første linje", "den anden linje"]


class TwoLines:
    """Answers everything with two lines."""

    fields: Mapping[str, Json] = {}
    help: Help | None = None

    def claim(self, question: Question, context: Context) -> Claim | None:
        return Claim(1.0, lambda: Answer("handbook", "den første linje\nden anden linje"))

    def check(self) -> list[Finding]:
        return []
