"""How an answer looks outside Zulip."""

from __future__ import annotations

from bot.terminal import readable


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
