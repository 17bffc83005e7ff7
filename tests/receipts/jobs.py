"""Reads ESC/POS as a printer does, knowing only what our slips may contain."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image


@dataclass
class Job:
    """What a printer did: every command's name in order, and the dots it burnt."""

    commands: list[str] = field(default_factory=list)
    bands: list[Image.Image] = field(default_factory=list)

    @property
    def picture(self) -> Image.Image:
        """The paper: mode L, 0 black."""
        width = max(band.width for band in self.bands)
        paper = Image.new("L", (width, sum(band.height for band in self.bands)), 255)
        top = 0
        for band in self.bands:
            paper.paste(band, (0, top))
            top += band.height
        return paper


def read_job(data: bytes) -> Job:
    """Raises ValueError at the first byte that is no allowed command."""
    job = Job()
    at = 0
    while at < len(data):
        at = _read_command(data, at, job)
    return job


def _read_command(data: bytes, at: int, job: Job) -> int:
    if data.startswith(b"\x1b@", at):
        job.commands.append("initialise")
        return at + 2
    if data.startswith(b"\x1bd", at) and at + 2 < len(data):
        job.commands.append("feed")
        return at + 3
    if data.startswith(b"\x1dV\x00", at):
        job.commands.append("cut")
        return at + 3
    if data.startswith(b"\x1dv0\x00", at):
        return _read_band(data, at + 4, job)
    raise ValueError(f"unknown command at {at}: {data[at : at + 4]!r}")


def _read_band(data: bytes, at: int, job: Job) -> int:
    row_bytes = int.from_bytes(data[at : at + 2], "little")
    rows = int.from_bytes(data[at + 2 : at + 4], "little")
    start, end = at + 4, at + 4 + row_bytes * rows
    if end > len(data):
        raise ValueError("a picture that ends too early")
    job.commands.append("picture")
    inverted = bytes(byte ^ 0xFF for byte in data[start:end])
    job.bands.append(Image.frombytes("1", (row_bytes * 8, rows), inverted).convert("L"))
    return end
