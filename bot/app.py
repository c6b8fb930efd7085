"""Puts the parts together: settings in, app out. The only place where the machine meets the capabilities."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.contracts import Announcer, Capability, Finding
from bot.dispatcher import Dispatcher
from bot.leantime import Leantime, ProjectNames, TodoDesk
from bot.settings import Settings, data_folder
from handlers.approvers import ApproverCapability, Municipalities
from handlers.danish import Danish
from handlers.handbook import HandbookCapability, HandbookReader, page_history, read_page
from handlers.help import Chatter, HelpCapability
from handlers.privacy import PrivacyCapability
from handlers.reminders import Guides, Planner, ReminderAnnouncer, ReminderCapability, read_plan
from handlers.tags import DayLogCapability, Review, TagCapability, TimeTags


class App:
    """The bot without its ways in and out, for these settings.

    Raises HandbookError when there is no handbook to be read, and PlanError when the reminder plan is not right.
    """

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.handbook
        repository = str(settings.repository) if settings.repository else None
        self._reader = HandbookReader(self._folder, str(settings.site_url), repository)
        self.handbook = self._reader.read()
        self._plan = read_plan(settings.plan)
        data = data_folder()
        self._municipalities = Municipalities.load(data / "approvers" / "municipalities.txt")
        self._chatter = Chatter.load(data / "chatter.toml")
        danish = Danish.read(data)
        self._leantime = _leantime(settings)
        names = ProjectNames(self._leantime) if self._leantime else tuple
        names()  # begins to read them
        self._time_tags = TimeTags(self.handbook, data, danish, names)
        self._answers = HandbookCapability(self.handbook, data, danish)
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
        handbook = self._reader.read()
        if [*map(id, handbook.pages)] == [*map(id, self.handbook.pages)]:
            return False
        self.handbook = handbook
        self._time_tags.update(handbook)
        self._answers.update(handbook)
        self._put_together()
        return True

    def _put_together(self) -> None:
        guides = Guides.of(self.handbook, partial(read_page, self._folder))
        experts: list[Capability] = [
            TagCapability(self._time_tags, todos=self._leantime is not None),
            DayLogCapability(self._time_tags),
            ApproverCapability(self.handbook, self._municipalities, partial(page_history, self._folder)),
            ReminderCapability(self._plan, self.handbook, guides, self._municipalities),
            PrivacyCapability(),
            self._answers,
        ]
        self.dispatcher.capabilities = (*experts, HelpCapability(experts, self._chatter))
        desks = [TodoDesk(self._leantime)] if self._leantime else []
        self.announcers[:] = [ReminderAnnouncer(self._plan, guides), *desks]


def _leantime(settings: Settings) -> Leantime | None:
    if settings.leantime_url and settings.leantime_key:
        return Leantime(str(settings.leantime_url), settings.leantime_key.get_secret_value())
    return None


def review() -> Review:
    """What lists the users' corrections and decides about them; it needs no handbook."""
    return Review()


def check(app: App) -> list[Finding]:
    """What was found and what is wrong, for the command of that name: first the handbook, then each capability."""
    problems = [
        Finding("warning", f"{problem.page}{f', linje {problem.line}' if problem.line else ''}: {problem.message}.")
        for problem in app.handbook.problems
    ]
    return problems + [finding for capability in app.capabilities for finding in capability.check()]
