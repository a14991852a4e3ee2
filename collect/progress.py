"""How a plan or settlement stands, on any day: worked out from dates and payments and never stored.

All amounts are whole minor units of the plan's one currency.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

from collect.allocation import PlanDue
from collect.instalments import Instalment
from collect.plans import Plan
from collect.promises import Payment

GRACE_DAYS = 10
_DAY = timedelta(days=1)

State = Literal[
    "proposed", "waiting for approval", "active", "late", "broken", "lapsed", "completed", "cancelled", "superseded"
]
RowState = Literal["paid", "open", "late", "missed", "released"]


@dataclass(frozen=True, slots=True)
class Relief:
    """What takes from the debt and is no payment: a credit note, a waiver, a write-off, on the plan's items.

    Negative for what adds to it: the bounce of a payment from before the plan, a credit note taken back. A dispute is
    a relief too, from the day it is opened, and a negative one from the day it ends.
    """

    on: date
    amount_minor: int
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """How one instalment stands: what was paid of it, and what a relief took off it ("released" when all)."""

    instalment: Instalment
    paid_minor: int
    relieved_minor: int
    state: RowState

    @property
    def left_minor(self) -> int:
        """What is still to be paid of it."""
        return self.instalment.amount_minor - self.relieved_minor - self.paid_minor


@dataclass(frozen=True, slots=True)
class Standing:
    """How a plan stands at the end of a day; `open_minor` is what is open on its items, disputed parts included.

    `broken_on` is kept when the plan was superseded, cancelled or paid off after it.
    """

    plan: Plan
    state: State
    rows: tuple[Row, ...]
    paid_minor: int
    arrears_minor: int
    open_minor: int
    broken_on: date | None

    @property
    def next(self) -> Row | None:
        """The first instalment that is not paid."""
        return next((row for row in self.rows if row.left_minor > 0), None)

    @property
    def dues(self) -> tuple[PlanDue, ...]:
        """What `allocation.allocate` pays first: the unpaid instalments, while the plan holds."""
        if self.state not in {"active", "late"}:
            return ()
        left = [(row.instalment.due_on, row.left_minor) for row in self.rows if row.left_minor > 0]
        return tuple(PlanDue(due_on, left_minor, self.plan.item_ids) for due_on, left_minor in left)


def evaluate(
    plan: Plan,
    payments: Iterable[Payment],
    as_of: date,
    *,
    reliefs: Iterable[Relief] = (),
    grace_days: int | None = None,
) -> Standing:
    """How the plan stands at the end of `as_of`, from what was paid on its items since it was agreed.

    Payments fill the instalments in order, so that an early one pulls forward. Reliefs come off the last instalments;
    of a settlement, off what it waives first. An instalment that is unpaid more than the grace after its day, or after
    the approval where that came later, breaks a plan for good, and a settlement lapses: by default 10 days, and 0 for
    a settlement. A plan that was cancelled or superseded stays as it was that day.
    """
    counted = [one for one in payments if _counts(plan, one)]
    if grace_days is None:
        grace_days = 0 if plan.kind == "settlement" else GRACE_DAYS
    course = _Course(plan, counted, list(reliefs), timedelta(days=grace_days))
    day = min(day for day in (as_of, plan.superseded_on, plan.cancelled_on) if day is not None)
    paid_minor, relief_minor = course.paid_minor(day), course.relief_minor(day, disputed=False)
    open_minor = plan.debt_minor + plan.interest_minor - paid_minor - relief_minor
    broken_on, arrears_minor = course.broken_on(day), course.missing_minor(day - _DAY, day)
    state = _state(plan, course, as_of, broken=broken_on is not None, late=arrears_minor > 0)
    return Standing(plan, state, course.rows(day), paid_minor, arrears_minor, open_minor, broken_on)


def _counts(plan: Plan, payment: Payment) -> bool:
    """Whether the payment is on the plan's items and was not yet taken off the debt when the plan was agreed."""
    if plan.agreed_on is None or (plan.item_ids and payment.item_id not in plan.item_ids):
        return False
    if payment.change_id == plan.change_id:
        return payment.paid_on >= plan.agreed_on
    return payment.paid_on > plan.agreed_on or payment.change_id > plan.change_id


def _state(plan: Plan, course: "_Course", as_of: date, *, broken: bool, late: bool) -> State:
    if plan.agreed_on is None or as_of < plan.agreed_on:
        return "proposed"
    if plan.superseded_on is not None and plan.superseded_on <= as_of:
        return "superseded"
    if plan.cancelled_on is not None and plan.cancelled_on <= as_of:
        return "cancelled"
    if plan.needs_approval and (plan.approved_on is None or as_of < plan.approved_on):
        return "waiting for approval"
    if broken and plan.kind == "settlement":
        return "lapsed"
    if course.completed(as_of):
        return "completed"
    return "broken" if broken else "late" if late else "active"


@dataclass(frozen=True, slots=True)
class _Course:
    """A plan beside what happened to it, asked day by day."""

    plan: Plan
    payments: Sequence[Payment]
    reliefs: Sequence[Relief]
    grace: timedelta

    def paid_minor(self, day: date) -> int:
        return sum(
            one.amount_minor
            for one in self.payments
            if one.paid_on <= day and (one.reversed_on is None or day < one.reversed_on)
        )

    def relief_minor(self, day: date, *, disputed: bool) -> int:
        return sum(one.amount_minor for one in self.reliefs if one.on <= day and (disputed or not one.disputed))

    def wanted_minor(self, day: date, *, disputed: bool = True) -> int:
        """What the instalments come to in all, with the reliefs of that day."""
        relief_minor = self.relief_minor(day, disputed=disputed)
        off_minor = relief_minor if relief_minor < 0 else max(0, relief_minor - self.plan.waived_minor)
        return max(0, self.plan.total_minor - off_minor)

    def completed(self, day: date) -> bool:
        return self.wanted_minor(day, disputed=False) <= self.paid_minor(day)

    def judged_on(self, row: Instalment) -> date:
        """Its day, or that of the approval where it came later."""
        return max(row.due_on, self.plan.approved_on or row.due_on)

    def missing_minor(self, due_by: date, day: date) -> int:
        """What is unpaid on `day` of the instalments due by `due_by`."""
        due = [row.amount_minor for row in self.plan.instalments if self.judged_on(row) <= due_by]
        wanted_minor = self.wanted_minor(day)
        if len(due) < len(self.plan.instalments):
            wanted_minor = min(sum(due), wanted_minor)
        return max(0, wanted_minor - self.paid_minor(day))

    def broken_on(self, as_of: date) -> date | None:
        """The first day by `as_of` that began with an instalment unpaid beyond the grace, or brought one back."""
        if self.plan.agreed_on is None or (self.plan.needs_approval and self.plan.approved_on is None):
            return None
        over = {self.judged_on(row) + self.grace for row in self.plan.instalments}
        setbacks = {one.reversed_on for one in self.payments if one.reversed_on} | {one.on for one in self.reliefs}
        judged = sorted({(day + _DAY, day) for day in over} | {(day, day) for day in setbacks})
        broken = (on for on, day in judged if on <= as_of and self.missing_minor(on - self.grace - _DAY, day))
        return next(broken, None)

    def rows(self, day: date) -> tuple[Row, ...]:
        """The instalments filled from the first with payments, and relieved from the last."""
        wanted_minor, paid_minor, rows = self.wanted_minor(day), self.paid_minor(day), []
        reached = list(accumulate(row.amount_minor for row in self.plan.instalments))
        for upto_minor, row in zip(reached, self.plan.instalments, strict=True):
            from_minor = upto_minor - row.amount_minor
            upto = wanted_minor if row is self.plan.instalments[-1] else min(upto_minor, wanted_minor)
            amount_minor = max(0, upto - from_minor)
            filled_minor = min(amount_minor, max(0, paid_minor - from_minor))
            state = self._row_state(row, amount_minor, filled_minor, day)
            rows.append(Row(row, filled_minor, row.amount_minor - amount_minor, state))
        return tuple(rows)

    def _row_state(self, row: Instalment, amount_minor: int, filled_minor: int, day: date) -> RowState:
        if filled_minor == amount_minor:
            return "paid" if amount_minor else "released"
        if day <= self.judged_on(row):
            return "open"
        return "late" if day <= self.judged_on(row) + self.grace else "missed"
