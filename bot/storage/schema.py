"""The tables. A change here needs a migration in `migrations/versions`; a test holds the two against each other.

Points in time are seconds since 1970 UTC, so that SQLite and PostgreSQL keep them alike.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),  # "reply:<message id>", "reminder:<id>:<period>", ...: says a thing once
    Column("action", Text, nullable=False),  # "send", "edit" or "delete"
    Column("target", Text),  # the key whose message is edited or deleted
    Column("state", Text, nullable=False),  # see outbox.State
    Column("copy", Text, nullable=False),  # the copy of the bot that is to send it
    Column("place", JSON, nullable=False),
    Column("lane", Text, nullable=False),  # the place as a key: rows of a lane are sent one by one
    Column("person", BigInteger, nullable=False),  # whom it answers; 0 for announcements
    Column("text", Text, nullable=False),  # emptied when sent
    Column("mentions", JSON, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("after_id", BigInteger, nullable=False),  # our message, if it got out, has a higher id than this
    Column("due_at", Float),  # announcements: when it should have been said
    Column("written_at", Float, nullable=False),
    Column("sent_at", Float),
    Column("message_id", BigInteger),  # Zulip's id of what was said
    Column("editable", Integer, nullable=False, server_default="1"),  # 0: it has buttons
    Column("error", Text),  # why it could not be sent
    Index("outbox_unsent", "state", "copy"),
    Index("outbox_message", "message_id", unique=True),
    Index("outbox_person", "person"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("key", Text, ForeignKey("outbox.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("at", Float, nullable=False),
    Column("text", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("memory", JSON, nullable=False),
    Column("choices", JSON, nullable=False),
    Index("turns_conversation", "conversation", "id"),
    Index("turns_at", "at"),
    Index("turns_person", "person"),
)

records = Table(
    "records",
    metadata,
    Column("collection", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
    Column("owner", BigInteger, nullable=False),
    Column("at", Float, nullable=False),
    Column("expires_at", Float),
    Index("records_owner", "owner"),
)

copies = Table(
    "copies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seen_at", Float, nullable=False),  # 0: stopped
    Column("place", BigInteger, nullable=False),  # every question up to this message id has been handled
    Column("state", JSON, nullable=False),  # what `status` shows
)

marks = Table(
    "marks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Float, nullable=False),
)
