"""What a rule is: a trigger, conditions in groups, and steps; a document, immutable per version.

Structs with tags, because a rule lives as a document: in the store, in a pack, in a draft on the
screen. Rule and step ids are UUIDs that are never used again.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class On(StrEnum):
    """What a rule waits for."""

    PLACED = "order_placed"
    ENTERED = "status_entered"
    LEFT = "status_left"
    PAID = "payment_recorded"
    PROMISE_MOVED = "promise_moved"
    BECAME_LATE = "became_late"
    PREDICTED_LATE = "predicted_late"
    IN_STATUS = "time_in_status"
    COURIER_ASSIGNED = "courier_assigned"
    COURIER_AT_SHOP = "courier_at_shop"
    COURIER_ARRIVED = "courier_arrived"
    MESSAGE_FAILED = "message_failed"
    GUEST_ARRIVED = "guest_arrived"
    GUEST_RATED = "guest_rated"
    CANCEL_ASKED = "cancel_asked"
    NEW_CUSTOMER = "new_customer"
    DAILY = "daily"


OF_STATUS = (On.ENTERED, On.LEFT, On.IN_STATUS)
OF_TIME = (On.BECAME_LATE, On.PREDICTED_LATE, On.IN_STATUS)
"""What nobody does: it comes true because time passes."""
OF_STAY = (On.IN_STATUS,)
"""What takes minutes: how long the order has stood there."""


class Trigger(Struct, frozen=True):
    """`status` is the kind (or phase) entered, left or stood in; `beside` where the order came
    from, or goes to when it leaves: empty fits all. `minutes` of standing there; `at` local
    time of a daily one (`22:00`).
    """

    on: On
    status: str = ""
    beside: str = ""
    minutes: int = 0
    at: str = ""


class Field(StrEnum):
    """What a condition may ask."""

    STATUS = "status"
    PHASE = "phase"
    FULFILMENT = "fulfilment"
    SOURCE = "source"
    PAYMENT_TYPE = "payment_type"
    PAYMENT_STATE = "payment_state"
    PARTNER = "partner"
    VALUE = "value"
    ITEMS = "items"
    DISH = "dish"
    CATEGORY = "category"
    ORDER_TAG = "order_tag"
    CUSTOMER_TAG = "customer_tag"
    PAST_ORDERS = "past_orders"
    LATER_ORDERS = "later_orders"
    LANGUAGE = "language"
    HAS_PHONE = "has_phone"
    ORDER_TEXTS = "order_texts"
    WANTS_NEWS = "wants_news"
    OFFERS = "offers"
    WEEKDAY = "weekday"
    TIME = "time"
    SHOP_LOAD = "shop_load"
    STAFF = "staff"
    RATING = "rating"


class Comparison(StrEnum):
    """How a condition compares what it finds with its values."""

    ONE_OF = "one_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"


class Condition(Struct, frozen=True):
    """Asks one `field`. Amounts are minor units, times `HH:MM`, weekdays `1` (Monday) to `7`.

    `one_of` holds when anything found is among `values` (booleans as `yes` / `no`); `between`
    takes two, the first included, and times may pass midnight.
    """

    field: Field
    values: tuple[str, ...]
    how: Comparison = Comparison.ONE_OF


class Join(StrEnum):
    ALL = "all"
    ANY = "any"
    NONE = "none"


class Group(Struct, frozen=True):
    """Holds when all, any or none of its conditions and groups do. An empty one holds."""

    join: Join = Join.ALL
    conditions: tuple[Condition, ...] = ()
    groups: tuple[Group, ...] = ()


class Wait(Struct, frozen=True, tag_field="do", tag="wait"):
    """One of three: `seconds` from now, `until` a local time, or so long before the promise."""

    id: str
    seconds: int = 0
    until: str = ""
    minutes_before_promise: int | None = None


class Recheck(Struct, frozen=True, tag_field="do", tag="recheck"):
    """Go on only when the conditions (still) hold."""

    id: str


class Send(Struct, frozen=True, tag_field="do", tag="send"):
    """Say `about` to the guest, on the first of `channels` that reaches him.

    `grace_s` after the occasion at the earliest, never after `ttl_minutes`; the next channel is
    tried when one has failed or said nothing for `leg_minutes`. `offer`: needs that consent.
    """

    id: str
    about: str
    channels: tuple[str, ...] = ("sms",)
    grace_s: int = 10
    ttl_minutes: int = 60
    leg_minutes: int = 5
    offer: bool = False


class SetStatus(Struct, frozen=True, tag_field="do", tag="set_status"):
    """Move the order to `kind`, if it may go there."""

    id: str
    kind: str


class SetTag(Struct, frozen=True, tag_field="do", tag="set_tag"):
    """Put `tag` on the order or the customer (`on`), or take it off."""

    id: str
    tag: str
    on: str = "order"
    remove: bool = False


class Print(Struct, frozen=True, tag_field="do", tag="print"):
    """A slip of the order on the shop's printers."""

    id: str


class CallWebhook(Struct, frozen=True, tag_field="do", tag="webhook"):
    """Tell the target of this id what happened."""

    id: str
    target: str


class TellStaff(Struct, frozen=True, tag_field="do", tag="tell_staff"):
    """A banner on the board that says `words`, with a sound."""

    id: str
    words: str
    sound: bool = True


class OpenTask(Struct, frozen=True, tag_field="do", tag="open_task"):
    """Somebody is to call the guest back: `words` says why."""

    id: str
    words: str


class TellOwner(Struct, frozen=True, tag_field="do", tag="tell_owner"):
    """Tell the owner how a day was, on each of `channels`; of a daily rule alone.

    `day`: `today`, the business date in which the rule's time lies, or `yesterday`.
    """

    id: str
    channels: tuple[str, ...] = ("mail",)
    day: str = "today"


Step = (
    Wait
    | Recheck
    | Send
    | SetStatus
    | SetTag
    | Print
    | CallWebhook
    | TellStaff
    | OpenTask
    | TellOwner
)


class Once(StrEnum):
    """How often a rule may speak."""

    ORDER = "order"
    ENTRY = "entry"
    CUSTOMER = "customer"
    ALWAYS = "always"


class Mode(StrEnum):
    """What a second occasion does while the rule is still on its way through its steps."""

    SINGLE = "single"
    RESTART = "restart"
    QUEUED = "queued"


class Options(Struct, frozen=True):
    """`once_days` belongs to `customer`. `stops_when_moved`: waiting ends when the order is no
    longer where it was. What is due later than `skip_after_minutes` (0: never) is skipped, else
    done late. `between` keeps it to local hours (`09:00`, `21:00`), `while_open` to the shop's;
    `not_quiet` keeps its offers and its questions about how it was out of the shop's quiet hours.
    Outside it waits, and looks then whether its conditions still hold.
    """

    once: Once = Once.ORDER
    once_days: int = 0
    mode: Mode = Mode.SINGLE
    stops_when_moved: bool = True
    skip_after_minutes: int = 60
    between: tuple[str, str] | None = None
    while_open: bool = False
    not_quiet: bool = False


class Rule(Struct, frozen=True):
    """`pack` names the ready rule it was made from, empty for one of the shop's own."""

    id: str
    name: str
    trigger: Trigger
    steps: tuple[Step, ...]
    when: Group = Group()
    options: Options = Options()
    pack: str = ""


class RuleVersion(Struct, frozen=True):
    """A rule as it stood in one of its versions, counted from 1."""

    rule: Rule
    version: int


class Result(StrEnum):
    """What became of a rule that was triggered."""

    ACTED = "acted"
    NOT_MET = "not_met"
    ONCE = "once"
    RUNNING = "running"
    LOOP = "loop_stopped"
    SKIPPED = "skipped"
    FAILED = "failed"
