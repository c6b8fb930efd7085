"""What the bot remembers within one run in the terminal or a batch."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contracts import Answer, Asker, Choice, Claim, Context, Delete, Finding, Forget, Help, Json, Put, Question
from bot.dispatcher import Dispatcher
from bot.session import TURNS_KEPT, Session
from tests.conversation import question


class Notebook:
    """Keeps, deletes and recites what it is told: "husk x", "glem x", "glem alt"; says how many turns it sees."""

    fields: Mapping[str, Json] = {}
    help: Help | None = None

    def claim(self, question: Question, context: Context) -> Claim | None:
        return Claim(1.0, lambda: self._answer(question, context))

    def _answer(self, question: Question, context: Context) -> Answer:
        verb, _, what = question.text.partition(" ")
        text = f"{len(context.turns)} før; {', '.join(context.records.all('notes'))}"
        if verb == "husk":
            return Answer("note", text, effects=(Put("notes", what, True, owner=question.asker.id),))
        if verb == "status":
            return Answer("note", ", ".join(f"{one.what}: {one.count}" for one in context.holdings()))
        if verb == "glem":
            effect = Forget(question.asker.id) if what == "alt" else Delete("notes", what)
            return Answer("note", text, effects=(effect,))
        return Answer("note", text, choices=(Choice("Ja", "husk ja"),), memory={"asked": question.text})

    def check(self) -> list[Finding]:
        return []


def a_session() -> Session:
    return Session(Dispatcher([Notebook()]))


def test_a_conversation_sees_its_own_turns_only() -> None:
    session = a_session()
    session.ask(question("hvad", conversation="a"))
    assert session.ask(question("hvad", conversation="a")).text.startswith("1 før")
    assert session.ask(question("hvad", conversation="b")).text.startswith("0 før")


def test_old_turns_are_forgotten() -> None:
    session = a_session()
    for _ in range(TURNS_KEPT + 3):
        answer = session.ask(question("hvad"))
    assert answer.text.startswith(f"{TURNS_KEPT} før")


def test_what_a_capability_puts_away_is_there_for_the_next_question_also_in_other_conversations() -> None:
    session = a_session()
    session.ask(question("husk mælk", conversation="a"))
    session.ask(question("husk brød", conversation="a"))
    session.ask(question("glem mælk", conversation="a"))
    assert session.ask(question("hvad", conversation="b")).text.endswith("brød")


def test_forgetting_a_person_deletes_what_they_own_and_no_more() -> None:
    session = a_session()
    session.ask(question("husk mit", asker=Asker(1, "A")))
    session.ask(question("husk dit", asker=Asker(2, "B")))
    session.ask(question("glem alt", asker=Asker(1, "A")))
    assert session.ask(question("hvad")).text.endswith("; dit")


def test_a_number_picks_a_choice_of_the_turn_before() -> None:
    session = a_session()
    session.ask(question("hvad"))
    session.ask(question("1"))
    assert session.ask(question("hvad")).text.endswith("; ja")


def test_somebody_can_see_what_is_kept_about_them_alone() -> None:
    session = a_session()
    session.ask(question("husk mit", asker=Asker(1, "A"), conversation="a"))
    session.ask(question("husk dit", asker=Asker(2, "B"), conversation="b"))
    said = session.ask(question("status", asker=Asker(1, "A"), conversation="a")).text
    assert said == "spørgsmål i denne samtale: 1, noter under »notes«: 1"


def test_nothing_is_kept_about_somebody_who_was_forgotten() -> None:
    session = a_session()
    session.ask(question("husk mit"))
    session.ask(question("glem alt"))
    assert session.ask(question("status")).text == "spørgsmål i denne samtale: 0, noter under »notes«: 0"
