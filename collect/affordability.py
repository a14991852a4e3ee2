"""Whether a debtor can pay a plan: income less outgoings, the plan beside what is left, and a verdict in words.

All amounts are whole minor units a month. Hardship is flagged for a person to look at, never scored.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from collect.dates import add_months
from collect.money import Money
from collect.plans import Debt, Plan, propose
from collect.schedule import AS_IT_FALLS, MONTHLY, MOST, Calendar, Every, Rhythm

_PER_YEAR = {"week": 52, "fortnight": 26, "month": 12}


@dataclass(frozen=True, slots=True)
class Budget:
    """What a household earns and spends in a month, as somebody said it on a day; looked at again half a year on.

    Priority outgoings are those that come before any creditor: housing, food, power, taxes, medicine.
    """

    currency: str
    income_minor: int
    said_on: date
    said_by: str
    priority_minor: int = 0
    other_minor: int = 0
    household: int = 1
    note: str = ""

    @property
    def surplus_minor(self) -> int:
        """What is left for debts; negative when the household spends more than it has."""
        return self.income_minor - self.priority_minor - self.other_minor

    @property
    def review_on(self) -> date:
        """The day to ask again."""
        return add_months(self.said_on, 6)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A plan beside a budget; `share_percent` of the surplus is None where there is no surplus."""

    monthly_minor: int
    surplus_minor: int
    share_percent: Decimal | None
    fits: bool
    hardship: bool
    words: str


def monthly(instalment_minor: int, every: Every) -> int:
    """What an instalment of that rhythm comes to in a month, rounded up (52 weeks or 26 fortnights a year)."""
    return -(-instalment_minor * _PER_YEAR[every] // 12)


def affordable(budget: Budget, every: Every = "month", *, share_percent: int = 100) -> int:
    """The largest instalment that this share of the surplus pays for; 0 where nothing is left."""
    return max(0, budget.surplus_minor) * share_percent * 12 // (100 * _PER_YEAR[every])


def assess(budget: Budget, instalment_minor: int, every: Every = "month") -> Verdict:
    """Whether the surplus pays for the instalment, in plain words."""
    monthly_minor, surplus_minor = monthly(instalment_minor, every), budget.surplus_minor
    wanted, surplus = Money(monthly_minor, budget.currency), Money(surplus_minor, budget.currency)
    if surplus_minor <= 0:
        short = f"{Money(-surplus_minor, budget.currency)} a month short" if surplus_minor else "nothing is left"
        words = f"does not fit: after outgoings {short}; treat as hardship"
        return Verdict(monthly_minor, surplus_minor, None, fits=False, hardship=True, words=words)
    share_percent = Decimal((2_000 * monthly_minor + surplus_minor) // (2 * surplus_minor)) / 10
    if monthly_minor > surplus_minor:
        words = f"does not fit: {wanted} a month is {wanted - surplus} more than the surplus of {surplus}"
        return Verdict(monthly_minor, surplus_minor, share_percent, fits=False, hardship=False, words=words)
    words = f"fits: {wanted} a month is {share_percent} % of the surplus of {surplus}"
    return Verdict(monthly_minor, surplus_minor, share_percent, fits=True, hardship=False, words=words)


def alternatives(
    account_id: int,
    debt: Debt,
    *,
    first_on: date,
    budget: Budget | None = None,
    rhythm: Rhythm = MONTHLY,
    calendar: Calendar = AS_IT_FALLS,
) -> tuple[tuple[str, Plan], ...]:
    """Plans to lay side by side: short (3 instalments), medium (6), affordable (the surplus each time).

    Where no budget is known, or it leaves nothing, or too little to ever pay the debt, the third is long: 12.
    """
    each_minor = affordable(budget, rhythm.every) if budget else 0
    numbers = {"short": 3, "medium": 6}
    if each_minor * MOST < debt.amount_minor:
        numbers["long"] = 12
    plans = {
        name: propose(
            account_id,
            debt,
            first_on=first_on,
            count=min(number, debt.amount_minor),
            rhythm=rhythm,
            calendar=calendar,
        )
        for name, number in numbers.items()
    }
    if "long" not in plans:
        plans["affordable"] = propose(
            account_id, debt, first_on=first_on, each_minor=each_minor, rhythm=rhythm, calendar=calendar
        )
    return tuple(plans.items())
