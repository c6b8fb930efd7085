"""The first version: outbox, turns, records, copies, marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates all tables."""
    op.create_table(
        "outbox",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("after_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.Float()),
        sa.Column("written_at", sa.Float(), nullable=False),
        sa.Column("sent_at", sa.Float()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("editable", sa.Integer(), server_default="1", nullable=False),
        sa.Column("error", sa.Text()),
    )
    op.create_index("outbox_unsent", "outbox", ["state", "copy"])
    op.create_index("outbox_message", "outbox", ["message_id"], unique=True)
    op.create_index("outbox_person", "outbox", ["person"])
    op.create_table(
        "attachments",
        sa.Column("key", sa.Text(), sa.ForeignKey("outbox.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.Column("memory", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
    )
    op.create_index("turns_conversation", "turns", ["conversation", "id"])
    op.create_index("turns_at", "turns", ["at"])
    op.create_index("turns_person", "turns", ["person"])
    op.create_table(
        "records",
        sa.Column("collection", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float()),
    )
    op.create_index("records_owner", "records", ["owner"])
    op.create_table(
        "copies",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("at", sa.Float(), nullable=False),
    )
