"""The long-running bot as a process of its own, against the Zulip double."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.service.listening import Listener
from tests.bot.running import REPOSITORY, answers, bot, looked_three_hours_ago, process, texts, until
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET, IAGO, OTHER

MENTION = "@**Håndbog**"


@pytest.fixture
def double() -> Iterator[Double]:
    with Double().running() as running:
        yield running


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def test_it_answers_direct_messages_and_mentions_and_stops_in_good_order(double: Double, state: Path) -> None:
    with process(double, state) as running:
        double.realm.say(HAMLET, "direkte", to=[BOT])
        double.realm.say(HAMLET, f"midt i {MENTION} sætningen", channel="sekretariat", topic="ferie")
        double.realm.say(HAMLET, "ikke til botten", channel="sekretariat", topic="ferie")
        direct, mention = sorted(answers(double, 2), key=lambda message: message.channel_id)
        assert (direct.content, direct.to) == ("svar på: direkte", (HAMLET, BOT))
        assert (mention.content, mention.channel_id, mention.topic) == ("svar på: midt i sætningen", 19, "ferie")
        assert running.stop() == 0
    assert len(double.realm.said_by(BOT)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "@_**Håndbog** stille",
        "@**all** hej",
        "@**topic** hej",
        "se `@**Håndbog**`",
        "```quote\n@**Håndbog** hej\n```\nenig",
        "@Håndbog hej",
    ],
)
def test_what_is_not_a_mention_aloud_is_left_alone(double: Double, state: Path, text: str) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, text, channel="sekretariat", topic="ferie")
        double.realm.say(HAMLET, "slut", to=[BOT])
        assert texts(double, 1) == ["svar på: slut"]


@pytest.mark.parametrize("mention", ["@**Håndbog|24**", "@**håndbog**", "@*hjælpere*"])
def test_every_way_to_mention_the_bot_counts(double: Double, state: Path, mention: str) -> None:
    double.realm.groups["hjælpere"] = {BOT, OTHER}
    with bot(double, state):
        double.realm.say(HAMLET, f"{mention} hej", channel="andet", topic="ferie")
        assert texts(double, 1)[0].endswith("hej")


def test_bots_are_not_answered(double: Double, state: Path) -> None:
    double.realm.add_user(25, "Ekko", is_bot=True)
    with bot(double, state):
        double.realm.say(25, f"{MENTION} hej", channel="sekretariat", topic="ferie")
        double.realm.say(25, "hej", to=[BOT])
        double.realm.say(HAMLET, "slut", to=[BOT])
        assert texts(double, 1) == ["svar på: slut"]
        assert len(double.realm.said_by(BOT)) == 1


def test_in_a_group_only_mentions_and_buttons_are_for_it(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, "vi to", to=[BOT, OTHER])
        double.realm.say(HAMLET, f"{MENTION} valg", to=[BOT, OTHER])
        answers(double, 1)
        double.realm.say(OTHER, "rød", to=[BOT, HAMLET])
        assert texts(double, 2)[1] == "svar på: rød"
        assert double.realm.said_by(BOT)[1].to == (OTHER, HAMLET, BOT)


def test_a_conversation_is_remembered_across_restarts_but_not_another_persons(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, f"{MENTION} første", channel="sekretariat", topic="ferie")
        answers(double, 1)
    with bot(double, state):
        double.realm.say(HAMLET, f"{MENTION} sidst", channel="sekretariat", topic="ferie")
        assert texts(double, 2)[1] == "første"
        double.realm.say(OTHER, f"{MENTION} sidst", channel="sekretariat", topic="ferie")
        assert texts(double, 3)[2] == "intet"


def test_the_first_start_answers_no_old_history(double: Double, state: Path) -> None:
    double.realm.say(HAMLET, "længe før", to=[BOT])
    with bot(double, state):
        double.realm.say(HAMLET, "nu", to=[BOT])
        assert texts(double, 1) == ["svar på: nu"]


def test_what_was_asked_while_it_was_down_is_answered_oldest_first(double: Double, state: Path) -> None:
    with bot(double, state):
        pass
    for number in range(30):
        double.realm.say(HAMLET, f"{MENTION} {number}", channel="sekretariat", topic="ferie")
    double.realm.say(HAMLET, "direkte", to=[BOT])
    with bot(double, state):
        said = texts(double, 31)
    assert [text for text in said if "direkte" not in text] == [f"svar på: {number}" for number in range(30)]


def test_a_mention_that_an_edit_added_while_it_was_down_is_answered(double: Double, state: Path) -> None:
    with bot(double, state):
        asked = double.realm.say(HAMLET, "uden omtale", channel="sekretariat", topic="ferie")
        double.realm.say(HAMLET, "andet", to=[BOT])
        answers(double, 1)
    double.realm.edit(HAMLET, asked, f"{MENTION} nu med")
    with bot(double, state):
        assert "svar på: nu med" in texts(double, 2)


def test_questions_that_are_too_old_get_one_apology_a_conversation(double: Double, state: Path) -> None:
    with bot(double, state):
        pass
    for number in range(3):
        asked = double.realm.say(HAMLET, f"gammelt {number}", to=[BOT])
        double.realm.messages[asked].timestamp -= 3 * 24 * 3600
    with bot(double, state):
        double.realm.say(OTHER, "nyt", to=[BOT])
        said = texts(double, 2)
    assert sorted(said)[1] == "svar på: nyt"
    assert sorted(said)[0].startswith("Undskyld, jeg var ude af drift, da du skrev <time:")
    with bot(double, state):
        double.realm.say(OTHER, "igen", to=[BOT])
        answers(double, 3)
    assert len(double.realm.said_by(BOT)) == 3


def test_a_lost_queue_is_replaced_and_nothing_is_missed(double: Double, state: Path) -> None:
    with bot(double, state):
        double.expire_queues()
        double.realm.say(HAMLET, "imens", to=[BOT])
        assert texts(double, 1) == ["svar på: imens"]


def test_what_comes_while_it_catches_up_is_not_passed_over_when_the_queue_is_lost_again(
    double: Double, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch, armed = Listener._page, [True]

    def page(listener: Listener, narrow: list[dict[str, str]], place: int, before: int = 0) -> object:
        found = fetch(listener, narrow, place, before)
        if armed and narrow[0]["operand"] == "dm":
            double.realm.say(HAMLET, "lige efter", to=[BOT])
            double.realm.say(HAMLET, f"{MENTION} lige før", channel="sekretariat", topic="ferie")
        elif armed and not before:
            armed.clear()
            double.expire_queues()
        return found

    monkeypatch.setattr(Listener, "_page", page)
    with bot(double, state):
        assert sorted(texts(double, 2)) == ["svar på: lige efter", "svar på: lige før"]


def test_a_server_that_goes_away_and_comes_back_is_waited_for(double: Double, state: Path) -> None:
    with bot(double, state):
        double.stop()
        double.realm.say(HAMLET, "imens", to=[BOT])
        time.sleep(0.5)
        double.start()
        assert texts(double, 1) == ["svar på: imens"]


def test_killed_after_sending_it_does_not_say_it_again(double: Double, state: Path) -> None:
    double.send_seconds = 0.6
    with process(double, state) as running:
        double.realm.say(HAMLET, "en gang", to=[BOT])
        time.sleep(0.4)
        running.stop(signal.SIGKILL)
    double.send_seconds = 0.0
    answers(double, 1)
    with bot(double, state):
        double.realm.say(OTHER, "to", to=[BOT])
        answers(double, 2)
        time.sleep(1.0)
    assert sorted(message.content for message in double.realm.said_by(BOT)) == ["svar på: en gang", "svar på: to"]


@pytest.mark.parametrize("fault", ["failed_after", "cut_after", "failed", "cut", "limited", "gateway"])
def test_each_failure_of_a_call_is_settled_to_exactly_one_answer(double: Double, state: Path, fault: str) -> None:
    with bot(double, state):
        setattr(double.faults, fault, 0.3)
        for number in range(20):
            double.realm.say(HAMLET, f"{MENTION} ens", channel="sekretariat", topic=f"emne {number % 4}")
        answers(double, 20, 40)
        double.faults.stop()
        time.sleep(1.0)
    assert len(double.realm.said_by(BOT)) == 20


def test_told_to_stop_it_finishes_what_is_in_hand(double: Double, state: Path) -> None:
    with process(double, state) as running:
        double.realm.say(HAMLET, "langsom 1.5", to=[BOT])
        time.sleep(0.3)
        assert running.stop() == 0
    assert [message.content for message in double.realm.said_by(BOT)] == ["endelig, efter 1.5"]


def test_a_burst_of_500_questions_is_answered_in_full(double: Double, state: Path) -> None:
    with bot(double, state):
        for number in range(500):
            double.realm.say(HAMLET, f"{MENTION} {number}", channel="sekretariat", topic=f"emne {number % 25}")
        said = answers(double, 500, 60)
    for topic in range(25):
        numbers = [int(message.content.split()[-1]) for message in said if message.topic == f"emne {topic}"]
        assert numbers == list(range(topic, 500, 25))


def test_rate_limits_are_obeyed_and_a_burst_is_answered_in_full(double: Double, state: Path) -> None:
    with bot(double, state):
        double.limit.calls, double.limit.seconds = 60, 1.0
        for number in range(150):
            double.realm.say(HAMLET, f"{MENTION} {number}", channel="sekretariat", topic=f"emne {number % 5}")
        said = answers(double, 150, 30)
    for topic in range(5):
        numbers = [int(message.content.split()[-1]) for message in said if message.topic == f"emne {topic}"]
        assert numbers == sorted(numbers)


def test_a_slow_answer_holds_up_nobody_else_and_shows_that_it_is_typing(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, "langsom 2", to=[BOT])
        double.realm.say(OTHER, "hurtig", to=[BOT])
        assert texts(double, 2) == ["svar på: hurtig", "endelig, efter 2"]
    assert double.realm.typing[0]["op"] == "start"
    assert double.realm.typing[0]["to"] == f"[{HAMLET}]"


def test_an_edited_question_gets_its_answer_edited(double: Double, state: Path) -> None:
    with bot(double, state):
        asked = double.realm.say(HAMLET, f"{MENTION} før", channel="sekretariat", topic="ferie")
        first = answers(double, 1)[0]
        double.realm.edit(HAMLET, asked, f"{MENTION} efter")
        until(lambda: double.realm.messages[first.id].content == "svar på: efter")
    assert len(double.realm.said_by(BOT)) == 1


def test_an_answer_with_buttons_is_replaced_when_its_question_is_edited(double: Double, state: Path) -> None:
    with bot(double, state):
        asked = double.realm.say(HAMLET, "valg", to=[BOT])
        first = answers(double, 1)[0]
        assert first.submessages
        double.realm.edit(HAMLET, asked, "noget andet")
        until(lambda: [message.content for message in double.realm.said_by(BOT)] == ["svar på: noget andet"])
    assert double.realm.deleted == [first.id]


def test_an_edit_that_adds_the_mention_makes_it_a_question(double: Double, state: Path) -> None:
    with bot(double, state):
        asked = double.realm.say(HAMLET, "uden", channel="hemmelig", topic="ferie")
        double.realm.edit(HAMLET, asked, f"{MENTION} med")
        assert texts(double, 1)[0].endswith("svar på: med")


def test_when_the_time_limit_for_editing_has_passed_the_answer_is_replaced(double: Double, state: Path) -> None:
    with bot(double, state):
        asked = double.realm.say(HAMLET, "før", to=[BOT])
        answers(double, 1)
        double.realm.edit(HAMLET, asked, "efter")
        double.realm.edit_limit_seconds = -1.0
        until(lambda: [message.content for message in double.realm.said_by(BOT)] == ["svar på: efter"])


def test_a_deleted_question_takes_its_answer_along(double: Double, state: Path) -> None:
    with bot(double, state):
        asked = double.realm.say(HAMLET, "fortrudt", to=[BOT])
        answers(double, 1)
        double.realm.delete(asked)
        until(lambda: not double.realm.said_by(BOT))


def test_a_renamed_topic_keeps_its_conversation_and_gets_the_late_answer(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, f"{MENTION} først", channel="sekretariat", topic="før")
        answers(double, 1)
        slow = double.realm.say(HAMLET, f"{MENTION} langsom 1", channel="sekretariat", topic="før")
        double.realm.move(IAGO, slow, topic="efter")
        assert answers(double, 2)[1].topic == "efter"
        double.realm.say(HAMLET, f"{MENTION} sidst", channel="sekretariat", topic="efter")
        assert texts(double, 3)[2].startswith("først")


def test_where_it_may_not_write_it_answers_directly(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, f"{MENTION} hej", channel="hemmelig", topic="ferie")
        answer = answers(double, 1)[0]
    assert answer.to == (HAMLET, BOT)
    assert answer.content == "Jeg må ikke skrive i **hemmelig ferie**, så her får du det direkte:\n\nsvar på: hej" or (
        "hemmelig > ferie" in answer.content and answer.content.endswith("svar på: hej")
    )


def test_choices_are_buttons_and_numbered_text(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, "valg", to=[BOT])
        answer = answers(double, 1)[0]
    assert answer.content == "Hvad mener du?\n\n1. Rødt\n2. Blåt"
    assert '"heading": "Hvad mener du?"' in answer.submessages[0]["content"]


def test_a_text_that_buttons_would_hide_has_its_choices_as_text_only(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, "langtvalg", to=[BOT])
        answer = answers(double, 1)[0]
    assert answer.content == "En linje.\n\n* og en til\n\n1. Vis mere"
    assert not answer.submessages


def test_no_answer_notifies_anybody(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, "omtal", to=[BOT])
        assert texts(double, 1) == ["hej @_**all** og @_**King Hamlet|10** og @_*gruppe*"]


def test_files_are_uploaded_and_long_answers_cut(double: Double, state: Path) -> None:
    with bot(double, state):
        double.realm.say(HAMLET, "fil", to=[BOT])
        assert "[år.png](/user_uploads/" in texts(double, 1)[0]
        assert list(double.realm.uploads.values()) == [b"\x89PNG"]
        double.realm.say(HAMLET, "langt 5000", to=[BOT])
        long = texts(double, 2)[1]
    assert len(long) <= 10_000
    assert long.endswith("*(forkortet)*")


def test_a_capability_that_breaks_is_owned_up_to_and_its_words_stay_out_of_the_log(double: Double, state: Path) -> None:
    with process(double, state) as running:
        double.realm.say(HAMLET, "fejl indlægssag", to=[BOT])
        assert texts(double, 1)[0].startswith("Undskyld, noget gik galt hos mig")
    log = running.log_file.read_text()
    assert "answer failed" in log
    assert "indlægssag" not in log
    assert "k" * 32 not in log


def test_records_are_kept_changed_and_forgotten(double: Double, state: Path) -> None:
    with bot(double, state):
        for number, text in enumerate(["gem nøgle", "gemt", "viden", "glem", "gemt", "viden"], 1):
            double.realm.say(HAMLET, text, to=[BOT])
            answers(double, number)
    said = [message.content for message in double.realm.said_by(BOT)]
    assert said[:2] == ["gemt", "nøgle"]
    assert "1 noter under »ting«" in said[2]
    assert said[3:5] == ["glemt", "intet"]
    assert said[5].startswith("1 spørgsmål")  # the one just before: "gemt"


def test_guests_may_ask_only_where_the_settings_say(double: Double, state: Path) -> None:
    double.realm.add_user(40, "Gæst", role=600)
    double.realm.channels[19].members.add(40)
    with bot(double, state, HAANDBOGSBOT_GUEST_CHANNELS='["sekretariat"]'):
        double.realm.say(40, "må jeg?", to=[BOT])
        assert texts(double, 1)[0] == "Som gæst kan du spørge mig i #**sekretariat**. Skriv gerne til mig dér."
        double.realm.say(40, f"{MENTION} så her", channel="sekretariat", topic="ferie")
        assert texts(double, 2)[1] == "svar på: så her"
        double.realm.say(40, f"{MENTION} gem noget", channel="sekretariat", topic="ferie")
        assert texts(double, 3)[2].startswith("Det må gæster ikke bede mig om")


def test_roles_and_settings_say_who_administers_the_bot(double: Double, state: Path) -> None:
    with bot(double, state, HAANDBOGSBOT_ADMINISTRATORS=f"[{HAMLET}]"):
        for number, person in enumerate((HAMLET, OTHER, IAGO), 1):
            double.realm.say(person, "hvem", to=[BOT])
            answers(double, number)
    said = [message.content for message in double.realm.said_by(BOT)]
    assert [text.split(", ")[-2] for text in said] == ["True", "False", "True"]


def test_a_reminder_that_fell_due_while_it_was_down_is_sent_late_and_says_so(
    double: Double, state: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "due"
    due = datetime.now(UTC) - timedelta(hours=2)
    looked_three_hours_ago(state)
    plan.write_text(f"{due.isoformat()} kanal budget skal følges op\n")
    with bot(double, state, SMALL_BOT_DUE=str(plan)):
        said = answers(double, 1)[0]
    assert said.content.startswith("@**King Hamlet|10**\n*Forsinket: skulle være sendt <time:")
    assert said.content.endswith("budget skal følges op")
    assert (said.channel_id, said.topic) == (19, "påmindelser")
    with bot(double, state, SMALL_BOT_DUE=str(plan)):
        double.realm.say(HAMLET, "gemt", to=[BOT])
        assert texts(double, 2)[1] == "budget skal følges op"
    assert len(double.realm.said_by(BOT)) == 2


def test_reminders_go_to_people_get_buttons_and_hear_reactions(double: Double, state: Path, tmp_path: Path) -> None:
    plan = tmp_path / "due"
    looked_three_hours_ago(state)
    now = datetime.now(UTC).isoformat()
    plan.write_text(f"{now} direkte husk mødet\n{now} knapper godkend listen\n")
    with bot(double, state, SMALL_BOT_DUE=str(plan)):
        said = answers(double, 4)
        reminder = next(message for message in said if message.content == "@**King Hamlet|10**\ngodkend listen")
        double.realm.react(OTHER, reminder.id)
        answer = next(m for m in answers(double, 5) if "færdig med" in m.content)
    assert sorted(message.to for message in said if message.to) == [(OTHER, BOT), (HAMLET, BOT)]
    assert any(message.submessages for message in said if message.content.startswith("Hvad vil du gøre?"))
    assert answer.content == f"Cordelia, Lear's daughter er færdig med reminder:godkend:{now}"
    with bot(double, state):
        double.realm.say(HAMLET, f"ret reminder:godkend:{now}", to=[BOT])
        until(lambda: double.realm.messages[reminder.id].content.endswith("en ny tekst"))


def test_a_reminder_for_a_channel_that_is_gone_reaches_those_it_is_for(
    double: Double, state: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "due"
    looked_three_hours_ago(state)
    plan.write_text(f"{datetime.now(UTC).isoformat()} væk husk det\n")
    with bot(double, state, SMALL_BOT_DUE=str(plan)):
        assert answers(double, 1)[0].to == (HAMLET, BOT)


def test_wrong_settings_are_told_all_at_once_and_end_with_status_2(state: Path) -> None:
    environment = {
        "HAANDBOGSBOT_STATE": str(state),
        "ZULIP_SITE": "http://chat.eksempel.dk",
        "ZULIP_ALLOW_INSECURE": "true",
        "HAANDBOGSBOT_DATABASE_URL": "ikke en adresse",
        "HOME": str(state),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bot.small_bot"],
        env=environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 5
    for word in ("ZULIP_EMAIL", "ZULIP_API_KEY", "https://", "ZULIP_ALLOW_INSECURE", "HAANDBOGSBOT_DATABASE_URL"):
        assert any(word in line for line in lines), word


def test_a_wrong_key_is_told_and_ends_with_status_2(double: Double, state: Path) -> None:
    with process(double, state, ZULIP_API_KEY="x" * 32) as running:
        assert running.process is not None
        assert running.process.wait(10) == 2
    assert "Zulip lukker ikke botten ind: Invalid API key" in running.log_file.read_text()


def test_a_second_bot_on_the_same_folder_is_refused(double: Double, state: Path, tmp_path: Path) -> None:
    with process(double, state):
        with process(double, tmp_path / "anden", HAANDBOGSBOT_STATE=str(state)) as second:
            assert second.process is not None
            assert second.process.wait(10) == 2
        assert "Der kører allerede en bot" in second.log_file.read_text()
