"""What the machine and the capabilities say to each other.

A chat message becomes a `Question`; each `Capability` may put in a `Claim` for it; the best claim's `Answer` is sent.
A capability is a pure function of the question, the context and the knowledge it was built with: no network, no
clock, no database. What it wants to be kept it returns as `Effect`s, which the machine carries out in one transaction
with the reply.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Protocol

Json = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""Plain data, as the json module reads and writes it."""


class UserError(Exception):
    """Something that the user can mend. The message says what is wrong and what to do, in Danish, a sentence a line."""


class Role(IntEnum):
    """A person's role in the Zulip organisation, with Zulip's own numbers (API: GET /users, `role`)."""

    OWNER = 100
    ADMINISTRATOR = 200
    MODERATOR = 300
    MEMBER = 400
    GUEST = 600


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who wrote the message."""

    id: int
    name: str
    email: str = ""
    role: Role = Role.MEMBER
    administers_bot: bool = False
    """May change what counts for everybody: accept corrections, mark others' reminders done."""


@dataclass(frozen=True, slots=True)
class Direct:
    """A direct message, alone with the bot or in a group; `user_ids` are all taking part, the bot left out."""

    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic in a channel."""

    channel_id: int
    channel: str
    topic: str


Place = Direct | Topic


@dataclass(frozen=True, slots=True)
class Question:
    """One chat message, freed from Zulip's dress: the bot's own mention is gone, quotes of earlier messages too."""

    text: str
    asker: Asker
    place: Place
    now: datetime
    """When it was asked; always with a time zone. Capabilities have no other clock."""
    message_id: int = 0
    conversation: str = ""
    """Key of the conversation: one per topic and asker, or per direct-message group."""
    about: str | None = None
    """Outbox key of the bot's own message that this one quotes or reacts to, if any.

    A reaction comes as a question whose text is the emoji ("✅"), and only on an announcement. Nobody is told that it
    was not understood: an answer with the intent "unknown" to a reaction is not sent.
    """


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange: what was asked, which capability answered, and what it wished to remember."""

    text: str
    intent: str
    memory: Mapping[str, Json]
    choices: tuple[str, ...] = ()
    """What the bot offered to choose between; a bare number picks one."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing kept for a capability: plain data, its owner's user id (0: nobody's) and when it was put."""

    value: Json
    owner: int
    at: datetime


class Records(Protocol):
    """Read access to what capabilities have put away, by collection and key."""

    def all(self, collection: str) -> Mapping[str, Record]: ...


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of data that is stored about a person."""

    what: str
    """In Danish, for the person to read."""
    count: int
    keep_days: int | None
    """Days until the clean-up deletes it; 0: until the bot stops; None: until somebody deletes it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a question is seen against: the conversation so far (oldest first) and the kept records."""

    turns: tuple[Turn, ...]
    records: Records
    people: Mapping[str, Asker] = field(default_factory=dict)
    """The organisation's Zulip users by mail address in lower case; empty where there is no Zulip."""
    holdings: Callable[[], Sequence[Holding]] = tuple
    """What is stored about the asker; looked up when called."""

    @property
    def last(self) -> Turn | None:
        """The latest exchange in this conversation."""
        return self.turns[-1] if self.turns else None


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the handbook: page path inside the handbook folder, heading, anchor and public link."""

    page: str
    heading: str
    anchor: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it shows, and the message that pressing it sends."""

    label: str
    reply: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to upload with the answer."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Put:
    """Keep `value` under `key` in `collection`, replacing what is there."""

    collection: str
    key: str
    value: Json
    owner: int = 0
    keep_days: int | None = None
    """Days after which the clean-up deletes it; None keeps it until deleted."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Forget what is kept under `key` in `collection`."""

    collection: str
    key: str


@dataclass(frozen=True, slots=True)
class Revise:
    """Edit what the bot said under outbox key `key` to `text`."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete what is stored about a person: their conversations and every record they own."""

    owner: int


Effect = Put | Delete | Revise | Forget


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say back: Zulip Markdown (an empty text says nothing), and the same content as plain data."""

    intent: str
    text: str
    answered: bool = True
    """False when the bot says that it does not know, or asks back."""
    asks: bool = False
    choices: tuple[Choice, ...] = ()
    sources: tuple[Source, ...] = ()
    data: Mapping[str, Json] = field(default_factory=dict)
    """The capability's own fields for scripts; see `Capability.fields`."""
    memory: Mapping[str, Json] = field(default_factory=dict)
    """What a follow-up in this conversation may refer to; kept with the turn, and only as long."""
    attachments: tuple[Attachment, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something to be said unasked: a reminder whose time has come.

    The machine says it once per `key`, also across restarts and several copies of the bot, and adds that it is late
    when it leaves more than an hour after `at`.
    """

    key: str
    """Outbox key, such as "reminder:budget:2027-K1"; what has once been said under it is never said again."""
    at: datetime
    """When it was due; always with a time zone."""
    text: str
    place: Place | None
    """Where to post; None: a direct message to each of those mentioned. A `Topic` may name its channel (id 0)."""
    mentions: tuple[str, ...] = ()
    """Whom to notify, by mail address, full name or user group's name; put on a line of their own before the text.
    A name that Zulip does not know is written out as it is."""
    choices: tuple[Choice, ...] = ()
    """Buttons. A message with buttons cannot be edited: to `Revise` it replaces it by a new one."""
    attachments: tuple[Attachment, ...] = ()
    effects: tuple[Effect, ...] = ()
    """Carried out in the transaction that notes the announcement, so once as well."""


class Announcer(Protocol):
    """Something that speaks unasked. Pure as a capability is: the machine keeps the time and what has been said."""

    def due(self, after: datetime, now: datetime, context: Context) -> Sequence[Announcement]:
        """What fell due after `after`, up to and including `now`, oldest first; `context` has no turns.

        The machine asks every few seconds. `after` is the `now` of the last time that was noted, so that what
        fell due while the bot was down is asked for too, and what follows from the records (an own reminder, a round
        nobody answered) may simply be computed from them: a key that has been used is passed over.
        """
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """How sure a capability is that a question is its own, and how to get its answer.

    Confidence: 1.0 the user named the capability ("tag: ..."), 0.95 it answers the bot's own question, 0.8
    unmistakable, 0.6 likely, 0.4 there is something to say, 0.2 better than nothing.
    """

    confidence: float
    answer: Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Help:
    """One capability's entry in the help text: a title, a sentence, and questions that work when pasted."""

    title: str
    sentence: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `check`: what was found, or what is wrong (`error` makes the command fail, `warning` does not)."""

    level: str  # "info", "warning" or "error"
    text: str


class Capability(Protocol):
    """Something that the bot can do. See the module docstring for the rules it keeps."""

    @property
    def fields(self) -> Mapping[str, Json]:
        """Names of the plain data it adds to an answer, each with the value that means "nothing"."""
        ...

    @property
    def help(self) -> Help | None:
        """Its entry in the help text; None for what needs no entry."""
        ...

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for a question; None when the question is surely not its own. Never raises."""
        ...

    def check(self) -> list[Finding]:
        """What it found in the handbook, and what is missing or wrong there."""
        ...


class Reviewed(Protocol):
    """One kind of thing that users put right: a collection of records, each a JSON object.

    Its field "accepted" says whether it counts for everybody, or for its owner alone until it has been reviewed.
    """

    @property
    def collection(self) -> str: ...

    def described(self, record: Record) -> Sequence[str]:
        """How it is shown to the reviewer, a line each; nothing for a damaged record."""
        ...

    def export(self, records: Records) -> str:
        """The accepted ones in the format of the bot's data."""
        ...
