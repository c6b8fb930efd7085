"""The organisation's people and groups, as the server tells of them, with what each may do to the bot."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from typing import Any

from bot.contracts import Asker, Role


class People:
    """Everybody by id and by mail address. Filled by register, kept up to date by events."""

    def __init__(self, administrators: Collection[int]) -> None:
        self._administrators = frozenset(administrators)
        self._lock = threading.Lock()
        self._users: dict[int, dict[str, Any]] = {}
        self._groups: set[str] = set()
        self._by_mail: Mapping[str, Asker] | None = None

    def load(self, registered: Mapping[str, Any]) -> None:
        """Takes everybody from the answer to register."""
        with self._lock:
            everybody = [*registered.get("realm_users", ()), *registered.get("cross_realm_bots", ())]
            self._users = {user["user_id"]: user for user in everybody}
            self._groups = {group["name"] for group in registered.get("realm_user_groups", ())}
            self._by_mail = None

    def update(self, event: Mapping[str, Any]) -> None:
        """Takes a `realm_user` event: somebody came, or changed name, role or address."""
        person = event.get("person", {})
        if "user_id" in person:
            with self._lock:
                self._users[person["user_id"]] = {**self._users.get(person["user_id"], {}), **person}
                self._by_mail = None

    def is_bot(self, user_id: int) -> bool:
        """Whether the account is a bot's."""
        return bool(self._users.get(user_id, {}).get("is_bot"))

    def asker(self, user_id: int, name: str = "", email: str = "") -> Asker:
        """The person with that id; an unknown one counts as a guest."""
        user = self._users.get(user_id)
        if user is None:
            return Asker(user_id, name, email, Role.GUEST, user_id in self._administrators)
        role = _role(user)
        return Asker(
            user_id,
            user.get("full_name", name),
            user.get("delivery_email") or user.get("email", email),
            role,
            user_id in self._administrators or role <= Role.ADMINISTRATOR,
        )

    def by_mail(self) -> Mapping[str, Asker]:
        """All active people, bots left out, by each of their mail addresses in lower case."""
        with self._lock:
            if self._by_mail is None:
                self._by_mail = {
                    user[field].casefold(): self.asker(user_id)
                    for user_id, user in self._users.items()
                    if not user.get("is_bot") and user.get("is_active", True)
                    for field in ("email", "delivery_email")
                    if user.get(field)
                }
            return self._by_mail

    def find(self, whom: str) -> Asker | None:
        """The person with that mail address, or with that full name if only one has it."""
        if found := self.by_mail().get(whom.casefold()):
            return found
        named = {asker.id: asker for asker in self.by_mail().values() if asker.name.casefold() == whom.casefold()}
        return next(iter(named.values())) if len(named) == 1 else None

    def is_group(self, name: str) -> bool:
        """Whether there is a user group of that name."""
        return name in self._groups


def _role(user: Mapping[str, Any]) -> Role:
    try:
        return Role(user["role"])
    except (KeyError, ValueError):
        return Role.GUEST
