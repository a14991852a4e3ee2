"""What one account is handed over with: its statement, and all items, credits, receipts and events up to a day."""

from datetime import date
from typing import Any

from collect.book import Book
from collect.receipts import Receipt
from collect.records import Account, Credit, Item
from collect.store import items, postings, receipts
from collect.store.postings import AsOf


def movements(book: Book, account: Account, as_of: AsOf) -> list[tuple[Any, ...]]:
    """Return (day, kind, document, currency, minor units) of what changed the balance, in order.

    Allocations move money from a credit to an item and leave the balance as it is: they are not in it.
    """
    return book.execute(
        "SELECT p.effective_on, p.kind, COALESCE(i.number, c.number, ''), p.currency, p.amount_minor FROM posting p"
        " LEFT JOIN item i ON i.id = p.item_id LEFT JOIN credit c ON c.id = p.credit_id"
        " WHERE p.account_id = ? AND p.effective_on <= ? AND p.pair_id IS NULL"
        " ORDER BY p.currency, p.effective_on, p.id",
        (account.id, as_of.day.isoformat()),
    ).fetchall()


def balances(book: Book, account: Account, as_of: AsOf) -> dict[str, int]:
    """What is open of items, less credits, by currency: the other side of the statement's proof."""
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT currency, SUM(open_minor) FROM (SELECT currency, open_minor FROM open_item"
        " WHERE account_id = :account UNION ALL SELECT currency, open_minor FROM open_credit"
        " WHERE account_id = :account) GROUP BY currency",
        {**parameters, "account": account.id},
    )
    return dict(rows)


def items_of(book: Book, account: Account, as_of: AsOf) -> list[Item]:
    """Every item that had begun by the end of a day, paid ones too, with what was open of it then."""
    begun = items.begun_of(book, account, as_of)
    left = {one.id: one.open_minor for one in items.open_of(book, account, as_of)}
    return [one._replace(open_minor=left.get(one.id, 0)) for one in begun]


def credits_of(book: Book, account: Account, as_of: AsOf) -> tuple[list[Credit], list[tuple[Receipt, int]]]:
    """Credit notes and advances, and receipts, up to the end of a day; with each what was unapplied of it then."""
    left = {one.id: one.open_minor for one in items.open_credits(book, as_of, account)}
    given = items.credits_begun(book, account, as_of)
    return (
        [one._replace(open_minor=left.get(one.id, 0)) for one in given if one.kind != "receipt"],
        [(one, left.get(one.credit_id, 0)) for one in receipts.listed(book, account, None, as_of.day)],
    )


def events_of(book: Book, account: Account, as_of: AsOf) -> list[tuple[date, str, str]]:
    """Return (day, what, document) of everything put on record as an event up to the end of a day."""
    rows = book.execute(
        "SELECT happened_on, kind, document FROM event WHERE account_id = ? AND happened_on <= ?"
        " ORDER BY happened_on, id",
        (account.id, as_of.day.isoformat()),
    )
    return [(date.fromisoformat(on), kind, document) for on, kind, document in rows]
