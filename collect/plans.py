"""Payment plans: a debt spread over dated instalments; `progress` says how one stands.

All amounts are whole minor units of the plan's one currency.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from collect import schedule
from collect.errors import WrongUsage
from collect.instalments import Instalment, Interest, Odd, Parts, equal, numbered, stepped
from collect.schedule import AS_IT_FALLS, MONTHLY, Calendar, Rhythm

Kind = Literal["plan", "settlement"]


@dataclass(frozen=True, slots=True)
class Debt:
    """What a plan covers: an amount in one currency, open on those items."""

    currency: str
    amount_minor: int
    item_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Instalments agreed, or proposed while `agreed_on` is None, for the debt on `item_ids`.

    Their principal sums to the debt less what a settlement waives. `replaces` is the id of the plan it re-agrees;
    that one is superseded. `change_id` is the change that agreed it: it orders plan and payments within one day.
    """

    account_id: int
    currency: str
    debt_minor: int
    instalments: tuple[Instalment, ...]
    item_ids: frozenset[int] = frozenset()
    kind: Kind = "plan"
    waived_minor: int = 0
    interest: Interest | None = None
    id: int | None = None
    agreed_on: date | None = None
    needs_approval: bool = False
    approved_on: date | None = None
    cancelled_on: date | None = None
    superseded_on: date | None = None
    replaces: int | None = None
    change_id: int = 0

    def __post_init__(self) -> None:
        """Hold the laws of a schedule."""
        days = [one.due_on for one in self.instalments]
        assert days == sorted(set(days)), "instalments follow one another"
        assert all(one.amount_minor >= one.interest_minor >= 0 < one.amount_minor for one in self.instalments)
        principal_minor = sum(one.principal_minor for one in self.instalments)
        assert principal_minor == self.debt_minor - self.waived_minor, "instalments sum to the debt"

    def replacing(self, plan_id: int | None) -> "Plan":
        """The same in place of the plan of that id."""
        return replace(self, replaces=plan_id)

    @property
    def total_minor(self) -> int:
        """What the debtor pays in all, interest included."""
        return sum(one.amount_minor for one in self.instalments)

    @property
    def interest_minor(self) -> int:
        """What the plan costs the debtor beyond the debt."""
        return sum(one.interest_minor for one in self.instalments)


def debt_of(items: Iterable[tuple[int, str, int]]) -> Debt:
    """The debt on items given as (id, currency, open minor units); WrongUsage for two currencies or nothing open."""
    open_items = [item for item in items if item[2] > 0]
    currencies = sorted({currency for _, currency, _ in open_items})
    if not currencies:
        raise WrongUsage("nothing open to make a plan for", "see 'collect item list ACCOUNT'")
    if len(currencies) > 1:
        hint = "make one plan for each with --currency"
        raise WrongUsage(f"a plan over two currencies: {', '.join(currencies)}", hint)
    return Debt(
        currencies[0], sum(minor for _, _, minor in open_items), frozenset(number for number, _, _ in open_items)
    )


def propose(
    account_id: int,
    debt: Debt,
    *,
    first_on: date | None = None,
    count: int | None = None,
    each_minor: int | None = None,
    dates: Sequence[date] = (),
    rhythm: Rhythm = MONTHLY,
    down_minor: int = 0,
    calendar: Calendar = AS_IT_FALLS,
    odd: Odd = "last",
    interest: Interest | None = None,
    from_on: date | None = None,
) -> Plan:
    """A plan by the number of instalments, by the amount of each, or on given dates: one of the three.

    A first payment of `down_minor` falls on the first day and comes on top of `count`. Equal parts leave odd minor
    units, which go to the last instalment, or the first; parts of a given amount leave a smaller last one. Interest
    runs from `from_on`, or the first day; after a first payment, from that day on the rest. Raises WrongUsage.
    """
    if (count is not None) + (each_minor is not None) + bool(dates) != 1 or (first_on is None) == (not dates):
        raise WrongUsage("a plan goes by number, by amount or by dates", "give one of --count and --amount")
    if not 0 <= down_minor <= debt.amount_minor:
        raise WrongUsage("a first payment larger than the debt", "take it with 'collect pay'")
    down = ((down_minor, 0),) if down_minor else ()
    if first_on is None:
        due = schedule.shifted(schedule.given(dates), calendar)
    else:
        due = schedule.days(first_on, schedule.MOST if count is None else count + len(down), rhythm, calendar)
    start_on = due[0] if down else min(from_on or due[0], due[0])
    rest_minor, later = debt.amount_minor - down_minor, due[len(down) :]
    parts: Parts = ()
    if rest_minor and each_minor is not None:
        parts = stepped(rest_minor, each_minor, later, start_on, interest)
    elif rest_minor:
        parts = equal(rest_minor, later, start_on, interest, odd)
    rows = numbered(due, down + parts)
    return Plan(account_id, debt.currency, debt.amount_minor, rows, debt.item_ids, interest=interest)
