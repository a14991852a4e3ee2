"""Taking payments, from the command line: where the money goes, what is deducted, what is refused."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.conftest import Collect, Run


def book_with(collect: Collect, *accounts: str, currency: str = "INR") -> None:
    collect("book", "init", "--currency", currency, "--name", "Sharma Traders").check()
    for account in accounts:
        collect("account", "add", account).check()


def add(collect: Collect, account: str, rows: Iterable[str], today: str = "2026-04-01") -> None:
    """Add items given as `number amount dated due [component]`."""
    for number, amount, dated, due, *component in map(str.split, rows):
        part = ("--component", component[0]) if component else ()
        collect("item", "add", account, number, amount, "--dated", dated, "--due", due, *part, today=today).check()


def paid(run: Run) -> list[tuple[str, str, str]]:
    """Number, amount and what is left open of each allocation."""
    return [(one["number"], one["amount"], one["left_open"]) for one in run.json["allocations"]]


def left(collect: Collect, number: str) -> list[str]:
    return [row["open"] for row in collect("item", "show", number, "--format", "json").check().json["items"]["rows"]]


def take(collect: Collect, account: str, amount: str, *options: str, today: str = "2026-04-01") -> Run:
    return collect("pay", account, amount, *options, "--format", "json", today=today).check()


def totals(collect: Collect, *options: str, today: str = "2026-04-01") -> dict[str, Any]:
    run = collect("aging", "--format", "json", *options, today=today).check().json
    assert all(proof["ok"] for proof in run["proof"].values())
    found: dict[str, Any] = run["totals"][0]
    return found


def test_a_payment_goes_to_the_oldest_due_and_the_rest_stands_unapplied(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ("I1 1000 2026-01-01 2026-01-31", "I2 500 2026-02-01 2026-03-03"))
    run = take(collect, "A1", "1600", "--mode", "upi", "--ref", "412345678901")
    assert paid(run) == [("I1", "1000.00", "0.00"), ("I2", "500.00", "0.00")]
    assert (run.json["receipt"], run.json["unapplied"]) == ("R-00001", "100.00")
    assert run.json["lines"] == [{"kind": "money", "amount": "1600.00", "reason": ""}]
    assert run.json["warnings"] == ["INR 100.00 stands unapplied: see 'collect payment list --unapplied'"]
    assert totals(collect)["unapplied"] == "-100.00"
    rows = collect("payment", "list", "--unapplied", "--format", "json").check().json["rows"]
    assert [(row["receipt"], row["unapplied"]) for row in rows] == [("R-00001", "100.00")]


def test_what_the_payer_names_comes_first_and_only_then_what_is_disputed(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ("I1 1000 2026-01-01 2026-01-31", "I3 300 2026-03-01 2026-03-31"))
    collect("item", "add", "A1", "I2", "500", "--dated", "2026-02-01", "--due", "2026-02-28", "--disputed").check()
    assert paid(take(collect, "A1", "350", "--for", "I3")) == [("I3", "300.00", "0.00"), ("I1", "50.00", "950.00")]
    run = take(collect, "A1", "1200")
    assert paid(run) == [("I1", "950.00", "0.00")]
    assert run.json["unapplied"] == "250.00"
    assert paid(take(collect, "A1", "500", "--for", "I2")) == [("I2", "500.00", "0.00")]
    collect("pay", "A1", "5", "--for", "I9").check(code=4, stderr="no open item with this number: I9")


def test_penalty_fee_interest_principal(collect: Collect) -> None:
    """3 x 1,000 due with penalty 50 and fee 50: 500 with the order penalty, fee, interest, principal is 50, 50, 400."""
    book_with(collect, "A1")
    rows = [f"L1 1000 2026-01-01 2026-0{month}-15" for month in (1, 2, 3)]
    add(collect, "A1", [*rows, "L1 50 2026-01-01 2026-01-15 penalty", "L1 50 2026-01-01 2026-01-15 fee"])
    run = take(collect, "A1", "500")
    assert [(one["component"], one["amount"]) for one in run.json["allocations"]] == [
        ("penalty", "50.00"),
        ("fee", "50.00"),
        ("principal", "400.00"),
    ]


def test_three_decimals(collect: Collect) -> None:
    """17,592.415 from 18,230.000 in a three-decimal currency leaves 637.585."""
    book_with(collect, "A1", currency="KWD")
    add(collect, "A1", ["I1 18230.000 2026-01-01 2026-01-31"])
    assert paid(take(collect, "A1", "17,592.415")) == [("I1", "17592.415", "637.585")]


def test_one_instalment_after_the_other_with_its_penalty(collect: Collect) -> None:
    """Four of 125 with penalties of 25 on the third and fourth: 260, then 26, and 264 stays open."""
    book_with(collect, "A1")
    add(
        collect,
        "A1",
        (
            "P1 125 2022-12-01 2023-01-01",
            "P2 125 2022-12-01 2023-01-16",
            "P3 125 2022-12-01 2023-01-31",
            "P4 125 2022-12-01 2023-02-15",
            "P3 25 2022-12-01 2023-01-31 penalty",
            "P4 25 2022-12-01 2023-02-15 penalty",
        ),
    )
    first = take(collect, "A1", "260")
    assert paid(first) == [("P1", "125.00", "0.00"), ("P2", "125.00", "0.00"), ("P3", "10.00", "15.00")]
    second = take(collect, "A1", "26")
    assert paid(second) == [("P3", "15.00", "0.00"), ("P3", "11.00", "114.00")]
    assert totals(collect)["total"] == "264.00"


def test_a_territory_can_have_an_order_of_its_own(collect: Collect) -> None:
    book_with(collect, "A1", "A2")
    collect("account", "set", "A2", "--territory", "North").check()
    collect("config", "set", "payment.orders", "North=principal,interest,fee,penalty horizontal").check()
    for account in ("A1", "A2"):
        rows = ("L1 100 2026-01-01 2026-01-15", "L1 10 2026-01-01 2026-01-15 penalty", "L2 100 2026-01-01 2026-02-15")
        add(collect, account, rows)
    parts = {
        account: [
            (one["number"], one["component"], one["amount"])
            for one in take(collect, account, "150").json["allocations"]
        ]
        for account in ("A1", "A2")
    }
    assert parts["A1"] == [("L1", "penalty", "10.00"), ("L1", "principal", "100.00"), ("L2", "principal", "40.00")]
    assert parts["A2"] == [("L1", "principal", "100.00"), ("L2", "principal", "50.00")]
    collect("config", "set", "payment.order", "principal").check(code=2, stderr="not an order of payment: principal")
    collect("config", "set", "payment.orders", "North=fee").check(code=2, stderr="not an order of payment: fee")
    collect("config", "set", "payment.small_difference", "much").check(code=2, stderr="not an amount")


def test_one_receipt_of_money_tax_bank_charge_and_discount(collect: Collect) -> None:
    """10,000 of two bills: 8,900 came, TDS 1,000, bank charge 25, discount 75; each bill bears its share."""
    book_with(collect, "A1")
    add(collect, "A1", ("I1 6000 2026-01-01 2026-01-31", "I2 4000 2026-02-01 2026-02-28"))
    deductions = ("--tds", "1000", "--deduct", "bank-charge=25", "--deduct", "Diwali offer=75")
    run = take(collect, "A1", "8900", *deductions)
    assert run.json["lines"] == [
        {"kind": "money", "amount": "8900.00", "reason": ""},
        {"kind": "tds", "amount": "1000.00", "reason": "TDS"},
        {"kind": "bank charge", "amount": "25.00", "reason": "bank charge"},
        {"kind": "deduction", "amount": "75.00", "reason": "Diwali offer"},
    ]
    assert [(one["number"], one["amount"], one["money"]) for one in run.json["allocations"]] == [
        ("I1", "6000.00", "5340.00"),
        ("I2", "4000.00", "3560.00"),
    ]
    kinds = [
        (row["kind"], row["amount"])
        for row in collect("item", "show", "I1", "--format", "json").json["postings"]["rows"]
    ]
    assert kinds == [
        ("invoice", "6000.00"),
        ("allocation", "-5340.00"),
        ("tds", "-600.00"),
        ("bank charge", "-15.00"),
        ("deduction", "-45.00"),
    ]
    due = collect("payment", "certificates", "--format", "json").check().json["rows"]
    assert [(row["receipt"], row["tds"]) for row in due] == [("R-00001", "1000.00")]
    collect("payment", "certificate", "R-1", "--ref", "16A-1").check(stdout="certificate of R-00001")
    assert collect("payment", "certificates", "--format", "json").check().json["rows"] == []
    collect("payment", "certificate", "R-1", "--ref", "16A-1").check(code=5, stderr="is there already")


def test_deductions_need_something_to_be_deducted_from(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ["I1 50 2026-01-01 2026-01-31"])
    collect("pay", "A1", "100", "--tds", "60").check(code=5, stderr="more is deducted than is open: INR 60.00")
    run = take(collect, "A1", "100", "--tds", "50")
    assert run.json["unapplied"] == "100.00"


def test_a_small_difference_is_closed_within_the_limit_and_with_its_reason(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ("I1 1000.40 2026-01-01 2026-01-31", "I2 500 2026-02-01 2026-02-28"))
    run = take(collect, "A1", "1000", "--close", "rounding")
    assert paid(run) == [("I1", "1000.40", "0.00")]
    assert run.json["lines"][1] == {"kind": "small difference", "amount": "0.40", "reason": "rounding"}
    collect("pay", "A1", "498", "--close", "rounding").check(code=5, stderr="more than a small difference: INR 2.00")
    collect("config", "set", "payment.small_difference", "2").check()
    assert paid(take(collect, "A1", "498", "--close", "rounding")) == [("I2", "500.00", "0.00")]


def test_a_likely_duplicate_is_refused_unless_said_again(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ["I1 1000 2026-01-01 2026-01-31"])
    take(collect, "A1", "100", "--ref", "UTR 12/34")
    collect("pay", "A1", "100", "--ref", "utr1234").check(code=5, stderr="there is such a payment already: R-00001")
    take(collect, "A1", "100", "--ref", "UTR9")
    take(collect, "A1", "100", "--ref", "UTR1234", "--on", "2026-03-31")
    assert take(collect, "A1", "100", "--ref", "UTR1234", "--again").json["receipt"] == "R-00004"
    collect("payment", "reverse", "2", "--reason", "mistake").check()
    assert take(collect, "A1", "100", "--ref", "UTR9").json["receipt"] == "R-00005"


def test_a_dry_run_shows_the_receipt_and_keeps_nothing(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ["I1 1000 2026-01-01 2026-01-31"])
    run = collect("pay", "A1", "400", "--dry-run").check()
    assert run.stdout == (
        "Sharma Traders\n"
        "RECEIPT R-00001\n"
        "Date              2026-04-01\n"
        "Received from     A1 (A1)\n"
        "By                other\n"
        "Amount            INR 400.00\n"
        "Applied to        I1 due 2026-01-31: INR 400.00, leaves INR 600.00\n"
        "Received by       asha\n"
        "dry run: nothing was changed\n"
    )
    assert left(collect, "I1") == ["1000.00"]
    assert take(collect, "A1", "400").json["receipt"] == "R-00001"


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["0"], 2, "not an amount above zero"),
        (["-5"], 2, "no such option"),
        (["5", "--mode", "gold"], 2, "no such mode of payment: gold"),
        (["5", "--on", "tomorrow"], 2, "a payment of a day to come: 2026-04-02"),
        (["5", "--deduct", "12"], 2, "not a deduction: 12"),
        (["5", "--deduct", "x=0"], 2, "not a deduction above zero"),
        (["5", "--tds", "0"], 2, "not an amount above zero"),
        (["5", "--currency", "rupee"], 2, "no such currency"),
    ],
)
def test_what_cannot_be_a_payment_is_refused(collect: Collect, options: list[str], code: int, message: str) -> None:
    book_with(collect, "A1")
    collect("pay", "A1", *options).check(code=code, stderr=message)
    assert collect("payment", "list", "--format", "json").check().json["rows"] == []


def test_cash_stops_short_of_two_lakh(collect: Collect) -> None:
    """269ST: 1,99,999 is allowed, 2,00,000 is not, nor what makes it so in a day or for a bill; a transfer is."""
    book_with(collect, "A1", "A2")
    add(collect, "A1", ("B1 300000 2026-01-01 2026-01-31", "B2 300000 2026-01-01 2026-02-28"))
    cash = ("--mode", "cash")
    said = "forbidden by IN-269ST: cash of INR 2,00,000.00 per day"
    collect("pay", "A1", "2,00,000", *cash, today="2026-11-23").check(code=5, stderr=said)
    take(collect, "A1", "150000", *cash, "--for", "B1", today="2026-11-22")
    take(collect, "A1", "49999", *cash, "--for", "B2", today="2026-11-23")
    per_day = ("pay", "A1", "150001", *cash, "--for", "B2")
    collect(*per_day, today="2026-11-23").check(code=5, stderr="INR 2,00,000.00 per day")
    per_bill = ("pay", "A1", "60000", *cash, "--for", "B1")
    collect(*per_bill, today="2026-11-25").check(code=5, stderr="INR 2,10,000.00 per event")
    take(collect, "A2", "199999", *cash, today="2026-11-23")
    take(collect, "A1", "200000", "--mode", "bank", today="2026-11-23")


def test_each_instalment_of_a_loan_is_an_event_of_its_own(collect: Collect) -> None:
    """CBDT Circular 22/2017: cash of 1,50,000 for one instalment and as much for the next is not one event."""
    book_with(collect, "L1")
    rows = ("L1 150000 2026-01-01 2026-10-05", "L1 150000 2026-01-01 2026-11-05")
    add(collect, "L1", [*rows, *(row.replace("150000", "1000") + " interest" for row in rows)])
    first = take(collect, "L1", "151000", "--mode", "cash", today="2026-10-05")
    assert any(warning.startswith("IN-269T: ") for warning in first.json["warnings"])
    take(collect, "L1", "151000", "--mode", "cash", today="2026-11-05")


def test_cash_of_another_currency_has_no_limit_here(collect: Collect) -> None:
    book_with(collect, "A1", currency="USD")
    warnings = take(collect, "A1", "900000", "--mode", "cash").json["warnings"]
    assert not [warning for warning in warnings if warning.startswith("IN-")]


def test_cash_of_a_reversed_receipt_does_not_count(collect: Collect) -> None:
    book_with(collect, "A1")
    take(collect, "A1", "150000", "--mode", "cash")
    collect("payment", "reverse", "1", "--reason", "mistake").check()
    take(collect, "A1", "150000", "--mode", "cash")
