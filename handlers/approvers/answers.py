"""The approver capability's answers, put together from what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import markup
from bot.contracts import Answer, Choice, Json
from handlers.approvers import periods, texts
from handlers.approvers.directory import Directory, Finding, Subject
from handlers.approvers.history import ListHistory, Spell
from handlers.approvers.periods import Period
from handlers.approvers.problems import find_flaws
from handlers.approvers.process import Process
from handlers.approvers.register import Row
from handlers.approvers.reverse import Somebody
from handlers.approvers.texts import People
from handlers.approvers.wishes import Wish
from handlers.handbook import Section

INTENT = "approver"
PAGE = 10
"""Products shown at once; "vis mere" shows the next."""
REVIEW_PERIOD = timedelta(days=365)
"""How often the list is to be gone through (the handbook's page on processes: once a year)."""
_CARDS = 4
"""Products shown with both steps in words; more of them become a table."""


@dataclass(frozen=True)
class Answers:
    """Makes answers for one reader; `people` are the organisation's Zulip users."""

    directory: Directory
    process: Process
    people: People
    history: ListHistory
    today: date

    def lookup(self, wish: Wish, subject: Subject, role: str = "") -> Answer:
        """The products, numbers and accounts that a message names; asks where it could mean several."""
        role = role or wish.role
        if subject.loose:
            return self._loose(subject)
        if not subject.found:
            return self._not_found(wish, subject)
        if subject.strange_suffix:
            return self._strange_suffix(subject)
        found = [self._with_account(finding, wish) for finding in subject.found]
        listed = [finding for finding in found if finding.rows]
        parts = [self._table(listed)] if len(listed) > _CARDS else [self._one(f, wish, role) for f in listed]
        parts += [self._unlisted(finding) for finding in found if not finding.rows]
        if any(not row.external.persons or row.same_person for finding in listed for row in finding.rows):
            parts.append(texts.process_hint(self.process))
        parts.append(self._also_unknown(subject))
        sections = [row.section for finding in listed for row in finding.rows]
        sections += [account.section for finding in found for account in finding.accounts]
        sections += [holder.section for f in found if not f.rows and (holder := self.directory.plan.holder(f.name))]
        if wish.account or (wish.psp and not listed):
            sections += [h.section for f in found if (h := self.directory.plan.holder(f.name))]
        answered = bool(listed) or any(finding.accounts for finding in found)
        told = [finding for finding in found if finding.rows or finding.accounts]
        return self._answer(
            parts,
            sections,
            answered=answered,
            choices=_choices(subject.offers, wish, role),
            data=told,
            memory={"products": [finding.name for finding in found], "role": role},
        )

    def listing(self, title: str, rows: Sequence[Row], start: int = 0, role: str = "") -> Answer:
        """Many products, a page at a time."""
        shown = rows[start : start + PAGE]
        left = len(rows) - start - len(shown)
        parts = [title, texts.table(shown, self.people)]
        if left:
            parts.append(f"Der er {left} mere i listen. Skriv *vis mere*.")
        return self._answer(
            parts,
            [row.section for row in shown],
            choices=(Choice("Vis mere", "vis mere"),) if left else (),
            data=[self.directory.named(row.product) for row in rows],
            memory={"listed": [row.product for row in rows], "shown": start + len(shown), "role": role},
        )

    def somebody(self, who: Somebody, role: str = "") -> Answer:
        """The products that a person, a municipality or the secretariat approves for."""
        rows = who.rows(self.directory.register, role)
        if not rows:
            return self.nobody(who.label)
        words = {"internal": "intern godkender", "external": "ekstern godkender"}
        told = f"{words[role]} for" if role else "med ved"
        title = f"**{markup.escape(who.label)}** er {told} {_counted(len(rows)).lower()}:"
        if len(rows) > PAGE:
            return self.listing(title, rows)
        lines = [
            f"- {texts.heading(row.product, row.psp)}: {texts.persons(party, self.people)} ({name})"
            for row in rows
            for name, party in (("intern", row.internal), ("ekstern", row.external))
            if who.in_party(party) and name in words.get(role, name)
        ]
        return self._answer(
            [title + "\n" + "\n".join(lines)],
            [row.section for row in rows],
            data=[self.directory.named(row.product) for row in rows],
            memory={"products": [row.product for row in rows], "role": role},
        )

    def missing(self, role: str) -> Answer:
        """The products without a person in a role (the external one unless told otherwise)."""
        internal = role == "internal"
        rows = [r for r in self.directory.register.rows if not (r.internal if internal else r.external).persons]
        word = "intern" if internal else "ekstern"
        if not rows:
            return self._answer([f"Alle produkter i listen har en {word} godkender."], self._list_section())
        title = f"{_counted(len(rows))} mangler en {word} godkender:"
        lines = [f"- {texts.heading(row.product, row.psp)}: {texts.missing_words(row, role)}" for row in rows]
        return self._answer(
            [title + "\n" + "\n".join(lines), texts.process_hint(self.process)],
            [row.section for row in rows],
            data=[self.directory.named(row.product) for row in rows],
            memory={"products": [row.product for row in rows], "role": role},
        )

    def problems(self) -> Answer:
        """What is wrong with the list."""
        flaws = find_flaws(self.directory.register, self.directory.plan)
        if not flaws:
            return self._answer(
                ["Listen over godkendere ser fin ud: jeg finder intet, der mangler."], self._list_section()
            )
        lines = [f"- **{markup.escape(flaw.product)}** {markup.escape(flaw.said)}" for flaw in flaws]
        shown = lines[: 2 * PAGE]
        if len(lines) > len(shown):
            shown.append(f"- og {len(lines) - len(shown)} mere")
        title = f"Det her bør rettes i listen over godkendere ({len(flaws)}):"
        products = list(dict.fromkeys(flaw.product for flaw in flaws))
        return self._answer(
            [title + "\n" + "\n".join(shown)], self._list_section(), memory={"products": list(products)}
        )

    def before(self, subject: Subject, wish: Wish) -> Answer:
        """Who approved for products earlier, from the list's history."""
        if not self.history.known:
            return self._no_history()
        period = periods.find(wish.text, self.today) or Period(periods.EARLIEST, self.today, "gennem tiden")
        parts = [texts.spells(f.name, period, self._during(f.name, period), self.people) for f in subject.found]
        begins = self.history.begins
        if begins and begins > period.start:
            parts.append(f"Historikken begynder {periods.written(begins)}; før den ved jeg det ikke.")
        told = any(self._during(f.name, period) for f in subject.found)
        names: list[Json] = [f.name for f in subject.found]
        return self._answer(parts, self._list_section(), answered=told, memory={"products": names})

    def changes(self, wish: Wish) -> Answer:
        """What has changed in the list since a day; the last year unless told otherwise."""
        if not self.history.known:
            return self._no_history()
        since = periods.find(wish.text, self.today)
        start = since.start if since else self.today - REVIEW_PERIOD
        differences = self.history.differences(start, self.directory.register.rows)
        lines = texts.differences(differences, self.people)
        title = f"Siden {periods.written(start)} er det her ændret i listen over godkendere:"
        if not lines:
            title = f"Intet er ændret i listen over godkendere siden {periods.written(start)}."
        last = self.history.changed
        parts = ["\n".join([title, *lines]), f"Sidste ændring: {periods.written(last)}." if last else ""]
        begins = self.history.begins
        if begins and begins > start:
            parts.append(f"Historikken begynder {periods.written(begins)}.")
        return self._answer(parts, self._list_section())

    def _during(self, product: str, period: Period) -> Sequence[Spell]:
        return self.history.during(product, period.start, period.end)

    def _no_history(self) -> Answer:
        text = "Det kan jeg ikke se: håndbogen ligger her uden sin historik i git. Jeg kan kun slå op i listen, som den er nu."
        return self._answer([text], self._list_section(), answered=False)

    def _age(self, row: Row) -> str:
        """A remark on a row that nobody has touched for longer than a review takes to come round."""
        since, changed = self.history.unchanged_since(row), self.history.changed
        if since is None or changed is None or self.today - since <= REVIEW_PERIOD:
            return ""
        if self.today - changed > REVIEW_PERIOD:
            return f"Rækken er fra {periods.written(since)}, og listen er sidst ændret {periods.written(changed)}. Spørg, om det stadig passer."
        return f"Rækken er uændret siden {periods.written(since)}."

    def how(self) -> Answer:
        """The process of approving an invoice."""
        if not self.process.sections:
            return self._answer(["Håndbogen beskriver ikke, hvordan en faktura godkendes."], (), answered=False)
        return self._answer([texts.process_answer(self.process)], self.process.sections)

    def which(self) -> Answer:
        """Asks for the product."""
        example = next((row for row in self.directory.register.rows), None)
        hint = f", fx *{example.product}* eller *{example.psp}*" if example else ""
        text = f"Hvilket produkt gælder fakturaen? Skriv navnet eller PSP-nummeret{hint}."
        return Answer(INTENT, text, answered=False, asks=True, sources=texts.sources(self._list_section()))

    def psp(self, findings: Sequence[Finding]) -> Answer:
        """The numbers only, for those who ask for nothing else."""
        lines = [
            f"PSP-nummeret for {texts.heading(f.name, '')} er {f.psp}."
            if f.psp
            else f"Håndbogen har intet PSP-nummer for {texts.heading(f.name, '')}."
            for f in findings
        ]
        holders = [holder.section for f in findings if (holder := self.directory.plan.holder(f.name))]
        sections = [row.section for f in findings for row in f.rows]
        return self._answer(
            ["\n".join(lines)],
            [*sections, *holders],
            answered=any(f.psp for f in findings),
            data=findings,
            memory={"products": [f.name for f in findings]},
        )

    def where(self, names: Iterable[str]) -> Answer:
        """Where the last answer stands in the handbook."""
        rows = [row for name in names for row in self.directory.register.by_product(name)]
        plan = [holder.section for name in names if (holder := self.directory.plan.holder(name))]
        sections = [row.section for row in rows] or self._list_section()
        links = [f"- {texts.section_link(section)}, {section.page}" for section in dict.fromkeys(sections)]
        links += [f"- {texts.section_link(section)} (kontonumre)" for section in dict.fromkeys(plan)]
        return Answer(
            INTENT,
            "Det står her:\n" + "\n".join(links),
            sources=texts.sources([*sections, *plan]),
            memory={"products": list(names)},
        )

    def no_list(self) -> Answer:
        return Answer(INTENT, "Håndbogen har ingen tabel over, hvem der godkender fakturaer.", answered=False)

    def nobody(self, who: str) -> Answer:
        """A place or person that does not stand in the list, or not in the role asked for."""
        text = f"Jeg finder ingen fra {markup.literal(who)} i den rolle i listen over godkendere."
        return self._answer([text], self._list_section(), answered=False)

    def _one(self, finding: Finding, wish: Wish, role: str) -> str:
        """One product in words."""
        lines = []
        if finding.accounts or wish.account:
            lines.append(self._accounts(finding))
        for row in finding.rows:
            if role and not finding.accounts:
                other = "internal" if role == "external" else "external"
                lines.append(texts.role_line(row, role, self.people))
                lines.append(texts.role_line(row, other, self.people))
            else:
                lines.append(texts.card(row, self.people))
            lines += [f"*{remark}*" for remark in (texts.said_note(row), self._age(row)) if remark]
        if len(finding.rows) > 1:
            lines.append(
                f"Listen har {len(finding.rows)} rækker med {markup.escape(finding.name)}. Spørg, hvilken der gælder."
            )
        return "\n".join(lines)

    def _accounts(self, finding: Finding) -> str:
        """The account asked for; the whole plan where the words fit none."""
        if len(finding.accounts) == 1:
            return f"Kontoen er {texts.account_line(finding.accounts[0])}."
        if finding.accounts:
            return "Her er der flere at vælge mellem:\n" + "\n".join(
                f"- {texts.account_line(account)}" for account in finding.accounts
            )
        accounts = self.directory.plan.accounts_of(finding.psp)
        if not accounts:
            return f"Kontonummeret er {finding.psp}."
        body = "\n".join(f"- {texts.account_line(account)}" for account in accounts)
        title = f"Kontoplanen for {markup.escape(finding.name)}"
        return f"Kontonummeret er {finding.psp}, og endelsen vælger du her:\n{markup.spoiler(title, body)}"

    def _with_account(self, finding: Finding, wish: Wish) -> Finding:
        """The finding with the accounts that the words describe ("drift", "hosting")."""
        if finding.accounts or not wish.account:
            return finding
        named = wish.text.replace(finding.name, " ")
        return Finding(finding.name, finding.psp, finding.rows, self.directory.plan.about(finding.psp, named))

    def _unlisted(self, finding: Finding) -> str:
        """A product, or the association, that the approver list does not have."""
        lines = [self._accounts(finding)] if finding.accounts else []
        where = "står i kontoplanen, men ikke" if self.directory.plan.holder(finding.name) else "står ikke"
        lines.append(f"{texts.heading(finding.name, finding.psp)} {where} i listen over godkendere. {self._ask()}")
        return "\n".join(lines)

    def _not_found(self, wish: Wish, subject: Subject) -> Answer:
        """Nothing sure: asks which product is meant, or says that it is unknown."""
        names = ", ".join(markup.literal(name) for name in subject.unknown)
        if not subject.unknown:
            question = "Hvilket af dem mener du?" if len(subject.offers) > 1 else f"Mener du {subject.offers[0]}?"
        elif subject.offers:
            question = f"Jeg kan ikke finde {names} i håndbogen. Mener du et af disse?"
        elif subject.numbered:
            question = (
                f"{names} står hverken i godkenderlisten eller i kontoplanen. Tjek nummeret på fakturaen. {self._ask()}"
            )
        else:
            question = f"Jeg kan ikke finde {names} i godkenderlisten eller kontoplanen. Tjek navnet. {self._ask()}"
        return Answer(
            INTENT,
            question,
            answered=False,
            asks=bool(subject.offers),
            choices=_choices(subject.offers, wish, wish.role),
            sources=texts.sources(self._list_section()),
            memory={"pending": wish.text, "role": wish.role},
        )

    def _loose(self, subject: Subject) -> Answer:
        """A suffix without a product: what it means in each plan."""
        plan = self.directory.plan
        lines = []
        for account in subject.loose:
            whose = "i foreningen" if account in plan.own else "på et produkt"
            lines.append(f"- {whose}: {texts.account_line(account)}")
        text = "Det kommer an på, hvis konto det er:\n" if len(lines) > 1 else ""
        parts = [text + "\n".join(lines), "Skriv produktets navn med, så finder jeg også godkenderen."]
        return self._answer(parts, [account.section for account in subject.loose])

    def _strange_suffix(self, subject: Subject) -> Answer:
        names = " og ".join(texts.heading(finding.name, finding.psp) for finding in subject.found)
        text = f"Kontoplanen har ingen konto, der ender på {subject.strange_suffix}. Gælder det {names}?"
        choices = tuple(Choice(f.name, f"Hvilken konto for {f.name}?") for f in subject.found)
        sections = [h.section for f in subject.found if (h := self.directory.plan.holder(f.name))]
        return Answer(INTENT, text, answered=False, asks=True, choices=choices, sources=texts.sources(sections))

    def _table(self, findings: Sequence[Finding]) -> str:
        return texts.table([row for finding in findings for row in finding.rows], self.people)

    def _also_unknown(self, subject: Subject) -> str:
        if not subject.unknown:
            return ""
        return f"{', '.join(markup.literal(name) for name in subject.unknown)} kan jeg ikke finde i håndbogen."

    def _ask(self) -> str:
        """Where to ask when the list does not help."""
        people = (who for row in self.directory.register.rows for who in row.persons if who.secretariat)
        secretariat = next(people, None)
        return f"Spørg {texts.person(secretariat, self.people)}." if secretariat else "Spørg sekretariatet."

    def _list_section(self) -> tuple[Section, ...]:
        section = self.directory.register.section
        return (section,) if section else ()

    def _answer(
        self,
        parts: Iterable[str],
        sections: Sequence[Section],
        answered: bool = True,
        choices: tuple[Choice, ...] = (),
        data: Sequence[Finding] = (),
        memory: Mapping[str, Json] | None = None,
    ) -> Answer:
        text = "\n\n".join(part for part in (*parts, texts.source_line(sections)) if part)
        return Answer(
            INTENT,
            text,
            answered=answered,
            asks=not answered and bool(choices),
            choices=choices,
            sources=texts.sources(sections),
            data={"approvals": [entry for finding in data for entry in texts.as_data(finding)]} if data else {},
            memory=memory or {},
        )


def _choices(names: Iterable[str], wish: Wish, role: str) -> tuple[Choice, ...]:
    """Buttons for products; each sends a question that stands on its own."""
    if wish.account:
        ask = "Hvilken konto for {}?"
    elif role:
        ask = f"Hvem er {'intern' if role == 'internal' else 'ekstern'} godkender for {{}}?"
    elif wish.psp and not wish.approving:
        ask = "Hvad er PSP-nummeret for {}?"
    else:
        ask = "Hvem godkender for {}?"
    return tuple(Choice(name, ask.format(name)) for name in names)


def _counted(number: int) -> str:
    return "Ét produkt" if number == 1 else f"{number} produkter"
