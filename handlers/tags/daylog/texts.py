"""What the bot says about a day log, in Danish, and the same as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from bot.contracts import Answer, Attachment, Json, Source
from bot.markup import escape, link, table
from handlers.tags.daylog.entries import Entry, days, gaps, hours, off_total, overlaps
from handlers.tags.daylog.times import clock, unread

INTENT = "daylog"
_FILE = "daglog.csv"
_HEADER = ("Linje", "Timer", "Projekt", "Opgave", "Tag", "Hvad")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def log(
    found: Sequence[Entry], splitting: Source | None, opening: str = "", totals: Mapping[str, int] | None = None
) -> Answer:
    """The entries as a table, with sums, what is unsure and what does not add up; and the CSV file beside it.

    `totals`: see `lines.Log`.
    """
    parts = [opening] if opening else []
    if not found:
        return Answer(INTENT, opening)
    for day, numbered in days(found):
        if day:
            parts.append(f"**{escape(day)}**")
        parts.append(_table(numbered))
        parts += _remarks([entry for _, entry in numbered])
    if len(list(days(found))) > 1:
        parts.append(f"I alt {hours_text(hours(found))} timer.")
    parts += _off_total(found, totals or {})
    parts += _doubts(found, splitting)
    parts.append("Ret med for eksempel »3 er drift«, »2: 1,5 t« eller »4 er OS2iot«. »vis csv« viser filen som tekst.")
    return Answer(
        INTENT,
        "\n\n".join(parts),
        sources=(splitting,) if splitting is not None else (),
        data={"entries": [entry.as_data() for entry in found]},
        memory=_memory(found, totals or {}),
        attachments=(Attachment(_FILE, "text/csv", csv_file(found)),),
    )


def as_csv(found: Sequence[Entry], totals: Mapping[str, int]) -> Answer:
    """The CSV file as text, ready to copy."""
    content = csv_file(found).decode("utf-8-sig").replace("```", "'''").strip()
    return Answer(
        INTENT,
        f"```text\n{content}\n```",
        data={"entries": [entry.as_data() for entry in found]},
        memory=_memory(found, totals),
        attachments=(Attachment(_FILE, "text/csv", csv_file(found)),),
    )


def what_did_you_do() -> Answer:
    """Asks for the lines of a log."""
    text = (
        "Skriv, hvad du har lavet, en ting på hver linje og med tid, så sætter jeg projekt, opgave og tag på."
        " For eksempel:\n"
        "```text\n9-10.15 styregruppe OS2iot\n45 min nyhedsbrev\nfrokost, en halv time\n```"
    )
    return Answer(INTENT, text, answered=False, asks=True, memory={"entries": [], "asked": True})


def backwards(entry: Entry) -> Answer:
    """Says that the only line of a log ends before it begins."""
    said = f"{clock(entry.begins or 0)}–{clock(entry.ends or 0)}"
    turned = f"{clock(entry.ends or 0)}–{clock(entry.begins or 0)}"
    wrong = f"»{escape(entry.line)}« slutter, før det begynder ({said})."
    text = f"{wrong} Skriv for eksempel »1: {turned}«, så retter jeg det."
    return Answer(INTENT, text, answered=False, asks=True, memory=_memory([entry], {}))


def csv_file(found: Sequence[Entry]) -> bytes:
    """The entries as a CSV file for a Danish spreadsheet: semicolons, decimal commas, UTF-8 with byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADER)
    for number, entry in enumerate(found, 1):
        time = hours_text(entry.hours) if entry.hours is not None else ""
        cells = (entry.project or "", entry.task or "", entry.tag, entry.what)
        writer.writerow((str(number), time, *map(_harmless, cells)))
    return out.getvalue().encode("utf-8-sig")


def hours_text(value: float) -> str:
    """Hours as Danes write them: 1,25."""
    return f"{value:.2f}".replace(".", ",")


def _table(numbered: Sequence[tuple[int, Entry]]) -> str:
    rows = [
        (
            str(number),
            hours_text(entry.hours) if entry.hours is not None else "?",
            escape(entry.what),
            escape(entry.project or ""),
            escape(entry.task or ""),
            escape(entry.tag) + (" (?)" if entry.second else ""),
        )
        for number, entry in numbered
    ]
    total = hours([entry for _, entry in numbered])
    rows.append(("", f"**{hours_text(total)}**", "**I alt**", "", "", ""))
    return table(("", "Timer", "Hvad", "Projekt", "Opgave", "Tag"), rows)


def _remarks(found: Sequence[Entry]) -> list[str]:
    remarks = []
    if open_ := gaps(found):
        remarks.append(f"Der mangler noget {_listed(open_)}.")
    if double := overlaps(found):
        remarks.append(f"To linjer overlapper {_listed(double)}.")
    return remarks


def _off_total(found: Sequence[Entry], totals: Mapping[str, int]) -> list[str]:
    return [
        f"{f'**{escape(name)}**' if name else 'Linjerne'} giver {hours_text(given)} timer i alt,"
        f" men du skrev {hours_text(stated)}. Mangler der noget?"
        for name, given, stated in off_total(found, totals)
    ]


def _memory(found: Sequence[Entry], totals: Mapping[str, int]) -> dict[str, Json]:
    return {"entries": [entry.as_memory() for entry in found], "totals": dict(totals)}


def _doubts(found: Sequence[Entry], splitting: Source | None) -> list[str]:
    numbered = list(enumerate(found, 1))
    unsure = [f"{number} kan også være **{escape(entry.second)}**" for number, entry in numbered if entry.second]
    doubts = [f"Jeg er ikke helt sikker: {'; '.join(unsure)}."] if unsure else []
    backwards = {
        number: f"{clock(entry.begins or 0)}–{clock(entry.ends or 0)}"
        for number, entry in numbered
        if entry.is_backwards
    }
    for number, said in backwards.items():
        doubts.append(f"Linje {number} slutter, før den begynder ({said}); skriv for eksempel »{number}: 9-10«.")
    for number, entry in numbered:
        if left := unread(entry.what):
            doubts.append(f"I linje {number} står der en tid mere, »{escape(left)}«; sæt hver ting på sin egen linje.")
    missing = [str(number) for number, entry in numbered if entry.hours is None and number not in backwards]
    if missing:
        doubts.append(f"Linje {_listed(missing)} mangler tid; skriv for eksempel »{missing[0]}: 30 min«.")
    for number, entry in numbered:
        if len(entry.products) > 1:
            rule = f" ({link('reglen', splitting.url)})" if splitting is not None else ""
            doubts.append(
                f"Linje {number} nævner {_listed([escape(name) for name in entry.products])}:"
                f" del tiden, så hvert projekt får sin egen registrering{rule}."
            )
    return doubts


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " og " + parts[-1]
