"""What a ledger list changes in the book: new, unchanged, changed, moved and vanished items, as plain values.

The ledger's last figure of an item is `listed`, ours is `open`; both are minor units. A list may raise what is open
beyond both (it is adjusted), or lower it by what the list itself fell since last time (it is settled in the ledger);
payments we took that the list does not show yet stand, and the item is "not yet in the ledger". What fell is first met
by such payments (`collect.unshown`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from collect.grids import LedgerRow

Key = tuple[str, str, str, str, str, str, str]
"""Account number, item or credit, document number, component, due date as stated, line, currency."""

_STATED = ("file", "terms", "days overdue")
SETTLED = "settled in the ledger"
ADJUSTED = "adjusted in the ledger"
OURS = "taken by us already"


class Held(NamedTuple):
    """An item or credit that the book has already; `listed_minor` None means no list ever showed it."""

    id: int
    account_id: int
    open_minor: int
    listed_minor: int | None
    due_on: str
    disputed: bool
    currency: str
    listed_by: int | None


class New(NamedTuple):
    """A row that opens an item or a credit."""

    row: LedgerRow
    line: str
    due_on: str
    due_from: str
    effective_on: str
    met_minor: int = 0
    """What payments of ours already meet of what the row settles, or of the credit it shows."""


class Changed(NamedTuple):
    """A held item that the list changes: what is posted on it (kind, minor units, day), and its new marks."""

    row: LedgerRow
    held: Held
    kind: str
    amount_minor: int
    day: str
    due_on: str
    listed_minor: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class When:
    """The file's day: `as_of` as the file states it ('' if it does not), else the day it is imported; ISO."""

    as_of: str
    today: str

    @property
    def day(self) -> str:
        """The day on which what the file says takes effect where it names no other."""
        return self.as_of or self.today


@dataclass(slots=True)
class Comparison:
    """What a list changes, in the order of the file."""

    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    vanished: list[tuple[Key, Held]] = field(default_factory=list)
    not_yet: int = 0
    """Items on which the list does not show our payments yet."""
    adjusted: int = 0
    """Items on which the list is higher than anything known."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a row without a due date is due, and what else the list does or does not say."""

    credit_days: Mapping[str, int | None]
    """By account number; None where the account has none of its own."""
    default_days: int = 0
    states_disputes: bool = False
    """Whether the list has a column of disputes; without one, the marks in the book stay."""


def keyed(rows: Sequence[LedgerRow]) -> Iterator[tuple[LedgerRow, Key]]:
    """Return each row with its key; rows without a number are told apart by their stable cells and a counter."""
    seen: dict[Key, int] = {}
    unlike = len(set(map(_NUMBER, rows))) == len(rows)
    for row in rows:
        account, kind, number, component, due_on, currency = _IDENTITY(row)
        line = "" if number else row.bucket or f"{row.document_on}|{row.amount_minor}"
        key = (account, kind, number, component, due_on, line, currency)
        if unlike:
            pass
        elif key in seen:
            seen[key] += 1
            key = (account, kind, number, component, due_on, f"{line}#{seen[key]}", currency)
        else:
            seen[key] = 1
        yield row, key


_NUMBER = attrgetter("number")
_IDENTITY = attrgetter("account", "kind", "number", "component", "due_on", "currency")


def compare(
    rows: Iterable[tuple[LedgerRow, Key]], held: Mapping[Key, Held], *, when: When, profile_id: int, terms: Terms
) -> Comparison:
    """Compare a list (`keyed`) with what the book holds of it and of the same profile."""
    found = Comparison()
    left = dict(held)
    unmatched: list[tuple[LedgerRow, Key]] = []
    for row, key in rows if held else ():
        one = left.pop(key, None)
        if one is None:
            unmatched.append((row, key))
        else:
            # A list that knows the bucket only can show that an item is older than thought, never that it is younger.
            due_on = min(one.due_on, _due(row, when, terms)[0]) if row.bucket else one.due_on
            _compared(found, row, one, due_on, when, terms)
    moved = _moved(unmatched, left) if left else {}
    add = found.new.append
    for row, key in unmatched if held else rows:
        stated = row.due_on and row.due_from in _STATED
        due_on, due_from = (row.due_on, "") if stated else _due(row, when, terms)
        if key in moved:
            _compared(found, row, left.pop(moved[key]), due_on, when, terms)
        else:
            begins = row.document_on if row.document_on and not when.as_of else _effective(row, due_on, when)
            add(tuple.__new__(New, (row, key[5], due_on, due_from, begins, 0)))
    found.vanished = [(key, one) for key, one in left.items() if one.listed_by == profile_id and one.listed_minor]
    return found


def listed(row: LedgerRow) -> int:
    """What the list says is open, in minor units."""
    if row.open_minor is not None:
        return row.open_minor
    return 0 if row.settled_on else row.amount_minor


def openings(new: New, when: When) -> list[tuple[str, int, str]]:
    """Postings that open a row: (kind, minor units, day); kind '' is the item's or credit's own."""
    row = new.row
    rest = row.amount_minor - listed(row) - (new.met_minor if row.kind == "item" else 0)
    lines = [("", row.amount_minor, new.effective_on)]
    if rest:
        settles = rest > 0 if row.kind == "item" else rest < 0
        day = row.settled_on or when.day
        lines.append((SETTLED if settles else ADJUSTED, -rest, max(day, new.effective_on)))
    if new.met_minor and row.kind == "credit":
        lines.append((OURS, new.met_minor, new.effective_on))
    return [line for line in lines if line[1]]


def _compared(found: Comparison, row: LedgerRow, held: Held, due_on: str, when: When, terms: Terms) -> None:
    sign = -1 if row.kind == "credit" else 1
    now, ours = sign * listed(row), sign * held.open_minor
    before = ours if held.listed_minor is None else sign * held.listed_minor
    rise = now - max(before, ours)
    fall = min(ours - now, before - now)
    kind, amount = (ADJUSTED, rise) if rise > 0 else (SETTLED, -fall) if fall > 0 else ("", 0)
    found.adjusted += rise > 0
    found.not_yet += ours + amount < now
    disputed = row.disputed if terms.states_disputes else held.disputed
    if amount or due_on != held.due_on or sign * now != held.listed_minor or disputed != held.disputed:
        day = row.settled_on or when.day
        found.changed.append(Changed(row, held, kind, sign * amount, day, due_on, sign * now, disputed))
    else:
        found.unchanged += 1


def _moved(unmatched: list[tuple[LedgerRow, Key]], left: Mapping[Key, Held]) -> dict[Key, Key]:
    """Pair rows that match nothing with items that match nothing, of one account, number, part and currency."""
    loose: dict[tuple[str, ...], list[Key]] = {}
    for key in sorted(left, key=lambda key: left[key].due_on):
        if key[2]:
            loose.setdefault((*key[:4], key[6]), []).append(key)
    pairs: dict[Key, Key] = {}
    for _, key in sorted(unmatched, key=lambda pair: pair[0].due_on):
        others = loose.get((*key[:4], key[6]))
        if others:
            pairs[key] = others.pop(0)
    return pairs


def _effective(row: LedgerRow, due_on: str, when: When) -> str:
    """Return the day an item begins: its document date, in a dated list not after the list's own day."""
    if row.document_on:
        return min(row.document_on, when.as_of) if when.as_of else row.document_on
    return min(due_on, when.day)


def _due(row: LedgerRow, when: When, terms: Terms) -> tuple[str, str]:
    """Due date and where it comes from: stated, the bucket the file put it in, credit days, or the document date."""
    if row.due_on:
        return row.due_on, "credit days" if row.due_from in {"credit days", "--credit-days"} else ""
    if row.bucket:
        return (date.fromisoformat(when.day) - timedelta(days=_first_day(row.bucket))).isoformat(), "bucket"
    own = terms.credit_days.get(row.account)
    days = terms.default_days if own is None else own
    start = date.fromisoformat(row.document_on or when.day)
    return (start + timedelta(days=days)).isoformat(), "credit days" if days else "document"


def _first_day(bucket: str) -> int:
    """Least days overdue that a bucket's name stands for: 31 for 31-60, 91 for 90+ and over 90, 0 for not due."""
    number = re.search(r"\d+", bucket)
    if not number or re.search(r"not\s+(yet\s+)?due|current|future", bucket, re.IGNORECASE):
        return 0
    days = int(number[0])
    beyond = re.search(r"over|above|more|older|beyond|>|\+", bucket, re.IGNORECASE) and days % 5 == 0
    return days + 1 if beyond else days
