"""The next step after a contact: a table by outcome and channel that a book can change in its settings.

A line of the table is the rule for every channel and, after semicolons, for single ones: `2wd; letter: 10d`. A rule is
`none`, days (`3d`), working days (`2wd`) or days after the promised one (`promise+1d`); `other hour` after it asks for
another time of day than the contact had.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from collect.errors import WrongUsage

ACTIONS: Mapping[str, str] = {
    "promised": "check the promise",
    "disputed": "answer the dispute",
    "paid": "look for the payment",
    "wrong-number": "find a number",
    "not-connected": "try another number",
    "bounced": "find an address",
    "moved": "find the address",
    "not-met": "visit",
}
"""What to do on that day; `call` where nothing stands here."""

_RULE = re.compile(r"(promise\s*\+\s*)?(\d{1,3})\s*(d|wd)(\s+other hour)?")
_NOON = 13
_MORNING, _EVENING = "10:30", "17:00"


class Rule(NamedTuple):
    """When the next step is due: so many days, or working days, after the contact or the promised day."""

    days: int
    working: bool
    after_promise: bool
    other_hour: bool


class Step(NamedTuple):
    """The next step: what, on which day, and at what time (HH:MM, empty for any)."""

    action: str
    on: date | None
    time: str = ""


def rules(line: str) -> dict[str, Rule | None]:
    """One line of the table: the rule per channel, '' for all others; WrongUsage where it cannot be read."""
    found: dict[str, Rule | None] = {}
    for part in line.split(";"):
        channel, _, rest = part.rpartition(":")
        found[channel.strip().lower()] = _rule(rest)
    if "" not in found:
        raise WrongUsage(f"a follow-up without its general rule: {line}", "begin with it: 2wd; letter: 10d")
    return found


def _rule(text: str) -> Rule | None:
    low = " ".join(text.lower().split())
    if low == "none":
        return None
    match = _RULE.fullmatch(low)
    if match is None:
        raise WrongUsage(f"not a follow-up: {text.strip()}", "use none, 3d, 2wd, promise+1d, or 1wd other hour")
    return Rule(int(match[2]), match[3] == "wd", bool(match[1]), bool(match[4]))


def step(
    line: str, channel: str, outcome: str, at: datetime, promised_on: date | None, workdays: frozenset[int]
) -> Step:
    """The next step after a contact at that local time, by the table's line for its outcome.

    `workdays` are weekdays, Monday 0; a rule after the promise counts from the contact where nothing was promised.
    """
    action = ACTIONS.get(outcome, "call")
    table = rules(line)
    rule = table.get(channel, table[""])
    if rule is None:
        return Step("", None)
    start = promised_on if rule.after_promise and promised_on is not None else at.date()
    on = _working(start, rule.days, workdays) if rule.working else start + timedelta(days=rule.days)
    time = "" if not rule.other_hour else _EVENING if at.hour < _NOON else _MORNING
    return Step(action, on, time)


def _working(start: date, count: int, workdays: frozenset[int]) -> date:
    day = start
    while count > 0 or day.weekday() not in workdays:
        day += timedelta(days=1)
        if day.weekday() in workdays:
            count -= 1
    return day
