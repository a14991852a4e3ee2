"""The file under the book: what is refused, with which code, and that a refusal changes nothing."""

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from collect import book as books
from collect import db
from collect.errors import BadBook, Busy, CollectError, DiskTrouble, NotFound
from tests.conftest import Collect, CollectProcess

SETTINGS = {"book.currency": "INR", "book.zone": "Asia/Kolkata"}


def newer(path: Path) -> None:
    with books.create(path, SETTINGS):
        pass
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {db.SCHEMA_VERSION + 1}")
    connection.close()


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()


def truncated(path: Path) -> None:
    with books.create(path, SETTINGS):
        pass
    path.write_bytes(path.read_bytes()[:5000])


BAD_BOOKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "newer": (newer, "newer than this program"),
    "foreign": (foreign, "not a book of collect"),
    "empty": (Path.touch, "not a book of collect"),
    "junk": (lambda path: path.write_bytes(b"not a database" * 1000), "not a book"),
    "truncated": (truncated, "damaged"),
}


@pytest.mark.parametrize("name", BAD_BOOKS)
@pytest.mark.parametrize("command", [("aging",), ("queue",), ("item", "add", "A1", "I1", "5"), ("book", "info")])
def test_a_file_that_is_no_book_of_ours_is_refused_with_9_and_left_as_it_is(
    collect: Collect, name: str, command: tuple[str, ...]
) -> None:
    make, told = BAD_BOOKS[name]
    make(collect.book)
    before = collect.book.read_bytes()
    collect(*command).check(code=9, stderr=told)
    assert collect.book.read_bytes() == before


def test_no_book_is_4_with_the_way_out(collect: Collect) -> None:
    collect("aging").check(code=4, stderr="hint: make one with 'collect book init'")
    assert not collect.book.exists()


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble):
        db.connect(tmp_path)


def test_init_never_replaces_a_file(collect: Collect) -> None:
    collect.book.write_text("my letters")
    collect("book", "init").check(code=5, stderr="there is a file already")
    assert collect.book.read_text() == "my letters"


def test_a_failed_init_leaves_no_file_behind(collect: Collect) -> None:
    collect("book", "init", "--currency", "RUPEES").check(code=2, stderr="no such currency: RUPEES")
    collect("book", "init", "--zone", "Moon/Base").check(code=2, stderr="no such time zone: Moon/Base")
    assert not collect.book.exists()


def test_the_file_is_opened_as_it_must_be(tmp_path: Path) -> None:
    books.create(tmp_path / "b.db", SETTINGS).close()
    connection = db.connect(tmp_path / "b.db")

    def pragma(name: str) -> object:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    found = {name: pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys", "query_only")}
    assert found == {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "query_only": 1}
    assert (pragma("trusted_schema"), pragma("secure_delete"), pragma("cache_spill")) == (0, 1, 0)
    tables = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall()
    own = [sql for (sql,) in tables if "_sqlite_migrations" not in sql and "sqlite_sequence" not in sql]
    assert all("STRICT" in sql for sql in own)
    connection.close()


def test_every_file_made_is_for_its_owner_only(collect: Collect, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        collect("book", "init").check()
        for ending in ("xlsx", "csv", "json"):
            collect("config", "show", "--output", tmp_path / f"settings.{ending}").check()
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes) == {"book.db", "book.db-journal", "settings.xlsx", "settings.csv", "settings.json"}
    assert all(mode & 0o077 == 0 for mode in modes.values()), modes


def test_a_read_only_folder_is_8_and_nothing_is_lost(collect_process: CollectProcess) -> None:
    collect_process("book", "init").check()
    folder = collect_process.book.parent
    collect_process.book.chmod(0o400)
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write anywhere")
        collect_process("account", "add", "A1").check(code=8, stderr="permissions")
    finally:
        folder.chmod(0o700)


def test_a_busy_book_is_7_after_the_wait(tmp_path: Path) -> None:
    books.create(tmp_path / "b.db", SETTINGS).close()
    other = sqlite3.connect(tmp_path / "b.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection = db.connect(tmp_path / "b.db", busy_ms=20)
    connection.execute("PRAGMA query_only = OFF")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("BEGIN IMMEDIATE")
    other.close()
    connection.close()
    assert isinstance(db.translated(caught.value, "b.db"), Busy)


@pytest.mark.parametrize(
    ("code", "kind"), [(5, Busy), (6, Busy), (13, DiskTrouble), (8, DiskTrouble), (10, DiskTrouble), (11, BadBook)]
)
def test_what_sqlite_reports_is_told_with_its_code(code: int, kind: type[CollectError]) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    assert isinstance(db.translated(error), kind)


def test_what_is_a_bug_of_ours_stays_what_it_is() -> None:
    error = sqlite3.OperationalError("no such column: x")
    error.sqlite_errorcode = 1
    assert db.translated(error) is error


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        db.connect(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_an_upgrade_runs_once_and_keeps_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    books.create(path, SETTINGS).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    with books.open_book(path) as book:
        assert book.setting("book.zone") == "Asia/Kolkata"
        assert book.execute("PRAGMA user_version").fetchone()[0] == db.SCHEMA_VERSION
