"""What a book holds, counted."""

from datetime import datetime

from collect.book import Book
from collect.records import Summary


def of(book: Book) -> Summary:
    """Count what the book holds."""

    def one(sql: str) -> int:
        return int(book.execute(sql).fetchone()[0])

    last = book.execute("SELECT recorded_at FROM change ORDER BY id DESC LIMIT 1").fetchone()
    file = book.execute("SELECT file, as_of FROM import_file ORDER BY id DESC LIMIT 1").fetchone()
    return Summary(
        settings=book.settings,
        schema=one("PRAGMA user_version"),
        sqlite=book.execute("SELECT sqlite_version()").fetchone()[0],
        accounts=one("SELECT COUNT(*) FROM account"),
        items=one("SELECT COUNT(*) FROM item"),
        open_items=one("SELECT COUNT(*) FROM item WHERE open_minor <> 0"),
        postings=one("SELECT COUNT(*) FROM posting"),
        changes=one("SELECT COUNT(*) FROM change"),
        last_change_at=last[0] if last else "",
        last_import=f"{file[0]} as of {file[1]}" if file else "",
    )


def list_age(book: Book) -> int | None:
    """Days since a ledger was last imported, where that is longer than the setting allows; None else."""
    row = book.execute("SELECT change_id FROM import_file ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    at = book.execute("SELECT recorded_at FROM change WHERE id = ?", row).fetchone()[0]
    days = (book.today - datetime.fromisoformat(at).astimezone(book.zone).date()).days
    return days if days > int(book.setting("ledger.stale_days")) else None
