"""The trail of changes, backups and putting them back."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from collect import book as books
from collect import db
from tests.conftest import TODAY, Collect, CollectProcess


@pytest.fixture
def book(collect: Collect) -> Collect:
    """One account that owes 1,180.00."""
    collect("book", "init", "--name", "Sharma Traders").check()
    collect("account", "add", "C-104", "--name", "Asha Traders").check()
    collect("item", "add", "C-104", "INV-1", "1180", "--dated", "2026-01-05", "--due", "2026-02-04").check()
    return collect


def owed(book: Collect, path: Path | None = None) -> str:
    """What everybody owes, in the book or in a copy of it."""
    place = ("--book", path) if path else ()
    totals = book(*place, "aging", "--format", "json").check().json["totals"]
    return str(totals[0]["total"]) if totals else "0.00"


def dump(path: Path) -> list[str]:
    """All that a database holds, as SQL."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_the_trail_says_who_changed_what_when_and_why(book: Collect) -> None:
    book("config", "set", "aging.buckets", "15,30", "--why", "month end").check()
    book("--agent", "ravi", "pay", "C-104", "80", "--why", "at the counter").check()
    run = book("book", "audit", "--format", "json").check().json
    newest = run["rows"][0]
    assert (newest["agent"], newest["action"], newest["why"], newest["day"]) == ("ravi", "pay", "at the counter", TODAY)
    assert [row["action"] for row in run["rows"][1:]] == ["config.set", "item.add", "account.add", "book.init"]
    assert newest["recorded_at"].endswith("+05:30")
    assert run["rows"][1]["details"] == "aging.buckets: 30,60,90 -> 15,30"


@pytest.mark.parametrize(
    ("options", "actions"),
    [
        (("--subject", "c-104"), ["pay", "item.add", "account.add"]),
        (("--action", "item"), ["item.add"]),
        (("--since", "2026-04-02"), ["pay"]),
        (("--since", "2026-04-02", "--action", "book"), []),
        (("--limit", "1"), ["pay"]),
    ],
)
def test_the_trail_is_narrowed(book: Collect, options: tuple[str, ...], actions: list[str]) -> None:
    book("pay", "C-104", "80", today="2026-04-02").check()
    run = book("book", "audit", *options, "--format", "json", today="2026-04-02").check().json
    assert [row["action"] for row in run["rows"]] == actions
    assert run["notes"] == (["3 more rows: --limit 0 shows all"] if "--limit" in options else [])


def test_a_backup_holds_what_the_book_held_and_is_for_its_owner_only(book: Collect, tmp_path: Path) -> None:
    kept = tmp_path / "stick" / "april.db"
    book("book", "backup", kept).check(stdout=f"backed up to {kept}: 3 changes, every check passed")
    assert dump(kept) == dump(book.book)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    book("pay", "C-104", "180").check()
    assert (owed(book), owed(book, kept)) == ("1000.00", "1180.00")
    assert [path.name for path in kept.parent.iterdir()] == ["april.db"]


def test_a_backup_has_a_place_of_its_own_and_is_never_written_over(book: Collect, tmp_path: Path) -> None:
    book("book", "backup").check(stdout="backups/book-20260401-120000.db")
    kept = tmp_path / "backups" / "book-20260401-120000.db"
    before = kept.read_bytes()
    book("pay", "C-104", "180").check()
    book("book", "backup").check(5, stderr=f"error: there is a file already: {kept}")
    assert kept.read_bytes() == before


def test_a_backup_of_a_book_that_fails_its_check_is_not_one(book: Collect, tmp_path: Path) -> None:
    connection = sqlite3.connect(book.book)
    connection.execute("UPDATE item SET open_minor = 1")
    connection.commit()
    connection.close()
    book("book", "backup", tmp_path / "bad.db").check(9, stderr="error: not a sound book: ")
    assert not (tmp_path / "bad.db").exists()


def test_a_restored_book_is_the_backup_and_the_one_before_is_kept(book: Collect, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    book("book", "backup", kept).check()
    before = kept.read_bytes()
    book("pay", "C-104", "180").check()
    run = book("book", "restore", kept, "--yes", "--why", "paid twice by a slip").check()
    aside = tmp_path / "book-before-restore-1.db"
    assert run.stdout.splitlines() == [
        f"restored {book.book} from {kept}: 3 changes, every check passed",
        f"  what stood there (4 changes) is kept as {aside}",
        "  changes made since that backup, no longer in the book: 1",
    ]
    assert (owed(book), owed(book, aside)) == ("1180.00", "1000.00")
    newest = book("book", "audit", "--format", "json").json["rows"][0]
    assert (newest["action"], newest["subject"], newest["why"]) == ("book.restore", "kept.db", "paid twice by a slip")
    assert kept.read_bytes() == before
    book("book", "check").check()


def test_a_dry_run_of_restoring_changes_nothing(book: Collect, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    book("book", "backup", kept).check()
    book("pay", "C-104", "180").check()
    before = dump(book.book)
    book("book", "restore", kept, "--dry-run").check(stdout="dry run: nothing was changed")
    assert dump(book.book) == before
    assert not list(tmp_path.glob("*before-restore*"))


def test_a_book_that_was_lost_or_damaged_is_restored(book: Collect, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    book("book", "backup", kept).check()
    junk = b"not a database" * 1000
    book.book.write_bytes(junk)
    book("book", "restore", kept, "--yes").check(stdout="what stood there (no sound book) is kept as ")
    assert (tmp_path / "book-before-restore-1.db").read_bytes() == junk
    assert owed(book) == "1180.00"
    book.book.unlink()
    book("book", "restore", kept, "--yes").check()
    assert owed(book) == "1180.00"


@pytest.mark.parametrize("wrong", ["junk", "truncated", "missing", "another book's", "unsound"])
def test_what_is_no_backup_of_this_book_takes_the_place_of_nothing(book: Collect, tmp_path: Path, wrong: str) -> None:
    kept = tmp_path / "kept.db"
    book("book", "backup", kept).check()
    if wrong == "junk":
        kept.write_bytes(b"junk" * 5000)
    elif wrong == "truncated":
        kept.write_bytes(kept.read_bytes()[:9000])
    elif wrong == "missing":
        kept.unlink()
    elif wrong == "unsound":
        connection = sqlite3.connect(kept)
        connection.execute("UPDATE item SET open_minor = 1")
        connection.commit()
        connection.close()
    else:
        kept.unlink()
        book("--book", kept, "book", "init", today="2026-03-31").check()
    before = dump(book.book)
    code = {"missing": 4, "another book's": 5}.get(wrong, 9)
    book("book", "restore", kept, "--yes").check(code)
    assert dump(book.book) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".", "book-"))) == []


def test_an_older_book_is_kept_before_it_is_upgraded(
    book: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = sqlite3.connect(book.book)
    connection.execute(f"PRAGMA user_version = {db.SCHEMA_VERSION - 1}")
    connection.commit()
    connection.close()
    before = dump(book.book)
    monkeypatch.setattr("collect.schema.migrations.apply", lambda _database: None)
    assert owed(book) == "1180.00"
    assert dump(tmp_path / f"book-schema{db.SCHEMA_VERSION - 1}.db") == before


def test_a_backup_of_an_older_schema_is_restored_and_leaves_nothing_beside_the_book(
    book: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.db"
    book("book", "backup", kept).check()
    connection = sqlite3.connect(kept)
    connection.execute(f"PRAGMA user_version = {db.SCHEMA_VERSION - 1}")
    connection.commit()
    connection.close()
    before = kept.read_bytes()
    monkeypatch.setattr("collect.schema.migrations.apply", lambda _database: None)
    book("book", "restore", kept, "--yes").check()
    assert owed(book) == "1180.00"
    assert kept.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".") or "schema" in path.name] == []


ROUNDS = {"": 4, "quick": 20, "1": 200, "release": 1000}[os.environ.get("COLLECT_DEEP", "")]


def test_a_backup_under_writing_is_a_state_the_book_was_in(collect_process: CollectProcess, tmp_path: Path) -> None:
    """Somebody adds items one by one; every backup taken meanwhile holds a whole number of them and is sound."""
    collect_process("book", "init").check()
    collect_process("account", "add", "A1", "--name", "Asha").check()
    writing = (
        "import sys\nfrom collect import cli\n"
        "for at in range(100000): assert cli.run(['item', 'add', 'A1', f'I{at}', '1', '--dated', '2026-01-05']) == 0\n"
    )
    environment = {**os.environ, "COLLECT_BOOK": str(collect_process.book), "COLLECT_TODAY": TODAY}
    writer = subprocess.Popen([sys.executable, "-c", writing], env=environment, stdout=subprocess.DEVNULL)
    try:
        for at in range(ROUNDS):
            kept = tmp_path / f"kept-{at}.db"
            collect_process("book", "backup", kept).check()
            with books.open_book(kept) as copy:
                (changes,) = copy.execute("SELECT COUNT(*) FROM change").fetchone()
                (items,) = copy.execute("SELECT COUNT(*) FROM item").fetchone()
            assert changes == items + 2
    finally:
        writer.kill()
        writer.wait()
