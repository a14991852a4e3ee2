"""What several commands do on the way: which account is meant, as of when."""

import os
import sys

from collect.book import Book
from collect.desk import Desk
from collect.records import Account
from collect.store import accounts
from collect.store.postings import AsOf


def account_to_change(book: Book, text: str) -> Account:
    """Return the account to write to; off a terminal only its exact number will do."""
    return accounts.named(book, text, exact=not sys.stdin.isatty())


def as_of(desk: Desk, day: str | None = None, known_on: str | None = None) -> AsOf:
    """Return the day a report shows, from `--as-of` and `--known-on`; without them the book's today."""
    book = desk.open()
    known = desk.day(known_on, past=True)
    return AsOf(desk.day(day, past=True) or known or book.today, known, summed=day is not None or known is not None)


def can_ask() -> bool:
    """Whether there is somebody to ask: a terminal on both sides, and no COLLECT_NO_INPUT."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("COLLECT_NO_INPUT")


def confirmed(question: str) -> bool:
    """Ask on the terminal; only a yes is one. Never call it while the book is being read or written."""
    import typer

    return bool(typer.confirm(question, err=True))
