"""What a single suggestion says when the description is unclear, worked on the way, chosen, corrected or continued."""

from __future__ import annotations

import pytest

from bot.contracts import Answer
from handlers.tags import TagCapability, TagModel, TimeTags, corrections
from handlers.tags.meanwhile import work_meanwhile
from handlers.tags.unclear import hours_only
from handlers.tags.wishes import bare
from tests.conversation import NO_CONTEXT, question
from tests.handlers.tags.conftest import Write
from tests.handlers.tags.test_tags import ADMINISTRATOR, DRIFT, KOMMUNIKATION, UDVIKLING, Chat, tag_of

IDLE = {"Pause", "Fravær", "Transport"}


@pytest.fixture
def chat(time_tags: TimeTags) -> Chat:
    return Chat(time_tags)


def data_of(answer: Answer) -> dict[str, object]:
    found = answer.data["tag"]
    assert isinstance(found, dict)
    return dict(found)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("tag: togtur til Aarhus, arbejdede på nyhedsbrevet", KOMMUNIKATION),
        ("tag: kørte i bus til Vejle og skrev nyhedsbrev undervejs", KOMMUNIKATION),
        (
            "tag: spiste frokost, imens jeg skrev referat af bestyrelsesmødet færdigt",
            "Governance & bestyrelsesbetjening",
        ),
    ],
)
def test_work_on_the_way_or_in_a_break_gets_the_tag_of_the_work(chat: Chat, text: str, tag: str) -> None:
    assert tag_of(chat.say(text)) == tag


@pytest.mark.parametrize("text", ["tag: jeg arbejdede i toget", "tag: kørte i tog til Odense og arbejdede undervejs"])
def test_work_on_the_way_that_is_not_named_is_asked_for_and_transport_not_offered(chat: Chat, text: str) -> None:
    answer = chat.say(text)
    assert answer.asks
    assert "**Transport** bruges ikke, når turen bliver brugt på arbejde" in answer.text
    assert tag_of(chat.say("skrev et nyhedsbrev til medlemmerne")) == KOMMUNIKATION


@pytest.mark.parametrize(
    "text",
    [
        "tag: kørte i bil hjem fra arbejde",
        "tag: tog toget til Odense og sov hele vejen",
        "tag: sad i toget og læste en krimi",
        "tag: rejste med tog til Vejle uden at arbejde",
    ],
)
def test_a_journey_without_work_stays_transport(chat: Chat, text: str) -> None:
    assert tag_of(chat.say(text)) == "Transport"


def test_talk_at_lunch_is_no_work(chat: Chat) -> None:
    assert tag_of(chat.say("tag: spiste frokost og snakkede om vejret")) == "Pause"


def test_what_will_be_done_there_is_not_done_on_the_way() -> None:
    assert work_meanwhile("tog toget til Odense for at holde oplæg") is None
    assert work_meanwhile("kørte til Odense, hvor jeg skal skrive referat") is None


def test_hvorfor_after_a_choice_says_that_it_was_the_users_and_shows_the_rule(chat: Chat, time_tags: TimeTags) -> None:
    chosen = tag_of(chat.say("drift")) if chat.say("tag: møde").asks else ""
    answer = chat.say("hvorfor?")
    assert chosen == DRIFT
    assert f"du selv valgte **{DRIFT}**" in answer.text
    rule = time_tags.knowledge.tag(DRIFT)
    assert rule is not None
    assert rule.rule in answer.text
    assert "Møde – internt" not in answer.text


def test_hvorfor_after_a_correction_says_that_it_was_the_users(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev")
    chat.say("nej, det er drift")
    assert f"du selv valgte **{DRIFT}**" in chat.say("hvorfor?").text


@pytest.mark.parametrize("text", ["tag: qwrtz", "tag: 4711", "tag: ?!", "tag: zxcv 12 bnmp"])
def test_words_that_nothing_is_known_of_get_no_invented_tag(chat: Chat, text: str) -> None:
    answer = chat.say(text)
    assert answer.asks
    assert not answer.choices
    assert "tag" not in answer.data
    assert "siger mig ikke noget" in answer.text
    assert tag_of(chat.say("skrev et nyhedsbrev")) == KOMMUNIKATION


@pytest.mark.parametrize(
    "text", ["brugte 30 timer på OS2iot i denne uge", "arbejdede hele dagen på OS2iot", "7,5 timer", "diverse opgaver"]
)
def test_hours_without_work_are_asked_about(chat: Chat, text: str) -> None:
    assert chat.say(f"tag: {text}").asks


def test_mixed_work_for_several_products_must_share_the_time(chat: Chat) -> None:
    assert "deles mellem OS2iot og OS2forms" in chat.say("tag: diverse opgaver på OS2iot og OS2forms").text


def test_a_task_is_more_than_its_hours() -> None:
    assert hours_only("2 timer i dag")
    assert not hours_only("2 timers fejlretning i dag")


@pytest.mark.parametrize("text", ["tag: møde", "tag: møde med en styrelse", "tag: opfølgning", "tag: mails"])
def test_idle_time_is_offered_only_when_something_points_to_it(chat: Chat, text: str) -> None:
    answer = chat.say(text)
    assert answer.asks
    assert not IDLE & {choice.label for choice in answer.choices}


@pytest.mark.parametrize(
    "text", ["telefonnummer til sekretariatet", "prisen på OS2iot", "RASCI betydning", "link til wiki"]
)
def test_what_asks_for_a_piece_of_information_is_no_description_of_work(text: str) -> None:
    assert not bare(text)
    assert bare("mail til kommunerne om en release")


@pytest.mark.parametrize("text", ["jeg har glemt min adgangskode", "vi mangler en skærm", "jeg skal bruge et logo"])
def test_who_is_in_want_of_something_tells_of_no_work(text: str) -> None:
    assert not bare(text)


@pytest.mark.parametrize(
    "text",
    ["flyt den til mandag", "slet det igen", "send en mail til bestyrelsen", "jeg er stresset", "jeg er så træt"],
)
def test_orders_and_feelings_are_no_descriptions_of_work(time_tags: TimeTags, text: str) -> None:
    assert not bare(text)
    assert TagCapability(time_tags).claim(question(text), NO_CONTEXT) is None


def test_a_correction_takes_no_standard_task_that_nothing_speaks_for(chat: Chat) -> None:
    chat.say("tag: ryddede op i blomsterkassen ved hoveddøren", ADMINISTRATOR)
    answer = chat.say("det er drift", ADMINISTRATOR)
    assert data_of(answer)["task"] is None
    (kept,) = corrections.listed(chat.session)
    assert kept.task == ""
    again = data_of(chat.say("tag: ryddede op i blomsterkassen ved hoveddøren", ADMINISTRATOR))
    assert (again["name"], again["task"]) == (DRIFT, None)


def test_a_correction_in_two_steps(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev")
    asked = chat.say("nej")
    assert asked.asks
    assert KOMMUNIKATION not in {choice.label for choice in asked.choices}
    assert tag_of(chat.say("det er drift")) == DRIFT
    (kept,) = corrections.listed(chat.session)
    assert (kept.tag, kept.instead_of) == (DRIFT, KOMMUNIKATION)


def test_nej_to_all_that_is_offered_asks_for_the_work(chat: Chat) -> None:
    chat.say("tag: møde")
    assert "Hvad gik arbejdet ud på?" in chat.say("nej").text
    assert tag_of(chat.say("det var styregruppen for OS2iot")) == DRIFT


def test_nej_tak_is_no_correction(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev")
    assert chat.say("nej tak").intent == "unknown"


def test_a_word_that_is_no_tag_is_read_as_a_description_and_said_to_be_none(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev")
    answer = chat.say("nej, det er madpakke")
    assert "intet tag, der hedder »madpakke«" in answer.text
    assert tag_of(answer) == "Pause"


def test_the_difference_between_two_tags_is_told(chat: Chat) -> None:
    answer = chat.say("hvad er forskellen på udvikling og drift?")
    assert {source.heading for source in answer.sources} == {DRIFT, UDVIKLING}


@pytest.mark.parametrize("text", ["hvad er forskellen på et projekt og et produkt?", "hvad er forskellen på os2iot?"])
def test_a_difference_between_other_things_is_left_to_the_handbook(time_tags: TimeTags, text: str) -> None:
    assert TagCapability(time_tags).claim(question(text), NO_CONTEXT) is None


def test_an_unknown_tag_is_named_as_unknown(chat: Chat) -> None:
    chat.say("tag: skrev et nyhedsbrev")
    answer = chat.say("nej, det er qwrtz")
    assert "Jeg kender intet tag eller arbejde, der hedder »qwrtz«" in answer.text
    assert tag_of(chat.say("drift")) == DRIFT


@pytest.mark.parametrize("more", ["og hvis det er for OS2iot?", "hvad med OS2iot?", "og for OS2iot?"])
def test_another_product_changes_the_project_and_nothing_else(chat: Chat, more: str) -> None:
    before = data_of(chat.say("tag: bogføring af fakturaer"))
    after = data_of(chat.say(more))
    assert (after["name"], after["task"], after["project"]) == (before["name"], before["task"], "OS2iot")


def test_the_changed_project_is_kept_when_the_tag_is_corrected(chat: Chat) -> None:
    chat.say("tag: bogføring af fakturaer")
    chat.say("og hvis det er for OS2iot?")
    assert data_of(chat.say("nej, det er drift"))["project"] == "OS2iot"


def test_og_hvis_adds_to_the_description(chat: Chat) -> None:
    chat.say("tag: interview med en avis om OS2iot")
    assert data_of(chat.say("og hvis det var om noget helt andet?"))["project"] == "OS2iot"


def test_a_question_without_work_is_answered_by_asking_for_it(chat: Chat) -> None:
    assert chat.say("hvilket tag skal jeg bruge?").asks
    assert tag_of(chat.say("til at skrive et nyhedsbrev")) == KOMMUNIKATION


PROJECTS = """
# Tid

## Pause

**Bruges når**

Der holdes pause.

## Projekter

### B. Fælles arbejde

Bruges til de fleste opgaver.

## Regler

- Ferie, fravær og pause registreres under *{project}*.
"""


@pytest.mark.parametrize(("project", "told"), [("Egen tid", True), ("Fælles arbejde", False)])
def test_pages_that_name_different_projects_for_idle_time_are_told(
    write: Write, tag_model: TagModel, project: str, told: bool
) -> None:
    answer = Chat(TimeTags(write(PROJECTS.format(project=project)), tag_model)).say("tag: frokost")
    assert data_of(answer)["project"] == "Fælles arbejde"
    assert ("siger Egen tid" in answer.text) is told
    assert ("[Regler](" in answer.text) is told
