"""Our own sound files, as loud as somebody wants them: not every player can turn them down."""

from __future__ import annotations

import array
import io
import sys
import wave
from functools import lru_cache
from pathlib import Path

from pos_app.paths import resources
from ui.sounds.rules import Sound


def file_of(sound: Sound) -> Path:
    """The shipped WAV file: mono, 16 bit."""
    return resources() / "sounds" / f"{sound.value}.wav"


@lru_cache(maxsize=16)
def scaled(file: Path, per_cent: int) -> bytes:
    """The WAV `file` as a whole, at `per_cent` of its strength."""
    with wave.open(str(file), "rb") as source:
        form, frames = source.getparams(), source.readframes(source.getnframes())
    samples = array.array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()
    quieter = array.array("h", (sample * per_cent // 100 for sample in samples))
    if sys.byteorder == "big":
        quieter.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as target:
        target.setparams(form)
        target.writeframes(quieter.tobytes())
    return made.getvalue()
