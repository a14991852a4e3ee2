"""Public holidays from their rules, and business days counted around them.

A holiday is data: `{ day = "12-25" }`, `{ easter = -2 }` (days from Easter Sunday), or `{ month = 9, weekday = 0,
nth = 1 }` (Monday is 0, nth -1 is the last), each with a `name`. `monday = true` adds the next free Monday (and so
on) where a fixed day falls on a weekend.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from collect.dates import end_of_month


class Holiday(NamedTuple):
    """The rule of one holiday: a fixed day `MM-DD`, days from Easter Sunday, or the nth weekday of a month."""

    name: str
    day: str = ""
    easter: int | None = None
    month: int = 0
    weekday: int = 0
    nth: int = 0
    monday: bool = False


Holidays = tuple[Holiday, ...]


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    ahead = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * ahead) // 451
    month, day = divmod(epact + ahead - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_holiday(day: date, holidays: Holidays) -> bool:
    """Whether that day is one of the holidays."""
    return day in _of_year(day.year, holidays)


@lru_cache(maxsize=64)
def _of_year(year: int, holidays: Holidays) -> frozenset[date]:
    """All holidays of a year."""
    days = {_day(year, rule) for rule in holidays}
    for rule in holidays:
        moved = _day(year, rule)
        if rule.monday and moved.weekday() >= 5:
            while moved.weekday() >= 5 or moved in days:
                moved += timedelta(days=1)
            days.add(moved)
    return frozenset(days)


def _day(year: int, rule: Holiday) -> date:
    if rule.day:
        return date.fromisoformat(f"{year}-{rule.day}")
    if rule.easter is not None:
        return easter(year) + timedelta(days=rule.easter)
    if rule.nth > 0:
        first = date(year, rule.month, 1)
        return first + timedelta(days=(rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1))
    last = end_of_month(date(year, rule.month, 1))
    return last - timedelta(days=(last.weekday() - rule.weekday) % 7)


def business_day(start: date, count: int, holidays: Holidays) -> date:
    """The `count`-th business day after `start` (before it, where negative): no weekends, no holidays."""
    step = timedelta(days=1 if count > 0 else -1)
    day = start
    for _ in range(abs(count)):
        day += step
        while day.weekday() >= 5 or is_holiday(day, holidays):
            day += step
    return day
