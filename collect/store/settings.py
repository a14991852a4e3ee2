"""Settings of the book, as rows."""

from collect import config
from collect.book import Book
from collect.store import changes


def put(book: Book, key: str, value: str) -> None:
    """Keep a setting, with its old and new value in the audit trail; WrongUsage when it cannot be."""
    text = config.checked(key, value)
    before = book.setting(key)
    book.execute(
        "INSERT INTO setting (key, value, change_id) VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value, change_id = excluded.change_id",
        (key, text, book.writing.id),
    )
    changes.note(book, key, before, text)
    book.settings[key] = text
