"""The till's tables, as SQLAlchemy Core sees them.

Times are milliseconds since the epoch, amounts whole minor units, documents JSON texts written
by msgspec. Whatever identifies a person stands in `people` (and an order's free texts), nowhere
else, so that erasing is small. Migrations own the schema; a test proves the two equal.
Long on purpose: the whole schema in one place, so that nothing of a person hides elsewhere.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes only an INTEGER primary key its rowid; PostgreSQL needs 64 bits.
Key = BigInteger().with_variant(Integer, "sqlite")
Time = BigInteger


def _key() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _order() -> Column[int]:
    return Column("order_id", Key, ForeignKey("orders.id"), nullable=False)


store = Table(
    "store",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("store_id", String(36), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("schema", String(32), nullable=False),
    Column("min_writer", Integer, nullable=False),
    Column("min_reader", Integer, nullable=False),
    Column("practice", Boolean, nullable=False),
    Column("config_revision", Integer, nullable=False),
    Column("created_at", Time, nullable=False),
    # Where the file lies, as a fingerprint: a copy is noticed when it is opened elsewhere.
    Column("home", String(64), nullable=False, server_default=text("''")),
)

terminals = Table(
    "terminals",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("writer", Integer, nullable=False),
    Column("seen_at", Time, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("fence", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("heartbeat_at", Time, nullable=False),
    # Which lock file the holder keeps: a new one each time a sleeping holder was passed over.
    Column("generation", Integer, nullable=False, server_default=text("1")),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated_at", Time, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("updated_at", Time, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    Column("names", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("hidden", Boolean, nullable=False, default=False),
)

categories = Table(
    "categories",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    Column("names", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("hidden", Boolean, nullable=False, default=False),
)

dishes = Table(
    "dishes",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    Column("category_id", Key, ForeignKey("categories.id"), nullable=False),
    Column("station_id", Key, ForeignKey("stations.id"), nullable=False),
    Column("names", Text, nullable=False),
    Column("kitchen", Text, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("prep_minutes", Integer, nullable=False),
    Column("tax_class", String(32), nullable=False),
    Column("tax_rate_bp", Integer, nullable=False),
    Column("tax_inclusive", Boolean, nullable=False),
    Column("barcode", String(64), nullable=False),
    Column("sold_out", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False, default=False),
    Column("position", Integer, nullable=False),
    CheckConstraint("price >= 0", name="price"),
)

modifiers = Table(
    "modifiers",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    Column("dish_id", Key, ForeignKey("dishes.id"), nullable=False, index=True),
    Column("names", Text, nullable=False),
    Column("kitchen", Text, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("choice", String(32), nullable=False),
    Column("position", Integer, nullable=False),
)

statuses = Table(
    "statuses",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("names", Text, nullable=False),
    Column("colour", String(7), nullable=False),
    Column("position", Integer, nullable=False),
    Column("hidden", Boolean, nullable=False, default=False),
)

people = Table(
    "people",
    metadata,
    _key(),
    Column("phone", String(24), nullable=False),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("addresses", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("erased_at", Time),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
    Index("ix_people_phone", "phone"),
)

# What a guest can be found by: the folded words of his name, and every ending of his number.
people_words = Table(
    "people_words",
    metadata,
    Column("word", String(64), primary_key=True),
    Column("people_id", Key, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Index("ix_people_words_people_id", "people_id"),
    sqlite_with_rowid=False,
)

# Every name a dish has ever had, folded.
dish_words = Table(
    "dish_words",
    metadata,
    Column("word", String(64), primary_key=True),
    Column("dish_id", Key, primary_key=True, autoincrement=False),
    Index("ix_dish_words_dish_id", "dish_id"),
    sqlite_with_rowid=False,
)

# Who was erased, as a hash that names nobody: a restore erases them again.
erasures = Table(
    "erasures",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("at", Time, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    Column("number", String(16), nullable=False),
    Column("business_date", String(10), nullable=False),
    Column("source", String(16), nullable=False),
    Column("ref", String(128)),
    Column("ref_hash", String(64)),
    Column("fulfilment", String(16), nullable=False),
    Column("table_name", Text, nullable=False),
    Column("status", String(36), ForeignKey("statuses.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("entry", Integer, nullable=False),
    Column("entered_at", Time, nullable=False),
    Column("recalled_from", Integer),
    Column("is_open", Boolean, nullable=False),
    Column("placed_at", Time, nullable=False),
    Column("promised_at", Time, nullable=False),
    Column("promise_moved", Boolean, nullable=False),
    Column("preparing_at", Time),
    Column("ready_at", Time),
    Column("out_at", Time),
    Column("ended_at", Time),
    Column("times_known", Boolean, nullable=False),
    Column("courier_leg", String(16), nullable=False),
    Column("people_id", Key, ForeignKey("people.id"), index=True),
    Column("address_no", Integer),
    Column("language", String(8), nullable=False),
    Column("order_texts", Boolean, nullable=False),
    Column("tags", Text, nullable=False),
    Column("allergy", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("cancel_reason", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
    Column("payment_type", String(16), nullable=False),
    Column("change_from", BigInteger),
    Column("arrived_at", Time),
    # 0: at once. A later order enters the kitchen's screens when its time has come.
    Column("enters_at", Time, nullable=False, server_default=text("0")),
    Column("held_at", Time),
    Column("rush", Boolean, nullable=False, server_default=false()),
    Column("asked_at", Time),
    Column("question", Text, nullable=False, server_default=text("''")),
    Column("allergy_seen_at", Time),
    Column("cancel_asked_at", Time),
    Column("texts_stopped_at", Time),
    Column("refunded", BigInteger, nullable=False, server_default=text("0")),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
    Column("courier_id", String(36), nullable=False, server_default=text("''")),
    Column("partner", Text, nullable=False, server_default=text("''")),
    Column("revision", Integer, nullable=False),
    Column("device_id", String(36), nullable=False),
    Column("staff_id", String(36), nullable=False),
    # Number first: the same index finds a number that somebody calls out.
    UniqueConstraint("number", "business_date"),
    Index(
        "uq_orders_source_ref", "source", "ref", unique=True, sqlite_where=text("ref IS NOT NULL")
    ),
    CheckConstraint("paid >= 0", name="paid"),
    Index("ix_orders_courier", "business_date", sqlite_where=text("courier_id != ''")),
    Index("ix_orders_asked", "asked_at", sqlite_where=text("asked_at IS NOT NULL")),
    Index("ix_orders_business_date", "business_date"),
    # A number comes again every day: whether it is free is asked of what is open alone.
    Index("ix_orders_open_number", "number", sqlite_where=text("is_open")),
    Index("ix_orders_table_name", "table_name", sqlite_where=text("table_name != ''")),
)

# Spelt as the partial indexes spell it: of `is_open = 1` SQLite does not see that they hold it.
OPEN = text("orders.is_open")

lines = Table(
    "lines",
    metadata,
    _key(),
    _order(),
    Column("no", Integer, nullable=False),
    Column("replaces", Key),
    Column("dish_id", Key, nullable=False),
    Column("names", Text, nullable=False),
    Column("kitchen", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("modifiers", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("tax_class", String(32), nullable=False),
    Column("tax_rate_bp", Integer, nullable=False),
    Column("tax_inclusive", Boolean, nullable=False),
    Column("station_id", Key, nullable=False),
    Column("prep_minutes", Integer, nullable=False),
    Column("made_at", Time),
    Column("handed_over_at", Time),
    Column("voided_at", Time),
    Column("remake_reason", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("order_id", "no"),
    Index("ix_lines_dish_id", "dish_id", "order_id"),
    CheckConstraint("quantity > 0", name="quantity"),
)

adjustments = Table(
    "adjustments",
    metadata,
    _key(),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("names", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    _key(),
    _order(),
    Column("station_id", Key, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("entry", Integer, nullable=False),
    Column("entered_at", Time, nullable=False),
    Column("allergy_seen_at", Time),
    # What was edited since this station last tapped Seen: a document of deltas.
    Column("changes", Text, nullable=False, server_default=text("'[]'")),
    UniqueConstraint("order_id", "station_id"),
)

payments = Table(
    "payments",
    metadata,
    _key(),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, index=True),
    Column("type", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("recorded_at", Time, nullable=False),
    Column("staff_id", String(36), nullable=False),
    # Who took the money at a door; empty at the counter. A refund is a negative amount.
    Column("courier_id", String(36), nullable=False, server_default=text("''")),
    Index(
        "ix_payments_courier",
        "courier_id",
        "type",
        "amount",
        sqlite_where=text("courier_id != ''"),
    ),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Key, primary_key=True, autoincrement=True),
    Column("order_id", Key, ForeignKey("orders.id"), index=True),
    Column("kind", String(32), nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("device_id", String(36), nullable=False),
    Column("staff_id", String(36), nullable=False),
    Column("cause_id", Key),
)

number_counters = Table(
    "number_counters",
    metadata,
    Column("business_date", String(10), primary_key=True),
    Column("prefix", String(4), primary_key=True),
    Column("last", Integer, nullable=False),
)

links = Table(
    "links",
    metadata,
    _key(),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, index=True),
    Column("scope", String(16), nullable=False),
    Column("token", String(30), nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("minted_at", Time, nullable=False),
    Column("revoked_at", Time),
)

sites = Table(
    "sites",
    metadata,
    Column("site_id", String(36), primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("origin", Text, nullable=False),
    Column("shop_id", String(36), nullable=False),
    Column("terminal_id", String(36), nullable=False),
    Column("kid", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("site_epoch", Integer, nullable=False),
    Column("push_seq", Integer, nullable=False),
    Column("action_cursor", BigInteger, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("heard_at", Time),
)

page_outbox = Table(
    "page_outbox",
    metadata,
    Column("order_id", Key, ForeignKey("orders.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("queued_at", Time, nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("action_id", String(36), primary_key=True),
    Column("site_id", String(36), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("order_id", Key),
    Column("outcome", String(32), nullable=False),
    Column("applied_at", Time, nullable=False),
)

rules = Table(
    "rules",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("origin", String(16), nullable=False, server_default=text("''")),
    Column("deleted_at", Time),
)

# Version 0 is no rule's: it says which rules waited together for an event.
rule_versions = Table(
    "rule_versions",
    metadata,
    Column("rule_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("staff_id", String(36), nullable=False, server_default=text("''")),
)

rule_traces = Table(
    "rule_traces",
    metadata,
    Column("event_seq", Key, primary_key=True, autoincrement=False),
    Column("trace", Text, nullable=False),
)

# A rule on its way through its steps: what it waits for survives restart, sleep and clock changes.
rule_runs = Table(
    "rule_runs",
    metadata,
    _key(),
    Column("rule_id", String(36), nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("order_id", Key, ForeignKey("orders.id")),
    Column("people_id", Key, ForeignKey("people.id")),
    Column("occasion", Key, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("due_at", Time),
    Column("started_at", Time, nullable=False),
    Column("ended_at", Time),
    Column("trace", Text, nullable=False),
    UniqueConstraint("rule_id", "occasion"),
    Index("ix_rule_runs_due", "due_at", sqlite_where=text("state = 'waiting'")),
    Index("ix_rule_runs_order_id", "order_id"),
    Index("ix_rule_runs_people_id", "people_id", "rule_id"),
)

# What a person of the shop has to do: call a guest back, read what a rule tells, answer a reply.
tasks = Table(
    "tasks",
    metadata,
    _key(),
    Column("kind", String(16), nullable=False),
    Column("order_id", Key, ForeignKey("orders.id")),
    Column("people_id", Key, ForeignKey("people.id")),
    Column("rule_id", String(36), nullable=False),
    Column("occasion", Key),
    Column("said", Text, nullable=False),
    Column("sound", Boolean, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("done_at", Time),
    Column("done_by", String(36), nullable=False),
    Index("ix_tasks_open", "created_at", sqlite_where=text("done_at IS NULL")),
    Index("ix_tasks_order_id", "order_id"),
)

# The shop's own words where they differ from ours.
status_texts = Table(
    "status_texts",
    metadata,
    Column("about", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("updated_at", Time, nullable=False),
    Column("staff_id", String(36), nullable=False),
)

# Where else a guest can be reached, by his own act: a chat, a browser, an e-mail address.
contacts = Table(
    "contacts",
    metadata,
    _key(),
    Column("people_id", Key, ForeignKey("people.id"), nullable=False),
    Column("order_id", Key, ForeignKey("orders.id")),
    Column("channel", String(32), nullable=False),
    Column("address", Text, nullable=False),
    Column("opted_at", Time, nullable=False),
    Index("ix_contacts_people_id", "people_id", "channel"),
)

# One-time words with which a guest opens a chat about one order.
opt_in_words = Table(
    "opt_in_words",
    metadata,
    Column("word_hash", String(64), primary_key=True),
    _order(),
    Column("channel", String(32), nullable=False),
    Column("made_at", Time, nullable=False),
    Column("used_at", Time),
    Index("ix_opt_in_words_order_id", "order_id"),
)

# Who said STOP, by a keyed hash of his address: it outlives the guest's own row.
opt_outs = Table(
    "opt_outs",
    metadata,
    Column("address_hash", String(64), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("source", String(16), nullable=False),
    Column("at", Time, nullable=False),
)

customer_tags = Table(
    "customer_tags",
    metadata,
    Column("people_id", Key, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("tag", String(32), primary_key=True),
    Column("added_at", Time, nullable=False),
)

# What texts have cost, by month: `cost` in hundredths of the minor unit.
spend = Table(
    "spend",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("about", String(32), primary_key=True),
    Column("messages", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("cost", BigInteger, nullable=False),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    _key(),
    Column("target", String(36), nullable=False),
    Column("event_seq", Key, nullable=False),
    Column("uid", String(36), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", Time, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("settled_at", Time),
    UniqueConstraint("target", "event_seq"),
    Index("ix_webhook_deliveries_due", "next_try_at", sqlite_where=text("state = 'waiting'")),
)

owner_texts = Table(
    "owner_texts",
    metadata,
    _key(),
    Column("key", String(200), nullable=False, unique=True),
    Column("uid", String(36), nullable=False),
    Column("rule_id", String(36), nullable=False),
    Column("step_id", String(36), nullable=False),
    Column("occasion", Key, nullable=False),
    Column("day", String(10), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("not_after", Time, nullable=False),
    Column("next_try_at", Time, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("tried_at", Time),
    Column("text_hash", String(64), nullable=False),
    Column("settled_at", Time),
    Index(
        "ix_owner_texts_due",
        "channel",
        "next_try_at",
        sqlite_where=text("state IN ('waiting', 'sending')"),
    ),
)

messages = Table(
    "messages",
    metadata,
    _key(),
    Column("key", String(200), nullable=False),
    Column("uid", String(36), nullable=False),
    _order(),
    Column("people_id", Key, ForeignKey("people.id")),
    Column("rule_id", String(36), nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("step_id", String(36), nullable=False),
    Column("occasion", Key),
    Column("leg", Integer, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("about", String(32), nullable=False),
    Column("language", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("not_before", Time, nullable=False),
    Column("not_after", Time, nullable=False),
    Column("next_try_at", Time, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("provider_id", String(128), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("parts", Integer, nullable=False),
    Column("sent_at", Time),
    Column("settled_at", Time),
    Column("legs", Text, nullable=False, server_default=text("'[]'")),
    Column("cost", BigInteger, nullable=False, server_default=text("0")),
    # One index is both: nothing is said twice, and the texts of an order are found.
    UniqueConstraint("order_id", "key"),
    Index(
        "ix_messages_due",
        "channel",
        "next_try_at",
        sqlite_where=text("state IN ('waiting', 'sending', 'sent')"),
    ),
    Index("ix_messages_held", "reason", sqlite_where=text("state = 'held'")),
    # What has left in the last hours, for pacing and limits; a text that waits is not in it.
    Index("ix_messages_left", "channel", "sent_at", sqlite_where=text("sent_at IS NOT NULL")),
    Index(
        "ix_messages_legs",
        "not_before",
        sqlite_where=text("legs != '[]' AND state IN ('waiting', 'sending', 'sent')"),
    ),
)

attempts = Table(
    "attempts",
    metadata,
    _key(),
    Column("message_id", Key, ForeignKey("messages.id"), nullable=False, index=True),
    Column("fence", Integer, nullable=False),
    Column("started_at", Time, nullable=False),
    Column("ended_at", Time),
    Column("outcome", String(16), nullable=False),
    Column("code", String(64), nullable=False),
)

recorded_texts = Table(
    "recorded_texts",
    metadata,
    _key(),
    Column("message_id", Key, ForeignKey("messages.id"), nullable=False, unique=True),
    Column("people_id", Key, ForeignKey("people.id")),
    Column("text", Text, nullable=False),
    Column("recorded_at", Time, nullable=False),
)

printers = Table(
    "printers",
    metadata,
    _key(),
    Column("uid", String(36), nullable=False, unique=True),
    Column("device_id", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("address", Text, nullable=False),
    Column("width_mm", Integer, nullable=False),
    Column("slips", Boolean, nullable=False),
    Column("kitchen", Boolean, nullable=False),
    Column("stubs", Boolean, nullable=False, server_default=false()),
    Column("deliveries", Boolean, nullable=False, server_default=false()),
    # Stations whose kitchen slips come out here, as a document; empty means every station.
    Column("station_ids", Text, nullable=False, server_default=text("'[]'")),
    Column("fallback_id", Key),
)

print_jobs = Table(
    "print_jobs",
    metadata,
    _key(),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, index=True),
    Column("printer_id", Key, ForeignKey("printers.id"), nullable=False),
    Column("what", String(16), nullable=False),
    Column("station_id", Key),
    Column("copy", Boolean, nullable=False),
    # What a slip of changes says, as a document; the rest is read when it is printed.
    Column("content", Text, nullable=False, server_default=text("''")),
    # The printer whose lane took it: the job's own, or the one that stands in for it.
    Column("taken_by", Key),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("next_try_at", Time, nullable=False),
    Column("printed_at", Time),
    Index(
        "ix_print_jobs_due",
        "printer_id",
        "next_try_at",
        sqlite_where=text("state IN ('waiting', 'printing')"),
    ),
    Index("ix_print_jobs_held", "printer_id", sqlite_where=text("state = 'held'")),
)

lane_states = Table(
    "lane_states",
    metadata,
    Column("lane", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("code", String(64), nullable=False),
    Column("since", Time, nullable=False),
    Column("updated_at", Time, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("phone", String(24), nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("wrong_pins", Integer, nullable=False),
    Column("wait_until", Time),
    Column("hidden", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("created_at", Time, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    _key(),
    Column("people_id", Key, ForeignKey("people.id"), nullable=False, index=True),
    Column("order_id", Key, ForeignKey("orders.id")),
    Column("kind", String(16), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("wording", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("source", String(16), nullable=False),
    Column("staff_id", String(36), nullable=False),
)

hand_ins = Table(
    "hand_ins",
    metadata,
    _key(),
    Column("courier_id", String(36), nullable=False, index=True),
    Column("business_date", String(10), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("at", Time, nullable=False),
    Column("staff_id", String(36), nullable=False),
)

ratings = Table(
    "ratings",
    metadata,
    Column("order_id", Key, ForeignKey("orders.id"), primary_key=True, autoincrement=False),
    Column("stars", Integer, nullable=False),
    Column("rated_at", Time, nullable=False),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
)

closed_days = Table(
    "closed_days",
    metadata,
    Column("business_date", String(10), primary_key=True),
    Column("closed_at", Time, nullable=False),
    Column("staff_id", String(36), nullable=False),
)

screens = Table(
    "screens",
    metadata,
    Column("device_id", String(36), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("document", Text, nullable=False),
    Column("updated_at", Time, nullable=False),
)

courier_acts = Table(
    "courier_acts",
    metadata,
    Column("action_id", String(36), primary_key=True),
    _order(),
    Column("kind", String(24), nullable=False),
    Column("device", String(16), nullable=False),
    Column("occurred_at", Time, nullable=False),
    Column("received_at", Time, nullable=False),
    Column("outcome", String(24), nullable=False),
    Index("ix_courier_acts_order_id", "order_id"),
)
