"""A window that shows one profile of the board and nothing else: pass, kitchen, bar or guests."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.setup import Setup
from pos_app.domain.screens import Profile, Screen
from pos_app.domain.staff import BOARD
from pos_app.errors import OrderbellError
from ui.background import Background
from ui.board.answers import if_alive
from ui.board.measures import scale_for
from ui.board.screen import BoardScreen
from ui.bridge import Bridge
from ui.guest.screen import GuestScreen
from ui.kitchen.screen import KitchenScreen
from ui.kitchen.sizes import sizes_for
from ui.legibility import pixel_mm
from ui.notices import Notice, Notices
from ui.outside import Outside
from ui.retired import Retired
from ui.saving import Saving
from ui.sounds.player import Player
from ui.strip import Strip
from ui.who.standing import Standing
from ui.widgets.parts import column
from ui.words import _, sentences, set_language

SENTENCE_MS = 2_000
SMALLEST_PX = (800, 480)
FIRST_PX = (1366, 768)


class ProfileWindow(QWidget):
    """One screen of the shop. `name` is what the settings call it; what they say is followed."""

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        notices: Notices,
        outside: Outside,
        name: str,
        screen: Screen,
        *,
        beside: bool = False,
        player: Player | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("profile_window")
        self._shop, self._setup = shop, setup
        self._background, self._notices, self._outside = background, notices, outside
        self.name, self.screen_setup = name, screen
        self._player = player
        self.bridge = Bridge(shop, background, self)
        self._saving = Saving(shop, background, notices, self)
        self._sentence = ""
        self._asking = self._follows = False
        self._strip: Strip | None = None
        self._retired = Retired(background, self)
        self.content: QWidget | None = None
        self.setMinimumSize(*SMALLEST_PX)
        self._layout = column(self, gap=0)
        self._standing = Standing(self, shop, setup, background, (BOARD,), rules=not beside)
        self._standing.changed.connect(self._show_standing)
        self._build()
        self._listen()
        self._place_window()
        self._remember()

    def _build(self) -> None:
        """Make the profile in the shop's language, at this screen's sizes."""
        set_language(self._setup.settings.shop.language)
        self.setWindowTitle(f"{self.name} — {self._setup.settings.shop.name}")
        before, strip = self.content, self._strip
        self.content, self._strip = self._make(), None
        if isinstance(self.content, BoardScreen):
            # The pass speaks above its columns, where the other window's strip is too.
            shop = self._setup.settings.shop
            self._strip = Strip(shop.name, practice=self._setup.identity.practice)
            self._strip.show_trouble(self._saving.words)
            self._layout.addWidget(self._strip)
        self._layout.addWidget(self.content, 1)
        if isinstance(self.content, BoardScreen | KitchenScreen):
            self.content.header.who.clicked.connect(self._ask_who)
        self._name_standing()
        for old in (before, strip):
            if old is not None:
                self._layout.removeWidget(old)
                self._retired.take(old)
        self.content.setFocus()

    def _make(self) -> QWidget:
        shop, background, screen = self._shop, self._background, self.screen_setup
        monitor = self.screen().geometry()
        self._monitor_size = monitor.size()
        wide, high = monitor.width(), monitor.height()
        if screen.profile is Profile.GUEST:
            return GuestScreen(
                shop,
                self._setup,
                background,
                self.bridge,
                pixel_mm=pixel_mm(screen.inches, wide, high),
                distance_m=screen.distance_m,
            )
        if screen.profile is Profile.PASS:
            board = BoardScreen(
                shop,
                background,
                self.bridge,
                self._notices,
                player=self._player,
                sounds=screen.sounds,
            )
            board.set_scale(scale_for(screen.inches, wide, high, screen.distance_m))
            return board
        return KitchenScreen(
            shop,
            self._setup,
            background,
            self.bridge,
            self._notices,
            sizes_for(screen.inches, wide, high, screen.distance_m),
            station_uid=screen.station,
            player=self._player,
            sounds=screen.sounds,
        )

    def _listen(self) -> None:
        self._notices.said.connect(self._say)
        self.bridge.setup_changed.connect(self._read_setup)
        self.bridge.lanes_changed.connect(self._ask_sentence)
        self._saving.changed.connect(lambda _words: self._show_down())
        self._sentence_timer = QTimer(self)
        self._sentence_timer.setInterval(SENTENCE_MS)
        self._sentence_timer.timeout.connect(self._ask_sentence)
        self._sentence_timer.start()
        QShortcut(QKeySequence("F11"), self).activated.connect(self._turn_fullscreen)
        QShortcut(QKeySequence("F12"), self).activated.connect(self._ask_who)
        self._ask_sentence()

    # Who stands here

    def _ask_who(self) -> None:
        if self._standing.anybody_works_here:
            self._standing.ask(shown=BOARD)

    def _show_standing(self, money_changed: bool) -> None:
        if money_changed:
            # Every price comes or goes.
            self._build()
        else:
            self._name_standing()

    def _name_standing(self) -> None:
        if isinstance(self.content, BoardScreen | KitchenScreen):
            standing = self._standing
            self.content.header.show_who(standing.name, asked=standing.anybody_works_here)

    # News

    def _say(self, notice: Notice) -> None:
        if self._strip is not None:
            self._strip.say(notice)

    def _read_setup(self) -> None:
        self._background.read(
            "read the set-up", self._shop.desk.setup, if_alive(self, self._show_setup)
        )

    def _show_setup(self, setup: Setup) -> None:
        spoken = self._setup.settings.shop.language
        self._setup = setup
        self._standing.show_setup(setup)
        stored = next(
            (
                known.screen
                for known in setup.screens
                if known.device_id == self._shop.terminal_id and known.name == self.name
            ),
            self.screen_setup,
        )
        if stored != self.screen_setup or setup.settings.shop.language != spoken:
            self.screen_setup = stored
            self._build()
        elif self._strip is not None:
            self._strip.show_shop(setup.settings.shop.name)

    def _ask_sentence(self) -> None:
        if self._asking or self.screen_setup.profile is Profile.GUEST:
            return
        self._asking = True
        language = self._setup.settings.shop.language
        self._background.read(
            "what is down",
            lambda: self._outside.sentence(language),
            if_alive(self, self._show_sentence),
            if_alive(self, self._sentence_unread),
        )

    def _sentence_unread(self, _error: OrderbellError) -> None:
        # `Saving` says why, and for how long.
        self._asking = False

    def _show_sentence(self, sentence: str) -> None:
        self._asking = False
        if not self._shop.watch.is_well:
            deaf = _("This screen does not hear the others. Close it and open it again.")
            sentence = sentences(deaf, sentence)
        self._sentence = sentence
        self._show_down()

    def _show_down(self) -> None:
        """What is down; first of all that the shop cannot save: what stands here may be old."""
        if self._strip is not None:
            self._strip.show_trouble(self._saving.words)
            self._strip.show_sentence(self._sentence)
        elif isinstance(self.content, KitchenScreen):
            self.content.show_lanes_sentence(self._saving.words or self._sentence)

    # The window itself

    def _remember(self) -> None:
        """So that the settings know the screen and can be told its size and distance."""
        name, screen = self.name, self.screen_setup
        self._background.act("keep the screen", lambda: self._shop.desk.screens.keep(name, screen))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None and not self._follows:
            self._follows = True
            handle.screenChanged.connect(self._follow_monitor)
        self._follow_monitor()

    def _follow_monitor(self) -> None:
        """On another monitor a pixel is another size."""
        if self.screen().geometry().size() != self._monitor_size:
            self._build()

    def _turn_fullscreen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _place_window(self) -> None:
        self.resize(*FIRST_PX)
        kept = self._memory().value(self._memory_key)
        if kept is not None:
            self.restoreGeometry(kept)

    @property
    def _memory_key(self) -> str:
        return f"screens/{self.name.replace('/', '_')}"

    def _memory(self) -> QSettings:
        return QSettings(str(self._shop.data / "window.ini"), QSettings.Format.IniFormat)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._sentence_timer.stop()
        self._retired.stop()
        self._saving.close()
        self._standing.close()
        self._memory().setValue(self._memory_key, self.saveGeometry())
        self.bridge.close()
        super().closeEvent(event)
