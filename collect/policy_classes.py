"""Classes by date: the standing of a loan in arrears at a day-end, and of a promise.

The regulator's day count is not that of aging: at day-end the unpaid due date itself is day 1
(`collect.dates.days_overdue` counts it as 0).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from collect.policy_facts import Finding
from collect.presets import Rule

STANDARD = "STANDARD"


class Due(NamedTuple):
    """An amount due on a loan, and the day all of it was paid."""

    due_on: date
    paid_on: date | None = None
    loan: str = ""


def day_count(due_on: date, day_end: date) -> int:
    """Days in arrears at a day-end, the unpaid due date being day 1."""
    return (day_end - due_on).days + 1


def classify(rule: Rule, dues: Sequence[Due], day_end: date, loan: str = "", *, revolving: bool = False) -> str:
    """The class at that day-end of one loan, or of the borrower; STANDARD where nothing is in arrears.

    One loan that is NPA makes all loans of the borrower so. A revolving limit has no first band.
    """
    bands = rule.terms["bands"]
    if made_npa(rule, dues, day_end):
        return str(rule.terms["last"])
    oldest = oldest_unpaid(dues, day_end, loan)
    days = day_count(oldest, day_end) if oldest else 0
    if days < 1 or (revolving and days <= bands[0]["to"]):
        return STANDARD
    return str(next(band["name"] for band in bands if days <= band["to"]))


def oldest_unpaid(dues: Sequence[Due], day_end: date, loan: str = "") -> date | None:
    """The day of the oldest due in arrears at a day-end, of one loan or of all."""
    unpaid = (
        due.due_on
        for due in dues
        if due.due_on <= day_end and loan in {"", due.loan} and not (due.paid_on and due.paid_on <= day_end)
    )
    return min(unpaid, default=None)


def made_npa(rule: Rule, dues: Sequence[Due], day_end: date) -> Due | None:
    """The due that made the borrower's loans NPA, for as long as it does; None where none did.

    It does until, at some day-end, no loan of the borrower is in arrears: paying that due alone, or that loan alone,
    upgrades nothing. RBI/2021-22/125 and its clarification of 15 Feb 2022.
    """
    if oldest_unpaid(dues, day_end) is None:
        return None
    longest = timedelta(days=int(rule.terms["bands"][-1]["to"]))
    run: list[Due] = []
    cleared_on = date.min
    for due in sorted((due for due in dues if due.due_on <= day_end), key=lambda due: due.due_on):
        if due.due_on > cleared_on:
            run = []
        run.append(due)
        cleared_on = max(cleared_on, due.paid_on or date.max)
    return next((due for due in run if day_end >= due.due_on + longest < (due.paid_on or date.max)), None)


def promise(rule: Rule, due_on: date, amount_minor: int, paid_minor: int, day_end: date) -> Finding | None:
    """A promise at a day-end: nothing before its day or once it is kept, else the day from which it is broken."""
    kept = paid_minor * 100 >= amount_minor * int(rule.terms["kept_percent"])
    if kept or day_end < due_on:
        return None
    broken_on = due_on + timedelta(days=int(rule.terms["grace_days"]) + 1)
    state = "broken since" if day_end >= broken_on else "open, broken from"
    return rule.finding(rule.action, f"promise for {due_on}: {state} {broken_on}")
