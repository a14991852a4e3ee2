"""From what somebody asked for to a plan, and what to know before agreeing to it.

All amounts are whole minor units of the debt's currency.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from collect import affordability, plans
from collect.affordability import Budget
from collect.dates import add_months
from collect.errors import WrongUsage
from collect.instalments import Interest, Odd
from collect.plans import Debt, Plan
from collect.schedule import AS_IT_FALLS, Calendar, Every, Rhythm, monthly_on
from collect.settlements import Check

_STEP = {"week": timedelta(days=7), "fortnight": timedelta(days=14)}


class Asked(NamedTuple):
    """A plan as it is asked for: by `number`, by `each_minor` or on `dates`; without any, by what can be afforded."""

    number: int | None = None
    each_minor: int | None = None
    dates: tuple[date, ...] = ()
    first_on: date | None = None
    every: Every = "month"
    month_day: str = ""
    down_minor: int = 0
    interest: Interest | None = None

    @property
    def spread(self) -> bool:
        """Whether it says how the debt is to be spread."""
        return self.number is not None or self.each_minor is not None or bool(self.dates)

    @property
    def rhythm(self) -> Rhythm:
        """How often, and on which day of the month; WrongUsage for a day of the month with weeks."""
        if not self.month_day:
            return Rhythm(self.every)
        if self.every != "month":
            raise WrongUsage(f"a day of the month with instalments every {self.every}", "leave one of the two out")
        return monthly_on(self.month_day)

    def starts_on(self, today: date) -> date:
        """The first day: as asked, today where there is a first payment, else one step from today."""
        if self.first_on is not None:
            return self.first_on
        if self.down_minor:
            return today
        return add_months(today, 1) if self.every == "month" else today + _STEP[self.every]


class Finding(NamedTuple):
    """What one rule says before a plan is agreed: ALLOW, WARN, REASON (wants one on record) or BLOCK (refuses)."""

    rule: str
    verdict: str
    why: str
    citation: str = "company policy"


def drawn(
    account_id: int,
    debt: Debt,
    asked: Asked,
    today: date,
    *,
    budget: Budget | None = None,
    calendar: Calendar = AS_IT_FALLS,
    odd: Odd = "last",
) -> Plan:
    """The plan that was asked for; WrongUsage where it says no number and nothing is known of what can be afforded."""
    each_minor = asked.each_minor
    if not asked.spread:
        each_minor = affordability.affordable(budget, asked.every) if budget else 0
        if not each_minor:
            why = "nothing is left after outgoings" if budget else "no number of instalments"
            raise WrongUsage(f"cannot tell the instalments: {why}", "give --count, --amount or --on, or --income")
    return plans.propose(
        account_id,
        debt,
        first_on=None if asked.dates else asked.starts_on(today),
        count=asked.number,
        each_minor=each_minor,
        dates=asked.dates,
        rhythm=asked.rhythm,
        down_minor=asked.down_minor,
        calendar=calendar,
        odd=odd,
        interest=asked.interest,
        from_on=today,
    )


def alternatives(
    account_id: int, debt: Debt, asked: Asked, today: date, *, budget: Budget | None, calendar: Calendar
) -> tuple[tuple[str, Plan], ...]:
    """Three plans to lay side by side, where no number was asked for."""
    return affordability.alternatives(
        account_id,
        debt,
        first_on=asked.starts_on(today),
        budget=budget,
        rhythm=asked.rhythm,
        calendar=calendar,
    )


def findings(plan: Plan, budget: Budget | None, every: Every, checks: Sequence[Check] = ()) -> tuple[Finding, ...]:
    """What affordability and the rules of settlements say; hardship is flagged, for a person to look at."""
    found = [Finding(one.rule, one.verdict, one.why, one.citation) for one in checks]
    if budget is not None:
        usual_minor = max(row.amount_minor for row in plan.instalments)
        verdict = affordability.assess(budget, usual_minor, every)
        found.append(Finding("AFFORDABILITY", "ALLOW" if verdict.fits else "WARN", verdict.words, ""))
        if verdict.hardship:
            found.append(Finding("HARDSHIP", "WARN", "outgoings take all of the income: offer help, not pressure", ""))
    return tuple(found)
