"""Moments as collectors type them: `yesterday 17:40`, `5pm`, `2026-04-01T09:30`; pure, the zone is an argument.

A wall time that occurs twice (clocks go back) means the first; one that never occurs (clocks go forward) means the
moment the clocks jump over it.
"""

import re
from datetime import UTC, datetime, timedelta

from collect import dates
from collect.errors import WrongUsage
from collect.policy_hours import instant, zone

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\.?)?")
HINT = "type it like 17:40, yesterday 17:40, fri 9:30 or 2026-04-01T09:30"
NOON = 720


def typed(text: str, now: datetime, place: str, *, past: bool = True, order: str = "") -> datetime:
    """The instant (UTC) of a moment typed by hand, at `place` (IANA name) unless it has an offset of its own.

    A time alone is today's, a day alone its noon; `past` makes a weekday the past one. Raises WrongUsage.
    """
    found = _iso(text.strip())
    if found is not None and found.tzinfo is not None:
        return found.astimezone(UTC)
    if found is not None:
        wall = found.hour * 60 + found.minute
        return instant(found.date(), wall, zone(place)) + timedelta(seconds=found.second)
    day_text, minute = split(text)
    today = now.astimezone(zone(place)).date()
    day = dates.typed(day_text, today, past=past, order=order) if day_text else today
    return instant(day, NOON if minute is None else minute, zone(place))


def split(text: str) -> tuple[str, int | None]:
    """A text taken apart into its day and its minute of the day; either may be missing ('' and None)."""
    words = text.strip().split()
    for count in (2, 1):
        minute = _minute(" ".join(words[-count:])) if len(words) >= count else None
        if minute is not None:
            return " ".join(words[:-count]), minute
    return " ".join(words), None


def _iso(text: str) -> datetime | None:
    if "T" not in text and ":" not in text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _minute(text: str) -> int | None:
    match = _TIME.fullmatch(text.lower())
    if match is None or not (match[2] or match[3]):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            raise WrongUsage(f"no such time: {text}", HINT)
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    if hour > 23 or minute > 59:
        raise WrongUsage(f"no such time: {text}", HINT)
    return hour * 60 + minute
