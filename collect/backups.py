"""Copies of a book: taken while others write, proved before they count, put back without losing what stands there."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from collect import book as books
from collect import db
from collect.book import Book
from collect.errors import BadBook, Refused
from collect.store import check, summary
from collect.trail import Copy


def usual(book: Book) -> Path:
    """Where a backup goes that no file is named for: the folder `backups` beside the book, by the moment."""
    return book.path.parent / "backups" / f"{book.path.stem}-{book.now.astimezone(book.zone):%Y%m%d-%H%M%S}.db"


def take(book: Book, target: Path) -> Copy:
    """Write a backup, whatever others write meanwhile, and prove it: opened and checked like a book.

    Raises Refused where there is a file already, DiskTrouble, and BadBook where the copy fails a check.
    """
    with db.copied(book.connection, target) as copy:
        return _proved(copy)._replace(path=target)


def restore(
    path: Path, backup: Path, *, agent: str = "", why: str = "", dry_run: bool = False
) -> tuple[Copy, Copy | None]:
    """Put a backup in the place of the book at `path`; return it, and the book as it was, kept beside it, if any.

    The backup is only read; it is proved before anything is touched. A file that is no sound book is kept as it is. A
    dry run ends there. Raises NotFound, BadBook, Refused (a backup of another book), Busy, DiskTrouble.
    """
    with db.reading_only(backup) as source:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In a folder of its own, which takes along what opening a copy leaves beside it: a journal, an older schema.
        with TemporaryDirectory(prefix=".restore-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            with db.copied(source, made):
                pass
            found, earlier = _proved(made), _standing(path)
            if earlier and earlier.origin and earlier.origin != found.origin:
                raise Refused(f"a backup of another book: {backup}", "name a place of its own with --book PATH")
            if not dry_run:
                _put(made, path, earlier)
                with books.open_book(path, agent=agent) as book, book.change("book.restore", backup.name, why):
                    pass
    return found._replace(path=backup), earlier


def _proved(path: Path) -> Copy:
    """A copy that passes every check of `book check`, brought up to date if its schema is older; else BadBook."""
    with books.open_book(path) as copy:
        failed = next((finding for finding in check.all_findings(copy) if not finding.ok), None)
        if failed is not None:
            raise BadBook(f"not a sound book: {failed.check}: {failed.first}", "use another backup")
        return _seen(copy, path)


def _standing(path: Path) -> Copy | None:
    """The book that is to be replaced, under the name it is to be kept by; None where there is none."""
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.stem}-before-restore-{number}{path.suffix}")).exists():
        number += 1
    with suppress(BadBook), books.open_book(path) as book:
        return _seen(book, aside)
    return Copy(aside)


def _put(made: Path, path: Path, earlier: Copy | None) -> None:
    """Put a proved copy in place, after the book as it was is kept.

    That book is copied and written over, since others may have it open; a file that is no book is moved.
    """
    if earlier is None or not earlier.origin:
        if earlier:
            path.rename(earlier.path)
        made.rename(path)
        return
    with books.open_book(path) as book, db.copied(book.connection, earlier.path):
        pass
    with db.reading_only(made) as source:
        db.overwrite(source, path)


def _seen(book: Book, path: Path) -> Copy:
    found = summary.of(book)
    first = book.execute("SELECT clock_at, agent, subject FROM change WHERE id = 1").fetchone()
    return Copy(path, found.changes, found.last_change_at, tuple(first or ()))
