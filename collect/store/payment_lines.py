"""Lines of payment lists: which were seen, what became of each, and what is needed to say whose they are."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from collect import matching, receipts
from collect.book import Book
from collect.errors import NotFound
from collect.matching import Debtor, Matcher, Owed
from collect.payment_rows import Paid
from collect.receipts import Receipt
from collect.store import receipts as kept

NEAR_DAYS = 3
"""Days between a payment we took by hand and the bank's line of it."""
_REMEMBERED = 20_000
"""Lines, from the newest, that teach who pays for whom."""
_TELLING = 6
"""Letters and digits of a reference that make it one of a kind."""

_LINE = "l.row, l.paid_on, l.currency, l.amount_minor, l.mode, l.reference, l.payer, l.account, l.number, l.narration"


class Waiting(NamedTuple):
    """A line that nobody has decided on yet, by its number."""

    id: int
    line: Paid


def add_file(book: Book, name: str, digest: str) -> int:
    """Record a file; returns its id."""
    cursor = book.execute(
        "INSERT INTO payment_file (file, digest, change_id) VALUES (?, ?, ?)", (name, digest, book.writing.id)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def seen(book: Book, key: str, nth: int) -> bool:
    """Whether a line came in an earlier list: so many of that key are known."""
    sql = "SELECT 1 FROM payment_line WHERE line_key = ? AND nth = ?"
    return book.execute(sql, (key, nth)).fetchone() is not None


def add(book: Book, file_id: int, line: Paid, key: str, nth: int) -> int:
    """Keep a line; returns its number."""
    cursor = book.execute(
        "INSERT INTO payment_line (file_id, line_key, nth, row, paid_on, currency, amount_minor, mode, reference,"
        " payer, account, number, narration) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (file_id, key, nth, *line),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def decide(book: Book, line_id: int, kind: str, receipt: Receipt | None = None, reason: str = "") -> None:
    """Say what became of a line: taken (a new receipt), known (a receipt there was), ignored."""
    book.execute(
        "INSERT INTO payment_decision (line_id, kind, receipt_id, reason, change_id) VALUES (?, ?, ?, ?, ?)",
        (line_id, kind, receipt.id if receipt else None, reason, book.writing.id),
    )


def undecided(book: Book) -> list[Waiting]:
    """Lines nobody has decided on, the oldest first."""
    rows = book.execute(
        f"SELECT l.id, {_LINE} FROM payment_line l WHERE NOT EXISTS"
        " (SELECT 1 FROM payment_decision d WHERE d.line_id = l.id) ORDER BY l.paid_on, l.id"
    )
    return [Waiting(number, Paid._make(rest)) for number, *rest in rows]


def waiting(book: Book, number: int) -> Waiting:
    """The undecided line of that number; NotFound otherwise."""
    found = next((one for one in undecided(book) if one.id == number), None)
    if found is None:
        raise NotFound(f"no undecided line: {number}", "see 'collect payment unmatched'")
    return found


def matcher(book: Book) -> Matcher:
    """All accounts and what they owe, ready to be matched."""
    names: dict[int, list[str]] = defaultdict(list)
    numbers: dict[int, str] = {}
    for account_id, number, name in book.execute("SELECT id, number, name FROM account"):
        numbers[account_id] = number
        names[account_id].append(name)
    for account_id, name in book.execute("SELECT account_id, name FROM account_name"):
        names[account_id].append(name)
    debtors = [Debtor(account_id, number, tuple(names[account_id])) for account_id, number in numbers.items()]
    owed = book.execute("SELECT account_id, number, currency, open_minor FROM item")
    return Matcher(debtors, map(Owed._make, owed), _payers(book))


def same_reference(book: Book, line: Paid) -> Receipt | None:
    """The receipt that was given for this very line before: same reference, money, and no line of its own yet."""
    key = receipts.key(line.reference)
    if len(key) < _TELLING:
        return None
    return _first(book, "r.reference_key = ?", (key,), line)


def taken_by_hand(book: Book, account_id: int, line: Paid) -> Receipt | None:
    """A receipt of that account that is surely this line: the money, days apart at most, references that agree."""
    day = date.fromisoformat(line.paid_on)
    near = ((day + timedelta(days)).isoformat() for days in (-NEAR_DAYS, NEAR_DAYS))
    key = receipts.key(line.reference)
    where = "r.account_id = ? AND r.received_on BETWEEN ? AND ? AND r.reference_key IN (?, '')"
    found = _first(book, where, (account_id, *near, key), line)
    if found is None and not key:
        near = ((day + timedelta(days)).isoformat() for days in (-NEAR_DAYS, NEAR_DAYS))
        found = _first(book, "r.account_id = ? AND r.received_on BETWEEN ? AND ?", (account_id, *near), line)
    return found


def _first(book: Book, where: str, values: tuple[Any, ...], line: Paid) -> Receipt | None:
    """The first standing receipt of that amount that no line belongs to yet."""
    row = book.execute(
        f"SELECT r.series, r.no FROM receipt r WHERE {where} AND r.currency = ? AND r.amount_minor = ?"
        " AND NOT EXISTS (SELECT 1 FROM receipt_event e WHERE e.receipt_id = r.id AND e.kind = 'reversed')"
        " AND NOT EXISTS (SELECT 1 FROM payment_decision d WHERE d.receipt_id = r.id) ORDER BY r.received_on, r.id",
        (*values, line.currency, line.amount_minor),
    ).fetchone()
    return kept.get(book, receipts.numbered(*row)) if row else None


def _payers(book: Book) -> dict[str, frozenset[int]]:
    """Who paid for which accounts before, from the lines that were decided."""
    rows = book.execute(
        f"SELECT r.account_id, {_LINE} FROM payment_decision d JOIN payment_line l ON l.id = d.line_id"
        " JOIN receipt r ON r.id = d.receipt_id ORDER BY d.line_id DESC LIMIT ?",
        (_REMEMBERED,),
    )
    found: dict[str, set[int]] = defaultdict(set)
    for account_id, *rest in rows:
        if key := matching.payer_key(Paid._make(rest)):
            found[key].add(account_id)
    return {key: frozenset(ids) for key, ids in found.items()}
