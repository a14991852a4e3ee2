"""The book: a database, the day, and who is at work; `change()` is the only way to write.

`with book.change("item.add", number, why):` is a transaction, its audit line, the control totals carried forward,
rollback on any error, and `--dry-run` (the same path, then rollback), all in one.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

from collect import config, db

_ZONES = "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo"


class Change:
    """A change being written: its id and instant, up to which posting the caches are settled, accounts to sum anew."""

    __slots__ = ("accounts", "before", "id", "recorded_at", "settled_to")

    def __init__(self, change_id: int, recorded_at: str, last_posting_id: int) -> None:
        """Begin after the last posting there is."""
        self.id = change_id
        self.recorded_at = recorded_at
        self.before = last_posting_id
        self.settled_to = last_posting_id
        self.accounts: set[int] = set()


class Book:
    """An open book; close it, or use it as a context manager."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, *, agent: str, dry_run: bool, settings: dict[str, str]
    ) -> None:
        """Hold what `open_book` found; `today` and `now` are set by it."""
        self.connection = connection
        self.path = path
        self.agent = agent
        self.dry_run = dry_run
        self.settings = settings
        self.today = date.min
        self.now = datetime.min.replace(tzinfo=UTC)
        self.given_today = ""
        self.given_now = ""
        self._change: Change | None = None

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def setting(self, key: str) -> str:
        """Return a setting's value, or its default."""
        return self.settings.get(key, config.SETTINGS[key].default)

    @property
    def currency(self) -> str:
        """Currency of amounts that name none."""
        return self.setting("book.currency")

    @property
    def zone(self) -> tzinfo:
        """Time zone of the office."""
        return zone(self.setting("book.zone") or config.home_zone(self.currency))

    @property
    def writing(self) -> Change:
        """The change under way; only store functions that write ask for it."""
        assert self._change is not None, "written outside book.change()"
        return self._change

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        """Run one statement; what SQLite reports becomes a CollectError where the user can act on it."""
        try:
            return self.connection.execute(sql, parameters)
        except sqlite3.Error as error:
            db.raise_translated(error, self.path)

    def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:
        """Run one statement for many rows."""
        try:
            return self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            db.raise_translated(error, self.path)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the book for several queries; never hold it over a prompt."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            self.execute("ROLLBACK")

    @contextmanager
    def change(self, action: str, subject: str = "", why: str = "", *, fills: bool = False) -> Iterator[Change]:
        """Write: one transaction with its audit line; rolled back on any error and on a dry run.

        A change that `fills` an empty book has its references checked once, before it ends, and not row by row.
        """
        self.execute("PRAGMA query_only = OFF")
        if fills:
            self.execute("PRAGMA foreign_keys = OFF")
        try:
            self.execute("BEGIN IMMEDIATE")
            self._change = self._begin(action, subject, why)
            yield self._change
            self._end(self._change)
            assert not (fills and self.execute("PRAGMA foreign_key_check").fetchone()), "a row points nowhere"
            self.execute("ROLLBACK" if self.dry_run else "COMMIT")
        finally:
            self._change = None
            if self.connection.in_transaction:
                self.execute("ROLLBACK")
            self.execute("PRAGMA foreign_keys = ON")
            self.execute("PRAGMA query_only = ON")

    def _begin(self, action: str, subject: str, why: str) -> Change:
        """Insert the audit line; the instant recorded never runs backwards."""
        last = self.execute("SELECT recorded_at FROM change ORDER BY id DESC LIMIT 1").fetchone()
        recorded_at = max(instant(self.now), last[0] if last else "")
        cursor = self.execute(
            "INSERT INTO change (recorded_at, clock_at, given_today, given_now, agent, action, subject, why)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                recorded_at,
                instant(datetime.now(UTC)),
                self.given_today,
                self.given_now,
                self.agent,
                action,
                subject,
                why,
            ),
        )
        assert cursor.lastrowid is not None
        top: int = self.execute("SELECT COALESCE(MAX(id), 0) FROM posting").fetchone()[0]
        return Change(cursor.lastrowid, recorded_at, top)

    def _end(self, change: Change) -> None:
        """Settle the caches of what was posted, waive what is settled by it, carry the control totals forward."""
        from collect.store import postings, waivers

        postings.settle(self, change)
        waivers.after_change(self, change)
        postings.sum_owing(self, change)
        postings.carry_totals(self, change)


def open_book(
    path: Path, *, today: date | None = None, now: datetime | None = None, agent: str = "", dry_run: bool = False
) -> Book:
    """Open the book at `path`; the day is `today`, else that of `now`, else the office's day by the clock.

    A `today` without `now` means noon of that day at the office, so that a replay gives the same bytes.
    """
    connection = db.connect(path)
    try:
        settings = dict(connection.execute("SELECT key, value FROM setting"))
    except sqlite3.Error as error:
        db.raise_translated(error, path)
    book = Book(connection, path, agent=agent, dry_run=dry_run, settings=settings)
    _set_day(book, today, now)
    return book


def create(
    path: Path, settings: dict[str, str], *, agent: str = "", today: date | None = None, now: datetime | None = None
) -> Book:
    """Make a new book with these settings (checked by `config.checked`) and open it."""
    from collect.store import gate
    from collect.store import settings as stored

    book = Book(db.create(path), path, agent=agent, dry_run=False, settings=dict(settings))
    _set_day(book, today, now)
    with book.change("book.init", settings.get("book.name", "")):
        for key, value in settings.items():
            stored.put(book, key, value)
        gate.remember(book, gate.of(book))
    return book


def _set_day(book: Book, today: date | None, now: datetime | None) -> None:
    if now is not None:
        book.now = now.replace(tzinfo=book.zone) if now.tzinfo is None else now
        book.given_now = book.now.isoformat()
    elif today is not None:
        book.now = datetime.combine(today, time(12), tzinfo=book.zone)
    else:
        book.now = datetime.now(UTC)
    book.given_today = today.isoformat() if today else ""
    book.today = today or book.now.astimezone(book.zone).date()


def zone(name: str) -> tzinfo:
    """Zone by its IANA name; kept where the system keeps them, else in the tzdata package."""
    if name == "UTC":
        return UTC
    if os.name == "posix":  # the usual path, spelled out: asking the interpreter for it costs a millisecond
        os.environ.setdefault("PYTHONTZPATH", _ZONES)
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def instant(moment: datetime) -> str:
    """UTC text that sorts by time: 2026-11-22T03:30:00.000000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def end_of(day: date, where: tzinfo) -> str:
    """First instant after `day` at `where`, as UTC text."""
    return instant(datetime.combine(day + timedelta(days=1), time(0), tzinfo=where))
