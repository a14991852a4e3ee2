"""The last contact of each account, and until when its next step waits: what the queue asks of thousands at once."""

from collections.abc import Iterable

from collect.book import Book, end_of

LATEST = (
    "c.outcome <> 'mistake' AND NOT EXISTS (SELECT 1 FROM contact n"
    " WHERE n.corrects_id = COALESCE(c.corrects_id, c.id) AND n.id > c.id)"
)
"""Of a contact and its corrections only the last; none where that says the contact was a mistake."""


def waiting(book: Book) -> dict[int, str]:
    """Accounts whose next step is on a later day, with that day; on a replayed day by the contacts up to it."""
    day, end = book.today.isoformat(), end_of(book.today, book.zone)
    waits = "SELECT account_id, next_on FROM standing WHERE next_on > ? AND at < ?"
    found: dict[int, str] = dict(book.execute(waits, (day, end)))
    later = book.execute("SELECT account_id FROM standing WHERE at >= ?", (end,)).fetchall()
    for (account_id,) in later:
        row = book.execute(
            f"SELECT c.next_on FROM contact c WHERE c.account_id = ? AND c.at < ? AND {LATEST}"
            " ORDER BY c.at DESC, c.id DESC LIMIT 1",
            (account_id, end),
        ).fetchone()
        if row and row[0] > day:
            found[account_id] = row[0]
    return found


def last_at(book: Book, accounts: Iterable[int]) -> dict[int, str]:
    """The moment of the last contact of each of these accounts up to today, as UTC text."""
    wanted = ",".join(str(int(one)) for one in accounts)
    rows = book.execute(
        f"SELECT s.account_id, CASE WHEN s.at < :end THEN s.at ELSE (SELECT MAX(c.at) FROM contact c"
        f" WHERE c.account_id = s.account_id AND c.at < :end AND {LATEST}) END"
        f" FROM standing s WHERE s.account_id IN ({wanted})",
        {"end": end_of(book.today, book.zone)},
    )
    return {account_id: at for account_id, at in rows if at}


def differing(book: Book) -> list[str]:
    """Numbers of the accounts whose last contact, as it is kept at hand, is not that of the record."""
    rows = book.execute(
        "SELECT a.number FROM account a LEFT JOIN standing s ON s.account_id = a.id LEFT JOIN contact l ON l.id ="
        f" (SELECT c.id FROM contact c WHERE c.account_id = a.id AND {LATEST} ORDER BY c.at DESC, c.id DESC LIMIT 1)"
        " WHERE COALESCE(s.contact_id, 0) <> COALESCE(l.id, 0) OR s.at <> l.at OR s.next_on <> l.next_on"
        " ORDER BY a.number"
    )
    return [number for (number,) in rows]
