"""Legal clocks, from facts: what must be done by when, and how a regulator classes a loan; dates, never advice.

The numbers, citations and how far each was verified stand in the presets (`collect/data/policies`); what a kind of
rule means stands here and in `policy_duties` and `policy_classes`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from collect import policy_classes, policy_duties
from collect.dates import add_months
from collect.interest import Debt
from collect.policy_classes import Due
from collect.policy_facts import Event
from collect.presets import Rule
from collect.records import Account

State = Literal["running", "done", "missed"]


class Clock(NamedTuple):
    """Something that ends on a day, that day included; `due_on` is the last day on which it is in time."""

    rule: str
    text: str
    from_on: date
    due_on: date
    state: State
    citation: str
    basis: str


class Bounce(NamedTuple):
    """A cheque that came back, and what followed: the notice sent and received, the cheque paid after all."""

    returned_on: date
    notice_sent_on: date | None = None
    notice_received_on: date | None = None
    paid_on: date | None = None


class Restart(NamedTuple):
    """What begins limitation anew: a signed acknowledgement of the debt, or a part payment."""

    on: date
    kind: Literal["acknowledgement", "part payment"]


class Standing(NamedTuple):
    """The class of a loan at a day-end and why, and the class it comes to next, on which day, if nothing is paid.

    `days` is the regulator's count for the oldest due in arrears: the unpaid due date itself is day 1; 0 for none.
    """

    loan: str
    name: str
    days: int
    because: str
    next_name: str
    next_on: date | None


def cheque(rule: Rule, bounce: Bounce, today: date) -> tuple[Clock, ...]:
    """Return the clocks of a bounced cheque: send the notice, wait for the drawer, file the complaint.

    Those after the notice begin when it is received; a cheque paid in time ends them. NI Act 1881 ss 138, 142.
    """
    events = [Event("bank-return-memo", bounce.returned_on)]
    if bounce.notice_received_on:
        events.append(Event("notice-delivered", bounce.notice_received_on))
    tasks = policy_duties.CLOCKS[rule.kind](rule, events)
    done = (bounce.notice_sent_on, bounce.paid_on, None)
    found = [_clock(task, when, today) for task, when in zip(tasks, done, strict=False)]
    paid_in_time = len(found) > 1 and found[1].state == "done"
    return tuple(found[:2] if paid_in_time else found)


def _clock(task: policy_duties.Task, done_on: date | None, today: date) -> Clock:
    in_time = done_on is not None and done_on <= min(task.due_on, today)
    state: State = "done" if in_time else "missed" if today > task.due_on else "running"
    return Clock(task.rule, task.text, task.from_on, task.due_on, state, task.citation, task.basis)


def limitation(rule: Rule, due_on: date, restarts: Sequence[Restart], today: date) -> Clock:
    """Return the last day on which a debt that fell due can be sued for.

    The day it fell due is not counted. Only what came before the end begins the time anew: a later payment does not
    bring a barred debt back. Limitation Act 1963 ss 18, 19.
    """
    months = int(rule.terms["months"])
    start, last = due_on, add_months(due_on, months)
    why = "since it fell due"
    for one in sorted(restarts):
        if start < one.on <= min(last, today):
            start, last = one.on, add_months(one.on, months)
            why = f"since the {one.kind}"
    state: State = "missed" if today > last else "running"
    return Clock(rule.id, f"last day to sue, {why} of {start}", start, last, state, rule.citation, rule.basis)


def loans(rule: Rule, dues: Sequence[Due], day_end: date) -> list[Standing]:
    """Return the class at a day-end of each loan of one borrower, and what it comes to next if nothing is paid.

    One loan that is NPA makes all of them so. RBI/2021-22/125: the unpaid due date itself is day 1.
    """
    return [_standing(rule, dues, day_end, loan) for loan in sorted({due.loan for due in dues})]


def borrowers(rule: Rule, lent: Iterable[Debt], accounts: Iterable[Account], day_end: date) -> dict[int, Standing]:
    """Return how each account stands as a loan, by its id; accounts of one party are the loans of one borrower."""
    known = {one.id: one for one in accounts}
    dues: dict[str | int, list[Due]] = defaultdict(list)
    for debt in lent:
        holder = known[debt.account_id]
        dues[holder.party or holder.id].append(Due(debt.due_on, debt.paid_on, holder.number))
    by_number = {one.number: one.id for one in known.values()}
    return {by_number[one.loan]: one for own in dues.values() for one in loans(rule, own, day_end)}


def _standing(rule: Rule, dues: Sequence[Due], day_end: date, loan: str) -> Standing:
    name = policy_classes.classify(rule, dues, day_end, loan)
    oldest, made = policy_classes.oldest_unpaid(dues, day_end, loan), policy_classes.made_npa(rule, dues, day_end)
    days = policy_classes.day_count(oldest, day_end) if oldest else 0
    because = f"due {oldest} and unpaid, day {days}" if oldest else "nothing in arrears"
    if made and (made.loan, made.due_on) != (loan, oldest):
        because += f"; {made.loan} due {made.due_on} made it so, and not all arrears are paid"
    for day in _ahead(rule, dues, day_end):
        following = policy_classes.classify(rule, dues, day, loan)
        if following != name:
            return Standing(loan, name, days, because, following, day)
    return Standing(loan, name, days, because, "", None)


def _ahead(rule: Rule, dues: Sequence[Due], day_end: date) -> list[date]:
    """The days after this one on which a class may change if nothing is paid."""
    longest = timedelta(days=int(rule.terms["bands"][-1]["to"]))
    return sorted(
        day
        for due in dues
        if (due.paid_on is None or due.paid_on > day_end) and due.due_on < date.max - longest
        for day in (due.due_on, *(due.due_on + timedelta(days=int(band["to"])) for band in rule.terms["bands"]))
        if day > day_end
    )
