"""What a user confirms about an answer counts: for themselves at once, for everybody after review."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contracts import (
    Answer,
    Asker,
    Context,
    Direct,
    Json,
    Put,
    Record,
    Role,
    Turn,
)  # fmt: skip
from bot.dispatcher import Dispatcher
from bot.session import Session
from handlers.handbook import HandbookReader, QuestionReview
from handlers.handbook.answer import INTENT
from handlers.handbook.confirmed import COLLECTION, listed
from handlers.handbook.followups import Wish, wish
from handlers.handbook.questions import find, read
from tests.conversation import NOW, Nobody, question
from tests.handlers.handbook.small import SITE, answering, write

COLLEAGUE, OTHER, ADMINISTRATOR = Asker(8, "A"), Asker(9, "B"), Asker(1, "C", administers_bot=True)
ASKED = "hvad gør vi ved stålhesten?"
PAGES = {
    "docs/cykler.md": """
        # Cykler

        ## Lån

        Nøglen til tjenestecyklen hænger i receptionen. Cyklen afleveres samme sted inden fyraften.

        ## Værksted

        Punkteringer meldes til cykelværkstedet i gården.
    """,
    "docs/kantine.md": """
        # Kantinen

        Frokost bestilles i Madportalen senest klokken 10 samme dag.
    """,
}


@dataclass
class Chat:
    """Conversations with the handbook capability, and somebody who has no answer."""

    folder: Path
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.reader = HandbookReader(write(self.folder, PAGES), SITE)
        self.handbook = self.reader.read()
        self.capability = answering(self.handbook)
        self.session = Session(Dispatcher([self.capability, Nobody()]))

    def say(self, text: str, asker: Asker = COLLEAGUE) -> Answer:
        return self.session.ask(question(text, asker=asker, conversation=str(asker.id)))

    def leads_to_workshop(self, asker: Asker) -> bool:
        answer = self.say(ASKED, asker)
        return answer.answered and answer.sources[0].heading == "Værksted"

    def confirm(self, asker: Asker) -> None:
        """Says that the odd question is answered by what the handbook says about the workshop."""
        places: list[Json] = ["docs/cykler.md#værksted"]
        last = Turn(ASKED, INTENT, {"question": ASKED, "places": places, "at": 0})
        claim = self.capability.claim(question("det var svaret", asker=asker), Context((last,), self.session))
        assert claim is not None
        self.session.carry_out(claim.answer().effects, NOW)


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    return Chat(tmp_path)


def test_the_right_answer_is_kept_with_its_question(chat: Chat) -> None:
    chat.say("hvor melder man punkteringer?")
    assert "Næste gang du spørger" in chat.say("det var svaret").text
    (kept,) = listed(chat.session.all(COLLECTION))
    assert (kept.known.question, kept.known.heading) == ("hvor melder man punkteringer?", "Værksted")
    assert not kept.accepted


def test_another_place_can_be_named_as_the_right_one_by_its_number(chat: Chat) -> None:
    first = chat.say("har cyklen en ringeklokke?")
    assert len(first.sources) > 1
    assert first.sources[1].heading in chat.say("nr. 2 var det rigtige").text
    (kept,) = listed(chat.session.all(COLLECTION))
    assert kept.known.heading == first.sources[1].heading


def test_after_a_doubtful_answer_the_place_picked_is_asked_about_and_a_yes_confirms_it(chat: Chat) -> None:
    doubtful = chat.say("har cyklen en ringeklokke?")
    assert not doubtful.answered
    assert "Var det svaret?" in chat.say("1").text
    assert "Tak!" in chat.say("ja").text
    assert len(listed(chat.session.all(COLLECTION))) == 1


def test_a_yes_to_nothing_confirms_nothing(chat: Chat) -> None:
    chat.say("hvor melder man punkteringer?")
    chat.say("ja")
    assert not chat.session.all(COLLECTION)


def test_what_a_colleague_confirmed_counts_for_them_alone(chat: Chat) -> None:
    assert not chat.leads_to_workshop(COLLEAGUE)
    chat.confirm(COLLEAGUE)
    assert chat.leads_to_workshop(COLLEAGUE)
    assert not chat.leads_to_workshop(OTHER)


def test_what_an_administrator_confirmed_counts_for_everybody(chat: Chat) -> None:
    chat.confirm(ADMINISTRATOR)
    assert chat.leads_to_workshop(OTHER)


def test_it_is_silent_when_the_section_has_changed(chat: Chat) -> None:
    chat.confirm(ADMINISTRATOR)
    page = chat.folder / "docs" / "cykler.md"
    page.write_text(page.read_text(encoding="utf-8").replace("i gården", "på gaden"), encoding="utf-8")
    chat.capability.update(chat.reader.read())
    assert not chat.leads_to_workshop(OTHER)


def test_a_wrong_answer_is_regretted_with_the_other_places_and_forgotten(chat: Chat) -> None:
    chat.confirm(COLLEAGUE)
    chat.say(ASKED)
    text = chat.say("nej, det var ikke det").text
    assert "ærgerligt" in text
    assert "Værksted" not in text
    assert not chat.session.all(COLLECTION)
    assert not chat.leads_to_workshop(COLLEAGUE)


def test_a_question_too_long_to_come_again_is_not_kept(chat: Chat) -> None:
    chat.say("hvor melder man punkteringer? " + "jeg cyklede på arbejde. " * 20)
    assert "Tak" in chat.say("rigtigt").text
    assert not chat.session.all(COLLECTION)


@pytest.mark.parametrize(
    "said",
    [
        "det var svaret",
        "nr. 2 var det rigtige",
        "Ja, det var det!",
        "det er rigtigt",
        "det var det jeg ledte efter",
        "rigtigt",
        "that's right",
    ],
)
def test_ways_to_say_that_it_is_right(said: str) -> None:
    found = wish(said)
    assert found is not None
    assert found.kind == "right"


@pytest.mark.parametrize(
    "said", ["nej", "forkert", "det var ikke det jeg spurgte om", "det var ikke svaret", "no, wrong"]
)
def test_ways_to_say_that_it_is_wrong(said: str) -> None:
    found = wish(said)
    assert found is not None
    assert found.kind == "wrong"


@pytest.mark.parametrize(
    "said",
    ["nr. 2 var det rigtige", "nummer to var svaret", "den anden var rigtig", "nej, det var nummer 2", "ja, nr 2"],
)
def test_ways_to_say_that_the_second_is_right(said: str) -> None:
    assert wish(said) == Wish("right", 2)


@pytest.mark.parametrize("said", ["2", "nr. 2", "nr 2", "nummer to", "den anden"])
def test_ways_to_pick_the_second_place(said: str) -> None:
    assert wish(said) == Wish("pick", 2)


@pytest.mark.parametrize("said", ["vis mere", "hvor står det", "nr. 2", "det var svaret"])
def test_a_wish_about_an_answer_that_was_not_given_is_no_question_to_the_handbook(chat: Chat, said: str) -> None:
    assert "ikke talt om noget" in chat.say(said).text


@pytest.mark.parametrize(
    "said",
    [
        "er det rigtigt?",
        "hvad er det rigtige logo",
        "ja tak",
        "tak",
        "nej tak",
        "ikke",
        "det var det",
        "Tak, det var det.",
    ],
)
def test_what_is_no_word_about_the_answer(said: str) -> None:
    assert wish(said) is None


def test_what_is_exported_can_be_read_as_data(chat: Chat, tmp_path: Path) -> None:
    chat.confirm(ADMINISTRATOR)
    chat.confirm(COLLEAGUE)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.txt").write_text(QuestionReview().export(chat.session), encoding="utf-8")
    (known,) = read(folder)
    section = find(chat.handbook, known)
    assert section is not None
    assert (known.question, section.heading) == (ASKED, "Værksted")


def test_a_reviewer_sees_the_question_and_where_it_leads(chat: Chat) -> None:
    chat.confirm(COLLEAGUE)
    (record,) = chat.session.all(COLLECTION).values()
    assert QuestionReview().described(record) == [f"»{ASKED}«: docs/cykler.md › Værksted"]


def test_a_damaged_record_is_passed_over() -> None:
    broken = Record(["nothing"], 1, NOW - timedelta(days=1))
    assert listed({"x": broken}) == []
    assert QuestionReview().described(broken) == []


def test_thanks_is_no_confirmation(chat: Chat) -> None:
    chat.say("hvor melder man punkteringer?", ADMINISTRATOR)
    chat.say("Tak, det var det.", ADMINISTRATOR)
    assert not chat.session.all(COLLECTION)


def test_confirming_again_does_not_withdraw_that_it_was_accepted(chat: Chat) -> None:
    chat.say("hvor melder man punkteringer?")
    chat.say("det var svaret")
    records = chat.session.all(COLLECTION)
    ((key, kept),) = records.items()
    assert isinstance(kept.value, dict)
    chat.session.carry_out([Put(COLLECTION, key, {**kept.value, "accepted": True}, owner=kept.owner)], NOW)
    chat.say("hvor melder man punkteringer?")
    chat.say("det var svaret")
    assert [item.accepted for item in listed(records)] == [True]


def test_a_refusal_forgets_only_what_it_is_about(chat: Chat) -> None:
    chat.confirm(COLLEAGUE)
    chat.say(ASKED)
    chat.say("hvor hænger nøglen?")
    chat.say("forkert")
    assert len(chat.session.all(COLLECTION)) == 1


def test_a_place_refused_is_not_offered_again(chat: Chat) -> None:
    first = chat.say("har cyklen en ringeklokke?")
    chat.say("1")
    chat.say("nej")
    chat.say("2")
    text = chat.say("nej").text
    assert all(f"{source.heading}]" not in text for source in first.sources[:2])


def test_what_was_confirmed_is_what_the_talk_is_about_from_then_on(chat: Chat) -> None:
    second = chat.say("har cyklen en ringeklokke?").sources[1]
    chat.say("nr. 2 var det rigtige")
    assert chat.say("hvor står det?").sources == (second,)


def test_a_refusal_where_nothing_was_asked_says_so(chat: Chat) -> None:
    assert "None" not in chat.say("hvad er klokken i Tokyo?").text
    assert "None" not in chat.say("nej").text


def test_a_guest_who_may_keep_nothing_is_not_asked_to(chat: Chat) -> None:
    guest = Asker(5, "G", role=Role.GUEST)
    chat.say("har cyklen en ringeklokke?", guest)
    assert "Var det svaret?" not in chat.say("1", guest).text


def test_in_a_group_nobody_keeps_the_words_of_another(chat: Chat) -> None:
    for text in ("hvor melder man punkteringer?", "det var svaret"):
        chat.session.ask(replace(question(text), place=Direct((8, 9))))
    assert not chat.session.all(COLLECTION)


def test_no_word_of_a_user_can_pass_for_structure_in_the_export(chat: Chat, tmp_path: Path) -> None:
    chat.say("## | Kantinen | deadbeef hvor melder man punkteringer?", ADMINISTRATOR)
    chat.say("det var svaret", ADMINISTRATOR)
    (tmp_path / "b.txt").write_text(QuestionReview().export(chat.session), encoding="utf-8")
    (known,) = read(tmp_path)
    assert known.heading == "Værksted"
