"""What each sort of step asks: one small form per sort, which gives the step as it stands."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos_app.automation.model import (
    CallWebhook,
    OpenTask,
    Print,
    Recheck,
    Send,
    SetStatus,
    SetTag,
    Step,
    TellOwner,
    TellStaff,
    Wait,
)
from ui.automations import vocabulary
from ui.automations.choices import Choices
from ui.automations.value_inputs import Chips
from ui.automations.wait_form import WaitFields
from ui.automations.whole_number import shown, whole
from ui.widgets.choosing import combo
from ui.widgets.field import Field
from ui.widgets.parts import column, label, row
from ui.widgets.segmented import Segmented
from ui.widgets.tick import Tick
from ui.words import _


class StepForm(QWidget):
    """`step` as it is chosen now, always with the id that it had."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.rows = column(self, gap=10)

    @property
    def step(self) -> Step:
        raise NotImplementedError

    def typed(self, title: str, key: str, text: str, hint: str = "") -> QLineEdit:
        """A field that tells when somebody types into it."""
        made = QLineEdit(text)
        made.textEdited.connect(lambda _text: self.changed.emit())
        self.rows.addWidget(Field(title, made, f"{self.name}:{key}", hint))
        return made


class WaitForm(StepForm):
    def __init__(self, name: str, step: Wait) -> None:
        super().__init__(name)
        self._id = step.id
        self._fields = WaitFields(name, step)
        self._fields.changed.connect(self.changed)
        self.rows.addWidget(self._fields)

    @property
    def step(self) -> Step:
        return msgspec.structs.replace(self._fields.wait, id=self._id)


class SendForm(StepForm):
    """What is said, by which ways out in turn, and between when and when."""

    def __init__(self, name: str, step: Send) -> None:
        super().__init__(name)
        self._step = step
        self._about = combo(vocabulary.subjects(), step.about)
        self._about.activated.connect(lambda _index: self.changed.emit())
        self.rows.addWidget(Field(_("Which text"), self._about, f"{name}:about"))
        self.rows.addWidget(label(_("By which way; the next one when the first fails"), "label"))
        self._channels = Chips(f"{name}:channel", vocabulary.channels(), step.channels)
        self._channels.changed.connect(self.changed)
        self.rows.addWidget(self._channels)
        line = row(gap=12)
        self._grace = self._beside(line, _("After, seconds"), "grace", step.grace_s)
        self._ttl = self._beside(line, _("Not later than, minutes"), "ttl", step.ttl_minutes)
        self._leg = self._beside(line, _("Next way after, minutes"), "leg", step.leg_minutes)
        self.rows.addLayout(line)
        self._offer = Tick(_("It is an offer: only to guests who want offers"), f"{name}:offer")
        self._offer.setChecked(step.offer)
        self._offer.toggled.connect(lambda _on: self.changed.emit())
        self.rows.addWidget(self._offer)

    def _beside(self, line: QHBoxLayout, title: str, key: str, value: int) -> QLineEdit:
        made = QLineEdit(shown(value))
        made.textEdited.connect(lambda _text: self.changed.emit())
        line.addWidget(Field(title, made, f"{self.name}:{key}"), 1)
        return made

    @property
    def step(self) -> Step:
        return Send(
            self._step.id,
            str(self._about.currentData()),
            self._channels.values(),
            whole(self._grace.text()),
            whole(self._ttl.text()),
            whole(self._leg.text()),
            self._offer.isChecked(),
        )


class StatusForm(StepForm):
    def __init__(self, name: str, step: SetStatus) -> None:
        super().__init__(name)
        self._id = step.id
        self._kind = combo(vocabulary.kinds(), step.kind)
        self._kind.activated.connect(lambda _index: self.changed.emit())
        self.rows.addWidget(Field(_("New status"), self._kind, f"{name}:kind"))

    @property
    def step(self) -> Step:
        return SetStatus(self._id, str(self._kind.currentData()))


class TagForm(StepForm):
    def __init__(self, name: str, step: SetTag) -> None:
        super().__init__(name)
        self._id, self._on = step.id, step.on
        self._tag = self.typed(_("Tag"), "tag", step.tag)
        whose = Segmented(f"{name}:on", [("order", _("Order")), ("customer", _("Guest"))])
        whose.choose(step.on)
        whose.chosen.connect(self._choose)
        self.rows.addWidget(whose)
        self._remove = Tick(_("Take the tag off"), f"{name}:remove_tag")
        self._remove.setChecked(step.remove)
        self._remove.toggled.connect(lambda _on: self.changed.emit())
        self.rows.addWidget(self._remove)

    def _choose(self, on: str) -> None:
        self._on = on
        self.changed.emit()

    @property
    def step(self) -> Step:
        return SetTag(self._id, self._tag.text().strip(), self._on, self._remove.isChecked())


class TargetForm(StepForm):
    def __init__(self, name: str, step: CallWebhook, choices: Choices) -> None:
        super().__init__(name)
        self._id = step.id
        self._target = combo(choices.targets, step.target)
        self._target.activated.connect(lambda _index: self.changed.emit())
        hint = "" if choices.targets else _("No other program is set up yet.")
        self.rows.addWidget(Field(_("Which program"), self._target, f"{name}:target", hint))

    @property
    def step(self) -> Step:
        return CallWebhook(self._id, str(self._target.currentData() or ""))


class StaffForm(StepForm):
    def __init__(self, name: str, step: TellStaff) -> None:
        super().__init__(name)
        self._id = step.id
        self._words = self.typed(_("Words on the board"), "words", step.words)
        self._sound = Tick(_("With a sound"), f"{name}:sound")
        self._sound.setChecked(step.sound)
        self._sound.toggled.connect(lambda _on: self.changed.emit())
        self.rows.addWidget(self._sound)

    @property
    def step(self) -> Step:
        return TellStaff(self._id, self._words.text().strip(), self._sound.isChecked())


class OwnerForm(StepForm):
    def __init__(self, name: str, step: TellOwner) -> None:
        super().__init__(name)
        self._id, self._day = step.id, step.day
        whose = Segmented(f"{name}:day", [("today", _("This day")), ("yesterday", _("Yesterday"))])
        whose.choose(step.day)
        whose.chosen.connect(self._choose)
        self.rows.addWidget(whose)
        self.rows.addWidget(label(_("By which way; each of them"), "label"))
        self._channels = Chips(f"{name}:channel", vocabulary.owner_channels(), step.channels)
        self._channels.changed.connect(self.changed)
        self.rows.addWidget(self._channels)
        self.rows.addWidget(
            label(_("Your addresses stand in Settings, Owner."), "small", wrap=True)
        )

    def _choose(self, day: str) -> None:
        self._day = day
        self.changed.emit()

    @property
    def step(self) -> Step:
        return TellOwner(self._id, self._channels.values(), self._day)


class CallBackForm(StepForm):
    def __init__(self, name: str, step: OpenTask) -> None:
        super().__init__(name)
        self._id = step.id
        self._words = self.typed(_("Why the guest is called"), "words", step.words)

    @property
    def step(self) -> Step:
        return OpenTask(self._id, self._words.text().strip())


class PlainForm(StepForm):
    """A step that asks for nothing."""

    def __init__(self, name: str, step: Step, about: str) -> None:
        super().__init__(name)
        self._step = step
        self.rows.addWidget(label(about, "second", wrap=True))

    @property
    def step(self) -> Step:
        return self._step


def form_of(name: str, step: Step, choices: Choices) -> StepForm:
    """The form for this sort of step."""
    match step:
        case Wait():
            return WaitForm(name, step)
        case Send():
            return SendForm(name, step)
        case SetStatus():
            return StatusForm(name, step)
        case SetTag():
            return TagForm(name, step)
        case CallWebhook():
            return TargetForm(name, step, choices)
        case TellStaff() | TellOwner() | OpenTask():
            return _telling(name, step)
        case Print() | Recheck():
            is_print = isinstance(step, Print)
            slip = _("A slip of the order comes out of the printers.")
            again = _("Goes on only if the conditions still hold.")
            return PlainForm(name, step, slip if is_print else again)


def _telling(name: str, step: TellStaff | TellOwner | OpenTask) -> StepForm:
    match step:
        case TellStaff():
            return StaffForm(name, step)
        case TellOwner():
            return OwnerForm(name, step)
        case OpenTask():
            return CallBackForm(name, step)


def new_step(sort: str) -> Step:
    """A step of this sort to begin with; its id comes when the rule is saved."""
    makers: dict[str, Callable[[], Step]] = {
        "send": lambda: Send("", "ready"),
        "wait": lambda: Wait("", seconds=600),
        "recheck": lambda: Recheck(""),
        "tell_staff": lambda: TellStaff("", ""),
        "open_task": lambda: OpenTask("", ""),
        "set_status": lambda: SetStatus("", "not_collected"),
        "set_tag": lambda: SetTag("", ""),
        "print": lambda: Print(""),
        "webhook": lambda: CallWebhook("", ""),
        "tell_owner": lambda: TellOwner(""),
    }
    return makers[sort]()


def sort_of(step: Step) -> str:
    """The sort of a step, as `vocabulary.steps` names it."""
    return str(step.__struct_config__.tag)
