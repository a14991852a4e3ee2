"""What a reconciliation is made of: every item and credit with its open and listed figure, and what we posted."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from collect.book import Book
from collect.reconciling import Moved, Thing

Whose = tuple[int, str]
"""Account id and currency."""


class Sides(NamedTuple):
    """Both sides of one account in one currency."""

    things: list[Thing]
    moves: list[Moved]


def last_list(book: Book) -> date | None:
    """The day of the ledger's newest list; None before the first."""
    row = book.execute(
        "SELECT MAX(CASE WHEN f.as_of <> '' THEN f.as_of ELSE substr(c.recorded_at, 1, 10) END) FROM import_file f"
        " JOIN change c ON c.id = f.change_id WHERE c.action = 'import.ledger'"
    ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def sides(book: Book, account_id: int | None = None) -> dict[Whose, Sides]:
    """Both sides of one account, or of every account where they differ."""
    things = _things(book, account_id)
    if account_id is None:
        things = {whose: some for whose, some in things.items() if _difference(some)}
    wanted = {whose[0] for whose in things}
    moves: dict[Whose, list[Moved]] = defaultdict(list)
    for whose, move in _moves(book, account_id):
        if whose[0] in wanted:
            moves[whose].append(move)
    return {whose: Sides(some, moves[whose]) for whose, some in sorted(things.items())}


def _difference(things: Iterable[Thing]) -> bool:
    return any(thing.open_minor != (thing.listed_minor or 0) for thing in things)


def _things(book: Book, account_id: int | None) -> dict[Whose, list[Thing]]:
    found: dict[Whose, list[Thing]] = defaultdict(list)
    for is_item, columns in ((1, "component, document_on, disputed"), (0, "kind, document_on, 0")):
        table = "item" if is_item else "credit"
        rows = book.execute(
            f"SELECT account_id, currency, id, number, {columns}, open_minor, listed_minor FROM {table}"
            " WHERE (open_minor <> 0 OR listed_minor <> 0) AND (:account IS NULL OR account_id = :account)"
            f" ORDER BY account_id, {'due_on, ' if is_item else ''}number, id",
            {"account": account_id},
        )
        for owner, currency, thing_id, number, kind, document_on, disputed, left, listed in rows:
            on = date.fromisoformat(document_on) if document_on else None
            thing = Thing(thing_id, bool(is_item), number, kind, on, bool(disputed), left, listed)
            found[owner, currency].append(thing)
    return found


def _moves(book: Book, account_id: int | None) -> Iterable[tuple[Whose, Moved]]:
    """Postings of ours on items and credits, with the number of the receipt or credit note behind each."""
    rows = book.execute(
        "SELECT p.account_id, p.currency, p.id, p.item_id, p.credit_id, p.kind, p.amount_minor, p.effective_on,"
        " COALESCE(c.number, q.number, ''), p.reverses_id FROM posting p"
        " LEFT JOIN posting o ON p.pair_id IS NOT NULL AND o.account_id = p.account_id AND o.pair_id = p.pair_id"
        " AND o.effective_on = p.effective_on AND o.id <> p.id"
        " LEFT JOIN credit c ON c.id = o.credit_id"
        " LEFT JOIN receipt_posting d ON d.posting_id = COALESCE(p.reverses_id, p.id)"
        " LEFT JOIN receipt r ON r.id = d.receipt_id LEFT JOIN credit q ON q.id = r.credit_id"
        " WHERE p.kind NOT IN ('invoice', 'settled in the ledger', 'adjusted in the ledger')"
        " AND (:account IS NULL OR p.account_id = :account)",
        {"account": account_id},
    )
    for owner, currency, number, item_id, credit_id, kind, minor, day, source, undoes in rows:
        thing_id, is_item = (item_id, True) if item_id else (credit_id, False)
        move = Moved(number, is_item, thing_id, kind, minor, date.fromisoformat(day), source, undoes)
        yield (owner, currency), move
