"""What the screen asks of the desk about rules, in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos_app.automation.model import Rule
from pos_app.automation.outcomes import Said
from pos_app.automation.pack_files import Outward, RulePack
from pos_app.bootstrap import Shop
from pos_app.desk import rule_trial
from pos_app.desk.reading import Card
from pos_app.desk.rule_trial import Trial
from pos_app.desk.rules_desk import KnownRule, PastVersion
from pos_app.errors import OrderbellError
from ui.automations.files import read_rules
from ui.automations.past import Past, play, play_yesterday
from ui.automations.playing import Playing, Told
from ui.background import Background
from ui.new_file import write_new
from ui.notices import Notices, Tone
from ui.rule_words import rule_name
from ui.words import _, ngettext

LAST_ORDERS = 12
T = TypeVar("T")


class RuleActs(QObject):
    """`read` carries all rules, each time that they were read."""

    read = Signal(object)

    def __init__(self, shop: Shop, background: Background, notices: Notices) -> None:
        super().__init__()
        self._shop, self._background, self._notices = shop, background, notices
        self.rules: list[KnownRule] = []

    def known(self, rule_id: str) -> KnownRule | None:
        """The rule of this id as it was last read."""
        return next((one for one in self.rules if one.rule.id == rule_id), None)

    def read_all(self) -> None:
        desk = self._shop.desk
        self._background.read("read the rules", desk.rules.everything, self._show)

    def store(self, rule: Rule, *, on: bool, done: Callable[[Rule], object] | None = None) -> None:
        """Save a rule and whether it is on; `done` gets it with its ids."""
        known = self.known(rule.id)
        origin = known.origin if known is not None else "pack" if rule.pack else "own"
        desk = self._shop.desk

        def stored(saved: Rule) -> None:
            self._notices.say(_("Saved: {name}").format(name=rule_name(saved)), tone=Tone.GOOD)
            self.read_all()
            if done is not None:
                done(saved)

        self._background.act(
            "save a rule",
            lambda: desk.rules.save(rule, on=on, origin=origin),
            stored,
            self._notices.tell_error,
        )

    def delete(self, rule: Rule, done: Callable[[], object]) -> None:
        desk = self._shop.desk

        def deleted(_done: object) -> None:
            self._notices.say(_("Deleted: {name}").format(name=rule_name(rule)), tone=Tone.GOOD)
            self.read_all()
            done()

        self._background.act("delete a rule", lambda: desk.rules.delete(rule.id), deleted)

    def read_history(self, rule: Rule, done: Callable[[list[PastVersion]], None]) -> None:
        desk = self._shop.desk
        self._background.read("read a rule's history", lambda: desk.rules.history(rule.id), done)

    def read_orders(self, done: Callable[[list[Card]], None]) -> None:
        """The last orders, to try a rule on."""
        desk = self._shop.desk
        self._background.read("read orders", lambda: desk.search("", LAST_ORDERS), done)

    def try_on(
        self,
        rule: Rule,
        order_id: int,
        done: Callable[[Trial], None],
        failed: Callable[[OrderbellError], None],
    ) -> None:
        desk = self._shop.desk
        self._background.read(
            "try a rule", lambda: rule_trial.try_on(desk, rule, order_id), done, failed
        )

    def playing(self, told: Told | None = None) -> Playing:
        """For one run of past days; `told` hears how far it is."""
        return Playing(self, told)

    def simulate(
        self,
        rule: Rule,
        days: int,
        playing: Playing,
        done: Callable[[Past], None],
        failed: Callable[[OrderbellError], None],
    ) -> None:
        """Play past days with a rule; beside everything else, for it may take a while."""
        desk = self._shop.desk
        self._work(playing, lambda: play(desk, rule, days, playing.progress), done, failed)

    def ask_yesterday(
        self,
        rule: Rule,
        playing: Playing,
        done: Callable[[list[Past]], None],
        failed: Callable[[OrderbellError], None],
    ) -> None:
        """What a rule would have done yesterday, before it is switched."""
        desk = self._shop.desk
        self._work(playing, lambda: play_yesterday(desk, rule, playing.progress), done, failed)

    def _work(
        self,
        playing: Playing,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OrderbellError], None],
    ) -> None:
        def finished(found: T) -> None:
            playing.deleteLater()
            done(found)

        def refused(error: OrderbellError) -> None:
            playing.deleteLater()
            if not playing.is_stopped:
                failed(error)

        self._background.work_long("play past days", work, finished, refused)

    def read_text(self, said: Said, done: Callable[[str], None]) -> None:
        """The words of a text that a simulation has found."""
        desk = self._shop.desk
        self._background.read("read a text", lambda: desk.rules.text_of(said), done)

    def read_file(
        self,
        path: Path,
        done: Callable[[RulePack], None],
        failed: Callable[[OrderbellError], None],
    ) -> None:
        """The rules that a file holds; nothing is saved."""
        self._background.read("read a file of rules", lambda: read_rules(path), done, failed)

    def bring_in(
        self,
        pack: RulePack,
        confirmed: list[Outward],
        done: Callable[[list[Rule]], None],
        failed: Callable[[OrderbellError], None],
        *,
        as_new: bool,
    ) -> None:
        desk = self._shop.desk

        def brought(rules: list[Rule]) -> None:
            said = ngettext("{count} rule came in", "{count} rules came in", len(rules))
            self._notices.say(said.format(count=len(rules)), tone=Tone.GOOD)
            self.read_all()
            done(rules)

        self._background.act(
            "bring rules in",
            lambda: desk.rules.bring_in(pack, confirmed, as_new=as_new),
            brought,
            failed,
        )

    def take_out(
        self, path: Path, done: Callable[[], object], failed: Callable[[OrderbellError], None]
    ) -> None:
        desk = self._shop.desk

        def written(_done: object) -> None:
            self._notices.say(_("Written: {file}").format(file=path.name), tone=Tone.GOOD)
            done()

        self._background.act(
            "write a file of rules",
            lambda: write_new(path, desk.rules.export()),
            written,
            failed,
        )

    def _show(self, rules: list[KnownRule]) -> None:
        self.rules = rules
        self.read.emit(rules)
