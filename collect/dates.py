"""Dates as collectors type them; months that step from the first day; the two counts of days overdue.

Nothing here reads a clock: `today` is an argument.
"""

import re
from datetime import date, timedelta

from collect.errors import WrongUsage

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Compiled when they are needed: this module is read at every start.
_AHEAD = r"([+-]?)(\d{1,4})([dwmy])"
_NUMBERS = r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that can be worked on: from any of them months and years can be counted on and back."""
HINT = "use YYYY-MM-DD, today, yesterday, tomorrow, fri, +10d, 2w, 1m or eom"


def days_overdue(due_on: date, as_of: date) -> int:
    """Days past due on `as_of`: due today is 0, due tomorrow -1."""
    return (as_of - due_on).days


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the last day of that month: 31 January + 1 is 28 or 29 February."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, end_of_month(date(year, month + 1, 1)).day))


def end_of_month(day: date) -> date:
    """Last day of the month of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def typed(text: str, today: date, *, past: bool = False, order: str = "") -> date:
    """A date typed by hand; `past` makes a weekday the past one (today counts), else the next one.

    `order` is the book's own (`dmy` or `mdy`): with it 5/4/2026 can be read; without it only what cannot be
    misread (13/4/2026) is. Raises WrongUsage with the forms that can be used.
    """
    word = text.strip().lower()
    try:
        found = _iso(word) or _word(word, today, past=past) or _numbers(word, order)
    except (ValueError, OverflowError) as error:
        raise WrongUsage(f"no such day: {text}", HINT) from error
    if found is None:
        raise WrongUsage(f"not a date: {text}", HINT)
    return in_calendar(found, date.min)


def in_calendar(day: date, first: date = FIRST) -> date:
    """The day itself; WrongUsage for one that nobody works on."""
    if not first <= day <= LAST:
        raise WrongUsage(f"beyond the calendar: {day}", f"name a day from {FIRST} to {LAST}")
    return day


def _iso(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _word(word: str, today: date, *, past: bool) -> date | None:
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if word in near:
        return today + timedelta(days=near[word])
    if word == "eom":
        return end_of_month(today)
    named = [at for at, day in enumerate(_DAYS) if len(word) >= 3 and day.startswith(word)]
    if named:
        ahead = (named[0] - today.weekday()) % 7
        if past:
            return today - timedelta(days=(7 - ahead) % 7)
        return today + timedelta(days=ahead or 7)
    if match := re.fullmatch(_AHEAD, word):
        count = int(match[2]) * (-1 if match[1] == "-" else 1)
        if match[3] in "my":
            return add_months(today, count * (12 if match[3] == "y" else 1))
        return today + timedelta(days=count * (7 if match[3] == "w" else 1))
    return None


def _numbers(word: str, order: str) -> date | None:
    match = re.fullmatch(_NUMBERS, word)
    if not match:
        return None
    first, second, third = (int(part) for part in match.groups())
    if len(match[1]) == 4:
        return date(first, second, third)
    year = third if len(match[3]) == 4 else 2000 + third
    if first > 12 or order == "dmy" or first == second:
        return date(year, second, first)
    if second > 12 or order == "mdy":
        return date(year, first, second)
    raise WrongUsage(f"a date that could be two days: {word}", "write it as YYYY-MM-DD")
