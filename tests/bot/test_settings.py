"""Settings from the environment, and what is said about wrong ones."""

from __future__ import annotations

import pytest

from bot.settings import SettingsError, load


@pytest.mark.parametrize("written", ["8, 11", "[8, 11]", "8,11,"])
def test_a_list_is_written_with_commas(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAANDBOGSBOT_ADMINISTRATORS", written)
    assert load().administrators == (8, 11)


def test_every_wrong_setting_gets_its_own_danish_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "ADMINISTRATORS": ("mig", "et helt tal"),
        "WORKERS": ("900", "højst 64"),
        "ANSWER_WITHIN_HOURS": ("0", "større end 0"),
        "SITE_URL": ("håndbogen", "en webadresse, der begynder med https://"),
    }
    for name, (value, _) in wrong.items():
        monkeypatch.setenv(f"HAANDBOGSBOT_{name}", value)
    with pytest.raises(SettingsError) as told:
        load()
    sentences = str(told.value).splitlines()
    assert sorted(sentences) == sorted(
        f"Indstillingen HAANDBOGSBOT_{name} er ikke gyldig: den skal være {expected}."
        for name, (_, expected) in wrong.items()
    )


def test_the_database_address_never_shows_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAANDBOGSBOT_DATABASE_URL", "postgresql://bot:hemmelig@vært/db")
    assert "hemmelig" not in repr(load())
