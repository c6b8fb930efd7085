"""The plan of the repository, and small ones."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from handlers.approvers import Municipalities
from handlers.handbook import Handbook, read_page
from handlers.reminders import Guides, Plan, ReminderCapability, read_plan
from handlers.reminders.plan import Reminder, parse_plan

DATA = Path(__file__).parents[3] / "data"


def shipped() -> Plan:
    """data/reminders.toml."""
    return read_plan(DATA / "reminders.toml")


def reminder(rule: str, time: str = "09:00", **fields: str) -> Reminder:
    """A reminder with this rule; other fields as TOML values."""
    lines = {"id": '"x"', "title": '"Noget"', "channel": '"intern"', **fields}
    source = "\n".join(f"{name} = {value}" for name, value in lines.items())
    return parse_plan(f'[[reminder]]\nrule = "{rule}"\ntime = "{time}"\n{source}\n', "plan.toml").reminder[0]


def guides(handbook: Handbook, folder: Path = DATA) -> Guides:
    """What every kind of round shows; `folder` is that of the handbook's pages."""
    return Guides.of(handbook, partial(read_page, folder))


def capability(plan: Plan, handbook: Handbook, folder: Path = DATA) -> ReminderCapability:
    """The reminders as the app builds them."""
    municipalities = Municipalities.load(DATA / "approvers" / "municipalities.txt")
    return ReminderCapability(plan, handbook, guides(handbook, folder), municipalities)
