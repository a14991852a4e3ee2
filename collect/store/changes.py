"""The audit trail: what a change altered outside the ledger of postings."""

from collect.book import Book


def note(book: Book, field: str, before: str, after: str) -> None:
    """Record the old and new value of a field of the change's subject."""
    book.execute(
        "INSERT INTO change_detail (change_id, field, before, after) VALUES (?, ?, ?, ?)",
        (book.writing.id, field, before, after),
    )
