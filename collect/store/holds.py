"""Holds on accounts: put on, released, never changed; events that start, stop or satisfy a rule."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from collect.book import Book, instant
from collect.holds import Held
from collect.policy_facts import Event

_SELECT = (
    "SELECT h.id, h.account_id, h.kind, h.starts_at, h.end_on, h.review_on, h.medium, h.reach, h.place, h.from_minute,"
    " h.to_minute, h.days, h.source, h.document, r.released_at FROM hold h"
    " LEFT JOIN hold_release r ON r.hold_id = h.id"
)


def add(book: Book, held: Held) -> int:
    """Put a hold on an account; returns its id."""
    cursor = book.execute(
        "INSERT INTO hold (account_id, kind, starts_at, end_on, review_on, medium, reach, place, from_minute,"
        " to_minute, days, source, document, change_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            held.account_id,
            held.kind,
            instant(held.starts_at),
            _text(held.end_on),
            _text(held.review_on),
            held.medium,
            held.reach,
            held.place,
            held.from_minute,
            held.to_minute,
            held.days,
            held.source,
            held.document,
            book.writing.id,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def release(book: Book, held: Held, at: datetime) -> None:
    """End a hold at that moment."""
    book.execute(
        "INSERT INTO hold_release (hold_id, released_at, change_id) VALUES (?, ?, ?)",
        (held.id, instant(at), book.writing.id),
    )


def of(book: Book, accounts: Iterable[int]) -> list[Held]:
    """Every hold ever put on these accounts, in the order they were put on."""
    wanted = ",".join(str(int(one)) for one in accounts)
    return [_held(row) for row in book.execute(f"{_SELECT} WHERE h.account_id IN ({wanted}) ORDER BY h.id")]


def known_later(book: Book, accounts: Iterable[int], at: datetime) -> set[int]:
    """Ids of the holds on these accounts that begin after a moment and were put on after it: nobody knew of them."""
    wanted = ",".join(str(int(one)) for one in accounts)
    rows = book.execute(
        "SELECT h.id FROM hold h JOIN change c ON c.id = h.change_id"
        f" WHERE h.account_id IN ({wanted}) AND h.starts_at > :at AND c.recorded_at > :at",
        {"at": instant(at)},
    )
    return {hold_id for (hold_id,) in rows}


def note_event(book: Book, account_id: int, kind: str, on: date, document: str = "") -> None:
    """Record that something a rule asks for happened on a day."""
    book.execute(
        "INSERT INTO event (account_id, kind, happened_on, document, change_id) VALUES (?, ?, ?, ?, ?)",
        (account_id, kind, on.isoformat(), document, book.writing.id),
    )


def events_of(book: Book, accounts: Iterable[int]) -> list[tuple[int, Event]]:
    """Return (account id, event) of these accounts, in the order they happened."""
    wanted = ",".join(str(int(one)) for one in accounts)
    rows = book.execute(
        f"SELECT account_id, kind, happened_on FROM event WHERE account_id IN ({wanted}) ORDER BY happened_on, id"
    )
    return [(account_id, Event(kind, date.fromisoformat(on))) for account_id, kind, on in rows]


def _held(row: tuple[Any, ...]) -> Held:
    held = Held._make(row)
    return held._replace(
        starts_at=datetime.fromisoformat(row[3]),
        end_on=_day(row[4]),
        review_on=_day(row[5]),
        released_at=datetime.fromisoformat(row[14]) if row[14] else None,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
