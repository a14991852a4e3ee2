"""Aging, from the command line: the worked examples that others published, to the cent."""

import sqlite3
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Collect


def book_with(collect: Collect, *accounts: str, currency: str = "USD") -> None:
    collect("book", "init", "--currency", currency).check()
    for account in accounts:
        collect("account", "add", account).check()


def add(collect: Collect, account: str, rows: Iterable[str]) -> None:
    """Add items given as `number amount dated due`."""
    for number, amount, dated, due in map(str.split, rows):
        collect("item", "add", account, number, amount, "--dated", dated, "--due", due, today="2026-01-01").check()


def totals(collect: Collect, *options: str, today: str) -> dict[str, Any]:
    run = collect("aging", "--format", "json", *options, today=today).check()
    assert len(run.json["totals"]) == 1
    assert run.json["proof"][run.json["totals"][0]["currency"]]["ok"] is True
    total: dict[str, Any] = run.json["totals"][0]
    return total


def amounts(total: dict[str, Any]) -> list[str]:
    return [total[key] for key in ("not_due", "d1_30", "d31_60", "d61_90", "d91_up", "unapplied", "total")]


def test_gnucash_worked_example(collect: Collect) -> None:
    """GnuCash's own test, as of 1980-07-01.

    6.75 due 07-18; 4.00 due 06-18; 8.50 due 05-18; 7.50 due 04-18; 11.50 due 03-18, of which 1.50 and 2.00 were
    paid; 200.00 due 04-18 and paid; a credit note of 3.00 dated 06-22.
    """
    book_with(collect, "A1")
    add(
        collect,
        "A1",
        (
            "I1 6.75 1980-06-18 1980-07-18",
            "I2 4.00 1980-05-18 1980-06-18",
            "I3 8.50 1980-04-18 1980-05-18",
            "I4 7.50 1980-03-18 1980-04-18",
            "I5 11.50 1980-02-18 1980-03-18",
            "I6 200.00 1980-03-18 1980-04-18",
        ),
    )
    for number, amount, on in (("I5", "1.50", "1980-03-18"), ("I5", "2.00", "1980-03-20"), ("I6", "200", "1980-04-19")):
        collect("item", "credit", "A1", amount, "--on", on, "--for", number).check()
    collect("item", "credit", "A1", "3.00", "--on", "1980-06-22", "--number", "CN1").check()
    found = totals(collect, "--as-of", "1980-07-01", today="2026-01-01")
    assert amounts(found) == ["6.75", "4.00", "8.50", "7.50", "8.00", "-3.00", "31.75"]
    net = totals(collect, "--net", today="1980-07-01")
    assert amounts(net) == ["6.75", "1.00", "8.50", "7.50", "8.00", "0.00", "31.75"]


@pytest.mark.parametrize(
    ("due", "days", "bucket"),
    [
        ("2019-02-08", 0, "not due"),
        ("2019-01-09", 30, "1-30"),
        ("2019-01-08", 31, "31-60"),
        ("2018-12-10", 60, "31-60"),
        ("2018-12-09", 61, "61-90"),
        ("2018-11-10", 90, "61-90"),
        ("2018-11-09", 91, "91-120"),
        ("2018-10-11", 120, "91-120"),
        ("2018-10-10", 121, "121+"),
    ],
)
def test_bucket_edges_are_inclusive_at_both_ends(collect: Collect, due: str, days: int, bucket: str) -> None:
    """The days of Odoo PR 27294, as of 2019-02-08."""
    book_with(collect, "A1")
    add(collect, "A1", [f"I1 10 2018-01-01 {due}"])
    asked = ("aging", "--by", "item", "--buckets", "30,60,90,120", "--format", "json")
    row = collect(*asked, today="2019-02-08").check().json["rows"][0]
    assert (row["days_overdue"], row["bucket"]) == (days, bucket)


@pytest.mark.parametrize(
    ("as_of", "open_", "key", "unapplied"),
    [
        ("2017-04-04", "5500.00", "d31_60", "0.00"),
        ("2017-01-15", "7500.00", "not_due", "0.00"),
        ("2016-11-20", "0.00", "not_due", "-1500.00"),
    ],
)
def test_part_payments_never_move_the_age_of_the_rest(
    collect: Collect, as_of: str, open_: str, key: str, unapplied: str
) -> None:
    """Odoo PR 16235: 10,000 dated 2016-11-30 due 2017-02-28; 1,500 paid 11-09, 1,000 on 11-30, 2,000 on 2017-01-30."""
    book_with(collect, "A1")
    add(collect, "A1", ["I1 10000 2016-11-30 2017-02-28"])
    for amount, on in (("1500", "2016-11-09"), ("1000", "2016-11-30"), ("2000", "2017-01-30")):
        collect("item", "credit", "A1", amount, "--on", on, "--for", "I1", today="2017-05-01").check()
    found = totals(collect, "--as-of", as_of, today="2017-05-01")
    assert (found[key], found["unapplied"]) == (open_, unapplied)
    row = collect("aging", "--by", "item", "--as-of", "2017-04-04", "--format", "json", today="2017-05-01").json
    assert (row["rows"][0]["days_overdue"], row["rows"][0]["open"]) == (35, "5500.00")


def test_credit_note_on_an_invoice_goes_to_its_oldest_instalment(collect: Collect) -> None:
    """ERPNext's own test: 200 in terms of 60, 100 and 40; 40 paid leaves 20, 100, 40; then a credit note of 100."""
    book_with(collect, "A1")
    terms = ("I1 60 2026-01-01 2026-01-15", "I1 100 2026-01-01 2026-02-15", "I1 40 2026-01-01 2026-03-15")
    add(collect, "A1", terms)

    def left() -> list[str]:
        return [row["open"] for row in collect("item", "show", "I1", "--format", "json").json["items"]["rows"]]

    collect("item", "credit", "A1", "40", "--for", "I1").check(stdout="leaves USD 20.00")
    assert left() == ["20.00", "100.00", "40.00"]
    collect("item", "credit", "A1", "100", "--for", "I1").check()
    assert left() == ["0.00", "20.00", "40.00"]


def test_a_payment_without_an_invoice_stands_as_unapplied_and_a_cent_left_open_is_shown(collect: Collect) -> None:
    """ERPNext's own tests: 1,000 with no invoice is -1,000; 99.99 on 100 leaves 0.01."""
    book_with(collect, "A1", "A2")
    collect("item", "credit", "A1", "1000").check(stdout="unapplied: USD 1,000.00")
    add(collect, "A2", ["I1 100 2026-01-01 2026-01-31"])
    collect("item", "credit", "A2", "99.99", "--for", "I1").check()
    rows = collect("aging", "--format", "json").check().json["rows"]
    assert [(row["account"], row["total"]) for row in rows] == [("A2", "0.01"), ("A1", "-1000.00")]
    assert "0.01" in collect("aging").check().stdout


def test_an_advance_before_its_invoice_is_unapplied_as_of_then(collect: Collect) -> None:
    """QuickBooks: 3,357.37 came on 2022-04-13, the invoice is dated 2022-05-19; as of 2022-05-11 only the money is."""
    book_with(collect, "A1")
    add(collect, "A1", ["I1 3357.37 2022-05-19 2022-06-18"])
    collect("item", "credit", "A1", "3357.37", "--on", "2022-04-13", "--for", "I1").check()
    found = totals(collect, "--as-of", "2022-05-11", today="2022-07-01")
    assert (found["unapplied"], found["total"], found["items"]) == ("-3357.37", "-3357.37", 0)
    assert collect("aging", "--format", "json", today="2022-07-01").check().json["rows"] == []


def test_known_on_leaves_out_what_was_recorded_later(collect: Collect) -> None:
    """A payment of 31 March is recorded on 5 April: March as printed on 31 March stays as it was, digit for digit."""
    book_with(collect, "A1")
    collect(
        "item", "add", "A1", "I1", "100", "--dated", "2026-03-01", "--due", "2026-03-15", today="2026-03-02"
    ).check()
    printed = collect("aging", "--as-of", "2026-03-31", "--known-on", "2026-03-31", today="2026-03-31").check().stdout
    collect("item", "credit", "A1", "30", "--on", "2026-03-31", "--for", "I1", today="2026-04-05").check()
    assert totals(collect, "--as-of", "2026-03-31", today="2026-04-05")["total"] == "70.00"
    asked = ("aging", "--as-of", "2026-03-31", "--known-on", "2026-03-31")
    assert collect(*asked, today="2026-04-05").check().stdout == printed


def test_items_without_a_due_date_are_due_by_credit_days_and_counted(collect: Collect) -> None:
    book_with(collect, "A1", "A2")
    collect("account", "set", "A1", "--credit-days", "30").check()
    collect("item", "add", "A1", "I1", "10", "--dated", "2026-01-01").check()
    collect("item", "add", "A2", "I2", "20", "--dated", "2026-01-01").check()
    run = collect("aging", "--by", "item", "--format", "json").check().json
    assert [(row["number"], row["due_on"]) for row in run["rows"]] == [("I2", "2026-01-01"), ("I1", "2026-01-31")]
    assert run["notes"] == [
        "items without a due date, taken as due by credit days: 1",
        "items without a due date, taken as due on their document date: 1",
    ]


def test_the_rows_by_item_foot_to_the_total_credits_included(collect: Collect) -> None:
    """100 due 02-01; a credit of 30 of 03-22, not applied: 70 in all; net, it stands in a bucket of its own age."""
    book_with(collect, "A1")
    add(collect, "A1", ["I1 100 2026-01-01 2026-02-01"])
    collect("item", "credit", "A1", "30", "--number", "CN1", "--on", "2026-03-22", today="2026-04-01").check()
    for option, bucket in ((), "unapplied"), (("--net",), "1-30"):
        run = collect("aging", "--by", "item", *option, "--format", "json", today="2026-04-01").check().json
        rows = [(row["number"], row["due_on"], row["days_overdue"], row["bucket"], row["open"]) for row in run["rows"]]
        assert rows == [("I1", "2026-02-01", 59, "31-60", "100.00"), ("CN1", None, 10, bucket, "-30.00")]
        assert run["totals"][0]["total"] == run["proof"]["USD"]["postings"] == "70.00"


def test_aging_by_document_date_counts_from_the_document(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ["I1 50 2026-01-30 2026-03-31"])
    assert totals(collect, today="2026-04-01")["d1_30"] == "50.00"
    assert totals(collect, "--by-date", "document", today="2026-04-01")["d61_90"] == "50.00"
    assert totals(collect, "--by-date", "document", "--buckets", "60,61", today="2026-04-01")["d61_61"] == "50.00"


def test_currencies_have_a_block_each_and_are_never_added(collect: Collect) -> None:
    book_with(collect, "A1", currency="INR")
    collect("item", "add", "A1", "I1", "1,23,456.78", "--due", "2026-03-01", "--dated", "2026-02-01").check()
    collect(
        "item", "add", "A1", "I2", "1500", "--due", "2026-03-01", "--dated", "2026-02-01", "--currency", "JPY"
    ).check()
    collect(
        "item", "add", "A1", "I3", "18230.415", "--due", "2026-03-01", "--dated", "2026-02-01", "--currency", "KWD"
    ).check()
    run = collect("aging", "--format", "json").check().json
    assert [(one["currency"], one["total"]) for one in run["totals"]] == [
        ("INR", "123456.78"),
        ("JPY", "1500"),
        ("KWD", "18230.415"),
    ]
    shown = collect("aging").check().stdout
    assert all(amount in shown for amount in ("1,23,456.78", "1,500", "18,230.415"))


@pytest.mark.parametrize("by", ["account", "item", "agent", "territory", "currency"])
def test_every_grouping_foots_to_the_same_proof(collect: Collect, by: str) -> None:
    book_with(collect, "A1", "A2")
    collect("account", "set", "A1", "--assigned", "Priya", "--territory", "West").check()
    add(collect, "A1", ["I1 10 2026-01-01 2026-02-01", "I2 5.5 2026-01-01 2026-04-01"])
    add(collect, "A2", ["I1 7 2026-01-01 2026-03-01"])
    run = collect("aging", "--by", by, "--format", "json").check().json
    column = "open" if by == "item" else "total"
    assert sum(Decimal(row[column]) for row in run["rows"]) == Decimal("22.50")
    assert run["proof"] == {"USD": {"postings": "22.50", "report": "22.50", "ok": True}}
    found = {key: value for key, value in run["totals"][0].items() if not key.startswith("n_")}
    assert (found["total"], found["open"], found["not_due"], found["unapplied"]) == ("22.50", "22.50", "5.50", "0.00")


def test_a_damaged_book_fails_its_proof_and_exits_1(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ["I1 10 2026-01-01 2026-02-01"])
    with sqlite3.connect(collect.book) as connection:
        connection.execute("UPDATE item SET open_minor = 999")
    connection.close()
    collect("aging").check(code=1, stdout="postings 10.00 is not report 9.99  FAILED", stderr="book check")
    collect("book", "check").check(code=1, stdout="A1 I1: kept USD 9.99, postings USD 10.00")


def test_limit_says_what_it_left_out_and_keeps_the_totals(collect: Collect) -> None:
    book_with(collect, "A1", "A2", "A3")
    for account, amount in (("A1", "1"), ("A2", "3"), ("A3", "2")):
        add(collect, account, [f"I1 {amount} 2026-01-01 2026-02-01"])
    run = collect("aging", "--limit", "1", "--format", "json").check().json
    assert [row["account"] for row in run["rows"]] == ["A2"]
    assert run["totals"][0]["total"] == "6.00"
    collect("aging", "--limit", "1").check(stdout="2 more rows")


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        (("--buckets", "60,30"), 2, "bucket edges must rise"),
        (("--by", "colour"), 2, "no such way to age: colour"),
        (("--as-of", "5/4/2026"), 2, "could be two days"),
        (("--by-date", "moon"), 2, "aging.by_date"),
    ],
)
def test_wrong_options_are_refused_with_their_value(
    collect: Collect, typed: tuple[str, ...], code: int, told: str
) -> None:
    book_with(collect)
    collect("aging", *typed).check(code=code, stderr=told)


def test_the_first_day_there_is_can_be_asked_for(collect: Collect) -> None:
    book_with(collect)
    assert collect("aging", "--as-of", "0001-01-01", "--format", "json").check().json["rows"] == []
