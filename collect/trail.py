"""What is told of changes and of copies of the book."""

from datetime import date
from pathlib import Path
from typing import NamedTuple


class ChangeLine(NamedTuple):
    """One change of the book; `recorded_at` has the office's offset; `day` is the day it was made for, where given."""

    id: int
    recorded_at: str
    agent: str
    action: str
    subject: str
    why: str
    day: str = ""
    details: str = ""
    """What it altered, field by field: `aging.buckets: 30,60,90 -> 15,30`."""


class Wanted(NamedTuple):
    """Which changes: those whose subject holds a text, whose action begins with one, from a day on; empty is all."""

    subject: str = ""
    action: str = ""
    since: date | None = None


class Copy(NamedTuple):
    """A copy of a book: where it is, how many changes it holds, when the last was made (UTC), what book it is of."""

    path: Path
    changes: int = 0
    last_change_at: str = ""
    origin: tuple[str, ...] = ()
    """Clock, agent and subject of the first change, which tell a book from another; () where it cannot be read."""
