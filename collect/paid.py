"""What was paid, from the ledger of postings: receipts and settlements seen in a list; never credits or write-offs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from collect.promises import Payment

RECEIPT, ALLOCATION = "receipt", "allocation"
SETTLED, ADJUSTED = "settled in the ledger", "adjusted in the ledger"


class Line(NamedTuple):
    """One posting of an account, in minor units: debt is positive, money negative."""

    id: int
    change_id: int
    item_id: int | None
    credit_id: int | None
    kind: str
    amount_minor: int
    effective_on: date
    pair_id: int | None = None
    reverses_id: int | None = None


class List(NamedTuple):
    """A list of open items that was imported: its day, and the day of the one before it."""

    on: date
    before: date | None


def payments(lines: Sequence[Line], as_of: date, lists: Mapping[int, List]) -> list[Payment]:
    """The payments in the postings of one account and currency, allocated as they were at the end of `as_of`.

    `lists` are the imports by their change: a settlement of a list's own day was paid at some time since the list
    before it. A ledger that raises an item again takes its settlements back, the newest first.
    """
    return [*_receipts(lines, as_of), *_settlements(lines, lists)]


def _receipts(lines: Sequence[Line], as_of: date) -> Iterable[Payment]:
    undone = {line.reverses_id: line.effective_on for line in lines if line.reverses_id is not None}
    went_to = {line.pair_id: line.item_id for line in lines if line.kind == ALLOCATION and line.item_id is not None}
    allocated: dict[int, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        if line.kind == ALLOCATION and line.credit_id is not None and line.effective_on <= as_of:
            allocated[line.credit_id][went_to.get(line.pair_id)] += line.amount_minor
    for line in lines:
        if line.kind != RECEIPT or line.credit_id is None or line.reverses_id is not None:
            continue
        parts = allocated[line.credit_id]
        left = -line.amount_minor - sum(parts.values())
        for item_id, minor in [*parts.items(), (None, left)]:
            if minor > 0:
                yield Payment(
                    line.effective_on, minor, item_id, reversed_on=undone.get(line.id), change_id=line.change_id
                )


def _settlements(lines: Sequence[Line], lists: Mapping[int, List]) -> Iterable[Payment]:
    settled: dict[int, list[Payment]] = defaultdict(list)
    taken_back: list[Payment] = []
    for line in sorted(lines, key=lambda one: (one.effective_on, one.id)):
        if line.item_id is None:
            continue
        if line.kind == SETTLED and line.amount_minor < 0:
            settled[line.item_id].append(_settled(line, lists.get(line.change_id)))
        elif line.kind == ADJUSTED and line.amount_minor > 0:
            taken_back += _take_back(settled[line.item_id], line)
    return [*taken_back, *(payment for own in settled.values() for payment in own)]


def _settled(line: Line, seen: List | None) -> Payment:
    since_on = None
    if seen is not None and seen.on == line.effective_on and seen.before is not None:
        since_on = seen.before + timedelta(days=1)
    return Payment(line.effective_on, -line.amount_minor, line.item_id, since_on, change_id=line.change_id, listed=True)


def _take_back(settled: list[Payment], line: Line) -> Iterable[Payment]:
    """Remove from an item's settlements what the ledger raised again, and return that as reversed that day."""
    left = line.amount_minor
    while left > 0 and settled:
        newest = settled.pop()
        part = min(left, newest.amount_minor)
        left -= part
        yield replace(newest, amount_minor=part, reversed_on=line.effective_on)
        if newest.amount_minor > part:
            settled.append(replace(newest, amount_minor=newest.amount_minor - part))
