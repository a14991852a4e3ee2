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
    loans = {due.loan for due in dues}
    worst_days = {one: _standing(rule, [due for due in dues if due.loan == one], day_end) for one in loans}
    bands = rule.terms["bands"]
    if any(days > bands[-1]["to"] for days in worst_days.values()):
        return str(rule.terms["last"])
    days = worst_days.get(loan, 0) if loan else max(worst_days.values(), default=0)
    if days < 1 or (revolving and days <= bands[0]["to"]):
        return STANDARD
    return str(next(band["name"] for band in bands if days <= band["to"]))


def _standing(rule: Rule, dues: Sequence[Due], day_end: date) -> int:
    """Days that decide the class of one loan, 0 where nothing is in arrears.

    They are those of the oldest unpaid due; once a due has made the loan NPA, those of that due for as long as the
    arrears have not been cleared altogether at some day-end.
    """
    longest = timedelta(days=int(rule.terms["bands"][-1]["to"]))
    known = sorted((due for due in dues if due.due_on <= day_end), key=lambda due: due.due_on)
    if all(due.paid_on is not None and due.paid_on <= day_end for due in known):
        return 0
    run: list[Due] = []
    cleared_on = date.min
    for due in known:
        if due.due_on > cleared_on:
            run = []
        run.append(due)
        cleared_on = max(cleared_on, due.paid_on or date.max)
    made_npa = [due.due_on for due in run if day_end >= due.due_on + longest < (due.paid_on or date.max)]
    unpaid = [due.due_on for due in run if due.paid_on is None or due.paid_on > day_end]
    return day_count(min(made_npa or unpaid), day_end)


def promise(rule: Rule, due_on: date, amount_minor: int, paid_minor: int, day_end: date) -> Finding | None:
    """A promise at a day-end: nothing before its day or once it is kept, else the day from which it is broken."""
    kept = paid_minor * 100 >= amount_minor * int(rule.terms["kept_percent"])
    if kept or day_end < due_on:
        return None
    broken_on = due_on + timedelta(days=int(rule.terms["grace_days"]) + 1)
    state = "broken since" if day_end >= broken_on else "open, broken from"
    return rule.finding(rule.action, f"promise for {due_on}: {state} {broken_on}")
