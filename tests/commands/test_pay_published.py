"""The worked examples that others published, with payments taken by `collect pay`: to the cent, on every day named."""

import pytest

from tests.commands.test_pay import add, book_with, left, paid, take, totals
from tests.conftest import Collect

TODAY = "2026-04-01"


def aged(collect: Collect, as_of: str) -> list[str]:
    total = totals(collect, "--as-of", as_of)
    return [total[key] for key in ("not_due", "d1_30", "d31_60", "d61_90", "d91_up", "unapplied", "total")]


def test_gnucash(collect: Collect) -> None:
    """As of 1980-07-01: 6.75, 4.00, 8.50, 7.50, 8.00, unapplied -3.00, total 31.75."""
    book_with(collect, "A1", currency="USD")
    rows = (
        "I1 6.75 1980-06-18 1980-07-18",
        "I2 4.00 1980-05-18 1980-06-18",
        "I3 8.50 1980-04-18 1980-05-18",
        "I4 7.50 1980-03-18 1980-04-18",
        "I5 11.50 1980-02-18 1980-03-18",
        "I6 200.00 1980-03-18 1980-04-18",
    )
    add(collect, "A1", rows)
    for number, amount, on in (("I5", "1.50", "1980-03-18"), ("I5", "2.00", "1980-03-20"), ("I6", "200", "1980-04-19")):
        take(collect, "A1", amount, "--on", on, "--for", number)
    collect("item", "credit", "A1", "3.00", "--on", "1980-06-22", "--number", "CN1").check()
    assert aged(collect, "1980-07-01") == ["6.75", "4.00", "8.50", "7.50", "8.00", "-3.00", "31.75"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2017-04-04", ["0.00", "0.00", "5500.00", "0.00", "0.00", "0.00", "5500.00"]),
        ("2017-01-15", ["7500.00", "0.00", "0.00", "0.00", "0.00", "0.00", "7500.00"]),
        ("2016-11-20", ["0.00", "0.00", "0.00", "0.00", "0.00", "-1500.00", "-1500.00"]),
    ],
)
def test_odoo_part_payments_before_and_after_the_invoice(collect: Collect, as_of: str, expected: list[str]) -> None:
    """PR 16235: 10,000 dated 2016-11-30 due 2017-02-28; 1,500 on 11-09, 1,000 on 11-30, 2,000 on 2017-01-30."""
    book_with(collect, "A1")
    add(collect, "A1", ["I1 10000 2016-11-30 2017-02-28"])
    for amount, on in (("1500", "2016-11-09"), ("1000", "2016-11-30"), ("2000", "2017-01-30")):
        take(collect, "A1", amount, "--on", on)
    assert aged(collect, as_of) == expected


def test_erpnext_terms_paid_in_part_then_a_credit_note(collect: Collect) -> None:
    """200 in terms of 60, 100 and 40: 40 paid leaves 20, 100, 40; a credit note of 100 leaves 0, 20, 40."""
    book_with(collect, "A1")
    add(collect, "A1", ("I1 60 2026-01-01 2026-01-15", "I1 100 2026-01-01 2026-02-15", "I1 40 2026-01-01 2026-03-15"))
    take(collect, "A1", "40")
    assert left(collect, "I1") == ["20.00", "100.00", "40.00"]
    collect("item", "credit", "A1", "100", "--number", "CN-1").check()
    collect("payment", "allocate", "CN-1", "--to", "I1").check()
    assert left(collect, "I1") == ["0.00", "20.00", "40.00"]


def test_erpnext_money_without_an_invoice_and_a_cent_left_open(collect: Collect) -> None:
    book_with(collect, "A1", "A2")
    take(collect, "A1", "1000")
    add(collect, "A2", ["I1 100 2026-01-01 2026-01-31"])
    assert paid(take(collect, "A2", "99.99")) == [("I1", "99.99", "0.01")]
    rows = collect("aging", "--format", "json").check().json["rows"]
    assert [(row["account"], row["unapplied"], row["total"]) for row in rows] == [
        ("A2", "0.00", "0.01"),
        ("A1", "-1000.00", "-1000.00"),
    ]


def test_quickbooks_money_before_its_invoice(collect: Collect) -> None:
    """3,357.37 came on 2022-04-13, the invoice is of 2022-05-19: as of 2022-05-11 only the money is there."""
    book_with(collect, "A1", currency="USD")
    take(collect, "A1", "3357.37", "--on", "2022-04-13")
    add(collect, "A1", ["I1 3357.37 2022-05-19 2022-06-18"])
    collect("payment", "allocate", "R-1").check(stdout="I1 due 2022-06-18: USD 3,357.37")
    assert aged(collect, "2022-05-11") == ["0.00", "0.00", "0.00", "0.00", "0.00", "-3357.37", "-3357.37"]
    assert collect("aging", "--format", "json").check().json["rows"] == []
