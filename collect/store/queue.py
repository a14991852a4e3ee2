"""Facts that the queue is made of, one row per account and currency with something overdue."""

from collect.book import Book
from collect.queue import Facts
from collect.store import postings
from collect.store.postings import AsOf


def overdue(book: Book, as_of: AsOf, account_id: int = 0) -> list[Facts]:
    """Return the facts of every account with something overdue on the day, or of one account only.

    They are bare tuples in the order of `Facts`: there may be a hundred thousand.
    """
    with_open, parameters = postings.open_on(book, as_of)
    only = "AND account_id = :account" if account_id else ""
    return book.execute(
        f"{with_open}, unapplied AS (SELECT account_id, currency, SUM(open_minor) AS amount"
        " FROM open_credit GROUP BY account_id, currency),"
        " overdue AS (SELECT account_id, currency, SUM(open_minor) AS amount, MIN(due_on) AS oldest,"
        " SUM(CASE WHEN disputed = 1 THEN open_minor ELSE 0 END) AS disputed"
        f" FROM open_item WHERE due_on < :today AND open_minor > 0 {only} GROUP BY account_id, currency)"
        " SELECT o.account_id, o.currency, o.amount, o.oldest, o.disputed, COALESCE(u.amount, 0) FROM overdue o"
        " LEFT JOIN unapplied u ON u.account_id = o.account_id AND u.currency = o.currency",
        {**parameters, "today": as_of.day.isoformat(), "account": account_id},
    ).fetchall()
