"""Reads the reminder plan, a TOML file that the secretariat edits, and says what is wrong with it in Danish."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from rapidfuzz import process

from bot.contracts import UserError
from bot.markup import TOPIC_LIMIT
from handlers.danish.clock import find_clock
from handlers.reminders.phrases import parse_rule
from handlers.reminders.recurrence import Rule


class PlanError(UserError):
    """The plan cannot be used. The message has one Danish sentence a line, each with file, line and field."""


def _rule(value: object) -> object:
    return parse_rule(value) if isinstance(value, str) else value


def _clock(value: object) -> object:
    if isinstance(value, str):
        clock = find_clock(value) or find_clock(f"kl. {value}")
        if clock is None:
            raise ValueError(f'»{value}« er ikke et klokkeslæt. Skriv fx "09:00"')
        return clock.time
    return value


class Reminder(BaseModel):
    """One reminder of the plan. What each field means to those who write it stands in data/reminders.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9æøå-]{1,40}$")]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    rule: Annotated[Rule, BeforeValidator(_rule)]
    time: Annotated[time, BeforeValidator(_clock)]
    channel: str = ""
    """The channel to post in; empty: as direct messages to those mentioned."""
    topic: Annotated[str, Field(max_length=TOPIC_LIMIT)] = ""
    mention: tuple[str, ...] = ()
    """Mail addresses, full names or user groups."""
    responsible: str = ""
    deputy: str = ""
    checklist: tuple[str, ...] = ()
    section: str = ""
    """Page and fragment of the handbook section to do it by, as `Section.key`."""
    round: Literal["budget", "approvers"] | None = None
    """The guided round that it opens; None for a plain reminder."""
    repeat_after: Annotated[int, Field(ge=1, le=250)] = 3
    """Working days without an answer, after which the responsible is asked."""
    escalate_after: Annotated[int, Field(ge=1, le=250)] = 6
    """Working days without an answer, after which the deputy is asked."""
    start: date | None = None
    end: date | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.channel and not self.mention:
            raise ValueError("channel|skal stå der, når »mention« er tom: botten skal vide, hvor den skal skrive")
        if self.rule.every > 1 and self.start is None:
            raise ValueError("start|skal stå der, når reglen siger hver anden eller tredje: det er dér, der tælles fra")
        if self.start and self.end and self.end < self.start:
            raise ValueError("end|ligger før »start«")
        if self.escalate_after <= self.repeat_after:
            raise ValueError("escalate_after|skal være større end »repeat_after«")
        return self

    @property
    def people(self) -> tuple[str, ...]:
        """All that it is for, as written in the plan."""
        return tuple(filter(None, dict.fromkeys((*self.mention, self.responsible, self.deputy))))


class Plan(BaseModel):
    """All reminders of the plan, in the order of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    reminder: tuple[Reminder, ...] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        seen: set[str] = set()
        for number, reminder in enumerate(self.reminder):
            if reminder.id in seen:
                raise ValueError(f"{number}|id|»{reminder.id}« bruges af to påmindelser")
            seen.add(reminder.id)
        return self


def read_plan(path: Path) -> Plan:
    """The plan in a file. Raises PlanError when it cannot be read or is not right."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PlanError(f"{path}: påmindelsesplanen kan ikke læses ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise PlanError(f"{path}: påmindelsesplanen er ikke UTF-8-tekst. Gem den som UTF-8.") from None
    return parse_plan(source, path.name)


def parse_plan(source: str, name: str) -> Plan:
    """The plan that a text says; `name` is the file's name in error messages. Raises PlanError."""
    source = source.replace("\r\n", "\n")
    try:
        return Plan.model_validate(_as_tuples(tomllib.loads(source)))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else source.count("\n") + 1
        raise PlanError(f"{name}, linje {line}: filen er ikke gyldig TOML. Mangler der et anførselstegn?") from None
    except ValidationError as error:
        sentences = [f"{name}, {_sentence(problem, source)}" for problem in error.errors(include_url=False)]
        raise PlanError("\n".join(sentences)) from None


def _as_tuples(value: object) -> object:
    """TOML's lists as the plan's tuples."""
    if isinstance(value, list):
        return tuple(map(_as_tuples, value))
    return {key: _as_tuples(item) for key, item in value.items()} if isinstance(value, dict) else value


def _sentence(problem: ErrorDetails, source: str) -> str:
    """One error as "linje 12, felt »time«: ..."."""
    path = list(problem["loc"])
    message = _message(problem)
    while problem["type"] == "value_error" and "|" in message:  # a check of several fields says which it is about
        where, message = message.split("|", 1)
        path = [*path, "reminder", int(where)] if where.isdigit() else [*path, where]
    if path[:1] != ["reminder"]:
        line = _line(source, rf"\s*\[*\s*\"?{re.escape(str(path[0]))}\b", 0)
        return f"linje {line}: »{path[0]}« kendes ikke. Hver påmindelse begynder med [[reminder]]."
    if len(path) == 1 or not isinstance(path[1], int):
        return f"linje {_line(source, '.*reminder', 0)}: hver påmindelse begynder med [[reminder]]."
    start = _block(source, path[1])
    if len(path) == 2:
        return f"linje {start}: {message}."
    key = str(path[2])
    line = _line(source, rf"\s*{re.escape(key)}\s*=", start)
    return f"linje {line}, felt »{key}«: {message}" + ("" if message.endswith("?") else ".")


def _message(problem: ErrorDetails) -> str:
    match problem["type"]:
        case "missing":
            return "mangler"
        case "extra_forbidden":
            near = process.extractOne(str(problem["loc"][-1]), list(Reminder.model_fields), score_cutoff=70)
            return "kendes ikke" + (f". Mente du »{near[0]}«?" if near else "")
        case "value_error":
            return problem["msg"].removeprefix("Value error, ")
        case "string_pattern_mismatch":
            return "må kun have små bogstaver, tal og bindestreger (højst 40 tegn)"
        case "string_too_long":
            return f"er for lang (højst {problem['ctx']['max_length']} tegn)"
        case "string_too_short":
            return "er tom"
        case "string_type":
            return 'skal være tekst i anførselstegn, fx "Budgetopfølgning"'
        case "tuple_type":
            return 'skal være en liste, fx ["økonomi", "sekretariatet"]'
        case "literal_error":
            return f"kan kun være {problem['ctx']['expected'].replace(' or ', ' eller ')}"
        case "date_type" | "date_from_datetime_inexact":
            return "skal være en dato uden anførselstegn, fx 2027-01-31"
        case "time_type" | "time_parsing":
            return 'skal være et klokkeslæt, fx "09:00"'
        case "int_type" | "greater_than_equal" | "less_than_equal":
            return "skal være et helt antal hverdage fra 1 til 250"
    return "er ikke gyldig"


def _block(source: str, number: int) -> int:
    """The line (from 1) on which the reminder with this number begins (from 0)."""
    headers = [
        line for line, text in enumerate(source.split("\n"), start=1) if re.match(r"\s*\[\[\s*reminder\s*\]\]", text)
    ]
    return headers[number] if number < len(headers) else 1


def _line(source: str, pattern: str, start: int) -> int:
    """The first line from `start` on that matches, within the same reminder; else `start` itself."""
    for line, text in enumerate(source.split("\n")[start:], start=start + 1):
        if start and re.match(r"\s*\[\[", text):
            break
        if re.match(pattern, text):
            return line
    return max(start, 1)
