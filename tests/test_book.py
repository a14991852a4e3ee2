"""The one way to write: audited, all or nothing, never backwards, and nothing else can write."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from collect import book as books
from collect.book import Book
from collect.errors import WrongUsage
from collect.store import postings, settings, trail
from collect.store.postings import AsOf
from collect.trail import Wanted

SETTINGS = {"book.currency": "INR", "book.zone": "Asia/Kolkata"}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return books.create(tmp_path / "b.db", SETTINGS, agent="asha", now=datetime(2026, 4, 1, 9, tzinfo=UTC))


def test_nothing_is_written_outside_a_change(book: Book) -> None:
    with pytest.raises(sqlite3.OperationalError, match="attempt to write"):
        book.connection.execute("DELETE FROM setting")
    with pytest.raises(AssertionError):
        _ = book.writing


def test_a_change_leaves_its_audit_line_with_old_and_new_value(book: Book) -> None:
    with book.change("config.set", "aging.buckets", "month end"):
        settings.put(book, "aging.buckets", "15,30")
    line = trail.of(book, Wanted(), 1)[0][0]
    assert (line.agent, line.action, line.subject, line.why) == ("asha", "config.set", "aging.buckets", "month end")
    assert line.recorded_at == "2026-04-01T14:30:00+05:30"
    detail = book.execute("SELECT field, before, after FROM change_detail WHERE change_id = ?", (line.id,)).fetchall()
    assert detail == [("aging.buckets", "30,60,90", "15,30")]


def test_an_error_inside_a_change_takes_everything_back(book: Book) -> None:
    count = book.execute("SELECT COUNT(*) FROM change").fetchone()

    def change_two() -> None:
        with book.change("config.set"):
            settings.put(book, "aging.buckets", "15,30")
            settings.put(book, "queue.limit", "many")

    with pytest.raises(WrongUsage):
        change_two()
    assert book.execute("SELECT COUNT(*) FROM change").fetchone() == count
    assert book.execute("SELECT value FROM setting WHERE key = 'aging.buckets'").fetchone() is None
    with pytest.raises(sqlite3.OperationalError):
        book.connection.execute("DELETE FROM setting")


@pytest.mark.parametrize("fills", [False, True])
def test_no_row_points_nowhere(book: Book, fills: bool) -> None:
    """Row by row, or once at the end where a change fills an empty book; the next change checks row by row again."""

    def lose() -> None:
        with book.change("item.add", fills=fills):
            book.execute("INSERT INTO account_name (account_id, name, change_id) VALUES (77, 'Asha', 1)")

    with pytest.raises(AssertionError if fills else sqlite3.IntegrityError):
        lose()
    assert book.execute("SELECT COUNT(*) FROM account_name").fetchone() == (0,)
    assert book.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_dry_run_goes_the_same_way_and_keeps_nothing(book: Book) -> None:
    book.dry_run = True
    with book.change("config.set"):
        settings.put(book, "queue.limit", "5")
        assert book.execute("SELECT value FROM setting WHERE key = 'queue.limit'").fetchone() == ("5",)
    assert book.execute("SELECT value FROM setting WHERE key = 'queue.limit'").fetchone() is None


def test_the_record_never_runs_backwards(book: Book) -> None:
    book.now -= timedelta(days=30)
    with book.change("config.set"):
        settings.put(book, "queue.limit", "5")
    assert trail.of(book, Wanted(), 1)[0][0].recorded_at == "2026-04-01T14:30:00+05:30"


def test_posted_rows_cannot_be_edited_even_inside_a_change(book: Book) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), book.change("x"):
        book.connection.execute("UPDATE change SET why = 'other'")


def test_the_day_is_the_offices_day(tmp_path: Path) -> None:
    """20:00 in Greenwich on 31 March is 01:30 of 1 April in Kolkata."""
    books.create(tmp_path / "b.db", SETTINGS).close()
    with books.open_book(tmp_path / "b.db", now=datetime(2026, 3, 31, 20, tzinfo=UTC)) as book:
        assert book.today == date(2026, 4, 1)
    with books.open_book(tmp_path / "b.db", today=date(2026, 3, 31)) as book:
        assert book.now.astimezone(UTC) == datetime(2026, 3, 31, 6, 30, tzinfo=UTC)
        assert book.given_today == "2026-03-31"


def test_known_on_ends_with_the_offices_day(tmp_path: Path) -> None:
    """What is recorded at 00:10 in Kolkata on 2 April was not known on 1 April, though it still was 1 April in UTC."""
    books.create(tmp_path / "b.db", SETTINGS, now=datetime(2026, 4, 1, 18, 40, tzinfo=UTC)).close()
    with books.open_book(tmp_path / "b.db", today=date(2026, 4, 2)) as book:
        _, parameters = postings.open_on(book, AsOf(date(2026, 4, 1), date(2026, 4, 1)))
        assert parameters["last_change"] == 0
        _, parameters = postings.open_on(book, AsOf(date(2026, 4, 2), date(2026, 4, 2)))
        assert parameters["last_change"] == 1
