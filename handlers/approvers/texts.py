"""What the approver answers say, in Danish: who checks, who approves, and what to do now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot import markup
from bot.contracts import Asker, Json, Source
from handlers.approvers.accounts import Account
from handlers.approvers.directory import Finding
from handlers.approvers.process import Process
from handlers.approvers.register import Party, Person, Row
from handlers.approvers.reverse import Somebody
from handlers.danish import fold
from handlers.handbook import Section

People = Mapping[str, Asker]
"""The organisation's Zulip users by mail address in lower case."""


def person(who: Person, people: People) -> str:
    """Name and mail; a Zulip user is linked to without being notified."""
    user = people.get(who.email.lower())
    name = markup.silent_mention(user.name, user.id) if user else f"**{markup.escape(who.name)}**" if who.name else ""
    return " · ".join(part for part in (name, markup.escape(who.email)) if part)


def persons(party: Party, people: People) -> str:
    return listed([person(who, people) for who in party.persons], "eller")


def card(row: Row, people: People) -> str:
    """One product: its number and the two steps."""
    return "\n".join([heading(row.product, row.psp), *steps(row, people)])


def heading(product: str, psp: str) -> str:
    return f"**{markup.escape(product)}** ({markup.escape(psp)})" if psp else f"**{markup.escape(product)}**"


def steps(row: Row, people: People) -> list[str]:
    """What to do now: step 1 checks, step 2 approves."""
    if row.internal.persons:
        first = f"1. Send fakturaen til {persons(row.internal, people)}, som kontrollerer den."
    else:
        first = f"1. Der mangler en intern godkender: {_written(row.internal)}."
    if row.external.persons:
        second = f"2. Derefter godkender {persons(row.external, people)}."
    else:
        second = f"2. Der mangler en ekstern godkender: {_written(row.external)}."
    return [first, second]


def whether(who: Somebody, row: Row, role: str) -> str:
    """Yes or no: whether somebody approves for a product, in one role or (empty) in any."""
    label, product = markup.escape(who.label), markup.escape(row.product)
    held = {"internal": who.in_party(row.internal), "external": who.in_party(row.external)}
    words = [word for name, word in (("internal", "intern"), ("external", "ekstern")) if held[name]]
    if not words:
        return f"Nej, {label} godkender ikke for {product}."
    return f"{'Ja' if not role or held[role] else 'Nej'}, {label} er {listed(words, 'og')} godkender for {product}."


def roles(row: Row, first: str, people: People) -> str:
    """Both approvers, the one that was asked for first."""
    order = (first, "internal" if first == "external" else "external")
    return "\n".join(_role(row, role, people) for role in order)


def _role(row: Row, role: str, people: People) -> str:
    """The approver in one role, for those who ask for one of the two."""
    party, word = (row.internal, "Intern") if role == "internal" else (row.external, "Ekstern")
    if not party.persons:
        return f"{word} godkender for {heading(row.product, row.psp)}: ingen, {_written(party)}."
    return f"{word} godkender for {heading(row.product, row.psp)}: {persons(party, people)}"


def note(row: Row) -> str:
    """What is special about a row, in plain words; empty when both steps have a person of their own."""
    said = [sentence for sentence in (_internal_note(row), _external_note(row)) if sentence]
    if row.same_person:
        twice = listed([who.name or who.email for who in row.same_person], "og")
        said.append(f"{twice} står i begge roller, men den samme må ikke både kontrollere og godkende.")
    return " ".join(said)


def said_note(row: Row) -> str:
    """The part of the note that the two steps do not already say."""
    if row.internal.persons and row.external.persons:
        return note(row)
    return _after_missing(row)


def missing_words(row: Row, role: str) -> str:
    """Why a role has nobody."""
    return _written(row.internal if role == "internal" else row.external)


def process_hint(process: Process) -> str:
    """What the handbook says about approving with one person only, with both pages where they disagree."""
    if process.disagree and process.rule and process.flow:
        return (
            f"Håndbogen er ikke enig med sig selv om det: {section_link(process.rule.section)} kræver to personer,"
            f" mens {section_link(process.flow.section)} lader den interne godkende alene, når alt er klart."
        )
    if process.rule:
        return f"{section_link(process.rule.section)} kræver to personer."
    return ""


def process_answer(process: Process) -> list[str]:
    """How an invoice is approved, as the pages tell it: the flowchart, what they disagree about, and the rule."""
    parts = []
    if process.flow:
        arrows = "\n".join(f"- {markup.escape(line)}" for line in process.flow.lines())
        parts.append(f"**{markup.escape(process.flow.section.heading)}**\n{arrows}")
    if process.disagree:
        parts.append(
            "De to sider er ikke enige: flowchartet lader den interne godkende alene, når alt er klart, mens reglen"
            " altid kræver to personer. Er du i tvivl, så få begge med."
        )
    if process.rule:
        parts.append(f"**{markup.escape(process.rule.section.heading)}**\n{markup.quote(process.rule.sentence)}")
    return parts


def account_line(account: Account) -> str:
    return f"`{account.number}` {markup.escape(account.name)}"


def table(rows: Iterable[Row], people: People) -> str:
    """Several products at once."""
    return markup.table(
        ("Produkt", "PSP", "Trin 1: kontrollerer", "Trin 2: godkender"),
        (
            (
                markup.escape(row.product),
                markup.escape(row.psp),
                party(row.internal, people),
                party(row.external, people),
            )
            for row in rows
        ),
    )


def counted(number: int) -> str:
    """ "ét produkt", "3 produkter"."""
    return "ét produkt" if number == 1 else f"{number} produkter"


def section_link(section: Section) -> str:
    return markup.link(section.heading or section.page_title, section.url)


def source_line(sections: Sequence[Section]) -> str:
    links = [section_link(section) for section in _unique(sections)]
    return f"*{'Kilde' if len(links) == 1 else 'Kilder'}:* {' · '.join(links)}" if links else ""


def source(section: Section) -> Source:
    return Source(section.page, section.heading, section.anchor, section.url)


def sources(sections: Sequence[Section]) -> tuple[Source, ...]:
    return tuple(source(section) for section in _unique(sections))


def as_data(finding: Finding) -> list[Json]:
    """A finding for scripts: one entry a row and account, or the account alone where there is no row."""
    accounts: Sequence[Account | None] = finding.accounts or (None,)
    rows: Sequence[Row | None] = finding.rows or (None,)
    return [
        {
            "product": row.product if row else finding.name,
            "psp": row.psp if row else finding.psp,
            "account": {"number": account.number, "name": account.name} if account else None,
            "internal": _persons_data(row.internal) if row else [],
            "external": _persons_data(row.external) if row else [],
            "note": note(row) if row else "Står ikke i listen over godkendere.",
        }
        for row in rows
        for account in accounts
    ]


def _after_missing(row: Row) -> str:
    """What to do when a role has nobody."""
    folded = fold(row.external.placeholder)
    if not row.external.persons and "gruppe" in folded:
        return "Spørg produktets koordinator, hvem i gruppen der godkender."
    return "Aftal med sekretariatet, hvem der tager det trin, før fakturaen betales."


def _internal_note(row: Row) -> str:
    return "" if row.internal.persons else f"Der mangler en intern godkender: {_written(row.internal)}."


def _external_note(row: Row) -> str:
    if row.external.secretariat:
        return "Sekretariatet er den eksterne her: det godkender, efter at den interne har kontrolleret."
    if row.external.persons:
        return ""
    said = row.external.placeholder
    folded = fold(said)
    if not said:
        return "Der er ikke aftalt en ekstern godkender: feltet er tomt."
    if "gruppe" in folded:
        return f"I listen står kun »{said}« som ekstern, uden et navn."
    if "paa vej" in folded or folded.startswith(("ny", "afvent", "kommer")):
        return f"Den eksterne er endnu ikke udpeget: i listen står »{said}«."
    return f"Der er ikke aftalt en ekstern godkender: i listen står »{said}«."


def _written(party: Party) -> str:
    return f"i listen står »{markup.escape(party.placeholder)}«" if party.placeholder else "feltet i listen er tomt"


def party(cell: Party, people: People) -> str:
    """Who stands in a cell, or what stands there instead."""
    shown = ", ".join(person(who, people) for who in cell.persons)
    return shown or (f"*{markup.escape(cell.placeholder)}*" if cell.placeholder else "*mangler*")


def _persons_data(party: Party) -> list[Json]:
    return [{"name": who.name, "email": who.email} for who in party.persons]


def listed(parts: Sequence[str], word: str) -> str:
    """ "a", "a og b", "a, b og c"."""
    return f" {word} ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _unique(sections: Sequence[Section]) -> list[Section]:
    return list({section.key: section for section in sections}.values())
