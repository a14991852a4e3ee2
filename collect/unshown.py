"""Payments of ours that a ledger had not shown yet meet what has fallen in it, before anything is called settled.

We took 500 and put it on one bill; the ledger books it on another, or on account. Per account and currency the fall
in the list is our own payment: it moves to where the ledger has it. All amounts are positive minor units.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Fall(NamedTuple):
    """What a list takes off one line; `target` is the item to pay, None where the list shows money on account."""

    target: int | None
    minor: int


class Spare(NamedTuple):
    """Money of ours that is not applied to anything."""

    credit_id: int
    minor: int


class Placed(NamedTuple):
    """Money of ours on an item, as far as the list does not show it there."""

    credit_id: int
    item_id: int
    minor: int


class Move(NamedTuple):
    """Money of a credit that meets the fall numbered `fall`; it leaves `item_id`, or was not applied (None)."""

    fall: int
    credit_id: int
    item_id: int | None
    minor: int


def plan(falls: Sequence[Fall], spare: Iterable[Spare], placed: Iterable[Placed], most_minor: int) -> list[Move]:
    """Meet falls with our money, at most `most_minor`: equal amounts first, then in the order given.

    Money that is not applied goes before money that has to be moved.
    """
    sources = [[one.credit_id, None, one.minor] for one in spare] + [[*one] for one in placed]
    left = [one.minor for one in falls]
    moves: list[Move] = []

    def meet(at: int, source: list[int | None]) -> None:
        nonlocal most_minor
        credit_id, item_id, held = source
        assert credit_id is not None
        assert held is not None
        minor = min(left[at], held, most_minor)
        if minor <= 0 or (item_id is not None and item_id == falls[at].target):
            return
        moves.append(Move(at, credit_id, item_id, minor))
        left[at] -= minor
        source[2] = held - minor
        most_minor -= minor

    for at, fall in enumerate(falls):
        equal = next((source for source in sources if source[2] == fall.minor <= most_minor), None)
        if equal is not None:
            meet(at, equal)
    for at in range(len(falls)):
        for source in sources:
            meet(at, source)
    return moves
