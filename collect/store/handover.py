"""The statement of one account: every posting but allocations, and what the caches say of the same day."""

from typing import Any

from collect.book import Book
from collect.records import Account
from collect.store import postings
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
