"""Messages in Zulip's dress, and the question inside."""

from __future__ import annotations

import pytest

from bot.connection import reading, writing
from bot.contracts import Choice, Direct, Topic


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("@**Håndbog** hvem godkender?", "hvem godkender?"),
        ("Hej @**Håndbog|24**, hvem godkender?", "Hej hvem godkender?"),
        ("@**håndbog**: hej", "hej"),
        ("@**Gammelt navn|24** hej", "hej"),
        ("@**Håndbog** spørg @_**En Anden|7**", "spørg @_**En Anden|7**"),
        ("@_**Kong Hamlet|10** [sagde](https://x.example/#narrow/stream/19-a/near/338):\n"
         "```quote\n@**Håndbog** det gamle\n```\nog det nye?", "og det nye?"),
        ("> citat\n\nselve spørgsmålet", "selve spørgsmålet"),
        ("```quote\naldrig lukket", ""),
        ("mandag 1 time\ntirsdag 2 timer @**Håndbog**", "mandag 1 time\ntirsdag 2 timer"),
    ],
)  # fmt: skip
def test_mention_and_quotes_are_taken_off(content: str, asked: str) -> None:
    assert reading.text(content, 24, "Håndbog") == asked


def test_a_quote_says_which_message_it_is_about() -> None:
    said = "@_**A|1** [sagde](https://x.example/#narrow/dm/1,2-dm/near/99):\n```quote\nx\n```\nfærdig"
    assert reading.quoted_message(said) == 99
    assert reading.quoted_message("se https://x.example/near/99") is None


def test_places_are_told_apart() -> None:
    people = [{"id": 24}, {"id": 10}, {"id": 8}]
    assert reading.place({"type": "private", "display_recipient": people}, 24) == Direct((8, 10))
    message = {"type": "stream", "stream_id": 19, "display_recipient": "sekretariat", "subject": "ferie"}
    assert reading.place(message, 24) == Topic(19, "sekretariat", "ferie")


@pytest.mark.parametrize("text", ["to\nlinjer", "en [henvisning](https://eksempel.dk)", "x" * 301, "| tabel |"])
def test_a_text_that_is_more_than_a_line_is_never_hidden_behind_buttons(text: str) -> None:
    assert writing.buttons(text, (Choice("Ja", "ja"),)) is None


def test_lateness_is_owned_up_to_after_an_hour() -> None:
    assert writing.lateness(0.0, 3599.0) == ""
    assert writing.lateness(0.0, 3601.0) == "*Forsinket: skulle være sendt <time:1970-01-01T00:00+00:00>.*\n\n"
    assert writing.lateness(None, 1e9) == ""


def test_a_topic_is_cut_as_the_server_would_cut_it() -> None:
    assert writing.topic("æ" * 61) == "æ" * 57 + "..."
    assert writing.topic(" a\nb ") == "a b"
