"""What the handbook says about time registration: tags and their rules, standard tasks, projects, examples.

Everything is found by what the pages say ("Bruges når", a table headed "Standardopgave"), never by file name, so that
a page can be renamed, split or merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.contracts import Source
from bot.pattern import Pattern
from handlers.danish import stems
from handlers.handbook import Handbook, Listing, Paragraph, Products, Quote, Section, Table, walk

_LABELS = {
    "bruges når": "used",
    "typiske situationer": "situations",
    "bruges ikke når": "not_used",
    "vigtig regel": "important",
}
_LABEL = Pattern(rf"({'|'.join(_LABELS)})\s*:?\s*", re.IGNORECASE)
_PURPOSE = Pattern(r"formål|bruges til|beskrivelse|eksempel", re.IGNORECASE)
_REGISTERED_UNDER = Pattern(r"\bunder\s+(\w+(?: \w+){0,3})\W*$")
_WORD = Pattern(r"\w+")
_NUMBERING = Pattern(r"^(?:[A-ZÆØÅ]|\d+)[.)]\s+")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with its rules in the handbook's words; what the handbook does not say is empty."""

    name: str
    purpose: str
    used: str
    situations: tuple[str, ...]
    not_used: str
    important: str
    source: Source

    @property
    def rule(self) -> str:
        """The sentence that says best when the tag is used."""
        return self.important or self.used or self.purpose


@dataclass(frozen=True, slots=True)
class Task:
    """A standard task: created beforehand in the time registration, under one tag."""

    name: str
    tag: str
    description: str
    source: Source


@dataclass(frozen=True, slots=True)
class Project:
    """A project that time is registered on, and what it is for."""

    name: str
    purpose: str
    source: Source


@dataclass(frozen=True, slots=True)
class Example:
    """A task that the handbook itself gives as an example, with its tag."""

    text: str
    tag: str
    source: Source


@dataclass(frozen=True)
class TimeRegistration:
    """All that the handbook says about registering time. Tags come in the handbook's order."""

    tags: tuple[Tag, ...]
    tasks: tuple[Task, ...]
    examples: tuple[Example, ...]
    products: Products
    general_project: Project | None
    """The project that most work goes on, and all that belongs to no product."""
    projects: tuple[Project, ...]
    """Other projects that are not products, from a table of what each is used for."""
    activities: tuple[Project, ...]
    """Large activities that may be a project of their own."""
    splitting: Source | None
    """Where it says that a task on several projects must be divided."""
    internal: Project | None = None
    """The project that a rule elsewhere says internal time is registered on; its purpose is the rule."""
    overview: Source | None = None
    """Where most of the tags stand in one table."""

    @classmethod
    def of(cls, handbook: Handbook) -> TimeRegistration:
        """Reads it from the handbook's pages; an empty one when they say nothing about tags."""
        tags = _tags(handbook)
        general, activities = _general_project(handbook)
        return cls(
            tags=tags,
            tasks=tuple(_tasks(handbook, tags)),
            examples=tuple(_examples(handbook, tags)),
            products=Products.of(handbook),
            general_project=general,
            projects=tuple(_projects(handbook)),
            activities=activities,
            splitting=_splitting(handbook),
            internal=_internal_project(handbook),
            overview=_overview_section(handbook, tags),
        )

    def tag(self, name: str) -> Tag | None:
        """The tag of that name, however spaced, dashed and capitalised."""
        return next((tag for tag in self.tags if key(tag.name) == key(name)), None)

    def contradicting(self, tag: Tag) -> Project | None:
        """The other project that the handbook names for a tag's time, where its pages do not agree."""
        other, general = self.internal, self.general_project
        if other is None or general is None or key(other.name) == key(general.name):
            return None
        said = set(stems(other.purpose))
        return other if set(stems(tag.name)) <= said else None

    def tasks_of(self, tag: str) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.tag == tag)


def key(name: str) -> str:
    """A name without spaces, dashes, ampersands and case, to compare by."""
    return re.sub(r"[\W_]", "", name).casefold()


def source_of(section: Section) -> Source:
    """The section as the source of an answer."""
    return Source(section.page, section.heading, section.anchor, section.url)


def _tags(handbook: Handbook) -> tuple[Tag, ...]:
    """Defined tags first, completed by overview tables; a tag only in an overview counts when none is defined."""
    found: dict[str, Tag] = {}
    defined = [tag for section in handbook.sections if (tag := _defined_tag(section)) is not None]
    for tag in defined:
        known = found.get(key(tag.name))
        if known is None or len(_rule_text(tag)) > len(_rule_text(known)):
            found[key(tag.name)] = tag
    for section, table in handbook.tables():
        for name, purpose in _overview(table):
            if key(name) in found:
                known = found[key(name)]
                found[key(name)] = replace(known, purpose=known.purpose or purpose)
            elif not defined:
                found[key(name)] = Tag(name, purpose, "", (), "", "", source_of(section))
    return tuple(found.values())


def _rule_text(tag: Tag) -> str:
    return " ".join([tag.used, *tag.situations, tag.not_used, tag.important])


def _defined_tag(section: Section) -> Tag | None:
    """The tag that a section defines; it has at least the words "Bruges når"."""
    parts: dict[str, list[str]] = {}
    current: list[str] | None = None
    for block in section.blocks:
        if isinstance(block, Paragraph):
            match = _LABEL.match(block.text.plain)
            if match:
                current = parts.setdefault(_LABELS[match[1].casefold()], [])
            rest = block.text.plain[match.end() :] if match else block.text.plain
            if current is not None and rest:
                current.append(rest)
        elif isinstance(block, Listing) and current is not None:
            current += [item.text.plain for item in block.items]
    if "used" not in parts:
        return None
    text = {name: " ".join(lines) for name, lines in parts.items()}
    return Tag(
        name=section.heading,
        purpose="",
        used=text["used"],
        situations=tuple(parts.get("situations", ())),
        not_used=text.get("not_used", ""),
        important=text.get("important", ""),
        source=source_of(section),
    )


def _overview(table: Table) -> Iterator[tuple[str, str]]:
    header = [cell.plain.casefold() for cell in table.header]
    column = next((n for n, title in enumerate(header) if title in ("tag", "tags")), None)
    purpose = next((n for n, title in enumerate(header) if _PURPOSE.search(title)), None)
    if column is None or purpose is None:
        return
    for row in table.rows:
        if len(row.cells) > max(column, purpose) and row.cells[column]:
            yield row.cells[column].plain, row.cells[purpose].plain


def _overview_section(handbook: Handbook, tags: Iterable[Tag]) -> Source | None:
    """The section with the table that names most of the tags, if that is more than half."""
    names = {key(tag.name) for tag in tags}
    found = [
        (len(names & {key(name) for name, _ in _overview(table)}), section) for section, table in handbook.tables()
    ]
    count, section = max(found, key=lambda item: item[0], default=(0, None))
    return source_of(section) if section is not None and count * 2 > len(names) else None


def _tasks(handbook: Handbook, tags: Iterable[Tag]) -> Iterator[Task]:
    """Rows of tables headed "Standardopgave"; the tag is the section's heading."""
    by_key = {key(tag.name): tag.name for tag in tags}
    for section, table in handbook.tables():
        tag = by_key.get(key(section.heading))
        if tag is not None and table.header[0].plain.casefold() in ("standardopgave", "opgave"):
            for row in table.rows:
                description = row.cells[1].plain if len(row.cells) > 1 else ""
                yield Task(row.cells[0].plain, tag, description, source_of(section))


def _examples(handbook: Handbook, tags: Iterable[Tag]) -> Iterator[Example]:
    """Rows of tables with a column for the task and one for its typical tag."""
    by_key = {key(tag.name): tag.name for tag in tags}
    for section, table in handbook.tables():
        header = [cell.plain.casefold() for cell in table.header]
        task = next((n for n, title in enumerate(header) if title.startswith("opgave")), None)
        tag = next((n for n, title in enumerate(header) if title.endswith("tag")), None)
        if task is None or tag is None:
            continue
        for row in table.rows:
            name = by_key.get(key(row.cells[tag].plain)) if len(row.cells) > max(task, tag) else None
            if name is not None:
                yield Example(row.cells[task].plain, name, source_of(section))


def _projects(handbook: Handbook) -> Iterator[Project]:
    """Rows of tables headed "Projekt" and "Bruges til"."""
    for section, table in handbook.tables():
        header = [cell.plain.casefold() for cell in table.header]
        if header[:2] == ["projekt", "bruges til"]:
            for row in table.rows:
                if len(row.cells) > 1:
                    yield Project(row.cells[0].plain, row.cells[1].plain, source_of(section))


def _general_project(handbook: Handbook) -> tuple[Project | None, tuple[Project, ...]]:
    """The project said to be used for most tasks, and the activities listed in the section on large projects."""
    general: Project | None = None
    activities: list[Project] = []
    for section in handbook.sections:
        if not any("projekter" in heading.casefold() for heading in section.trail):
            continue
        said = section.plain.casefold()
        items = [
            item.text.plain for block in walk(section.blocks) if isinstance(block, Listing) for item in block.items
        ]
        if general is None and ("de fleste" in said or "det meste" in said):
            name = _NUMBERING.sub("", section.heading)
            general = Project(name, " ".join(items), source_of(section))
        elif "selvstændigt" in said or "større projekter" in section.heading.casefold():
            activities += [Project(item.rstrip("."), item, source_of(section)) for item in items]
    return general, tuple(activities)


def _internal_project(handbook: Handbook) -> Project | None:
    """A rule such as "Ferie, fravær og pauser registreres under X": X."""
    for section in handbook.sections:
        for line in _rule_lines(section):
            named = _REGISTERED_UNDER.search(line)
            if named and {"ferie", "fravær"} & set(_WORD.findall(line.casefold())):
                return Project(named[1], line, source_of(section))
    return None


def _splitting(handbook: Handbook) -> Source | None:
    """The section with a rule on dividing the time of a task that covers several projects."""
    for section in handbook.sections:
        for line in _rule_lines(section):
            words = set(stems(line))
            if {"tid", "del"} <= words and "flere projekter" in line.casefold():
                return source_of(section)
    return None


def _rule_lines(section: Section) -> Iterator[str]:
    for block in walk(section.blocks):
        if isinstance(block, Listing):
            yield from (item.text.plain for item in block.items)
        elif isinstance(block, (Paragraph, Quote)):
            yield from (block.text.plain,) if isinstance(block, Paragraph) else ()
