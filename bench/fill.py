"""Contacts put into a book, as years of work leave them: python -m bench.fill BOOK COUNT DAYS."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bench.make_data import TODAY
from collect.book import Book, instant, open_book

_OUTCOMES = ("no-answer", "spoke", "busy", "voicemail", "not-connected")
_FIRST_HOUR, _WORKING_S = 5, 8 * 3600


def fill(book: Book, count: int, days: int) -> None:
    """Log `count` calls over the last `days` days, evenly over all accounts, the oldest first."""
    accounts = [account for (account,) in book.execute("SELECT id FROM account ORDER BY id")]
    with book.change("contact.log", "bench") as change:
        book.executemany(
            "INSERT INTO contact (change_id, account_id, at, outcome, zone, offset_minutes, zone_data, channel,"
            " direction, role) VALUES (?, ?, ?, ?, 'Asia/Kolkata', 330, '', 'call', 'out', 'borrower')",
            ((change.id, *row) for row in _rows(accounts, count, days)),
        )
        book.execute(
            "INSERT INTO standing (account_id, contact_id, at, next_on)"
            " SELECT account_id, MAX(id), MAX(at), '' FROM contact GROUP BY account_id"
        )


def _rows(accounts: list[int], count: int, days: int) -> Iterator[tuple[int, str, str]]:
    begins = datetime.combine(TODAY - timedelta(days=days), time(_FIRST_HOUR), tzinfo=UTC)
    for place in range(count):
        day, rest = divmod(place * days, count)
        at = begins + timedelta(days=day, seconds=_WORKING_S * rest // count)
        yield accounts[place % len(accounts)], instant(at), _OUTCOMES[place % len(_OUTCOMES)]


if __name__ == "__main__":
    with open_book(Path(sys.argv[1]), today=TODAY) as opened:
        fill(opened, int(sys.argv[2]), int(sys.argv[3]))
