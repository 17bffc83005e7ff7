"""The desk's parts, each imported and made when somebody first needs it.

A board opens without backups, PINs, privacy and the day's end; together they are a twentieth of
its start.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.desk.doors import Doors
from pos_app.keys import KeyStore

if TYPE_CHECKING:
    from pos_app.desk.backups_desk import BackupsDesk
    from pos_app.desk.channels_desk import ChannelsDesk
    from pos_app.desk.chats_desk import ChatsDesk
    from pos_app.desk.dispatch_desk import DispatchDesk
    from pos_app.desk.evening_desk import EveningDesk
    from pos_app.desk.handover_desk import HandoverDesk
    from pos_app.desk.kitchen_desk import KitchenDesk
    from pos_app.desk.menu_desk import MenuDesk
    from pos_app.desk.messages_desk import MessagesDesk
    from pos_app.desk.owner_desk import OwnerDesk
    from pos_app.desk.paper_desk import PaperDesk
    from pos_app.desk.privacy_desk import PrivacyDesk
    from pos_app.desk.rules_desk import RulesDesk
    from pos_app.desk.screens_desk import ScreensDesk
    from pos_app.desk.staff_desk import StaffDesk
    from pos_app.desk.texts_desk import TextsDesk
    from pos_app.desk.updates_desk import UpdatesDesk
    from pos_app.desk.webhooks_desk import WebhooksDesk
    from pos_app.desk.wishes_desk import WishesDesk


class Parts(Doors):
    """What `Desk` inherits: acts that belong together, in a part of their own."""

    keys: KeyStore

    @cached_property
    def kitchen(self) -> KitchenDesk:
        from pos_app.desk.kitchen_desk import KitchenDesk

        return KitchenDesk(self)

    @cached_property
    def handover(self) -> HandoverDesk:
        from pos_app.desk.handover_desk import HandoverDesk

        return HandoverDesk(self)

    @cached_property
    def dispatch(self) -> DispatchDesk:
        from pos_app.desk.dispatch_desk import DispatchDesk

        return DispatchDesk(self)

    @cached_property
    def evening(self) -> EveningDesk:
        from pos_app.desk.evening_desk import EveningDesk

        return EveningDesk(self)

    @cached_property
    def menu(self) -> MenuDesk:
        from pos_app.desk.menu_desk import MenuDesk

        return MenuDesk(self)

    @cached_property
    def messages(self) -> MessagesDesk:
        from pos_app.desk.messages_desk import MessagesDesk

        return MessagesDesk(self)

    @cached_property
    def paper_queue(self) -> PaperDesk:
        from pos_app.desk.paper_desk import PaperDesk

        return PaperDesk(self)

    @cached_property
    def privacy(self) -> PrivacyDesk:
        from pos_app.desk.privacy_desk import PrivacyDesk

        return PrivacyDesk(self)

    @cached_property
    def rules(self) -> RulesDesk:
        from pos_app.desk.rules_desk import RulesDesk

        return RulesDesk(self)

    @cached_property
    def screens(self) -> ScreensDesk:
        from pos_app.desk.screens_desk import ScreensDesk

        return ScreensDesk(self)

    @cached_property
    def staff(self) -> StaffDesk:
        from pos_app.desk.staff_desk import StaffDesk

        return StaffDesk(self)

    @cached_property
    def backups(self) -> BackupsDesk:
        from pos_app.desk.backups_desk import BackupsDesk

        return BackupsDesk(self)

    @cached_property
    def channels(self) -> ChannelsDesk:
        from pos_app.desk.channels_desk import ChannelsDesk

        return ChannelsDesk(self)

    @cached_property
    def texts(self) -> TextsDesk:
        from pos_app.desk.texts_desk import TextsDesk

        return TextsDesk(self)

    @cached_property
    def chats(self) -> ChatsDesk:
        from pos_app.desk.chats_desk import ChatsDesk

        return ChatsDesk(self)

    @cached_property
    def wishes(self) -> WishesDesk:
        from pos_app.desk.wishes_desk import WishesDesk

        return WishesDesk(self)

    @cached_property
    def webhooks(self) -> WebhooksDesk:
        from pos_app.desk.webhooks_desk import WebhooksDesk

        return WebhooksDesk(self)

    @cached_property
    def updates(self) -> UpdatesDesk:
        from pos_app.desk.updates_desk import UpdatesDesk

        return UpdatesDesk(self)

    @cached_property
    def owner(self) -> OwnerDesk:
        from pos_app.desk.owner_desk import OwnerDesk

        return OwnerDesk(self)
