"""The tag capability in conversation, on the embedded handbook."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.contracts import Answer, Asker
from bot.dispatcher import Dispatcher
from bot.session import Session
from handlers.handbook import Handbook
from handlers.tags import TagCapability, TagModel, TimeTags, corrections
from tests.conversation import NO_CONTEXT, Nobody, question
from tests.handlers.tags.conftest import Write

DRIFT, UDVIKLING = "Produkt-/projektstøtte (drift)", "Produkt-/projektstøtte (udvikling)"
KOMMUNIKATION, LÆRING = "Kommunikation & synlighed", "Kompetenceudvikling & læring"
ADMINISTRATOR = Asker(1, "En Administrator", administers_bot=True)
COLLEAGUE, OTHER = Asker(8, "En Kollega"), Asker(9, "En Anden")


@dataclass
class Chat:
    """A conversation with the tag capability alone."""

    time_tags: TimeTags
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.session = Session(Dispatcher([TagCapability(self.time_tags), Nobody()]))

    def say(self, text: str, asker: Asker = COLLEAGUE) -> Answer:
        return self.session.ask(question(text, asker=asker, conversation=str(asker.id)))


@pytest.fixture
def chat(time_tags: TimeTags) -> Chat:
    return Chat(time_tags)


def tag_of(answer: Answer) -> str:
    found = answer.data["tag"]
    assert isinstance(found, dict)
    return str(found["name"])


@pytest.mark.parametrize(
    ("text", "tag", "task", "project"),
    [
        ("tag: styregruppemøde i OS2iot", DRIFT, "Styregruppe og koordinationsgruppe", "OS2iot"),
        ("tag: skrev nyhedsbrev til alle medlemmer", KOMMUNIKATION, "Udarbejdelse af kommunikationsmateriale", None),
        ("tag: frokost", "Pause", "Frokost (betalt pause)", None),
        ("tag: på ferie hele ugen", "Fravær", "Ferie", None),
        ("hvilket tag er et kursus i projektledelse?", LÆRING, "Kursus og certificering", None),
        ("what tag for sick leave", "Fravær", "Sygdom", None),
    ],
)
def test_a_description_gets_tag_task_and_project(
    chat: Chat, text: str, tag: str, task: str, project: str | None
) -> None:
    answer = chat.say(text)
    found = answer.data["tag"]
    assert isinstance(found, dict)
    assert (found["name"], found["task"], found["project"]) == (tag, task, project or "Sekretariatsarbejde")
    assert tag in answer.text
    assert answer.sources[0].heading == tag


def test_the_rule_is_quoted_with_its_link(chat: Chat, time_tags: TimeTags) -> None:
    answer = chat.say("tag: rejste med toget til Odense og sov")
    rule = time_tags.knowledge.tag("Transport")
    assert rule is not None
    assert f"> {rule.rule}" in answer.text
    assert rule.source.url in answer.text


def test_the_question_around_a_description_does_not_count(chat: Chat) -> None:
    assert tag_of(chat.say("Hej! Jeg spiste min madpakke. Er det kommunikation?")) == "Pause"


@pytest.mark.parametrize("text", ["tag: møde", "tag: opfølgning", "tag: workshop", "møde"])
def test_what_says_too_little_is_asked_about(chat: Chat, text: str) -> None:
    answer = chat.say(text)
    assert answer.asks
    assert not answer.answered
    assert len(answer.choices) >= 2


@pytest.mark.parametrize(("reply", "place"), [("2", 1), ("den anden", 1), ("det sidste", -1), ("den første", 0)])
def test_a_number_or_an_ordinal_settles_it(chat: Chat, reply: str, place: int) -> None:
    offered = chat.say("tag: møde").choices
    answer = chat.say(reply)
    assert tag_of(answer) == offered[place].label
    assert answer.answered


def test_a_button_settles_it_without_recording_a_correction(chat: Chat) -> None:
    offered = chat.say("tag: workshop").choices
    assert tag_of(chat.say(offered[1].reply)) == offered[1].label
    assert chat.session.all(corrections.COLLECTION) == {}


def test_more_words_settle_it(chat: Chat) -> None:
    chat.say("tag: konference")
    assert tag_of(chat.say("jeg holdt selv et oplæg om OS2 fra scenen")) == KOMMUNIKATION


def test_another_question_is_no_answer_to_the_bots(chat: Chat) -> None:
    chat.say("tag: møde")
    assert chat.say("hvem godkender fakturaer for OS2iot?").intent == "unknown"


def test_a_new_description_is_no_answer_to_the_last_one(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev til alle medlemmer")
    chat.say("tag: transport")
    assert chat.session.all(corrections.COLLECTION) == {}


def test_hvorfor_names_the_words_and_the_rule(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev")
    answer = chat.say("hvorfor?")
    assert "`nyhedsbrev`" in answer.text
    assert KOMMUNIKATION in answer.text


def test_all_tags_are_listed(chat: Chat, time_tags: TimeTags) -> None:
    answer = chat.say("hvilke tags findes der?")
    assert all(tag.name in answer.text for tag in time_tags.knowledge.tags)


def test_the_list_of_tags_fits_into_a_chat_and_comes_from_the_overview(chat: Chat, time_tags: TimeTags) -> None:
    answer = chat.say("hvilke tags findes der?")
    assert len(answer.text) < 1500
    assert answer.sources == (time_tags.knowledge.overview,)


def test_a_suggestion_tells_which_line_of_the_handbook_it_follows(chat: Chat, time_tags: TimeTags) -> None:
    answer = chat.say("tag: holdt MUS med en medarbejder")
    tag = time_tags.knowledge.tag(tag_of(answer))
    assert tag is not None
    lines = [*tag.situations, *(task.description for task in time_tags.knowledge.tasks_of(tag.name))]
    assert any(f"»{line.rstrip('. ')}«" in answer.text for line in lines)


def test_a_long_word_does_not_make_an_answer_long(chat: Chat) -> None:
    chat.say("tag: skrev nyhedsbrev om " + "x" * 1500)
    assert len(chat.say("hvorfor?").text) < 1500


def test_a_tag_is_explained(chat: Chat) -> None:
    answer = chat.say("hvad betyder tagget Transport?")
    assert "Bruges når" in answer.text
    assert answer.sources[0].heading == "Transport"


def test_a_meeting_with_a_purpose_may_not_be_called_an_internal_meeting(chat: Chat) -> None:
    answer = chat.say("må jeg bruge Møde – internt når vi taler om OS2's strategi med KL?")
    assert answer.text.startswith("Nej")
    assert "Strategi & interessevaretagelse" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "hvem godkender min tidsregistrering?",
        "jeg har tagget OS2sync på en faktura, hvem attesterer den?",
        "mind mig om at registrere timer på fredag",
        "hvordan skriver man en artikel?",
        "tak!",
    ],
)
def test_questions_of_others_are_left_alone(time_tags: TimeTags, text: str) -> None:
    claim = TagCapability(time_tags).claim(question(text), NO_CONTEXT)
    assert claim is None or claim.confidence < 0.4


def test_a_correction_by_an_administrator_counts_for_everybody(chat: Chat) -> None:
    before = tag_of(chat.say("tag: ryddede op i blomsterkassen ved hoveddøren", ADMINISTRATOR))
    assert before != "Ledelse & personale"
    chat.say("nej, det er Ledelse & personale", ADMINISTRATOR)
    assert tag_of(chat.say("tag: ryddede op i blomsterkassen ved hoveddøren", OTHER)) == "Ledelse & personale"


def test_a_colleagues_correction_counts_for_them_and_waits_for_the_others(chat: Chat) -> None:
    text = "tag: ryddede op i blomsterkassen ved hoveddøren"
    before = tag_of(chat.say(text))
    chat.say("nej, det er personale")
    assert tag_of(chat.say(text)) == "Ledelse & personale"
    assert tag_of(chat.say(text, OTHER)) == before
    (waiting,) = corrections.listed(chat.session)
    assert (waiting.tag, waiting.instead_of, waiting.accepted) == ("Ledelse & personale", before, False)


def test_a_correction_against_the_handbooks_own_words_waits_even_for_an_administrator(chat: Chat) -> None:
    chat.say("tag: generalforsamling", ADMINISTRATOR)
    answer = chat.say("nej, det er Transport", ADMINISTRATOR)
    (waiting,) = corrections.listed(chat.session)
    assert not waiting.accepted
    assert waiting.against == "Governance & bestyrelsesbetjening"
    assert waiting.against in answer.text


@pytest.mark.parametrize("text", ["transport", "fravær", "pause"])
def test_the_next_task_in_a_plain_word_is_not_a_correction_of_the_last(chat: Chat, text: str) -> None:
    chat.say("tag: skrev nyhedsbrev")
    assert "Tak, så er det" not in chat.say(text).text


def test_a_new_description_after_no_is_not_a_correction(chat: Chat) -> None:
    chat.say("tag: holdt oplæg på en konference")
    answer = chat.say("nej, det var en intern session, hvor jeg underviste kollegerne i git")
    assert tag_of(answer) == LÆRING
    assert chat.session.all(corrections.COLLECTION) == {}


def test_statistics_tell_what_was_asked_without_names(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev til alle medlemmer")
    chat.say("nej, det er governance")
    answer = chat.say("tag: statistik")
    assert "| Kommunikation & synlighed | 1 | 1 |" in answer.text
    assert COLLEAGUE.name not in answer.text


def test_foreign_text_cannot_mention_anybody(chat: Chat) -> None:
    chat.say("tag: skrev nyhedsbrev @**all**")
    assert "@**" not in chat.say("hvorfor?").text.replace("`", "")


@pytest.mark.parametrize("text", ["tag:", "tag:   "])
def test_an_empty_description_is_asked_for(chat: Chat, text: str) -> None:
    answer = chat.say(text)
    assert answer.asks
    assert "Hvad har du lavet?" in answer.text


def test_several_products_must_share_the_time(chat: Chat) -> None:
    assert "OS2iot og OS2forms" in chat.say("tag: statusmøde med leverandøren om OS2iot og OS2forms").text


def test_opret_orders_a_todo_with_the_suggested_project_and_tag(time_tags: TimeTags) -> None:
    session = Session(Dispatcher([TagCapability(time_tags, todos=True), Nobody()]))
    session.ask(question("tag: styregruppemøde i OS2iot"))
    assert "Jeg opretter »Møde med alle« i Leantime under OS2iot" in session.ask(question("opret: Møde med alle")).text
    (order,) = session.all("leantime-todo").values()
    assert order.value == {"title": "Møde med alle", "project": "OS2iot", "tag": DRIFT}
    assert order.owner == COLLEAGUE.id


def test_opret_without_leantime_says_so_and_orders_nothing(chat: Chat) -> None:
    chat.say("tag: styregruppemøde i OS2iot")
    assert "ikke koblet til Leantime" in chat.say("opret").text
    assert chat.session.all("leantime-todo") == {}


CHANGED = """
# Tags

## Formidling

**Bruges når**

Noget fortælles videre.

| Standardopgave | Kort beskrivelse |
|--|--|
| Presse og SoMe | Opslag |
| Produktkommunikation | Nyt om produkter |
| Oplæg og repræsentation | Taler |

## Havearbejde

**Bruges når**

Der arbejdes i bede og drivhuse.

**Typiske situationer**

- Lugning og vanding

## Pause

**Bruges når**

Der spises.
"""


@pytest.fixture
def changed(write: Write, tag_model: TagModel) -> TimeTags:
    return TimeTags(write(CHANGED), tag_model)


def test_a_renamed_tag_is_known_by_its_standard_tasks(changed: TimeTags) -> None:
    assert tag_of(Chat(changed).say("tag: lagde opslag om konferencen på LinkedIn")) == "Formidling"


def test_a_new_tag_works_from_its_rules_alone(changed: TimeTags) -> None:
    assert tag_of(Chat(changed).say("tag: lugning i bedene og vanding i drivhuset")) == "Havearbejde"


def test_a_tag_that_is_gone_is_not_suggested(changed: TimeTags) -> None:
    found = Chat(changed).say("tag: kørte til Odense").data["tag"]
    assert isinstance(found, dict)
    alternatives = found["alternatives"]
    assert isinstance(alternatives, list)
    assert {found["name"], *alternatives} <= {"Formidling", "Havearbejde", "Pause"}


def test_check_tells_how_the_handbook_differs_from_the_data(changed: TimeTags) -> None:
    said = "\n".join(finding.text for finding in changed.check())
    assert "Kommunikation & synlighed hedder Formidling" in said
    assert "Havearbejde er nyt" in said
    assert "Transport findes ikke" in said


def test_a_handbook_without_tags_says_so(write: Write, tag_model: TagModel) -> None:
    silent = TimeTags(write("# Hej\n\nIntet om tid.\n"), tag_model)
    answer = Chat(silent).say("tag: frokost")
    assert not answer.answered
    assert "ingen liste over tags" in answer.text
    assert [finding.level for finding in silent.check()] == ["warning"]


def test_the_handbook_can_be_exchanged_while_running(write: Write, tag_model: TagModel, embedded: Handbook) -> None:
    time_tags = TimeTags(embedded, tag_model)
    capability = TagCapability(time_tags)
    capability.update(write(CHANGED))
    claim = capability.claim(question("hvilke tags findes der?"), NO_CONTEXT)
    assert claim is not None
    assert "Havearbejde" in claim.answer().text


def test_work_that_only_sounds_like_a_tag_is_suggested_for_and_not_judged(chat: Chat) -> None:
    answer = chat.say("Skal jeg registrere min frokostpause?")
    assert tag_of(answer) == "Pause"
    assert not answer.text.startswith("Nej")


def test_a_few_words_that_may_be_a_question_get_a_suggestion_with_reserve(chat: Chat) -> None:
    answer = chat.say("betalingsfrist faktura")
    assert not answer.answered
    assert answer.text.startswith("Hvis det er noget, du har lavet")
    assert chat.say("skrev nyhedsbrev").answered


@pytest.mark.parametrize("text", ["min kat spiser ikke, hvad skal jeg gøre", "regningen er for høj hvad gør jeg"])
def test_a_story_that_ends_in_a_question_is_no_task(chat: Chat, text: str) -> None:
    assert chat.say(text).intent == "unknown"
