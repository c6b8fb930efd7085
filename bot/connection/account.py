"""The bot's Zulip account: found the way Zulip's own tools find it, and checked before anything is sent."""

from __future__ import annotations

import configparser
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.settings import Settings

if TYPE_CHECKING:
    import zulip

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Account:
    """Where the bot signs in and as whom. `repr` shows nothing of it."""

    def __init__(self, settings: Settings) -> None:
        self.problems: list[str] = []
        """What is wrong or missing, a Danish sentence each."""
        self._file = _file(settings)
        found = self._read()
        self._values = {
            name: os.environ.get(f"ZULIP_{variable}") or found.get(name, "")
            for name, variable in (("email", "EMAIL"), ("key", "API_KEY"), ("site", "SITE"))
        }
        if not self.problems:
            self._check(insecure=os.environ.get("ZULIP_ALLOW_INSECURE") or found.get("insecure", ""))

    def client(self) -> zulip.Client:
        """The official client for this account. It asks for the server's settings at once.

        Raises what the client raises: zulip.ZulipError, requests' exceptions, AssertionError.
        """
        import zulip

        values = self._values
        return zulip.Client(
            email=values["email"],
            api_key=values["key"],
            site=values["site"],
            config_file=str(self._file) if self._file else None,
            client="Haandbogsbot",
            retry_on_errors=False,
        )

    def _read(self) -> dict[str, str]:
        if self._file is None:
            return {}
        if not self._file.is_file():
            self.problems.append(f"Nøglefilen {self._file} findes ikke; hent den i Zulip under botens indstillinger.")
            return {}
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read(self._file, encoding="utf-8")
            return dict(parser["api"])
        except (configparser.Error, KeyError, UnicodeDecodeError, OSError):
            self.problems.append(f"Nøglefilen {self._file} kan ikke læses; den skal have et afsnit [api].")
            return {}

    def _check(self, insecure: str) -> None:
        names = {"email": ("ZULIP_EMAIL", "email"), "key": ("ZULIP_API_KEY", "key"), "site": ("ZULIP_SITE", "site")}
        for name, (variable, option) in names.items():
            if not self._values[name]:
                self.problems.append(f"{variable} mangler (eller linjen {option}= i nøglefilen).")
        site = self._values["site"]
        url = urlsplit(site if "//" in site else f"https://{site}")
        if site and (url.scheme not in ("http", "https") or not url.hostname):
            self.problems.append("ZULIP_SITE er ikke en adresse; den skal se sådan ud: https://chat.eksempel.dk.")
        elif url.scheme == "http" and url.hostname not in _LOOPBACK:
            self.problems.append("ZULIP_SITE skal begynde med https://, ellers kan andre læse botens nøgle undervejs.")
        if insecure.lower() == "true":
            self.problems.append("ZULIP_ALLOW_INSECURE må ikke være true: serverens certifikat skal kontrolleres.")


def _file(settings: Settings) -> Path | None:
    """The key file: from the settings, from ZULIP_CONFIG, or the one in the home folder if there is one."""
    if settings.zuliprc is not None:
        return settings.zuliprc.expanduser()
    if named := os.environ.get("ZULIP_CONFIG"):
        return Path(named).expanduser()
    usual = Path.home() / ".zuliprc"
    return usual if usual.is_file() else None
