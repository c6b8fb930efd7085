"""Puts the parts together: settings in, app out. The only place where the machine meets the capabilities."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot import collector
from bot.contracts import Announcer, Asker, Capability, Direct, Finding, Question, Reviewed
from bot.dispatcher import Dispatcher
from bot.session import Session
from bot.settings import COPENHAGEN, Settings, data_folder
from bot.snapshot import Snapshot
from handlers.approvers import ApproverCapability, Municipalities
from handlers.danish import Danish
from handlers.handbook import Catalogue, HandbookCapability, HandbookReader, QuestionReview, page_history, read_page
from handlers.help import Chatter, HelpCapability
from handlers.privacy import PrivacyCapability
from handlers.reminders import Guides, Planner, ReminderAnnouncer, ReminderCapability, read_plan
from handlers.tags import DayLogCapability, TagCapability, TagModel, TagReview, TimeTags


@dataclass(frozen=True)
class Library:
    """What is known, read from handbook and data: the part of an app that takes long to make, and is kept.

    Its parts hold each other's objects: they are kept, and read back, as one.
    """

    reader: HandbookReader
    danish: Danish
    catalogue: Catalogue
    tag_model: TagModel

    @classmethod
    def read(cls, settings: Settings) -> Library:
        """Everything read anew. Raises HandbookError when there is no handbook to be read."""
        repository = str(settings.repository) if settings.repository else None
        reader = HandbookReader(settings.handbook, str(settings.site_url), repository)
        handbook, data = reader.read(), data_folder()
        danish = Danish.read(data)
        return cls(reader, danish, Catalogue.read(handbook, data, danish), TagModel.read(data, danish))


class App:
    """The bot without its ways in and out, for these settings.

    Raises HandbookError when there is no handbook to be read, and PlanError when the reminder plan is not right.
    """

    def __init__(self, settings: Settings) -> None:
        with collector.paused():
            self._read(settings)
        gc.freeze()  # what has been read stays: the collector need not walk over it again

    def _read(self, settings: Settings) -> None:
        self._folder = settings.handbook
        about = f"{self._folder.absolute()} {settings.site_url} {settings.repository}"
        self._snapshot = Snapshot(settings.cache, Library, about)
        kept = self._snapshot.load()
        self._library = kept or Library.read(settings)
        self.handbook = self._library.catalogue.handbook
        self._kept = kept is not None
        if self._look_again():
            self._library.catalogue.update(self.handbook)
        self._plan = read_plan(settings.plan)
        data = data_folder()
        self._municipalities = Municipalities.load(data / "approvers" / "municipalities.txt")
        self._chatter = Chatter.load(data / "chatter.toml")
        self._desks, names = _time_registration(settings)
        self._time_tags = TimeTags(self.handbook, self._library.tag_model, names)
        self._answers = HandbookCapability(self._library.catalogue, data)
        self.announcers: list[Announcer] = []
        self.dispatcher = Dispatcher(())
        self._put_together()

    @property
    def capabilities(self) -> Sequence[Capability]:
        """What it can do, as the dispatcher asks them."""
        return self.dispatcher.capabilities

    @property
    def planner(self) -> Planner:
        """What is sent when."""
        return Planner(self._plan, self.handbook)

    def refresh(self) -> bool:
        """Takes in the pages that have changed since; says whether there were any.

        Safe while questions are being answered. Raises HandbookError, and goes on with what it knew, when the folder
        cannot be read.
        """
        if not self._look_again():
            return False
        self._answers.update(self.handbook)  # waits for the question in hand: the index changes in place
        self._time_tags.update(self.handbook)
        self._put_together()
        return True

    def warm_up(self) -> None:
        """Answers a question to nobody, so that the first asker need not wait for what is made when first needed."""
        asked = Question("hvem spørger jeg om det her?", Asker(0, ""), Direct(()), datetime.now(COPENHAGEN))
        Session(self.dispatcher).ask(asked)

    def keep(self) -> None:
        """Keeps what has been read of handbook and data, so that the next start is a quick one.

        Not while questions are being answered.
        """
        if not self._kept:
            self._snapshot.save(self._library)
            self._kept = True

    def _look_again(self) -> bool:
        """Reads the pages that have changed since; says whether there were any."""
        handbook = self._library.reader.read()
        changed = [*map(id, handbook.pages)] != [*map(id, self.handbook.pages)]
        self.handbook = handbook
        self._kept = self._kept and not changed
        return changed

    def _put_together(self) -> None:
        guides = Guides.of(self.handbook, partial(read_page, self._folder))
        experts: list[Capability] = [
            TagCapability(self._time_tags, todos=bool(self._desks)),
            DayLogCapability(self._time_tags),
            ApproverCapability(self.handbook, self._municipalities, partial(page_history, self._folder)),
            ReminderCapability(self._plan, self.handbook, guides, self._municipalities),
            PrivacyCapability(),
            self._answers,
        ]
        self.dispatcher.capabilities = (*experts, HelpCapability(experts, self._chatter))
        self.announcers[:] = [ReminderAnnouncer(self._plan, guides), *self._desks]


def _time_registration(settings: Settings) -> tuple[Sequence[Announcer], Callable[[], Sequence[str]]]:
    """What creates to-dos in Leantime, and the names of the projects there; nothing where it is not used."""
    if not (settings.leantime_url and settings.leantime_key):
        return (), tuple
    from bot.leantime import Leantime, ProjectNames, TodoDesk  # brings in what a start without Leantime can do without

    leantime = Leantime(str(settings.leantime_url), settings.leantime_key.get_secret_value())
    names = ProjectNames(leantime)
    names()  # begins to read them
    return (TodoDesk(leantime),), names


def reviewed() -> Mapping[str, Reviewed]:
    """What users may put right and others review, by the name that the command knows it by; needs no handbook."""
    return {"tags": TagReview(), "questions": QuestionReview()}


def check(app: App) -> list[Finding]:
    """What was found and what is wrong, for the command of that name: first the handbook, then each capability."""
    problems = [
        Finding("warning", f"{problem.page}{f', linje {problem.line}' if problem.line else ''}: {problem.message}.")
        for problem in app.handbook.problems
    ]
    return problems + [finding for capability in app.capabilities for finding in capability.check()]
