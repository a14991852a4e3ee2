"""Settlements: less than the debt by a day; who may agree to it, what it is worth, and what is waived when.

All amounts are whole minor units of one currency. `progress.evaluate` says how a settlement stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from collect.dates import add_months
from collect.errors import WrongUsage
from collect.instalments import numbered, split
from collect.money import Money
from collect.plans import Debt, Plan
from collect.progress import Standing
from collect.schedule import Every, days_until

RBI = "RBI/2023-24/40, DOR.STR.REC.20/21.04.048/2023-24, 8 June 2023"


@dataclass(frozen=True, slots=True)
class Floor:
    """The least percent of a debt that may be taken: for a product ('' for any), from so many days overdue on."""

    least_percent: Decimal
    product: str = ""
    from_days: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """Up to how much a role at that level may waive, in percent of the debt and, if set, in amount."""

    role: str
    level: int
    most_percent: Decimal
    most_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks for, sanctioned or approves, and how high they stand; higher is more."""

    name: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """What one rule says about a settlement: REASON wants one on record, BLOCK refuses."""

    rule: str
    verdict: Literal["REASON", "BLOCK"]
    why: str
    citation: str = "company policy"


@dataclass(frozen=True, slots=True)
class Worth:
    """What an offer and the recovery expected without it are worth on a day."""

    offer_minor: int
    expected_minor: int

    @property
    def better(self) -> bool:
        """Whether the offer is worth at least as much."""
        return self.offer_minor >= self.expected_minor


@dataclass(frozen=True, slots=True)
class Lapse:
    """A settlement that ended by itself: since when, what was paid meanwhile, and the debt that stands again."""

    on: date
    paid_minor: int
    stands_minor: int


def share_of(debt: Debt, percent: Decimal) -> int:
    """That percent of the debt, rounded half up."""
    return int((debt.amount_minor * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def propose(
    account_id: int, debt: Debt, *, pay_minor: int, by_on: date, today: date, count: int = 1, every: Every = "month"
) -> Plan:
    """Pay `pay_minor` of the debt, the last of `count` instalments by `by_on`, the others counted back from it.

    It waits for approval. Raises WrongUsage for an amount that settles nothing, or a day too near.
    """
    if not 0 < pay_minor < debt.amount_minor:
        raise WrongUsage(f"not less than the debt: {Money(pay_minor, debt.currency)}", "see 'collect plan agree'")
    due = days_until(by_on, count, every)
    if due[0] < today:
        raise WrongUsage(f"the first of {count} instalments would be over: {due[0]}", "give a later day or fewer")
    rows = numbered(due, ((minor, 0) for minor in split(pay_minor, count)))
    waived_minor = debt.amount_minor - pay_minor
    return Plan(
        account_id,
        debt.currency,
        debt.amount_minor,
        rows,
        debt.item_ids,
        kind="settlement",
        waived_minor=waived_minor,
        needs_approval=True,
    )


def floor_percent(floors: Iterable[Floor], product: str, days_overdue: int) -> Decimal:
    """The floor that holds: the product's own before the general one, then the oldest age reached; else 0."""
    holding = [one for one in floors if one.product in {"", product} and one.from_days <= days_overdue]
    best = max(holding, key=lambda one: (one.product != "", one.from_days), default=None)
    return best.least_percent if best else Decimal(0)


def approver(plan: Plan, limits: Iterable[Limit]) -> Limit | None:
    """The lowest role that may waive that much, or None."""
    return min((one for one in limits if _covers(one, plan)), key=lambda one: one.level, default=None)


def checks(
    plan: Plan, today: date, *, regulated: bool, floor: Decimal = Decimal(0), limits: Sequence[Limit] = ()
) -> tuple[Check, ...]:
    """What to know before agreeing: below the floor, beyond everybody's limit, a restructuring by its length."""
    found = []
    if plan.total_minor * 100 < floor * plan.debt_minor:
        why = f"{Money(plan.total_minor, plan.currency)} is below the floor of {floor} %"
        found.append(Check("SETTLEMENT-FLOOR", "BLOCK", why))
    if limits and approver(plan, limits) is None:
        why = f"nobody may waive {Money(plan.waived_minor, plan.currency)}, {_percent(plan)} % of the debt"
        found.append(Check("SETTLEMENT-APPROVAL", "BLOCK", why))
    last_on = plan.instalments[-1].due_on
    if regulated and last_on > add_months(today, 3):
        why = f"the last payment on {last_on} is more than three months away: a restructuring"
        found.append(Check("IN-COMPROMISE", "REASON", why, RBI))
    return tuple(found)


def objections(
    plan: Plan, requester: Person, by: Person, *, limits: Sequence[Limit] = (), sanctioner: Person | None = None
) -> tuple[Check, ...]:
    """Why `by` may not approve; empty when they may.

    Nobody approves what they asked for or a loan they sanctioned. The approver stands at least one level above whoever
    sanctioned the loan and, where there is an approval matrix, above the requester and within a limit of the matrix.
    """
    found = []
    if same(requester, by):
        found.append(Check("SETTLEMENT-APPROVAL", "BLOCK", f"who asks does not approve: {by.name}"))
    if limits and by.level <= requester.level:
        found.append(Check("SETTLEMENT-APPROVAL", "BLOCK", f"not above the level of {requester.name}: {by.name}"))
    if limits and not any(one.level <= by.level and _covers(one, plan) for one in limits):
        why = f"beyond the limit of {by.name}: {Money(plan.waived_minor, plan.currency)}, {_percent(plan)} %"
        found.append(Check("SETTLEMENT-APPROVAL", "BLOCK", why))
    if sanctioner is not None and (same(sanctioner, by) or by.level <= sanctioner.level):
        why = f"not at least one level above who sanctioned the loan: {by.name}"
        found.append(Check("IN-COMPROMISE", "BLOCK", why, RBI))
    return tuple(found)


def present_value(payments: Iterable[tuple[date, int]], on: date, yearly_percent: Decimal) -> int:
    """Dated amounts discounted to a day: amount / (1 + rate) ^ (days / 365), the sum rounded half up."""
    rate = 1 + yearly_percent / 100
    worth = sum((minor / rate ** (Decimal((day - on).days) / 365) for day, minor in payments), Decimal(0))
    return int(worth.quantize(Decimal(1), ROUND_HALF_UP))


def compare(
    plan: Plan,
    on: date,
    *,
    yearly_percent: Decimal,
    expected_percent: Decimal,
    expected_on: date,
    cost_minor: int = 0,
) -> Worth:
    """The offer beside what is expected without it: that percent of the debt, on that day, less what it costs."""
    offer_minor = present_value(((row.due_on, row.amount_minor) for row in plan.instalments), on, yearly_percent)
    expected_minor = share_of(Debt(plan.currency, plan.debt_minor), expected_percent) - cost_minor
    return Worth(offer_minor, present_value([(expected_on, expected_minor)], on, yearly_percent))


def waiver_minor(standing: Standing, posted_minor: int = 0) -> int:
    """The waiver to post now, negative to take back what was posted: only a completed settlement waives."""
    return standing.open_minor if standing.state == "completed" else -posted_minor


def lapse(standing: Standing, posted_minor: int = 0) -> Lapse | None:
    """What a lapsed settlement leaves, a waiver that was posted counted back in; None while it has not lapsed."""
    if standing.state != "lapsed" or standing.broken_on is None:
        return None
    return Lapse(standing.broken_on, standing.paid_minor, standing.open_minor + posted_minor)


def same(one: Person, other: Person) -> bool:
    """Whether two names are those of one person, without regard to case and blanks."""
    return " ".join(one.name.casefold().split()) == " ".join(other.name.casefold().split())


def _covers(limit: Limit, plan: Plan) -> bool:
    within = plan.waived_minor * 100 <= limit.most_percent * plan.debt_minor
    return within and (limit.most_minor is None or plan.waived_minor <= limit.most_minor)


def _percent(plan: Plan) -> Decimal:
    """What is waived in percent of the debt, to one decimal, for messages."""
    return (Decimal(plan.waived_minor * 100) / plan.debt_minor).quantize(Decimal("0.1"))
