"""Receipts after they were given: printed again, moved, taken back, deposited, cleared."""

from pathlib import Path

import pytest

from tests.commands.test_pay import add, book_with, left, take, totals
from tests.conftest import Collect


def start(collect: Collect) -> None:
    """Two bills, and a cheque of 1,200 with 50 deducted, taken on 10 March."""
    book_with(collect, "A1")
    add(collect, "A1", ("I1 1000 2026-01-01 2026-01-31", "I2 500 2026-02-01 2026-03-03"))
    cheque = ("--mode", "cheque", "--ref", "000412", "--tds", "50", "--payer", "Meera")
    take(collect, "A1", "1200", *cheque, today="2026-03-10")


def test_a_bounce_opens_the_items_at_their_own_due_dates_from_its_day_on(collect: Collect) -> None:
    start(collect)
    march = totals(collect, "--as-of", "2026-03-19")
    told = collect(
        "payment", "reverse", "R-1", "--reason", "bounced", "--on", "2026-03-20", "--charge", "300", "--format", "json"
    )
    run = told.check().json
    assert [(one["number"], one["amount"]) for one in run["reopened"]] == [("I1", "1000.00"), ("I2", "250.00")]
    assert (run["reversed_on"], run["charge"]) == ("2026-03-20", "300.00")
    after = totals(collect, "--as-of", "2026-03-20")
    assert (after["d1_30"], after["d31_60"], after["not_due"], after["total"]) == (
        "500.00",
        "1000.00",
        "300.00",
        "1800.00",
    )
    assert totals(collect, "--as-of", "2026-03-19") == march
    assert (left(collect, "I1"), left(collect, "I2")) == (["1000.00"], ["500.00"])
    rows = collect("item", "list", "A1", "--format", "json").check().json["rows"]
    assert [(row["number"], row["component"], row["due_on"]) for row in rows] == [
        ("I1", "principal", "2026-01-31"),
        ("I2", "principal", "2026-03-03"),
        ("R-00001 charge", "fee", "2026-03-20"),
    ]
    collect("book", "check").check()


def test_a_mistake_never_was(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ("I1 1000 2026-01-01 2026-01-31", "I2 500 2026-02-01 2026-03-03"))
    days = ("2026-02-15", "2026-03-09", "2026-03-10", "2026-03-31")
    before = [totals(collect, "--as-of", day) for day in days]
    take(collect, "A1", "1200", "--tds", "50", "--on", "2026-03-10")
    assert [totals(collect, "--as-of", day) for day in days] != before
    collect("payment", "reverse", "1", "--reason", "mistake", "--why", "typed twice").check()
    assert [totals(collect, "--as-of", day) for day in days] == before


def test_a_reversed_receipt_stays_and_says_so_and_a_new_one_gets_the_next_number(
    collect: Collect, tmp_path: Path
) -> None:
    start(collect)
    copy = collect("payment", "receipt", "1").check().stdout
    assert "RECEIPT R-00001 (COPY)\n" in copy
    assert "Paid by           Meera\n" in copy
    assert "TDS               INR 50.00\nTotal             INR 1,250.00\n" in copy
    assert "Applied to        I1 due 2026-01-31: INR 1,000.00\n" in copy
    collect("payment", "reverse", "R-00001", "--reason", "mistake").check()
    collect("payment", "reverse", "R-00001", "--reason", "mistake").check(code=5, stderr="reversed already: R-00001")
    file = tmp_path / "receipt.txt"
    collect("payment", "receipt", "R-1", "--file", file).check(stdout="REVERSED on 2026-04-01: mistake")
    assert file.read_text(encoding="utf-8") == collect("payment", "receipt", "R-1").stdout
    assert take(collect, "A1", "1200").json["receipt"] == "R-00002"
    rows = collect("payment", "list", "A1", "--format", "json").check().json
    assert [(row["receipt"], row["state"]) for row in rows["rows"]] == [
        ("R-00001", "reversed"),
        ("R-00002", "received"),
    ]
    assert rows["totals"] == [{"currency": "INR", "amount": "1200.00", "unapplied": "0.00"}]
    shown = collect("payment", "show", "1", "--format", "json").check().json
    assert [row["kind"] for row in shown["events"]["rows"]] == ["reversed"]
    assert shown["allocations"]["rows"] == []
    assert sum(float(row["amount"]) for row in shown["postings"]["rows"] if row["kind"] in {"receipt", "reversal"}) == 0


def test_a_series_of_its_own_begins_at_one(collect: Collect) -> None:
    start(collect)
    collect("config", "set", "receipt.series", "2026-27").check()
    assert take(collect, "A1", "5").json["receipt"] == "2026-27-00001"
    collect("payment", "show", "1").check(stdout="2026-27-00001")
    collect("payment", "show", "R-1").check(stdout="R-00001")
    collect("payment", "show", "R-2").check(code=4, stderr="no such receipt: R-2")
    collect("payment", "show", "first").check(code=4, stderr="no such receipt: first")


def test_an_allocation_moves_by_new_postings(collect: Collect) -> None:
    start(collect)
    asked = ("--as-of", "2026-03-31", "--known-on", "2026-04-01")
    printed = totals(collect, *asked)
    moved = collect("payment", "allocate", "R-1", "--to", "I2", "--format", "json", today="2026-04-05").check().json
    assert [(one["number"], one["amount"]) for one in moved["allocations"]] == [("I1", "710.00"), ("I2", "490.00")]
    assert totals(collect, *asked, today="2026-04-05") == printed
    assert totals(collect, "--as-of", "2026-03-31", today="2026-04-05") != printed
    collect("payment", "allocate", "R-1", "--unapplied").check(stdout="unapplied: INR 1,200.00")
    assert totals(collect)["unapplied"] == "-1200.00"
    collect("payment", "allocate", "R-1").check(stdout="I1 due 2026-01-31: INR 960.00")
    collect("payment", "allocate", "R-1", "--to", "I1", "--unapplied").check(code=2, stderr="both --to and --unapplied")
    collect("book", "check").check()


def test_a_credit_note_goes_to_named_items_or_to_the_oldest(collect: Collect) -> None:
    book_with(collect, "A1", "A2")
    add(collect, "A1", ("I1 100 2026-01-01 2026-01-31", "I2 100 2026-02-01 2026-03-03"))
    collect("item", "credit", "A1", "120", "--number", "CN-7", "--on", "2026-03-01").check()
    collect("payment", "allocate", "CN-7", "--to", "I2").check(stdout="I2 due 2026-03-03: INR 100.00")
    assert (left(collect, "I1"), left(collect, "I2")) == (["80.00"], ["0.00"])
    collect("payment", "allocate", "CN-7").check()
    assert (left(collect, "I1"), left(collect, "I2")) == (["0.00"], ["80.00"])
    collect("item", "credit", "A2", "5", "--number", "CN-7").check()
    collect("payment", "allocate", "CN-7").check(code=4, stderr="more than one credit: CN-7")
    collect("payment", "allocate", "CN-7", "--account", "A2").check(stdout="unapplied: INR 5.00")
    collect("payment", "allocate", "CN-9").check(code=4, stderr="no such receipt or credit: CN-9")


def test_received_deposited_and_cleared_are_three_dates(collect: Collect) -> None:
    start(collect)
    take(collect, "A1", "70", "--mode", "cash", today="2026-03-11")
    take(collect, "A1", "80", "--mode", "upi", today="2026-03-11")
    hand = collect("payment", "cash", "--format", "json").check().json["rows"]
    assert [(row["agent"], row["received"], row["deposited"], row["in_hand"], row["oldest_on"]) for row in hand] == [
        ("asha", "70.00", "0.00", "70.00", "2026-03-11")
    ]
    collect("payment", "deposit", "1", "2", "--on", "2026-03-12", "--ref", "SLIP-8").check(stdout="deposited R-00002")
    collect("payment", "clear", "1", "--on", "2026-03-14").check()
    days = collect("payment", "list", "--format", "json").check().json["rows"]
    assert [(row["received_on"], row["deposited_on"], row["cleared_on"], row["state"]) for row in days] == [
        ("2026-03-10", "2026-03-12", "2026-03-14", "cleared"),
        ("2026-03-11", "2026-03-12", None, "deposited"),
        ("2026-03-11", "2026-03-11", "2026-03-11", "cleared"),
    ]
    assert collect("payment", "cash", "--format", "json").check().json["totals"][0]["in_hand"] == "0.00"
    collect("payment", "deposit", "1").check(code=5, stderr="deposited already: R-00001")
    collect("payment", "clear", "1").check(code=5, stderr="cleared already: R-00001")
    collect("payment", "clear", "2", "--on", "2026-03-01").check(code=2, stderr="before it was received: 2026-03-01")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--reason", "tired"), "no such reason: tired"),
        (("--reason", "mistake", "--on", "2026-03-12"), "a mistake has no day and no charge of its own"),
        (("--reason", "bounced", "--on", "2026-03-01"), "before it was received: 2026-03-01"),
    ],
)
def test_a_reversal_that_cannot_be_is_refused(collect: Collect, options: tuple[str, ...], message: str) -> None:
    start(collect)
    collect("payment", "reverse", "1", *options).check(code=2, stderr=message)


def test_a_list_of_a_period_and_of_an_account(collect: Collect) -> None:
    start(collect)
    collect("account", "add", "A2").check()
    take(collect, "A2", "5", today="2026-03-12")
    for options, found in (
        ((), ["R-00001", "R-00002"]),
        (("A2",), ["R-00002"]),
        (("--from", "2026-03-11"), ["R-00002"]),
        (("--to", "2026-03-11"), ["R-00001"]),
    ):
        rows = collect("payment", "list", *options, "--format", "json").check().json["rows"]
        assert [row["receipt"] for row in rows] == found
