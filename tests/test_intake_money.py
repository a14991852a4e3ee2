"""What an amount of a ledger is: debit or credit, of which currency, component and size."""

from datetime import date

from collect.grids import Cell, Findings, Options
from tests.intake_sheets import table, take


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


def test_signs_in_number_formats() -> None:
    rows: list[list[Cell]] = [["Date", "Party", "Bill No", "Amount"], [date(2026, 4, 1), "M", "1", 100.0],
                              [date(2026, 4, 1), "M", "2", 40.0], ["Total", None, None, 60.0]]  # fmt: skip
    found = take(rows, Findings(signs={3: {1: 1, 2: -1, 3: 1}}))
    assert [(row.kind, row.amount_minor) for row in found.rows] == [("item", 10000), ("credit", -4000)]
    assert found.file_totals[0].delta_minor == 0


def test_overpaid_items_leave_a_credit_and_the_sums_stand() -> None:
    found = take(table("Customer | Invoice | Date | Amount | Balance\nM | 1 | 2026-04-01 | 100.00 | -5.00"))
    assert [(row.kind, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("item", 10000, 0),
        ("credit", -500, -500),
    ]
    assert found.control[0].open_minor == -500


def test_an_overpaid_item_stands_among_others() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Balance
M | 1 | 2026-04-01 | 100.00 | -5.00
M | 2 | 2026-04-01 | 50.00 | 20.00
""")
    )
    assert [(row.number, row.kind, row.open_minor) for row in found.rows] == [
        ("1", "item", 0),
        ("1", "credit", -500),
        ("2", "item", 2000),
    ]
    assert found.warnings == ["1 items are overpaid: what is below zero was taken as a credit"]


def test_a_sign_that_says_what_the_currency_column_says() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Currency
M | 1 | 2026-04-01 | $ 5.00 | USD
M | 2 | 2026-04-01 | 7.00 | EUR
""")
    )
    assert ([(row.currency, row.amount_minor) for row in found.rows], found.rejects) == (
        [("USD", 500), ("EUR", 700)], [],
    )  # fmt: skip


def test_a_row_marked_cr_without_an_open_amount_waits_for_it() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Balance | Dr/Cr
M | 1 | 2026-04-01 | 5.00 | 5.00 | Dr
M | 2 | 2026-04-01 | 7.00 | | Cr
M | 3 | 2026-04-01 | 9.00 | 4.00 | Cr
""")
    )
    assert [(row.number, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("1", 500, 500),
        ("3", -900, -400),
    ]
    assert [(one.row, one.reason) for one in found.rejects] == [(3, "no open amount")]


def test_more_decimals_than_the_currency_has_are_rounded_half_even_and_said() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount
M | 1 | 2026-04-01 | 10.0050
M | 2 | 2026-04-01 | 10.0150
M | 3 | 2026-04-01 | 10.02
""")
    )
    assert [row.amount_minor for row in found.rows] == [1000, 1002, 1002]
    assert (found.rounded, found.warnings) == (
        2, ["2 amounts have more decimals than their currency and were rounded half-even"],
    )  # fmt: skip


def test_a_credit_note_of_nothing_turns_no_sign() -> None:
    found = take(
        table("""
Customer | Type | Number | Date | Amount
M | Invoice | 1 | 2026-04-01 | 5.00
M | Credit Note | 2 | 2026-04-01 | 0.00
""")
    )
    assert ([row.amount_minor for row in found.rows], found.skipped, found.warnings) == ([500], {"zero": 1}, [])


def test_a_cell_that_is_wrong_in_two_ways_is_set_aside_once() -> None:
    rows = table("Customer | Invoice | Date | Amount\nM | 1 | 2026-04-01 | #REF!\nM | 2 | 2026-04-01 | 5.00")
    found = take(rows, Findings(errors={(1, 3): "#REF!"}, uncalculated={(2, 9)}))
    assert [(one.row, one.reason) for one in found.rejects] == [(2, "a formula error: #REF!")]
    assert [row.amount_minor for row in found.rows] == [500]


def test_open_bills_after_paid_ones_are_no_running_balance() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Balance Due
Mehta | 1 | 2026-04-01 | 5.00 | 0.00
Mehta | 2 | 2026-04-02 | 7.00 | 7.00
Kapoor | 3 | 2026-04-01 | 4.00 | 0.00
Kapoor | 4 | 2026-04-02 | 6.00 | 6.00
""")
    )
    assert [row.open_minor for row in found.rows] == [0, 700, 0, 600]
