"""What a book holds, counted."""

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
