"""The sounds that ship are those that the script makes, and nobody can mistake one for another."""

from __future__ import annotations

import array
import math
import sys
import wave
from itertools import combinations

import pytest

from tests.support.sources import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
try:
    import sounds
finally:
    sys.path.remove(str(ROOT / "packaging"))

FOLDER = ROOT / "resources" / "sounds"
MOST_BYTES = 60_000
SLICE_S = 0.1
# Pitches that a listener would name; every sound is described by how strong each is in each slice.
PITCHES_HZ = (392.0, 523.3, 880.0, 1046.5, 1174.7, 1318.5, 1568.0, 2093.0)


def stored(name: str) -> array.array[int]:
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        assert file.getparams()[:3] == (1, 2, sounds.RATE_HZ)
        read = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        read.byteswap()
    return read


@pytest.mark.parametrize("name", sounds.SOUNDS)
def test_a_shipped_sound_is_what_the_script_makes(name: str) -> None:
    made, there = sounds.samples(sounds.SOUNDS[name]), stored(name)
    assert len(made) == len(there)
    # Another computer's sine may differ in its last digit.
    assert max(abs(a - b) for a, b in zip(made, there, strict=True)) <= 1


@pytest.mark.parametrize("name", sounds.SOUNDS)
def test_a_shipped_sound_is_small_loud_and_ends_without_a_click(name: str) -> None:
    assert (FOLDER / f"{name}.wav").stat().st_size <= MOST_BYTES
    samples = stored(name)
    assert 0.85 * 32_767 < max(map(abs, samples)) <= 32_767
    assert abs(samples[0]) < 300
    assert abs(samples[-1]) < 300


def test_nothing_else_ships() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.wav" for name in sounds.SOUNDS}


def test_the_four_sounds_are_clearly_different() -> None:
    faces = {name: _face(stored(name)) for name in sounds.SOUNDS}
    likeness = {
        (one, other): _cosine(faces[one], faces[other]) for one, other in combinations(faces, 2)
    }
    assert max(likeness.values()) < 0.6, likeness


def test_likeness_would_be_noticed() -> None:
    face = _face(stored("new"))
    assert _cosine(face, face) == pytest.approx(1.0)


def _face(samples: array.array[int]) -> list[float]:
    """How strong each pitch is in each tenth of the sound's first second."""
    step = round(SLICE_S * sounds.RATE_HZ)
    slices = [samples[i * step : (i + 1) * step] for i in range(10)]
    return [_strength(part, pitch) for part in slices for pitch in PITCHES_HZ]


def _strength(samples: array.array[int], pitch_hz: float) -> float:
    turn = 2 * math.pi * pitch_hz / sounds.RATE_HZ
    along = sum(sample * math.cos(turn * i) for i, sample in enumerate(samples))
    across = sum(sample * math.sin(turn * i) for i, sample in enumerate(samples))
    return math.hypot(along, across)


def _cosine(one: list[float], other: list[float]) -> float:
    dot = sum(a * b for a, b in zip(one, other, strict=True))
    return dot / (math.hypot(*one) * math.hypot(*other))
