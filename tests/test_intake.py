"""A plain ledger, and the shared ones to the cent."""

from collections import Counter
from datetime import date

import pytest

from collect.errors import InputRefused, WrongUsage
from collect.grids import Findings, Intake, LedgerRow, Options
from tests.intake_sheets import ledger, shared, table, take, take_book

PLAIN = """
Customer No | Customer | Invoice No | Invoice Date | Due Date   | Amount    | Balance
C-001       | Mehta    | 0001       | 2026-04-01   | 2026-05-01 | 1,234.50  | 1,234.50
C-001       | Mehta    | 0002       | 2026-04-05   | 2026-05-05 | 500.00    | 200.00
C-002       | Kapoor   | CN-1       | 2026-04-06   |            | -80.00    | -80.00
"""


def foots(found: Intake) -> bool:
    return found.rows_read == found.taken + sum(found.skipped.values()) + found.rejected + found.duplicates


def test_a_plain_ledger_gives_every_field() -> None:
    found = take(table(PLAIN))
    assert found.rows[0] == LedgerRow(
        row=2, account="C-001", name="Mehta", number="0001", component="principal", kind="item",
        document_on="2026-04-01", due_on="2026-05-01", currency="INR", amount_minor=123450, open_minor=123450,
        settled_on="", disputed=False, bucket="", due_from="file",
    )  # fmt: skip
    assert [(row.kind, row.amount_minor, row.open_minor, row.due_on) for row in found.rows[1:]] == [
        ("item", 50000, 20000, "2026-05-05"),
        ("credit", -8000, -8000, ""),
    ]
    assert [tuple(one) for one in found.control] == [("INR", 165450, 135450)]
    assert {key: column.header for key, column in found.layout.mapping.items()} == {
        "account": "Customer No", "name": "Customer", "number": "Invoice No", "document_on": "Invoice Date",
        "due_on": "Due Date", "amount": "Amount", "open": "Balance",
    }  # fmt: skip
    assert foots(found)


def test_cells_that_cannot_be_read_are_rejected_with_place_and_reason() -> None:
    rows = table(PLAIN)
    rows += table("C-003 | Rao | 9.81E+09 | 2026-02-30 | 2026-05-05 | twelve | 1.00")
    rows += [["C-004", "Iyer", "X1", date(2026, 4, 1), date(2026, 5, 1), None, None]]
    found = take(rows, Findings(errors={(5, 6): "#N/A"}))
    assert [(one.row, one.column, one.value) for one in found.rejects] == [
        (5, "Invoice No", "9.81E+09"),
        (5, "Invoice Date", "2026-02-30"),
        (5, "Amount", "twelve"),
        (6, "Balance", ""),
    ]
    assert found.rejects[3].reason == "a formula error: #N/A"
    assert (found.rows_read, found.taken, found.rejected) == (5, 3, 2)
    assert foots(found)


def test_an_equal_row_is_left_out_unless_kept() -> None:
    rows = table(PLAIN)
    rows.append(rows[1])
    assert (take(rows).duplicates, len(take(rows).rows)) == (1, 3)
    kept = take(rows, options=Options(keep_duplicates=True))
    assert (kept.duplicates, kept.rows[0].amount_minor) == (0, 246900)


def test_nothing_to_import_is_said_with_the_nearest_row() -> None:
    with pytest.raises(InputRefused) as caught:
        take(table("Title\n\nCustmer Name | Invoice Amuont | Colour\nMehta | 5 | red"))
    assert "nearest is row 3 of Sheet1: Custmer Name | Invoice Amuont | Colour" in caught.value.message
    assert caught.value.hint == "--map name='Custmer Name' --map amount='Invoice Amuont'"


def test_a_given_mapping_stands() -> None:
    rows = table("Who | What | Worth\nMehta | A1 | 5.00")
    found = take(rows, options=Options(mapping={"name": "Who", "number": "What", "amount": "C"}))
    assert found.rows[0][1:5] == ("Mehta", "Mehta", "A1", "principal")
    with pytest.raises(WrongUsage, match="no such field: nmae"):
        take(rows, options=Options(mapping={"nmae": "Who"}))


@shared
def test_ibm_receivables() -> None:
    found = take_book(ledger("ledgers/ibm_receivables.csv"))
    assert (found.rows_read, len(found.rows), len(found.accounts)) == (2466, 2466, 100)
    assert found.control[0].amount_minor == 14770318
    assert (found.date_order, found.rows[0].number, found.rows[0].settled_on) == ("mdy", "0000611365", "2013-01-15")
    day = "2013-06-30"
    still = [row for row in found.rows if row.document_on <= day and not row.settled_on <= day]
    assert (len(still), sum(row.amount_minor for row in still)) == (84, 511985)
    assert (sum(row.disputed for row in still), sum(row.amount_minor for row in still if row.disputed)) == (27, 180684)


@shared
def test_highradius() -> None:
    found = take_book(ledger("ledgers/highradius_open.csv"))
    assert (len(found.rows), len(found.accounts)) == (9681, 694)
    assert [tuple(one) for one in found.control] == [("USD", 31042785875, 31042785875)]
    assert sum(row.amount_minor for row in found.rows if row.document_on <= "2020-05-01") == 28380590867
    assert found.rows[0].number == "2960623488"
    assert max(len(one.names) for one in found.accounts.values()) == 11
    assert found.rounded == 631


@shared
def test_tie_out_report_reads_the_invoices_and_not_the_pivot() -> None:
    found = take_book(ledger("ledgers/ar_aging_report_tieout.xlsx"))
    assert (found.layout.sheet, len(found.rows), found.as_of) == ("Open Invoices", 26, "2026-07-16")
    assert [tuple(one) for one in found.control] == [("ILS", 767015000, 767015000)]


@shared
def test_parameter_block() -> None:
    found = take_book(ledger("ledgers/receivables_with_parameter_block.xlsx"))
    assert (found.layout.header_row, len(found.rows), found.control[0].amount_minor) == (5, 45, 19263035)
    assert (found.as_of, sorted(found.accounts)) == ("", ["A", "B", "C", "D", "E"])


@shared
def test_tally_day_book() -> None:
    found = take_book(ledger("ledgers/tally_daybook_sales.xlsx"), Options(credit_days=30))
    numbers = sorted(int(row.number) for row in found.rows)
    assert (numbers[0], numbers[-1], len(numbers), len(found.accounts)) == (114, 141, 28, 10)
    assert found.control[0].amount_minor == 572778330
    assert (found.rows[0].document_on, found.rows[0].due_on, found.rows[0].due_from) == (
        "2023-12-04", "2024-01-03", "--credit-days",
    )  # fmt: skip


@shared
def test_partial_payments() -> None:
    book = ledger("ledgers/partial_payments.csv")
    found = take_book(book)
    assert [tuple(one) for one in found.control] == [("INR", 2031307667, 73907692)]
    assert (found.duplicates, sum(bool(row.open_minor) for row in found.rows)) == (1, 633)
    whole = take_book(book, Options(keep_duplicates=True))
    assert [tuple(one) for one in whole.control] == [("INR", 2031487865, 73997692)]
    assert sum(bool(row.open_minor) for row in whole.rows) == 634


@shared
def test_order_to_cash_invoices() -> None:
    found = take_book(ledger("ledgers/o2c/Invoices.csv"))
    assert (found.rows_read, found.duplicates, found.rejected, found.taken) == (8005, 5, 6, 7994)
    assert found.control[0].amount_minor == 20220321500
    assert Counter(row.kind for row in found.rows) == {"item": 7991, "credit": 3}
    assert (sum(not row.due_on for row in found.rows), found.date_order) == (15, "dmy")


@shared
def test_third_party_layouts() -> None:
    tally = take_book(ledger("third-party/tally_bills_receivable_dr.csv"))
    assert [(row.name, row.open_minor, row.document_on, row.due_on) for row in tally.rows] == [
        ("Mehta Hardware", 12850000, "2026-08-12", "2026-09-11")
    ]
    assert tally.as_of == "2026-09-27"
    zoho = take_book(ledger("third-party/zoho_books_invoices_total_row.csv"))
    assert [(row.number, row.open_minor) for row in zoho.rows] == [("INV-0001", 12850000), ("INV-0002", 0)]
    assert zoho.skipped == {"total": 1}
    qbo = take_book(ledger("third-party/qbo_ar_aging_detail.csv"))
    assert [(row.number, row.kind, row.amount_minor, row.open_minor) for row in qbo.rows] == [
        ("SI-1", "item", 100000, 80000),
        ("SC-1", "credit", -10000, -10000),
        ("SI-2", "item", 50000, 50000),
        ("SI-3", "item", 20000, 20000),
    ]
    assert (qbo.as_of, qbo.file_totals[0].delta_minor, qbo.skipped["section"]) == ("2026-07-25", 0, 2)


@shared
def test_one_row_that_does_not_decide_its_dates_asks_for_them() -> None:
    book = ledger("third-party/amount_minus_paid_credit_days.csv")
    with pytest.raises(InputRefused, match="could be two days") as caught:
        take_book(book)
    assert "--dates dmy or --dates mdy" in str(caught.value.hint)
    found = take_book(book, Options(dates="dmy"))
    assert [(row.open_minor, row.due_on, row.due_from) for row in found.rows] == [(600000, "2026-08-31", "credit days")]
