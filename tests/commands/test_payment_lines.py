"""Statements and receipt lists become receipts: what is certain is taken, the rest is decided, nothing comes twice."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Collect

LEDGER = """\
Customer code,Customer name,Invoice,Date,Due date,Amount,Balance
C-104,Asha Traders,INV-1,2026-01-05,2026-02-04,1180.00,1180.00
C-104,Asha Traders,INV-2,2026-03-20,2026-04-19,500.00,500.00
C-105,Ravi & Sons,INV-3,2025-11-30,2025-12-30,7500.50,7000.50
"""
HEAD = "Date,Narration,Chq./Ref.No.,Withdrawal Amt.,Deposit Amt.,Closing Balance\n"
ASHA = "02/04/2026,NEFT CR-ASHA TRADERS-INV-1,HDFCN52026040212345,,1180.00,1180.00\n"
RAVI = "13/04/2026,UPI/412345678901/RAVI AND SONS/okaxis,412345678901,,7000.50,8180.50\n"
LATER = "14/04/2026,BY CASH DEPOSIT,,,999.00,9179.50\n14/04/2026,UPI/412345678999/asha,412345678999,,100.00,9279.50\n"


@pytest.fixture
def book(collect: Collect) -> Collect:
    collect("book", "init").check()
    path = collect.book.with_name("ledger.csv")
    path.write_text(LEDGER, encoding="utf-8")
    collect("import", "ledger", path, "--as-of", "2026-04-01").check()
    return collect


def statement(book: Collect, *rows: str, name: str = "statement.csv") -> Path:
    path = book.book.with_name(name)
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def imported(book: Collect, path: Path, *options: str, code: int = 0) -> dict[str, Any]:
    run = book("import", "payments", path, *options, "--format", "json", today="2026-04-20").check(code=code)
    found: dict[str, Any] = run.json
    parts = sum(found[key] for key in ("taken", "known", "seen", "open", "skipped", "rejected"))
    assert found["rows_read"] == parts
    return found


def receipts(book: Collect) -> list[tuple[str, str, str, str]]:
    rows = book("payment", "list", "--format", "json").check().json["rows"]
    return [(row["receipt"], row["account"], row["amount"], row["state"]) for row in rows]


def open_items(book: Collect) -> dict[str, str]:
    rows = book("item", "list", "--format", "json", today="2026-04-20").check().json["rows"]
    return {row["number"]: row["open"] for row in rows}


def test_what_is_certain_is_taken_and_the_rest_is_listed_with_suggestions(book: Collect) -> None:
    run = imported(book, statement(book, ASHA, RAVI, LATER))
    assert run["control"] == [
        {"currency": "INR", "read": "9279.50", "taken": "8180.50", "known": "0.00", "seen": "0.00", "open": "1099.00"}
    ]
    assert receipts(book) == [
        ("R-00001", "C-104", "1180.00", "cleared"),
        ("R-00002", "C-105", "7000.50", "cleared"),
    ]
    assert open_items(book) == {"INV-2": "500.00"}
    rows = book("payment", "unmatched", "--format", "json").check().json["rows"]
    assert [(row["line"], row["amount"], row["account"], row["why"]) for row in rows] == [
        (3, "999.00", "", "nothing known matches"),
        (4, "100.00", "C-104", "name like Asha Traders (70 %)"),
    ]
    book("book", "check").check()


def test_the_same_statement_and_an_overlapping_one_change_nothing_twice(book: Collect) -> None:
    imported(book, statement(book, ASHA, RAVI))
    assert imported(book, statement(book, ASHA, RAVI))["seen"] == 2
    overlap = statement(book, RAVI.replace("RAVI AND SONS", "Ravi and Sons "), LATER, name="next.csv")
    run = imported(book, overlap)
    assert (run["seen"], run["open"], run["taken"]) == (1, 2, 0)
    assert len(receipts(book)) == 2


def test_two_lines_that_are_alike_in_one_statement_are_two_payments(book: Collect) -> None:
    again = "14/04/2026,UPI INV-2,,,250.00,\n"
    assert imported(book, statement(book, again, again))["taken"] == 2
    assert imported(book, statement(book, again, again, again, name="longer.csv"))["taken"] == 1
    assert len(receipts(book)) == 3


def test_a_payment_taken_by_hand_is_not_taken_again_and_is_cleared(book: Collect) -> None:
    book("pay", "C-104", "1180", "--mode", "cheque", "--ref", "hdfc n52026040212345", today="2026-04-01").check()
    book("pay", "C-105", "7000.50", "--mode", "other", "--on", "2026-04-12", today="2026-04-12").check()
    run = imported(book, statement(book, ASHA, RAVI))
    assert (run["known"], run["taken"]) == (2, 0)
    assert [row["why"] for row in run["lines_known"]["rows"]] == [
        "reference HDFCN52026040212345",
        "name like Ravi & Sons (100 %); taken by hand",
    ]
    assert receipts(book) == [
        ("R-00001", "C-104", "1180.00", "cleared"),
        ("R-00002", "C-105", "7000.50", "cleared"),
    ]


def test_a_line_is_decided_by_hand(book: Collect) -> None:
    imported(book, statement(book, LATER))
    book("payment", "match", "1", "--ignore", "--why", "own deposit").check(
        stdout="line 1, 2026-04-14, INR 999.00: ignored"
    )
    match = ("payment", "match", "2", "C-104", "--for", "INV-2")
    book(*match, today="2026-04-20").check(stdout="taken as R-00001 of C-104 Asha Traders")
    assert open_items(book)["INV-2"] == "400.00"
    book(*match).check(code=4, stderr="no undecided line: 2")
    book("payment", "match", "2").check(code=2, stderr="whose payment is it")
    assert book("payment", "unmatched", "--format", "json").check().json["rows"] == []


def test_who_paid_before_is_suggested_the_next_time(book: Collect) -> None:
    imported(book, statement(book, "14/04/2026,UPI/4123/K S RAO/rao77@ybl,,,100.00,\n"))
    book("payment", "match", "1", "C-104", today="2026-04-20").check()
    imported(book, statement(book, "15/04/2026,UPI/4124/K S RAO/rao77@ybl,,,77.00,\n", name="next.csv"))
    row = book("payment", "unmatched", "--format", "json").check().json["rows"][0]
    assert (row["account"], row["why"]) == ("C-104", "paid for it before")


def test_a_workbook_is_filled_in_and_fed_back(book: Collect, tmp_path: Path) -> None:
    imported(book, statement(book, LATER, "15/04/2026,NEFT UNKNOWN,,,40.00,\n"))
    todo = tmp_path / "todo.xlsx"
    book("payment", "unmatched", "--output", todo).check()
    workbook = openpyxl.load_workbook(todo)
    sheet = workbook.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row, decision in ((2, "ignore"), (3, "yes"), (4, "C-105")):
        sheet.cell(row, heads.index("Decision") + 1).value = decision
    workbook.save(todo)
    run = book("import", "payments", todo, "--format", "json", today="2026-04-20").check().json
    assert [(one["line"], one["kind"], one["account"]) for one in run["lines"]] == [
        (1, "ignored", ""),
        (2, "taken", "C-104"),
        (3, "taken", "C-105"),
    ]
    book("import", "payments", todo, today="2026-04-20").check(stdout="nothing was decided")
    assert [amount for _, _, amount, _ in receipts(book)] == ["100.00", "40.00"]


def test_a_row_that_cannot_be_read_stops_it_all_unless_partial(book: Collect) -> None:
    path = statement(book, ASHA, "31/04/2026,NEFT,,,5.00,\n")
    run = book("import", "payments", path, today="2026-04-20").check(code=6, stdout="31/04/2026")
    assert "1 row of statement.csv has to be set aside, nothing was stored" in run.stderr
    assert receipts(book) == []
    assert imported(book, path, "--partial", code=1)["taken"] == 1
    assert len(receipts(book)) == 1


def test_a_dry_run_keeps_nothing(book: Collect) -> None:
    assert imported(book, statement(book, ASHA, LATER), "--dry-run")["taken"] == 1
    assert receipts(book) == []
    assert book("payment", "unmatched", "--format", "json").check().json["rows"] == []


def test_a_payment_of_a_day_to_come_waits_for_a_decision(book: Collect) -> None:
    run = book("import", "payments", statement(book, RAVI), "--format", "json", today="2026-04-02").check().json
    assert run["open"] == 1
    assert run["lines_open"]["rows"][0]["why"].endswith("a payment of a day to come: 2026-04-13")


def test_review_needs_a_terminal(book: Collect) -> None:
    book("import", "payments", statement(book, RAVI), "--review").check(code=2, stderr="cannot ask here")
