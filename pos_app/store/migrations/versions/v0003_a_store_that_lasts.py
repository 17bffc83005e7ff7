"""A store that lasts: search words, erasures, where the file lives, locks by generation.

Every new column has a default, so that a till of the version before can go on writing.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

from pos_app.store import words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "people_words",
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("people_id", KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["people_id"], ["people.id"], name=op.f("fk_people_words_people_id")
        ),
        sa.PrimaryKeyConstraint("word", "people_id", name=op.f("pk_people_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_people_words_people_id", "people_words", ["people_id"], unique=False)
    op.create_table(
        "dish_words",
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("dish_id", KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("word", "dish_id", name=op.f("pk_dish_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dish_words_dish_id", "dish_words", ["dish_id"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_erasures")),
    )
    op.add_column(
        "store",
        sa.Column("home", sa.String(length=64), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "leases",
        sa.Column("generation", sa.Integer(), nullable=False, server_default=sa.text("1")),
    )
    op.create_index("ix_orders_business_date", "orders", ["business_date"], unique=False)
    op.create_index(
        "ix_orders_open_number",
        "orders",
        ["number"],
        unique=False,
        sqlite_where=sa.text("is_open"),
    )
    op.create_index(
        "ix_orders_table_name",
        "orders",
        ["table_name"],
        unique=False,
        sqlite_where=sa.text("table_name != ''"),
    )
    op.create_index(
        "ix_print_jobs_held",
        "print_jobs",
        ["printer_id"],
        unique=False,
        sqlite_where=sa.text("state = 'held'"),
    )
    op.create_index("ix_lines_dish_id", "lines", ["dish_id", "order_id"], unique=False)
    config = op.get_context().config
    words.fill(op.get_bind(), config.attributes.get("progress") if config is not None else None)
