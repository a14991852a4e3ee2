"""Importing a ledger, from the command line: control figures, idempotency, all or nothing, and what is refused."""

import json
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Collect

LIST = """Customer Code,Customer Name,Invoice No,Invoice Date,Due Date,Amount,Balance
C1,Mehta Hardware,INV-1,2026-01-05,2026-02-04,1000.00,1000.00
C1,Mehta Hardware,INV-2,2026-02-10,2026-03-12,2500.50,1500.50
C2,Kapoor & Co,INV-3,2026-03-20,2026-04-19,700.00,700.00
C2,Kapoor & Co,CN-1,2026-03-25,,-100.00,-100.00
"""


def write(collect: Collect, text: str, name: str = "list.csv") -> Path:
    path = collect.book.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def imported(collect: Collect, path: Path, *options: str, code: int = 0, today: str = "2026-04-01") -> dict[str, Any]:
    run = collect("import", "ledger", path, "--format", "json", *options, today=today)
    assert run.code == code, run.stderr
    found: dict[str, Any] = run.json
    return found


def total(collect: Collect, today: str = "2026-04-01") -> str:
    return str(collect("aging", "--format", "json", today=today).check().json["totals"][0]["total"])


def test_a_list_becomes_items_credits_and_accounts(collect: Collect) -> None:
    collect("book", "init").check()
    facts = imported(collect, write(collect, LIST))
    counts = {key: facts[key] for key in ("rows_read", "imported", "updated", "unchanged", "skipped", "rejected")}
    assert counts == {"rows_read": 4, "imported": 4, "updated": 0, "unchanged": 0, "skipped": 0, "rejected": 0}
    assert facts["control"] == [{"currency": "INR", "amount": "4100.50", "open": "3100.50"}]
    assert facts["mapping"]["number"] == "Invoice No"
    rows = collect("aging", "--format", "json").check().json["rows"]
    assert [(row["account"], row["d1_30"], row["d31_60"], row["not_due"], row["unapplied"]) for row in rows] == [
        ("C1", "1500.50", "1000.00", "0.00", "0.00"),
        ("C2", "0.00", "0.00", "700.00", "-100.00"),
    ]
    posted = collect("item", "show", "INV-2", "--format", "json").check().json["postings"]["rows"]
    assert [(row["kind"], row["amount"], row["effective_on"]) for row in posted] == [
        ("invoice", "2500.50", "2026-02-10"),
        ("settled in the ledger", "-1000.00", "2026-04-01"),
    ]


def test_the_same_file_twice_changes_nothing(collect: Collect) -> None:
    collect("book", "init").check()
    path = write(collect, LIST)
    imported(collect, path)
    before = collect("aging", "--by", "item", "--format", "json").stdout
    for options in ((), ("--dates", "dmy")):  # the second asks otherwise, so that the rows are compared one by one
        facts = imported(collect, path, *options)
        assert (facts["imported"], facts["updated"], facts["unchanged"], facts["items"]) == (0, 0, 4, 0)
        assert "What it changes" not in collect("import", "ledger", path, *options).check().stdout
    assert collect("aging", "--by", "item", "--format", "json").stdout == before
    collect("book", "check").check()


def test_the_next_days_list_updates_what_changed(collect: Collect) -> None:
    """Day two: INV-1 part paid, INV-2 due later, INV-3 gone, INV-4 new."""
    collect("book", "init").check()
    imported(collect, write(collect, LIST))
    second = """Customer Code,Customer Name,Invoice No,Invoice Date,Due Date,Amount,Balance
C1,Mehta Hardware,INV-1,2026-01-05,2026-02-04,1000.00,400.00
C1,Mehta Hardware,INV-2,2026-02-10,2026-03-31,2500.50,1500.50
C2,Kapoor & Co,CN-1,2026-03-25,,-100.00,-100.00
C2,Kapoor & Co,INV-4,2026-04-01,2026-05-01,50.00,50.00
"""
    facts = imported(collect, write(collect, second, "two.csv"), today="2026-04-02")
    assert (facts["imported"], facts["updated"], facts["unchanged"], facts["vanished"]) == (1, 2, 1, 1)
    assert facts["vanished_items"]["rows"] == [
        {"account": "C2", "number": "INV-3", "currency": "INR", "open": "700.00"}
    ]
    assert total(collect, "2026-04-02") == "2550.50"
    assert total(collect, "2026-04-01") == "3150.50"  # INV-4 is dated that day
    items = collect("item", "show", "INV-2", "--format", "json", today="2026-04-02").json["items"]["rows"]
    assert [(row["due_on"], row["open"]) for row in items] == [("2026-03-31", "1500.50")]
    then = collect("aging", "--by", "item", "--known-on", "2026-04-01", "--format", "json", today="2026-04-02")
    assert [row["due_on"] for row in then.json["rows"] if row["number"] == "INV-2"] == ["2026-03-12"]
    full = imported(collect, collect.book.parent / "two.csv", "--full", today="2026-04-02")
    assert full["vanished"] == 1
    assert total(collect, "2026-04-02") == "1850.50"
    collect("book", "check").check()


def test_dry_run_tells_all_and_keeps_nothing(collect: Collect) -> None:
    collect("book", "init").check()
    before = collect.book.read_bytes()
    facts = imported(collect, write(collect, LIST), "--dry-run")
    assert (facts["imported"], facts["control"][0]["open"], facts["dry_run"]) == (4, "3100.50", True)
    assert collect.book.read_bytes() == before


BAD_AMOUNT = LIST.replace("1000.00,1000.00", "10x0.00,1000.00")


def test_a_row_that_cannot_be_read_stops_the_import_with_its_place(collect: Collect) -> None:
    collect("book", "init").check()
    before = collect.book.read_bytes()
    run = collect("import", "ledger", write(collect, BAD_AMOUNT)).check(code=6, stderr="nothing was stored")
    assert all(told in run.stdout for told in ("10x0.00", "Amount", "2"))
    assert collect.book.read_bytes() == before


def test_partial_takes_the_others_and_exits_1(collect: Collect) -> None:
    collect("book", "init").check()
    facts = imported(collect, write(collect, BAD_AMOUNT), "--partial", code=1)
    assert (facts["rows_read"], facts["imported"], facts["rejected"]) == (4, 3, 1)
    assert total(collect) == "2100.50"


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (b"", 6, "empty"),
        (b"just some words\nand more of them\n", 6, "header"),
        (LIST.replace("2026-01-05", "05/01/2026").replace("2026-02-04", "04/02/2026").encode(), 0, ""),
        (b"Customer,Invoice No,Due Date,Amount\nA,1,05/04/2026,10\nB,2,06/04/2026,20\n", 6, "--dates"),
        (b'Customer,Invoice No,Due Date,Amount\nA,1,"2026-04-05,10\nB,2,2026-04-06,20\n', 6, "quot"),
        (b"PK\x03\x04 this is no workbook at all", 6, "damaged"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_as_a_whole(
    collect: Collect, content: bytes, code: int, told: str
) -> None:
    collect("book", "init").check()
    before = collect.book.read_bytes()
    path = collect.book.parent / "list.csv"
    path.write_bytes(content)
    collect("import", "ledger", path).check(code=code, stderr=told)
    assert (collect.book.read_bytes() == before) is (code != 0)


def test_a_missing_file_is_4(collect: Collect) -> None:
    collect("book", "init").check()
    collect("import", "ledger", "nowhere.xlsx").check(code=4, stderr="nowhere.xlsx")


def test_items_by_hand_and_items_of_the_list_live_side_by_side(collect: Collect) -> None:
    collect("book", "init").check()
    imported(collect, write(collect, LIST))
    collect("item", "add", "C1", "OWN-1", "10", "--dated", "2026-03-01", "--due", "2026-03-02").check()
    facts = imported(collect, collect.book.parent / "list.csv")
    assert facts["vanished"] == 0
    assert total(collect) == "3110.50"


@pytest.mark.parametrize(
    ("day", "count", "owed", "not_due", "late", "accounts", "disputed"),
    [
        ("2012-03-31", 107, "6183.10", "5613.87", "569.23", None, None),
        ("2012-12-31", 99, "5725.06", "4936.32", "788.74", None, None),
        ("2013-06-30", 84, "5119.85", "4284.29", "835.56", 52, (27, "1,806.84")),
        ("2013-09-30", 88, "5029.22", "4563.74", "465.48", None, None),
    ],
)
def test_the_ibm_ledger_on_every_day_listed(
    ibm: Collect,
    day: str,
    count: int,
    owed: str,
    not_due: str,
    late: str,
    accounts: int | None,
    disputed: tuple[int, str] | None,
) -> None:
    run = ibm("aging", "--format", "json", today=day).check().json
    found = run["totals"][0]
    assert (found["items"], found["total"], found["not_due"], found["d1_30"]) == (count, owed, not_due, late)
    assert run["proof"]["USD"]["ok"] is True
    as_of = ibm("aging", "--as-of", day, "--format", "json", today="2026-01-01").check().json
    assert (as_of["totals"], as_of["rows"]) == (run["totals"], run["rows"])
    if accounts:
        assert (found["accounts"], len(run["rows"])) == (accounts, accounts)
        assert [(row["account"], row["total"]) for row in run["rows"][:3]] == [
            ("7938-EVASK", "301.34"),
            ("8976-AMJEO", "288.03"),
            ("5573-KSOIA", "262.31"),
        ]
    if disputed:
        assert f"items disputed: {disputed[0]}, USD {disputed[1]}" in run["notes"]


def test_the_queue_replays_the_ibm_ledger(ibm: Collect) -> None:
    run = ibm("queue", "--all", "--format", "json", today="2013-06-30").check().json
    assert sum(Decimal(row["overdue"]) for row in run["rows"]) == Decimal("835.56")
    scores = [float(row["score"]) for row in run["rows"]]
    assert scores == sorted(scores, reverse=True)
    assert all(abs(sum(one["points"] for one in row["reasons"]) - float(row["score"])) < 0.05 for row in run["rows"])
    held = [row for row in run["rows"] if row["held"]]
    assert {(row["held"], row["ask"]) for row in held} == {("all of it disputed", "0.00")}
    chased = ibm("queue", "--format", "json", "--limit", "3", today="2013-06-30").check().json
    wanted = [row["account"] for row in run["rows"] if not row["held"]]
    assert [row["account"] for row in chased["rows"]] == wanted[:3]


@pytest.fixture(scope="module")
def ibm(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Collect:
    found = Collect(tmp_path_factory.mktemp("ibm") / "book.db")
    found("book", "init", "--currency", "USD").check()
    facts = imported(found, shared_data / "ledgers" / "ibm_receivables.csv", today="2026-01-01")
    assert (facts["rows_read"], facts["accounts"], facts["control"][0]["amount"]) == (2466, 100, "147703.18")
    return found


def test_the_highradius_ledger_as_of_its_day(collect: Collect, shared_data: Path) -> None:
    collect("book", "init", "--currency", "USD").check()
    facts = imported(collect, shared_data / "ledgers" / "highradius_open.csv")
    assert (facts["rows_read"], facts["accounts"]) == (9681, 694)
    assert facts["control"] == [{"currency": "USD", "amount": "310427858.75", "open": "310427858.75"}]
    found = collect("aging", "--format", "json", today="2020-05-01").check().json["totals"][0]
    amounts = [found[key] for key in ("not_due", "d1_30", "d31_60", "d61_90", "d91_up", "total")]
    assert amounts == ["61495035.93", "147655770.51", "74358460.15", "296642.08", "0.00", "283805908.67"]
    counts = [found[key] for key in ("n_not_due", "n_d1_30", "n_d31_60", "n_d61_90")]
    assert counts == [1987, 4390, 2356, 12]
    assert len(json.dumps(facts["warnings"])) > 2
    assert any("631 amounts" in line for line in facts["warnings"])


def test_the_reason_of_an_import_is_kept_with_it(collect: Collect) -> None:
    collect("book", "init").check()
    imported(collect, write(collect, LIST), "--why", "month end")
    with sqlite3.connect(collect.book) as book:
        assert book.execute("SELECT why FROM change WHERE action = 'import.ledger'").fetchall() == [("month end",)]
    book.close()


def test_a_row_with_more_cells_than_the_header_is_set_aside(collect: Collect) -> None:
    """`12,34,567.00` without quotes is three cells: never 12 rupees."""
    collect("book", "init").check()
    text = """Customer Code,Name,Invoice,Invoice Date,Due Date,Balance
10,D,8,2026-01-01,2026-02-01,900.00
10,D,9,2026-01-01,2026-02-01,1,900.00
10,D,10,2026-01-01,2026-02-01,12,34,567.00
"""
    path = write(collect, text)
    told = collect("import", "ledger", path).check(code=6, stderr="nothing was stored").stdout
    assert "more cells than the header" in " ".join(told.split())
    facts = imported(collect, path, "--partial", code=1)
    assert (facts["imported"], facts["rejected"], facts["control"][0]["open"]) == (1, 2, "900.00")
    unnamed = "Customer Code,Invoice,Due Date,Balance\n10,8,2026-02-01,900.00,x\n10,9,2026-02-01,5.00,y\n"
    assert imported(collect, write(collect, unnamed, "other.csv"))["rejected"] == 0
