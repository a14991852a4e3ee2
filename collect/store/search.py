"""Find anything by a piece of text."""

from typing import NamedTuple

from collect.book import Book
from collect.store import accounts


class Hit(NamedTuple):
    """An account, and the item whose number matched, if one did (minor units, ISO date)."""

    account: str
    name: str
    phone: str
    number: str = ""
    currency: str = ""
    due_on: str = ""
    open_minor: int | None = None


def find(book: Book, text: str, limit: int) -> list[Hit]:
    """Accounts whose number, name or phone holds the text; then items whose number begins with it."""
    hits = [Hit(account.number, account.name, account.phone) for account in accounts.matching(book, text, limit)]
    rows = book.execute(
        "SELECT a.number, a.name, a.phone, i.number, i.currency, i.due_on, i.open_minor FROM item i"
        " JOIN account a ON a.id = i.account_id WHERE i.number >= ? AND i.number < ?"
        " ORDER BY i.number, i.due_on, i.id LIMIT ?",
        (text, text + "\U0010ffff", limit - len(hits)),
    )
    return hits + [Hit._make(row) for row in rows]
