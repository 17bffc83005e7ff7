"""Rules that wait, and what they lead to: runs, tasks, own texts, ways to a guest, spend.

Every new column has a default, so that a till of the version before can go on writing. An index
goes: the open orders are found by the one of their numbers, and each page that a placed order
touches lengthens its commit.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _rules()
    _guests()
    _texts()
    op.add_column(
        "messages", sa.Column("legs", sa.Text(), server_default=sa.text("'[]'"), nullable=False)
    )
    op.add_column(
        "messages", sa.Column("cost", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.create_index(
        "ix_messages_left",
        "messages",
        ["channel", "sent_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NOT NULL"),
    )
    op.create_index(
        "ix_messages_legs",
        "messages",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("legs != '[]' AND state IN ('waiting', 'sending', 'sent')"),
    )
    op.add_column(
        "orders", sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.drop_index("ix_orders_open", table_name="orders")
    op.add_column(
        "people", sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "rule_versions",
        sa.Column("staff_id", sa.String(length=36), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "rules",
        sa.Column("origin", sa.String(length=16), server_default=sa.text("''"), nullable=False),
    )
    op.add_column("rules", sa.Column("deleted_at", sa.BigInteger(), nullable=True))


def _rules() -> None:
    op.create_table(
        "rule_runs",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.String(length=36), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("order_id", KEY, nullable=True),
        sa.Column("people_id", KEY, nullable=True),
        sa.Column("occasion", KEY, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_rule_runs_order_id")),
        sa.ForeignKeyConstraint(["people_id"], ["people.id"], name=op.f("fk_rule_runs_people_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_runs")),
        sa.UniqueConstraint("rule_id", "occasion", name=op.f("uq_rule_runs_rule_id_occasion")),
    )
    op.create_index(
        "ix_rule_runs_due",
        "rule_runs",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_rule_runs_order_id", "rule_runs", ["order_id"], unique=False)
    op.create_index("ix_rule_runs_people_id", "rule_runs", ["people_id", "rule_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("order_id", KEY, nullable=True),
        sa.Column("people_id", KEY, nullable=True),
        sa.Column("rule_id", sa.String(length=36), nullable=False),
        sa.Column("occasion", KEY, nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_tasks_order_id")),
        sa.ForeignKeyConstraint(["people_id"], ["people.id"], name=op.f("fk_tasks_people_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.create_index("ix_tasks_order_id", "tasks", ["order_id"], unique=False)


def _guests() -> None:
    op.create_table(
        "opt_outs",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_opt_outs")),
    )
    op.create_table(
        "customer_tags",
        sa.Column("people_id", KEY, autoincrement=False, nullable=False),
        sa.Column("tag", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["people_id"], ["people.id"], name=op.f("fk_customer_tags_people_id")
        ),
        sa.PrimaryKeyConstraint("people_id", "tag", name=op.f("pk_customer_tags")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("people_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("opted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_contacts_order_id")),
        sa.ForeignKeyConstraint(["people_id"], ["people.id"], name=op.f("fk_contacts_people_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_people_id", "contacts", ["people_id", "channel"], unique=False)
    op.create_table(
        "opt_in_words",
        sa.Column("word_hash", sa.String(length=64), nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_opt_in_words_order_id")),
        sa.PrimaryKeyConstraint("word_hash", name=op.f("pk_opt_in_words")),
    )
    op.create_index("ix_opt_in_words_order_id", "opt_in_words", ["order_id"], unique=False)


def _texts() -> None:
    op.create_table(
        "spend",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("month", "channel", "about", name=op.f("pk_spend")),
    )
    op.create_table(
        "status_texts",
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("about", "channel", "language", name=op.f("pk_status_texts")),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("event_seq", KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint(
            "target", "event_seq", name=op.f("uq_webhook_deliveries_target_event_seq")
        ),
    )
    op.create_index(
        "ix_webhook_deliveries_due",
        "webhook_deliveries",
        ["next_try_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
    )
