"""The register of post-dated cheques."""

from datetime import date
from typing import Any

from collect import receipts
from collect.book import Book
from collect.cheques import Cheque
from collect.errors import NotFound, Refused
from collect.receipts import Receipt
from collect.records import Account

_SELECT = (
    "SELECT q.id, q.account_id, q.number, q.bank, q.currency, q.amount_minor, q.due_on, q.taken_on, q.payer,"
    " e.kind, e.happened_on, r.series, r.no FROM cheque q LEFT JOIN (cheque_event e LEFT JOIN receipt r"
    " ON r.id = e.receipt_id) ON e.cheque_id = q.id"
)


def add(book: Book, cheque: Cheque) -> None:
    """Put a cheque in the drawer (its id is ignored); Refused where the account gave that very one already."""
    known = book.execute(
        "SELECT 1 FROM cheque WHERE account_id = ? AND number = ? AND bank = ?",
        (cheque.account_id, cheque.number, cheque.bank),
    ).fetchone()
    if known:
        raise Refused(f"there is such a cheque already: {cheque.number}", "see 'collect cheque list'")
    book.execute(
        "INSERT INTO cheque (account_id, number, bank, currency, amount_minor, due_on, taken_on, payer, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            cheque.account_id,
            cheque.number,
            cheque.bank,
            cheque.currency,
            cheque.amount_minor,
            cheque.due_on.isoformat(),
            cheque.taken_on.isoformat(),
            cheque.payer,
            book.writing.id,
        ),
    )


def numbered(book: Book, number: str, account: Account | None = None) -> Cheque:
    """Return the cheque of that number, one in the drawer before others; NotFound where there is none, or several."""
    rows = book.execute(
        f"{_SELECT} WHERE q.number = :number AND (:account IS NULL OR q.account_id = :account)"
        " ORDER BY e.kind IS NOT NULL, q.id",
        {"number": number, "account": account.id if account else None},
    )
    found = [_cheque(row) for row in rows]
    waiting = [one for one in found if not one.became]
    if len(waiting) > 1:
        raise NotFound(f"more than one cheque: {number}", "name its account with --account")
    if not found:
        raise NotFound(f"no such cheque: {number}", "see 'collect cheque list'")
    return found[0]


def listed(book: Book, account: Account | None = None, day: date | None = None) -> list[Cheque]:
    """All cheques taken, by the day they are dated; up to the end of a day, as they stood then, or ever."""
    rows = book.execute(
        f"{_SELECT} AND e.happened_on <= :day WHERE (:account IS NULL OR q.account_id = :account)"
        " AND q.taken_on <= :day ORDER BY q.due_on, q.id",
        {"account": account.id if account else None, "day": (day or date.max).isoformat()},
    )
    return [_cheque(row) for row in rows]


def ended(book: Book, cheque: Cheque, kind: str, on: date, receipt: Receipt | None = None) -> None:
    """Record that a cheque was presented (with its receipt) or returned."""
    book.execute(
        "INSERT INTO cheque_event (cheque_id, kind, happened_on, receipt_id, change_id) VALUES (?, ?, ?, ?, ?)",
        (cheque.id, kind, on.isoformat(), receipt.id if receipt else None, book.writing.id),
    )


def _cheque(row: tuple[Any, ...]) -> Cheque:
    *head, due_on, taken_on, payer, kind, happened_on, series, no = row
    return Cheque._make(
        (
            *head,
            date.fromisoformat(due_on),
            date.fromisoformat(taken_on),
            payer,
            kind or "",
            date.fromisoformat(happened_on) if happened_on else None,
            receipts.numbered(series, no) if no else "",
        )
    )
