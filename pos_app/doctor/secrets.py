"""Keys: whether those that are needed are there, and whether they know who has stopped texts."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app import keys, paths
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop

_FILES, _KEYRING = Phrase("files of this user"), Phrase("the keyring")


def keys_of(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """Asking for each also finds a key file that others could read."""
    place = _FILES if isinstance(shop.keys, keys.FileKeys) else _KEYRING
    present = [name for name in (keys.SIGNING, keys.ROOT, keys.STORE) if shop.keys.get(name)]
    missing = {keys.SIGNING, keys.ROOT} - set(present) if setup.site is not None else set()
    if missing:
        yield trouble(
            "keys",
            Phrase("Missing: {names}."),
            Phrase("Pair this till with its site again: Settings, Tracking page."),
            names=Code(", ".join(sorted(missing))),
        )
    else:
        yield well("keys", Phrase("{count} in {place}"), count=len(present), place=place)


def stops(shop: OpenShop, _setup: Setup) -> Iterator[Finding]:
    """Guests who stopped texts under a key that this computer does not have."""
    if shop.desk.wishes.stops_are_lost():
        yield trouble(
            "stops",
            Phrase(
                "Guests have stopped texts whom this computer cannot recognise: its keys are not"
                " those of the computer on which they said so. Bring the keys from there (the"
                " keyring of that user, or the folder {folder}), or note each stop again with"
                " `orderbell customer stop PHONE`, then `orderbell customer forget-lost-stops`."
            ),
            Phrase("Until then no text may go to somebody who wants none: bring the keys first."),
            folder=str(paths.keys_folder(shop.data)),
        )
