"""Our balance of an account beside the ledger's last figure, and the difference explained line by line.

Amounts are minor units with the sign they have in our balance: a payment of ours that the ledger does not show is
negative. The difference is the sum of the lines, to the last minor unit; what nothing explains is a line that says so.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

UNEXPLAINED = "unexplained"

# What a posting of ours is, when the ledger does not show it.
_OURS = {
    "allocation": "payment not yet in the ledger",
    "tds": "TDS not yet in the ledger",
    "bank charge": "bank charge not yet in the ledger",
    "discount": "discount not yet in the ledger",
    "deduction": "deduction not yet in the ledger",
    "small difference": "small difference we wrote off",
    "write-off": "written off by us",
    "waiver": "waived by us",
}
_ON_CREDIT = {
    "allocation": "applied by us, on account in the ledger",
    "taken by us already": "payment of ours, on account in the ledger",
}
_TAKEN_BACK = "taken back, not yet in the ledger"


class Thing(NamedTuple):
    """An item or a credit: what is open with us, and what the ledger showed last (None: it never did)."""

    id: int
    is_item: bool
    number: str
    kind: str
    """The component of an item, the kind of a credit."""
    document_on: date | None
    disputed: bool
    open_minor: int
    listed_minor: int | None


class Moved(NamedTuple):
    """A posting on an item or a credit; `source` is the receipt or credit note behind it."""

    id: int
    is_item: bool
    thing_id: int
    kind: str
    amount_minor: int
    effective_on: date
    source: str = ""
    undoes: int | None = None
    """The posting that it takes back."""


class Line(NamedTuple):
    """One reason why our figure is not the ledger's."""

    number: str
    kind: str
    amount_minor: int
    on: date | None = None
    source: str = ""
    note: str = ""


class Reconciled(NamedTuple):
    """One account in one currency."""

    currency: str
    ours_minor: int
    ledger_minor: int
    lines: tuple[Line, ...]

    @property
    def difference_minor(self) -> int:
        """Ours less the ledger's."""
        return self.ours_minor - self.ledger_minor

    @property
    def unexplained_minor(self) -> int:
        """What nothing explains."""
        return sum(line.amount_minor for line in self.lines if line.kind == UNEXPLAINED)


def reconcile(currency: str, things: Sequence[Thing], moves: Iterable[Moved], listed_on: date | None) -> Reconciled:
    """Explain the difference of one account and currency; `listed_on` is the day of the ledger's last list."""
    by_thing: dict[tuple[bool, int], list[Moved]] = {}
    for move in moves:
        by_thing.setdefault((move.is_item, move.thing_id), []).append(move)
    lines: list[Line] = []
    for thing in things:
        rest = thing.open_minor - (thing.listed_minor or 0)
        if rest and thing.listed_minor is None:
            lines.append(_never_listed(thing, listed_on))
        elif rest:
            lines += _differs(thing, rest, by_thing.get((thing.is_item, thing.id), []), listed_on)
    ours = sum(thing.open_minor for thing in things)
    ledger = sum(thing.listed_minor or 0 for thing in things)
    assert ours - ledger == sum(line.amount_minor for line in lines), "every difference is a line"
    return Reconciled(currency, ours, ledger, tuple(lines))


def _never_listed(thing: Thing, listed_on: date | None) -> Line:
    """A bill that no list ever showed, or money that is not applied."""
    kind = (
        _OURS["allocation"]
        if thing.kind == "receipt"
        else f"{'item' if thing.is_item else thing.kind} not in the ledger"
    )
    note = _note(thing, thing.document_on, listed_on)
    return Line(thing.number, kind, thing.open_minor, thing.document_on, "", note)


def _differs(thing: Thing, rest: int, moves: Sequence[Moved], listed_on: date | None) -> Iterable[Line]:
    """Explain a listed item or credit by our own postings on it, the latest first: the ledger shows the older ones.

    Where we are lower than the ledger, that is what we took off and it does not show; where we are higher, what we
    took back and it still shows.
    """
    undone = {move.undoes for move in moves}
    for move in sorted(moves, key=lambda one: -one.id):
        kind = _explains(thing, move, rest, is_undone=move.id in undone)
        if kind:
            part = min(rest, move.amount_minor, key=abs)
            rest -= part
            yield Line(
                thing.number, kind, part, move.effective_on, move.source, _note(thing, move.effective_on, listed_on)
            )
    if rest:
        where = "lower" if rest < 0 else "higher"
        notes = filter(None, [f"{where} with us than in the ledger", _note(thing, None, None)])
        yield Line(thing.number, UNEXPLAINED, rest, None, "", ", ".join(notes))


def _explains(thing: Thing, move: Moved, rest: int, *, is_undone: bool) -> str:
    """What a posting explains of a difference; empty where it explains nothing."""
    if not rest or (move.amount_minor > 0) != (rest > 0) or is_undone:
        return ""
    if not thing.is_item:
        return _ON_CREDIT.get(move.kind, "")
    if move.undoes is not None:
        return _TAKEN_BACK if move.kind in _OURS else ""
    return _OURS.get(move.kind, "")


def _note(thing: Thing, on: date | None, listed_on: date | None) -> str:
    """Why a difference may pass by itself: a dispute, or a day after the ledger's last list."""
    notes = ["disputed"] if thing.disputed else []
    if on is not None and listed_on is not None and on > listed_on:
        notes.append("timing: after the ledger's last list")
    return ", ".join(notes)
