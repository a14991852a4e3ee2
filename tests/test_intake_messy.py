"""What accounting systems really export, in small: each story's table is the file."""

from datetime import date

import pytest

from collect import intake
from collect.errors import InputRefused
from collect.grids import Cell, Findings, Intake, Options
from tests.intake_sheets import Tab, ledger, shared, table, take, take_all


def items(found: Intake) -> list[tuple[str, str, int]]:
    return [(row.name, row.number, row.amount_minor) for row in found.rows]


def test_tally_groups_bills_under_parties_and_counts_money_on_account() -> None:
    found = take(
        table("""
Gupta Traders
Group Outstandings
1-Apr-2026 to 30-Sep-2026
Date | Ref. No. | Opening Amount | Pending Amount | Due on | Overdue by days
Mehta Hardware (M-104) | | | | |
12-Aug-2026 | S/101 | 1,00,000.00 Dr | 90,000.00 Dr | 11-Sep-2026 | 16
15-Aug-2026 | S/102 | 28,500.00 Dr | 28,500.00 Dr | 14-Sep-2026 | 13
On Account | | | 5,000.00 Cr | |
 | | | 1,13,500.00 Dr | |
Kapoor & Co | | | | |
01-Sep-2026 | S/110 | 64,000.00 Dr | 60,000.00 Dr | 01-Oct-2026 |
 | | | 60,000.00 Dr | |
Total | | | 1,73,500.00 Dr | |
""")
    )
    assert [(row.account, row.name, row.number, row.kind, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("M-104", "Mehta Hardware", "S/101", "item", 10000000, 9000000),
        ("M-104", "Mehta Hardware", "S/102", "item", 2850000, 2850000),
        ("M-104", "Mehta Hardware", "", "credit", -500000, -500000),
        ("Kapoor & Co", "Kapoor & Co", "S/110", "item", 6400000, 6000000),
    ]
    assert found.skipped == {"party": 2, "subtotal": 2, "total": 1}
    assert [(one.stated_minor, one.delta_minor) for one in found.file_totals] == [(17350000, 0)]
    assert (found.as_of, found.warnings) == ("2026-09-30", [])


def test_a_party_row_may_state_its_sum_above_its_bills_or_be_its_only_row() -> None:
    found = take(
        table("""
Party | Bill No | Bill Date | Due Date | Balance
Mehta | | | | 300.00
 | S1 | 2026-04-01 | 2026-05-01 | 100.00
 | S2 | 2026-04-02 | 2026-05-02 | 200.00
Kapoor | | | | 55.00
 | S3 | 2026-04-03 | 2026-05-03 | 50.00
Rao | | | | 70.00
Grand Total | | | | 420.00
""")
    )
    assert items(found) == [("Mehta", "S1", 10000), ("Mehta", "S2", 20000), ("Kapoor", "S3", 5000), ("Rao", "", 7000)]
    assert found.warnings == [
        "1 subtotals differ from their rows, the first in E5 (Balance): it says 55.00, its rows sum to 50.00"
    ]


def test_a_party_written_once_stands_for_the_rows_below_it() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount
Mehta | S1 | 2026-04-01 | 100.00
 | S2 | 2026-04-02 | 200.00
Mehta Total | | | 300.00
Kapoor | S3 | 2026-04-03 | 50.00
 | S4 | 2026-04-03 | 60.00
Kapoor Total | | | 110.00
Grand Total | | | 410.00
""")
    )
    assert [name for name, _, _ in items(found)] == ["Mehta", "Mehta", "Kapoor", "Kapoor"]
    assert (found.skipped, found.file_totals[0].delta_minor) == ({"subtotal": 2, "total": 1}, 0)
    assert found.warnings == ["2 rows without a customer belong to the customer above them"]


def test_a_missing_customer_is_not_guessed_from_the_row_above_unless_the_cell_is_merged() -> None:
    rows = table("""
Customer | Invoice | Date | Amount
Mehta | S1 | 2026-04-01 | 1.00
 | S2 | 2026-04-01 | 1.00
Mehta | S3 | 2026-04-01 | 1.00
Mehta | S4 | 2026-04-01 | 1.00
""")
    assert [(one.row, one.reason) for one in take(rows).rejects] == [(3, "no customer")]
    merged = take(rows, Findings(merged=[(1, 0, 2, 0)]))
    assert (merged.rejects, len(merged.rows)) == ([], 4)


def test_headers_in_two_rows_and_a_customer_called_total() -> None:
    found = take(
        table("""
Customer | | Invoice | | Amount |
Code | Name | No | Date | Original | Open
C1 | Mehta | S1 | 2026-04-01 | 100.00 | 80.00
C2 | Total | S2 | 2026-04-01 | 50.00 | 50.00
 | | | | 150.00 | 130.00
""")
    )
    assert [(row.account, row.name, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("C1", "Mehta", 10000, 8000),
        ("C2", "Total", 5000, 5000),
    ]
    assert (found.layout.header_row, found.skipped) == (1, {"total": 1})


def test_total_by_arithmetic_where_only_names_and_amounts_stand() -> None:
    found = take(table("Customer | Amount\nTotal | 10.00\nMehta | 20.00\nKapoor | 30.00\nTotal | 60.00"))
    assert items(found) == [("Total", "", 1000), ("Mehta", "", 2000), ("Kapoor", "", 3000)]


def test_one_column_per_age_bucket() -> None:
    found = take(
        table("""
As at 31 March 2026
Customer | Current | 1-30 | 31-60 | 61-90 | Over 90 | Total
Mehta | 10.00 | 0 | 5.00 | | | 15.00
Kapoor | | | | | 7.50 | 7.50
Total | 10.00 | 0 | 5.00 | 0 | 7.50 | 22.50
""")
    )
    assert [(row.name, row.bucket, row.open_minor, row.due_on) for row in found.rows] == [
        ("Mehta", "not due", 1000, ""),
        ("Mehta", "31-60", 500, ""),
        ("Kapoor", "91+", 750, ""),
    ]
    assert (found.taken, found.control[0].open_minor, found.as_of) == (2, 2250, "2026-03-31")
    assert {one.delta_minor for one in found.file_totals} == {0}


def test_a_summary_whose_customer_column_has_no_header() -> None:
    found = take(
        table("""
A/R Aging Summary Report
As of July 25, 2026
 | Current | 1 - 30 | 31 - 60 | 61 - 90 | 91 and over | Total
TACTICS | | | | | 800.00 | $800.00
Sports | 500.00 | | | | | 500.00
TOTAL | $500.00 | $0.00 | $0.00 | $0.00 | $800.00 | $1,300.00
""")
    )
    assert [(row.name, row.bucket, row.currency, row.open_minor) for row in found.rows] == [
        ("TACTICS", "91+", "USD", 80000),
        ("Sports", "not due", "USD", 50000),
    ]


def test_xero_detail_with_groups_months_and_a_percentage_row() -> None:
    found = take(
        table("""
Aged Receivables Detail
As at 31 March 2026
Invoice Date | Due Date | Invoice Number | Current | < 1 Month | 1 Month | Older | Total
ABC Furniture | | | | | | |
1 Mar 2026 | 11 Mar 2026 | INV-0001 | 0.00 | 1,000.00 | 0.00 | 0.00 | 1,000.00
Total ABC Furniture | | | 0.00 | 1,000.00 | 0.00 | 0.00 | 1,000.00
Basket Case | | | | | | |
1 Feb 2026 | 11 Feb 2026 | INV-0002 | 0.00 | 0.00 | 500.00 | 0.00 | 500.00
Total Basket Case | | | 0.00 | 0.00 | 500.00 | 0.00 | 500.00
Total | | | 0.00 | 1,000.00 | 500.00 | 0.00 | 1,500.00
Percentage of total | | | 0.00% | 66.67% | 33.33% | 0.00% | 100.00%
""")
    )
    assert items(found) == [("ABC Furniture", "INV-0001", 100000), ("Basket Case", "INV-0002", 50000)]
    assert found.layout.buckets[-1].label == "61+"
    assert found.skipped == {"party": 2, "subtotal": 2, "total": 1, "note": 1}


def test_debit_and_credit_columns_with_a_running_balance() -> None:
    found = take(
        table("""
Date | Party | Vch Type | Vch No | Debit | Credit | Balance
2026-04-01 | Mehta | Sales | 1 | 100.00 | | 100.00
2026-04-05 | Mehta | Receipt | 7 | | 40.00 | 60.00
2026-04-06 | Mehta | Sales | 8 | 10.00 | | 70.00
""")
    )
    assert [(row.number, row.kind, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("1", "item", 10000, None),
        ("7", "credit", -4000, None),
        ("8", "item", 1000, None),
    ]
    assert found.warnings == ["column 'Balance' is a running balance and was not read as open amounts"]


def test_components_of_loan_instalments() -> None:
    found = take(
        table("""
Loan No | Borrower | EMI No | Due Date | Principal Due | Interest Due | Penal Charges
L1 | Asha | 1 | 2026-01-05 | 1000 | 200 | 50
L1 | Asha | 2 | 2026-02-05 | 1000 | 190 | 0
""")
    )
    assert [(row.number, row.component, row.amount_minor) for row in found.rows] == [
        ("1", "principal", 100000),
        ("1", "interest", 20000),
        ("1", "penalty", 5000),
        ("2", "principal", 100000),
        ("2", "interest", 19000),
    ]
    assert found.taken == 2


def test_terms_give_due_dates_and_say_so() -> None:
    found = take(table("""
Customer | Invoice | Date | Due Date | Terms | Amount
Mehta | 1 | 2026-04-01 | | Net 30 | 10.00
Mehta | 2 | 2026-04-01 | | EOM+15 | 10.00
Mehta | 3 | 2026-04-01 | 2026-04-20 | Net 30 | 10.00
Mehta | 4 | 2026-04-01 | | whenever | 10.00
"""), options=Options(credit_days=7))  # fmt: skip
    assert [(row.due_on, row.due_from) for row in found.rows] == [
        ("2026-05-01", "terms"),
        ("2026-05-15", "terms"),
        ("2026-04-20", "file"),
        ("2026-04-08", "--credit-days"),
    ]


def test_credit_notes_without_a_minus_are_credits_and_drafts_are_no_debt() -> None:
    found = take(
        table("""
Customer | Type | Number | Date | Amount | Balance | Status
Mehta | Invoice | 1 | 2026-04-01 | 100.00 | 100.00 | Open
Mehta | Credit Note | 2 | 2026-04-02 | 10.00 | 10.00 | Open
Mehta | Invoice | 3 | 2026-04-02 | 99.00 | 99.00 | Draft
Mehta | Invoice | 4 | 2026-04-02 | 0.00 | 0.00 | Open
""")
    )
    assert [(row.number, row.kind, row.open_minor) for row in found.rows] == [
        ("1", "item", 10000),
        ("2", "credit", -1000),
    ]
    assert found.skipped == {"void": 1, "zero": 1}


def test_lines_of_one_item_are_summed_and_instalments_are_not() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Due date | Item | Amount
Mehta | 1 | 2026-04-01 | 2026-05-01 | milk | 100.00
Mehta | 1 | 2026-04-01 | 2026-05-01 | bread | 20.00
Mehta | 1 | 2026-04-01 | 2026-06-01 | bread | 20.00
""")
    )
    assert [(row.row, row.due_on, row.amount_minor) for row in found.rows] == [
        (2, "2026-05-01", 12000),
        (4, "2026-06-01", 2000),
    ]
    assert found.taken == 3


def test_days_swapped_by_excel_are_put_right_or_refused() -> None:
    head: list[Cell] = ["Customer", "Invoice", "Date", "Amount"]
    days: list[Cell] = [
        date(2026, 5, 4),
        "13/04/2026",
        date(2026, 6, 4),
        date(2026, 7, 4),
        date(2026, 4, 4),
        date(2026, 8, 4),
    ]
    rows: list[list[Cell]] = [["M", str(i), day, 10.5] for i, day in enumerate(days)]
    found = take([head, *rows])
    assert [row.document_on[5:] for row in found.rows] == ["04-05", "04-13", "04-06", "04-07", "04-04", "04-08"]
    assert found.warnings == ["4 days in column 'Date' had day and month swapped by Excel and were put right"]
    with pytest.raises(InputRefused, match="day and month may be swapped"):
        take([head, *rows[:3]])
    whole = take([head, ["M", "99", date(2026, 5, 14), 1.0], *rows[:3]])
    assert whole.rows[1].document_on == "2026-05-04"


def test_currencies_by_column_by_sign_and_by_header() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Currency
M | 1 | 2026-04-01 | 100.00 | USD
M | 2 | 2026-04-01 | 100 | JPY
M | 3 | 2026-04-01 | 1.500 | KWD
M | 4 | 2026-04-01 | € 5.00 | USD
M | 5 | 2026-04-01 | 5.00 | XQQ
Total | | | 211.50 |
""")
    )
    assert [tuple(one) for one in found.control] == [("USD", 10000, 10000), ("JPY", 100, 100), ("KWD", 1500, 1500)]
    assert [(one.row, one.reason) for one in found.rejects] == [
        (5, "says € where USD is stated"),
        (6, "not a currency"),
    ]
    assert found.file_totals == []
    plain = "Customer | Invoice | Date | Amount{}\nM | 1 | 2026-04-01 | {}100.00\nM | 2 | 2026-04-01 | 1.00"
    assert {row.currency for row in take(table(plain.format(" (USD)", ""))).rows} == {"USD"}
    assert {row.currency for row in take(table(plain.format("", "$"))).rows} == {"USD"}
    assert {row.currency for row in take(table(plain.format("", "$")), options=Options(book_currency="AUD")).rows} == {
        "AUD"
    }
    assert take(table(plain.format("", "$")), options=Options(currency="INR")).rejected == 1
    titled = take([["All figures in ILS"], *table(plain.format("", ""))])
    assert {row.currency for row in titled.rows} == {"ILS"}


def test_amounts_in_lakhs() -> None:
    found = take(table("Customer | Invoice | Date | Amount (Rs. in lakhs)\nM | 1 | 2026-04-01 | 1.25"))
    assert found.rows[0].amount_minor == 12500000


def test_a_total_of_the_visible_rows_is_explained() -> None:
    rows: list[list[Cell]] = [["Customer", "Invoice", "Date", "Amount"]]
    rows += [["M", str(i), date(2026, 5, i + 1), 10.5] for i in range(9)]
    found = take([*rows, ["Total", None, None, 52.5]], Findings(hidden_rows={2, 3, 4, 5}))
    assert found.hidden_rows == 4
    assert found.warnings[0] == (
        "the file's total in D11 (Amount) is 52.50: it counts the 5 visible rows; all 9 rows sum to 94.50"
    )


def test_signs_in_number_formats() -> None:
    rows: list[list[Cell]] = [["Date", "Party", "Bill No", "Amount"], [date(2026, 4, 1), "M", "1", 100.0],
                              [date(2026, 4, 1), "M", "2", 40.0], ["Total", None, None, 60.0]]  # fmt: skip
    found = take(rows, Findings(signs={3: {1: 1, 2: -1, 3: 1}}))
    assert [(row.kind, row.amount_minor) for row in found.rows] == [("item", 10000), ("credit", -4000)]
    assert found.file_totals[0].delta_minor == 0


def test_headers_repeated_on_each_page_and_sums_carried_forward() -> None:
    found = take(
        table("""
Party | Bill | Date | Amount
M | 1 | 2026-04-01 | 10.00
M | 2 | 2026-04-01 | 10.00
Carried forward | | | 20.00
Party | Bill | Date | Amount
Brought forward | | | 20.00
M | 3 | 2026-04-01 | 10.00
Total | | | 30.00
""")
    )
    assert (len(found.rows), found.skipped) == (3, {"header": 1, "subtotal": 2, "total": 1})


def test_overpaid_items_leave_a_credit_and_the_sums_stand() -> None:
    found = take(table("Customer | Invoice | Date | Amount | Balance\nM | 1 | 2026-04-01 | 100.00 | -5.00"))
    assert [(row.kind, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("item", 10000, 0),
        ("credit", -500, -500),
    ]
    assert found.control[0].open_minor == -500


def test_a_pivot_beside_the_list_and_two_columns_of_one_name() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | | Customer | Amount
M | 1 | 2026-04-01 | 10.00 | | M | 30.00
M | 2 | 2026-04-01 | 20.00 | | K | 5.00
K | 3 | 2026-04-01 | 5.00 | | Grand Total | 35.00
 | | | | | checked | 35.00
""")
    )
    assert items(found) == [("M", "1", 1000), ("M", "2", 2000), ("K", "3", 500)]
    assert sum("two columns are called" in text for text in found.warnings) == 2


def test_nearly_right_headers_are_proposed_and_not_taken() -> None:
    found = take(table("Customer | Invoice | Date | Duee Dat | Amount\nM | 1 | 2026-04-01 | 2026-05-01 | 10.00"))
    assert (found.rows[0].due_on, [tuple(one) for one in found.layout.proposals]) == (
        "",
        [("due_on", "Duee Dat", "due date")],
    )


def test_one_number_with_many_names_and_one_name_with_two_numbers() -> None:
    found = take(
        table("""
Customer No | Customer Name | Invoice | Date | Amount
1 | Acme | A | 2026-04-01 | 1.00
1 | ACME llc | B | 2026-04-01 | 1.00
1 | Acme | C | 2026-04-01 | 1.00
2 | Acme | D | 2026-04-01 | 1.00
 | Acme | E | 2026-04-01 | 1.00
""")
    )
    assert {number: (one.name, dict(one.names)) for number, one in found.accounts.items()} == {
        "1": ("Acme", {"Acme": 2, "ACME llc": 1}),
        "2": ("Acme", {"Acme": 1}),
    }
    assert [(one.row, one.reason) for one in found.rejects] == [(6, "no customer number")]


def test_facts_of_a_customer_beside_its_items() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Mobile No | Branch | Credit Days
Mehta | 1 | 2026-04-01 | 1.00 | 98765 43210 | Pune | 30 days
Mehta | 2 | 2026-04-01 | 1.00 | | Pune | 30 days
""")
    )
    assert found.accounts["Mehta"].facts == {"phone": "98765 43210", "territory": "Pune", "credit_days": "30"}


def test_a_sheet_is_chosen_by_its_header_and_twins_are_named() -> None:
    rows = table("Customer | Invoice | Date | Amount\nM | 1 | 2026-04-01 | 10.00")
    summary = table("Customer | Amount\nM | 10.00")
    book = [(Tab("Summary"), summary), (Tab("April"), rows), (Tab("May"), rows), (Tab("Old", visible=False), rows)]
    found = take_all(book)[0]
    assert (found.layout.sheet, found.warnings) == (
        "April", ["not read, though their columns are the same: May (choose with --sheet)"],
    )  # fmt: skip
    assert take_all(book, options=Options(sheet="Old"))[0].layout.sheet == "Old"


def test_a_running_ledger_per_sheet() -> None:
    one = table("""
Ledger: Mehta Hardware (M-1)
Date | Particulars | Vch No | Debit | Credit | Balance
 | Opening Balance | | | | 50.00
2026-04-01 | Sales | 1 | 100.00 | | 150.00
2026-04-09 | Bank | 2 | | 60.00 | 90.00
 | Closing Balance | | | | 90.00
""")
    two = table("Date | Particulars | Debit | Credit\n2026-04-03 | Sales | 7.00 |\n | Total | 7.00 |")
    found = intake.join(take_all([(Tab("A"), one), (Tab("Kapoor"), two)], options=Options(layout="statement")))
    assert [(row.account, row.name, row.document_on, row.amount_minor) for row in found.rows] == [
        ("M-1", "Mehta Hardware", "2026-04-01", 5000),
        ("M-1", "Mehta Hardware", "2026-04-01", 10000),
        ("M-1", "Mehta Hardware", "2026-04-09", -6000),
        ("Kapoor", "Kapoor", "2026-04-03", 700),
    ]
    assert (found.skipped, found.rows_read, found.taken) == ({"total": 2}, 6, 4)
    assert [(one.header, one.minor) for one in found.column_sums] == [("Debit", 10700), ("Credit", 6000)]
    assert found.file_totals[0].delta_minor == 0


def test_nobody_to_bill_is_refused_with_the_ways_out() -> None:
    with pytest.raises(InputRefused, match="no column and no row says whose") as caught:
        take(table("Date | Vch No | Debit | Credit\n2026-04-03 | 1 | 7.00 |\n2026-04-04 | 2 | 8.00 |"))
    assert "--layout statement" in str(caught.value.hint)


@shared
def test_retailer_ledgers() -> None:
    found = intake.join(take_all(ledger("ledgers/retailer_ledgers.xlsx"), options=Options(layout="statement")))
    assert (len(found.accounts), found.taken, found.control[0].amount_minor) == (8, 43, 1100000)
    assert [(one.header, one.minor) for one in found.column_sums] == [
        ("Send Amount", 5824000),
        ("Receive Amount", 4500000),
    ]
    assert found.accounts["714233202"].name == "RETAD MOBILE NUJAFOG"
