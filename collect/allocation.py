"""Which items a payment or a credit note pays, and from which day on.

All amounts are whole minor units of one currency; an item of another currency is simply not passed in.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from collect.errors import NotFound

COMPONENTS = ("penalty", "fee", "interest", "principal")

Direction = Literal["vertical", "horizontal"]


class OpenItem(NamedTuple):
    """One amount of one component due on one day, with what is still open and how much of that is in dispute."""

    id: int
    number: str
    due_on: date
    open_minor: int
    component: str = "principal"
    disputed_minor: int = 0


class PlanDue(NamedTuple):
    """What is still unpaid of one plan instalment, and the items that its plan covers."""

    due_on: date
    open_minor: int
    item_ids: frozenset[int]


class Allocation(NamedTuple):
    """Where an amount goes: (item id, minor units) in the order of payment, and what found no item."""

    lines: tuple[tuple[int, int], ...]
    unapplied_minor: int

    @property
    def applied_minor(self) -> int:
        """What the lines add up to."""
        return sum(amount_minor for _, amount_minor in self.lines)


def allocate(
    amount_minor: int,
    items: Iterable[OpenItem],
    *,
    named: Sequence[int | str] = (),
    instalments: Iterable[PlanDue] = (),
    order: Sequence[str] = COMPONENTS,
    direction: Direction = "vertical",
    today: date | None = None,
) -> Allocation:
    """Spread a payment or credit note over open items: what the payer named, plan instalments, then oldest due first.

    `named` holds item ids or numbers, in the payer's order; only named items are paid while in dispute.
    `order` ranks the components. "vertical" finishes one instalment (document and due day) after the other,
    "horizontal" finishes one component over all of them before the next. With `today`, what is not yet due comes
    after everything that is, in either direction. Raises NotFound for a name that no open item has.
    """
    assert amount_minor >= 0, "what is allocated is a positive amount"
    queue = sorted((item for item in items if item.open_minor > 0), key=_sort_key(order, direction, today))
    purse = _Purse(amount_minor, {item.id: item.open_minor for item in queue})
    for name in named:
        chosen = [item for item in queue if name in {item.id, item.number}]
        if not chosen:
            raise NotFound(f"no open item with this number: {name}", "see 'collect item list ACCOUNT'")
        for item in chosen:
            purse.pay(item.id, item.open_minor)
    for due in sorted(instalments, key=lambda due: (due.due_on, sorted(due.item_ids))):
        left_minor = due.open_minor
        for item in queue:
            if item.id in due.item_ids:
                left_minor -= purse.pay(item.id, left_minor, keep_minor=item.disputed_minor)
    for item in queue:
        purse.pay(item.id, item.open_minor, keep_minor=item.disputed_minor)
    return Allocation(tuple((item_id, paid) for item_id, paid in purse.paid.items() if paid), purse.left_minor)


def first_day_not_overdrawn(
    amount_minor: int, item: Iterable[tuple[date, int]], credit: Iterable[tuple[date, int]]
) -> date | None:
    """The day an allocation of `amount_minor` takes effect, or None when one of the two never has that much left.

    `item` and `credit` are their dated postings as the ledger holds them, an item's own positive, a credit's own
    negative. The day is the first, not before either's own, from which neither is overdrawn then or on any later
    day; it is reckoned at the end of days, so that the order within a day does not matter.
    """
    item_on = _first_day_with(amount_minor, item)
    credit_on = _first_day_with(amount_minor, ((day, -minor) for day, minor in credit))
    return None if item_on is None or credit_on is None else max(item_on, credit_on)


def undone_on(effective_on: date, bounced_on: date | None = None) -> date:
    """The day a reversal takes effect: a mistake's on the allocation's own day, a bounce's not before the bounce."""
    return effective_on if bounced_on is None else max(effective_on, bounced_on)


def _first_day_with(amount_minor: int, postings: Iterable[tuple[date, int]]) -> date | None:
    """The first day of a posting from which the balance is at least `amount_minor` for good."""
    by_day: dict[date, int] = {}
    for day, minor in postings:
        by_day[day] = by_day.get(day, 0) + minor
    balance_minor = sum(by_day.values())
    first_on = None
    for day in sorted(by_day, reverse=True):
        if balance_minor < amount_minor:
            break
        first_on = day
        balance_minor -= by_day[day]
    return first_on


def _sort_key(
    order: Sequence[str], direction: Direction, today: date | None
) -> Callable[[OpenItem], tuple[bool | int | str | date, ...]]:
    """What makes one item paid before another; every key ends in the id, so that the result never varies."""
    rank = {component: place for place, component in enumerate(order)}

    def key(item: OpenItem) -> tuple[bool | int | str | date, ...]:
        ahead = today is not None and item.due_on > today
        place = rank.get(item.component, len(rank))
        if direction == "horizontal":
            return ahead, place, item.due_on, item.number, item.id
        return ahead, item.due_on, item.number, place, item.id

    return key


class _Purse:
    """The money not spent yet, what each item still lacks, and what it got, in the order of payment."""

    def __init__(self, amount_minor: int, open_minor: dict[int, int]) -> None:
        self.left_minor = amount_minor
        self.open_minor = open_minor
        self.paid: dict[int, int] = {}

    def pay(self, item_id: int, most_minor: int, *, keep_minor: int = 0) -> int:
        """Pay at most `most_minor`, leaving `keep_minor` of the item open; returns what was paid."""
        room_minor = max(0, self.open_minor[item_id] - max(0, keep_minor))
        paid_minor = min(self.left_minor, max(0, most_minor), room_minor)
        if paid_minor:
            self.left_minor -= paid_minor
            self.open_minor[item_id] -= paid_minor
            self.paid[item_id] = self.paid.get(item_id, 0) + paid_minor
        return paid_minor
