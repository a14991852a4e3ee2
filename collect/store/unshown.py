"""Find the payments of ours that no list has shown, and let them meet what a new list takes off an account."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from collect import unshown
from collect.book import Book
from collect.listing import Comparison, New, listed
from collect.records import Credit
from collect.store import accounts, payments
from collect.store import receipts as kept
from collect.store.receipts import Applied
from collect.unshown import Fall, Move, Placed, Spare

Whose = tuple[int, str]
"""Account id and currency."""


class Found(NamedTuple):
    """A fall, and where in the comparison it stands: in `new`, `changed` or `vanished`, at that place."""

    where: str
    at: int
    target: int | None
    minor: int


class Met(NamedTuple):
    """Money that is to move: from one item or from nowhere, to an item or (None) to where the list shows it."""

    credit: Credit
    item_id: int | None
    target: int | New | None
    minor: int


def meet(book: Book, compared: Comparison, *, closes: bool) -> list[Met]:
    """Take off a comparison what our own payments explain; returns the moves to make after it is written.

    `closes` says that what vanished is going to be closed.
    """
    own = _own(book, compared)
    if not own:
        return []
    met: list[Met] = []
    found, against = _falls(book, compared, own, closes=closes)
    for whose, falls in found.items():
        standing = {credit.id: kept.applied(book, whose[0], credit.id) for credit in own[whose]}
        spare = [Spare(credit.id, -credit.open_minor) for credit in own[whose] if credit.open_minor < 0]
        gaps = _gaps(book, compared, {pair.item_id for pairs in standing.values() for pair in pairs})
        placed = _placed(standing, dict(gaps))
        most = sum(one.minor for one in falls) - against.get(whose, 0)
        ours = sum(one.minor for one in spare) + sum(one.minor for one in placed)
        most = min(most, ours - _shown_on_account(book, compared, whose))
        by_id = {credit.id: credit for credit in own[whose]}
        moves = unshown.plan([Fall(one.target, one.minor) for one in falls], spare, placed, most)
        met += [_take_off(compared, falls[move.fall], move, by_id[move.credit_id]) for move in moves]
        compared.not_yet -= _closed_gaps(gaps, moves)
    return met


def move(book: Book, moves: Iterable[Met]) -> None:
    """Make the moves, each credit's in one go, after the comparison was written."""
    by_credit: dict[int, list[Met]] = {}
    for one in moves:
        if one.target is not None:
            by_credit.setdefault(one.credit.id, []).append(one)
    for some in by_credit.values():
        credit = some[0].credit
        standing = kept.applied(book, credit.account_id, credit.id)
        wanted = _sums(standing)
        for one in some:
            target = _item_id(book, credit.account_id, one.target) if isinstance(one.target, New) else one.target
            assert target is not None
            wanted[target] = wanted.get(target, 0) + one.minor
            if one.item_id is not None:
                wanted[one.item_id] -= one.minor
        payments.rearrange(book, credit, standing, wanted)


def _own(book: Book, compared: Comparison) -> dict[Whose, list[Credit]]:
    """Money and credit notes of ours that no list shows as such, oldest first, by account and currency."""
    shown = {one.held.id for one in compared.changed if one.row.kind == "credit"}
    rows = book.execute(
        "SELECT id, account_id, kind, number, currency, document_on, open_minor, open_minor FROM credit"
        " WHERE listed_minor IS NULL AND profile_id IS NULL ORDER BY document_on, id"
    )
    found: dict[Whose, list[Credit]] = {}
    for *head, document_on, left, amount in rows:
        credit = Credit._make((*head, date.fromisoformat(document_on), left, amount))
        if credit.id in shown:
            continue
        found.setdefault((credit.account_id, credit.currency), []).append(credit)
    return found


def _falls(
    book: Book, compared: Comparison, own: Mapping[Whose, list[Credit]], *, closes: bool
) -> tuple[dict[Whose, list[Found]], dict[Whose, int]]:
    """What the list takes off the accounts that have money of ours, and what it adds to them without a new document.

    A bill that falls because a credit of the ledger's own was applied to it is no fall of the account; nor is what
    was settled before the first money of ours came.
    """
    ids = accounts.ids_by_number(book)
    found: dict[Whose, list[Found]] = {}
    against: dict[Whose, int] = {}

    def note(whose: Whose, fall: Found, settled_on: str = "") -> None:
        if whose not in own or (settled_on and settled_on < own[whose][0].document_on.isoformat()):
            return
        if fall.minor > 0:
            found.setdefault(whose, []).append(fall)
        else:
            against[whose] = against.get(whose, 0) - fall.minor

    for at, changed in enumerate(compared.changed):
        held = changed.held
        target = held.id if changed.row.kind == "item" else None
        fall = Found("changed", at, target, -changed.amount_minor)
        note((held.account_id, held.currency), fall, changed.row.settled_on)
    for at, new in enumerate(compared.new):
        row = new.row
        minor = max(0, row.amount_minor - listed(row)) if row.kind == "item" else -listed(row)
        if minor:
            fall = Found("new", at, 0 if row.kind == "item" else None, minor)
            note((ids.get(row.account, 0), row.currency), fall, row.settled_on)
    for at, (key, held) in enumerate(compared.vanished):
        if key[1] == "credit" or closes:
            target = held.id if key[1] == "item" else None
            note((held.account_id, held.currency), Found("vanished", at, target, held.open_minor))
    return found, against


def _placed(standing: Mapping[int, list[Applied]], gaps: dict[int, int | None]) -> list[Placed]:
    """Money of ours on items that the list does not show there; the latest is what it has not seen."""
    found = []
    pairs = [(pair.item_posting_id, credit_id, pair) for credit_id, some in standing.items() for pair in some]
    for _, credit_id, pair in sorted(pairs, reverse=True):
        gap = gaps.get(pair.item_id)
        minor = pair.amount_minor if gap is None else min(pair.amount_minor, gap)
        if minor > 0:
            found.append(Placed(credit_id, pair.item_id, minor))
            if gap is not None:
                gaps[pair.item_id] = gap - minor
    return found


def _closed_gaps(gaps: Mapping[int, int | None], moves: Iterable[Move]) -> int:
    """How many items stand as the list has them once the moves are made."""
    taken: dict[int, int] = {}
    for move in moves:
        if move.item_id is not None:
            taken[move.item_id] = taken.get(move.item_id, 0) + move.minor
    return sum(gaps[item_id] == minor for item_id, minor in taken.items())


def _gaps(book: Book, compared: Comparison, ids: set[int]) -> dict[int, int | None]:
    """By item, how much higher the list stands than we do; None: the list does not know the item at all."""
    wanted = ",".join(map(str, ids))
    rows = book.execute(f"SELECT id, open_minor, listed_minor FROM item WHERE id IN ({wanted})").fetchall()
    changed = {one.held.id: one for one in compared.changed if one.row.kind == "item" and one.held.id in ids}
    gone = {held.id for key, held in compared.vanished if key[1] == "item"}
    gaps: dict[int, int | None] = {}
    for item_id, open_minor, listed_minor in rows:
        if item_id in changed:
            one = changed[item_id]
            gaps[item_id] = one.listed_minor - open_minor - one.amount_minor
        elif item_id in gone:
            gaps[item_id] = 0
        else:
            gaps[item_id] = None if listed_minor is None else listed_minor - open_minor
    return gaps


def _shown_on_account(book: Book, compared: Comparison, whose: Whose) -> int:
    """How much more money on account the ledger shows than we hold as its own: that is ours, seen already."""
    now = {one.held.id: -one.listed_minor for one in compared.changed if one.row.kind == "credit"}
    now |= {held.id: 0 for key, held in compared.vanished if key[1] == "credit"}
    rows = book.execute(
        "SELECT id, -open_minor, -listed_minor FROM credit WHERE account_id = ? AND currency = ?"
        " AND listed_minor IS NOT NULL",
        whose,
    )
    return sum(max(0, min(before, now.get(credit_id, before)) - held) for credit_id, held, before in rows)


def _take_off(compared: Comparison, fall: Found, move: Move, credit: Credit) -> Met:
    """Take what our money meets off the line of the comparison."""
    target: int | New | None = fall.target
    if fall.where == "new":
        new = compared.new[fall.at]
        compared.new[fall.at] = new._replace(met_minor=new.met_minor + move.minor)
        target = compared.new[fall.at] if new.row.kind == "item" else None
    elif fall.where == "vanished":
        key, held = compared.vanished[fall.at]
        compared.vanished[fall.at] = (key, held._replace(open_minor=held.open_minor - move.minor))
    else:
        one = compared.changed[fall.at]
        rest = one.amount_minor + move.minor
        compared.changed[fall.at] = one._replace(amount_minor=rest, kind=one.kind if rest else "")
    return Met(credit, move.item_id, target, move.minor)


def _item_id(book: Book, account_id: int, new: New) -> int:
    row = new.row
    found: int = book.execute(
        "SELECT id FROM item WHERE account_id = ? AND number = ? AND component = ? AND due_stated = ? AND line = ?",
        (account_id, row.number, row.component, row.due_on, new.line),
    ).fetchone()[0]
    return found


def _sums(standing: Iterable[Applied]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for pair in standing:
        sums[pair.item_id] = sums.get(pair.item_id, 0) + pair.amount_minor
    return sums
