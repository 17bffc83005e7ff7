"""Channels: every way by which texts leave, how it fares, and a form for a further one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from pos_app.config import PHONE, SMSGATE, Settings, WayOut
from pos_app.desk.setup import Setup
from pos_app.domain.way_forms import Tried, WayForm
from pos_app.errors import OrderbellError
from ui.settings.section import Doors, Section
from ui.settings.way_acts import Kept, WayActs, new_name
from ui.settings.way_facts import Seen
from ui.settings.way_form_page import WayFormPage
from ui.settings.way_kinds import WayKinds
from ui.settings.way_list import WayList
from ui.settings.way_secret import WaySecret
from ui.settings.way_trial import WayTrial
from ui.widgets.looking import Looking
from ui.words import _, sentences, told

LOOK_MS = 5_000


class ChannelsSection(Section):
    """The cards, or in their place the kinds, the form, the trial or a secret shown once."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("Channels"),
            _("By which ways texts reach your guests. Several may stand in for each other."),
        )
        self._setup: Setup | None = None
        self._seen: Seen | None = None
        self._wanted_kind = ""
        self._acts = WayActs(doors)
        self._acts.setParent(self)
        self.list = WayList()
        self.kinds, self.form = WayKinds(), WayFormPage()
        self.trial, self.secret = WayTrial(), WaySecret()
        self._listen()
        self._pages = (self.list, self.kinds, self.form, self.trial, self.secret)
        for page in self._pages:
            self.rows.addWidget(page)
        self.rows.addStretch(1)
        Looking(self, self.look, LOOK_MS)
        # Before it is known what there is, nothing is offered.
        self._turn_to(None)

    def _listen(self) -> None:
        self.list.add_wanted.connect(self._choose_kind)
        self.list.move_wanted.connect(self._move)
        self.list.try_wanted.connect(self._begin_trial)
        self.list.change_wanted.connect(self._change)
        self.list.remove_wanted.connect(lambda way: self._acts.remove(way, self.look, self.refuse))
        self.list.receiver_gone.connect(
            lambda gone: self._acts.remove_receiver(gone, self.look, self.refuse)
        )
        self.list.legs.kept.connect(lambda legs: self._acts.keep_legs(legs, self._refuse_legs))
        self.list.limits.kept.connect(
            lambda make: self._acts.keep_limits(make, self._refuse_limits)
        )
        self.kinds.chosen.connect(lambda form: self._begin(form, None))
        self.form.kept.connect(self._keep)
        self.trial.wanted.connect(self._try)
        for page in (self.kinds, self.form, self.trial, self.secret):
            page.left.connect(self._show_list)

    # What there is

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Ask how the ways fare now."""
        self._acts.read(self._show)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        setup = self._setup
        if setup is None:
            return
        self.list.show_ways(setup, seen)
        if self._wanted_kind:
            self.add(self._wanted_kind)
        elif self._is_at_home:
            self._show_list()

    # Where we are

    @property
    def _is_at_home(self) -> bool:
        """Whether nothing stands here that somebody has opened."""
        opened = (self.form, self.trial, self.secret)
        chosen = not (self.kinds.isHidden() or self.kinds.is_first)
        return not chosen and all(page.isHidden() for page in opened)

    def _turn_to(self, page: QWidget | None) -> None:
        for one in self._pages:
            one.setVisible(one is page)
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea):
            # Another page is read from its beginning.
            area.verticalScrollBar().setValue(0)

    def _show_list(self) -> None:
        """The cards; where there are none, the kinds to choose from."""
        if self._setup is not None and _has_none(self._setup.settings):
            if self.kinds.isHidden():
                self._choose_kind()
        else:
            self._turn_to(self.list)

    def _choose_kind(self) -> None:
        if self._seen is not None and self._setup is not None:
            first = _has_none(self._setup.settings)
            self.kinds.show_forms(self._seen.forms, is_first=first)
            self._turn_to(self.kinds)

    def add(self, kind: str) -> None:
        """Lead to the form of this kind; to the one that stands, where it is the gateway phone."""
        if self._seen is None or self._setup is None:
            self._wanted_kind = kind
            return
        self._wanted_kind = ""
        phones = [way for way in self._setup.settings.ways if way.name == PHONE]
        self._begin(self._seen.form(kind), phones[0] if phones and kind == SMSGATE else None)

    def _change(self, way: WayOut) -> None:
        self._begin(self._seen.form(way.kind) if self._seen is not None else None, way)

    def _begin(self, form: WayForm | None, way: WayOut | None) -> None:
        setup = self._setup
        if form is None or setup is None:
            return
        settings = setup.settings
        given = {"contact": settings.owner.mail} if settings.owner.mail else {}
        name = new_name(form.kind, settings)
        self.form.begin(form, way, name, settings.shop.currency, given)
        self._turn_to(self.form)
        fields = [field for field in self.form.findChildren(QLineEdit) if field.isVisible()]
        if fields:
            fields[0].setFocus()

    def _begin_trial(self, way: WayOut) -> None:
        form = self._seen.form(way.kind) if self._seen is not None else None
        if self._setup is None or form is None or not (form.is_tried or form.can_be_asked):
            self._show_list()
            return
        settings = self._setup.settings
        self.trial.begin(way, form, settings.owner, settings.shop.country)
        self._turn_to(self.trial)

    # Acts

    def _keep(self, make: Callable[[], WayOut], secret: str) -> None:
        def kept(done: Kept) -> None:
            if done.shown_once:
                self.secret.show_secret(str(done.way.setup["url"]), done.shown_once)
                self._turn_to(self.secret)
            else:
                self._begin_trial(done.way)
            self.look()

        self.form.wait()
        self._acts.keep(make, secret, kept, self.refuse)

    def refuse(self, error: OrderbellError) -> None:
        if self.form.isHidden() or not self.form.refuse(error):
            super().refuse(error)

    def _try(self, to: str) -> None:
        name = self.trial.name

        def shown(tried: Tried) -> None:
            if self.trial.name == name:
                self.trial.show_tried(tried)
            self.look()

        self._acts.try_out(name, to, shown, self.trial.refuse)

    def _move(self, way: WayOut, by: int) -> None:
        if self._setup is not None:
            self._acts.move(way, by, self._setup.settings, self.refuse)

    def _refuse_legs(self, error: OrderbellError) -> None:
        words = told(error)
        self.list.legs.refuse(sentences(words.title, words.hint))

    def _refuse_limits(self, error: OrderbellError) -> None:
        if not self.list.limits.refuse(error):
            super().refuse(error)


def _has_none(settings: Settings) -> bool:
    """Whether no text can leave, and no program is told."""
    return not (settings.ways or settings.webhooks.receivers)
