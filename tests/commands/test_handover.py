"""A hand-over is a folder: the statement with its proof, everything known, and hashes; whole or not at all."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

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
        "contacts": 2,
        "notices": 1,
        "promises": 1,
        "plans": 0,
        "disputes": 1,
        "stages": 0,
        "verdicts": 0,
    }
    assert rows["promises"][0]["state"] == "broken"
    assert rows["disputes"][0]["amount"] == "1000.00"


def test_the_contents_page_has_the_hash_of_every_file(book: Collect, tmp_path: Path) -> None:
    folder = tmp_path / "legal"
    book("stage", "hand-over", "C1", folder).check()
    contents = (folder / "contents.txt").read_text(encoding="utf-8")
    files = sorted(path for path in folder.iterdir() if path.name != "contents.txt")
    assert len(files) == 20
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
