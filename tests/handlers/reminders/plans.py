"""The plan of the repository, and small ones."""

from __future__ import annotations

from pathlib import Path

from handlers.handbook import Handbook
from handlers.reminders import BudgetGuide, Guide, PlainGuide, Plan, read_plan
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


def guides(handbook: Handbook) -> dict[str | None, Guide]:
    """What every kind of round shows."""
    return {None: PlainGuide(handbook), "budget": BudgetGuide(handbook), "approvers": PlainGuide(handbook)}
