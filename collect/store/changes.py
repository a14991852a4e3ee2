"""The audit trail: what each change altered outside the ledger of postings, and who did what when."""

from collections.abc import Iterator
from typing import NamedTuple

from collect.book import Book


class ChangeLine(NamedTuple):
    """One change of the book; instants are UTC text."""

    id: int
    recorded_at: str
    agent: str
    action: str
    subject: str
    why: str


def note(book: Book, field: str, before: str, after: str) -> None:
    """Record the old and new value of a field of the change's subject."""
    book.execute(
        "INSERT INTO change_detail (change_id, field, before, after) VALUES (?, ?, ?, ?)",
        (book.writing.id, field, before, after),
    )


def latest(book: Book, limit: int) -> Iterator[ChangeLine]:
    """Yield the newest changes first."""
    rows = book.execute(
        "SELECT id, recorded_at, agent, action, subject, why FROM change ORDER BY id DESC LIMIT ?", (limit,)
    )
    return map(ChangeLine._make, rows)
