"""Who gets to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Question, Turn
from bot.dispatcher import Dispatcher
from tests.conversation import NO_CONTEXT, NO_RECORDS, question


@dataclass
class Repeater:
    """Claims every question with the same confidence and repeats it under its own name."""

    name: str
    confidence: float | None
    fields: Mapping[str, Json] = field(default_factory=dict)
    help: Help | None = None

    def claim(self, question: Question, context: Context) -> Claim | None:
        if self.confidence is None:
            return None
        return Claim(self.confidence, lambda: Answer(self.name, question.text))

    def check(self) -> list[Finding]:
        return []


def test_the_surest_capability_answers() -> None:
    dispatcher = Dispatcher([Repeater("unsure", 0.2), Repeater("sure", 0.8), Repeater("silent", None)])
    assert dispatcher.answer(question("hvad så?"), NO_CONTEXT).intent == "sure"


def test_of_equals_the_first_answers() -> None:
    dispatcher = Dispatcher([Repeater("first", 0.5), Repeater("second", 0.5)])
    assert dispatcher.answer(question("hvad så?"), NO_CONTEXT).intent == "first"


def test_a_bare_number_picks_one_of_the_choices_just_offered() -> None:
    offered = Context((Turn("hvilken?", "x", {}, ("den første", "den anden")),), NO_RECORDS)
    dispatcher = Dispatcher([Repeater("x", 0.5)])
    assert dispatcher.answer(question("2"), offered).text == "den anden"
    assert dispatcher.answer(question(" 1. "), offered).text == "den første"


def test_a_number_beyond_the_choices_stays_what_it_is() -> None:
    offered = Context((Turn("hvilken?", "x", {}, ("den første", "den anden")),), NO_RECORDS)
    dispatcher = Dispatcher([Repeater("x", 0.5)])
    assert dispatcher.answer(question("3"), offered).text == "3"
    assert dispatcher.answer(question("1"), NO_CONTEXT).text == "1"


class Broken(Repeater):
    """Fails, either already at its claim or at its answer."""

    def claim(self, question: Question, context: Context) -> Claim | None:
        if self.confidence is None:
            raise ValueError(question.text)
        return Claim(self.confidence, self._fail)

    def _fail(self) -> Answer:
        raise ValueError("det hemmelige spørgsmål")


def test_a_capability_that_fails_at_its_claim_leaves_the_question_to_the_others() -> None:
    dispatcher = Dispatcher([Broken("broken", None), Repeater("sound", 0.1)])
    assert dispatcher.answer(question("hvad så?"), NO_CONTEXT).intent == "sound"


def test_a_capability_that_fails_at_its_answer_apologises_in_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    answer = Dispatcher([Broken("broken", 0.9)]).answer(question("det hemmelige spørgsmål"), NO_CONTEXT)
    assert not answer.answered
    assert answer.text.startswith("Undskyld")
    assert "ValueError in _fail" in caplog.text
    assert "hemmelige" not in caplog.text  # what was asked never reaches a log


@pytest.mark.parametrize("text", ["x" * 10_050, "a\n" * 10_000, "\u200b\u202e" * 5_000])
def test_a_message_beyond_all_bounds_is_said_to_be_too_long(text: str) -> None:
    answer = Dispatcher([Repeater("x", 0.5)]).answer(question(text), NO_CONTEXT)
    assert not answer.answered
    assert answer.text.startswith("Din besked er for lang til mig: jeg læser højst 2.000 tegn og 60 linjer")
