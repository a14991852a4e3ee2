"""Promises to pay: what became of each, on any day, worked out from dates and payments and never stored.

All amounts are whole minor units of one currency; the promises and payments are those of one account in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from collect.errors import WrongUsage

State = Literal["open", "kept", "partly kept", "broken", "withdrawn", "superseded", "unverified"]

_END_OF_DAY = 2**63


@dataclass(frozen=True, slots=True)
class Promise:
    """So much by that day, said in a contact; without `item_ids` it is about the account as a whole.

    `change_id` is the change that recorded it: it orders promises and payments within one day.
    """

    id: int
    made_on: date
    due_on: date
    amount_minor: int
    contact_id: int | None = None
    item_ids: frozenset[int] = frozenset()
    withdrawn_on: date | None = None
    change_id: int = 0

    @property
    def remind_on(self) -> date:
        """The day of the one reminder, if one is wanted."""
        return self.due_on - timedelta(days=1)

    @property
    def chase_on(self) -> date:
        """The first day on which the debtor may be chased again; until then the account is quiet."""
        return self.due_on + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received, or a settlement seen in the ledger: never a credit note, a waiver or a write-off.

    `paid_on` is the day the money came in, whenever it was allocated; `item_id` what it went to, None while it is
    unapplied. `since_on` is the first day it can have been paid, where a list shows only that it was settled since
    the list before; `listed` says that it was a list that showed it. From `reversed_on` on it counts for nothing (a
    mistake: its own day; a bounce: the bounce's).
    """

    paid_on: date
    amount_minor: int
    item_id: int | None = None
    since_on: date | None = None
    reversed_on: date | None = None
    change_id: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Days a payment may come after the promised one, and the share of the amount in percent that is keeping it."""

    tolerance_days: int = 3
    kept_percent: int = 100

    def last_on(self, promise: Promise) -> date:
        """The last day on which a payment still counts; the promise is broken from the day after."""
        return promise.due_on + timedelta(days=self.tolerance_days)

    def needed_minor(self, promise: Promise) -> int:
        """The least that keeps the promise, rounded up to a whole minor unit."""
        return -(-promise.amount_minor * self.kept_percent // 100)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a promise has come to on a day, and since when; `level` says how often that debt was promised."""

    promise: Promise
    state: State
    since_on: date
    level: int
    paid_minor: int

    @property
    def missing_minor(self) -> int:
        """What was promised and not paid."""
        return self.promise.amount_minor - self.paid_minor


class _Moment(NamedTuple):
    """A point in the order of events."""

    day: date
    change_id: int = _END_OF_DAY


class _Close(NamedTuple):
    """When and how a promise ended before its day."""

    at: _Moment
    state: Literal["withdrawn", "superseded"]


DEFAULT_RULES = Rules()


def check(promise: Promise) -> None:
    """Raise WrongUsage for a promise that cannot mean anything."""
    if promise.amount_minor <= 0:
        raise WrongUsage(f"not an amount to promise: {promise.amount_minor}", "promise more than nothing")
    if promise.due_on < promise.made_on:
        raise WrongUsage(f"promised for a day that was over: {promise.due_on}", "give a day from the contact's on")


def evaluate(
    promises: Iterable[Promise],
    payments: Iterable[Payment],
    as_of: date,
    *,
    rules: Rules = DEFAULT_RULES,
    listed_on: date | None = None,
) -> tuple[Standing, ...]:
    """Every promise made by `as_of`, in the order made, with what it had come to at the end of that day.

    A payment counts from the day the promise was made through its day plus tolerance, once, for the promise due
    first. `listed_on` is the date of the newest ledger list, None where payments do not come from lists: an unmet
    promise which that list is too old to tell about is "unverified". A new promise for the same debt supersedes the
    open one; its level is one above any promise for that debt that was not kept by then. Promises made in one
    contact are parts of one another and stand side by side.
    """
    made = sorted((one for one in promises if one.made_on <= as_of), key=_made)
    money = sorted(payments, key=lambda one: (one.item_id is None, one.paid_on, one.change_id))
    closes = {
        one.id: _Close(_Moment(one.withdrawn_on), "withdrawn")
        for one in made
        if one.withdrawn_on is not None and one.withdrawn_on <= as_of
    }
    levels = _supersede(made, money, closes, rules)
    counted = _count(made, money, closes, _Moment(as_of), rules)
    standings = []
    for one in made:
        state, since_on = _state(
            one, counted[one.id], closes.get(one.id), as_of=as_of, rules=rules, listed_on=listed_on
        )
        standings.append(Standing(one, state, since_on, levels[one.id], _sum(counted[one.id])))
    return tuple(standings)


def quiet(standings: Iterable[Standing], today: date) -> Standing | None:
    """The open promise that keeps the account quiet today: the one that does so longest."""
    waiting = [one for one in standings if one.state == "open" and today < one.promise.chase_on]
    return max(waiting, key=lambda one: one.promise.due_on, default=None)


def _made(promise: Promise) -> tuple[date, int, int]:
    return promise.made_on, promise.change_id, promise.id


def _together(one: Promise, other: Promise) -> bool:
    """Whether both were made in one contact."""
    return one.contact_id is not None and one.contact_id == other.contact_id


def _sum(counted: Iterable[tuple[date, int]]) -> int:
    return sum(minor for _, minor in counted)


def _same_debt(one: Promise, other: Promise) -> bool:
    return not one.item_ids or not other.item_ids or not one.item_ids.isdisjoint(other.item_ids)


def _supersede(
    made: Sequence[Promise], money: Sequence[Payment], closes: dict[int, _Close], rules: Rules
) -> dict[int, int]:
    """The level of every promise; adds to `closes` those that a later one superseded."""
    levels: dict[int, int] = {}
    heir: dict[int, Promise] = {}
    for place, new in enumerate(made):
        at = _Moment(new.made_on, new.change_id)
        levels[new.id] = 1
        earlier = [
            one
            for one in made[:place]
            if _same_debt(one, new) and not _together(one, new) and (one.id not in heir or _together(heir[one.id], new))
        ]
        counted = _count(made[:place], money, closes, at, rules) if earlier else {}
        for one in earlier:
            if _sum(counted[one.id]) >= rules.needed_minor(one):
                continue
            heir.setdefault(one.id, new)
            levels[new.id] = max(levels[new.id], levels[one.id] + 1)
            if one.id not in closes or closes[one.id].at > at:
                closes[one.id] = _Close(at, "superseded")
    return levels


def _count(
    made: Sequence[Promise],
    money: Iterable[Payment],
    closes: Mapping[int, _Close],
    at: _Moment,
    rules: Rules,
) -> dict[int, list[tuple[date, int]]]:
    """Days and amounts of the payments that count for each promise at that moment, no money counted twice.

    What a promise needs to be kept comes before what others lack beyond that, so that a promise of the rest gets it.
    """
    counted: dict[int, list[tuple[date, int]]] = {one.id: [] for one in made}
    first_due = sorted(made, key=lambda one: (one.due_on, _made(one)))
    slots = [(one, rules.needed_minor(one)) for one in first_due]
    slots += [(one, one.amount_minor - needed_minor) for one, needed_minor in reversed(slots)]
    lacking = [minor for _, minor in slots]
    for payment in money:
        paid_at = _Moment(payment.paid_on, payment.change_id)
        if paid_at > at or (payment.reversed_on is not None and payment.reversed_on <= at.day):
            continue
        left_minor = payment.amount_minor
        for slot, (promise, _) in enumerate(slots):
            share_minor = min(left_minor, lacking[slot])
            if share_minor > 0 and _fits(payment, promise, closes.get(promise.id), rules):
                left_minor -= share_minor
                lacking[slot] -= share_minor
                counted[promise.id].append((payment.paid_on, share_minor))
    return counted


def _fits(payment: Payment, promise: Promise, close: _Close | None, rules: Rules) -> bool:
    """Whether the payment is for the promised debt, and came while the promise stood."""
    if promise.item_ids and payment.item_id is not None and payment.item_id not in promise.item_ids:
        return False
    if close is not None and _Moment(payment.paid_on, payment.change_id) > close.at:
        return False
    if payment.listed and payment.change_id < promise.change_id:
        return False  # the list had shown it before the promise was made: what was promised is the rest
    return promise.made_on <= payment.paid_on and (payment.since_on or payment.paid_on) <= rules.last_on(promise)


def _state(
    promise: Promise,
    counted: Iterable[tuple[date, int]],
    close: _Close | None,
    *,
    as_of: date,
    rules: Rules,
    listed_on: date | None,
) -> tuple[State, date]:
    """The state at the end of `as_of` and the day it began."""
    last_on, paid_minor = rules.last_on(promise), 0
    for day, minor in sorted(counted):
        paid_minor += minor
        if paid_minor >= rules.needed_minor(promise):
            return "kept", day
    if close is not None and close.at.day <= last_on:
        return close.state, close.at.day
    if as_of <= last_on:
        return "open", promise.made_on
    since_on = last_on + timedelta(days=1)
    if listed_on is not None and listed_on < last_on:
        return "unverified", since_on
    return ("partly kept" if paid_minor else "broken"), since_on
