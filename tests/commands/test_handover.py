"""A hand-over is a folder: the statement with its proof, everything known, and hashes; whole or not at all."""

import errno
import json
import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from collect.book import open_book
from collect.store import trail
from collect.trail import Wanted
from tests.conftest import Collect


@pytest.fixture
def book(collect: Collect) -> Collect:
    """C1 owes 50,000 since 2026-01-10, paid 2,500 of it in March, promised the rest and disputes 1,000."""
    collect("book", "init").check()
    collect("account", "add", "C1", "--name", "Debtor C1").check()
    added = ("--dated", "2026-01-01", "--due", "2026-01-10")
    collect("item", "add", "C1", "I-1", "50000", *added, today="2026-01-05").check()
    collect("pay", "C1", "2500", "--mode", "upi", "--ref", "U1", today="2026-03-10").check()
    collect("log", "C1", "call", "promised", "--promise", "47500", "--by", "2026-03-20", today="2026-03-15").check()
    collect("log", "C1", "letter", "sent", today="2026-03-28").check()
    opened = ("dispute", "open", "C1", "--item", "I-1", "--amount", "1000", "--reason", "price")
    collect(*opened, today="2026-03-29").check()
    return collect


def test_the_statement_runs_to_what_is_open_and_is_proved(book: Collect, tmp_path: Path) -> None:
    folder = tmp_path / "legal"
    book("stage", "hand-over", "C1", folder).check(stdout="handed C1 Debtor C1 over in")
    statement = json.loads((folder / "statement.json").read_text(encoding="utf-8"))
    assert [(row["date"], row["debit"], row["credit"], row["balance"]) for row in statement["rows"]] == [
        ("2026-01-01", "50000.00", None, "50000.00"),
        ("2026-03-10", None, "2500.00", "47500.00"),
    ]
    assert statement["proof"] == {"INR": {"postings": "47500.00", "report": "47500.00", "ok": True}}


def test_a_bounced_cheque_is_a_line_of_the_statement(book: Collect, tmp_path: Path) -> None:
    book("pay", "C1", "500", "--mode", "cheque", "--ref", "778", today="2026-03-16").check()
    number = book("payment", "list", "--format", "json").json["rows"][-1]["receipt"]
    book("payment", "reverse", number, "--reason", "bounced", today="2026-03-30").check()
    book("stage", "hand-over", "C1", tmp_path / "legal").check()
    statement = json.loads((tmp_path / "legal" / "statement.json").read_text(encoding="utf-8"))
    assert [(row["what"], row["balance"]) for row in statement["rows"]][2:] == [
        ("receipt", "47000.00"),
        ("bounce", "47500.00"),
    ]
    assert statement["proof"]["INR"]["ok"]


def test_everything_known_is_in_it(book: Collect, tmp_path: Path) -> None:
    folder = tmp_path / "legal"
    book("stage", "hand-over", "C1", folder).check()
    rows = {path.stem: json.loads(path.read_text(encoding="utf-8"))["rows"] for path in folder.glob("*.json")}
    counts = {name: len(found) for name, found in rows.items()}
    assert counts == {
        "statement": 2,
        "items": 1,
        "receipts": 1,
        "credits": 0,
        "contacts": 2,
        "verdicts": 2,
        "notices": 1,
        "promises": 1,
        "plans": 0,
        "disputes": 1,
        "stages": 0,
        "holds": 0,
        "events": 0,
        "clocks": 0,
        "interest": 0,
    }
    assert rows["promises"][0]["state"] == "broken"
    assert rows["disputes"][0]["amount"] == "1000.00"


def test_the_contents_page_has_the_hash_of_every_file(book: Collect, tmp_path: Path) -> None:
    folder = tmp_path / "legal"
    book("stage", "hand-over", "C1", folder).check()
    contents = (folder / "contents.txt").read_text(encoding="utf-8")
    files = sorted(path for path in folder.iterdir() if path.name != "contents.txt")
    assert len(files) == 30
    for path in files:
        assert f"{sha256(path.read_bytes()).hexdigest()}  {path.name}" in contents
    assert "proof INR: the movements sum to what is open" in contents


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_only_the_owner_can_read_it(book: Collect, tmp_path: Path) -> None:
    folder = tmp_path / "legal"
    book("stage", "hand-over", "C1", folder).check()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_folder_that_is_there_already_is_left_alone(book: Collect, tmp_path: Path) -> None:
    folder = tmp_path / "legal"
    folder.mkdir()
    (folder / "note.txt").write_text("mine", encoding="utf-8")
    book("stage", "hand-over", "C1", folder).check(5, stderr="error: there is such a folder already")
    assert [path.name for path in folder.iterdir()] == ["note.txt"]


def test_where_it_cannot_be_written_nothing_is_left(book: Collect, tmp_path: Path) -> None:
    book("stage", "hand-over", "C1", tmp_path / "missing" / "legal").check(8, stderr="hint: make the folder first")
    assert not (tmp_path / "missing").exists()


def test_a_statement_whose_proof_fails_says_so(book: Collect, tmp_path: Path) -> None:
    """One paisa more is kept as open than was posted: the folder is written, and the command ends with 1."""
    with closing(sqlite3.connect(book.book)) as connection, connection:
        connection.execute("UPDATE item SET open_minor = open_minor + 1")
    book("stage", "hand-over", "C1", tmp_path / "legal").check(1)
    contents = (tmp_path / "legal" / "contents.txt").read_text(encoding="utf-8")
    assert "proof INR: the movements DO NOT SUM TO what is open" in contents


def test_a_name_too_long_for_the_disk_is_no_bug(book: Collect, tmp_path: Path) -> None:
    book("stage", "hand-over", "C1", tmp_path / ("a" * 300)).check(8, stderr="hint: choose a shorter name")


def handed(collect: Collect, folder: Path, *options: str, today: str = "2026-04-01") -> dict[str, list[dict[str, Any]]]:
    """The rows of every sheet in the folder."""
    collect("stage", "hand-over", "C1", folder, *options, today=today).check()
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))["rows"] for path in sorted(folder.glob("*.json"))}


def test_the_audit_trail_keeps_who_did_it_and_the_hash_of_the_contents(book: Collect, tmp_path: Path) -> None:
    run = book("stage", "hand-over", "C1", tmp_path / "legal", "--why", "suit to be filed", "--format", "json").check()
    found = sha256((tmp_path / "legal" / "contents.txt").read_bytes()).hexdigest()
    assert run.json["contents"] == found
    with open_book(book.book) as opened:
        (last,) = trail.of(opened, Wanted(), 1)[0]
        detail = opened.execute("SELECT field, after FROM change_detail WHERE change_id = ?", (last.id,)).fetchone()
    assert last[2:6] == ("asha", "stage.hand-over", "C1", "suit to be filed")
    assert detail == ("contents.txt", found)


def test_the_same_book_and_day_give_the_same_bytes(book: Collect, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    handed(book, first)
    handed(book, second)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_a_dry_run_leaves_neither_folder_nor_audit(book: Collect, tmp_path: Path) -> None:
    book("stage", "hand-over", "C1", tmp_path / "legal", "--dry-run").check(stdout="handed C1 Debtor C1 over in")
    assert {path.name for path in tmp_path.iterdir()} <= {"book.db", "book.db-journal"}
    with open_book(book.book) as opened:
        assert trail.of(opened, Wanted(), 1)[0][0].action == "dispute.open"


def test_an_error_half_way_leaves_nothing(book: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: object, _sheet: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("collect.files.csv_out.write", full)
    book("stage", "hand-over", "C1", tmp_path / "legal").check(8, stderr="no space left on device")
    assert {path.name for path in tmp_path.iterdir()} <= {"book.db", "book.db-journal"}


def test_it_holds_every_item_and_credit_and_what_stopped_contact(book: Collect, tmp_path: Path) -> None:
    """I-2 of 300 is paid by a credit note: it stands there with nothing open."""
    book("item", "add", "C1", "I-2", "300", "--dated", "2026-02-01", "--due", "2026-02-20").check()
    book("item", "credit", "C1", "300", "--for", "I-2", "--number", "CN-1").check()
    book("account", "hold", "C1", "cease", "--source", "letter", "--document", "L-17", today="2026-03-30").check()
    book("account", "release", "C1", "cease", "--why", "withdrawn", today="2026-03-31").check()
    book("account", "event", "C1", "acknowledgement", "--on", "2026-03-20", "--document", "A-1").check()
    rows = handed(book, tmp_path / "legal")
    assert [(row["number"], row["amount"], row["open"]) for row in rows["items"]] == [
        ("I-1", "50000.00", "47500.00"),
        ("I-2", "300.00", "0.00"),
    ]
    assert [(row["number"], row["amount"]) for row in rows["credits"]] == [("CN-1", "-300.00")]
    assert [(row["kind"], row["document"], bool(row["released_at"])) for row in rows["holds"]] == [
        ("cease", "L-17", True)
    ]
    assert rows["events"] == [{"on": "2026-03-20", "event": "acknowledgement", "document": "A-1"}]


def test_each_contact_has_its_verdict_and_each_clock_its_day(book: Collect, tmp_path: Path) -> None:
    """A call at 21:30 breaks the hours of the house; the debt of 2026-01-10 can be sued for through 2029-01-10."""
    book("policy", "use", "in-limitation", "in-msmed", "--country", "IN").check()
    book("config", "set", "policy.on", "IN-LIM").check()
    book("log", "C1", "call", "no-answer", "--at", "2026-03-30T21:30", "--why", "asked for it").check()
    rows = handed(book, tmp_path / "legal")
    assert [(row["channel"], row["verdict"], row["reason"]) for row in rows["verdicts"]] == [
        ("call", "REASON", "asked for it"),
        ("letter", "ALLOW", None),
        ("call", "ALLOW", None),
    ]
    assert [(row["item"], row["due_on"]) for row in rows["clocks"]] == [("I-1", "2029-03-10")]
    assert [row["rule"] for row in rows["interest"]] == ["IN-MSMED"]


def test_an_earlier_day_shows_only_what_was_so_then(book: Collect, tmp_path: Path) -> None:
    """As of 2026-03-12: the cheque is not cleared, nothing was promised, disputed, held or moved."""
    book("pay", "C1", "500", "--mode", "cheque", "--ref", "778", today="2026-03-11").check()
    book("payment", "clear", "R-00002", "--on", "2026-03-16", today="2026-03-16").check()
    book("payment", "reverse", "R-00001", "--reason", "mistake", today="2026-03-31").check()
    book("stage", "move", "C1", "--why", "letter", today="2026-03-20").check()
    book("account", "hold", "C1", "cease", "--source", "letter", today="2026-03-30").check()
    book("account", "event", "C1", "acknowledgement", "--on", "2026-03-20").check()
    rows = handed(book, tmp_path / "legal", today="2026-03-12")
    assert {name for name, found in rows.items() if found} == {"statement", "items", "receipts"}
    assert [(row["receipt"], row["state"]) for row in rows["receipts"]] == [
        ("R-00001", "reversed"),
        ("R-00002", "received"),
    ]
