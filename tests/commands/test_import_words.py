"""What people write into ledgers, from the command line: amounts, currencies, words for days, odd columns."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Collect


def write(collect: Collect, text: str, name: str = "list.csv") -> Path:
    path = collect.book.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def imported(collect: Collect, text: str, *options: str, code: int = 0) -> dict[str, Any]:
    collect("book", "init")
    run = collect("import", "ledger", write(collect, text), "--format", "json", *options)
    assert run.code == code, run.stderr
    found: dict[str, Any] = run.json
    return found


def test_amounts_as_people_write_them(collect: Collect) -> None:
    found = imported(
        collect,
        "Customer;Bill No;Due Date;Amount\n"
        "Asha;1;2026-03-20;Rs.500/-\n"
        "Asha;2;2026-03-20;1,23,456.78\n"
        "Asha;3;2026-03-20;₹ 1,000/-\n"
        "Asha;4;2026-03-20;1,200.00 (Cr)\n"
        "Asha;5;2026-03-20;25,000.00-\n",
    )
    assert found["control"] == [{"currency": "INR", "amount": "98756.78", "open": "98756.78"}]
    shown = collect("account", "show", "Asha", "--format", "json").check().stdout
    assert "124956.78" in shown
    assert "-26200.00" in shown


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        ("1.2 Cr", "an amount that could be two numbers: Cr is a credit, or ten million"),
        ("12.5L", "a unit beside the number, not an amount"),
        ("1,23,45.00", "not an amount"),
        ("12%", "a percentage, not an amount"),
    ],
)
def test_an_amount_that_could_be_two_stops_the_import_with_its_place(collect: Collect, amount: str, why: str) -> None:
    text = f"Customer;Bill No;Due Date;Amount\nAsha;1;2026-03-20;500.00\nBlue;2;2026-03-20;{amount}\n"
    aside = imported(collect, text, code=6)["rejects"]["rows"]
    assert [(row["row"], row["column"], row["value"], row["reason"]) for row in aside] == [(3, "Amount", amount, why)]


def test_two_decimal_marks_are_refused_until_one_is_said(collect: Collect) -> None:
    collect("book", "init")
    text = "Customer;Bill No;Due Date;Amount\nAsha;1;2026-03-20;25,000.00-\nBlue;2;2026-03-20;1.000,50\n"
    path = write(collect, text)
    collect("import", "ledger", path).check(code=6, stderr="row 3, column Amount of list.csv: 1.000,50")
    found = imported(collect, text, "--decimal", ".", "--partial", code=1)
    assert found["control"] == [{"currency": "INR", "amount": "-25000.00", "open": "-25000.00"}]


def test_a_currency_that_is_none_is_refused_wherever_it_stands(collect: Collect) -> None:
    collect("book", "init", "--currency", "IRN").check(code=2, stderr="did you mean INR?")
    text = "Customer,Bill No,Due Date,Amount,Currency\nAsha,1,2026-03-20,500.00,KWD\nBlue,2,2026-03-20,700.00,XYZ\n"
    aside = imported(collect, text, code=6)["rejects"]["rows"]
    assert [(row["row"], row["value"], row["reason"]) for row in aside] == [(3, "XYZ", "not a currency")]
    collect("import", "ledger", "list.csv", "--currency", "ZZZ").check(code=2, stderr="no such currency: ZZZ")
    found = imported(collect, text.replace("XYZ", "CLF").replace("500.00", "500.125"))
    assert found["control"] == [
        {"currency": "KWD", "amount": "500.125", "open": "500.125"},
        {"currency": "CLF", "amount": "700.0000", "open": "700.0000"},
    ]


def test_words_for_a_due_date_are_counted_and_named(collect: Collect) -> None:
    """At once is the document's own day; no day is that day and the account's credit days, 30 in this book."""
    collect("book", "init")
    collect("config", "set", "account.credit_days", "30").check()
    rows = {"1": "TBD", "2": "n/a", "3": "immediate", "4": "", "5": "On demand", "6": "2026-03-31"}
    text = "Party,Bill,Bill Date,Due Dt,Amount\n"
    text += "".join(f"Asha,{number},2026-02-10,{word},10.00\n" for number, word in rows.items())
    found = imported(collect, text)
    assert found["warnings"] == [
        "2 rows are due at once, on their own date (immediate, On demand)",
        "3 rows have no due date (TBD, n/a): due from the item date + credit days",
    ]
    report = collect("aging", "--by", "item", "--format", "json").check().json["rows"]
    assert {row["number"]: row["due_on"] for row in report} == {
        "1": "2026-03-12", "2": "2026-03-12", "3": "2026-02-10", "4": "2026-03-12",
        "5": "2026-02-10", "6": "2026-03-31",
    }  # fmt: skip
    assert {row["days_overdue"] for row in report} == {20, 50, 1}


def test_a_word_that_says_something_else_stops_the_import(collect: Collect) -> None:
    text = "Party,Bill,Bill Date,Due Dt,Amount\nA,1,2026-02-10,after harvest,10\nB,2,unknown,2026-03-10,10\n"
    facts = imported(collect, text, code=6)
    aside = facts["rejects"]["rows"]
    assert [(row["row"], row["column"], row["value"]) for row in aside] == [(2, "Due Dt", "after harvest")]
    assert "1 rows have no day in column 'Bill Date' (unknown)" in facts["warnings"]


@pytest.mark.parametrize("options", [(), ("--raw",)], ids=["guarded", "raw"])
def test_phones_come_back_as_they_went_out(collect: Collect, options: tuple[str, ...]) -> None:
    """A csv guards +91... from spreadsheets by an apostrophe, --raw leaves it out; both import as what they were."""
    collect("book", "init").check()
    path = write(collect, "Customer No,Name,Mobile\nC1,=1+1,+919820012345\nC2,Bela,020 2612 3456\n")
    collect("import", "accounts", path).check()
    exported = collect("account", "list", "--format", "csv", *options).check().stdout
    assert ("'+919820012345" in exported) is not bool(options)
    assert ",+919820012345" in exported or not options
    assert ",'=1+1," in exported
    out = collect.book.parent / "out.csv"
    collect("account", "list", "--output", out, *options).check()
    assert out.read_text(encoding="utf-8").splitlines() == exported.splitlines()
    other = Collect(collect.book.parent / "other.db")
    other("book", "init").check()
    other("import", "accounts", out).check()
    assert other("account", "list", "--format", "csv", *options).check().stdout == exported
    again = other("account", "list", "--format", "json").check().json["rows"]
    assert [(row["account"], row["name"], row["phone"]) for row in again] == [
        ("C1", "=1+1", "+919820012345"),
        ("C2", "Bela", "+912026123456"),
    ]


def test_who_may_be_one_customer_is_said_and_nobody_is_merged(collect: Collect) -> None:
    """By number where there is one: 1 has two spellings, Acme two numbers. By name alone each spelling is one."""
    found = imported(
        collect,
        "Customer No,Name,Invoice,Due Date,Amount\n1,Acme,A,2026-02-01,1\n1,ACME llc,B,2026-02-01,1\n"
        "1,Acme,C,2026-02-01,1\n2,acme,D,2026-02-01,1\n",
    )
    assert (found["accounts"], found["items"]) == (2, 4)
    assert found["warnings"] == [
        "1 customers are spelt in several ways, 1 in 2",
        "1 names stand beside several numbers, Acme: 1, 2",
    ]
    found = imported(collect, "Name,Invoice,Due Date,Amount\nBlue Star,A,2026-02-01,1\nBLUE  STAR.,B,2026-02-01,1\n")
    assert (found["accounts"], found["warnings"]) == (
        2, ["1 customers without a number may be one, spelt otherwise: Blue Star, BLUE STAR."],
    )  # fmt: skip


def test_ids_that_excel_damaged_or_that_are_missing_stop_the_import(collect: Collect) -> None:
    text = (
        "Customer No,Name,Invoice,Due Date,Amount\n9.81E+09,Acme,1,2026-02-01,1\n,Bela,2,2026-02-01,1\n"
        "3,Cara,1.2E+12,2026-02-01,5\n0004,Dora,007,2026-02-01,5\n"
    )
    aside = imported(collect, text, code=6)["rejects"]["rows"]
    assert [(row["row"], row["column"], row["reason"]) for row in aside] == [
        (2, "Customer No", "an id shortened by Excel: its digits are lost"),
        (3, "Customer No", "no customer number"),
        (4, "Invoice", "an id shortened by Excel: its digits are lost"),
    ]
    found = imported(collect, text, "--partial", code=1)
    assert (found["accounts"], found["control"]) == (1, [{"currency": "INR", "amount": "5.00", "open": "5.00"}])
    rows = collect("aging", "--by", "item", "--format", "json").check().json["rows"]
    assert [(row["account"], row["number"]) for row in rows] == [("0004", "007")]


def test_what_was_given_and_got_is_read_in_thousands_where_no_amount_has_decimals(collect: Collect) -> None:
    text = (
        "Khatabook statement\nSharma Kirana (9810012345)\n\nDate,Details,You Gave,You Got,Balance\n"
        '01 Jan 2026,Old balance,"1,000",,"1,000 Dr"\n15 Feb 2026,Goods,500,,"1,500 Dr"\n'
        '20 Mar 2026,Cash,,300,"1,200 Dr"\n,Grand Total,"1,500",300,"1,200 Dr"\n'
    )
    found = imported(collect, text, "--layout", "statement")
    assert found["control"] == [{"currency": "INR", "amount": "1200.00", "open": "1200.00"}]
    path = write(collect, text)
    refused = collect("import", "ledger", path, "--layout", "statement", "--currency", "KWD")
    refused.check(code=6, stderr="could be two numbers, and no other amount of the file decides it, in row 5")
