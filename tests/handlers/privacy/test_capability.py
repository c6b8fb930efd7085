"""What the bot says about what it keeps, and how it lets go of it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.contracts import Answer, Asker, Context, Direct, Forget, Holding, Question, Turn
from bot.dispatcher import Dispatcher
from bot.session import Session
from handlers.privacy import PrivacyCapability

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
KEPT = (Holding("spørgsmål", 3, 1), Holding("noter", 0, None))


def ask(text: str, holdings: tuple[Holding, ...] = KEPT, last: Turn | None = None) -> Answer | None:
    context = Context((last,) if last else (), Session(Dispatcher(())), {}, lambda: holdings)
    claim = PrivacyCapability().claim(Question(text, Asker(10, "En"), Direct((10,)), NOW), context)
    return claim.answer() if claim else None


@pytest.mark.parametrize("text", ["Hvad ved du om mig?", "hvad gemmer du om mig", "Hvilke oplysninger har I om mig?"])
def test_it_tells_what_is_kept_and_for_how_long(text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert "| spørgsmål | 3 | efter 1 dag |" in answer.text
    assert "noter" not in answer.text


def test_with_nothing_kept_it_says_so() -> None:
    answer = ask("hvad ved du om mig?", holdings=())
    assert answer is not None
    assert answer.text == "Jeg har ikke gemt noget om dig."


def test_deleting_is_asked_about_first() -> None:
    answer = ask("slet mine data")
    assert answer is not None
    assert answer.asks
    assert not answer.effects


def test_a_yes_deletes_everything_the_person_owns() -> None:
    asked = Turn("slet mine data", "privacy", {"asked": True})
    answer = ask("ja, slet mine data", last=asked)
    assert answer is not None
    assert answer.effects == (Forget(10),)


def test_a_no_deletes_nothing() -> None:
    answer = ask("nej", last=Turn("slet mine data", "privacy", {"asked": True}))
    assert answer is not None
    assert not answer.effects


@pytest.mark.parametrize("text", ["ja", "slet min påmindelse om fredag", "hvad ved du om fakturaer?"])
def test_other_matters_are_left_to_others(text: str) -> None:
    assert ask(text) is None
