"""Puts the parts together: settings in, app out. The only place where the machine meets the capabilities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from bot.contracts import Announcer, Capability, Finding
from bot.dispatcher import Dispatcher
from bot.leantime import Leantime, ProjectNames, TodoDesk
from bot.settings import Settings, data_folder
from handlers.approvers import ApproverCapability, Municipalities
from handlers.danish import Danish
from handlers.handbook import Handbook, HandbookCapability, HandbookReader, page_history, read_page
from handlers.help import Chatter, HelpCapability
from handlers.privacy import PrivacyCapability
from handlers.reminders import Guides, Planner, ReminderAnnouncer, ReminderCapability, read_plan
from handlers.tags import DayLogCapability, Review, TagCapability, TimeTags


@dataclass(frozen=True)
class App:
    """The bot without its ways in and out."""

    handbook: Handbook
    planner: Planner
    capabilities: tuple[Capability, ...]
    dispatcher: Dispatcher
    announcers: tuple[Announcer, ...]


def build(settings: Settings) -> App:
    """The app for these settings.

    Raises HandbookError when there is no handbook to be read, and PlanError when the reminder plan is not right.
    """
    repository = str(settings.repository) if settings.repository else None
    handbook = HandbookReader(settings.handbook, str(settings.site_url), repository).read()
    plan = read_plan(settings.plan)
    guides = Guides.of(handbook, partial(read_page, settings.handbook))
    municipalities = Municipalities.load(data_folder() / "approvers" / "municipalities.txt")
    danish = Danish.read(data_folder())
    leantime = None
    if settings.leantime_url and settings.leantime_key:
        leantime = Leantime(str(settings.leantime_url), settings.leantime_key.get_secret_value())
    names = ProjectNames(leantime) if leantime else tuple
    names()  # begins to read them
    time_tags = TimeTags(handbook, data_folder(), danish, names)
    experts: list[Capability] = [
        TagCapability(time_tags, todos=leantime is not None),
        DayLogCapability(time_tags),
        ApproverCapability(
            handbook,
            municipalities,
            partial(page_history, settings.handbook),
        ),
        ReminderCapability(plan, handbook, guides, municipalities),
        PrivacyCapability(),
        HandbookCapability(handbook, data_folder(), danish),
    ]
    announcers: list[Announcer] = [ReminderAnnouncer(plan, guides)]
    if leantime:
        announcers.append(TodoDesk(leantime))
    capabilities = (*experts, HelpCapability(experts, Chatter.load(data_folder() / "chatter.toml")))
    return App(handbook, Planner(plan, handbook), capabilities, Dispatcher(capabilities), tuple(announcers))


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
