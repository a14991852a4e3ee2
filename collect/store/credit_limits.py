"""Credit limits of accounts, per currency: the newest one counts."""

from collections import defaultdict

from collect.book import Book, end_of
from collect.money import Money, plain
from collect.records import Account
from collect.store import changes
from collect.store.postings import AsOf


def in_force(book: Book, as_of: AsOf) -> dict[int, dict[str, int]]:
    """Limits above zero of each account as set by the end of a day: currency to minor units."""
    rows = book.execute(
        "SELECT l.account_id, l.currency, l.limit_minor FROM credit_limit l JOIN change c ON c.id = l.change_id"
        " WHERE c.recorded_at < ? ORDER BY l.change_id",
        (end_of(as_of.known_on or as_of.day, book.zone),),
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for account_id, currency, limit in rows:
        found[account_id][currency] = limit
    return {
        account_id: {currency: limit for currency, limit in limits.items() if limit}
        for account_id, limits in found.items()
    }


def put(book: Book, account: Account, limit: Money) -> None:
    """Set the limit of an account in one currency; 0 takes it away."""
    before = in_force(book, AsOf(book.today)).get(account.id, {}).get(limit.currency, 0)
    book.execute(
        "INSERT INTO credit_limit (account_id, currency, change_id, limit_minor) VALUES (?, ?, ?, ?)",
        (account.id, limit.currency, book.writing.id, limit.minor),
    )
    changes.note(
        book,
        f"{account.number} credit limit {limit.currency}",
        plain(before, limit.currency),
        plain(limit.minor, limit.currency),
    )
