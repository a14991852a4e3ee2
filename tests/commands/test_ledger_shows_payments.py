"""A ledger that shows our payments somewhere else, later, or not at all: nothing is counted twice.

Each story takes payments between two lists of one customer and reads the next list; amounts are open amounts.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_pay import take
from tests.conftest import Collect

HEAD = "Customer code,Customer name,Invoice,Date,Due date,Amount,Balance\n"
FIRST = {"I1": "1000", "I2": "1000", "I3": "800"}


def row(number: str, amount: str, balance: str) -> str:
    return f"A1,Asha,{number},2026-01-01,2026-01-31,{amount},{balance}\n"


def listed(collect: Collect, balances: dict[str, str], *options: str, today: str) -> dict[str, Any]:
    """Import a list in which each bill has that balance; one that begins with `-` is money on account."""
    path = Path(collect.book).with_name(f"list-{today}.csv")
    rows = [row(number, FIRST.get(number, balance), balance) for number, balance in balances.items()]
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    run = collect("import", "ledger", path, "--as-of", today, *options, "--format", "json", today=today).check()
    found: dict[str, Any] = run.json
    return found


@pytest.fixture
def book(collect: Collect) -> Collect:
    """Three bills of 1,000, 1,000 and 800, as the list of 1 April has them."""
    collect("book", "init").check()
    listed(collect, FIRST, today="2026-04-01")
    return collect


def opens(collect: Collect) -> dict[str, str]:
    rows = collect("item", "list", "--format", "json", today="2026-04-09").check().json["rows"]
    return {row["number"]: row["open"] for row in rows}


def balance(collect: Collect) -> tuple[str, str]:
    """What the account owes in all, and what of it stands unapplied."""
    total = collect("aging", "--format", "json", today="2026-04-09").check().json["totals"][0]
    collect("book", "check").check()
    return total["total"], total["unapplied"]


def kinds(collect: Collect, number: str) -> list[tuple[str, str]]:
    rows = collect("item", "show", number, "--format", "json").check().json["postings"]["rows"]
    return [(row["kind"], row["amount"]) for row in rows]


def test_money_not_applied_goes_where_the_ledger_booked_it(book: Collect) -> None:
    take(book, "A1", "500", today="2026-04-02")
    book("payment", "allocate", "1", "--unapplied", today="2026-04-02").check()
    listed(book, {**FIRST, "I2": "500"}, today="2026-04-03")
    assert opens(book) == {"I1": "1000.00", "I2": "500.00", "I3": "800.00"}
    assert balance(book) == ("2300.00", "0.00")
    assert kinds(book, "I2") == [("invoice", "1000.00"), ("allocation", "-500.00")]


def test_an_allocation_moves_to_where_the_ledger_booked_it(book: Collect) -> None:
    take(book, "A1", "500", today="2026-04-02")
    run = listed(book, {**FIRST, "I2": "500"}, today="2026-04-03")
    assert run["not_yet"] == 0
    assert opens(book) == {"I1": "1000.00", "I2": "500.00", "I3": "800.00"}
    assert balance(book) == ("2300.00", "0.00")
    assert kinds(book, "I1") == [("invoice", "1000.00"), ("allocation", "-500.00"), ("allocation", "500.00")]


def test_only_what_our_payments_do_not_explain_is_settled_in_the_ledger(book: Collect) -> None:
    take(book, "A1", "500", today="2026-04-02")
    listed(book, {**FIRST, "I2": "300"}, today="2026-04-03")
    assert opens(book) == {"I1": "1000.00", "I2": "300.00", "I3": "800.00"}
    assert kinds(book, "I2") == [
        ("invoice", "1000.00"),
        ("allocation", "-500.00"),
        ("settled in the ledger", "-200.00"),
    ]


def test_a_payment_shown_where_we_put_it_is_not_used_again(book: Collect) -> None:
    take(book, "A1", "500", today="2026-04-02")
    listed(book, {**FIRST, "I1": "500"}, today="2026-04-03")
    listed(book, {**FIRST, "I1": "500", "I2": "600"}, today="2026-04-04")
    assert opens(book) == {"I1": "500.00", "I2": "600.00", "I3": "800.00"}
    assert kinds(book, "I2") == [("invoice", "1000.00"), ("settled in the ledger", "-400.00")]


def test_a_payment_the_ledger_does_not_show_yet_stands(book: Collect) -> None:
    take(book, "A1", "500", today="2026-04-02")
    run = listed(book, FIRST, today="2026-04-03")
    assert run["not_yet"] == 1
    assert balance(book) == ("2300.00", "0.00")
    assert listed(book, {**FIRST, "I1": "500"}, today="2026-04-04")["not_yet"] == 0
    assert balance(book) == ("2300.00", "0.00")


def test_money_the_ledger_shows_on_account_is_not_taken_twice(book: Collect) -> None:
    """We put 500 on I1; the ledger holds it on account, and applies it to I3 a day later."""
    take(book, "A1", "500", today="2026-04-02")
    listed(book, {**FIRST, "CR-1": "-500"}, today="2026-04-03")
    assert balance(book) == ("2300.00", "0.00")
    assert opens(book)["I1"] == "500.00"
    listed(book, {**FIRST, "CR-1": "-500"}, today="2026-04-04")
    assert balance(book) == ("2300.00", "0.00")
    listed(book, {**FIRST, "I3": "300"}, "--full", today="2026-04-05")
    assert opens(book) == {"I1": "1000.00", "I2": "1000.00", "I3": "300.00"}
    assert balance(book) == ("2300.00", "0.00")


def test_money_on_account_in_the_ledger_explains_no_other_fall(book: Collect) -> None:
    """The ledger holds our 500 on account and books another payment of 500 on I2: that one we did not know."""
    take(book, "A1", "500", today="2026-04-02")
    book("payment", "allocate", "1", "--unapplied", today="2026-04-02").check()
    listed(book, {**FIRST, "CR-1": "-500"}, today="2026-04-03")
    assert balance(book) == ("2300.00", "-500.00")
    listed(book, {**FIRST, "CR-1": "-500", "I2": "500"}, today="2026-04-04")
    assert balance(book) == ("1800.00", "-500.00")
    assert kinds(book, "I2")[-1] == ("settled in the ledger", "-500.00")


def test_a_credit_of_the_ledgers_own_that_it_applies_is_not_ours(book: Collect) -> None:
    """The ledger applies its credit note of 300 to I2 while our 300 is on its way: both count."""
    listed(book, {**FIRST, "CN-1": "-300"}, today="2026-04-02")
    assert balance(book) == ("2500.00", "-300.00")
    take(book, "A1", "300", today="2026-04-02")
    listed(book, {**FIRST, "I2": "700"}, "--full", today="2026-04-03")
    assert balance(book) == ("2200.00", "0.00")
    assert opens(book) == {"I1": "700.00", "I2": "700.00", "I3": "800.00"}


def test_an_advance_meets_the_bill_it_was_paid_for(book: Collect) -> None:
    """1,000 came before the bill; the list brings the bill of 1,000 with 400 open: 600 of ours is in it."""
    take(book, "A1", "3400", today="2026-04-02")
    assert balance(book) == ("-600.00", "-600.00")
    settled = {"I1": "0", "I2": "0", "I3": "0"}
    path = Path(book.book).with_name("next.csv")
    rows = [row(number, FIRST[number], left) for number, left in settled.items()]
    path.write_text(HEAD + "".join([*rows, row("I4", "1000", "400")]), encoding="utf-8")
    book("import", "ledger", path, "--as-of", "2026-04-05", today="2026-04-05").check()
    assert balance(book) == ("400.00", "0.00")
    assert kinds(book, "I4") == [("invoice", "1000.00"), ("allocation", "-600.00")]


def test_what_vanished_from_a_full_list_is_met_too(book: Collect) -> None:
    take(book, "A1", "800", "--for", "I1", today="2026-04-02")
    listed(book, {"I1": "1000", "I2": "1000"}, "--full", today="2026-04-03")
    assert opens(book) == {"I1": "1000.00", "I2": "1000.00"}
    assert kinds(book, "I3") == [("invoice", "800.00"), ("allocation", "-800.00")]


def test_what_was_settled_before_our_money_came_is_not_ours(book: Collect) -> None:
    take(book, "A1", "800", today="2026-04-02")
    path = Path(book.book).with_name("history.csv")
    head = "Customer code,Customer name,Invoice,Date,Due date,Amount,Settled date\n"
    path.write_text(f"{head}A1,Asha,OLD,2025-01-01,2025-01-31,800,2025-02-10\n", encoding="utf-8")
    book("import", "ledger", path, today="2026-04-03").check()
    assert kinds(book, "OLD") == [("invoice", "800.00"), ("settled in the ledger", "-800.00")]
    assert balance(book) == ("2000.00", "0.00")
