"""A whole shift: later and held orders, questions, edits to be seen, staff, couriers, the evening.

Every new column has a default, so that a till of the version before can go on writing.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "closed_days",
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("business_date", name=op.f("pk_closed_days")),
    )
    op.create_table(
        "hand_ins",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("courier_id", sa.String(length=36), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_ins")),
    )
    op.create_index(op.f("ix_hand_ins_courier_id"), "hand_ins", ["courier_id"], unique=False)
    op.create_table(
        "screens",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "name", name=op.f("pk_screens")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("phone", sa.String(length=24), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.BigInteger(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "consents",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("people_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_consents_order_id")),
        sa.ForeignKeyConstraint(["people_id"], ["people.id"], name=op.f("fk_consents_people_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_people_id"), "consents", ["people_id"], unique=False)
    op.create_table(
        "courier_acts",
        sa.Column("action_id", sa.String(length=36), nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("device", sa.String(length=16), nullable=False),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_courier_acts_order_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_courier_acts")),
    )
    op.create_index("ix_courier_acts_order_id", "courier_acts", ["order_id"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("order_id", KEY, autoincrement=False, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("rated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_ratings_stars")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_ratings_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_ratings")),
    )
    op.add_column(
        "lines", sa.Column("remake_reason", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.create_index(
        "ix_messages_held",
        "messages",
        ["reason"],
        unique=False,
        sqlite_where=sa.text("state = 'held'"),
    )
    op.add_column(
        "orders",
        sa.Column("enters_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column("orders", sa.Column("held_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "orders", sa.Column("rush", sa.Boolean(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("orders", sa.Column("asked_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "orders", sa.Column("question", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("orders", sa.Column("allergy_seen_at", sa.BigInteger(), nullable=True))
    op.add_column("orders", sa.Column("cancel_asked_at", sa.BigInteger(), nullable=True))
    op.add_column("orders", sa.Column("texts_stopped_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "orders",
        sa.Column("refunded", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column(
        "orders",
        sa.Column("courier_id", sa.String(length=36), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "orders", sa.Column("partner", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.create_index(
        "ix_orders_asked",
        "orders",
        ["asked_at"],
        unique=False,
        sqlite_where=sa.text("asked_at IS NOT NULL"),
    )
    op.create_index(
        "ix_orders_courier",
        "orders",
        ["business_date"],
        unique=False,
        sqlite_where=sa.text("courier_id != ''"),
    )
    op.add_column(
        "payments",
        sa.Column("courier_id", sa.String(length=36), server_default=sa.text("''"), nullable=False),
    )
    op.create_index(
        "ix_payments_courier",
        "payments",
        ["courier_id", "type", "amount"],
        unique=False,
        sqlite_where=sa.text("courier_id != ''"),
    )
    op.add_column(
        "print_jobs", sa.Column("content", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("print_jobs", sa.Column("taken_by", KEY, nullable=True))
    op.add_column(
        "printers", sa.Column("stubs", sa.Boolean(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "printers",
        sa.Column("deliveries", sa.Boolean(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column(
        "printers",
        sa.Column("station_ids", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
    )
    op.add_column("printers", sa.Column("fallback_id", KEY, nullable=True))
    op.add_column("tickets", sa.Column("allergy_seen_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "tickets", sa.Column("changes", sa.Text(), server_default=sa.text("'[]'"), nullable=False)
    )
