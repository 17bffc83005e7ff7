"""Sound: the shipped files can be decoded, and this computer has somewhere to play them."""

from __future__ import annotations

import ctypes
import os
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

from pos_app import paths
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, off, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop

NAMES = ("changed", "late", "new", "web")
_CARDS = Path("/proc/asound/cards")
_SERVERS = ("pipewire-0", "pulse/native")


def sound(_shop: OpenShop, _setup: Setup) -> Iterator[Finding]:
    folder = paths.resources() / "sounds"
    broken = [name for name in NAMES if not decodes(folder / f"{name}.wav")]
    if broken:
        yield trouble(
            "sound",
            Phrase("These sounds cannot be played: {names}"),
            Phrase("Install Orderbell again: its folder of sounds is not whole."),
            names=Code(", ".join(broken)),
        )
    elif has_output():
        yield well("sound", Phrase("{count} sounds, and an output to play them"), count=len(NAMES))
    else:
        yield off(
            "sound",
            Phrase("No sound output here: boards stay silent."),
            Phrase("Plug a loudspeaker in, if somebody is to hear new orders."),
        )


def decodes(file: Path) -> bool:
    """Whether it is a WAV with something in it."""
    try:
        with wave.open(str(file), "rb") as source:
            return source.getsampwidth() == 2 and len(source.readframes(source.getnframes())) > 0
    except (OSError, EOFError, wave.Error):
        return False


def has_output() -> bool:
    """Whether the system knows a sound card, or a server that plays for others."""
    if sys.platform == "win32":
        return bool(ctypes.windll.winmm.waveOutGetNumDevs())
    if sys.platform == "darwin":
        return True  # every Mac has one
    run = os.environ.get("XDG_RUNTIME_DIR", "")
    if run and any((Path(run) / server).exists() for server in _SERVERS):
        return True
    try:
        return "[" in _CARDS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
