"""Makes the four sounds of the screens from sine waves: nobody else's recordings, no licence.

`python packaging/sounds.py` writes `resources/sounds/*.wav` again, mono, 16 bit, 22.05 kHz.
They must be told apart across a loud kitchen, so they differ in pitch, rhythm and colour, and
most of their strength lies between 600 Hz and 4 kHz, where a small loudspeaker is loudest.
"""

from __future__ import annotations

import array
import math
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE_HZ = 22_050
PEAK = 0.89
FADE_S = 0.004

# (times the pitch, strength, how many times faster it dies away): a struck bell, a blown reed.
BELL = ((1.0, 1.0, 1.0), (2.0, 0.55, 1.6), (3.01, 0.35, 2.4), (4.1, 0.18, 3.5))
REED = ((1.0, 1.0, 1.0), (2.0, 0.7, 1.0), (3.0, 0.5, 1.0), (4.0, 0.35, 1.0), (5.0, 0.2, 1.0))
GLASS = ((1.0, 1.0, 1.0), (2.76, 0.25, 2.2))


@dataclass(frozen=True, slots=True)
class Note:
    """One tone: when it begins, its pitch, how long it lasts and how fast it dies away."""

    at_s: float
    pitch_hz: float
    length_s: float
    halved_s: float
    colour: Sequence[tuple[float, float, float]]


SOUNDS: dict[str, tuple[Note, ...]] = {
    # Ding, dong: two strikes of a counter bell.
    "new": (Note(0.0, 1318.5, 0.60, 0.11, BELL), Note(0.30, 1046.5, 0.90, 0.16, BELL)),
    # Three short reeds on one pitch, the last one higher: something is not as it was.
    "changed": (
        Note(0.00, 880.0, 0.12, 0.30, REED),
        Note(0.18, 880.0, 0.12, 0.30, REED),
        Note(0.36, 1174.7, 0.26, 0.30, REED),
    ),
    # Two long low reeds downwards: too late.
    "late": (Note(0.00, 523.3, 0.34, 0.50, REED), Note(0.40, 392.0, 0.60, 0.40, REED)),
    # A quick run upwards on glass: from far away, by itself.
    "web": (
        Note(0.00, 1046.5, 0.40, 0.09, GLASS),
        Note(0.10, 1318.5, 0.40, 0.09, GLASS),
        Note(0.20, 1568.0, 0.40, 0.09, GLASS),
        Note(0.30, 2093.0, 0.70, 0.14, GLASS),
    ),
}


def samples(notes: Sequence[Note]) -> array.array[int]:
    """The sound as 16 bit samples, as loud as it gets without being cut."""
    count = round(max(note.at_s + note.length_s for note in notes) * RATE_HZ)
    mixed = [0.0] * count
    for note in notes:
        first = round(note.at_s * RATE_HZ)
        for place in range(round(note.length_s * RATE_HZ)):
            if first + place < count:
                mixed[first + place] += _strength(note, place / RATE_HZ)
    loudest = max(abs(value) for value in mixed)
    scale = PEAK * 32_767 / loudest
    return array.array("h", (round(value * scale) for value in mixed))


def _strength(note: Note, after_s: float) -> float:
    """The note's wave `after_s` its beginning; both ends fade, so that nothing clicks."""
    edge = min(1.0, after_s / FADE_S, max(0.0, note.length_s - after_s) / FADE_S)
    total = 0.0
    for times, strong, faster in note.colour:
        left = 0.5 ** (after_s * faster / note.halved_s)
        total += strong * left * math.sin(2 * math.pi * note.pitch_hz * times * after_s)
    return edge * total


def write(file: Path, wanted: array.array[int]) -> None:
    """`wanted` as a WAV file."""
    stored = array.array("h", wanted)
    if sys.byteorder == "big":
        stored.byteswap()
    with wave.open(str(file), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE_HZ)
        made.writeframes(stored.tobytes())


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        file = FOLDER / f"{name}.wav"
        write(file, samples(notes))
        print(f"{file.relative_to(FOLDER.parent.parent)}: {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
