"""Writes docs/rounds.md: both rounds from first message to done, as the bot really says it on the embedded handbook.

Run it with `make rounds`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot import settings
from bot.app import App
from bot.contracts import Asker, Context, Delete, Effect, Put, Question, Record, Topic
from bot.settings import COPENHAGEN

IDA, BO = Asker(8, "Ida"), Asker(9, "Bo")
ROWS_SHOWN = 4

Line = tuple[str, Asker, str]
"""When (ISO), who, and what they write; no text: the bot has something to say by then."""

BUDGET: Sequence[Line] = (
    ("2027-04-14T09:00", IDA, ""),
    ("2027-04-14T10:12", IDA, "OS2iot og rollekataloget er fulgt op"),
    ("2027-04-14T10:15", BO, "udsæt til på mandag"),
    ("2027-04-19T09:00", IDA, ""),
    ("2027-04-19T13:40", BO, "hvad mangler?"),
    ("2027-04-22T09:00", IDA, ""),
    ("2027-04-22T14:02", IDA, "færdig"),
    ("2027-05-03T11:20", BO, "hvem gjorde det sidst?"),
)
APPROVERS: Sequence[Line] = (
    ("2027-02-01T09:00", IDA, ""),
    ("2027-02-01T09:30", IDA, "bekræft OS2iot"),
    ("2027-02-02T10:05", BO, "alle i Syddjurs er rigtige"),
    ("2027-02-02T10:20", BO, "OS2mo: ny ekstern Nye Navn nyna@ballerup.example"),
    ("2027-02-03T08:50", IDA, "alle er rigtige"),
    ("2027-02-03T08:51", IDA, "færdig"),
)


class Office:
    """Records that stay while time passes."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._records: dict[str, dict[str, Record]] = defaultdict(dict)

    def all(self, collection: str) -> Mapping[str, Record]:
        return self._records[collection]

    def play(self, topic: str, lines: Sequence[Line]) -> Iterator[str]:
        """What is said, as Markdown."""
        for at, who, text in lines:
            now = datetime.fromisoformat(at).replace(tzinfo=COPENHAGEN)
            when = f"{now.day}.{now.month}.{now.year} kl. {now.hour}.{now.minute:02}"
            if text:
                yield f"**{who.name}** ({when}): {text}"
                question = Question(text, who, Topic(1, "sekretariatet", topic), now, conversation=topic)
                answer = self._app.dispatcher.answer(question, Context((), self))
                self._carry_out(answer.effects, now)
                yield _quoted(answer.text)
                yield from (f"> 📎 {file.name}\n\n```diff\n{file.content.decode()}```" for file in answer.attachments)
                continue
            for announcer in self._app.announcers:
                for said in announcer.due(now - timedelta(minutes=1), now, Context((), self)):
                    self._carry_out(said.effects, now)
                    yield f"**Håndbogsbot** ({when}, til {', '.join(said.mentions)}):"
                    yield _quoted(said.text)

    def _carry_out(self, effects: Sequence[Effect], now: datetime) -> None:
        for effect in effects:
            if isinstance(effect, Put):
                self._records[effect.collection][effect.key] = Record(effect.value, effect.owner, now)
            elif isinstance(effect, Delete):
                self._records[effect.collection].pop(effect.key, None)


def _quoted(text: str) -> str:
    """The text as a quotation, with long tables cut."""
    kept: list[str] = []
    rows = 0
    for line in text.split("\n"):
        rows = rows + 1 if line.startswith("|") else 0
        if rows <= ROWS_SHOWN + 2:
            kept.append(line)
        elif rows == ROWS_SHOWN + 3:
            kept.append("| … | | | | |")
    return "\n".join(f"> {line}".rstrip() for line in kept)


def main() -> None:
    """Writes the transcript."""
    configured = settings.load(
        handbook=settings.data_folder() / "handbook", plan=settings.data_folder() / "reminders.toml"
    )
    app = App(configured)
    parts = ["# To runder, fra første besked til færdig", "*Skrevet af `make rounds`. Lange tabeller er forkortet.*"]
    parts += ["## Budgetopfølgning", *Office(app).play("Budgetopfølgning", BUDGET)]
    parts += ["## Årligt eftersyn af godkenderlisten", *Office(app).play("Godkenderlisten", APPROVERS)]
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "rounds.md")
    target.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
