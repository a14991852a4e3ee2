"""Legal clocks, from facts: what must be done by when, and what late payment adds; dates and sums, never advice.

The numbers, citations and how far each was verified stand in the presets (`collect/data/policies`); what a kind of
rule means stands here and in `policy_duties`, `policy_amounts` and `policy_classes`. Amounts are whole minor units.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from collect import policy_amounts, policy_classes, policy_duties
from collect.dates import add_months
from collect.errors import NotFound
from collect.policy_classes import Due
from collect.policy_facts import Event
from collect.presets import Rule

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


class Charge(NamedTuple):
    """What late payment adds to a debt, from one day to another (both included), at a yearly rate in per cent."""

    rule: str
    text: str
    from_on: date
    to_on: date
    amount_minor: int
    citation: str
    basis: str


class Standing(NamedTuple):
    """The class of a loan at a day-end, and the class it comes to next, on which day, if nothing is paid."""

    loan: str
    name: str
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


def supplier_due_on(rule: Rule, accepted_on: date, agreed_on: date | None) -> date:
    """Return the last day to pay a small supplier: the day agreed but no later than allowed, or the default one.

    MSMED Act 2006 s 15: at most 45 days from acceptance; where nothing was agreed in writing, 15.
    """
    if agreed_on is None:
        return accepted_on + timedelta(days=int(rule.terms["default_days"]))
    return min(agreed_on, accepted_on + timedelta(days=int(rule.terms["agreed_days"])))


def supplier_interest(rule: Rule, debt_minor: int, due_on: date, today: date) -> Charge | None:
    """Compound interest at a multiple of the bank rate, monthly rests, from the day after the due day through today.

    Each rest takes the rate in force on its first day, a twelfth of it for a month and days of 365 for the rest;
    rounded once, half up. None while it is not late. NotFound where the table has no rate yet. MSMED Act 2006 s 16.
    """
    if today <= due_on:
        return None
    first = due_on + timedelta(days=1)
    end = today + timedelta(days=1)
    balance = Decimal(debt_minor)
    at, months = first, 0
    while at < end:
        months += 1
        following = add_months(first, months)
        yearly = bank_rate(rule, at) * int(rule.terms["times"]) / 100
        balance *= 1 + (yearly / 12 if following <= end else yearly * (end - at).days / 365)
        at = following
    added = int((balance - debt_minor).quantize(Decimal(1), ROUND_HALF_UP))
    text = f"{rule.terms['times']} x bank rate, monthly rests, for {(end - first).days} days"
    return Charge(rule.id, text, first, today, added, rule.citation, rule.basis)


def bank_rate(rule: Rule, on: date) -> Decimal:
    """Return the bank rate in force on a day, in per cent a year; NotFound before the table begins."""
    known = [step for step in rule.terms["rates"] if step["from"] <= on]
    if not known:
        raise NotFound(f"no bank rate known for: {on}", "the table is in the preset; see 'collect policy show'")
    return Decimal(max(known, key=lambda step: step["from"])["rate"])


def reference_day(late_on: date) -> date:
    """Return the day whose base rate counts for a debt that became late on `late_on`, for as long as it is owed.

    It is the last day of the half-year before: 31 December or 30 June. Late Payment Regulations 2002 (UK).
    """
    return date(late_on.year, 6, 30) if late_on.month > 6 else date(late_on.year - 1, 12, 31)


def late_payment(
    interest: Rule, fixed: Rule, debt_minor: int, due_on: date, today: date, base_rates: Mapping[date, Decimal]
) -> tuple[Charge, ...]:
    """Statutory interest and the fixed sum for one late debt between businesses; nothing while it is not late.

    `base_rates` are those of the reference days, entered and not shipped; NotFound where the one needed is missing.
    """
    if today <= due_on:
        return ()
    first = due_on + timedelta(days=1)
    reference = reference_day(first)
    if reference not in base_rates:
        raise NotFound(f"no base rate known for: {reference}", "enter the rate in force on that day")
    days = (today - due_on).days
    rate = base_rates[reference] + Decimal(interest.terms["points"])
    amount = policy_amounts.interest(interest, debt_minor, base_rates[reference], days)
    text = f"simple interest at {rate}% for {days} days"
    once = policy_amounts.compensation(fixed, debt_minor)
    return (
        Charge(interest.id, text, first, today, amount, interest.citation, interest.basis),
        Charge(fixed.id, "fixed sum, once", first, first, once, fixed.citation, fixed.basis),
    )


def loans(rule: Rule, dues: Sequence[Due], day_end: date) -> list[Standing]:
    """Return the class at a day-end of each loan of one borrower, and what it comes to next if nothing is paid.

    One loan that is NPA makes all of them so. RBI/2021-22/125: the unpaid due date itself is day 1.
    """
    return [_standing(rule, dues, day_end, loan) for loan in sorted({due.loan for due in dues})]


def _standing(rule: Rule, dues: Sequence[Due], day_end: date, loan: str) -> Standing:
    name = policy_classes.classify(rule, dues, day_end, loan)
    ahead = sorted(
        day
        for due in dues
        if due.paid_on is None or due.paid_on > day_end
        for day in (due.due_on, *(due.due_on + timedelta(days=int(band["to"])) for band in rule.terms["bands"]))
        if day > day_end
    )
    for day in ahead:
        following = policy_classes.classify(rule, dues, day, loan)
        if following != name:
            return Standing(loan, name, following, day)
    return Standing(loan, name, "", None)
