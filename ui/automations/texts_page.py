"""The shop's texts: one is chosen by occasion, way and language, written, looked at, saved.

What is written and not saved is kept when another text or screen is chosen, and shown again.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from pos_app.automation.wording.choice import OwnText
from pos_app.desk.setup import Setup
from pos_app.desk.texts_desk import Placed
from pos_app.errors import ChangedMeanwhile, OrderbellError
from ui.automations import text_words
from ui.automations.text_acts import Place, TextActs
from ui.automations.text_form import TextForm
from ui.automations.text_preview import TextPreview
from ui.automations.vocabulary import subjects
from ui.order_words import day_and_time
from ui.staff_words import who_did
from ui.unfinished import Draft, Unfinished
from ui.widgets.choosing import ChoiceBox, combo
from ui.widgets.field import Field
from ui.widgets.parts import column, frame, label, row, scroll
from ui.words import _, ngettext

SIDE_PX = 420
FIRST = "ready"


class TextsPage(QWidget):
    """Reads the text that is shown each time that somebody looks at it."""

    def __init__(self, acts: TextActs, setup: Setup, unfinished: Unfinished) -> None:
        super().__init__()
        self.setObjectName("texts")
        self._acts, self._setup = acts, setup
        self._place = Place(FIRST, text_words.ALL_WAYS, setup.settings.shop.language)
        self._placed: Placed | None = None
        self._drafts = unfinished.texts
        self.form = TextForm()
        self.form.changed.connect(self._follow)
        self.form.save_wanted.connect(self._save)
        self.form.standard_wanted.connect(self._to_standard)
        self.form.theirs_wanted.connect(self._take_theirs)
        self.form.mine_wanted.connect(self._save_over)
        self.preview = TextPreview(acts, setup)
        self.preview.refused.connect(self._refuse)
        layout = row(self, gap=16)
        layout.addWidget(self._left(), 1)
        side = frame("card", "text_side")
        side.setFixedWidth(SIDE_PX)
        column(side, margins=(14, 14, 14, 14)).addWidget(scroll(self.preview))
        layout.addWidget(side)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.preview.begin()
        self._read()

    def show_setup(self, setup: Setup) -> None:
        """Texts, prices or the shop changed, perhaps at another window."""
        self._setup = setup
        self.preview.show_setup(setup)
        if self.isVisible():
            self._read()

    def _left(self) -> QWidget:
        card = frame("card")
        rows = column(card, margins=(16, 14, 16, 14), gap=12)
        line = row(gap=12)
        self._about = combo(subjects(), self._place.about)
        self._channel = combo(text_words.ways())
        self._language = combo(text_words.languages(), self._place.language)
        for box, title, name, stretch in (
            (self._about, _("What about"), "text_about", 3),
            (self._channel, _("By which way"), "text_channel", 2),
            (self._language, _("In which language"), "text_language", 2),
        ):
            box.activated.connect(lambda _index: self._choose())
            line.addWidget(Field(title, box, name), stretch)
        rows.addLayout(line)
        self._others = label("", "modifier", "text_drafts", wrap=True)
        self._others.hide()
        rows.addWidget(self._others)
        rows.addWidget(self.form, 1)
        return card

    # Which text

    def _choose(self) -> None:
        self._place = Place(_of(self._about), _of(self._channel), _of(self._language))
        self._placed = None
        self._read()

    def _read(self) -> None:
        place = self._place

        def show(placed: Placed) -> None:
            if place == self._place:
                self._show(placed)

        self._acts.read(place, show)

    def _show(self, placed: Placed) -> None:
        self._placed = placed
        draft = self._drafts.get(self._place)
        text, subject = (placed.text, placed.subject) if draft is None else _words(draft)
        self.form.show_words(text, subject, self._place.channel)
        self._tell()
        self.preview.look_at(self._own())

    # What is written

    def _follow(self) -> None:
        """Words were typed: they are a draft until they are saved, or are those that stand."""
        placed = self._placed
        if placed is None:
            return
        text, subject = self.form.words
        before = self._drafts.get(self._place)
        if (text, subject) == (placed.text, placed.subject):
            self._drafts.pop(self._place, None)
        else:
            seen = placed.version if before is None else before.seen
            self._drafts[self._place] = Draft(text, subject, seen)
        self._tell()
        self.preview.look_at(self._own())

    def _own(self) -> OwnText:
        """The words in the form, as they would be saved."""
        text, subject = self.form.words
        place, placed = self._place, self._placed
        is_usual = placed is not None and subject.strip() == placed.otherwise.subject
        return OwnText(*place, text, "" if is_usual else subject)

    def _tell(self) -> None:
        placed, draft = self._placed, self._drafts.get(self._place)
        if placed is None:
            return
        said = [self._standing(placed)]
        if draft is not None:
            said.append(_("not saved yet"))
        is_standard = self.form.words == (placed.otherwise.text, placed.otherwise.subject)
        self.form.show_state(" · ".join(said), can_save=draft is not None, is_standard=is_standard)
        self.form.show_conflict(draft is not None and draft.seen != placed.version)
        others = len(self._drafts) - (draft is not None)
        words = ngettext(
            "{count} other text is not saved yet", "{count} other texts are not saved yet", others
        )
        self._others.setText(words.format(count=others))
        self._others.setVisible(others > 0)

    def _standing(self, placed: Placed) -> str:
        """`Own words · changed 23.11. 19:35 · Olha`."""
        own = placed.own
        if own is None and placed.otherwise.is_own:
            return _("The words for every way")
        if own is None:
            return _("Standard text")
        at = day_and_time(own.updated_at, self._setup.settings)
        parts = (
            _("Own words"),
            _("changed {time}").format(time=at),
            who_did(own.staff_id, self._setup.staff),
        )
        return " · ".join(part for part in parts if part)

    def _refuse(self, error: OrderbellError | None) -> None:
        self.form.refuse(error)
        if error is None:
            self._tell()

    # What is done with it

    def _to_standard(self) -> None:
        """The words that stand there without own ones; they are saved like any others."""
        if self._placed is not None:
            otherwise = self._placed.otherwise
            self.form.show_words(otherwise.text, otherwise.subject, self._place.channel)
            self._follow()

    def _save(self) -> None:
        draft, placed, place = self._drafts.get(self._place), self._placed, self._place
        if draft is None or placed is None:
            return
        own, otherwise = self._own(), placed.otherwise

        def saved() -> None:
            if self._drafts.get(place) == draft:
                del self._drafts[place]
            self._read()

        if (own.text.strip(), own.subject) == (otherwise.text, "") and placed.own is not None:
            self._acts.reset(place, draft.seen, saved, self._failed)
        else:
            self._acts.save(own, draft.seen, saved, self._failed)

    def _failed(self, error: OrderbellError) -> None:
        if isinstance(error, ChangedMeanwhile):
            self._read()
        else:
            self.form.refuse(error)

    def _take_theirs(self) -> None:
        self._drafts.pop(self._place, None)
        self._read()

    def _save_over(self) -> None:
        """Theirs have been seen: this is said knowingly."""
        draft = self._drafts.get(self._place)
        if draft is not None and self._placed is not None:
            self._drafts[self._place] = replace(draft, seen=self._placed.version)
            self._save()


def _of(box: ChoiceBox) -> str:
    return str(box.currentData())


def _words(draft: Draft) -> tuple[str, str]:
    return draft.text, draft.subject
