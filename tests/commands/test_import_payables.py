"""Lists of what the business has to pay itself, from the command line: they are no debts of customers."""

from pathlib import Path

import pytest

from tests.conftest import Collect

ROWS = "Date,Ref No,Party,Pending Amount\n2026-03-01,P/9,Steel,450.00\n2026-03-02,P/10,Patel,50.00\n"


def write(collect: Collect, text: str) -> Path:
    collect("book", "init").check()
    path = collect.book.parent / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "title",
    ["Bills Payable", "A/P Aging Detail Report", "Group: Sundry Creditors", "Aged Payables", "Supplier Balance Detail"],
)
def test_bills_to_pay_are_refused_until_they_are_said_to_be_of_customers(collect: Collect, title: str) -> None:
    path = write(collect, f"{title}\n{ROWS}")
    collect("import", "ledger", path).check(code=6, stderr=f"this is owed to others, not to you, in list.csv: {title}")
    taken = collect("import", "ledger", path, "--map", "name=Party", "--format", "json").check().json
    assert taken["control"] == [{"currency": "INR", "amount": "500.00", "open": "500.00"}]


@pytest.mark.parametrize("title", ["Bills Receivable", "Steel Suppliers Ltd", "Amount payable by each party"])
def test_other_titles_say_nothing_of_it(collect: Collect, title: str) -> None:
    found = collect("import", "ledger", write(collect, f"{title}\n{ROWS}"), "--format", "json").check().json
    assert found["control"][0]["open"] == "500.00"
    assert found["warnings"] == []


def test_a_title_of_both_and_a_column_of_vendors_are_warned_of(collect: Collect) -> None:
    text = "Sundry Debtors and Sundry Creditors\n" + ROWS.replace("Party", "Vendor Name")
    found = collect("import", "ledger", write(collect, text), "--format", "json").check().json
    assert found["warnings"] == [
        "column 'Vendor Name' names vendors: only what they owe you belongs here",
        "'Sundry Debtors and Sundry Creditors' speaks of what is owed to others too: all was taken as owed to you",
    ]


@pytest.mark.parametrize("options", [(), ("--layout", "statement")])
def test_a_sheet_of_creditors_is_not_read_beside_one_of_debtors(collect: Collect, options: tuple[str, ...]) -> None:
    from openpyxl import Workbook

    collect("book", "init").check()
    made = Workbook()
    for sheet, party, title in (
        (made.worksheets[0], "Steel", "Sundry Creditors"),
        (made.create_sheet(), "Ram", "Dues"),
    ):
        for row in ([title], ["Date", "Party", "Ref No", "Debit", "Credit"], ["2026-03-01", party, "1", 70, None]):
            sheet.append(row)
    path = collect.book.parent / "both.xlsx"
    made.save(path)
    found = collect("import", "ledger", path, *options, "--format", "json").check().json
    assert found["control"] == [{"currency": "INR", "amount": "70.00", "open": "70.00"}]
    assert "not read, because it is owed to others: sheet Sheet (Sundry Creditors)" in found["warnings"]
    assert [row["account"] for row in collect("account", "list", "--format", "json").check().json["rows"]] == ["Ram"]
