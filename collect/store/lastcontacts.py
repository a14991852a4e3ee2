"""The last contact of each account, and until when its next step waits: what the queue asks of thousands at once."""

from collections.abc import Iterable
from datetime import date, datetime

from collect.book import Book, instant

LATEST = (
    "c.outcome <> 'mistake' AND NOT EXISTS (SELECT 1 FROM contact n"
    " WHERE n.corrects_id = COALESCE(c.corrects_id, c.id) AND n.id > c.id)"
)
"""Of a contact and its corrections only the last; none where that says the contact was a mistake."""


def waiting(book: Book, now: datetime, today: date) -> dict[int, str]:
    """Accounts whose follow-up is on a later day, with that day; on a replayed day by the contacts before it."""
    day, moment = today.isoformat(), instant(now)
    waits = "SELECT account_id, next_on FROM standing WHERE next_on > ? AND at <= ?"
    found: dict[int, str] = dict(book.execute(waits, (day, moment)))
    later = book.execute("SELECT account_id FROM standing WHERE at > ?", (moment,)).fetchall()
    for (account_id,) in later:
        row = book.execute(
            f"SELECT c.next_on FROM contact c WHERE c.account_id = ? AND c.at <= ? AND {LATEST}"
            " ORDER BY c.at DESC, c.id DESC LIMIT 1",
            (account_id, moment),
        ).fetchone()
        if row and row[0] > day:
            found[account_id] = row[0]
    return found


def last_at(book: Book, accounts: Iterable[int], now: datetime) -> dict[int, str]:
    """The moment of the last contact of each of these accounts before now, as UTC text."""
    wanted = ",".join(str(int(one)) for one in accounts)
    rows = book.execute(
        f"SELECT s.account_id, CASE WHEN s.at <= :now THEN s.at ELSE (SELECT MAX(c.at) FROM contact c"
        f" WHERE c.account_id = s.account_id AND c.at <= :now AND {LATEST}) END"
        f" FROM standing s WHERE s.account_id IN ({wanted})",
        {"now": instant(now)},
    )
    return {account_id: at for account_id, at in rows if at}
