"""Answers that look up products, PSP elements and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import markup
from bot.contracts import Answer, Choice
from handlers.approvers import naming, texts
from handlers.approvers.accounts import Account
from handlers.approvers.directory import Directory, Finding, Subject
from handlers.approvers.past import Past
from handlers.approvers.process import Process
from handlers.approvers.reply import INTENT, reply
from handlers.approvers.reverse import Somebody
from handlers.approvers.texts import People
from handlers.approvers.wishes import Wish
from handlers.danish import words
from handlers.handbook import Section

_CARDS = 4
"""Products shown with both steps in words; more of them become a table."""

_MOST_OFFERED = 12
"""Products offered to choose between; of more of them the user is asked to say more."""


@dataclass(frozen=True)
class Lookups:
    """Makes answers for one reader; `people` are the organisation's Zulip users."""

    directory: Directory
    process: Process
    people: People
    past: Past

    def lookup(self, wish: Wish, subject: Subject, role: str = "", who: Somebody | None = None) -> Answer:
        """The products, numbers and accounts that a message names; asks where it could mean several.

        `who`: somebody of whom it is asked whether they approve.
        """
        role = role or wish.role
        if subject.loose:
            return self._loose(wish, subject)
        if subject.strange_suffix:
            return self._strange_suffix(subject)
        if not subject.found:
            return self._not_found(wish, subject)
        found = self._with_accounts(subject.found, wish) if wish.account else subject.found
        missing = [finding for finding in found if not finding.rows]
        offers = subject.offers or self._alike(missing)
        told = [f for f in found if f.rows or f.accounts or (wish.account and f.psp)]
        return reply(
            [
                _clash(subject),
                *(texts.whether(who, row, role) for finding in found for row in finding.rows if who),
                *self._told(found, wish, role),
                self._also_unknown(subject),
                _meant(offers) if offers else "",
            ],
            self._sections(found, with_number=wish.account or subject.bare),
            answered=bool(told),
            choices=_choices(offers, wish, role),
            data=told,
            memory={"products": [finding.name for finding in found], "role": role, "account": wish.account},
        )

    def which(self, wish: Wish) -> Answer:
        """Asks for the product, with those that a word in the message looks like."""
        names = [row.product for row in self.directory.register.rows]
        offers = naming.resembling(wish.text, names)
        if offers:
            return self._not_found(wish, Subject(offers=offers))
        example = next((row for row in self.directory.register.rows), None)
        hint = f", fx *{markup.escape(example.product)}* eller *{markup.escape(example.psp)}*" if example else ""
        text = f"Hvilket produkt gælder fakturaen? Skriv navnet eller PSP-nummeret{hint}."
        own = self._own_accounts(wish)
        if own:
            text += f"\n\n{_lines('Er det foreningens egen regning, er kontoen:', own)}"
        sections = [*self.directory.list_section, *(account.section for account in own)]
        return Answer(INTENT, text, answered=False, asks=True, sources=texts.sources(sections))

    def psp(self, findings: Sequence[Finding]) -> Answer:
        """The numbers only, for those who ask for nothing else."""
        lines = [
            f"PSP-nummeret for {texts.heading(f.name, '')} er {markup.escape(f.psp)}."
            if f.psp
            else f"Håndbogen har intet PSP-nummer for {texts.heading(f.name, '')}."
            for f in findings
        ]
        holders = [holder.section for f in findings if (holder := self.directory.plan.holder(f.name))]
        sections = [row.section for f in findings for row in f.rows]
        return reply(
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
        sections = [row.section for row in rows] or self.directory.list_section
        links = [
            f"- {texts.section_link(section)}, {markup.escape(section.page)}" for section in dict.fromkeys(sections)
        ]
        links += [f"- {texts.section_link(section)} (kontonumre)" for section in dict.fromkeys(plan)]
        return Answer(
            INTENT,
            "Det står her:\n" + "\n".join(links),
            sources=texts.sources([*sections, *plan]),
            memory={"products": list(names)},
        )

    def whom(self, names: Sequence[str]) -> Answer:
        """Whom to ask where no approver was found."""
        return reply([self._ask()], self.directory.list_section, memory={"products": [*names]})

    def other(self, pending: str) -> Answer:
        """Asks for the product once more, when none of those offered was meant."""
        text = "Hvilket produkt er det så? Skriv navnet, eller PSP-nummeret fra fakturaen."
        return Answer(INTENT, text, answered=False, asks=True, memory={"pending": pending})

    def doubted(self, names: Sequence[str]) -> Answer:
        """What to do when the user thinks that the list is wrong."""
        text = f"Sådan står det i håndbogen, og mere ved jeg ikke. Er du i tvivl om listen? {self._ask()}"
        return reply([text], self.directory.list_section, memory={"products": [*names]})

    def no_list(self) -> Answer:
        return Answer(INTENT, "Håndbogen har ingen tabel over, hvem der godkender fakturaer.", answered=False)

    def _told(self, found: Sequence[Finding], wish: Wish, role: str) -> list[str]:
        """What there is to say about each product, and about the rule where somebody is missing."""
        listed = [finding for finding in found if finding.rows]
        parts = [self._table(listed)] if len(listed) > _CARDS else [self._one(f, wish, role) for f in listed]
        parts += [self._unlisted(finding, wish) for finding in found if not finding.rows]
        rows = [row for finding in listed for row in finding.rows]
        if any(not row.external.persons or row.same_person for row in rows):
            parts.append(texts.process_hint(self.process))
        return parts

    def _sections(self, found: Sequence[Finding], with_number: bool) -> list[Section]:
        """Where it stands: the rows, the accounts, and the numbers where they were asked for or are all there is."""
        sections = [row.section for finding in found for row in finding.rows]
        sections += [account.section for finding in found for account in finding.accounts]
        holders = [self.directory.plan.holder(f.name) for f in found if with_number or not f.rows]
        return sections + [holder.section for holder in holders if holder]

    def _one(self, finding: Finding, wish: Wish, role: str) -> str:
        """One product in words."""
        parts = [self._accounts(finding)] if finding.accounts or wish.account else []
        for row in finding.rows:
            by_role = bool(role) and not finding.accounts
            parts.append(texts.roles(row, role, self.people) if by_role else texts.card(row, self.people))
            parts += [f"*{markup.escape(remark)}*" for remark in (texts.said_note(row), self.past.age(row)) if remark]
        if len(finding.rows) > 1:
            name = markup.escape(finding.name)
            parts.append(f"Listen har {len(finding.rows)} rækker med {name}. Spørg, hvilken der gælder.")
        return "\n\n".join(parts)

    def _accounts(self, finding: Finding) -> str:
        """The account asked for; the whole plan where the words fit none."""
        name, psp = markup.escape(finding.name), markup.escape(finding.psp)
        if len(finding.accounts) == 1:
            return f"Kontoen for {name} er {texts.account_line(finding.accounts[0])}."
        if finding.accounts:
            return _lines(f"Kontoen for {name} er en af disse:", finding.accounts)
        accounts = self.directory.plan.accounts_of(finding.psp)
        if not accounts:
            return f"Kontonummeret for {name} er {psp}."
        title = f"Kontonummeret for {name} er {psp}, og endelsen vælger du her:"
        body = "\n".join(f"- {texts.account_line(account)}" for account in accounts)
        return f"{title}\n{markup.spoiler(f'Kontoplanen for {name}', body)}"

    def _with_accounts(self, findings: Sequence[Finding], wish: Wish) -> list[Finding]:
        """The findings, each with the accounts that its part of the message describes ("drift", "hosting")."""
        meant, plan = self.directory.purposes(wish.text, findings), self.directory.plan
        return [
            f if f.accounts or not f.psp else replace(f, accounts=plan.about(f.psp, meant[f.name])) for f in findings
        ]

    def _own_accounts(self, wish: Wish) -> tuple[Account, ...]:
        """The association's accounts that the words describe."""
        association = self.directory.plan.association
        return self.directory.plan.about(association.psp, words(wish.text)) if association else ()

    def _unlisted(self, finding: Finding, wish: Wish) -> str:
        """A product, or the association, that the approver list does not have."""
        lines = [self._accounts(finding)] if finding.accounts or (wish.account and finding.psp) else []
        where = "står i kontoplanen, men ikke" if self.directory.plan.holder(finding.name) else "står ikke"
        lines.append(f"{texts.heading(finding.name, finding.psp)} {where} i listen over godkendere. {self._ask()}")
        return "\n\n".join(lines)

    def _not_found(self, wish: Wish, subject: Subject) -> Answer:
        """Nothing sure: asks which product is meant, or says that it is unknown."""
        names = ", ".join(markup.literal(name) for name in subject.unknown)
        if not subject.unknown:
            question = _meant(subject.offers)
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
            sources=texts.sources(self.directory.list_section),
            memory={"pending": wish.text, "role": wish.role},
        )

    def _loose(self, wish: Wish, subject: Subject) -> Answer:
        """A suffix without a product: what it means in each plan."""
        whose = {True: "I foreningen", False: "På et produkt"}
        lines = [
            f"- {whose[account in self.directory.plan.own]}: {texts.account_line(account)}" for account in subject.loose
        ]
        title = "Det kommer an på, om kontoen er foreningens eller et produkts:" if len(lines) > 1 else ""
        parts = ["\n".join([title, *lines]).strip(), "Skriv produktets navn med, så finder jeg også godkenderen."]
        sections = [account.section for account in subject.loose]
        return reply(parts, sections, memory={"pending": wish.text, "suffixed": True})

    def _strange_suffix(self, subject: Subject) -> Answer:
        """A suffix that no account has: says so before it tells anything about the product."""
        text = f"Kontoplanen har ingen konto, der ender på {subject.strange_suffix}."
        if subject.found:
            names = texts.listed([texts.heading(finding.name, finding.psp) for finding in subject.found], "og")
            text += f" Gælder det {names}?"
        return Answer(
            INTENT,
            text,
            answered=False,
            asks=bool(subject.found),
            choices=tuple(Choice(f.name, f"Hvilken konto for {f.name}?") for f in subject.found),
            sources=texts.sources([h.section for f in subject.found if (h := self.directory.plan.holder(f.name))]),
        )

    def _alike(self, missing: Iterable[Finding]) -> tuple[str, ...]:
        """Products in the list whose names look like those that are not in it."""
        listed = [row.product for row in self.directory.register.rows]
        return tuple(name for finding in missing for name in naming.nearest(finding.name, listed))

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
        return f"Spørg sekretariatet: {markup.escape(secretariat.email)}." if secretariat else "Spørg sekretariatet."


def _clash(subject: Subject) -> str:
    """A warning where name and number are two products'."""
    if subject.conflict is None:
        return ""
    named, numbered = map(markup.escape, subject.conflict)
    return f"Navn og nummer passer ikke sammen: nummeret er {numbered}, ikke {named}. Tjek fakturaen. Her er begge."


def _lines(title: str, accounts: Iterable[Account]) -> str:
    return "\n".join([title, *(f"- {texts.account_line(account)}" for account in accounts)])


def _meant(offers: Sequence[str]) -> str:
    if len(offers) > _MOST_OFFERED:
        return f"Det passer på {len(offers)} produkter. Skriv hele nummeret eller produktets navn."
    return f"Mener du {markup.escape(texts.listed(offers, 'eller'))}?"


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
    offered = tuple(names)
    return tuple(Choice(name, ask.format(name)) for name in offered) if len(offered) <= _MOST_OFFERED else ()
