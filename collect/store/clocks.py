"""Facts that legal clocks run from: cheques that came back, and old debts with what was paid on them."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from collect.book import Book, end_of
from collect.clocks import Bounce, Restart
from collect.records import Account
from collect.store import history, postings
from collect.store.lastcontacts import LATEST
from collect.store.postings import AsOf


class Returned(NamedTuple):
    """A cheque of an account that came back, by the number of its receipt."""

    account_id: int
    number: str
    bounce: Bounce


class OldDebt(NamedTuple):
    """An open item, and what began its limitation anew."""

    account_id: int
    number: str
    due_on: date
    restarts: tuple[Restart, ...]


def returned(book: Book, as_of: AsOf, account: Account | None = None) -> list[Returned]:
    """Cheques that bounced by the end of a day, the first first; of all accounts or of one.

    The notice is the first letter logged after the bounce, or its delivery where none was; delivery is the event
    'notice-delivered'. The cheque counts as paid on the day receipts since the bounce reach its amount.
    """
    known, parameters = history.known_in(book, as_of)
    only = "AND p.account_id = :account" if account else ""
    rows = book.execute(
        "SELECT p.account_id, c.number, p.currency, r.amount_minor, MIN(p.effective_on) FROM posting p"
        " JOIN credit c ON c.id = p.credit_id JOIN receipt r ON r.credit_id = c.id"
        f" WHERE p.kind = 'bounce' AND r.mode = 'cheque' AND p.effective_on <= :day AND p.{known} {only}"
        " GROUP BY p.account_id, c.number, p.currency, r.amount_minor ORDER BY 5, 1, 2",
        {**parameters, "account": account.id if account else 0},
    ).fetchall()
    return [
        Returned(key, number, _bounce(book, as_of, key, (currency, amount), on))
        for key, number, currency, amount, on in rows
    ]


def _bounce(book: Book, as_of: AsOf, account_id: int, owed: tuple[str, int], on: str) -> Bounce:
    known, parameters = history.known_in(book, as_of)
    parameters |= {"account": account_id, "on": on, "currency": owed[0]}
    received = book.execute(
        "SELECT MIN(happened_on) FROM event WHERE account_id = :account AND kind = 'notice-delivered'"
        f" AND happened_on > :on AND happened_on <= :day AND {known}",
        parameters,
    ).fetchone()[0]
    letter = book.execute(
        "SELECT MIN(c.at) FROM contact c WHERE c.account_id = :account AND c.channel = 'letter' AND c.direction = 'out'"
        f" AND c.at >= :on AND c.at < :next AND c.{known} AND {LATEST}",
        {**parameters, "next": end_of(as_of.day, book.zone)},
    ).fetchone()[0]
    paid_on, sum_minor = None, 0
    for day, amount in book.execute(
        "SELECT p.effective_on, -SUM(p.amount_minor) FROM posting p WHERE p.account_id = :account"
        " AND p.currency = :currency AND p.kind = 'receipt' AND p.effective_on >= :on AND p.effective_on <= :day"
        f" AND p.{known} AND NOT EXISTS (SELECT 1 FROM posting b WHERE b.reverses_id = p.id AND b.effective_on <= :day)"
        " GROUP BY p.effective_on ORDER BY p.effective_on",
        parameters,
    ):
        sum_minor += amount
        if sum_minor >= owed[1]:
            paid_on = date.fromisoformat(day)
            break
    received_on = date.fromisoformat(received) if received else None
    sent_on = date.fromisoformat(letter[:10]) if letter else received_on
    return Bounce(date.fromisoformat(on), sent_on, received_on, paid_on)


def old_debts(book: Book, as_of: AsOf, due_by: date, account: Account | None = None) -> list[OldDebt]:
    """Open items that fell due by a day, the oldest first, with the part payments on each.

    A part payment is money of a receipt that went to the item; a credit note, a waiver or a write-off is none.
    """
    with_open, parameters = postings.open_on(book, as_of)
    only = "AND o.account_id = :account" if account else ""
    parameters |= {"due_by": due_by.isoformat(), "day": as_of.day.isoformat(), "account": account.id if account else 0}
    old = f"o.due_on <= :due_by AND o.open_minor > 0 {only}"
    restarts: dict[int, list[Restart]] = defaultdict(list)
    for item_id, on in book.execute(
        f"{with_open} SELECT p.item_id, p.effective_on FROM posting p JOIN posting m ON m.pair_id = p.pair_id"
        " AND m.credit_id IS NOT NULL JOIN credit c ON c.id = m.credit_id AND c.kind IN ('receipt', 'advance')"
        f" WHERE p.item_id IN (SELECT o.id FROM open_item o WHERE {old}) AND p.kind = 'allocation'"
        " AND p.amount_minor < 0 AND p.effective_on <= :day"
        " AND NOT EXISTS (SELECT 1 FROM posting b WHERE b.reverses_id = p.id)"
        " ORDER BY p.effective_on, p.id",
        parameters,
    ):
        restarts[item_id].append(Restart(date.fromisoformat(on), "part payment"))
    rows = book.execute(
        f"{with_open} SELECT o.id, o.account_id, o.due_on, i.number FROM open_item o JOIN item i ON i.id = o.id"
        f" WHERE {old} ORDER BY o.due_on, i.number, o.id",
        parameters,
    ).fetchall()
    said = _acknowledged(book, as_of)
    return [
        OldDebt(key, number, date.fromisoformat(due), (*restarts[item], *said.get(key, ())))
        for item, key, due, number in rows
    ]


def _acknowledged(book: Book, as_of: AsOf) -> dict[int, list[Restart]]:
    """Signed acknowledgements of each account's debt: the event 'acknowledgement'."""
    found: dict[int, list[Restart]] = defaultdict(list)
    rows = book.execute(
        "SELECT account_id, happened_on FROM event WHERE kind = 'acknowledgement' AND happened_on <= ? ORDER BY id",
        (as_of.day.isoformat(),),
    )
    for account_id, on in rows:
        found[account_id].append(Restart(date.fromisoformat(on), "acknowledgement"))
    return found
