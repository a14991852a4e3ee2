"""Receipts as they stand: found by number, listed, with where their money went and what became of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from collect import receipts
from collect.book import Book
from collect.errors import NotFound
from collect.receipts import Line, Place, Receipt
from collect.records import Account

_SELECT = (
    "SELECT r.id, r.series, r.no, r.account_id, r.credit_id, r.currency, r.amount_minor, r.mode, r.reference, r.payer,"
    " r.received_on, r.agent, r.change_id, c.open_minor,"
    " (SELECT e.happened_on FROM receipt_event e WHERE e.receipt_id = r.id AND e.kind = 'deposited'),"
    " (SELECT e.happened_on FROM receipt_event e WHERE e.receipt_id = r.id AND e.kind = 'cleared'),"
    " v.happened_on, v.reason FROM receipt r JOIN credit c ON c.id = r.credit_id"
    " LEFT JOIN receipt_event v ON v.receipt_id = r.id AND v.kind = 'reversed'"
)


_NEVER_CAME = ", ".join(f"'{reason}'" for reason, came in receipts.REASONS.items() if not came)
TAKEN_BACK = (
    "EXISTS (SELECT 1 FROM receipt_event v WHERE v.receipt_id = r.id AND v.kind = 'reversed'"
    f" AND (v.happened_on <= :day OR v.reason IN ({_NEVER_CAME})))"
)
"""Whether receipt `r` was taken back by the end of `:day`; where the money never came, whenever that was found."""


class Applied(NamedTuple):
    """Money of a credit that stands on an item: the two postings of the pair, and since when."""

    item_posting_id: int
    credit_posting_id: int
    item_id: int
    amount_minor: int
    effective_on: date


class Taken(NamedTuple):
    """What was taken off an item with a receipt beside money: its posting, which line of the receipt, since when."""

    posting_id: int
    line: int
    kind: str
    item_id: int
    amount_minor: int
    effective_on: date


def get(book: Book, number: str) -> Receipt:
    """Return the receipt of that number, with its lines; NotFound otherwise."""
    series, no = receipts.taken_apart(number, book.setting("receipt.series"))
    row = book.execute(f"{_SELECT} WHERE r.series = ? AND r.no = ?", (series, no)).fetchone()
    if row is None:
        raise NotFound(f"no such receipt: {number}", "see 'collect payment list'")
    return _receipt(row)._replace(lines=lines_of(book, row[0]))


def listed(
    book: Book, account: Account | None = None, first: date | None = None, last: date | None = None
) -> list[Receipt]:
    """Receipts received from `first` to `last`, of one account or of all, in the order they were numbered."""
    rows = book.execute(
        f"{_SELECT} WHERE (:account IS NULL OR r.account_id = :account) AND r.received_on BETWEEN :first AND :last"
        " ORDER BY r.series, r.no",
        {
            "account": account.id if account else None,
            "first": (first or date.min).isoformat(),
            "last": (last or date.max).isoformat(),
        },
    )
    return [_receipt(row) for row in rows]


def lines_of(book: Book, receipt_id: int) -> tuple[Line, ...]:
    """Lines of a receipt, the money first."""
    rows = book.execute(
        "SELECT kind, amount_minor, reason FROM receipt_line WHERE receipt_id = ? ORDER BY line", (receipt_id,)
    )
    return tuple(map(Line._make, rows))


def applied(book: Book, account_id: int, credit_id: int) -> list[Applied]:
    """Where the money of a credit stands now, in the order it was applied."""
    rows = book.execute(
        "SELECT i.id, c.id, i.item_id, c.amount_minor, c.effective_on FROM posting c JOIN posting i"
        " ON i.account_id = c.account_id AND i.effective_on = c.effective_on AND i.pair_id = c.pair_id"
        " AND i.item_id IS NOT NULL WHERE c.account_id = :account AND c.credit_id = :credit AND c.reverses_id IS NULL"
        " AND c.id NOT IN (SELECT r.reverses_id FROM posting r WHERE r.account_id = :account"
        " AND r.reverses_id IS NOT NULL) ORDER BY c.id",
        {"account": account_id, "credit": credit_id},
    )
    return [Applied._make((*row[:4], date.fromisoformat(row[4]))) for row in rows]


def deducted(book: Book, receipt: Receipt) -> list[Taken]:
    """What was taken off items with a receipt beside money, unless it was undone."""
    rows = book.execute(
        "SELECT p.id, d.line, p.kind, p.item_id, -p.amount_minor, p.effective_on FROM receipt_posting d"
        " JOIN posting p ON p.id = d.posting_id WHERE d.receipt_id = :receipt AND p.id NOT IN (SELECT r.reverses_id"
        " FROM posting r WHERE r.account_id = :account AND r.reverses_id IS NOT NULL) ORDER BY p.id",
        {"receipt": receipt.id, "account": receipt.account_id},
    )
    return [Taken._make((*row[:5], date.fromisoformat(row[5]))) for row in rows]


def places(book: Book, receipt: Receipt) -> list[Place]:
    """What a receipt now takes off each item, oldest due first: money and what was deducted beside it."""
    return places_of(book, receipt.account_id, receipt.credit_id, deducted(book, receipt))


def places_of(book: Book, account_id: int, credit_id: int, others: Iterable[Taken] = ()) -> list[Place]:
    """What a credit and `others` now take off each item, oldest due first."""
    sums: dict[int, list[int]] = {}
    for pair in applied(book, account_id, credit_id):
        sums.setdefault(pair.item_id, [0, 0])[0] += pair.amount_minor
    for one in others:
        sums.setdefault(one.item_id, [0, 0])[1] += one.amount_minor
    rows = book.execute(
        f"SELECT id, number, component, due_on FROM item WHERE id IN ({','.join(map(str, sums))})"
        " ORDER BY due_on, number, id"
    )
    return [
        Place(item_id, number, component, date.fromisoformat(due_on), *sums[item_id])
        for item_id, number, component, due_on in rows
    ]


def postings_of(book: Book, receipt: Receipt) -> list[tuple[Any, ...]]:
    """Return (effective_on, kind, item number, amount_minor, recorded_at, agent, why) of all a receipt posted."""
    return book.execute(
        "SELECT p.effective_on, p.kind, COALESCE(i.number, ''), p.amount_minor, c.recorded_at, c.agent, c.why"
        " FROM posting p JOIN change c ON c.id = p.change_id LEFT JOIN posting o ON o.pair_id = p.pair_id"
        " AND o.account_id = p.account_id AND o.effective_on = p.effective_on AND o.item_id IS NOT NULL"
        " LEFT JOIN item i ON i.id = COALESCE(p.item_id, o.item_id) WHERE p.account_id = :account"
        " AND (p.credit_id = :credit OR p.id IN (SELECT d.posting_id FROM receipt_posting d WHERE d.receipt_id = :id)"
        " OR p.reverses_id IN (SELECT d.posting_id FROM receipt_posting d WHERE d.receipt_id = :id)) ORDER BY p.id",
        {"account": receipt.account_id, "credit": receipt.credit_id, "id": receipt.id},
    ).fetchall()


def in_hand(book: Book, day: date) -> list[tuple[Any, ...]]:
    """Return (agent, currency, received, deposited, in hand, oldest day in hand, receipts in hand) of cash on a day."""
    return book.execute(
        "SELECT r.agent, r.currency, SUM(r.amount_minor), SUM(CASE WHEN d.kind IS NULL THEN 0 ELSE r.amount_minor END),"
        " SUM(CASE WHEN d.kind IS NULL THEN r.amount_minor ELSE 0 END),"
        " MIN(CASE WHEN d.kind IS NULL THEN r.received_on END), SUM(CASE WHEN d.kind IS NULL THEN 1 ELSE 0 END)"
        " FROM receipt r LEFT JOIN receipt_event d ON d.receipt_id = r.id AND d.kind = 'deposited'"
        f" AND d.happened_on <= :day WHERE r.mode = 'cash' AND r.received_on <= :day AND NOT {TAKEN_BACK}"
        " GROUP BY r.agent, r.currency ORDER BY r.agent, r.currency",
        {"day": day.isoformat()},
    ).fetchall()


def certificates_due(book: Book) -> list[tuple[Any, ...]]:
    """Return (account, name, receipt, received_on, currency, amount) of tax deducted whose certificate is not there."""
    rows = book.execute(
        "SELECT a.number, a.name, r.series, r.no, r.received_on, r.currency, SUM(l.amount_minor) FROM receipt_line l"
        " JOIN receipt r ON r.id = l.receipt_id JOIN account a ON a.id = r.account_id WHERE l.kind = 'tds'"
        " AND NOT EXISTS (SELECT 1 FROM receipt_event e WHERE e.receipt_id = r.id"
        " AND e.kind IN ('reversed', 'certificate')) GROUP BY r.id ORDER BY r.received_on, r.id"
    )
    return [(number, name, receipts.numbered(series, no), *rest) for number, name, series, no, *rest in rows]


def events(book: Book, receipt: Receipt) -> list[tuple[Any, ...]]:
    """Return (happened_on, kind, reference, reason, recorded_at, agent) of what became of a receipt, in order."""
    return book.execute(
        "SELECT e.happened_on, e.kind, e.reference, e.reason, c.recorded_at, c.agent FROM receipt_event e"
        " JOIN change c ON c.id = e.change_id WHERE e.receipt_id = ? ORDER BY c.id, e.happened_on, e.kind DESC",
        (receipt.id,),
    ).fetchall()


def like(book: Book, account_id: int, asked: receipts.Asked) -> str:
    """Return the number of a receipt of the same account, amount, day and reference, not reversed; '' if none."""
    row = book.execute(
        "SELECT r.series, r.no FROM receipt r WHERE r.account_id = ? AND r.received_on = ? AND r.currency = ?"
        " AND r.amount_minor = ? AND r.reference_key = ? AND NOT EXISTS (SELECT 1 FROM receipt_event e"
        " WHERE e.receipt_id = r.id AND e.kind = 'reversed') ORDER BY r.id LIMIT 1",
        (
            account_id,
            asked.received_on.isoformat(),
            asked.currency,
            asked.amount_minor,
            receipts.key(asked.reference),
        ),
    ).fetchone()
    return receipts.numbered(*row) if row else ""


def note(book: Book, receipt: Receipt, kind: str, on: date, *, reference: str = "", reason: str = "") -> None:
    """Record what became of a receipt: deposited, cleared, reversed, certificate; each once."""
    book.execute(
        "INSERT INTO receipt_event (receipt_id, kind, happened_on, reference, reason, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (receipt.id, kind, on.isoformat(), reference, reason, book.writing.id),
    )


def _receipt(row: tuple[Any, ...]) -> Receipt:
    receipt_id, series, no, *rest = row
    mode, received_on = rest[4], rest[7]
    deposited, cleared = rest[11], rest[12]
    if mode in receipts.AT_ONCE:
        deposited, cleared = deposited or received_on, cleared or received_on
    return Receipt._make(
        (
            receipt_id,
            receipts.numbered(series, no),
            *rest[:7],
            date.fromisoformat(received_on),
            *rest[8:11],
            _day(deposited or cleared),
            _day(cleared),
            _day(rest[13]),
            rest[14] or "",
            (),
        )
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
